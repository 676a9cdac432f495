"""The addresses of the search: the page of results, and suggestions while somebody types."""

from collections.abc import Callable

from babel import Locale
from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from wiki.pages.guards import sight
from wiki.pages.queries.sight import Sight
from wiki.people import guards
from wiki.search.forms import Wanted, read_search
from wiki.search.queries import finding
from wiki.search.queries.choices import Choices, choices
from wiki.search.queries.finding import Results
from wiki.web.cache import cached_page, remembered
from wiki.web.db import reading
from wiki.web.filters import page_url
from wiki.web.paging import numbered_pages

bp = Blueprint("search", __name__)


@bp.get("/search")
@cached_page
def search() -> ResponseReturnValue:
    """Show what a query finds, best first, twenty to a page."""
    guards.need_reader()
    wanted = read_search(request.args)
    seen = sight()
    with reading() as session:
        results = finding.search(
            session, wanted.query, wanted.filters, sight=seen, page=wanted.page
        )
        is_lost = not results.total and not results.asked.is_empty
        similar = finding.similar(session, wanted.query, sight=seen) if is_lost else []
    here = _choices(seen)
    return render_template(
        "search/search.html",
        wanted=wanted,
        results=results,
        similar=similar,
        choices=here,
        places=_places(here, wanted.filters.under),
        tags=[(tag, tag) for tag in here.tags],
        languages=[(code, _language_name(code)) for code in here.languages],
        numbers=numbered_pages(results.page, results.page_count, _address(wanted)),
        previous=_neighbour(wanted, results, -1),
        next=_neighbour(wanted, results, 1),
    )


@bp.get("/search/suggest")
@cached_page
def suggest() -> ResponseReturnValue:
    """Give, as JSON, the pages that somebody who is typing may mean."""
    guards.need_reader()
    with reading() as session:
        found = finding.suggest(session, request.args.get("q", ""), sight=sight())
    return jsonify(
        [{"title": one.title, "path": one.path, "url": page_url(one.path)} for one in found]
    )


def _choices(seen: Sight) -> Choices:
    """Return what there is to choose from, kept until something changes."""

    def read() -> Choices:
        with reading() as session:
            return choices(session, seen)

    return remembered(("search choices", seen), read)


def _places(here: Choices, under: str) -> list[tuple[str, str]]:
    """Return the places to choose from, the chosen one among them wherever it lies."""
    is_listed = not under or under in dict(here.places)
    return here.places if is_listed else [*here.places, (under, under)]


def _address(wanted: Wanted) -> Callable[[int], str]:
    return lambda number: url_for("search.search", **wanted.address, page=number)


def _neighbour(wanted: Wanted, results: Results, step: int) -> str:
    number = results.page + step
    return _address(wanted)(number) if 1 <= number <= results.page_count else ""


def _language_name(code: str) -> str:
    names = (get_locale() or Locale("en")).languages
    return str(names.get(code.lower().partition("-")[0], code)).capitalize()
