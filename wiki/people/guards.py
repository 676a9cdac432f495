"""Who is asking, and whether they may: the only place that knows the browser's cookie."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import sqlalchemy as sa
from flask import Flask, Response, g
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.local import LocalProxy

from wiki.clock import utc_now
from wiki.errors import Busy, NotAllowed, SignInNeeded
from wiki.people import queries, service
from wiki.people.queries import Member, SignedIn, WikiSettings
from wiki.people.rules.roles import includes
from wiki.people.service.signing_in import SIGN_IN_LASTS
from wiki.web.cache import remembered
from wiki.web.db import begin, reading, settings

# Each time a sign-in is noted as in use, the pages kept in memory are lost.
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser, as Flask-Login wants it: its id is the token, not the person."""

    signed_in: SignedIn
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.token


def prepare(app: Flask) -> None:
    """Let the application know who is asking; give templates `me` and `wiki`.

    Both are looked up when a template first names them: a page about a broken database
    must not need the database. So ask `{% if me %}`, not whether it is none.
    """
    app.config.update(
        PERMANENT_SESSION_LIFETIME=SIGN_IN_LASTS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager()
    manager.session_protection = None  # a token of 256 bits does not need the address beside it
    manager.user_loader(_visitor)
    manager.init_app(app, add_context_processor=False)

    @app.context_processor
    def names() -> dict[str, object]:
        return {"me": LocalProxy(me), "wiki": LocalProxy(wiki)}

    app.after_request(_note_use)


def me() -> Member | None:
    """Return who is signed in in this browser, or None."""
    visitor = _current()
    return visitor.signed_in.member if visitor else None


def my_sign_in() -> int | None:
    """Return the id of this browser's sign-in, or None."""
    visitor = _current()
    return visitor.signed_in.sign_in_id if visitor else None


def wiki() -> WikiSettings:
    """Return what an administrator decided about the wiki."""

    def read() -> WikiSettings:
        with reading() as session:
            return queries.wiki_settings(session)

    return remembered("wiki settings", read)


def reader_zone() -> str:
    """Return the time zone in which whoever is asking reads moments."""
    member = me()
    return (member.time_zone if member else None) or settings().time_zone


def need_reader() -> Member | None:
    """Return who is reading, if signed in; raise SignInNeeded where only members may read."""
    member = me()
    if member is None and not wiki().is_open:
        raise SignInNeeded("Sign in to read this wiki.")
    return member


def need_member() -> Member:
    """Return who is signed in; raise SignInNeeded if nobody is."""
    member = me()
    if member is None:
        raise SignInNeeded("Sign in first.")
    return member


def need_role(role: str) -> Member:
    """Return who is signed in with at least this role; raise SignInNeeded or NotAllowed."""
    member = need_member()
    if not includes(member.role, role):
        raise NotAllowed(
            "Your role in this wiki does not include this. "
            "If you think it should, ask an administrator."
        )
    return member


def enter(token: str) -> None:
    """Let this browser hold `token`, and nothing that it held before."""
    cookie.clear()
    cookie.permanent = True
    visitor = _visitor(token)
    if visitor is None:
        raise NotAllowed("This member cannot sign in.")
    login_user(visitor)


def leave() -> str:
    """Let this browser forget everything, and return the token that it held, or ""."""
    visitor = _current()
    token = visitor.token if visitor else ""
    logout_user()
    cookie.clear()
    return token


def _current() -> Visitor | None:
    return cast("Visitor", current_user) if current_user.is_authenticated else None


def _visitor(token: str) -> Visitor | None:
    """Return the browser that holds `token`; one question to the database, remembered."""
    token_hash = service.hashed(token)

    def read() -> SignedIn | None:
        with reading() as session:
            return queries.signed_in(session, token_hash)

    found = remembered(("signed in", token_hash), read)
    now = utc_now()
    if found is None or found.expires_at <= now:
        return None
    if now - found.seen_at >= NOTED_EVERY:
        g.sign_in_to_note = found.sign_in_id
    return Visitor(found, token)


def _note_use(response: Response) -> Response:
    """Note, after the page was made, that a sign-in is in use, and lengthen its cookie."""
    sign_in_id = g.pop("sign_in_to_note", None)
    if sign_in_id is not None:
        # Reading goes on when the database cannot be written to.
        with suppress(Busy, sa.exc.SQLAlchemyError), begin() as session:
            service.see(session, sign_in_id, now=utc_now())
            cookie.modified = True
    return response
