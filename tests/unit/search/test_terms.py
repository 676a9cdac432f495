"""From text to terms."""

import pytest

from wiki.search.rules.terms import folded, folded_words, language_of, page_terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'accès", ["acces"]),
        ("L’ACCÈS", ["acces"]),  # noqa: RUF001  # what word processors write
        ("qu'aujourd'hui, jusqu'au", ["aujourdhui", "au"]),
        ("the council's tenants' O'Brien didn't", ["the", "council", "tenants", "obrien", "didnt"]),
        ("co-draft c'est-à-dire", ["co", "draft", "est", "a", "dire"]),
        ("file_name.txt", ["file", "name", "txt"]),
        ("Œuvre Ægir straße ﬁn Łódź ＡＢＣ", ["oeuvre", "aegir", "strasse", "fin", "lodz", "abc"]),  # noqa: RUF001
        ("İstanbul", ["istanbul"]),
        ("e\u0301te\u0301 co\u00adoperate", ["ete", "cooperate"]),
        ("数字", ["数", "字"]),
        ("हिन्दी", ["हिन्दी"]),
        ("Ελλάδα Москва", ["ελλαδα", "москва"]),
        ("'quoted' -- – !", ["quoted"]),  # noqa: RUF001
        ("", []),
    ],
)
def test_words_are_folded_and_cut(text: str, words: list[str]) -> None:
    assert list(folded_words(text)) == words


def test_folding_twice_changes_nothing() -> None:
    text = "L’Œuvre İSTANBUL ǰ ﬃ ẞ ﷺ Ǆ ½ 한국어 が"  # noqa: RUF001
    assert folded(folded(text)) == folded(text)


def test_a_page_is_found_by_stems_of_its_language_and_by_bare_words() -> None:
    terms = page_terms("Politiques", "Des services co-rédigés", "fr")
    assert terms.title == ["polit"]
    assert terms.names == ["politiques"]
    assert "servic" in terms.body
    assert {"politiques", "services", "co", "rediges", "corediges"} <= set(terms.words)


def test_joined_words_stand_after_all_others() -> None:
    assert page_terms("", "co-draft it", "en").body == ["co", "draft", "it", "codraft"]


def test_long_words_and_long_texts_are_bounded() -> None:
    terms = page_terms("", "x" * 1000, "en")
    assert [len(word) for word in terms.words] == [64]
    terms = page_terms("", " ".join(map(str, range(200_000))), "en")
    assert sum(len(term) + 1 for term in terms.body) <= 400_000
    assert terms.body[0] == "0"


def test_only_french_is_cut_as_french() -> None:
    assert [language_of(code) for code in ("fr", "FR-CA", "en", "de", "")] == [
        *("fr", "fr"),
        *("en", "en", "en"),
    ]


def test_a_word_with_an_apostrophe_has_no_second_spelling() -> None:
    assert page_terms("", "the council's plan", "en").words == ["council", "plan", "the"]
