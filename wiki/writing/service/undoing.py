"""Taking back some changes of one older revision, with everything since kept."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Envelope, Words, queue
from wiki.pages.models import Revision
from wiki.pages.queries.sight import limits
from wiki.people.models import Person
from wiki.people.rules.rights import Who, may
from wiki.text.merge import Clash, three_way
from wiki.writing.queries import standing
from wiki.writing.rules.undoing import LineChange, line_changes, taken_back
from wiki.writing.service.judging import need
from wiki.writing.service.meanwhile import ChangedMeanwhile
from wiki.writing.service.writing import write

# Each is a merge of its own; of more than this nobody unticks one by one.
_TRIED_ALONE = 40


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back some changes of a revision would make of a page.

    `text` is None where others changed the same words since; `clash` then has the places, and
    `blocked` the numbers of the chosen changes that cannot be taken back even alone.
    """

    changes: Sequence[LineChange]
    head: str
    text: str | None
    clash: Clash | None = None
    blocked: frozenset[int] = frozenset()


def plan_undo(
    session: Session, page_id: int, number: int, chosen: Collection[int] | None = None
) -> Undoing:
    """Return what undoing the chosen changes (None: all) of revision `number` would do.

    Raises NotFound when there is no such revision or none before it.
    """
    before = standing.text_at(session, page_id, number - 1)
    after = standing.text_at(session, page_id, number)
    if before is None or after is None:
        raise NotFound("This page has no change {number} to undo.", number=number)
    (head,) = standing.written(session, [page_id], lock=False)
    changes = line_changes(before, after)
    numbers = {change.number for change in changes} if chosen is None else chosen
    mine = taken_back(before, after, numbers)
    merged = three_way(base=after, theirs=head.text, mine=mine)
    if isinstance(merged, Clash):
        alone = {one: taken_back(before, after, {one}) for one in sorted(numbers)[:_TRIED_ALONE]}
        blocked = {one for one, text in alone.items() if _clashes(after, head.text, text)}
        return Undoing(changes, head.text, None, merged, frozenset(blocked))
    return Undoing(changes, head.text, merged.text)


def _clashes(base: str, theirs: str, mine: str) -> bool:
    return isinstance(three_way(base=base, theirs=theirs, mine=mine), Clash)


@dataclass(frozen=True, slots=True)
class Choice:
    """The changes of one revision that somebody wants taken back, by their numbers."""

    number: int
    changes: Collection[int]


def undo(
    session: Session,
    page_id: int,
    choice: Choice,
    *,
    base: int,
    author_id: int,
    made_at: datetime,
    note: str,
) -> Revision | None:
    """Take back what was chosen and return the new revision.

    None when it is taken back already. Raises ChangedMeanwhile when `base` is no longer the head,
    Invalid when nothing is chosen or the same words were changed since, and as `judging.need`.
    """
    if not choice.changes:
        raise Invalid("Choose at least one change to undo.", field="change")
    (head,) = standing.written(session, [page_id], lock=True)
    need(session, author_id, "undo", head.page.path)
    plan = plan_undo(session, page_id, choice.number, choice.changes)
    if plan.text == head.text:
        return None
    if head.page.head_number != base:
        raise ChangedMeanwhile(
            "The page was changed while you looked at it. Look again at what would change."
        )
    if plan.text is None:
        raise Invalid(
            "Others have since changed the same words, so this cannot be undone on its own."
        )
    return write(
        session,
        head.page,
        plan.text,
        author_id=author_id,
        made_at=made_at,
        note=note,
        undone_number=choice.number,
    )


def tell_author(
    session: Session,
    revision: Revision,
    page_path: str,
    write_letter: Callable[[str], Words],
    *,
    now: datetime,
) -> bool:
    """Write to whoever made the change that `revision` took back; return whether they are told.

    Not told are those who did it themselves, who came with an imported history or left, and who
    may not read the page any more. `write_letter` makes the letter for somebody of a name.
    """
    undone = standing.revision_of(session, revision.page_id, revision.undone_number or 0)
    author = None if undone is None else session.get(Person, undone.author_id)
    if author is None or author.state != "active" or author.id == revision.author_id:
        return False
    who = Who(author.id, author.role, author.team_id)
    if not may(who, "read", page_path, limits(session), is_open=True):
        return False
    envelope = Envelope(
        key=f"undone {revision.id}",
        kind="change_undone",
        recipient=author.email,
        person_id=author.id,
    )
    queue(session, envelope, write_letter(author.name), now=now)
    return True
