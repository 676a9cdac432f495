"""What a comparison says as read: notes where they stand, fields and places in words."""

from tests.integration.pages.conftest import See, Write

NOTED = """We ask everybody[^ask] once a year.

We print what they said.

[^ask]: Since the year of the flood.
"""


def test_a_note_is_shown_only_where_it_stands(write: Write, see: See) -> None:
    write("aims", NOTED, NOTED.replace("once", "twice"), NOTED.replace("print", "read"))
    for pair in ("1..2", "2..3"):
        text = see(f"/pages/aims/compare/{pair}").select("main")[0]
        assert text.get_text().count("Since the year of the flood.") == 1
        assert not text.select(".footnotes")
        assert "everybody[^ask]" in text.get_text()
        shown = " ".join(text.get_text().split())
        assert shown.index("what they said.") < shown.index("[^ask]: Since")


def test_a_changed_note_is_marked_where_it_stands(write: Write, see: See) -> None:
    write("aims", NOTED, NOTED.replace("flood", "fire"))
    blocks = see("/pages/aims/compare/1..2").select(".change-block")
    assert len(blocks) == 1
    assert "fire" in blocks[0].select("ins")[0].get_text()


def test_fields_are_called_by_friendly_names_as_read(write: Write, see: See) -> None:
    fields = "---\nproblem: No paths\nowner: ana@example.org\ntags: one\n---\nText.\n"
    write("aims", fields, fields.replace("paths", "roads").replace("ana@", "ben@"))
    words = see("/pages/aims/compare/1..2").select(".change-block__body")[0].get_text()
    assert "The problem we are trying to solve: No" in words
    assert "Looked after by:" in words
    assert "owner:" not in words
    written = see("/pages/aims/compare/1..2?text=written").select(".change-block__body")[0]
    assert "owner: " in written.get_text()


def test_a_change_before_the_first_heading_says_where_it_is(write: Write, see: See) -> None:
    write("aims", "One old word.", "One new word.")
    page = see("/pages/aims/compare/1..2")
    title = " ".join(page.select(".change-block__title")[0].get_text().split())
    assert title == "Change 1 of 1 at the start of the page"
    assert "At the start of the page" in page.select(".change-list")[0].get_text()
