"""The sample strategy: what must stay true of it, and what its reader refuses."""

import re
from collections import Counter, defaultdict
from datetime import time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from wiki.text import frontmatter, paths
from wiki.text.sections import sections
from wiki.transfer.rules.sample import Sample, SampleRevision, read_sample

FOLDER = Path(__file__).parents[3] / "wiki" / "transfer" / "sample"
SAMPLE = read_sample(FOLDER)

# Pages that the strategy names and nobody has written yet.
WANTED = {"actions/young-peoples-panel", "strategy/house-rules"}


def _by_page(sample: Sample) -> dict[str, list[SampleRevision]]:
    pages: dict[str, list[SampleRevision]] = defaultdict(list)
    for revision in sample.revisions:
        pages[revision.page].append(revision)
    return pages


PAGES = _by_page(SAMPLE)
HEADS = {path: revisions[-1] for path, revisions in PAGES.items()}


def _age(revision: SampleRevision) -> timedelta:
    return timedelta(days=revision.days_ago) - timedelta(
        hours=revision.at.hour, minutes=revision.at.minute
    )


def _words(text: str) -> int:
    return len(text.split())


def test_there_is_a_dozen_pages_with_something_to_read() -> None:
    assert 12 <= len(PAGES) <= 15
    assert 6000 <= sum(_words(head.text) for head in HEADS.values()) <= 8000


def test_the_tree_has_two_levels_and_every_branch_a_page_of_its_own() -> None:
    assert all(path.count("/") <= 1 for path in PAGES)
    assert {path.split("/")[0] for path in PAGES} <= set(PAGES)


def test_a_page_file_is_named_after_the_path_the_page_has_today() -> None:
    files = {
        file.relative_to(FOLDER / "pages").with_suffix("").as_posix()
        for file in (FOLDER / "pages").rglob("*.yaml")
    }
    assert files == set(PAGES)


def test_no_page_has_a_path_that_the_wiki_would_refuse() -> None:
    assert {paths.refusal(revision.path) for revision in SAMPLE.revisions} == {None}


def test_every_revision_says_what_it_is_whose_and_which_problem_it_is_about() -> None:
    emails = {member.email for member in SAMPLE.members}
    for revision in SAMPLE.revisions:
        front = frontmatter.split(revision.text)
        assert set(front.fields) == set(frontmatter.KNOWN_FIELDS)
        assert all(front.fields.values())
        assert front.owner in emails
        assert front.lang == "en"


def test_no_two_pages_share_a_title_or_a_place_among_their_neighbours() -> None:
    fronts = {path: frontmatter.split(head.text) for path, head in HEADS.items()}
    assert len({front.title for front in fronts.values()}) == len(PAGES)
    assert len({(paths.parent(path), front.order) for path, front in fronts.items()}) == len(PAGES)


def test_the_history_is_sixty_to_eighty_revisions_over_half_a_year() -> None:
    assert 60 <= len(SAMPLE.revisions) <= 80
    assert 150 <= SAMPLE.revisions[0].days_ago <= 200


def test_the_newest_revision_is_fresh_but_never_in_the_future() -> None:
    newest = SAMPLE.revisions[-1]
    assert newest.days_ago == 1
    assert sum(revision.days_ago <= 7 for revision in SAMPLE.revisions) >= 5


def test_revisions_come_in_the_order_of_time_and_each_page_counts_without_gaps() -> None:
    ages = [_age(revision) for revision in SAMPLE.revisions]
    assert ages == sorted(ages, reverse=True)
    for revisions in PAGES.values():
        assert [revision.number for revision in revisions] == list(range(1, len(revisions) + 1))
        assert len({_age(revision) for revision in revisions}) == len(revisions)


def test_two_people_wrote_nearly_everything() -> None:
    shares = Counter(revision.author for revision in SAMPLE.revisions).most_common()
    assert shares[0][1] / len(SAMPLE.revisions) >= 0.5
    assert 0.2 <= shares[1][1] / len(SAMPLE.revisions) <= 0.3
    assert all(count <= 3 for _, count in shares[2:])


def test_most_members_never_wrote_a_word() -> None:
    writers = {revision.author for revision in SAMPLE.revisions}
    silent = [member for member in SAMPLE.members if member.email not in writers]
    assert len(silent) >= 12


def test_what_the_strategy_says_about_its_own_writers_is_true() -> None:
    counts = Counter(revision.author for revision in SAMPLE.revisions).most_common()
    text = HEADS["about"].text
    assert len(SAMPLE.members) == 24
    assert len(counts) == 7
    assert "Twenty-four colleagues have signed up, from all six services." in text
    assert "more than four in every five" in text
    assert sum(count for _, count in counts[:2]) / len(SAMPLE.revisions) > 0.8
    assert "The other seventeen have not yet changed a word." in text


def test_members_are_in_six_teams_with_one_facilitator_one_reviewer_and_no_admin() -> None:
    roles = Counter(member.role for member in SAMPLE.members)
    assert len({member.team for member in SAMPLE.members}) == 6
    assert roles == {"facilitator": 1, "reviewer": 1, "member": len(SAMPLE.members) - 2}


def test_every_address_anywhere_ends_in_example_org() -> None:
    everything = "".join(
        file.read_text(encoding="utf-8") for file in FOLDER.rglob("*") if file.is_file()
    )
    hosts = set(re.findall(r"[\w.-]+@([\w.-]+)", everything))
    assert hosts == {"example.org"}
    assert "://" not in everything


def test_one_page_was_written_by_somebody_who_only_ever_wrote_that() -> None:
    authors = {revision.author for revision in PAGES["actions/estate-walkabouts"]}
    assert len(authors) == 1
    theirs = [revision for revision in SAMPLE.revisions if revision.author in authors]
    assert {revision.page for revision in theirs} == {"actions/estate-walkabouts"}


