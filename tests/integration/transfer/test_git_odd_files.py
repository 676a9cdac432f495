"""Files that cannot be pages, or not under their names: said, and the rest goes on."""

import pytest
import sqlalchemy as sa

from tests import make
from tests.integration.transfer.conftest import Bring, Story
from tests.integration.transfer.histories import History, long_text
from wiki.pages.models import Page
from wiki.storage.engine import Database

A, B = long_text("apple"), long_text("bread")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Café".encode("latin-1"), "encoding"),
        (b"zero \0 byte", "encoding"),
        (b"x" * 500_001, "size"),
        (b"x" * 3_000_000, "size"),
    ],
)
def test_a_file_that_cannot_be_a_text_is_left_out_and_named(
    history: History, bring: Bring, story: Story, content: bytes, reason: str
) -> None:
    history.write("good.md", A)
    commit = history.save("odd.md", content)
    history.save("good.md", B)
    report = bring()
    assert [line[0] for line in story()["good"]] == ["create", "edit"]
    assert set(story()) == {"good"}
    assert report.reasons == {reason: 1}
    assert report.examples[reason] == [f"odd.md in {commit[:8]}"]


def test_a_file_becomes_a_page_once_it_can_be_read(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", "Café".encode("latin-1"))
    history.save("aims.md", "Café\n")
    bring()
    assert [(line[0], line[3]) for line in story()["aims"]] == [("create", "Café\n")]


def test_a_page_keeps_its_text_while_its_file_cannot_be_read(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    history.save("aims.md", f"{A}Café\n".encode("latin-1"))
    history.move("aims.md", "goals.md")
    history.commit("Move")
    history.save("goals.md", B)
    bring()
    assert [(line[0], line[3]) for line in story()["goals"]] == [
        ("create", A),
        ("rename", A),
        ("edit", B),
    ]


def test_links_and_other_repositories_are_left_out(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("aims.md", A)
    (history.folder / "link.md").symlink_to("/etc/passwd")
    History(history.folder / "module.md").save("aims.md", B)
    history.commit()
    report = bring()
    assert (set(story()), report.reasons) == ({"aims"}, {"link": 2})


def test_names_that_differ_in_case_or_ending_are_two_pages(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    history.write("AIMS.md", B)
    history.write("aims.markdown", B)
    history.commit()
    history.save("AIMS.md", f"{B}More.\n")
    report = bring()
    assert set(story()) == {"aims", "aims-2", "aims-3"}
    assert report.reasons == {"taken": 2}
    assert report.examples["taken"][0] == "AIMS.md is now aims-2"
    assert [line[0] for line in story()["aims-2"]] == ["create", "edit"]


def test_a_path_where_a_page_of_the_wiki_lives_is_left_to_it(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text="# Ours\n")
    history.save("aims.md", A)
    report = bring()
    told = story()
    assert (told["aims"][0][3], told["aims-2"][0][3]) == ("# Ours\n", A)
    assert report.reasons == {"taken": 1}


def test_names_of_doors_get_a_safe_name(history: History, bring: Bring, story: Story) -> None:
    history.write("guide/history.md", A)
    history.write("guide/edit/aims.md", B)
    history.commit()
    report = bring()
    assert set(story()) == {"guide/history-page", "guide/edit-page/aims"}
    assert report.reasons == {"door": 2}


def test_a_name_of_which_nothing_can_be_used_is_left_out(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("!!!.md", A)
    history.write("caf\udce9.md", A)
    history.write("aims.md", A)
    history.commit()
    report = bring()
    assert (set(story()), report.reasons) == ({"aims"}, {"file-name": 2})


def test_a_change_of_the_mode_alone_makes_no_revision(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    (history.folder / "aims.md").chmod(0o755)
    history.commit("Executable")
    history.move("aims.md", "AIMS.md")
    history.commit("Only the case")
    report = bring()
    assert [line[0] for line in story()["aims"]] == ["create"]
    assert (report.reasons, report.commits_without_pages) == ({"same": 2}, 2)


def test_other_endings_are_markdown_whatever_their_case(
    history: History, bring: Bring, story: Story
) -> None:
    for name in ("a.MD", "b.markdown", "c.Markdown", "d.mdx", "e.txt"):
        history.write(name, A)
    history.commit()
    report = bring()
    assert set(story()) == {"a", "b", "c"}
    assert report.other_files == {".mdx": 1, ".txt": 1}


def test_a_folder_alone_can_be_taken(history: History, bring: Bring, story: Story) -> None:
    history.write("docs/aims.md", A)
    history.write("aims.md", B)
    history.write("docs-old/aims.md", B)
    history.commit()
    history.move("aims.md", "docs/goals.md")
    history.commit("In")
    history.move("docs/aims.md", "out.md")
    history.commit("Out")
    bring(under="docs/")
    assert [line[:2] for line in story()["goals"]] == [("create", "goals")]
    assert set(story()) == {"goals"}


def test_names_with_blanks_accents_and_line_ends_are_read_whole(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("Café au lait.md", A)
    history.write("two\nlines\tand tab.md", B)
    history.write('say "aims".md', B)
    history.commit()
    bring()
    assert set(story()) == {"café-au-lait", "two-lines-and-tab", "say-aims"}


def test_a_page_that_lost_its_path_to_another_keeps_its_own_history(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.save("aims.md", A)
    history.remove("aims.md")
    history.commit("Gone")
    history.save("goals.md", B)
    history.move("goals.md", "aims.md")
    history.commit("Take the name")
    bring()
    assert [line[0] for line in story()["aims"]] == ["create", "rename"]
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Page.id))) == 2
