"""The practice files of the GP Patient Survey, in which numbers below nought stand for reasons."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import TIDY

PUBLICATIONS = (
    replace(
        TIDY,
        rank=900,
        signature=(("ad_practicecode",),),
        missing={"-1": "suppressed", "-96": "not applicable", "-97": "not stated", "-99": "suppressed"},
    ),
)
