"""The program `manyhands` as its commands, called in this process."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from wiki.app import create_app
from wiki.cli import main
from wiki.pages.models import Page, Revision
from wiki.settings import Settings, keep_address
from wiki.storage.engine import Database

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that calls the program over a wiki in an empty folder."""

    def called(*words: str, **said: str) -> Result:
        env = {"MANYHANDS_DATA_DIR": str(tmp_path), **said}
        return CliRunner(env=env).invoke(main, list(words), prog_name="manyhands")

    return called


@pytest.fixture
def port() -> str:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def counts(folder: Path) -> tuple[int, int]:
    """Return how many pages and revisions the wiki in `folder` has."""
    env = {"MANYHANDS_DATA_DIR": str(folder)}
    database = Database(Settings.from_env(env, trial_url="http://127.0.0.1:8000"))
    try:
        with database.reading() as session:
            pages = session.scalar(sa.select(sa.func.count(Page.id))) or 0
            return pages, session.scalar(sa.select(sa.func.count(Revision.id))) or 0
    finally:
        database.close()


def expect_sentence(result: Result, words: str) -> None:
    """Expect that the program ended with a sentence and not with a traceback."""
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_database_is_prepared_once(run: Run) -> None:
    first, second = run("migrate"), run("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == "The database is ready.\n"
    assert second.output == "The database was ready already.\n"


def test_the_sample_is_loaded_once(run: Run, tmp_path: Path) -> None:
    run("migrate")
    first = run("sample")
    assert first.exit_code == 0
    assert first.output.splitlines()[-1].startswith("The sample was loaded: ")
    stands = counts(tmp_path)
    assert stands[0] >= 10
    assert stands[1] >= 60
    second = run("sample")
    assert second.exit_code == 0
    assert "This wiki has pages already" in second.output
    assert counts(tmp_path) == stands


def test_the_sample_can_be_read(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run("sample")
    env = {"MANYHANDS_DATA_DIR": str(tmp_path)}
    settings = Settings.from_env(env, trial_url="http://127.0.0.1:8000")
    database = Database(settings)
    client = create_app(settings, database).test_client()
    with database.reading() as session:
        paths = list(session.scalars(sa.select(Page.path).where(Page.deleted_at.is_(None))))
    doors = ("", "/history", "/compare/1..2", "/links", "/raw", "/feed", "/revisions/1")
    addresses = ["/", "/pages", "/changes", "/gaps", "/links", "/search?q=council"]
    addresses += [f"/pages/{path}{door}" for path in paths for door in doors]
    broken = [one for one in addresses if client.get(one).status_code >= 500]
    database.close()
    assert broken == []


@pytest.mark.parametrize("words", [("people", "list"), ("sample",), ("wiki", "show")])
def test_a_database_that_was_not_prepared_is_said_to_be_so(
    run: Run, words: tuple[str, ...]
) -> None:
    expect_sentence(run(*words), "manyhands migrate")


def test_a_database_of_a_newer_program_is_left_alone(run: Run, tmp_path: Path, port: str) -> None:
    run("migrate")
    engine = sa.create_engine(f"sqlite:///{tmp_path}/wiki.db")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for words in (("migrate",), ("people", "list"), ("serve", "--port", port)):
        expect_sentence(run(*words), "made by a newer Manyhands")


def test_a_wrong_setting_ends_the_program_with_a_sentence(run: Run) -> None:
    expect_sentence(run("migrate", MANYHANDS_TIME_ZONE="Mars"), "MANYHANDS_TIME_ZONE is Mars")
    expect_sentence(run("migrate", MANYHANDS_DATABASE_URL="x"), "MANYHANDS_DATABASE_URL")


def test_a_database_that_does_not_answer_ends_the_program_with_a_sentence(run: Run) -> None:
    url = "postgresql://wiki:hunter2@127.0.0.1:1/wiki"
    result = run("migrate", MANYHANDS_DATABASE_URL=url)
    expect_sentence(result, "database")
    assert "hunter2" not in result.output


def test_a_file_that_is_no_database_ends_the_program_with_a_sentence(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "wiki.db").write_bytes(b"This is a shopping list. " * 1000)
    expect_sentence(run("migrate"), "database")


def test_serving_to_others_needs_a_secret_and_an_address(run: Run, port: str) -> None:
    result = run("serve", "--host", "0.0.0.0", "--port", port)  # noqa: S104  # refused
    expect_sentence(result, "MANYHANDS_PUBLIC_URL is missing")
    result = run("serve", "--port", port, MANYHANDS_ENV="production")
    expect_sentence(result, "MANYHANDS_PUBLIC_URL is missing")
    result = run(
        "serve",
        "--port",
        port,
        MANYHANDS_ENV="production",
        MANYHANDS_PUBLIC_URL="https://x.example",
    )
    expect_sentence(result, "MANYHANDS_SECRET_KEY is missing")


@pytest.mark.parametrize(
    "words", [("migrate",), ("people", "list"), ("sample",), ("wiki", "set", "name", "Ours")]
)
def test_in_production_every_command_needs_a_secret_and_an_address(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    run("migrate")
    result = run(*words, MANYHANDS_ENV="production")
    expect_sentence(result, "MANYHANDS_PUBLIC_URL is missing")
    (tmp_path / "secret-key").write_text("s" * 64)
    for url in ("https://x.example", "http://127.0.0.1:8000"):
        result = run(*words, MANYHANDS_ENV="production", MANYHANDS_PUBLIC_URL=url)
        expect_sentence(result, "MANYHANDS_SECRET_KEY is missing")


def test_a_command_where_nothing_was_prepared_leaves_nothing_behind(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    result = run("people", "list", MANYHANDS_DATA_DIR=str(folder))
    expect_sentence(result, "manyhands migrate")
    assert not folder.exists()


def test_a_link_leads_to_where_the_wiki_was_served_last(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run("people", "add", "ana@example.org", "--name", "Ana", "--role", "admin")
    link = run("people", "link", "ana@example.org").output
    assert link.startswith("http://127.0.0.1:8000/sign-in/link/")
    env = {"MANYHANDS_DATA_DIR": str(tmp_path)}
    keep_address(Settings.from_env(env, trial_url="http://127.0.0.1:9000"))
    link = run("people", "link", "ana@example.org").output
    assert link.startswith("http://127.0.0.1:9000/sign-in/link/")
    said = {"MANYHANDS_PUBLIC_URL": "http://127.0.0.1:9001"}
    link = run("people", "link", "ana@example.org", **said).output
    assert link.startswith("http://127.0.0.1:9001/sign-in/link/")


@pytest.mark.parametrize(
    "words", [("--port", "0"), ("--port", "65536"), ("--workers", "0"), ("--port", "x")]
)
def test_a_number_that_cannot_be_is_refused_before_serving(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run("serve", *words)
    assert result.exit_code == 2
    assert words[0] in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [("serve",), ("migrate",), ("people", "add"), ("import", "git")])
def test_help_of_a_command_needs_no_wiki(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "--help", MANYHANDS_DATABASE_URL="nonsense")
    assert result.exit_code == 0
    assert "Usage: manyhands " + " ".join(words) in result.output
    assert not list(tmp_path.iterdir())


def test_a_command_that_does_not_exist_is_named(run: Run) -> None:
    result = run("servr")
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_help_lists_every_command_and_needs_no_wiki(run: Run, tmp_path: Path) -> None:
    result = run("--help", MANYHANDS_DATABASE_URL="nonsense")
    assert result.exit_code == 0
    for name in ("import", "migrate", "people", "rebuild", "sample", "serve", "start", "wiki"):
        assert f"\n  {name} " in result.output
    assert not list(tmp_path.iterdir())
