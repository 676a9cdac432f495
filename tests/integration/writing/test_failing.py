"""Whatever fails while a page is saved, the text comes back on the answer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, texts, with_word
from wiki.errors import Busy
from wiki.pages.models import Page
from wiki.storage.engine import Database

MINE = with_word(1, "more")
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


def test_a_database_that_is_away_still_gives_the_text_back(
    database: Database, page: Page, ann: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(ann) | {"text": MINE}

    def away() -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("server closed the connection"))

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
