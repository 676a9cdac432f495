"""A wiki full of attacks: each payload as title, tag, note, name, link and in corners of a text.

They are written many to a page, so that all of them can be looked at in every view within a
minute: a page of each batch has been saved by people called like the payloads, with notes that
are payloads, and its last two revisions hold all of them, amid words that changed. The pages
under it have payloads for titles, tags, problems and headings.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests import make
from tests.shared_data import shared_items
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Change
from wiki.people.models import Person
from wiki.search import service as search

CORPORA = ("security/xss_bleach.json", "security/xss_dompurify.json")
# With two more revisions a history still fits on one page.
BATCH = 48
WORDS = ("alert", "script", "onerror", "svg", "javascript")


def read_payloads() -> list[str]:
    """Return the payloads of both corpora; skip the test where they are not there."""
    corpora = [shared_items(name, checks="that no attack runs in a browser") for name in CORPORA]
    return [item["payload"] for items in corpora for item in items]


def batches(payloads: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Give the path of the page of each batch with the payloads on it."""
    for number, start in enumerate(range(0, len(payloads), BATCH)):
        yield f"attacks-{number}", payloads[start : start + BATCH]


def write(session: Session, payloads: Sequence[str]) -> None:
    """Fill a wiki with them."""
    written = [
        page
        for path, batch in batches(payloads)
        for page in _batch(session, path, [one.replace("\0", " ") for one in batch])
    ]
    pages.derive(session, written)
    search.index_pages(session, [page.id for page in written])


def _batch(session: Session, path: str, batch: Sequence[str]) -> list[Page]:
    people = [make.person(session, name=_line(payload)[:200]) for payload in batch]
    top = pages.blank_page(session, path, made_at=make.NOON)
    changes = list(_saves(top, people, batch))
    made = [top]
    for number, (person, payload) in enumerate(zip(people, batch, strict=True)):
        page = pages.blank_page(session, f"{path}/one-{number}", made_at=make.NOON)
        made.append(page)
        changes.append(_change(page, _titled(payload), person, payload, number))
    pages.append_all(session, changes)
    return made


def _saves(top: Page, people: Sequence[Person], batch: Sequence[str]) -> Iterator[Change]:
    for number, (person, payload) in enumerate(zip(people, batch, strict=True)):
        yield _change(top, f"Save {number}.\n", person, payload, number)
    for number, word in enumerate(("before", "after"), start=len(batch)):
        text = "\n\n".join(_corners(payload, word) for payload in batch)
        yield _change(top, text, people[0], word, number)


def _change(page: Page, text: str, person: Person, note: str, number: int) -> Change:
    return Change(
        page=page,
        text=text,
        author_id=person.id,
        made_at=_moment(number),
        note=note,
        kind="edit" if number and "/" not in page.path else "create",
    )


def _moment(number: int) -> datetime:
    return make.NOON + timedelta(hours=2 * number)


def _line(payload: str) -> str:
    return " ".join(payload.split()) or "blank"


def _titled(payload: str) -> str:
    quoted = json.dumps(_line(payload))
    fields = f"title: {quoted}\ntags: [{quoted}]\nproblem: {quoted}\nowner: {quoted}"
    wanted = f"[[{_line(payload)}]], [{_line(payload)}](no-such-page)"
    return f"---\n{fields}\n---\n\n{wanted}\n\n## {_line(payload)}\n"


def _corners(payload: str, word: str) -> str:
    """Return Markdown with the payload where it may do harm, each time beside a word."""
    line = _line(payload)
    bare = line.replace("|", " ").replace("`", " ")
    return "\n\n".join(
        (
            f"Word {word}.\n\n{payload}",
            f'{word} [{line}](https://example.org/ "{line}") and [words]({line})',
            f"{word} <{line}> and [words](<{line}>) and [[{line}]]",
            f"| {word} | {bare} |\n| --- | --- |\n| {bare} | `{bare}` |",
            f"```{bare}\n{word} {line}\n```",
            f"- [ ] {word} {line}",
        )
    )
