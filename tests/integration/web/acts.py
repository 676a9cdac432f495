"""Every act that changes something, as a form that would work, with who may do it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import make
from tests.integration.web.doors import VALUES, filled
from wiki.clock import utc_now
from wiki.pages.models import Page
from wiki.people import service
from wiki.people.models import Person, SignUp
from wiki.people.rules.list_report import ImportReport, NewMember
from wiki.storage.engine import Database
from wiki.writing.service import Submission, keep

PASSWORD = "kettle viola north"
PAGE = "# Aims\n\nFirst words.\n\nSecond words.\n"
CHANGED = PAGE.replace("Second", "Other")
LIST = "email,name\nlisted@example.org,Lis Ted\n"
LIST_DOES = ImportReport(
    new=(NewMember("Lis Ted", "listed@example.org", "", "member"),),
    changes=(),
    unchanged=0,
    refused=(),
    unknown_columns=(),
    new_teams=(),
)
EVERYBODY = ""
# Counted tries, and what any look at a page may leave behind.
_UNTOLD = {"alembic_version", "attempt", "change_count", "editing", "rendering", "search_text"}

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """A form that works for those of at least this role, EVERYBODY or those signed in (member)."""

    role: str
    fields: Fields = field(default_factory=dict)
    path: str = "stock/any"
    # The page on which a facilitator finds the button whose form this is.
    button: tuple[str, str] | None = None
    token: str = ""
    has_trace: bool = True
    is_about_waiting: bool = False


ACTS: dict[str, Act] = {
    "pages.limit": Act("admin", {"read": "role", "read-role": "reviewer"}, "stock/to-limit"),
    "people.ask_for_address": Act("member", {"email": "new.place@example.org"}),
    "people.ask_for_link": Act(EVERYBODY, {"email": "stock@example.org"}),
    "people.ask_for_password": Act(EVERYBODY, {"email": "stock@example.org"}),
    "people.ask_to_join": Act(
        EVERYBODY, {"name": "Joy", "email": "joy@example.org", "reason": "I work here."}
    ),
    "people.change_member": Act(
        "admin", {"name": "Renamed", "role": "member", "team": "", "state": "active"}
    ),
    "people.change_password": Act("member", {"password": "another long one 42"}),
    "people.change_profile": Act("member", {"name": "Other", "about": "x", "time_zone": ""}),
    "people.change_wiki_settings": Act(
        "admin",
        {
            "name": "Renamed",
            "colour": "",
            "readers": "everybody",
            "sign_up": "approval",
            "sign_up_domains": "",
            "teams": "administrators",
        },
    ),
    "people.choose_password": Act(
        EVERYBODY, {"password": "another long one 42"}, token="stock-password"
    ),
    "people.decide": Act("admin", {"act": "approve", "team": ""}, is_about_waiting=True),
    "people.enter": Act(EVERYBODY, {"email": "stock@example.org", "password": PASSWORD}),
    "people.join": Act(EVERYBODY, {"name": "Ivy"}, token="stock-invitation"),
    "people.leave": Act(EVERYBODY, has_trace=False),
    "people.leave_wiki": Act("member"),
    "people.name_team": Act("admin", {"team": "", "name": "New team"}),
    "people.prove_address": Act(EVERYBODY, token="stock-address"),
    "people.revoke_invitation": Act("facilitator"),
    "people.send_invitations": Act(
        "facilitator", {"emails": "a.friend@example.org", "role": "member", "team": "", "words": ""}
    ),
    "people.sign_out_everywhere": Act("member"),
    "people.spend_link": Act(EVERYBODY, token="stock-sign-in"),
    "people.take_list": Act("admin", {"pasted": LIST, "seen": LIST_DOES.seal}),
    "writing.copy": Act(
        "member", {"title": "The copy", "parent": "stock", "name": ""}, "stock/to-copy"
    ),
    "writing.draft_as_new_page": Act(
        "member", {"title": "Carried over", "parent": "stock", "name": ""}
    ),
    "writing.delete": Act("facilitator", {"base": "2", "reason": "Done with."}, "stock/to-delete"),
    "writing.delete_draft": Act("member"),
    "writing.deleted_page": Act("facilitator", button=("/deleted/{page_id}", "Bring")),
    "writing.note_presence": Act("member", {"page": "1"}, has_trace=False),
    "writing.keep_draft": Act(
        "member",
        {"path": "stock/any", "base": "2", "form": "one-form-1", "text": "# Aims\n\nTyped.\n"},
    ),
    "writing.move": Act(
        "member",
        path="stock/to-move",
        button=(
            "/pages/{path}/move?title=Moved&parent=stock&name=moved&with_pages=1",
            "Move the page",
        ),
    ),
    "writing.restore": Act(
        "member", {"number": "1", "base": "2", "note": "Back"}, "stock/to-restore"
    ),
    "writing.save": Act(
        "member",
        {"base": "2", "form": "one-form-2", "text": f"{CHANGED}\nMore.\n", "note": "x"},
        "stock/to-save",
    ),
    "writing.undo": Act(
        "member",
        {"number": "2", "chosen": "1", "change": "1", "base": "2", "act": "undo"},
        "stock/to-undo",
    ),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """A wiki with something to do for every act, and its numbers."""

    database: Database
    deleted_id: int
    other_id: int
    waiting_id: int

    def address(self, app: Flask, endpoint: str, **own: str) -> str:
        """Return the address to which the form of an act is sent."""
        rule = next(
            one
            for one in app.url_map.iter_rules()
            if one.endpoint == endpoint and "POST" in (one.methods or ())
        )
        act = ACTS[endpoint]
        values = VALUES | {
            "path": act.path,
            "token": act.token,
            "page_id": str(self.deleted_id),
            "person_id": str(self.other_id),
        }
        if act.is_about_waiting:
            own = {**own, "number": str(self.waiting_id)}
        return filled(rule, **{**values, **own})

    def fields(self, endpoint: str, admin: FlaskClient) -> dict[str, Any]:
        """Return what the form sends: as an administrator's browser would, without a token."""
        act = ACTS[endpoint]
        if act.button is None:
            return dict(act.fields)
        where, words = act.button
        answer = admin.get(where.format(page_id=self.deleted_id, path=act.path))
        return form_with(answer.text, words)

    def told(self) -> dict[str, str]:
        """Return what every table says, in short."""
        found = {}
        with self.database.reading() as session:
            for name in sa.inspect(session.connection()).get_table_names():
                if name not in _UNTOLD and not name.startswith("search_"):
                    rows = session.execute(sa.text(f'SELECT * FROM "{name}"'))  # noqa: S608  # our own names
                    said = repr(sorted(repr(tuple(row)) for row in rows))
                    found[name] = blake2b(said.encode("utf-8", "replace")).hexdigest()
        return found


