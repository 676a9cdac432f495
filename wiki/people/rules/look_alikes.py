"""Whether two names look alike to who reads a history.

A name is folded to what the eye keeps of it: letters without case and accents, letters of other
alphabets that look like Latin ones as these, everything between words as one blank. Source of the
idea: the skeletons of Unicode's report 39. Its whole table of 6,000 signs was left aside: names
here are read by colleagues, and the few dozen letters below are those that fool them.
"""

import unicodedata

# Signs that take room or none, and show nothing, though Unicode calls some of them letters.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_LETTERS = str.maketrans(
    "авекмнорстухіјѕԁһԛԝѵёαβεηικμνορτυχγωıłøđ01l|",  # noqa: RUF001  # letters that fool the eye are the point
    "abekmhopctyxijsdhqwveabenikuvoptuxywiiodoiii",
)
# What only the wiki itself says of somebody.
_OFFICES = ("administrator", "admin", "facilitator", "reviewer", "moderator", "system")


def without_invisible(text: str) -> str:
    """Return `text` without signs that show nothing; joiners stay where letters need them."""
    kept = [
        sign
        for place, sign in enumerate(text)
        if not _is_invisible(sign) or _is_needed(text, place)
    ]
    return "".join(kept)


def folded_name(text: str) -> str:
    """Return what the eye keeps of a name: equal for names that look alike."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    seen = "".join(
        sign for sign in apart if not unicodedata.combining(sign) and not _is_invisible(sign)
    )
    # Marks fall away first: a letter that only has one is the letter of the table without it.
    alike = seen.translate(_LETTERS)
    words = "".join(sign if sign.isalnum() else " " for sign in alike).split()
    return " ".join(words) or seen


def names_an_office(name: str) -> bool:
    """Return whether a name says no more than what its owner may do."""
    return folded_name(name) in _FOLDED_OFFICES


def _is_invisible(sign: str) -> bool:
    return sign in _BLANKS or unicodedata.category(sign) == "Cf"


def _is_needed(text: str, place: int) -> bool:
    """Return whether a joiner stands between letters of a script that is written with joiners."""
    beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return (
        text[place] in _JOINERS
        and len(beside) == 2  # noqa: PLR2004  # one on either side
        and all(sign > "\u0590" and not _is_invisible(sign) for sign in beside)
    )


_FOLDED_OFFICES = frozenset(folded_name(office) for office in _OFFICES)
