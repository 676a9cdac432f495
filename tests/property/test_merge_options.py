"""What a clash offers: one side's words where they clash, and every other change of both sides."""

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.property.edited_pages import ins_and_outs, marked_triples, triples
from wiki.text.merge import Clash, Merged, three_way
from wiki.text.tokens import words


def kept(clash: Clash, side: str) -> str:
    """Return the whole text as it is if the words of this side are kept wherever they clash."""
    return clash.resolved([getattr(choice.options, side) for choice in clash.choices])


@given(marked_triples())
def test_every_word_put_in_by_a_side_stands_where_its_words_are_kept(
    case: tuple[str, str, str, list[str]],
) -> None:
    base, theirs, mine, marks = case
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Clash):
        return
    for name, side in (("theirs", theirs), ("mine", mine)):
        text = kept(answer, name)
        for mark in marks:
            assert text.count(mark) <= max(theirs.count(mark), mine.count(mark))
            assert text.count(mark) >= side.count(mark)


@given(triples())
def test_words_kept_of_one_side_neither_lose_nor_double_what_clashes_with_nothing(
    texts: tuple[str, str, str],
) -> None:
    base, theirs, mine = texts
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Clash):
        return
    before = Counter(words(base))
    changes = {"theirs": ins_and_outs(base, theirs), "mine": ins_and_outs(base, mine)}
    for name, other in (("theirs", "mine"), ("mine", "theirs")):
        after = Counter(words(kept(answer, name)))
        (put_in, out), (also_in, also_out) = changes[name], changes[other]
        for word in {*before, *after, *put_in}:
            assert after[word] >= before[word] + put_in[word] - out[word] - also_out[word]
            assert after[word] <= before[word] + put_in[word] + also_in[word] - out[word]


SENTENCES = [
    f"{name}1 {name}2 {name}3 {name}4." for name in ("bus", "tram", "park", "fund", "note", "vote")
]
CHANGES: dict[str, Callable[[str, str], str]] = {
    "none": lambda old, _: old,
    "first word": lambda old, who: f"{who}{old}",
    "last word": lambda old, who: f"{old[:-1]}{who}.",
    "middle word": lambda old, who: old.replace("2 ", f"2{who} "),
    "word added": lambda old, who: old.replace("2 ", f"2 {who} "),
    "word gone": lambda old, _: old.replace(old.split()[2], "", 1).replace("  ", " "),
    "rewritten": lambda old, who: f"{who}{old[:3]}5 {who}{old[:3]}6.",
}
changes = st.lists(st.sampled_from(sorted(CHANGES)), min_size=6, max_size=6)


@given(changes, changes, st.sampled_from([" ", "\n"]))
def test_only_the_sentences_that_clash_are_chosen(
    theirs: list[str], mine: list[str], between: str
) -> None:
    sides = [
        [CHANGES[name](old, who) for name, old in zip(names, SENTENCES, strict=True)]
        for names, who in ((theirs, "A"), (mine, "B"))
    ]
    rows = list(zip(SENTENCES, *sides, strict=True))
    clashes = {old for old, one, other in rows if old not in (one, other) and one != other}
    expected = {
        index: between.join(
            row[index] if row[0] in clashes else row[1] if row[1] != row[0] else row[2]
            for row in rows
        )
        for index in (0, 1, 2)
    }
    answer = three_way(*(between.join(lines) for lines in (SENTENCES, *sides)))
    if isinstance(answer, Merged):
        assert not clashes
        assert answer.text == expected[1]
        return
    assert clashes
    assert kept(answer, "base") == expected[0]
    assert kept(answer, "theirs") == expected[1]
    assert kept(answer, "mine") == expected[2]
