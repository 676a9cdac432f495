"""Builders with defaults: a test states only what matters to it."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from wiki.pages import service as pages
from wiki.pages.models import Page, Revision
from wiki.people.models import Person, SignIn, Team

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_numbers = count(1)


def team(session: Session, name: str = "Housing") -> Team:
    """Return a new team."""
    made = Team(name=name)
    session.add(made)
    session.flush()
    return made


def person(session: Session, *, name: str = "", **facts: Any) -> Person:
    """Return a new member, by default one who is active and has no password."""
    number = next(_numbers)
    name = name or f"Member {number}"
    facts.setdefault("email", f"{name.lower().replace(' ', '.')}.{number}@example.org")
    facts.setdefault("role", "member")
    facts.setdefault("state", "active")
    facts.setdefault("signed_up_at", NOON)
    made = Person(name=name, made_at=NOON, **facts)
    session.add(made)
    session.flush()
    return made


def sign_in(session: Session, who: Person) -> str:
    """Return the token of a browser in which `who` is signed in."""
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)  # noqa: TID251  # the guards ask the real clock
    session.add(
        SignIn(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=who.id,
            made_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=1),
        )
    )
    session.flush()
    return token


def page(
    session: Session,
    *,
    path: str = "aims",
    text: str = "# Aims\n\nWe want to hear from everybody.\n",
    author: Person | None = None,
    **facts: Any,
) -> Page:
    """Return a new page with one revision."""
    author = author or person(session)
    facts.setdefault("made_at", NOON)
    revision = pages.create(session, path, text, author_id=author.id, **facts)
    made = session.get(Page, revision.page_id)
    assert made is not None
    return made


def revision(
    session: Session, page: Page, text: str, *, author: Person | None = None, **facts: Any
) -> Revision:
    """Return a new revision on top of `page`, made an hour after the one before."""
    author = author or person(session)
    facts.setdefault("made_at", page.changed_at + timedelta(hours=1, minutes=1))
    return pages.append(session, page, text, author_id=author.id, **facts)
