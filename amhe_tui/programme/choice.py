"""Which summary measure to choose for a breakdown of a programme, as far as its true counts bear it out."""

from __future__ import annotations

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.analysis.inequality.choice import changed_words, choice_words
from amhe_tui.analysis.inequality.of_breakdown import NamedMeasure, measures_of
from amhe_tui.programme.breakdowns import said_ordered
from amhe_tui.programme.trends import earlier_breakdowns
from store.workspace import Workspace


def choice_of_measure(
    workspace: Workspace,
    shown: Disclosed,
    policy: Policy,
    *,
    level: str = "",
    reference: str = "",
    since: str = "",
    area: str | None = None,
) -> list[str]:
    """Return in sentences where the summary measures of a breakdown disagree, now and since an earlier period.

    Args:
        workspace: The open programme.
        shown: The breakdown, as its audience may see it; no bare counts.
        policy: For whom, and by which rules.
        level: Which level of groups; the broad ones where it is not given and there are any.
        reference: The group that others are compared with, where it is a named one.
        since: The earlier period; without it the first of the same length.
        area: The place, as it was asked for.
    """
    ordered = said_ordered(workspace, shown.indicator_id)

    def measured(figures: Breakdown) -> list[NamedMeasure]:
        return measures_of(figures, level=level, reference=reference, ordered=ordered)

    now = measured(shown)
    true = _true(shown)
    words = choice_words(now, None if true is None else measured(true))
    before = next(iter(earlier_breakdowns(workspace, shown, policy, since=since, area=area)), None)
    if before is None or before.kind == "count":
        return words
    true_before = _true(before)
    both = None if true is None and true_before is None else (measured(true_before or before), measured(true or shown))
    changed = changed_words(measured(before), now, before.period, both)
    return [*words, changed] if changed else words


def _true(shown: Disclosed) -> Breakdown | None:
    return shown.judge.figures if isinstance(shown.judge, TrueCounts) else None
