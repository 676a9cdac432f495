"""The addresses that links in letters lead to."""

from urllib.parse import urlencode

from wiki.people.rules.returns import HOME, way_back


def sign_in_url(public_url: str, token: str, target: str = HOME) -> str:
    """Return the link that signs in once and then leads to `target`."""
    return link_url(public_url, f"/sign-in/link/{token}", target)


def link_url(public_url: str, path: str, target: str = HOME) -> str:
    """Return the address of `path`, which afterwards leads on to `target`.

    It stands on the configured address of the wiki, never on what a request claims.
    """
    url = f"{public_url.rstrip('/')}{path}"
    kept = way_back(target)
    return url if kept == HOME else f"{url}?{urlencode({'next': kept})}"
