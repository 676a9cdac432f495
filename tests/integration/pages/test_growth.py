"""A larger wiki asks the database no more questions for a page."""

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from wiki.people.models import Person
from wiki.storage.engine import Database

ADDRESSES = (
    "/pages/p/7",
    "/pages/p/7/history",
    "/pages/p/7/compare/1..2",
    "/pages/p/7/links",
    "/pages/p/7/feed",
    "/pages/p/7/revisions/2",
    "/",
    "/pages",
    "/changes",
    "/changes/feed",
    "/gaps",
    "/links",
    "/tags/homes",
)


def fill(database: Database, ana: Person, numbers: range) -> None:
    """Make pages that link to each other, with tags and a second revision."""
    with database.begin() as session:
        for number in numbers:
            text = f"---\ntags: [homes]\n---\n# Page {number}\n\n[[Page {number - 1}]], [[p/7]].\n"
            page = make.page(session, path=f"p/{number}", text=text, author=ana)
            make.revision(session, page, f"{text}\n## To write\n\nTODO\n", author=ana)


def asked(client: FlaskClient, recorded: Recorder) -> dict[str, int]:
    """Return how many questions each address costs once the tree is remembered."""
    client.get("/pages/nothing-here")
    counts = {}
    for address in ADDRESSES:
        with recorded() as statements:
            assert client.get(address).status_code == 200
        counts[address] = len(statements)
    return counts


@pytest.mark.slow
def test_ten_times_the_pages_cost_the_same_number_of_questions(
    database: Database, ana: Person, client: FlaskClient, recorded: Recorder
) -> None:
    fill(database, ana, range(19))
    asked(client, recorded)  # now the comparison is known for good
    fill(database, ana, range(19, 20))
    few = asked(client, recorded)
    fill(database, ana, range(20, 200))
    many = asked(client, recorded)
    assert many == few
    assert few["/pages/p/7"] <= 6
