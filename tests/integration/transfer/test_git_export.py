"""The whole wiki as a git history, and that history brought into another wiki."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import make
from tests.integration.transfer import eventful
from tests.integration.transfer.conftest import Export
from tests.integration.transfer.telling import (
    bring_into,
    files_at_the_end,
    git,
    living,
    names,
    tip,
    told,
)
from tests.shared_data import shared_data
from wiki.errors import Invalid
from wiki.pages.models import FormerPath, Page, Revision
from wiki.storage.engine import Database
from wiki.transfer.service import git_export, history


def test_every_kind_of_revision_comes_back_as_it_was(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    exported = export()
    report = bring_into(second, tmp_path / "out")
    before = told(database)
    assert {row[4] for row in before} == {
        *("create", "edit", "restore", "merge", "rename", "delete", "undelete"),
    }
    assert told(second) == before
    assert living(second) == living(database)
    assert exported.revisions == exported.revisions_new == report.revisions == len(before)
    assert report.reasons == {}
    assert bring_into(second, tmp_path / "out").revisions == 0


def test_names_that_git_cannot_hold_come_back_as_one_line(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    bring_into(second, tmp_path / "out")
    expected = {email: " ".join(name.split()) for email, name in names(database).items()}
    assert expected["zoe@example.org"] == "Zoë <x>"
    expected["nobody@example.org"] = "nobody"
    assert names(second) == expected


def test_the_same_wiki_gives_the_same_commits(
    database: Database, export: Export, tmp_path: Path
) -> None:
    eventful.fill(database)
    export(tmp_path / "one")
    export(tmp_path / "two")
    assert tip(tmp_path / "one") == tip(tmp_path / "two")
    git(tmp_path / "one", "fsck", "--strict")


def test_the_last_commit_holds_the_pages_as_they_stand(
    database: Database, export: Export, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    shown = files_at_the_end(tmp_path / "out")
    assert {name.removesuffix(".md").replace(".md-/", ".md/") for name in shown} == set(
        living(database)
    )


def test_a_commit_says_who_when_and_why(database: Database, export: Export, tmp_path: Path) -> None:
    with database.begin() as session:
        ada = make.person(session, name="Ada Patel", email="ada@example.org")
        make.page(session, author=ada, note="A start")
    export()
    shown = git(tmp_path / "out", "log", "-1", "--format=%an <%ae> %aI %cn <%ce>%n%s")
    assert shown.splitlines() == [
        "Ada Patel <ada@example.org> 2026-03-02T12:00:00+00:00 Manyhands <wiki@example.org>",
        "A start",
    ]


def test_a_move_is_one_commit_in_which_git_sees_a_move(
    database: Database, export: Export, tmp_path: Path
) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims", text="Hear everybody.\n")
        make.revision(session, page, "Hear everyone.\n", path="goals")
        make.revision(session, page, "Hear everyone.\n", path="ends")
    export()
    shown = git(tmp_path / "out", "show", "--format=", "--name-status", "-M", "main")
    assert shown.split() == ["R100", "goals.md", "ends.md"]


def test_pages_whose_clocks_disagree_come_back_too(
    database: Database,
    export: Export,
    second: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(history, "BATCH", 2)
    monkeypatch.setattr(git_export, "STRETCH", 1)
    with database.begin() as session:
        first = make.page(session, path="aims", text="First\n")
        make.revision(session, first, "First moved\n", path="goals")
        # Came to the same path earlier by its clock, when the first one still stood there.
        second_page = make.page(session, path="aims", text="Second\n", made_at=make.NOON)
        make.revision(session, second_page, "Second\n", made_at=make.NOON + timedelta(minutes=9))
        make.revision(session, first, "First again\n")
    export()
    bring_into(second, tmp_path / "out")
    assert told(second) == told(database)
    assert living(second) == {"aims": 2, "goals": 3}
    shown = files_at_the_end(tmp_path / "out")
    assert shown == {"aims.md": "Second\n", "goals.md": "First again\n"}


def test_old_addresses_lead_to_pages_that_came_back(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    bring_into(second, tmp_path / "out")

    def former(wiki: Database) -> dict[str, str]:
        query = sa.select(FormerPath.path, Page.path).join(Page, Page.id == FormerPath.page_id)
        with wiki.reading() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    assert former(second) == former(database) != {}


def test_without_addresses_people_are_numbers_and_keep_their_names(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    with database.begin() as session:
        ada = make.person(session, name="Ada Patel", email="ada@example.org")
        page = make.page(session, author=ada)
        make.revision(session, page, "More\n", author=make.person(session, name="Bo Shah"))
    export(has_addresses=False)
    assert "example.org" not in git(tmp_path / "out", "log", "--format=%an %ae %B")
    bring_into(second, tmp_path / "out")
    assert told(second, by="name") == told(database, by="name")
    with pytest.raises(Invalid, match="begun without addresses"):
        export()


def test_pages_of_another_origin_keep_their_places(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    with second.begin() as session:
        earlier = make.NOON - timedelta(days=1)
        make.page(session, path="aims", text="Stood here before\n", made_at=earlier)
    with database.begin() as session:
        page = make.page(session, path="aims", text="One\n")
        make.revision(session, page, "Two\n")
        make.revision(session, page, "Three\n", path="goals")
    export()
    report = bring_into(second, tmp_path / "out")
    assert living(second) == {"aims": 1, "goals": 3}
    assert report.reasons == {"taken": 2}


def test_words_that_somebody_wrote_here_stay_on_top(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims", text="One\n")
    export()
    bring_into(second, tmp_path / "out")
    with second.begin() as session:
        copy = session.scalars(sa.select(Page)).one()
        make.revision(session, copy, "Written here\n")
    with database.begin() as session:
        page = session.scalars(sa.select(Page)).one()
        make.revision(session, page, "Two\n")
    export()
    assert bring_into(second, tmp_path / "out").reasons == {"edited-here": 1}
    assert living(second) == {"aims": 2}


def test_revisions_that_somebody_left_out_are_made_up_for_by_reading_the_files(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims", text="One\n")
        make.revision(session, page, "Two\n")
        make.revision(session, page, "Three\n", kind="restore", restored_number=2, note="As it was")
    export()
    out = tmp_path / "out"
    tree, first = git(out, "rev-parse", "main^{tree}", "main~2").split()
    message = git(out, "log", "-1", "--format=%B", "main")
    command = ["commit-tree", tree, "-p", first, "-m", message]
    made = git(out, "-c", "user.name=Di", "-c", "user.email=di@example.org", *command)
    git(out, "update-ref", "refs/heads/main", made.strip())
    bring_into(second, out)
    with second.reading() as session:
        rows = session.scalars(sa.select(Revision).order_by(Revision.number))
        assert [(row.number, row.kind, row.restored_number, row.note) for row in rows] == [
            (1, "create", None, ""),
            (2, "edit", None, "As it was"),
        ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["playbook", "open-data-policy"])
def test_a_real_history_comes_back_the_same(
    name: str, database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    bundle = shared_data(f"{name}.bundle", checks="that a real history survives an export")
    bring_into(database, bundle)
    exported = export()
    report = bring_into(second, tmp_path / "out")
    assert exported.revisions == report.revisions > 400
    assert told(second) == told(database)
    assert living(second) == living(database)
    assert names(second) == names(database)
