"""Acts at the same moment as others write: nothing is lost, and the history stays a line."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask.testing import FlaskClient

from tests.integration.acts.conftest import Write, form_of
from tests.make import NOON
from wiki.pages.models import Page
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
        ben.post("/pages/aims/move", data={"title": "Goals", "with_pages": "1"}), "Do this"
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
        form_of(one.post("/pages/aims/move", data={"title": title, "with_pages": "1"}), "Do this")
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


def test_a_move_and_a_save_at_the_place_it_goes_to_never_wait_for_each_other(
    write: Write, ben: FlaskClient, heads: Heads, database: Database, ana: Person
) -> None:
    write("aims")
    friend = write("friend", "See [aims](/pages/aims).\n")
    wish = {"title": "Goals", "with_pages": "1"}
    sent = form_of(ben.post("/pages/aims/move", data=wish), "Do this")
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
    sent = form_of(ben.post("/pages/aims/move", data=wish), "Do this")
    assert ben.post("/pages/aims/move", data=sent).location == "/pages/goals"
