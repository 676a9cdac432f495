"""Signing in by a link in a letter: looking at the link does nothing, the button spends it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.mail.letters import Words
from wiki.people import forms, queries, service
from wiki.people.routes.entering import enter_instead, over
from wiki.people.routes.letters import was_used, write
from wiki.people.routes.pages import sign_in_page
from wiki.web import carrying
from wiki.web.db import begin, reading, settings


@carrying.roomy
def ask() -> ResponseReturnValue:
    """Send a link to a member's address; the answer is the same for every address."""
    try:
        email = forms.one_address(request.form)
    except Invalid as refusal:
        return sign_in_page(refusal), 422
    now = utc_now()
    token = service.new_token()
    target = forms.target(request.form)

    def words(name: str) -> Words:
        return write("sign_in_link", f"/sign-in/link/{token}", target, name=name)

    with begin() as session:
        service.try_link(
            session,
            email=email,
            source=request.remote_addr or "",
            secret=settings().secret_key,
            now=now,
        )
        service.send_link(session, email, token, words, now=now)
    waiting = carrying.ask_again(stage="link_sent", email=email)
    return waiting or redirect(url_for("people.link_sent"), 303)


def sent() -> ResponseReturnValue:
    """Say that a letter is on its way, if the address is a member's."""
    return render_template("people/link_sent.html")


def show(token: str) -> ResponseReturnValue:
    """Show the button that spends the link; programs that look into letters press none."""
    with reading() as session:
        is_good = queries.link_is_good(session, service.hashed(token), now=utc_now())
    if not is_good:
        return over(forms.target(request.args))
    return render_template("people/link.html", token=token, target=forms.target(request.args))


def spend(token: str) -> ResponseReturnValue:
    """Spend the link and sign in."""
    with begin() as session:
        new_token = service.spend_link(session, token, now=utc_now())
        if new_token is not None:
            was_used(session)
    if new_token is None:
        return over(forms.target(request.form))
    enter_instead(new_token)
    return redirect(forms.target(request.form), 303)
