"""One draft open in two windows: each goes its own way, and no words of either are lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from tests.integration.writing.browser import edited, fields_of, send, told, words
from tests.integration.writing.conftest import LATER, TEXT, all_drafts, kept, texts, with_word
from wiki.pages.models import Page
from wiki.storage.engine import Database
from wiki.writing import service
from wiki.writing.models import Draft
from wiki.writing.queries import drafts

DOOR = "/pages/aims/revisions"
FIRST = with_word(1, "more")
Form = dict[str, str]


@pytest.fixture
def ann(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Ann")


@pytest.fixture
def begun(page: Page, ann: FlaskClient) -> Form:
    """Return the form in which Ann began a draft, which is kept."""
    form = edited(ann) | {"path": "aims", "text": FIRST, "page": str(page.id)}
    assert ann.post("/drafts", data=form).status_code == 200
    return form


def opened(database: Database, ann: FlaskClient) -> Form:
    """Return the form as one more window opens the draft."""
    draft = next(one for one in all_drafts(database) if one.state != "saved")
    return edited(ann, query=f"?draft={draft.id}") | {"path": "aims"}


def keep(ann: FlaskClient, form: Form, text: str) -> None:
    assert told(ann.post("/drafts", data=form | {"text": text}))["said"].startswith(
        "Saved as draft"
    )


def all_kept(database: Database) -> set[str]:
    (person_id,) = {draft.person_id for draft in all_drafts(database)}
    return set(kept(database, person_id))


def test_two_windows_that_continue_one_draft_keep_two(
    database: Database, ann: FlaskClient, begun: Form
) -> None:
    office, home = opened(database, ann), opened(database, ann)
    assert len({begun["form"], office["form"], home["form"]}) == 3
    keep(ann, office, with_word(1, "what the office says"))
    keep(ann, home, with_word(1, "what home says"))
    keep(ann, office, with_word(1, "what the office adds"))
    assert all_kept(database) == {
        with_word(1, "what the office adds"),
        with_word(1, "what home says"),
    }


def test_the_window_whose_draft_was_continued_elsewhere_keeps_its_words_as_a_new_one(
    database: Database, ann: FlaskClient, begun: Form
) -> None:
    keep(ann, opened(database, ann), with_word(1, "what home says"))
    assert len(all_drafts(database)) == 1
    keep(ann, begun, with_word(1, "what the office says"))
    assert all_kept(database) == {
        with_word(1, "what home says"),
        with_word(1, "what the office says"),
    }


@pytest.mark.usefixtures("begun")
def test_a_draft_that_is_continued_stays_one_however_often_it_is_sent(
    database: Database, ann: FlaskClient
) -> None:
    form = opened(database, ann)
    for text in (with_word(1, "less"), with_word(1, "less"), with_word(1, "little")):
        keep(ann, form, text)
    looked = fields_of(send(ann, **form | {"text": with_word(1, "little"), "act": "preview"}), DOOR)
    assert all_kept(database) == {with_word(1, "little")}
    for _ in range(2):
        assert send(ann, **looked).headers["Manyhands-Revision"] == "2"
    assert [draft.state for draft in all_drafts(database)] == ["saved"]


def test_a_window_that_saves_leaves_the_words_of_the_other_as_a_draft(
    database: Database, page: Page, ann: FlaskClient, begun: Form
) -> None:
    home = opened(database, ann)
    keep(ann, begun, with_word(1, "what the office says"))
    assert send(ann, **home | {"text": FIRST}).headers["Manyhands-Revision"] == "2"
    assert texts(database, page.id)[-1] == FIRST
    assert all_kept(database) == {with_word(1, "what the office says")}


@pytest.mark.usefixtures("begun")
def test_a_continued_draft_that_is_taken_back_is_gone_unless_others_wrote_to_it(
    database: Database, ann: FlaskClient
) -> None:
    office, home = opened(database, ann), opened(database, ann)
    keep(ann, office, with_word(1, "what the office says"))
    assert "Nothing to keep" in told(ann.post("/drafts", data=home | {"text": TEXT}))["said"]
    assert all_kept(database) == {with_word(1, "what the office says")}
    again = opened(database, ann)
    assert "Nothing to keep" in told(ann.post("/drafts", data=again | {"text": TEXT}))["said"]
    assert all_drafts(database) == []


def test_leaving_a_window_asks_nothing_about_words_of_the_other(
    database: Database, ann: FlaskClient, begun: Form
) -> None:
    form = opened(database, ann)
    address = f"/pages/aims/leave?form={form['form']}&continues={form['continues']}"
    assert "Throw" in words(ann.get(address))
    keep(ann, begun, with_word(1, "what the office says"))
    assert ann.get(address).status_code == 303
    assert ann.get(f"{address}x").status_code == 303


def test_a_clash_open_in_two_windows_keeps_the_choices_of_both(
    database: Database, ann: FlaskClient, signed_in: Callable[..., FlaskClient], begun: Form
) -> None:
    bob = signed_in(name="Bob")
    send(bob, **edited(bob) | {"text": with_word(1, "less")})
    assert send(ann, **begun).status_code == 409
    (draft,) = [one for one in all_drafts(database) if one.state == "submitted"]
    way = f"/pages/aims/edit?draft={draft.id}&choose=1"
    windows = [fields_of(ann.get(way), DOOR) for _ in range(2)]
    assert "Leave it for later" in words(ann.get(way))
    for number, window in enumerate(windows):
        answer = send(ann, **window | {"own-0": f"Own words {number}."})
        assert answer.status_code == 422
    mine = [one for one in all_drafts(database) if one.person_id == draft.person_id]
    with database.reading() as session:
        found = [drafts.content(session, one.id).choices for one in mine]
    assert [one.own[0] for one in found if one] == ["Own words 0.", "Own words 1."]


def test_two_windows_that_write_at_once_keep_both_words(
    database: Database, page: Page, submission: Callable[..., service.Submission]
) -> None:
    first = submission(FIRST, form="form-one")
    with database.begin() as session:
        number = service.keep(session, first, now=LATER, is_typing=True)
        stand = drafts.stand_of(session.get_one(Draft, number))
    gate = Barrier(4)

    def write(form: str) -> None:
        told = submission(with_word(1, form), form=form, person_id=first.person_id, continues=stand)
        gate.wait(10)
        with database.begin(quiet=True) as session:
            service.keep(session, told, now=LATER, is_typing=True)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, ["window-1", "window-2"] * 2))
    assert sorted(kept(database, first.person_id)) == [
        with_word(1, "window-1"),
        with_word(1, "window-2"),
    ]
    assert texts(database, page.id) == [TEXT]
