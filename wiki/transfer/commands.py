"""The commands that bring things in, load the sample and make anew what is derived."""

import json
import sys
import time
from pathlib import Path

import click

from wiki.clock import utc_now
from wiki.errors import Invalid, WikiError
from wiki.pages import service as pages
from wiki.people import queries as people_queries
from wiki.people import service as people
from wiki.people.rules.links import sign_in_url
from wiki.search import service as search
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.rules import tally
from wiki.transfer.service import Wanted

_BAR_LENGTH = 30
_SECONDS_BETWEEN_LINES = 5


@click.group("import")
def bring_in() -> None:
    """Bring in what lies elsewhere."""


@bring_in.command("git")
@click.argument("source")
@click.option("--under", default="", help="Take only this folder of it.")
@click.option("--branch", default="", help="Take this branch, not the usual one.")
@click.option(
    "--people",
    "people_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who has several addresses, as lines: Name <main address> <other address>.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.pass_obj
def import_git(
    database: Database,
    source: str,
    under: str,
    branch: str,
    people_file: Path | None,
    as_json: bool,
) -> None:
    """Bring in the Markdown pages of a git history, with every revision and author.

    SOURCE is a folder, a bare repository or a bundle. Safe to stop, to repeat and to go on
    with: only what is new is added. Authors become members who are never mailed until they
    sign up.
    """
    people_text = _text_of(people_file) if people_file else ""
    wanted = Wanted(source=source, under=under, branch=branch, people=people_text)
    report = service.import_git(database, wanted, now=utc_now(), progress=_Teller())
    if as_json:
        click.echo(json.dumps(tally.as_json(report), ensure_ascii=False))
        return
    for line in tally.lines(report):
        click.echo(line)
    click.echo(tally.last_line(report))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.pass_obj
def sample(database: Database, as_json: bool) -> None:
    """Load our own sample strategy into an empty wiki. Safe to run twice."""
    loaded = service.load_sample(database, now=utc_now())
    if as_json:
        facts = None if loaded is None else {"pages": loaded.pages, "revisions": loaded.revisions}
        click.echo(json.dumps({"loaded": facts}))
    elif loaded is None:
        click.echo("This wiki has pages already, so the sample was not loaded.")
    else:
        click.echo(
            f"The sample was loaded: {loaded.pages} pages with {loaded.revisions} revisions, "
            f"{loaded.members} members."
        )


def first_look(database: Database, email: str) -> str:
    """Load the sample into an empty wiki; return a link that signs an administrator in once.

    The one with this address is preferred, and is added only where there is no administrator.
    What is refused is told, and the link is then "": a wiki can be served without either.
    """
    now = utc_now()
    try:
        service.load_sample(database, now=now)
        with database.begin() as session:
            if not people_queries.active_admins(session):
                people.add(session, email, name="Administrator", role="admin", now=now)
            admins = people_queries.active_admins(session)
            person = next((one for one in admins if one.email == email), admins[0])
            token = people.make_link(session, person.id, now=now)
    except WikiError as refusal:
        click.echo(str(refusal), err=True)
        return ""
    return sign_in_url(database.settings.public_url, token)


@click.group()
def rebuild() -> None:
    """Make anew what is derived from the texts."""


@rebuild.command("html")
@click.option("--all", "everything", is_flag=True, help="Also what is up to date.")
@click.pass_obj
def rebuild_html(database: Database, everything: bool) -> None:
    """Render pages anew that an older version of the program rendered."""
    tell = _Teller()
    service.derive_all(database, tell)
    count = pages.rebuild_html(
        database, lambda done, total: tell("revisions", done, total), everything=everything
    )
    click.echo(f"{count:,} revisions were rendered anew.")


@rebuild.command("search")
@click.pass_obj
def rebuild_search(database: Database) -> None:
    """Index every page anew."""
    tell = _Teller()
    count = search.rebuild(database, lambda done, total: tell("pages", done, total))
    click.echo(f"{count:,} pages can be found.")


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid("The people file is no UTF-8 text.") from error


class _Teller:
    """Says how far long work has come: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._told_at = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        is_over = done >= total
        if self._is_terminal:
            filled = _BAR_LENGTH * done // max(total, 1)
            bar = "█" * filled + "░" * (_BAR_LENGTH - filled)
            click.echo(f"\r{bar} {done:,} of {total:,} {what} ", err=True, nl=is_over)
        elif is_over or time.monotonic() - self._told_at > _SECONDS_BETWEEN_LINES:
            click.echo(f"{done:,} of {total:,} {what}", err=True)
            self._told_at = time.monotonic()
