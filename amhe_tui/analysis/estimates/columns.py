"""Many sets of groups at once: what goes into the summary measures, and what comes out of them.

A set is one indicator by one characteristic in one area and period; its groups lie along the second axis of every
array. What is absent is NaN, in sets of fewer groups the rest of the row.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.results import Undefined

Numbers: TypeAlias = npt.NDArray[np.float64]


Mask: TypeAlias = npt.NDArray[np.bool_]


def number_at(column: Numbers, row: int) -> float | None:
    """Return the number in a row of a column, or None where there is none."""
    return None if np.isnan(column[row]) else float(column[row])


class Reasons:
    """The reason of each set that is refused; the first one found stands."""

    def __init__(self, size: int) -> None:
        self._codes: npt.NDArray[np.int16] = np.full(size, -1, dtype=np.int16)
        self._members = list(Undefined)

    def refuse(self, where: Mask, reason: Undefined) -> None:
        """Give ``reason`` to every set of ``where`` that has none yet."""
        self._codes[where & (self._codes < 0)] = self._members.index(reason)

    def take(self, other: Reasons, where: Mask) -> None:
        """Take over the reasons of another, where asked and where there is none yet."""
        taken = where & (self._codes < 0)
        self._codes[taken] = other._codes[taken]

    @property
    def open(self) -> Mask:
        """True for every set that is not refused."""
        return self._codes < 0

    def all(self) -> tuple[Undefined | None, ...]:
        """Return the reason of each set, or None."""
        if self.open.all():
            return (None,) * len(self._codes)
        codes: list[int] = self._codes.tolist()
        return tuple(self._members[code] if code >= 0 else None for code in codes)

    def copy(self) -> Reasons:
        """Return reasons that can go their own way."""
        twin = Reasons(len(self._codes))
        twin._codes = self._codes.copy()
        return twin
