"""Which revisions came to nothing."""

from wiki.authorship.rules.taken_back import RADIUS, taken_back


def texts(letters: str) -> list[tuple[int, bytes]]:
    return [(number, letter.encode()) for number, letter in enumerate(letters, start=1)]


def test_what_was_taken_back_and_who_took_it_back_come_to_nothing() -> None:
    assert taken_back(texts("abca")) == {2, 3, 4}


def test_saving_the_same_twice_takes_nothing_back() -> None:
    assert taken_back(texts("aab")) == frozenset()


def test_what_comes_back_after_long_takes_nothing_back() -> None:
    between = [(number, bytes([number])) for number in range(2, RADIUS + 2)]
    near = [(1, b"first"), *between, (RADIUS + 2, b"first")]
    far = [(1, b"first"), *between, (RADIUS + 3, b"first")]
    assert taken_back(near) == set(range(2, RADIUS + 3))
    assert taken_back(far) == frozenset()
