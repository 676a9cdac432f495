"""The blueprint of the pages, and the one way to open a door for readers."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint
from flask.typing import ResponseReturnValue

from wiki.pages.guards import has_right
from wiki.pages.rules import is_template
from wiki.people import guards
from wiki.web.cache import cached_page

bp = Blueprint("pages", __name__)
bp.add_app_template_global(has_right, "has_right")
bp.add_app_template_global(is_template, "is_template")

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
