"""Pure decisions about pages: what a text says, what may be kept, what is one sitting."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wiki.errors import Invalid, TooLarge
from wiki.text import frontmatter, sections
from wiki.text.frontmatter import FrontMatter
from wiki.text.paths import is_within, title_from_path
from wiki.text.tokens import word_count

SITTING = timedelta(minutes=60)
TEXT_LIMIT_BYTES = 500_000
NOTE_LIMIT = 1000
TITLE_LIMIT = 300
TAG_LIMIT = 80
EMAIL_LIMIT = 254
# Pages from here on down are what new pages begin from, and no part of the strategy.
TEMPLATES = "templates"
NO_PAGE = "There is no page at {path}."

# Short words that are frequent in one of the two languages and rare in the other.
_ENGLISH = re.compile(
    r"\b(?:and|are|be|by|for|from|is|it|of|that|the|this|to|we|will|with|you|your)\b"
)
_FRENCH = re.compile(
    r"\b(?:au|aux|avec|ces|dans|des|du|est|et|la|le|les|nous|pour|que|qui|sont|une|vous)\b"
)
_GUESSED_FROM = 4000
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says about its page, in the lengths that the tables hold."""

    title: str
    problem: str
    summary: str
    language: str
    position: int | None
    owner_email: str
    words: int


def facts(text: str, path: str) -> Facts:
    """Return what `text` says about the page that stands at `path`."""
    front = frontmatter.split(text)
    return Facts(
        title=title(text, path),
        problem=front.problem or "",
        summary=sections.summary(text),
        language=_language(front, path),
        position=None if front.order is None else int(front.order),
        owner_email=_owner(front),
        words=words(text),
    )


def title(text: str, path: str) -> str:
    """Return the page's title: its field, else the heading it opens with, else from its path."""
    return _title(text, path)[:TITLE_LIMIT]


def is_title_cut(text: str) -> bool:
    """Return whether the title that `text` gives its page is longer than a title may be."""
    return len(_title(text, "")) > TITLE_LIMIT


def _title(text: str, path: str) -> str:
    return sections.title_of(text) or _opening_heading(text) or title_from_path(path)


def is_template(path: str) -> bool:
    """Return whether the page at `path` is there for new pages to begin from."""
    return is_within(path, TEMPLATES)


def tags(text: str) -> list[str]:
    """Return the tags that `text` gives its page, sorted, none twice."""
    return sorted({tag[:TAG_LIMIT].strip() for tag in frontmatter.split(text).tags})


def words(text: str) -> int:
    """Return how many words `text` has below its fields."""
    return word_count(frontmatter.split(text).body)


def kept(text: str) -> bytes:
    """Return `text` as the bytes to store: exactly as given, line ends included.

    Raises Invalid for a text that no file or database can hold, TooLarge over the limit.
    """
    if "\0" in text:
        raise Invalid("The text holds a zero byte, which no text may.", field="text")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(
            "The text holds half a character. Please type it again.", field="text"
        ) from error
    if len(data) > TEXT_LIMIT_BYTES:
        raise TooLarge(
            "The text is longer than {limit} kB. Please split it into two pages.",
            field="text",
            limit=TEXT_LIMIT_BYTES // 1000,
        )
    return data


def with_line_ends_of(text: str, model: str) -> str:
    """Return `text`, which a browser sent, with the line ends of `model`.

    A form sends every line end as CRLF; the page's own are kept, so that a save changes no line
    that nobody touched.
    """
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if _has_crlf(model) else plain


def check_note(note: str) -> None:
    """Raise Invalid for a note that would be cut, so that whoever wrote it can shorten it."""
    count = len(note.replace("\0", "").strip())
    if count > NOTE_LIMIT:
        raise Invalid(
            "Use at most {limit} characters. You have used {count}.",
            field="note",
            limit=NOTE_LIMIT,
            count=count,
        )


def short_note(note: str) -> str:
    """Return `note` without blanks around it, cut at a word when it is over the limit."""
    note = note.replace("\0", "").strip()
    if len(note) <= NOTE_LIMIT:
        return note
    cut = note[: NOTE_LIMIT - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank else cut).rstrip() + "…"


def is_same_sitting(*, gap: timedelta, is_same_author: bool) -> bool:
    """Return whether a revision belongs to the sitting of the one before, `gap` earlier."""
    return is_same_author and gap <= SITTING


def moment_after(previous: datetime | None, wanted: datetime) -> datetime:
    """Return `wanted`, or `previous` if that is later: inside a page time never runs back."""
    return wanted if previous is None else max(previous, wanted)


def working_day_before(day: date) -> date:
    """Return the last day from Monday to Friday before `day`."""
    return day - timedelta(days={0: 3, 6: 2}.get(day.weekday(), 1))


def _has_crlf(text: str) -> bool:
    lines = text.count("\n")
    return lines > 0 and text.count("\r\n") * 2 > lines


def _opening_heading(text: str) -> str:
    found = sections.sections(text)
    return found[0].heading if found and found[0].level else ""


def _owner(front: FrontMatter) -> str:
    found = _EMAIL.search(front.owner or "")
    return found.group().casefold() if found and len(found.group()) <= EMAIL_LIMIT else ""


def _language(front: FrontMatter, path: str) -> str:
    named = (front.lang or "").casefold().replace("_", "-")
    if _LANGUAGE.fullmatch(named):
        return named[:10].rstrip("-")
    first = path.partition("/")[0]
    return first if first in {"en", "fr"} else _guess(front.body)


def _guess(body: str) -> str:
    sample = body[:_GUESSED_FROM].lower()
    return "fr" if len(_FRENCH.findall(sample)) > len(_ENGLISH.findall(sample)) else "en"
