"""What stands in a cell of a file that somebody opens in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Signs of other scripts that spreadsheets read as those above.
_WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text: str) -> str:
    """Return `text`, with an apostrophe before it where a spreadsheet would take it as a formula.

    Blanks before the sign do not hide it. Numbers are no texts: write those as they are.
    """
    start = text.lstrip(" \u00a0\ufeff\0")
    return f"'{text}" if start.startswith(_FORMULA + _WIDE) else text
