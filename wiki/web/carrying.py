"""Typed text survives a sign-in that ran out: the answer to the POST carries it on.

A view marked with `carried` names the fields that are worth keeping. Where its POST meets a refusal
for want of a sign-in or a fresh token, the answer is a page that shows the text and holds the
fields, through the sign-in if need be, until one button sends them again. Nothing is stored for
nobody, and a request from another site carries nothing. What would be sent is seen: the text, and
the page that it is for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from flask import Flask, current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException

View = TypeVar("View", bound=Callable[..., Any])
# Enough for a text of 4 MB of which every letter is written as several signs.
ROOM_BYTES = 16 * 1024 * 1024
_ON_THE_WAY = "carried-"
_ADDRESS = f"{_ON_THE_WAY}to"
_OWN_SITE = frozenset({"none", "same-origin"})
# A page with as many places to choose words in does not come about.
_MOST_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Carried:
    """What was sent to `address`: `through` are the fields as they stand in a sign-in form."""

    address: str
    text: str
    fields: list[tuple[str, str]]
    page: str = ""

    @property
    def through(self) -> list[tuple[str, str]]:
        """Return the fields under names that no other form uses."""
        renamed = [(_ON_THE_WAY + name, value) for name, value in self.fields]
        return [(_ADDRESS, self.address), *renamed]


def prepare(app: Flask) -> None:
    """Give the views that carry texts room for long ones; before anything reads a form."""

    @app.before_request
    def make_room() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.method == "POST" and getattr(view, "is_roomy", False):
            request.max_content_length = request.max_form_memory_size = ROOM_BYTES


def carried(*names: str) -> Callable[[View], View]:
    """Mark a view whose POST is carried on; a name that ends in `*` stands for all that begin so.

    The field `text`, if there is one, is what the page shows.
    """

    def mark(view: View) -> View:
        view.carried_names = names  # type: ignore[attr-defined]  # a mark on a function
        return roomy(view)

    return mark


def roomy(view: View) -> View:
    """Mark a view that takes long texts."""
    view.is_roomy = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def refused(sentence: str) -> str | None:
    """Return the page that carries on what this request sent, or None where nothing is carried."""
    names = _names(request.endpoint)
    if request.method != "POST" or not names or not _is_own():
        return None
    load = _carried(str(request.endpoint), request.view_args or {}, names, request.form)
    return _page(load, sentence=sentence)


def on_the_way() -> Carried | None:
    """Return what the sign-in form that was sent carries, or None."""
    address = request.form.get(_ADDRESS, "")
    if not _is_own():
        return None
    try:
        adapter = current_app.url_map.bind("")
        endpoint, values = adapter.match(address, method="POST")
    except HTTPException:
        return None
    # Only to a door of ours that carries, and by its own address, whatever was sent.
    names = _names(endpoint)
    if not names:
        return None
    sent = {
        name.removeprefix(_ON_THE_WAY): value
        for name, value in request.form.items()
        if name.startswith(_ON_THE_WAY) and name != _ADDRESS
    }
    return _carried(endpoint, values, names, sent)


def go_on() -> str | None:
    """Return the page whose button sends what came through the sign-in, or None."""
    load = on_the_way()
    return _page(load) if load else None


def ask_again(**facts: Any) -> str | None:  # noqa: ANN401  # what the template is given
    """Return the sign-in page with what it carries, or None where it carries nothing.

    `facts` are the stage, the sentence, the email, the errors, and what is wrong by field.
    """
    load = on_the_way()
    return _page(load, **facts) if load else None


def _page(load: Carried, **facts: Any) -> str:  # noqa: ANN401  # what the template is given
    is_signed_in = bool(current_user.is_authenticated)
    usual: dict[str, Any] = {
        "stage": "go_on" if is_signed_in else "ask",
        "sentence": "",
        "email": "",
        "errors": [],
        "wrong": {},
    }
    facts = {**usual, **facts, "carried": load, "signed_in": is_signed_in}
    return render_template("people/carried.html", **facts)


def _is_own() -> bool:
    """Return whether the form that was sent stood on a page of ours.

    Browsers name the site that sends a form where they reach the wiki by https, and the origin
    wherever they are; what is no browser need not say either.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in _OWN_SITE
    return request.headers.get("Origin", "") in {"", request.host_url.rstrip("/")}


def _carried(
    endpoint: str, values: Mapping[str, Any], names: tuple[str, ...], sent: Mapping[str, str]
) -> Carried:
    address = url_for(endpoint, **values)
    return Carried(address, sent.get("text", ""), _chosen(names, sent), values.get("path", ""))


def _names(endpoint: str | None) -> tuple[str, ...]:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "carried_names", ())


def _chosen(names: tuple[str, ...], sent: Mapping[str, str]) -> list[tuple[str, str]]:
    starts = tuple(name.removesuffix("*") for name in names if name.endswith("*"))
    chosen = (
        (name, value)
        for name, value in sent.items()
        if name in names or (starts and name.startswith(starts))
    )
    return list(islice(chosen, _MOST_FIELDS))
