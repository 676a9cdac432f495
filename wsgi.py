"""The wiki for any WSGI server: `wsgi:app`."""

from wiki.app import create_app
from wiki.settings import Settings

app = create_app(Settings.from_env())
