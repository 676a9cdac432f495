"""A page from which all words were taken is saved only when that was meant."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, texts
from wiki.pages.models import Page
from wiki.storage.engine import Database

Signed = Callable[..., FlaskClient]


def test_an_emptied_page_is_asked_about_and_nothing_is_saved(
    database: Database, page: Page, signed_in: Signed
) -> None:
    ann = signed_in("facilitator")
    answer = send(ann, **edited(ann) | {"text": " \r\n", "note": "Gone"})
    assert answer.status_code == 422
    assert "This empties the page. Did you mean to delete it?" in words(answer)
    assert 'href="/pages/aims/delete"' in words(answer)
    assert box(answer).strip() == ""
    assert (texts(database, page.id), all_drafts(database)) == ([TEXT], [])


def test_an_emptied_page_is_saved_by_who_means_it(
    database: Database, page: Page, signed_in: Signed
) -> None:
    ann = signed_in()
    asked = send(ann, **edited(ann) | {"text": ""})
    assert 'name="act" value="empty"' in words(asked)
    assert "/pages/aims/delete" not in words(asked)  # not hers to delete
    saved = send(ann, **edited(ann) | {"text": "", "act": "empty"})
    assert (saved.status_code, saved.headers["Manyhands-Revision"]) == (303, "2")
    assert texts(database, page.id) == [TEXT, ""]
    assert send(ann, **edited(ann) | {"text": "Words."}).status_code == 303


def test_a_new_page_without_words_is_asked_about(database: Database, signed_in: Signed) -> None:
    ann = signed_in()
    form = edited(ann, "goals")
    asked = send(ann, "goals", **form | {"text": " \r\n"})
    assert asked.status_code == 422
    assert "The page has no words yet. Write some before you save it." in words(asked)
    with database.reading() as session:
        assert session.query(Page).all() == []
    meant = send(ann, "goals", **form | {"text": "", "act": "empty"})
    assert (meant.status_code, meant.headers["Manyhands-Revision"]) == (303, "1")


def test_only_the_fields_left_is_asked_about_too(database: Database, signed_in: Signed) -> None:
    fields = "---\nowner: ann@example.org\n---\n"
    with database.begin() as session:
        make.page(session, path="goals", text=f"{fields}Words.\n")
    ann = signed_in()
    form = edited(ann, "goals")
    assert send(ann, "goals", **form | {"text": fields}).status_code == 422
    assert send(ann, "goals", **form | {"text": f"{fields}Other."}).status_code == 303


def test_the_name_of_a_new_page_stays_when_its_opening_line_goes(
    database: Database, signed_in: Signed
) -> None:
    ann = signed_in()
    form = edited(ann, "cafe", "?title=Caf%C3%A9+2027:+what's+next%3F")
    previewed = send(ann, "cafe", **form | {"text": "Words.", "act": "preview"})
    assert previewed.status_code == 200
    assert form["title"] == "Café 2027: what's next?"
    assert send(ann, "cafe", **form | {"text": "Words."}).status_code == 303
    assert "<title>Café 2027: what's next?" in words(ann.get("/pages/cafe"))
    with database.reading() as session:
        assert session.query(Page).one().title == "Café 2027: what's next?"


def test_a_draft_of_a_new_page_remembers_its_name(database: Database, signed_in: Signed) -> None:
    ann = signed_in()
    form = edited(ann, "cafe", "?title=What+next%3F")
    ann.post("/drafts", data=form | {"text": "Words."})
    number = all_drafts(database)[0].id
    continued = edited(ann, "cafe", f"?draft={number}")
    assert continued["text"] == "# What next?\r\n\r\nWords."
