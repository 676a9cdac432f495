"""The shelf on which pages and values are kept."""

import math
from types import SimpleNamespace

import pytest

from wiki.web import cache
from wiki.web.cache import _Shelf


def test_what_is_put_is_found_at_its_version_only() -> None:
    shelf = _Shelf(100)
    shelf.put("key", 1, "value")
    assert shelf.find("key", 1) == "value"
    assert shelf.find("other", 1) is None
    assert shelf.find("key", 2) is None
    assert shelf.find("key", 1) is None, "what is stale is let go of"


def test_the_last_that_is_put_is_found() -> None:
    shelf = _Shelf(100)
    shelf.put("key", 1, "first", size=5)
    shelf.put("key", 1, "second", size=7)
    assert shelf.find("key", 1) == "second"


def test_when_the_room_is_full_the_one_used_longest_ago_goes() -> None:
    shelf = _Shelf(24)
    for name in "abc":
        shelf.put(name, 1, name, size=3)
    for name in "def":
        shelf.put(name, 1, name, size=3)
        assert shelf.find("a", 1) == "a"
    for name in "ghi":
        shelf.put(name, 1, name, size=3)
    assert [name for name in "abcdefghi" if shelf.find(name, 1)] == list("acdefghi")


def test_a_size_is_taken_back_with_its_value() -> None:
    shelf = _Shelf(80)
    for _ in range(100):
        shelf.put("same", 1, "value", size=10)
    shelf.put("other", 1, "value", size=10)
    assert shelf.find("same", 1) == "value"
    for _ in range(100):
        shelf.find("same", 2)
        shelf.put("same", 1, "value", size=10)
    assert shelf.find("other", 1) == "value"


def test_what_would_fill_an_eighth_of_the_room_is_not_kept() -> None:
    shelf = _Shelf(80)
    shelf.put("large", 1, "value", size=11)
    assert shelf.find("large", 1) is None
    shelf.put("key", 1, "small", size=10)
    shelf.put("key", 1, "large", size=11)
    assert shelf.find("key", 1) is None, "the old value must not stay in its place"


def test_a_value_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: now[0]))
    shelf = _Shelf(100)
    shelf.put("short", 1, "value")
    shelf.put("for good", None, "value", seconds=math.inf)
    now[0] = cache.KEPT_SECONDS
    assert shelf.find("short", 1) == "value"
    now[0] += 1
    assert shelf.find("short", 1) is None
    now[0] += 10**9
    assert shelf.find("for good", None) == "value"
