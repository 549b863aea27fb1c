"""SuperWEB, from which Stat-Xplore and others export tables."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="superweb",
        called="an export of SuperWEB",
        family="figures",
        rank=210,
        about={"kind": "population"},
        words=r"superweb",
    ),
)
