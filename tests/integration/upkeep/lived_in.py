"""A wiki in which something of everything has happened, and how to tell two wikis apart."""

import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from tests import make
from wiki.activity.service import record
from wiki.authorship.service import Owed, follow, give_credit
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.pages.models import Editing, Page, PageLimit
from wiki.pages.service import chain_all, sha_of
from wiki.people import service as people
from wiki.people.models import Attempt, Person, PersonAddress, SignUp
from wiki.search.service import index_pages
from wiki.storage.engine import Database
from wiki.transfer.models import ImportedCommit, ImportedFile
from wiki.transfer.service.everything import all_tables
from wiki.writing.models import Draft

LATER = make.NOON + timedelta(days=400, microseconds=123456)
# What a restore changes, or writes down.
CHANGED = ("event", "letter", "sign_in", "sign_in_link", "sign_up", "wiki_setting")


def live_in(database: Database) -> None:
    """Let something of everything happen."""
    with database.begin() as session:
        ana = make.person(session, name="Ana Öztürk", team_id=make.team(session).id)
        _pages(session, ana)
        _people(session, ana)
        _letters(session)
        page = session.scalars(sa.select(Page).order_by(Page.id).limit(1)).one()
        _work(session, page, ana)
        record(
            session, "page.saved", at=LATER, page_id=page.id, words=["é", "ü", "漢"], deep={"a": 1}
        )
        people.set_wiki(session, "name", "Our “strategy”, draft", now=LATER)
    chain_all(database, lambda *_: None, now=LATER)


def _pages(session: Session, ana: Person) -> None:
    chance = random.Random(4)  # noqa: S311  # no secret
    pages = []
    for number in range(4):
        text = f"---\ntags: [one, two]\n---\n# Page {number}\n\nSee [[Page 2]].\n\n## Next\n\nTBC\n"
        page = make.page(session, path=f"part/page-{number}", text=text, author=ana)
        for _ in range(9):
            text += " ".join(chance.choices(["we", "listen", "œuvre", "日本"], k=30)) + "\n\n"
            make.revision(session, page, text, author=ana)
        pages.append(page)
    make.revision(session, pages[0], text, author=ana, path="part/elsewhere")
    make.revision(session, pages[1], text, author=ana, kind="delete")
    index_pages(session, [page.id for page in pages])
    give_credit(session, pages[2].id, 10, [Owed(make.person(session).id, text)])
    follow(session, [page.id for page in pages])


def _people(session: Session, ana: Person) -> None:
    make.sign_in(session, ana)
    people.make_link(session, ana.id, now=LATER)
    session.add(PersonAddress(email="ana@elsewhere.example", person_id=ana.id))
    session.add(Attempt(bucket="b" * 64, at=LATER))
    for name, proven_at in (("new", None), ("proven", LATER)):
        session.add(
            SignUp(
                email=f"{name}@example.org",
                token_hash=name.ljust(64, "t"),
                invited_by=None if proven_at else ana.id,
                made_at=LATER,
                expires_at=LATER.replace(year=2039),
                proven_at=proven_at,
            )
        )


def _letters(session: Session) -> None:
    for key, is_secret in (("a", False), ("b", False), ("secret", True)):
        envelope = Envelope(key=key, kind="news", recipient="bo@example.org", is_secret=is_secret)
        queue(session, envelope, Words("News", f"The text of {key}\n"), now=LATER)
    session.execute(sa.update(Letter).where(Letter.key == "b").values(state="sent", sent_at=LATER))


def _work(session: Session, page: Page, ana: Person) -> None:
    text = "What Ana has not saved yet"
    session.add(
        Draft(
            person_id=ana.id,
            form="f",
            page_id=page.id,
            path=page.path,
            base_number=3,
            state="typing",
            text_sha=sha_of(text),
            data=zstandard.compress(text.encode()),
            made_at=LATER,
            changed_at=LATER,
        )
    )
    session.add(PageLimit(path="part", act="read", kind="role", value="facilitator"))
    session.add(Editing(page_id=page.id, person_id=ana.id, opened_at=LATER, seen_at=LATER))
    session.add(ImportedCommit(source="s", commit_id="c"))
    session.add(ImportedFile(source="s", file="é.md", page_id=page.id, seen_at=LATER))


def all_rows(database: Database, *, but: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Return every row of every table of a backup, in no order that matters."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(sa.select(table))), key=repr
            )
            for table in all_tables(connection)
            if table.name not in but
        }


def found(database: Database) -> dict[str, list[Any]]:
    """Return what the search knows of every page."""
    with database.reading() as session:
        texts = session.execute(sa.text("SELECT page_id, title, body FROM search_text")).all()
        key = "rowid" if database.is_sqlite else "page_id"
        terms = session.execute(sa.text(f"SELECT {key} FROM search_terms")).all()  # noqa: S608
        return {"texts": sorted(map(tuple, texts)), "terms": sorted(map(tuple, terms))}
