"""A clash that is left half way: what was chosen and typed waits with the draft."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, told, words
from tests.integration.writing.conftest import TEXT, all_drafts, kept, texts, with_word
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person
from wiki.storage.engine import Database

DOOR = "/pages/aims/revisions"
OWN = "Paragraph number 3 says both."
MINE = with_word(3, "less").replace("number 6 says one", "number 6 says my")
THEIRS = with_word(3, "more").replace("number 0 says one", "number 0 says their")
RESOLVED = THEIRS.replace("Paragraph number 3 says more.", OWN).replace(
    "number 6 says one", "number 6 says my"
)


@pytest.fixture
def bob(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in(name="Bob")


@pytest.fixture
def form(database: Database, page: Page, bob: FlaskClient) -> dict[str, str]:
    """Return the form in which Bob chooses between his words and Ann's in one place."""
    opened = edited(bob)
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        make.revision(session, here, THEIRS, author=make.person(session, name="Ann"))
    return fields_of(send(bob, **opened | {"text": MINE, "note": "Mine"}), DOOR)


def limited(database: Database, act: str) -> None:
    with database.begin() as session:
        session.add(PageLimit(path="aims", act=act, kind="role", value="facilitator"))


def gone_on_with(database: Database, client: FlaskClient) -> dict[str, str]:
    """Return the form of the clash as the draft leads back to it."""
    (draft,) = all_drafts(database)
    way = f"/pages/aims/edit?draft={draft.id}&choose=1"
    for place in (f"/drafts/{draft.id}", "/drafts", "/pages/aims/edit", "/"):
        assert f'href="{way}"' in words(client.get(place)), place
    shown = client.get(way)
    assert shown.status_code == 200
    return fields_of(shown, DOOR)


def test_words_typed_without_a_choice_wait_with_the_draft(
    database: Database, page: Page, bob: FlaskClient, form: dict[str, str]
) -> None:
    answer = send(bob, **form | {"own-0": OWN, "note": "Both"})
    assert answer.status_code == 422
    (draft,) = all_drafts(database)
    assert OWN in words(bob.get(f"/drafts/{draft.id}"))
    again = gone_on_with(database, bob)
    assert (again["own-0"], again["note"], again["base"], again["from"]) == (OWN, "Both", "2", "1")
    assert again["text"].replace("\r\n", "\n") == MINE
    assert send(bob, **again | {"choice-0": "own"}).headers["Manyhands-Revision"] == "3"
    assert texts(database, page.id)[-1] == RESOLVED
    assert {draft.state for draft in all_drafts(database)} == {"saved"}


@pytest.mark.usefixtures("page")
def test_what_is_chosen_is_kept_while_it_is_chosen(
    database: Database, bob: FlaskClient, form: dict[str, str]
) -> None:
    typed = form | {"choice-0": "own", "own-0": OWN}
    answer = bob.post("/drafts", data=typed)
    assert told(answer)["said"].startswith("Saved as draft")
    again = gone_on_with(database, bob)
    assert (again["choice-0"], again["own-0"]) == ("own", OWN)
    (draft,) = all_drafts(database)
    assert draft.state == "submitted"
    assert kept(database, draft.person_id) == [MINE]


@pytest.mark.usefixtures("page")
def test_choices_that_come_late_do_not_take_the_place_of_later_ones(
    database: Database, bob: FlaskClient, form: dict[str, str]
) -> None:
    send(bob, **form | {"own-0": OWN})
    assert bob.post("/drafts", data=form | {"own-0": "Half"}).status_code == 409
    assert gone_on_with(database, bob)["own-0"] == OWN


@pytest.mark.usefixtures("page")
def test_the_form_before_the_clash_throws_no_choice_away(
    database: Database, bob: FlaskClient, form: dict[str, str]
) -> None:
    send(bob, **form | {"own-0": OWN})
    same = {"text": MINE, "base": "1", "form": form["form"], "page": form["page"]}
    answer = send(bob, **same)
    assert answer.status_code == 409
    assert box(answer, "own-0") == OWN
    (draft,) = all_drafts(database)
    shown = bob.get(f"/pages/aims/edit?draft={draft.id}")
    assert "The box below begins with its text." in words(shown)
    assert "The box below does not show it." not in words(shown)
    another = fields_of(shown, DOOR)
    assert another["form"] != form["form"]
    assert another["text"].replace("\r\n", "\n") == MINE
    assert gone_on_with(database, bob)["own-0"] == OWN


