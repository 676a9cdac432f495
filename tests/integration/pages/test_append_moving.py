"""Pages that move, go and come back, and the addresses they leave behind."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from wiki.errors import Invalid
from wiki.pages import service
from wiki.pages.models import FormerPath, Page, PageLink, PageSection, PageTag, Revision
from wiki.pages.service import Change
from wiki.people.models import Person
from wiki.storage.engine import Database

TOMORROW = make.NOON + timedelta(days=1)


def change(page: Page, who: Person, *, kind: str = "rename", path: str | None = None) -> Change:
    return Change(page=page, text=None, author_id=who.id, made_at=TOMORROW, kind=kind, path=path)


def former(session: Session) -> dict[str, int]:
    rows = session.execute(sa.select(FormerPath.path, FormerPath.page_id))
    return {row[0]: row[1] for row in rows}


def paths(session: Session) -> dict[int, str]:
    return {
        row[0]: row[1] for row in session.execute(sa.select(Page.id, Page.path).order_by(Page.id))
    }


def test_a_page_that_moves_leaves_its_address_behind(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims")
        made = make.revision(session, page, "# Aims\n", path="goals")
        assert former(session) == {"aims": page.id}
    assert (made.kind, made.path, page.path) == ("rename", "goals", "goals")


def test_two_pages_may_swap_their_paths(database: Database) -> None:
    with database.begin() as session:
        one, two = make.page(session, path="one"), make.page(session, path="two")
        who = make.person(session)
        service.append_all(session, [change(one, who, path="two"), change(two, who, path="one")])
        assert paths(session) == {one.id: "two", two.id: "one"}
        assert former(session) == {}


def test_a_chain_of_moves_meets_nobody(database: Database) -> None:
    with database.begin() as session:
        pages = [make.page(session, path=path) for path in "abc"]
        who = make.person(session)
        moves = zip(pages, "bcd", strict=True)
        service.append_all(session, [change(page, who, path=path) for page, path in moves])
        assert list(paths(session).values()) == ["b", "c", "d"]
        assert former(session) == {"a": pages[0].id}


def test_a_page_that_goes_there_and_back_leaves_nothing_behind(database: Database) -> None:
    with database.begin() as session:
        page, who = make.page(session, path="a"), make.person(session)
        service.append_all(session, [change(page, who, path="b"), change(page, who, path="a")])
        assert former(session) == {"b": page.id}
        assert page.path == "a"


def test_a_move_to_where_a_page_lives_is_refused(database: Database) -> None:
    with database.begin() as session:
        make.page(session, path="aims")
        goals = make.page(session, path="goals").id
    with pytest.raises(Invalid, match="already a page called aims"), database.begin() as session:
        make.revision(session, session.get_one(Page, goals), "words", path="aims")
    with database.reading() as session:
        assert session.get_one(Page, goals).path == "goals"


def test_a_page_that_takes_a_former_address_ends_it(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims")
        make.revision(session, page, "# Aims\n", path="goals")
        other = make.page(session, path="aims")
        assert former(session) == {}
        make.revision(session, other, "# Other\n", path="others")
        assert former(session) == {"aims": other.id}


def test_a_deleted_page_keeps_its_history_and_loses_the_rest(database: Database) -> None:
    text = "---\ntags: youth\n---\n# Aims\n\n[[Other]]\n"
    with database.begin() as session:
        page = make.page(session, text=text)
        made = make.revision(session, page, text, kind="delete", note="Told twice")
        left = [session.scalar(sa.select(table.page_id)) for table in (PageTag, PageLink)]
        sections = session.scalar(sa.select(PageSection.page_id))
        assert page.deleted_at == made.made_at
        assert service.text_of(session, made.text_sha) == text
    assert [*left, sections] == [None, None, None]


def test_a_deleted_page_cannot_be_changed_until_it_is_back(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session)
        make.revision(session, page, "# Aims\n", kind="delete")
        with pytest.raises(Invalid, match="has been deleted"):
            make.revision(session, page, "# More\n")
        made = make.revision(session, page, "# More\n", kind="undelete")
        assert (page.deleted_at, made.number, made.kind) == (None, 3, "undelete")
        assert session.scalar(sa.select(PageSection.page_id)) == page.id


def test_a_page_made_where_one_was_deleted_goes_on_with_its_history(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims")
        make.revision(session, page, "# Aims\n", kind="delete")
        again = make.page(session, path="aims", text="# Aims again\n", made_at=TOMORROW)
        kinds = list(session.scalars(sa.select(Revision.kind).order_by(Revision.number)))
        assert again.id == page.id
    assert kinds == ["create", "delete", "undelete"]


def test_another_page_may_move_to_where_one_was_deleted(database: Database) -> None:
    with database.begin() as session:
        gone, other = make.page(session, path="aims"), make.page(session, path="goals")
        make.revision(session, gone, "# Aims\n", kind="delete")
        make.revision(session, other, "# Goals\n", path="aims")
        assert other.path == "aims"
    with pytest.raises(Invalid, match="already a page called aims"), database.begin() as session:
        make.revision(session, session.get_one(Page, gone.id), "# Aims\n", kind="undelete")


def test_one_page_goes_and_another_takes_its_place_at_once(database: Database) -> None:
    with database.begin() as session:
        gone, other = make.page(session, path="b"), make.page(session, path="a")
        who = make.person(session)
        fresh = service.blank_page(session, "a", made_at=TOMORROW)
        new = Change(page=fresh, text="# A\n", author_id=who.id, made_at=TOMORROW, kind="create")
        changes = [change(gone, who, kind="delete"), change(other, who, path="b"), new]
        service.append_all(session, changes)
        alive = sa.select(Page.path, Page.id).where(Page.deleted_at.is_(None))
        living = {row[0]: row[1] for row in session.execute(alive)}
    assert living == {"b": other.id, "a": fresh.id}


def links(session: Session) -> set[tuple[str, str, bool]]:
    rows = session.execute(sa.select(PageLink.target, PageLink.fragment, PageLink.is_wiki))
    return {(row[0], row[1], row[2]) for row in rows}


def test_links_sections_and_tags_are_those_of_the_head(database: Database) -> None:
    with database.begin() as session:
        page = make.page(
            session,
            path="en/aims",
            text="---\ntags: a, b\n---\n[[Old]] and [x](y.md).\n\n## Gone\n",
        )
        new = "---\ntags: b, c\n---\n# Aims\n\n[two](../fr/buts.md#pourquoi) [[Wanted]]\n\n## Why\n"
        make.revision(session, page, new)
        tags = list(session.scalars(sa.select(PageTag.tag).order_by(PageTag.tag)))
        sections = session.execute(sa.select(PageSection.heading, PageSection.need)).all()
        assert links(session) == {("fr/buts", "s-pourquoi", False), ("wanted", "", True)}
    assert tags == ["b", "c"]
    assert ("Why", "empty") in [tuple(row) for row in sections]
    assert "Gone" not in [row[0] for row in sections]


def test_a_page_that_moves_takes_its_relative_links_along(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, path="en/aims", text="[next](means.md)\n")
        make.revision(session, page, "[next](means.md)\n", path="old/aims")
        assert links(session) == {("old/means", "", False)}


def moment(days: int) -> datetime:
    return make.NOON + timedelta(days=days)


def test_a_page_is_derived_when_its_turn_comes(database: Database) -> None:
    with database.begin() as session:
        page, who = make.page(session, text="[[One]]\n"), make.person(session)
        later = Change(page=page, text="[[Two]]\n", author_id=who.id, made_at=moment(1))
        service.append_all(session, [later])
        assert (service.stale_count(session), links(session)) == (1, {("one", "", True)})
        assert service.derive_stale(session, limit=5) == [page.id]
        assert (service.stale_count(session), links(session)) == (0, {("two", "", True)})


def test_a_page_that_is_made_leaves_one_alone_that_is_just_brought_back_elsewhere(
    database: Database,
) -> None:
    with database.begin() as session:
        who = make.person(session)
        page = make.page(session, path="aims", text="Old words.\n")
        service.append_all(session, [change(page, who, kind="delete")])

    def write_anew() -> int:
        with database.begin() as session:
            made = service.create(
                session, "aims", "New words.\n", author_id=who.id, made_at=TOMORROW
            )
            return made.page_id

    with ThreadPoolExecutor(1) as thread:
        with database.begin() as session:
            page = session.get_one(Page, page.id)
            service.append_all(session, [change(page, who, kind="undelete", path="rescued")])
            writing = thread.submit(write_anew)
            time.sleep(0.3)  # until it waits for the page
        made = writing.result()
    assert made != page.id
    with database.reading() as session:
        assert paths(session) == {page.id: "rescued", made: "aims"}
        assert session.get_one(Page, page.id).words == 2
        assert session.get_one(Page, page.id).head_number == 3


def test_a_page_that_lives_is_not_brought_back(database: Database) -> None:
    with database.begin() as session:
        page, who = make.page(session), make.person(session)
        with pytest.raises(Invalid, match="This page is already back"):
            service.append_all(session, [change(page, who, kind="undelete")])
