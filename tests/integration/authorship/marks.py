"""Reading the page that says who wrote what."""

from bs4 import BeautifulSoup

AIMS = "/pages/aims/authorship"
ANA, BEN = "Ana Lopez, 2 March 2026", "Ben Okafor, 2 March 2026"


def runs(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Return the look and the words of each marked piece."""
    return [(str(one["class"][1]), one.get_text()) for one in page.select(".by")]


def legend(page: BeautifulSoup) -> list[str]:
    return [
        " ".join(one.get_text(" ").split())
        for one in page.select("[data-choose]:not([data-choose=''])")
    ]


def notes(page: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(".attributed-notes__facts")]


def answers(page: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(".found-passages__facts")]


def heading(page: BeautifulSoup) -> str:
    found = page.select_one("#answer")
    return found.get_text() if found else ""
