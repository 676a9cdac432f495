"""The page on which a clash is resolved, row by row, and what comes back from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.pages.routes import places
from wiki.text.diff import compare
from wiki.text.merge import Choice, Clash, Row
from wiki.text.paths import title_from_path
from wiki.web.db import reading
from wiki.writing.forms.editing import ClashForm, Errors
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.drafts import DraftRow
from wiki.writing.queries.edited import Base, EditedPage
from wiki.writing.routes.meanwhile import saved_meanwhile
from wiki.writing.routes.presenting import DraftLine, cancel_url, draft_line, others_editing
from wiki.writing.routes.working import Work, over_origin
from wiki.writing.rules.keeping import form_of
from wiki.writing.rules.line_ends import as_in
from wiki.writing.rules.resolving import Choices, box_mark, passed_over, resolved, unchosen
from wiki.writing.rules.resolving import said as name_of
from wiki.writing.service.saving import merged

Runs = tuple[tuple[str, str], ...]
_FOLDED_LINES = 8


@dataclass(frozen=True, slots=True)
class ClashRow:
    """Whole lines on which all agree (`kind` same), or between which to choose.

    `offered` tells what the box for own words began with.
    """

    kind: str
    number: int = 0
    index: int = -1
    text: str = ""
    is_folded: bool = False
    theirs: str = ""
    mine: str = ""
    theirs_runs: Runs = ()
    mine_runs: Runs = ()
    chosen: str = ""
    own: str = ""
    offered: str = ""
    error: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clash to be shown: `mine`, begun at revision `origin`, against revision `head`.

    `left` is what was typed into boxes and not chosen, by place, where that is asked about.
    """

    clash: Clash
    origin: int
    head: int
    mine: str
    form: str
    choices: Choices = field(default=Choices(0))
    seen: str = ""
    trouble: str = ""
    left: Mapping[int, str] = field(default_factory=dict)


def clash_page(work: Work, shown: Shown, status: int = HTTPStatus.CONFLICT) -> Response:
    """Return the page with the rows; those without a choice are named where they were asked for."""
    is_returned = status == HTTPStatus.UNPROCESSABLE_ENTITY
    opened_with = form_of(work.sent.continues) if status == HTTPStatus.OK else ""
    page, me = work.page, work.member.id
    page_id = page.page_id if page else 0
    with reading() as session:
        whose = saved_meanwhile(session, page_id, shown.clash, (shown.origin, shown.head), me)
        mine = drafts.of_page(session, me, page_id, work.path)
        others = others_editing(session, page, me, utc_now())
    rows = _rows(shown, whose.by_place, is_returned=is_returned)
    errors = [("", shown.trouble)] if shown.trouble else []
    errors += [(f"choice-{row.index}", row.error) for row in rows if row.error]
    body = render_template(
        "writing/clash.html",
        page=page,
        path=work.path,
        title=page.title if page else title_from_path(work.path),
        crumbs=places.crumbs(work.path),
        save_url=url_for("writing.save", path=work.path),
        draft_url=url_for("writing.keep_draft"),
        cancel_url=cancel_url(page),
        editing_now=others,
        form=_form(work, shown, errors),
        rows=rows,
        choices=len(shown.clash.choices),
        their_names=whose.clashing or gettext("Others"),
        saved_since=whose.saved if work.sent.origin is not None and not is_returned else "",
        their_url=_their_url(page, shown),
        is_mine_too=whose.is_mine_too,
        kept=_kept(mine, shown, opened_with),
    )
    return make_response(body, status)


def _form(work: Work, shown: Shown, errors: Errors) -> ClashForm:
    return ClashForm(
        text=shown.mine.replace("\r\n", "\n"),
        base=shown.head,
        origin=shown.origin,
        form=shown.form,
        note=work.sent.note,
        is_minor=work.sent.is_minor,
        page_id=work.page.page_id if work.page else 0,
        seen=shown.seen,
        continues=work.sent.continues,
        asked=name_of(shown.left),
        errors=errors,
    )


