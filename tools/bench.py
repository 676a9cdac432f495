"""`make bench`: runs the measurements in bench/ one after the other, or the one named."""

import subprocess
import sys

from tools import environment
from tools.steps import ROOT, StepFailedError


def main() -> int:
    """Run every bench/*.py without a leading underscore; return 1 when one of them broke."""
    scripts = sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))
    names = sys.argv[1:] or scripts
    unknown = [name for name in names if name not in scripts]
    if unknown:
        print(f"There is no measurement called {unknown[0]}. There are: {', '.join(scripts)}.")
        return 1
    try:
        environment.prepare(with_dev=True)
    except StepFailedError as problem:
        print(problem, file=sys.stderr)
        return 1
    broken = []
    for name in names:
        print(f"\n=== {name}", flush=True)
        command = [str(environment.PYTHON), "-m", f"bench.{name}"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            broken.append(name)
    if broken:
        print(f"\nThese broke: {', '.join(broken)}.")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
