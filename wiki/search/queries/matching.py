"""Terms as SQLite's FTS5 and as PostgreSQL's tsquery understand them.

Both look for our own terms (rules/terms.py), so both find the same pages; only the order of equals
may differ. Terms hold no sign that either language gives a meaning to, and are quoted besides.
PostgreSQL counts places up to 16,383: phrases far down in a very long page are not seen there.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from wiki.search.rules.asked import Term
from wiki.storage.dialect import is_sqlite

# Title as a stem, text, title word for word, any word begun.
_FTS5_WEIGHTS = "8.0, 1.0, 8.0, 0.05"
# Of the tsvectors: D the text, A the title.
_VECTOR_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"

_fts5 = sa.table("search_terms", sa.column("rowid", sa.Integer))
_vectors = sa.table(
    "search_terms",
    sa.column("page_id", sa.Integer),
    sa.column("terms"),
    sa.column("words"),
)


# A part of a query with the columns `page_id` and `rank`; the smallest rank fits best.
Matches: TypeAlias = sa.CTE


def matching(session: Session, terms: Sequence[Term], *, is_any: bool = False) -> Matches:
    """Return the pages with all of the terms, or with any of them."""
    if is_sqlite(session):
        glue = " OR " if is_any else " AND "
        return _by_fts5(glue.join(f"({_fts5_term(term)})" for term in terms))
    conditions = [_vector_condition(term) for term in terms]
    condition = sa.or_(*conditions) if is_any else sa.and_(*conditions)
    stems = " | ".join(_vector_runs(term) for term in terms)
    words = " | ".join(f"{_quoted(word)}:A" for term in terms for word in term.words)
    rank = _vector_rank(_vectors.c.terms, stems) + _vector_rank(_vectors.c.words, words)
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def beginning(session: Session, words: Sequence[str], *, in_title: bool) -> Matches:
    """Return the pages with these words, the last of which may be only begun."""
    *whole, last = words
    if is_sqlite(session):
        column = "names" if in_title else "words"
        parts = [*(f'"{word}"' for word in whole), f'"{last}"*']
        return _by_fts5(f"{{{column}}} : ({' AND '.join(parts)})")
    weight = "A" if in_title else "AD"
    lexemes = [*(f"{_quoted(word)}:{weight}" for word in whole), f"{_quoted(last)}:*{weight}"]
    condition = _vectors.c.words.bool_op("@@")(_tsquery(" & ".join(lexemes)))
    rank = _vector_rank(_vectors.c.words, " | ".join(lexemes))
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def title_openings(session: Session, openings: Sequence[str]) -> Matches:
    """Return the pages in whose title a word begins with any of `openings`."""
    if is_sqlite(session):
        begun = " OR ".join(f'"{opening}"*' for opening in openings)
        return _by_fts5(f"{{names}} : ({begun})")
    query = " | ".join(f"{_quoted(opening)}:*A" for opening in openings)
    condition = _vectors.c.words.bool_op("@@")(_tsquery(query))
    rank = _vector_rank(_vectors.c.words, query)
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def _by_fts5(expression: str) -> Matches:
    match = sa.literal_column("search_terms").bool_op("MATCH")(expression)
    rank: sa.ColumnElement[float] = sa.literal_column(f"bm25(search_terms, {_FTS5_WEIGHTS})")
    return _matches(_fts5, _fts5.c.rowid, match, rank)


def _matches(
    table: sa.TableClause,
    page_id: sa.ColumnElement[int],
    condition: sa.ColumnElement[bool],
    rank: sa.ColumnElement[float],
) -> Matches:
    query = sa.select(page_id.label("page_id"), rank.label("rank")).select_from(table)
    # FTS5 ranks only by itself, before other tables and counts come in.
    return query.where(condition).cte("matched").prefix_with("MATERIALIZED")


def _fts5_term(term: Term) -> str:
    runs = " OR ".join(f'"{" ".join(run)}"' for run in term.stems)
    # The bare title word adds no page; it lets a title with the very word come first.
    found = f'{{title body}} : ({runs}) OR names : "{" ".join(term.words)}"'
    return f'{found} OR words : "{term.words[0]}"*' if term.is_open else found


def _vector_condition(term: Term) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = _vectors.c.terms.bool_op("@@")(_tsquery(_vector_runs(term)))
    if not term.is_open:
        return found
    begun = f"{_quoted(term.words[0])}:*"
    return sa.or_(found, _vectors.c.words.bool_op("@@")(_tsquery(begun)))


def _vector_runs(term: Term) -> str:
    runs = (" <-> ".join(_quoted(stem) for stem in run) for run in term.stems)
    return f"({' | '.join(f'({run})' for run in runs)})"


def _vector_rank(vector: sa.ColumnElement[Any], query: str) -> sa.ColumnElement[float]:
    weights = sa.cast(sa.literal(_VECTOR_WEIGHTS), sa.ARRAY(sa.REAL))
    return sa.func.ts_rank(weights, vector, _tsquery(query), 1, type_=sa.Float)


def _tsquery(query: str) -> sa.ColumnElement[Any]:
    return sa.cast(sa.literal(query, sa.Text), TSQUERY)


def _quoted(word: str) -> str:
    return f"'{word}'"
