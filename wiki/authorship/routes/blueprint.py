"""The blueprint of authorship, and the one way to open a door for readers."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from wiki.authorship import service
from wiki.errors import Busy
from wiki.people import guards
from wiki.web.cache import cached_page
from wiki.web.db import database

bp = Blueprint("authorship", __name__)

View = Callable[..., ResponseReturnValue]


def door(rule: str) -> Callable[[View], View]:
    """Open the address `rule` to those who may read the wiki.

    The page is kept until the database changes, so it may depend on nothing but the
    database, the address and who asks.
    """

    def open_to_readers(view: View) -> View:
        @wraps(view)
        def guarded(**values: object) -> ResponseReturnValue:
            guards.need_reader()
            return view(**values)

        kept = cached_page(guarded)
        bp.get(rule)(kept)
        return kept

    return open_to_readers


def keep_up(*page_ids: int) -> None:
    """See to it that these pages are followed to their heads; reading goes on where it cannot."""
    with suppress(Busy, OperationalError):
        service.ensure(database(), page_ids)
