"""Who sees whose figures: the one rule, for every page, file, chart and line that shows some.

Everybody always sees their own. Of others an administrator decides:

- `off`: nothing;
- `totals`: one line for all others together;
- `teams`: a line for each team of which five or more people are in the list, one's own figures
  taken out before they are counted; all others in one line;
- `facilitators`: people by name for facilitators and administrators, for others as with `teams`;
- `members`: people by name for every member.

Whoever is not signed in sees totals at most. What a program did, and imported history where it
does not count, is nobody's own: it stands in lines of its own. No line but one's own is ever so
small that somebody could be told from it: where the line of small teams holds fewer than five
people, the smallest team that was to have a line joins it, as otherwise the small ones could be
worked out from the total. Where all others are fewer than five, their line has nothing but what
follows from the totals of the page: words that stand, and revisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from wiki.authorship.rules.measures import Measures, together
from wiki.people.rules.rights import Who
from wiki.people.rules.roles import includes
from wiki.people.rules.sharing import LEVELS

FEWEST = 5
View: TypeAlias = Literal["nothing", "totals", "teams", "people"]
Source: TypeAlias = Literal["person", "program", "import"]
Kind: TypeAlias = Literal["own", "person", "team", "small", "rest", "programs", "imported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one person did, before anything is hidden; a program has no team."""

    person_id: int
    name: str
    measures: Measures
    team_id: int | None = None
    team: str = ""
    state: str = "active"
    source: Source = "person"

    @property
    def key(self) -> tuple[int, bool]:
        """Return what tells the row from all others: who, and whether it is imported history."""
        return self.person_id, self.source == "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is shown: a person by name, or people together. `holds` are the keys of its rows.

    Of few only standing words and revisions are counted.
    """

    kind: Kind
    measures: Measures
    people: int
    holds: frozenset[tuple[int, bool]]
    name: str = ""
    person_id: int | None = None
    team_id: int | None = None
    state: str = "active"
    is_few: bool = False

    @property
    def key(self) -> str:
        """Return what tells the line from the others of one list."""
        number = self.person_id if self.person_id is not None else self.team_id
        return self.kind if number is None else f"{self.kind}-{number}"


def view_of(level: str, who: Who) -> View:
    """Return how much of other people's figures `who` sees; nothing for a level there is not."""
    if level not in LEVELS or level == "off":
        return "nothing"
    if level == "totals" or who.role is None:
        return "totals"
    if level == "members" or (level == "facilitators" and includes(who.role, "facilitator")):
        return "people"
    return "teams"


def sees_person(level: str, who: Who, person_id: int) -> bool:
    """Return whether `who` may see the figures of this person by name."""
    is_own = who.role is not None and who.person_id == person_id
    return is_own or view_of(level, who) == "people"


def names_authors(level: str, who: Who) -> bool:
    """Return whether `who` is told who wrote a passage, which reviewers have to know.

    They are told no figures by it; whose revision brought the words the history says, too.
    """
    if level == "facilitators" and who.role is not None:
        return includes(who.role, "reviewer")
    return view_of(level, who) == "people"


def lines(rows: Sequence[Row], level: str, who: Who) -> list[Line]:
    """Return what `who` is shown of these rows; all of them together unless others are hidden."""
    view = view_of(level, who)
    people = [row for row in rows if row.source == "person"]
    own = [row for row in people if who.role is not None and row.person_id == who.person_id]
    others = [row for row in people if row not in own]
    shown = [_named(row, "own") for row in own]
    if view == "nothing":
        return shown
    imported = [row for row in rows if row.source == "import"]
    if view == "people":
        shown += [_named(row, "person") for row in others]
        shown += [_line("imported", imported)] if imported else []
    elif view == "teams":
        shown += _by_team(others, imported)
    else:
        shown += [_rest(others + imported)] if others or imported else []
    programs = [row for row in rows if row.source == "program"]
    return shown + ([_line("programs", programs)] if programs else [])


def _by_team(others: Sequence[Row], imported: Sequence[Row]) -> list[Line]:
    teams: dict[int, list[Row]] = {}
    small: list[Row] = []
    for row in others:
        (small if row.team_id is None else teams.setdefault(row.team_id, [])).append(row)
    groups = [("team", team) for team in teams.values()]
    groups += [("imported", list(imported))] if imported else []
    groups.sort(key=lambda group: _size(group[1]), reverse=True)
    while groups and (_size(groups[-1][1]) < FEWEST or 0 < _size(small) < FEWEST):
        small += groups.pop()[1]
    made = [
        _line("imported", group) if kind == "imported" else _team(group) for kind, group in groups
    ]
    if not small:
        return made
    return [*made, _line("small", small)] if made else [_rest(small)]


def _size(rows: Sequence[Row]) -> int:
    return len({row.person_id for row in rows})


def _named(row: Row, kind: Kind) -> Line:
    return Line(
        kind=kind,
        measures=row.measures,
        people=1,
        holds=frozenset({row.key}),
        name=row.name,
        person_id=row.person_id,
        state=row.state,
    )


def _team(rows: Sequence[Row]) -> Line:
    return Line(
        kind="team",
        measures=together(row.measures for row in rows),
        people=_size(rows),
        holds=frozenset(row.key for row in rows),
        name=rows[0].team,
        team_id=rows[0].team_id,
    )


def _rest(rows: Sequence[Row]) -> Line:
    line = _line("rest", rows)
    if line.people >= FEWEST:
        return line
    known = Measures(standing=line.measures.standing, revisions=line.measures.revisions)
    return replace(line, measures=known, is_few=True)


def _line(kind: Kind, rows: Sequence[Row]) -> Line:
    return Line(
        kind=kind,
        measures=together(row.measures for row in rows),
        people=_size(rows),
        holds=frozenset(row.key for row in rows),
    )
