"""Undoing changes of an older revision: choose, look, do; the author is told politely."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound, WikiError
from wiki.mail.letters import Words
from wiki.pages.models import Revision
from wiki.pages.queries import history
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places
from wiki.people import guards
from wiki.people.queries import Member
from wiki.text.diff import compare
from wiki.text.merge import Choice as Clashing
from wiki.text.sections import sections
from wiki.web.db import begin, reading, settings
from wiki.web.filters import page_url
from wiki.web.letters import render_letter
from wiki.writing.forms.acts import note, number, numbers, words
from wiki.writing.queries import standing
from wiki.writing.routes.acting import act, errors_of, to_page
from wiki.writing.routes.presenting import compared
from wiki.writing.rules.undoing import LineChange
from wiki.writing.service import undoing
from wiki.writing.service.meanwhile import ChangedMeanwhile
from wiki.writing.service.undoing import Choice

Runs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A change to choose: the section it is in, and its words with what came and went marked."""

    number: int
    section: str
    html: Markup
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that changed again: as they stood before, as runs what they became, what they are."""

    before: str
    made: Runs
    now: Runs


@act("undo", "undo")
def undo(page: Outline, member: Member) -> ResponseReturnValue:
    """Show the changes of a revision and what undoing some would do, or do it."""
    asked = number(request.values, "number")
    if asked is None:  # its history has a way here from each revision
        return redirect(url_for("pages.history", path=page.path))
    chosen = numbers(request.values, "change") if "chosen" in request.values else None
    if request.method != "POST" or request.form.get("act") != "undo":
        return _page(page, asked, chosen)
    try:
        return _undo(page, member, Choice(asked, chosen or frozenset()))
    except Invalid as refused:
        is_stale = isinstance(refused, ChangedMeanwhile)
        status = HTTPStatus.CONFLICT if is_stale else HTTPStatus.UNPROCESSABLE_ENTITY
        return make_response(_page(page, asked, chosen, refused), status)


def _undo(page: Outline, member: Member, choice: Choice) -> ResponseReturnValue:
    with begin() as session:
        revision = undoing.undo(
            session,
            page.page_id,
            choice,
            base=number(request.form, "base") or 0,
            author_id=member.id,
            made_at=utc_now(),
            note=note(request.form),
        )
        is_told = revision is not None and undoing.tell_author(
            session, revision, page.path, _letter(page, member, revision), now=utc_now()
        )
    if revision is None:
        flash(gettext("These changes have already been undone."), "notice")
        return redirect(page_url(page.path), 303)
    said = ngettext(
        "%(num)s change has been undone.",
        "%(num)s changes have been undone.",
        len(choice.changes),
    )
    if is_told:
        said += " " + gettext("The author has been told by e-mail.")
    return to_page(page.path, said)


def _letter(page: Outline, member: Member, revision: Revision) -> Callable[[str], Words]:
    pair = f"{revision.number - 1}..{revision.number}"
    path = url_for("pages.compare", path=page.path, pair=pair)
    values = {
        "url": settings().public_url.rstrip("/") + path,
        "page_title": page.page_title,
        "by": member.name,
        "note": revision.note,
        "wiki_name": guards.wiki().name,
    }

    def write(name: str) -> Words:
        words = render_letter("change_undone", name=name, **values)
        return Words(*words, sender=str(values["wiki_name"]))

    return write


def _page(page: Outline, asked: int, chosen: Collection[int] | None, *refused: WikiError) -> str:
    with reading() as session:
        line = history.line(session, page.page_id, asked)
        if line is None:
            raise NotFound("This page has no revision {number}.", number=asked)
        plan = undoing.plan_undo(session, page.page_id, asked, chosen)
        after = standing.text_at(session, page.page_id, asked) or ""
    changes = [_shown(change, after, page.path, plan.blocked) for change in plan.changes]
    is_same = plan.text is None or plan.text == plan.head
    return render_template(
        "writing/undo.html",
        page=page,
        line=line,
        changes=changes,
        chosen=[change.number for change in changes] if chosen is None else sorted(chosen),
        passages=[_passage(one) for one in plan.clash.choices] if plan.clash else [],
        comparison=None if is_same else compared(plan.head, plan.text or "", page.path),
        note=words(request.form, "note"),
        errors=errors_of(*refused),
        crumbs=places.crumbs(page.path),
    )


def _shown(change: LineChange, after: str, path: str, blocked: Collection[int]) -> Shown:
    line = after.count("\n", 0, change.new_start)
    above = [one.heading for one in sections(after) if one.start <= line and one.anchor]
    made = compared(change.old, change.new, path).printed
    html = Markup("").join(part.inline for part in made.parts)
    section = above[-1] if above else ""
    return Shown(change.number, section, html, change.number in blocked)


def _passage(clash: Clashing) -> Passage:
    hunks = list(compare(clash.base, clash.theirs))
    made = [("equal" if one.kind == "equal" else "delete", one.old) for one in hunks]
    now = [("equal" if one.kind == "equal" else "insert", one.new) for one in hunks]
    return Passage(clash.mine, _runs(made), _runs(now))


def _runs(runs: list[tuple[str, str]]) -> Runs:
    return tuple(run for run in runs if run[1])
