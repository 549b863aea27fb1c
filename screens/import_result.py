"""What came in, in plain words: rows, what is missing and why, rows set aside, and labels that could be one with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from amhe_tui.text import shorten
from screens.base import plain

if TYPE_CHECKING:
    from amhe_tui.intake.importing import ImportResult
    from store.joins import Offer

_SHOWN = 6


def outcome(result: ImportResult, offers: Sequence[Offer]) -> Content:
    """Return what is to be known of a file that has come in."""
    parts: list[Content | str | tuple[str, str]] = [("What came in\n", "bold $primary")]
    parts.append(
        plain(
            f"{result.rows:,} rows: {_some(result.measures, 'indicator')}, {_some(result.areas, 'place')}, {_some(result.periods, 'period')}.\n"
        )
    )
    if result.assets:
        parts.append(plain(f"{result.assets:,} community assets: h in 1A lists them.\n"))
    for characteristic, labels in list(result.labels.items())[:_SHOWN]:
        parts.append(plain(f"  {shorten(characteristic, 40)}: {len(labels)} groups\n"))
    if result.statuses:
        parts.append(("\nFigures without a number, each kept with its reason\n", "bold $primary"))
        parts += [
            plain(f"  {number:,} {status}\n")
            for status, number in sorted(result.statuses.items(), key=lambda one: -one[1])
        ]
    parts.append(("\nRows set aside\n", "bold $primary"))
    if result.set_aside:
        parts += [plain(f"  row {row} {reason}\n") for row, reason in result.set_aside[:_SHOWN]]
        if len(result.set_aside) > _SHOWN:
            parts.append(plain(f"  and {len(result.set_aside) - _SHOWN} more\n"))
        parts.append(("  x saves them as a workbook.\n", "$text-muted"))
    else:
        parts.append(plain("  None: every row is in.\n"))
    if result.notes:
        parts.append(plain(f"\n{result.notes} titles, notes and footers are kept beside the figures.\n"))
    for words in result.warnings:
        parts += [("▲ ", "bold $warning"), plain(f"{words}\n")]
    parts += _joins(offers)
    return Content.assemble(*parts)


def _joins(offers: Sequence[Offer]) -> list[Content | str | tuple[str, str]]:
    if not offers:
        return []
    parts: list[Content | str | tuple[str, str]] = [("\nCould be the same as in other sources\n", "bold $primary")]
    parts += [
        plain(f"  “{shorten(one.label, 40)}” and “{shorten(one.joined_to, 40)}”: {one.reason}\n")
        for one in offers[:_SHOWN]
    ]
    more = f"  {len(offers) - _SHOWN} more. " if len(offers) > _SHOWN else "  "
    parts.append(
        (
            f"{more}Nothing is joined until you say so: k in 1A lists the sources and what they could share.\n",
            "$text-muted",
        )
    )
    return parts


def _some(names: Sequence[str], one: str) -> str:
    if len(names) == 1:
        return f"{one} {shorten(names[0], 50)}"
    return f"{len(names):,} {one}s"
