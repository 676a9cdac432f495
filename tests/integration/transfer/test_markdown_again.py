"""A folder brought in again, when people have written in the wiki meanwhile."""

from pathlib import Path

import sqlalchemy as sa

from tests import make
from tests.integration.transfer.conftest import Story, Take
from tests.integration.transfer.folders import write, write_here
from wiki.pages.models import Revision
from wiki.storage.engine import Database

THREE = "# Aims\n\nHear everybody.\n\nAsk them twice.\n\nTell them what became of it.\n"


def test_changes_on_both_sides_are_merged_again_and_again(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    write(folder, "aims.md", THREE)
    take()
    write_here(database, "aims", THREE.replace("everybody", "everyone"))
    write(folder, "aims.md", THREE.replace("twice", "three times"))
    assert take().acts == {"merge": 1}
    both = THREE.replace("twice", "three times").replace("everybody", "everyone")
    assert story()["aims"][-1][::3] == ("merge", both)
    assert take().acts == {"same": 1}
    write(folder, "aims.md", THREE.replace("twice", "three times").replace("became", "has come"))
    assert take().acts == {"merge": 1}
    assert story()["aims"][-1][3] == both.replace("became", "has come")
    with database.reading() as session:
        merged = sa.select(Revision.merged_number).where(Revision.kind == "merge")
        assert session.scalars(merged.order_by(Revision.id)).first() == 1


def test_a_file_that_stayed_never_takes_words_away_that_were_written_here(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    write(folder, "aims.md", "One\n")
    take()
    write_here(database, "aims", "Written here\n")
    assert take().acts == {"same": 1}
    assert story()["aims"][-1][3] == "Written here\n"
    assert take(is_forced=True).acts == {"edit": 1}
    assert story()["aims"][-1][3] == "One\n"


def test_a_clash_leaves_the_page_and_names_the_file_until_it_is_forced(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    write(folder, "aims.md", "Hear everybody.\n")
    write(folder, "means.md", "Ask.\n")
    take()
    write_here(database, "aims", "Hear everyone.\n")
    write(folder, "aims.md", "Hear each of them.\n")
    write(folder, "means.md", "Ask them.\n")
    report = take()
    assert (report.acts, report.notes) == ({"skip": 1, "edit": 1}, [("aims.md", "clash")])
    assert take().notes == [("aims.md", "clash")]
    assert story()["aims"][-1][3] == "Hear everyone.\n"
    take(is_forced=True)
    assert story()["aims"][-1][3] == "Hear each of them.\n"


def test_a_page_that_was_here_before_the_file_is_not_written_over(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text="Stood here\n")
        make.page(session, path="means", text="The same\n")
    write(folder, "aims.md", "Comes now\n")
    write(folder, "means.md", "The same\n")
    report = take()
    assert report.notes == [("aims.md", "other-text")]
    write(folder, "means.md", "The same and more\n")
    assert take().acts == {"skip": 1, "edit": 1}
    assert take(is_forced=True).acts == {"edit": 1, "same": 1}
    assert story()["aims"][-1][3] == "Comes now\n"


def test_a_page_that_moved_in_the_wiki_is_still_the_page_of_its_file(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    write(folder, "aims.md", "One\n")
    take()
    write_here(database, "aims", None, path="goals")
    write(folder, "aims.md", "Two\n")
    write(folder, "goals.md", "Another\n")
    report = take()
    assert {path: lines[-1][3] for path, lines in story().items()} == {"goals": "Two\n"}
    assert report.notes == [("goals.md", "collides")]


def test_a_page_that_was_deleted_here_comes_back_only_if_forced(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    write(folder, "aims.md", "One\n")
    take()
    write_here(database, "aims", None, kind="delete")
    assert take().notes == [("aims.md", "deleted-here")]
    assert story() == {}
    assert take(is_forced=True).acts == {"undelete": 1}
    assert [line[0] for line in story()["aims"]] == ["create", "delete", "undelete"]
