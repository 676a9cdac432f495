"""Where pages go: suggested paths, and what stands against a move."""

from wiki.writing.rules.moving import destinations, objections, suggested


def _said(moves: dict[str, str], living: set[str]) -> list[str]:
    return [str(one) for one in objections(moves, living)]


def test_the_pages_under_a_page_go_with_it() -> None:
    assert destinations("a", "b/c", ["a/x", "a/x/y"]) == {
        "a": "b/c",
        "a/x": "b/c/x",
        "a/x/y": "b/c/x/y",
    }


def test_a_path_is_suggested_from_the_title_and_the_place() -> None:
    assert suggested("Our Aims", "") == "our-aims"
    assert suggested("Either/or", "town") == "town/either-or"
    assert suggested("!", "town") == "town"


def test_nothing_stands_against_a_free_place_or_one_that_becomes_free() -> None:
    assert not _said({"a": "b"}, {"a", "c"})
    assert not _said({"a": "b", "a/x": "b/x"}, {"a", "a/x"})
    assert not _said({"a": "a/b"}, {"a"})
    assert not _said({"a": "a", "a/x": "a/x"}, {"a", "a/x"})


def test_each_objection_is_said_once_in_a_plain_sentence() -> None:
    assert _said({"a": "b", "a/x": "b/x"}, {"a", "b", "b/x"}) == [
        "There is already a page called b.",
        "There is already a page called b/x.",
    ]
    into_itself = (
        "A page cannot be put under itself. Choose another place, or move it without the pages "
        "under it."
    )
    assert _said({"a": "a/b", "a/x": "a/b/x"}, {"a", "a/x"}) == [into_itself]
    deep = "a/b/c/d/e/f/g/h"
    assert _said({"a": deep, "a/x": f"{deep}/x"}, {"a"}) == [into_itself]
    assert _said({"a": "", "a/x": "/x"}, {"a"}) == [
        "Give the page a name with at least one letter or number."
    ]
    assert _said({"z": deep, "z/x": f"{deep}/x", "z/y": f"{deep}/y"}, {"z"}) == [
        "Pages can lie at most 8 levels deep. Move this page further up."
    ]