def _kept(mine: list[DraftRow], shown: Shown, continued: str) -> DraftLine | None:
    """Return the draft of the form, or the one it was just opened with."""
    if shown.trouble:
        return None
    return next((draft_line(row) for row in mine if row.form == (continued or shown.form)), None)


def settle(work: Work) -> Work | Shown:
    """Return the same with the text that the choices make, or the clash where some are missing.

    It is shown again, once, where words were typed into a box and others chosen. The text then
    stands over the revision with which it clashed. Where the form names revisions
    that are not there, what was typed stands over none: so nobody is overwritten.
    """
    origin = origin_of(work)
    if origin is None or work.base is None:
        return over_origin(work, origin)
    mine = as_in(work.sent.text, origin.text)
    found = merged(origin.text, work.base.text, mine)
    sent = work.sent
    if isinstance(found, Clash):
        left = passed_over(found, sent.chosen, sent.own)
        if unchosen(found, sent.chosen) or name_of(left) not in {"", sent.asked}:
            choices = Choices(work.base.number, sent.chosen, sent.own)
            shown = Shown(found, origin.number, work.base.number, mine, sent.form, choices)
            return replace(shown, left=left)
        text = resolved(found, sent.chosen, sent.own)
    else:
        text = found.text
    return replace(work, sent=replace(sent, text=text, section=""), part=None)


def origin_of(work: Work) -> Base | None:
    """Return what stood in the page where the text of a clash began, or None."""
    with reading() as session:
        page_id = work.page.page_id if work.page else None
        return edited.base(session, page_id, work.sent.origin or 0)


def clash_of_draft(work: Work) -> Response | None:
    """Return the page of a clash as the draft `work.sent` remembers it; None if it is none now."""
    origin = origin_of(work)
    if work.choices is None or origin is None or work.base is None:
        return None
    found = merged(origin.text, work.base.text, work.sent.text)
    if not isinstance(found, Clash):
        return None
    sent = work.sent
    shown = Shown(found, origin.number, work.base.number, sent.text, sent.form, work.choices)
    return clash_page(work, replace(shown, seen=sent.seen), HTTPStatus.OK)


def _rows(shown: Shown, names: list[str], *, is_returned: bool) -> list[ClashRow]:
    chosen, own = shown.choices.chosen, shown.choices.own
    missing = set(unchosen(shown.clash, chosen))
    rows: list[ClashRow] = []
    place = 0
    for row in shown.clash.rows:
        if not isinstance(row, Choice):
            rows.append(_same(row))
            continue
        error = _error(place, shown.left) if place in missing or place in shown.left else ""
        picked = chosen.get(place, "") if place not in missing else ""
        typed = own.get(place, row.options.mine).replace("\r\n", "\n")
        choice = _choice(row, place, picked, typed, error if is_returned else "")
        rows.append(replace(choice, names=names[place]))
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
        theirs=row.options.theirs,
        mine=row.options.mine,
        theirs_runs=_runs(row.options.base, row.options.theirs),
        mine_runs=_runs(row.options.base, row.options.mine),
        offered=box_mark(row.options.mine),
        chosen=chosen,
        own=own,
        error=error,
    )


def _error(place: int, left: Mapping[int, str]) -> str:
    if place in left:
        return str(
            gettext(
                "You wrote your own words for place %(number)s but chose others. Choose "
                "“Write it myself” to keep yours, or save once more to leave them out.",
                number=place + 1,
            )
        )
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


def _their_url(page: EditedPage | None, shown: Shown) -> str:
    if page is None:
        return url_for("pages.index")
    if shown.origin == 0:
        return url_for("pages.revision", path=page.path, number=shown.head)
    pair = f"{shown.origin}..{shown.head}"
    return url_for("pages.compare", path=page.path, pair=pair)
