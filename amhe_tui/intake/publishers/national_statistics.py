"""The Office for National Statistics: tables of the Census 2021, and population estimates."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

_ABOUT = {"kind": "population", "publisher": "Office for National Statistics"}


PUBLICATIONS = (
    Publication(
        name="census_2021",
        called="a table of the Census 2021",
        family="figures",
        rank=240,
        about=_ABOUT,
        words=r"census ?2021|2021-03-21|census2021|\(\d+ categories\)",
        # No other tables name their variables so: Ethnic group (20 categories).
        period=(r"\(\d+ categories\)", "2021"),
    ),
    Publication(
        name="mid_year_estimates",
        called="population estimates, one column an age",
        family="figures",
        rank=250,
        about=_ABOUT,
        words=r"mid-?year|\bmye\d*\b|all_ages",
    ),
)
