"""Leaving the form: by Cancel, by Back, because the page is gone, or by closing the window."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, texts, with_word
from wiki.pages.models import Editing, Page
from wiki.storage.engine import Database

Signed = Callable[..., FlaskClient]
MINE = with_word(1, "more")


@pytest.fixture
def ann(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Ann")


@pytest.fixture
def bob(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Bob")


def keep(client: FlaskClient, text: str = MINE) -> dict[str, str]:
    form = edited(client) | {"path": "aims", "text": text}
    assert client.post("/drafts", data=form).status_code == 200
    return form


def delete(database: Database, page: Page) -> None:
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, TEXT, author=make.person(session, name="Zoe"), kind="delete")


def seen_earlier(database: Database, minutes: int) -> None:
    with database.begin() as session:
        (seen,) = session.scalars(sa.select(Editing.seen_at))
        session.execute(sa.update(Editing).values(seen_at=seen - timedelta(minutes=minutes)))


@pytest.mark.usefixtures("page")
def test_cancel_leads_to_the_page_where_nothing_was_kept(ann: FlaskClient) -> None:
    form = edited(ann)
    answer = ann.get(f"/pages/aims/leave?form={form['form']}")
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert ann.get("/pages/nobody/wrote/leave?form=x").location == "/pages"


@pytest.mark.usefixtures("page")
def test_cancel_asks_whether_to_keep_what_was_typed(database: Database, ann: FlaskClient) -> None:
    form = keep(ann)
    opened = ann.get(f"/pages/aims/edit?draft={draft_id(database)}")
    anew = fields_of(opened, "/pages/aims/revisions")
    again = f"/pages/aims/leave?form={anew['form']}&continues={anew['continues']}"
    assert f'href="{again}"' in words(opened)
    assert "draft" in words(ann.get(again))
    address = f"/pages/aims/leave?form={form['form']}"
    asked = ann.get(address)
    assert "Keep what you typed?" in words(asked)
    action = f"/drafts/{draft_id(database)}/delete"
    answer = ann.post(action, data=fields_of(asked, action))
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert all_drafts(database) == []


@pytest.mark.usefixtures("page")
def test_a_draft_is_thrown_away_from_where_it_is_offered(
    database: Database, ann: FlaskClient
) -> None:
    keep(ann)
    shown = ann.get("/pages/aims/edit")
    assert "The box below does not show it." in words(shown)
    action = f"/drafts/{draft_id(database)}/delete"
    assert ann.post(action, data=fields_of(shown, action)).location == "/pages/aims/edit"
    assert all_drafts(database) == []


@pytest.mark.usefixtures("page")
def test_going_back_to_a_draft_that_was_saved_leads_to_the_page(
    database: Database, ann: FlaskClient, bob: FlaskClient
) -> None:
    form = keep(ann)
    number = draft_id(database)
    assert send(ann, **form).status_code == 303
    for address in (f"/pages/aims/edit?draft={number}", f"/drafts/{number}"):
        answer = ann.get(address)
        assert answer.location == "/pages/aims"
        assert "This draft has been saved." in words(ann.get("/pages/aims"))
        assert bob.get(address).status_code == 404


def test_the_draft_of_a_deleted_page_becomes_a_new_page(
    database: Database, page: Page, ann: FlaskClient, bob: FlaskClient
) -> None:
    form = edited(ann)
    delete(database, page)
    gone = send(ann, **form | {"text": MINE})
    address = f"/drafts/{draft_id(database)}/new-page"
    assert address in words(gone)
    assert "come together when you save" not in words(gone)
    assert address in words(ann.get(f"/drafts/{draft_id(database)}"))
    assert bob.get(address).status_code == 404
    sent = fields_of(ann.get(address), address)
    assert ann.post(address, data=sent | {"title": ""}).status_code == 422
    answer = ann.post(address, data=sent | {"title": "New aims"})
    assert answer.location == f"/pages/new-aims/edit?draft={draft_id(database)}"
    shown = ann.get(answer.location)
    assert box(shown) == MINE.replace("# Aims", "# New aims")
    saved = send(ann, "new-aims", **fields_of(shown, "/pages/new-aims/revisions"))
    assert saved.location == "/pages/new-aims"
    with database.reading() as session:
        made = session.scalars(sa.select(Page.id).filter_by(path="new-aims")).one()
    assert texts(database, made) == [MINE.replace("# Aims", "# New aims")]


def test_whoever_closes_the_window_is_gone_at_once(
    page: Page, ann: FlaskClient, bob: FlaskClient
) -> None:
    form = edited(bob)
    assert "Bob is editing" in words(ann.get("/pages/aims/edit"))
    data = {"csrf_token": form["csrf_token"], "page": form["page"], "gone": "1"}
    assert bob.post("/editing", data=data).status_code == 204
    assert "Bob is editing" not in words(ann.get("/pages/aims/edit"))
    assert form["page"] == str(page.id)


def test_an_open_window_that_falls_silent_is_gone_after_minutes(
    database: Database, page: Page, ann: FlaskClient, bob: FlaskClient
) -> None:
    assert bob.post("/editing", data={"page": str(page.id)}).status_code == 204
    seen_earlier(database, 4)
    assert "Bob" in words(ann.get("/pages/aims"))
    seen_earlier(database, 2)
    assert "Bob" not in words(ann.get("/pages/aims"))


def test_presence_empties_no_kept_page(database: Database, page: Page, bob: FlaskClient) -> None:
    edited(bob)
    before = database.version()
    for more in ({}, {"gone": "1"}):
        bob.post("/editing", data={"page": str(page.id), **more})
    assert database.version() == before


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("number", ["", "x", "99"])
def test_nobody_is_present_on_a_page_that_is_not_there(
    database: Database, bob: FlaskClient, number: str
) -> None:
    assert bob.post("/editing", data={"page": number}).status_code == 204
    with database.reading() as session:
        assert session.scalar(sa.select(Editing)) is None


def draft_id(database: Database) -> int:
    (draft,) = all_drafts(database)
    return draft.id
