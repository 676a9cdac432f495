"""What becomes of the place of a deleted page: its own address, and those it had before."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.integration.acts.conftest import Write, form_of, words_of
from tests.integration.acts.moves import move_as_seen

Heads = Callable[[], dict[str, str]]


def test_a_page_comes_back_where_it_was_though_nothing_stands_above_it(
    write: Write, fay: FlaskClient, heads: Heads
) -> None:
    for path in ("aims", "aims/first", "aims/first/step"):
        page = write(path)
    _delete(fay, "aims", with_pages="1")
    shown = fay.get(f"/deleted/{page.id}")
    assert "aims/first (no page there now)" in words_of(shown)
    answer = fay.post(f"/deleted/{page.id}", data=form_of(shown, "Bring it back"))
    assert (answer.status_code, answer.location) == (303, "/pages/aims/first/step")
    assert set(heads()) == {"aims/first/step"}


def test_an_old_address_of_a_deleted_page_leads_to_what_is_said_of_it(
    write: Write, fay: FlaskClient
) -> None:
    write("aims")
    move_as_seen(fay, "aims", title="Goals")
    _delete(fay, "goals", reason="Twice here")
    answer = fay.get("/pages/aims")
    assert (answer.status_code, answer.location) == (301, "/pages/goals")
    assert "Twice here" in words_of(fay.get("/pages/goals"))
    write("ends")
    move_as_seen(fay, "ends", title="Goals")
    assert fay.get("/pages/aims").status_code == 404


def _delete(browser: FlaskClient, path: str, reason: str = "Out of date", **more: str) -> str:
    sent = form_of(browser.get(f"/pages/{path}/delete"), "Delete this page") | more
    answer = browser.post(f"/pages/{path}/delete", data=sent | {"reason": reason})
    assert answer.status_code == 303, words_of(answer)
    return answer.location
