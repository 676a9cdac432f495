"""Keeping the search up to date: a page is indexed in the transaction that changes it."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from wiki.pages.queries.texts import texts_of
from wiki.pages.rules import Facts
from wiki.pages.service.preparing import KEPT, recall
from wiki.search.queries import indexing
from wiki.search.queries.indexing import Head, Indexed
from wiki.search.rules.asked import storable
from wiki.search.rules.terms import PageTerms, folded_words, language_of, page_terms
from wiki.storage.engine import Database
from wiki.text.sections import plain_text

BATCH = 250
REBUILD_BATCH = 50


def index_pages(session: Session, page_ids: Iterable[int]) -> int:
    """Let searches find these pages as they stand, and no longer the deleted ones among them.

    Return how many of them can now be found.
    """
    session.flush()
    count = 0
    for batch in _batches(sorted(set(page_ids)), BATCH):
        heads = indexing.heads(session, batch)
        texts = texts_of(session, {head.text_sha for head in heads})
        gone = set(batch) - {head.page_id for head in heads}
        if gone:
            indexing.remove(session, gone)
        indexing.write(session, [_indexed(head, texts[head.text_sha]) for head in heads])
        count += len(heads)
    return count


def rebuild(database: Database, progress: Callable[[int, int], None]) -> int:
    """Index every page anew and return how many can be found; the deleted ones cannot.

    Works in short transactions, so that others can write meanwhile; may be stopped and run
    again. `progress` is told how many pages are done and how many there are.
    """
    with database.reading() as session:
        page_ids = indexing.all_page_ids(session)
    done = count = 0
    for batch in _batches(page_ids, REBUILD_BATCH):
        with database.begin() as session:
            count += index_pages(session, batch)
        done += len(batch)
        progress(done, len(page_ids))
    return count


def stale(session: Session, page_ids: Iterable[int]) -> list[int]:
    """Return those of the living pages that are not found as they stand."""
    heads = indexing.heads(session, sorted(set(page_ids)))
    texts = texts_of(session, {head.text_sha for head in heads})
    return [
        head.page_id
        for head in heads
        if not indexing.is_written(session, _indexed(head, texts[head.text_sha]))
    ]


def prepare(text: str, facts: Facts) -> None:
    """Make what indexing a page with this text will need, before its database is locked."""
    recall(_found_by, text, facts.title, facts.problem, facts.language)


def _indexed(head: Head, text: str) -> Indexed:
    found = recall(_found_by, text, head.title, head.problem, head.language)
    return Indexed(head.page_id, *found)


@lru_cache(maxsize=KEPT)
def _found_by(text: str, title: str, problem: str, language: str) -> tuple[str, str, PageTerms]:
    """Return the folded title, the words that are shown, and the terms."""
    body = storable(unicodedata.normalize("NFC", plain_text(text)))
    opening, _, rest = body.partition("\n")
    folded = folded_words(title)
    # The heading that is the page's title is found as the title already.
    if folded_words(opening) == folded:
        body = rest
    if problem:
        body = f"{storable(problem)}\n{body}"
    return " ".join(folded), body, page_terms(title, body, language_of(language))


def _batches(page_ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(page_ids), size):
        yield page_ids[start : start + size]
