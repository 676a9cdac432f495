"""The repository holds our own sources and nothing else."""

import re

import pytest

from tests.house.tree import ROOT, expect_none, repository_files, shown

# Each in two halves, or this file would find itself.
FOREIGN_HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "deb." + "debian",
)
FOREIGN_FOLDERS = {"node_modules", "vendor", "third_party", "site-packages", "dist", ".venv"}
BUILT = re.compile(r"\.(min\.js|min\.css|map|mo|whl|jar|woff2?|ttf|otf|eot|pyc|so|db|sqlite3?)$")
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.~/])/(root|home/\w+|Users/\w+|work)/\w")
LARGEST_BYTES = 600_000
PICTURES = {".png", ".jpg", ".webp", ".ico", ".gif"}


def test_nothing_foreign_or_built_is_tracked() -> None:
    foreign = [
        shown(file)
        for file in repository_files()
        if FOREIGN_FOLDERS & set(file.relative_to(ROOT).parts) or BUILT.search(file.name)
    ]
    expect_none(foreign)


def test_no_file_is_too_large_to_review() -> None:
    large = [shown(one) for one in repository_files() if one.stat().st_size > LARGEST_BYTES]
    expect_none(large)


def _lines_with(wanted: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(file)}:{number}: {line.strip()[:100]}"
        for file in repository_files()
        if file.suffix not in PICTURES
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    expect_none(_lines_with(re.compile("|".join(map(re.escape, FOREIGN_HOSTS)))))


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    expect_none(_lines_with(SOMEBODYS_FOLDER))


@pytest.mark.parametrize("name", [".ci/run"])
def test_scripts_can_be_run(name: str) -> None:
    assert (ROOT / name).stat().st_mode & 0o111


def test_every_decision_is_numbered_and_listed() -> None:
    folder = ROOT / "docs/decisions"
    records = sorted(folder.glob("[0-9]*.md"))
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [int(file.name[:4]) for file in records] == list(range(1, len(records) + 1))
    expect_none([file.name for file in records if f"({file.name})" not in listed])
