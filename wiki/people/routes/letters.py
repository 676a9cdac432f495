"""The words of letters, for services that know neither templates nor where the wiki stands."""

from flask import request
from sqlalchemy.orm import Session

from wiki.mail.letters import Words
from wiki.people import guards, service
from wiki.people.rules.links import link_url
from wiki.people.rules.returns import HOME
from wiki.web.db import settings
from wiki.web.letters import render_letter


def write(template: str, path: str = "", target: str = HOME, **values: object) -> Words:
    """Return the words of the letter `template`; `path` is where its link leads, if it has one."""
    url = link_url(settings().public_url, path, target) if path else ""
    name = guards.wiki().name
    return Words(*render_letter(template, url=url, wiki_name=name, **values), sender=name)


def was_used(session: Session, *, to_stranger: bool = False) -> None:
    """Note that the button in a letter was pressed here: its letter no longer counts."""
    service.letter_was_used(
        session,
        source=request.remote_addr or "",
        secret=settings().secret_key,
        to_stranger=to_stranger,
    )
