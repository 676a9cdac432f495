"""Who may read and change pages once they moved, told before they do."""

from wiki.people.rules.rights import Circle, Limit
from wiki.writing.rules.shifting import Shift, is_collision, shifts

FACILITATORS = (Circle("facilitator", None),)
REVIEWERS = (Circle("reviewer", None),)


def limit(path: str, act: str, role: str) -> Limit:
    return Limit(path, act, "role", role)


def test_nothing_shifts_where_nothing_is_limited() -> None:
    assert shifts({"a": "b", "a/one": "b/one"}, []) == ()


def test_limits_of_the_pages_above_do_not_follow() -> None:
    rows = [limit("top", "read", "facilitator"), limit("top", "write", "admin")]
    assert shifts({"top/a": "a"}, rows) == (
        Shift("read", FACILITATORS, None, 1),
        Shift("write", (), None, 1),
    )


def test_reading_and_changing_that_shift_alike_are_told_once() -> None:
    rows = [limit("top", "read", "facilitator")]
    assert shifts({"a": "top/a"}, rows) == (Shift("read", None, FACILITATORS, 1),)


def test_only_changing_may_shift() -> None:
    rows = [limit("top", "write", "reviewer")]
    assert shifts({"top/a": "a"}, rows) == (Shift("write", REVIEWERS, None, 1),)


def test_limits_of_the_pages_themselves_go_along() -> None:
    rows = [limit("a", "read", "reviewer"), limit("a/one", "read", "facilitator")]
    assert shifts({"a": "b", "a/one": "b/one", "a/two": "b/two"}, rows) == ()


def test_pages_that_shift_alike_are_counted_together() -> None:
    rows = [limit("top", "read", "reviewer"), limit("top/a/one", "read", "facilitator")]
    found = shifts({"top/a": "a", "top/a/one": "a/one", "top/a/two": "a/two"}, rows)
    assert found == (Shift("read", REVIEWERS, None, 2),)


def test_limits_collide_where_other_ones_stand_already() -> None:
    rows = [limit("a", "read", "reviewer"), limit("b", "read", "facilitator")]
    assert is_collision(rows, "a", "b")
    assert not is_collision(rows, "a", "c")
    assert not is_collision(rows, "a", "a")
    assert not is_collision(rows, "c", "b")


def test_limits_of_other_acts_and_alike_ones_do_not_collide() -> None:
    rows = [limit("a", "read", "reviewer"), limit("b", "write", "facilitator")]
    assert not is_collision(rows, "a", "b")
    assert not is_collision([*rows, limit("b", "read", "reviewer")], "a", "b")
