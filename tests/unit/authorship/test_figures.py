"""Who sees whose figures: the whole table of levels, people who ask and people asked about."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wiki.authorship.rules.figures import Line, Row, lines, names_authors, sees_person, view_of
from wiki.authorship.rules.measures import Measures
from wiki.people.rules.rights import NOBODY, Who
from wiki.people.rules.sharing import LEVELS, STANDARD

BIG, SMALL = 1, 2
ASKERS = {
    "nobody": NOBODY,
    "member": Who(50, "member", BIG),
    "reviewer": Who(51, "reviewer", SMALL),
    "facilitator": Who(52, "facilitator", None),
    "admin": Who(53, "admin", None),
}
# n: nothing, T: totals, t: teams, p: people. In the order of the askers.
TABLE = {
    "off": "nnnnn",
    "totals": "TTTTT",
    "teams": "Ttttt",
    "facilitators": "Tttpp",
    "members": "Tpppp",
    "a level there is not": "nnnnn",
}
NOW = datetime(2026, 3, 2, tzinfo=UTC)
FULL = Measures(
    standing=3, written=5, revisions=2, sittings=1, minor=1, added=4, removed=1, first_at=NOW
)
WORDS = {"n": "nothing", "T": "totals", "t": "teams", "p": "people"}


def row(person_id: int, team_id: int | None = None, *, words: int = 1, **facts: object) -> Row:
    """Return somebody's row; the words say whose it is."""
    return Row(
        person_id=person_id,
        name=f"Name {person_id}",
        measures=Measures(standing=words, revisions=1),
        team_id=team_id,
        team=f"Team {team_id}" if team_id else "",
        **facts,  # type: ignore[arg-type]  # what the row takes
    )


def people(count: int, team_id: int | None, start: int) -> list[Row]:
    return [row(start + number, team_id) for number in range(count)]


def told(shown: list[Line]) -> list[tuple[str, int]]:
    return [(line.kind, line.people) for line in shown]


@pytest.mark.parametrize("level", TABLE)
@pytest.mark.parametrize("asker", ASKERS)
def test_how_much_of_others_is_seen(level: str, asker: str) -> None:
    letter = TABLE[level][list(ASKERS).index(asker)]
    assert view_of(level, ASKERS[asker]) == WORDS[letter]


@pytest.mark.parametrize("level", TABLE)
@pytest.mark.parametrize("asker", ASKERS)
def test_who_is_told_who_wrote_a_passage(level: str, asker: str) -> None:
    """Whoever sees people, and reviewers where facilitators do."""
    sees_people = TABLE[level][list(ASKERS).index(asker)] == "p"
    is_told = sees_people or (level, asker) == ("facilitators", "reviewer")
    assert names_authors(level, ASKERS[asker]) == is_told


def test_every_level_stands_in_the_table_and_the_standard_one_is_among_them() -> None:
    assert set(LEVELS) < set(TABLE)
    assert STANDARD in LEVELS


@pytest.mark.parametrize("level", TABLE)
@pytest.mark.parametrize("asker", ASKERS)
def test_whose_name_stands_with_figures(level: str, asker: str) -> None:
    """Each level, each who asks, each whose row: own, of a large team, of a small one, no team."""
    who = ASKERS[asker]
    rows = [*people(7, BIG, 100), *people(6, SMALL, 200), *people(2, None, 300)]
    own = row(who.person_id, who.team_id) if who.person_id else None
    shown = lines([*rows, own] if own else rows, level, who)
    named = {line.person_id for line in shown if line.name and line.kind in {"own", "person"}}
    everybody = {one.person_id for one in rows} | ({own.person_id} if own else set())
    sees_people = TABLE[level][list(ASKERS).index(asker)] == "p"
    assert named == (everybody if sees_people else {own.person_id} if own else set())
    for one in everybody:
        assert sees_person(level, who, one) == (one in named)
    text = repr([line for line in shown if line.kind != "own"])
    assert ("Name" in text) == sees_people
    may_see_teams = TABLE[level][list(ASKERS).index(asker)] == "t"
    assert ("Team" in text) == may_see_teams


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "off"])
@pytest.mark.parametrize("asker", ASKERS)
def test_nobody_is_left_out_or_counted_twice(level: str, asker: str) -> None:
    who = ASKERS[asker]
    rows = [
        *people(7, BIG, 100),
        *people(3, SMALL, 200),
        row(300, words=900, source="program"),
        row(400, BIG, source="import"),
        row(100, BIG, words=30, source="import"),
    ]
    shown = lines(rows, level, who)
    held = [key for line in shown for key in line.holds]
    assert sorted(held) == sorted(one.key for one in rows)
    assert sum(line.measures.standing for line in shown) == sum(r.measures.standing for r in rows)


