"""Identifiers and clocks: UUID version 7 for rows, a hybrid logical clock for the journal."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass

_MILLISECONDS = 1000


class _Sequence:
    """Twelve bits that rise within a millisecond, so that ids made in one go sort in the order they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = 0
        self._counter = 0

    def next(self, milliseconds: int) -> tuple[int, int]:
        with self._lock:
            if milliseconds > self._milliseconds:
                self._milliseconds, self._counter = milliseconds, secrets.randbits(8)
            else:
                self._counter += 1
                if self._counter > 0xFFF:
                    self._milliseconds, self._counter = self._milliseconds + 1, 0
            return self._milliseconds, self._counter


_sequence = _Sequence()


def uuid7() -> str:
    """Return a UUID version 7 (RFC 9562): 48 bits of time, 12 that count within the millisecond, 62 random; ids sort by creation."""
    milliseconds, counter = _sequence.next(int(time.time() * _MILLISECONDS))
    number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def random_key() -> str:
    """Return a key that tells neither time nor order, for ballots."""
    return secrets.token_hex(16)


@dataclass
class HybridClock:
    """A clock that never runs backwards, whatever the laptop's clock does (Kulkarni and others, 2014).

    Stamps sort as text: milliseconds since 1970 in twelve hexadecimal digits, a counter in four, the replica.
    """

    replica: str
    milliseconds: int = 0
    counter: int = 0

    def tick(self, now: int | None = None) -> str:
        """Return the next stamp, later than every stamp given or seen."""
        now = int(time.time() * _MILLISECONDS) if now is None else now
        if now > self.milliseconds:
            self.milliseconds, self.counter = now, 0
        else:
            self.counter += 1
            if self.counter > 0xFFFF:
                self.milliseconds, self.counter = self.milliseconds + 1, 0
        return f"{self.milliseconds:012x}-{self.counter:04x}-{self.replica}"

    def see(self, stamp: str) -> None:
        """Take note of a stamp read from the file, so that the next one is later."""
        milliseconds, counter, _ = stamp.split("-", 2)
        seen = int(milliseconds, 16), int(counter, 16)
        if seen > (self.milliseconds, self.counter):
            self.milliseconds, self.counter = seen


def stamp_milliseconds(stamp: str) -> int:
    """Return the milliseconds since 1970 that a stamp of the hybrid clock holds."""
    return int(stamp.split("-", 1)[0], 16)
