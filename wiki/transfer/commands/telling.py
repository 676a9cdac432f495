"""Saying how far long work has come."""

import sys
import time

import click

_BAR_LENGTH = 30
_SECONDS_BETWEEN_LINES = 5


class Teller:
    """Says how far long work has come: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._told_at = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say that `done` of `total` are done."""
        is_over = done >= total
        if self._is_terminal:
            filled = _BAR_LENGTH * done // max(total, 1)
            bar = "█" * filled + "░" * (_BAR_LENGTH - filled)
            click.echo(f"\r{bar} {done:,} of {total:,} {what} ", err=True, nl=is_over)
        elif is_over or time.monotonic() - self._told_at > _SECONDS_BETWEEN_LINES:
            click.echo(f"{done:,} of {total:,} {what}", err=True)
            self._told_at = time.monotonic()
