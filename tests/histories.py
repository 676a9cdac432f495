"""Histories of pages whose every word's true author is known, because they are made that way.

A page is a list of paragraphs, those of sentences, those of words with the number of the revision
that brought them. Revisions edit words, write, drop, rewrite, replace and move sentences, move,
drop, bring back (as they were or edited), split and join paragraphs, go back to a recent revision
together with another edit, and blank the page, which the next revision undoes. The words are
invented; they are as frequent as words of a language are, and little words stand between them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

Word = tuple[str, int]
Sentence = list[Word]
Paragraph = list[Sentence]
Page = list[Paragraph]

LITTLE = [
    "the",
    "the",
    "the",
    "the",
    "of",
    "of",
    "of",
    "and",
    "and",
    "to",
    "to",
    "in",
    "in",
    "a",
    "a",
    "is",
    "for",
    "for",
    "on",
    "that",
    "it",
    "with",
    "as",
    "by",
    "be",
    "are",
    "this",
    "we",
    "will",
    "our",
    "from",
    "or",
    "at",
    "not",
    "have",
    "which",
    "can",
    "all",
    "their",
]
_STARTS = [
    "b",
    "br",
    "c",
    "cl",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
_MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_ENDS = ["n", "r", "s", "l", "t", "m", "d", "nd", "st", "ck", ""]


def _vocabulary(size: int = 2500) -> list[str]:
    """Return invented words, the most frequent first."""
    dice = random.Random(4)  # noqa: S311  # no secret
    found: dict[str, None] = {}
    while len(found) < size:
        parts = dice.choice((1, 2, 2, 2, 3, 3))
        syllables = [
            dice.choice(_STARTS) + dice.choice(_MIDDLES) + dice.choice(_ENDS) for _ in range(parts)
        ]
        word = "".join(syllables)
        if word not in LITTLE and len(word) > 2:
            found[word] = None
    return list(found)


WORDS = _vocabulary()
_FREQUENCIES = list(accumulate(1 / (rank + 8) for rank in range(len(WORDS))))


@dataclass
class Writer:
    """Writes one history; `pages` and `texts` grow by one with each revision."""

    seed: int
    has_reverts: bool = True
    has_blanking: bool = True
    pages: list[Page] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311  # no secret

    @property
    def now(self) -> int:
        return len(self.pages)

    def word(self) -> Word:
        if self.dice.random() < 0.42:
            return self.dice.choice(LITTLE), self.now
        return self.dice.choices(WORDS, cum_weights=_FREQUENCIES)[0], self.now

    def sentence(self) -> Sentence:
        return [self.word() for _ in range(self.dice.randint(6, 24))]

    def paragraph(self) -> Paragraph:
        return [self.sentence() for _ in range(self.dice.randint(2, 6))]

    def put(self, page: Page) -> None:
        self.pages.append([[list(s) for s in p if s] for p in page if any(p)])
        self.texts.append(written(self.pages[-1]))

    def revise(self) -> None:
        """Add a revision of one to three acts."""
        if self.has_blanking and not self.pages[-1]:
            self.put(self.pages[-2])
            return
        if self.has_blanking and self.dice.random() < 0.02:
            self.put([])
            return
        page = [[list(s) for s in p] for p in self.pages[-1]]
        if self.has_reverts and self.dice.random() < 0.08:
            recent = [old for old in self.pages[-9:-1] if old]
            if recent:
                page = [[list(s) for s in p] for p in self.dice.choice(recent)]
                if self.dice.random() < 0.5:
                    self.put(page)
                    return
        for _ in range(self.dice.randint(1, 3)):
            self.dice.choices(ACTS, WEIGHTS)[0](self, page)
        self.put(page)


def edit_words(writer: Writer, page: Page) -> None:
    for _ in range(writer.dice.randint(1, 4)):
        sentence = writer.dice.choice(writer.dice.choice(page))
        at = writer.dice.randrange(len(sentence) + 1)
        way = writer.dice.random()
        removed = 0 if way < 0.3 else min(writer.dice.randint(1, 2), len(sentence) - 2)
        put = [] if way > 0.75 else [writer.word() for _ in range(writer.dice.randint(1, 2))]
        sentence[at : at + max(removed, 0)] = put


def write_sentence(writer: Writer, page: Page) -> None:
    paragraph = writer.dice.choice(page)
    paragraph.insert(writer.dice.randint(0, len(paragraph)), writer.sentence())


def write_paragraph(writer: Writer, page: Page) -> None:
    page.insert(writer.dice.randint(0, len(page)), writer.paragraph())


def drop_sentence(writer: Writer, page: Page) -> None:
    paragraph = writer.dice.choice(page)
    if len(paragraph) > 1:
        paragraph.pop(writer.dice.randrange(len(paragraph)))


def rewrite_sentence(writer: Writer, page: Page) -> None:
    """Put two words in five anew."""
    paragraph = writer.dice.choice(page)
    at = writer.dice.randrange(len(paragraph))
    paragraph[at] = [
        writer.word() if writer.dice.random() < 0.4 else word for word in paragraph[at]
    ]


def replace_sentence(writer: Writer, page: Page) -> None:
    paragraph = writer.dice.choice(page)
    paragraph[writer.dice.randrange(len(paragraph))] = writer.sentence()


def move_sentence(writer: Writer, page: Page) -> None:
    source = writer.dice.choice(page)
    if len(source) > 1:
        sentence = source.pop(writer.dice.randrange(len(source)))
        target = writer.dice.choice(page)
        target.insert(writer.dice.randint(0, len(target)), sentence)


def move_paragraph(writer: Writer, page: Page) -> None:
    paragraph = page.pop(writer.dice.randrange(len(page)))
    page.insert(writer.dice.randint(0, len(page)), paragraph)


def drop_paragraph(writer: Writer, page: Page) -> None:
    if len(page) > 8:
        writer.dropped.append(page.pop(writer.dice.randrange(len(page))))


def bring_back(writer: Writer, page: Page) -> None:
    """Bring a dropped paragraph back, half of the times edited, unless a revert did already."""
    standing = {tuple(sentence) for paragraph in page for sentence in paragraph}
    writer.dropped = [p for p in writer.dropped if standing.isdisjoint(map(tuple, p))]
    if writer.dropped:
        paragraph = writer.dropped.pop(writer.dice.randrange(len(writer.dropped)))
        paragraph = [list(sentence) for sentence in paragraph]
        if writer.dice.random() < 0.5:
            edit_words(writer, [paragraph])
        page.insert(writer.dice.randint(0, len(page)), paragraph)


def split_paragraph(writer: Writer, page: Page) -> None:
    at = writer.dice.randrange(len(page))
    if len(page[at]) > 1:
        cut = writer.dice.randrange(1, len(page[at]))
        page[at : at + 1] = [page[at][:cut], page[at][cut:]]


def join_paragraphs(writer: Writer, page: Page) -> None:
    if len(page) > 8:
        at = writer.dice.randrange(len(page) - 1)
        page[at : at + 2] = [page[at] + page[at + 1]]


Act = Callable[[Writer, Page], None]
CHANCES: dict[Act, int] = {
    edit_words: 30, write_sentence: 10, write_paragraph: 2, drop_sentence: 6, rewrite_sentence: 8,
    replace_sentence: 6, move_sentence: 5, move_paragraph: 5, drop_paragraph: 4, bring_back: 5,
    split_paragraph: 4, join_paragraphs: 4,
}  # fmt: skip
ACTS, WEIGHTS = list(CHANCES), list(CHANCES.values())


def written(page: Page) -> str:
    """Return the page as text."""
    return "\n\n".join(
        " ".join(" ".join(word for word, _ in s).capitalize() + "." for s in p) for p in page
    )


def history(
    seed: int, revisions: int = 120, *, has_reverts: bool = True, has_blanking: bool = True
) -> tuple[list[str], list[int]]:
    """Return the texts of a history, and the true revision of each word of the last one."""
    writer = Writer(seed, has_reverts, has_blanking)
    writer.put([writer.paragraph() for _ in range(25)])
    while writer.now < revisions or not writer.pages[-1]:
        writer.revise()
    return writer.texts, [origin for p in writer.pages[-1] for s in p for _, origin in s]