def test_a_big_cut_is_undone_the_next_day() -> None:
    (restored,) = [one for one in SAMPLE.revisions if one.kind == "restore"]
    revisions = PAGES[restored.page]
    cut = revisions[restored.number - 2]
    before = revisions[cut.number - 2]
    assert restored.restores == before.number
    assert restored.text == before.text
    assert _words(cut.text) < _words(before.text) * 0.7
    assert cut.days_ago - restored.days_ago == 1
    assert cut.author != restored.author


def test_one_page_was_renamed_once() -> None:
    (renamed,) = [one for one in SAMPLE.revisions if one.kind == "rename"]
    assert {one.path for one in PAGES[renamed.page][: renamed.number - 1]} == {"strategy/tools"}
    assert {one.path for one in PAGES[renamed.page][renamed.number - 1 :]} == {"strategy/channels"}


def test_a_paragraph_moves_without_a_word_changed() -> None:
    before, after = PAGES["strategy"][7].text, PAGES["strategy"][8].text
    assert before != after
    assert sorted(before.split("\n\n")) == sorted(after.split("\n\n"))


def test_one_revision_changes_only_the_layout() -> None:
    before, after = PAGES["strategy/aims"][4].text, PAGES["strategy/aims"][5].text
    assert before != after
    assert re.findall(r"\w+", before) == re.findall(r"\w+", after)


def test_people_save_several_times_within_an_hour() -> None:
    neighbours = [
        (one, two)
        for revisions in PAGES.values()
        for one, two in pairwise(revisions)
        if one.author == two.author and _age(one) - _age(two) <= timedelta(hours=1)
    ]
    assert len(neighbours) >= 4


def test_some_revisions_are_minor_and_some_have_no_note() -> None:
    assert sum(revision.minor for revision in SAMPLE.revisions) >= 3
    assert sum(not revision.note for revision in SAMPLE.revisions) >= 4


def test_some_sections_need_words_and_most_do_not() -> None:
    found = [section.need for head in HEADS.values() for section in sections(head.text)]
    needs = Counter(found)
    assert needs["placeholder"] >= 5
    assert needs["empty"] >= 3
    assert needs["stub"] == 1
    assert needs[None] > len(found) * 0.75


def test_every_link_leads_to_a_page_or_to_one_that_is_known_to_be_wanted() -> None:
    titles = {frontmatter.split(head.text).title for head in HEADS.values()}
    targets = {
        target
        for head in HEADS.values()
        for target in re.findall(r"\[\[([^\]|]+)(?:\|[^\]]+)?\]\]", head.text)
    }
    assert targets - set(PAGES) - titles == WANTED


def test_every_form_of_writing_is_shown_somewhere() -> None:
    text = "\n".join(head.text for head in HEADS.values())
    for mark in (r"^\| --- ", r"^- \[x\] ", r"^- \[ \] ", r"^\[\^\w+\]: ", r"^: ", r"^> ", r"~~\w"):
        assert re.search(mark, text, re.MULTILINE), mark


MEMBERS = "name,email,team,role,signed_up_days_ago\nAnn,ann@example.org,One,member,9\n"
FIRST = (
    "path: page\nrevisions:\n- {when: '9 days ago, 10:00', by: ann@example.org, text: one two}\n"
)


def _read(folder: Path, page: str, members: str = MEMBERS) -> Sample:
    (folder / "pages").mkdir()
    (folder / "members.csv").write_text(members, encoding="utf-8")
    (folder / "pages" / "page.yaml").write_text(page, encoding="utf-8")
    return read_sample(folder)


def _second(fields: str, when: str = "8 days ago, 10:00") -> str:
    return f"{FIRST}- {{when: '{when}', by: ann@example.org, {fields}}}\n"


def test_edits_apply_in_order_and_blank_lines_close_up(tmp_path: Path) -> None:
    edits = "edits: [{find: two, put: three}, {append: four}, {find: three, put: ''}]"
    second = _read(tmp_path, _second(edits)).revisions[-1]
    assert second.text == "one \n\nfour\n"
    assert (second.number, second.kind, second.at) == (2, "edit", time(10))


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (_second("edits: [{find: three, put: x}]"), "page.yaml, revision 2: .* stand 0 times"),
        (_second("edits: [{cut: o}]"), "stand 2 times"),
        (_second("edits: [{find: two}]"), "an edit is find and put, cut or append"),
        (_second("edits: [{find: two, put: two}]"), "it changes nothing"),
        (_second("restore: 1"), "no earlier revision 1"),
        (_second("edit: []"), "nobody knows the field edit"),
        (_second("text: x", when="9 days ago, 10:00"), "not later than the one before"),
        (_second("text: x", when="yesterday"), "should read like"),
        (FIRST.replace("text", "restore"), "the first revision needs its whole text"),
        (FIRST.replace("9 days", "10 days"), "had not signed up yet"),
        (FIRST.replace("by: ann@example.org, ", ""), "by should say who made it"),
        (FIRST.replace("ann@", "bob@"), "is not in members.csv"),
        (FIRST.replace("path:", "title:"), "a path and revisions"),
        (FIRST.replace("}", ""), "is not YAML"),
    ],
)
def test_a_history_that_does_not_fit_is_refused(tmp_path: Path, page: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        _read(tmp_path, page)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        (MEMBERS + MEMBERS.splitlines()[1] + "\n", "two of the member ann@example.org"),
        (MEMBERS.replace("team,", ""), "the first line should be"),
    ],
)
def test_members_that_do_not_fit_are_refused(tmp_path: Path, members: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        _read(tmp_path, FIRST, members)
