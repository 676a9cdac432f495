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
