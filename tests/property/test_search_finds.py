"""Whatever is asked, the search does not fail; a word taken from a page finds that page."""

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from wiki.pages.models import Page
from wiki.pages.queries.sight import EVERYTHING
from wiki.search import service
from wiki.search.models import SearchText
from wiki.search.queries.finding import search, suggest
from wiki.search.rules.terms import folded_words
from wiki.storage.engine import Database

# One database serves all examples of a test: each stands on what the others left.
on_one_database = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What a page may hold: no zero byte and no half characters.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)


@on_one_database
@given(query=st.text(max_size=400))
def test_no_query_fails(database: Database, query: str) -> None:
    with database.reading() as session:
        assert search(session, query, sight=EVERYTHING).total == 0
        assert suggest(session, query, sight=EVERYTHING) == []


@on_one_database
@given(text=texts, language=st.sampled_from(("en", "fr")), data=st.data())
def test_a_word_of_a_page_finds_it(
    database: Database, text: str, language: str, data: st.DataObject
) -> None:
    with database.begin() as session:
        page = session.scalars(sa.select(Page)).one_or_none() or make.page(session)
        make.revision(session, page, f"---\nlang: {language}\n---\n# P\n\nAnd {text} end\n")
        service.index_pages(session, [page.id])
        page_id = page.id
    with database.reading() as session:
        stored = session.get_one(SearchText, page_id)
        word = data.draw(st.sampled_from(folded_words(stored.body)))
        assert [row.path for row in search(session, word, sight=EVERYTHING).rows] == ["aims"]
