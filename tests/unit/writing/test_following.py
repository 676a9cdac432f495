"""Links that follow pages: only their targets change, and only where they are links."""

import pytest

from wiki.text.markdown import render
from wiki.writing.rules.addresses import Addresses, Place, place, touched
from wiki.writing.rules.aiming import Aim
from wiki.writing.rules.following import followed, wanted

BEFORE = Addresses(
    {
        1: place("aims", "Our aims"),
        2: place("plans/roads", "Roads"),
        3: place("plans/roads/north", "North road"),
        4: place("plans/parks", "Parks"),
    },
    {"goals": 1, "old-parks": 4},
)


def _aim(here: str, moves: dict[int, Place], new: str = "") -> Aim:
    return Aim(here, new or here, BEFORE, BEFORE.after(moves), moves.keys())


def _follow(text: str, moves: dict[int, Place], here: str = "plans/parks", new: str = "") -> str:
    aim = _aim(here, moves, new)
    return followed(text, here, wanted(text, aim)).text


TO_TOWN = {1: place("town/aims", "Our aims")}
RETITLED = {1: place("town/purpose", "Purpose")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](/pages/aims)", "[x](/pages/town/aims)"),
        ("[x](/aims)", "[x](/town/aims)"),
        ("[x](/aims/)", "[x](/town/aims/)"),
        ("[x](../aims.md)", "[x](../town/aims.md)"),
        ("[x](../AIMS.html)", "[x](../town/aims.html)"),
        ("[x](<../aims>)", "[x](<../town/aims>)"),
        ('[x](../aims "A title")', '[x](../town/aims "A title")'),
        ("[x](../aims#first)", "[x](../town/aims#first)"),
        ("[x](../aims?print=1#first)", "[x](../town/aims?print=1#first)"),
        ("[x](../aims\\?a=\\(b)", "[x](../town/aims?a=%28b)"),
        ("[x](../%61ims)", "[x](../town/aims)"),
        ("[x](\n/pages/aims)", "[x](\n/pages/town/aims)"),
        ("[x](/pages/goals)", "[x](/pages/town/aims)"),
        ("[x][r] and [r]\n\n[r]: /pages/aims 'So'", "[x][r] and [r]\n\n[r]: /pages/town/aims 'So'"),
        ("[r]\r\n\r\n[r]:\r\n  ../aims\r\n", "[r]\r\n\r\n[r]:\r\n  ../town/aims\r\n"),
        ('<a href="/pages/aims">x</a>', '<a href="/pages/town/aims">x</a>'),
        ("<a href='../aims'>x</a>", "<a href='../town/aims'>x</a>"),
        ("[x](../aims#href=/pages/aims)", "[x](../town/aims#href=/pages/aims)"),
        ("]([[goals]]", "]([[town/aims]]"),
        ("[^1]: [x](../aims)[^1]", "[^1]: [x](../town/aims)[^1]"),
        ("zq0z [x](/pages/aims)", "zq0z [x](/pages/town/aims)"),
        ("> - [x](/pages/aims)", "> - [x](/pages/town/aims)"),
        ("| a |\n|---|\n| [x](/pages/aims) |", "| a |\n|---|\n| [x](/pages/town/aims) |"),
        ("## [x](/pages/aims)", "## [x](/pages/town/aims)"),
        ("[![alt](pic.png)](../aims)", "[![alt](pic.png)](../town/aims)"),
        (
            "Note.[^1]\n\n[^1]: See [x](/pages/aims).",
            "Note.[^1]\n\n[^1]: See [x](/pages/town/aims).",
        ),
        (
            "---\ntitle: /pages/aims\n---\n[x](/aims)",
            "---\ntitle: /pages/aims\n---\n[x](/town/aims)",
        ),
        ("[[aims|ours]]", "[[town/aims|ours]]"),
        ("[[goals]]", "[[town/aims]]"),
        ("[[goals#first|ours]]", "[[town/aims#first|ours]]"),
        ("| a |\n|---|\n| [[goals\\|ours]] |", "| a |\n|---|\n| [[town/aims\\|ours]] |"),
    ],
)
def test_the_target_of_a_link_follows_and_everything_around_it_stays(
    before: str, after: str
) -> None:
    assert _follow(before, TO_TOWN) == after


@pytest.mark.parametrize(
    "text",
    [
        "`[x](/pages/aims)`",
        "```\n[x](/pages/aims)\n```",
        "    [x](/pages/aims)",
        "\\[x](/pages/aims)",
        "[x](/pages/aims and more)",
        "[x]: /pages/aims",  # nothing uses it
        "[x](https://elsewhere.example/pages/aims)",
        "[x](//elsewhere.example/aims)",
        "[x](mailto:aims@example.org)",
        "[x](#aims)",
        "[x]()",
        "[x](?aims)",
        "[x](/search?q=aims)",
        "[x](../files/aims.pdf)",
        "<!-- [x](/pages/aims) -->",
        "`[[goals]]`",
        "[[Our aims]]",  # still the title of the page
        "[[Nobody wrote this]]",
        "[[#section]]",
        "[[goals]]\n\n[goals]: https://example.org",  # a reference, not a page
        "[x](/pages/plans/roads)",
        "[x](/pages/old-parks)",
        "<a href='/pages/nowhere'>x</a>",
        'No link: href="/pages/aims"',
        "",
    ],
)
def test_what_is_no_link_to_the_page_stays_as_it_is(text: str) -> None:
    assert _follow(text, TO_TOWN) == text


