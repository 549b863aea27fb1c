"""The reading test: what is printed of a gap is restated from its words alone, and gives back the counts that it was written from.

``reading_back.json`` holds tables of counts, each with the words that the team and the public read of one of its groups. The words are those of the command;
what they claim is taken from them here by other means than the program's, and held against the counts. Those of recovery are England's, 2024-25.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from tests.programme.test_said_to_an_audience import brought, printed

TABLE = json.loads(Path(__file__).with_name("reading_back.json").read_text(encoding="utf-8"))
READ = [(entry, audience) for entry in TABLE for audience in ("team", "public")]
ROUNDED_TO = 5
NOT_KNOWN = "Not stated"
EVERYBODY = "All"


def file_of(entries: list[Mapping[str, Any]]) -> str:
    lines = ["Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    for entry in entries:
        for group, (top, bottom) in entry["groups"].items():
            places = 1 if entry["per"] > 100 else 6 if top * 1000 < bottom else 4
            value = round(entry["per"] * top / bottom, places)
            lines.append(f"Northmere,2023-24,{entry['by']},{group},{entry['indicator']},{value},{top},{bottom}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return brought(tmp_path_factory.mktemp("read"), file_of(TABLE))


# --- from the words alone -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """Between which shares a printed figure says that the true one lies."""

    low: float
    high: float


@dataclass(frozen=True)
class Restated:
    """What a reader takes from the words: two shares, which is the greater, by how much or how many times, and whether it is chance."""

    mine: Span | None = None
    other: Span | None = None
    sign: int | None = None
    apart: Span | None = None
    times: float | None = None
    chance: str = ""
    against: str = ""
    hidden: int = 0
    unknown: Span | None = None
    moved: tuple[float, float, float] | None = None
    """How many more had had it with the others' figure, fewer below zero, and between which limits."""


NUMBER = r"(?:fewer than |more than )?[\d,]+(?:\.\d+)?"
SHARES = re.compile(
    rf"Among .+?, ({NUMBER}) of every ([\d,]+) in the group .+?, against ({NUMBER}) of every ([\d,]+) (among|in) .+?: (.+?)\. "
)
RATES = re.compile(
    rf"For every ([\d,]+) people in the group .+?, there (?:was|were) ({NUMBER}) .+?, against ({NUMBER}) for every ([\d,]+) (among|in) .+?: (.+?)\. "
)
UNSAID = re.compile(r"“.+?” was (higher|lower) in the group .+? than among everyone else(.+?)\. ")
MOVED = re.compile(r"about ([\d,]+) (more|fewer) (?:people|events) .+? \(95% limits ([\d,]+) to ([\d,]+)\)")
CHANCE = {"a wider gap than chance": "wider", "too close to tell": "close", "cannot show": "unjudged"}


def span_of(text: str, base: float) -> Span:
    digits = text.replace(",", "").split()[-1]
    number, half = float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2])
    if text.startswith("fewer"):
        return Span(1e-12, number / base)
    if text.startswith("more"):
        return Span(number / base, 1 - 1e-12)
    exact = number in (0, base) and "." not in digits
    return Span(number / base, number / base) if exact else Span((number - half) / base, (number + half) / base)


def chance_of(text: str) -> str:
    return next((name for words, name in CHANCE.items() if words in text), "")


def moved_by(words: str) -> tuple[float, float, float] | None:
    match = MOVED.search(words)
    if match is None:
        return None
    number, low, high = (float(match[place].replace(",", "")) for place in (1, 3, 4))
    return (number, low, high) if match[2] == "more" else (-number, -high, -low)


