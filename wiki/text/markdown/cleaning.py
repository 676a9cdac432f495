"""The last gate: an explicit list of elements and attributes; nothing else leaves the renderer.

The parser already lets no HTML of the writer through; this stands alone all the same. Ids and
classes are only ours (known names, known prefixes). After nh3, that is ammonia on html5ever, whose
output is parsed and written by the same rules as a browser's, so it does not change when a browser
parses it again.
"""

import re
from functools import cache

import nh3

LINK_SCHEMES = frozenset(
    "http https mailto tel sms ftp irc ircs news xmpp sip geo webcal".split(),  # noqa: SIM905
)
_TAGS = frozenset(
    (  # noqa: SIM905  (a word a line would fill the page)
        "a abbr b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img input "
        "ins kbd li mark ol p pre q s samp section small span strong sub sup table tbody td th "
        "thead tr u ul var"
    ).split()
)
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "id", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title"},
    "input": {"checked", "disabled", "aria-label"},
    "li": {"class", "id"},
    "ol": {"start", "class"},
    "section": {"class", "aria-label"},
    "span": {"class", "id", "aria-hidden"},
    "sup": {"class"},
    "td": {"align", "class"},
    "th": {"align", "class", "scope"},
    "ul": {"class"},
} | {f"h{level}": {"id"} for level in range(1, 7)}
_CLASSES = frozenset(
    (  # noqa: SIM905  (a word a line would fill the page)
        "align-center align-left align-right contains-task-list footnote-backref footnote-ref "
        "footnotes heading internal permalink plain-text table-scroll task-list-item"
    ).split()
)
_IDS = re.compile(r"s-\S+|fn(?:ref)?\d+(?:-\d+)?")
_WITH_SCHEME = re.compile(r"[\s\x00-\x1f]*[A-Za-z][A-Za-z0-9+.-]*:")


def clean(html: str) -> str:
    """Return `html` with everything taken out that is not on the lists above."""
    return _cleaner().clean(html)


def is_safe_picture(address: str) -> bool:
    """Say whether a picture may be shown from `address`: from this wiki, or over https."""
    if address.startswith("//"):
        return False
    return not _WITH_SCHEME.match(address) or address[:8].lower() == "https://"


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_value,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes=LINK_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def _kept_value(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if _is_ours(tag, value) else None
    if name == "id":
        return value if _IDS.fullmatch(value) else None
    if name == "src":
        return value if is_safe_picture(value) else None
    fixed = _FIXED.get(name)
    return value if fixed is None or value in fixed else None


def _is_ours(tag: str, value: str) -> bool:
    if tag == "code":
        return value.startswith("language-") and not any(map(str.isspace, value))
    return _CLASSES.issuperset(value.split())


_FIXED = {
    "align": frozenset({"left", "right", "center"}),
    "aria-hidden": frozenset({"true"}),
    "role": frozenset({"region"}),
    "scope": frozenset({"col"}),
    "tabindex": frozenset({"0"}),
}
