"""A wiki that is started, killed and started again, on a database of either kind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from bench._editors import HOST, Editor, enter
from tests.postgres import fresh_database
from wiki.clock import utc_now
from wiki.pages.models import Page, Revision
from wiki.pages.service import texts_of
from wiki.people import service as people
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.writing.service import write_new

PROGRAM = str(Path(sys.executable).parent / "manyhands")
START_SECONDS = 30


class Wiki:
    """One wiki in a folder of its own, with a server that can be killed."""

    def __init__(self, kind: str, folder: Path, workers: int = 2) -> None:
        self.port = _free_port()
        url = fresh_database() if kind == "postgresql" else f"sqlite:///{folder}/wiki.db"
        self.env = {
            "MANYHANDS_DATABASE_URL": url,
            "MANYHANDS_DATA_DIR": str(folder),
            "MANYHANDS_SECRET_KEY": "only-for-measuring-0123456789abcdef0123",
            "MANYHANDS_PUBLIC_URL": f"http://{HOST}:{self.port}",
            "MANYHANDS_MAIL_TRANSPORT": "file",
        }
        self.workers = workers
        self.database = Database(Settings.from_env(self.env))
        migrate(self.database)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start the server and return the seconds until it answers."""
        begun = time.perf_counter()
        command = [PROGRAM, "serve", "--port", str(self.port), "--workers", str(self.workers)]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **self.env},  # noqa: TID251  # a server finds its PATH there
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        asking = Editor(self.port, "", "")
        while asking.ask("GET", "/readyz").status != 200:  # noqa: PLR2004
            assert time.perf_counter() - begun < START_SECONDS, "the server does not start"
            time.sleep(0.02)
        return time.perf_counter() - begun

    def kill(self) -> None:
        """Kill the server with all its processes, without a warning."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Stop the server and let go of the database."""
        self._signal(signal.SIGTERM)
        self.database.close()

    def _signal(self, number: int) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=START_SECONDS)
            self.process = None

    def editors(self, count: int) -> list[Editor]:
        """Return so many new members, each signed in; the server must run."""
        tokens = []
        for _ in range(count):
            with self.database.begin() as session:
                name = f"Editor {time.monotonic_ns()}"
                email = f"{name.replace(' ', '').lower()}@example.org"
                added = people.add(session, email, name=name, now=utc_now())
                tokens.append((people.make_link(session, added.person_id, now=utc_now()), name))
        return [enter(self.port, token, name) for token, name in tokens]

    def again(self, editor: Editor) -> Editor:
        """Return another browser with the same cookie."""
        return Editor(self.port, editor.cookie, editor.name)

    def new_page(self, path: str, text: str) -> str:
        """Make a page and return its path."""
        with self.database.begin() as session:
            author = people.add(session, "first@example.org", name="First", now=utc_now())
            write_new(session, path, text, author_id=author.person_id, made_at=utc_now())
        return path

    def history(self, path: str) -> list[str]:
        """Return the texts of a page's revisions, oldest first; numbered without gaps."""
        query = sa.select(Revision.number, Revision.text_sha).join(
            Page, Page.id == Revision.page_id
        )
        with self.database.reading() as session:
            rows = session.execute(query.where(Page.path == path).order_by(Revision.number)).all()
            texts = texts_of(session, {row.text_sha for row in rows})
        assert [row.number for row in rows] == list(range(1, len(rows) + 1)), "numbers have gaps"
        return [texts[row.text_sha] for row in rows]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
