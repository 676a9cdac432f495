"""Which numbered pages of a long list are linked."""

from collections.abc import Callable
from typing import TypeAlias

# The pages that are linked on either side of the current one.
NEARBY = 2

NumberedPage: TypeAlias = tuple[int | None, str, bool]


def numbered_pages(page: int, count: int, address: Callable[[int], str]) -> list[NumberedPage]:
    """Return number, address and "is it this one" of each page to link; a gap has no number."""
    shown = sorted({1, count} | set(range(max(1, page - NEARBY), min(count, page + NEARBY) + 1)))
    numbers: list[NumberedPage] = []
    last = 0
    for number in shown:
        if number - last > 1:
            numbers.append((None, "", False))
        numbers.append((number, address(number), number == page))
        last = number
    return numbers
