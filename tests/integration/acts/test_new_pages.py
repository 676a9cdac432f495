"""Copies, new pages and templates, and pages that nobody has written yet."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.integration.acts.conftest import Write, form_of, words_of

Heads = Callable[[], dict[str, str]]


def test_a_copy_is_a_page_of_its_own(
    write: Write, ben: FlaskClient, heads: Heads, diary: Callable[[], list[str]]
) -> None:
    write("plans/roads", "---\ntitle: Roads\n---\nSee [parks](parks) and [[Roads]].\n")
    write("plans/parks")
    form = ben.get("/pages/plans/roads/copy")
    sent = form_of(form, "Copy this page")
    assert sent["parent"] == "plans"
    sent |= {"title": "Paths: new", "parent": ""}
    answer = ben.post("/pages/plans/roads/copy", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/paths-new")
    assert heads()["paths-new"] == (
        '---\ntitle: "Paths: new"\n---\nSee [parks](plans/parks) and [[Roads]].\n'
    )
    assert diary() == ["page.created"]
    assert "Copied from “Roads”, revision 1" in words_of(ben.get("/pages/paths-new/history"))


def test_a_copy_sent_twice_is_made_once(write: Write, ben: FlaskClient, heads: Heads) -> None:
    write("aims")
    sent = form_of(ben.get("/pages/aims/copy"), "Copy this page")
    assert ben.post("/pages/aims/copy", data=sent).location == "/pages/aims-copy"
    assert ben.post("/pages/aims/copy", data=sent).location == "/pages/aims-copy"
    assert set(heads()) == {"aims", "aims-copy"}


def test_a_copy_where_a_page_was_deleted_is_made_once_too(
    write: Write, ben: FlaskClient, add: Callable[..., None], heads: Heads
) -> None:
    write("aims")
    add(write("aims-copy", "Old words.\n"), None, kind="delete")
    sent = form_of(ben.get("/pages/aims/copy"), "Copy this page")
    assert ben.post("/pages/aims/copy", data=sent).location == "/pages/aims-copy"
    again = ben.post("/pages/aims/copy", data=sent)
    assert (again.status_code, again.location) == (303, "/pages/aims-copy")
    assert heads()["aims-copy"].startswith("# Aims (copy)\n")


def test_a_copy_is_of_the_page_as_it_is_when_it_is_made(
    write: Write, ben: FlaskClient, add: Callable[..., None], heads: Heads
) -> None:
    aims = write("aims")
    sent = form_of(ben.get("/pages/aims/copy"), "Copy this page")
    add(aims, "# Aims\n\nNewer words.\n")
    ben.post("/pages/aims/copy", data=sent)
    assert "Newer words." in heads()["aims-copy"]
    assert "Copied from “Aims”, revision 2" in words_of(ben.get("/pages/aims-copy/history"))


def test_a_copy_takes_no_place_of_another_page(write: Write, ben: FlaskClient) -> None:
    write("aims")
    write("goals")
    sent = form_of(ben.get("/pages/aims/copy"), "Copy this page")
    answer = ben.post("/pages/aims/copy", data=sent | {"title": "Goals"})
    assert answer.status_code == 422
    assert "There is already a page called goals." in words_of(answer)


def test_a_new_page_is_begun_with_its_title_and_place(write: Write, ben: FlaskClient) -> None:
    write("strategy")
    sent = form_of(ben.get("/pages/new?parent=strategy"), "Start writing")
    assert sent["parent"] == "strategy"
    answer = ben.get("/pages/new", query_string=sent | {"title": "What we owe"})
    assert answer.location == "/pages/strategy/what-we-owe/edit?title=What+we+owe"
    assert "# What we owe" in ben.get(answer.location).text


def test_the_last_part_of_an_address_is_one_part(ben: FlaskClient) -> None:
    for typed, path in (("a/b/c", "a-b-c"), ("/Roads\\2027/", "roads-2027")):
        sent = {"title": "Roads", "parent": "plans", "name": typed, "act": "write"}
        answer = ben.get("/pages/new", query_string=sent)
        assert answer.location == f"/pages/plans/{path}/edit?title=Roads"


def test_a_new_page_begins_with_a_template(write: Write, ben: FlaskClient) -> None:
    assert "but there are none yet." in words_of(ben.get("/pages/new"))
    write("templates")
    write("templates/action", "---\ntitle: An action\n---\n## Who\n\n## When\n")
    page = ben.get("/pages/new")
    assert "An action" in words_of(page)
    sent = form_of(page, "Start writing") | {"title": "Mend it", "template": "templates/action"}
    answer = ben.get("/pages/new", query_string=sent)
    begun = ben.get(answer.location).text
    assert "title: Mend it" in begun
    assert "## Who" in begun
    other = ben.get("/pages/new", query_string=sent | {"template": "strategy"})
    assert "template" not in other.location


def test_a_new_page_that_cannot_be_is_refused_in_a_sentence(
    write: Write, ben: FlaskClient, client: FlaskClient
) -> None:
    write("aims")
    for sent, sentence in (
        ({"title": ""}, "Give the page a title."),
        ({"title": "Aims"}, "There is already a page called aims."),
        ({"title": "?"}, "at least one letter or number"),
        ({"title": "Edit"}, "has a meaning of its own"),
    ):
        answer = ben.get("/pages/new", query_string={"act": "write", **sent})
        assert answer.status_code == 422
        assert sentence in words_of(answer)
    assert "/sign-in" in client.get("/pages/new").location


def test_a_page_that_nobody_wrote_offers_itself_to_members(
    write: Write, ben: FlaskClient, client: FlaskClient
) -> None:
    write("strategy/aims")
    missing = ben.get("/pages/what-we-owe")
    assert missing.status_code == 404
    assert "/pages/what-we-owe/edit" in missing.text
    assert "Write this page" not in client.get("/pages/what-we-owe").text
    assert "/pages/strategy/edit" in ben.get("/pages/strategy").text
    assert "Write this page" not in ben.get("/pages/strategy/aims/nothing/history").text
    assert "Write this page" not in ben.get("/pages/History").text


def test_a_long_title_of_a_new_page_is_refused(ben: FlaskClient) -> None:
    title = "x" * 301
    answer = ben.get(f"/pages/new?title={title}&parent=&name=short&act=write")
    assert answer.status_code == 422
    assert "Use at most 300 characters. You have used 301." in words_of(answer)
