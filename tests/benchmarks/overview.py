"""What it costs to look: another characteristic, every gap of a file, a chart; run it by hand.

    python tests/benchmarks/overview.py [ROWS]

A made-up file of annual figures, half of its rows in the newest year, is brought in once. Processor time throughout, the store's own thread included.
Beside it stands the same question asked of the raw strings in a plain SQLite table, as a spreadsheet or a script would ask it.
"""

from __future__ import annotations

import csv
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.charts.draw import draw
from amhe_tui.charts.evidence import figure_of
from amhe_tui.charts.figure import Bar, BarFigure
from amhe_tui.intake.loading.bring import bring
from amhe_tui.programme.breakdowns import areas
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.programme.gaps import disclosed_overview
from store.workspace import Workspace

HEADER = "reporting_period,start_date,end_date,org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,measure_statistic,value\n"
GROUPS = {
    "Age Group": ("Under 18", "18 to 25", "26 to 64", "65 to 74", "75 to 89", "90 and over"),
    "Ethnic Group": ("White", "Mixed", "Asian or Asian British", "Black or Black British", "Other Ethnic Groups"),
    "Gender": ("Male", "Female", "Indeterminate"),
    "Religion": ("Buddhist", "Christian", "Hindu", "Jewish", "Muslim", "Sikh", "None", "Other"),
    "Sexual Orientation Type": ("Heterosexual", "Gay/Lesbian", "Bi-sexual"),
    "Indices of Deprivation Decile": tuple(
        f"{n:02} {'Most' if n == 10 else 'Least' if n == 1 else 'More' if n > 5 else 'Less'} deprived"
        for n in range(1, 11)
    ),
}
YEARS = (("2029-30", "2029-04-01", "2030-03-31"), ("2030-31", "2030-04-01", "2031-03-31"))


def lines(rows: int) -> Iterator[str]:
    """Give so many lines: both years, place by place, group by group."""
    chance = random.Random(3)  # noqa: S311 - figures for a benchmark
    every = [("Total", "NULL", "NULL")] + [(name, label, "All") for name, labels in GROUPS.items() for label in labels]
    given, place = 0, 0
    while True:
        for year, starts, ends in YEARS:
            for kind, a, b in every:
                finished = 5 * chance.randrange(2, 400)
                recovered = 5 * int(finished * chance.uniform(0.3, 0.7) / 5)
                hidden = chance.random() < 0.15
                for name, statistic, value in (
                    ("finished_course_treatment", "count", finished),
                    ("not_at_caseness", "count", 0),
                    ("recovery", "count", recovered),
                    ("recovery", "percentage", round(100 * recovered / finished)),
                ):
                    if given == rows:
                        return
                    given += 1
                    shown = "*" if hidden and name == "recovery" else value
                    yield f"{year},{starts},{ends},Provider,P{place:04},PLACE {place},{kind},{a},{b},{name},{statistic},{shown}\n"
        place += 1


AGES = ("16 to 34", "35 to 49", "50 to 64", "65 to 74", "75 and over")


def crossed(rows: int) -> Iterator[str]:
    """Give so many lines of shares, rounded as a publisher does it, by ethnic group within each age: place by place."""
    chance = random.Random(4)  # noqa: S311 - figures for a benchmark
    given = place = 0
    while given < rows:
        sums: dict[tuple[str, str], list[int]] = {}
        for age in AGES:
            for group in GROUPS["Ethnic Group"]:
                bottom = 5 * chance.randrange(1, 120)
                top = 5 * int(bottom * chance.uniform(0.2, 0.8) / 5)
                for key in ((age, group), (age, "All"), ("All", group), ("All", "All")):
                    own = sums.setdefault(key, [0, 0])
                    own[0], own[1] = own[0] + top, own[1] + bottom
        for (age, group), (top, bottom) in sums.items():
            given += 1
            yield f"Place {place},Town,2023-24,{age},{group},{100 * top / bottom:.1f},{top},{bottom}\n"
        place += 1


CROSSED = "Area,Area type,Period,Age group,Ethnic group,Value,Numerator,Denominator\n"


