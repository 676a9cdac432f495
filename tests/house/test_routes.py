"""An address is a promise: none appears, moves or goes without somebody seeing it in a diff."""

from difflib import unified_diff

import pytest
from flask import Flask

from tests.house.routes import COMMITTED, listed


def test_the_addresses_are_those_written_down(the_app: Flask) -> None:
    written = COMMITTED.read_text(encoding="utf-8").splitlines()
    now = listed(the_app).splitlines()
    changes = "\n".join(unified_diff(written, now, "written down", "in the program", lineterm=""))
    if changes:
        pytest.fail(
            f"The addresses changed:\n{changes}\n"
            "If that was meant, write them down: .venv/bin/python -m tests.house.routes",
            pytrace=False,
        )
