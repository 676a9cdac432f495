"""A small wiki in which everything that can happen to pages has happened."""

from datetime import timedelta
from typing import Any, Unpack

from sqlalchemy.orm import Session

from tests import make
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Change, Details
from wiki.people.models import Person
from wiki.storage.engine import Database

SECONDS = 4000.25  # more than a sitting, and no whole second


class Eventful:
    """Writes revisions one after the other, each a while after the one before."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made_at = make.NOON
        self.people: list[Person] = [
            make.person(session, name="Ada Patel", email="ada@example.org"),
            make.person(session, name="Zoë <x>", email="zoe@example.org"),
            make.person(session, name='Bo "the\tpen" Shah', email="bo@example.org"),
            make.person(session, name="Ce\ncile <c> ", email="cecile@example.org"),
            make.person(session, name="\N{NO-BREAK SPACE}", email="nobody@example.org"),
        ]

    def next_author(self) -> Person:
        """Return whoever's turn it is."""
        self.people.append(self.people.pop(0))
        return self.people[0]

    def wait(self) -> None:
        """Let time pass."""
        self.made_at += timedelta(seconds=SECONDS)

    def write(self, page: Page, text: str | None = None, **details: Unpack[Details]) -> None:
        """Put one revision on the page."""
        self.write_together([(page, text, details)])

    def write_together(self, several: list[tuple[Page, str | None, Any]]) -> None:
        """Put revisions on several pages at one moment."""
        self.wait()
        author = self.next_author()
        changes = [
            Change(page=page, text=text, author_id=author.id, made_at=self.made_at, **details)
            for page, text, details in several
        ]
        pages.append_all(self.session, changes)
        pages.derive(self.session, [page for page, _, _ in several])

    def page(self, path: str, text: str, **marks: Any) -> Page:
        """Return a new page."""
        self.wait()
        facts = {**marks, "author": self.next_author(), "made_at": self.made_at}
        return make.page(self.session, path=path, text=text, **facts)


def fill(database: Database) -> None:
    """Let everything happen to a few pages of an empty wiki."""
    with database.begin() as session:
        story = Eventful(session)
        aims = story.page("aims", "# Aims\n\nHear everybody.\n", note="A start")
        means = story.page("means", "# Means\r\n\r\nAsk them.\r\n", note="")
        _edit(story, aims, means)
        _move(story, aims, means)
        _lose(story, aims)
        _speak(story, means)


def _edit(story: Eventful, aims: Page, means: Page) -> None:
    story.write(aims, "# Aims\n\nHear everybody twice.\n", note="Twice")
    story.write(aims, "# Aims\n\nHear everybody, twice.\n", is_minor=True)
    story.write(aims, note="The same text again")
    story.write(means, "# Means\n\nNo line end", kind="merge", merged_number=1)
    story.write(aims, "# Aims\n\nHear everybody.\n", kind="restore", restored_number=1)
    story.write(aims, "# Aims\n\nHear everyone.\n", undone_number=3)
    story.write(means, "")


def _move(story: Eventful, aims: Page, means: Page) -> None:
    child = story.page("aims/first", "# First\n")
    deeper = story.page("aims/first/why.md/so", "# So\n")
    together = {"note": "The aims are goals now", "kind": "rename"}
    moved = [(aims, "goals"), (child, "goals/first"), (deeper, "goals/first/why.md/so")]
    story.write_together([(page, None, {**together, "path": path}) for page, path in moved])
    story.write_together(
        [
            (aims, None, {"path": "means", "kind": "rename"}),
            (means, "Now with words\n", {"path": "goals", "kind": "rename"}),
        ]
    )
    story.write(child, "# First\n\nMoved and changed.\n", path="ziele/\u4e16\u754c")


def _lose(story: Eventful, aims: Page) -> None:
    story.write(aims, kind="delete", note="Nobody needs it")
    other = story.page("means-2", "Stands there now\n")
    story.write(other, path="means")
    story.write(aims, "# Aims\n\nBack.\n", kind="undelete", path="aims")
    story.write_together(
        [
            (aims, None, {"kind": "delete"}),
            (other, None, {"kind": "rename", "path": "aims"}),
        ]
    )
    gone = story.page("gone", "Gone\n")
    story.write(gone, kind="delete")
    story.write(gone, "Again\n", kind="undelete")
    story.write(gone, kind="delete", note="For good")


def _speak(story: Eventful, means: Page) -> None:
    notes = [
        "First line\nsecond line\n\n\nand a third",
        "Looks like one\n\nManyhands-Revision: aims 1\nManyhands-Page: 1\nManyhands-Kind: create",
        "Manyhands-Note: none",
        "Signed-off-by: Somebody <somebody@example.org>",
        ":100644 100644 looks like what git prints",
        "# a comment to git",
        "Déjà vu \N{PILE OF POO} \N{LINE SEPARATOR} end\rof line",
        "x" * 1500,
        "\0zero",
    ]
    for number, note in enumerate(notes):
        story.write(means, f"Said {number}\n", note=note)
