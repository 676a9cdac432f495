"""Revisions as messages of commits, and messages that are none."""

import pytest

from wiki.pages import models
from wiki.transfer.rules import retold
from wiki.transfer.rules.retold import Retold

PLAIN = Retold(page=7, path="aims/first", number=4, kind="edit")
BLOCK = "Manyhands-Revision: aims 2\nManyhands-Page: 7\nManyhands-Kind: edit"


def test_the_kinds_are_those_of_the_tables() -> None:
    assert retold.KINDS == models.KINDS


def test_a_note_stands_above_what_only_a_wiki_reads() -> None:
    told = Retold(page=7, path="aims", number=2, kind="edit", note="Say why.\n\nAt length.")
    assert retold.message(told) == f"Say why.\n\nAt length.\n\n{BLOCK}\n"


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        ({"kind": "create", "number": 1}, "Add aims"),
        ({"kind": "rename"}, "Move to aims"),
        ({"kind": "delete"}, "Delete aims"),
        ({"kind": "undelete"}, "Bring back aims"),
        ({"kind": "merge", "merged_number": 2}, "Change together aims"),
        ({"kind": "edit", "undone_number": 2}, "Undo revision 2 of aims"),
        ({"kind": "restore", "restored_number": 2}, "Restore revision 2 of aims"),
        ({"kind": "edit"}, "Change aims"),
    ],
)
def test_a_revision_without_note_gets_a_line_that_is_no_note(
    facts: dict[str, object], subject: str
) -> None:
    told = Retold(**{"page": 1, "path": "aims", "number": 4, **facts})  # type: ignore[arg-type]
    written = retold.message(told)
    assert written.startswith(f"{subject}\n\n")
    assert retold.read(written) == told


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Say more",
        BLOCK,
        f"Say more\n\n{BLOCK}\nSigned-off-by: Ada",
        f"Say more\n\n{BLOCK}\nManyhands-Colour: red",
        f"Say more\n\n{BLOCK}\nManyhands-Page: 8",
        f"Say more\n\n{BLOCK}\nManyhands-Minor: no",
        f"Say more\n\n{BLOCK}\nManyhands-Note: some",
        f"Say more\n\n{BLOCK}\nManyhands-Restored: 2",
        f"Say more\n\n{BLOCK}\nManyhands-Merged: 0",
        f"Say more\n\n{BLOCK}\nManyhands-Undone: x",
        f"Say more\n\n{BLOCK}\nManyhands-Microsecond: 1000000",
        f"Say more\n\n{BLOCK}\nManyhands-Author: Ada",
        f'Say more\n\n{BLOCK}\nManyhands-Author: ""',
        f'Say more\n\n{BLOCK}\nManyhands-Author: "\\ud800"',
        f'Say more\n\n{BLOCK}\nManyhands-Author: "\\u0000"',
        f"Say more\n\n{BLOCK}\nManyhands-Author: 7",
        f"Say more\n\n{BLOCK.replace('7', '99999999999')}",
        f"Say more\n\n{BLOCK.replace('7', '4294967296')}",
        f"Say more\n\n{BLOCK.replace('aims 2', 'aims')}",
        f"Say more\n\n{BLOCK.replace('aims 2', 'Aims 2')}",
        f"Say more\n\n{BLOCK.replace('aims 2', '../aims 2')}",
        f"Say more\n\n{BLOCK.replace('aims 2', 'edit 2')}",
        f"Say more\n\n{BLOCK.replace('aims 2', 'aims 1')}",
        f"Say more\n\n{BLOCK.replace('edit', 'create')}",
        f"Say more\n\n{BLOCK.replace('edit', 'burn')}",
        "Say more\n\nManyhands-Page: 7\nManyhands-Kind: edit",
    ],
)
def test_what_no_export_writes_is_an_ordinary_message(message: str) -> None:
    assert retold.read(message) is None


def test_a_folder_never_has_the_name_of_a_file() -> None:
    assert [retold.file_of(path) for path in ("a", "a/b", "a.md", "a.md/b")] == [
        "a.md",
        "a/b.md",
        "a.md.md",
        "a.md-/b.md",
    ]


def test_a_name_loses_what_git_cannot_hold() -> None:
    assert retold.plain_identity(" Zoë\n<x>\0 ") == "Zoë x"
