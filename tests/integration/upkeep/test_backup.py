"""A backup is a file that is there whole or not at all, and nobody else's to read."""

import fcntl
import resource
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import sleep

import pytest
import sqlalchemy as sa

from tests import make
from tests.integration.upkeep.conftest import Place
from tests.integration.upkeep.lived_in import LATER, all_rows, live_in
from wiki.activity.models import Event as DiaryLine
from wiki.errors import Busy, Invalid
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.pages.models import Page, Revision
from wiki.storage import tables
from wiki.storage.archive import Archive
from wiki.storage.base import Base
from wiki.storage.engine import Database
from wiki.transfer.service.backup import Backup, backup
from wiki.transfer.service.everything import all_tables
from wiki.transfer.service.restore import restore

Make = Callable[..., Backup]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a backup goes, in a folder of its own."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "wiki.zip"


@pytest.fixture
def make_backup(database: Database, file: Path) -> Make:
    """Return a function that makes a backup."""

    def make_backup(*, replace: bool = False) -> Backup:
        return backup(database, file, now=LATER, replace=replace, progress=lambda *_: None)

    return make_backup


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """Let the disk be full, as far as this process can tell."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_way_in_that_waits_to_be_sent_lies_in_a_backup(
    database: Database, make_backup: Make, file: Path
) -> None:
    with database.begin() as session:
        for key, is_secret in (("link", True), ("news", False)):
            envelope = Envelope(key=key, kind="x", recipient="bo@example.org", is_secret=is_secret)
            words = Words("Subject", f"The text of {key}\n", f"<p>The page of {key}</p>")
            queue(session, envelope, words, now=LATER)
    make_backup()
    with Archive.opened(file) as archive:
        (part,) = (part for part in archive.manifest.parts if part.table == "letter")
        written = repr(list(archive.rows(part)))
    assert "The text of news" in written
    assert "The page of news" in written
    assert "of link" not in written
    with database.reading() as session:
        query = sa.select(Letter.text).where(Letter.key == "link")
        assert session.scalar(query) == "The text of link\n"


def test_a_backup_says_what_it_holds_and_only_its_owner_may_read_it(
    database: Database, make_backup: Make, file: Path
) -> None:
    live_in(database)
    made = make_backup()
    assert (made.pages, made.revisions) == (4, 42)
    assert made.length == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Archive.opened(file) as archive:
        assert [part.table for part in archive.check()] == [
            part.table for part in archive.manifest.parts
        ]
        assert archive.manifest.rows == made.rows


def test_every_table_of_the_wiki_is_in_a_backup_or_said_to_be_left_out(database: Database) -> None:
    with database.engine.connect() as connection:
        here = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        kept = {table.name for table in all_tables(connection)}
    here = {name for name in here if not name.startswith("search_terms")}
    assert here == kept | set(tables.NOT_KEPT)


def test_every_kind_of_column_can_be_written_into_a_backup() -> None:
    for table in Base.metadata.sorted_tables:
        assert len(tables.columns_of(table)) == len(table.columns)


def test_a_table_that_nobody_knows_is_not_left_out_in_silence(
    database: Database, make_backup: Make, file: Path
) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE newcomer (id integer)"))
    try:
        with pytest.raises(TypeError, match="newcomer"):
            make_backup()
    finally:
        with database.engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE newcomer"))
    assert list(file.parent.iterdir()) == []


def test_a_backup_is_written_over_only_when_that_is_asked_for(
    make_backup: Make, file: Path
) -> None:
    file.write_text("Something else")
    with pytest.raises(Invalid, match="--replace"):
        make_backup()
    assert file.read_text() == "Something else"
    make_backup(replace=True)
    with Archive.opened(file) as archive:
        assert archive.manifest.count("page") == 0
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_is_said_and_leaves_nothing_and_harms_no_older_backup(
    database: Database, make_backup: Make, file: Path
) -> None:
    make_backup()
    older = file.read_bytes()
    live_in(database)
    with files_no_longer_than(len(older)), pytest.raises(Invalid, match="could not be written"):
        make_backup(replace=True)
    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == older


@pytest.mark.parametrize("name", ["no-such-folder/wiki.zip", "."])
def test_a_place_that_is_none_for_a_file_is_refused(
    database: Database, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Invalid, match="no place for a file"):
        backup(database, tmp_path / name, now=LATER, replace=True, progress=lambda *_: None)


def test_two_backups_into_one_file_do_not_meet(make_backup: Make, file: Path) -> None:
    unfinished = file.with_name("wiki.zip.unfinished")
    with unfinished.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            make_backup()
        assert unfinished.exists()
    make_backup()
    assert list(file.parent.iterdir()) == [file]


def test_a_backup_is_noted_in_the_diary_and_changes_nothing_else(
    database: Database, make_backup: Make
) -> None:
    live_in(database)
    before, version = all_rows(database, but=("event",)), database.version()
    made = make_backup()
    assert all_rows(database, but=("event",)) == before
    assert database.version() == version
    with database.reading() as session:
        line = session.scalars(sa.select(DiaryLine).order_by(DiaryLine.id.desc()).limit(1)).one()
    assert (line.kind, line.detail) == ("wiki.backed_up", {"length": made.length})


@contextmanager
def four_at_work(database: Database, ids: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Let a writer a page save one revision after the other; give those acknowledged so far."""
    acknowledged: list[tuple[int, int]] = []
    stop = Event()

    def write(page_id: int) -> None:
        while not stop.is_set():
            # Four who never pause may keep each other waiting; nobody was told of such a save.
            with suppress(Busy):
                with database.begin() as session:
                    page = session.get_one(Page, page_id)
                    number = page.head_number + 1
                    make.revision(session, page, f"# Page\n\n{page_id} {number}\n" * 200)
                acknowledged.append((page_id, number))
            sleep(0.002)

    with ThreadPoolExecutor(len(ids)) as pool:
        writing = [pool.submit(write, page_id) for page_id in ids]
        while len(acknowledged) < 40 and not any(one.done() for one in writing):
            sleep(0.01)
        try:
            yield acknowledged
        finally:
            stop.set()
        for one in writing:
            one.result()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_while_four_write_holds_every_save_made_before_it_began(
    database: Database, make_backup: Make, file: Path, place: Place, kind: str
) -> None:
    with database.begin() as session:
        ids = [make.page(session, path=f"page-{n}").id for n in range(4)]
    with four_at_work(database, ids) as acknowledged:
        before = list(acknowledged)
        make_backup()
    target = place(kind)
    restore(target, file, now=LATER, progress=lambda *_: None)
    with target.reading() as session:
        numbers = [
            tuple(row) for row in session.execute(sa.select(Revision.page_id, Revision.number))
        ]
        rows = session.execute(sa.select(Page.id, Page.head_number))
        heads = {row[0]: row[1] for row in rows}
    assert len(before) >= 40
    assert set(before) <= set(numbers)
    # All of one moment: no page is ahead of its revisions.
    assert heads == {page_id: max(n for p, n in numbers if p == page_id) for page_id in ids}
    assert len(numbers) == sum(heads.values())