def restated(words: str) -> Restated:
    hidden = re.search(r"(\d+) of the groups (?:is|are) hidden", words)
    missing = re.search(r"of (?:every )?(fewer than 1|more than 99|\d+) of every 100 people is not known", words)
    unknown = span_of(missing[1], 100) if missing else None
    found = Restated(hidden=int(hidden[1]) if hidden else 0, unknown=unknown)
    if match := SHARES.search(words):
        mine, base, other, other_base, against, rest = match.groups()
    elif match := RATES.search(words):
        base, mine, other, other_base, against, rest = match.groups()
    elif match := UNSAID.search(words):
        return Restated(sign=1 if match[1] == "higher" else -1, chance=chance_of(match[2]), hidden=found.hidden)
    else:
        return found
    assert base == other_base, "both figures are of as many people"
    per = float(base.replace(",", ""))
    times = re.match(r"([\d.]+) times as many", rest)
    gap = re.match(rf"({NUMBER}) (more|fewer)", rest)
    narrow = re.match(r"(more|fewer) by less than ([\d.]+)", rest)
    sign = 0 if rest.startswith("no difference") else 1 if times or "more" in rest.split(",")[0] else -1
    apart = None
    if gap:
        printed_apart = abs(float(mine.split()[-1].replace(",", "")) - float(other.split()[-1].replace(",", "")))
        assert printed_apart == pytest.approx(float(gap[1].replace(",", "")), abs=1e-9), "the figures give the gap"
        apart = span_of(gap[1], per)
    elif narrow:
        apart = Span(0, float(narrow[2]) / per)
    return Restated(
        span_of(mine, per), span_of(other, per), sign, apart, float(times[1]) if times else None, chance_of(rest),
        "average" if against == "in" else "everyone else", found.hidden, unknown, moved_by(words),
    )  # fmt: skip


# --- from the counts alone ------------------------------------------------------------------------------------------------------------------------


