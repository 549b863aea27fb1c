"""SMART checks that teach: each gives its reason and an example, and none blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_VAGUE = re.compile(
    r"\b(improve|support|enhance|raise awareness|promote|encourage|address|tackle|increase access|better|more)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Advice:
    """One piece of advice on a goal.

    Attributes:
        letter: S, M, A, R or T.
        field: The field it is about.
        reason: Why it matters, in a sentence.
        example: What it could look like.
        severity: ``missing`` for what is blank, ``hint`` for what could be sharper.
    """

    letter: str
    field: str
    reason: str
    example: str
    severity: str


def _text(goal: Mapping[str, object], name: str) -> str:
    return str(goal.get(name) or "").strip()


def _number(goal: Mapping[str, object], name: str) -> float | None:
    value = goal.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


_BLANKS = (
    (
        "S",
        "group",
        "A goal about everybody closes no gap: say whose figure is to change.",
        "Black adults referred by a GP",
    ),
    (
        "S",
        "comparison_group",
        "A gap has two ends: say whom the group is compared with.",
        "White adults, or everyone else",
    ),
    (
        "M",
        "baseline",
        "Without a figure for today nobody can tell whether it moved; draw it from an indicator.",
        "46.4 % in 2024-25",
    ),
    ("M", "target", "Say the figure to reach.", "50 %"),
    (
        "M",
        "measure",
        "Say what is counted, so that two people would count the same.",
        "people who recovered, of those who finished treatment and began unwell",
    ),
    (
        "A",
        "resources",
        "Say who does it with what, or it is a wish.",
        "two peer workers, 0.6 of a post, from the existing budget",
    ),
    (
        "R",
        "who_gains",
        "Say who gains and by how much: it is the point of the goal.",
        "about 90 more Black adults a year recover",
    ),
    (
        "R",
        "who_might_lose",
        "Levelling up leaves nobody worse off: say who might lose, and how you would see it.",
        "nobody's wait may grow; waits are watched by group",
    ),
    ("T", "due", "Without a date it is never late.", "by 31 Mar 2028"),
    ("T", "owner", "Somebody must answer for it.", "Head of talking therapies"),
    ("T", "lived_experience_sponsor", "Somebody with lived experience keeps it honest.", "P4, peer researcher"),
)


def check_goal(goal: Mapping[str, object], *, today: date) -> tuple[Advice, ...]:
    """Return advice on a goal, given its fields by name; nothing for a goal that is as SMART as a program can tell."""
    found = [
        Advice(letter, name, reason, example, "missing")
        for letter, name, reason, example in _BLANKS
        if goal.get(name) in (None, "")
    ]
    found += _wording(goal) + _figures(goal) + _links(goal) + _dates(goal, today)
    return tuple(sorted(found, key=lambda one: "SMART".index(one.letter)))


def _wording(goal: Mapping[str, object]) -> list[Advice]:
    words = f"{_text(goal, 'title')} {_text(goal, 'statement')}"
    vague = _VAGUE.search(words)
    if vague and not _DIGIT.search(words):
        reason = f"“{vague[0]}” can mean anything: say how far, for whom."
        return [
            Advice(
                "S",
                "statement",
                reason,
                "Black adults who finish treatment recover as often as White adults: from 46 to 50 in 100 by March 2028",
                "hint",
            )
        ]
    return []


def _figures(goal: Mapping[str, object]) -> list[Advice]:
    baseline, target = _number(goal, "baseline"), _number(goal, "target")
    found: list[Advice] = []
    if baseline is not None and not _text(goal, "indicator_id"):
        found.append(
            Advice(
                "M",
                "indicator_id",
                "A baseline that is typed cannot be checked: draw it from an indicator of this file.",
                "press b in 1A, then f, and link the finding",
                "hint",
            )
        )
    if baseline is None or target is None:
        return found
    direction = _text(goal, "direction")
    if target == baseline:
        found.append(
            Advice(
                "M",
                "target",
                "The target is today's figure: nothing would have to change.",
                "a figure you would be glad of",
                "hint",
            )
        )
    elif (direction == "up" and target < baseline) or (direction == "down" and target > baseline):
        found.append(
            Advice(
                "M",
                "target",
                "The target lies the wrong way from today's figure.",
                "higher than the baseline, if higher is better",
                "hint",
            )
        )
    lower, upper = _number(goal, "baseline_lower"), _number(goal, "baseline_upper")
    if lower is not None and upper is not None and lower <= target <= upper and target != baseline:
        reason = f"The target lies within what chance alone could give ({lower:g} to {upper:g}): reaching it would prove nothing."
        found.append(Advice("M", "target", reason, "a target outside these limits, or more people to measure", "hint"))
    return found


def _links(goal: Mapping[str, object]) -> list[Advice]:
    found: list[Advice] = []
    if not goal.get("finding_id"):
        found.append(
            Advice(
                "R",
                "finding_id",
                "Say which inequality it is to narrow, so that the thread holds.",
                "choose the finding",
                "missing",
            )
        )
    if not goal.get("priority_id"):
        found.append(
            Advice(
                "R",
                "priority_id",
                "Say which priority it serves, so that people can see what came of their vote.",
                "choose the priority",
                "missing",
            )
        )
    confidence = _number(goal, "confidence")
    if confidence is not None and confidence < 5:
        found.append(
            Advice(
                "A",
                "confidence",
                "The group is not confident: start smaller, or say what would make it possible.",
                "one clinic first, then all",
                "hint",
            )
        )
    return found


def _dates(goal: Mapping[str, object], today: date) -> list[Advice]:
    due, start = _text(goal, "due"), _text(goal, "start")
    found: list[Advice] = []
    if due and start and due <= start:
        found.append(Advice("T", "due", "It is due before it starts.", "a date after the start", "hint"))
    if due and due < today.isoformat() and _text(goal, "state") in ("", "draft", "agreed", "under_way"):
        found.append(
            Advice(
                "T",
                "due",
                "Its date has passed: review it, or set another date and say why.",
                "decide on it in step 4C",
                "hint",
            )
        )
    return found
