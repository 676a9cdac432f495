"""The block of fields between two `---` lines at the top of a page: taken apart and written.

Idea: nearly every block is a few lines `key: words`, which a line pattern reads without YAML. All
other blocks go through PyYAML's base loader, which makes text of every scalar and so knows no
dates, booleans or objects. Blocks are bounded in size, and repeated parts (aliases) are counted
while they are unfolded, so that a small block cannot grow into a large one. Rejected: the C loader
(crashes on deep nesting) and the safe loader (turns `on` into True and 1.10 into 1.1).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import yaml

SIZE_LIMIT = 20_000
PARTS_LIMIT = 500
BRACKETS_LIMIT = 100
KNOWN_FIELDS = ("title", "problem", "owner", "tags", "order", "lang")

FieldValue = str | tuple[str, ...]

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_SIMPLE_LINE = re.compile(
    r"(?P<key>[A-Za-z_][A-Za-z0-9_-]*):"
    r"(?:[ ]+(?:\"(?P<double>[^\"\\]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\W_].*?|/[^\W_].*?)))?[ ]*"
)
_NOT_PLAIN = re.compile(r": |:$| #")
_PLAIN_VALUE = re.compile(r"[^\W_][^\n]*")
_WORD_VALUE = re.compile(r"[^\W_](?:[\w .-]*\w)?")
_LINE_SIGNS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_LOOKS_LIKE_FIELDS = re.compile(r"\s*[\w-]+[ ]?:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a page and the text below them.

    `source` is the whole block as written, so that `source + body` is the text; `problem_sentence`
    says why a block that looks like fields could not be read (then there are no fields and the
    body is the whole text).
    """

    body: str
    fields: Mapping[str, FieldValue] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    problem_sentence: str | None = None

    @property
    def title(self) -> str | None:
        """The page's title, if it names one."""
        return self._words("title")

    @property
    def problem(self) -> str | None:
        """The problem that the page tries to solve, if it names one."""
        return self._words("problem")

    @property
    def owner(self) -> str | None:
        """Who looks after the page, as written."""
        return self._words("owner")

    @property
    def lang(self) -> str | None:
        """The language of the page, such as `fr`."""
        return self._words("lang")

    @property
    def tags(self) -> tuple[str, ...]:
        """The page's tags in the order written, none twice; a list or words between commas."""
        written = self.fields.get("tags", ())
        tags = written.split(",") if isinstance(written, str) else written
        return tuple(dict.fromkeys(plain for tag in tags if (plain := " ".join(tag.split()))))

    @property
    def order(self) -> float | None:
        """The page's place among its neighbours (`order`, else `nav_order`), if it is a number."""
        written = self._words("order") or self._words("nav_order")
        return float(written) if written and _NUMBER.fullmatch(written) else None

    def _words(self, name: str) -> str | None:
        value = self.fields.get(name, "")
        words = value if isinstance(value, str) else ", ".join(value)
        return " ".join(words.split()) or None


def split(text: str) -> FrontMatter:
    """Return the fields at the top of `text` and the text below them. Raises nothing."""
    opening = _OPENING.match(text) if text[:4].lstrip("\ufeff").startswith("---") else None
    closing = _CLOSING.search(text, opening.end(), opening.end() + SIZE_LIMIT) if opening else None
    if not opening or not closing:
        return FrontMatter(body=text)
    block = text[opening.end() : closing.start()]
    fields = _simple_fields(block)
    if fields is None:
        try:
            fields = _yaml_fields(block)
        except (yaml.YAMLError, RecursionError, ValueError):
            return FrontMatter(body=text, problem_sentence=_problem_with(block))
    if not fields:
        return FrontMatter(body=text)
    return FrontMatter(
        body=text[closing.end() :],
        fields=MappingProxyType(fields),
        source=text[: closing.end()],
    )


def join(fields: Mapping[str, FieldValue], body: str) -> str:
    """Return a page's text with `fields` above `body`; the same fields give the same block.

    Known fields come first in a fixed order, others in the order given; empty ones are left out.
    """
    names = [name for name in KNOWN_FIELDS if name in fields]
    names += [name for name in fields if name not in KNOWN_FIELDS]
    lines = [f"{_key(name)}: {_written(fields[name])}\n" for name in names if fields[name]]
    return f"---\n{''.join(lines)}---\n{body}" if lines else body


def _problem_with(block: str) -> str | None:
    if not _LOOKS_LIKE_FIELDS.match(block):
        return None
    return (
        "The lines between --- at the top of this page could not be read as fields, "
        "so they are shown as part of the text. Write one “name: words” on each line."
    )


def _simple_fields(block: str) -> dict[str, FieldValue] | None:
    fields: dict[str, FieldValue] = {}
    for line in block.replace("\r\n", "\n").removesuffix("\n").split("\n"):
        match = _SIMPLE_LINE.fullmatch(line)
        if not match or not line.isprintable():
            return None
        plain = match["plain"]
        if plain and _NOT_PLAIN.search(plain):
            return None
        fields[match["key"]] = plain or match["double"] or match["single"] or ""
    return fields


# Nobody changes what it returns, and one revision after another begins with the same.
@lru_cache(maxsize=64)
def _yaml_fields(block: str) -> dict[str, FieldValue]:
    if block.count("[") + block.count("{") > BRACKETS_LIMIT:
        raise ValueError("too many brackets")
    loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506  (makes nothing but text)
    if not isinstance(loaded, dict):
        return {}
    budget = [PARTS_LIMIT]
    return {str(name): _value(value, budget) for name, value in loaded.items()}


def _value(value: object, budget: list[int]) -> FieldValue:
    if isinstance(value, list):
        return tuple(_as_words(part, budget) for part in value)
    return _as_words(value, budget)


def _as_words(value: object, budget: list[int]) -> str:
    budget[0] -= 1
    if budget[0] < 0:
        raise ValueError("too many parts")
    if isinstance(value, list):
        return ", ".join(_as_words(part, budget) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_as_words(part, budget)}" for name, part in value.items())
    return str(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", name) else _quoted(name)


def _written(value: FieldValue) -> str:
    if isinstance(value, str):
        plain = _PLAIN_VALUE.fullmatch(value) and not _NOT_PLAIN.search(value)
        return value if plain and value.isprintable() and value == value.strip() else _quoted(value)
    return (
        f"[{', '.join(part if _WORD_VALUE.fullmatch(part) else _quoted(part) for part in value)}]"
    )


def _quoted(words: str) -> str:
    return _LINE_SIGNS.sub(
        lambda sign: f"\\u{ord(sign.group()):04x}", json.dumps(words, ensure_ascii=False)
    )
