"""Drafts: kept while somebody types, offered when they return, and nobody else's business."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, told, words
from tests.integration.writing.conftest import (
    LATER,
    TEXT,
    all_drafts,
    kept,
    texts,
    tidied,
    with_word,
)
from wiki.clock import utc_now
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.writing import service
from wiki.writing.models import Draft

Signed = Callable[..., FlaskClient]
Submitted = Callable[..., service.Submission]


@pytest.fixture
def ann(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Ann", time_zone="Europe/Paris")


def typed(client: FlaskClient, text: str, **fields: str) -> dict[str, str]:
    form = edited(client) | {"path": "aims", "text": text} | fields
    answer = client.post("/drafts", data=form)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return told(answer) | {"form": form["form"]}


@pytest.mark.usefixtures("page")
def test_typing_is_kept_and_said_with_the_readers_clock(
    database: Database, ann: FlaskClient
) -> None:
    answer = typed(ann, with_word(1, "more"))
    (draft,) = all_drafts(database)
    assert draft.state == "typing"
    assert kept(database, draft.person_id) == [with_word(1, "more")]
    assert answer["url"] == f"/drafts/{draft.id}"
    assert answer["said"].startswith("Saved as draft ")
    assert answer["at"] == draft.changed_at.isoformat()


@pytest.mark.usefixtures("page")
def test_one_form_has_one_draft_and_words_taken_back_have_none(
    database: Database, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims"}
    for word in ("more", "still more"):
        ann.post("/drafts", data=form | {"text": with_word(1, word)})
    (draft,) = all_drafts(database)
    assert kept(database, draft.person_id) == [with_word(1, "still more")]
    answer = ann.post("/drafts", data=form)
    assert "Nothing to keep" in told(answer)["said"]
    assert all_drafts(database) == []


@pytest.mark.usefixtures("page")
def test_a_draft_is_offered_continued_and_becomes_a_revision(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    typed(ann, with_word(1, "more"), note="Half done")
    (draft,) = all_drafts(database)
    offered = words(ann.get("/pages/aims/edit"))
    assert f"/pages/aims/edit?draft={draft.id}" in offered
    form = edited(ann, query=f"?draft={draft.id}")
    assert (form["base"], form["note"]) == ("1", "Half done")
    assert send(ann, **form).headers["Manyhands-Revision"] == "2"
    assert texts(database, page.id)[-1] == with_word(1, "more")
    assert words(ann.get("/drafts")).count("/delete") == 0


def test_a_draft_is_compared_with_the_page_as_it_is_now(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    typed(ann, with_word(1, "more"))
    with database.begin() as session:
        make.revision(session, session.get_one(Page, page.id), with_word(1, "less"))
    (draft,) = all_drafts(database)
    shown = ann.get(f"/drafts/{draft.id}")
    assert "less" in words(shown)
    assert box(shown) == with_word(1, "more")
    assert "has been saved by others since you began" in words(shown)


def test_a_draft_is_thrown_away_only_by_its_owner_and_only_by_a_button(
    database: Database, page: Page, ann: FlaskClient, signed_in: Signed
) -> None:
    typed(ann, with_word(1, "more"))
    (draft,) = all_drafts(database)
    stranger = signed_in("admin")
    assert stranger.get(f"/drafts/{draft.id}").status_code == 404
    assert stranger.post(f"/drafts/{draft.id}/delete").status_code == 404
    assert ann.get(f"/drafts/{draft.id}/delete").status_code == 405
    answer = ann.post(f"/drafts/{draft.id}/delete")
    assert (answer.status_code, answer.location) == (303, "/drafts")
    assert all_drafts(database) == []
    assert ann.post(f"/drafts/{draft.id}/delete").status_code == 404
    assert ann.get(f"/drafts/{2**40}").status_code == 404
    assert texts(database, page.id) == [TEXT]


def test_a_draft_of_a_page_that_is_not_there_waits_for_it(
    database: Database, ann: FlaskClient
) -> None:
    form = edited(ann, "goals") | {"path": "goals", "text": "To listen.\r\n"}
    ann.post("/drafts", data=form)
    (draft,) = all_drafts(database)
    assert draft.page_id is None
    assert "a page that does not exist yet" in words(ann.get("/drafts"))
    assert ann.get(f"/drafts/{draft.id}").status_code == 200
    again = edited(ann, "goals", f"?draft={draft.id}")
    assert send(ann, "goals", **again).headers["Manyhands-Revision"] == "1"


def test_refused_drafts_are_answered_in_a_sentence(
    database: Database, page: Page, ann: FlaskClient, client: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims", "text": "Mine."}
    refusals = {
        401: client.post("/drafts", data=form),
        413: ann.post("/drafts", data=form | {"text": "é" * 1_500_000}),
        422: ann.post("/drafts", data=form | {"base": "77"}),
    }
    for status, answer in refusals.items():
        assert answer.status_code == status
        assert told(answer)["said"]
    assert ann.post("/drafts", data=form | {"path": "", "page": "", "base": "0"}).status_code == 422
    assert all_drafts(database) == []
    assert page.id


def test_a_busy_database_is_not_said_to_have_kept_anything(
    database: Database, page: Page, ann: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(ann) | {"path": "aims", "text": with_word(1, "more")}
    monkeypatch.setattr(database, "begin", _full)
    answer = ann.post("/drafts", data=form)
    assert answer.status_code == 503
    assert "Saved" not in told(answer)["said"]
    assert page.id


def _full(*, quiet: bool = False) -> None:
    raise sa.exc.OperationalError("INSERT", {}, Exception(f"disk is full {quiet}"))


def test_a_token_that_is_too_old_is_told_to_the_script(app: object, ann: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True  # type: ignore[attr-defined]  # a Flask
    answer = ann.post("/drafts", data={"path": "aims", "text": "Mine.", "base": "0"})
    assert answer.status_code == 400
    assert "no draft could be kept" in told(answer)["said"]


def test_who_lost_the_right_to_write_keeps_the_draft(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"path": "aims", "text": with_word(1, "more")}
    limited(database, "write")
    assert ann.post("/drafts", data=form).status_code == 403
    (draft,) = all_drafts(database)
    answer = send(ann, **form)
    assert answer.status_code == 403
    assert box(answer) == with_word(1, "more")
    assert f"/drafts/{draft.id}" in words(answer)
    assert 'name="act"' not in words(answer)
    assert texts(database, page.id) == [TEXT]
    assert "Continue this draft" not in words(ann.get(f"/drafts/{draft.id}"))


def test_who_may_not_even_read_any_more_keeps_their_own_words_only(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"text": with_word(1, "more")}
    limited(database, "read")
    with database.begin() as session:
        make.revision(session, session.get_one(Page, page.id), TEXT + "\nSecret.\n")
    answer = send(ann, **form)
    assert answer.status_code == 403
    assert box(answer) == with_word(1, "more")
    (draft,) = all_drafts(database)
    assert draft.page_id is None
    shown = ann.get(f"/drafts/{draft.id}")
    assert box(shown) == with_word(1, "more")
    assert "Secret" not in words(shown)
    assert "does not exist yet" in words(ann.get("/drafts"))


def limited(database: Database, act: str) -> None:
    with database.begin() as session:
        session.add(PageLimit(path="aims", act=act, kind="role", value="facilitator"))


@pytest.mark.parametrize(
    ("state", "days", "is_kept"),
    [
        ("saved", 8, False),
        ("saved", 6, True),
        ("typing", 181, False),
        ("typing", 179, True),
        ("submitted", 4000, True),
    ],
)
def test_old_drafts_go(
    database: Database, submission: Submitted, state: str, days: int, *, is_kept: bool
) -> None:
    old = submission("Old.\n")
    with database.begin() as session:
        number = service.keep(session, old, now=LATER)
        session.execute(sa.update(Draft).values(state=state))
    tidied(database, LATER + timedelta(days=days))
    assert (number in [draft.id for draft in all_drafts(database)]) is is_kept


def test_what_somebody_typed_who_left_is_kept(database: Database, submission: Submitted) -> None:
    old = submission("Old.\n")
    with database.begin() as session:
        service.keep(session, old, now=LATER, is_typing=True)
        session.get_one(Person, old.person_id).state = "deactivated"
    tidied(database, LATER + timedelta(days=999))
    assert kept(database, old.person_id) == ["Old.\n"]


@pytest.mark.usefixtures("page")
def test_a_preview_shows_the_page_as_it_would_be_read_and_keeps_the_text(
    database: Database, ann: FlaskClient
) -> None:
    text = "# Aims\n\nSee [here](aims) and [[Nowhere at all]].\n"
    answer = send(ann, **edited(ann) | {"text": text, "note": "Mine", "act": "preview"})
    assert answer.status_code == 200
    assert 'href="/pages/aims"' in words(answer)
    assert 'missing" href="/pages/nowhere-at-all"' in words(answer) or "missing" in words(answer)
    form = fields_of(answer, "/pages/aims/revisions")
    assert (form["note"], form["base"]) == ("Mine", "1")
    assert box(answer) == text
    (draft,) = all_drafts(database)
    assert (draft.state, draft.form) == ("typing", form["form"])


@pytest.mark.usefixtures("page")
def test_a_comparison_shows_what_i_changed_before_i_save(
    database: Database, ann: FlaskClient
) -> None:
    answer = send(ann, **edited(ann) | {"text": with_word(1, "more"), "act": "compare"})
    assert answer.status_code == 200
    assert '<ins class="run">' in words(answer)
    unchanged = send(ann, **edited(ann) | {"act": "compare"})
    assert unchanged.status_code == 200
    assert len(all_drafts(database)) == 1


def test_a_section_is_previewed_with_what_it_refers_to(
    database: Database, ann: FlaskClient
) -> None:
    text = "# Aims\n\n## One\n\nWords.\n\n## Two\n\nMore.\n\n[law]: https://law.example.org\n"
    with database.begin() as session:
        make.page(session, text=text)
    form = edited(ann, query="?section=s-one") | {"text": "## One\n\nThe [law].", "act": "preview"}
    answer = send(ann, **form)
    assert 'href="https://law.example.org"' in words(answer)
    assert fields_of(answer, "/pages/aims/revisions")["section"] == "s-one"
    assert utc_now()


def test_what_was_typed_long_ago_goes_and_what_was_sent_stays(
    database: Database, submission: Submitted
) -> None:
    typed_once = [submission(with_word(number, "more"), form=f"old-{number}") for number in (1, 2)]
    pressed, fresh = submission("A\n", form="pressed"), submission("B\n", form="fresh")
    long_ago = LATER - timedelta(days=400)
    with database.begin() as session:
        for one in typed_once:
            service.keep(session, one, now=long_ago, is_typing=True)
        service.keep(session, pressed, now=long_ago)
    with database.begin() as session:
        service.keep(session, fresh, now=LATER)
    tidied(database, LATER)
    assert sorted(draft.form for draft in all_drafts(database)) == ["fresh", "pressed"]
