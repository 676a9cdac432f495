"""Pages as odd as people make them, so that every view is seen with what strains it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests import make
from wiki.clock import utc_now
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.queries import reading
from wiki.pages.queries.sight import EVERYTHING
from wiki.people import service as people
from wiki.people.models import Person
from wiki.search import service as search
from wiki.writing.service import Submission, keep

FRENCH = """---
title: Écouter d'abord
lang: fr
tags: [écoute, engagement]
problem: Nous demandons souvent, et nous répondons rarement.
---

## Pourquoi écouter

Nous voulons entendre tout le monde, et surtout celles et ceux qui se taisent.

## Comment

Une petite question à la fois, à une seule personne.
"""
LONG_WORD = "Verwaltungsgemeinschaftsbeteiligungsverfahrensordnung" * 3
WIDE = f"""# Everything wide

A word that does not end: {LONG_WORD}, and an address that does not either:
https://example.org/{"a-long-way/" * 20}

| {" | ".join(f"Column {n}" for n in range(1, 15))} |
|{" --- |" * 14}
| {" | ".join(f"figure {n}" for n in range(1, 15))} |

## Code

```
{"a line of code that goes on and on " * 8}
```

> {"A quotation without an end. " * 10}

- [x] done
- [ ] not done, see [[A page nobody wrote]]

Term
: What it means[^1]

[^1]: A footnote, with `code` in it.

## مرحبا

هذا نص يُكتب من اليمين إلى اليسار، وفيه كلمة Manyhands.

## {LONG_WORD}
"""


def write(session: Session) -> None:
    """Add the odd pages to a wiki: under `odd` there is no page but several below it."""
    author = make.person(session, name="Wilhelmina Featherstonehaugh-Cholmondeley")
    written = [
        make.page(session, path="odd/empty", text="", author=author),
        make.page(session, path="odd/ecouter", text=FRENCH, author=author),
        make.page(session, path="odd/wide", text=WIDE, author=author),
        _deleted(session, author),
        _rewritten(session, author),
        _moved(session, author),
    ]
    search.index_pages(session, [page.id for page in written])


def leave_drafts(session: Session, email: str) -> None:
    """Let the member with this address have typed things without saving them: drafts 1 and 2."""
    person = people.active_member(session, email)
    for path, text, form in (
        ("odd/ecouter", f"{FRENCH}\n{WIDE}", "left-open"),
        ("odd/deleted", "# Gone\n\nNever.\n", "left-behind"),
    ):
        typed = Submission(
            person_id=person.id,
            path=path,
            page_id=reading.page_id(session, path, EVERYTHING, with_deleted=True),
            base=1,
            text=text,
            form=form,
            note=LONG_WORD,
        )
        keep(session, typed, now=utc_now())


def _deleted(session: Session, author: Person) -> Page:
    page = make.page(session, path="odd/deleted", text="# Gone\n\nOnce here.\n", author=author)
    pages.append(
        session,
        page,
        None,
        author_id=author.id,
        made_at=page.changed_at + timedelta(hours=2),
        kind="delete",
        note="Nobody needs it",
    )
    return page


def _rewritten(session: Session, author: Person) -> Page:
    """Return a page whose two revisions differ in every way that a comparison can show."""
    before = "# Rewritten\n\n" + "\n\n".join(f"Paragraph {n} stays where it is." for n in range(20))
    page = make.page(
        session,
        path="odd/rewritten",
        text=f"{before}\n\n## Old section\n\nThis one will move a long way up the page.\n\n"
        "We will *reply* to every letter within ten days.\n\nThis goes.\n\n" + WIDE,
        author=author,
    )
    text = before.replace("Paragraph 2 stays", "Paragraph two stays 🙂")
    text = text.replace(
        "# Rewritten\n", "# Rewritten\n\nThis one will move a long way up the page.\n"
    )
    text += "\n\n## New section\n\nWe will **reply** to every letter within five days.\n\n"
    note = f"Everything at once: {LONG_WORD}"
    make.revision(session, page, text + WIDE.replace("figure 3", "number 3"), note=note)
    make.revision(session, page, text + "\n\n\nThe end.\n", is_minor=True, author=author)
    return page


def _moved(session: Session, author: Person) -> Page:
    page = make.page(session, path="odd/old-name", text="# Moved\n\nHere.\n", author=author)
    pages.append(
        session,
        page,
        None,
        author_id=author.id,
        made_at=page.changed_at + timedelta(hours=3),
        path="odd/new-name",
    )
    return page
