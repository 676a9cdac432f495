"""A restored wiki is the one that was backed up, on either database, and does nothing by itself."""

import json
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import make
from tests.conftest import KINDS
from tests.integration.upkeep.conftest import Place
from tests.integration.upkeep.lived_in import CHANGED, LATER, all_rows, found, live_in
from wiki.activity.models import Event
from wiki.errors import Invalid, Misconfigured
from wiki.mail import outbox
from wiki.mail.deliver import is_due
from wiki.mail.letters import Letter
from wiki.pages.models import Page, Revision
from wiki.pages.queries.texts import text_of
from wiki.people.models import SignIn, SignInLink, SignUp
from wiki.people.queries import open_link, waiting, wiki_settings
from wiki.storage import archive as archives
from wiki.storage.archive import Archive, Manifest
from wiki.storage.engine import Database
from wiki.storage.migrations import check_shape, current, migrate
from wiki.transfer.service import restore as restoring
from wiki.transfer.service.backup import backup
from wiki.transfer.service.restore import Restored, restore

MUCH_LATER = LATER.replace(year=2031)


@pytest.fixture
def file(database: Database, tmp_path: Path) -> Path:
    """Return a backup of a wiki that was lived in."""
    live_in(database)
    return saved(database, tmp_path / "wiki.zip")


def saved(database: Database, file: Path) -> Path:
    backup(database, file, now=LATER, replace=False, progress=lambda *_: None)
    return file


def back(database: Database, file: Path) -> Restored:
    return restore(database, file, now=MUCH_LATER, progress=lambda *_: None)


