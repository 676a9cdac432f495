"""Starting git so that a stranger's repository can do nothing but be read.

A repository's own configuration can name programs to run. Hooks, monitors, signature checks,
outside diffs and every transport are switched off on the command line, where the repository
cannot switch them on again; configuration of the machine and the person is not read.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from wiki.errors import Invalid, Misconfigured

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "diff.renameLimit=2000"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.ext.allow=never"),
    *("-c", "safe.directory=*"),
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "PATH": os.defpath,
}
_CHUNK = 1 << 16


def output(git_dir: Path, *arguments: str) -> bytes | None:
    """Return what a short git command prints, or None if it fails."""
    done = _run(_command(f"--git-dir={git_dir}", *arguments))
    return done.stdout if done.returncode == 0 else None


def clone_bundle(bundle: Path, target: Path) -> None:
    """Make a bare repository of a bundle; raise Invalid if it does not hold a whole history."""
    arguments = ("clone", "--bare", "--quiet", "--template=", "--", str(bundle), str(target))
    done = _run(_command(*arguments), protocols="file")
    if done.returncode != 0:
        raise Invalid(
            "{file} cannot be read as a git bundle: {reason}",
            file=bundle.name,
            reason=_reason(done.stderr),
        )


def streamed(git_dir: Path, *arguments: str) -> Iterator[bytes]:
    """Yield what a long git command prints; raise Invalid if it breaks off."""
    with tempfile.TemporaryFile() as complaints:
        with _started(git_dir, arguments, stderr=complaints) as process:
            printed = cast("IO[bytes]", process.stdout)
            while chunk := printed.read(_CHUNK):
                yield chunk
        if process.returncode != 0:
            complaints.seek(0)
            raise Invalid(
                "The history could not be read to its end: {reason}",
                reason=_reason(complaints.read()),
            )


class Blobs:
    """The files of a history, by their ids, through one running git."""

    def __init__(self, pipe_in: IO[bytes], pipe_out: IO[bytes]) -> None:
        self._in = pipe_in
        self._out = pipe_out

    def read(self, blob: str, *, limit_bytes: int) -> bytes | None:
        """Return what the file holds, or None if that is over the limit. Raises Invalid."""
        size = self._size(blob)
        if size is None:
            raise Invalid("The history is damaged: {blob} cannot be read.", blob=blob)
        return self._read(size, limit_bytes)

    def read_at(self, commit: str, file: str, *, limit_bytes: int) -> bytes | None:
        """Return what the file holds at the commit, or None if that is nothing or too much."""
        size = self._size(f"{commit}:{file}")
        return None if size is None else self._read(size, limit_bytes)

    def _size(self, name: str) -> int | None:
        self._in.write(f"{name}\n".encode())
        self._in.flush()
        header = self._out.readline().split()
        if len(header) < 3 or header[1] == b"missing":  # noqa: PLR2004  # id, kind, size
            return None
        if header[1] != b"blob":
            self._read(int(header[2]), limit_bytes=0)
            return None
        return int(header[2])

    def _read(self, size: int, limit_bytes: int) -> bytes | None:
        left = size + 1
        if size <= limit_bytes:
            return self._out.read(left)[:-1]
        while left > 0:
            left -= len(self._out.read(min(left, _CHUNK)))
        return None


@contextmanager
def blobs(git_dir: Path) -> Iterator[Blobs]:
    """Give the files of a history."""
    with _started(git_dir, ["cat-file", "--batch"], stderr=subprocess.DEVNULL) as process:
        yield Blobs(cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout))


def make_bare(folder: Path) -> None:
    """Make a bare repository of the folder, unless it is one; raise Invalid if it cannot be."""
    command = _command("init", "--bare", "--quiet", "--template=", "-b", "main", str(folder))
    done = _run(command)
    if done.returncode != 0:
        raise Invalid(
            "{folder} cannot hold a git history: {reason}",
            folder=folder.name,
            reason=_reason(done.stderr),
        )


def take_away_locks(git_dir: Path) -> None:
    """Take away the locks that a git which was killed left behind.

    Only for who alone works in the repository: a git that still runs needs its locks.
    """
    for lock in (*git_dir.glob("*.lock"), *(git_dir / "refs").rglob("*.lock")):
        lock.unlink(missing_ok=True)


@contextmanager
def importing(git_dir: Path) -> Iterator[IO[bytes]]:
    """Give the stream in which new commits are told to git; raise Invalid if it cannot take them.

    Nothing is seen of them before the block ends or `checkpoint` is written.
    """
    with tempfile.TemporaryFile() as complaints:
        arguments = ("fast-import", "--quiet", "--date-format=raw", "--done")
        try:
            with _started(git_dir, arguments, stderr=complaints) as process:
                stream = cast("IO[bytes]", process.stdin)
                yield stream
                stream.write(b"done\n")
                stream.flush()
            broken = process.returncode != 0
        except BrokenPipeError:
            broken = True
        if broken:
            complaints.seek(0)
            raise Invalid(
                "The history could not be written: {reason}", reason=_reason(complaints.read())
            )


def pack(git_dir: Path) -> None:
    """Put all that the repository holds into one file, as small as can be had quickly."""
    output(git_dir, "repack", "-a", "-d", "-f", "-q")


def _run(command: list[str], *, protocols: str = "none") -> subprocess.CompletedProcess[bytes]:
    env = {**_ENVIRONMENT, "GIT_ALLOW_PROTOCOL": protocols}
    # A fixed program, and nothing that a stranger wrote begins with a hyphen.
    return subprocess.run(command, env=env, capture_output=True, check=False)  # noqa: S603


@contextmanager
def _started(
    git_dir: Path, arguments: Sequence[str], *, stderr: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    command = _command(f"--git-dir={git_dir}", *arguments)
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  # as above
        command, env=_ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=stderr
    ) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        finally:
            # What broke a pipe is told by the exit of git, or by what was raised before.
            with suppress(BrokenPipeError):
                cast("IO[bytes]", process.stdin).close()


def _command(*arguments: str) -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise Misconfigured(
            "The program git is not installed. Install it (Debian: apt-get install git)."
        )
    return [git, *_SAFE, *arguments]


def _reason(complaint: bytes) -> str:
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    said = [line.partition(": ")[2] for line in lines if line.startswith(("fatal:", "error:"))]
    return (said or lines or ["git does not say why."])[-1]
