"""The style sheet of a wiki that has a colour of its own."""

from flask import Response

from wiki.people import guards
from wiki.people.rules.colours import shades

A_YEAR = "public, max-age=31536000, immutable"


def show() -> Response:
    """Give the style sheet; its address names the colour, so it may be kept for ever."""
    colour = guards.wiki().colour
    style = ""
    if colour:
        made = shades(colour)
        style = (
            f":root{{--brand:{made.plain};--brand-dark:{made.dark};--brand-deep:{made.deep};"
            f"--brand-mist:{made.mist};--govuk-brand-colour:{made.plain};"
            f"--govuk-link-colour:{made.plain};--govuk-link-hover-colour:{made.dark}}}\n"
        )
    answer = Response(style, content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = A_YEAR
    return answer
