"""The stretch of a page that a result shows."""

import pytest

from wiki.search.rules.asked import understood
from wiki.search.rules.snippets import same_length_folded, snippet
from wiki.search.rules.terms import Language


def shown(body: str, query: str, language: Language = "en") -> str:
    parts = snippet(body, understood(query), language)
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("Our policies help.", "policy", "Our [policies] help."),
        ("POLICIES and Policy.", "policy", "[POLICIES] and [Policy]."),
        ("A police car.", "polite", "A police car."),
        ("The start of art.", "art", "The start of [art]."),
        ("We begin.", "beg", "We [begin]."),
        ("We begin it.", "beg it", "We begin [it]."),
        ("The tenants' panel's word.", "panel", "The tenants' [panel's] word."),
        ("We co-draft; codraft.", "co-draft", "We [co-draft]; [codraft]."),
        (
            "Big letters to tenants, letters.",
            '"letters to tenants"',
            "Big [letters to tenants], letters.",
        ),
        ("Eine große Straße.", "grosse strasse", "Eine [große] [Straße]."),
        ("Algæ grow here.", "algae", "[Algæ] grow here."),
        ("A 50 % share.", "%", "A 50 [%] share."),
        ("我们的数字战略很好", "数字", "我们的[数字]战略很好"),
        ("Старая Москва.", "москва", "Старая [Москва]."),
    ],
)
def test_words_asked_for_are_marked(body: str, query: str, expected: str) -> None:
    assert shown(body, query) == expected


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("L’accès à l’œuvre", "accès oeuvre", "L’[accès] à l’[œuvre]"),  # noqa: RUF001
        ("les régionaux", "régional", "les [régionaux]"),
        ("la publication", "publications", "la [publication]"),
    ],
)
def test_french_words_are_marked(body: str, query: str, expected: str) -> None:
    assert shown(body, query, "fr") == expected


def test_the_stretch_with_most_different_words_is_shown() -> None:
    body = "plan " + "filler " * 100 + "the plan of the budget " + "filler " * 100 + "budget"
    text = shown(body, "plan budget")
    assert "the [plan] of the [budget]" in text
    assert text.startswith("… filler")
    assert text.endswith("filler …")
    assert len(text) < 280


def test_every_word_asked_for_in_the_stretch_is_marked() -> None:
    far_apart = "plan " + "filler " * 26 + "plan " + "filler " * 100
    assert shown(far_apart, "plan").count("[plan]") == 2


def test_without_a_hit_the_opening_is_shown() -> None:
    parts = snippet("Body. " * 100, understood("title"), "en", otherwise="A summary.")
    assert [part.text for part in parts] == ["A summary."]
    assert shown("Body. " * 100, "title").endswith("Body. Body. …")


def test_a_stretch_begins_with_the_line_of_its_first_hit() -> None:
    text = shown("filler " * 40 + "end.\nHere the plan begins.", "plan")
    assert text == "… Here the [plan] begins."


def test_lines_become_blanks_and_nothing_is_lost() -> None:
    assert shown("One\ntwo\nthree", "two") == "One [two] three"
    assert shown("", "two") == ""


def test_folding_keeps_every_sign_in_its_place() -> None:
    text = "ÀÉÎ İı œ ß ﬁ ǅ ½ 𝔸 \u0301 한 ﷺ"  # noqa: RUF001
    assert len(same_length_folded(text)) == len(text)
    assert same_length_folded("ÀÉ İ") == "ae i"


@pytest.mark.parametrize(
    "body", ["coco" * 200_000, "co-" * 200_000, "co dr " * 100_000, "c'" * 200_000]
)
def test_no_page_makes_a_snippet_slow_or_long(body: str) -> None:
    asked = understood('"co draft" "co dr coco x" codra c draft co-co-co')
    parts = snippet(body, asked, "en")
    assert sum(len(part.text) for part in parts) < 1_000
