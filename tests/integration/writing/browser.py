"""What a browser without script does with the forms of writing."""

import html
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_BOX = re.compile(r"<textarea\b([^>]*)>\n?(.*?)</textarea>", re.DOTALL)
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


def fields_of(page: TestResponse, action: str) -> dict[str, str]:
    """Return what the form that goes to `action` would send, unticked and unchosen things apart."""
    body = page.get_data(as_text=True)
    for attributes, inside in _FORM.findall(body):
        if dict(_ATTRIBUTE.findall(attributes)).get("action") == action:
            return {name: html.unescape(value) for name, value in _fields(inside)}
    raise AssertionError(f"There is no form to {action}.")


def _fields(inside: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for written in _INPUT.findall(inside):
        facts = dict(_ATTRIBUTE.findall(written))
        is_chosen = facts.get("type") not in {"radio", "checkbox"} or " checked" in written
        if "name" in facts and is_chosen:
            found.append((facts["name"], facts.get("value", "")))
    for attributes, text in _BOX.findall(inside):
        facts = dict(_ATTRIBUTE.findall(attributes))
        if "name" in facts:
            found.append((facts["name"], text.replace("\r\n", "\n").replace("\n", "\r\n")))
    return found


def edited(client: FlaskClient, path: str = "aims", query: str = "") -> dict[str, str]:
    """Return what the form of a page would send if nothing was typed."""
    page = client.get(f"/pages/{path}/edit{query}")
    assert page.status_code == 200, page.get_data(as_text=True)
    return fields_of(page, f"/pages/{path}/revisions")


def send(client: FlaskClient, path: str = "aims", /, **fields: Any) -> TestResponse:
    """Press a button of the form of a page."""
    return client.post(f"/pages/{path}/revisions", data=fields)


def words(page: TestResponse) -> str:
    """Return the page as text of its source, entities resolved."""
    return html.unescape(page.get_data(as_text=True))


def box(page: TestResponse, name: str = "text") -> str:
    """Return what stands in the box called so (or of that id), as a browser reads it."""
    for attributes, text in _BOX.findall(page.get_data(as_text=True)):
        facts = dict(_ATTRIBUTE.findall(attributes))
        if name in {facts.get("name"), facts.get("id")}:
            return html.unescape(text)
    raise AssertionError(f"There is no box {name}.")


def told(answer: TestResponse) -> dict[str, str]:
    """Return what a script is told."""
    facts: dict[str, str] = answer.get_json()
    return facts
