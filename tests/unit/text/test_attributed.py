# ruff: noqa: RUF001 - letters of several scripts are what is tested
import re
import time
from typing import NamedTuple

import pytest

from wiki.text.attributed import Look, attribute, looks_of, marked
from wiki.text.markdown import mark_missing, render

ANA, BEN, CEM = 16, 32, 48
PIECE = re.compile(r'<span class="by [^>]*data-by="(\d+)"[^>]*>(.*?)</span>', re.DOTALL)
NUMBER = re.compile(r'<a class="by-number[^>]*>.*?</a>')


class Written(NamedTuple):
    text: str
    origin: int


def shown(*parts: tuple[str, int]) -> str:
    """Return the marked page without its numbers."""
    return NUMBER.sub("", with_numbers(*parts))


def with_numbers(*parts: tuple[str, int]) -> str:
    spans = [Written(*part) for part in parts]
    page = render("".join(text for text, _ in parts), path="en/page")
    assert page.trouble is None
    found = attribute(page.html, spans)
    return marked(found, looks_of(found.runs, {run.origin: run.origin // 16 for run in found.runs}))


def pieces(*parts: tuple[str, int]) -> list[tuple[int, str]]:
    return [(int(slot), words) for slot, words in PIECE.findall(shown(*parts))]


def test_each_run_is_wrapped_with_the_number_of_its_author() -> None:
    assert pieces(("We ask everybody ", ANA), ("before we decide.", BEN)) == [
        (1, "We ask everybody"),
        (2, "before we decide."),
    ]


def test_a_run_is_one_across_elements_but_wrapped_in_each() -> None:
    html = shown(("We **ask** all.\n\nThen we wait.", ANA))
    assert re.findall(r'data-run="(\d+)"', html) == ["1"] * 4
    assert re.findall(r'id="(run-\d+)"', html) == ["run-1"]
    assert PIECE.sub(r"\2", html) == render("We **ask** all.\n\nThen we wait.", path="p").html


def test_a_run_knows_its_words_and_its_first_words() -> None:
    text = "One & two, three four five six seven eight nine ten."
    (run,) = attribute(render(text, path="p").html, [Written(text, ANA)]).runs
    assert (run.index, run.origin, run.words) == (1, ANA, 10)
    assert run.opening == "One & two, three four five six seven…"


def test_the_first_words_go_on_behind_a_mark() -> None:
    text = "One **two** three."
    (run,) = attribute(render(text, path="p").html, [Written(text, ANA)]).runs
    assert run.opening == "One two three."


def test_words_that_the_page_adds_are_of_nobody() -> None:
    html = shown(("# Aims\n\n## Costs\n\nSee [it](gone)[^n].\n\n[^n]: A note.", ANA))
    assert 'aria-label="Link to this section: Costs">#</a>' in html
    assert ">1</a></sup>" in html
    assert [words for _, words in PIECE.findall(html)] == ["Costs", "See", "it", "A note."]


def test_what_is_said_of_a_missing_page_is_of_nobody() -> None:
    text = "See [the plan](gone.md) first."
    html = mark_missing(render(text, path="en/page").html, {"en/gone"})
    assert "page not written yet" in html
    found = attribute(html, [Written(text, ANA)])
    looks = {ANA: Look("series-1", 1, "1.1")}
    assert [words for _, words in PIECE.findall(marked(found, looks))] == [
        "See",
        "the plan",
        "first.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[the plan](the/plan.md "the plan") is', ["the plan", "is"]),
        ("![the map](map.png) the map", ["the map"]),
        ("1. first\n2. second", ["first", "second"]),
        ("- [x] done\n- [ ] open", ["done", "open"]),
        ("| a | b |\n| - | - |\n| Bus | 12 |", ["a", "b", "Bus", "12"]),
        ("```python\nrun(1)  # why\n```", ["run(1)  # why"]),
        ("```\n1. [a](b)\n```", ["1. [a](b)"]),
        ("`<b>bold</b>`", ["&lt;b&gt;bold&lt;/b&gt;"]),
        ("Qui&nbsp;? Le caf&eacute;, d&eacute;j&agrave;.", ["Qui&nbsp;? Le café, déjà."]),
        ("L’été, « déjà ».", ["L’été, « déjà ».".removesuffix(" ».")]),
        ("我们先问大家。", ["我们先问大家。"]),
        ("snake\\_case and \\*star\\*", ["snake_case and *star*"]),
        ("<!-- never said -->Said.", ["Said."]),
        ("[[plan|our plan]] and [[plan]]", ["our plan", "and", "plan"]),
        ('A [link][l].\n\n[l]: https://a.example/words "words"', ["A", "link"]),
        ("https://a.example/caf%C3%A9", ["https://a.example/café"]),
        ("<https://a.example/b>", ["https://a.example/b"]),
        ("Term\n: what it means", ["Term", "what it means"]),
        ("A<br>b <u>c</u>", ["A", "b", "c"]),
        ("{% include x.html %}\n\nWords", ["Words"]),
    ],
)
def test_what_is_said_is_wrapped_and_nothing_else(text: str, said: list[str]) -> None:
    assert [words for _, words in pieces((text, ANA))] == said


def test_the_same_words_in_markup_are_not_taken_for_those_shown() -> None:
    parts = (("![the plan](x.png)", ANA), (" the plan", BEN), (" of all", CEM))
    assert pieces(*parts) == [(2, "the plan"), (3, "of all")]


def test_fields_at_the_top_are_not_taken_for_the_text() -> None:
    parts = (("---\ntitle: Our plan\n---\n", ANA), ("Our plan ", BEN), ("is this.", CEM))
    assert pieces(*parts) == [(2, "Our plan"), (3, "is this.")]


def test_notes_have_their_writers_wherever_they_were_written() -> None:
    parts = (
        ("[^b]: The second note.\n", ANA),
        ("[^a]: The first note.\n    It goes on.\n\n", BEN),
        ("Said[^a] and done[^b].", CEM),
    )
    assert pieces(*parts) == [
        (3, "Said"),
        (3, "and done"),
        (2, "The first note.\nIt goes on."),
        (1, "The second note."),
    ]


def test_a_note_in_a_quotation_has_its_writer_too() -> None:
    parts = (("Said[^a].\n\n", ANA), ("> [^a]: Quoted [note](x).\n", BEN))
    assert pieces(*parts) == [(1, "Said"), (2, "Quoted"), (2, "note")]


def test_signs_go_with_the_word_that_they_touch() -> None:
    assert pieces(("He said: ", ANA), ("“yes, (no)” ", BEN), ("and/", ANA), ("or – all", CEM)) == [
        (1, "He said:"),
        (2, "“yes, (no)”"),
        (1, "and/"),
        (3, "or – all"),
    ]


def test_words_that_the_source_does_not_say_break_no_run_and_are_in_none() -> None:
    found = attribute("<p>One two three</p>", [Written("One three", ANA)])
    assert [run.words for run in found.runs] == [2]
    assert [found.html[one.start : one.end] for one in found.pieces] == ["One", "three"]


def test_a_word_twice_where_the_source_seems_to_have_it_once_goes_with_its_neighbour() -> None:
    found = attribute("<p>We ask ask all</p>", [Written("We ask all", ANA)])
    assert [run.words for run in found.runs] == [4]


def test_a_word_that_two_people_spelt_is_left_to_nobody() -> None:
    found = attribute("<p>so café so</p>", [Written("so caf", ANA), Written("&eacute; so", BEN)])
    assert [found.html[one.start : one.end] for one in found.pieces] == ["so", "so"]


def test_a_page_shown_as_it_was_typed_is_marked_as_typed() -> None:
    text = "> " * 60 + "1. [deep](link)\n"
    page = render(text, path="p")
    assert page.trouble
    found = attribute(page.html, [Written(text, ANA)])
    assert found.html[found.pieces[0].start : found.pieces[0].end] == "1. [deep](link)"


def test_an_empty_page_has_no_runs() -> None:
    assert attribute("", []).runs == ()
    assert shown(("---\ntitle: A\n---\n", ANA)) == ""


def test_a_number_stands_at_the_end_of_a_run_and_of_each_block_of_it() -> None:
    html = with_numbers(("One **two** three.\n\n- four\n- five\n\nsix ", ANA), ("seven", BEN))
    plain = re.sub(r'<span class="by [^>]*>|</span>', "", html)
    assert re.sub(r'<a class="by-number[^>]*>(.*?)</a>', r"[\1]", plain) == (
        "<p>One <strong>two</strong> three.[1.1]</p>\n<ul>\n<li>four</li>\n"
        "<li>five[1.1]</li>\n</ul>\n"
        "<p>six[1.1] seven[2.1]</p>\n"
    )


def test_a_number_is_a_link_and_never_stands_inside_another() -> None:
    html = with_numbers(("[one ", ANA), ("two](x)", BEN))
    outside = html.split("</a>", 1)[1]
    assert re.findall(r'href="#(by-\d-\d)"', outside) == ["by-1-1", "by-2-1"]
    assert "by-number" not in html.split("</a>", 1)[0]


def test_one_person_is_marked_as_chosen() -> None:
    found = attribute("<p>One two</p>", [Written("One ", ANA), Written("two", BEN)])
    html = marked(found, looks_of(found.runs, {ANA: 1, BEN: 2}, chosen=2))
    assert 'class="by series-1"' in html
    assert 'class="by series-2 by--chosen"' in html
    assert 'class="by-number by-number--chosen"' in html


def test_labels_count_the_revisions_of_each_author_from_the_oldest() -> None:
    spans = [Written("c ", 480), Written("a ", 160), Written("b ", 320)]
    found = attribute("<p>c a b</p>", spans)
    looks = looks_of(found.runs, {160: 1, 320: 12, 480: 1})
    assert looks == {
        160: Look("series-1", 1, "1.1"),
        320: Look("series-others", 12, "12.1"),
        480: Look("series-1", 1, "1.2"),
    }
    assert looks[480].note == "by-1-2"
    ages = looks_of(found.runs, {160: 5, 320: 4, 480: 1}, kind="age")
    assert [look.look for look in ages.values()] == ["age-5", "age-4", "age-1"]


def test_a_long_page_of_few_words_repeated_is_marked_whole() -> None:
    text = "# Yes\n\n" + "yes no [yes](no)\n\n" * 4000 + "no yes"
    page = '<p>yes no <a href="no">yes</a></p>\n' * 4000 + "<p>no yes</p>"
    found = attribute(page, [Written(text, ANA)])
    assert found.runs[0].words == 12_002


@pytest.mark.parametrize("sign", ["<!--", "[", "[a](", "![", "[^a]:\n", "{%", "- ", "<a ", "> "])
def test_signs_in_great_number_are_looked_through_once(sign: str) -> None:
    started = time.process_time()
    attribute("<p>a</p>", [Written(sign * (100_000 // len(sign)), ANA)])
    assert time.process_time() - started < 2
