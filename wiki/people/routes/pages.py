"""The sign-in page, which several ways lead back to."""

from flask import render_template, request

from wiki.errors import Invalid
from wiki.people import forms
from wiki.web import carrying
from wiki.web.refusals import said

_SHOWN_LETTERS = 254


def sign_in_page(refusal: Invalid | None = None, also_marked: str = "") -> str:
    """Return the page with what was typed, but for the password, and what is wrong with it.

    Where a text is carried through the sign-in, it stands on the page.
    """
    errors = [(refusal.field, said(refusal))] if refusal else []
    marked = {name: sentence for field, sentence in errors for name in (field, also_marked)}
    values = request.form if request.method == "POST" else request.args
    email = request.form.get("email", "")[:_SHOWN_LETTERS]
    return carrying.ask_again(email=email, errors=errors, wrong=marked) or render_template(
        "people/sign_in.html",
        email=email,
        target=forms.target(values),
        errors=errors,
        wrong=marked,
    )
