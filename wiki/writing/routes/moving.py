"""Moving and renaming a page: first what would happen, then just that."""

from http import HTTPStatus

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.pages import service as pages
from wiki.pages.guards import limits, who
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places, who_may
from wiki.people.guards import need_member
from wiki.people.queries import Member
from wiki.web.db import begin, reading
from wiki.writing.forms.acts import Wanted, note, wanted, wanted_as, words
from wiki.writing.routes.acting import act, elsewhere, errors_of, parents, record, to_page
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.foretelling import links_said
from wiki.writing.rules.shifting import Shift
from wiki.writing.service import moving
from wiki.writing.service.judging import Rights, need, rights_of
from wiki.writing.service.moving import Memory, Plan, Wish


@bp.get("/pages/<path:path>/rename")
def rename(path: str) -> ResponseReturnValue:
    """Lead to the one door for moving and renaming."""
    need_member()
    return redirect(url_for("writing.move", path=path), 301)


@act("move", "rename")
def move(page: Outline, member: Member) -> ResponseReturnValue:
    """Show the form, what would happen, or do it."""
    if request.method != "POST" and "title" not in request.args:
        has_pages = _has_pages(page.path)
        form = wanted_as(page.path, page.page_title)
        return _page(page, form, with_pages=True, has_pages=has_pages)
    sent = request.form if request.method == "POST" else request.args
    form = wanted(sent)
    wish = Wish(path=form.path, title=form.title, with_pages=bool(sent.get("with_pages")))
    memory: Memory = {}
    with reading() as session:
        plan = moving.plan_move(
            session, record(session, page), wish, Rights(who(), limits()), memory=memory
        )
    if request.method != "POST" or sent.get("act") != "move" or plan.objections or plan.is_nothing:
        return _look(page, form, wish, plan)
    is_stale, mistakes = sent.get("seen") != plan.seal, _mistakes()
    if is_stale or mistakes:
        return _look(page, form, wish, plan, *mistakes, is_stale=is_stale)
    with pages.at_hand():
        # On SQLite nobody else can save while it is done, so most of the work comes before.
        moving.prepare(plan)
        return _move(page, member, form, wish, memory)


def _mistakes() -> list[Invalid]:
    try:
        note(request.form)
    except Invalid as refused:
        return [refused]
    return []


def _move(
    page: Outline, member: Member, form: Wanted, wish: Wish, memory: Memory
) -> ResponseReturnValue:
    try:
        with begin() as session:
            moving.one_move_at_a_time(session)
            page_now = record(session, page)
            if page_now.path != page.path or page_now.deleted_at is not None:
                return elsewhere(session, page.path)
            need(session, member.id, "rename", page.path)
            rights = rights_of(session, member.id)
            plan = moving.plan_move(session, page_now, wish, rights, memory=memory, lock=True)
            is_as_seen = plan.seal == request.form.get("seen") and not plan.objections
            if is_as_seen:
                moving.move(
                    session,
                    plan,
                    author_id=member.id,
                    made_at=utc_now(),
                    note=note(request.form),
                    link_note=_link_note(plan),
                )
    except Invalid as refused:
        return _look(page, form, wish, Plan(plan.going, objections=(refused,)))
    if not is_as_seen:
        return _look(page, form, wish, plan, is_stale=True)
    return to_page(wish.path, _done(plan))


def _look(
    page: Outline,
    form: Wanted,
    wish: Wish,
    plan: Plan,
    *mistakes: Invalid,
    is_stale: bool = False,
) -> ResponseReturnValue:
    """Return what would happen, with what stands against it or the mistakes in the form."""
    refused = list(plan.objections)
    if not refused and plan.is_nothing and request.method == "POST":
        refused = [Invalid("Give the page another title or another place.", field="title")]
    has_pages = _has_pages(page.path)
    answer = make_response(
        _page(
            page,
            form,
            with_pages=wish.with_pages,
            has_pages=has_pages,
            plan=None if refused or plan.is_nothing else plan,
            errors=errors_of(*refused, *mistakes),
            is_stale=is_stale,
            shifts=[_shift_said(one, plan) for one in plan.shifts],
            links=links_said(plan),
        )
    )
    if refused or mistakes:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    elif is_stale:
        answer.status_code = HTTPStatus.CONFLICT
    return answer


def _shift_said(shift: Shift, plan: Plan) -> str:
    """Return like: Now only members can read it; there everybody can."""
    now = who_may.people_said(shift.act, shift.before)
    there = who_may.people_said(shift.act, shift.after)
    if len(plan.going) == 1:
        said = {
            "read": gettext("Now %(now)s can read it; there %(there)s can.", now=now, there=there),
            "write": gettext(
                "Now %(now)s can change it; there %(there)s can.", now=now, there=there
            ),
        }
        return str(said[shift.act])
    of_many = {
        "read": ngettext(
            "%(num)s of these pages: now %(now)s can read it; there %(there)s can.",
            "%(num)s of these pages: now %(now)s can read them; there %(there)s can.",
            shift.pages,
            now=now,
            there=there,
        ),
        "write": ngettext(
            "%(num)s of these pages: now %(now)s can change it; there %(there)s can.",
            "%(num)s of these pages: now %(now)s can change them; there %(there)s can.",
            shift.pages,
            now=now,
            there=there,
        ),
    }
    return str(of_many[shift.act])


def _page(page: Outline, form: Wanted, **shown: object) -> str:
    defaults: dict[str, object] = {"plan": None, "errors": [], "is_stale": False}
    defaults |= {"shifts": [], "links": []}
    return render_template(
        "writing/move.html",
        page=page,
        form=form,
        note=words(request.form, "note"),
        parents=parents(without=page.path),
        crumbs=places.crumbs(page.path),
        **{**defaults, **shown},
    )


def _has_pages(path: str) -> bool:
    node = places.whole_tree().nodes.get(path)
    return node is not None and bool(node.children)


def _link_note(plan: Plan) -> str:
    first = plan.going[0]
    if first.old_path == first.new_path:
        return str(gettext("Links follow the page now called “%(title)s”", title=first.title))
    return str(
        gettext("Links follow “%(title)s” to %(path)s", title=first.title, path=first.new_path)
    )


def _done(plan: Plan) -> str:
    first = plan.going[0]
    if first.old_path == first.new_path:
        said = [gettext("The page is now called “%(title)s”.", title=first.title)]
    elif len(plan.going) == 1:
        said = [gettext("The page is now here. Its old address leads here.")]
    else:
        said = [
            gettext(
                "%(count)s pages were moved. Their old addresses lead to the new ones.",
                count=len(plan.going),
            )
        ]
    if plan.links:
        said.append(
            ngettext(
                "Links on %(num)s other page follow.",
                "Links on %(num)s other pages follow.",
                len(plan.links),
            )
        )
    return " ".join(str(one) for one in said)
