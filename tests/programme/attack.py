"""A reader who owns a linear programme: gathers every number that leaves a programme by its commands and its report, and works out what is hidden."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from amhe_tui.analysis.gaps.reading import reading_of, usual_comparison
from amhe_tui.cli import main
from amhe_tui.programme.breakdowns import breakdown, indicators, withins_of
from amhe_tui.programme.findings import finding_of
from store.records import Finding, Goal, Measure, MeasurePoint
from store.workspace import Workspace

KNOWN_WITHIN = 3
"""A hidden count is known if all that is shown leaves it a range no wider than this."""


class Key(NamedTuple):
    """One count: of what, where, when and of whom."""

    quantity: str
    area: str
    period: str
    characteristic: str
    label: str
    within: str


@dataclass
class Observed:
    """What a reader has seen: for each count between what it lies, and sums that lie between two numbers."""

    low: dict[Key, float] = field(default_factory=dict[Key, float])
    high: dict[Key, float] = field(default_factory=dict[Key, float])
    sums: list[tuple[dict[Key, float], float, float, str]] = field(
        default_factory=list[tuple[dict[Key, float], float, float, str]]
    )
    told: list[str] = field(default_factory=list[str])
    hidden_shares: list[tuple[str, dict[Key, float]]] = field(default_factory=list[tuple[str, dict[Key, float]]])

    def count(self, key: Key, shown: float, half: float) -> None:
        self.low[key] = max(self.low.get(key, 0.0), shown - half)
        self.high[key] = min(self.high.get(key, np.inf), shown + half)

    def share(self, top: Key, bottom: Key, low: float, high: float, why: str) -> None:
        """Note that a share lies between two numbers from 0 to 1."""
        self.sums.append(({top: 1.0, bottom: -low}, 0.0, np.inf, why))
        self.sums.append(({top: 1.0, bottom: -high}, -np.inf, 0.0, why))


@dataclass(frozen=True)
class Recovered:
    """A hidden count and what a reader knows of it."""

    key: Key | str
    truth: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.key}: {self.truth:g} is known to be {self.low:g} to {self.high:g}"


def asked(*arguments: object) -> str:
    """Return what a command prints on standard output; "" where it refuses."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(io.StringIO()):
        try:
            code = main([str(part) for part in arguments])
        except SystemExit:  # an option that is not there
            code = 2
    return written.getvalue() if code == 0 else ""


def truth_of(path: Path) -> dict[Key, float]:
    """Return every whole count of a programme as its file has it."""
    with Workspace.open(path) as workspace:
        rows = workspace.read(
            lambda raw: raw.execute(
                "SELECT q.id, a.name, p.label, c.characteristic, c.label, c.within, o.value FROM run r JOIN observed o ON o.key BETWEEN r.first AND r.last"
                " JOIN quantity q ON q.key = r.quantity JOIN period p ON p.key = r.period JOIN area a ON a.key = o.area JOIN category c ON c.key = o.category"
                " WHERE q.statistic IN ('count', 'numerator', 'denominator') AND typeof(o.value) IN ('integer', 'real')"
            ).fetchall()
        )
    return {Key(*row[:6]): float(row[6]) for row in rows}


