"""The Department for Education, whose tables have a column that names the characteristic and one that names the group."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import TIDY

PUBLICATIONS = (
    replace(
        TIDY,
        rank=900,
        topics=(
            ("characteristic group", "characteristic"),
            ("breakdown topic", "breakdown"),
            ("breakdown type", "breakdown"),
        ),
    ),
)
