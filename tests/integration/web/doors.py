"""Every address of the wiki, filled in."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

# What each part of an address is in the wiki that the tests stock.
VALUES = {
    "path": "strategy/aims",
    "pair": "1..2",
    "number": "2",
    "draft_id": "1",
    "person_id": "1",
    "page_id": "1",
    "tag": "homes",
    "token": "no-such-token",
    "filename": "main.css",
}
# Open to everybody, whoever may read the wiki: ways in, health, and what the program is.
OPEN = {
    "health.alive",
    "health.ready",
    "pages.about",
    "pages.accessibility",
    "pages.show_help",
    "people.address_link",
    "people.brand",
    "people.forgotten",
    "people.link",
    "people.link_sent",
    "people.password_link",
    "people.password_link_sent",
    "people.sign_in",
    "people.sign_out",
    "people.sign_up",
    "people.sign_up_link",
    "people.sign_up_sent",
    "people.sign_up_waiting",
    "static",
}


def rules(app: Flask, method: str) -> list[Rule]:
    """Return the rules that answer to `method`."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def filled(rule: Rule, **values: str) -> str:
    """Return the address of `rule`, its parts filled in."""
    parts = []
    for is_part, text in _parts(rule.rule):
        parts.append({**VALUES, **values}[text] if is_part else text)
    return "".join(parts)


def addresses(app: Flask, method: str = "GET") -> Iterator[tuple[str, str]]:
    """Give the endpoint and a filled address of every rule that answers to `method`."""
    for rule in rules(app, method):
        yield rule.endpoint, filled(rule)


def _parts(rule: str) -> Iterator[tuple[bool, str]]:
    for piece in rule.split("<"):
        before, bracket, after = piece.partition(">")
        if bracket:
            yield True, before.rpartition(":")[2]
            yield False, after
        else:
            yield False, before
