"""Who wrote how much of a page: as a page to read, as CSV and as JSON."""

from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from wiki.authorship import guards
from wiki.authorship.forms import Asked, read_asked
from wiki.authorship.queries import contributors as queries
from wiki.authorship.queries.contributors import Asking, Contributors
from wiki.authorship.queries.sums import Scope
from wiki.authorship.routes import charting, files
from wiki.authorship.routes.blueprint import door, keep_up
from wiki.authorship.routes.wording import names_of, stretch
from wiki.authorship.rules.report import ORDERS, in_order
from wiki.clock import utc_now
from wiki.errors import NotFound
from wiki.pages.guards import no_page, sight, who
from wiki.pages.queries import reading
from wiki.pages.queries.reading import ReadPage
from wiki.pages.routes import places
from wiki.people.guards import wiki
from wiki.web.db import reading as reads
from wiki.web.db import settings
from wiki.web.refusals import said

SHOWN = 50


@door("/pages/<path:path>/contributors")
def contributors(path: str) -> ResponseReturnValue:
    """Show who wrote how much of the page, as far as whoever asks may see it."""
    asked = read_asked(request.args, settings().time_zone)
    with reads() as session:
        page_id = reading.page_id(session, path, sight(), with_deleted=True)
        there = places.elsewhere(session, path) if page_id is None else None
    if page_id is None:
        if there is None:
            raise no_page(path)
        return there
    keep_up(page_id)
    with reads() as session:
        page = page_at(session, page_id, asked.number)
        found = queries.contributors(session, page, _scope(page, asked), asking())
    if asked.format and not asked.errors:
        return files.csv_of(found) if asked.format == "csv" else files.json_of(found, asked)
    shown = _html(found, asked)
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if asked.errors else HTTPStatus.OK


def page_at(session: Session, page_id: int, number: int | None) -> ReadPage:
    """Return the page as it stood at the revision, or as it stands; raise NotFound."""
    wanted = number or reading.outline(session, page_id).head_number
    page = reading.revision(session, page_id, wanted)
    if page is None:
        raise NotFound("This page has no revision {number}.", number=wanted)
    return page


def _scope(page: ReadPage, asked: Asked) -> Scope:
    return Scope(
        page_id=page.page_id,
        number=page.number,
        is_head=page.is_head,
        since=asked.since,
        until=asked.until,
    )


def asking() -> Asking:
    """Return who asks for figures, and what was decided about them."""
    return Asking(
        who=who(),
        level=guards.level(),
        counts_imports=wiki().counts_imports,
        now=utc_now(),
        zone=ZoneInfo(settings().time_zone),
    )


def _html(found: Contributors, asked: Asked) -> str:
    names = names_of(found.report.lines)
    ordered = in_order(found.report.lines, asked.order, names, is_falling=asked.is_falling)
    is_cut = len(ordered) > SHOWN and not asked.shows_all
    path = found.page.path
    return render_template(
        "authorship/contributors.html",
        page=found.page,
        found=found,
        spread=found.report.spread,
        lines=ordered[:SHOWN] if is_cut else ordered,
        count=len(ordered),
        is_cut=is_cut,
        has_few=any(one.line.is_few for one in ordered),
        names=names,
        asked=asked,
        stretch=stretch(asked.since, asked.until, ZoneInfo(settings().time_zone)),
        errors={name: said(error) for name, error in asked.errors.items()},
        orders={order: _order_url(path, asked, order) for order in ORDERS},
        words_chart=charting.of_words(found, names),
        months_chart=charting.of_months(found, names),
        all_url=_url(path, asked, show="all"),
        csv_url=_url(path, asked, format="csv"),
        json_url=_url(path, asked, format="json"),
        here_url=url_for("authorship.contributors", path=path),
        crumbs=places.crumbs(path),
    )


def _order_url(path: str, asked: Asked, order: str) -> str:
    """Return the way to the same in another order, or the same one turned round."""
    falls = not asked.is_falling if order == asked.order else ORDERS[order]
    return _url(path, asked, sort=order, order="down" if falls else "up") + "#people"


def _url(path: str, asked: Asked, **changed: str) -> str:
    return url_for("authorship.contributors", path=path, **{**asked.query, **changed})
