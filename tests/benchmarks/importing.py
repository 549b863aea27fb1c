"""Import of a large file beside csv.reader and executemany of its raw strings: processor time, size of the file, peak memory, in one run.

Each way runs in a process of its own, in turns; ``--rows 1000000`` is the promise of the issue, ``--growth`` adds a file ten times as long.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEER = """
import csv, json, resource, sqlite3, sys
raw = sqlite3.connect(sys.argv[2], isolation_level=None)
raw.execute("PRAGMA journal_mode=TRUNCATE")
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    rows = csv.reader(stream)
    header = next(rows)
    raw.execute(f"CREATE TABLE raw ({', '.join(f'c{n} TEXT' for n in range(len(header)))})")
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(header))})", rows)
    raw.execute("COMMIT")
raw.close()
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak": 0}))
"""
OURS = """
import json, resource, sys
from pathlib import Path
from amhe_tui.intake.loading.bring import bring
from store.workspace import Workspace
with Workspace.create(Path(sys.argv[2]), name="Benchmark", rehearsal=True) as workspace:
    before = resource.getrusage(resource.RUSAGE_SELF)
    result = bring(workspace, Path(sys.argv[1]))
    used = resource.getrusage(resource.RUSAGE_SELF)
# The peak of this process alone: what getrusage tells holds that of the process that started it.
peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps({"cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, "peak": peak, "rows": result.rows}))
"""


def run(program: str, data: Path, folder: Path) -> dict[str, float]:
    """Return what one way costs: processor seconds, peak memory in kB, size of the file it made."""
    made = folder / "made.amhe"
    made.unlink(missing_ok=True)
    words = subprocess.run(
        [sys.executable, "-c", program, str(data), str(made)], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    found: dict[str, float] = json.loads(words.strip().splitlines()[-1])
    return {**found, "size": made.stat().st_size}


def compare(data: Path, folder: Path, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the medians of both ways, run in turns."""
    found: dict[str, list[dict[str, float]]] = {"peer": [], "ours": []}
    for _ in range(rounds):
        found["peer"].append(run(PEER, data, folder))
        found["ours"].append(run(OURS, data, folder))
    middle = {
        way: {name: statistics.median(one[name] for one in runs) for name in runs[0]} for way, runs in found.items()
    }
    return middle["peer"], middle["ours"]


def main() -> None:
    """Print the table."""
    from mhsds_file import write_file

    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| file | processor time, ours : plain insert | size, ours : raw table | peak memory, ours |")
        print("|---|---|---|---|")
        costs: dict[int, float] = {}
        sizes = [(given.rows, True), (given.rows, False)]
        sizes += [(given.rows // 10, False), (given.rows * 5, False)] if given.growth else []
        for rows, in_order in sizes:
            data = folder / "data.csv"
            write_file(data, rows, in_order=in_order)
            peer, ours = compare(data, folder, given.rounds)
            order = "in the publisher's order" if in_order else "in no order"
            print(
                f"| {rows:,} x 13 {order} | {ours['cpu'] / peer['cpu']:.2f} | {ours['size'] / peer['size']:.2f} | {ours['peak'] / 1024:.0f} MB |",
                flush=True,
            )
            if not in_order:
                costs[rows] = ours["cpu"]
        if given.growth:
            print(
                f"Ten times the rows cost {costs[given.rows] / costs[given.rows // 10]:.1f} times the processor time."
            )


if __name__ == "__main__":
    main()
