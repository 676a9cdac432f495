"""Moving and renaming: looked at first, done as one, and every link follows."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.acts.conftest import Write, form_of, words_of
from tests.integration.acts.moves import look_at_move, move_as_seen
from wiki.pages.models import Page
from wiki.pages.service.preparing import told
from wiki.people.models import Person
from wiki.storage.engine import Database

Heads = Callable[[], dict[str, str]]
Lines = Callable[[Page], list[tuple[int, str, str]]]


def test_a_page_moves_and_its_links_follow_as_one_change_each(
    write: Write, ben: FlaskClient, heads: Heads, lines: Lines, diary: Callable[[], list[str]]
) -> None:
    aims = write("aims", "# Our aims\n\nSee [roads](roads.md).\n")
    roads = write(
        "roads", "# Roads\n\n[Aims](/pages/aims#one), [a](aims), [[aims|ours]], `[[aims]]`\n"
    )
    write("town")
    answer = move_as_seen(ben, "aims", parent="town", note="Belongs there")
    assert (answer.status_code, answer.location) == (303, "/pages/town/aims")
    assert heads()["town/aims"] == "# Our aims\n\nSee [roads](../roads.md).\n"
    assert heads()["roads"] == (
        "# Roads\n\n[Aims](/pages/town/aims#one), [a](town/aims), [[town/aims|ours]], `[[aims]]`\n"
    )
    assert lines(aims)[-1] == (2, "rename", "Belongs there")
    assert lines(roads) == [
        (1, "create", ""),
        (2, "edit", "Links follow “Our aims” to town/aims"),
    ]
    assert diary() == ["page.renamed", "page.saved"]
    assert ben.get("/pages/aims").location == "/pages/town/aims"


def test_what_would_happen_is_shown_before_anything_does(
    write: Write, ben: FlaskClient, heads: Heads
) -> None:
    write("aims")
    write("aims/first")
    write("roads", "# Roads\n\n[Aims](/pages/aims)\n")
    before = heads()
    words = words_of(look_at_move(ben, "aims", title="Our purpose"))
    assert "“Aims” will be called “Our purpose”." in words
    assert "2 pages get new addresses" in words
    assert "aims → becomes our-purpose" in words
    assert "aims/first → becomes our-purpose/first" in words
    assert "Links on 1 other page follow" in words
    assert "“Aims” will lead to Our purpose How it is written (Aims)" in words
    assert "[Aims](/pages/our-purpose)" in words
    assert heads() == before


def test_where_links_will_lead_is_said_by_titles(write: Write, ben: FlaskClient) -> None:
    write("plans", "---\ntitle: Plan of action\n---\nText\n")
    write("small", "---\ntitle: Small questions\n---\nText\n")
    write("roads", "# Roads\n\n[some **words**](small), [[small]], [x]\n\n[x]: small\n")
    words = words_of(look_at_move(ben, "small", parent="plans"))
    assert "“some words” will lead to Plan of action / Small questions" in words
    assert "“small” will lead to Plan of action / Small questions" in words
    assert "[x]: plans/small" in words


def test_the_pages_under_a_page_go_along_or_stay(
    write: Write, ben: FlaskClient, heads: Heads
) -> None:
    write("aims")
    write("aims/first")
    write("aims/first/second")
    move_as_seen(ben, "aims", title="Goals")
    assert set(heads()) == {"goals", "goals/first", "goals/first/second"}
    assert heads()["goals"].startswith("# Goals\n")
    assert ben.get("/pages/aims/first").location == "/pages/goals/first"
    move_as_seen(ben, "goals", title="Ends", with_pages="no")
    assert set(heads()) == {"ends", "goals/first", "goals/first/second"}


def test_only_the_title_changes_and_links_by_title_follow(
    write: Write, ben: FlaskClient, heads: Heads, lines: Lines
) -> None:
    aims = write("aims", "---\nlang: en\ntitle: Our aims\n---\nText\n")
    write("roads", "# Roads\n\n[[Our aims]] and [[our aims|these]]\n")
    answer = move_as_seen(ben, "aims", title="Purpose", name="aims")
    assert answer.location == "/pages/aims"
    assert heads()["aims"] == "---\nlang: en\ntitle: Purpose\n---\nText\n"
    assert heads()["roads"] == "# Roads\n\n[[Purpose]] and [[Purpose|these]]\n"
    assert lines(aims)[-1][:2] == (2, "rename")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"title": "Roads"}, "There is already a page called roads."),
        ({"parent": "aims"}, "A page cannot be put under itself."),
        ({"name": "edit"}, "has a meaning of its own in the addresses"),
        ({"parent": "a/b/c/d/e/f/g/h"}, "at most 8 levels deep"),
        ({"title": ""}, "Give the page a title"),
        ({"title": "!", "name": ""}, "at least one letter or number"),
        ({}, "Give the page another title or another place."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    write: Write, ben: FlaskClient, heads: Heads, wish: dict[str, str], sentence: str
) -> None:
    write("aims")
    write("aims/first")
    write("roads")
    before = heads()
    answer = look_at_move(ben, "aims", **wish)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert heads() == before


def test_a_move_sent_twice_is_done_once(write: Write, ben: FlaskClient, lines: Lines) -> None:
    aims = write("aims")
    sent = form_of(look_at_move(ben, "aims", title="Goals"), "Move the page")
    assert ben.post("/pages/aims/move", data=sent).location == "/pages/goals"
    again = ben.post("/pages/aims/move", data=sent)
    assert (again.status_code, again.location) == (303, "/pages/goals")
    assert len(lines(aims)) == 2


def test_a_rename_in_place_sent_twice_is_done_once(
    write: Write, ben: FlaskClient, lines: Lines
) -> None:
    aims = write("aims")
    sent = form_of(look_at_move(ben, "aims", title="Goals", name="aims"), "Rename the page")
    ben.post("/pages/aims/move", data=sent)
    assert ben.post("/pages/aims/move", data=sent).status_code == 422
    assert len(lines(aims)) == 2


def test_a_page_whose_words_others_change_meanwhile_moves_with_them(
    write: Write, ben: FlaskClient, database: Database, ana: Person, heads: Heads
) -> None:
    aims = write("aims")
    signs = write("signs", "See [it](/pages/aims).\n")
    sent = form_of(look_at_move(ben, "aims", title="Goals"), "Move the page")
    with database.begin() as session:
        make.revision(session, session.get_one(Page, aims.id), "# Aims\n\nNew.\n", author=ana)
        words = "See [it](/pages/aims) at last.\n"
        make.revision(session, session.get_one(Page, signs.id), words, author=ana)
    answer = ben.post("/pages/aims/move", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/goals")
    assert heads() == {
        "goals": "# Goals\n\nNew.\n",
        "signs": "See [it](/pages/goals) at last.\n",
    }


def test_a_page_called_otherwise_meanwhile_is_looked_at_again(
    write: Write, ben: FlaskClient, database: Database, ana: Person, lines: Lines
) -> None:
    aims = write("aims")
    sent = form_of(look_at_move(ben, "aims", title="Goals"), "Move the page")
    with database.begin() as session:
        make.revision(session, session.get_one(Page, aims.id), "# Ends\n\nNew.\n", author=ana)
    answer = ben.post("/pages/aims/move", data=sent)
    assert answer.status_code == 409
    assert "Something changed while you were looking at this." in words_of(answer)
    assert len(lines(aims)) == 2
    assert ben.post("/pages/aims/move", data=form_of(answer, "Move the page")).status_code == 303


def test_two_pages_swap_their_addresses(write: Write, ben: FlaskClient, heads: Heads) -> None:
    write("aims")
    write("goals")
    write("signs", "[a](/pages/aims) [g](/pages/goals)\n")
    move_as_seen(ben, "aims", name="between")
    move_as_seen(ben, "goals", name="aims")
    move_as_seen(ben, "between", name="goals")
    assert heads()["aims"].startswith("# Goals")
    assert heads()["goals"].startswith("# Aims")
    assert heads()["signs"] == "[a](/pages/goals) [g](/pages/aims)\n"


def test_a_page_moves_to_where_another_once_stood(
    write: Write, ben: FlaskClient, heads: Heads
) -> None:
    write("aims")
    write("goals")
    move_as_seen(ben, "aims", name="ends")
    write("signs", "[old address of aims](/pages/aims)\n")
    move_as_seen(ben, "goals", name="aims")
    assert ben.get("/pages/aims").status_code == 200
    assert heads()["aims"].startswith("# Goals")
    assert heads()["signs"] == "[old address of aims](/pages/ends)\n"
    move_as_seen(ben, "aims", name="goals")
    assert ben.get("/pages/aims").location == "/pages/goals"


def test_nothing_is_rendered_while_links_follow_and_the_database_is_locked(
    write: Write, ben: FlaskClient, heads: Heads, database: Database
) -> None:
    write("aims", "# Aims\n\nOf all.\n")
    write("aims/first")
    for number in range(30):  # more than a save remembers
        write(f"page-{number}", f"# P{number}\n\n[Aims](/pages/aims)\n")
    sent = form_of(look_at_move(ben, "aims", title="Goals"), "Move the page")
    rendered: list[int] = []

    def note(_: object) -> None:
        rendered.append(told.cache_info().misses)

    told.cache_clear()
    sa.event.listen(database.engine, "begin", note)
    sa.event.listen(database.engine, "commit", note)
    assert ben.post("/pages/aims/move", data=sent).status_code == 303
    began, committed = rendered[-2:]
    assert (began, committed) == (32, 32)
    assert all("/pages/goals" in heads()[f"page-{number}"] for number in range(30))


def test_who_may_not_move_is_told(write: Write, client: FlaskClient, ben: FlaskClient) -> None:
    write("aims")
    assert "/sign-in" in client.get("/pages/aims/move").location
    assert ben.get("/pages/nowhere/move").status_code == 404
    assert ben.get("/pages/aims/rename").location == "/pages/aims/move"


def test_many_linking_pages_follow_in_few_statements(
    write: Write, ben: FlaskClient, heads: Heads, recorded: Any
) -> None:
    write("aims")
    for number in range(12):
        write(f"page-{number}", f"# P{number}\n\n[Aims](/pages/aims)\n")
    sent = form_of(look_at_move(ben, "aims", title="Goals"), "Move the page")
    with recorded() as statements:
        ben.post("/pages/aims/move", data=sent)
    assert all("/pages/goals" in heads()[f"page-{number}"] for number in range(12))
    assert len(statements) < 200
