"""What is typed never takes the place of what its writer sent, and is kept within bounds."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.conftest import Recorder
from tests.integration.writing.browser import edited, fields_of, send, told, words
from tests.integration.writing.conftest import (
    LATER,
    TEXT,
    all_drafts,
    kept,
    saved,
    texts,
    tidied,
    with_word,
)
from wiki.clock import utc_now
from wiki.pages.models import Page
from wiki.storage.engine import Database
from wiki.writing import service
from wiki.writing.models import Draft
from wiki.writing.queries.edited import base, page_as_it_stands
from wiki.writing.rules.keeping import MOST_OPEN
from wiki.writing.service.saving import merged

DOOR = "/pages/aims/revisions"
MINE = with_word(1, "more")
Submitted = Callable[..., service.Submission]


@pytest.fixture
def ann(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Ann")


@pytest.fixture
def refused(database: Database, page: Page, ann: FlaskClient) -> dict[str, str]:
    """Return Ann's form as it comes back when her text was kept and not saved."""
    form = edited(ann) | {"text": MINE}
    with database.begin() as session:
        session.get_one(Page, page.id).deleted_at = LATER
    assert send(ann, **form).status_code == 409
    with database.begin() as session:
        session.get_one(Page, page.id).deleted_at = None
    (draft,) = all_drafts(database)
    return edited(ann, query=f"?draft={draft.id}") | {"path": "aims"}


def test_a_text_that_was_sent_stays_until_it_is_thrown_away(
    database: Database, ann: FlaskClient, refused: dict[str, str]
) -> None:
    for text in (with_word(1, "still more"), TEXT):
        assert ann.post("/drafts", data=refused | {"text": text}).status_code == 200
    (draft,) = all_drafts(database)
    assert draft.state == "submitted"
    assert kept(database, draft.person_id) == [with_word(1, "still more")]
    ann.post(f"/drafts/{draft.id}/delete")
    assert all_drafts(database) == []


def test_what_was_typed_before_it_was_sent_does_not_replace_what_was_sent(
    database: Database, ann: FlaskClient, refused: dict[str, str]
) -> None:
    late = refused | {"text": with_word(1, "half a word"), "seen": ""}
    assert ann.post("/drafts", data=late).status_code == 409
    assert ann.post("/drafts", data=late | {"text": MINE}).status_code == 200
    (draft,) = all_drafts(database)
    assert (draft.state, kept(database, draft.person_id)) == ("submitted", [MINE])


def test_a_late_draft_does_not_revive_a_form_that_was_saved(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims"}
    late = form | {"text": with_word(1, "half a word")}
    assert send(ann, **form | {"text": MINE}).status_code == 303
    answer = ann.post("/drafts", data=late)
    assert answer.status_code == 409
    (draft,) = all_drafts(database)
    assert draft.state == "saved"
    assert send(ann, **form | {"text": MINE}).headers["Manyhands-Revision"] == "2"
    assert len(texts(database, page.id)) == 2


def test_a_form_written_in_again_after_going_back_gets_a_draft_of_its_own(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims", "text": MINE}
    send(ann, **form)
    again = form | {"text": with_word(5, "less")}
    fresh = again | {"form": told(ann.post("/drafts", data=again))["form"]}
    assert ann.post("/drafts", data=fresh).status_code == 200
    first, second = all_drafts(database)
    assert (first.state, second.state) == ("saved", "typing")
    assert send(ann, **fresh).headers["Manyhands-Revision"] == "3"
    assert "number 1 says more." in texts(database, page.id)[-1]


def test_a_look_at_a_form_after_going_back_keeps_it_under_a_new_name(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"text": MINE}
    send(ann, **form)
    looked = send(ann, **form | {"text": with_word(5, "less"), "act": "preview"})
    again = fields_of(looked, DOOR)
    assert again["form"] != form["form"]
    assert [draft.state for draft in all_drafts(database)] == ["saved", "typing"]
    assert send(ann, **form | {"act": "preview"}).status_code == 200
    assert len(all_drafts(database)) == 2
    assert page.id


@pytest.mark.usefixtures("page")
def test_a_draft_that_is_taken_back_leaves_the_home_page(
    database: Database, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims"}
    ann.post("/drafts", data=form | {"text": MINE})
    assert "You have 1 unsaved draft" in words(ann.get("/"))
    ann.post("/drafts", data=form)
    assert "unsaved draft" not in words(ann.get("/"))
    assert all_drafts(database) == []


@pytest.mark.usefixtures("page")
def test_the_home_page_reads_no_text_of_a_draft(ann: FlaskClient, recorded: Recorder) -> None:
    ann.post("/drafts", data=edited(ann) | {"path": "aims", "text": MINE})
    with recorded() as statements:
        assert "You have 1 unsaved draft" in words(ann.get("/"))
    assert [one for one in statements if "draft.words" in one]
    assert not [one for one in statements if "draft.data" in one]


def test_too_many_drafts_are_said_and_nothing_is_thrown_away(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims", "text": MINE}
    ann.post("/drafts", data=form)
    with database.begin() as session:
        columns = [column for column in Draft.__table__.columns if column.name != "id"]
        (first,) = session.execute(sa.select(*columns)).mappings().all()
        more = [dict(first) | {"form": f"form-{number}"} for number in range(MOST_OPEN - 1)]
        session.execute(sa.insert(Draft), more)
    another = edited(ann) | {"path": "aims", "text": with_word(2, "more")}
    answer = ann.post("/drafts", data=another)
    assert answer.status_code == 422
    assert f"You have {MOST_OPEN} unsaved drafts" in told(answer)["said"]
    assert len(all_drafts(database)) == MOST_OPEN
    assert send(ann, **another | {"act": "preview"}).status_code == 200
    assert ann.post("/drafts", data=form | {"text": with_word(1, "less")}).status_code == 200
    assert send(ann, **another).headers["Manyhands-Revision"] == "2"
    assert len(texts(database, page.id)) == 2


def test_what_is_put_together_is_so_before_the_page_is_locked(
    database: Database, page: Page, submission: Submitted
) -> None:
    saved(database, submission(with_word(1, "more")))
    behind = submission(with_word(5, "less"), form="another-form")
    with database.reading() as session:
        now = page_as_it_stands(session, page.id)
        service.look_ahead(session, behind, now, base(session, page.id, 1))
    before = merged.cache_info().misses
    outcome = saved(database, behind)
    assert isinstance(outcome, service.Saved)
    assert outcome.number == 3
    assert merged.cache_info().misses == before


def test_a_submitted_text_is_not_swept_after_it_was_typed_on(
    database: Database, ann: FlaskClient, refused: dict[str, str]
) -> None:
    ann.post("/drafts", data=refused | {"text": with_word(1, "still more")})
    tidied(database, utc_now() + timedelta(days=4000))
    assert with_word(1, "still more") in kept(database, all_drafts(database)[0].person_id)


@pytest.mark.usefixtures("page")
def test_a_look_without_script_says_that_the_words_are_kept(
    database: Database, ann: FlaskClient
) -> None:
    form = edited(ann)
    assert "Saved as draft" not in words(send(ann, **form | {"act": "preview"}))
    ann.post("/drafts", data=edited(ann) | {"path": "aims", "text": with_word(2, "more")})
    for act in ("preview", "compare"):
        shown = words(send(ann, **form | {"text": MINE, "act": act}))
        assert re.search(r'data-part="said">Saved as draft \d\d:\d\d</p>', shown)
        assert "The box below does not show it." in shown
        assert "It shows the page as it is now." not in shown
    assert len(all_drafts(database)) == 2
