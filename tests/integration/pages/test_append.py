"""How a revision comes to be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import make
from wiki.errors import Invalid, TooLarge
from wiki.pages import rules, service
from wiki.pages.models import Page, Rendering, Revision, TextBlob
from wiki.storage.engine import Database

HOUR = timedelta(hours=1)


def test_revisions_are_numbered_from_one_without_gaps(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session)
        for count in range(5):
            make.revision(session, page, f"Version {count}\n")
    with database.reading() as session:
        numbers = sa.select(Revision.number).order_by(Revision.id)
        assert list(session.scalars(numbers)) == [1, 2, 3, 4, 5, 6]
        assert session.get_one(Page, page.id).head_number == 6


def test_eight_who_save_one_page_at_once_leave_no_gap_and_lose_nothing(database: Database) -> None:
    with database.begin() as session:
        page, who = make.page(session), make.person(session)

    def save(number: int) -> None:
        with database.begin() as session:
            again = session.get_one(Page, page.id)
            make.revision(session, again, f"{number}\n", author=who, made_at=make.NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(40)))
    with database.reading() as session:
        rows = session.execute(sa.select(Revision.number, Revision.text_sha)).all()
        texts = {service.text_of(session, sha) for number, sha in rows if number > 1}
        sittings = set(session.scalars(sa.select(Revision.sitting)))
    assert sorted(number for number, _ in rows) == list(range(1, 42))
    assert texts == {f"{number}\n" for number in range(40)}
    assert sittings == {1, 2}


def test_a_text_comes_back_to_the_byte(database: Database) -> None:
    text = "\ufeffline\r\n\r\ntrailing  \t\n\n\n e\u0301 🙂 \u202e\rend"
    with database.begin() as session:
        sha = make.revision(session, make.page(session), text).text_sha
    with database.reading() as session:
        assert service.text_of(session, sha) == text


def test_the_same_text_is_stored_once(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text="One\n")
        make.revision(session, page, "Two\n")
        make.revision(session, page, "One\n")
        assert session.scalar(sa.select(sa.func.count(TextBlob.sha))) == 2


def test_a_page_has_the_facts_of_its_head(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text="# Old\n\nOne two three.\n")
        made = make.revision(
            session, page, "---\nlang: fr\norder: 4\nproblem: Why?\n---\n# New\n\nOne.\n"
        )
        found = (page.title, page.language, page.position, page.problem, page.words)
    assert found == ("New", "fr", 4, "Why?", 2)
    assert (made.words, made.words_change, made.title) == (2, -2, "New")
    assert (page.head_id, page.changed_at) == (made.id, made.made_at)


def test_saves_of_one_person_within_the_hour_are_one_sitting(database: Database) -> None:
    with database.begin() as session:
        ada, bo = make.person(session), make.person(session)
        page = make.page(session, author=ada)
        steps = [(ada, 30), (ada, 85), (bo, 90), (ada, 95), (ada, 156)]
        for who, minutes in steps:
            moment = make.NOON + timedelta(minutes=minutes)
            make.revision(session, page, f"{minutes}\n", author=who, made_at=moment)
        sittings = list(session.scalars(sa.select(Revision.sitting).order_by(Revision.number)))
    assert sittings == [1, 1, 1, 4, 5, 6]


def test_time_never_runs_back_inside_a_page(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session)
        made = make.revision(session, page, "Earlier\n", made_at=make.NOON - HOUR)
    assert made.made_at == make.NOON


@pytest.mark.parametrize(("text", "kind"), [("a\0b", Invalid), ("x" * 500_001, TooLarge)])
def test_a_text_that_cannot_be_kept_leaves_the_page_as_it_was(
    database: Database, text: str, kind: type[Exception]
) -> None:
    with database.begin() as session:
        page_id = make.page(session).id
    with pytest.raises(kind), database.begin() as session:
        make.revision(session, session.get_one(Page, page_id), text)
    with database.reading() as session:
        assert session.get_one(Page, page_id).head_number == 1


@pytest.mark.parametrize("path", ["", "Aims", "aims/history", "a//b", "~1"])
def test_a_path_that_cannot_be_one_is_refused(database: Database, path: str) -> None:
    with pytest.raises(Invalid), database.begin() as session:
        make.page(session, path=path)


def test_a_path_where_a_page_lives_is_refused(database: Database) -> None:
    with database.begin() as session:
        make.page(session, path="aims")
    with pytest.raises(Invalid, match="already a page called aims"), database.begin() as session:
        make.page(session, path="aims")


def test_a_head_is_rendered_when_it_is_made(database: Database) -> None:
    with database.begin() as session:
        made = make.revision(session, make.page(session), "# Aims\n\n## Why\n\n*Because*.\n")
        stored = session.get_one(Rendering, made.id)
    assert "<em>Because</em>" in stored.html
    assert stored.headings == [[2, "Why", "s-why"]]


def test_many_revisions_at_once_are_the_same_as_one_by_one(database: Database) -> None:
    columns = [
        column
        for column in Revision.__table__.columns
        if column.name not in {"id", "page_id", "path", "author_id"}
    ]
    texts = ["# A\n\nfirst words\n", "# A\n\nfirst words and more\n", "# B\n", "# A\n\nback\n"]
    with database.begin() as session:
        ada, bo = make.person(session), make.person(session)
        who = [ada, ada, bo, ada]
        moments = [make.NOON + timedelta(minutes=20 * step) for step in range(4)]
        single = make.page(session, path="single", text=texts[0], author=ada)
        for text, author, moment in list(zip(texts, who, moments, strict=True))[1:]:
            make.revision(session, single, text, author=author, made_at=moment)
        many = service.blank_page(session, "many", made_at=make.NOON)
        changes = [
            service.Change(
                page=many,
                text=text,
                author_id=author.id,
                made_at=moment,
                kind="edit" if number else "create",
            )
            for number, (text, author, moment) in enumerate(zip(texts, who, moments, strict=True))
        ]
        service.append_all(session, changes)
        service.derive(session, [many])
        rows = {
            page.path: session.execute(
                sa.select(*columns).where(Revision.page_id == page.id).order_by(Revision.number)
            ).all()
            for page in (single, many)
        }
    assert rows["single"] == rows["many"]


def test_a_version_of_the_renderer_that_is_old_is_made_anew(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text="*One*\n")
        make.revision(session, page, "*Two*\n")
        stale = sa.update(Rendering).where(Rendering.revision_id != page.head_id)
        session.execute(stale.values(renderer=0, html="old"))
    told: list[tuple[int, int]] = []
    count = service.rebuild_html(database, lambda done, total: told.append((done, total)))
    with database.reading() as session:
        pages = list(session.scalars(sa.select(Rendering.html).order_by(Rendering.revision_id)))
    assert (count, told) == (1, [(1, 1)])
    assert pages == ["<p><em>One</em></p>\n", "<p><em>Two</em></p>\n"]
    assert service.rebuild_html(database, lambda *_: None, everything=True) == 2


def test_an_old_revision_is_rendered_when_it_is_first_read(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text="*One*\n")
        session.execute(sa.delete(Rendering))
        assert page.head_id is not None
        shown = service.rendered(session, page.head_id)
        assert session.get_one(Rendering, page.head_id).html == shown.html
    assert shown.html == "<p><em>One</em></p>\n"


def test_a_note_and_marks_are_kept(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session)
        made = make.revision(
            session,
            page,
            "Old words\n",
            note=f" {'why ' * 400}",
            kind="restore",
            restored_number=1,
            is_minor=True,
        )
    assert made.note.startswith("why")
    assert len(made.note) <= rules.NOTE_LIMIT
    assert (made.kind, made.restored_number, made.is_minor) == ("restore", 1, True)
