"""Home at every size of terminal: each sub-step in its column, and what stands below in lines under one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from amhe_tui.method.steps import SUB_STEPS
from tests.made_once import sample_copy
from tests.support import running, screen_text


@pytest.mark.parametrize("size", [(60, 20), (72, 22), (80, 24), (120, 40), (200, 60)])
async def test_columns_stay_columns_and_labels_stand_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(sample_copy(tmp_path), size) as (app, _pilot):
        lines = screen_text(app).splitlines()
        headings = next(line for line in lines if "IDENTIFY" in line)
        for sub_step in SUB_STEPS:
            name = f"{sub_step.code} {sub_step.short}"
            (line,) = [line for line in lines if name in line]
            assert line.index(name) == headings.index(sub_step.step.label.upper())
        start = next(number for number, line in enumerate(lines) if line.startswith("  Thread"))
        for line in lines[start:-1]:
            label = line[2:10].strip()
            assert label in ("", "Thread", "Next", "Due", "Loose"), line
