"""The commands about members and about the wiki itself."""

import json
import sys
from dataclasses import asdict
from typing import BinaryIO

import click

from wiki.clock import utc_now
from wiki.people import queries, service
from wiki.people.rules.links import sign_in_url
from wiki.people.rules.list_sentences import as_facts, lines
from wiki.people.rules.roles import ROLES
from wiki.people.rules.sheet import decoded
from wiki.storage.engine import Database

TAKEN_IN_PART = 3
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it for a program.")


@click.group()
def people() -> None:
    """Add members, and help them in."""


@people.command("add")
@click.argument("email")
@click.option("--name", help="Needed for a new member.")
@click.option("--role", type=click.Choice(ROLES), help="What they may do; member if not said.")
@click.option("--team", help="Their part of the organisation; made if it is new.")
@AS_JSON
@click.pass_obj
def add(
    database: Database,
    email: str,
    name: str | None,
    role: str | None,
    team: str | None,
    as_json: bool,
) -> None:
    """Add a member, or change what is said about one. Safe to repeat."""
    with database.begin() as session:
        added = service.add(session, email, name=name, role=role, team=team, now=utc_now())
    said = {"added": "was added", "changed": "was changed", "unchanged": "was here already"}
    _say(asdict(added), f"{added.name} {said[added.outcome]}.", as_json=as_json)


@people.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@AS_JSON
@click.pass_obj
def import_file(database: Database, file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Add the members listed in a CSV file. Safe to repeat.

    The first line names the columns: name and email; team, signed_up and role if wanted.
    Lines that cannot be taken are told and counted; the others are added all the same. With
    --dry-run everybody is named who would be added or changed, and nothing is done. The exit
    code is 0 if every line was taken, and 3 if some were refused.
    """
    text = decoded(file.read())
    with database.begin(quiet=dry_run) as session:
        do = service.foresee_import if dry_run else service.import_people
        report = do(session, text, now=utc_now())
    if as_json:
        click.echo(json.dumps(as_facts(report, is_done=not dry_run), ensure_ascii=False))
    else:
        for line in lines(report, is_done=not dry_run):
            click.echo(line)
    if report.refused:
        raise click.exceptions.Exit(TAKEN_IN_PART)


@people.command("link")
@click.argument("email")
@AS_JSON
@click.pass_obj
def link(database: Database, email: str, as_json: bool) -> None:
    """Print a link that signs an active member in once, within 15 minutes."""
    with database.begin() as session:
        person = service.active_member(session, email)
        token = service.make_link(session, person.id, now=utc_now())
    url = sign_in_url(database.settings.public_url, token)
    if not as_json:
        click.echo(url)
    _say(
        {"url": url}, f"This link signs {person.name} in once, within 15 minutes.", as_json=as_json
    )


@people.command("password")
@click.argument("email")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the password from the first line.")
@click.pass_obj
def password(database: Database, email: str, from_stdin: bool) -> None:
    """Give an active member a password, and sign them out everywhere."""
    with database.reading() as session:
        service.active_member(session, email)  # refused before anybody is asked to type
    if from_stdin:
        typed = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    else:
        typed = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with database.begin() as session:
        person = service.active_member(session, email)
        service.set_password(session, person, typed, now=utc_now())
    click.echo(f"{person.name} has a new password.")


@people.command("deactivate")
@click.argument("email")
@click.pass_obj
def deactivate(database: Database, email: str) -> None:
    """Shut a member out at once, in every browser. What they wrote stays."""
    with database.begin() as session:
        person = service.active_member(session, email)
        service.deactivate(session, person.id, now=utc_now())
    click.echo(f"{person.name} was deactivated.")


@people.command("reactivate")
@click.argument("email")
@click.pass_obj
def reactivate(database: Database, email: str) -> None:
    """Let a deactivated member in again, with the role they had."""
    with database.begin() as session:
        person = service.deactivated_member(session, email)
        service.reactivate(session, person.id, now=utc_now())
    click.echo(f"{person.name} is a member again.")


@people.command("list")
@AS_JSON
@click.pass_obj
def list_people(database: Database, as_json: bool) -> None:
    """List all members."""
    with database.reading() as session:
        rows = queries.everybody(session)
    if not as_json:
        for row in rows:
            click.echo(
                f"{row.name} <{row.email}>, {row.team or 'no team'}, {row.role}, {row.state}"
            )
    facts = [asdict(row) for row in rows]
    _say(facts, f"{_counted(len(rows), 'member')}.", as_json=as_json)


@click.group()
def wiki() -> None:
    """Show and change what the wiki is called and who may read it."""


@wiki.command("show")
@AS_JSON
@click.pass_obj
def show_wiki(database: Database, as_json: bool) -> None:
    """Show the settings of the wiki."""
    with database.reading() as session:
        settings = queries.wiki_settings(session)
    lines = "\n".join(f"{key}: {value}" for key, value in asdict(settings).items())
    _say(asdict(settings), lines, as_json=as_json)


@wiki.command("set")
@click.argument("key")
@click.argument("value")
@click.pass_obj
def set_wiki(database: Database, key: str, value: str) -> None:
    """Change a setting of the wiki.

    \b
    name             what the wiki is called
    readers          who may read: everybody, members
    sign_up          who may join: closed, invitation, domain, approval
    sign_up_domains  whose people join at once: "example.org example.com"
    teams            who chooses a member's team: administrators, members
    colour           the colour of the band at the top, like #0f3b40
    """  # noqa: D301  # it is click's mark for lines to be left as they are
    with database.begin() as session:
        kept = service.set_wiki(session, key, value, now=utc_now())
    click.echo(f"{key} is now: {kept}")


def _say(facts: object, last_line: str, *, as_json: bool) -> None:
    click.echo(json.dumps(facts, default=str, ensure_ascii=False) if as_json else last_line)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
