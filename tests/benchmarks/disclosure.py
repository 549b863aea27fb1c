"""What hiding costs: random tables of every size, and breakdowns of twenty-five groups; processor time, printed and never asserted."""

from __future__ import annotations

import random
import time

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.disclosure.tables import hide

SIZES = ((1, 9), (5, 5), (10, 10), (20, 20), (40, 10))


def table(chance: random.Random, height: int, width: int) -> list[list[int]]:
    """Return counts of which about half are small."""
    return [
        [chance.choice([0, chance.randint(1, 4), chance.randint(5, 60), chance.randint(5, 400)]) for _ in range(width)]
        for _ in range(height)
    ]


def shares(chance: random.Random) -> Breakdown:
    """Return five broad groups with four groups each, the unknown and everyone."""
    rows: list[BreakdownRow] = []

    def row(group: str, level: str, top: int, rest: int, parent: str | None = None) -> tuple[int, int]:
        share = 100 * top / (top + rest) if top + rest else None
        rows.append(BreakdownRow(group, level, share, "ok", top, top + rest, None, None, parent))
        return top, rest

    def pair() -> tuple[int, int]:
        return chance.choice([0, 3, 40, 300]), chance.choice([2, 30, 200])

    sums = [row("Not known", "unknown", *pair())]
    for broad in range(5):
        parts = [row(f"{broad}.{one}", "detailed", *pair(), str(broad)) for one in range(4)]
        sums.append(row(str(broad), "broad", sum(one[0] for one in parts), sum(one[1] for one in parts)))
    row("All", "total", sum(one[0] for one in sums), sum(one[1] for one in sums))
    return Breakdown("x", "x", "percentage", "x", "x", "x", None, tuple(rows))


def main() -> None:
    """Print milliseconds of processor time a table."""
    chance = random.Random(4)  # noqa: S311 - the same tables each time
    for height, width in SIZES:
        tables = [table(chance, height, width) for _ in range(10)]
        begun = time.process_time()
        for one in tables:
            rows = [sum(row) for row in one]
            columns = [sum(column) for column in zip(*one, strict=True)] if height > 1 else None
            hide(one, row_totals=rows, column_totals=columns, total=sum(rows))
        print(f"{height} x {width}: {100 * (time.process_time() - begun):.1f} ms a table")
    found = [shares(chance) for _ in range(20)]
    begun = time.process_time()
    for one in found:
        disclose(one, Policy())
    print(f"a breakdown of 27 rows of shares: {50 * (time.process_time() - begun):.1f} ms")


if __name__ == "__main__":
    main()
