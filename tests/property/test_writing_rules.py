"""Laws of putting typed text back into a page, for any text."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.comparison import normalised
from wiki.text.sections import sections
from wiki.writing.rules.line_ends import as_in
from wiki.writing.rules.splicing import part

LINES = st.sampled_from(
    ["# Aims", "## One", "## One", "### Below", "Two", "---", "Words here.", "", "- item", "```"]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=12).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@given(TEXTS)
def test_any_section_put_back_as_it_was_changes_no_byte(text: str) -> None:
    for section in sections(text, title="Aims"):
        found = part(text, section.anchor, title="Aims")
        if found is not None:
            assert found.before + found.text + found.gap + found.after == text
            assert found.replaced(found.text) == text


@given(TEXTS)
def test_any_page_sent_back_as_it_was_changes_no_byte(text: str) -> None:
    assert as_in(normalised(text).replace("\n", "\r\n"), text) == text


@given(TEXTS, TEXTS)
def test_line_ends_never_change_what_was_typed(typed: str, page: str) -> None:
    sent = normalised(typed).replace("\n", "\r\n")
    assert normalised(as_in(sent, page)) == normalised(typed)
