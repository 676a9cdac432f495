"""No act tells anything of a page that somebody may not read, nor does anything to it."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.acts.conftest import Write, form_of
from tests.integration.acts.hidden import (
    MISSING_ID,
    NOTHING,
    OPEN,
    SECRET,
    TEXT,
    VAULT,
    Vault,
    alike,
    limit,
)
from tests.integration.writing.browser import box, edited, fields_of, send
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database


@pytest.fixture
def vault(database: Database, write: Write) -> Vault:
    """Make a wiki with a subtree that members may not read."""
    write("open", OPEN)
    with database.begin() as session:
        who = make.person(session, name=f"Writer {SECRET}")
        write_to: dict[str, Any] = {"author": who, "note": SECRET, "text": TEXT}
        make.page(session, path=VAULT, **write_to)
        below = make.page(session, path=f"once-{VAULT}", **write_to)
        make.revision(session, below, TEXT, author=who, path=f"{VAULT}/wells")
        gone = make.page(session, path=f"{VAULT}/gone", **write_to)
        make.revision(session, gone, None, author=who, kind="delete")  # type: ignore[arg-type]
    limit(database, VAULT)
    return Vault(str(below.id), str(gone.id))


ACTS: dict[str, dict[str, str]] = {
    "access": {"read": "role", "read-role": "reviewer"},
    "copy": {"title": "Copy", "parent": "open", "name": ""},
    "delete": {"base": "1", "reason": "Gone"},
    "move": {"title": "Moved", "parent": "open", "name": "", "act": "move", "seen": "x"},
    "restore": {"number": "1", "base": "1"},
    "undo": {"number": "2", "chosen": "1", "change": "1", "base": "2", "act": "undo"},
}


@pytest.mark.usefixtures("vault")
@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_hidden_page_is_answered_like_one_on_none(
    ben: FlaskClient, heads: Callable[[], dict[str, str]], act: str
) -> None:
    before = heads()
    for path in ("{}", "{}/wells", "{}/gone", "once-{}", "{}/nothing"):
        for data in (ACTS[act], {}):
            one, other = (
                ben.post(f"/pages/{path.format(word)}/{act}", data=data)
                for word in (VAULT, NOTHING)
            )
            assert one.status_code in {403, 404}
            alike(one, other, (VAULT, NOTHING))
    assert heads() == before


def test_a_hidden_number_is_answered_like_a_number_of_nothing(
    ben: FlaskClient, vault: Vault, heads: Callable[[], dict[str, str]]
) -> None:
    before = heads()
    for number in (vault.living, vault.deleted):
        for form in (
            {"base": "0", "text": "Mine.", "act": "preview"},
            {"base": "1", "text": "Mine.", "act": "compare"},
            {"base": "1", "text": "Mine.", "act": "save"},
            {"base": "1", "text": "Mine.", "section": f"s-{VAULT}-{SECRET}", "act": "preview"},
            {"base": "1", "from": "1", "text": "Mine.", "choice-0": "theirs"},
        ):
            path = f"beside-{number}-{len(form)}"
            one, other = (
                send(ben, path, **form, page=page, form="a-form-of-mine")
                for page in (number, MISSING_ID)
            )
            alike(one, other, (number, MISSING_ID))
        keep = {"path": "beside", "base": "1", "text": "Mine.", "form": "a-form-of-mine"}
        one, other = (ben.post("/drafts", data={**keep, "page": n}) for n in (number, MISSING_ID))
        assert one.get_json()["said"] == other.get_json()["said"]
        for ask in (ben.get, ben.post):
            one, other = (ask(f"/deleted/{n}") for n in (number, MISSING_ID))
            alike(one, other, (number, MISSING_ID))
    assert heads() == before


@pytest.mark.usefixtures("vault")
def test_nobody_learns_by_writing_there_what_stands_at_a_hidden_place(ben: FlaskClient) -> None:
    for act in ("save", "preview", "compare"):
        for base in ("0", "1"):
            form = {"base": base, "text": "# Mine\n", "act": act}
            one, other = (send(ben, f"{VAULT}/{n}", **form) for n in ("wells", "ferns"))
            assert one.status_code == 403
            assert "Nothing can be written at this address." in one.text
            assert "Mine" in box(one)
            alike(one, other, ("wells", "ferns"))
    one, other = (ben.get(f"/pages/{VAULT}/{n}/edit") for n in ("wells", "ferns"))
    assert one.status_code == 200
    alike(one, other, ("wells", "ferns"))


@pytest.mark.usefixtures("vault")
def test_the_button_on_a_hidden_page_leads_to_a_form_as_that_on_a_missing_one_does(
    ben: FlaskClient,
) -> None:
    for query in ("", "?title=Mine", "?section=s"):
        one, other = (ben.get(f"/pages/{n}/wells/edit{query}") for n in (VAULT, NOTHING))
        assert one.status_code == 200
        alike(one, other, (VAULT, NOTHING))
        assert SECRET not in one.text


@pytest.mark.usefixtures("vault")
@pytest.mark.parametrize("act", ["move", "copy"])
def test_nothing_is_put_at_a_hidden_place_taken_or_not(
    ben: FlaskClient, heads: Callable[[], dict[str, str]], act: str
) -> None:
    before = heads()
    wanted = {"title": "Mine", "parent": VAULT, "act": "move", "seen": "x"}
    one, other = (
        ben.post(f"/pages/open/{act}", data={**wanted, "name": name}) for name in ("wells", "ferns")
    )
    assert one.status_code in {403, 422}
    alike(one, other, ("wells", "ferns"))
    assert heads() == before


@pytest.mark.usefixtures("vault")
def test_a_deleted_page_of_mine_cannot_be_brought_back_to_a_hidden_place(
    database: Database, browser_of: Callable[[Person], FlaskClient]
) -> None:
    with database.begin() as session:
        cy = make.person(session, name="Cy")
        page = make.page(session, path="mine", author=cy)
        make.revision(session, page, None, author=cy, kind="delete")  # type: ignore[arg-type]
    wanted = {"parent": VAULT, "with_pages": "1"}
    one, other = (
        browser_of(cy).post(f"/deleted/{page.id}", data={**wanted, "name": name})
        for name in ("wells", "ferns")
    )
    assert one.status_code == 403
    alike(one, other, ("wells", "ferns"))


@pytest.mark.usefixtures("vault")
def test_a_hidden_page_is_no_template_and_no_parent(ben: FlaskClient) -> None:
    for title in ("", "&title=Mine"):
        one, other = (
            ben.get(f"/pages/fresh/edit?template={VAULT}/{n}{title}") for n in ("wells", "ferns")
        )
        alike(one, other, ("wells", "ferns"))
    for address in ("/pages/new", "/pages/open/move", "/pages/open/copy", "/deleted"):
        text = ben.get(address).text
        assert SECRET not in text
        assert VAULT not in text


def test_what_i_began_on_a_page_that_is_hidden_now_is_mine_alone(
    database: Database,
    ben: FlaskClient,
    add: Callable[..., None],
    write: Write,
    heads: Callable[[], dict[str, str]],
) -> None:
    page = write("shared", OPEN)
    form = edited(ben, "shared") | {"text": OPEN.replace("First", "My"), "note": "Why"}
    assert ben.post("/drafts", data={**form, "path": "shared"}).status_code == 200
    add(page, f"# New {SECRET}\n\nAll is {SECRET} now.\n", note=SECRET)
    limit(database, "shared")
    before = heads()
    pages = [ben.get(address) for address in ("/", "/drafts", "/drafts/1")]
    pages += [ben.get(f"/pages/shared/edit{query}") for query in ("", "?draft=1", "?section=s")]
    pages += [send(ben, "shared", **form, act=act) for act in ("preview", "compare", "save")]
    pages += [send(ben, "elsewhere", **form, act=act) for act in ("preview", "compare")]
    for answer in pages:
        assert SECRET not in answer.text
    assert [answer.status_code for answer in pages] == [200] * 3 + [200, 404, 200] + [403] * 3 + [
        422
    ] * 2
    assert "My words." in ben.get("/drafts/1").text
    assert heads() == before


def test_a_clash_that_is_hidden_before_it_is_resolved_shows_only_mine(
    database: Database, ben: FlaskClient, add: Callable[..., None], write: Write
) -> None:
    page = write("shared", OPEN)
    form = edited(ben, "shared") | {"text": OPEN.replace("First", "My")}
    add(page, OPEN.replace("First", SECRET))
    clash = send(ben, "shared", **form)
    assert clash.status_code == 409
    assert SECRET in clash.text
    limit(database, "shared")
    answer = send(ben, "shared", **fields_of(clash, "/pages/shared/revisions"))
    assert answer.status_code == 403
    assert SECRET not in answer.text
    assert "My words." in box(answer)


def test_a_form_sent_twice_does_not_tell_where_its_page_was_hidden(
    database: Database, ben: FlaskClient, write: Write, add: Callable[..., None]
) -> None:
    assert write("open", OPEN)
    form = edited(ben, "fresh") | {"text": "# Fresh\n\nMine.\n"}
    assert send(ben, "fresh", **form).location == "/pages/fresh"
    with database.reading() as session:
        page = session.scalars(sa.select(Page).where(Page.path == "fresh")).one()
    add(page, "# Fresh\n\nMine.\n", path=f"{VAULT}/{SECRET}", kind="rename")
    limit(database, VAULT)
    again = send(ben, "fresh", **form)
    assert SECRET not in f"{again.headers}{again.text}"
    with ben.session_transaction() as cookie:
        assert SECRET not in str(dict(cookie))


def test_links_that_follow_tell_nothing_of_hidden_pages(
    ben: FlaskClient, write: Write, vault: Vault, heads: Callable[[], dict[str, str]]
) -> None:
    assert vault
    linking = f"# Linking\n\n[old](/pages/once-{VAULT}), [[Wyvern {SECRET}]], [open](/pages/open)\n"
    write("linking", linking)
    write("aa", f"# Wyvern {SECRET}\n\nAnother that is called so.\n")
    # Where a hidden page stood; called as one; linked to by one.
    for address, wanted in (
        ("open", {"title": "Open", "parent": "", "name": f"once-{VAULT}"}),
        ("aa", {"title": "Wyvern", "parent": "", "name": "zz"}),
    ):
        look = ben.get(f"/pages/{address}/move", query_string={**wanted, "with_pages": "1"})
        assert look.status_code == 200
        assert f"{VAULT}/wells" not in look.text
        assert "Links on" not in look.text or "linking" in look.text
        done = ben.post(f"/pages/{address}/move", data=form_of(look, "Move the page"))
        assert done.status_code == 303
    texts = heads()
    assert f"{VAULT}/wells" not in texts["linking"]
    assert texts[VAULT] == texts[f"{VAULT}/wells"] == TEXT


def test_a_page_is_brought_back_without_those_under_it_that_are_hidden(
    database: Database, write: Write, fay: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    for path in ("folder", "folder/plain", f"folder/{SECRET}"):
        write(path)
    admin = signed_in("admin")
    form: dict[str, Any] = form_of(admin.get("/pages/folder/delete"), "Delete")
    gone = admin.post("/pages/folder/delete", data=form | {"reason": "x", "with_pages": "1"})
    assert gone.status_code == 303
    limit(database, f"folder/{SECRET}", "admin")
    page = fay.get("/deleted/1")
    assert SECRET not in page.text
    assert "1 page" in page.text
    assert fay.post("/deleted/1", data=form_of(page, "Bring")).status_code == 303
    assert living(database) == {"folder", "folder/plain"}


def test_whoever_wrote_a_page_alone_brings_back_only_what_they_wrote_alone(
    database: Database,
    write: Write,
    browser_of: Callable[[Person], FlaskClient],
) -> None:
    with database.begin() as session:
        cy, other = make.person(session, name="Cy"), make.person(session, name="Other")
    write("folder", author=cy)
    write("folder/mine", author=cy)
    write("folder/theirs", author=other)
    author = browser_of(cy)
    with database.begin() as session:
        for page in session.scalars(sa.select(Page).order_by(Page.id)):
            make.revision(session, page, None, author=cy, kind="delete", made_at=make.NOON)  # type: ignore[arg-type]
    answer = author.post("/deleted/1", data=form_of(author.get("/deleted/1"), "Bring"))
    assert answer.status_code == 303
    assert living(database) == {"folder", "folder/mine"}


def living(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(sa.select(Page.path).where(Page.deleted_at.is_(None))))