def test_own_words_that_were_not_chosen_are_asked_about_once(
    database: Database, page: Page, bob: FlaskClient, form: dict[str, str]
) -> None:
    passed = form | {"text": with_word(3, "less"), "choice-0": "theirs", "own-0": OWN}
    asked = send(bob, **passed)
    assert asked.status_code == 422
    assert "You wrote your own words for place 1 but chose others." in words(asked)
    again = fields_of(asked, DOOR)
    assert (again["choice-0"], again["own-0"]) == ("theirs", OWN)
    (draft,) = all_drafts(database)
    assert OWN in words(bob.get(f"/drafts/{draft.id}"))
    assert send(bob, **again | {"own-0": f"{OWN} And more."}).status_code == 422
    assert send(bob, **again | {"choice-0": "own"}).headers["Manyhands-Revision"] == "3"
    assert OWN in texts(database, page.id)[-1]


def test_own_words_are_left_out_by_saving_once_more(
    database: Database, page: Page, bob: FlaskClient, form: dict[str, str]
) -> None:
    passed = form | {"choice-0": "mine", "own-0": OWN}
    again = fields_of(send(bob, **passed), DOOR)
    assert send(bob, **again).headers["Manyhands-Revision"] == "3"
    assert OWN not in texts(database, page.id)[-1]


def test_a_clash_form_about_a_lost_beginning_overwrites_nobody(
    database: Database, page: Page, bob: FlaskClient, form: dict[str, str]
) -> None:
    answer = send(bob, **form | {"from": "77", "own-0": OWN, "choice-0": "own"})
    assert answer.status_code == 422
    assert box(answer) == f"{MINE}\n\n{OWN}"
    assert fields_of(answer, DOOR)["base"] == "0"
    assert send(bob, **fields_of(answer, DOOR)).status_code == 409
    assert texts(database, page.id)[-1] == THEIRS


@pytest.mark.parametrize(
    ("choice", "text", "base"), [("own", RESOLVED, 2), ("", MINE, 1), ("mine", MINE, 1)]
)
def test_who_may_not_write_any_more_keeps_what_fits_its_revision(
    database: Database,
    page: Page,
    bob: FlaskClient,
    form: dict[str, str],
    choice: str,
    text: str,
    base: int,
) -> None:
    limited(database, "write")
    answer = send(bob, **form | {"choice-0": choice, "own-0": OWN})
    assert answer.status_code == 403
    assert OWN in box(answer)
    (draft,) = all_drafts(database)
    assert draft.base_number == base
    assert kept(database, draft.person_id) == [text]
    assert choice == "own" or OWN in words(bob.get(f"/drafts/{draft.id}"))
    assert len(texts(database, page.id)) == 2


def test_who_may_not_read_any_more_keeps_all_words_over_nothing(
    database: Database, page: Page, bob: FlaskClient, form: dict[str, str]
) -> None:
    limited(database, "read")
    answer = send(bob, **form | {"choice-0": "own", "own-0": OWN})
    assert answer.status_code == 403
    (draft,) = all_drafts(database)
    assert (draft.page_id, draft.base_number) == (None, 0)
    assert kept(database, draft.person_id) == [f"{MINE}\n\n{OWN}"]
    assert len(texts(database, page.id)) == 2


def test_what_may_be_chosen_is_nobody_elses_business(
    database: Database, form: dict[str, str], signed_in: Callable[..., FlaskClient]
) -> None:
    (draft,) = all_drafts(database)
    assert form["from"] == "1"
    answer = signed_in("admin").get(f"/pages/aims/edit?draft={draft.id}&choose=1")
    assert answer.status_code == 404


@pytest.mark.parametrize("act", ["write", "read"])
def test_a_right_lost_between_the_two_transactions_saves_nothing(
    database: Database, page: Page, bob: FlaskClient, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    opened = edited(bob) | {"text": MINE}
    real = database.begin

    def begin(*, quiet: bool = False) -> object:
        if not quiet:
            monkeypatch.undo()
            limited(database, act)
        return real(quiet=quiet)

    monkeypatch.setattr(database, "begin", begin)
    answer = send(bob, **opened)
    assert answer.status_code == 403
    assert box(answer) == MINE
    with database.reading() as session:
        person_id = session.scalar(sa.select(Person.id).where(Person.name == "Bob")) or 0
    assert kept(database, person_id) == [MINE]
    assert texts(database, page.id) == [TEXT]
