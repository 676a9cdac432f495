"""Typed text is kept under the name of the form that it came from."""

import pytest

from wiki.errors import TooLarge
from wiki.pages.rules import TEXT_LIMIT_BYTES
from wiki.writing.rules.keeping import form_name, form_of, mark, stand
from wiki.writing.rules.resolving import Choices


def test_a_form_keeps_its_name() -> None:
    assert form_name("Ab_3-xyz9", path="aims", base=1, text="") == "Ab_3-xyz9"


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, "with blanks inside"])
def test_a_form_without_a_name_is_called_by_what_it_sent(sent: str) -> None:
    name = form_name(sent, path="aims", base=1, text="Words")
    assert name == form_name("", path="aims", base=1, text="Words")
    assert len(name) <= 64
    others = [("goals", 1, "Words"), ("aims", 2, "Words"), ("aims", 1, "Other")]
    assert name not in {form_name(sent, path=p, base=b, text=t) for p, b, t in others}


def test_a_text_that_cannot_be_kept_names_no_form() -> None:
    with pytest.raises(TooLarge):
        form_name("", path="aims", base=1, text="x" * (TEXT_LIMIT_BYTES + 1))


def test_what_was_sent_has_another_mark_than_anything_else() -> None:
    sent = [
        mark("Words.", None),
        mark("Others.", None),
        mark("Words.", Choices(2)),
        mark("Words.", Choices(2, {0: "own"}, {0: "Mine"})),
    ]
    assert len(set(sent)) == len(sent)
    assert sent[0] == mark("Words.", None)
    assert {len(one) for one in sent} == {16}


def test_how_a_draft_stands_names_its_form_and_changes_with_every_fact() -> None:
    names = [stand("form-0001", *facts) for facts in ((1, "a"), (1, "b"), (1, "a", ""), (1, "a"))]
    assert len(set(names)) == 3
    assert {form_of(name) for name in names} == {"form-0001"}
    assert [
        form_of(name) for name in ("", "form-0001", f"{names[0]}x", "a b.0123456789abcdef")
    ] == [""] * 4
