"""The git history behind a folder, a bare repository or a bundle."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wiki.errors import Invalid
from wiki.transfer.rules import git_log
from wiki.transfer.rules.git_log import Commit
from wiki.transfer.service import git

_BUNDLE = b"# v"
_BUNDLE_WORDS = b" git bundle"
_MARKDOWN = (":(top,icase)*.md", ":(top,icase)*.markdown")
_BRANCHES_NAMED = 10
_PLACES = ("refs/heads/", "refs/remotes/origin/", "refs/tags/")


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of history: `commits` are those on it, by first parent, oldest first."""

    name: str
    commits: tuple[str, ...]

    @property
    def tip(self) -> str:
        """Return the latest commit."""
        return self.commits[-1]


@contextmanager
def opened(source: str) -> Iterator[Path]:
    """Give the git folder behind `source`; a bundle is unpacked for as long as it is needed.

    Raises Invalid when there is no history.
    """
    place = _existing(source)
    if place.is_dir():
        yield _git_dir(place)
        return
    if not _is_bundle(place):
        raise Invalid(
            "{source} is neither a folder with a git history nor a git bundle.", source=source
        )
    with tempfile.TemporaryDirectory(prefix="manyhands-") as folder:
        unpacked = Path(folder) / "history.git"
        git.clone_bundle(place, unpacked)
        yield unpacked


def branch(git_dir: Path, wanted: str = "") -> Branch:
    """Return the branch called `wanted`, else the one that is checked out, else the only one.

    Raises Invalid when there is none of that name, or nothing at all.
    """
    names = _branch_names(git_dir)
    name, tip = _named(git_dir, wanted, names) if wanted else _current(git_dir, names)
    listed = git.output(git_dir, "rev-list", "--first-parent", "--reverse", tip)
    if not listed:
        raise Invalid("The history of {name} cannot be read: parts are missing.", name=name)
    return Branch(name, tuple(listed.decode().split()))


def first_commit(git_dir: Path, branch: Branch) -> Commit:
    """Return the commit with which the branch begins, without its changes."""
    form = f"--format=tformat:{git_log.FORMAT}"
    arguments = ("log", "-1", "-z", "--encoding=UTF-8", "--no-mailmap", form)
    return next(git_log.commits(git.streamed(git_dir, *arguments, branch.commits[0])))


def commits(
    git_dir: Path, tip: str, *, after: str | None, has_idle: bool = False
) -> Iterator[Commit]:
    """Yield the commits on the way to `tip` that touch Markdown, oldest first, by first parent.

    With renames found, also those of files that swap their names; those up to `after` are left out,
    and those that touch no file but where `has_idle`.
    """
    span = [tip] if after is None else [tip, f"^{after}"]
    span += ["--sparse"] if has_idle else []
    stream = git.streamed(
        git_dir,
        *("log", "-z", "--first-parent", "--reverse", "--topo-order", "--raw", "--no-abbrev"),
        *("-M", "-B", "-l2000", "--diff-merges=first-parent", "--no-ext-diff", "--no-textconv"),
        *("--encoding=UTF-8", "--no-notes", "--no-mailmap", f"--format=tformat:{git_log.FORMAT}"),
        *(*span, "--", *_MARKDOWN),
    )
    return git_log.commits(stream)


def refuse_unknown_folder(git_dir: Path, branch: Branch, under: str) -> None:
    """Raise Invalid if nothing on the branch ever lay in the folder `under`."""
    place = f":(top,literal){under}"
    if under and not git.output(git_dir, "rev-list", "-1", branch.tip, "--", place):
        raise Invalid(
            "There is no folder {under} in the history of {name}.", under=under, name=branch.name
        )


def other_files(git_dir: Path, tip: str, under: str) -> Counter[str]:
    """Return how many files of each ending lie beside the Markdown ones at `tip`."""
    listed = git.output(git_dir, "ls-tree", "-r", "-z", "--full-tree", "--name-only", tip) or b""
    names = (name.decode("utf-8", "replace") for name in listed.split(b"\0") if name)
    inside = (name for name in names if not under or name.startswith(f"{under}/"))
    endings = Counter(PurePosixPath(name).suffix.lower() or "no ending" for name in inside)
    for markdown in (".md", ".markdown"):
        endings.pop(markdown, None)
    return endings


def _existing(source: str) -> Path:
    try:
        place = Path(source).resolve()
        is_there = place.exists()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise Invalid("There is nothing at {source}.", source=source)
    return place


def _git_dir(folder: Path) -> Path:
    found = next((place for place in (folder / ".git", folder) if _is_git_dir(place)), None)
    if found is None and (folder / ".git").is_file():
        found = _pointed_at(folder / ".git")
    if found is None or git.output(found, "rev-parse", "--git-dir") is None:
        raise Invalid(
            "{folder} holds no git history. Name the folder in which .git lies; --under takes a "
            "part of it.",
            folder=folder.name or str(folder),
        )
    return found


def _is_git_dir(place: Path) -> bool:
    return (place / "HEAD").is_file() and (place / "objects").is_dir()


def _pointed_at(file: Path) -> Path | None:
    """Return the git folder that the file `.git` of a second work tree names."""
    words = file.read_text("utf-8", "replace").strip()
    if not words.startswith("gitdir:"):
        return None
    return (file.parent / words.removeprefix("gitdir:").strip()).resolve()


def _is_bundle(file: Path) -> bool:
    with file.open("rb") as opened:
        first = opened.readline(64)
    return first.startswith(_BUNDLE) and _BUNDLE_WORDS in first


def _branch_names(git_dir: Path) -> list[str]:
    listed = git.output(git_dir, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
    return (listed or b"").decode("utf-8", "replace").splitlines()


def _named(git_dir: Path, wanted: str, names: list[str]) -> tuple[str, str]:
    for place in _PLACES:
        tip = _commit(git_dir, f"{place}{wanted}")
        if tip:
            return wanted, tip
    raise Invalid(
        "There is no branch {wanted}. There are: {names}.",
        wanted=wanted,
        names=_listed(names),
    )


def _current(git_dir: Path, names: list[str]) -> tuple[str, str]:
    head = git.output(git_dir, "symbolic-ref", "--quiet", "--short", "HEAD")
    tip = _commit(git_dir, "HEAD")
    if tip:
        return (head or b"HEAD").decode("utf-8", "replace").strip(), tip
    usual = [name for name in ("main", "master") if name in names] or names
    if not usual:
        raise Invalid("This repository is empty: nobody has committed anything to it.")
    if len(usual) > 1 and usual[0] not in {"main", "master"}:
        raise Invalid("Choose a branch with --branch. There are: {names}.", names=_listed(names))
    return usual[0], _commit(git_dir, f"refs/heads/{usual[0]}")


def _commit(git_dir: Path, name: str) -> str:
    if "\0" in name:
        return ""
    found = git.output(git_dir, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return (found or b"").decode().strip()


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_BRANCHES_NAMED]) or "none"
    return f"{shown} and {len(names) - _BRANCHES_NAMED} more" if names[_BRANCHES_NAMED:] else shown
