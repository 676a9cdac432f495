"""What is suggested to somebody who is still typing."""

import pytest

from tests.integration.search.conftest import Fill
from wiki.pages.queries.sight import EVERYTHING
from wiki.search.queries.finding import suggest
from wiki.storage.engine import Database


def suggested(database: Database, query: str) -> list[str]:
    with database.reading() as session:
        return [one.path for one in suggest(session, query, sight=EVERYTHING)]


@pytest.mark.usefixtures("stocked")
def test_pages_are_suggested_from_their_first_letters(database: Database) -> None:
    assert suggested(database, "hou") == ["strategy/housing"]
    assert suggested(database, "ACC") == ["acces"]
    assert suggested(database, "pour t") == ["acces"]


@pytest.mark.usefixtures("stocked")
def test_texts_are_suggested_only_where_no_title_fits(database: Database) -> None:
    assert suggested(database, "lett") == ["strategy/letters"]
    assert suggested(database, "shor") == ["strategy/housing", "strategy/letters"]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("query", ["", " ", "%", '"', "\x00", "*", "x" * 10_000, "a' OR 1=1"])
def test_nothing_typed_is_an_error(database: Database, query: str) -> None:
    assert isinstance(suggested(database, query), list)


def test_a_title_that_begins_so_comes_first_and_eight_are_enough(
    fill: Fill, database: Database
) -> None:
    fill({f"p{number}": f"# About plan {number}\n\nText.\n" for number in range(10)})
    fill({"plan": "# Plan of plans\n\nText.\n"})
    found = suggested(database, "plan")
    assert found[0] == "plan"
    assert len(found) == 8
