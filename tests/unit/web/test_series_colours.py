"""The colours of people: seen on white and in print, and told apart by all eyes.

Kinds of colour blindness are simulated by the matrices of Machado, Oliveira and Fernandes (2009)
at full severity, on linear light; distances are those of OKLab (Ottosson, 2020), in which about
0.02 is the least that is noticed side by side.
"""

import math
import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest

from tests.house.tree import ROOT

Triple = tuple[float, ...]
WHITE, INK = "#ffffff", "#1b2122"
PAPER = "#faf8f4"
EYES = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.793617785, -0.0040720468),
    (1.9779984951, -2.428592205, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.808675766),
)
SCSS = (ROOT / "static/scss/components/_series.scss").read_text(encoding="utf-8")
LOOKS = re.findall(
    r"\.(series-\w+) \{\s*--series: (#\w{6});\s*--series-soft: (#\w{6});"
    r"(?:\s*--series-dash: (.*);)?",
    SCSS,
)
COLOURS = [colour for _, colour, _, _ in LOOKS]
SOFT = [soft for _, _, soft, _ in LOOKS]


def test_there_are_eight_looks_and_that_of_others() -> None:
    names = [f"series-{slot}" for slot in range(1, 9)]
    assert [name for name, _, _, _ in LOOKS] == [*names, "series-others"]


def test_no_two_lines_have_the_same_dashes() -> None:
    assert len({dashes for _, _, _, dashes in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize("ground", [WHITE, PAPER])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_seen_on_the_ground_of_the_wiki(colour: str, ground: str) -> None:
    assert _contrast(colour, ground) >= 3


@pytest.mark.parametrize(("colour", "soft"), list(zip(COLOURS, SOFT, strict=True)))
def test_letters_are_read_on_the_soft_colour_and_strokes_seen_on_the_strong(
    colour: str, soft: str
) -> None:
    assert _contrast(INK, soft) >= 7
    assert _contrast(colour, soft) >= 2.5


@pytest.mark.parametrize("eyes", EYES)
def test_any_two_of_the_eight_are_told_apart(eyes: str) -> None:
    assert min(_distance(one, other, eyes) for one, other in combinations(COLOURS[:8], 2)) >= 0.1
    assert min(_distance(one, COLOURS[8], eyes) for one in COLOURS[:8]) >= 0.07


@pytest.mark.parametrize("eyes", EYES)
def test_neighbours_are_told_apart_at_once(eyes: str) -> None:
    assert min(_distance(one, other, eyes) for one, other in pairwise(COLOURS)) >= 0.13


def test_white_on_black_has_the_contrast_that_all_know() -> None:
    assert _contrast(WHITE, "#000000") == pytest.approx(21)
    assert _distance(WHITE, "#000000", "usual") == pytest.approx(1, abs=0.001)


def _contrast(one: str, other: str) -> float:
    """Return the ratio of contrast as WCAG 2 defines it."""
    darker, lighter = sorted(
        sum(
            part * weight
            for part, weight in zip(_light(colour), (0.2126, 0.7152, 0.0722), strict=True)
        )
        for colour in (one, other)
    )
    return (lighter + 0.05) / (darker + 0.05)


def _distance(one: str, other: str, eyes: str) -> float:
    return math.dist(_seen(one, eyes), _seen(other, eyes))


def _seen(colour: str, eyes: str) -> Triple:
    light = (min(1.0, max(0.0, part)) for part in _times(EYES[eyes], _light(colour)))
    return _times(TO_LAB, [math.cbrt(part) for part in _times(TO_CONES, tuple(light))])


def _light(colour: str) -> Triple:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def _times(matrix: Sequence[Triple], vector: Sequence[float]) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
