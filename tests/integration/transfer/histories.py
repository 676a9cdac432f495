"""Small git histories made for a test, with words of our own."""

import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from tests import make

ADA = "Ada Patel <ada@example.org>"
BO = "Bo Shah <bo@example.org>"


def long_text(word: str, lines: int = 80) -> str:
    """Return enough of a text for git to know it again after a move."""
    return "".join(f"The {word} is said in line {line}.\n" for line in range(lines))


class History:
    """A work tree in which files are written and committed, a day apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.days = 0
        folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, **env: str) -> str:
        """Return what git prints; raise if it fails."""
        clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nowhere"}
        names = {
            f"GIT_{role}_{fact}": f"committer{at}"
            for role in ("AUTHOR", "COMMITTER")
            for fact, at in (("NAME", ""), ("EMAIL", "@example.org"))
        }
        path = {"PATH": os.defpath}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],  # noqa: S607  # whichever git there is
            env={**path, **clean, **names, **env},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, file: str, content: str | bytes) -> None:
        """Write a file of the work tree."""
        place = self.folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    def move(self, old: str, new: str) -> None:
        """Give a file of the work tree another name."""
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def remove(self, file: str) -> None:
        """Take a file out of the work tree."""
        (self.folder / file).unlink()

    def commit(
        self, message: str = "Say more", *, author: str = ADA, at: datetime | None = None
    ) -> str:
        """Commit everything and return the commit."""
        self.days += 1
        moment = (at or make.NOON - timedelta(days=500 - self.days)).isoformat()
        name, _, email = author.rstrip(">").partition(" <")
        self.git("add", "-A")
        self.git(
            *("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message),
            GIT_AUTHOR_NAME=name,
            GIT_AUTHOR_EMAIL=email,
            GIT_AUTHOR_DATE=moment,
            GIT_COMMITTER_DATE=moment,
        )
        return self.git("rev-parse", "HEAD")

    def save(self, file: str, content: str | bytes, message: str = "Say more", **who: str) -> str:
        """Write one file, commit it and return the commit."""
        self.write(file, content)
        return self.commit(message, **who)  # type: ignore[arg-type]  # only the author's name

    def bundle(self, *what: str) -> Path:
        """Return a bundle of the whole history."""
        file = self.folder.with_suffix(".bundle")
        self.git("bundle", "create", "-q", str(file), *(what or ("--all",)))
        return file

    def bare(self) -> Path:
        """Return a bare repository of the whole history."""
        folder = self.folder.with_suffix(".git")
        self.git("clone", "-q", "--bare", ".", str(folder))
        return folder
