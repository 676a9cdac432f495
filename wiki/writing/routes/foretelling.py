"""What a move would do to links, said by their words and by the titles of where they lead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from wiki.pages.routes import places
from wiki.text.markdown import fragment
from wiki.text.paths import ancestors, path_from_title, title_from_path
from wiki.writing.service.moving import Plan

_LINK = re.compile(
    r'<a\b[^>]* ?href="/pages/(?P<path>[^"#?]+)[^"]*"[^>]*>(?P<words>.*?)</a>', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """A link by its words and where it will lead, like Plan / Aims; both "" if it is no plain link.

    `before` and `after` are how it is written.
    """

    words: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PageSaid:
    """A page whose links follow."""

    path: str
    title: str
    links: list[LinkSaid]


def links_said(plan: Plan) -> list[PageSaid]:
    """Return the pages whose links follow the pages that move, each with its links."""
    titles = {one.new_path: one.title for one in plan.going}
    return [
        PageSaid(
            link.page.path,
            link.page.title,
            [_said(link.page.path, before, after, titles) for before, after in link.changes],
        )
        for link in plan.links
    ]


def _said(path: str, before: str, after: str, titles: Mapping[str, str]) -> LinkSaid:
    old, found = (_LINK.search(fragment(link, path=path)) for link in (before, after))
    if old is None or found is None:
        return LinkSaid("", "", before, after)
    target = unquote(unescape(found["path"]))
    names = {path_from_title(title): new_path for new_path, title in titles.items()}
    place = target if target in titles else names.get(target, "")
    words = unescape(_TAG.sub("", old["words"])).strip()
    return LinkSaid(words, _place(place, titles) if place else "", before, after)


def _place(path: str, titles: Mapping[str, str]) -> str:
    nodes = places.whole_tree().nodes
    return " / ".join(
        titles.get(one) or (nodes[one].title if one in nodes else title_from_path(one))
        for one in (*ancestors(path), path)
    )
