"""Older texts are told against the ones before them, and read as they were written."""

import hashlib
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import make
from wiki.pages.models import Page, Revision, TextBlob
from wiki.pages.queries.texts import depth_of, stored_of, text_of, texts_of
from wiki.pages.service import chains
from wiki.storage.engine import Database

LATER = make.NOON + timedelta(days=900)


def words(seed: int, count: int = 400) -> str:
    chance = random.Random(seed)  # noqa: S311  # no secret
    return " ".join("".join(chance.choices("abcdefghij", k=7)) for _ in range(count))


def versions(count: int, seed: int = 1) -> list[str]:
    """Return texts that each say a little more than the one before."""
    text = words(seed)
    return [f"# Page {seed}\n\n{text}\n\n" + f"Line {n}.\n" * n for n in range(1, count + 1)]


def write(database: Database, texts: list[str], path: str = "aims") -> int:
    with database.begin() as session:
        who = make.person(session)
        page = make.page(session, path=path, text=texts[0], author=who)
        for text in texts[1:]:
            make.revision(session, page, text, author=who)
        return page.id


def told(database: Database, page_id: int) -> list[str]:
    query = sa.select(Revision.text_sha).where(Revision.page_id == page_id)
    with database.reading() as session:
        return [text_of(session, sha) for sha in session.scalars(query.order_by(Revision.number))]


def codecs(database: Database, page_id: int) -> list[str]:
    query = (
        sa.select(TextBlob.codec)
        .join(Revision, Revision.text_sha == TextBlob.sha)
        .where(Revision.page_id == page_id)
        .order_by(Revision.number)
    )
    with database.reading() as session:
        return list(session.scalars(query))


def chain(database: Database) -> None:
    chains.chain_all(database, lambda *_: None, now=LATER)


def test_texts_in_chains_read_as_they_were_written_and_take_a_tenth(database: Database) -> None:
    texts = versions(60)
    page_id = write(database, texts)
    with database.reading() as session:
        before = chains.size_of_texts(session)
    chain(database)
    with database.reading() as session:
        after = chains.size_of_texts(session)
    assert told(database, page_id) == texts
    assert before.revisions == after.revisions == 60
    assert after.each < before.each / 8


def test_every_twentieth_text_and_the_head_are_whole(database: Database) -> None:
    page_id = write(database, versions(50))
    chain(database)
    found = codecs(database, page_id)
    assert [number for number, codec in enumerate(found, 1) if codec == "zstd"] == [1, 21, 41, 50]
    with database.reading() as session:
        rows = stored_of(session, list(session.scalars(sa.select(TextBlob.sha))))
        assert max(depth_of(sha, rows) for sha in rows) == 19


def test_what_was_the_head_is_chained_when_it_is_old(database: Database) -> None:
    texts = versions(9)
    page_id = write(database, texts[:4])
    chain(database)
    with database.begin() as session:
        page = session.get_one(Page, page_id)
        for text in texts[4:]:
            make.revision(session, page, text)
    chain(database)
    assert codecs(database, page_id) == ["zstd", *["zstd-dict"] * 7, "zstd"]
    assert told(database, page_id) == texts


def test_texts_that_come_back_and_texts_of_two_pages_make_no_rings(database: Database) -> None:
    a, b, c, d = versions(4)
    stories = [[a, b, a, c, b, d], [b, a, b, c, d, a], [d, c, b, a, c, d, c], [a, a, c, c, d, b]]
    pages = [write(database, texts, f"page-{n}") for n, texts in enumerate(stories)]
    chain(database)
    assert [told(database, page_id) for page_id in pages] == stories
    heads = {codecs(database, page_id)[-1] for page_id in pages}
    assert heads == {"zstd"}


def test_a_chained_text_that_becomes_a_head_again_is_whole_again(database: Database) -> None:
    texts = versions(6)
    page_id = write(database, texts)
    chain(database)
    assert codecs(database, page_id)[2] == "zstd-dict"
    with database.begin() as session:
        make.revision(session, session.get_one(Page, page_id), texts[2], kind="restore")
    assert codecs(database, page_id)[2] == "zstd"
    chain(database)
    assert told(database, page_id) == [*texts, texts[2]]


