"""HEAT Plus: the template of the WHO’s Health Equity Assessment Toolkit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.cells import TOTAL, category
from amhe_tui.intake.tables.layout import Cells, Layout, Value, any_period, statistic_of_part
from amhe_tui.text import one_line
from store.evidence.datasets import Area, Category, Quantity

HEAT_PLUS = (
    "setting",
    "date",
    "dimension",
    "subgroup",
    "indicator_abbr",
    "indicator_name",
    "indicator_scale",
    "estimate",
)


_HEAT_PARTS = {"ci_lb": "lower", "ci_ub": "upper", "se": "standard_error", "population": "denominator"}


def heat_plus(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return the layout of a HEAT Plus template."""
    setting, date, dimension, subgroup, key, name, scale, estimate = place
    parts = [Value(at[column], part) for column, part in _HEAT_PARTS.items() if column in at]
    if "setting_average" in at:
        parts.append(Value(at["setting_average"], "value", category=TOTAL, instead=True))
    return Layout(
        "heat_plus", (setting,), _setting, (date,), any_period, (dimension, subgroup), _subgroup, (key, name, scale), _scaled, (Value(estimate, "value"), *parts)
    )  # fmt: skip


def _setting(cells: Cells) -> Area:
    name = one_line(cells[0])
    return Area("England" if name == "England" else "", name, name)


def _subgroup(cells: Cells) -> Category:
    return category(one_line(cells[0]), cells[1])


def _scaled(cells: Cells, part: str) -> Quantity:
    key, name, scale = (one_line(cell) for cell in cells)
    statistic = {"100": "percentage", "1": "proportion"}.get(scale, "rate")
    return Quantity(f"{key}.{part}", name, statistic if part == "value" else statistic_of_part(part))


PUBLICATIONS = (
    Publication(
        name="heat_plus",
        called="a table in the template of HEAT Plus",
        family="figures",
        rank=80,
        signature=(HEAT_PLUS,),
        layout=heat_plus,
    ),
)
