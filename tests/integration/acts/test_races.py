"""Acts at the same moment as others write: nothing is lost, and its history is kept a line."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.integration.acts.conftest import Write, form_of, words_of
from tests.make import NOON
from wiki.pages.models import Page
from wiki.pages.service import limits
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.writing import service
from wiki.writing.queries import standing

Heads = Callable[[], dict[str, str]]
Lines = Callable[[Page], list[tuple[int, str, str]]]


def test_words_saved_while_links_follow_are_kept(
    write: Write,
    ben: FlaskClient,
    heads: Heads,
    lines: Lines,
    database: Database,
    ana: Person,
) -> None:
    write("aims")
    friend = write("friend", "See [aims](/pages/aims).\n")
    sent = form_of(
        ben.post("/pages/aims/move", data={"title": "Goals", "with_pages": "1"}), "Move the page"
    )
    gate = Barrier(2)

    def add_words() -> None:
        gate.wait(10)
        for number in range(8):
            with database.begin() as session:
                (page,) = standing.written(session, [friend.id], lock=True)
                text = f"{page.text}\nLine {number}.\n"
                service.write(session, page.page, text, author_id=ana.id, made_at=NOON)

    def move() -> int:
        gate.wait(10)
        return ben.post("/pages/aims/move", data=sent).status_code

    with ThreadPoolExecutor(2) as threads:
        adding, moving = threads.submit(add_words), threads.submit(move)
        adding.result()
        assert moving.result() == 303
    assert "[aims](/pages/goals)" in heads()["friend"]
    assert all(f"Line {number}." in heads()["friend"] for number in range(8))
    assert [number for number, _, _ in lines(friend)] == list(range(1, 11))


def test_a_page_sent_to_two_places_at_once_goes_to_one(
    write: Write, ben: FlaskClient, fay: FlaskClient, heads: Heads, lines: Lines
) -> None:
    aims = write("aims")
    browsers = [(ben, "Goals"), (fay, "Ends")]
    forms = [
        form_of(
            one.post("/pages/aims/move", data={"title": title, "with_pages": "1"}), "Move the page"
        )
        for one, title in browsers
    ]
    gate = Barrier(2)

    def move(index: int) -> int:
        gate.wait(10)
        return browsers[index][0].post("/pages/aims/move", data=forms[index]).status_code

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(move, range(2))) <= {303, 409}
    assert len(heads()) == 1
    assert [kind for _, kind, _ in lines(aims)] == ["create", "rename"]


def test_a_page_under_a_deleted_one_that_is_saved_that_moment_is_looked_at_first(
    write: Write, fay: FlaskClient, heads: Heads, database: Database, ana: Person
) -> None:
    write("aims")
    first = write("aims/first")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page")
    sent |= {"reason": "Old", "with_pages": "1"}
    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            (page,) = standing.written(session, [first.id], lock=True)
            deleting = thread.submit(fay.post, "/pages/aims/delete", data=sent)
            time.sleep(0.3)  # until it waits for the page
            service.write(session, page.page, "Mine.\n", author_id=ana.id, made_at=NOON)
        assert deleting.result().status_code == 409
    assert heads()["aims/first"] == "Mine.\n"


def test_a_page_on_which_somebody_else_writes_that_moment_is_not_its_authors_to_delete(
    write: Write, browser_of: Callable[[Person], FlaskClient], database: Database, ana: Person
) -> None:
    aims = write("aims")
    own = browser_of(ana)
    sent = form_of(own.get("/pages/aims/delete"), "Delete this page") | {"reason": "Old"}
    with database.begin() as session:
        other = make.person(session, name="Ben Okafor")
    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            (page,) = standing.written(session, [aims.id], lock=True)
            deleting = thread.submit(own.post, "/pages/aims/delete", data=sent)
            time.sleep(0.3)  # until it waits for the page
            service.write(session, page.page, "Mine.\n", author_id=other.id, made_at=NOON)
        assert deleting.result().status_code == 403


def test_a_double_click_on_copy_makes_one_copy(
    write: Write, ben: FlaskClient, heads: Heads, database: Database
) -> None:
    write("aims")
    sent = form_of(ben.get("/pages/aims/copy"), "Copy this page")
    with ThreadPoolExecutor(2) as threads:
        with database.begin() as session:
            session.connection()  # on SQLite this is where others begin to wait
            service.reserve(session, "aims-copy")
            clicks = [threads.submit(ben.post, "/pages/aims/copy", data=sent) for _ in range(2)]
            time.sleep(0.3)  # until both wait for the place
        assert [click.result().status_code for click in clicks] == [303, 303]
    assert set(heads()) == {"aims", "aims-copy"}


def test_a_page_that_somebody_else_brings_back_that_moment_is_led_to(
    write: Write,
    fay: FlaskClient,
    add: Callable[..., None],
    heads: Heads,
    database: Database,
    ana: Person,
) -> None:
    aims = write("aims")
    add(aims, None, kind="delete")
    sent = form_of(fay.get(f"/deleted/{aims.id}"), "Bring it back")
    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            (page,) = standing.written(session, [aims.id], lock=True)
            late = thread.submit(fay.post, f"/deleted/{aims.id}", data=sent)
            time.sleep(0.3)  # until it waits for the page
            service.write(
                session,
                page.page,
                None,
                author_id=ana.id,
                made_at=NOON,
                kind="undelete",
                path="rescued",
            )
        assert (late.result().status_code, late.result().location) == (303, "/pages/rescued")
    assert "This page is already back." in words_of(fay.get("/pages/rescued"))
    assert set(heads()) == {"rescued"}


@pytest.mark.parametrize("act", ["delete", "move", "copy", "restore", "undo"])
def test_who_may_no_longer_do_an_act_does_it_no_more(
    write: Write,
    ben: FlaskClient,
    browser_of: Callable[[Person], FlaskClient],
    database: Database,
    heads: Heads,
    ana: Person,
    act: str,
) -> None:
    page = write("aims", "One.\n\nTwo.\n", "One.\n\nTwo, too.\n")
    own = browser_of(ana) if act == "delete" else ben
    opened, button = {
        "delete": ("/pages/aims/delete", "Delete"),
        "move": ("/pages/aims/move?title=Goals&with_pages=1", "Move the page"),
        "copy": ("/pages/aims/copy", "Copy this page"),
        "restore": ("/pages/aims/restore?number=1", "Restore"),
        "undo": ("/pages/aims/undo?number=2", "Undo what"),
    }[act]
    sent = form_of(own.get(opened), button) | {"reason": "Old"}
    before = heads()
    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            standing.written(session, [page.id], lock=True)
            limits.limit(session, "aims", "read", [("role", "admin")], now=NOON)
            waiting = thread.submit(own.post, f"/pages/aims/{act}", data=sent)
            time.sleep(0.3)  # until it waits for the page
        assert waiting.result().status_code == 404
    assert heads() == before


def test_a_move_and_a_save_at_the_place_it_goes_to_never_wait_for_each_other(
    write: Write, ben: FlaskClient, heads: Heads, database: Database, ana: Person
) -> None:
    write("aims")
    friend = write("friend", "See [aims](/pages/aims).\n")
    wish = {"title": "Goals", "with_pages": "1"}
    sent = form_of(ben.post("/pages/aims/move", data=wish), "Move the page")
    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            session.connection()  # on SQLite this is where others begin to wait
            service.reserve(session, "goals")
            moving = thread.submit(ben.post, "/pages/aims/move", data=sent)
            time.sleep(0.3)  # until it waits for the place
            (page,) = standing.written(session, [friend.id], lock=True)
            service.write(session, page.page, "Mine.\n", author_id=ana.id, made_at=NOON)
        assert moving.result().status_code == 409
    assert heads()["friend"] == "Mine.\n"
    sent = form_of(ben.post("/pages/aims/move", data=wish), "Move the page")
    assert ben.post("/pages/aims/move", data=sent).location == "/pages/goals"
