"""Pages with eventful lives, made by the wiki's own verbs from dice that can be thrown again."""

import random
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.histories import history
from wiki.pages.models import Page, Revision
from wiki.pages.queries.texts import text_of
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.writing import service as writing

FIELDS = "---\ntitle: Trees of the town\ntags: [trees, streets]\n---\n"
MARKS = ("**", "_", "`", "> ", "- ", "[", "](https://example.org/a-b) ", "co-draft ", "œuvre 日本 ")


def live(database: Database, seed: int, acts: int = 30) -> int:
    """Give a page a life of so many revisions, each saved in a transaction; return its id."""
    dice = random.Random(seed)  # noqa: S311  # no secret
    texts = iter(_texts(dice, acts))
    with database.begin() as session:
        people = [make.person(session) for _ in range(4)]
        first = writing.write_new(
            session, "trees", next(texts), author_id=people[0].id, made_at=make.NOON
        )
    for number in range(2, acts + 1):
        with database.begin() as session:
            page = session.get_one(Page, first.page_id)
            _act(session, dice, page, next(texts), people, number)
    return first.page_id


def _texts(dice: random.Random, count: int) -> Iterator[str]:
    for text in history(dice.randrange(1000), count)[0] * 2:
        words = text.split(" ")[:400]
        for _ in range(dice.randint(0, 3)):
            words.insert(dice.randrange(len(words) + 1), dice.choice(MARKS))
        yield (FIELDS if dice.random() < 0.3 else "") + " ".join(words) + "\n"


def _act(
    session: Session, dice: random.Random, page: Page, text: str, people: list[Person], number: int
) -> None:
    older = dice.randint(1, number - 1)
    if page.deleted_at is not None:
        kinds = ["undelete", "undelete as it was"]
    else:
        kinds = ["edit"] * 6 + ["restore", "undo", "merge", "rename", "rename and edit", "delete"]
    kind = dice.choice(kinds)
    as_it_was = text_at(session, page.id, older)
    acts: dict[str, tuple[str | None, dict[str, object]]] = {
        "edit": (text, {}),
        "restore": (as_it_was, {"kind": "restore", "restored_number": older}),
        "undo": (as_it_was, {"undone_number": older}),
        "merge": (text, {"kind": "merge", "merged_number": older}),
        "rename": (None, {"path": f"trees/number-{number}"}),
        "rename and edit": (text, {"path": f"trees/number-{number}"}),
        "delete": (None, {"kind": "delete"}),
        "undelete": (text, {"kind": "undelete"}),
        "undelete as it was": (None, {"kind": "undelete"}),
    }
    said, details = acts[kind]
    writing.write(
        session,
        page,
        said,
        author_id=dice.choice(people).id,
        made_at=page.changed_at + timedelta(minutes=dice.choice((1, 40, 90))),
        is_minor=dice.random() < 0.2,
        **details,  # type: ignore[arg-type]
    )


def revisions(session: Session, page_id: int) -> list[Revision]:
    """Return the revisions of a page, first to last."""
    query = sa.select(Revision).where(Revision.page_id == page_id).order_by(Revision.number)
    return list(session.scalars(query))


def text_at(session: Session, page_id: int, number: int) -> str:
    """Return the text of a page at revision `number`."""
    query = sa.select(Revision.text_sha).where(
        Revision.page_id == page_id, Revision.number == number
    )
    return text_of(session, session.scalars(query).one())
