"""Breakdowns as pandas tables, for whoever wants to work on with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from amhe_tui.analysis.disclosure_breakdown import Disclosed

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("group", "level", "parent", "value", "status", "numerator", "denominator", "lower", "upper")
"""The columns of a breakdown's table, in their order."""


def breakdown_frame(found: Disclosed) -> pd.DataFrame:
    """Return a breakdown, as its audience may see it, as a table of one row a group, with :data:`COLUMNS`; a figure that is missing is NaN and its status says why."""
    import pandas as pd

    return pd.DataFrame([asdict(row) for row in found.rows], columns=list(COLUMNS))
