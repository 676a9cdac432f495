"""The two engines that find the shortest edit between two strings, behind one shape.

Both are the diff-match-patch algorithm of Neil Fraser (Myers 1986, bisected, with the half-match
shortcut): the C++ one does the work, Google's own Python one is the reference that tests compare
with, and serves where no wheel exists.
Cost: about D*D*1.5 ns in C++ for D differences, 80 times that in Python; hence the size that each
can be trusted with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from diff_match_patch import diff_match_patch

try:
    from fast_diff_match_patch import diff as _fast_diff
except ImportError:  # pragma: no cover - no wheel for this machine
    _fast_diff = None

Operation = tuple[str, int]

# Far above what the sizes below need. Both engines answer "everything replaced" when time is up
# and do not say so; only the clock tells.
_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Engine:
    """A differ of strings: `operations` gives ("=", "-" or "+", length) pairs."""

    operations: Callable[[str, str], list[Operation]]
    largest_product: int


def _fast_operations(old: str, new: str) -> list[Operation]:
    operations: list[Operation] = _fast_diff(
        old, new, timelimit=_SECONDS, checklines=False, cleanup="No", counts_only=True
    )
    return operations


def _reference_operations(old: str, new: str) -> list[Operation]:
    differ = diff_match_patch()
    differ.Diff_Timeout = _SECONDS
    signs = {-1: "-", 0: "=", 1: "+"}
    found = differ.diff_main(old, new, checklines=False)
    return [(signs[sign], len(text)) for sign, text in found]


REFERENCE = Engine(_reference_operations, 200_000)
FAST = Engine(_fast_operations, 15_000_000) if _fast_diff else None
BEST = FAST or REFERENCE


def timed_operations(engine: Engine, old: str, new: str) -> tuple[list[Operation], bool]:
    """Return the operations that turn `old` into `new`, and whether time may have run out."""
    started = monotonic()
    found = engine.operations(old, new)
    return found, monotonic() - started >= _SECONDS
