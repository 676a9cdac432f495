"""A check says that all is well when it is, and finds each thing that is broken."""

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests import make
from tests.integration.upkeep.breaking import BROKEN, PAGE, sql
from tests.integration.upkeep.lived_in import LATER, all_rows, live_in
from wiki.mail.letters import Letter
from wiki.people.models import WikiSetting
from wiki.storage.engine import Database
from wiki.storage.leases import Lease
from wiki.transfer.service.backup import backup
from wiki.transfer.service.checking import Checked, check
from wiki.transfer.service.checking.everything import SHOWN_OF_A_KIND
from wiki.transfer.service.restore import MARK


@pytest.fixture
def wiki(database: Database) -> Database:
    """Return a wiki that was lived in and where all is well."""
    live_in(database)
    with database.begin() as session:
        # They are of a time long ago, and would have left.
        session.execute(sa.delete(Letter))
    return database


def looked(database: Database, *, is_deep: bool = True) -> Checked:
    return check(database, now=LATER, is_deep=is_deep, progress=lambda *_: None)


def found(database: Database) -> list[tuple[str, str]]:
    """Return kind and sentence of what is not well, but for the settings of the test's server."""
    kinds = {"settings"} if not database.is_sqlite else set()
    checked = looked(database)
    assert all(finding.remedy for finding in checked.findings)
    return [(one.kind, one.sentence) for one in checked.findings if one.kind not in kinds]


def test_all_is_well_in_a_wiki_where_much_happened(wiki: Database) -> None:
    assert found(wiki) == []
    checked = looked(wiki)
    assert checked.counts == {"pages": 4, "revisions": 42, "texts": 40}
    assert checked.notes == ["No backup was ever made with: manyhands backup FILE"]


def test_a_check_changes_nothing(wiki: Database) -> None:
    before, version = all_rows(wiki), wiki.version()
    looked(wiki)
    assert (all_rows(wiki), wiki.version()) == (before, version)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(wiki: Database, name: str) -> None:
    break_it, kind, sentence = BROKEN[name]
    break_it(wiki)
    assert (kind, sentence) in found(wiki)


def test_what_can_be_rebuilt_says_how(wiki: Database) -> None:
    for name in ("a link is lost", "a page cannot be found", "a page was not derived"):
        BROKEN[name][0](wiki)
    remedies = {finding.kind: finding.remedy for finding in looked(wiki).findings}
    assert "manyhands rebuild html" in remedies["derived"]
    assert remedies["search"] == "Run: manyhands rebuild search"


def test_a_term_that_searches_lack_is_found(wiki: Database) -> None:
    if wiki.is_sqlite:
        sql(f"UPDATE search_terms SET body = 'else' WHERE rowid = {PAGE}")(wiki)  # noqa: S608
    else:
        sql(f"UPDATE search_terms SET terms = 'else' WHERE page_id = {PAGE}")(wiki)  # noqa: S608
    assert found(wiki) == [("search", "/part/page-2 is not found as it stands.")]


def test_a_damaged_text_that_others_are_told_against_is_found_in_all_of_them(
    wiki: Database,
) -> None:
    first = f"(SELECT text_sha FROM revision WHERE page_id = {PAGE} AND number = 1)"  # noqa: S608
    sql(f"UPDATE text_blob SET data = :data WHERE sha = {first}", data=b"no text")(wiki)  # noqa: S608
    numbers = [sentence.split()[4] for kind, sentence in found(wiki) if kind == "text"]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]


def test_of_many_findings_the_first_are_told_and_the_others_counted(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session)
        for number in range(40):
            make.revision(session, page, f"# Aims\n\n{number}\n")
    sql("DELETE FROM text_blob")(database)
    texts = [sentence for kind, sentence in found(database) if kind == "text"]
    assert len(texts) == SHOWN_OF_A_KIND + 1
    assert texts[-1] == "And 21 more of the same kind."


def test_letters_that_should_have_left_are_found_unless_mail_is_off(database: Database) -> None:
    live_in(database)
    assert found(database) == []
    late = LATER + timedelta(hours=2)

    def kinds() -> list[str]:
        checked = check(database, now=late, is_deep=False, progress=lambda *_: None)
        return [one.kind for one in checked.findings if one.kind != "settings"]

    assert kinds() == ["letters"]
    with database.begin() as session:
        session.add(WikiSetting(key="mail", value="off"))
    assert kinds() == []
    assert looked(database).notes[0].startswith("Mail is switched off.")


def test_a_lease_that_never_ends_is_found(wiki: Database) -> None:
    with wiki.begin() as session:
        session.add(Lease(name="texts", holder="x", until=LATER + timedelta(days=400)))
    assert [kind for kind, _ in found(wiki)] == ["lease"]


def test_a_restore_that_was_cut_short_is_found(wiki: Database) -> None:
    with wiki.begin() as session:
        session.add(WikiSetting(key=MARK, value="x"))
    assert [kind for kind, _ in found(wiki)] == ["restore"]


def test_an_old_backup_is_found_and_a_fresh_one_is_well(wiki: Database) -> None:
    file = wiki.settings.data_dir / "wiki.zip"
    file.unlink(missing_ok=True)
    old = LATER - timedelta(days=9)
    backup(wiki, file, now=old, replace=False, progress=lambda *_: None)
    assert found(wiki) == [("backup", "The last backup is 9 days old.")]
    backup(wiki, file, now=LATER, replace=True, progress=lambda *_: None)
    file.unlink()
    assert found(wiki) == []
    assert looked(wiki).notes == []


def test_a_disk_that_is_nearly_full_is_found(
    wiki: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50 << 20))
    assert found(wiki) == [("disk", "Only 50 MiB are free where the wiki lies.")]


def test_settings_that_may_lose_what_was_saved_are_found(wiki: Database) -> None:
    if wiki.is_sqlite:
        connection = wiki.engine.raw_connection()
        connection.cursor().execute("PRAGMA synchronous=OFF")
        connection.close()
        name = "synchronous = 0"
    else:
        with wiki.reading() as session:
            # The server of the tests keeps nothing, on purpose; another one may.
            if session.scalar(sa.text("SHOW fsync")) == "on":
                pytest.skip("this server keeps what it acknowledged")
        name = "fsync = off"
    sentences = [one.sentence for one in looked(wiki).findings if one.kind == "settings"]
    assert any(name in sentence for sentence in sentences)


def test_a_row_without_the_row_it_belongs_to_is_found(wiki: Database) -> None:
    if not wiki.is_sqlite:
        pytest.skip("PostgreSQL refuses such a row whatever one does")
    connection = wiki.engine.raw_connection()
    connection.cursor().execute("PRAGMA foreign_keys=OFF")
    connection.cursor().execute("INSERT INTO page_tag VALUES (99, 'lost')")
    connection.cursor().execute("PRAGMA foreign_keys=ON")
    connection.close()
    assert [kind for kind, _ in found(wiki)] == ["reference"]


def test_a_damaged_file_is_found_and_the_check_goes_on(wiki: Database) -> None:
    if not wiki.is_sqlite:
        pytest.skip("the files of PostgreSQL are not ours")
    wiki.close()
    file = wiki.settings.data_dir / "wiki.db"
    data = bytearray(file.read_bytes())
    page = int.from_bytes(data[16:18])
    for start in range(page * 12, len(data) - page, page * 9):
        data[start : start + page] = b"\xff" * page
    file.write_bytes(data)
    kinds = [kind for kind, _ in found(wiki)]
    assert "database" in kinds
    assert looked(wiki, is_deep=False).findings
