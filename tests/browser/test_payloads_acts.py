"""Known attacks run nowhere where pages are moved, deleted and restored, or people looked after."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests import make
from tests.browser import payloads
from tests.browser.live import PASSWORD, LiveWiki, opened
from tests.browser.test_payloads import ALIVE, BOTH, TRAPS, _armed, _watch
from wiki.clock import utc_now
from wiki.pages.models import Page as WikiPage
from wiki.people import service as people
from wiki.search import service as search
from wiki.web.letters import render_letter
from wiki.writing.service import Submission, keep

OpenPage = Callable[..., Page]
EMAIL = "ada@example.org"
PAGES = 24
# Forms that stand on pages of acts are ours, too.
FORMS = "main form:not(.filter-form, .history-form, .writing, .clash, .draft-delete), "


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    """Return each payload once, as one line."""
    lines = (" ".join(one.replace("\0", " ").split()) for one in payloads.read_payloads())
    return list(dict.fromkeys(line for line in lines if line))


@pytest.fixture(scope="module")
def acted_wiki(
    corpus: list[str], migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return a wiki whose pages, people, teams, drafts and invitations are all attacks."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("acted")) as wiki:
        now = utc_now()
        with wiki.database.begin() as session:
            admin = make.person(session, name=corpus[0][:200], email=EMAIL, role="admin")
            admin.about = "\n".join(corpus)[:1000]
            people.set_password(session, admin, PASSWORD, now=now)
            people.set_wiki(session, "name", corpus[1][:80], now=now)
            people.set_wiki(session, "sign_up", "approval", now=now)
            for number, payload in enumerate(corpus[:200]):
                team = make.team(session, f"{payload[:110]} {number}")
                make.person(session, name=payload[:200], team_id=team.id)
            written = [_page(session, number, corpus) for number in range(PAGES)]
            search.index_pages(session, [page.id for page in written])
            for number, page in enumerate(written):
                text = "\n\n".join(["# Draft", *corpus[number::PAGES]])
                typed = Submission(
                    person_id=admin.id,
                    path=page.path,
                    page_id=page.id,
                    base=2,
                    text=text,
                    form=f"attack-{number}",
                    note=corpus[number],
                )
                if page.deleted_at is None:
                    keep(session, typed, now=now)
        yield wiki


def _page(session: Session, number: int, corpus: list[str]) -> WikiPage:
    some = corpus[number::PAGES]
    title = json.dumps(some[0][:200])
    text = f"---\ntitle: {title}\n---\n\n" + "\n\n".join(
        f"## {one}\n\n{one}\n\n[{one}](one-{(number + 1) % PAGES})" for one in some
    )
    author = make.person(session, name=some[-1][:200])
    page = make.page(session, path=f"attacks/one-{number}", text=text, author=author, note=some[0])
    make.revision(session, page, f"{text}\n\n{some[1]}\n", author=author, note=some[1])
    if number % 6 == 5:
        make.revision(session, page, None, author=author, kind="delete", note=some[2])  # type: ignore[arg-type]
    return page


def alive(page: Page) -> list[str]:
    """Return what lives on the page; forms that lead to us are ours, as attacks have no token."""
    script = ALIVE.replace(FORMS, "main form:not(:has(input[name=csrf_token]), [method=get]), ")
    assert script != ALIVE
    return [str(one) for one in page.evaluate(script)]


@BOTH
def test_no_attack_is_alive_where_pages_and_people_are_looked_after(
    has_policy: bool, new_page: OpenPage, acted_wiki: LiveWiki
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    acted_wiki.enter(page, EMAIL)
    found = _watch(page, acted_wiki)
    addresses = ["/", "/drafts", "/deleted", "/pages/new", "/pages/new?act=write&parent=<x>"]
    addresses += ["/account", "/account/profile", "/account/address", "/sign-out", "/members/1"]
    addresses += [f"/members?page={number}" for number in (1, 2, 3)]
    addresses += ["/members/2/edit", "/members/invite", "/members/teams", "/settings"]
    for number in range(0, PAGES, 1 if not has_policy else 4):
        one = f"/pages/attacks/one-{number}"
        addresses += [
            f"{one}/edit",
            f"{one}/edit?draft={number + 1}",
            f"/drafts/{number + 1}",
            f"{one}/move?title=Moved&with_pages=1&parent=other&name=%3Cb%3E-{number}",
            f"{one}/{('delete', 'copy', 'access', 'links')[number % 4]}",
            f"{one}/restore?number=1",
            f"{one}/undo?number=2",
            f"/deleted/{number + 1}",
        ]
    shown = 0
    for address in addresses:
        answer = page.goto(acted_wiki.url + address)
        assert answer is not None
        shown += answer.ok and "&lt;" in answer.text()
        found += [f"{address}: {line}" for line in alive(page)]
    assert not found, "\n".join(found[:20])
    assert shown > len(addresses) * 0.6


@BOTH
def test_no_attack_is_alive_in_what_is_said_after_an_act(
    has_policy: bool, new_page: OpenPage, acted_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    acted_wiki.enter(page, EMAIL)
    found = _watch(page, acted_wiki)
    attacks = [one for one in corpus if "<" in one and len(one) < 80][:6]
    for number, attack in enumerate(attacks):
        path = f"said/{int(has_policy)}-{number}"
        with acted_wiki.database.begin() as session:
            made = make.page(session, path=path, text=f"---\ntitle: {json.dumps(attack)}\n---\n")
            assert made.title == attack
        for address, fields in (
            (f"/pages/{path}/copy", {"title": attack}),
            (f"/pages/{path}/delete", {"reason": attack}),
            ("/members/teams", {"name": f"{attack} {path}"}),
            ("/settings", {"name": attack[:80], "colour": attack, "sign_up_domains": attack}),
            ("/members/invite", {"emails": attack, "words": attack}),
            ("/account/profile", {"name": attack, "about": attack}),
            ("/members/import", {"pasted": f"email,name\n{attack},{attack}\n"}),
        ):
            page.goto(acted_wiki.url + address)
            form = page.locator("main form[method=post]").last
            for name, words in fields.items():
                form.locator(f"[name={name}]").last.fill(words)
            with page.expect_navigation():
                form.evaluate("form => form.submit()")
            found += [f"{address}: {line}" for line in alive(page)]
    assert not found, "\n".join(found[:20])


def test_no_attack_is_alive_in_a_letter(
    new_page: OpenPage, acted_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=False)
    page.goto(acted_wiki.url + "/about")
    found = _watch(page, acted_wiki)
    with acted_wiki.app.test_request_context():
        for payload in corpus[::3]:
            subject, text, html = render_letter(
                "invitation",
                url="http://wiki.example.org/sign-up/x",
                wiki_name=payload,
                inviter=payload,
                words=payload,
            )
            assert "\n" not in subject
            assert text
            page.set_content(html)
            found += page.evaluate(
                "() => [...document.querySelectorAll('script, img, iframe, svg, form, [onerror]')]"
                ".map(one => one.outerHTML).concat(window.ran)"
            )
    assert not found, "\n".join(found[:20])


def test_no_attack_is_alive_in_a_copy_that_the_browser_kept(
    browser: Browser, acted_wiki: LiveWiki, corpus: list[str]
) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(TRAPS)
    acted_wiki.enter(page, EMAIL)
    page.goto(f"{acted_wiki.url}/pages/fresh/attacks/edit")
    context.set_offline(offline=True)
    text = "\n".join(corpus)
    page.locator("#text").fill(text)
    expect(page.locator(".draft-status__text")).to_contain_text("reached")
    page.close()
    context.set_offline(offline=False)
    page = context.new_page()
    page.add_init_script(TRAPS)
    page.goto(f"{acted_wiki.url}/pages/fresh/attacks/edit")
    offer = page.get_by_role("region", name="This browser kept some text of yours")
    expect(offer).to_be_visible()
    assert alive(page) == []
    offer.get_by_role("button", name="Put it in the box").click()
    expect(page.locator("#text")).to_have_value(text)
    assert alive(page) == []
    context.close()
