"""The page on which administrators decide about the wiki."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import guards, service
from wiki.people.routes.wording import swatch_names
from wiki.people.rules import colours
from wiki.web.db import begin
from wiki.web.refusals import said

# In the order of the page.
FIELDS = (
    "name",
    "colour",
    "readers",
    "sign_up",
    "sign_up_domains",
    "teams",
    "figures",
    "imports",
)


def show() -> ResponseReturnValue:
    """Show what is decided."""
    guards.need_role("admin")
    return _page(_decided())


def change() -> ResponseReturnValue:
    """Decide anew; what is wrong is said, and then nothing is changed."""
    me = guards.need_role("admin")
    # What a form does not ask for, as one that was opened before we knew to ask, stays.
    typed = _decided() | {field: request.form[field] for field in FIELDS if field in request.form}
    swatch = request.form.get("swatch")
    typed["colour"] = colours.chosen(swatch, typed["colour"], guards.wiki().colour)
    refusals: list[Invalid] = []
    for field in FIELDS:
        try:
            service.WIKI_KEYS[field](typed[field])
        except Invalid as refusal:
            refusals.append(Invalid(refusal.sentence, field=field, **refusal.values))
    if refusals:
        return _page(typed, refusals), 422
    now = utc_now()
    with begin() as session:
        for field in FIELDS:
            service.set_wiki(session, field, typed[field], now=now, actor_id=me.id)
    flash(gettext("The settings have been saved."), "success")
    return redirect(url_for("people.wiki_settings"), 303)


def _decided() -> dict[str, str]:
    decided = guards.wiki()
    return {field: str(getattr(decided, field)) for field in FIELDS}


def _page(typed: dict[str, str], refusals: list[Invalid] | None = None) -> str:
    errors = [(refusal.field, said(refusal)) for refusal in refusals or []]
    return render_template(
        "people/settings.html",
        typed=typed,
        swatches=swatch_names(),
        other=colours.OTHER,
        errors=errors,
        wrong=dict(errors),
    )
