"""What the tests of writing share: a page of paragraphs, and what is sent about it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from tests import make
from tests.make import NOON
from wiki.pages.models import Page, Revision
from wiki.pages.service import text_of
from wiki.storage.engine import Database
from wiki.storage.tidying import tidy_some
from wiki.writing import service
from wiki.writing.models import Draft
from wiki.writing.queries import drafts

LATER = NOON + timedelta(days=1)
PARAGRAPHS = [f"Paragraph number {number} says one thing." for number in range(8)]
TEXT = "# Aims\n\n" + "\n\n".join(PARAGRAPHS) + "\n"


def with_word(number: int, word: str) -> str:
    """Return the text with a word changed in one paragraph."""
    return TEXT.replace(PARAGRAPHS[number], PARAGRAPHS[number].replace("one thing", word))


@pytest.fixture
def page(database: Database) -> Page:
    """Return a page of eight paragraphs, at revision 1."""
    with database.begin() as session:
        return make.page(session, text=TEXT)


@pytest.fixture
def submission(database: Database, page: Page) -> Callable[..., service.Submission]:
    """Return a function that gives what a person of their own submits of the page."""

    def submitted(text: str, **facts: Any) -> service.Submission:
        if "person_id" not in facts:
            with database.begin() as session:
                facts["person_id"] = make.person(session).id
        facts.setdefault("form", f"form-of-{facts['person_id']}")
        for name, fact in {"path": page.path, "page_id": page.id, "base": 1}.items():
            facts.setdefault(name, fact)
        return service.Submission(text=text, **facts)

    return submitted


def saved(database: Database, submission: service.Submission) -> service.Outcome:
    """Keep and save as a browser's POST does."""
    with database.begin(quiet=True) as session:
        service.keep(session, submission, now=LATER)
    with database.begin() as session:
        return service.save(session, submission, now=LATER)


def at_once(database: Database, submissions: Sequence[service.Submission]) -> list[service.Outcome]:
    """Save them all in the same moment, each in a thread."""
    gate = Barrier(len(submissions))

    def send(submission: service.Submission) -> service.Outcome:
        gate.wait(10)
        return saved(database, submission)

    with ThreadPoolExecutor(len(submissions)) as threads:
        return list(threads.map(send, submissions))


def texts(database: Database, page_id: int) -> list[str]:
    """Return the texts of all revisions of a page, in order; the numbers have no gap."""
    with database.reading() as session:
        query = sa.select(Revision).where(Revision.page_id == page_id).order_by(Revision.number)
        revisions = list(session.scalars(query))
        assert [one.number for one in revisions] == list(range(1, len(revisions) + 1))
        return [text_of(session, one.text_sha) for one in revisions]


def kept(database: Database, person_id: int) -> list[str]:
    """Return the texts that are kept for a person and not saved."""
    with database.reading() as session:
        rows = drafts.of_person(session, person_id)
        return [drafts.content(session, row.draft_id).text for row in rows]


def tidied(database: Database, now: datetime) -> None:
    """Let go what is not needed any more by then."""
    with database.begin() as session:
        tidy_some(session, service.stale(now))


def all_drafts(database: Database) -> list[Draft]:
    """Return every draft there is."""
    with database.reading() as session:
        return list(session.scalars(sa.select(Draft).order_by(Draft.id)))
