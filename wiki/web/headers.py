"""The headers that every answer carries, and what a cookie and a request may be."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from wiki.errors import NotFound
from wiki.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
_FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ASCII = "".join(map(chr, range(128)))
_TWO_YEARS = 63072000
REQUEST_BYTES = 4 * 1024 * 1024


def prepare(app: Flask, settings: Settings) -> None:
    """Set the rules for cookies and requests, and add the headers to every answer."""
    at_home = _at_public_address(app.wsgi_app, settings.public_url)
    app.wsgi_app = at_home  # type: ignore[method-assign, assignment]  # Flask's documented way
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="manyhands",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        MAX_CONTENT_LENGTH=REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=REQUEST_BYTES,
    )
    fixed = dict(_FIXED)
    if settings.is_secure:
        fixed["Strict-Transport-Security"] = f"max-age={_TWO_YEARS}"

    @app.before_request
    def refuse_zero_bytes() -> None:
        # Nothing is called so, and PostgreSQL takes no such text.
        if "\0" in request.path:
            raise NotFound("There is nothing at this address.")

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed.items():
            headers.setdefault(name, value)
        if "Cache-Control" not in headers:
            # Whatever did not say otherwise was made for one person and one moment.
            headers["Cache-Control"] = "no-store"
        return response


def _at_public_address(application: WSGIApplication, public_url: str) -> WSGIApplication:
    """Return the application so that it takes its host from the settings, never from a request."""
    parts = urlsplit(public_url)
    host = parts.netloc.rpartition("@")[2]

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_HOST"] = host
        environ["wsgi.url_scheme"] = parts.scheme
        # Bytes that no browser sends, and that would have to be UTF-8 further in.
        asked = environ.get("QUERY_STRING", "")
        environ["QUERY_STRING"] = asked if asked.isascii() else quote(asked, _ASCII, "latin-1")
        return application(environ, start_response)

    return answer
