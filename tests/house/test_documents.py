"""What the documents say and what the program can do are the same."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from tests.house.tree import ROOT, expect_none, repository_files, shown
from wiki.cli import main

SETTING = re.compile(r"\bMANYHANDS_[A-Z_]*[A-Z]\b")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
CODE_BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def documents() -> dict[str, str]:
    """Return the texts for people, by name."""
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {shown(file): file.read_text(encoding="utf-8") for file in sorted(files)}


def settings_in_the_program() -> set[str]:
    sources = [*(ROOT / "wiki").rglob("*.py"), *(ROOT / "tests").glob("*.py")]
    sources += (ROOT / "bench").glob("*.py")
    return {name for file in sources for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def commands(group: click.Group, before: str = "manyhands") -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, with its whole name."""
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from commands(command, f"{before} {name}")
            else:
                yield f"{before} {name}", command


def shown_commands() -> Iterator[tuple[str, str]]:
    """Give every line of the code blocks that begins with one of our programs."""
    for name, text in documents().items():
        for block in CODE_BLOCK.findall(text):
            for line in block.replace("\\\n", " ").splitlines():
                typed = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
                if typed.startswith(("manyhands ", "make ")):
                    yield name, typed.split(" #")[0]


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    documented = set(SETTING.findall("\n".join(documents().values())))
    assert settings_in_the_program() == documented


def test_every_command_is_documented() -> None:
    text = "\n".join(documents().values())
    expect_none([name for name, _ in commands(main) if name not in text])


def test_documents_show_commands() -> None:
    assert list(shown_commands())


@pytest.mark.parametrize(("document", "line"), list(shown_commands()))
def test_a_command_shown_in_a_document_exists(document: str, line: str) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert [word for word in words[1:] if "=" not in word and word not in targets] == []
        return
    known = dict(commands(main))
    name = next((name for name in known if f"{line} ".startswith(f"{name} ")), None)
    if name is None:
        assert words[1:] in (["--help"], ["--version"]), f"{document} shows an unknown command"
        return
    options = {option for parameter in known[name].params for option in parameter.opts}
    typed = [word.split("=")[0] for word in words if word.startswith("--")]
    assert [word for word in typed if word not in options | {"--help"}] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    tracked = {shown(file) for file in repository_files()}
    dead = [
        f"{name}: {target}"
        for name, text in documents().items()
        for target in LINK.findall(text)
        if not any(one.startswith(_joined(name, target)) for one in tracked)
    ]
    expect_none(dead)


def _joined(document: str, target: str) -> str:
    return ((ROOT / document).parent / target).resolve().relative_to(ROOT).as_posix()
