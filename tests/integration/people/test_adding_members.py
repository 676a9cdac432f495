"""Adding members one by one, and importing lists of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests import make
from wiki.activity.models import Event
from wiki.errors import Invalid, NotFound
from wiki.people import commands, queries, service
from wiki.people.models import Person, PersonAddress, SignIn, SignInLink, Team
from wiki.people.rules.list_report import ImportReport
from wiki.storage.engine import Database

NOW = make.NOON
LIST = (
    "name,email,team,signed_up\r\n"
    "Ana Lopez,Ana@Example.org,Housing,2025-01-31\r\n"
    "Bo Chen,bo@example.org,Planning,2025-02-01\r\n"
    "Nobody,,Planning,2025-02-01\r\n"
    "Cy Reid,cy@example.org,housing,\r\n"
)


def _import(database: Database, text: str) -> ImportReport:
    with database.begin() as session:
        return service.import_people(session, text, now=NOW)


def _rows(database: Database) -> dict[str, queries.MemberRow]:
    with database.reading() as session:
        return {row.email: row for row in queries.everybody(session)}


def _kinds(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Event.kind).order_by(Event.id)))


def _states(database: Database) -> set[tuple[object, ...]]:
    with database.reading() as session:
        return {
            (person.id, person.name, person.team_id, person.signed_up_at, person.role)
            for person in session.scalars(sa.select(Person))
        }


def test_adding_a_member_twice_changes_nothing(database: Database) -> None:
    with database.begin() as session:
        first = service.add(session, "Ana@Example.org", name="Ana", team="Housing", now=NOW)
    with database.begin() as session:
        again = service.add(session, "ana@example.org", name="Ana", team="housing", now=NOW)
    assert (first.outcome, again.outcome) == ("added", "unchanged")
    assert first.person_id == again.person_id
    assert _kinds(database) == ["person.added"]


def test_adding_a_known_member_changes_only_what_is_said(database: Database) -> None:
    with database.begin() as session:
        service.add(session, "ana@example.org", name="Ana", team="Housing", now=NOW)
        changed = service.add(session, "ana@example.org", role="admin", now=NOW)
    row = _rows(database)["ana@example.org"]
    assert (changed.outcome, row.name, row.team, row.role) == ("changed", "Ana", "Housing", "admin")
    assert _kinds(database) == ["person.added", "person.role_changed"]


def test_a_new_member_needs_a_name(database: Database) -> None:
    with database.begin() as session, pytest.raises(Invalid):
        service.add(session, "ana@example.org", now=NOW)


def test_a_list_is_taken_and_its_bad_lines_are_reported(database: Database) -> None:
    report = _import(database, LIST)
    assert (report.added, report.changed, report.unchanged) == (3, 0, 0)
    assert [line.number for line in report.refused] == [4]
    rows = _rows(database)
    assert rows["ana@example.org"].signed_up_at == datetime(2025, 1, 31, tzinfo=UTC)
    assert rows["cy@example.org"].team == "Housing"
    assert rows["cy@example.org"].signed_up_at == NOW


def test_importing_the_same_list_again_changes_nothing(database: Database) -> None:
    _import(database, LIST)
    before = _states(database)
    events = _kinds(database)
    report = _import(database, LIST)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 3)
    assert _states(database) == before
    assert _kinds(database) == events


def test_a_list_changes_only_what_it_says(database: Database) -> None:
    _import(database, LIST)
    report = _import(database, "role,email,name\nreviewer,bo@example.org,Bo Li\n")
    row = _rows(database)["bo@example.org"]
    assert (report.changed, row.name, row.role, row.team) == (1, "Bo Li", "reviewer", "Planning")
    assert row.signed_up_at == datetime(2025, 2, 1, tzinfo=UTC)


def test_an_author_of_an_imported_history_becomes_active_by_the_list(database: Database) -> None:
    with database.begin() as session:
        known = service.author_of_history(session, name="ana", email="ANA@example.org", now=NOW)
        again = service.author_of_history(session, name="Ana", email="ana@example.org", now=NOW)
    assert known == again
    assert _rows(database)["ana@example.org"].state == "imported"
    report = _import(database, LIST)
    row = _rows(database)["ana@example.org"]
    assert (report.added, report.changed) == (2, 1)
    assert (row.id, row.state, row.name) == (known, "active", "Ana Lopez")
    assert row.signed_up_at == datetime(2025, 1, 31, tzinfo=UTC)


def test_another_address_of_an_author_becomes_the_one_for_letters(database: Database) -> None:
    with database.begin() as session:
        known = service.author_of_history(session, name="Ana", email="ana@old.example", now=NOW)
        session.add(PersonAddress(email="ana@example.org", person_id=known))
    _import(database, LIST)
    assert _rows(database)["ana@example.org"].id == known
    with database.begin() as session:
        assert (
            service.author_of_history(session, name="A", email="ana@old.example", now=NOW) == known
        )


def test_authors_with_odd_addresses_are_kept_apart(database: Database) -> None:
    with database.begin() as session:
        ids = {
            service.author_of_history(session, name=name, email=email, now=NOW)
            for name, email in [("Ana", ""), ("Bo", ""), ("", "x"), ("A\nB", "(none)\x00")]
        }
    assert len(ids) == 4
    assert {row.name for row in _rows(database).values()} == {"Ana", "Bo", "x", "A B"}


def test_a_list_does_not_bring_back_who_was_shut_out(database: Database) -> None:
    _import(database, LIST)
    person_id = _rows(database)["bo@example.org"].id
    with database.begin() as session:
        service.deactivate(session, person_id, now=NOW)
    report = _import(database, LIST)
    assert [(line.number, str(line)) for line in report.refused] == [
        (3, "This member was deactivated."),
        (4, "Enter one e-mail address, such as name@example.org."),
    ]
    assert _rows(database)["bo@example.org"].state == "deactivated"


def test_the_only_administrator_stays_one(database: Database) -> None:
    with database.begin() as session:
        service.add(session, "ana@example.org", name="Ana", role="admin", now=NOW)
    report = _import(database, "name,email,role\nAna,ana@example.org,member\n")
    assert "only administrator" in str(report.refused[0])
    assert _rows(database)["ana@example.org"].role == "admin"


def test_a_member_who_is_shut_out_keeps_no_way_in(database: Database) -> None:
    with database.begin() as session:
        person = make.person(session)
        make.sign_in(session, person)
        service.make_link(session, person.id, now=NOW)
        service.deactivate(session, person.id, now=NOW)
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(SignIn.id))) == 0
        assert session.scalars(sa.select(SignInLink)).one().spent_at == NOW
    with database.begin() as session, pytest.raises(NotFound):
        service.active_member(session, person.email)


def test_a_thousand_lines_are_taken_at_once(database: Database) -> None:
    lines = "".join(f"Member {n},m{n}@example.org,Team {n % 7}\n" for n in range(1200))
    report = _import(database, "name,email,team\n" + lines)
    assert report.added == 1200
    assert _import(database, "name,email,team\n" + lines).unchanged == 1200
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Team.id))) == 7


def _run(database: Database, *words: str, typed: str = "") -> tuple[int, str]:
    group = commands.wiki if words[0] == "wiki" else commands.people
    result = CliRunner().invoke(group, list(words[1:]), obj=database, input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_an_author_of_a_history_is_said_to_need_adding_first(database: Database) -> None:
    with database.begin() as session:
        service.author_of_history(session, name="Bo Author", email="bo@example.org", now=NOW)
    with pytest.raises(NotFound) as refused, database.begin() as session:
        service.active_member(session, "Bo@example.org")
    assert str(refused.value) == (
        "Bo Author is known only from an imported history. Add them first: "
        "manyhands people add bo@example.org"
    )


def test_a_password_is_asked_for_only_for_a_member(database: Database) -> None:
    with pytest.raises(NotFound, match="no active member"):
        _run(database, "people", "password", "eve@example.org", typed="")


def test_commands_say_what_they_did_in_their_last_line(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(b"\xef\xbb\xbf" + LIST.replace("\r\n", ",x\r\n").encode())
    ran = [
        _run(database, "people", "add", "di@example.org", "--name", "Di Roe", "--role", "admin"),
        _run(database, "people", "add", "di@example.org"),
        _run(database, "people", "import", str(file)),
        _run(database, "people", "password", "di@example.org", "--stdin", typed="kettle viola 7\n"),
        _run(database, "people", "list"),
        _run(database, "wiki", "set", "name", "Our strategy"),
    ]
    # A list of which some lines were refused is neither well nor ill.
    assert [code for code, _ in ran] == [0, 0, 3, 0, 0, 0]
    assert [output.splitlines()[-1] for _, output in ran] == [
        "Di Roe was added.",
        "Di Roe was here already.",
        "3 members added, 0 changed, 0 unchanged, 1 line refused.",
        "Di Roe has a new password.",
        "4 members.",
        "name is now: Our strategy",
    ]
    assert "readers: everybody" in _run(database, "wiki", "show")[1].splitlines()
    assert "Line 4 was refused: Enter one e-mail address" in ran[2][1]
    assert "kettle" not in "".join(output for _, output in ran)


def test_commands_can_be_read_by_programs(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(LIST, encoding="utf-8")
    report = json.loads(_run(database, "people", "import", str(file), "--json")[1])
    assert report["added"] == 3
    assert report["refused"] == [
        {"line": 4, "reason": "Enter one e-mail address, such as name@example.org."}
    ]
    listed = json.loads(_run(database, "people", "list", "--json")[1])
    assert {row["email"] for row in listed} >= {"ana@example.org", "cy@example.org"}
    link = json.loads(_run(database, "people", "link", "ana@example.org", "--json")[1])
    assert link["url"].startswith("http://wiki.example.org/sign-in/link/")


def test_a_setting_of_the_wiki_is_checked_and_noted_once(database: Database) -> None:
    with database.begin() as session:
        service.set_wiki(session, "readers", "members", now=NOW)
        service.set_wiki(session, "readers", "members", now=NOW)
        for key, value in [
            ("readers", "robots"),
            ("name", " "),
            ("name", "x" * 81),
            ("colour", "red"),
        ]:
            with pytest.raises(Invalid):
                service.set_wiki(session, key, value, now=NOW)
    with database.reading() as session:
        settings = queries.wiki_settings(session)
    assert (settings.name, settings.readers, settings.is_open) == ("Manyhands", "members", False)
    assert _kinds(database) == ["wiki.setting_changed"]
