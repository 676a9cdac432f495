"""The application: the only file that knows every part."""

import logging
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from flask import Flask
from flask_babel import Babel
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from wiki import places
from wiki.authorship import routes as authorship
from wiki.pages import routes as pages
from wiki.people import guards
from wiki.people import routes as people
from wiki.search import routes as search
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import check_shape
from wiki.web import cache as kept_pages
from wiki.web import carrying, csrf, filters, headers, health, language, panels, refusals
from wiki.writing import routes as writing


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """Return the wiki as a WSGI application.

    Raises Misconfigured when the database has another shape than this program needs.
    """
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    app = Flask(
        "manyhands",
        template_folder=str(places.folder("templates")),
        static_folder=str(places.folder("static") / "dist"),
        static_url_path="/static",
    )
    app.extensions["database"] = database or Database(settings)
    check_shape(app.extensions["database"])
    if settings.proxies:
        # Only who is asking is taken from proxies; where the wiki stands, the settings say.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=settings.proxies, x_proto=0
        )
    Babel(app, default_locale="en_GB", default_translation_directories="translations")
    kept_pages.prepare(app)
    headers.prepare(app, settings)
    carrying.prepare(app)
    csrf.prepare(app)
    refusals.prepare(app)
    language.prepare(app)
    panels.prepare(app)
    filters.prepare(app, zone_name=guards.reader_zone, version=program_version())
    guards.prepare(app)
    for feature in (health, people, pages, search, authorship, writing):
        app.register_blueprint(feature.bp)
    return app


def program_version() -> str:
    """Return the version of the installed program, or "source" where it is not installed."""
    try:
        return version("manyhands")
    except PackageNotFoundError:
        return "source"


@cache
def from_env() -> Flask:
    """Return the wiki that the environment describes; what `manyhands serve` runs.

    It is made once and holds no open connection, so that processes can be started from it.
    """
    settings = Settings.from_env()
    database = Database(settings)
    app = create_app(settings, database)
    places.make_private(settings.data_dir)
    kept = settings.data_dir / "cache" / "templates"
    kept.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    configure_mappers()
    database.close()
    return app
