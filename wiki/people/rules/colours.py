"""The colour of a wiki: one that an administrator chose, and the shades made from it.

Contrast is measured as in WCAG 2.2 (relative luminance, success criterion 1.4.3).
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from wiki.errors import Invalid

LEAST_CONTRAST = 4.5
# Offered to be chosen at sight; the style sheet has a class for each. "" is the usual one.
SWATCHES = ("", "#1d4f91", "#5a3a8a", "#8a1c4a", "#9c3a00", "#2f5d1e", "#3d4a54")
OTHER = "other"
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
_STEPS = 100

Parts: TypeAlias = tuple[float, float, float]
WHITE: Parts = (1.0, 1.0, 1.0)
BLACK: Parts = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Shades:
    """A colour for links and buttons, darker ones, and a light ground; each as #rrggbb."""

    plain: str
    dark: str
    deep: str
    mist: str


def colour(text: str) -> str:
    """Return the colour in `text` as #rrggbb, or "" for the usual one.

    Raises Invalid for what is no colour, and for one on which white letters cannot be read.
    """
    folded = text.strip().casefold()
    if not folded:
        return ""
    found = _HEX.fullmatch(folded)
    if found is None:
        raise Invalid("Write the colour like this: #0c5c63.", field="colour")
    digits = found[1] if len(found[1]) > 3 else "".join(sign * 2 for sign in found[1])  # noqa: PLR2004  # as in #abc
    parts = _parts(f"#{digits}")
    if contrast(f"#{digits}", "#ffffff") < LEAST_CONTRAST:
        raise Invalid(
            "White letters on #{colour} have a contrast of {contrast} to 1, and 4.5 to 1 is "
            "needed to read them. {darker} would do.",
            field="colour",
            colour=digits,
            contrast=f"{contrast(f'#{digits}', '#ffffff'):.1f}",
            darker=_darker(parts),
        )
    return f"#{digits}"


def chosen(swatch: str | None, typed: str, now: str) -> str:
    """Return which colour is meant by a chosen swatch, a typed colour and the one until `now`.

    What was typed is meant where it is new, whichever swatch is still marked.
    """
    is_typed = swatch not in SWATCHES or (typed.strip() and typed.strip().casefold() != now)
    return typed if is_typed or swatch is None else swatch


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours given as #rrggbb, from 1 to 21."""
    light, dark = sorted((_luminance(_parts(one)), _luminance(_parts(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shades(plain: str) -> Shades:
    """Return the shades of a colour given as #rrggbb."""
    parts = _parts(plain)
    return Shades(
        plain=plain,
        dark=_mixed(parts, BLACK, 0.3),
        deep=_mixed(parts, BLACK, 0.35),
        mist=_mixed(parts, WHITE, 0.9),
    )


def _darker(parts: Parts) -> str:
    """Return the lightest shade towards black on which white letters can be read."""
    tried = (_mixed(parts, BLACK, step / _STEPS) for step in range(1, _STEPS + 1))
    return next(one for one in tried if contrast(one, "#ffffff") >= LEAST_CONTRAST)


def _parts(colour: str) -> Parts:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _mixed(parts: Parts, other: Parts, share: float) -> str:
    mixed = (a + (b - a) * share for a, b in zip(parts, other, strict=True))
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def _luminance(parts: Parts) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # WCAG
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
