"""The work behind the pages: letters leave, texts are made small, authors found, old rows go.

Every process may run this; a lease lets one of them at a time do each chore.
"""

import logging
import secrets
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wiki.authorship import service as authorship
from wiki.clock import utc_now
from wiki.mail import outbox
from wiki.mail.postman import deliver_round
from wiki.mail.transport import transport_for
from wiki.pages import service as pages
from wiki.people import service as people
from wiki.people.queries import wiki_settings
from wiki.storage.engine import Database
from wiki.storage.leases import leased
from wiki.storage.tidying import is_any, tidy_some
from wiki.writing import service as writing

AFTER_TROUBLE_SECONDS = 10.0
# Between two pieces of a long chore, for whoever wants to save.
BREATH_SECONDS = 0.1
DAY_SECONDS = 86_400.0
_log = logging.getLogger("manyhands.background")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to look after every so many seconds.

    `work` is given who does it. It only reads while there is nothing to do, and returns whether
    more waits.
    """

    name: str
    every: float
    work: Callable[[Database, str], bool]


def chores(database: Database) -> tuple[Chore, ...]:
    """Return all there is to look after in this wiki."""
    transport = transport_for(database.settings.mail, database.settings.data_dir)

    def send_letters(database: Database, holder: str) -> bool:
        if mail_is_on(database):
            deliver_round(database, transport, holder)
        return False

    return (
        Chore("letters", 1.0, send_letters),
        Chore("texts", 60.0, chain_texts),
        Chore("authorship", 60.0, find_authors),
        Chore("tidying", DAY_SECONDS, tidy),
    )


def mail_is_on(database: Database) -> bool:
    """Return whether letters may leave; after a restore they wait until somebody says so."""
    with database.reading() as session:
        return wiki_settings(session).mail == "on"


def chain_texts(database: Database, holder: str) -> bool:
    """Put a few older texts into chains; return whether more wait."""
    with database.reading() as session:
        if not pages.unchained_pages(session, now=utc_now(), limit=1):
            return False
    with leased(database, "texts", holder) as is_ours:
        return is_ours and pages.chain_some(database, now=utc_now()) > 0


def find_authors(database: Database, holder: str) -> bool:
    """Follow a page whose authorship is behind; return whether more may be."""
    with database.reading() as session:
        if not authorship.is_any_behind(session):
            return False
    with leased(database, "authorship", holder) as is_ours:
        return is_ours and authorship.catch_up_one(database)


def tidy(database: Database, holder: str) -> bool:
    """Let a few rows go that nobody needs any more; return whether more wait."""
    now = utc_now()
    stale = (*people.stale(now), *outbox.stale(now), *pages.stale(now), *writing.stale(now))
    with database.reading() as session:
        if not any(is_any(session, one) for one in stale):
            return False
    with leased(database, "tidying", holder) as is_ours:
        if not is_ours:
            return False
        with database.begin(quiet=True) as session:
            return tidy_some(session, stale) > 0


def work_until(stop: threading.Event, database: Database, todo: Sequence[Chore] = ()) -> None:
    """Look after the chores, each when it is due, until told to stop.

    Trouble of any kind is logged and waited out.
    """
    holder = secrets.token_hex(8)
    listed = todo or chores(database)
    due = dict.fromkeys(listed, 0.0)
    while not stop.wait(max(0.0, min(due.values()) - time.monotonic())):
        for chore in listed:
            if due[chore] <= time.monotonic() and not stop.is_set():
                due[chore] = _done(chore, database, holder) + time.monotonic()


def work_until_told(database: Database) -> None:
    """Look after the chores in this process until it is told to end; finish the one in hand."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    work_until(stop, database)


def _done(chore: Chore, database: Database, holder: str) -> float:
    """Do some of a chore and return after how many seconds to look again."""
    try:
        return BREATH_SECONDS if chore.work(database, holder) else chore.every
    except Exception as error:  # noqa: BLE001  # whatever it is, the others must go on
        # The name only: the text of such an error may hold addresses.
        _log.error("The background could not work on %s: %s", chore.name, type(error).__name__)
        return AFTER_TROUBLE_SECONDS
