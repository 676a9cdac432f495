"""A wiki with a hidden subtree, and answers of which what is random is blotted out."""

import html
import re
from dataclasses import dataclass

from werkzeug.test import TestResponse

from wiki.pages.models import PageLimit
from wiki.storage.engine import Database

# In all that is hidden; what may be asked for by name; and what is not there, as long as that.
SECRET = "qxmarker"
VAULT = "wyvern"
NOTHING = "gorgon"
TEXT = f"# Wyvern {SECRET}\n\nWords of {SECRET}, see [the open page](/pages/open).\n"
OPEN = "# Open\n\nFirst words.\n\nSecond words.\n"
MISSING_ID = "999999"
RANDOM = re.compile(
    r'name="(?:csrf_token|form)" value="[^"]*"|data-kept="[^"]*"|/drafts/\d+|/leave\?form=[\w-]+'
)


@dataclass(frozen=True, slots=True)
class Vault:
    """The numbers of the hidden pages: one that lives, one that was deleted."""

    living: str
    deleted: str


def limit(database: Database, path: str, value: str = "reviewer") -> None:
    with database.begin() as session:
        session.add(PageLimit(path=path, act="read", kind="role", value=value))


def told(answer: TestResponse, word: str) -> tuple[int, str, str]:
    """Return status, headers and words of an answer, `word` and what is random blotted out."""
    text = html.unescape(RANDOM.sub("", answer.text)) + html.unescape(str(answer.location))
    assert SECRET not in text.casefold()
    # A number may stand in the address of a style, too.
    exact = rf'(name="page" value="|/deleted/){word}\b' if word.isdecimal() else word
    text = re.sub(exact, "*", text, flags=re.IGNORECASE)
    return answer.status_code, str(answer.headers.get("Cache-Control")), text


def alike(one: TestResponse, other: TestResponse, words: tuple[str, str]) -> None:
    status, kept, text = told(one, words[0])
    of_nothing = told(other, words[1])
    assert (status, kept) == of_nothing[:2]
    differing = set(text.splitlines()) ^ set(of_nothing[2].splitlines())
    assert differing == set(), differing
