"""What the numbers cost beside the costs that were published for the field's own tools; run it by hand.

    python tests/benchmarks/measures.py [SETS]

Processor time throughout. The costs of healthequal (R 4.2.2) and of UKHSA's PHEindicatormethods were measured once on a
machine like ours and are written here; ours are measured now. For healthequal's simulated limits its 100 draws are set
against our 10,000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from amhe_tui.analysis.estimates import intervals, many_limits, standardisation
from amhe_tui.analysis.inequality import slope_ukhsa
from amhe_tui.analysis.inequality.measures import CLASSIC, DRAWS, Measure, Sets, measure, sets_of

GROUPS = 5
ROWS = 5_000
MILLISECONDS: dict[Measure, float] = dict.fromkeys(CLASSIC, 0.3) | {
    Measure.CONCENTRATION: 12,
    Measure.RELATIVE_CONCENTRATION: 8,
    Measure.SLOPE: 116,
    Measure.RELATIVE_SLOPE: 100,
}
"""What healthequal takes for one set without simulated limits; of its 0.3 to 0.6 for a simple measure, the least."""
SIMULATED_MILLISECONDS = 500
SIMULATED = (
    Measure.STANDARD_DEVIATION,
    Measure.VARIATION,
    Measure.DISPARITY,
    Measure.DISPARITY_WEIGHTED,
    Measure.FROM_MEAN,
    Measure.FROM_MEAN_WEIGHTED,
    Measure.FROM_BEST,
    Measure.FROM_BEST_WEIGHTED,
    Measure.FROM_REFERENCE,
    Measure.FROM_REFERENCE_WEIGHTED,
)


def cost(work: Callable[[], object], *, best_of: int = 3) -> float:
    """Return the processor seconds of the quickest of some runs, after one to warm up."""
    work()
    taken: list[float] = []
    for _ in range(best_of):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def some_sets(size: int) -> Sets:
    draw = np.random.default_rng(1)
    return sets_of(
        draw.uniform(20, 80, (size, GROUPS)).round(2).tolist(),
        errors=draw.uniform(1, 5, (size, GROUPS)).tolist(),
        populations=draw.integers(100, 5000, (size, GROUPS)).tolist(),
        ranks=[list(range(1, GROUPS + 1))] * size,
        reference=[0] * size,
        favourable=[True] * size,
        scale=[100] * size,
    )


def line(what: str, theirs: float, ours: float, unit: str) -> str:
    return f"{what:<52}{theirs:>12.3f}{ours:>12.4f} {unit:<4}{theirs / ours:>10.0f}×"


def measures(size: int) -> list[str]:
    sets = some_sets(size)
    rows: list[str] = []
    theirs_all = ours_all = simulated_all = 0.0
    for which in CLASSIC:
        theirs, ours = MILLISECONDS[which] * size, 1000 * cost(lambda which=which: measure(which, sets, draws=0))
        rows.append(line(which.label, theirs, ours, "ms"))
        theirs_all, ours_all = theirs_all + theirs, ours_all + ours
    together = 1000 * cost(lambda: some_sets(size))
    rows.append(f"{'(making up and putting together the sets)':<52}{together:>24.4f} ms")
    ours_all += together
    rows.append(line(f"all {len(CLASSIC)}, without simulated limits", theirs_all, ours_all, "ms"))
    for which in SIMULATED:
        simulated = 1000 * cost(lambda which=which: measure(which, sets), best_of=1)
        rows.append(line(f"{which.value}, limits of {DRAWS:,} draws", SIMULATED_MILLISECONDS * size, simulated, "ms"))
        simulated_all += simulated
    plain = sum(MILLISECONDS[which] for which in CLASSIC if which not in SIMULATED) * size
    theirs_all = plain + SIMULATED_MILLISECONDS * size * len(SIMULATED)
    rows.append(line(f"all {len(CLASSIC)}, with every limit", theirs_all, ours_all + simulated_all, "ms"))
    return rows


def limits() -> list[str]:
    draw = np.random.default_rng(2)
    totals = draw.integers(1, 500, ROWS)
    counts = np.minimum(draw.integers(0, 200, ROWS), totals)
    x, n = counts.tolist(), totals.tolist()
    microseconds = 1e6 / ROWS
    ways: dict[str, Callable[[], object]] = {
        "proportions, a row of a table": lambda: many_limits.proportions(x, n),
        "rates, a row of a table": lambda: many_limits.rates(x, n),
        "proportion, one by one": lambda: [intervals.proportion(*row) for row in zip(x, n, strict=True)],
        "rate, one by one": lambda: [intervals.rate(*row) for row in zip(x, n, strict=True)],
    }
    return [line(f"{what} (UKHSA 8 to 13)", 8, cost(work) * microseconds, "µs") for what, work in ways.items()]


def others() -> list[str]:
    draw = np.random.default_rng(3)
    areas = [(draw.integers(5, 60, 19).tolist(), draw.integers(900, 9000, 19).tolist()) for _ in range(1000)]
    standard = draw.integers(1000, 7000, 19).tolist()
    sets = sets_of(
        draw.uniform(20, 80, (100, 5)).tolist(),
        errors=draw.uniform(1, 5, (100, 5)).tolist(),
        populations=draw.integers(100, 5000, (100, 5)).tolist(),
        ranks=[[1, 2, 3, 4, 5]] * 100,
    )
    direct = cost(lambda: [standardisation.direct_rate(*area, standard) for area in areas])
    drawn = cost(lambda: slope_ukhsa.slope_indices(sets, kind="rate", draws=100_000), best_of=1)
    exact = cost(lambda: slope_ukhsa.slope_indices(sets))
    return [
        line("direct rates, 1,000 areas × 19 ages", 660, 1000 * direct, "ms"),
        line("UKHSA slope, redrawn 100,000 times", 420, 10 * drawn, "ms"),
        line("UKHSA slope, exact limits", 420, 10 * exact, "ms"),
    ]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{size:,} sets of {GROUPS} groups{'theirs':>44}{'ours':>12}")
    print("\n".join([*measures(size), "", *limits(), "", *others()]))


if __name__ == "__main__":
    main()
