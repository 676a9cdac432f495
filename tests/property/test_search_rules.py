"""Whatever is written and whatever is asked, the search neither fails nor loses a word."""

import re

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.rules.asked import begun, loosened, understood
from wiki.search.rules.snippets import same_length_folded, snippet
from wiki.search.rules.terms import LANGUAGES, WORD_LIMIT, folded, folded_words, page_terms

texts = st.text(st.characters(exclude_categories=()), max_size=300)
WORDS = st.from_regex(re.compile(r"[a-zéèàçœ]{1,12}"), fullmatch=True)


@given(texts)
def test_any_query_is_understood(query: str) -> None:
    asked = understood(query)
    assert all(term.words and all(term.words) for term in asked.terms)
    assert all(all(run) for term in asked.terms for run in term.stems)
    assert not (asked.terms and asked.literal)
    loosened(asked)
    begun(query)


@given(texts)
def test_terms_hold_no_sign_that_a_database_reads(text: str) -> None:
    terms = page_terms(text, text, "fr")
    for term in (*terms.title, *terms.body, *terms.words):
        assert 0 < len(term) <= WORD_LIMIT + 1
        assert not re.search(r"[\s'\"\\&|!<>:*()\x00_-]", term)


@given(texts)
def test_folding_settles(text: str) -> None:
    once = folded_words(folded(text))
    assert folded_words(text) == once


@given(texts, texts)
def test_a_snippet_is_a_stretch_of_the_text(body: str, query: str) -> None:
    parts = snippet(body, understood(query), "en")
    shown = "".join(part.text for part in parts)
    shown = shown.removeprefix("… ").removesuffix(" …").strip()
    assert len(same_length_folded(body)) == len(body)
    assert "".join(shown.split()) in "".join(body.split())


@given(st.lists(WORDS, min_size=1, max_size=60), st.data())
def test_a_word_of_the_text_is_marked_in_its_snippet(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    language = data.draw(st.sampled_from(LANGUAGES))
    parts = snippet(" ".join(words), understood(word), language)
    assert any(part.is_hit for part in parts)
