"""The words of a page without markup, and a short summary of it, by patterns and without a parser.

A dozen passes of compiled patterns over the whole text cost about a quarter of a millisecond for
ten thousand characters, a hundredth of a full parse; search, feeds and lists need no more.
"""

import re

from wiki.text import frontmatter
from wiki.text.headings import plain_words, without_comments, without_marks

SUMMARY_LIMIT = 200
SUMMARY_WORDS = 6

WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}.-][^\W_]+)*")
# These begin with the line feed, which the pattern engine finds much faster than a line's start.
_MARK_LINES = re.compile(
    r"\n[ \t]*+(?:(?:`{3,}|~{3,})[^\n]*|[=*_-][=*_ \t-]*|[|:-][|: \t-]*|"
    r"\[(?!\^)[^\]\n]{1,500}\]:[^\n]*)"
    r"(?=\n)"
)
_LINE_OPENINGS = re.compile(
    r"\n[ \t]*+(?:(?:(?:[>:+*-]|\d{1,9}[.)]|#{1,6})[ \t]++){1,20}(?:\[[ xX]\][ \t]+)?|>)"
)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]:?")
_BLOCK_BORDER = re.compile(r"\n[ \t]*\n")
_NO_PARAGRAPH = re.compile(
    r"\s{4}|\s*(?:#|[>|:+*-](?:\s|$)|\d{1,9}[.)]\s|```|~~~|\||!\[|\[\^|[^\n]*\n *(?:=+|-+)\s*$)"
)
_SENTENCE_END = (".", "!", "?", "…", ".)", ".”", '."', "。")
_PLACEHOLDER = re.compile(r"\W*(?:TODO|TBC|TBD|À FAIRE|À COMPLÉTER)\b")


def plain_text(text: str) -> str:
    """Return the words of a page without fields, marks, tags and addresses, a line a block line.

    Headings are among them; `sections` gives them on their own. Words in code stay.
    """
    lines = bare_lines(frontmatter.split(text).body).split("\n")
    return "\n".join(filter(None, map(str.strip, lines)))


def bare_lines(source: str) -> str:
    """Return Markdown without its marks; headings, lists and quotes lose what opens their lines."""
    source = without_comments(source)
    source = _LINE_OPENINGS.sub("\n", _MARK_LINES.sub("\n", f"\n{source}\n"))
    if "[^" in source:
        source = _NOTE_MARK.sub("", source)
    return without_marks(source).replace("|", " ")


def summary(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """Return the first real paragraph of a page as plain words, cut at a word after `limit` signs.

    Headings, lists, tables, placeholders and labels such as "Guidelines:" are no paragraphs. ""
    when the page has none.
    """
    body = frontmatter.split(text).body[: limit * 100]
    for block in _BLOCK_BORDER.split(without_comments(body)):
        words = "" if _NO_PARAGRAPH.match(block) else plain_words(block)
        if _reads_as_a_paragraph(words):
            return _cut(words, limit)
    return ""


def _reads_as_a_paragraph(words: str) -> bool:
    if _PLACEHOLDER.match(words):
        return False
    return words.endswith(_SENTENCE_END) or words.count(" ") >= SUMMARY_WORDS - 1


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    kept = words[: limit - 1]
    return kept[: kept.rfind(" ") if " " in kept else None].rstrip(" ,;:\N{EN DASH}-") + "…"
