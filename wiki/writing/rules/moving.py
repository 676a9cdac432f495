"""Where a page and those under it go, and what stands against it, in sentences."""

from collections.abc import Collection, Iterator, Mapping

from wiki.errors import Invalid
from wiki.text import paths


def destinations(path: str, new_path: str, under: Collection[str]) -> dict[str, str]:
    """Return where the page at `path`, and the pages `under` it that go along, will stand."""
    with_it = {one: new_path + one.removeprefix(path) for one in under}
    return {path: new_path, **with_it}


def suggested(title: str, parent: str) -> str:
    """Return the path of a page called `title` that stands under `parent`, or at the top."""
    return "/".join(filter(None, (parent, paths.path_from_title(title))))


def objections(moves: Mapping[str, str], living: Collection[str]) -> list[Invalid]:
    """Return why pages cannot go where `moves` says, each once; `living` are all paths in use."""
    found: dict[str, Invalid] = {}
    for sentence in _objections(moves, set(living) - moves.keys()):
        found.setdefault(str(sentence), sentence)
    return list(found.values())


def _objections(moves: Mapping[str, str], others: Collection[str]) -> Iterator[Invalid]:
    old, new = next(iter(moves.items()))
    if len(moves) > 1 and paths.is_within(new, old) and new != old:
        yield Invalid(
            "A page cannot be put under itself. Choose another place, or move it without "
            "the pages under it.",
            field="path",
        )
        return
    # Of a path that is none, those that would go along need not be spoken of.
    is_path = new and paths.normal(new) == new
    for arriving in moves.values() if is_path else [new]:
        sentence = paths.refusal(arriving)
        if sentence:
            yield Invalid(sentence, field="path")
        elif arriving in others:
            yield Invalid("There is already a page called {path}.", path=arriving, field="path")
