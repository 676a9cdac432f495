"""The six promises of a merge, over generated pages with words, blanks, line ends and emoji."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.property.edited_pages import ins_and_outs, marked_triples, triples
from wiki.text.diff import Hunk, compare
from wiki.text.engine import BEST, Engine
from wiki.text.merge import Choice, Clash, Merged, Options, Same, three_way
from wiki.text.merge.checks import is_safe
from wiki.text.merge.clashes import clashing
from wiki.text.merge.edits import edits_of
from wiki.text.merge.joining import merge_edits
from wiki.text.merge.moves import carry
from wiki.text.tokens import tokens, words


@given(triples())
def test_a_side_without_changes_leaves_the_other_as_it_is(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    for answer in (three_way(base, theirs, base), three_way(base, base, theirs)):
        assert isinstance(answer, Merged)
        assert answer.text == theirs
    assert three_way(base, mine, mine) == Merged(mine, ())


@given(triples())
def test_swapping_the_sides_swaps_them_in_the_answer(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    one, other = three_way(base, theirs, mine), three_way(base, mine, theirs)
    if isinstance(one, Merged):
        assert isinstance(other, Merged)
        assert one.text == other.text
        return
    assert isinstance(other, Clash)
    for row, mirrored in zip(one.rows, other.rows, strict=True):
        assert (row.base, row.theirs, row.mine) == (mirrored.base, mirrored.mine, mirrored.theirs)
        if isinstance(row, Same):
            assert isinstance(mirrored, Same)
            assert row.text == mirrored.text
            continue
        assert isinstance(mirrored, Choice)
        offered = mirrored.options
        assert row.options == Options(offered.base, offered.mine, offered.theirs)


@given(marked_triples())
def test_every_word_put_in_by_a_side_stands_in_the_merge(
    case: tuple[str, str, str, list[str]],
) -> None:
    base, theirs, mine, marks = case
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Merged):
        return
    for mark in marks:
        expected = max(theirs.count(mark), mine.count(mark))
        assert answer.text.count(mark) == expected


@given(triples())
def test_no_word_is_lost_or_doubled(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Merged):
        return
    before, after = Counter(words(base)), Counter(words(answer.text))
    (their_in, their_out), (my_in, my_out) = ins_and_outs(base, theirs), ins_and_outs(base, mine)
    for word in {*before, *after, *their_in, *my_in}:
        least = before[word] + max(their_in[word], my_in[word]) - their_out[word] - my_out[word]
        most = before[word] + their_in[word] + my_in[word] - max(their_out[word], my_out[word])
        assert least <= after[word] <= most


def own_hunks(base: str, side: str, other: str) -> list[Hunk]:
    """Return the changed hunks of the side that the other side has not as well."""
    known = {(hunk.old_start, hunk.old, hunk.new) for hunk in compare(base, other)}
    return [
        hunk
        for hunk in compare(base, side)
        if hunk.kind != "equal" and (hunk.old_start, hunk.old, hunk.new) not in known
    ]


@given(triples())
def test_my_changes_made_in_their_text_are_the_merge(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Merged):
        return
    edits = edits_of(base, theirs), edits_of(base, mine)
    if carry(base, *edits).places or any(edit.of == "trim" for side in edits for edit in side):
        return  # Blanks at a line's end give way, and edits of moved lines go elsewhere.
    if clashing(*edits):
        return  # Both came to the same words in another way.
    moves = [(h.old_end, len(h.new) - len(h.old)) for h in compare(base, theirs) if h.old != h.new]
    text = theirs
    for hunk in reversed(own_hunks(base, mine, theirs)):
        at = hunk.old_start + sum(growth for end, growth in moves if end <= hunk.old_start)
        assert text[at : at + len(hunk.old)] == hunk.old
        text = text[:at] + hunk.new + text[at + len(hunk.old) :]
    assert text == answer.text


@given(triples())
def test_a_clash_gives_back_all_three_texts(texts: tuple[str, str, str]) -> None:
    answer = three_way(*texts)
    if not isinstance(answer, Clash):
        return
    assert (answer.base, answer.theirs, answer.mine) == texts


@given(triples())
def test_rows_are_whole_lines_and_alternate(texts: tuple[str, str, str]) -> None:
    answer = three_way(*texts)
    if not isinstance(answer, Clash):
        return
    assert answer.choices
    assert all(type(row) is not type(other) for row, other in pairwise(answer.rows))
    for row in answer.rows[:-1]:
        sides = [row.base, row.theirs, row.mine, *([row.text] if isinstance(row, Same) else [])]
        assert all(not side or side.endswith("\n") for side in sides)
    assert all(choice.options.theirs != choice.options.mine for choice in answer.choices)


@given(triples())
def test_picking_all_of_a_side_keeps_its_words_and_the_merged_rows(
    texts: tuple[str, str, str],
) -> None:
    answer = three_way(*texts)
    if not isinstance(answer, Clash):
        return
    resolved = answer.resolved([choice.options.mine for choice in answer.choices])
    for row in answer.rows:
        text = row.text if isinstance(row, Same) else row.options.mine
        assert not Counter(tokens(text)) - Counter(tokens(resolved))


@given(triples())
def test_incoming_lines_lie_in_the_merged_text(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    answer = three_way(base, theirs, mine)
    if not isinstance(answer, Merged):
        return
    last = 0
    for lines_of in answer.incoming:
        assert last <= lines_of.start <= lines_of.end
        last = lines_of.end
    assert last <= answer.text.count("\n") + 1
    assert bool(answer.incoming) == (answer.text != mine)


@given(triples(), st.sampled_from([0, 4, 40]))
def test_a_differ_that_gives_up_early_loses_nothing(
    texts: tuple[str, str, str], largest: int
) -> None:
    base, *sides = texts
    engine = Engine(BEST.operations, largest)
    theirs, mine = (edits_of(base, side, engine=engine) for side in sides)
    answer = merge_edits(base, theirs, mine)
    if isinstance(answer, Clash):
        assert (answer.base, answer.theirs, answer.mine) == texts
    elif not any(edit.of == "trim" for edit in [*theirs, *mine]):
        assert is_safe(base, theirs, mine, answer.text)


NAMES = ["bus", "tram", "park", "fund", "note", "vote"]
PARAGRAPHS = [
    f"Here the {name} has words. It says {name} and more. Then it ends." for name in NAMES
]


@given(
    st.permutations(PARAGRAPHS), st.integers(0, 5), st.integers(0, 5), st.sets(st.integers(0, 5))
)
def test_edits_of_moved_paragraphs_go_along(
    paragraphs: list[str], old: int, new: int, changed: set[int]
) -> None:
    moved = list(paragraphs)
    moved.insert(new, moved.pop(old))

    def edit(lines: list[str]) -> str:
        chosen = {paragraphs[index] for index in changed}
        done = [line.replace("says", "shows") if line in chosen else line for line in lines]
        return "\n\n".join(done) + "\n"

    theirs, mine = "\n\n".join(moved) + "\n", edit(paragraphs)
    for sides in ((theirs, mine), (mine, theirs)):
        answer = three_way("\n\n".join(paragraphs) + "\n", *sides)
        assert isinstance(answer, Merged)
        assert answer.text == edit(moved)
