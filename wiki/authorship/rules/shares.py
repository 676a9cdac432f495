"""Shares of a whole: in tenths of a per cent that make exactly 100, and how they are spread."""

from collections.abc import Sequence

TENTHS = 1000


def shares(parts: Sequence[int]) -> list[float]:
    """Return each part in per cent with one digit, exactly 100 together; zeros where all are 0.

    By largest remainder: each is rounded down, and the tenths still missing go to those that lost
    most, the earlier first. Of what is nothing nothing is made. The cost is that of sorting.
    """
    whole = sum(parts)
    if whole <= 0:
        return [0.0] * len(parts)
    tenths = [part * TENTHS // whole for part in parts]
    missing = TENTHS - sum(tenths)
    most_lost = sorted(range(len(parts)), key=lambda at: -(parts[at] * TENTHS % whole))
    for at in most_lost[:missing]:
        tenths[at] += 1
    return [tenth / 10 for tenth in tenths]


def share_of_largest(parts: Sequence[int], count: int) -> float | None:
    """Return how many per cent the `count` largest parts have, None where there is nothing."""
    whole = sum(parts)
    if whole <= 0:
        return None
    return round(100 * sum(sorted(parts, reverse=True)[:count]) / whole, 1)


def effective(parts: Sequence[int]) -> float | None:
    """Return 1 / sum(share^2): how many equal parts would be spread as unevenly as these.

    30, 5, 3 and 2 words give 1.7: as if fewer than two people had shared the work equally.
    """
    whole = sum(parts)
    if whole <= 0:
        return None
    return round(whole * whole / sum(part * part for part in parts), 1)
