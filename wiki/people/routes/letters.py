"""The words of letters, for services that know neither templates nor where the wiki stands."""

from wiki.mail.letters import Words
from wiki.people import guards
from wiki.people.rules.links import link_url
from wiki.people.rules.returns import HOME
from wiki.web.db import settings
from wiki.web.letters import render_letter


def write(template: str, path: str = "", target: str = HOME, **values: object) -> Words:
    """Return the words of the letter `template`; `path` is where its link leads, if it has one."""
    url = link_url(settings().public_url, path, target) if path else ""
    name = guards.wiki().name
    return Words(*render_letter(template, url=url, wiki_name=name, **values), sender=name)
