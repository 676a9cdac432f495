"""The builder of styles and scripts: what it skips, what it notices, what it refuses."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import assets

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small repository with sources and nothing built."""
    for name in assets.SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in assets.SOURCE_FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "static/scss/main.scss").write_text("p { color: #123456; }\n")
    (tmp_path / "static/js/main.js").write_text("document.title = `${document.title}!`;\n")
    (tmp_path / "static/img/mark.svg").write_text("<svg/>\n")
    return tmp_path


@pytest.fixture
def with_packages(tree: Path) -> Path:
    """Return the same with the packages that building needs."""
    if not (ROOT / "node_modules/esbuild").exists() or assets.system_node() is None:
        pytest.skip("Node of the system and node_modules are needed to try a build.")
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def build(tree: Path) -> subprocess.CompletedProcess[str]:
    tools = assets.system_node()
    assert tools is not None
    command = [*tools[0], "static/build.mjs"]
    return subprocess.run(command, cwd=tree, check=False, capture_output=True, text=True)


def test_what_was_never_built_is_not_fresh(tree: Path) -> None:
    assert not assets.is_fresh(tree)


@pytest.mark.parametrize("name", ["package-lock.json", "static/scss/main.scss", "static/js/new.js"])
def test_a_changed_or_new_source_makes_the_built_files_old(tree: Path, name: str) -> None:
    (tree / "static/dist").mkdir()
    (tree / "static/dist/stamp").write_text(assets.digest(tree) + "\n")
    assert assets.is_fresh(tree)
    with (tree / name).open("a") as source:
        source.write("\n")
    assert not assets.is_fresh(tree)


def test_a_renamed_source_is_a_change(tree: Path) -> None:
    before = assets.digest(tree)
    (tree / "static/img/mark.svg").rename(tree / "static/img/sign.svg")
    assert assets.digest(tree) != before


def test_built_files_are_named_after_their_content(with_packages: Path) -> None:
    assert build(with_packages).returncode == 0
    first = json.loads((with_packages / "static/dist/manifest.json").read_text())
    (with_packages / "static/scss/main.scss").write_text("p { color: #654321; }\n")
    assert build(with_packages).returncode == 0
    second = json.loads((with_packages / "static/dist/manifest.json").read_text())
    assert set(first) == {"main.css", "main.js", "img/mark.svg"}
    assert [name for name in first if first[name] != second[name]] == ["main.css"]
    built = {path.name for path in (with_packages / "static/dist").glob("main*")}
    assert built == {second["main.css"], second["main.js"]}


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("scss/main.scss", 'p { font-family: "GDS Transport", arial; }'),
        ("scss/main.scss", "p { background: url(/assets/govuk-crest.svg); }"),
        ("js/main.js", 'document.title = "the royal crown";'),
    ],
)
def test_what_belongs_to_govuk_alone_stops_the_build_and_keeps_what_was_built(
    with_packages: Path, file: str, source: str
) -> None:
    assert build(with_packages).returncode == 0
    before = sorted((with_packages / "static/dist").iterdir())
    (with_packages / "static" / file).write_text(source)
    refused = build(with_packages)
    assert refused.returncode != 0
    assert "belongs to GOV.UK alone" in refused.stderr
    assert sorted((with_packages / "static/dist").iterdir()) == before


@pytest.mark.parametrize(("version", "is_usable"), [("v18.19.0", False), ("v20.0.0", True)])
def test_a_node_that_is_too_old_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_usable: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (assets.system_node() is not None) == is_usable
