"""Fingertips, the public health profiles: downloads of indicators by place and category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.cells import TOTAL, category, crossed
from amhe_tui.intake.tables.layout import Cells, Layout, Value, any_period, statistic_of_part
from amhe_tui.text import one_line
from store.evidence.datasets import Area, Category, Quantity

FINGERTIPS = (
    "Area Code", "Area Name", "Area Type", "Time period", "Category Type", "Category", "Sex", "Indicator ID", "Indicator Name", "Age", "Value",
)  # fmt: skip


_FINGERTIPS_PARTS = {
    "lower ci 95.0 limit": "lower",
    "upper ci 95.0 limit": "upper",
    "count": "numerator",
    "denominator": "denominator",
}


def fingertips(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return the layout of a Fingertips download."""
    code, name, kind, period, by, group, sex, key, title, age, value = place
    parts = [Value(at[column], part) for column, part in _FINGERTIPS_PARTS.items() if column in at]
    return Layout(
        "fingertips", (kind, code, name), _place, (period,), any_period, (by, group, sex), _inequality, (key, title, age), _indicator, (Value(value, "value"), *parts)
    )  # fmt: skip


def _place(cells: Cells) -> Area:
    kind, code, name = (one_line(cell) for cell in cells)
    return Area("England" if name == "England" else kind, code, name)


def _inequality(cells: Cells) -> Category:
    by, group, sex = (one_line(cell) for cell in cells)
    of_group = category(by, group) if group else TOTAL
    return crossed(category("Sex", sex), of_group)


def _indicator(cells: Cells, part: str) -> Quantity:
    from amhe_tui.intake.tables.columns import statistic_of

    key, title, age = (one_line(cell) for cell in cells)
    name = title if not age or age.casefold() == "all ages" else f"{title} ({age})"
    statistic = statistic_of(title.casefold()) or "value"
    return Quantity(
        f"{key} {age}.{part}".replace(" .", "."), name, statistic if part == "value" else statistic_of_part(part)
    )


PUBLICATIONS = (
    Publication(
        name="fingertips",
        called="an export of Fingertips public health profiles",
        family="figures",
        rank=70,
        about={"publisher": "Office for Health Improvement and Disparities"},
        signature=(FINGERTIPS,),
        layout=fingertips,
    ),
)
