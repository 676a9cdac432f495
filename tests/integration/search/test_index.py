"""The search follows what happens to pages, and can be made anew."""

import sqlalchemy as sa

from tests import make
from tests.integration.search.conftest import Fill, Find
from wiki.pages.models import Page
from wiki.search import service
from wiki.search.models import SearchText
from wiki.storage.engine import Database


def test_a_changed_page_is_found_by_its_new_words_only(
    fill: Fill, find: Find, database: Database
) -> None:
    (page_id,) = fill({"aims": "# Aims\n\nA bridge.\n"})
    with database.begin() as session:
        page = session.get(Page, page_id)
        assert page is not None
        make.revision(session, page, "# Aims\n\nA tunnel.\n")
        service.index_pages(session, [page_id])
    assert find("bridge") == []
    assert find("tunnel") == ["aims"]


def test_a_deleted_page_leaves_nothing_behind(fill: Fill, find: Find, database: Database) -> None:
    (page_id,) = fill({"aims": "# Aims\n\nA bridge.\n"})
    with database.begin() as session:
        session.execute(sa.update(Page).values(deleted_at=make.NOON))
        service.index_pages(session, [page_id])
    assert find("bridge") == []
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SearchText)) == 0
        left = sa.text("SELECT count(*) FROM search_terms")
        assert session.scalar(left) == 0


def test_a_rebuilt_search_finds_the_same(fill: Fill, find: Find, database: Database) -> None:
    fill({f"p{number}": f"# Page {number}\n\nWord{number} common.\n" for number in range(60)})
    before = (find("word7"), find("common"))
    with database.begin() as session:
        session.execute(sa.text("DELETE FROM search_terms"))
        session.execute(sa.delete(SearchText))
    assert find("word7") == []
    told: list[tuple[int, int]] = []
    assert service.rebuild(database, lambda done, count: told.append((done, count))) == 60
    assert (find("word7"), find("common")) == before
    assert told[-1] == (60, 60)


def test_a_rebuild_counts_only_what_can_be_found(fill: Fill, database: Database) -> None:
    deleted, _ = fill({"aims": "# Aims\n\nA bridge.\n", "ends": "# Ends\n\nA tunnel.\n"})
    with database.begin() as session:
        session.execute(sa.update(Page).where(Page.id == deleted).values(deleted_at=make.NOON))
    assert service.rebuild(database, lambda *_: None) == 1


def test_a_page_indexed_twice_is_found_once(fill: Fill, find: Find, database: Database) -> None:
    (page_id,) = fill({"aims": "# Aims\n\nA bridge.\n"})
    with database.begin() as session:
        service.index_pages(session, [page_id, page_id])
    assert find("bridge") == ["aims"]


def test_a_very_long_page_of_different_words_is_indexed(fill: Fill, find: Find) -> None:
    words = " ".join(f"{number:x}zebra" for number in range(45_000))
    fill({"long": f"# Long\n\nopening {words}\n"})
    assert find("1zebra") == ["long"]
    assert find("opening") == ["long"]
