"""Deleting and bringing back: with a reason, by the right people, and never for good."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.integration.acts.conftest import Write, form_of, words_of
from wiki.pages.models import Page
from wiki.people.models import Person

Heads = Callable[[], dict[str, str]]
Lines = Callable[[Page], list[tuple[int, str, str]]]


def _delete(browser: FlaskClient, path: str, reason: str = "Out of date", **more: str) -> str:
    sent = form_of(browser.get(f"/pages/{path}/delete"), "Delete this page") | more
    answer = browser.post(f"/pages/{path}/delete", data=sent | {"reason": reason})
    assert answer.status_code == 303, words_of(answer)
    return answer.location


def test_a_page_is_deleted_with_its_reason(
    write: Write, fay: FlaskClient, heads: Heads, lines: Lines, diary: Callable[[], list[str]]
) -> None:
    aims = write("strategy/aims")
    write("strategy")
    write("roads", "[Aims](/pages/strategy/aims)\n")
    page = fay.get("/pages/strategy/aims/delete")
    assert "1 page links here" in words_of(page)
    assert "its history is kept" in words_of(page)
    assert _delete(fay, "strategy/aims") == "/pages/strategy"
    said = fay.get("/pages/strategy")
    assert "“Aims” has been deleted." in words_of(said)
    assert set(heads()) == {"strategy", "roads"}
    assert lines(aims)[-1] == (2, "delete", "Out of date")
    assert diary() == ["page.deleted"]
    assert fay.get("/pages/strategy/aims").status_code == 404
    assert fay.get("/pages/strategy/aims/history").status_code == 200
    assert "strategy/aims" not in fay.get("/search?q=aims").text.replace("q=aims", "")


def test_a_reason_is_needed_and_what_was_typed_stays(write: Write, fay: FlaskClient) -> None:
    write("aims")
    write("aims/first")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page")
    answer = fay.post("/pages/aims/delete", data=sent | {"reason": " ", "with_pages": "1"})
    assert answer.status_code == 422
    assert "Say in a few words why." in words_of(answer)
    assert "with_pages" in form_of(answer, "Delete this page")


def test_a_long_reason_is_refused_and_not_cut(write: Write, fay: FlaskClient, lines: Lines) -> None:
    aims = write("aims")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page")
    answer = fay.post("/pages/aims/delete", data=sent | {"reason": "x" * 301})
    assert answer.status_code == 422
    assert "Use at most 300 characters. You have used 301." in words_of(answer)
    assert form_of(answer, "Delete this page")["reason"] == ["x" * 301]
    _delete(fay, "aims", "y" * 300)
    assert lines(aims)[-1] == (2, "delete", "y" * 300)


def test_the_pages_under_it_go_too_only_when_asked(
    write: Write, fay: FlaskClient, heads: Heads
) -> None:
    write("aims")
    write("aims/first")
    _delete(fay, "aims")
    assert set(heads()) == {"aims/first"}
    write("goals")
    write("goals/first")
    _delete(fay, "goals", with_pages="1")
    assert set(heads()) == {"aims/first"}


def test_a_form_sent_twice_deletes_once(write: Write, fay: FlaskClient, lines: Lines) -> None:
    aims = write("aims")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page") | {"reason": "Old"}
    fay.post("/pages/aims/delete", data=sent)
    again = fay.post("/pages/aims/delete", data=sent)
    assert (again.status_code, again.location) == (303, "/pages/aims/history")
    assert len(lines(aims)) == 2


def test_a_page_that_was_changed_meanwhile_is_looked_at_again(
    write: Write, fay: FlaskClient, add: Callable[..., None]
) -> None:
    aims = write("aims")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page") | {"reason": "Old"}
    add(aims, "# Aims\n\nNew words.\n")
    answer = fay.post("/pages/aims/delete", data=sent)
    assert answer.status_code == 409
    assert "The page was changed while you looked at it." in words_of(answer)
    sent = form_of(answer, "Delete this page") | {"reason": "Old"}
    assert fay.post("/pages/aims/delete", data=sent).status_code == 303


def test_only_facilitators_and_its_only_author_delete_a_page(
    write: Write,
    ben: FlaskClient,
    fay: FlaskClient,
    browser_of: Callable[[Person], FlaskClient],
    ana: Person,
) -> None:
    write("aims")
    assert ben.get("/pages/aims/delete").status_code == 403
    assert "/delete" not in ben.get("/pages/aims").text
    assert "/pages/aims/delete" in fay.get("/pages/aims").text
    own = browser_of(ana)
    _delete(own, "aims")
    assert "Aims" in words_of(own.get("/deleted"))
    assert "Nothing is deleted" in words_of(ben.get("/deleted"))


def test_the_address_of_a_deleted_page_says_who_deleted_it_and_why(
    write: Write, ben: FlaskClient, fay: FlaskClient, client: FlaskClient
) -> None:
    aims = write("aims")
    write("aims/first")
    _delete(fay, "aims", reason="Twice here")
    gone = fay.get("/pages/aims")
    assert gone.status_code == 404
    assert "Deleted by Fay Osei," in words_of(gone)
    assert ": “Twice here”." in words_of(gone)
    assert f'href="/deleted/{aims.id}">Bring it back' in gone.text
    assert 'href="/pages/aims/history"' in gone.text
    assert 'href="/pages/aims/first"' in gone.text
    assert "Nobody has written this page yet" not in words_of(gone)
    for other in (ben, client):
        shown = other.get("/pages/aims")
        assert "Twice here" in words_of(shown)
        assert "A facilitator can bring it back" in words_of(shown)
        assert "/deleted/" not in shown.text
    assert "/pages/aims/edit" in ben.get("/pages/aims").text
    assert "/pages/aims/edit" not in client.get("/pages/aims").text


def test_a_deleted_page_is_found_read_and_brought_back(
    write: Write, fay: FlaskClient, heads: Heads, lines: Lines
) -> None:
    aims = write("aims", "# Aims\n\nFirst words.\n", "# Aims\n\nLast words.\n")
    _delete(fay, "aims")
    listed = fay.get("/deleted")
    assert "Deleted by Fay Osei" in words_of(listed)
    assert "Out of date" in words_of(listed)
    page = fay.get(f"/deleted/{aims.id}")
    assert "Last words." in words_of(page)
    assert "First words." in words_of(fay.get(f"/deleted/{aims.id}?revision=1"))
    sent = form_of(page, "Bring it back") | {"note": "Needed after all"}
    answer = fay.post(f"/deleted/{aims.id}", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert heads()["aims"] == "# Aims\n\nLast words.\n"
    assert lines(aims)[-1] == (4, "undelete", "Needed after all")
    again = fay.post(f"/deleted/{aims.id}", data=sent)
    assert (again.status_code, again.location) == (303, "/pages/aims")
    assert len(lines(aims)) == 4


def test_a_page_whose_address_was_taken_is_not_lost(
    write: Write, fay: FlaskClient, heads: Heads
) -> None:
    aims = write("aims", "# Aims\n\nThe old ones.\n")
    _delete(fay, "aims")
    write("goals")
    sent = form_of(fay.get("/pages/goals/move"), "See what will happen") | {"name": "aims"}
    look = fay.post("/pages/goals/move", data=sent)
    fay.post("/pages/goals/move", data=form_of(look, "Move the page"))
    assert "Goals" in words_of(fay.get("/pages/aims"))
    assert "There is another page at its address now." in words_of(fay.get("/deleted"))
    page = fay.get(f"/deleted/{aims.id}")
    assert "The old ones." in words_of(page)
    answer = fay.post(f"/deleted/{aims.id}", data=form_of(page, "Bring it back"))
    assert answer.status_code == 422
    assert "There is already a page called aims." in words_of(answer)
    sent = form_of(answer, "Bring it back") | {"name": "former-aims"}
    assert fay.post(f"/deleted/{aims.id}", data=sent).location == "/pages/former-aims"
    assert heads()["former-aims"] == "# Aims\n\nThe old ones.\n"


def test_pages_deleted_together_come_back_together(
    write: Write, fay: FlaskClient, heads: Heads
) -> None:
    aims = write("aims")
    write("aims/first")
    write("aims/second")
    _delete(fay, "aims/second")
    _delete(fay, "aims", with_pages="1")
    page = fay.get(f"/deleted/{aims.id}")
    assert "Also bring back the page that was deleted with it" in words_of(page)
    fay.post(f"/deleted/{aims.id}", data=form_of(page, "Bring it back") | {"name": "ends"})
    assert set(heads()) == {"ends", "ends/first"}


def test_the_list_goes_on_page_by_page(write: Write, fay: FlaskClient) -> None:
    for number in range(52):
        write(f"page-{number}")
        _delete(fay, f"page-{number}")
    first = BeautifulSoup(fay.get("/deleted").text, "html.parser")
    assert len(first.select(".deleted-list__item")) == 50
    older = first.find("a", string="Pages deleted earlier")
    assert older is not None
    rest = BeautifulSoup(fay.get(str(older["href"])).text, "html.parser")
    assert [one.get_text() for one in rest.select(".deleted-list__title")] == ["Page-1", "Page-0"]


def test_strangers_and_others_learn_nothing_of_deleted_pages(
    write: Write, client: FlaskClient, ben: FlaskClient, fay: FlaskClient
) -> None:
    aims = write("aims")
    living = write("goals")
    _delete(fay, "aims")
    assert "/sign-in" in client.get("/deleted").location
    assert "/sign-in" in client.get(f"/deleted/{aims.id}").location
    assert ben.get(f"/deleted/{aims.id}").status_code == 404
    assert ben.get("/deleted/999").status_code == 404
    assert fay.get(f"/deleted/{living.id}").location == "/pages/goals"
    assert fay.get(f"/deleted/{aims.id}?revision=9").status_code == 404


def test_only_the_pages_that_were_looked_at_are_deleted(
    write: Write, fay: FlaskClient, add: Callable[..., None], heads: Heads
) -> None:
    write("aims")
    first = write("aims/first")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page")
    sent |= {"reason": "Old", "with_pages": "1"}
    add(first, "# First\n\nSaved by somebody else meanwhile.\n")
    answer = fay.post("/pages/aims/delete", data=sent)
    assert answer.status_code == 409
    assert "The pages under this page changed while you looked at it." in words_of(answer)
    sent = form_of(answer, "Delete this page")
    assert (sent["reason"], sent["with_pages"]) == (["Old"], ["1"])
    write("aims/second")
    answer = fay.post("/pages/aims/delete", data=sent)
    assert answer.status_code == 409
    assert "Also delete the 2 pages under it" in words_of(answer)
    add(first, None, path="elsewhere", kind="rename")
    answer = fay.post("/pages/aims/delete", data=form_of(answer, "Delete this page"))
    assert answer.status_code == 409
    answer = fay.post("/pages/aims/delete", data=form_of(answer, "Delete this page"))
    assert answer.status_code == 303
    assert set(heads()) == {"elsewhere"}


def test_what_others_do_under_a_page_does_not_matter_where_it_stays(
    write: Write, fay: FlaskClient, heads: Heads
) -> None:
    write("aims")
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page") | {"reason": "Old"}
    write("aims/first")
    assert fay.post("/pages/aims/delete", data=sent).status_code == 303
    assert set(heads()) == {"aims/first"}


def test_what_can_be_done_with_a_page_stands_in_a_menu_beside_edit(
    write: Write,
    ben: FlaskClient,
    client: FlaskClient,
    signed_in: Callable[..., FlaskClient],
) -> None:
    write("aims", "# Aims\n\nFirst.\n", "# Aims\n\nSecond.\n")

    def menu(browser: FlaskClient) -> list[str]:
        soup = BeautifulSoup(browser.get("/pages/aims").text, "html.parser")
        return [one.get_text() for one in soup.select(".page-tabs .page-acts a")]

    assert menu(client) == []
    assert menu(ben) == ["Move or rename", "Copy"]
    assert menu(signed_in("admin")) == [
        *("Move or rename", "Copy", "Delete", "Who can read and change this page")
    ]


def test_the_way_to_write_stands_on_history_and_comparison_too(
    write: Write, ben: FlaskClient, fay: FlaskClient
) -> None:
    write("aims", "# Aims\n\nFirst.\n", "# Aims\n\nSecond.\n")
    for door in ("history", "compare/1..2"):
        soup = BeautifulSoup(ben.get(f"/pages/aims/{door}").text, "html.parser")
        (edit,) = soup.select(".page-tabs__edit")
        assert edit["href"] == "/pages/aims/edit"
    _delete(fay, "aims")
    assert "page-tabs__edit" not in ben.get("/pages/aims/history").text
