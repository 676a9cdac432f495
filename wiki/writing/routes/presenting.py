"""Drafts, comparisons and names as the templates of writing print them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug import Response

from wiki.errors import NotFound
from wiki.pages.guards import has_right, sight
from wiki.pages.queries.editing import EDITING_SEEN, Editor, editing
from wiki.pages.queries.texts import texts_of
from wiki.pages.routes.comparing import Printed, View, printed
from wiki.people.guards import reader_zone
from wiki.text.comparison import compare_pages
from wiki.text.paths import title_from_path
from wiki.web.filters import page_url
from wiki.web.language import language, moment_words
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.drafts import DraftRow
from wiki.writing.queries.edited import EditedPage, Save
from wiki.writing.service import Saved

NO_DRAFT = "This draft is not there any more: it was saved or thrown away."
_NAMED = 3
_COMPARED = 6


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of mine, with the page as far as I may see it now.

    `choose_url` leads on with its clash, "" where there is none.
    """

    draft_id: int
    path: str
    title: str
    is_new: bool
    is_deleted: bool
    state: str
    note: str
    section: str
    base_number: int
    head_number: int | None
    changed_at: datetime
    words: int
    can_edit: bool
    url: str
    edit_url: str
    delete_url: str
    choose_url: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison to be printed, and in a sentence."""

    printed: Printed
    summary: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What others saved since the form was opened, and where to see it."""

    count: int
    names: str
    url: str


def draft_line(row: DraftRow) -> DraftLine:
    """Return a draft as a line of a list."""
    is_seen = row.page_path is not None and sight().sees(row.page_path)
    path = row.page_path if is_seen and row.page_path else row.path
    is_deleted = is_seen and row.deleted_at is not None
    act = "write" if is_seen else "create"
    return DraftLine(
        draft_id=row.draft_id,
        path=path,
        title=(row.page_title if is_seen else None) or title_from_path(path),
        is_new=not is_seen,
        is_deleted=is_deleted,
        state=row.state,
        note=row.note,
        section=row.section,
        base_number=row.base_number,
        head_number=row.head_number if is_seen else None,
        changed_at=row.changed_at,
        words=row.words,
        can_edit=not is_deleted and has_right(act, path),
        url=url_for("writing.draft", draft_id=row.draft_id),
        edit_url=url_for("writing.edit", path=path, draft=row.draft_id),
        delete_url=url_for("writing.delete_draft", draft_id=row.draft_id),
        choose_url=_choose_url(row, path) if is_seen and not is_deleted and row.has_choices else "",
    )


def _choose_url(row: DraftRow, path: str) -> str:
    may_write = has_right("write", path)
    return url_for("writing.edit", path=path, draft=row.draft_id, choose=1) if may_write else ""


def kept_sentence(moment: datetime) -> str:
    """Return what is said of words that are a draft since this moment."""
    time = moment_words(moment, "HH:mm", reader_zone(), language())
    return str(gettext("Saved as draft %(time)s", time=time))


def draft_over(session: Session, person_id: int, draft_id: int) -> Response:
    """Lead to the page that a draft was saved to; raise NotFound where there never was one."""
    path = drafts.path_saved_to(session, person_id, draft_id)
    if path is None or not sight().sees(path):
        raise NotFound(NO_DRAFT)
    flash(gettext("This draft has been saved. This is the page as it is now."), "notice")
    return redirect(page_url(path), 303)


def compared(old: str, new: str, path: str) -> Compared:
    """Return the comparison of two texts of the page at `path`, as read, in one column."""
    made = printed(compare_pages(old, new), View(), path)
    if not made.changes:
        return Compared(made, str(gettext("The words are the same.")))
    changes = ngettext("%(num)s change", "%(num)s changes", made.changes)
    sections = ngettext("%(num)s section", "%(num)s sections", made.sections)
    summary = gettext("%(changes)s in %(sections)s", changes=changes, sections=sections)
    return Compared(made, str(summary))


