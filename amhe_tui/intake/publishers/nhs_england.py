"""What all figures of NHS England have in common, and its Staff Survey."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

SUPPRESSED_BELOW_5 = {
    "publisher": "NHS England",
    "licence": "Open Government Licence v3.0",
    "suppression": "Counts below 5 are hidden and others rounded to 5 below England.",
}
"""What is known of sources whose small numbers NHS England hides."""


PUBLICATIONS = (
    Publication(
        name="staff_survey",
        called="tables of the NHS Staff Survey",
        family="figures",
        rank=220,
        about={"kind": "experience", "publisher": "NHS England"},
        words=r"staff survey",
    ),
)
