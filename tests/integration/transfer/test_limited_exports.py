"""Whoever exports is told that pages are in it which only some may read in the wiki."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import make
from wiki.pages.service import limits
from wiki.storage.engine import Database
from wiki.transfer.commands import take_out


@pytest.fixture
def limited(database: Database) -> Database:
    """Return a wiki in which `plans` and what is under it is for some, one page of it deleted."""
    with database.begin() as session:
        for path in ("plans", "plans/first", "plansandmore", "open"):
            make.page(session, path=path, text=f"{path}\n")
        gone = make.page(session, path="plans/gone", text="Gone\n")
        gone.deleted_at = make.NOON
        limits.limit(session, "plans", "read", [("role", "reviewer")], now=make.NOON)
        limits.limit(session, "open", "write", [("role", "reviewer")], now=make.NOON)
    return database


def run(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(take_out, list(arguments), obj=database)


@pytest.mark.parametrize(("kind", "count"), [("git", 3), ("markdown", 2)])
def test_an_export_says_how_many_of_its_pages_are_for_some_only(
    limited: Database, tmp_path: Path, kind: str, count: int
) -> None:
    said = run(limited, kind, str(tmp_path / "out")).stdout
    assert f"It holds {count} pages that only some may read in the wiki." in said
    assert "Whoever has the folder can read all of it." in said
    facts = json.loads(run(limited, kind, str(tmp_path / "out"), "--json").stdout)
    assert facts["limited"] == count


@pytest.mark.parametrize("kind", ["git", "markdown"])
def test_where_everybody_may_read_everything_nothing_is_said(
    database: Database, tmp_path: Path, kind: str
) -> None:
    with database.begin() as session:
        make.page(session, path="open", text="Open\n")
    result = run(database, kind, str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "only some" not in result.stdout
