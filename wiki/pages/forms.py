"""What a browser sent, as what the queries take."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from wiki.errors import Invalid
from wiki.pages.queries import changes, history
from wiki.people.rules.rights import Limit
from wiki.people.rules.roles import ROLES
from wiki.text.paths import normal

MINOR = ("hide", "only")
LARGEST_ID = 2**31 - 1
Value = TypeVar("Value")
_NO_PLACE = "This list cannot be continued from there. Please start again."


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What a history is narrowed to, the same as typed, and by field what cannot be meant."""

    wanted: history.Wanted
    query: dict[str, Any]
    errors: dict[str, Invalid] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangesFilter:
    """What the changes are narrowed to, the same as typed, and by field what cannot be meant."""

    wanted: changes.Wanted
    query: dict[str, Any]
    errors: dict[str, Invalid] = field(default_factory=dict)


def read_history_filter(sent: Mapping[str, str], zone: str) -> HistoryFilter:
    """Return what the history is narrowed to; a field that makes no sense narrows nothing.

    Raise Invalid where the place in the list makes no sense.
    """
    errors: dict[str, Invalid] = {}
    wanted = history.Wanted(
        author_id=_tried(errors, lambda: _number(sent, "author")),
        since=_tried(errors, lambda: _day(sent, "since", zone)),
        until=_tried(errors, lambda: _day(sent, "until", zone, whole=True)),
        before=_number(sent, "before"),
        after=_number(sent, "after"),
    )
    return HistoryFilter(wanted, _kept(sent, "author", "since", "until"), errors)


def read_changes_filter(sent: Mapping[str, str], zone: str) -> ChangesFilter:
    """Return what the changes are narrowed to; a field that makes no sense narrows nothing.

    Raise Invalid where the place in the list makes no sense.
    """
    errors: dict[str, Invalid] = {}
    minor = sent.get("minor", "")
    wanted = changes.Wanted(
        author_id=_tried(errors, lambda: _number(sent, "author")),
        team_id=_tried(errors, lambda: _number(sent, "team")),
        under=_tried(errors, lambda: _under(sent.get("under", "").strip())) or "",
        since=_tried(errors, lambda: _day(sent, "since", zone)),
        until=_tried(errors, lambda: _day(sent, "until", zone, whole=True)),
        minor=minor if minor in MINOR else "",
        restored=bool(sent.get("restored")),
        before=_place(sent.get("before", "")),
    )
    kept = _kept(sent, "author", "team", "under", "since", "until", "minor", "restored")
    return ChangesFilter(wanted, kept, errors)


def _tried(errors: dict[str, Invalid], read: Callable[[], Value]) -> Value | None:
    """Return what `read` gives, or None where it refuses; why is then in `errors`."""
    try:
        return read()
    except Invalid as refused:
        errors[refused.field] = refused
        return None


def _under(text: str) -> str:
    """Return the path that somebody typed, as it is stored."""
    path = normal(text)
    if text.strip("/") and not path:
        raise Invalid("A page cannot be called {text}.", text=text[:40], field="under")
    return path


def place_after(sitting: changes.Sitting) -> str:
    """Return the place in the list after `sitting`, as it stands in an address."""
    return f"{sitting.ended_at.timestamp():.6f}-{sitting.revision_id}"


def _place(text: str) -> tuple[datetime, int] | None:
    if not text:
        return None
    moment, _, number = text.partition("-")
    try:
        place = datetime.fromtimestamp(float(moment), UTC), int(number)
    except (ValueError, OverflowError, OSError) as error:
        raise Invalid(_NO_PLACE) from error
    if not 0 < place[1] <= LARGEST_ID:
        raise Invalid(_NO_PLACE)
    return place


def _kept(sent: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {name: value for name in names if (value := sent.get(name, "").strip())}


def _number(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(2**31)) - 1:
        raise Invalid("{text} is not one of the choices.", text=text[:40], field=name)
    return int(text)


def _day(sent: Mapping[str, str], name: str, zone: str, *, whole: bool = False) -> datetime | None:
    """Return when the day begins in the reader's zone, or with `whole` when it has ended."""
    text = sent.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=int(whole))
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            "{text} is not a date. Write it like this: 2026-03-31.", text=text[:40], field=name
        ) from error


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the form of one limit: the lowest role, "" for no limit, and teams."""

    role: str = ""
    teams: tuple[str, ...] = ()

    @classmethod
    def read(cls, sent: MultiDict[str, str], act: str) -> "Chosen":
        """Return what was sent for this act."""
        return cls(sent.get(f"{act}-role", ""), tuple(sent.getlist(f"{act}-teams")))


def chosen_rules(rows: Collection[Limit]) -> Chosen:
    """Return the limits of one path and act as they stand in the form."""
    roles = [row.value for row in rows if row.kind == "role"]
    teams = tuple(row.value for row in rows if row.kind == "team")
    lowest = min(roles, key=ROLES.index, default="admin" if teams else "")
    return Chosen(lowest, teams)


def read_rules(chosen: Chosen, act: str) -> list[tuple[str, str]]:
    """Return pairs of kind and value, none for no limit; raise Invalid for what means nothing."""
    if chosen.role not in {"", *ROLES}:
        raise Invalid("Choose one from the list.", field=f"{act}-role")
    if chosen.teams and not chosen.role:
        raise Invalid(
            "You chose teams but no limit. Choose who else can, or take the teams away.",
            field=f"{act}-role",
        )
    if chosen.role in {"", "member"}:  # of whatever team
        return [("role", chosen.role)] if chosen.role else []
    teams = [("team", team) for team in chosen.teams]
    return teams if teams and chosen.role == "admin" else [("role", chosen.role), *teams]