def behind(session: Session, page: EditedPage | None, base: int) -> Behind | None:
    """Return what was saved since revision `base`, or None if nothing was."""
    if page is None or page.deleted_at is not None or not 0 < base < page.head_number:
        return None
    saves = edited.saves_between(session, page.page_id, base, page.head_number + 1)
    names = names_of(saves)
    pair = f"{base}..{page.head_number}"
    return Behind(len(saves), names, url_for("pages.compare", path=page.path, pair=pair))


def others_editing(
    session: Session, page: EditedPage | None, person_id: int, now: datetime
) -> list[Editor]:
    """Return who else has the form of the page open."""
    if page is None:
        return []
    return editing(session, page.page_id, since=now - EDITING_SEEN, but=person_id)


def names_of(saves: Iterable[Save]) -> str:
    """Return like: Ann, Bob and Cy."""
    return _list(list(dict.fromkeys(save.author_name for save in saves)))


def saved_sentence(session: Session, saved: Saved, person_id: int) -> Markup:
    """Return what is said above the page after saving, with links to what changed."""
    is_alone = saved.is_repeated or saved.number == saved.base + 1
    others = "" if is_alone else _others(session, saved, person_id)
    if others:
        said = gettext(
            "Saved as revision %(number)s, together with %(others)s.",
            number=saved.number,
            others=others,
        )
    else:
        said = gettext("Saved as revision %(number)s.", number=saved.number)
    links: list[Markup] = []
    if saved.number > 1:
        links.append(_link(saved, saved.number - 1, saved.number, gettext("See what you changed")))
    if others:
        came = gettext("See what came in")
        links.append(_link(saved, saved.base, saved.number - 1, came))
    ways = Markup(" ").join(link for link in links if link)
    return Markup('{} <span class="notice__ways">{}</span>').format(said, ways)


def _link(saved: Saved, old: int, new: int, words_of_link: str) -> Markup:
    if not 0 < old < new:
        return Markup("")
    url = url_for("pages.compare", path=saved.path, pair=f"{old}..{new}")
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(url, words_of_link)


def _others(session: Session, saved: Saved, person_id: int) -> str:
    """Return like: Ann's change to Aims and your own change to Goals."""
    saves = edited.saves_between(session, saved.page_id, saved.base, saved.number)
    if len(saves) > _COMPARED:
        return str(gettext("changes by %(names)s", names=names_of(saves)))
    before = edited.base(session, saved.page_id, saved.base)
    texts = texts_of(session, {save.text_sha for save in saves})
    old = before.text if before else ""
    places: dict[int, list[str]] = {}
    for save in saves:
        new = texts[save.text_sha]
        found = compare_pages(old, new).sections
        places.setdefault(save.author_id, []).extend(one.title for one in found if one.title)
        old = new
    names_by_id = {save.author_id: save.author_name for save in saves}
    return _list(
        [_change(names_by_id[who], where, who == person_id) for who, where in places.items()]
    )


def _change(name: str, where: list[str], is_mine: bool) -> str:
    places = _list(list(dict.fromkeys(where)))
    if is_mine:
        if places:
            return str(gettext("your own change to %(places)s", places=places))
        return str(gettext("your own change from another window"))
    if places:
        return str(gettext("%(name)s's change to %(places)s", name=name, places=places))
    return str(gettext("%(name)s's change", name=name))


def _list(names: list[str]) -> str:
    """Return like: Ann, Bob and 2 more."""
    shown = names[:_NAMED]
    if len(names) > _NAMED:
        more = ngettext("%(num)s more", "%(num)s more", len(names) - len(shown))
        shown = [*shown, more]
    if len(shown) < 2:  # noqa: PLR2004  # nothing to join
        return "".join(shown)
    return str(gettext(" and ")).join((", ".join(shown[:-1]), shown[-1]))


def cancel_url(page: EditedPage | None) -> str:
    """Return where to go without saving."""
    if page is None:
        return url_for("pages.index")
    if page.deleted_at is not None:
        return url_for("pages.revision", path=page.path, number=page.head_number)
    return page_url(page.path)