def test_a_text_of_the_last_minutes_is_left_alone(database: Database) -> None:
    page_id = write(database, versions(5))
    with database.reading() as session:
        moments = list(session.scalars(sa.select(Revision.made_at).order_by(Revision.number)))
    now = moments[2] + chains.REST + timedelta(seconds=1)
    while chains.chain_some(database, now=now):
        pass
    assert codecs(database, page_id) == ["zstd", "zstd-dict", "zstd-dict", "zstd", "zstd"]
    with database.reading() as session:
        assert chains.unchained_pages(session, now=now) == []
        assert chains.unchained_pages(session, now=LATER) == [page_id]


def test_whole_texts_cost_one_query_and_chains_two(
    database: Database, recorded: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    write(database, versions(30))
    with database.reading() as session:
        shas = list(session.scalars(sa.select(Revision.text_sha).order_by(Revision.number)))
        with recorded() as whole:
            texts_of(session, shas)
    chain(database)
    with database.reading() as session, recorded() as chained:
        text_of(session, shas[18])
    assert (len(whole), len(chained)) == (1, 2)


def test_two_processes_at_once_chain_every_text_right(database: Database) -> None:
    texts = versions(45)
    pages = [write(database, texts[n:], f"page-{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: chain(database), range(4)))
    chain(database)
    assert [told(database, page_id) for page_id in pages] == [texts[n:] for n in range(4)]


def test_saves_go_on_while_texts_are_chained(database: Database) -> None:
    texts = versions(40)
    page_id = write(database, texts[:20])

    def save_the_rest() -> None:
        for text in texts[20:]:
            with database.begin() as session:
                make.revision(session, session.get_one(Page, page_id), text)

    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(save_the_rest)
        while not saving.done():
            chain(database)
        saving.result()
    chain(database)
    assert told(database, page_id) == texts


def test_a_round_that_is_cut_short_changes_nothing_and_the_next_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = versions(8)
    page_id = write(database, texts)
    replaced: list[bytes] = []

    def die(_session: object, sha: bytes, *_rest: object) -> None:
        replaced.append(sha)
        if len(replaced) == 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(chains, "_replace", die)
        with pytest.raises(KeyboardInterrupt):
            chain(database)
    assert set(codecs(database, page_id)) == {"zstd"}
    chain(database)
    assert codecs(database, page_id).count("zstd") == 2
    assert told(database, page_id) == texts


def test_a_damaged_text_is_left_as_it_is_and_stops_nobody(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    texts, others = versions(6), versions(6, seed=2)
    write(database, texts)
    other_id = write(database, others, "other")
    sha = hashlib.sha256(texts[2].encode()).digest()
    with database.begin() as session:
        session.execute(sa.update(TextBlob).where(TextBlob.sha == sha).values(data=b"no text"))
    chain(database)
    assert "manyhands check" in caplog.text
    assert codecs(database, other_id).count("zstd-dict") == 4
    with database.reading() as session, pytest.raises(ValueError, match="damaged"):
        text_of(session, sha)


def test_a_text_is_never_read_against_a_wrong_one(database: Database) -> None:
    write(database, versions(6))
    chain(database)
    with database.begin() as session:
        shas = list(session.scalars(sa.select(Revision.text_sha).order_by(Revision.number)))
        wrong = sa.update(TextBlob).where(TextBlob.sha == shas[3]).values(base_sha=shas[5])
        session.execute(wrong)
    with database.reading() as session, pytest.raises(ValueError, match="damaged"):
        text_of(session, shas[3])


def test_a_ring_of_texts_is_refused_and_not_followed_for_ever(database: Database) -> None:
    write(database, versions(6))
    chain(database)
    with database.begin() as session:
        shas = list(session.scalars(sa.select(Revision.text_sha).order_by(Revision.number)))
        ring = sa.update(TextBlob).where(TextBlob.sha == shas[0])
        session.execute(ring.values(base_sha=shas[2], codec="zstd-dict"))
    with database.reading() as session, pytest.raises(ValueError, match="against itself"):
        text_of(session, shas[2])


def test_a_page_with_an_empty_text_between_is_chained_around_it(database: Database) -> None:
    texts = [*versions(3), "", *versions(3, seed=2)]
    page_id = write(database, texts)
    chain(database)
    assert told(database, page_id) == texts
