"""What the guard over a whole programme costs: ten thousand counts with everything that hangs together, and the public report of the sample; processor time, printed.

python tests/benchmarks/guard.py [CELLS]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from amhe_tui.analysis.disclosure.groups import Rule
from amhe_tui.analysis.disclosure.joint import guard
from amhe_tui.analysis.disclosure.relations import Count, Counts, Group, Share

GROUPS = {"Ethnic group": 6, "Age": 6, "Sex": 3, "Deprivation": 10}


def figures(cells: int) -> Iterator[tuple[Count, int]]:
    """Give counts of wards and the towns they make up, by four characteristics: three indicators of which two make up the third, and a part of the first."""
    chance = random.Random(5)  # noqa: S311 - the same figures each time
    given, town = 0, 0
    while given < cells:
        town += 1
        areas = [100 * town + ward for ward in range(1, 9)]
        sums: dict[Count, int] = {}
        for area in areas:
            everyone: dict[str, int] = {}
            for by, number in GROUPS.items():
                for label in range(number):
                    well, ill = chance.choice([0, 1, 2, 4, 9, 15, 40]), chance.choice([3, 8, 30, 90, 200])
                    values = {
                        "well": well,
                        "ill": ill,
                        "finished": well + ill,
                        "recovered": int(ill * chance.uniform(0, 1)),
                    }
                    for name, value in values.items():
                        group = Group(by, str(label), "broad", "", "")
                        for place in (area, 100 * town):
                            key = Count(1, name, place, group)
                            sums[key] = sums.get(key, 0) + value
                        if by == "Sex":
                            everyone[name] = everyone.get(name, 0) + value
            for name, value in everyone.items():
                for place in (area, 100 * town):
                    key = Count(1, name, place, Group("Total", "Total", "total", "", ""))
                    sums[key] = sums.get(key, 0) + value
        for key in sorted(sums, key=lambda key: key.area):
            given += 1
            yield key, sums[key]


def main() -> None:
    """Print seconds of processor time."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    counts_given = dict(figures(cells))
    begun = time.process_time()
    types = {count.area: "Town" if count.area % 100 == 0 else "Ward" for count in counts_given}
    counts = Counts(counts_given, [Share("recovered", ("ill",), ())], types)
    built = time.process_time()
    found = guard(counts.table, Rule(5, zero_is_small=True))
    done = time.process_time()
    print(
        f"{len(counts_given):,} counts in {len(counts.table.sums):,} sums: {built - begun:.1f} s to find the sums, {done - built:.1f} s to guard;"
        f" {sum(value < 5 for value in counts_given.values()):,} small, {len(found.hidden):,} hidden, {len(found.open_still)} open still"
    )
    from amhe_tui.analysis.disclosure.breakdown import Policy
    from amhe_tui.report import write_report
    from sample_data.programme import build
    from store.records import Audience, DataSource
    from store.workspace import Workspace

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.amhe"
        build(path, today=date(2026, 11, 23))
        with Workspace.open(path) as workspace, workspace.change("Nobody says so") as change:
            for source in workspace.list(DataSource):
                change.update(source, treated="")
        with Workspace.open(path) as workspace:
            begun = time.process_time()
            write_report(workspace, Audience.PUBLIC, "md", date(2026, 11, 23), Policy("public"))
            print(f"the public report of the sample, every count of it guarded: {time.process_time() - begun:.2f} s")


if __name__ == "__main__":
    main()
