"""What an import says of itself."""

import json

from wiki.transfer.rules import tally
from wiki.transfer.rules.tally import Report, Tally


def report(**facts: object) -> Report:
    known: dict[str, object] = {
        "branch": "main",
        "commits": 3,
        "commits_without_pages": 0,
        "revisions": 2,
        "pages": 1,
        "pages_made": 1,
        "pages_deleted": 0,
        "authors": 1,
        "people_made": 1,
        "reasons": {},
        "examples": {},
        "other_files": {},
        "seconds": 0.5,
    }
    return Report(**{**known, **facts})  # type: ignore[arg-type]


def test_ten_examples_are_kept_and_all_are_counted() -> None:
    counted = Tally()
    for number in range(25):
        counted.note("size", f"file-{number}.md")
    assert counted.reasons == {"size": 25}
    assert len(counted.examples["size"]) == 10


def test_every_reason_is_said_with_its_number_and_examples() -> None:
    reasons = dict.fromkeys([*tally.NOT_TAKEN, *tally.RENAMED], 2)
    examples = {reason: ["a.md"] for reason in reasons}
    said = list(tally.lines(report(reasons=reasons, examples=examples)))
    assert len(said) == len(reasons)
    assert all(line.endswith(": 2 (a.md)") for line in said)


def test_commits_that_changed_no_page_are_said_with_examples_if_there_are_any() -> None:
    (bare,) = tally.lines(report(commits_without_pages=1200))
    assert bare == "Commits that changed no page: 1,200"
    (shown,) = tally.lines(report(commits_without_pages=2, examples={"no-page": ["a1", "b2"]}))
    assert shown == "Commits that changed no page: 2 (a1; b2)"


def test_a_program_reads_every_fact_of_the_report() -> None:
    facts = tally.as_json(report(reasons={"size": 2}, examples={"size": ["a.md"]}))
    assert json.loads(json.dumps(facts)) == facts
    assert facts["reasons"] == {"size": 2}
    assert facts["examples"] == {"size": ["a.md"]}
    assert {name: facts[name] for name in ("branch", "commits", "seconds")} == {
        "branch": "main",
        "commits": 3,
        "seconds": 0.5,
    }


def test_one_is_not_said_as_many() -> None:
    said = tally.last_line(report(commits=1, revisions=1))
    assert said == (
        "1 revision by 1 person taken from 1 commit of main in 0.5 s: 1 page (1 new), 1 new member."
    )


def test_nothing_new_is_said_so() -> None:
    assert "Nothing new" in tally.last_line(report(commits=0, revisions=0))


def test_files_of_other_kinds_are_counted_by_ending() -> None:
    said = list(tally.lines(report(other_files={".png": 3, ".css": 12})))
    assert said == ["Left where they are because they are no Markdown: 12 .css, 3 .png"]


def test_a_name_that_is_no_text_can_be_shown() -> None:
    counted = Tally()
    counted.note("file-name", "caf\udce9.md")
    assert counted.examples["file-name"] == ["caf?.md"]
