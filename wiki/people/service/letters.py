"""How services ask for the words of a letter without knowing templates or addresses of the web."""

from typing import Protocol

from wiki.mail.letters import Words


class Write(Protocol):
    """Gives the words of the letter `template`; `path` is where its link leads."""

    def __call__(self, template: str, path: str = "", target: str = "/", **values: object) -> Words:
        """Return the words."""
        ...
