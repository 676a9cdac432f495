"""Editors of a running wiki: browsers without script that read its forms and send them."""

import html
import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*>")
_TEXT = re.compile(r"<textarea\b[^>]*name=\"text\"[^>]*>\n?(.*?)</textarea>", re.DOTALL)


@dataclass
class Answer:
    """What came back; status 0 when nothing did, so that nobody knows what became of it."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """Return saved, clash, failed (a mistake of the server), unknown or refused."""
        if self.status >= 500:  # noqa: PLR2004
            return "failed"
        return {0: "unknown", 303: "saved", 409: "clash"}.get(self.status, "refused")

    @property
    def revision(self) -> int:
        """Return the number of the revision that was made, 0 if none was."""
        return int(self.headers.get("manyhands-revision", 0))


@dataclass
class Form:
    """The form of a page as it was opened: its hidden fields and its text."""

    page: str
    hidden: dict[str, str]
    text: str


class Editor:
    """One person in one browser."""

    def __init__(self, port: int, cookie: str, name: str) -> None:
        self.port = port
        self.cookie = cookie
        self.name = name

    def open(self, page: str) -> Form:
        """Open the form of a page; raise AssertionError when there is none."""
        answer = self.ask("GET", f"/pages/{page}/edit")
        assert answer.status == 200, (answer.status, page)  # noqa: PLR2004
        whole = next(one for one in _FORM.findall(answer.body) if 'name="text"' in one)
        text = _TEXT.search(whole)
        assert text is not None
        return Form(page, hidden_fields(whole), html.unescape(text[1]))

    def save(self, form: Form, text: str, note: str) -> Answer:
        """Press Save."""
        fields = {**form.hidden, "text": text.replace("\n", "\r\n"), "note": note}
        return self.ask("POST", f"/pages/{form.page}/revisions", fields)

    def drafts(self) -> str:
        """Return all that the pages of this person's drafts show."""
        listed = self.ask("GET", "/drafts").body
        numbers = sorted(set(re.findall(r'href="/drafts/(\d+)"', listed)))
        return "\n".join(self.ask("GET", f"/drafts/{number}").body for number in numbers)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Return the answer; its status is 0 when the connection broke."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        if "set-cookie" in found:
            self.cookie = found["set-cookie"].partition(";")[0]
        return Answer(answer.status, text, found)


def hidden_fields(form: str) -> dict[str, str]:
    """Return the hidden fields of a form, given as HTML."""
    fields = {}
    for element in _INPUT.findall(form):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', element))
        if facts.get("type") == "hidden":
            fields[facts["name"]] = html.unescape(facts.get("value", ""))
    return fields


def enter(port: int, token: str, name: str) -> Editor:
    """Return a browser in which the link with `token` was used."""
    editor = Editor(port, "", name)
    page = editor.ask("GET", f"/sign-in/link/{token}")
    form = next(one for one in _FORM.findall(page.body) if "csrf_token" in one)
    answer = editor.ask("POST", f"/sign-in/link/{token}", hidden_fields(form))
    assert answer.status == 303, answer.status  # noqa: PLR2004
    return editor
