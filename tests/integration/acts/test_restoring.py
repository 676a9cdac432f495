"""Old texts restored, single older changes undone: everything since stays in the history."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from tests.integration.acts.conftest import Write, form_of, words_of
from wiki.mail.letters import Letter
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database

Heads = Callable[[], dict[str, str]]
Lines = Callable[[Page], list[tuple[int, str, str]]]
Outbox = Callable[[], list[Letter]]
FIRST = "# Aims\n\nWe listen.\n\n- one\n- two\n\nThe end.\n"
SECOND = "# Aims\n\nWe shout.\n\n- one\n- two\n- three\n\nThe end.\n"
THIRD = SECOND.replace("The end.", "The very end.")


def test_an_old_text_comes_back_as_a_new_revision(
    write: Write, ben: FlaskClient, heads: Heads, lines: Lines, diary: Callable[[], list[str]]
) -> None:
    aims = write("aims", FIRST, SECOND, THIRD)
    look = ben.get("/pages/aims/restore?number=1")
    assert "[added: listen" in words_of(look).replace("[added: ", "[added: ").replace("  ", " ")
    sent = form_of(look, "Restore this text") | {"note": "We do not shout"}
    answer = ben.post("/pages/aims/restore", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert heads()["aims"] == FIRST
    assert lines(aims)[-1] == (4, "restore", "We do not shout")
    assert diary() == ["page.restored"]
    again = ben.post("/pages/aims/restore", data=sent)
    assert again.status_code == 303
    assert len(lines(aims)) == 4
    assert "The page already says exactly this." in words_of(ben.get("/pages/aims"))
    assert "Nothing to restore" in words_of(ben.get("/pages/aims/restore?number=1"))


def test_a_restore_looks_again_at_a_page_that_was_changed_meanwhile(
    write: Write, ben: FlaskClient, add: Callable[..., None], lines: Lines
) -> None:
    aims = write("aims", FIRST, SECOND)
    sent = form_of(ben.get("/pages/aims/restore?number=1"), "Restore this text")
    add(aims, THIRD)
    answer = ben.post("/pages/aims/restore", data=sent)
    assert answer.status_code == 409
    assert "very" in words_of(answer)
    assert len(lines(aims)) == 3
    sent = form_of(answer, "Restore this text")
    assert ben.post("/pages/aims/restore", data=sent).status_code == 303


def test_no_revision_there_is_no_restoring_or_undoing(write: Write, ben: FlaskClient) -> None:
    write("aims", FIRST, SECOND)
    assert ben.get("/pages/aims/restore").location == "/pages/aims/history"
    assert ben.get("/pages/aims/undo?number=x").location == "/pages/aims/history"
    assert ben.get("/pages/aims/restore?number=9").status_code == 404
    assert ben.get("/pages/aims/undo?number=9").status_code == 404
    assert ben.get("/pages/aims/undo?number=1").status_code == 404


def test_one_change_is_undone_and_its_author_is_told_politely(
    write: Write,
    ben: FlaskClient,
    heads: Heads,
    lines: Lines,
    outbox: Outbox,
    diary: Callable[[], list[str]],
) -> None:
    aims = write("aims", FIRST, SECOND, THIRD)
    look = ben.get("/pages/aims/undo?number=2")
    sent = form_of(look, "Undo what is ticked")
    assert sent["change"] == ["1", "2"]
    sent |= {"change": ["1"], "note": "We do listen"}
    preview = ben.post("/pages/aims/undo", data=sent | {"act": "preview"})
    assert preview.status_code == 200
    assert form_of(preview, "Undo what is ticked")["change"] == ["1"]
    assert len(lines(aims)) == 3
    answer = ben.post("/pages/aims/undo", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert heads()["aims"] == THIRD.replace("shout", "listen")
    assert lines(aims)[-1] == (4, "edit", "We do listen")
    assert diary() == ["page.undone"]
    (letter,) = outbox()
    assert "Aims" in letter.subject
    assert "Hello Ana Lopez" in letter.text
    assert "Ben Okafor gave this reason: We do listen" in letter.text
    assert "http://wiki.example.org/pages/aims/compare/3..4" in letter.text
    assert "The author has been told by e-mail." in words_of(ben.get("/pages/aims"))
    assert ben.post("/pages/aims/undo", data=sent).status_code == 303
    assert len(lines(aims)) == 4
    assert len(outbox()) == 1


def test_an_undone_change_says_so_in_the_history(write: Write, ben: FlaskClient) -> None:
    write("aims", FIRST, SECOND)
    sent = form_of(ben.get("/pages/aims/undo?number=2"), "Undo what is ticked")
    ben.post("/pages/aims/undo", data=sent)
    assert "Took back a change" in words_of(ben.get("/pages/aims/history"))


def test_nobody_is_told_of_their_own_change_nor_whoever_cannot_be_a_reader(
    write: Write,
    database: Database,
    browser_of: Callable[[Person], FlaskClient],
    ana: Person,
    outbox: Outbox,
) -> None:
    write("aims", FIRST, SECOND)
    own = browser_of(ana)
    own.post(
        "/pages/aims/undo",
        data=form_of(own.get("/pages/aims/undo?number=2"), "Undo what is ticked"),
    )
    with database.begin() as session:
        gone = make.person(session, state="imported")
    write("goals", FIRST, SECOND, author=gone)
    own.post(
        "/pages/goals/undo",
        data=form_of(own.get("/pages/goals/undo?number=2"), "Undo what is ticked"),
    )
    assert outbox() == []


def test_a_note_and_what_is_said_after_it_are_two_sentences(
    write: Write, ben: FlaskClient, add: Callable[..., None]
) -> None:
    add(write("aims", FIRST), SECOND, note="Targets are guesses")
    words = words_of(ben.get("/pages/aims/undo?number=2"))
    assert "Note: “Targets are guesses”. Everything written since then stays." in words


def test_words_that_changed_again_are_shown_and_not_touched(
    write: Write, ben: FlaskClient, lines: Lines
) -> None:
    aims = write("aims", FIRST, SECOND, SECOND.replace("We shout.", "We shout loudly at all."))
    look = ben.get("/pages/aims/undo?number=2")
    words = words_of(look)
    assert "These words have changed again since then" in words
    assert "Before the change We listen." in words
    assert "After the change We shout. Now it says" in words
    assert "Now it says We shout [added: loudly at all ] ." in words
    soup = BeautifulSoup(look.text, "html.parser")
    assert [one["id"] for one in soup.select(".undo-choice__blocked")] == ["blocked-1"]
    (box,) = soup.select("[aria-describedby~=blocked-1]")
    assert box["value"] == "1"
    assert "Undo what is ticked" not in words
    link = BeautifulSoup(look.text, "html.parser").find("a", string="edit the page")
    assert link is not None
    assert link["href"] == "/pages/aims/edit"
    sent = {"number": "2", "chosen": "1", "change": ["1"], "base": "3", "act": "undo"}
    answer = ben.post("/pages/aims/undo", data=sent)
    assert answer.status_code == 422
    assert "Others have since changed the same words" in words_of(answer)
    sent["change"] = ["2"]
    assert ben.post("/pages/aims/undo", data=sent).status_code == 303
    assert len(lines(aims)) == 4


def test_nothing_ticked_undoes_nothing(write: Write, ben: FlaskClient, lines: Lines) -> None:
    aims = write("aims", FIRST, SECOND)
    sent = {"number": "2", "chosen": "1", "base": "2"}
    assert "Nothing would change" in words_of(ben.post("/pages/aims/undo", data=sent))
    answer = ben.post("/pages/aims/undo", data=sent | {"act": "undo"})
    assert answer.status_code == 422
    assert "Choose at least one change to undo." in words_of(answer)
    assert len(lines(aims)) == 2


def test_an_undo_looks_again_at_a_page_that_was_changed_meanwhile(
    write: Write, ben: FlaskClient, add: Callable[..., None], lines: Lines
) -> None:
    aims = write("aims", FIRST, SECOND)
    sent = form_of(ben.get("/pages/aims/undo?number=2"), "Undo what is ticked")
    add(aims, THIRD)
    answer = ben.post("/pages/aims/undo", data=sent)
    assert answer.status_code == 409
    assert len(lines(aims)) == 3


def test_the_ways_to_undo_and_restore_stand_where_changes_are_read(
    write: Write, client: FlaskClient, ben: FlaskClient
) -> None:
    write("aims", FIRST, SECOND, THIRD)
    undo, restore = "/pages/aims/undo?number=2", "/pages/aims/restore?number=1"
    for address in ("/pages/aims/history", "/pages/aims/compare/1..2"):
        assert undo in ben.get(address).text
        assert restore in ben.get(address).text
        assert undo not in client.get(address).text
    assert "undo?number=3" not in ben.get("/pages/aims/compare/1..3").text
    assert restore in ben.get("/pages/aims/revisions/1").text
    assert "restore?number=3" not in ben.get("/pages/aims/history").text


def test_a_long_note_is_refused_by_every_act(
    write: Write, ben: FlaskClient, fay: FlaskClient, lines: Lines
) -> None:
    aims = write("aims", FIRST, SECOND)
    long = {"note": "x" * 1001}
    doors = (
        ("/pages/aims/restore?number=1", "Restore this text"),
        ("/pages/aims/undo?number=2", "Undo what is ticked"),
        ("/pages/aims/move?title=Goals", "Move the page"),
    )
    for address, button in doors:
        sent = form_of(ben.get(address), button) | long
        answer = ben.post(address.partition("?")[0], data=sent)
        assert answer.status_code == 422, address
        assert "Use at most 1000 characters. You have used 1001." in words_of(answer)
        assert form_of(answer, button)["note"] == ["x" * 1001]
    assert len(lines(aims)) == 2
    sent = form_of(fay.get("/pages/aims/delete"), "Delete this page") | {"reason": "Old"}
    fay.post("/pages/aims/delete", data=sent)
    sent = form_of(fay.get(f"/deleted/{aims.id}"), "Bring it back") | long
    answer = fay.post(f"/deleted/{aims.id}", data=sent)
    assert answer.status_code == 422
    assert "Use at most 1000 characters." in words_of(answer)
