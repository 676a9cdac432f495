"""What an import took and what it did not, counted by reason, said in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

EXAMPLES = 10
NAME_LIMIT = 120

# Why a change of one file was not taken, or its page is not called like it.
NOT_TAKEN: Mapping[str, str] = {
    "same": "only the name or the mode of the file changed, not its page",
    "encoding": "the file is no UTF-8 text",
    "size": "the file holds more than 500 kB",
    "link": "it is a link to another file or repository",
    "file-name": "nothing of the file's name can name a page",
    "edited-here": "somebody has changed the page in this wiki since",
}
RENAMED: Mapping[str, str] = {
    "door": "the wiki itself uses that name",
    "name": "the name is too long or lies too deep",
    "taken": "another page stands there",
}


@dataclass(slots=True)
class Tally:
    """What an import did, counted while it goes on; `busy` commits changed a page."""

    commits: int = 0
    revisions: int = 0
    made: int = 0
    busy: set[str] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)
    reasons: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, reason: str, example: str) -> None:
        """Count one more of `reason`, and keep the first few examples."""
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        kept = self.examples.setdefault(reason, [])
        if len(kept) < EXAMPLES:
            kept.append(example.encode("utf-8", "replace").decode()[:NAME_LIMIT])


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What an import did, once it is over. `other_files` are counts by ending."""

    branch: str
    commits: int
    commits_without_pages: int
    revisions: int
    pages: int
    pages_made: int
    pages_deleted: int
    authors: int
    people_made: int
    reasons: Mapping[str, int]
    examples: Mapping[str, list[str]]
    other_files: Mapping[str, int]
    seconds: float


def as_json(report: Report) -> dict[str, object]:
    """Return the report for a program to read."""
    return asdict(report)


def lines(report: Report) -> Iterator[str]:
    """Yield what was not taken or taken otherwise, and why, a line each with examples."""
    if report.commits_without_pages:
        examples = _shown(report.examples.get("no-page", []))
        yield f"Commits that changed no page: {report.commits_without_pages:,}{examples}"
    for opening, reasons in (("Not taken", NOT_TAKEN), ("Named otherwise", RENAMED)):
        for reason, sentence in reasons.items():
            if count := report.reasons.get(reason):
                examples = _shown(report.examples[reason])
                yield f"{opening} because {sentence}: {count:,}{examples}"
    yield from other_files(report.other_files)


def other_files(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the line that says how many files of which endings were left, if there are any."""
    endings = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{count:,} {ending}" for ending, count in endings[:EXAMPLES])
    if listed:
        yield f"Left where they are because they are no Markdown: {listed}"


def last_line(report: Report) -> str:
    """Return what the import did, in one line."""
    if not report.commits:
        return f"Nothing new on {report.branch}: everything was in the wiki already."
    deleted = f", {report.pages_deleted:,} of them deleted" if report.pages_deleted else ""
    return (
        f"{counted(report.revisions, 'revision')} by "
        f"{counted(report.authors, 'person', 'people')} taken from "
        f"{counted(report.commits, 'commit')} of {report.branch} in {report.seconds:.1f} s: "
        f"{counted(report.pages, 'page')} ({report.pages_made:,} new{deleted}), "
        f"{counted(report.people_made, 'new member')}."
    )


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _shown(examples: list[str]) -> str:
    return f" ({'; '.join(examples)})" if examples else ""
