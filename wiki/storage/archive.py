"""All rows of a wiki as one file, the same from either database.

A zip: one part a table (`page.jsonl.zst`: a row a line, as a JSON list, compressed by zstd) and,
written last, `manifest.json`, which says what the parts hold and their SHA-256s. Common tools can
read it. Parts are written and read row by row, so memory does not grow with the wiki. Rejected:
copies of the SQLite file and pg_dump, which cannot be brought into the other database.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeAlias, cast

import zstandard

from wiki.errors import Invalid

FORMAT = 1
PROGRAM = "manyhands"
LEVEL = 6
_MANIFEST = "manifest.json"
_LARGEST = 1_000_000
_CHUNK = 1 << 20

Row: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table; `columns` are pairs of name and kind."""

    table: str
    columns: list[tuple[str, str]]
    rows: int
    sha256: str

    @property
    def file(self) -> str:
        """Return what the part is called in the archive."""
        return f"{self.table}.jsonl.zst"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: of which moment, of which shape of tables, in order of loading."""

    format: int
    version: str
    schema: str
    database: str
    made_at: str
    parts: list[Part]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(part.rows for part in self.parts)

    def count(self, table: str) -> int:
        """Return how many rows of a table there are."""
        return sum(part.rows for part in self.parts if part.table == table)

    @property
    def name(self) -> str:
        """Return what tells this archive from every other one."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()


class Writer:
    """An archive in the making; it is none until it is finished."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self.parts: list[Part] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Unfinished, it must not try to write its end into a file that is gone by then.
        self._zip.fp = None

    def add(self, table: str, columns: list[tuple[str, str]], rows: Iterable[Row]) -> None:
        """Add the rows of a table as they come."""
        part = Part(table, columns, 0, "")
        count = 0
        with self._zip.open(part.file, "w", force_zip64=True) as member:
            hashing = _Hashing(member)
            packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
            with packer.stream_writer(cast("BinaryIO", hashing), closefd=False) as packed:
                for row in rows:
                    packed.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")
                    count += 1
        self.parts.append(Part(table, columns, count, hashing.sha256.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, which makes it an archive."""
        self._zip.comment = PROGRAM.encode()
        self._zip.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
        self._zip.close()


class _Hashing(io.RawIOBase):
    """Passes bytes on and takes their SHA-256."""

    def __init__(self, out: Any) -> None:  # noqa: ANN401  # a member of a zip
        self._out = out
        self.sha256 = hashlib.sha256()

    def write(self, data: Any) -> int:  # noqa: ANN401  # any buffer
        self.sha256.update(data)
        return int(self._out.write(data))


class Archive:
    """An archive to read."""

    def __init__(self, opened: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = opened
        self.manifest = manifest

    @classmethod
    @contextmanager
    def opened(cls, file: Path) -> Iterator[Self]:
        """Give the archive in `file`; raise Invalid for anything else, or a newer format."""
        try:
            with zipfile.ZipFile(file) as opened:
                yield cls(opened, _manifest(opened))
        except (zipfile.BadZipFile, zstandard.ZstdError, EOFError) as error:
            raise Invalid("{file} is no whole backup of Manyhands.", file=file) from error
        except OSError as error:
            raise Invalid(
                "{file} cannot be read: {reason}.", file=file, reason=error.strerror or str(error)
            ) from error

    def check(self) -> Iterator[Part]:
        """Yield each part once its SHA-256 was found right; raise Invalid when one is not."""
        for part in self.manifest.parts:
            sha256 = hashlib.sha256()
            with self._member(part) as member:
                while chunk := member.read(_CHUNK):
                    sha256.update(chunk)
            if sha256.hexdigest() != part.sha256:
                raise Invalid("The backup is damaged: its part {file} changed.", file=part.file)
            yield part

    def rows(self, part: Part) -> Iterator[Row]:
        """Yield the rows of a part; raise Invalid when there are not as many as were written."""
        count = 0
        with self._member(part) as member:
            unpacked = zstandard.ZstdDecompressor().stream_reader(member)
            for line in io.TextIOWrapper(unpacked, "utf-8", newline="\n"):
                count += 1
                yield json.loads(line)
        if count != part.rows:
            raise Invalid("The backup is damaged: its part {file} is not whole.", file=part.file)

    def _member(self, part: Part) -> Any:  # noqa: ANN401  # a member of a zip
        try:
            return self._zip.open(part.file)
        except KeyError as error:
            raise Invalid("The backup lacks its part {file}.", file=part.file) from error


def _manifest(opened: zipfile.ZipFile) -> Manifest:
    try:
        told = json.loads(opened.read(_MANIFEST)) if _is_ours(opened) else {}
        _refuse_newer(told["format"])
        parts = [_part(one) for one in told.pop("parts")]
        return Manifest(**told, parts=parts)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("This file is no backup of Manyhands.") from error


def _is_ours(opened: zipfile.ZipFile) -> bool:
    return opened.comment == PROGRAM.encode() and opened.getinfo(_MANIFEST).file_size < _LARGEST


def _part(told: dict[str, Any]) -> Part:
    columns = [(str(name), str(kind)) for name, kind in told.pop("columns")]
    return Part(columns=columns, **told)


def _refuse_newer(number: int) -> None:
    if number > FORMAT:
        raise Invalid(
            "The backup was made by a newer Manyhands, in a form that this program does not know. "
            "Install the newer program."
        )
