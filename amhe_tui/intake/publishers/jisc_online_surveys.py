"""Answers exported from Jisc Online Surveys."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import ANSWERS

PUBLICATIONS = (
    replace(
        ANSWERS,
        rank=370,
        signature=(("unique response number",),),
        bookkeeping=r"unique response number",
    ),
)
