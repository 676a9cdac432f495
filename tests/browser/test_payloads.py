"""Attacks known to have worked elsewhere run nowhere here, whether or not the browser helps.

With the content security policy in force nothing even tries; with it switched off the HTML
itself has to be harmless.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import payloads
from tests.browser.desk import desk_in
from tests.browser.live import LiveWiki, opened

# Whatever an attack would call leaves a trace.
TRAPS = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...said) => window.ran.push(`${name}(${said})`);
}
"""
# What is alive in the page although it is none of ours.
ALIVE = """() => {
  const found = [...window.ran];
  const dead = "iframe, frame, object, embed, applet, base, style, math, audio, video, "
    + "template:not(.kept-copies > template), "
    + "marquee, body [style], [srcdoc], [is], meta[http-equiv], "
    + "main svg:not(.govuk-pagination__icon, .chart > .chart__plot, "
    + ".chart__plot > .chart__lines, .chart__entry > .chart__swatch), .page-text svg, "
    + "svg :is(a, animate, animateMotion, animateTransform, foreignObject, image, set), "
    + "main form:not(.filter-form, .history-form, .writing, .clash, .draft-delete), "
    + "link:not(head > link), "
    + ".page-text input:not([type=checkbox][disabled])";
  const ours = document.querySelectorAll("script[type=module][src^='/static/']");
  const scripts = document.querySelectorAll("script");
  if (scripts.length !== ours.length || ours.length > 1) found.push("a script");
  const say = element => found.push(element.outerHTML.slice(0, 200));
  document.querySelectorAll(dead).forEach(say);
  for (const element of document.querySelectorAll("*")) {
    for (const {name, value} of element.attributes) {
      const leads = /^(href|src|action|formaction|xlink:href|poster|background|data)$/.test(name);
      const address = value.replace(/[\\u0000-\\u0020]/g, "");
      if (name.startsWith("on") || (leads && /^(javascript|vbscript|data):/i.test(address))) {
        say(element);
      }
    }
  }
  return found;
}"""
IS_XML = """async address => {
  const text = await (await fetch(address)).text();
  const parsed = new DOMParser().parseFromString(text, "application/xml");
  return [parsed.querySelector("parsererror")?.textContent ?? "",
    parsed.getElementsByTagName("entry").length];
}"""
# As read and as written, in one column and side by side.
VIEWS = ("", "?view=beside", "?text=written", "?text=written&view=beside")
BOTH = pytest.mark.parametrize("has_policy", [True, False], ids=["policy on", "policy off"])
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    return payloads.read_payloads()


