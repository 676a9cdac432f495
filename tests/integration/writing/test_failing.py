"""Whatever fails while a page is saved, the text comes back on the answer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, kept, texts, with_word
from wiki.errors import Busy
from wiki.pages.models import Page
from wiki.storage.engine import Database

MINE = with_word(1, "more")
THEIRS = with_word(1, "less").replace("number 5 says one thing", "number 5 says theirs")
OWN = "Paragraph number 1 says both."
RESOLVED = THEIRS.replace("Paragraph number 1 says less.", OWN)
FULL = sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))
DOOR = "/pages/aims/revisions"


@pytest.fixture
def ann(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Ann")


def failing(
    database: Database, monkeypatch: pytest.MonkeyPatch, error: Exception, *, only_loud: bool
) -> None:
    """Let writing fail at its end, as it does on a full disk; the drafts' too, or not."""
    real = database.begin

    @contextmanager
    def begin(*, quiet: bool = False) -> Iterator[Session]:
        with real(quiet=quiet) as session:
            yield session
            if not (quiet and only_loud):
                raise error

    def replaced(*, quiet: bool = False) -> AbstractContextManager[Session]:
        return begin(quiet=quiet)

    monkeypatch.setattr(database, "begin", replaced)


@pytest.mark.parametrize("error", [FULL, Busy("The wiki is busy. Please try again in a moment.")])
@pytest.mark.parametrize("only_loud", [True, False])
def test_a_full_disk_or_a_busy_database_hands_the_text_back(
    database: Database,
    page: Page,
    ann: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    *,
    only_loud: bool,
) -> None:
    form = edited(ann) | {"text": MINE, "note": "Why"}
    with monkeypatch.context() as trouble:
        failing(database, trouble, error, only_loud=only_loud)
        answer = send(ann, **form)
    assert answer.status_code == 503
    assert "could not store your text just now" in words(answer)
    assert box(answer) == MINE
    assert len(all_drafts(database)) == int(only_loud)
    assert ("/drafts/" in words(answer).split("</main>")[0]) is only_loud
    assert texts(database, page.id) == [TEXT]
    again = fields_of(answer, DOOR)
    assert again["note"] == "Why"
    assert send(ann, **again).headers["Manyhands-Revision"] == "2"
    assert texts(database, page.id)[-1] == MINE


@pytest.fixture
def resolving(database: Database, page: Page, ann: FlaskClient) -> dict[str, str]:
    """Return the form in which Ann decides about one place, with words of her own chosen for it."""
    form = edited(ann)
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, THEIRS, author=make.person(session, name="Bob"))
    clash = send(ann, **form | {"text": MINE, "note": "Why"})
    return fields_of(clash, DOOR) | {"choice-0": "own", "own-0": OWN}


def is_resolved_over_the_head(answer: TestResponse) -> dict[str, str]:
    """Return the form on the answer, once seen that sending it again overwrites nobody."""
    form = fields_of(answer, DOOR)
    assert box(answer) == RESOLVED
    assert (form["base"], form["note"]) == ("2", "Why")
    assert "from" not in form
    return form


@pytest.mark.parametrize("error", [FULL, Busy("The wiki is busy. Please try again in a moment.")])
@pytest.mark.parametrize("only_loud", [True, False])
def test_a_resolution_that_cannot_be_stored_comes_back_resolved(
    database: Database,
    page: Page,
    ann: FlaskClient,
    resolving: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    *,
    only_loud: bool,
) -> None:
    with monkeypatch.context() as trouble:
        failing(database, trouble, error, only_loud=only_loud)
        answer = send(ann, **resolving)
    assert answer.status_code == 503
    form = is_resolved_over_the_head(answer)
    assert kept(database, all_drafts(database)[0].person_id) == [RESOLVED if only_loud else MINE]
    assert send(ann, **form).headers["Manyhands-Revision"] == "3"
    assert texts(database, page.id)[1:] == [THEIRS, RESOLVED]


@pytest.mark.parametrize(("own", "status"), [("long " * 110_000, 413), ("A zero\0byte.", 422)])
def test_a_resolution_that_no_page_can_hold_comes_back_over_the_head(
    database: Database,
    page: Page,
    ann: FlaskClient,
    resolving: dict[str, str],
    own: str,
    status: int,
) -> None:
    answer = send(ann, **resolving | {"own-0": own})
    assert answer.status_code == status
    form = fields_of(answer, DOOR)
    assert "from" not in form
    assert form["base"] == "2"
    assert own.replace("\0", "").strip() in box(answer).replace("\0", "")
    assert "number 5 says theirs." in box(answer)
    assert texts(database, page.id)[1:] == [THEIRS]


@pytest.mark.parametrize("only_reading", [True, False])
def test_whatever_else_fails_gives_the_words_of_a_resolution_back(
    database: Database,
    page: Page,
    ann: FlaskClient,
    resolving: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    only_reading: bool,
) -> None:
    if only_reading:
        monkeypatch.setattr(database, "reading", away)
    else:
        failing(database, monkeypatch, ZeroDivisionError(), only_loud=False)
    answer = send(ann, **resolving)
    assert answer.status_code == (503 if only_reading else 500)
    assert "Bob" not in box(answer)
    assert box(answer) == f"{MINE}\n\n{OWN}"
    assert 'name="act"' not in words(answer)
    assert page.id


@pytest.mark.usefixtures("page")
def test_choices_that_cannot_be_stored_come_back_to_be_sent_again(
    database: Database,
    ann: FlaskClient,
    resolving: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving["choice-0"] = ""
    with monkeypatch.context() as trouble:
        failing(database, trouble, FULL, only_loud=False)
        answer = send(ann, **resolving)
    assert answer.status_code == 503
    assert "could not store what you chose" in words(answer)
    assert "No time now?" not in words(answer)
    assert box(answer, "own-0") == OWN
    form = fields_of(answer, DOOR)
    assert (form["base"], form["from"]) == ("2", "1")
    assert send(ann, **form | {"choice-0": "own"}).headers["Manyhands-Revision"] == "3"


def away() -> None:
    raise sa.exc.OperationalError("SELECT", {}, Exception("server closed the connection"))


def test_a_database_that_is_away_still_gives_the_text_back(
    database: Database, page: Page, ann: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(ann) | {"text": MINE}
    monkeypatch.setattr(database, "reading", away)
    answer = send(ann, **form)
    assert answer.status_code == 503
    assert box(answer) == MINE
    assert page.id


def test_a_mistake_of_ours_gives_the_text_back_too(
    database: Database, page: Page, ann: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(ann) | {"text": MINE}
    failing(database, monkeypatch, ZeroDivisionError(), only_loud=False)
    answer = send(ann, **form)
    assert answer.status_code == 500
    assert box(answer) == MINE
    assert page.id


def test_a_preview_is_shown_even_if_nothing_can_be_kept(
    database: Database, page: Page, ann: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(ann) | {"text": MINE, "act": "preview"}
    failing(database, monkeypatch, FULL, only_loud=False)
    answer = send(ann, **form)
    assert answer.status_code == 200
    assert box(answer) == MINE
    assert page.id
