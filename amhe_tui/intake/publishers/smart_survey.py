"""Answers exported from SmartSurvey."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import ANSWERS

PUBLICATIONS = (
    replace(
        ANSWERS,
        rank=360,
        signature=(("userno", "started", "ended"),),
        bookkeeping=r"user no|user ?id|unique id|started|ended|completed|tracking link",
        stamps=r"started$",
    ),
)
