"""One section is cut out of its page and put back without touching the rest."""

import pytest

from wiki.writing.rules.splicing import Part, part

PAGE = "# Aims\n\nOpening.\n\n## One\n\nFirst.\n\n### Below\n\nMore.\n\n## Two\n\nSecond.\n"


def cut(text: str, anchor: str) -> Part:
    found = part(text, anchor, title="Aims")
    assert found is not None
    return found


def test_a_section_comes_with_its_heading_and_what_stands_below_it() -> None:
    assert cut(PAGE, "s-one").text == "## One\n\nFirst.\n\n### Below\n\nMore."
    assert cut(PAGE, "s-one").heading == "One"


@pytest.mark.parametrize("anchor", ["s-one", "s-below", "s-two"])
@pytest.mark.parametrize("page", [PAGE, PAGE.replace("\n", "\r\n"), PAGE.rstrip("\n")])
def test_a_section_put_back_as_it_was_changes_no_byte(anchor: str, page: str) -> None:
    found = cut(page, anchor)
    assert found.replaced(found.text) == page
    assert found.replaced(found.text.replace("\n", "\r\n") + "\r\n") == page


def test_only_the_section_changes() -> None:
    assert cut(PAGE, "s-below").replaced("### Below\n\nLess.") == PAGE.replace("More.", "Less.")


def test_a_section_of_which_nothing_is_left_is_taken_out() -> None:
    assert cut(PAGE, "s-one").replaced(" \r\n") == "# Aims\n\nOpening.\n\n## Two\n\nSecond.\n"


def test_typed_words_do_not_run_into_the_heading_that_follows() -> None:
    page = "# Aims\n\n## One\nTwo\n---\n\nSecond.\n"
    assert cut(page, "s-one").replaced("## One\n\nWords") == (
        "# Aims\n\n## One\n\nWords\n\nTwo\n---\n\nSecond.\n"
    )


@pytest.mark.parametrize("anchor", ["", "s-three", "s-aims"])
def test_a_section_that_is_not_there_cannot_be_cut_out(anchor: str) -> None:
    assert part(PAGE, anchor, title="Aims") is None
