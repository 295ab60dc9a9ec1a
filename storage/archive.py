"""The backup file: a zip with one file of JSON lines for each table, and a manifest that says what must be in it.

The manifest holds the format, the schema's revision, and for each table its number of rows and the sha256 of its
lines. The same rows give the same bytes, whichever store they come from.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
# 64-bit sizes from the start: how large a table's file becomes is known only once it is written.
LARGE = True


class BackupFault(Exception):
    """A backup that cannot be made or restored, and what to do about it; nothing was changed."""


@dataclass(frozen=True)
class Part:
    """What a table's file must be: its number of rows, and the sha256 of its bytes."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `tables` is by name."""

    revision: str
    tables: Mapping[str, Part]


class Writer:
    """Writes a backup row by row; used in a `with`, which ends the file."""

    def __init__(self, file: IO[bytes], revision: str) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._revision = revision
        self._parts: dict[str, Part] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write a table's rows, which are plain JSON."""
        digest, count = sha256(), 0
        with self._zip.open(_entry(_path(table)), "w", force_zip64=LARGE) as part:
            for row in rows:
                line = json.dumps(row, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"
                part.write(line)
                digest.update(line)
                count += 1
        self._parts[table] = Part(count, digest.hexdigest())

    def finish(self) -> Manifest:
        """Write the manifest, which comes last."""
        manifest = Manifest(self._revision, self._parts)
        plain = {"format": FORMAT, **asdict(manifest)}
        self._zip.writestr(_entry(MANIFEST), json.dumps(plain, sort_keys=True, indent=1))
        return manifest


class Reader:
    """Reads a backup; call `verify` before `rows`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._sound():
            self._zip = ZipFile(path)
            self.manifest = _manifest(json.loads(self._zip.read(MANIFEST)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def verify(self, tables: Iterable[str]) -> None:
        """Read everything once: the tables must be these, each with the rows and the sha256 of the manifest."""
        if set(self.manifest.tables) != set(tables):
            raise BackupFault(f"{self._path} does not hold the tables of its schema")
        for table, part in self.manifest.tables.items():
            with self._sound():
                found = self._measured(table)
            if found != part:
                raise BackupFault(f"{self._path} is damaged: table {table} is not what was written")

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The plain rows of a table."""
        with self._zip.open(_path(table)) as part:
            for line in part:
                yield json.loads(line)

    def _measured(self, table: str) -> Part:
        digest, count = sha256(), 0
        with self._zip.open(_path(table)) as part:
            while chunk := part.read(CHUNK):
                digest.update(chunk)
                count += chunk.count(b"\n")
        return Part(count, digest.hexdigest())

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Whatever is wrong with the file comes as a BackupFault."""
        try:
            yield
        except OSError as error:
            raise BackupFault(f"{self._path} cannot be read: {error.strerror}") from error
        # The last is what zipfile raises for a compression or encryption that it does not know.
        except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise BackupFault(f"{self._path} is damaged or no backup") from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BackupFault(f"{self._path} is no backup of Causeway") from error


def _manifest(plain: Any) -> Manifest:
    if plain["format"] != FORMAT:
        raise BackupFault(f"the backup has format {plain['format']}, this Causeway reads format {FORMAT}")
    return Manifest(plain["revision"], {name: Part(**part) for name, part in plain["tables"].items()})


def _path(table: str) -> str:
    return f"tables/{table}.jsonl"


def _entry(name: str) -> ZipInfo:
    # No time of writing: the same rows give the same file.
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