def with_ages(folder: Path, rows: int, treated: str) -> None:
    """Print what the overview costs where the file has ages, by whether the guard stands over it."""
    source, target = folder / f"ages {rows} {treated}.csv", folder / f"ages {rows} {treated}.amhe"
    with source.open("w", encoding="utf-8", newline="") as stream:
        stream.write(CROSSED)
        stream.writelines(crossed(rows))
    Workspace.create(target, name="Benchmark").close()
    raw = raw_table(source, folder / f"ages {rows} {treated}.db")
    with Workspace.open(target) as workspace:
        bring(workspace, source, about={"treated": treated})
        scan = cost(lambda: raw.execute("SELECT * FROM raw WHERE Period = '2023-24'").fetchall(), best_of=1)
        whose = "dealt with by its publisher" if treated == "yes" else "guarded here"
        for audience in ("team", "public"):
            taken = cost(lambda who=audience: disclosed_overview(workspace, Policy(who), area="all"), best_of=1)
            print(row(f"{rows:,} rows with ages, {whose}: every gap for the {audience}", taken, scan))
        again = cost(lambda: disclosed_overview(workspace, Policy("public"), area="all"), best_of=1)
        print(row(f"{rows:,} rows with ages, {whose}: for the public again", again, scan))


def cost(work: Callable[[], object], *, best_of: int = 3) -> float:
    """Return the processor milliseconds of the quickest of some runs."""
    taken: list[float] = []
    for _ in range(best_of):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return min(taken)


def raw_table(source: Path, target: Path) -> sqlite3.Connection:
    """Put the raw strings into a plain table."""
    connection = sqlite3.connect(target)
    with source.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        columns = next(reader)
        names = ", ".join(f'"{name}"' for name in columns)
        connection.execute(f"CREATE TABLE raw ({names})")
        connection.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(columns))})", reader)
    connection.commit()
    return connection


def row(what: str, ours: float, theirs: float | None = None) -> str:
    """Return a line of the table."""
    beside = "" if theirs is None else f"{theirs:>12.1f}{ours / theirs:>10.3f}"
    return f"{what:<60}{ours:>10.1f} ms{beside}"


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "figures.csv", Path(folder) / "figures.amhe"
        with source.open("w", encoding="utf-8", newline="") as stream:
            stream.write(HEADER)
            stream.writelines(lines(rows))
        Workspace.create(target, name="Benchmark").close()
        raw = raw_table(source, Path(folder) / "raw.db")
        team = Policy("team")
        with Workspace.open(target) as workspace:
            bring(workspace, source, about={"treated": "yes"})
            first = cost(lambda: look(workspace, "Religion", team), best_of=1)
            again = cost(lambda: [look(workspace, name, team) for name in GROUPS]) / len(GROUPS)
            asked = "SELECT variable_a, measure_name, measure_statistic, value FROM raw WHERE org_code = 'P0003' AND reporting_period = '2030-31' AND variable_type = 'Religion'"
            plain = cost(lambda: raw.execute(asked).fetchall(), best_of=1)
            print(f"{rows:,} rows{'':<48}{'ours':>10}   {'raw table':>12}{'ratio':>10}")
            print(row("the first breakdown after opening", first, plain))
            print(row("another characteristic", again, plain))
            whole = cost(lambda: disclosed_overview(workspace, team, area="all"), best_of=2)
            scan = cost(
                lambda: raw.execute("SELECT * FROM raw WHERE reporting_period = '2030-31'").fetchall(), best_of=1
            )
            found = disclosed_overview(workspace, team, area="all")
            print(row(f"every gap of every place ({found.compared:,} comparisons)", whole, scan))
            print(
                row(
                    "every gap as the public may see it",
                    cost(lambda: disclosed_overview(workspace, Policy("public"), area="all"), best_of=1),
                    scan,
                )
            )
            shown = disclosed_breakdown(workspace, "recovery.percentage", "Religion", team, area="P0003")
            print(row("chart of a breakdown at 120 by 40", cost(lambda: draw(figure_of(shown), 120, 40, colour=True))))
    with tempfile.TemporaryDirectory() as folder:
        for rows_of_ages, treated in ((rows // 5, "yes"), (10_000, "yes"), (10_000, "")):
            with_ages(Path(folder), rows_of_ages, treated)
    bars = tuple(Bar(f"Group {n}", 40.0 + n, 38.0 + n, 43.0 + n) for n in range(20))
    print(
        row("chart of 20 bars at 120 by 40", cost(lambda: draw(BarFigure("Recovery", "%", bars), 120, 40, colour=True)))
    )
    dots = BarFigure("Recovery", "%", bars, dots=True)
    print(row("chart of 20 points with limits at 120 by 40", cost(lambda: draw(dots, 120, 40, colour=True))))


def look(workspace: Workspace, name: str, policy: Policy) -> object:
    """Ask for a breakdown as the screen does."""
    key = areas(workspace, "recovery.percentage", "2030-31")[3].key
    return disclosed_breakdown(workspace, "recovery.percentage", name, policy, area=key, period="2030-31")


if __name__ == "__main__":
    main()
