"""Standardise rates for age."""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.commands.output import out, say
from amhe_tui.errors import AmheError

if TYPE_CHECKING:
    from amhe_tui.analysis.estimates.standardisation import Standardised

HELP = "make rates comparable between groups of different ages, from a table of counts by age"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the table and what its columns hold."""
    parser.add_argument("table", type=Path, help="a CSV file with one row an age, and a group where there are several")
    parser.add_argument("--events", required=True, help="the column of what is counted")
    parser.add_argument("--people", required=True, help="the column of how many people there are")
    parser.add_argument("--group", default="", help="the column of groups; otherwise the table is about one")
    parser.add_argument("--standard", default="", help="for a direct rate, the column of the standard population")
    parser.add_argument("--events-each", default="", help="the column of how many events each person counted had")
    parser.add_argument(
        "--reference-events", default="", help="for an indirect ratio, the column of the reference's events"
    )
    parser.add_argument("--reference-people", default="", help="and that of its people")
    parser.add_argument("--rate", action="store_true", help="the indirect rate instead of the ratio")
    parser.add_argument("--per", type=float, default=100_000, help="for how many people a rate is given")
    parser.add_argument("--expected", type=float, default=100, help="what a ratio is where all is as expected")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the limits, such as 0.95")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Standardise every group of a table and print the figures with their limits."""
    from amhe_tui.method.number_methods import method_words

    if bool(given.standard) == bool(given.reference_events and given.reference_people):
        raise AmheError(
            "Against what?",
            "A rate is standardised directly to a standard population, or indirectly to the rates of a reference.",
            "Give --standard, or both --reference-events and --reference-people.",
        )
    groups = _groups(given)
    try:
        found = {name: _standardised(given, columns) for name, columns in groups.items()}
    except ValueError as error:
        raise AmheError(
            "Cannot be standardised", str(error), "Look at the columns and the rows of the table."
        ) from error
    if given.json:
        out(json.dumps([_to_json(name, figure) for name, figure in found.items()], ensure_ascii=False))
    else:
        for name, figure in found.items():
            out(_line(name, figure))
    for method in dict.fromkeys(figure.estimate.method for figure in found.values()):
        say(f"{method}: {method_words(method)}")
    return 0


_Columns = dict[str, list[float | None]]


def _groups(given: argparse.Namespace) -> dict[str, _Columns]:
    """Return the columns asked for of each group."""
    names = ("events", "people", "standard", "events_each", "reference_events", "reference_people")
    wanted = {name: column for name in names if (column := str(getattr(given, name)))}
    try:
        with given.table.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AmheError("Cannot be read", f"{given.table.name}: {error}", "Give a CSV file in UTF-8.") from error
    there = list(rows[0]) if rows else []
    lacking = [column for column in (*wanted.values(), *filter(None, [given.group])) if column not in there]
    if lacking:
        raise AmheError(
            "No such column",
            f"{given.table.name} has no column {', '.join(lacking)}.",
            f"It has: {', '.join(there) or 'no rows'}.",
        )
    groups: dict[str, _Columns] = {}
    for number, row in enumerate(rows, 2):
        columns = groups.setdefault(row[given.group] if given.group else "", {name: [] for name in wanted})
        for name, column in wanted.items():
            columns[name].append(_number(row[column], f"row {number}, {column}"))
    return groups


def _number(text: str | None, where: str) -> float | None:
    bare = (text or "").strip().replace(",", "")
    if not bare:
        return None
    try:
        number = float(bare)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise AmheError("Not a number", f"“{bare[:30]}” ({where}) is no number.", "Put it right, or leave it empty.")
    return number


def _standardised(given: argparse.Namespace, columns: _Columns) -> Standardised:
    from amhe_tui.analysis.estimates.standardisation import direct_rate, indirect_rate, indirect_ratio

    events, people = columns["events"], columns["people"]
    if given.standard:
        each = columns.get("events_each")
        return direct_rate(
            events,
            people,
            columns["standard"],
            events_each=None if each is None else _whole(each),
            confidence=given.confidence,
            multiplier=given.per,
            missing_as_zero=True,
        )
    strata = events, people, columns["reference_events"], columns["reference_people"]
    if given.rate:
        return indirect_rate(*strata, confidence=given.confidence, multiplier=given.per, missing_as_zero=True)
    return indirect_ratio(*strata, confidence=given.confidence, reference_value=given.expected, missing_as_zero=True)


def _whole(each: Sequence[float | None]) -> list[float]:
    if any(number is None for number in each):
        raise ValueError("How many events each person had is missing in a row.")
    return [number for number in each if number is not None]


def _to_json(name: str, figure: Standardised) -> dict[str, object]:
    estimate = figure.estimate
    return {
        "group": name,
        "value": estimate.value,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "observed": figure.observed,
        "population": figure.population,
        "expected": figure.expected,
        "reference_rate": figure.reference_rate,
        "method": estimate.method,
        "reason": estimate.reason.label if estimate.reason else "",
    }


def _line(name: str, figure: Standardised) -> str:
    estimate = figure.estimate
    who = f"{name}: " if name else ""
    if estimate.value is None:
        return f"{who}{estimate.reason.label if estimate.reason else 'There is no figure.'}"
    lower = "–" if estimate.lower is None else f"{estimate.lower:,.1f}"
    upper = "–" if estimate.upper is None else f"{estimate.upper:,.1f}"
    expected = "" if figure.expected is None else f", {figure.expected:,.1f} expected"
    limits = f"{100 * estimate.confidence:g}% limits {lower} to {upper}"
    return f"{who}{estimate.value:,.1f} ({limits}; {figure.observed:,.0f} events{expected})"
