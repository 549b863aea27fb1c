"""What comes with a record when it is made: a goal's equality impact assessment opens with its first draft."""

from __future__ import annotations

from datetime import date, timedelta

from amhe_tui.method.equality_impact import GRID
from store.change import Change
from store.records import EqualityImpactAssessment, EqualityImpactRow, Goal, Record

DAYS_TO_ASSESS = 14


def on_add(change: Change, item: Record, today: date) -> None:
    """Add to the same operation what comes with a record; call it right after the record itself was added."""
    if isinstance(item, Goal):
        due = item.start if item.start > today.isoformat() else (today + timedelta(days=DAYS_TO_ASSESS)).isoformat()
        assessment = EqualityImpactAssessment(goal_id=item.id, title=item.title, due=due)
        change.add(assessment)
        for row in GRID:
            change.add(EqualityImpactRow(assessment_id=assessment.id, characteristic=row.code))
