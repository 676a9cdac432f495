"""How the paths of pages are written, refused, read and put in order."""

import pytest

from wiki.text import paths


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("Strategy/Our Aims", "strategy/our-aims"),
        ("/a//b/./../c/", "a/b/c"),
        ("a\\b", "a/b"),
        ("Don't panic!", "dont-panic"),
        ("Q&A: what, why?", "q-a-what-why"),
        ("À Compléter", "à-compléter"),
        ("a\u0300", "à"),
        ("\uff26\uff35\uff2c\uff2c", "full"),
        ("a\u200bb\u202ec", "abc"),
        ("Наши цели", "наши-цели"),
        ("हिन्दी", "हिन्दी"),
        ("v1.1/schema_2", "v1.1/schema_2"),
        ("../../etc/passwd", "etc/passwd"),
        ("...", ""),
        ("%2e%2e", "2e-2e"),
    ],
)
def test_paths_have_one_way_to_be_written(written: str, path: str) -> None:
    assert paths.normal(written) == path
    assert paths.normal(path) == path


@pytest.mark.parametrize("path", ["aims", "strategy/our-aims", "v1.1/schema", "наши-цели"])
def test_a_plain_path_is_not_refused(path: str) -> None:
    assert paths.refusal(path) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "at least one letter"),
        ("!!!", "at least one letter"),
        ("Our Aims", "“our-aims”"),
        ("a/", "“a”"),
        ("strategy/history", "“history” has a meaning of its own"),
        ("edit/strategy", "“edit” has a meaning of its own"),
        ("strategy/access", "“access” has a meaning of its own"),
        ("a" * 121, "longer than 120"),
        ("/".join(["abcd"] * 8), None),
        ("/".join(["a" * 40] * 8), "longer than 300"),
        ("/".join("abcdefghi"), "at most 8 levels"),
    ],
)
def test_a_refusal_says_what_to_do(path: str, words: str | None) -> None:
    refusal = paths.refusal(path)
    assert refusal is None if words is None else words in (refusal or "")


def test_a_title_becomes_one_part_of_a_path() -> None:
    assert paths.path_from_title("Roads / rail: the “plan”") == "roads-rail-the-plan"
    assert len(paths.path_from_title("very " * 60)) <= paths.SEGMENT_LIMIT


def test_a_path_can_be_read_as_a_title() -> None:
    assert paths.title_from_path("strategy/10-work-in_the-open") == "10 work in the open"
    assert paths.title_from_path("aims") == "Aims"


def test_the_pages_above_a_page_are_known() -> None:
    assert paths.parent("a/b/c") == "a/b"
    assert paths.parent("a") is None
    assert paths.ancestors("a/b/c") == ["a", "a/b"]


def test_ten_comes_after_nine_and_children_after_their_parent() -> None:
    shuffled = ["b10", "a/10", "a", "b2", "a-b", "a/2-x", "a/1"]
    wanted = ["a", "a/1", "a/2-x", "a/10", "a-b", "b2", "b10"]
    assert sorted(shuffled, key=paths.natural_key) == wanted


def test_very_long_numbers_have_an_order() -> None:
    assert paths.natural_key("9" * 9_000) < paths.natural_key("1" * 9_001)


@pytest.mark.parametrize(
    ("path", "top", "is_within"),
    [
        ("aims", "aims", True),
        ("aims/reach/people", "aims", True),
        ("aims-of-old", "aims", False),
        ("aims", "aims/reach", False),
        ("aims", "", True),
    ],
)
def test_a_page_lies_within_itself_and_all_that_is_above(
    path: str, top: str, *, is_within: bool
) -> None:
    assert paths.is_within(path, top) is is_within
