"""The commands that take things out."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from wiki.clock import utc_now
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands.telling import Teller
from wiki.transfer.rules.tally import counted

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group("export")
def take_out() -> None:
    """Take pages out, in forms that other programs read."""


@take_out.command("git")
@_FOLDER
@click.option("--no-addresses", is_flag=True, help="Write person-7@invalid for each address.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.pass_obj
def export_git(database: Database, folder: Path, no_addresses: bool, as_json: bool) -> None:
    """Write the history of all pages into DIR as a git repository, a commit a revision.

    Pages that only some may read are in it too. Again adds what is new. Importing it with
    `manyhands import git` gives the same revisions.
    """
    done = service.export_git(database, folder, has_addresses=not no_addresses, progress=Teller())
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    if done.has_addresses:
        click.echo("It holds the e-mail addresses of all authors (--no-addresses leaves them out).")
    _warn_of_limited(done.limited)
    click.echo(
        f"{counted(done.revisions_new, 'new revision')} written in {done.seconds:.1f} s: "
        f"{folder.name} holds {counted(done.revisions, 'revision')} of "
        f"{counted(done.pages, 'page')}."
    )


@take_out.command("markdown")
@_FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.pass_obj
def export_markdown(database: Database, folder: Path, as_json: bool) -> None:
    """Write the pages as they stand into DIR, one file each, byte for byte.

    Pages that only some may read are among them. Again brings the folder up to date: files of
    pages that are gone go too. What somebody changed in the folder is left alone and named.
    """
    done = service.export_markdown(database, folder, now=utc_now(), progress=Teller())
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    for line in sorted(done.left):
        click.echo(f"Left alone: {line}")
    _warn_of_limited(done.limited)
    click.echo(
        f"{folder.name} holds {counted(done.pages, 'page')}: {done.written:,} files written and "
        f"{done.removed:,} removed in {done.seconds:.1f} s."
    )


def _warn_of_limited(count: int) -> None:
    if count:
        click.echo(
            f"It holds {counted(count, 'page')} that only some may read in the wiki. Whoever has "
            "the folder can read all of it."
        )
