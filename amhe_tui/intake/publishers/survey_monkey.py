"""Answers exported from SurveyMonkey, which has the options of a question in a second line."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.publishers.unpublished import ANSWERS


def _header(rows: list[Numbered]) -> tuple[list[Numbered], tuple[int, ...]] | None:
    if len(rows) > 2 and rows[0][1][:2] == ["Respondent ID", "Collector ID"] and not rows[1][1][0]:
        return rows, (rows[0][0], rows[1][0])
    return None


def _one_header(rows: list[Numbered]) -> tuple[list[Numbered], str] | None:
    (number, first), (_, second) = rows[:2]
    if first[0].casefold() not in ("respondent id", "respondentid", "respondent_id") or second[0]:
        return None
    names: list[str] = []
    asked = ""
    for place, option in enumerate(second):
        question = first[place] if place < len(first) else ""
        asked = question or asked
        plain = not option or option.casefold() in ("response", "open-ended response")
        names.append((question or asked) if plain else f"{asked}: {option}")
    return [(number, names), *rows[2:]], "SurveyMonkey names the columns in two rows: a question, and its options."


PUBLICATIONS = (
    replace(
        ANSWERS,
        rank=350,
        signature=(("respondent id", "collector id"),),
        header=_header,
        one_header=_one_header,
        bookkeeping=r"respondent id|collector id|start date|end date|custom data \d+",
        stamps=r"start ?date",
    ),
)
