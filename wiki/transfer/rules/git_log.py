"""What `git log -z --raw` prints, read into commits and their changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

# Five fields, each ended by a zero byte; the message may hold anything else.
FORMAT = "%H%x00%an%x00%ae%x00%at%x00%B"
FIELDS = FORMAT.count("%x00") + 1
_WITH_TWO_FILES = "RC"


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to one file: `kind` is A, M, T, D, or R with the `old_file` it was.

    `mode` and `blob` are those after the change, `old_blob` the one before.
    """

    kind: str
    file: str
    mode: str
    blob: str
    old_blob: str
    old_file: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """What somebody did at one moment. `made_at` is the author's clock, in UTC."""

    id: str
    name: str
    email: str
    made_at: datetime
    message: str
    changes: tuple[Change, ...]


def commits(chunks: Iterable[bytes]) -> Iterator[Commit]:
    """Yield the commits in a stream of `git log -z --raw --format=FORMAT`, in its order.

    Bytes that are no UTF-8 become replacement signs in names and messages, and surrogates
    in names of files, where `is_readable` finds them.
    """
    header: list[bytes] = []
    changes: list[Change] = []
    pending: list[bytes] = []
    for token in _tokens(chunks):
        if len(header) < FIELDS:
            header.append(token)
        elif pending or token.lstrip(b"\n").startswith(b":"):
            pending.append(token)
            if len(pending) == _length(pending[0]):
                changes.append(_change(pending))
                pending = []
        else:
            yield _commit(header, changes)
            header, changes = [token], []
    if len(header) == FIELDS:
        yield _commit(header, changes)


def is_readable(file: str) -> bool:
    """Return whether the name of the file is UTF-8, so that a page can be called by it."""
    return not any("\udc80" <= sign <= "\udcff" for sign in file)


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _length(raw: bytes) -> int:
    status = raw.rpartition(b" ")[2].decode()
    return 3 if status[0] in _WITH_TWO_FILES else 2


def _change(pending: list[bytes]) -> Change:
    raw = pending[0].lstrip(b"\n:").decode()
    _, mode, old_blob, blob, status = raw.split(" ")
    files = [name.decode("utf-8", "surrogateescape") for name in pending[1:]]
    return Change(
        # A rewritten file keeps its score: a copy of what it was is the file moved.
        kind=status if status[0] == "M" and len(status) > 1 else status[0],
        file=files[-1],
        mode=mode,
        blob=blob,
        old_blob=old_blob,
        old_file=files[0] if len(files) > 1 else "",
    )


def _commit(header: list[bytes], changes: list[Change]) -> Commit:
    commit_id, name, email, seconds, message = (part.decode("utf-8", "replace") for part in header)
    return Commit(
        id=commit_id.strip(),
        name=" ".join(name.split()),
        email=email.strip(),
        made_at=_moment(seconds),
        message=message.strip(),
        changes=tuple(_without_copies(changes)),
    )


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(max(int(seconds), 0), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _without_copies(changes: list[Change]) -> Iterator[Change]:
    """Say copies as what they are to a wiki: the file moved if it was rewritten, else a new one.

    Git tells `a` moved to `b` under a new `a` as: `a` rewritten, `b` copied from `a`.
    """
    rewritten = {change.file for change in changes if change.kind[0] == "M" and change.kind != "M"}
    moved: set[str] = set()
    for change in changes:
        if change.kind != "C":
            continue
        if change.old_file in rewritten - moved:
            moved.add(change.old_file)
            yield replace(change, kind="R")
        else:
            yield replace(change, kind="A", old_file="")
    for change in changes:
        if change.kind in {"A", "D", "R", "T"}:
            yield change
        elif change.kind[0] == "M":
            yield replace(change, kind="A" if change.file in moved else "M")