def relations_of(truth: Mapping[Key, float]) -> list[tuple[dict[Key, float], str]]:
    """Return the sums that anybody knows to hold: groups and everyone, slices, places within a place, indicators that add up."""
    everyone: dict[tuple[str, str, str], Key] = {}
    families: dict[tuple[str, str, str, str, str], list[Key]] = defaultdict(list)
    for key in truth:
        if key.characteristic == "Total" and not key.within:
            everyone[key[:3]] = key
        elif key.characteristic != "Total":
            families[(*key[:4], key.within)].append(key)
    sums: list[tuple[dict[Key, float], str]] = []

    def adds_up(whole: Key, parts: Sequence[Key], why: str) -> None:
        if parts and abs(truth[whole] - sum(truth[part] for part in parts)) < 1e-9:
            sums.append(({whole: -1.0, **dict.fromkeys(parts, 1.0)}, why))

    slices: dict[tuple[str, str, str, str, str, str], list[Key]] = defaultdict(list)
    for (quantity, area, period, _, within), members in families.items():
        if not within and (quantity, area, period) in everyone:
            adds_up(everyone[quantity, area, period], members, "groups")
        if within:
            outer, _, label = within.partition(": ")
            whole = Key(quantity, area, period, outer, label, "")
            if whole in truth:
                adds_up(whole, members, "slice")
            for member in members:
                slices[(*member[:5], outer)].append(member)
    for (quantity, area, period, characteristic, label, _), parts in slices.items():
        whole = Key(quantity, area, period, characteristic, label, "")
        if whole in truth:
            adds_up(whole, parts, "slices")
    by_area: dict[str, dict[tuple[str, ...], Key]] = defaultdict(dict)
    for key in truth:
        by_area[key.area][(key.quantity, *key[2:])] = key
    names = list(by_area)
    for whole in names:
        others = [name for name in names if name != whole]
        for number in range(2, len(others) + 1):
            for parts in itertools.combinations(others, number):
                shared = set(by_area[whole]).intersection(*(by_area[part] for part in parts))
                if len(shared) > 1 and all(
                    truth[by_area[whole][one]] == sum(truth[by_area[part][one]] for part in parts) for one in shared
                ):
                    for one in shared:
                        adds_up(by_area[whole][one], [by_area[part][one] for part in parts], "places")
    for year in {key.period for key in truth}:
        quarters = sorted({key.period for key in truth if re.fullmatch(rf"{year[:4]}-\d\d Q\d", key.period)})
        for key in [key for key in truth if key.period == year and len(quarters) > 1]:
            parts = [key._replace(period=quarter) for quarter in quarters]
            if all(part in truth for part in parts):
                adds_up(key, parts, "periods")
    by_quantity: dict[str, dict[tuple[str, ...], Key]] = defaultdict(dict)
    for key in truth:
        by_quantity[key.quantity][key[1:]] = key
    for whole, first, second in itertools.permutations(by_quantity, 3):
        if first > second:
            continue
        shared = set(by_quantity[whole]) & set(by_quantity[first]) & set(by_quantity[second])
        if len(shared) > 1 and all(
            truth[by_quantity[whole][one]] == truth[by_quantity[first][one]] + truth[by_quantity[second][one]]
            for one in shared
        ):
            for one in shared:
                adds_up(by_quantity[whole][one], [by_quantity[first][one], by_quantity[second][one]], "indicators")
    return sums


def parts_of(quantity: str, quantities: set[str]) -> tuple[str, list[tuple[str, float]]] | None:
    """Return the counts on top and below of a share, those below with their signs."""
    from amhe_tui.method.indicators import known_indicator

    known = known_indicator(quantity)
    below = [(one, 1.0) for one in known.plus] + [(one, -1.0) for one in known.minus]
    if known.numerator in quantities and below and {one for one, _ in below} <= quantities:
        return known.numerator, below
    return None


def with_records(path: Path) -> None:
    """Write down a finding, a goal and a measure for every gap there is, as a team would."""
    with Workspace.open(path) as workspace:
        for one in indicators(workspace):
            if one.statistic != "percentage":
                continue
            for by in one.characteristics:
                for area in one.areas:
                    raw = breakdown(workspace, one.id, by, area=area, period=one.periods[-1])
                    for row in raw.rows:
                        if row.level == "total" or row.value is None:
                            continue
                        reading = reading_of(raw, group=row.group, compared_with=usual_comparison(raw))
                        try:
                            found = finding_of(raw, reading)
                        except ValueError:
                            continue
                        people = None if row.denominator is None else int(row.denominator)
                        note = "" if row.numerator is None else f"{row.numerator:.0f} of {people}"
                        with workspace.change("Write the gap down") as change:
                            change.add(found)
                            goal = Goal(
                                title=f"Narrow it for {row.group}",
                                finding_id=found.id,
                                baseline=row.value,
                                target=50.0,
                                unit="%",
                            )
                            change.add(goal)
                            measure = Measure(title=f"{row.group}, month by month", goal_id=goal.id)
                            change.add(measure)
                            point = MeasurePoint(measure_id=measure.id, group_name=row.group, measured="2024-04-01")
                            point.value, point.people, point.note = row.value, people, note
                            change.add(point)


