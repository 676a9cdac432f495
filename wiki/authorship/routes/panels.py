"""What authorship shows on pages below it: whose words a page has, what became of one's own."""

from dataclasses import replace
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, render_template
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from wiki.authorship import guards
from wiki.authorship.queries import headline, own_words
from wiki.authorship.queries.headline import Author
from wiki.authorship.queries.own_words import OwnPage
from wiki.authorship.routes.blueprint import bp, keep_up
from wiki.authorship.routes.over_time import periods_between
from wiki.clock import utc_now
from wiki.pages.guards import sight, strategy
from wiki.pages.queries import lists
from wiki.pages.queries.reading import ReadPage
from wiki.people import guards as people
from wiki.people.queries.members import MemberCard
from wiki.web import charts
from wiki.web.cache import remembered
from wiki.web.charts import Lines, Series
from wiki.web.db import reading, settings
from wiki.web.language import language
from wiki.web.panels import add_panel

NAMED = 2
PAGES = 10


def whose_words(page: ReadPage) -> str:
    """Return the line that says whose words the page has, as far as it may be said."""
    view, me = guards.view(), people.me()
    is_hidden = view == "nothing"
    if (is_hidden and me is None) or not page.is_head or page.deleted_at is not None:
        return ""
    authors = _authors(page.page_id)
    named = (
        authors if view == "people" else [one for one in authors if me and me.id == one.person_id]
    )
    shown = [(_name(one), _percent(one.words, page.words)) for one in named[:NAMED]]
    others = 0 if is_hidden else len(authors) - len(shown)
    return render_template(
        "authorship/whose_words.html",
        shown=shown,
        others=others,
        is_alone=len(authors) == 1,
        page=page,
    )


def _authors(page_id: int) -> list[Author]:
    counts_imports = people.wiki().counts_imports

    def read() -> list[Author]:
        keep_up(page_id)
        with reading() as session:
            return headline.authors(session, page_id, counts_imports=counts_imports)

    return remembered(("whose words", page_id, counts_imports), read)


def _name(author: Author) -> str:
    me = people.me()
    return gettext("you") if me is not None and me.id == author.person_id else author.name


def _percent(words: int, of: int) -> str:
    """Return like 41, or "" where it would say 0 or there is nothing to have a share of."""
    share = round(100 * words / of) if of else 0
    return str(share) if share else ""


def words_of_member(card: MemberCard) -> str:
    """Return what became of a member's words, for themselves and for whoever may see it."""
    if not guards.sees_person(card.id):
        return ""
    me = people.me()
    is_me = me is not None and me.id == card.id
    seen, counts = sight(), people.wiki().counts_imports
    _keep_up_with(card.id)
    with reading() as session:
        found = own_words.own_words(session, card.id, seen, counts_imports=counts)
        last = own_words.last_numbers(
            session, card.id, [one.page_id for one in found.pages[:PAGES]], counts_imports=counts
        )
        further = own_words.taken_further(session, card.id, seen, counts_imports=counts)
        reworked = own_words.reworked_by_others(session, card.id, seen, counts_imports=counts)
        imported = 0 if counts else own_words.imported_words(session, card.id, seen)
        gaps = lists.gaps(session, strategy(), limit=1) if is_me and not found.written else []
    if not found.written and not imported and not is_me:
        return ""
    return render_template(
        "authorship/member.html",
        card=card,
        is_me=is_me,
        found=found,
        pages=[_with_last(one, last.get(one.page_id)) for one in found.pages[:PAGES]],
        further=further,
        reworked=reworked,
        imported=imported,
        chart=_over_time(card.id) if found.written else None,
        gap=gaps[0] if gaps else None,
    )


def _with_last(page: OwnPage, number: int | None) -> OwnPage:
    return replace(page, last_number=number)


def _over_time(person_id: int) -> Lines:
    zone, counts = ZoneInfo(settings().time_zone), people.wiki().counts_imports
    today = utc_now().astimezone(zone).date()
    with reading() as session:
        first_at = own_words.first_at(session, person_id, sight(), counts_imports=counts)
        first = first_at.astimezone(zone).date() if first_at else today
        days, ends = periods_between(first, today)
        values = own_words.standing_over_time(
            session, person_id, sight(), days, zone, counts_imports=counts
        )
    label = gettext("Words standing")
    series = [Series(label=label, values=tuple(max(0, value) for value in values))]
    return charts.lines(ends, series, locale=language())


def _keep_up_with(person_id: int) -> None:
    with reading() as session:
        page_ids = own_words.wrote_on(session, person_id, sight())
    keep_up(*page_ids)


def my_words_at_home() -> str:
    """Return the way to what became of a member's words, if they have written any."""
    member = people.me()
    if member is None:
        return ""
    _keep_up_with(member.id)
    with reading() as session:
        counts = people.wiki().counts_imports
        found = own_words.own_words(session, member.id, sight(), counts_imports=counts)
    if not found.written:
        return ""
    return render_template("authorship/at_home.html", found=found, person_id=member.id)


@bp.record_once
def add(state: BlueprintSetupState) -> None:
    """Put the panels where they belong."""
    app = cast("Flask", state.app)
    add_panel(app, "page_head", whose_words)
    add_panel(app, "member", words_of_member)
    add_panel(app, "home", my_words_at_home)
