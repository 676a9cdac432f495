"""The colour that an administrator chooses, and whether people can read on it."""

import pytest

from tests.house.tree import ROOT
from wiki.errors import Invalid
from wiki.people.rules.colours import (
    LEAST_CONTRAST,
    OTHER,
    SWATCHES,
    chosen,
    colour,
    contrast,
    shades,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("  ", ""), ("#0C5C63", "#0c5c63"), ("0c5c63", "#0c5c63"), ("#03a ", "#0033aa")],
)
def test_a_colour_is_kept_in_one_way_of_writing(typed: str, kept: str) -> None:
    assert colour(typed) == kept


@pytest.mark.parametrize("typed", ["teal", "#12345", "#gggggg", "url(x)", "#0c5c63;}", "#1234567"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="like this: #0c5c63"):
        colour(typed)


def test_black_on_white_has_the_largest_contrast_and_a_colour_on_itself_the_smallest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#abcdef", "#abcdef") == 1


def test_a_colour_too_light_for_white_letters_is_refused_with_one_that_would_do() -> None:
    with pytest.raises(Invalid) as refusal:
        colour("#7cc6b8")
    darker = str(refusal.value.values["darker"])
    assert colour(darker) == darker
    assert str(refusal.value.values["contrast"]) == "2.0"


@pytest.mark.parametrize("plain", ["#0c5c63", "#767676", "#000000", "#b3261a"])
def test_letters_can_be_read_on_every_shade(plain: str) -> None:
    made = shades(plain)
    for ground in (made.plain, made.dark, made.deep):
        assert contrast(ground, "#ffffff") >= LEAST_CONTRAST - 0.05
    assert contrast(made.mist, made.deep) >= LEAST_CONTRAST
    assert contrast(made.mist, "#1b2122") >= LEAST_CONTRAST


@pytest.mark.parametrize("swatch", SWATCHES)
def test_every_swatch_can_be_read_on_and_is_shown(swatch: str) -> None:
    assert colour(swatch) == swatch
    styles = (ROOT / "static/scss/components/_swatch.scss").read_text()
    assert swatch in styles


@pytest.mark.parametrize(
    ("swatch", "typed", "now", "meant"),
    [
        (None, "#123456", "", "#123456"),
        (OTHER, "#123456", "#1d4f91", "#123456"),
        ("#1d4f91", "", "", "#1d4f91"),
        ("", "", "#1d4f91", ""),
        ("#1d4f91", "#123456", "#123456", "#1d4f91"),
        ("", "#123456", "", "#123456"),
    ],
)
def test_the_colour_that_was_chosen_last_is_meant(
    swatch: str | None, typed: str, now: str, meant: str
) -> None:
    assert chosen(swatch, typed, now) == meant
