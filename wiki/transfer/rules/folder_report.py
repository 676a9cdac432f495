"""What became of the files of a folder, counted and said in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from wiki.transfer.rules import tally
from wiki.transfer.rules.tally import NOT_TAKEN, RENAMED

# Why a file was not taken; what a git history says of its files is said of these too.
REASONS: Mapping[str, str] = {
    **{reason: NOT_TAKEN[reason] for reason in ("encoding", "size", "link", "file-name")},
    "hidden": "its name begins with a dot",
    "unreadable": "it cannot be read, or is no ordinary file",
    "collides": "another file of the folder is the same page",
    "deleted-here": "the page was deleted in this wiki (--force brings it back)",
    "other-text": "the page here has another text, and nobody knows which one is newer "
    "(--force puts the file on top)",
    "clash": "the page was changed in this wiki at the same place (--force puts the file on top)",
}
_DONE: Mapping[str, str] = {
    "create": "made",
    "edit": "changed",
    "merge": "merged with what people changed here",
    "undelete": "brought back",
    "same": "already there",
}


@dataclass(slots=True)
class FolderReport:
    """What an import of a folder did, counted while it goes on: `acts` by what became of files.

    `notes` are files with the reason why they were not taken or their pages are called otherwise.
    """

    files: int
    other_files: Mapping[str, int]
    acts: dict[str, int] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0

    def count(self, act: str) -> None:
        """Count one more file with which this was done."""
        self.acts[act] = self.acts.get(act, 0) + 1

    def note(self, reason: str, file: str) -> None:
        """Keep why a file was not taken as it is called."""
        self.notes.append((file.encode("utf-8", "replace").decode(), reason))

    def left(self) -> int:
        """Return how many files were not taken."""
        return sum(reason in REASONS for _, reason in self.notes)

    def revisions(self) -> int:
        """Return how many revisions were made."""
        return sum(count for act, count in self.acts.items() if act not in {"same", "skip"})


def as_json(report: FolderReport) -> dict[str, object]:
    """Return the report for a program to read."""
    return asdict(report)


def lines(report: FolderReport) -> Iterator[str]:
    """Yield a line for each file that was not taken or is called otherwise, and one for others."""
    for file, reason in sorted(report.notes):
        if reason in RENAMED:
            yield f"Named otherwise: {file}: {RENAMED[reason]}"
        else:
            yield f"Not taken: {file}: {REASONS[reason]}"
    yield from tally.other_files(report.other_files)


def last_line(report: FolderReport) -> str:
    """Return what the import did, in one line."""
    left = report.left()
    parts = [f"{report.acts[act]:,} {words}" for act, words in _DONE.items() if act in report.acts]
    parts += [f"{left:,} not taken"] if left else []
    summary = ", ".join(parts) or "no pages"
    return f"{tally.counted(report.files, 'file')} in {report.seconds:.1f} s: {summary}."
