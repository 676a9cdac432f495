"""The commands for a first look: the sample strategy, and a way in."""

import json

import click

from wiki.clock import utc_now
from wiki.errors import WikiError
from wiki.people import queries as people_queries
from wiki.people import service as people
from wiki.people.rules.links import sign_in_url
from wiki.storage.engine import Database
from wiki.transfer import service


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
