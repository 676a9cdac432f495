"""Which files belong to the repository."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_FOLDERS = ("wiki", "tests", "tools", "bench", "migrations")


@cache
def repository_files() -> tuple[Path, ...]:
    """Return what git tracks or would track, sorted. Skips the test outside a git work tree."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("This is no git work tree, so nobody knows which files belong to it.")
    files = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def python_files() -> list[Path]:
    """Return every Python file of ours, built and installed ones left out."""
    inside = [file for folder in PYTHON_FOLDERS for file in (ROOT / folder).rglob("*.py")]
    return sorted([*inside, *ROOT.glob("*.py")])


def shown(file: Path) -> str:
    """Return the name of `file` as seen from the root."""
    return file.relative_to(ROOT).as_posix()


def expect_none(found: list[str]) -> None:
    """Fail with one line for each offender."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)
