"""Laws of links that follow pages: whatever the text, only targets change, and rightly."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.markdown import render
from wiki.writing.rules.addresses import Addresses, place
from wiki.writing.rules.aiming import Aim
from wiki.writing.rules.following import followed, wanted

PAGES = {1: place("aims", "Our aims"), 2: place("plans/roads", "Roads"), 3: place("x/y", "Y")}
PLACES = ["aims", "town/aims", "x/y", "plans/roads", "roads"]
PIECES = st.sampled_from(
    [
        *("[x](/pages/aims)", "[[Our aims]]", "[[aims|words]]", "[r]", "[r]: ../aims", "](aims)"),
        *(
            "<a href='../aims'>",
            "</a>",
            "`",
            "```",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "    ",
            "| ",
            "[[",
            "]]",
        ),
        *("[", "](", ")", "\\", "*", "&", "#", "# ", "words ", "roads", "](../plans/roads.md#s)"),
        *("\n|---|---|\n", "<!--", "-->", "[^1]", "[^1]: ", "![p](p.png)", "\r\n", "[[x/y#s]]"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def _leads(text: str, path: str, addresses: Addresses) -> list[int | None]:
    links = render(text, path=path).links
    return [addresses.page_at(link.path, is_wiki=link.is_wiki_link) for link in links]


@given(TEXTS, st.permutations(PLACES), st.sampled_from(["x/y", "plans/roads"]))
def test_every_link_leads_to_the_page_it_led_to(text: str, places: list[str], here: str) -> None:
    moves = {number: place(places[number], page.title) for number, page in PAGES.items()}
    before = Addresses(PAGES, {})
    after = before.after(moves)
    number = next(number for number, page in PAGES.items() if page.path == here)
    aim = Aim(here, moves[number].path, before, after, moves.keys())
    changed = followed(text, here, wanted(text, aim)).text
    was = _leads(text, here, before)
    # A link that led nowhere may lead to where a page now stands, by words that did not change.
    now = _leads(changed, moves[number].path, after)
    assert len(was) == len(now)
    assert not [pair for pair in zip(was, now, strict=True) if pair[0] and pair[0] != pair[1]]


@given(TEXTS)
def test_nothing_changes_when_nothing_moves(text: str) -> None:
    addresses = Addresses(PAGES, {})
    aim = Aim("x/y", "x/y", addresses, addresses.after({}), set())
    assert not wanted(text, aim)
