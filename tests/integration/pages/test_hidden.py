"""A subtree that somebody may not read is to them as one that is not there, at every address."""

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests import make
from tests.integration.pages.conftest import See
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person, WikiSetting
from wiki.search.service import index_pages
from wiki.storage.engine import Database

# Everything hidden says the first word; its paths, titles and tags the second, so that one can ask
# for it by name. Of the third, which is as long, there is nothing at all.
SECRET = "qxmarker"
ASKED = "wyvern"
NOTHING = "gorgon"
HIDDEN = f"""---
title: Wyvern {SECRET}
problem: {SECRET} is a problem.
tags: [{ASKED}, {SECRET}, shared]
lang: cy
---
# Wyvern {SECRET}

Words about a wyvern and {SECRET}. See [the open page](/pages/open), [[Open to all]] and
[[Wanted {SECRET}]], [not there](/pages/{SECRET}).

## The heading {SECRET}

TODO
"""
OPEN = """---
title: Open to all
tags: [shared]
---
# Open to all

Everybody may read this. See [by path](/pages/vault/plain), [by an old path](/pages/plain-once)
and [[Plain words]].
"""
PLAIN = "# Plain words\n\nNothing to find here.\n"
PATHS = (
    *("open", "came-out", "vault/plain", "plain-once", ASKED, f"{ASKED}/below", f"{ASKED}/gone"),
    *(f"{ASKED}/out", f"once-{ASKED}", f"once-{ASKED}/", f"{ASKED.title()}/Below"),
)
QUESTIONS = {
    "search.search": (f"?q={ASKED}", f"?q={ASKED}t", "?q=open&under=" + ASKED, "?q=words"),
    "search.suggest": (f"?q={ASKED}", f"?q={ASKED[:4]}", "?q=wor"),
    "pages.changes": (f"?under={ASKED}", "?author=2", "?minor=hide"),
    "pages.history": ("?author=2",),
    "pages.compare": ("?text=written", "?view=beside"),
}
LINKS = ".page-text a[href^='/pages/']"
# The name of a form is another each time, and its token another each second.
RANDOM = re.compile(
    r'name="(?:form|csrf_token)" value="[^"]*"|/leave\?form=[\w-]+|data-[a-z]+="[\w-]{20,}"'
)


@pytest.fixture
def people(database: Database) -> list[int]:
    """Make a wiki with two hidden subtrees, and return the numbers of its people."""
    with database.begin() as session:
        ana = make.person(session, name="Ana Lopez")
        writer = make.person(session, name=f"Writer {SECRET}", state="imported")
        make.page(session, path="open", text=OPEN, author=ana)
        plain = make.page(session, path="plain-once", text=PLAIN, author=ana)
        make.revision(session, plain, PLAIN, author=ana, path="vault/plain")
        out = make.page(session, path=f"{ASKED}/out", text="# Came out\n", author=ana)
        make.revision(session, out, "# Came out\n\nOpen now.\n", author=ana, path="came-out")
        for path in (ASKED, f"{ASKED}/gone", f"once-{ASKED}"):
            page = make.page(session, path=path, text=HIDDEN, author=writer, note=SECRET)
            make.revision(session, page, f"{HIDDEN}\nMore.\n", author=writer, note=SECRET)
            if path.startswith("once"):
                make.revision(session, page, HIDDEN, author=writer, path=f"{ASKED}/below")
            if path.endswith("gone"):
                make.revision(session, page, HIDDEN, author=writer, kind="delete")
        index_pages(session, session.scalars(sa.select(Page.id)))
        session.add_all(
            PageLimit(path=path, act="read", kind="role", value="reviewer")
            for path in ("vault", ASKED)
        )
        return list(session.scalars(sa.select(Person.id)))


