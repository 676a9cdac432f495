"""The address that a sign-in link leads to."""

from urllib.parse import urlencode

from wiki.people.rules.returns import HOME, way_back


def sign_in_url(public_url: str, token: str, target: str = HOME) -> str:
    """Return the link that signs in once and then leads to `target`.

    It stands on the configured address of the wiki, never on what a request claims.
    """
    url = f"{public_url.rstrip('/')}/sign-in/link/{token}"
    kept = way_back(target)
    return url if kept == HOME else f"{url}?{urlencode({'next': kept})}"
