"""Rights are asked once more where the writing is done, of what holds by then."""

import pytest
import sqlalchemy as sa

from tests import make
from wiki.errors import NotAllowed, NotFound
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.writing.service.judging import need


def limit(database: Database, act: str, path: str = "aims") -> None:
    with database.begin() as session:
        session.add(PageLimit(path=path, act=act, kind="role", value="facilitator"))


def test_each_place_is_asked_of_as_it_is_limited_now(database: Database, page: Page) -> None:
    with database.begin() as session:
        writer = make.person(session).id
        need(session, writer, "rename", page.path, "goals")
    limit(database, "write", "goals")
    with database.begin() as session:
        need(session, writer, "rename", page.path)
        with pytest.raises(NotAllowed, match="not change it"):
            need(session, writer, "rename", page.path, "goals/first")
    limit(database, "read")
    with database.begin() as session, pytest.raises(NotFound, match="no page at aims"):
        need(session, writer, "write", page.path)


def test_who_was_deactivated_or_became_less_may_not(database: Database, page: Page) -> None:
    with database.begin() as session:
        person = make.person(session, role="facilitator")
        need(session, person.id, "delete", page.path)
        person.role = "member"
        session.flush()
        with pytest.raises(NotAllowed, match="Only facilitators can do this"):
            need(session, person.id, "delete", page.path)
        session.execute(sa.update(Person).values(state="deactivated"))
        with pytest.raises(NotFound):
            need(session, person.id, "write", page.path)


def test_the_only_author_of_a_page_may_delete_it_until_others_wrote(database: Database) -> None:
    with database.begin() as session:
        author = make.person(session)
        page = make.page(session, author=author)
        need(session, author.id, "delete", page.path, page_id=page.id)
        make.revision(session, page, "# Aims\n\nTo listen.\n")
        with pytest.raises(NotAllowed):
            need(session, author.id, "delete", page.path, page_id=page.id)
