"""Reading a list of members from a spreadsheet saved as CSV."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from wiki.errors import Invalid, TooLarge, WikiError
from wiki.people.rules.names import address, person_name, team_name
from wiki.people.rules.roles import ROLES

COLUMNS = ("name", "email", "team", "signed_up", "role")
NEEDED = ("name", "email")
# Other names of columns, without blanks and hyphens.
_ALSO = {"emailaddress": "email", "signedup": "signed_up"}
LONGEST_CHARACTERS = 5_000_000
_SEPARATORS = (",", ";", "\t")
_SHOWN_COLUMNS = 10
_SHOWN_LETTERS = 200
_NO_WORDS = re.compile(r"[\s_-]+")
# As people write it here. Which of two numbers is the day is never guessed: it is the first.
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(.*)", re.ASCII)
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line says about one member; None where it says nothing."""

    number: int
    name: str
    email: str
    team: str | None = None
    signed_up_at: datetime | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken, and why; the number is the one an editor shows."""

    number: int
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says: good lines, refused lines, and columns nobody knows."""

    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]


def decoded(content: bytes) -> str:
    """Return the text of a file; raise Invalid if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            "The file is not UTF-8. In your spreadsheet program choose “CSV UTF-8” when saving.",
            field="file",
        ) from error


def read_sheet(text: str, *, now: datetime) -> Sheet:
    """Return what the CSV `text` says, every line either taken or refused with its number.

    Raises Invalid when there is no line with the needed column names, TooLarge over a limit.
    """
    if len(text) > LONGEST_CHARACTERS:
        raise TooLarge("The file is too large to be a list of members.", field="file")
    rows = _rows(text.removeprefix("\ufeff"))
    columns = _columns(rows)
    lines: list[Line] = []
    refused: list[Refused] = []
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        if isinstance(cells, csv.Error):
            refused.append(Refused(number, _why_unreadable(cells)))
            continue
        try:
            line = _line(number, columns, cells, now)
            _refuse_second(line, first_seen)
        except WikiError as error:
            refused.append(Refused(number, error.sentence, error.values))
            continue
        lines.append(line)
    unknown = tuple(name for name in columns if name and name not in COLUMNS)
    return Sheet(tuple(lines), tuple(refused), unknown)


def _rows(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row that is not empty, with the number of its first line."""
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, error
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(rows: Iterator[tuple[int, list[str] | csv.Error]]) -> list[str]:
    number, head = next(rows, (1, []))
    names = [] if isinstance(head, csv.Error) else [_column(name) for name in head]
    if any(names.count(needed) != 1 for needed in NEEDED):
        raise Invalid(
            "Line {number} should name the columns, at least name and email, each once. "
            "It says: {names}.",
            field="file",
            number=number,
            names=", ".join(names[:_SHOWN_COLUMNS])[:_SHOWN_LETTERS] or "nothing",
        )
    return names


def _column(written: str) -> str:
    """Return what a column is called here, or, if nobody knows it, as it is written."""
    name = written.strip().casefold()
    short = _NO_WORDS.sub("", name)
    known = _ALSO.get(short, short)
    return known if known in COLUMNS else name


def _line(number: int, columns: list[str], cells: list[str], now: datetime) -> Line:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise Invalid("There are more cells than columns.")
    said = {
        name: cell.strip()
        for name, cell in zip(columns, cells, strict=False)
        if name in COLUMNS and cell.strip()
    }
    return Line(
        number=number,
        name=person_name(said.get("name", "")),
        email=address(said.get("email", "")),
        team=team_name(said["team"]) if "team" in said else None,
        signed_up_at=_moment(said["signed_up"], now) if "signed_up" in said else None,
        role=_role(said["role"]) if "role" in said else None,
    )


def _moment(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(_DAY_FIRST.sub(_year_first, text))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            "“{text}” is not a date. Write it like 31/03/2026 or 2026-03-31.", text=text[:40]
        ) from error
    if not EARLIEST <= moment <= now + timedelta(days=1):
        raise Invalid("The date {text} cannot be right.", text=text[:40])
    return moment


def _year_first(written: re.Match[str]) -> str:
    day, _, month, year, rest = written.groups()
    return f"{year}-{month:0>2}-{day:0>2}{rest}"


def _role(text: str) -> str:
    role = text.casefold()
    if role not in ROLES:
        raise Invalid(
            "“{text}” is not a role. Use one of: {roles}.", text=text[:40], roles=", ".join(ROLES)
        )
    return role


def _refuse_second(line: Line, first_seen: dict[str, int]) -> None:
    first = first_seen.setdefault(line.email, line.number)
    if first != line.number:
        raise Invalid("This address stands on line {first} already.", first=first)


def _why_unreadable(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "A quotation mark opens here and never closes; nothing after it could be read."
    if "field larger" in str(error):
        return "A cell is far too long."
    return "The quotation marks do not match."
