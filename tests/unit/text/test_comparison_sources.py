"""Which revision each inserted or deleted word of a comparison comes from."""

from collections.abc import Sequence

from wiki.text.comparison import Comparison, Marks, Named, Source, compare_pages, mark_html
from wiki.text.comparison.naming import with_sources
from wiki.text.comparison.steps import stretches_between

BASE = """# Aims

We want to hear from everybody who lives here, and from those who work here.

Once a year we ask everybody the same ten questions and print what they said.

By letter, by telephone and by going round to see people where they are.
"""


def told(*history: str, most: int = 400) -> Comparison:
    """Return the first text of a history compared with its last, with sources."""
    return with_sources(
        compare_pages(history[0], history[-1]),
        (1, len(history)),
        lambda numbers: [history[number - 1] for number in numbers],
        most=most,
    )


def runs(comparison: Comparison) -> list[tuple[str, str, Source | None]]:
    """Return the runs that came or went: kind, text and source."""
    return [
        (run.kind, run.text, run.source)
        for change in comparison.changes
        for block in change.blocks
        for run in block.runs
        if run.kind != "keep"
    ]


def at(number: int) -> Source:
    """Return one revision as a source."""
    return Source(number, number)


def test_words_of_one_sentence_are_named_after_the_revisions_that_wrote_them() -> None:
    second = BASE.replace("everybody who", "everybody under thirty who")
    third = second.replace("under thirty who", "under thirty in earnest who")
    assert runs(told(BASE, second, third)) == [
        ("insert", "under thirty ", at(2)),
        ("insert", "in earnest ", at(3)),
    ]


def test_words_that_went_are_named_after_the_revision_that_took_them_out() -> None:
    second = BASE.replace(" by telephone and", "")
    third = second.replace("to see people ", "")
    comparison = told(BASE, second, third)
    assert runs(comparison) == [
        ("delete", "telephone and by ", at(2)),
        ("delete", "to see people ", at(3)),
    ]
    assert comparison.changes[0].sources == (at(2), at(3))


def test_a_page_blanked_and_put_back_is_nobodys_work() -> None:
    second = BASE.replace("ten", "twelve")
    assert runs(told(BASE, second, "", second, second + "\nThe end of it all.\n")) == [
        ("delete", "ten", at(2)),
        ("insert", "twelve", at(2)),
        ("insert", "The end of it all.", at(5)),
    ]


def test_a_paragraph_put_back_elsewhere_goes_on_as_the_first_authors() -> None:
    added = "Nobody is asked twice about the same thing.\n\n"
    second = BASE.replace("Once a year", added + "Once a year")
    fourth = BASE.replace("By letter", added + "By letter").replace("ten", "twelve")
    found = runs(told(BASE, second, BASE, fourth))
    assert ("insert", added.strip(), at(2)) in found
    assert ("insert", "twelve", at(4)) in found


def test_what_came_and_went_in_between_is_not_told() -> None:
    assert runs(told(BASE, BASE + "\nSpam and nonsense.\n", BASE.replace("ten", "nine"))) == [
        ("delete", "ten", at(3)),
        ("insert", "nine", at(3)),
    ]


def test_a_move_without_other_words_is_named_after_the_mover() -> None:
    parts = BASE.split("\n\n")
    moved = "\n\n".join([parts[0], parts[2], parts[1], parts[3]])
    comparison = told(
        BASE, BASE.replace("letter", "fax"), moved.replace("letter", "fax"), moved + "\nEnd.\n"
    )
    moves = [change for change in comparison.changes if change.kind == "moved"]
    assert [change.sources for change in moves] == [(at(3),)]


def test_a_change_of_marks_is_named_after_whoever_made_it() -> None:
    bold = BASE.replace("going round", "**going round**")
    comparison = told(BASE, BASE.replace("ten", "twelve"), bold)
    assert [(one.kind, one.sources) for one in comparison.changes] == [("formatting", (at(3),))]


def test_what_is_known_of_no_revision_is_said_of_them_all() -> None:
    """A short line that others moved around: it stood in every text."""
    old, new = "one\n\ntwo\n\nthree", "two\n\none\n\nthree"
    sources = {source for change in told(old, old, new).changes for source in change.sources}
    assert sources <= {at(3), Source(2, 3)}


def test_pages_that_are_the_same_ask_for_no_text() -> None:
    def texts_at(_numbers: Sequence[int]) -> list[str]:
        raise AssertionError

    assert not with_sources(compare_pages(BASE, BASE), (1, 9), texts_at).changes


def test_lines_without_a_word_belong_to_the_stretch_around_them() -> None:
    old, new = ["same", "one", "", "two", "end"], ["same", "three", "", "four", "end"]
    assert [stretch.places for stretch in stretches_between(old, new)] == [
        (range(1, 4), range(1, 4))
    ]
    assert not stretches_between(old, old)


