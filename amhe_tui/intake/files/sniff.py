"""What a text file is, before a row of it is read: compressed or not, its encoding, its delimiter and its line ends."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import stat
import zlib
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import bounded

_SAMPLE = 256 * 1024


DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar", "¬": "not sign", "^": "caret"}
"""What may stand between two cells, and what it is called."""


_GZIP = b"\x1f\x8b"


_LEAST_UNPACKED, _MOST_SWELLING = 200_000_000, 200


MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""


LONGEST_CELL = 1_000_000


FALLBACK = "cp1252"
"""What a file that is not UTF-8 is read as where nothing tells more: the Western European letters of Windows."""


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman")
"""What a person can choose from."""


@dataclass(frozen=True)
class Sniffed:
    """What a text file is; ``lines`` says how its lines end: LF, CRLF, CR or mixed."""

    path: Path
    compressed: bool
    encoding: str
    delimiter: str
    lines: str = "LF"


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
    """Refuse what is no file; nothing is opened that could wait for ever.

    Raises:
        AmheError: It is missing, a folder, a pipe or a device, or empty.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise AmheError(
            "No such file", f"There is no file {path.name} in {path.parent}.", "Check the name and the folder."
        ) from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise AmheError("Not a file", f"{path.name} is {kind}.", "Choose a CSV file, a workbook or a JSON file.")
    if path.stat().st_size == 0:
        raise AmheError("Empty file", f"{path.name} holds nothing.", "Download it again, or choose another file.")


@contextmanager
def opened(path: Path, *, compressed: bool, encoding: str) -> Generator[tuple[io.TextIOWrapper, Counted]]:
    """Open a file as text, counting and hashing its bytes as they are read."""
    with path.open("rb") as raw:
        counted = Counted(raw)
        buffered = io.BufferedReader(counted, 1 << 18)
        stream = _unpacked(path, cast("IO[bytes]", buffered)) if compressed else buffered
        with io.TextIOWrapper(stream, encoding=encoding, newline="", errors="strict") as text:
            yield text, counted


def _unpacked(path: Path, packed: IO[bytes]) -> io.BufferedReader:
    """Return a compressed stream as it is read, up to a size that no honest file of its length unpacks to."""
    return bounded(gzip.GzipFile(fileobj=packed), _LEAST_UNPACKED + _MOST_SWELLING * path.stat().st_size)


def sniff(path: Path, *, encoding: str = "", delimiter: str = "") -> Sniffed:
    """Return what a text file is.

    Args:
        path: The file.
        encoding: What a person has said; otherwise it is told from the bytes.
        delimiter: The same.

    Raises:
        AmheError: It is no text that can be read.
    """
    check_file(path)
    try:
        with path.open("rb") as stream:
            compressed = stream.read(2) == _GZIP
    except OSError as error:
        raise AmheError(
            "Cannot be read", f"{path.name} cannot be read ({error.strerror}).", "Check that you may read it."
        ) from error
    sample = _sample(path, compressed=compressed)
    wide = _wide(sample)
    if b"\x00" in sample and not wide and not encoding:
        raise AmheError("Not text", f"{path.name} is not a text file.", "Choose a CSV file, or save the sheet as CSV.")
    encoding = encoding or wide or _encoding(sample)
    text = sample.decode(encoding, errors="replace").lstrip("\ufeff")
    csv.field_size_limit(LONGEST_CELL)
    return Sniffed(path, compressed, encoding, delimiter or _delimiter(text), _line_ends(text))


def _sample(path: Path, *, compressed: bool) -> bytes:
    try:
        with gzip.open(path, "rb") if compressed else path.open("rb") as stream:
            return stream.read(_SAMPLE)
    except (OSError, EOFError, zlib.error) as error:
        raise AmheError("Damaged file", f"{path.name} cannot be unpacked ({error}).", "Download it again.") from error


def _wide(sample: bytes) -> str:
    """Return the encoding of a text of two bytes a letter, with or without the mark at its beginning, or ""."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = sample[0:4000:2].count(0), sample[1:4000:2].count(0)
    half = max(1, min(len(sample), 4000) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _encoding(sample: bytes) -> str:
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        # The sample may end in the middle of a letter, which is no fault.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return _eight_bits(sample)
    return "utf-8"


_USUAL = frozenset("éèêëáàâäãåíìîïóòôöõúùûüñçœæßÉÀÖÜÄ£€’‘“”–—…•°½¼¾²³©®™§«»¬±·†‡")
"""Letters and signs that English files of names, places and notes hold outside plain ASCII."""


def _eight_bits(sample: bytes) -> str:
    """Return which of the old encodings gives letters one would expect: those of Windows, or those of old Macs."""
    scores: dict[str, int] = {}
    for name in (FALLBACK, "mac_roman"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            text = sample.decode(name, errors="replace")
        beyond = [letter for letter in text if ord(letter) > 127]
        scores[name] = sum(letter in _USUAL for letter in beyond) - 3 * sum(letter == "\ufffd" for letter in beyond)
    if b"\n" not in sample and b"\r" in sample:
        scores["mac_roman"] += 1
    if scores["mac_roman"] > scores[FALLBACK]:
        return "mac_roman"
    return "latin-1" if any(byte in sample for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")) else FALLBACK


def _delimiter(text: str) -> str:
    """Return what stands between cells: what gives most lines the same number of several cells."""
    lines = [line for line in text.splitlines()[:300] if line.strip()][:120]
    if len(lines) > 1 and lines[0].count("\t") and len({line.count("\t") for line in lines}) == 1:
        return "\t"  # nobody writes tabs within cells, while names in a file of tabs may well hold commas
    best, most = ",", 0.0
    for sign in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            width, number = max(widths.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
            score = number * min(width, 6)
            if score > most:
                best, most = sign, score
    return best


def _line_ends(text: str) -> str:
    pairs = text.count("\r\n")
    returns, feeds = text.count("\r") - pairs, text.count("\n") - pairs
    if pairs:
        return "CRLF" if not returns and not feeds else "CRLF, others within cells"
    if returns:
        return "CR" if not feeds else "mixed"
    return "LF"
