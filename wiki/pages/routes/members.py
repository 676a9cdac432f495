"""What a member shows to others, and what they wrote lately."""

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.errors import NotFound
from wiki.pages.guards import sight
from wiki.pages.queries import changes
from wiki.pages.queries.changes import Wanted
from wiki.pages.routes.blueprint import door
from wiki.people import guards, queries
from wiki.web.db import reading

SITTINGS = 8


@door("/members/<int(max=2147483647):person_id>")
def member(person_id: int) -> ResponseReturnValue:
    """Show a member: to other members anybody, to readers whoever wrote what they may read.

    Readers know authors by their names already; of others they are not to learn that they are
    members. Who was never a member, or is none any more, is shown as an author alone.
    """
    with reading() as session:
        card = queries.member_card(session, person_id)
        found = changes.recent(session, Wanted(author_id=person_id), limit=SITTINGS, sight=sight())
    is_shown_to_members = card is not None and card.state == "active" and guards.me() is not None
    if card is None or not (found or is_shown_to_members):
        raise NotFound("There is no such member, or they have written nothing that you can read.")
    return render_template(
        "pages/member.html", card=card, recent=found[:SITTINGS], has_more=len(found) > SITTINGS
    )
