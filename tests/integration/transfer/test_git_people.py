"""The authors of a history, and the members of the wiki."""

from datetime import timedelta

import sqlalchemy as sa

from tests import make
from tests.integration.transfer.conftest import Bring, Story
from tests.integration.transfer.histories import ADA, History
from wiki.people import service as people
from wiki.people.models import Person, PersonAddress
from wiki.storage.engine import Database

MAILMAP = "Ada Patel <ada@example.org> <ada@old.example.org>\n"


def everybody(database: Database) -> list[tuple[str, str, str]]:
    query = sa.select(Person.name, Person.email, Person.state).order_by(Person.email)
    with database.reading() as session:
        return [(row[0], row[1], row[2]) for row in session.execute(query)]


def test_authors_become_members_who_have_not_signed_up(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n", author="Ada Patel <Ada@Example.ORG>")
    history.save("aims.md", "Two\n", author="Ada Patel <ada@example.org>")
    bring()
    assert everybody(database) == [("Ada Patel", "ada@example.org", "imported")]
    with database.reading() as session:
        person = session.scalars(sa.select(Person)).one()
    assert (person.signed_up_at, person.password_hash, person.role) == (None, None, "member")


def test_two_addresses_of_one_person_are_one_author(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.save("aims.md", "One\n", author="ada <ada@old.example.org>")
    history.save("aims.md", "Two\n", author=ADA)
    bring(people=MAILMAP)
    assert {line[2] for line in story()["aims"]} == {"ada@example.org"}
    assert everybody(database) == [("Ada Patel", "ada@example.org", "imported")]
    with database.reading() as session:
        assert session.scalar(sa.select(PersonAddress.email)) == "ada@old.example.org"


def test_an_address_once_known_is_known_without_the_mapping(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n", author="ada <ada@old.example.org>")
    bring(people=MAILMAP)
    history.save("aims.md", "Two\n", author="Ada P <ada@old.example.org>")
    bring()
    assert everybody(database) == [("Ada P", "ada@example.org", "imported")]


def test_a_mapping_that_comes_late_adds_no_second_person(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n", author="ada <ada@old.example.org>")
    bring()
    history.save("aims.md", "Two\n", author=ADA)
    bring(people=MAILMAP)
    history.save("aims.md", "Three\n", author="ada <ada@old.example.org>")
    bring(people=MAILMAP)
    assert everybody(database) == [("Ada Patel", "ada@old.example.org", "imported")]


def test_the_name_used_last_is_the_name(history: History, bring: Bring, database: Database) -> None:
    history.save("aims.md", "One\n", author="ada99 <ada@example.org>")
    history.save("aims.md", "Two\n", author="Ada Patel <ada@example.org>")
    bring()
    assert everybody(database)[0][0] == "Ada Patel"


def test_a_member_is_the_author_and_keeps_the_name_they_chose(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    with database.begin() as session:
        make.person(session, name="Dr Patel", email="ada@example.org", role="admin")
    history.save("aims.md", "One\n")
    report = bring()
    assert everybody(database) == [("Dr Patel", "ada@example.org", "active")]
    assert (report.people_made, report.authors) == (0, 1)
    assert story()["aims"][0][2] == "ada@example.org"


def test_an_imported_author_who_signs_up_has_their_revisions(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n")
    bring()
    with database.begin() as session:
        added = people.add(session, "ada@example.org", now=make.NOON + timedelta(days=31))
    assert (added.outcome, everybody(database)[0][2]) == ("changed", "active")
    history.save("aims.md", "Two\n", author="other name <ada@example.org>")
    bring()
    assert everybody(database) == [("Ada Patel", "ada@example.org", "active")]


def test_an_author_without_address_gets_one_that_leads_nowhere(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n", author="Ada Patel <>")
    bring()
    assert everybody(database) == [("Ada Patel", "ada-patel@imported.invalid", "imported")]


def test_who_changed_no_page_is_no_member(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "One\n")
    history.save("code.py", "print()\n", author="Coder <coder@example.org>")
    history.save("odd.md", b"\xff", author="Odd <odd@example.org>")
    bring()
    assert [row[1] for row in everybody(database)] == ["ada@example.org"]