def gathered(path: Path, audience: str, truth: Mapping[Key, float]) -> tuple[Observed, set[Key]]:
    """Return what a reader of everything sees, and the counts that are hidden from them."""
    seen = Observed()
    hidden: set[Key] = set()
    quantities = {key.quantity for key in truth}
    with Workspace.open(path) as workspace:
        held = [
            (one, {by: ["", *withins_of(workspace, one.id, by)] for by in one.characteristics})
            for one in indicators(workspace)
        ]
        records = {kind: workspace.list(kind) for kind in (Finding, Goal, MeasurePoint)}
        hashes = workspace.read(lambda raw: [row[0] for row in raw.execute("SELECT content_hash FROM data_source")])
    shares: dict[tuple[str, str, str, str, str], float | None] = {}
    for one, withins in held:
        for by, inside, area, period in (
            (by, inside, area, period)
            for by, within in withins.items()
            for inside in within
            for area in one.areas
            for period in one.periods
        ):
            asked_for = ["breakdown", path, "--indicator", one.id, "--by", by, "--area", area, "--period", period]
            more = ["--within", inside] if inside else []
            printed = asked(*asked_for, *more, "--audience", audience, "--json")
            if not printed:
                continue
            told = asked(*asked_for, *more, "--audience", audience)
            half = 2.0 if "rounded to the nearest 5" in told or "Counts are rounded" in told else 0.0
            for row in json.loads(printed)["rows"]:
                named = ("Total", "Total") if row["level"] == "total" else (by, row["group"])
                key = Key(one.id, area, period, named[0], named[1], inside)
                if key in truth:
                    _note(seen, hidden, key, row["value"], half)
                    continue
                if (
                    not inside
                ):  # a slice is not the whole group, whose share may be seen where that of the slice is hidden
                    shares[(one.id, area, period, named[0], named[1])] = row["value"]
                known = parts_of(one.id, quantities)
                if known is None:
                    continue
                top, below = known
                if row["numerator"] is not None:
                    _note(seen, hidden, Key(top, *key[1:]), row["numerator"], half)
                if row["denominator"] is not None:
                    if len(below) == 1:
                        _note(seen, hidden, Key(below[0][0], *key[1:]), row["denominator"], half)
                    else:
                        line = {Key(name, *key[1:]): sign for name, sign in below}
                        seen.sums.append((line, row["denominator"] - half, row["denominator"] + half, "denominator"))
                rest = {Key(top, *key[1:]): -1.0, **{Key(name, *key[1:]): sign for name, sign in below}}
                if row["value"] is None and all(one in truth for one in rest):
                    seen.hidden_shares.append((f"those left over of {key}", rest))
                if str(row["status"]).startswith("between ") and (row["numerator"], row["denominator"]) != (None, None):
                    seen.told.append(f"the counts of a range are printed: {key}")
                if row["value"] is not None and half == 0.0:
                    line = {Key(name, *key[1:]): sign for name, sign in below}
                    _exact_share(seen, Key(top, *key[1:]), line, row["value"], f"exact share of {key}")
    for one, withins in held:
        for by in [by for by, within in withins.items() if len(within) > 1]:
            for area, period in itertools.product(one.areas, one.periods):
                where = ["--indicator", one.id, "--by", by, "--area", area, "--period", period]
                _crossed(seen, hidden, asked("intersections", path, *where, "--audience", audience, "--json"))
    _other_ways(path, audience, seen, truth, shares, records, hashes)
    return seen, hidden - {key for key, low in seen.low.items() if seen.high[key] - low <= 4 and key not in hidden}


def _note(seen: Observed, hidden: set[Key], key: Key, shown: float | None, half: float) -> None:
    if shown is None:
        hidden.add(key)
    else:
        seen.count(key, shown, half)


