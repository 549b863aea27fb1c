"""Indices of deprivation, of whichever nation."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="deprivation",
        called="indices of deprivation",
        family="figures",
        rank=230,
        about={"kind": "population"},
        words=r"\bimd\b|indices of (multiple )?deprivation|lsoas in most deprived",
    ),
)
