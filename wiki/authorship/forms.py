"""What a browser asks of the figures of a page: of which time, and in which order."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wiki.authorship.rules.report import ORDERS, STANDARD_ORDER
from wiki.errors import Invalid
from wiki.text import tokens

FORMATS = ("csv", "json")
_LONGEST_NUMBER = 9
LONGEST_QUESTION = 1000
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, the same as typed (days year first), and by field what cannot be meant.

    `since` and `until` are moments, `number` is a revision or None for the page as it stands.
    """

    since: datetime | None = None
    until: datetime | None = None
    number: int | None = None
    order: str = STANDARD_ORDER
    is_falling: bool = True
    shows_all: bool = False
    format: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Invalid] = field(default_factory=dict)


def read_asked(sent: Mapping[str, str], zone: str) -> Asked:
    """Return what is asked for; a field that makes no sense narrows nothing."""
    errors: dict[str, Invalid] = {}
    since = _tried(errors, sent, "from", zone)
    until = _tried(errors, sent, "to", zone)
    if since is not None and until is not None and until <= since:
        errors["to"] = Invalid("The last day must not be before the first.", field="to")
        until = None
    order = sent.get("sort", "")
    order = order if order in ORDERS else STANDARD_ORDER
    way = sent.get("order", "")
    kept = ("from", "to", "revision", "sort", "order", "show")
    return Asked(
        since=since,
        until=until,
        number=_number(errors, sent.get("revision", "").strip()),
        order=order,
        is_falling=way == "down" if way in {"up", "down"} else ORDERS[order],
        shows_all=sent.get("show") == "all",
        format=sent.get("format", "") if sent.get("format") in FORMATS else "",
        query={name: value for name in kept if (value := _kept(sent, name))},
        errors=errors,
    )


def _tried(
    errors: dict[str, Invalid], sent: Mapping[str, str], name: str, zone: str
) -> datetime | None:
    """Return when the day begins, or for the last one when it has ended."""
    text = sent.get(name, "").strip()
    if not text:
        return None
    try:
        day = _day(text) + timedelta(days=int(name == "to"))
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        errors[name] = Invalid(
            "{text} is not a date. Write it like this: 2026-03-31.", text=text[:40], field=name
        )
        return None


def _kept(sent: Mapping[str, str], name: str) -> str:
    text = sent.get(name, "").strip()
    if name in {"from", "to"}:
        with suppress(ValueError):
            return _day(text).isoformat()
    return text


def _day(text: str) -> date:
    """Return the day of 2018-03-31 or, as officers write it, 31/03/2018; raise ValueError."""
    written = _DAY_FIRST.fullmatch(text)
    if written is None:
        return date.fromisoformat(text)
    return date(int(written["year"]), int(written["month"]), int(written["day"]))


def _number(errors: dict[str, Invalid], text: str) -> int | None:
    if not text:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    if is_number and int(text) > 0:
        return int(text)
    errors["revision"] = Invalid(
        "{text} is not the number of a revision.", text=text[:40], field="revision"
    )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The words that somebody asks about; `is_asked` where they can be looked for."""

    words: str = ""
    is_asked: bool = False
    errors: Mapping[str, Invalid] = field(default_factory=dict)


def read_question(sent: Mapping[str, str]) -> Question:
    """Return the question, its words in one line, or what is wrong with it."""
    if "words" not in sent:
        return Question()
    printable = (sign if sign.isprintable() else " " for sign in sent["words"])
    words = " ".join("".join(printable).split())
    if len(words) > LONGEST_QUESTION:
        error = Invalid(
            "Ask about fewer words at once, up to {count} characters.",
            count=LONGEST_QUESTION,
            field="words",
        )
        return Question(words=words[:LONGEST_QUESTION], errors={"words": error})
    if not tokens.words(words):
        error = Invalid("Type the words that you want to ask about.", field="words")
        return Question(words=words, errors={"words": error})
    return Question(words=words, is_asked=True)