def _crossed(seen: Observed, hidden: set[Key], printed: str) -> None:
    """Note figures of crossed groups that the breakdown within one of them hides: all that is worked out there rests on counts that are shown."""
    told = json.loads(printed) if printed else {"rows": []}
    for row in told["rows"]:
        within = "; ".join(
            f"{name}: {group}" for name, group in zip(told["characteristics"], row["groups"][:-1], strict=False)
        )
        where = (told["area"], told["period"], told["characteristics"][-1], row["groups"][-1], within)
        kept_back = [key for key in hidden if key[1:] == where and key.quantity.rpartition(".")[0] in told["indicator"]]
        if kept_back and any(row[name] is not None for name in ("value", "count", "people", "smoothed", "expected")):
            seen.told.append(f"intersections tell of a group that the breakdown hides: {where}")


def _exact_share(seen: Observed, top: Key, below: Mapping[Key, float], value: float, why: str) -> None:
    low, high = max(0.0, (value - 0.05) / 100), min(1.0, (value + 0.05) / 100)
    seen.sums.append(({top: 1.0, **{key: -low * sign for key, sign in below.items()}}, 0.0, np.inf, why))
    seen.sums.append(({top: 1.0, **{key: -high * sign for key, sign in below.items()}}, -np.inf, 0.0, why))


