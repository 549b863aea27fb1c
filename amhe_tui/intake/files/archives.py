"""Nothing a file says of itself is believed: how large it is once unpacked, whether it ends, whether it stays as it was."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from amhe_tui.errors import AmheError

MOST_UNPACKED = 150_000_000
"""So many bytes may come out of one workbook: some 3 million cells."""


MOST_ENTRIES = 2_000
"""A workbook of a hundred sheets with pictures has several hundred parts."""


MOST_RATIO = 100
"""What people type shrinks to a tenth or a thirtieth; only what was made to swell shrinks to a hundredth."""


RATIO_FROM = 2_000_000
"""A part smaller than this once unpacked harms nobody, however well it was packed."""


_PIECE = 1 << 18


_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Bounded(io.RawIOBase):
    """A stream of bytes that refuses to go on beyond a limit."""

    def __init__(self, stream: IO[bytes] | io.RawIOBase | io.BufferedIOBase, limit: int) -> None:
        super().__init__()
        self._stream, self._limit, self._done = stream, limit, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer.

        Raises:
            AmheError: More bytes came than the limit allows.
        """
        data = self._stream.read(len(buffer)) or b""
        self._done += len(data)
        if self._done > self._limit:
            raise AmheError(
                "Too large",
                f"The file goes on beyond {size_in_words(self._limit)}, which is more than is read at once.",
                "Ask the publisher for a smaller extract, or cut it into parts.",
            )
        buffer[: len(data)] = data
        return len(data)


def bounded(stream: IO[bytes] | io.RawIOBase | io.BufferedIOBase, limit: int) -> io.BufferedReader:
    """Return ``stream`` as one that raises AmheError as soon as it has given more than ``limit`` bytes."""
    return io.BufferedReader(Bounded(stream, limit), _PIECE)


def size_in_words(size: int) -> str:
    """Return a number of bytes as a person says it."""
    for limit, unit in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= limit:
            return f"{size / limit:.3g} {unit}"
    return f"{size} bytes"


def open_regular(path: Path) -> IO[bytes]:
    """Open a file that is one; a pipe, a device or a folder is refused without waiting for it.

    Raises:
        AmheError: It is missing, may not be read, or is no file.
    """
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except IsADirectoryError as error:
        raise _no_file(path, "a folder") from error
    except OSError as error:
        if path.is_dir():
            raise _no_file(path, "a folder") from error
        raise AmheError(
            "Cannot be read",
            f"{path.name} cannot be read ({error.strerror}).",
            "Check the name, and that you may read it.",
        ) from error
    mode = os.fstat(number).st_mode
    if not stat.S_ISREG(mode):
        os.close(number)
        raise _no_file(path, "a folder" if stat.S_ISDIR(mode) else "a pipe or a device")
    return os.fdopen(number, "rb")


def _no_file(path: Path, kind: str) -> AmheError:
    return AmheError("Not a file", f"{path.name} is {kind}.", "Choose a CSV file, a workbook or a JSON file.")


def state_of(path: Path) -> tuple[int, int, int]:
    """Return what changes when a file is written to or replaced."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


@contextmanager
def unchanged(path: Path) -> Generator[None]:
    """Refuse what was read inside where the file was written to, replaced or removed meanwhile.

    Raises:
        AmheError: At the end, where it is no longer the file it was.
    """
    before = state_of(path)
    yield
    try:
        after = state_of(path)
    except OSError:
        after = None
    if after != before:
        raise AmheError(
            "Changed meanwhile",
            f"{path.name} was changed by another program while it was read; nothing of it was kept.",
            "Save and close it there, then import it again.",
        )


def copy_steady(path: Path, target: Path, limit: int) -> None:
    """Copy a file, so that what is parsed is what was looked at.

    Args:
        path: The file of a person.
        target: Where the copy goes.
        limit: The most bytes it may have.

    Raises:
        AmheError: It is no file, is too large, or changed while it was copied.
    """
    with open_regular(path) as stream, unchanged(path), bounded(stream, limit) as source, target.open("wb") as copy:
        while piece := source.read(_PIECE):
            copy.write(piece)


def check_archive(path: Path) -> None:
    """Refuse a zip archive that swells: unpacks every part once, keeping nothing, before any parser sees it.

    The sizes written in the archive are looked at first, since that costs nothing; then the bytes that really come out are counted.

    Raises:
        AmheError: It holds too many parts, parts too large, parts packed in a way no spreadsheet uses, or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error
    if len(parts) > MOST_ENTRIES:
        raise _swells(f"it holds {len(parts):,} parts")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _swells(f"it unpacks to more than {size_in_words(MOST_UNPACKED)}")
    with path.open("rb") as stream:
        left = MOST_UNPACKED
        for part in parts:
            left -= _unpacked(stream, part, left)


def _unpacked(stream: IO[bytes], part: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes come out of one part, which is at most ``left``."""
    if part.flag_bits & 1:
        raise AmheError(
            "Password", "The workbook is protected by a password.", "Open it in a spreadsheet and save it without one."
        )
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    stream.seek(part.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise damaged()
    _, name, extra = _LOCAL_HEADER.unpack(header)
    stream.seek(name + extra, os.SEEK_CUR)
    size = _counted(stream, part, left)
    if size > RATIO_FROM and size > MOST_RATIO * max(part.compress_size, 1):
        raise _swells(f"a part of it unpacks to {size // max(part.compress_size, 1)} times its size")
    if size != part.file_size:
        raise _swells("it unpacks to another size than it says")
    return size


def _counted(stream: IO[bytes], part: zipfile.ZipInfo, left: int) -> int:
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    machine, size, packed = zlib.decompressobj(-15), 0, part.compress_size
    while packed > 0 and not machine.eof:
        data = stream.read(min(_PIECE, packed))
        if not data:
            raise damaged()
        packed -= len(data)
        more = True
        while more:
            try:
                came = len(machine.decompress(data, _PIECE))
            except zlib.error as error:
                raise damaged() from error
            size, data = size + came, machine.unconsumed_tail
            if size > left:
                raise _swells(f"it unpacks to more than {size_in_words(MOST_UNPACKED)}")
            more = not machine.eof and (bool(data) or came == _PIECE)
    if not machine.eof:
        raise damaged()
    return size


def damaged() -> AmheError:
    """Return the refusal of a workbook that is not whole."""
    return AmheError("Damaged file", "The workbook is damaged or not whole.", "Download it again.")


def _swells(why: str) -> AmheError:
    return AmheError(
        "Not safe to open",
        f"The workbook swells beyond all measure: {why}.",
        "If you trust it, open it in a spreadsheet and save the sheet as CSV.",
    )
