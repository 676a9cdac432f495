"""A page's text for people who are not signed in: the addresses in its fields cut short.

A page names who looks after it by an e-mail address, and collectors of addresses read every page
that is open to all. What stands below the fields was written to be read, and stays.
"""

import re

from wiki.text import frontmatter

_ADDRESS = re.compile(r"""([^\s@<>()\[\]{},;:"']+)@[^\s@<>()\[\]{},;:"']+""")


def discreet(text: str) -> str:
    """Return `text` with each e-mail address in its fields as the part before the @."""
    if "@" not in text:
        return text
    front = frontmatter.split(text)
    return _ADDRESS.sub(r"\1", front.source) + front.body if "@" in front.source else text
