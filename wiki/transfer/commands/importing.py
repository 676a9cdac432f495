"""The commands that bring things in."""

import json
from pathlib import Path

import click

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands.telling import Teller
from wiki.transfer.rules import folder_report, tally
from wiki.transfer.service import Wanted, WantedFolder

TAKEN_IN_PART = 3


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
    report = service.import_git(database, wanted, now=utc_now(), progress=Teller())
    if as_json:
        click.echo(json.dumps(tally.as_json(report), ensure_ascii=False))
        return
    for line in tally.lines(report):
        click.echo(line)
    click.echo(tally.last_line(report))


@bring_in.command("markdown")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--under", default="", help="Put the pages under the page at this path.")
@click.option("--author", default="", help="Whose pages these are (an address).")
@click.option("--note", default="", help="What the history says of each (else the file's name).")
@click.option("--force", is_flag=True, help="Put files on top of what people changed here.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.pass_obj
def import_markdown(
    database: Database,
    folder: Path,
    under: str,
    author: str,
    note: str,
    force: bool,
    as_json: bool,
) -> None:
    """Make a page of each Markdown file in DIR, or bring its page up to date.

    Safe to repeat: a file that did not change makes nothing. What people wrote in the wiki
    since is merged with the file, or the file is named and not taken. Pages without a file stay
    as they are. The author is the first administrator unless --author names another member. The
    exit code is 0 if every file was taken, and 3 if some were not.
    """
    wanted = WantedFolder(folder=folder, under=under, author=author, note=note, is_forced=force)
    report = service.import_markdown(database, wanted, now=utc_now(), progress=Teller())
    if as_json:
        click.echo(json.dumps(folder_report.as_json(report), ensure_ascii=False))
    else:
        for line in folder_report.lines(report):
            click.echo(line)
        click.echo(folder_report.last_line(report))
    if report.left():
        raise click.exceptions.Exit(TAKEN_IN_PART)


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid("The people file is no UTF-8 text.") from error
