"""What machines can say about a page: axe about its accessibility, the Nu checker about its HTML.

Both come from npm as packages of the tests: `make test STEP=browser` installs them.
"""

import json
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe_source() -> str:
    return _package_of_tests("axe-core/axe.min.js").read_text(encoding="utf-8")


def _package_of_tests(name: str) -> Path:
    file = NODE_MODULES / name
    assert file.exists(), f"{file} is missing. `make test STEP=browser` installs it."
    return file


def axe(page: Page) -> list[str]:
    """Return what axe finds wrong on `page`, one line for each rule with the elements at fault.

    It is evaluated, not added as a script: our content security policy refuses foreign scripts.
    """
    page.wait_for_load_state()  # until then styles may be missing, and everything is too small
    page.evaluate(_axe_source())
    ask = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
    violations = page.evaluate(ask, TAGS)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"])
        for one in violations
    ]


def nu_check(files: Iterable[Path]) -> list[str]:
    """Return the errors and warnings of the Nu checker, one line each, beginning with the file.

    Give it all files at once: each start of it takes seconds. Skips the test without Java.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip("The Nu checker needs Java (Debian: apt install default-jre-headless)")
    jar = _package_of_tests("vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(
        [java, "-jar", str(jar), "--stdout", "--format", "json", "--exit-zero-always"]
        + [str(file) for file in files],
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', 0)}: {one['message']}"
        for one in json.loads(done.stdout)["messages"]
        if one.get("subType") == "warning" or one["type"] != "info"
    ]
