"""Data that is too large, or not ours, to lie in the repository: a folder `shared/data` beside it.

Tests that need it are skipped where it is not there, and say what is not checked. The variable
MANYHANDS_SHARED_DATA names another folder.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

_NAMED = os.environ.get("MANYHANDS_SHARED_DATA")  # noqa: TID251  (for tests alone)
FOLDER = Path(_NAMED or Path(__file__).resolve().parents[2] / "shared" / "data")


def shared_data(name: str, *, checks: str = "what this test says") -> Path:
    """Return the file `name` of the shared data; skip the test where it does not lie."""
    file = FOLDER / name
    if not file.exists():
        pytest.skip(f"shared data not present: {checks} is not checked ({name} in {FOLDER})")
    return file


def shared_items(name: str, *, checks: str) -> list[dict[str, Any]]:
    """Return the items of the shared JSON file `name`; skip the test where it does not lie."""
    items: list[dict[str, Any]] = json.loads(shared_data(name, checks=checks).read_text())["items"]
    return items