_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def _other_ways(
    path: Path,
    audience: str,
    seen: Observed,
    truth: Mapping[Key, float],
    shares: Mapping[tuple[str, str, str, str, str], float | None],
    records: Mapping[type, Sequence[Any]],
    hashes: Sequence[str],
) -> None:
    """Add what gaps, places side by side, missing, sources, export and report tell beyond the breakdowns."""
    quantities = {key.quantity for key in truth}

    def told_share(where: tuple[str, str, str, str, str], value: float, way: str) -> None:
        if where in shares and shares[where] is not None and abs((shares[where] or 0) - value) < 0.051:
            return
        known = parts_of(where[0], quantities)
        if known is None:
            return
        if shares.get(where) is None and where in shares:
            seen.told.append(f"{way} tells a share that the breakdown hides: {where} {value}")
        keys = [Key(known[0], *where[1:], ""), *(Key(name, *where[1:], "") for name, _ in known[1])]
        if all(key in truth for key in keys):
            line = {key: sign for key, (_, sign) in zip(keys[1:], known[1], strict=True)}
            _exact_share(seen, keys[0], line, value, way)

    printed = asked("gaps", path, "--audience", audience, "--json", "--everything", "--area", "all")
    for line in json.loads(printed)["gaps"] if printed else []:
        where = (line["indicator_id"], line["area"], line["period"], line["characteristic"], line["group"])
        if line.get("value") is not None:
            told_share(where, line["value"], "gaps")
    for indicator, period, by in sorted({(where[0], where[2], where[3]) for where in shares}):
        _side_by_side(path, audience, (indicator, by, period), shares, told_share)
    out = asked("core20", path, "--audience", audience, "--json")
    for line in json.loads(out)["core20"] if out else []:
        where = (line["indicator"], line["area"], line["period"], line["characteristic"])
        ranks = [share for key, share in shares.items() if key[:4] == where and key[4] != "Total"]
        parts = [row for row in line["rows"] if row["level"] == "broad"]
        if None in ranks and not any(row["value"] is None for row in parts):
            seen.told.append(f"core20 adds up ranks of which one is hidden: {where}")
    out = asked("missing", path, "--audience", audience, "--json")
    worked_out: dict[str, set[float]] = defaultdict(set)
    for line in json.loads(out)["completeness"] if out else []:
        unknown = [
            key
            for key in truth
            if key[:4] == (line["indicator_id"], line["area"], line["period"], line["characteristic"])
            and key.label.casefold().startswith(("not ", "unknown"))
        ]
        if line["share"] is not None and unknown and any(key not in seen.low for key in unknown):
            seen.told.append(f"missing tells a share of which the unknown are hidden: {line['characteristic']}")
        elif line["share"] is not None and line["known"] and line["unknown"] is not None:
            # Only what really follows from counts that are shown is excused, whatever the line itself says.
            worked_out[line["characteristic"]].add(round(line["known"] / (line["known"] + line["unknown"]), 2))
    out = asked("sources", path, "--json", "--audience", audience) or asked("sources", path, "--json")
    for source in json.loads(out) if out else []:
        for characteristic, share in source["completeness"].items():
            for quantity, area, period in {key[:3] for key in truth}:
                members = [
                    key for key in truth if key[:4] == (quantity, area, period, characteristic) and not key.within
                ]
                unknown = [key for key in members if key.label.casefold().startswith(("not ", "unknown"))]
                if not unknown or all(key in seen.low for key in unknown):
                    continue
                if share in worked_out.get(characteristic, ()):
                    continue  # of another count, whose figures are shown: it tells what they do, and nothing of this one
                own = sum(truth[key] for key in members if key not in unknown) / sum(truth[key] for key in members)
                if abs(own - share) > 0.006:
                    continue
                seen.told.append(f"sources tells a completeness of which the unknown are hidden: {share}")
                for side, (low, high) in ((1, (0.0, np.inf)), (-1, (-np.inf, 0.0))):
                    factor = 1 - share + side * -0.006
                    line = {key: (1.0 if key in unknown else 0.0) - factor for key in members}
                    seen.sums.append((line, low, high, "completeness"))
    with contextlib.suppress(FileNotFoundError):
        target = path.with_suffix(f".{audience}.csv")
        asked("export", path, "--to", target, "--audience", audience)
        periods = {key.period for key in truth}
        with target.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["estimate"]:
                    # The template has years alone, so the row may be of any period of that year.
                    fits = [
                        where
                        for period in {key.period for key in truth}
                        if period.startswith(row["date"])
                        and (
                            where := (row["indicator_abbr"], row["setting"], period, row["dimension"], row["subgroup"])
                        )
                        in shares
                    ]
                    if not any(abs((shares[where] or np.inf) - float(row["estimate"])) < 0.051 for where in fits):
                        for where in fits:
                            told_share(where, float(row["estimate"]), "export")
                if row["setting_average"]:
                    for where in shares:
                        if (
                            where[:2] == (row["indicator_abbr"], row["setting"])
                            and where[4] == "Total"
                            and len(periods) == 1
                        ):
                            told_share(where, float(row["setting_average"]), "export")
    printed = asked("report", path, "--audience", audience)
    sources = asked("sources", path, "--json", "--audience", audience) + asked(
        "missing", path, "--json", "--audience", audience
    )
    everything = printed + sources
    seen.told += [f"the hash of a file leaves: {one[:12]}" for one in hashes if one and one in everything]
    for line in printed.splitlines():
        for found in records[Finding]:
            if found.group_name and found.group_name in line and found.value is not None:
                where = (found.indicator_id, found.area, found.period, found.characteristic, found.group_name)
                numbers = {float(text.replace(",", "")) for text in _NUMBER.findall(line)}
                # The line may be of another place, whose figure is shown and the same once it is rounded.
                numbers -= {
                    round(share, 1)
                    for other, share in shares.items()
                    if share is not None and (other[0], other[4]) == (where[0], where[4])
                }
                if round(found.value, 1) in numbers and "%" not in str(where):
                    told_share(where, round(found.value, 1), f"report: {line[:80]}")
        for point in records[MeasurePoint]:
            if point.note and re.search(rf"(?<!\d)(?<!about ){point.note}(?!\d)", line):
                seen.told.append(f"a typed measure leaves: {line[:80]}")


def _side_by_side(
    path: Path,
    audience: str,
    what: tuple[str, str, str],
    shares: Mapping[tuple[str, str, str, str, str], float | None],
    told_share: Callable[[tuple[str, str, str, str, str], float, str], None],
) -> None:
    """Add what an indicator's places tell when they stand side by side, of everybody and of each group."""
    indicator, by, period = what
    groups = {where[4] for where in shares if (where[0], where[3], where[2]) == what}
    for label in ("", *sorted(groups - {"Total"})):
        printed = asked(
            *("breakdown", path, "--indicator", indicator, "--by", by, "--period", period, "--group", label),
            *("--places", "--audience", audience, "--json"),
        )
        for row in json.loads(printed)["places"] if printed else []:
            named = (by, label) if label else ("Total", "Total")
            if row["value"] is not None:
                told_share((indicator, row["place"], period, *named), row["value"], "places")
            elif (
                any(row[end] is not None for end in ("lower", "upper", "funnel_lower", "funnel_upper"))
                or row["standing"]
            ):
                told_share((indicator, row["place"], period, *named), -1.0, "where a hidden place stands")


