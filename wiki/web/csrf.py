"""Forms can only be sent from our own pages."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

DAY_SECONDS = 24 * 60 * 60


def prepare(app: Flask) -> None:
    """Refuse every POST without the token of its own browser session."""
    app.config["WTF_CSRF_TIME_LIMIT"] = 7 * DAY_SECONDS
    # Browsers that hide the referrer are welcome; SameSite and the token do the work.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    CSRFProtect(app)
