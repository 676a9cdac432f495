"""What a text says about its page, and what may be kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wiki.errors import Invalid, TooLarge
from wiki.pages import rules

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_field_names_the_page_before_its_heading_does() -> None:
    assert rules.title("---\ntitle: Our aims\n---\n# Aims\n", "aims") == "Our aims"


def test_the_first_heading_names_a_page_without_the_field() -> None:
    assert rules.title("Some words first.\n\n## What we want\n", "aims") == "What we want"


def test_a_page_without_field_and_heading_is_named_after_its_path() -> None:
    assert rules.title("Only words.\n", "strategy/first-steps") == "First steps"


def test_a_title_is_cut_to_what_the_table_holds() -> None:
    assert len(rules.title(f"# {'long ' * 100}\n", "aims")) == rules.TITLE_LIMIT


def test_a_title_that_is_cut_is_told() -> None:
    for written in ("# {}\n", "---\ntitle: {}\n---\nWords.\n"):
        assert rules.is_title_cut(written.format("x" * (rules.TITLE_LIMIT + 1)))
        assert not rules.is_title_cut(written.format("x" * rules.TITLE_LIMIT))
    assert not rules.is_title_cut("Only words.\n" * 100)


def test_fields_become_facts_of_the_page() -> None:
    text = (
        "---\nproblem: Nobody writes.\norder: 3\nowner: Ada <Ada@Example.org>\n---\nShort words.\n"
    )
    found = rules.facts(text, "aims")
    assert (found.problem, found.position, found.owner_email, found.words) == (
        "Nobody writes.",
        3,
        "ada@example.org",
        2,
    )


def test_tags_are_sorted_and_none_stands_twice() -> None:
    assert rules.tags("---\ntags: youth, digital, youth\n---\n") == ["digital", "youth"]


@pytest.mark.parametrize(
    ("text", "path", "language"),
    [
        ("---\nlang: FR\n---\nThe words are English.", "en/aims", "fr"),
        ("Die Worte sind deutsch.", "fr/objectifs", "fr"),
        ("The words of the page are in English and that is it.", "aims", "en"),
        ("Les mots de la page sont en français et nous en avons une.", "objectifs", "fr"),
        ("---\nlang: not a language\n---\nWords.", "aims", "en"),
        ("", "aims", "en"),
    ],
)
def test_a_language_comes_from_field_path_or_words(text: str, path: str, language: str) -> None:
    assert rules.facts(text, path).language == language


def test_a_text_is_kept_to_the_byte() -> None:
    text = "\ufeffOne\r\ntwo\n\n three \rfour e\u0301 🙂"
    assert rules.kept(text).decode() == text


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_a_text_that_no_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.kept(text)


def test_a_text_over_the_limit_is_refused_by_its_bytes() -> None:
    assert rules.kept("é" * (rules.TEXT_LIMIT_BYTES // 2))
    with pytest.raises(TooLarge):
        rules.kept("é" * (rules.TEXT_LIMIT_BYTES // 2 + 1))


@pytest.mark.parametrize(
    ("model", "expected"), [("one\ntwo\n", "one\nthree\n"), ("one\r\ntwo\r\n", "one\r\nthree\r\n")]
)
def test_what_a_browser_sends_gets_the_line_ends_of_the_page(model: str, expected: str) -> None:
    assert rules.with_line_ends_of("one\r\nthree\r\n", model) == expected


def test_a_long_note_is_cut_at_a_word() -> None:
    note = rules.short_note("word " * 500)
    assert len(note) <= rules.NOTE_LIMIT
    assert note.endswith("word…")


def test_a_note_that_is_short_enough_only_loses_what_nobody_sees() -> None:
    whole = "n" * rules.NOTE_LIMIT
    assert rules.short_note(f"  {whole}\0\n") == whole
    assert rules.short_note(whole + "n") == whole[:-1] + "…"


def test_a_note_that_would_be_cut_is_refused() -> None:
    rules.check_note(f" {'n' * rules.NOTE_LIMIT}\0 ")
    with pytest.raises(Invalid, match="You have used 1001") as refused:
        rules.check_note("n" * (rules.NOTE_LIMIT + 1))
    assert refused.value.field == "note"


def test_an_hour_between_two_saves_of_one_person_is_one_sitting() -> None:
    assert rules.is_same_sitting(gap=timedelta(minutes=60), is_same_author=True)
    assert not rules.is_same_sitting(gap=timedelta(minutes=61), is_same_author=True)
    assert not rules.is_same_sitting(gap=timedelta(minutes=1), is_same_author=False)


def test_time_never_runs_back_inside_a_page() -> None:
    earlier = NOON - timedelta(days=1)
    assert rules.moment_after(NOON, earlier) == NOON
    assert rules.moment_after(earlier, NOON) == NOON
    assert rules.moment_after(None, NOON) == NOON


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-23", "2026-11-20"),  # Monday: Friday
        ("2026-11-24", "2026-11-23"),
        ("2026-11-27", "2026-11-26"),
        ("2026-11-28", "2026-11-27"),  # Saturday: Friday
        ("2026-11-29", "2026-11-27"),  # Sunday: Friday
    ],
)
def test_the_working_day_before_is_never_at_a_weekend(day: str, before: str) -> None:
    assert rules.working_day_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_what_stands_under_templates_is_there_to_begin_from() -> None:
    assert rules.is_template("templates")
    assert rules.is_template("templates/action")
    assert not rules.is_template("templates-of-old")
    assert not rules.is_template("strategy/templates")
