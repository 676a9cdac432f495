"""Terms as SQLite's FTS5 and as PostgreSQL's tsquery understand them.

Both look for our own terms (rules/terms.py), so both find the same pages; only the order of equals
may differ. Terms hold no sign that either language gives a meaning to, and are quoted besides.
PostgreSQL counts places up to 16,383: phrases far down in a very long page are not seen there.

FTS5 ranks a rare word higher, and counts it in all pages there are. So one hidden page can turn
the order of two others, and whoever may write could ask of any word whether it stands in a hidden
page (measured: one such page among twenty turns the order). For whoever may not see all pages,
each is ranked by its own words alone, as PostgreSQL does for everybody. Numbers of what is found,
suggestions and likenesses of titles are made of pages that can be seen, and nothing else.
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
_BM25: sa.ColumnElement[float] = sa.literal_column(f"bm25(search_terms, {_FTS5_WEIGHTS})")
_EQUAL: sa.ColumnElement[float] = sa.literal_column("0.0")
# Of the tsvectors: D the text, A the title.
_VECTOR_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"

# So many times in a text are half as good as ever so many.
_HALF_AS_GOOD = 1.5

_fts5 = sa.table(
    "search_terms",
    sa.column("rowid", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("body", sa.Text),
    sa.column("names", sa.Text),
)
_vectors = sa.table(
    "search_terms",
    sa.column("page_id", sa.Integer),
    sa.column("terms"),
    sa.column("words"),
)


# A part of a query with the columns `page_id` and `rank`; the smallest rank fits best.
Matches: TypeAlias = sa.CTE


def matching(
    session: Session, terms: Sequence[Term], *, is_any: bool = False, sees_all: bool
) -> Matches:
    """Return the pages with all of the terms, or with any of them."""
    if is_sqlite(session):
        glue = " OR " if is_any else " AND "
        rank = _BM25 if sees_all else _own_rank(terms)
        return _by_fts5(glue.join(f"({_fts5_term(term)})" for term in terms), rank)
    conditions = [_vector_condition(term) for term in terms]
    condition = sa.or_(*conditions) if is_any else sa.and_(*conditions)
    stems = " | ".join(_vector_runs(term) for term in terms)
    words = " | ".join(f"{_quoted(word)}:A" for term in terms for word in term.words)
    rank = _vector_rank(_vectors.c.terms, stems) + _vector_rank(_vectors.c.words, words)
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def beginning(session: Session, words: Sequence[str], *, in_title: bool, sees_all: bool) -> Matches:
    """Return the pages with these words, the last of which may be only begun."""
    *whole, last = words
    if is_sqlite(session):
        column = "names" if in_title else "words"
        parts = [*(f'"{word}"' for word in whole), f'"{last}"*']
        return _by_fts5(f"{{{column}}} : ({' AND '.join(parts)})", _BM25 if sees_all else _EQUAL)
    weight = "A" if in_title else "AD"
    lexemes = [*(f"{_quoted(word)}:{weight}" for word in whole), f"{_quoted(last)}:*{weight}"]
    condition = _vectors.c.words.bool_op("@@")(_tsquery(" & ".join(lexemes)))
    rank = _vector_rank(_vectors.c.words, " | ".join(lexemes))
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def title_openings(session: Session, openings: Sequence[str], *, sees_all: bool) -> Matches:
    """Return the pages in whose title a word begins with any of `openings`."""
    if is_sqlite(session):
        begun = " OR ".join(f'"{opening}"*' for opening in openings)
        return _by_fts5(f"{{names}} : ({begun})", _BM25 if sees_all else _EQUAL)
    query = " | ".join(f"{_quoted(opening)}:*A" for opening in openings)
    condition = _vectors.c.words.bool_op("@@")(_tsquery(query))
    rank = _vector_rank(_vectors.c.words, query)
    return _matches(_vectors, _vectors.c.page_id, condition, -rank)


def _by_fts5(expression: str, rank: sa.ColumnElement[float]) -> Matches:
    match = sa.literal_column("search_terms").bool_op("MATCH")(expression)
    return _matches(_fts5, _fts5.c.rowid, match, rank)


def _own_rank(terms: Sequence[Term]) -> sa.ColumnElement[float]:
    """Return the rank of a page by how often the terms stand in its title and its text."""
    rank: sa.ColumnElement[Any] = sa.literal(0.0)
    for term in terms:
        for run in term.stems:
            rank -= 8.0 * _presence(_fts5.c.title, run) + _presence(_fts5.c.body, run)
        rank -= 8.0 * _presence(_fts5.c.names, term.words)
    return rank


def _presence(column: sa.ColumnElement[str], words: Sequence[str]) -> sa.ColumnElement[Any]:
    """Return how much of the words there is: 0 for none, towards 1 the more often they stand."""
    run = f" {' '.join(words)} "
    text = sa.literal(" ") + column + " "
    left_out = sa.func.length(sa.func.replace(text, run, "", type_=sa.Text))
    times = (sa.func.length(text) - left_out) / sa.literal(float(len(run)))
    return times / (times + _HALF_AS_GOOD)


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
