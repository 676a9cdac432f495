"""When a save is asked about, as it would leave an empty page."""

import pytest

from wiki.writing.rules.emptying import empties, is_nothing

FIELDS = "---\nowner: ann@example.org\n---\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Words.\n", ""), ("Words.\n", " \r\n\n"), (f"{FIELDS}Words.\n", FIELDS), (FIELDS, "")],
)
def test_taking_all_words_or_all_fields_away_empties_a_page(old: str, new: str) -> None:
    assert empties(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("Words.\n", "# Aims\n"), (FIELDS, "---\ntitle: Aims\n---\n"), ("", FIELDS)],
)
def test_a_page_that_says_something_or_never_did_is_not_emptied(old: str, new: str) -> None:
    assert not empties(old, new)


def test_a_page_begun_without_a_sign_is_nothing() -> None:
    assert is_nothing("", " \r\n")
    assert is_nothing("Words.\n", "")
    assert not is_nothing("", FIELDS)
    assert not is_nothing(" ", "")
