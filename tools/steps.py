"""Runs one named piece of work, says how long it usually takes and how long it took."""

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES_SHOWN_ON_FAILURE = 25


class StepFailedError(Exception):
    """A step did not work; the sentence says what failed and what would help."""


@contextmanager
def announced(what: str, usual_seconds: int) -> Iterator[None]:
    """Print what begins and its usual length, then the seconds it really took."""
    print(f"{what} (usually {usual_seconds} s) ...", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed.", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s.", flush=True)


def run_quietly(command: list[str], failure: str, env: Mapping[str, str] | None = None) -> str:
    """Return what `command` printed; raise StepFailedError with its last words when it failed."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=env,
        )
    except FileNotFoundError as error:
        raise StepFailedError(f"{failure} There is no program {command[0]}.") from error
    if done.returncode:
        last_words = "\n".join(done.stdout.strip().splitlines()[-LINES_SHOWN_ON_FAILURE:])
        raise StepFailedError(f"{failure} `{' '.join(command)}` said:\n{last_words}")
    return done.stdout
