"""Writes down every address of the wiki; run as a program it renews routes.txt."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate

COMMITTED = Path(__file__).with_name("routes.txt")
AUTOMATIC = {"HEAD", "OPTIONS"}


@contextmanager
def an_app() -> Iterator[Flask]:
    """Give the application over an empty database in a folder that goes away afterwards."""
    from wiki.app import create_app  # noqa: PLC0415  a broken app must not stop the other tests

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=f"sqlite:///{folder}/wiki.db",
            data_dir=Path(folder),
            secret_key="only-for-tests-0123456789abcdef0123456789",
            public_url="http://wiki.example.org",
        )
        database = Database(settings)
        migrate(database)
        try:
            yield create_app(settings, database)
        finally:
            database.close()


def listed(app: Flask) -> str:
    """Return one line for each address: methods, address and the function that answers."""
    lines = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        methods = ",".join(sorted((rule.methods or set()) - AUTOMATIC))
        lines.append(f"{methods:<9} {rule.rule:<50} {rule.endpoint}\n")
    return "".join(lines)


if __name__ == "__main__":
    with an_app() as app:
        COMMITTED.write_text(listed(app), encoding="utf-8")
