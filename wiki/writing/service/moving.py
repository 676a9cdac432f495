"""Moving and renaming pages: what would happen, and doing just that in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.models import Page
from wiki.pages.service import Change, limits
from wiki.storage.dialect import one_at_a_time
from wiki.writing.queries import standing
from wiki.writing.rules import following
from wiki.writing.rules.addresses import Addresses, Place, place, touched
from wiki.writing.rules.aiming import Aim
from wiki.writing.rules.moving import destinations, objections
from wiki.writing.rules.shifting import Shift, is_collision, shifts
from wiki.writing.rules.titles import with_title
from wiki.writing.service.judging import Rights
from wiki.writing.service.writing import prepare as prepare_page
from wiki.writing.service.writing import reserve, write_all

# Texts that were already followed, as trying them out takes its time.
Memory = dict[tuple[bytes, str, tuple[following.Edit, ...]], following.Followed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where a page shall stand and what it shall be called."""

    path: str
    title: str
    with_pages: bool = True


@dataclass(frozen=True, slots=True)
class Going:
    """A page that gets another path or title, with its text once its links follow."""

    page: Page
    old_path: str
    new_path: str
    title: str
    text: str
    is_rewritten: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A page that stays, with its text once its links follow, and the words that change."""

    page: Page
    text: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move would do. `left` counts pages whose links the mover may not change."""

    going: tuple[Going, ...]
    links: tuple[Link, ...] = ()
    left: int = 0
    objections: tuple[Invalid, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Return whether the page is asked to stand where it stands, called as it is called."""
        first = self.going[0]
        return (first.old_path, first.page.title) == (first.new_path, first.title)

    @property
    def seal(self) -> str:
        """What this plan says, so that nothing else is done than was looked at.

        Words that others save in a page meanwhile are no part of it: a busy page can be moved.
        """
        said = blake2b(digest_size=12)
        for going in self.going:
            said.update(repr((going.page.id, going.old_path, going.new_path, going.title)).encode())
        said.update(repr((self.going[0].page.title, self.left, self.shifts)).encode())
        for link in self.links:
            said.update(repr((link.page.id, link.changes)).encode())
        return said.hexdigest()


def plan_move(
    session: Session,
    page: Page,
    wish: Wish,
    rights: Rights,
    *,
    memory: Memory | None = None,
    lock: bool = False,
) -> Plan:
    """Return what would happen if `page` moved as wished, what stands against it included.

    `rights` are those of the mover; what is hidden from them stands in no page's way and is named
    nowhere. With `lock` every page that it concerns is locked until the transaction ends.
    """
    addresses = standing.addresses(session, rights.sight)
    under = standing.under(session, page.path) if wish.with_pages else []
    new_paths = destinations(page.path, wish.path, [one.path for one in under])
    against = _against(wish, new_paths, addresses, rights)
    if against:
        return Plan(_bare(page, wish), objections=tuple(against))
    numbers = {page.path: page.id, **{one.path: one.page_id for one in under}}
    moves = {
        numbers[old]: place(
            new, wish.title if old == page.path else _title(addresses, numbers[old])
        )
        for old, new in new_paths.items()
        if new != old or old == page.path
    }
    if lock:
        reserve(session, *new_paths.values())
    planner = _Planner(session, addresses, moves, {} if memory is None else memory, lock=lock)
    try:
        return planner.plan(page.id, rights)
    except Invalid as refused:
        return Plan(_bare(page, wish), objections=(refused,))


def prepare(plan: Plan) -> None:
    """Make what doing `plan` will need, before any lock is held; see `pages.service.at_hand`."""
    for going in plan.going:
        prepare_page(going.text, going.new_path)
    for link in plan.links:
        prepare_page(link.text, link.page.path)


def move(
    session: Session, plan: Plan, *, author_id: int, made_at: datetime, note: str, link_note: str
) -> None:
    """Do what `plan` says, made with `lock` in this transaction.

    Each page that goes gets a revision of kind `rename`, each whose links follow one with
    `link_note`. Raises Invalid when somebody else was faster, or limits stand against it.
    """
    first = plan.going[0]
    changes = [
        Change(
            page=going.page,
            text=going.text if going.is_rewritten else None,
            author_id=author_id,
            made_at=made_at,
            note=note,
            kind="rename",
            path=going.new_path,
        )
        for going in plan.going
    ]
    changes += [
        Change(page=link.page, text=link.text, author_id=author_id, made_at=made_at, note=link_note)
        for link in plan.links
    ]
    write_all(session, changes)
    if first.old_path != first.new_path:
        limits.move(session, first.old_path, first.new_path)


def one_move_at_a_time(session: Session) -> None:
    """Let moves wait for each other: each looks at where all pages stand, and at all limits."""
    one_at_a_time(session, "moving pages")
    limits.hold(session)


def _title(addresses: Addresses, number: int) -> str:
    return addresses.pages[number].title


def _bare(page: Page, wish: Wish) -> tuple[Going, ...]:
    return (Going(page, page.path, wish.path, wish.title, "", is_rewritten=False),)


def _against(
    wish: Wish, new_paths: Mapping[str, str], addresses: Addresses, rights: Rights
) -> list[Invalid]:
    if not wish.title:
        return [Invalid("Give the page a title.", field="title")]
    living = {one.path for one in addresses.pages.values()}
    # Whether a place is taken is told to those who may put a page there.
    return (
        list(_rights(new_paths, rights))
        or objections(new_paths, living)
        or list(_two_limits(new_paths, rights))
    )


def _rights(new_paths: Mapping[str, str], rights: Rights) -> Iterator[Invalid]:
    for old, new in new_paths.items():
        if not rights.may("read", old):
            yield Invalid(
                "You cannot move everything under this page. Ask an administrator, or "
                "move the page without the pages under it."
            )
            return
        if not rights.may("rename", old):
            yield Invalid("You cannot move {path}.", path=old)
        elif new != old and not rights.may("create", new):
            yield Invalid("You cannot put a page at {path}.", path=new, field="path")


def _two_limits(new_paths: Mapping[str, str], rights: Rights) -> Iterator[Invalid]:
    concerned = {*new_paths, *new_paths.values()}
    rows = [row for row in rights.limits if row.path in concerned]
    if is_collision(rows, *next(iter(new_paths.items()))):
        yield Invalid(limits.TWO_LIMITS, field="path")


@dataclass(frozen=True, slots=True)
class _Planner:
    session: Session
    before: Addresses
    moves: Mapping[int, Place]
    memory: Memory
    lock: bool

    def plan(self, first: int, rights: Rights) -> Plan:
        after = self.before.after(self.moves)
        targets = touched(self.before, after, self.moves)
        ids = {*self.moves, *standing.linking(self.session, targets)}
        found = standing.written(self.session, ids, lock=self.lock)
        going = [self._going(one, after) for one in found if one.page.id in self.moves]
        going.sort(key=lambda one: (one.page.id != first, one.old_path))
        links: list[Link] = []
        left = 0
        for one in found:
            if one.page.id in self.moves or not rights.may("read", one.page.path):
                continue
            edits = self._edits(one, after)
            if edits and not rights.may("write", one.page.path):
                left += 1
            elif edits:
                followed = self._followed(one, edits)
                if followed.changes:
                    links.append(Link(one.page, followed.text, followed.changes))
        links.sort(key=lambda link: link.page.path)
        moves = {one.old_path: one.new_path for one in going}
        return Plan(tuple(going), tuple(links), left, shifts=shifts(moves, rights.limits))

    def _going(self, one: standing.Written, after: Addresses) -> Going:
        new = self.moves[one.page.id]
        text = self._followed(one, self._edits(one, after)).text
        text = with_title(text, new.title, new.path)
        is_rewritten = text != one.text
        return Going(one.page, one.page.path, new.path, new.title, text, is_rewritten)

    def _edits(self, one: standing.Written, after: Addresses) -> Sequence[following.Edit]:
        new_path = after.pages[one.page.id].path
        aim = Aim(one.page.path, new_path, self.before, after, self.moves.keys())
        return following.wanted(one.text, aim)

    def _followed(
        self, one: standing.Written, edits: Sequence[following.Edit]
    ) -> following.Followed:
        key = (one.sha, one.page.path, tuple(edits))
        if key not in self.memory:
            self.memory[key] = following.followed(one.text, one.page.path, edits)
        return self.memory[key]
