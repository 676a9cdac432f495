"""Derived rows are brought up to what they should be, and no others are touched."""

from typing import Any

import sqlalchemy as sa

from tests import make
from wiki.pages.models import PageSection, PageTag
from wiki.storage.engine import Database
from wiki.storage.rows import put_rows

TEXT = "# Aims\n\n## One\n\nWords.\n\n## Two\n\nMore words.\n"


def test_rows_that_went_came_and_changed_are_as_wanted_and_others_stay(database: Database) -> None:
    with database.begin() as session:
        page, other = make.page(session), make.page(session, path="other")
        belongs = PageTag.page_id == page.id
        session.add(PageTag(page_id=other.id, tag="stays"))
        session.flush()
        for tags in (["a", "b"], ["b", "c"], []):
            rows = [{"page_id": page.id, "tag": tag} for tag in tags]
            put_rows(session, PageTag, "page_id", [page.id], rows)
            assert set(session.scalars(sa.select(PageTag.tag).where(belongs))) == set(tags)
        assert list(session.scalars(sa.select(PageTag.tag))) == ["stays"]


def test_a_save_that_changes_one_section_writes_one_row_of_them(database: Database) -> None:
    written: list[Any] = []
    with database.begin() as session:
        page = make.page(session, text=TEXT)

    def note(_: Any, __: Any, statement: str, rows: Any, ___: Any, is_many: bool) -> None:
        if "page_section" in statement and not statement.startswith("SELECT"):
            written.append((statement[:6], rows if is_many else [rows]))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    with database.begin() as session:
        page = session.merge(page)
        make.revision(session, page, TEXT.replace("More words.", "More words than before."))
    sa.event.remove(database.engine, "before_cursor_execute", note)
    assert [(verb, len(rows)) for verb, rows in written] == [("INSERT", 1)]
    with database.reading() as session:
        query = sa.select(PageSection.heading, PageSection.words).order_by(PageSection.ordinal)
        assert session.execute(query).all() == [("Aims", 0), ("One", 1), ("Two", 4)]
