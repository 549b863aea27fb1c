"""SMART checks that teach: each gives its reason and an example, and none blocks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amhe_tui.method.choices import Direction, GoalState

_VAGUE = re.compile(
    r"\b(improv\w*|support\w*|enhanc\w*|rais\w+ awareness|promot\w*|encourag\w*|address\w*|tackl\w*|increas\w+ access|better|more|"
    r"strengthen\w*|explor\w*|work\w* towards|engag\w*)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NOBODY = re.compile(r"(nobody|no one|none|no|nil|n/?a|not applicable)[.! ]*$", re.IGNORECASE)
_STILL_OPEN = frozenset({"", GoalState.DRAFT, GoalState.AGREED, GoalState.UNDER_WAY})
_CONFIDENT = 5
_WHOLE = 100
_CLEAR = "Black adults who finish treatment recover as often as White adults: from 46 to 50 in 100 by March 2028"


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


_BLANKS = (
    ("S", "group", "A goal about everybody closes no gap: say whose figure is to change.", "Black adults referred by a GP"),
    ("S", "comparison_group", "A gap has two ends: say whom the group is compared with, or a rising level hides a widening gap.", "White adults, or everyone else"),
    ("M", "baseline", "Without a figure for today nobody can tell whether it moved; draw it from an indicator.", "46.4 % in 2024-25"),
    ("M", "target", "Say the figure to reach.", "50 %"),
    ("M", "measure", "Say what is counted, so that two people would count the same.", "people who recovered, of those who finished treatment and began unwell"),
    ("A", "resources", "Say who does it with what, or it is a wish.", "two peer workers, 0.6 of a post, from the existing budget"),
    ("R", "who_gains", "Say who gains and by how much: it is the point of the goal.", "about 90 more Black adults a year recover"),
    ("R", "who_might_lose", "Levelling up leaves nobody worse off: say who might lose, and how you would see it.", "nobody's wait may grow; waits are watched by group"),
    ("R", "finding_id", "Say which inequality it is to narrow, so that the thread holds.", "choose the finding"),
    ("R", "priority_id", "Say which priority it serves, so that people can see what came of their vote.", "choose the priority"),
    ("T", "due", "Without a date it is never late.", "by 31 Mar 2028"),
    ("T", "owner", "Somebody must answer for it.", "Head of talking therapies"),
    ("T", "lived_experience_sponsor", "Somebody with lived experience keeps it honest.", "P4, peer researcher"),
)  # fmt: skip


def check_goal(goal: Mapping[str, object], *, today: date) -> tuple[Advice, ...]:
    """Return advice on a goal, given its fields by name; nothing for a goal that is as SMART as a program can tell.

    Fields that are not there count as blank. ``eia_id`` is looked at only where it is given, because a goal's assessment may be linked from its own side.
    """
    advice = [Advice(*blank, "missing") for blank in _BLANKS if not _given(goal, blank[1])]
    advice += _wording(goal) + _baseline(goal) + _target(goal) + _fairness(goal) + _dates(goal, today)
    return tuple(sorted(advice, key=lambda hint: "SMART".index(hint.letter)))


def _text(goal: Mapping[str, object], name: str) -> str:
    value = goal.get(name)
    return "" if value is None else str(value).strip()


def _given(goal: Mapping[str, object], name: str) -> bool:
    value = goal.get(name)
    return _text(goal, name) != "" and not (isinstance(value, float) and not math.isfinite(value))


def _number(goal: Mapping[str, object], name: str) -> float | None:
    value = goal.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _hint(letter: str, field: str, reason: str, example: str) -> Advice:
    return Advice(letter, field, reason, example, "hint")


def _wording(goal: Mapping[str, object]) -> list[Advice]:
    wording = f"{_text(goal, 'title')} {_text(goal, 'statement')}"
    advice: list[Advice] = []
    vague = _VAGUE.search(wording)
    if vague and not _DIGIT.search(wording):
        advice.append(_hint("S", "statement", f"“{vague[0]}” can mean anything: say how far, for whom.", _CLEAR))
    group = _text(goal, "group").casefold()
    if group and group == _text(goal, "comparison_group").casefold():
        reason = "The group is compared with itself: no gap can show."
        advice.append(_hint("S", "comparison_group", reason, "everyone else, or a group that fares better"))
    return advice


def _baseline(goal: Mapping[str, object]) -> list[Advice]:
    baseline = _number(goal, "baseline")
    advice: list[Advice] = []
    if baseline is not None and not _text(goal, "indicator_id"):
        reason = "A baseline that is typed cannot be checked: draw it from an indicator of this file."
        advice.append(_hint("M", "indicator_id", reason, "press b in 1A, then f, and link the finding"))
    lower, upper = _number(goal, "baseline_lower"), _number(goal, "baseline_upper")
    if baseline is not None and lower is not None and upper is not None and not lower <= baseline <= upper:
        reason = f"The baseline lies outside its own limits ({lower:g} to {upper:g}): one of the three is not from the same figure."
        advice.append(_hint("M", "baseline", reason, "draw all three from the same breakdown"))
    figures = [baseline, _number(goal, "target")]
    unit = _text(goal, "unit").casefold()
    if any(figure is not None for figure in figures) and not unit:
        advice.append(_hint("M", "unit", "A number without its unit can be read two ways.", "% or people or days"))
    outside = any(figure is not None and not 0 <= figure <= _WHOLE for figure in figures)
    if outside and unit in ("%", "percent", "per cent"):
        advice.append(_hint("M", "unit", "A percentage lies between 0 and 100.", "50 %, not 0.5 and not 500"))
    return advice


def _target(goal: Mapping[str, object]) -> list[Advice]:
    baseline, target, direction = _number(goal, "baseline"), _number(goal, "target"), _text(goal, "direction")
    if baseline is None or target is None:
        return []
    if target == baseline:
        reason = "The target is today's figure: nothing would have to change."
        return [_hint("M", "target", reason, "a figure you would be glad of")]
    advice: list[Advice] = []
    if not direction:
        reason = "Say whether higher or lower is better, so that progress is read rightly."
        advice.append(_hint("M", "direction", reason, "lower, for waits"))
    better = {str(Direction.UP): target > baseline, str(Direction.DOWN): target < baseline}
    if not better.get(direction, True):
        example = "higher than the baseline, if higher is better"
        advice.append(_hint("M", "target", "The target lies the wrong way from today's figure.", example))
    lower, upper = _number(goal, "baseline_lower"), _number(goal, "baseline_upper")
    if lower is not None and upper is not None and lower <= target <= upper:
        reason = f"The target lies within what chance alone could give ({lower:g} to {upper:g}): reaching it would prove nothing."
        advice.append(_hint("M", "target", reason, "a target outside these limits, or more people to measure"))
    return advice


def _fairness(goal: Mapping[str, object]) -> list[Advice]:
    advice: list[Advice] = []
    if _NOBODY.match(_text(goal, "who_might_lose")):
        reason = "“Nobody” is a hope until somebody watches: say how you would see that no group falls."
        advice.append(_hint("R", "who_might_lose", reason, "recovery of every group is looked at each quarter"))
    if "eia_id" in goal and not _given(goal, "eia_id"):
        reason = "An equality impact assessment belongs to a goal from its first draft, not after the decision."
        advice.append(Advice("R", "eia_id", reason, "open the assessment beside the goal", "missing"))
    confidence = _number(goal, "confidence")
    if confidence is not None and confidence < _CONFIDENT:
        reason = "The group is not confident: start smaller, or say what would make it possible."
        advice.append(_hint("A", "confidence", reason, "one clinic first, then all"))
    return advice


def _dates(goal: Mapping[str, object], today: date) -> list[Advice]:
    advice: list[Advice] = []
    days: dict[str, date] = {}
    for name in ("start", "due"):
        try:
            if text := _text(goal, name):
                days[name] = date.fromisoformat(text)
        except ValueError:
            reason = "This cannot be read as a date, so nobody can be reminded of it."
            advice.append(_hint("T", name, reason, "31 Mar 2028"))
    start, due = days.get("start"), days.get("due")
    if start and due and due <= start:
        advice.append(_hint("T", "due", "It is due before it starts.", "a date after the start"))
    if due and due < today and _text(goal, "state") in _STILL_OPEN:
        reason = "Its date has passed: review it, or set another date and say why."
        advice.append(_hint("T", "due", reason, "decide on it in step 4C"))
    return advice
