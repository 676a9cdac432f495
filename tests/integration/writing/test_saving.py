"""Saving a page in a browser without script."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, texts, with_word
from wiki.pages.models import Page, Revision
from wiki.pages.service.preparing import told
from wiki.storage.engine import Database

Signed = Callable[..., FlaskClient]


@pytest.fixture
def ann(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Ann")


@pytest.fixture
def bob(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Bob")


def test_the_form_sent_back_as_it_came_saves_nothing_and_says_so(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    answer = send(ann, **edited(ann))
    assert answer.status_code == 303
    assert "Manyhands-Revision" not in answer.headers
    assert "Nothing changed, so nothing was saved" in words(ann.get(answer.location))
    assert texts(database, page.id) == [TEXT]
    assert all_drafts(database) == []


def test_a_saved_page_names_its_revision_and_leads_to_what_changed(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    answer = send(ann, **edited(ann) | {"text": with_word(1, "more"), "note": "Why not"})
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert answer.headers["Manyhands-Revision"] == "2"
    shown = ann.get("/pages/aims").get_data(as_text=True)
    assert "Saved as revision 2." in shown
    assert 'href="/pages/aims/compare/1..2">See what you changed</a>' in shown
    assert texts(database, page.id) == [TEXT, with_word(1, "more")]
    with database.reading() as session:
        revision = session.get_one(Revision, page.head_id + 1 if page.head_id else 0)
        assert (revision.note, revision.is_minor, revision.kind) == ("Why not", False, "edit")


def test_other_paragraphs_come_together_and_the_second_is_told_whose(
    database: Database, page: Page, ann: FlaskClient, bob: FlaskClient
) -> None:
    first, second = edited(ann), edited(bob)
    send(ann, **first | {"text": with_word(1, "more")})
    answer = send(bob, **second | {"text": with_word(5, "less"), "minor": "1"})
    assert answer.headers["Manyhands-Revision"] == "3"
    shown = words(bob.get("/pages/aims"))
    assert "Saved as revision 3, together with Ann's change to Aims." in shown
    assert 'href="/pages/aims/compare/1..2">See what came in</a>' in shown
    last = texts(database, page.id)[-1]
    assert "number 1 says more." in last
    assert "number 5 says less." in last


def test_ones_own_other_window_is_told_as_such(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    first, second = edited(ann), edited(ann)
    assert first["form"] != second["form"]
    send(ann, **first | {"text": with_word(1, "more")})
    send(ann, **second | {"text": with_word(5, "less")})
    assert "together with your own change to Aims" in words(ann.get("/pages/aims"))
    assert len(texts(database, page.id)) == 3


def test_a_second_click_gives_the_revision_of_the_first(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"text": with_word(1, "more")}
    numbers = [send(ann, **form).headers["Manyhands-Revision"] for _ in range(3)]
    assert numbers == ["2", "2", "2"]
    assert len(texts(database, page.id)) == 2


def test_a_program_without_a_form_is_known_again_by_what_it_sent(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    for _ in range(2):
        answer = send(ann, base="1", text=with_word(1, "more"))
        assert answer.headers["Manyhands-Revision"] == "2"
    assert len(texts(database, page.id)) == 2


def test_a_form_used_again_after_going_back_saves_again(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann)
    send(ann, **form | {"text": with_word(1, "more")})
    answer = send(ann, **form | {"text": with_word(5, "less")})
    assert answer.headers["Manyhands-Revision"] == "3"
    assert "number 1 says more." in texts(database, page.id)[-1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_were(database: Database, ann: FlaskClient, line_end: str) -> None:
    with database.begin() as session:
        page = make.page(session, text=TEXT.replace("\n", line_end))
    form = edited(ann)
    assert form["text"] == TEXT.replace("\n", "\r\n")
    send(ann, **form | {"text": with_word(1, "more").replace("\n", "\r\n")})
    assert texts(database, page.id)[-1] == with_word(1, "more").replace("\n", line_end)


def test_a_new_page_is_made_by_saving_it(ann: FlaskClient) -> None:
    form = edited(ann, "goals", "?title=Our goals")
    assert form["text"] == "# Our goals\r\n\r\n"
    answer = send(ann, "goals", **form | {"text": "# Our goals\r\n\r\nTo listen.\r\n"})
    assert (answer.status_code, answer.headers["Manyhands-Revision"]) == (303, "1")
    shown = words(ann.get("/pages/goals"))
    assert "To listen." in shown
    assert "Saved as revision 1." in shown
    assert "See what you changed" not in shown


def test_a_page_that_somebody_made_meanwhile_is_not_overwritten(
    database: Database, ann: FlaskClient, bob: FlaskClient
) -> None:
    first, second = edited(ann, "goals"), edited(bob, "goals")
    send(ann, "goals", **first | {"text": "To listen.\r\n"})
    answer = send(bob, "goals", **second | {"text": "To speak.\r\n"})
    assert answer.status_code == 409
    assert "To listen." in words(answer)
    assert "To speak." in words(answer)
    with database.reading() as session:
        page_id = session.query(Page.id).filter_by(path="goals").scalar()
    assert texts(database, page_id) == ["To listen.\n"]


def test_a_page_renamed_meanwhile_is_saved_where_it_stands_now(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann)
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, TEXT, path="goals")
        make.page(session, path="aims", text="Another page.\n")
    answer = send(ann, **form | {"text": with_word(1, "more")})
    assert (answer.status_code, answer.location) == (303, "/pages/goals")
    assert texts(database, page.id)[-1] == with_word(1, "more")


def test_a_page_deleted_meanwhile_takes_nothing_and_the_text_is_kept(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann)
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        zoe = make.person(session, name="Zoe")
        make.revision(session, here, TEXT, author=zoe, kind="delete")
    answer = send(ann, **form | {"text": with_word(1, "more")})
    assert answer.status_code == 409
    assert "deleted by Zoe" in words(answer)
    assert box(answer) == with_word(1, "more")
    (draft,) = all_drafts(database)
    assert draft.state == "submitted"
    assert f"/drafts/{draft.id}" in words(answer)
    assert box(ann.get(f"/drafts/{draft.id}")) == with_word(1, "more")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"base": "7"}, "no revision 7"),
        ({"base": ""}, "did not say which revision"),
        ({"base": "one"}, "did not say which revision"),
        ({"base": "1", "section": "s-nowhere"}, "is not in revision 1"),
        ({"base": "1", "text": "A\0B"}, "zero byte"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_its_text(
    database: Database, page: Page, ann: FlaskClient, fields: dict[str, str], sentence: str
) -> None:
    answer = send(ann, **{"text": "My words.", "form": "a-form-of-mine"} | fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert box(answer).replace("\0", "") in {"My words.", "AB"}
    assert texts(database, page.id) == [TEXT]


def test_a_text_without_a_base_can_then_be_saved_without_overwriting(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    answer = send(ann, text="My words.")
    again = send(ann, base="0", text="My words.")
    assert answer.status_code == 422
    assert again.status_code == 409
    assert texts(database, page.id) == [TEXT]


def test_a_text_over_the_limit_comes_back_whole(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    long = "é" * 2_000_000
    answer = send(ann, **edited(ann) | {"text": long})
    assert answer.status_code == 413
    assert "longer than 500 kB" in words(answer)
    assert box(answer) == long
    assert texts(database, page.id) == [TEXT]


def test_one_section_is_saved_into_the_page_as_it_is_now(
    database: Database, ann: FlaskClient, bob: FlaskClient
) -> None:
    text = "# Aims\n\nFirst.\n\n## One\n\nWords of one.\n\n## Two\n\nWords of two.\n"
    with database.begin() as session:
        page = make.page(session, text=text)
    section, whole = edited(ann, query="?section=s-one"), edited(bob)
    assert section["text"] == "## One\r\n\r\nWords of one."
    send(bob, **whole | {"text": text.replace("of two", "of number two")})
    answer = send(ann, **section | {"text": "## One\r\n\r\nOther words.\r\n"})
    assert answer.status_code == 303
    assert texts(database, page.id)[-1] == (
        "# Aims\n\nFirst.\n\n## One\n\nOther words.\n\n## Two\n\nWords of number two.\n"
    )


def test_the_diary_and_the_history_tell_of_a_merge(
    database: Database, page: Page, ann: FlaskClient, bob: FlaskClient
) -> None:
    first, second = edited(ann), edited(bob)
    send(ann, **first | {"text": with_word(1, "more")})
    send(bob, **second | {"text": with_word(5, "less")})
    with database.reading() as session:
        revision = session.query(Revision).filter_by(page_id=page.id, number=3).one()
        assert (revision.kind, revision.merged_number) == ("merge", 1)


def test_a_path_that_no_page_may_have_is_refused_with_the_text(ann: FlaskClient) -> None:
    answer = send(ann, "aims/history", base="0", text="My words.")
    assert answer.status_code == 422
    assert box(answer) == "My words."


@pytest.mark.usefixtures("page")
def test_nothing_is_rendered_while_the_database_is_locked(
    database: Database, bob: FlaskClient
) -> None:
    rendered: list[int] = []
    locked: list[bool] = []
    told.cache_clear()
    form = edited(bob) | {"text": with_word(1, "something prepared")}

    def begin(_: object) -> None:
        rendered.append(told.cache_info().misses)

    def commit(_: object) -> None:
        locked.append(rendered[-1] != told.cache_info().misses)

    sa.event.listen(database.engine, "begin", begin)
    sa.event.listen(database.engine, "commit", commit)
    send(bob, **form)
    assert told.cache_info().misses == 1
    assert locked == [False, False]


def test_a_long_note_is_refused_and_not_cut(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    note = "why " * 1000
    form = edited(ann) | {"text": with_word(1, "more"), "note": note}
    answer = send(ann, **form)
    assert answer.status_code == 422
    assert "Use at most 1000 characters. You have used 3999." in words(answer)
    assert "It is kept in" in words(answer)
    again = fields_of(answer, "/pages/aims/revisions")
    assert (again["note"], again["text"].replace("\r\n", "\n")) == (note, with_word(1, "more"))
    assert [draft.note for draft in all_drafts(database)] == [note]
    assert send(ann, **again | {"note": "Why"}).headers["Manyhands-Revision"] == "2"
    assert len(texts(database, page.id)) == 2


def test_a_long_title_is_refused_unless_the_page_had_one_before(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    long = f"# {'long ' * 1000}\n\nWords.\n"
    form = edited(ann) | {"text": long}
    answer = send(ann, **form)
    assert answer.status_code == 422
    assert "The title at the top is too long. Use at most 300 characters." in words(answer)
    assert "long long" in box(answer)
    with database.begin() as session:
        make.revision(session, session.get_one(Page, page.id), long)
    form = edited(ann) | {"text": f"{long}More words.\n"}
    assert send(ann, **form).headers["Manyhands-Revision"] == "3"
