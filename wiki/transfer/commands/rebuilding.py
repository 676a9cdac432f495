"""The commands that make anew what is derived."""

import click

from wiki.authorship import service as authorship
from wiki.clock import utc_now
from wiki.pages import service as pages
from wiki.search import service as search
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands.telling import Teller


@click.group()
def rebuild() -> None:
    """Make anew what is derived from the texts."""


@rebuild.command("html")
@click.option("--all", "everything", is_flag=True, help="Also what is up to date.")
@click.pass_obj
def rebuild_html(database: Database, everything: bool) -> None:
    """Render pages anew that an older version of the program rendered."""
    tell = Teller()
    service.derive_all(database, tell)
    count = pages.rebuild_html(
        database, lambda done, total: tell("revisions", done, total), everything=everything
    )
    click.echo(f"{count:,} revisions were rendered anew.")


@rebuild.command("search")
@click.pass_obj
def rebuild_search(database: Database) -> None:
    """Index every page anew."""
    tell = Teller()
    count = search.rebuild(database, lambda done, total: tell("pages", done, total))
    click.echo(f"{count:,} pages can be found.")


@rebuild.command("authorship")
@click.argument("path", default="")
@click.option("--all", "everything", is_flag=True, help="Also what is up to date.")
@click.pass_obj
def rebuild_authorship(database: Database, path: str, *, everything: bool) -> None:
    """Find anew who wrote which words: of the page at PATH, or of all that wait for it.

    May be stopped at any time; started again, it goes on.
    """
    if path:
        count = authorship.rebuild_page(database, path)
        click.echo(f"{count:,} revisions of /{path} were followed anew.")
        return
    tell = Teller()
    done = authorship.rebuild(
        database, lambda done, total: tell("revisions", done, total), everything=everything
    )
    failed = f" {done.failed:,} pages could not be. Run: manyhands check" if done.failed else ""
    click.echo(f"{done.revisions:,} revisions of {done.pages:,} pages were followed.{failed}")


@rebuild.command("texts")
@click.pass_obj
def rebuild_texts(database: Database) -> None:
    """Make older texts small now; otherwise that happens bit by bit, in the background."""
    with database.reading() as session:
        before = pages.size_of_texts(session)
    tell = Teller()
    pages.chain_all(database, lambda done, total: tell("pages", done, total), now=utc_now())
    with database.reading() as session:
        after = pages.size_of_texts(session)
    click.echo(
        f"The texts of {after.revisions:,} revisions take {after.each:,} bytes each; "
        f"before, {before.each:,}."
    )
