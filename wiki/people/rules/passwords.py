"""Which passwords are good enough.

After the advice of the NCSC: length before tricks, a list of what everybody tries first,
no forced signs, no practical maximum. A password of twelve characters or more is guessed
early when it is a well-known word, a row of keys, a repetition, or made of what anybody
knows about the person; only these are refused.
"""

import re
import unicodedata

from wiki.errors import Invalid

SHORTEST = 12
LONGEST = 1000

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
)
_TRIED_FIRST = re.findall(
    r"\w+",
    """
password passwort motdepasse letmein welcome iloveyou administrator admin changeme secret
princess sunshine football monkey dragon master shadow superman batman trustno login access
correcthorsebatterystaple council strategy manyhands england liverpool arsenal summer winter
spring autumn january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday qwerty azerty qwertz test
testing temp default guest user root hello whatever starwars pokemon chocolate charlie please
this is my the new for our wiki pass word code
""",
)
_LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")
_TOO_LITTLE_OF_ITS_OWN = 5
_A_WORD = 5
_FEW_WORDS = 2


def check_password(password: str, *, name: str, email: str) -> None:
    """Raise Invalid, with a sentence that says what to change, if `password` is easy to guess."""
    if len(password) < SHORTEST:
        raise Invalid(
            (
                "Choose a longer password: {length} characters or more. Three words "
                "together work well."
            ),
            field="password",
            length=SHORTEST,
        )
    if len(password) > LONGEST:
        raise Invalid(
            "Choose a shorter password: at most {length} characters.",
            field="password",
            length=LONGEST,
        )
    plain = unicodedata.normalize("NFKC", password).casefold()
    if _is_repetition(plain) or _is_row(plain) or _is_well_known(plain):
        raise Invalid(
            "This password is one of the first that others would guess. Choose another.",
            field="password",
        )
    if _own_part(plain, _known_parts(name, email)) < _TOO_LITTLE_OF_ITS_OWN:
        raise Invalid(
            "This password is made from your name or address. Choose another.", field="password"
        )


def _is_repetition(plain: str) -> bool:
    return re.fullmatch(r"(.{1,6}?)\1+.{0,5}", plain, re.DOTALL) is not None


def _is_row(plain: str) -> bool:
    signs = re.sub(r"[\W_]", "", plain)
    return any(signs in row * 2 or signs in (row * 2)[::-1] for row in _ROWS)


def _is_well_known(plain: str) -> bool:
    return any(_is_one_or_two_words(text) for text in (plain, plain.translate(_LOOKALIKES)))


def _is_one_or_two_words(text: str) -> bool:
    found = [word for word in _TRIED_FIRST if len(word) >= _A_WORD and word in text]
    return 1 <= len(found) <= _FEW_WORDS and _own_part(text, _TRIED_FIRST) < _TOO_LITTLE_OF_ITS_OWN


def _known_parts(name: str, email: str) -> list[str]:
    words = re.split(r"[\W_]+", f"{name} {email}".casefold())
    return [word for word in words if len(word) > 2]  # noqa: PLR2004  # initials would hide too much


def _own_part(plain: str, known: list[str]) -> int:
    """Return how many letters stay when all known words, figures and signs are taken away."""
    for word in sorted(known, key=len, reverse=True):
        plain = plain.replace(word, " ")
    return len(re.sub(r"[\W\d_]", "", plain))