@pytest.fixture(scope="module")
def attacked_wiki(
    corpus: list[str], migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    with opened(migrated_sqlite, tmp_path_factory.mktemp("attacked")) as wiki:
        with wiki.database.begin() as session:
            payloads.write(session, corpus)
        yield wiki


@BOTH
def test_no_attack_in_a_text_note_or_name_is_alive(
    has_policy: bool, new_page: OpenPage, attacked_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    addresses = []
    for path, batch in payloads.batches(corpus):
        pair = f"/pages/{path}/compare/{len(batch) + 1}..{len(batch) + 2}"
        views = VIEWS[::3] if has_policy else VIEWS
        addresses += [f"/pages/{path}", f"/pages/{path}/history", *(pair + view for view in views)]
    _expect_all_dead(page, attacked_wiki, addresses)
    page.goto(attacked_wiki.url + "/pages/attacks-0")
    # The attacks were laid out as a page, not shown as one that is too much.
    assert page.locator(".page-text table").count() == payloads.BATCH


@BOTH
def test_no_attack_in_a_title_tag_or_heading_is_alive(
    has_policy: bool, new_page: OpenPage, attacked_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    lists = ["/", "/pages", "/changes", "/gaps", "/links"]
    for path, _ in payloads.batches(corpus):
        one = f"/pages/{path}/one-7"
        lists += [one, f"{one}/links", f"{one}/history", f"/changes?under={path}"]
    tags = [f"/tags/{quote(payload[:80], safe='')}" for payload in corpus[::40]]
    _expect_all_dead(page, attacked_wiki, lists + tags)


@BOTH
def test_no_attack_in_a_search_or_its_results_is_alive(
    has_policy: bool, new_page: OpenPage, attacked_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    sought = [*payloads.WORDS, *corpus[::12]]
    _expect_all_dead(page, attacked_wiki, [f"/search?q={quote(words)}" for words in sought])
    page.goto(attacked_wiki.url)
    page.locator("#site-search").press_sequentially("alert")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(ALIVE) == []


@BOTH
def test_no_attack_is_alive_while_it_is_written(
    has_policy: bool, new_page: OpenPage, attacked_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    found = _watch(page, attacked_wiki)
    for number, start in enumerate(range(0, len(corpus), payloads.BATCH)):
        attacks = [one.replace("\0", " ") for one in corpus[start : start + payloads.BATCH]]
        desk = desk_in(attacked_wiki, "# Attacked\n\nHere they come.\n", title="Attacked")
        desk.sit_down(page)
        page.locator("#text").fill("\n\n".join(["# Attacked", *attacks]))
        page.get_by_label("What did you change").fill(attacks[0])
        for name, title in (("Preview", "Preview"), ("See what I changed", "What you changed")):
            page.get_by_role("button", name=name).click()
            expect(page.locator("#look h2").first).to_have_text(title)
            found += page.evaluate(ALIVE)
        if number % 2:
            desk.meanwhile("# Attacked\n\n" + "\n\n".join(reversed(attacks)), by=attacks[0][:200])
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page).to_have_url(re.compile("/revisions$" if number % 2 else "/attacked$"))
        found += page.evaluate(ALIVE)
        page.goto(attacked_wiki.url + "/drafts")
        found += page.evaluate(ALIVE)
    assert not found, "\n".join(found[:20])


def test_feeds_of_attacks_are_feeds(
    new_page: OpenPage, attacked_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=True)
    page.goto(attacked_wiki.url)
    pages = [f"/pages/{path}/feed" for path, _ in payloads.batches(corpus)]
    for address in ("/changes/feed", *pages):
        trouble, entries = page.evaluate(IS_XML, attacked_wiki.url + address)
        assert not trouble, f"{address}: {trouble}"
        assert entries >= len(corpus) % payloads.BATCH


def _armed(new_page: OpenPage, *, has_policy: bool) -> Page:
    """Return a window in which an attack that runs leaves a trace."""
    page = new_page(bypass_csp=not has_policy)
    page.add_init_script(TRAPS)
    # Laying out half a megabyte of attacks takes longer than looking through it.
    page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    return page


def _expect_all_dead(page: Page, wiki: LiveWiki, addresses: Sequence[str]) -> None:
    found = _watch(page, wiki)
    for address in addresses:
        page.goto(wiki.url + address)
        found += [f"{address}: {line}" for line in page.evaluate(ALIVE)]
    assert not found, "\n".join(found[:20])


def _watch(page: Page, wiki: LiveWiki) -> list[str]:
    """Return a list that gets a line for each dialog, and each request to somewhere else."""
    found: list[str] = []
    here = urlsplit(wiki.url).netloc

    def note(request: Request) -> None:
        if urlsplit(request.url).netloc not in {"", here}:
            found.append(f"{page.url} asked for {request.url}")

    page.on("request", note)
    page.on("dialog", lambda dialog: found.append(f"{page.url} said {dialog.message}"))
    return found


@pytest.mark.parametrize(
    "attack",
    [
        "<img src='data:,' onerror=alert(1)>",
        "<a href=' java\nscript:alert(1)'>a</a>",
        "<script>alert(1)</script>",
        "<p style='color: red'>a</p>",
        "<main><svg></svg></main>",
        "<main><figure class='chart'><svg></svg></figure></main>",
        "<main><figure class='chart'><svg class='chart__plot'><set /></svg></figure></main>",
        "<main><form action='/sign-out'></form></main>",
    ],
)
def test_an_attack_would_be_noticed(attack: str, new_page: OpenPage, live_wiki: LiveWiki) -> None:
    page = _armed(new_page, has_policy=False)
    page.goto(live_wiki.url)
    assert page.evaluate(ALIVE) == []
    page.set_content(f"{attack}<main></main>")
    assert page.evaluate(ALIVE)
