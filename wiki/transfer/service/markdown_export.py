"""The pages as they stand, as files in a folder; again brings the folder up to date."""

import errno
import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from wiki.pages import service as pages
from wiki.storage.engine import Database
from wiki.transfer import queries
from wiki.transfer.rules import manifest, retold
from wiki.transfer.rules.manifest import Manifest
from wiki.transfer.service import export_place
from wiki.transfer.service.history import Progress

AT_ONCE = 200
_NO_SUCH_NAME = {errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOTDIR}
_PART = ".manyhands-part"


@dataclass(slots=True)
class MarkdownExport:
    """What an export did, counted while it goes on; `left` says which files it did not touch.

    `limited` pages of it are for some people only, in this wiki.
    """

    pages: int = 0
    limited: int = 0
    written: int = 0
    removed: int = 0
    left: list[str] = field(default_factory=list)
    seconds: float = 0


@dataclass(slots=True)
class _Target:
    """The folder, what the last export left in it, and what this one has done so far."""

    folder: Path
    old: Manifest
    report: MarkdownExport
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)


def export_markdown(
    database: Database, folder: Path, *, now: datetime, progress: Progress
) -> MarkdownExport:
    """Make `folder` hold the pages as they stand, byte for byte; return what that took.

    Files that somebody else put there or changed are left alone and named. Raises Invalid for
    a folder that holds anything else than an export.
    """
    started = time.monotonic()
    with export_place.claimed(folder, manifest.NAME) as marker:
        with database.reading() as session:
            heads = queries.heads(session)
            limited = queries.limited_count(session, with_deleted=False)
        files = {retold.file_of(path): sha for path, sha in heads.items()}
        old = manifest.read(marker.read_text("utf-8", "replace"))
        target = _Target(folder, old, MarkdownExport(pages=len(heads), limited=limited))
        shas = {name: sha.hex() for name, sha in files.items()}
        _mark(marker, manifest.joined(old, shas, now))
        for name in old.files.keys() - files.keys():
            _remove(target, name)
        _write_all(database, target, sorted(files.items()), progress)
        _mark(marker, Manifest(now, target.kept))
    target.report.seconds = round(time.monotonic() - started, 2)
    return target.report


def _write_all(
    database: Database,
    target: _Target,
    files: Sequence[tuple[str, bytes]],
    progress: Progress,
) -> None:
    done, left = 0, iter(files)
    while some := list(islice(left, AT_ONCE)):
        with database.reading() as session:
            texts = pages.texts_of(session, {sha for _, sha in some})
        for name, sha in some:
            _try(target, name, texts[sha].encode(), sha.hex())
        done += len(some)
        progress("pages", done, len(files))


def _try(target: _Target, name: str, data: bytes, sha: str) -> None:
    """Write one file, or name it if there can be none of that name."""
    try:
        _write(target, name, data, sha)
    except OSError as error:
        if error.errno not in _NO_SUCH_NAME:
            raise
        target.report.left.append(f"{name}: it cannot be written ({error.strerror})")


def _write(target: _Target, name: str, data: bytes, sha: str) -> None:
    place = target.folder / name
    if not _is_reached(target, name):
        return
    if _sha(place) == sha:
        target.kept[name] = (sha,)
        return
    if not _is_ours(target, name):
        _keep(target, name)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    _put(place, data)
    target.kept[name] = (sha,)
    target.report.written += 1


def _remove(target: _Target, name: str) -> None:
    """Take away the file of a page that is gone, and the folders that are empty then."""
    place = target.folder / name
    if not _is_reached(target, name) or not os.path.lexists(place):
        return
    if not _is_ours(target, name):
        _keep(target, name)
        return
    place.unlink()
    target.report.removed += 1
    for above in place.relative_to(target.folder).parents:
        if above.name and not any((target.folder / above).iterdir()):
            (target.folder / above).rmdir()


def _is_reached(target: _Target, name: str) -> bool:
    """Return whether the file lies in the folder: a manifest or a link may say otherwise."""
    if ".." in Path(name).parts or Path(name).is_absolute():
        return False
    if any((target.folder / above).is_symlink() for above in Path(name).parents if above.name):
        target.report.left.append(f"{name}: a folder on the way is a link to another place")
        return False
    return True


def _is_ours(target: _Target, name: str) -> bool:
    """Return whether the file is not there or as an export left it; name it if it is not."""
    place = target.folder / name
    if not os.path.lexists(place) or _sha(place) in target.old.files.get(name, ()):
        return True
    target.report.left.append(f"{name}: somebody has changed it or put it there since")
    return False


def _sha(place: Path) -> str:
    if place.is_symlink() or not place.is_file():
        return ""
    return hashlib.sha256(place.read_bytes()).hexdigest()


def _keep(target: _Target, name: str) -> None:
    """Know the file again as what the last export left."""
    if name in target.old.files:
        target.kept[name] = target.old.files[name]


def _mark(marker: Path, found: Manifest) -> None:
    _put(marker, manifest.written(found).encode())


def _put(place: Path, data: bytes) -> None:
    """Write a file whole or not at all, and through no link."""
    part = place.with_name(_PART)
    part.unlink(missing_ok=True)
    with part.open("xb") as opened:
        opened.write(data)
    part.replace(place)