def recovered(truth: Mapping[Key, float], seen: Observed, hidden: set[Key], *, integer: bool = True) -> list[Recovered]:
    """Return the hidden counts that are known exactly, or within :data:`KNOWN_WITHIN`, by linear and integer programming."""
    keys = list(truth)
    place = {key: number for number, key in enumerate(keys)}
    rows: list[np.ndarray] = []
    low: list[float] = []
    high: list[float] = []

    def add(line: Mapping[Key, float], least: float, most: float) -> None:
        if any(key not in place for key in line):
            return
        row = np.zeros(len(keys))
        for key, factor in line.items():
            row[place[key]] += factor
        rows.append(row)
        low.append(least)
        high.append(most)

    for line, _ in relations_of(truth):
        add(line, 0.0, 0.0)
    for line, least, most, _ in seen.sums:
        total = sum(truth.get(key, 0.0) * factor for key, factor in line.items())
        if least - 1e-6 <= total <= most + 1e-6:  # what the truth denies was read of something else, and tells nothing
            add(line, least, most)
    for quantity in {key.quantity for key in keys}:  # nobody is counted on top who is not below
        known = parts_of(f"{quantity.removesuffix('numerator')}value", {key.quantity for key in keys})
        if known is not None and known[0] == quantity:
            for key in keys:
                if key.quantity == quantity:
                    below = {Key(name, *key[1:]): sign for name, sign in known[1]}
                    add({key: -1.0, **below}, 0.0, np.inf)
    bounds = Bounds([seen.low.get(key, 0.0) for key in keys], [seen.high.get(key, np.inf) for key in keys])
    given: dict[str, Any] = {"bounds": bounds, "integrality": np.full(len(keys), int(integer))}
    if rows:
        given["constraints"] = LinearConstraint(np.array(rows), low, high)
    found: list[Recovered] = []
    aims: list[tuple[Key | str, dict[Key, float]]] = [(key, {key: 1.0}) for key in sorted(hidden)]
    aims += [
        (name, line)
        for name, line in seen.hidden_shares
        if sum(truth[key] * factor for key, factor in line.items()) < 5
    ]
    for name, line in aims:
        aim = np.zeros(len(keys))
        for key, factor in line.items():
            aim[place[key]] = factor
        least, most = milp(aim, **given), milp(-aim, **given)
        assert least.status == 0, (name, least.message)
        top = -most.fun if most.status == 0 else np.inf
        if top - least.fun <= KNOWN_WITHIN:
            found.append(Recovered(name, sum(truth[key] * factor for key, factor in line.items()), least.fun, top))
    return found


def attack(path: Path, audience: str) -> list[str]:
    """Return in words everything that the outputs of a programme give away."""
    truth = truth_of(path)
    seen, hidden = gathered(path, audience, truth)
    small = [
        f"a small count is shown: {key} {count:g}"
        for key, count in truth.items()
        if 0 < count < 5 and key not in hidden and key in seen.low
    ]
    return [*small, *seen.told, *map(str, recovered(truth, seen, hidden & truth.keys()))]


def programmes(folder: Path, leaks: Path) -> Iterator[tuple[str, Path]]:
    """Bring each file of a folder into a programme of its own, with findings, goals and measures as a team makes them."""
    for data in sorted(leaks.glob("*.csv")):
        yield data.stem, programme_of(folder, data)


def programme_of(folder: Path, data: Path) -> Path:
    """Bring a file into a programme of its own."""
    path = folder / f"{data.stem}.amhe"
    asked("new", path, "--name", "Leaks", "--area", "Northmere", "--yes")
    mapping = data.with_suffix(".map.json")
    asked("import", path, data, *(["--map", mapping] if mapping.exists() else []))
    with_records(path)
    return path
