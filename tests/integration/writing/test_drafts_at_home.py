"""My drafts on my home page."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests import make
from wiki.storage.engine import Database


def test_home_lists_my_drafts_at_once_and_nobody_elses(
    signed_in: Callable[..., FlaskClient], database: Database, client: FlaskClient
) -> None:
    with database.begin() as session:
        for number in range(4):
            make.page(session, path=f"page-{number}", text=f"# Page {number}\n\nWords.\n")
    mine, theirs = signed_in(), signed_in()
    assert "unsaved draft" not in mine.get("/").text
    for number in range(4):
        typed = {
            "path": f"page-{number}",
            "form": f"form-{number}",
            "base": "1",
            "text": f"# Page {number}\n\nMore words.\n",
        }
        assert mine.post("/drafts", data=typed).status_code == 200
        told = f"You have {number + 1} unsaved draft"
        assert told in mine.get("/").text
    page = mine.get("/").text
    assert "Page 3" in page
    assert "All your drafts" in page
    assert "unsaved draft" not in theirs.get("/").text
    assert "unsaved draft" not in client.get("/").text


def test_drafts_of_one_page_are_told_apart(
    signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text="# Aims\n")
    ann = signed_in()
    for number in range(2):
        text = "# Aims\n" + "word " * (number + 6)
        typed = {"path": "aims", "form": f"form-000{number}", "base": "1", "text": text}
        assert ann.post("/drafts", data=typed | {"note": f"Note {number}"}).status_code == 200
    for address in ("/", "/pages/aims/edit"):
        page = ann.get(address).text
        for number in range(2):
            assert f", {number + 7} words, “Note {number}”" in page


def test_a_long_list_of_drafts_goes_on_page_by_page(
    signed_in: Callable[..., FlaskClient],
) -> None:
    ann = signed_in()
    for number in range(31):
        typed = {"path": f"page-{number}", "form": f"form-{number:04}", "base": "0", "text": "One"}
        assert ann.post("/drafts", data=typed).status_code == 200
    first, second = ann.get("/drafts").text, ann.get("/drafts?page=2").text
    assert (first.count("draft-row__title"), second.count("draft-row__title")) == (30, 1)
    assert 'href="/drafts?page=2">Older drafts' in first
    assert 'href="/drafts?page=1">Newer drafts' in second
    assert "Older drafts" not in second
    assert ann.get("/drafts?page=999999999").status_code == 200
