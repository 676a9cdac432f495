"""What the lines of a report are called, and what its charts tell, in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext, ngettext

from wiki.authorship.rules.figures import Line
from wiki.authorship.rules.report import Shown
from wiki.web.language import language


def name_of(line: Line, *, is_alone: bool = False) -> str:
    """Return what the line is called; alone are all people together."""
    if line.kind == "rest" and is_alone:
        return str(ngettext("One person", "All %(num)s people", line.people))
    if line.kind == "team":
        return str(gettext("%(name)s, %(count)s people", name=line.name, count=line.people))
    names: dict[str, str] = {
        "own": gettext("You"),
        "small": gettext("Small teams, %(count)s people", count=line.people),
        "rest": ngettext("One other person", "%(num)s other people", line.people),
        "programs": gettext("Automatic"),
        "imported": gettext("Imported history"),
    }
    return line.name if line.kind == "person" else names[line.kind]


def names_of(lines: Sequence[Shown]) -> dict[str, str]:
    """Return what each line is called, by its key."""
    has_own = any(one.line.kind == "own" for one in lines)
    return {one.line.key: name_of(one.line, is_alone=not has_own) for one in lines}


def stretch(since: datetime | None, until: datetime | None, zone: ZoneInfo) -> str:
    """Return of which days words and edits are counted; "" where it is all of them."""
    first = _day(since, zone) if since else ""
    last = _day(until - timedelta(microseconds=1), zone) if until else ""
    if first and last:
        said = gettext("Counted here is what was written from %(a)s to %(b)s.", a=first, b=last)
    elif first:
        said = gettext("Counted here is what was written since %(day)s.", day=first)
    else:
        said = gettext("Counted here is what was written up to %(day)s.", day=last) if last else ""
    return str(said)


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return str(format_date(moment.astimezone(zone).date(), "long", locale=language()))


def finding_of_words(lines: Sequence[Shown], names: dict[str, str]) -> str:
    """Return in a sentence who wrote most of the words that stand."""
    writing = [one for one in lines if one.line.measures.standing > 0]
    if not writing:
        return ""
    first = writing[0]
    name, share = names[first.line.key], f"{first.share:g}"
    if first.line.kind == "own":
        sentence = gettext("You wrote %(share)s%% of the words.", share=share)
    elif first.line.kind == "person":
        sentence = gettext("%(name)s wrote %(share)s%% of the words.", name=name, share=share)
    else:
        sentence = gettext("%(name)s: %(share)s%% of the words.", name=name, share=share)
    return str(sentence)


def finding_of_months(months: Sequence[str], totals: Sequence[int]) -> str:
    """Return in a sentence when most revisions were made."""
    busiest = max(totals, default=0)
    if not busiest:
        return ""
    sentence = gettext(
        "%(revisions)s in all, the most in %(month)s (%(most)s).",
        revisions=ngettext("One revision", "%(num)s revisions", sum(totals)),
        month=months[list(totals).index(busiest)],
        most=busiest,
    )
    return str(sentence)


def others_named(count: int) -> str:
    """Return what those are called together who have no look of their own."""
    return str(ngettext("One other", "%(num)s others", count))
