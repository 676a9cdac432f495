"""`make test`: runs every check as a named step and ends with one table of what failed.

All steps run even when an early one fails. `make test STEP=unit` runs one, several names may be
given, and `STEP=list` prints them.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools import environment, outside
from tools.steps import ROOT, StepFailedError

PYTEST = ("pytest", "--color=auto")
IN_PARALLEL = ("-n", "2")
COVERED = ("--cov=wiki", "--cov-branch", "--cov-report=")
PURE = "wiki/text/*,wiki/*/rules.py,wiki/*/rules/*"


@dataclass(frozen=True, slots=True)
class Step:
    """One check: a program of .venv with its arguments, and what it needs from outside first."""

    name: str
    what: str
    command: tuple[str, ...]
    bring: Callable[[], str] | None = None
    covered: bool = False


STEPS = (
    Step("format", "Python is laid out by ruff", ("ruff", "format", "--check", ".")),
    Step("lint", "ruff finds nothing", ("ruff", "check", ".")),
    Step("types", "mypy finds nothing", ("mypy",)),
    Step("imports", "floors and rooms are kept", ("lint-imports", "--no-logo")),
    Step("templates", "djlint finds nothing", ("djlint", "templates", "--lint", "--quiet")),
    Step("assets", "styles and scripts are built", ("python", "-m", "tools.assets", "--check")),
    Step("house", "sizes, routes, settings, files", (*PYTEST, "tests/house")),
    Step("unit", "pure parts", (*PYTEST, "tests/unit", *IN_PARALLEL, *COVERED), covered=True),
    Step(
        "property",
        "laws that hold for any text",
        (*PYTEST, "tests/property", *IN_PARALLEL, *COVERED),
        covered=True,
    ),
    Step(
        "coverage",
        "every branch of the pure parts ran (after unit and property)",
        ("python", "-m", "tools.coverage", PURE),
    ),
    Step(
        "integration",
        "services and pages on SQLite and PostgreSQL",
        (*PYTEST, "tests/integration", "--ignore=tests/integration/migrations", *IN_PARALLEL),
    ),
    Step(
        "migrations",
        "up, down and equal to the models on both databases",
        (*PYTEST, "tests/integration/migrations"),
    ),
    Step("wheel", "works outside the repository", (*PYTEST, "tests/wheel")),
    Step(
        "browser",
        "journeys in Chromium",
        (*PYTEST, "tests/browser", *IN_PARALLEL),
        outside.for_browsers,
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step went."""

    name: str
    seconds: float
    passed: bool
    note: str


def run(step: Step) -> Outcome:
    """Run `step`, its output going straight to ours."""
    print(f"\n=== {step.name}: {step.what}", flush=True)
    began = time.monotonic()
    try:
        note = step.bring() if step.bring else ""
    except StepFailedError as problem:
        print(problem, flush=True)
        return Outcome(step.name, time.monotonic() - began, passed=False, note="could not start")
    program, *arguments = step.command
    done = subprocess.run(
        [str(environment.program(program)), *arguments],
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        env=_surroundings(step),
    )
    return Outcome(step.name, time.monotonic() - began, passed=done.returncode == 0, note=note)


def _surroundings(step: Step) -> dict[str, str]:
    """Return our environment without the settings of a wiki that somebody runs here."""
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251  passed on, not read
        if not name.startswith("MANYHANDS_") or name.startswith("MANYHANDS_TEST_")
    }
    kept["PATH"] = f"{environment.VENV / 'bin'}{os.pathsep}{kept.get('PATH', '')}"
    if step.covered:
        cache = ROOT / ".cache"
        cache.mkdir(exist_ok=True)
        kept["COVERAGE_FILE"] = str(cache / f"coverage.{step.name}")
    return kept


def chosen(names: list[str]) -> list[Step]:
    """Return the steps of these names, all when there are none. Raises StepFailedError."""
    known = {step.name: step for step in STEPS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise StepFailedError(
            f"There is no step called {unknown[0]}. The steps are: {', '.join(known)}."
        )
    return [known[name] for name in names] if names else list(STEPS)


def summary(outcomes: list[Outcome]) -> str:
    """Return the closing table and one last sentence."""
    lines = ["", "=== summary"]
    for one in outcomes:
        result = "passed" if one.passed else "FAILED"
        lines.append(f"{one.name:<12} {result:<7} {one.seconds:6.1f} s  {one.note}".rstrip())
    failed = [one.name for one in outcomes if not one.passed]
    total = sum(one.seconds for one in outcomes)
    if failed:
        lines.append(f"Failed after {total:.0f} s: {', '.join(failed)}.")
    else:
        lines.append(f"Everything passed in {total:.0f} s.")
    return "\n".join(lines)


def main() -> int:
    """Run the steps named as arguments, or all; return the exit code."""
    names = sys.argv[1:]
    if names == ["list"]:
        for step in STEPS:
            print(f"{step.name:<12} {step.what}")
        return 0
    try:
        steps = chosen(names)
        environment.prepare(with_dev=True)
        outcomes = [run(step) for step in steps]
    except StepFailedError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(summary(outcomes), flush=True)
    return 0 if all(one.passed for one in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
