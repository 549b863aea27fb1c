"""The check of a whole file that was read: each figure stands once for its indicator, group, place and time, or is said to be there twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from amhe_tui.intake.loading.keys import DISAGREEING, Clash, Key, SeenKeys, Stated, blanks_of, verdict
from store.evidence.datasets import Area, Category, DatasetWriter, Figure, Period, Quantity, StoredRow

_AT_ONCE = 20_000
"""So many rows with keys that seem to repeat are looked at together."""


_TOLD_ONE_BY_ONE = 5_000
"""So many cases of disagreement are kept with their rows; of the others only how many there are."""


@dataclass
class Checked:
    """What was found.

    Attributes:
        clashes: Figures that disagree, the first of them.
        disagreeing: In how many cases figures disagree, and how many figures those are.
        agreeing: How many figures repeat another and say the same.
    """

    clashes: list[Clash] = field(default_factory=list[Clash])
    disagreeing: int = 0
    figures: int = 0
    agreeing: int = 0


def check_keys(seen: SeenKeys, writer: DatasetWriter, stopped: Callable[[], None]) -> Checked:
    """Find the figures of a file that stand twice, and keep none of those that disagree.

    Args:
        seen: The keys of its rows.
        writer: Where they were written.
        stopped: Called now and then; raises where a person has stopped the import.
    """
    checked = Checked()
    kept: dict[Key, list[Stated]] = {}
    first = -1
    together: list[list[int]] = []
    waiting = 0
    for places in seen.repeated():
        first = writer.first_key() if first < 0 else first
        together.append([first + place for place in places])
        waiting += len(places)
        if waiting >= _AT_ONCE:
            stopped()
            _look(together, writer, checked, kept)
            together, waiting = [], 0
    if together:
        _look(together, writer, checked, kept)
    checked.clashes = _in_words(kept, writer) if kept else []
    return checked


def _look(
    together: Sequence[Sequence[int]], writer: DatasetWriter, checked: Checked, kept: dict[Key, list[Stated]]
) -> None:
    rows = iter(writer.rows_at([key for keys in together for key in keys]))
    blanks = blanks_of(writer.markers())
    filled: list[tuple[Figure, int]] = []
    withheld: list[tuple[Figure, int]] = []
    for keys in together:
        by_key: dict[tuple[int, int, int, int], list[StoredRow]] = {}
        for _ in keys:
            row = next(rows)
            by_key.setdefault(row.about, []).append(row)
        for about, stored in by_key.items():
            if len(stored) < 2:
                continue
            found = verdict([row.figure for row in stored], blanks)
            if found == "disagree":
                withheld += [(DISAGREEING.text, row.key) for row in stored]
                checked.disagreeing += 1
                checked.figures += len(stored)
                if len(kept) < _TOLD_ONE_BY_ONE:
                    kept[about] = [Stated(row.number, row.figure) for row in stored]
                continue
            if found == "blank":
                # A cell left blank beside a figure of the same key says nothing; the figure speaks for both.
                figure = next(row.figure for row in stored if row.figure not in blanks)
                filled += [(figure, row.key) for row in stored if row.figure in blanks]
            else:
                checked.agreeing += len(stored) - 1
    if filled:
        writer.replace_figures(filled)
    if withheld:
        writer.replace_figures(withheld, DISAGREEING)


def _in_words(kept: Mapping[Key, Sequence[Stated]], writer: DatasetWriter) -> list[Clash]:
    """Return figures that disagree with the names of what they are about, in the order of the file."""
    quantities = writer.entries(Quantity, (key[0] for key in kept))
    periods = writer.entries(Period, (key[1] for key in kept))
    areas = writer.entries(Area, (key[2] for key in kept))
    categories = writer.entries(Category, (key[3] for key in kept))
    clashes = [
        Clash(quantities[quantity].name, periods[period], areas[area], categories[category], tuple(stated))
        for (quantity, period, area, category), stated in kept.items()
    ]
    return sorted(clashes, key=lambda clash: clash.stated[0].row)