def stock(database: Database) -> Stock:
    """Fill an empty wiki."""
    now = utc_now()
    with database.begin() as session:
        service.set_wiki(session, "sign_up", "approval", now=now)
        ana = make.person(session, name="Ana", email="stock@example.org", role="admin")
        service.set_password(session, ana, PASSWORD, now=now)
        other = make.person(session, name="Oda", email="other@example.org")
        for path in {act.path for act in ACTS.values()}:
            page = make.page(session, path=path, text=PAGE, author=ana)
            make.revision(session, page, CHANGED, author=ana)
        gone = make.page(session, path="stock/gone", text=PAGE, author=ana)
        make.revision(session, gone, None, author=ana, kind="delete")  # type: ignore[arg-type]
        for purpose in ("sign-in", "password", "address"):
            service.make_link(
                session,
                make.person(session).id,
                now=now,
                token=f"stock-{purpose}",
                purpose=purpose,
                email="moved@example.org" if purpose == "address" else "",
            )
        waiting = _invitation("will@example.org", "stock-waiting", None)
        waiting.proven_at = now
        waiting.name = "Will"
        session.add_all([_invitation("ivy@example.org", "stock-invitation", ana.id), waiting])
        session.flush()
        return Stock(database, gone.id, other.id, waiting.id)


def own_things(session: Session, person: Person) -> dict[str, str]:
    """Give somebody a draft and an invitation they sent, and return their numbers."""
    typed = Submission(
        person_id=person.id,
        path="stock/any",
        page_id=session.scalars(sa.select(Page.id).where(Page.path == "stock/any")).first(),
        base=2,
        text="# Aims\n\nMine alone.\n",
        form=f"own-form-{person.id}",
    )
    draft_id = keep(session, typed, now=utc_now())
    invited = _invitation(f"i{person.id}@example.org", f"own-{person.id}", person.id)
    session.add(invited)
    session.flush()
    return {"draft_id": str(draft_id), "number": str(invited.id)}


def form_with(page: str, words: str) -> dict[str, Any]:
    """Return what the form whose button says `words` would send."""
    soup = BeautifulSoup(page, "html.parser")
    button = next(one for one in soup.find_all("button") if re.search(words, one.get_text()))
    form = button.find_parent("form")
    assert form is not None
    sent: dict[str, Any] = {}
    for one in form.find_all("input"):
        if one.get("type") != "checkbox" or one.has_attr("checked"):
            sent[str(one["name"])] = str(one.get("value", ""))
    for one in form.find_all("select"):
        chosen = one.find("option", selected=True) or one.find("option")
        sent[str(one["name"])] = str(chosen["value"]) if chosen else ""
    if button.get("name"):
        sent[str(button["name"])] = str(button["value"])
    sent.pop("csrf_token", None)
    return sent


def sign_in(app: Flask, database: Database, person_id: int) -> FlaskClient:
    """Return a browser in which this person is signed in, whatever their state."""
    browser = app.test_client()
    with database.begin() as session:
        token = make.sign_in(session, session.get_one(Person, person_id))
    with browser.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
    return browser


def _invitation(email: str, token: str, inviter_id: int | None) -> SignUp:
    now = utc_now()
    return SignUp(
        email=email,
        invited_by=inviter_id,
        token_hash=service.hashed(token),
        made_at=now,
        expires_at=now + timedelta(days=7),
    )
