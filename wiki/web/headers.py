"""The headers that every answer carries, and what a cookie and a request may be."""

from flask import Flask, Response

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
_TWO_YEARS = 63072000
REQUEST_BYTES = 4 * 1024 * 1024


def prepare(app: Flask, settings: Settings) -> None:
    """Set the cookie rules and add the headers to every answer."""
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

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed.items():
            headers.setdefault(name, value)
        if "Cache-Control" not in headers:
            # Whatever did not say otherwise was made for one person and one moment.
            headers["Cache-Control"] = "no-store"
        return response
