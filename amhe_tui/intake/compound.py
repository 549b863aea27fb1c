"""The container of old office files: which streams it holds, and the bytes of one of them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIIII")
_END = 0xFFFFFFFA
"""Numbers from here upward are no sectors but ends and gaps."""
_ENTRY = 128


@dataclass(frozen=True)
class _Entry:
    start: int
    size: int
    root: bool


class Compound:
    """The streams of a container that is wholly in memory.

    Raises:
        ValueError: It is no such container, or its chains run in circles or out of it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, UnicodeError) as error:
            raise ValueError("The container is not whole.") from error

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream.

        Raises:
            ValueError: There is none of that name, or it is not whole.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise ValueError("There is no such stream.")
        if entry.size < self._cutoff:
            return self._chain(self._short, entry.start, self._table(self._short_start, self._short_count), 64)[
                : entry.size
            ]
        return self._chain(self._data, entry.start, self._table_of_all, self._sector)[: entry.size]

    def _open(self) -> None:
        found = _HEADER.unpack_from(self._data)
        if found[0] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or found[4] not in (9, 12):
            raise ValueError("It is no container.")
        self._sector = 1 << found[4]
        _, count, folder, _, self._cutoff, self._short_start, self._short_count, more, more_count = found[6:15]
        tables = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(min(more_count, 1000)):
            if more >= _END:
                break
            numbers = struct.unpack_from(f"<{self._sector // 4}I", self._data, self._at(more))
            tables += numbers[:-1]
            more = numbers[-1]
        used = [number for number in tables if number < _END][:count]
        self._table_of_all = [
            number
            for table in used
            for number in struct.unpack_from(f"<{self._sector // 4}I", self._data, self._at(table))
        ]
        self._entries = self._folder(folder)
        root = next((entry for entry in self._entries.values() if entry.root), None)
        self._short = self._chain(self._data, root.start, self._table_of_all, self._sector) if root else b""

    def _at(self, number: int) -> int:
        return (number + 1) * self._sector

    def _folder(self, start: int) -> dict[str, _Entry]:
        listing = self._chain(self._data, start, self._table_of_all, self._sector)
        found: dict[str, _Entry] = {}
        for offset in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listing, offset + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = listing[offset : offset + length - 2].decode("utf-16-le", "replace")
                first, size = struct.unpack_from("<II", listing, offset + 116)
                found.setdefault(name, _Entry(first, size, kind == 5))
        return found

    def _table(self, start: int, count: int) -> list[int]:
        if not count or start >= _END:
            return []
        raw = self._chain(self._data, start, self._table_of_all, self._sector)
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))

    def _chain(self, data: bytes, start: int, table: list[int], size: int) -> bytes:
        pieces: list[bytes] = []
        before = size if data is self._data else 0
        number = start
        while number < _END:
            if number >= len(table) or len(pieces) > len(table):
                raise ValueError("A chain runs out of the container.")
            pieces.append(data[before + number * size : before + (number + 1) * size])
            number = table[number]
        return b"".join(pieces)
