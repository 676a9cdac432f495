"""Where a link on a page leads: to a page of this wiki, to a place on the same page, or away."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from wiki.text import paths
from wiki.text.headings import anchor_for_fragment

PAGES = "/pages/"
# First words of addresses of this wiki that are no pages; written with a leading slash they stay.
OTHER_DOORS = frozenset(
    (  # noqa: SIM905  (a word a line would fill the page)
        "account activity admin assets atom authorship changes feed feeds files healthz help "
        "invitations letters people privacy profile readyz reports review search settings setup "
        "sign-in sign-out sign-up static teams"
    ).split()
)
REL_OUTSIDE = "noopener nofollow ugc"
_WITH_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_SITES = frozenset({"mailto:", "tel:", "sms:"})
_PAGE_ENDING = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)
_FILE_ENDING = re.compile(r"\.(?=[A-Za-z0-9]{1,5}$)[0-9]*[A-Za-z][A-Za-z0-9]*$")


@dataclass(frozen=True, slots=True)
class Target:
    """An address to put into a link; `page` is None unless it is another place in this wiki."""

    href: str
    page: str | None = None
    fragment: str = ""
    is_external: bool = False


def leads_outside(written: str) -> bool:
    """Say whether an address leads to another site; a mail address or telephone number does not."""
    if written.startswith(("//", "/\\", "\\")):
        return True
    scheme = _WITH_SCHEME.match(written)
    return scheme is not None and scheme.group().lower() not in _NO_SITES


def to_page(page: str, fragment: str = "") -> Target:
    """Return the link to `page`, which is in normal form, and a section there."""
    anchor = anchor_for_fragment(unquote(fragment)) if fragment else ""
    href = f"{PAGES}{quote(page)}" if page else ""
    return Target(f"{href}#{quote(anchor)}" if anchor else href, page, anchor)


def resolve(written: str, base: str) -> Target:
    """Return where the address `written` leads from the page at `base`.

    Addresses of files (`../en/overview.md`), of pages (`/pages/aims`) and of old sites (`/aims/`,
    `aims.html`) become addresses of pages; fragments become our anchors. An address with a query,
    of a file of another kind or of another part of the wiki stays as it is.
    """
    if written.startswith("#"):
        anchor = anchor_for_fragment(unquote(written[1:]))
        return Target(f"#{quote(anchor)}", base, anchor) if written != "#" else Target(written)
    if leads_outside(written) or _WITH_SCHEME.match(written):
        return Target(written, is_external=leads_outside(written))
    parts = urlsplit(written)
    page = None if parts.query else _page_at(unquote(parts.path), base)
    return Target(written) if page is None else to_page(page, parts.fragment)


def _page_at(path: str, base: str) -> str | None:
    if path.startswith("/"):
        rest = path.removeprefix(PAGES)
        if rest == path and path.split("/", 2)[1] in OTHER_DOORS:
            return None
        segments = rest.split("/")
    else:
        segments = [*base.split("/")[:-1], *path.split("/")]
    name = segments[-1] or (segments[-2] if len(segments) > 1 else "")
    bare = _PAGE_ENDING.sub("", name)
    if bare == name and _FILE_ENDING.search(name):
        return None
    page = paths.normal("/".join(_climbed([*segments, ""])))
    page = _PAGE_ENDING.sub("", page)
    return page if page and not paths.refusal(page) else None


def _climbed(segments: list[str]) -> list[str]:
    """Return `segments` with every `..` carried out; above the top there is nothing to climb."""
    climbed: list[str] = []
    for segment in segments:
        if segment == "..":
            climbed = climbed[:-1]
        elif segment not in {"", "."}:
            climbed.append(segment)
    return climbed


def named(page: str, section: str, base: str) -> Target:
    """Return where `[[page#section]]` leads from the page at `base`; a slash makes a level."""
    path = paths.normal(page)
    if not path or paths.refusal(path):
        return resolve(f"#{section}", base) if section and not path else Target("")
    return to_page(path, section)
