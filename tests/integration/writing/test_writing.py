"""Whatever makes a revision from the web keeps the search and the diary up to date."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from tests import make
from tests.make import NOON
from wiki.activity.models import Event
from wiki.errors import Invalid
from wiki.pages import service as pages
from wiki.search.models import SearchText
from wiki.storage.engine import Database
from wiki.writing import service


def diary(database: Database) -> list[tuple[str, int | None, dict[str, object]]]:
    with database.reading() as session:
        events = session.scalars(sa.select(Event).order_by(Event.id))
        return [(event.kind, event.page_id, event.detail) for event in events]


def found_text(database: Database, page_id: int) -> str:
    with database.reading() as session:
        return session.scalar(sa.select(SearchText.body).where(SearchText.page_id == page_id)) or ""


def test_a_new_page_can_be_found_and_stands_in_the_diary(database: Database) -> None:
    with database.begin() as session:
        author = make.person(session)
        made = service.write_new(session, "aims", "Otters.\n", author_id=author.id, made_at=NOON)
    assert "Otters" in found_text(database, made.page_id)
    assert diary(database) == [("page.created", made.page_id, {"number": 1})]


def test_a_saved_page_is_found_by_its_new_words_and_stands_in_the_diary(
    database: Database,
) -> None:
    with database.begin() as session:
        page = make.page(session, text="Otters.\n")
        author = make.person(session)
        service.write(
            session, page, "Beavers.\n", author_id=author.id, made_at=NOON + timedelta(hours=1)
        )
    assert "Beavers" in found_text(database, page.id)
    assert "Otters" not in found_text(database, page.id)
    assert diary(database) == [("page.saved", page.id, {"number": 2})]


def test_many_revisions_come_back_in_the_order_in_which_they_were_wanted(
    database: Database,
) -> None:
    with database.begin() as session:
        one, other = make.page(session, path="one"), make.page(session, path="other")
        author = make.person(session)
        change = partial(pages.Change, author_id=author.id, made_at=NOON)
        changes = [
            change(page=one, text="One, changed.\n"),
            change(page=other, text=None, path="moved"),
            change(page=one, text="One, once more.\n", undone_number=2),
        ]
        revisions = service.write_all(session, changes)
    assert [(one_made.path, one_made.number) for one_made in revisions] == [
        ("one", 2),
        ("moved", 2),
        ("one", 3),
    ]
    assert "once more" in found_text(database, one.id)
    assert [kind for kind, _, _ in diary(database)] == [
        "page.saved",
        "page.renamed",
        "page.undone",
    ]


def test_a_page_that_is_there_already_is_not_made_again(database: Database) -> None:
    with database.begin() as session:
        make.page(session, path="aims")
        author = make.person(session)
    with pytest.raises(Invalid, match="already a page"), database.begin() as session:
        service.write_new(session, "aims", "Mine.\n", author_id=author.id, made_at=NOON)
