"""Says whether the unit and property tests ran every branch of the pure parts."""

import subprocess
import sys

from tools.steps import ROOT

FAIL_UNDER = 100


def main() -> int:
    """Join the figures that those two steps left behind and report the files named by patterns."""
    left = [ROOT / ".cache" / f"coverage.{step}" for step in ("unit", "property")]
    missing = [file.suffix.lstrip(".") for file in left if not file.exists()]
    if missing:
        print(f'There are no figures yet. Run `make test STEP="{" ".join(missing)}"` first.')
        return 1
    joined = f"--data-file={ROOT / '.cache/coverage'}"
    combine = ["coverage", "combine", "--quiet", "--keep", joined, *map(str, left)]
    subprocess.run(combine, cwd=ROOT, check=True)
    report = ["coverage", "report", joined, f"--include={sys.argv[1]}", "--skip-covered"]
    limits = ["--show-missing", f"--fail-under={FAIL_UNDER}"]
    return subprocess.run([*report, *limits], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
