"""The page on which a clash is resolved, row by row, and what comes back from it."""

from dataclasses import dataclass

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.pages.routes import places
from wiki.text.diff import compare
from wiki.text.merge import Choice, Clash, Row, three_way
from wiki.text.paths import title_from_path
from wiki.web.db import reading
from wiki.writing.forms.editing import ClashForm
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.edited import EditedPage, Save
from wiki.writing.routes.presenting import cancel_url, draft_line, others_editing
from wiki.writing.routes.working import Work
from wiki.writing.rules.line_ends import as_in
from wiki.writing.rules.resolving import resolved, unchosen

Runs = tuple[tuple[str, str], ...]
_FOLDED_LINES = 8


@dataclass(frozen=True, slots=True)
class ClashRow:
    """Whole lines on which all agree (`kind` same), or between which to choose."""

    kind: str
    number: int = 0
    index: int = -1
    text: str = ""
    is_folded: bool = False
    base: str = ""
    theirs: str = ""
    mine: str = ""
    theirs_runs: Runs = ()
    mine_runs: Runs = ()
    chosen: str = ""
    own: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clash to be shown: `mine`, begun at revision `origin`, against revision `head`."""

    clash: Clash
    origin: int
    head: int
    mine: str
    form: str


def clash_page(work: Work, shown: Shown, *, is_returned: bool = False) -> Response:
    """Return the page with the rows; with `is_returned` some were sent back without a choice."""
    rows = _rows(work, shown.clash, is_returned=is_returned)
    errors = [(f"choice-{row.index}", row.error) for row in rows if row.error]
    page, me = work.page, work.member.id
    with reading() as session:
        page_id = page.page_id if page else 0
        saves = edited.saves_between(session, page_id, shown.origin, shown.head + 1)
        mine = drafts.of_page(session, me, page_id, work.path)
        others = others_editing(session, page, me, utc_now())
    body = render_template(
        "writing/clash.html",
        page=page,
        path=work.path,
        title=page.title if page else title_from_path(work.path),
        crumbs=places.crumbs(work.path),
        save_url=url_for("writing.save", path=work.path),
        cancel_url=cancel_url(page),
        editing_now=others,
        form=ClashForm(
            text=shown.mine.replace("\r\n", "\n"),
            base=shown.head,
            origin=shown.origin,
            form=shown.form,
            note=work.sent.note,
            is_minor=work.sent.is_minor,
            page_id=page_id,
            errors=errors,
        ),
        rows=rows,
        choices=len(shown.clash.choices),
        their_names=_names(saves, me),
        their_url=_their_url(page, shown),
        is_mine_too=all(save.author_id == me for save in saves),
        kept=next((draft_line(row) for row in mine if row.form == shown.form), None),
    )
    return make_response(body, 422 if is_returned else 409)


def resolve(work: Work) -> Shown | str | None:
    """Return the text that the sent choices make, or the clash again where some are missing.

    None where the form names revisions that are not there.
    """
    page_id = work.page.page_id if work.page else None
    with reading() as session:
        origin = edited.base(session, page_id, work.sent.origin or 0)
    if origin is None or work.base is None:
        return None
    mine = as_in(work.sent.text, origin.text)
    found = three_way(origin.text, work.base.text, mine)
    if not isinstance(found, Clash):
        return found.text
    if unchosen(found, work.sent.chosen):
        return Shown(found, origin.number, work.base.number, mine, work.sent.form)
    return as_in(resolved(found, work.sent.chosen, work.sent.own), work.base.text)


def _rows(work: Work, clash: Clash, *, is_returned: bool) -> list[ClashRow]:
    chosen = work.sent.chosen if is_returned else {}
    own = work.sent.own if is_returned else {}
    missing = set(unchosen(clash, chosen)) if is_returned else set()
    rows: list[ClashRow] = []
    place = 0
    for row in clash.rows:
        if not isinstance(row, Choice):
            rows.append(_same(row))
            continue
        error = _error(place) if place in missing else ""
        picked = chosen.get(place, "") if place not in missing else ""
        typed = own.get(place, row.mine).replace("\r\n", "\n")
        rows.append(_choice(row, place, picked, typed, error))
        place += 1
    return rows


def _same(row: Row) -> ClashRow:
    text = row.text if not isinstance(row, Choice) else ""
    return ClashRow("same", text=text, is_folded=text.count("\n") > _FOLDED_LINES)


def _choice(row: Choice, place: int, chosen: str, own: str, error: str) -> ClashRow:
    return ClashRow(
        kind="choice",
        number=place + 1,
        index=place,
        base=row.base,
        theirs=row.theirs,
        mine=row.mine,
        theirs_runs=_runs(row.base, row.theirs),
        mine_runs=_runs(row.base, row.mine),
        chosen=chosen,
        own=own,
        error=error,
    )


def _error(place: int) -> str:
    return str(gettext("Choose which words to keep in place %(number)s.", number=place + 1))


def _runs(base: str, side: str) -> Runs:
    runs: list[tuple[str, str]] = []
    for hunk in compare(base, side):
        if hunk.kind == "equal":
            runs.append(("equal", hunk.old))
            continue
        if hunk.old:
            runs.append(("delete", hunk.old))
        if hunk.new:
            runs.append(("insert", hunk.new))
    return tuple(runs)


def _names(saves: list[Save], me: int) -> list[str]:
    names = dict.fromkeys(save.author_name for save in saves if save.author_id != me)
    return list(names) or list(dict.fromkeys(save.author_name for save in saves))


def _their_url(page: EditedPage | None, shown: Shown) -> str:
    if page is None:
        return url_for("pages.index")
    if shown.origin == 0:
        return url_for("pages.revision", path=page.path, number=shown.head)
    pair = f"{shown.origin}..{shown.head}"
    return url_for("pages.compare", path=page.path, pair=pair)
