"""What a file is, before a row of it is read: compressed or not, its encoding, its delimiter, its header."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from amhe_tui.errors import AmheError
from amhe_tui.text import one_line, shorten

_SAMPLE = 256 * 1024
_DELIMITERS = (",", "\t", ";", "|", "¬")
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_GZIP = b"\x1f\x8b"
_MOST_COLUMNS = 2000
LONGEST_CELL = 1_000_000
FALLBACK = "cp1252"
"""What a file that is not UTF-8 is read as: the Western European letters of Windows."""


@dataclass(frozen=True)
class Sniffed:
    """What a file is."""

    path: Path
    compressed: bool
    encoding: str
    delimiter: str
    header: tuple[str, ...]


class Counted(io.RawIOBase):
    """A file that counts and hashes the bytes read from it, so that it is read only once."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__()
        self._raw = raw
        self.hash = hashlib.sha256()
        self.done = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer."""
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self.hash.update(data)
        self.done += len(data)
        return len(data)


def check_file(path: Path) -> None:
    """Refuse what is no file, and files that are plainly something else.

    Raises:
        AmheError: It is missing, a folder, empty, a workbook or not text.
    """
    if not path.exists():
        raise AmheError(
            "No such file", f"There is no file {path.name} in {path.parent}.", "Check the name and the folder."
        )
    if not path.is_file():
        raise AmheError("Not a file", f"{path.name} is a folder or a device.", "Choose a CSV file.")
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        raise AmheError("Empty file", f"{path.name} holds nothing.", "Download it again, or choose another file.")
    if head.startswith((_ZIP, _OLD_OFFICE)):
        raise AmheError(
            "A workbook",
            f"{path.name} is a workbook or an archive, which cannot be read yet.",
            "Open it in a spreadsheet and save the sheet as CSV (UTF-8).",
        )


@contextmanager
def opened(path: Path, *, compressed: bool, encoding: str) -> Generator[tuple[io.TextIOWrapper, Counted]]:
    """Open a file as text, counting and hashing its bytes as they are read."""
    with path.open("rb") as raw:
        counted = Counted(raw)
        buffered = io.BufferedReader(counted, 1 << 18)
        stream = gzip.GzipFile(fileobj=buffered) if compressed else buffered
        with io.TextIOWrapper(stream, encoding=encoding, newline="", errors="strict") as text:
            yield text, counted


def sniff(path: Path) -> Sniffed:
    """Return what a file is.

    Raises:
        AmheError: It is not a table that can be read.
    """
    check_file(path)
    with path.open("rb") as stream:
        compressed = stream.read(2) == _GZIP
    sample = _sample(path, compressed=compressed)
    if b"\x00" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AmheError("Not text", f"{path.name} is not a text file.", "Choose a CSV file, or save the sheet as CSV.")
    encoding = _encoding(sample)
    words = sample.decode(encoding, errors="replace")
    delimiter = _delimiter(words)
    csv.field_size_limit(LONGEST_CELL)
    try:
        header = next(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter), list[str]())
    except csv.Error as error:
        raise AmheError(
            "Not a table", f"The first row of {path.name} cannot be read ({error}).", "Save it again as CSV."
        ) from error
    if len(header) < 2 or len(header) > _MOST_COLUMNS:
        raise AmheError(
            "Not a table",
            f"{path.name} has {len(header)} columns in its first row: {shorten(' '.join(header), 60)}.",
            "Choose a CSV file whose first row names the columns.",
        )
    return Sniffed(path, compressed, encoding, delimiter, tuple(one_line(name) for name in header))


def _sample(path: Path, *, compressed: bool) -> bytes:
    try:
        with gzip.open(path, "rb") if compressed else path.open("rb") as stream:
            return stream.read(_SAMPLE)
    except (OSError, EOFError, zlib.error) as error:
        raise AmheError("Damaged file", f"{path.name} cannot be unpacked ({error}).", "Download it again.") from error


def _encoding(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        # The sample may end in the middle of a letter, which is no fault.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return FALLBACK
    return "utf-8"


def _delimiter(words: str) -> str:
    first = words.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
