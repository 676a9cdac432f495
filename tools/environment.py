"""Makes .venv and installs the project into it, and does nothing when that has been done."""

import hashlib
import json
import sys
import tomllib
from pathlib import Path

from tools import assets
from tools.steps import ROOT, StepFailedError, announced, run_quietly

VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / "manyhands-installed.json"
CONSTRAINTS = ROOT / "constraints.txt"
NO_VENV = (
    f"{sys.executable} cannot make a virtual environment. On Debian and Ubuntu "
    "`apt install python3-venv` brings what is missing."
)
NO_INSTALL = "The packages could not be installed."


def prepare(*, with_dev: bool = False) -> None:
    """Bring .venv and static/dist up to date. Raises StepFailedError with a sentence."""
    declared = _declared()
    present = _present() if PYTHON.exists() else {}
    is_installed = present.get("declared") == declared
    if not is_installed or (with_dev and not present["with_dev"]):
        with_dev = with_dev or bool(present.get("with_dev"))
        _install(with_dev=with_dev)
        STAMP.write_text(json.dumps({"declared": declared, "with_dev": with_dev}))
    elif not assets.is_fresh(ROOT):
        with announced("Building styles and scripts", 5):
            _build_assets()


def _declared() -> str:
    """Return a digest of what an installation depends on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = CONSTRAINTS.read_text() if CONSTRAINTS.exists() else ""
    wanted = [project["build-system"], project["project"], pins, str(ROOT)]
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def _present() -> dict[str, object]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _install(*, with_dev: bool) -> None:
    if not (VENV / "bin/pip").exists() or not PYTHON.exists():
        with announced("Making a Python environment in .venv", 5):
            run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], NO_VENV)
    what = "Installing Manyhands and the tools of its tests" if with_dev else "Installing Manyhands"
    with announced(what, 45 if with_dev else 20):
        pip("install", "--editable", ".[dev]" if with_dev else ".", failure=NO_INSTALL)


def _build_assets() -> None:
    if not assets.system_node():
        # The build hook brings a Node of its own.
        pip("install", "--no-deps", "--editable", ".", failure="They could not be built.")
        return
    try:
        assets.build(ROOT)
    except assets.CannotBuildError as problem:
        raise StepFailedError(str(problem)) from problem


def pip(*arguments: str, failure: str) -> None:
    """Run pip of .venv, our pinned versions in force. Raises StepFailedError."""
    pins = ["--constraint", str(CONSTRAINTS)] if CONSTRAINTS.exists() else []
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input"]
    run_quietly([*pip, *arguments, *pins], failure)


def program(name: str) -> Path:
    """Return the path of a program installed in .venv."""
    return VENV / "bin" / name