@pytest.fixture(params=["nobody", "member"])
def browser(
    request: pytest.FixtureRequest, client: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> FlaskClient:
    """Return a browser of somebody who may not read what is hidden."""
    return client if request.param == "nobody" else signed_in("member")


def addresses(app: Flask, people: list[int]) -> Iterator[tuple[str, str]]:
    """Give endpoint and address of everything that answers GET, with every place in each."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        for values in filled(rule, people):
            with app.test_request_context():
                address = app.url_map.bind("wiki.example.org").build(rule.endpoint, values)
            for question in ("", *QUESTIONS.get(rule.endpoint, ())):
                yield rule.endpoint, address.removeprefix("http://wiki.example.org") + question


def filled(rule: Rule, people: list[int]) -> Iterator[dict[str, str | int]]:
    others: dict[str, str | int] = {"number": "1", "pair": "1..2"}
    values = {name: others.get(name, 1) for name in rule.arguments}
    if "path" in values:
        yield from ({**values, "path": path} for path in PATHS)
    elif "tag" in values:
        yield from ({**values, "tag": tag} for tag in (ASKED, "shared"))
    elif "person_id" in values:
        yield from ({**values, "person_id": number} for number in people)
    else:
        yield values


def told(browser: FlaskClient, address: str, word: str) -> tuple[object, ...]:
    """Return status, headers and words of the answer, with `word` blotted out."""
    with browser.session_transaction() as cookie:
        cookie.pop("_flashes", None)  # of the addresses before
    answer = browser.get(address)
    varying = {"ETag", "Set-Cookie", "Date"}
    headers = [(name, text) for name, text in answer.headers if name not in varying]
    return answer.status_code, *(
        str(part).replace(word, "*").replace(word.title(), "*")
        for part in (headers, RANDOM.sub("", answer.text))
    )


def test_no_address_tells_anything_of_what_is_hidden(
    app: Flask, browser: FlaskClient, people: list[int]
) -> None:
    seen = set()
    for endpoint, address in addresses(app, people):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        everything = f"{answer.headers}{answer.text}".casefold()
        assert SECRET not in everything, address
        assert ASKED in address.casefold() or ASKED not in everything, address
        seen.add(endpoint)
    assert {"pages.show", "pages.compare", "search.suggest", "pages.page_feed"} <= seen


def test_what_is_hidden_and_what_is_not_there_are_answered_alike(
    app: Flask, browser: FlaskClient, people: list[int]
) -> None:
    asked = 0
    for _, address in addresses(app, people):
        if ASKED not in address.casefold():
            continue
        other = address.replace(ASKED, NOTHING).replace(ASKED.title(), NOTHING.title())
        assert told(browser, address, ASKED) == told(browser, other, NOTHING), address
        asked += 1
    assert asked > 40


def test_those_who_may_read_it_find_it_at_all_these_addresses(
    app: Flask, people: list[int], signed_in: Callable[..., FlaskClient]
) -> None:
    reviewer = signed_in("reviewer")
    telling = {
        endpoint
        for endpoint, address in addresses(app, people)
        if SECRET in reviewer.get(address, follow_redirects=True).text
    }
    unseen = {"pages.tagged", "pages.links_here", "pages.choose"}
    reading = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert telling >= {one for one in reading if one.startswith(("pages.", "search."))} - unseen - {
        "pages.about",
        "pages.show_help",
        "pages.accessibility",
        "pages.access",
    }


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "door", ["/pages/open/move?title=T&", "/pages/new?title=T&act=write&", "/pages/new?title=T&"]
)
def test_no_place_in_a_hidden_subtree_is_said_to_be_taken(
    signed_in: Callable[..., FlaskClient], door: str
) -> None:
    member = signed_in("member")
    taken, free = f"{door}parent={ASKED}&name=below", f"{door}parent={ASKED}&name=blank"
    assert told(member, taken, "below") == told(member, free, "blank")


@pytest.mark.usefixtures("people")
def test_a_link_to_a_hidden_page_looks_like_one_to_a_missing_page(
    see: See, signed_in: Callable[..., FlaskClient]
) -> None:
    def missing(browser: FlaskClient) -> list[bool]:
        return ["missing" in str(link) for link in see("/pages/open", browser).select(LINKS)]

    assert missing(signed_in("member")) == [True, True, True]
    assert missing(signed_in("reviewer")) == [False, False, False]


@pytest.mark.usefixtures("people")
def test_hidden_pages_count_for_nothing(see: See, signed_in: Callable[..., FlaskClient]) -> None:
    member, reviewer = signed_in("member"), signed_in("reviewer")
    backlinks = "What links here (%s)"
    assert backlinks % 0 in see("/pages/open", member).get_text()
    assert backlinks % 2 in see("/pages/open", reviewer).get_text()
    orphans = "a[href='/pages/open']"
    assert see("/links", member).select(f"main {orphans}")
    assert not see("/links", reviewer).select(f"main ul:last-of-type {orphans}")
    mended = [one.get_text() for one in see("/links", member).select("main .govuk-hint")]
    assert mended == ["plain-once", "vault/plain"]
    mended = [one.get_text() for one in see("/links", reviewer).select("main .govuk-hint")]
    assert mended == [SECRET, SECRET]


def test_the_whole_wiki_is_hidden_from_strangers_where_members_read(
    app: Flask, client: FlaskClient, database: Database, people: list[int]
) -> None:
    with database.begin() as session:
        session.add(WikiSetting(key="readers", value="members"))
    for endpoint, address in addresses(app, people):
        if endpoint.startswith(("pages.", "search.")):
            answer = client.get(address)
            assert SECRET not in answer.text
            assert "Open to all" not in answer.text
            assert "Ana Lopez" not in answer.text
