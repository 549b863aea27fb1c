"""The annual figures on the Mental Health Act."""

from __future__ import annotations

from amhe_tui.intake.publishers.nhs_england import SUPPRESSED_BELOW_5
from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="mental_health_act",
        called="the annual figures on the Mental Health Act",
        family="figures",
        rank=270,
        about={**SUPPRESSED_BELOW_5, "title": "Mental Health Act statistics, annual figures", "kind": "usage"},
        signature=(("demographic", "demographicbreakdown", "cruderate"),),
    ),
)
