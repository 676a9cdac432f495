"""Limits of subtrees: setting them, keeping them with their pages, losing a team."""

import pytest
import sqlalchemy as sa

from tests import make
from wiki.activity.models import Event
from wiki.errors import Invalid
from wiki.pages.models import Page, PageLimit
from wiki.pages.queries.sight import limits
from wiki.pages.service import limits as service
from wiki.people.models import Team
from wiki.people.rules.rights import Limit
from wiki.storage.engine import Database

ROWS = (Limit("old", "read", "role", "reviewer"), Limit("old/deep", "write", "team", "1"))


def put(database: Database, *rows: Limit) -> None:
    with database.begin() as session:
        session.add_all(
            PageLimit(path=row.path, act=row.act, kind=row.kind, value=row.value) for row in rows
        )


def kept(database: Database) -> set[tuple[str, str, str, str]]:
    with database.reading() as session:
        return {(one.path, one.act, one.kind, one.value) for one in limits(session)}


def stand(database: Database, *paths: str) -> None:
    with database.begin() as session:
        author = make.person(session)
        for path in paths:
            make.page(session, path=path, author=author)


def test_a_limit_is_set_changed_and_lifted_and_the_diary_knows(database: Database) -> None:
    stand(database, "aims")
    with database.begin() as session:
        team = make.team(session).id
        one = [("role", "reviewer"), ("team", str(team))]
        assert service.limit(session, "aims", "read", one, now=make.NOON, actor_id=9)
        assert not service.limit(session, "aims", "read", one[::-1], now=make.NOON)
    assert kept(database) == {("aims", "read", *rule) for rule in one}
    with database.begin() as session:
        assert service.limit(session, "aims", "read", [], now=make.NOON)
        events = session.scalars(sa.select(Event).where(Event.kind == "page.limited")).all()
        page = session.scalars(sa.select(Page)).one()
    assert kept(database) == set()
    assert [(event.page_id, event.actor_id) for event in events] == [(page.id, 9), (page.id, None)]
    assert events[0].detail["after"] == ["role reviewer", f"team {team}"]
    assert events[1].detail["after"] == []


@pytest.mark.parametrize("rule", [("role", "king"), ("team", "99"), ("team", "x"), ("owner", "1")])
def test_nobody_is_let_in_by_a_rule_that_there_is_not(
    database: Database, rule: tuple[str, str]
) -> None:
    with database.begin() as session, pytest.raises(Invalid):
        service.limit(session, "aims", "read", [rule], now=make.NOON)


def test_limits_go_with_a_subtree_that_moved(database: Database) -> None:
    put(database, *ROWS, Limit("older", "read", "role", "admin"))
    stand(database, "fresh/home", "fresh/home/deep")
    with database.begin() as session:
        service.move(session, "old", "fresh/home")
    assert kept(database) == {
        ("fresh/home", "read", "role", "reviewer"),
        ("fresh/home/deep", "write", "team", "1"),
        ("older", "read", "role", "admin"),
    }


def test_limits_stay_with_pages_that_stayed_behind(database: Database) -> None:
    put(database, *ROWS)
    stand(database, "fresh", "old/deep/page")
    with database.begin() as session:
        session.execute(
            sa.update(Page).where(Page.path == "old/deep/page").values(deleted_at=make.NOON)
        )
        service.move(session, "old", "fresh")
    assert kept(database) == {
        ("fresh", "read", "role", "reviewer"),
        ("old", "read", "role", "reviewer"),
        ("old/deep", "write", "team", "1"),
    }


def test_a_page_moved_to_below_itself_is_limited_there_too(database: Database) -> None:
    put(database, ROWS[0])
    stand(database, "old/page")
    with database.begin() as session:
        service.move(session, "old", "old/page")
    assert ("old", "read", "role", "reviewer") in kept(database)


def test_two_limits_are_never_made_one(database: Database) -> None:
    put(database, ROWS[0], Limit("fresh", "read", "role", "admin"))
    stand(database, "fresh")
    with database.begin() as session, pytest.raises(Invalid, match="lift one"):
        service.move(session, "old", "fresh")


def test_limits_that_are_alike_meet_without_a_word(database: Database) -> None:
    put(database, ROWS[0], Limit("fresh", "read", "role", "reviewer"))
    stand(database, "fresh")
    with database.begin() as session:
        service.move(session, "old", "fresh")
    assert kept(database) == {("fresh", "read", "role", "reviewer")}


def test_a_deleted_team_is_dropped_and_opens_nothing(database: Database) -> None:
    with database.begin() as session:
        team = make.team(session)
        other = make.team(session, "Roads")
    put(
        database,
        Limit("alone", "read", "team", str(team.id)),
        Limit("with-others", "read", "team", str(team.id)),
        Limit("with-others", "read", "team", str(other.id)),
    )
    with database.begin() as session:
        session.delete(session.get_one(Team, team.id))
    assert kept(database) == {
        ("alone", "read", "role", "admin"),
        ("with-others", "read", "team", str(other.id)),
    }
