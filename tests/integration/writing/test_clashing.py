"""Both changed the same words: shown row by row, nothing chosen for anybody, nothing lost."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import all_drafts, kept, texts, with_word
from wiki.pages.models import Page, Revision
from wiki.storage.engine import Database

DOOR = "/pages/aims/revisions"


@pytest.fixture
def bob(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Bob")


@pytest.fixture
def clash(database: Database, page: Page, bob: FlaskClient) -> TestResponse:
    """Return what Bob sees whose word in paragraph 3 clashes with Ann's; 6 he changed alone."""
    form = edited(bob)
    save_as(database, page, with_word(3, "more"), "Ann")
    mine = with_word(3, "less").replace("number 6 says one", "number 6 says my")
    return send(bob, **form | {"text": mine, "note": "Mine"})


def save_as(database: Database, page: Page, text: str, name: str) -> None:
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, text, author=make.person(session, name=name))


def test_the_clash_shows_both_and_chooses_neither(clash: TestResponse) -> None:
    assert clash.status_code == 409
    shown = words(clash)
    assert "Ann changed the same words" in shown
    assert 'name="choice-0"' in shown
    assert 'name="choice-1"' not in shown
    form = fields_of(clash, DOOR)
    assert not [name for name in form if name.startswith("choice-")]
    assert (form["base"], form["from"], form["note"]) == ("2", "1", "Mine")
    assert "says less." in form["own-0"]


def test_an_unchosen_row_is_asked_for_again_with_own_words_kept(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    own = "Half of a thought."
    answer = send(bob, **fields_of(clash, DOOR) | {"own-0": own})
    assert answer.status_code == 422
    assert 'href="#choice-0"' in words(answer)
    assert box(answer, "own-0") == own
    assert "says less." in box(answer)
    assert len(texts(database, page.id)) == 2


@pytest.mark.parametrize(
    ("choice", "said"), [("theirs", "says more."), ("mine", "says less."), ("own", "says both.")]
)
def test_the_chosen_words_are_saved_with_everything_else(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse, choice: str, said: str
) -> None:
    own = "Paragraph number 3 says both.\r\n"
    form = (
        fields_of(clash, DOOR) | {"choice-0": choice} | ({"own-0": own} if choice == "own" else {})
    )
    answer = send(bob, **form)
    assert (answer.status_code, answer.headers["Manyhands-Revision"]) == (303, "3")
    last = texts(database, page.id)[-1]
    assert f"Paragraph number 3 {said}\n\nParagraph number 4" in last
    assert "number 6 says my thing." in last
    with database.reading() as session:
        revision = session.query(Revision).filter_by(page_id=page.id, number=3).one()
        assert (revision.kind, revision.merged_number, revision.note) == ("merge", 1, "Mine")
    assert {draft.state for draft in all_drafts(database)} == {"saved"}
    assert send(bob, **form).headers["Manyhands-Revision"] == "3"


def test_a_third_save_elsewhere_only_comes_in(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    third = with_word(3, "more").replace("number 0 says one", "number 0 says their")
    save_as(database, page, third, "Zoe")
    answer = send(bob, **fields_of(clash, DOOR) | {"choice-0": "mine"})
    assert answer.headers["Manyhands-Revision"] == "4"
    last = texts(database, page.id)[-1]
    assert "number 0 says their thing." in last
    assert "number 3 says less." in last


def test_a_third_save_of_the_same_words_asks_again_with_what_was_resolved(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    save_as(database, page, with_word(3, "nothing"), "Zoe")
    own = "Paragraph number 3 says both."
    answer = send(bob, **fields_of(clash, DOOR) | {"choice-0": "own", "own-0": own})
    assert answer.status_code == 409
    assert "Zoe changed the same words" in words(answer)
    form = fields_of(answer, DOOR)
    assert (form["base"], form["from"]) == ("3", "2")
    assert own in form["text"]
    assert "says both." in form["own-0"]
    last = send(bob, **form | {"choice-0": "mine"})
    assert last.headers["Manyhands-Revision"] == "4"
    assert own in texts(database, page.id)[-1]


def test_leaving_the_clash_loses_nothing(
    database: Database, bob: FlaskClient, clash: TestResponse
) -> None:
    (draft,) = all_drafts(database)
    assert f"/drafts/{draft.id}" in words(clash)
    shown = bob.get(f"/drafts/{draft.id}")
    assert "number 3 says less." in box(shown)
    assert "number 6 says my thing." in box(shown)
    offered = bob.get("/pages/aims/edit")
    assert f"/drafts/{draft.id}" in words(offered)
    form = edited(bob, query=f"?draft={draft.id}")
    assert (form["base"], form["note"]) == ("1", "Mine")
    assert send(bob, **form).status_code == 409


@pytest.mark.usefixtures("page")
def test_a_clash_form_about_revisions_that_are_not_there_keeps_the_text(bob: FlaskClient) -> None:
    answer = send(bob, base="9", text="Mine.", **{"from": "1"})
    assert answer.status_code == 422
    assert box(answer) == "Mine."


def test_words_that_no_longer_clash_are_simply_saved(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    form = fields_of(clash, DOOR) | {"text": with_word(6, "my")}
    assert send(bob, **form).headers["Manyhands-Revision"] == "3"
    last = texts(database, page.id)[-1]
    assert "says more." in last
    assert "number 6 says my." in last


@pytest.mark.usefixtures("page")
def test_the_same_words_from_another_window_are_ones_own(bob: FlaskClient) -> None:
    first, second = edited(bob), edited(bob)
    send(bob, **first | {"text": with_word(3, "more")})
    answer = send(bob, **second | {"text": with_word(3, "less")})
    assert answer.status_code == 409
    assert "in another tab" in words(answer)


def test_what_is_kept_of_a_clash_is_mine_alone(
    database: Database,
    clash: TestResponse,
    signed_in: Callable[..., FlaskClient],
) -> None:
    (draft,) = all_drafts(database)
    assert clash.status_code == 409
    assert len(kept(database, draft.person_id)) == 1
    stranger = signed_in("admin")
    for url in (f"/drafts/{draft.id}", f"/pages/aims/edit?draft={draft.id}"):
        assert stranger.get(url).status_code == 404
    assert stranger.post(f"/drafts/{draft.id}/delete").status_code == 404
    assert f"/drafts/{draft.id}" not in words(stranger.get("/drafts"))


def test_each_place_names_only_who_changed_it(
    database: Database, page: Page, bob: FlaskClient
) -> None:
    form = edited(bob)
    save_as(database, page, with_word(3, "more"), "Ann")
    save_as(
        database, page, with_word(3, "more").replace("number 6 says one", "number 6 says"), "Cy"
    )
    save_as(database, page, f"{with_word(3, 'more')}\nThe end.\n", "Dee")
    shown = words(send(bob, **form | {"text": with_word(3, "less")}))
    assert "Ann changed the same words" in shown
    assert "Keep the words of Ann" in shown
    assert "Dee changed" not in shown
    assert "Cy and" not in shown


def test_who_saves_during_a_decision_is_named(
    database: Database, page: Page, bob: FlaskClient, clash: TestResponse
) -> None:
    save_as(database, page, with_word(3, "everything"), "Nkechi")
    answer = send(bob, **fields_of(clash, DOOR) | {"choice-0": "mine"})
    assert answer.status_code == 409
    assert "Nkechi saved while you were deciding. Please look at this place" in words(answer)
