"""What of a git history becomes pages and revisions."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from tests import make
from tests.integration.transfer.conftest import Bring, Story
from tests.integration.transfer.histories import BO, History, long_text
from wiki.activity.models import Event
from wiki.mail.letters import Letter
from wiki.pages.models import FormerPath, Page, PageLink, Rendering, Revision
from wiki.pages.queries.sight import EVERYTHING
from wiki.search.queries.finding import search
from wiki.storage.engine import Database

A, B, C = long_text("apple"), long_text("bread"), long_text("cheese")


def kinds(lines: list[tuple[str, ...]]) -> list[str]:
    return [line[0] for line in lines]


def test_every_commit_becomes_a_revision_by_its_author(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("docs/Our Aims.md", "# Aims\n\nOne.\n")
    history.save("docs/Our Aims.md", "# Aims\n\nTwo.\n", author=BO)
    report = bring()
    assert story() == {
        "docs/our-aims": [
            ("create", "docs/our-aims", "ada@example.org", "# Aims\n\nOne.\n"),
            ("edit", "docs/our-aims", "bo@example.org", "# Aims\n\nTwo.\n"),
        ]
    }
    assert (report.revisions, report.pages, report.pages_made, report.authors) == (2, 1, 1, 2)


def test_a_revision_keeps_the_moment_and_the_words_of_its_commit(
    history: History, bring: Bring, database: Database
) -> None:
    moment = datetime(2019, 7, 1, 23, 30, tzinfo=UTC)
    history.write("aims.md", "One\n")
    history.commit("Short\n\nThe long story.", at=moment)
    bring()
    with database.reading() as session:
        revision = session.scalars(sa.select(Revision)).one()
    assert (revision.made_at, revision.note) == (moment, "Short\n\nThe long story.")
    assert revision.is_imported


def test_a_clock_that_runs_back_or_ahead_does_not_disorder_a_page(
    history: History, bring: Bring, database: Database
) -> None:
    for number, days in enumerate((0, -3, 9999, 1)):
        history.write("aims.md", f"{number}\n")
        history.commit(at=make.NOON + timedelta(days=days))
    bring()
    with database.reading() as session:
        moments = list(session.scalars(sa.select(Revision.made_at).order_by(Revision.number)))
    at_import = make.NOON + timedelta(days=30)
    assert moments == [make.NOON, make.NOON, at_import, at_import]


def test_texts_stay_the_same_to_the_byte(history: History, bring: Bring, story: Story) -> None:
    text = "\ufeff---\r\ntitle: Café\r\n---\r\n\r\nEnd  \t\n\n\u2028 e\u0301 \u202e🙂"
    history.save("aims.md", text)
    bring()
    assert story()["aims"][0][3] == text


def test_a_renamed_file_stays_one_page(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.save("aims.md", A)
    history.move("aims.md", "strategy/goals.md")
    history.save("strategy/goals.md", f"{A}And more.\n")
    history.save("strategy/goals.md", "# Goals\n")
    bring()
    lines = story()["strategy/goals"]
    assert [line[:2] for line in lines] == [
        ("create", "aims"),
        ("rename", "strategy/goals"),
        ("edit", "strategy/goals"),
    ]
    assert lines[1][3] == f"{A}And more.\n"
    with database.reading() as session:
        assert session.scalar(sa.select(FormerPath.path)) == "aims"


def test_two_files_that_swap_their_names_are_two_pages_that_moved(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("a.md", A)
    history.write("b.md", B)
    history.commit()
    history.write("a.md", B)
    history.write("b.md", A)
    history.commit("Swap")
    bring()
    assert [(line[0], line[3]) for line in story()["a"]] == [("create", B), ("rename", B)]
    assert [(line[0], line[3]) for line in story()["b"]] == [("create", A), ("rename", A)]


def test_a_chain_of_names_in_one_commit_moves_each_page_one_on(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("a.md", A)
    history.write("b.md", B)
    history.commit()
    history.move("b.md", "c.md")
    history.move("a.md", "b.md")
    history.write("a.md", C)
    history.commit("One on")
    bring()
    told = story()
    assert [(line[0], line[3]) for line in told["c"]] == [("create", B), ("rename", B)]
    assert [(line[0], line[3]) for line in told["b"]] == [("create", A), ("rename", A)]
    assert [(line[0], line[3]) for line in told["a"]] == [("create", C)]


def test_three_names_that_go_round_in_one_commit(
    history: History, bring: Bring, story: Story
) -> None:
    for name, text in (("a", A), ("b", B), ("c", C)):
        history.write(f"{name}.md", text)
    history.commit()
    for name, text in (("a", B), ("b", C), ("c", f"{A}More.\n")):
        history.write(f"{name}.md", text)
    history.commit("Round")
    bring()
    told = story()
    assert [kinds(told[path]) for path in "abc"] == [["create", "rename"]] * 3
    assert told["c"][0][3] == A


def test_a_file_that_goes_and_comes_back_is_the_same_page(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    history.remove("aims.md")
    history.commit("No aims")
    history.save("aims.md", B)
    report = bring()
    assert kinds(story()["aims"]) == ["create", "delete", "undelete"]
    assert report.pages_deleted == 0


def test_a_page_whose_file_is_gone_is_deleted_with_its_last_text_kept(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.save("aims.md", A)
    history.remove("aims.md")
    history.commit("No aims")
    report = bring()
    assert (story(), report.pages_deleted) == ({}, 1)
    with database.reading() as session:
        last = session.scalars(sa.select(Revision).order_by(Revision.number.desc())).first()
        assert last is not None
        assert (last.kind, last.note, last.words_change) == ("delete", "No aims", 0)


def test_a_merge_is_what_it_changed_on_the_branch(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    history.git("checkout", "-q", "-b", "side")
    history.save("goals.md", B, author=BO)
    history.save("aims.md", f"{A}From the side.\n", author=BO)
    history.git("checkout", "-q", "main")
    history.save("means.md", C)
    history.git(
        "merge", "-q", "--no-ff", "-m", "Take the side", "side", GIT_AUTHOR_NAME="Committer"
    )
    report = bring()
    told = story()
    assert kinds(told["aims"]) == ["create", "edit"]
    assert told["aims"][1][3] == f"{A}From the side.\n"
    assert kinds(told["goals"]) == ["create"]
    assert (report.commits, report.revisions) == (3, 4)


def test_front_matter_becomes_fields_and_stays_text(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "---\ntitle: Our aims\nlang: fr\nproblem: Why?\n---\nWords.\n")
    bring()
    with database.reading() as session:
        page = session.scalars(sa.select(Page)).one()
    assert (page.title, page.language, page.problem) == ("Our aims", "fr", "Why?")


def test_everything_is_derived_when_the_import_is_over(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", "# Aims\n\n[[Means]] for *tenants*.\n")
    history.save("aims.md", "# Aims\n\n[[Ends]] for *tenants*.\n")
    bring()
    with database.reading() as session:
        assert list(session.scalars(sa.select(PageLink.target))) == ["ends"]
        assert "<em>tenants</em>" in session.scalars(sa.select(Rendering.html)).one()
        assert [hit.path for hit in search(session, "tenants", sight=EVERYTHING).rows] == ["aims"]


def test_one_line_in_the_diary_and_no_letter(
    history: History, bring: Bring, database: Database
) -> None:
    history.save("aims.md", A)
    history.save("aims.md", B)
    bring()
    with database.reading() as session:
        events = list(session.scalars(sa.select(Event).where(Event.kind == "history.imported")))
        assert [(event.detail["revisions"], event.detail["pages"]) for event in events] == [(2, 1)]
        assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0


def test_commits_that_change_no_page_are_counted_and_named(history: History, bring: Bring) -> None:
    history.save("aims.md", A)
    history.commit("Nothing at all")
    history.save("picture.png", b"\x89PNG")
    report = bring()
    assert (report.commits, report.commits_without_pages) == (3, 2)
    assert report.examples["no-page"][0].endswith("Nothing at all")
    assert report.other_files == {".png": 1}
