"""The command `manyhands`: serving the wiki, and the door to every feature's commands."""

import importlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import click
import sqlalchemy as sa
from werkzeug.local import LocalProxy

from wiki.errors import Misconfigured, WikiError
from wiki.settings import LOOPBACK, Settings, keep_address
from wiki.storage.engine import Database
from wiki.storage.migrations import NOT_PREPARED, check_shape
from wiki.storage.migrations import current as current_shape
from wiki.storage.migrations import migrate as run_migrations

# Loaded when called: a start should not pay for what it does not use.
FEATURES = {
    "backup": "wiki.transfer.commands.upkeep:backup",
    "check": "wiki.transfer.commands.upkeep:check",
    "export": "wiki.transfer.commands:take_out",
    "import": "wiki.transfer.commands:bring_in",
    "letters": "wiki.transfer.commands.upkeep:letters",
    "people": "wiki.people.commands:people",
    "rebuild": "wiki.transfer.commands:rebuild",
    "restore": "wiki.transfer.commands.upkeep:restore",
    "sample": "wiki.transfer.commands:sample",
    "wiki": "wiki.people.commands:wiki",
}
# Other errors of a database are mistakes of ours, to be shown whole.
_DATABASE_IS_AWAY = {sa.exc.OperationalError, sa.exc.DatabaseError}
ADMIN_EMAIL = "admin@example.org"
HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that answer.",
)


class _Features(click.Group):
    """A group that loads a feature's commands when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *FEATURES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FEATURES:
            return super().get_command(ctx, cmd_name)
        module, name = FEATURES[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WikiError as error:
            raise click.ClickException(str(error)) from error
        except sa.exc.DatabaseError as error:
            if type(error) not in _DATABASE_IS_AWAY:
                raise
            reason = " ".join(str(error.orig).split())
            raise click.ClickException(f"The database cannot be used: {reason}") from error


@click.group(cls=_Features)
@click.version_option(package_name="manyhands", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Manyhands: a wiki in which an organisation drafts one strategy together."""

    @cache
    def database() -> Database:
        settings = Settings.for_command()
        if ctx.invoked_subcommand in {"migrate", "restore"}:
            return ctx.with_resource(_opened(settings))
        _refuse_missing_file(settings)
        opened = ctx.with_resource(_opened(settings))
        check_shape(opened)
        return opened

    # Opened when a command first uses it: asking for help needs no wiki.
    ctx.obj = LocalProxy(database)


def _refuse_missing_file(settings: Settings) -> None:
    """Refuse what was never prepared before opening it, which would leave an empty file."""
    place = sa.make_url(settings.database_url)
    if place.get_backend_name() == "sqlite" and not Path(place.database or "").is_file():
        raise Misconfigured(NOT_PREPARED)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        database.close()


@main.command()
@click.pass_obj
def migrate(database: Database) -> None:
    """Prepare the database, or bring it up to date. Safe to run twice."""
    done = run_migrations(database)
    click.echo("The database is ready." if done else "The database was ready already.")


@main.command()
@HOST
@PORT
@WORKERS
def serve(host: str, port: int, workers: int) -> None:
    """Serve the wiki."""
    settings = _serving_settings(host, port)
    with _opened(settings) as database:
        # An empty place is made ready; an old database is left for the person to migrate.
        if _is_new(database):
            run_migrations(database)
        check_shape(database)
    _serve(settings, host, port, workers)


@main.command()
@click.pass_obj
def worker(database: Database) -> None:
    """Do the work behind the pages, without serving any: letters, older texts.

    Only needed beside servers that were told MANYHANDS_WORKER=separate.
    """
    importlib.import_module("wiki.background").work_until_told(database)


@main.command()
@PORT
def start(port: int) -> None:
    """Prepare everything for a first look on this machine, and serve it.

    Prepares the database, loads the sample strategy into an empty wiki, adds an
    administrator and prints a link that signs in once.
    """
    host = "127.0.0.1"
    settings = _serving_settings(host, port)
    with _opened(settings) as database:
        if _is_new(database):
            click.echo("Preparing the database and the sample strategy (usually 3 s) ...")
        run_migrations(database)
        prepare = importlib.import_module("wiki.transfer.commands").first_look
        link = prepare(database, ADMIN_EMAIL)
    click.echo(f"\n  The wiki:  {settings.public_url}")
    if link:
        click.echo(f"  Sign in as administrator (works once, for 15 minutes):\n  {link}\n")
    click.echo("  Stop with Ctrl-C.\n")
    _serve(settings, host, port, workers=1)


def _serving_settings(host: str, port: int) -> Settings:
    shown = f"[{host}]" if ":" in host else host
    trial_url = f"http://{shown}:{port}" if host in LOOPBACK else ""
    settings = Settings.from_env(trial_url=trial_url)
    _refuse_taken_port(host, port)
    if settings.public_url == trial_url:
        keep_address(settings)
    return settings


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(
                "Port {port} on {host} cannot be used ({reason}). Stop the other program, or "
                "choose another port with --port.",
                port=port,
                host=host,
                reason=error.strerror,
            ) from error


def _is_new(database: Database) -> bool:
    return current_shape(database) is None


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    importlib.import_module("wiki.serving").serve(settings, host, port, workers)
