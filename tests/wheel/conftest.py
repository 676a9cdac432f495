"""The wheel, built from the source package and installed where there is nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel made from the source package, as somebody with only that would make it."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    run(command, folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment that holds only the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", str(folder)], folder)
    pins = ROOT / "constraints.txt"
    limits = ["--constraint", str(pins)] if pins.exists() else []
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run([str(folder / "bin/pip"), "install", *quiet, str(wheel), *limits], folder)
    return folder / "bin"


def run(command: list[str], folder: Path) -> str:
    """Return what `command` printed when run in `folder`; fail the test when it failed."""
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{' '.join(command)} said:\n{done.stdout}"
    return done.stdout
