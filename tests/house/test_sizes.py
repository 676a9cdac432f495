"""Nothing grows so long that nobody reads it to its end."""

import ast
from pathlib import Path

from tests.house.tree import ROOT, expect_none, python_files, shown

FILE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
CONFTEST_LINES = 150


def length(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def longer_than(limit: int, files: list[Path]) -> list[str]:
    return [f"{shown(file)}: {length(file)} lines" for file in files if length(file) > limit]


def test_no_python_file_is_longer_than_300_lines() -> None:
    # A migration is written once and lists whole tables.
    files = [file for file in python_files() if "versions" not in file.parts]
    expect_none(longer_than(FILE_LINES, files))


def test_no_style_or_script_is_longer_than_300_lines() -> None:
    static = ROOT / "static"
    ours = [*static.rglob("*.js"), *static.rglob("*.mjs"), *static.rglob("*.scss")]
    ours = [file for file in ours if "dist" not in file.relative_to(static).parts]
    assert ours
    expect_none(longer_than(FILE_LINES, ours))


def test_no_template_is_longer_than_120_lines() -> None:
    templates = [file for file in (ROOT / "templates").rglob("*") if file.is_file()]
    assert templates
    expect_none(longer_than(TEMPLATE_LINES, templates))


def test_no_conftest_is_longer_than_150_lines() -> None:
    expect_none(longer_than(CONFTEST_LINES, list((ROOT / "tests").rglob("conftest.py"))))


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = [
        f"{shown(file)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for file in python_files()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    expect_none(too_long)
