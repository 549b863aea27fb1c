"""Answers exported from Qualtrics, which has the questions in a second line and its own ids in a third."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.publishers.unpublished import ANSWERS

_ID = '"ImportId"'


def _header(rows: list[Numbered]) -> tuple[list[Numbered], tuple[int, ...]] | None:
    for place, (_, row) in enumerate(rows[:4]):
        if place and sum(_ID in cell for cell in row) >= 2:
            return [*rows[:place], *rows[place + 1 :]], (rows[place - 1][0],)
    return None


def _one_header(rows: list[Numbered]) -> tuple[list[Numbered], str] | None:
    if not any(_ID in cell for cell in rows[2][1]):
        return None
    return [rows[1], *rows[3:]], "Qualtrics names the columns in three rows; the questions are taken."


PUBLICATIONS = (
    replace(
        ANSWERS,
        rank=340,
        signature=(("response id", "recorded date"), ("responseid", "recordeddate")),
        header=_header,
        one_header=_one_header,
        bookkeeping=(
            r"start date|end date|response type|status|progress|duration \(?in seconds\)?|finished|recorded date|response id|distribution channel|"
            r"user language|external data reference|location (latitude|longitude)"
        ),
        stamps=r"start ?date|recorded date",
    ),
)
