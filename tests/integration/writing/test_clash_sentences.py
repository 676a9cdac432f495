"""A clash of one sentence in a long line: the other sentences of both sides are kept."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import all_drafts, texts
from wiki.pages.models import Page
from wiki.storage.engine import Database

DOOR = "/pages/aims/revisions"
LINE = "Alpha one. Beta two. Gamma three. Delta four.\n"
THEIRS = LINE.replace("one", "uno").replace("two", "due")
MINE = LINE.replace("one", "eins").replace("three", "drei")
BOTH = LINE.replace("two", "due").replace("three", "drei")


@pytest.fixture
def page(database: Database) -> Page:
    """Return a page of one line of four sentences."""
    with database.begin() as session:
        return make.page(session, text=LINE)


@pytest.fixture
def bob(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Bob")


@pytest.fixture
def clash(database: Database, page: Page, bob: FlaskClient) -> TestResponse:
    """Return what Bob sees who changed sentences 1 and 3 while Ann changed 1 and 2."""
    form = edited(bob)
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, THEIRS, author=make.person(session, name="Ann"))
    return send(bob, **form | {"text": MINE})


def side_of(shown: TestResponse, name: str) -> str:
    """Return one of the two texts of the first place, without the marks."""
    found = re.search(rf'id="choice-0-{name}"[^>]*>(.*?)</div>', words(shown), re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize(
    ("side", "saved"),
    [("theirs", BOTH.replace("one", "uno")), ("mine", BOTH.replace("one", "eins"))],
)
def test_neither_side_undoes_the_others_other_sentence(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse, side: str, saved: str
) -> None:
    assert clash.status_code == 409
    answer = send(bob, **fields_of(clash, DOOR) | {"choice-0": side})
    assert answer.headers["Manyhands-Revision"] == "3"
    assert texts(database, page.id)[-1] == saved


def test_only_the_words_that_clash_are_marked(clash: TestResponse) -> None:
    for name, word in (("theirs", "uno"), ("mine-text", "eins")):
        shown = side_of(clash, name)
        assert "Beta due. Gamma drei. Delta four." in shown
        marked = re.findall(r"<(?:ins|del)[^>]*>(.*?)</(?:ins|del)>", shown, re.DOTALL)
        assert [re.sub("<.*?>", "", one).split()[-1].strip("]") for one in marked] == ["one", word]
    assert "every other change in these lines is already in both texts" in words(clash)


def test_the_own_box_begins_with_what_the_row_shows(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    begun = BOTH.replace("one", "eins")
    assert box(clash, "own-0").replace("\r\n", "\n") == begun
    send(bob, **fields_of(clash, DOOR) | {"choice-0": "own"})
    assert texts(database, page.id)[-1] == begun


def test_a_box_in_which_nobody_typed_is_no_word_of_mine(
    database: Database, bob: FlaskClient, clash: TestResponse
) -> None:
    form = fields_of(clash, DOOR)
    bob.post("/drafts", data=form | {"choice-0": "theirs"})
    (draft,) = all_drafts(database)
    assert "Beta due. Gamma drei." not in words(bob.get(f"/drafts/{draft.id}"))
    again = fields_of(bob.get(f"/pages/aims/edit?draft={draft.id}&choose=1"), DOOR)
    assert (again["choice-0"], again["own-0"]) == ("theirs", form["own-0"])
    assert send(bob, **again).headers["Manyhands-Revision"] == "3"


def test_what_is_typed_into_the_box_is_asked_about_and_kept(
    database: Database, bob: FlaskClient, clash: TestResponse
) -> None:
    own = "Alpha both. Beta due."
    answer = send(bob, **fields_of(clash, DOOR) | {"choice-0": "theirs", "own-0": own})
    assert answer.status_code == 422
    assert box(answer, "own-0") == own
    (draft,) = all_drafts(database)
    assert own in words(bob.get(f"/drafts/{draft.id}"))


def test_who_changed_another_sentence_of_the_line_is_not_said_to_clash(
    database: Database, page: Page, bob: FlaskClient
) -> None:
    form = edited(bob)
    for name, text in (("Ann", LINE.replace("one", "uno")), ("Zoe", THEIRS)):
        with database.begin() as session:
            here = session.get_one(Page, page.id)
            make.revision(session, here, text, author=make.person(session, name=name))
    shown = words(send(bob, **form | {"text": MINE}))
    assert "Ann changed the same words while you were writing" in shown
    assert "Keep the words of Ann<" in shown
    assert "Zoe" not in shown
