"""What an import took and what it did not, counted by reason, said in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

EXAMPLES = 10
NAME_LIMIT = 120

# Reasons with the sentence that says so; `{count}` is how often. Of one file in one commit each.
NOT_TAKEN: Mapping[str, str] = {
    "same": "changed a file's name or mode only, so that its page stayed as it was",
    "encoding": "no UTF-8 text, so that nobody can read them here",
    "size": "over 500 kB, which is more than a page may hold",
    "link": "links to other files or other repositories, not files of their own",
    "file-name": "in files whose names cannot be made the name of a page",
    "edited-here": "of pages that somebody has changed in this wiki since; those stay as they are",
}
RENAMED: Mapping[str, str] = {
    "door": "named like something of the wiki's own, so -page was added",
    "name": "with a name too long or too deep, so only its last part was kept",
    "taken": "at an address where another page stands, so a number was added",
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
        yield f"{report.commits_without_pages:,} commits changed no page{examples}"
    for reason, sentence in NOT_TAKEN.items():
        if count := report.reasons.get(reason):
            yield f"Not taken: {count:,} {sentence}{_shown(report.examples[reason])}"
    for reason, sentence in RENAMED.items():
        if count := report.reasons.get(reason):
            yield f"Named otherwise: {count:,} {sentence}{_shown(report.examples[reason])}"
    if report.other_files:
        endings = sorted(report.other_files.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{count:,} {ending}" for ending, count in endings[:EXAMPLES])
        yield f"Left where they are, as they are no Markdown: {listed}"


def last_line(report: Report) -> str:
    """Return what the import did, in one line."""
    if not report.commits:
        return f"Nothing new on {report.branch}: everything was in the wiki already."
    deleted = f", {report.pages_deleted:,} of them deleted" if report.pages_deleted else ""
    return (
        f"{report.revisions:,} revisions by {report.authors:,} people taken from "
        f"{report.commits:,} commits of {report.branch} in {report.seconds:.1f} s: "
        f"{report.pages:,} pages ({report.pages_made:,} new{deleted}), "
        f"{report.people_made:,} new members."
    )


def _shown(examples: list[str]) -> str:
    return f": {'; '.join(examples)}" if examples else "."
