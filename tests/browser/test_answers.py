"""What forms of writing are answered with, which no address leads to: seen by the Nu checker."""

import re
from pathlib import Path

from playwright.sync_api import APIRequestContext, Page

from tests.browser.checks import nu_check
from tests.browser.desk import Desk, desk_in
from tests.browser.live import LiveWiki

TEXT = "# Letters\n\nWe answer every letter within ten days.\n"
THEIRS, MINE = TEXT.replace("ten", "twenty"), TEXT.replace("ten", "five")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def test_the_nu_checker_finds_nothing_in_an_answer(
    page: Page, writing_wiki: LiveWiki, tmp_path: Path
) -> None:
    desk = desk_in(writing_wiki, TEXT)
    writing_wiki.enter(page, desk.email)
    asking = page.context.request
    fields = dict(HIDDEN.findall(asking.get(f"{desk.url}/edit").text())) | {"text": MINE}
    answers = {
        "preview": _answer(asking, desk, fields, 200, act="preview"),
        "compare": _answer(asking, desk, fields, 200, act="compare"),
        "too-long": _answer(asking, desk, fields, 413, text="x" * 500_001),
    }
    desk.meanwhile(THEIRS)
    answers["clash"] = _answer(asking, desk, fields, 409)
    resolving = dict(HIDDEN.findall(answers["clash"])) | {"text": MINE}
    answers["unchosen"] = _answer(asking, desk, resolving, 422)
    page.context.clear_cookies()
    answers["carried"] = _answer(asking, desk, fields, 400)
    files = []
    for name, html in answers.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(html, encoding="utf-8")
    assert nu_check(files) == []


def _answer(
    asking: APIRequestContext, desk: Desk, fields: dict[str, str], status: int, **more: str
) -> str:
    answer = asking.post(f"{desk.url}/revisions", form={**fields, **more})
    assert answer.status == status
    return answer.text()