def test_where_figures_are_off_one_sees_ones_own() -> None:
    shown = lines([row(50, BIG, words=12), *people(9, BIG, 100)], "off", ASKERS["member"])
    assert [(line.kind, line.measures.standing) for line in shown] == [("own", 12)]
    assert lines(people(9, BIG, 100), "off", NOBODY) == []


TEAMS = [
    # Teams by size, people without a team, and the lines that come of it.
    ([5], 0, [("team", 5)]),
    ([4], 0, [("rest", 4)]),
    ([9, 5], 0, [("team", 9), ("team", 5)]),
    # The small ones together are five: they can stand in a line of their own.
    ([9, 3, 2], 0, [("team", 9), ("small", 5)]),
    # They would be three, which is the total less the two others: the smaller of those joins.
    ([9, 6, 3], 0, [("team", 9), ("small", 9)]),
    ([9, 6], 1, [("team", 9), ("small", 7)]),
    # Nothing is left to stand apart.
    ([6, 2], 0, [("rest", 8)]),
    ([], 3, [("rest", 3)]),
    ([], 0, []),
]


@pytest.mark.parametrize(("sizes", "without", "wanted"), TEAMS)
def test_no_line_holds_fewer_than_five_unless_it_is_all_of_them(
    sizes: list[int], without: int, wanted: list[tuple[str, int]]
) -> None:
    rows = people(without, None, 1)
    for number, size in enumerate(sizes, start=1):
        rows += people(size, number, number * 100)
    assert told(lines(rows, "teams", ASKERS["member"])) == wanted


@pytest.mark.parametrize("level", ["totals", "teams"])
@pytest.mark.parametrize("count", [1, 2, 4, 5, 6])
def test_of_few_only_what_follows_from_the_totals_is_counted(level: str, count: int) -> None:
    own = row(50, BIG)
    rest = [replace(one, measures=FULL) for one in people(count, SMALL if count < 5 else None, 1)]
    for rows in ([own, *rest], rest):
        line = lines(rows, level, ASKERS["member"])[-1]
        assert (line.kind, line.people, line.is_few) == ("rest", count, count < 5)
        known = (line.measures.standing, line.measures.revisions)
        assert known == (count * 3, count * 2)
        assert (line.measures == Measures(standing=known[0], revisions=known[1])) == line.is_few
    named = lines(rest, "members", ASKERS["member"])
    assert not [line for line in named if line.is_few or line.measures != FULL]


def test_ones_own_team_is_counted_without_oneself() -> None:
    rows = [row(50, BIG), *people(4, BIG, 100), *people(8, SMALL, 200)]
    shown = lines(rows, "teams", ASKERS["member"])
    assert told(shown) == [("own", 1), ("rest", 12)]


def test_imported_history_that_stands_apart_is_never_a_line_of_few() -> None:
    few = [row(one, source="import") for one in (1, 2)]
    many = [row(one, source="import") for one in range(1, 8)]
    team = people(6, BIG, 100)
    assert told(lines([*team, *few], "teams", ASKERS["member"])) == [("rest", 8)]
    assert told(lines([*team, *many], "teams", ASKERS["member"])) == [("imported", 7), ("team", 6)]
    assert told(lines([*team, *few], "members", ASKERS["member"]))[-1] == ("imported", 2)


def test_programs_stand_together_and_are_nobody() -> None:
    rows = [row(1, source="program"), row(2, source="program"), row(50, BIG)]
    for level in ("totals", "teams", "members"):
        shown = lines(rows, level, ASKERS["member"])
        assert told(shown) == [("own", 1), ("programs", 2)]
        assert shown[1].name == ""


def test_every_line_of_a_list_has_its_own_key() -> None:
    rows = [*people(7, BIG, 100), *people(6, SMALL, 200), row(50), row(9, source="program")]
    for level in LEVELS:
        keys = [line.key for line in lines(rows, level, ASKERS["member"])]
        assert len(set(keys)) == len(keys)
