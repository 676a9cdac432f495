"""One section cut out of a page to be edited alone, and put back."""

from dataclasses import dataclass

from wiki.text.sections import sections


@dataclass(frozen=True, slots=True)
class Part:
    """A section inside its page: `before + text + gap + after` is the whole page.

    `text` holds its heading and subsections; `gap` the blank lines that end it, which stay outside
    the box so that nobody can lose them.
    """

    heading: str
    before: str
    text: str
    gap: str
    after: str

    def replaced(self, typed: str) -> str:
        """Return the whole page with `typed` in place of the section; nothing typed takes it out.

        Line ends may be any; those typed are newlines. What follows stays a paragraph of its own.
        """
        body = typed.replace("\r\n", "\n").rstrip()
        if not body:
            return self.before + self.after
        if body == self.text.replace("\r\n", "\n"):
            return self.before + self.text + self.gap + self.after
        gap = self.gap
        if self.after and gap.count("\n") < len("\n\n"):
            gap = "\n\n"
        return self.before + body + gap + self.after


def part(text: str, anchor: str, *, title: str) -> Part | None:
    """Return the section of `text` with this anchor, or None if there is none.

    `title` is the page's, which decides what the anchors are.
    """
    if not anchor:
        return None
    found = next((one for one in sections(text, title=title) if one.anchor == anchor), None)
    if found is None:
        return None
    lines = _lines(text)
    section = "".join(lines[found.start : found.end])
    body = section.rstrip()
    return Part(
        heading=found.heading,
        before="".join(lines[: found.start]),
        text=body,
        gap=section[len(body) :],
        after="".join(lines[found.end :]),
    )


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [text.rpartition("\n")[2]]