def test_a_link_is_changed_beside_the_same_words_in_code() -> None:
    text = "Write `[x](/pages/aims)` or [[goals]] and `[[goals]]` for [x](/pages/aims)."
    assert _follow(text, TO_TOWN) == (
        "Write `[x](/pages/aims)` or [[town/aims]] and `[[goals]]` for [x](/pages/town/aims)."
    )


def test_one_target_that_disturbs_the_others_is_left_alone() -> None:
    text = "[[goals]] and [x](/pages/aims)\n\n[goals]: https://example.org"
    assert _follow(text, TO_TOWN) == (
        "[[goals]] and [x](/pages/town/aims)\n\n[goals]: https://example.org"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[Our aims]]", "[[Purpose]]"),
        ("[[our AIMS]]", "[[Purpose]]"),
        ("[[ Our aims ]]", "[[ Purpose ]]"),
        ("[[Our aims#first]]", "[[Purpose#first]]"),
        ("[[Our aims|these]]", "[[Purpose|these]]"),
        ("[[aims]]", "[[town/purpose]]"),
    ],
)
def test_a_link_by_title_follows_the_title(before: str, after: str) -> None:
    assert _follow(before, RETITLED) == after


@pytest.mark.parametrize("title", ["Aims [draft]", "Either/or", "Roads"])
def test_a_title_that_no_link_could_say_is_linked_by_its_path(title: str) -> None:
    moves = {1: place("town/purpose", title)}
    assert _follow("[[Our aims]]", moves) == "[[town/purpose|Our aims]]"
    assert _follow("| a |\n|---|\n| [[Our aims]] |", moves) == (
        "| a |\n|---|\n| [[town/purpose\\|Our aims]] |"
    )
    assert _follow("[[Our aims#first]]", moves) == "[[Our aims#first]]"


def test_two_pages_that_swap_their_places_keep_their_links() -> None:
    moves = {1: place("plans/roads", "Our aims"), 2: place("aims", "Roads")}
    text = "[a](/pages/aims), [r](/pages/plans/roads), [[aims]], [[plans/roads]], [[Our aims]]"
    assert _follow(text, moves) == (
        "[a](/pages/plans/roads), [r](/pages/aims), [[plans/roads]], [[aims]], [[Our aims]]"
    )


def test_links_of_a_page_that_moves_still_lead_where_they_led() -> None:
    moves = {4: place("parks", "Parks")}
    text = (
        "[r](roads), [n](roads/north.md#x), [a](../aims), ![p](map.png), [s](parks), [g](nowhere)"
    )
    assert _follow(text, moves, new="parks") == (
        "[r](plans/roads), [n](plans/roads/north.md#x), [a](../aims), "
        "![p](plans/map.png), [s](parks), [g](plans/nowhere)"
    )
    assert _follow("[r](./roads)", moves, new="a/b/parks") == "[r](../../plans/roads)"


def test_pages_that_move_together_keep_their_links_to_each_other() -> None:
    moves = {2: place("town/roads", "Roads"), 3: place("town/roads/north", "North road")}
    text = "[n](roads/north) [p](parks)"
    assert _follow(text, moves, here="plans/roads", new="town/roads") == (
        "[n](roads/north) [p](../plans/parks)"
    )


def test_a_page_put_where_another_once_stood_takes_no_links_from_it() -> None:
    moves = {1: place("old-parks", "Our aims")}
    assert _follow("[p](/pages/old-parks)", moves, here="x") == "[p](/pages/plans/parks)"


def test_a_page_too_odd_to_lay_out_is_left_as_it_is() -> None:
    text = "[x](/pages/aims)\n\n" + "> " * 100 + "deep"
    assert _follow(text, TO_TOWN) == text


def test_a_path_that_reads_like_a_file_or_a_door_still_gets_its_link() -> None:
    assert _follow("[x](/aims)", {1: place("search/aims", "Our aims")}) == (
        "[x](/pages/search/aims)"
    )
    assert _follow("[x](../aims)", {1: place("v1.2b", "Our aims")}) == "[x](../v1.2b.md)"


def test_the_changes_are_said_as_written_each_once() -> None:
    text = "See [Aims](/pages/aims) or [[aims]]. Again [Aims](/pages/aims), [r].\n\n[r]: ../aims"
    aim = _aim("plans/parks", TO_TOWN)
    assert followed(text, "plans/parks", wanted(text, aim)).changes == (
        ("[Aims](/pages/aims)", "[Aims](/pages/town/aims)"),
        ("[[aims]]", "[[town/aims]]"),
        ("[r]: ../aims", "[r]: ../town/aims"),
    )


def test_the_links_that_a_move_may_touch_are_all_named() -> None:
    moves = {1: place("old-parks", "Purpose")}
    assert touched(BEFORE, BEFORE.after(moves), moves) == {
        "aims",
        "goals",
        "old-parks",
        "our-aims",
        "purpose",
    }


def test_a_way_back_to_an_old_address_is_no_longer_an_old_address() -> None:
    moved = BEFORE.after({1: place("goals", "Our aims")})
    assert dict(moved.former) == {"aims": 1, "old-parks": 4}
    assert moved.page_at("aims") == moved.page_at("goals") == 1


def test_what_was_changed_renders_with_the_same_words() -> None:
    text = "# Parks\n\nSee [our *aims*](../aims) and [[goals|goals]].\n"
    before, after = render(text, path="plans/parks"), render(_follow(text, TO_TOWN), path="x")
    assert [link.label for link in before.links] == [link.label for link in after.links]
    assert {link.path for link in after.links} == {"town/aims"}
