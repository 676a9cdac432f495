"""A whole wiki behind a real address: our sample strategy, odd pages, members, letters in a folder.

It is the application itself with one door more: `/trouble/<status>` answers as if something
had gone wrong, so that every page about trouble can be looked at in a browser.
"""

import mailbox
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, abort
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.conftest import settings_for
from wiki import errors
from wiki.app import create_app
from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due
from wiki.mail.transport import transport_for
from wiki.people import service as people
from wiki.storage.engine import Database

PASSWORD = "gravel towpath heron 41"
LINK = re.compile(r"http://\S+/sign-in/link/\S+")
TROUBLES: dict[int, errors.WikiError] = {
    403: errors.NotAllowed("Your role in this wiki does not include this."),
    404: errors.NotFound("There is no page at {path}.", path="nowhere"),
    413: errors.TooLarge("The text is longer than a page can be."),
    422: errors.Invalid("The last of March is not a date."),
    429: errors.TooMany("There were too many tries to sign in.", wait_seconds=60),
    503: errors.Busy("The wiki is busy."),
}


@dataclass(frozen=True, slots=True)
class LiveWiki:
    """A wiki that answers at `url` for as long as the tests run."""

    url: str
    app: Flask
    database: Database

    def join(self, name: str, role: str = "member", password: str = "") -> str:
        """Add a member if there is none of this name, and return the address of e-mail."""
        email = f"{name.lower().replace(' ', '.')}@example.org"
        with self.database.begin() as session:
            people.add(session, email, name=name, role=role, now=utc_now())
            if password:
                person = people.active_member(session, email)
                people.set_password(session, person, password, now=utc_now())
        return email

    def link(self, email: str) -> str:
        """Return a link that signs the member in once, as `manyhands people link` prints it."""
        with self.database.begin() as session:
            person = people.active_member(session, email)
            token = people.make_link(session, person.id, now=utc_now())
        return f"{self.url}/sign-in/link/{token}"

    def cookie(self, email: str) -> str:
        """Return the cookie of a browser in which the member is signed in."""
        with self.database.begin() as session:
            person = people.active_member(session, email)
            token = people.open_sign_in(session, person.id, now=utc_now())
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return str(signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True}))

    def enter(self, page: Page, email: str) -> None:
        """Let the browser of `page` be one in which the member is signed in."""
        page.context.add_cookies(
            [{"name": "manyhands", "value": self.cookie(email), "url": self.url}]
        )

    def newest_link(self) -> str:
        """Send the letters that wait, and return the link in the one that came last."""
        settings = self.database.settings
        deliver_due(self.database, transport_for(settings.mail, settings.data_dir), clock=utc_now)
        box = mailbox.Maildir(settings.data_dir / "mail")
        newest = max(box.values(), key=lambda letter: letter.get_date())
        found = [LINK.search(str(part)) for part in newest.walk() if not part.is_multipart()]
        return next(match[0] for match in found if match)


@contextmanager
def opened(template: Path, folder: Path) -> Iterator[LiveWiki]:
    """Start a wiki on a copy of the migrated database `template`, and stop it at the end."""
    file = Path(shutil.copy(template, folder / "wiki.db"))
    # The address is known only when somebody listens, and the application wants it before.
    server = make_server("127.0.0.1", 0, _nothing_yet, threaded=True, request_handler=_Quiet)
    url = f"http://127.0.0.1:{server.server_port}"
    settings = replace(settings_for(f"sqlite:///{file}", folder), public_url=url)
    database = Database(settings)
    app = create_app(settings, database)
    app.add_url_rule("/trouble/<int:status>", view_func=_trouble)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveWiki(url, app, database)
    server.shutdown()
    thread.join()
    server.server_close()
    database.close()


class _Quiet(WSGIRequestHandler):
    """Answers without a line on the screen for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _nothing_yet(_environ: object, _start_response: object) -> list[bytes]:
    return []


def _trouble(status: int) -> ResponseReturnValue:
    if status == 500:
        raise RuntimeError("asked for by a test")
    if status in TROUBLES:
        raise TROUBLES[status]
    abort(status)
