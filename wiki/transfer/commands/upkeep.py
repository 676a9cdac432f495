"""The commands that keep a wiki safe and well: backup, restore, check, held letters."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from wiki.clock import utc_now
from wiki.mail import outbox
from wiki.storage.engine import Database
from wiki.transfer.commands.telling import Teller
from wiki.transfer.service.backup import backup as make_backup
from wiki.transfer.service.checking import Checked
from wiki.transfer.service.checking import check as look_at_all
from wiki.transfer.service.restore import restore as bring_back

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
_KIB = 1024


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over the file if it is there.")
@AS_JSON
@click.pass_obj
def backup(database: Database, file: Path, replace: bool, as_json: bool) -> None:
    """Write everything into one file, while the wiki runs.

    All that was saved before this began is in it. Password hashes and addresses are in it too:
    only its owner can read it, and it should lie where nobody else can. The settings are not.
    """
    made = make_backup(database, file, now=utc_now(), replace=replace, progress=Teller())
    if as_json:
        click.echo(json.dumps({**asdict(made), "file": str(made.file)}))
        return
    click.echo(
        f"{made.file} holds everything: {made.pages:,} pages, {made.revisions:,} revisions, "
        f"{made.length // _KIB + 1:,} KiB."
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
@click.pass_obj
def restore(database: Database, file: Path, as_json: bool) -> None:
    """Bring a backup back into an empty place, on SQLite or PostgreSQL.

    Nobody is signed in afterwards and no letter leaves until you say so. Cut short, it is
    finished by the same command.
    """
    came = bring_back(database, file, now=utc_now(), progress=Teller())
    if as_json:
        click.echo(json.dumps({**asdict(came), "made_at": came.made_at.isoformat()}))
        return
    if came.held:
        click.echo(
            f"{came.held:,} letters that waited are held. To let them leave: manyhands letters "
            "send. To give them up: manyhands letters drop"
        )
    click.echo(
        f"The wiki of {came.made_at:%Y-%m-%d %H:%M} UTC is back: {came.pages:,} pages, "
        f"{came.revisions:,} revisions. Mail is switched off; to switch it on: "
        "manyhands wiki set mail on"
    )


@click.group()
def letters() -> None:
    """Look after the letters that a restore held back."""


@letters.command("show")
@AS_JSON
@click.pass_obj
def show_letters(database: Database, as_json: bool) -> None:
    """Say how many letters there are in each state."""
    with database.reading() as session:
        counts = outbox.counts(session)
    told = ", ".join(f"{count:,} {state}" for state, count in counts.items())
    click.echo(json.dumps(counts) if as_json else f"Letters: {told}.")


@letters.command("send")
@click.pass_obj
def send_letters(database: Database) -> None:
    """Let the letters that a restore held leave after all."""
    with database.begin() as session:  # the home page tells how many wait
        count = outbox.send_held(session, now=utc_now())
    click.echo(f"{count:,} letters will leave, as soon as mail is switched on.")


@letters.command("drop")
@click.pass_obj
def drop_letters(database: Database) -> None:
    """Give up the letters that a restore held."""
    with database.begin() as session:  # the home page tells how many wait
        count = outbox.drop_held(session)
    click.echo(f"{count:,} letters were given up.")


@click.command()
@click.option("--deep", is_flag=True, help="Make everything anew that is derived, and compare.")
@AS_JSON
@click.pass_context
def check(ctx: click.Context, deep: bool, as_json: bool) -> None:
    """Say whether all is well, and if not, what to do. Changes nothing.

    Every text is read and compared with its SHA-256; what is derived is looked at for some
    pages, or with --deep for all. The exit code is 1 when something is not well.
    """
    checked = look_at_all(ctx.obj, now=utc_now(), is_deep=deep, progress=Teller())
    if as_json:
        click.echo(json.dumps({"is_well": not checked.findings, **asdict(checked)}))
    else:
        _tell(checked)
    ctx.exit(1 if checked.findings else 0)


def _tell(checked: Checked) -> None:
    for finding in checked.findings:
        click.echo(f"- {finding.sentence}\n  {finding.remedy}")
    for note in checked.notes:
        click.echo(f"Note: {note}")
    counts = ", ".join(f"{count:,} {name}" for name, count in checked.counts.items())
    count = len(checked.findings)
    found = "All is well" if not count else f"{count:,} finding{'s' if count > 1 else ''}"
    click.echo(f"{found}: {counts}.")