def compared(entry: Mapping[str, Any], against: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the counts of the group and of whom it is compared with."""
    groups = {name: tuple(pair) for name, pair in entry["groups"].items() if name != NOT_KNOWN}
    own = groups.pop(entry["about"])
    if against == "average":
        return own, groups[EVERYBODY]
    rest = [pair for name, pair in groups.items() if name != EVERYBODY]
    return own, (sum(top for top, _ in rest), sum(bottom for _, bottom in rest))


def possible(top: int, bottom: int, *, rounded: bool, groups: int = 1) -> Span:
    """Return between which shares counts may lie that are rounded for an audience, or as published."""
    if not rounded:
        return Span(top / bottom, top / bottom)
    slack = ROUNDED_TO / 2 * groups
    return Span(max(top - slack, 0) / (bottom + slack), min((top + slack) / max(bottom - slack, 1), 1))


def overlap(one: Span, two: Span) -> bool:
    return one.low <= two.high + 1e-9 and two.low <= one.high + 1e-9


def chance_by_counts(own: tuple[int, int], rest: tuple[int, int], *, rate: bool) -> float:
    if rate:
        share = own[1] / (own[1] + rest[1])
        return float(stats.binomtest(own[0], own[0] + rest[0], share).pvalue)
    result: Any = stats.fisher_exact([[own[0], own[1] - own[0]], [rest[0], rest[1] - rest[0]]])
    return float(result.pvalue)


def denied(entry: Mapping[str, Any], words: str, *, rounded: bool) -> Iterator[str]:
    """Yield what a reader takes from the words and the counts deny."""
    found = restated(words)
    own, other = compared(entry, found.against)
    others = len(entry["groups"]) - 1
    apart = own[0] / own[1] - other[0] / other[1]
    for name, span, pair, many in (("mine", found.mine, own, 1), ("other", found.other, other, others)):
        if span is not None and not overlap(span, possible(*pair, rounded=rounded, groups=many)):
            yield name
    if found.sign is not None and found.sign != (apart > 0) - (apart < 0):
        yield "direction"
    if found.apart is not None:
        slack = (found.apart.high - found.apart.low) / 2 + 1e-12 + (0.35 * abs(apart) if rounded else 0)
        # Two rounded figures give a gap that is off by at most one in its last place.
        if not found.apart.low - 2 * slack <= abs(apart) <= found.apart.high + 2 * slack:
            yield "size"
    if found.moved is not None:
        number, low, high = found.moved
        true = -apart * own[1]
        if not abs(number - true) <= (ROUNDED_TO + 0.05 * abs(true) if rounded else 0.51) or not low <= true <= high:
            yield "people"
    if found.times is not None:
        true = own[0] * other[1] / (own[1] * other[0])
        if not abs(found.times - true) <= (0.35 * true if rounded else 0.051):
            yield "times"
    rest = (other[0] - own[0], other[1] - own[1]) if found.against == "average" else other
    likely = chance_by_counts(own, rest, rate=entry["per"] > 100)
    # Limits and exact tests may differ a little around one in twenty.
    if (found.chance == "wider" and likely > 0.06) or (found.chance == "close" and likely < 0.04):
        yield "chance"
    if found.sign is None and not found.hidden and "Counts are rounded here" in words:
        spans = possible(*own, rounded=True), possible(*other, rounded=True, groups=others)
        if not overlap(*spans):
            yield "too little is said"
    if NOT_KNOWN in entry["groups"]:
        people = {name: pair[1] for name, pair in entry["groups"].items() if name != EVERYBODY}
        share = people[NOT_KNOWN] / sum(people.values())
        if found.unknown is None or not overlap(found.unknown, Span(share, share)):
            yield "not known"


# --- tests ----------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "audience"), READ, ids=[f"{entry['indicator']}-{audience}" for entry, audience in READ]
)
def test_the_words_give_back_the_counts(
    programme: Path, capsys: pytest.CaptureFixture[str], entry: Mapping[str, Any], audience: str
) -> None:
    words = entry[audience]
    assert not list(denied(entry, f"{words} ", rounded=audience == "public"))
    said = printed(
        capsys,
        *("breakdown", str(programme), "--indicator", f"{entry['indicator']}.value", "--by", entry["by"]),
        *("--group", entry["about"], "--audience", audience),
    )
    assert words in said.splitlines()


def test_there_are_enough_sentences_and_most_say_a_gap() -> None:
    assert len(READ) >= 40
    gaps = [restated(f"{entry[audience]} ") for entry, audience in READ]
    assert sum(gap.mine is not None for gap in gaps) >= 35
    assert {gap.chance for gap in gaps} >= {"wider", "close"}
    assert sum(gap.times is not None for gap in gaps) >= 3
    assert sum(gap.moved is not None for gap in gaps) >= 20
    assert sum(gap.hidden > 0 for gap in gaps) >= 5
    assert sum(gap.sign is not None and gap.mine is None for gap in gaps) >= 2


_MOVED = "With the share of everyone else, about 95 {} people in the group Women would have had this outcome (95% limits 77 to 115)"


@pytest.mark.parametrize(
    ("mine", "other", "rest", "wrong"),
    [
        ("100", "90", "10 more of every 100, a wider gap than chance alone would give", "mine"),
        ("99.5", "90.0", "9.5 more of every 100, but too close to tell from chance", "chance"),
        ("99.5", "99.9", "0.4 fewer of every 100, a wider gap than chance alone would give", "direction"),
        (
            "99.5",
            "90.0",
            f"9.5 more of every 100, a wider gap than chance alone would give. {_MOVED.format('more')}",
            "people",
        ),
        ("99.5", "97.0", "2.5 more of every 100, a wider gap than chance alone would give", "other"),
    ],
)
def test_what_misleads_is_found(mine: str, other: str, rest: str, wrong: str) -> None:
    entry = next(entry for entry in TABLE if entry["groups"] == {"Women": [995, 1000], "Men": [900, 1000]})
    first = f"Among people counted, {mine} of every 100 in the group Women came under “x”"
    words = f"{first}, against {other} of every 100 among everyone else: {rest}. "
    assert wrong in list(denied(entry, words, rounded=False))
