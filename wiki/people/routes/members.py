"""The pages on which administrators look after members and teams."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.people import guards, queries, service
from wiki.people.forms import ChangedMember, changed_member, team_of, wanted_members
from wiki.people.queries.listing import Wanted, listed, teams
from wiki.people.routes.wording import role_names, state_names
from wiki.people.rules.roles import ROLES, STATES
from wiki.web.db import begin, reading
from wiki.web.paging import numbered_pages
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """List the members, fifty to a page, narrowed to what was asked for."""
    guards.need_role("admin")
    wanted = wanted_members(request.args)
    with reading() as session:
        found = listed(session, wanted)
        if found.pages and wanted.page > found.pages:
            wanted = replace(wanted, page=found.pages)
            found = listed(session, wanted)
        all_teams = teams(session)
    return render_template(
        "people/members.html",
        wanted=wanted,
        found=found,
        roles=[("", gettext("Any role")), *((one, role_names()[one]) for one in ROLES)],
        states=[("", gettext("Any state")), *((one, state_names()[one]) for one in STATES)],
        teams=[("", gettext("Any team")), *((str(one[0]), one[1]) for one in all_teams)],
        role_names=role_names(),
        state_names=state_names(),
        numbers=numbered_pages(wanted.page, found.pages, lambda page: _address(wanted, page)),
        previous=_address(wanted, wanted.page - 1) if wanted.page > 1 else "",
        next=_address(wanted, wanted.page + 1) if wanted.page < found.pages else "",
    )


def edit(person_id: int) -> ResponseReturnValue:
    """Show the form of one member."""
    guards.need_role("admin")
    with reading() as session:
        row = queries.member_row(session, person_id)
        person = queries.person(session, person_id)
    if row is None or person is None:
        raise NotFound("There is no such member.")
    typed = ChangedMember(row.name, row.role, person.team_id, row.state, person.is_program)
    return _form(person_id, typed)


def change(person_id: int) -> ResponseReturnValue:
    """Change name, role, team or state of one member."""
    me = guards.need_role("admin")
    wanted = changed_member(request.form)
    now = utc_now()
    try:
        with begin() as session:
            person = service.change_member(
                session,
                person_id,
                name=wanted.name,
                role=wanted.role,
                team_id=wanted.team_id,
                now=now,
                actor_id=me.id,
            )
            name, state = person.name, person.state
            service.tell_program(
                session, person, is_program=wanted.is_program, now=now, actor_id=me.id
            )
            if wanted.state == "deactivated":
                service.deactivate(session, person_id, now=now, actor_id=me.id)
            elif wanted.state == "active" and state == "deactivated":
                service.reactivate(session, person_id, now=now, actor_id=me.id)
    except Invalid as refusal:
        return _form(person_id, wanted, refusal), 422
    flash(_changed(name, state, wanted.state), "success")
    return redirect(url_for("people.members"), 303)


def _changed(name: str, before: str, after: str) -> str:
    """Return what is true now of a member whose state was changed, or not."""
    if after == "deactivated" and before != after:
        sentence = gettext("%(name)s can no longer sign in. What they wrote stays.", name=name)
    elif after == "active" and before == "deactivated":
        sentence = gettext("%(name)s can sign in again.", name=name)
    else:
        sentence = gettext("The changes to %(name)s have been saved.", name=name)
    return str(sentence)


def show_teams() -> ResponseReturnValue:
    """Show the teams and how many belong to each."""
    guards.need_role("admin")
    return _teams()


def name_team() -> ResponseReturnValue:
    """Make a team, or give one another name."""
    me = guards.need_role("admin")
    team_id = team_of(request.form)
    try:
        with begin() as session:
            name = request.form.get("name", "")
            service.name_team(session, team_id, name, now=utc_now(), actor_id=me.id)
    except Invalid as refusal:
        return _teams(refusal, team_id), 422
    flash(gettext("The team has been saved."), "success")
    return redirect(url_for("people.teams"), 303)


def _address(wanted: Wanted, page: int) -> str:
    facts: dict[str, Any] = {
        "q": wanted.words or None,
        "role": wanted.role or None,
        "state": wanted.state or None,
        "team": wanted.team_id,
        "page": page if page > 1 else None,
    }
    return url_for("people.members", **facts)


def _form(person_id: int, typed: ChangedMember, refusal: Invalid | None = None) -> str:
    with reading() as session:
        row = queries.member_row(session, person_id)
        all_teams = teams(session)
    return render_template(
        "people/member_form.html",
        member=row,
        typed=typed,
        roles=[(one, role_names()[one]) for one in ROLES],
        teams=[("", gettext("None")), *((str(one[0]), one[1]) for one in all_teams)],
        state_names=state_names(),
        errors=[(refusal.field, said(refusal))] if refusal else [],
    )


def _teams(refusal: Invalid | None = None, team_id: int | None = None) -> str:
    with reading() as session:
        all_teams = teams(session)
    field = f"name-{team_id or 'new'}"
    return render_template(
        "people/teams.html",
        teams=all_teams,
        typed=request.form.get("name", ""),
        wrong={field: said(refusal)} if refusal else {},
        errors=[(field, said(refusal))] if refusal else [],
    )