def history_of(size: int) -> list[str]:
    """Return a history in which revision 40 put one word in and revision 90 took one out."""
    first = BASE.replace("letter", "letter, slowly")
    return [
        (BASE if number < 90 else BASE.replace(" people", ""))
        if number < 40
        else (first if number < 90 else first.replace(" people", ""))
        for number in range(1, size + 1)
    ]


def test_of_many_revisions_only_those_around_a_change_are_looked_at() -> None:
    history = history_of(1000)
    asked: list[int] = []

    def texts_at(numbers: Sequence[int]) -> list[str]:
        asked.extend(numbers)
        return [history[number - 1] for number in numbers]

    comparison = compare_pages(history[0], history[-1])
    told = with_sources(comparison, (1, len(history)), texts_at, most=60)
    assert [source for _, _, source in runs(told)] == [at(40), at(90)]
    assert len(asked) == len(set(asked)) <= 60


def test_where_too_few_texts_may_be_looked_at_a_range_is_said() -> None:
    history = history_of(1000)
    found = [source for _, _, source in runs(told(*history, most=6))]
    assert all(source is not None and source.first < source.last for source in found)
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].first <= 40 <= found[0].last
    assert found[1].first <= 90 <= found[1].last


MARKS = {
    source: Marks(
        f"<i{source.last}>", f"</i{source.last}>", f"<d{source.last}>", f"</d{source.last}>"
    )
    for source in (at(2), at(3))
}


def marked(old: str, new: str, olds: str = "", news: str = "") -> str:
    """Return two fragments as one; each word is followed by its source, such as `word/2`."""
    told = tuple(
        tuple(
            (word.partition("/")[0], at(int(word.partition("/")[2])) if "/" in word else None)
            for word in words.split()
        )
        for words in (olds, news)
    )
    return mark_html(old, new, Named((told[0], told[1]), at(2), MARKS.__getitem__))


def test_neighbours_of_different_sources_are_marked_apart() -> None:
    assert marked("<p>a b</p>", "<p>a one two b</p>", "", "a one/2 two/3 b") == (
        "<p>a <i2>one</i2> <i3>two</i3> b</p>"
    )
    gone = marked("<p>a one two b</p>", "<p>a b</p>", "a one/2 two/3 b", "")
    assert gone == "<p>a <d2>one</d2> <d3>two </d3>b</p>"


def test_signs_and_unknown_words_are_marked_like_the_words_before_them() -> None:
    assert marked("<p>a</p>", "<p>a one, two!</p>", "", "one/3") == "<p>a <i3>one, two!</i3></p>"
    assert marked("<p>a</p>", "<p>a one</p>") == "<p>a <i2>one</i2></p>"


def test_a_word_of_a_link_is_known_whatever_the_link() -> None:
    old, new = '<p><a href="/x">one</a></p>', '<p><a href="/y">one</a> two</p>'
    assert "<i3>one</i3>" in marked(old, new, "one/2", "one/3 two/2")


def test_what_came_whole_is_marked_by_its_sources() -> None:
    assert marked("", "<p>one two</p>", "", "one/2 two/3") == "<p><i2>one</i2> <i3>two</i3></p>"
    assert marked("<p>one two</p>", "", "one/2 two/3") == "<p><d2>one</d2> <d3>two</d3></p>"


def test_a_deletion_is_named_after_the_deleter_whatever_happened_to_capitals() -> None:
    sentence = "Once a year we ask everybody the same ten questions and print what they said."
    loud = BASE.replace(sentence, sentence.upper())
    found = runs(told(loud, "", BASE, BASE, BASE.replace(sentence, "Nobody knows.")))
    assert {source for kind, _, source in found if kind == "delete"} == {at(5)}
    found = runs(told(loud, BASE, BASE.replace(sentence, "Nobody knows.")))
    assert {source for kind, _, source in found if kind == "delete"} == {at(3)}


def test_a_paragraph_of_one_word_that_moved_is_still_its_writers() -> None:
    first, other = "All of it went, and so did this", "one two three four five six seven"
    history = (first, "", "Parks", f"Parks\n\n{other}", f"{other}\n\nParks")
    found = [(text.strip(), source) for _, text, source in runs(told(*history))]
    assert ("Parks", at(3)) in found


def test_a_change_of_capitals_alone_is_named_after_whoever_made_it() -> None:
    second = BASE.replace("same ten", "Same tEN")
    third = second.replace(" and print", ", think and print")
    found = runs(told(BASE, second, third))
    assert {source for _, text, source in found if "ten" in text.lower()} == {at(2)}
    assert ("insert", ", think", at(3)) in found
    fourth = third.replace("tEN", "TEN")
    assert ("insert", "TEN", at(4)) in runs(told(BASE, second, third, fourth))


def test_a_letter_that_grows_when_it_is_small_stays_at_its_place() -> None:
    old = "In İzmir WE ask everybody who lives here and print it."
    new = "In İzmir we ask everybody who lives here."
    found = runs(told(old, new.replace("here.", "here and print it."), new))
    assert {(text.strip(), source) for _, text, source in found} == {
        ("WE", at(2)),
        ("we", at(2)),
        ("and print it", at(3)),
    }
