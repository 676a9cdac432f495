"""Limits and moves: what stands against one, what goes along, and who may read the page then."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.integration.acts.conftest import Write, form_of, words_of
from tests.integration.acts.moves import look_at_move, move_as_seen
from tests.make import NOON
from wiki.pages.service import limits
from wiki.storage.engine import Database

Heads = Callable[[], dict[str, str]]


def _limit(database: Database, path: str, act: str, role: str) -> None:
    with database.begin() as session:
        limits.limit(session, path, act, [("role", role)], now=NOON)


def test_pages_that_the_mover_may_not_write_are_left_and_still_lead_on(
    write: Write, ben: FlaskClient, heads: Heads, database: Database
) -> None:
    write("aims")
    write("board/plan", "[Aims](/pages/aims)\n")
    write("secret/plan", "[Aims](/pages/aims)\n")
    _limit(database, "board", "write", "facilitator")
    _limit(database, "secret", "read", "facilitator")
    words = words_of(look_at_move(ben, "aims", title="Goals"))
    assert "1 page that you cannot change links here." in words
    assert "board/plan" not in words
    move_as_seen(ben, "aims", title="Goals")
    assert heads()["board/plan"] == heads()["secret/plan"] == "[Aims](/pages/aims)\n"


def test_limits_stand_against_a_move_and_go_along_with_it(
    write: Write, ben: FlaskClient, fay: FlaskClient, database: Database, heads: Heads
) -> None:
    write("aims")
    write("aims/hidden")
    write("board")
    _limit(database, "aims/hidden", "read", "facilitator")
    _limit(database, "board", "write", "facilitator")
    answer = look_at_move(ben, "aims", title="Goals")
    assert "You cannot move everything under this page." in words_of(answer)
    assert "hidden" not in words_of(answer)
    answer = look_at_move(ben, "aims", parent="board", with_pages="no")
    assert "You cannot put a page at board/aims." in words_of(answer)
    move_as_seen(fay, "aims", title="Goals")
    assert set(heads()) == {"goals", "goals/hidden", "board"}
    assert ben.get("/pages/goals/hidden").status_code == 404
    assert fay.get("/pages/goals/hidden").status_code == 200


def test_who_may_read_a_page_elsewhere_is_said_before_it_moves(
    write: Write, ben: FlaskClient, fay: FlaskClient, database: Database, heads: Heads
) -> None:
    write("housing")
    write("housing/plan")
    write("housing/plan/first")
    write("board")
    assert "Others than now" not in words_of(look_at_move(fay, "housing/plan", title="Plans"))
    _limit(database, "housing", "read", "facilitator")
    _limit(database, "housing/plan/first", "read", "admin")
    _limit(database, "board", "write", "facilitator")
    words = words_of(look_at_move(fay, "housing/plan", parent="", with_pages="no"))
    assert "Now only facilitators and administrators can read it; there everybody can." in words
    assert "Its whole history moves with it" in words
    words = words_of(look_at_move(fay, "board", title="Desk", parent="housing"))
    assert "Now everybody can read it; there only facilitators and administrators can." in words
    with database.begin() as session:
        limits.limit(session, "housing/plan/first", "read", (), now=NOON)
    words = words_of(look_at_move(fay, "housing/plan", parent="board"))
    assert "2 of these pages: now only facilitators and administrators can read them;" in words
    assert "there everybody can." in words
    assert "can change" not in words
    assert "housing" in heads()
    assert ben.get("/pages/housing").status_code == 404


def test_a_page_is_looked_at_again_whose_place_was_limited_meanwhile(
    write: Write, fay: FlaskClient, database: Database, heads: Heads
) -> None:
    write("aims")
    write("board")
    sent = form_of(look_at_move(fay, "aims", parent="board"), "Move the page")
    _limit(database, "board", "read", "facilitator")
    answer = fay.post("/pages/aims/move", data=sent)
    assert answer.status_code == 409
    assert "there only facilitators and administrators can." in words_of(answer)
    assert set(heads()) == {"aims", "board"}


def test_two_limits_that_would_meet_are_said_before_anything_is_sent(
    write: Write, fay: FlaskClient, database: Database
) -> None:
    write("aims")
    _limit(database, "aims", "write", "reviewer")
    _limit(database, "goals", "write", "facilitator")
    answer = look_at_move(fay, "aims", title="Goals")
    assert answer.status_code == 422
    assert "Both the page and the place it goes to are limited" in words_of(answer)