def rewritten(file: Path, **changes: object) -> Path:
    """Return the backup with other words in its manifest."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        new.comment = old.comment
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), **changes}).encode()
            new.writestr(name, data)
    return other


def test_everything_comes_back_on_either_database(
    database: Database, file: Path, empty: Database
) -> None:
    came = back(empty, file)
    assert all_rows(empty, but=CHANGED) == all_rows(database, but=CHANGED)
    assert found(empty) == found(database)
    assert (came.pages, came.revisions, came.made_at) == (4, 42, LATER)
    check_shape(empty)
    query = sa.select(Revision.text_sha).order_by(Revision.id)
    with database.reading() as before, empty.reading() as after:
        texts = [text_of(before, sha) for sha in before.scalars(query)]
        assert [text_of(after, sha) for sha in after.scalars(query)] == texts


@pytest.mark.parametrize("there", KINDS)
def test_there_and_back_again_nothing_is_lost(
    database: Database, file: Path, place: Place, there: str, tmp_path: Path
) -> None:
    first, second = place(there), place("sqlite" if database.is_sqlite else "postgresql")
    back(first, file)
    back(second, saved(first, tmp_path / "second.zip"))
    assert all_rows(second, but=CHANGED) == all_rows(database, but=CHANGED)
    # What the first restore changed needs no second change.
    unchanged = ("event", "wiki_setting")
    assert all_rows(second, but=unchanged) == all_rows(first, but=unchanged)
    assert found(second) == found(database)


def test_people_can_write_on_where_they_left_off(file: Path, empty: Database) -> None:
    back(empty, file)
    with empty.begin() as session:
        page = session.scalars(sa.select(Page).where(Page.path == "part/page-2")).one()
        revision = make.revision(session, page, "# Page 2\n\nGoes on.\n")
        fresh = make.page(session, path="fresh")
        assert (revision.number, fresh.head_number) == (11, 1)


def test_nobody_is_signed_in_afterwards_and_no_link_works(file: Path, empty: Database) -> None:
    back(empty, file)
    with empty.reading() as session:
        assert session.scalar(sa.select(sa.func.count(SignIn.id))) == 0
        assert list(session.scalars(sa.select(SignInLink.spent_at))) == [MUCH_LATER]


def test_no_invitation_works_afterwards_and_who_waits_still_waits(
    database: Database, file: Path, empty: Database
) -> None:
    def is_open(wiki: Database) -> bool:
        with wiki.reading() as session:
            return open_link(session, "new".ljust(64, "t"), now=MUCH_LATER) is not None

    assert is_open(database)
    back(empty, file)
    assert not is_open(empty)
    with empty.reading() as session:
        ended = sa.select(SignUp.email, SignUp.decided_at).where(SignUp.outcome == "withdrawn")
        assert session.execute(ended).all() == [("new@example.org", MUCH_LATER)]
        assert [row.email for row in waiting(session)] == ["proven@example.org"]


def test_no_letter_leaves_until_somebody_says_so(file: Path, empty: Database) -> None:
    assert back(empty, file).held == 1
    with empty.begin() as session:
        assert wiki_settings(session).mail == "off"
        rows = session.execute(sa.select(Letter.key, Letter.state))
        states = {row[0]: row[1] for row in rows}
        assert states == {"a": "held", "b": "sent", "secret": "failed"}
        assert session.scalar(sa.select(Letter.text).where(Letter.key == "secret")) == ""
    assert not is_due(empty, now=MUCH_LATER)
    with empty.begin() as session:
        assert outbox.send_held(session, now=MUCH_LATER) == 1
    assert is_due(empty, now=MUCH_LATER)


def test_letters_that_were_held_can_be_given_up(file: Path, empty: Database) -> None:
    back(empty, file)
    with empty.begin() as session:
        assert outbox.drop_held(session) == 1
        assert outbox.counts(session) == {
            "waiting": 0,
            "taken": 0,
            "held": 0,
            "sent": 1,
            "failed": 2,
        }


def test_the_diary_says_that_the_wiki_was_restored(file: Path, empty: Database) -> None:
    back(empty, file)
    with empty.reading() as session:
        last = session.scalars(sa.select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (last.kind, last.at) == ("wiki.restored", MUCH_LATER)


def test_a_place_that_was_prepared_and_never_used_is_empty(file: Path, empty: Database) -> None:
    migrate(empty)
    assert back(empty, file).pages == 4


def test_a_place_with_anything_in_it_is_left_alone(file: Path, empty: Database) -> None:
    migrate(empty)
    with empty.begin() as session:
        make.person(session)
    before = all_rows(empty)
    with pytest.raises(Invalid, match="already"):
        back(empty, file)
    assert all_rows(empty) == before


def test_a_second_restore_over_the_first_is_refused(file: Path, empty: Database) -> None:
    back(empty, file)
    with pytest.raises(Invalid, match="already"):
        back(empty, file)


@pytest.mark.parametrize("step", ["_make_quiet", "_finish"])
def test_a_restore_that_was_cut_short_is_done_by_the_same_command(
    database: Database,
    file: Path,
    empty: Database,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, step, die)
        with pytest.raises(KeyboardInterrupt):
            back(empty, file)
    back(empty, file)
    assert all_rows(empty, but=CHANGED) == all_rows(database, but=CHANGED)
    assert found(empty) == found(database)


def test_only_the_backup_that_was_begun_can_finish_a_restore(
    database: Database, file: Path, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_finish", lambda *_: None)
        back(empty, file)
    with empty.reading() as session:
        assert restoring.unfinished(session)
    other = saved(database, file.with_name("another.zip"))
    with pytest.raises(Invalid, match="already"):
        back(empty, other)


def test_a_backup_of_older_tables_gets_the_shape_of_today(
    database: Database, file: Path, empty: Database
) -> None:
    older = file.with_name("older.zip")
    migrate(empty, "0001")
    known = columns_by_table(empty)
    with Archive.opened(file) as archive, older.open("wb") as out:
        writer = archives.Writer(out)
        for part in archive.manifest.parts:
            names = known.get(part.table, set())
            kept = [n for n, (name, _) in enumerate(part.columns) if name in names]
            rows = ([row[n] for n in kept] for row in archive.rows(part))
            if kept:
                writer.add(part.table, [part.columns[n] for n in kept], rows)
        told = archive.manifest
        writer.finish(
            Manifest(told.format, told.version, "0001", told.database, told.made_at, writer.parts)
        )
    migrate(empty)
    back(empty, older)
    check_shape(empty)
    same = ("revision", "text_blob", "page_link", "team")
    before, after = all_rows(database), all_rows(empty)
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["draft"] == []


def columns_by_table(database: Database) -> dict[str, set[str]]:
    inspector = sa.inspect(database.engine)
    tables = inspector.get_table_names()
    return {table: {one["name"] for one in inspector.get_columns(table)} for table in tables}


def test_a_backup_of_a_newer_program_is_refused_by_its_name(file: Path, empty: Database) -> None:
    newer = rewritten(file, schema="9999", version="7.5")
    with pytest.raises(Misconfigured, match=r"7\.5"):
        back(empty, newer)
    with pytest.raises(Invalid, match="newer Manyhands"):
        back(empty, rewritten(file, format=2))
    assert current(empty) is None


def test_a_damaged_backup_is_refused_before_anything_is_written(
    file: Path, empty: Database
) -> None:
    whole = file.read_bytes()
    for damaged in (whole[:-200], whole[: len(whole) // 2], b"", b"A list of things to buy"):
        file.write_bytes(damaged)
        with pytest.raises(Invalid, match="backup"):
            back(empty, file)
    with Archive.opened(_written(file, whole)) as archive:
        parts = [part for part in archive.manifest.parts if part.rows]
    for part in parts:
        with zipfile.ZipFile(file) as opened:
            at = opened.getinfo(part.file).header_offset + len(part.file) + 60
        changed = bytearray(whole)
        changed[at] ^= 1
        with pytest.raises(Invalid, match="backup"):
            back(empty, _written(file, bytes(changed)))
    assert current(empty) is None


def test_a_backup_that_lacks_a_part_is_refused(file: Path, empty: Database) -> None:
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        new.comment = old.comment
        for name in set(old.namelist()) - {"page.jsonl.zst"}:
            new.writestr(name, old.read(name))
    with pytest.raises(Invalid, match="lacks"):
        back(empty, other)
    assert current(empty) is None


def test_any_other_zip_is_no_backup(tmp_path: Path, empty: Database) -> None:
    file = tmp_path / "photos.zip"
    with zipfile.ZipFile(file, "w") as photos:
        photos.writestr("manifest.json", "{}")
    with pytest.raises(Invalid, match="no backup of Manyhands"):
        back(empty, file)


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file
