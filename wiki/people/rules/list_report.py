"""What a list of members does, counted, named, and sealed so that nothing else is done."""

from dataclasses import dataclass
from hashlib import blake2b

from wiki.people.rules.roles import ROLES, raises
from wiki.people.rules.sheet import Refused


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody whom a list adds; the team is "" for none."""

    name: str
    email: str
    team: str
    role: str

    @property
    def is_raised(self) -> bool:
        """Return whether they may do more than a member."""
        return raises(ROLES[0], self.role)


@dataclass(frozen=True, slots=True)
class Changed:
    """A member whom a list changes: each fact by its name, as it was and as it is; "" for none."""

    name: str
    email: str
    facts: tuple[tuple[str, str, str], ...]

    @property
    def is_raised(self) -> bool:
        """Return whether they may do more than before."""
        return any(fact == "role" and raises(before, after) for fact, before, after in self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What becomes of each line of a list, whether it was done or is only looked at."""

    new: tuple[NewMember, ...]
    changes: tuple[Changed, ...]
    unchanged: int
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]
    new_teams: tuple[str, ...]

    @property
    def added(self) -> int:
        """Return how many members are new."""
        return len(self.new)

    @property
    def changed(self) -> int:
        """Return how many members are changed."""
        return len(self.changes)

    @property
    def is_nothing(self) -> bool:
        """Return whether everything is as the list says already."""
        return not (self.new or self.changes or self.new_teams)

    @property
    def raised(self) -> tuple[NewMember | Changed, ...]:
        """Return who may do more afterwards than before, or than a member."""
        everybody: tuple[NewMember | Changed, ...] = (*self.changes, *self.new)
        return tuple(one for one in everybody if one.is_raised)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many members are called otherwise, go to another team, get another role."""
        said = [fact for one in self.changes for fact, _, _ in one.facts]
        return {fact: said.count(fact) for fact in ("name", "team", "role")}

    @property
    def seal(self) -> str:
        """Return a sign of all this: equal only where the same would be done."""
        refused = [(line.number, str(line)) for line in self.refused]
        said = repr((self.new, self.changes, self.new_teams, self.unchanged, refused))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
