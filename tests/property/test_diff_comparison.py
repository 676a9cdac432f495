import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from wiki.text.comparison import Comparison, compare_pages, mark_html, normalised
from wiki.text.tokens import words

LINES = [
    "",
    "",
    "---",
    "title: Aims",
    "# Aims",
    "## Costs of it all",
    "We will ask every resident before we decide anything.",
    "We will **ask** each resident before we decide anything.",
    "Nothing else is like this one sentence of the page. It ends here.",
    "Nothing else is like this one sentence of the page.",
    "It ends here.",
    "- one",
    "- two things",
    "    - inner",
    "1. first",
    "| a | b |",
    "| - | - |",
    "| Bus | 12 |",
    "```",
    "> quoted",
    "[1]: https://example.org",
    "===",
    "    deep",
    "👍🏽 été 中文 e\u0301",
]
pages = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)
texts = pages | st.text(max_size=120)


def sides(comparison: Comparison) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    olds = [(b.old.start, b.old.text) for b in comparison.blocks if b.old and b.status != "moved"]
    news = [(block.new.start, block.new.text) for block in comparison.blocks if block.new]
    return sorted(olds), sorted(news)


def uncovered(text: str, parts: list[tuple[int, str]]) -> str:
    left, at = "", 0
    for start, part in parts:
        assert start >= at
        assert text[start : start + len(part)] == part
        left += text[at:start]
        at = start + len(part)
    return left + text[at:]


@given(texts, texts)
def test_blocks_cover_both_texts_but_for_empty_lines(old: str, new: str) -> None:
    comparison = compare_pages(old, new)
    for text, parts in zip((old, new), sides(comparison), strict=True):
        left = uncovered(normalised(text), parts)
        # The two fences of the front matter belong to no field.
        assert not re.sub(r"^---\s*$|^\.\.\.\s*$", "", left, flags=re.MULTILINE).strip()


@given(texts, texts)
def test_runs_rebuild_both_sides_of_each_block(old: str, new: str) -> None:
    for block in compare_pages(old, new).blocks:
        if block.new:
            assert "".join(run.text for run in block.new_runs) == block.new.text
        if block.old:
            found = "".join(run.text for run in block.old_runs)
            assert found.split() == block.old.text.split()


@given(texts)
def test_a_page_has_no_change_against_itself(text: str) -> None:
    comparison = compare_pages(text, text)
    assert not comparison.changes
    assert not comparison.differs_in_spacing_only
    assert not comparison.is_coarse


@given(texts, texts)
def test_the_counts_of_words_swap_with_the_sides(old: str, new: str) -> None:
    there, back = compare_pages(old, new), compare_pages(new, old)
    assert (there.words_inserted, there.words_deleted) == (back.words_deleted, back.words_inserted)


@given(texts, texts)
def test_every_difference_is_in_a_change_or_said_to_be_spacing(old: str, new: str) -> None:
    comparison = compare_pages(old, new)
    is_different = normalised(old) != normalised(new)
    assert is_different == bool(comparison.changes or comparison.differs_in_spacing_only)
    if comparison.differs_in_spacing_only:
        assert words(old) == words(new)


@given(texts, texts)
def test_numbers_stretches_and_rows_hold_every_block_once(old: str, new: str) -> None:
    comparison = compare_pages(old, new)
    blocks = comparison.blocks
    assert [block.number for block in blocks] == list(range(1, len(blocks) + 1))
    assert [b for stretch in comparison.stretches for b in stretch.blocks] == list(blocks)
    assert [c.number for c in comparison.changes] == list(range(1, len(comparison.changes) + 1))
    for block in blocks:
        assert (block.status == "same") == (block.change == 0)
        if block.counterpart:
            assert blocks[block.counterpart - 1].counterpart == block.number
    rows = [row for stretch in comparison.stretches for row in stretch.rows]
    seen = {block.number for row in rows for block in (row.left, row.right) if block}
    assert seen == {block.number for block in blocks}


word = st.sampled_from(["we", "ask", "resident", "of", "été", "&lt;b&gt;", "&amp;", "a.", "中"])
phrase = st.lists(word, max_size=6).map(" ".join)
inline = st.lists(
    st.one_of(
        phrase,
        phrase.map("<em>{}</em>".format),
        st.tuples(st.sampled_from("xy"), phrase).map(lambda it: f'<a href="{it[0]}">{it[1]}</a>'),
        st.just('<img src="z">'),
        st.just("<br>"),
        st.just(" "),
    ),
    max_size=5,
).map("".join)
item = inline.map("<li>{}</li>\n".format)
blocks = st.one_of(
    inline.map("<p>{}</p>".format),
    st.lists(inline.map("<p>{}</p>".format), max_size=3).map("\n".join),
    st.lists(item, max_size=4).map(lambda items: f"<ul>\n{''.join(items)}</ul>"),
    inline.map("<h2>{}</h2>".format),
    inline.map("<table><tbody><tr><td>1</td><td>{}</td></tr></tbody></table>".format),
)


class Reader(HTMLParser):
    """Reads the text and tags of a fragment, leaving out what stands in one sort of mark."""

    def __init__(self, html: str, without: str) -> None:
        super().__init__()
        self.without, self.depth = without, 0
        self.open: list[str] = []
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("img", "br"):
            self.open.append(tag)
        self.depth += tag == self.without
        if tag not in ("ins", "del") and not self.depth:
            self.tags.append(f"{tag}{attrs}")
            self.text.append(f"[{attrs}]" if tag == "img" else " ")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.depth -= tag == self.without

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.text.append(data)

    @property
    def letters(self) -> str:
        return "".join("".join(self.text).split())


@given(blocks | st.just(""), blocks | st.just(""))
@example("<p>a</p>", "<p></p>")
@example("<ul>\n<li></li>\n<li>we</li>\n</ul>", "<ul>\n<li>we</li>\n<li></li>\n</ul>")
def test_marked_html_holds_both_texts_and_is_well_formed(old: str, new: str) -> None:
    marked = mark_html(old, new)
    assert Reader(marked, without="ins").letters == Reader(old, without="").letters
    assert Reader(marked, without="del").letters == Reader(new, without="").letters


@given(blocks)
def test_html_marked_against_itself_is_itself(html: str) -> None:
    assert "<ins>" not in mark_html(html, html)
    assert "<del>" not in mark_html(html, html)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_never_fails(old: str, new: str) -> None:
    assert isinstance(mark_html(old, new), str)
