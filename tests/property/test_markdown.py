"""Laws of Markdown, fields, sections and paths that hold for any text."""

import html5lib
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wiki.text import frontmatter, paths, sections
from wiki.text.headings import Anchors, anchor_for
from wiki.text.markdown import mark_missing, render, to_html

PIECES = st.sampled_from(
    "# |## |\n|\n\n|- |1. |> |*|**|_|`|```|~|[|]|(|)|[[|]]|!|<|>|<b>|</b>|<div>|</div>|<!--|-->|&|"  # noqa: SIM905
    "&amp;|\\|=|---|:|\\||a|b|word|é|🙂|א|[^1]|[^1]: |{% a %}|{: .a}|{:toc}|    |www.a.bc|http://a.b|"
    "<a href=x>|<img src=y>|<script>|[x] |a@b.cd|\t|\x00|\r\n".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,12}", fullmatch=True)
ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "form", "svg", "math", "link"})


@given(TEXTS)
def test_any_text_becomes_a_page_with_nothing_active(text: str) -> None:
    for html in (to_html(text), render(text, path="a/b").html):
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag not in ACTIVE
            assert not any(name.startswith("on") or name == "style" for name in element.attrib)


@given(TEXTS)
def test_ids_are_never_given_twice(text: str) -> None:
    tree = html5lib.parseFragment(render(text, path="a").html, namespaceHTMLElements=False)
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


@given(TEXTS)
def test_headings_never_skip_a_level(text: str) -> None:
    before = 1
    for heading in render(text, path="a").headings:
        assert 2 <= heading.level <= min(6, before + 1)
        before = heading.level


@given(TEXTS)
def test_marking_missing_pages_changes_no_other_link(text: str) -> None:
    rendered = render(text, path="a")
    assert mark_missing(rendered.html, set()) == rendered.html
    targets = {link.path for link in rendered.links}
    marked = mark_missing(rendered.html, targets)
    assert marked.count("internal missing") == marked.count('class="internal')


@given(TEXTS)
def test_sections_lie_inside_the_text_in_order(text: str) -> None:
    parts = sections.sections(text)
    lines = text.count("\n") + 1
    assert all(0 <= part.start <= part.end <= lines for part in parts)
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    anchors = [part.anchor for part in parts if part.anchor]
    assert len(anchors) == len(set(anchors))


@given(TEXTS)
def test_summaries_keep_their_limit(text: str) -> None:
    assert len(sections.summary(text, limit=30)) <= 30


@given(
    st.dictionaries(NAMES, WORDS | st.lists(WORDS, min_size=1, max_size=4).map(tuple), min_size=1),
    TEXTS,
)
def test_fields_come_back_as_they_were_written(
    fields: dict[str, frontmatter.FieldValue], body: str
) -> None:
    written = frontmatter.join(fields, body)
    front = frontmatter.split(written)
    assert dict(front.fields) == fields
    assert front.body == body
    assert frontmatter.join(front.fields, front.body) == written


@given(st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=3))
def test_fields_are_read_as_yaml_reads_them(lines: list[tuple[str, str]]) -> None:
    block = "".join(f"{name}: {words}\n" for name, words in lines)
    front = frontmatter.split(f"---\n{block}---\n")
    if front.fields and len(front.source) == len(block) + 8:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
        assert set(front.fields) == {str(name) for name in loaded}
        for name, value in loaded.items():
            if isinstance(value, str):
                assert front.fields[str(name)] == value


@given(TEXTS)
def test_splitting_loses_nothing(text: str) -> None:
    front = frontmatter.split(text)
    assert front.source + front.body == text


@given(st.text() | TEXTS)
def test_a_path_in_its_normal_form_stays_and_is_read_again(written: str) -> None:
    path = paths.normal(written)
    assert paths.normal(path) == path
    assert not any(part in {"", ".", ".."} for part in path.split("/") if path)
    paths.natural_key(written)
    title_path = paths.path_from_title(written)
    assert paths.normal(title_path) == title_path


@given(st.lists(st.text(max_size=6) | st.sampled_from(["a", "a 2", "A-2", "a-2-2"]), max_size=12))
def test_anchors_differ_and_begin_with_our_prefix(headings: list[str]) -> None:
    anchors = Anchors()
    taken = [anchors.take(words) for words in headings]
    assert len(taken) == len(set(taken))
    assert all(
        anchor.startswith(anchor_for(words)) for anchor, words in zip(taken, headings, strict=True)
    )
