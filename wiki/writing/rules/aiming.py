"""The new address for a link that somebody wrote, in the style in which it was written."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import quote

from markdown_it.common.normalize_url import normalizeLink

from wiki.text import paths
from wiki.text.markdown.links import PAGES, resolve
from wiki.writing.rules.addresses import Addresses

_PARTS = re.compile(r"\A([^?#]*)(.*)\Z", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENDING = re.compile(r"(?:\.(?:md|markdown|html?)|/)$", re.IGNORECASE)
# A title with other signs could be read as Markdown, or end the link.
_PLAIN_TITLE = re.compile(r"[\w ,.;:!?'\u2018\u2019\u201c\u201d()+-]+")


@dataclass(frozen=True, slots=True)
class Aim:
    """A page's text on its way: where it stood, where it will, and where all others will.

    `moved` are the pages that get another path or title.
    """

    old_path: str
    new_path: str
    before: Addresses
    after: Addresses
    moved: AbstractSet[int]

    def path_for(self, target: str) -> str:
        """Return the path to which a link that was to `target` shall lead."""
        number = self.before.page_at(target)
        if number is None or not self._is_lost(number, target, is_wiki=False):
            return target
        return self.after.pages[number].path

    def _is_lost(self, number: int, target: str, *, is_wiki: bool) -> bool:
        return number in self.moved or self.after.page_at(target, is_wiki=is_wiki) != number

    def title_or_path(self, words: str) -> tuple[str, bool] | None:
        """Return what replaces the page named in [[words]], and whether the words must stay beside.

        None says that the link leads to the right page as it is.
        """
        target = paths.normal(words)
        number = self.before.page_at(target, is_wiki=True)
        if number is None or not self._is_lost(number, target, is_wiki=True):
            return None
        stood, stands = self.before.pages[number], self.after.pages[number]
        is_called = target == stands.name and self._finds(words, number)
        if is_called or self.after.stands_at(target) == number:
            return None
        is_title = target in {stood.name, stands.name}
        if is_title and _PLAIN_TITLE.fullmatch(stands.title) and self._finds(stands.title, number):
            return stands.title, False
        return stands.path, is_title

    def _finds(self, title: str, number: int) -> bool:
        return self.after.page_at(paths.normal(title), is_wiki=True) == number


def aimed(written: str, address: str, aim: Aim) -> str | None:
    """Return what to write for the address that stands in the text as `written`, None to leave it.

    `address` is what `written` means once escapes are read. What follows `?` or `#` stays.
    """
    path, rest = _PARTS.findall(normalizeLink(address))[0]
    if not path or path.startswith(("//", "/\\", "\\")) or _SCHEME.match(path):
        return None
    target = resolve(path, aim.old_path).page
    wanted = aim.path_for(target) if target else ""
    if target and resolve(path, aim.new_path).page == wanted:
        return None
    new = next(_spellings(path, wanted, aim.new_path)) if target else _moved_file(path, aim)
    if new is None:
        return None
    is_quoted = "%" in written or not target
    return (quote(new, safe="/%") if is_quoted else new) + _rest(written, rest)


def _rest(written: str, rest: str) -> str:
    """Return the query and fragment as written, or without what would end the link."""
    if not set(written) & set("\\&"):
        return re.sub(r"\A[^?#]*", "", written)
    return rest.replace("(", "%28").replace(")", "%29").replace("&", "&amp;").replace("\\", "%5C")


def _spellings(written: str, wanted: str, base: str) -> Iterator[str]:
    """Give addresses of the page `wanted` that lead there from `base`, the one most alike first."""
    ending = _ENDING.search(written)
    endings = [ending.group(), ""] if ending else [""]
    if not written.startswith("/"):
        way = _relative(wanted, base)
        is_dotted = written.startswith("./") and not way.startswith(".")
        starts = [f"./{way}" if is_dotted else way, PAGES + wanted]
    elif written.startswith(PAGES):
        starts = [PAGES + wanted]
    else:
        starts = [f"/{wanted}", PAGES + wanted]
    spellings = (start + end for start in starts for end in [*endings, ".md"])
    yield from (one for one in spellings if resolve(normalizeLink(one), base).page == wanted)


def _moved_file(written: str, aim: Aim) -> str | None:
    """Return the way to a file that was named from the old place, seen from the new one."""
    folders = [path.split("/")[:-1] for path in (aim.old_path, aim.new_path)]
    if written.startswith("/") or folders[0] == folders[1]:
        return None
    climbed: list[str] = []
    for segment in [*folders[0], *written.split("/")]:
        climbed = climbed[:-1] if segment == ".." else [*climbed, segment]
    return _relative("/".join(part for part in climbed if part != "."), aim.new_path)


def _relative(target: str, base: str) -> str:
    """Return the way from the page at `base` to `target`, such as `../en/overview`."""
    there, here = target.split("/"), base.split("/")[:-1]
    pairs = zip(there[:-1], here, strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return "/".join([".."] * (len(here) - shared) + there[shared:])
