"""Step 3, DELIVER: goals with their assessments, and carrying them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amhe_tui.method.equality_impact import grid_row
from sample_data import delivery_content as delivery
from sample_data import impact_content
from sample_data import strategy_content as strategy
from sample_data.maker import Maker, Row
from store.records import (
    Action,
    Decision,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Goal,
    Governance,
    Milestone,
    Record,
    Resource,
    Risk,
)

# Goal: the rows of its grid that are answered in words of their own, and the answer of all others (none: left blank).
_GRIDS = {
    "g_black": (impact_content.FULL_GRID, None),
    "g_deprived": (impact_content.LATE_GRID, None),
    "g_unknown": (impact_content.SHORT_GRID, impact_content.SHORT_OTHERS),
}


def run(maker: Maker) -> None:
    """Put in what step 3 leads to."""
    maker.put("Set goals", (Goal, strategy.GOALS))
    _assess(maker)
    maker.put("Say what the goals need", (Resource, strategy.RESOURCES), (Milestone, strategy.MILESTONES))
    maker.put("Plan the work", (Action, delivery.ACTIONS), (Governance, delivery.GOVERNANCE))
    maker.put("Note decisions and risks", (Decision, delivery.DECISIONS), (Risk, delivery.RISKS))


def _assess(maker: Maker) -> None:
    """Fill in the assessments that opened with the goals."""
    for goal, about in impact_content.ASSESSMENTS.items():
        assessment = maker.only(EqualityImpactAssessment, goal_id=maker.ids[goal])
        changes: list[tuple[Record, Row]] = [(assessment, about)]
        answers, others = _GRIDS[goal]
        for row in maker.workspace.list(EqualityImpactRow, assessment_id=assessment.id):
            line = answers.get(row.characteristic, others)
            if line is not None:
                changes.append((row, _answer(line, grid_row(row.characteristic).aims)))
        maker.update("Fill in an equality impact assessment", changes)


def _answer(line: impact_content.Line, counting: Sequence[int]) -> Mapping[str, object]:
    """Return the fields of a row; an aim that does not count for it is left unticked, as on the screen."""
    impact, severity, likelihood, aims, evidence, mitigation = line
    return {
        "impact": impact,
        "severity": severity,
        "likelihood": likelihood,
        "evidence": evidence,
        "mitigation": mitigation,
        "aim_eliminate": "1" in aims and 1 in counting,
        "aim_advance": "2" in aims and 2 in counting,
        "aim_relations": "3" in aims and 3 in counting,
    }
