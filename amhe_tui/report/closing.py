"""The end of a report: what hangs loose, how the numbers were made, and what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from amhe_tui.method.glossary import GLOSSARY
from amhe_tui.method.loose_ends import NOTHING_LOOSE
from amhe_tui.method.number_methods import UNKNOWN, is_method, method_words
from amhe_tui.programme.guard import kept_safe
from amhe_tui.programme.thread import loose_ends
from amhe_tui.report.model import Builder, Details, Items, Paragraph
from amhe_tui.report.reader import Reader


def add_closing(reader: Reader, into: Builder) -> None:
    """Add loose ends and methods; loose ends are work for the team and the board, not for the public."""
    if reader.audience.loose_ends:
        into.heading(2, "Loose ends", "loose-ends")
        ends = loose_ends(reader.workspace, reader.today)
        # The reader names records as its audience may see them; a title can hold the numbers of a gap.
        named = [replace(end, title=title) for end in ends if (title := reader.title(end.table, end.record_id))]
        into.add(Items(tuple(end.sentence for end in named)))
        into.add(*([] if named else [Paragraph(NOTHING_LOOSE)]))
    if kept := kept_safe(reader.workspace, reader.policy):
        into.heading(2, "How small numbers were kept safe", "small-numbers")
        into.add(Items(tuple(kept)))
    if reader.methods:
        into.heading(2, "How the numbers were made", "methods")
        into.add(Details("", tuple(_method_row(method) for method in reader.methods)))


def _method_row(method: str) -> tuple[str, str]:
    """Return a method with what it means; what somebody wrote of one in their own words stands for itself."""
    if meaning := method_words(method):
        return method, meaning
    return (method, UNKNOWN) if is_method(method) else ("As written down with a finding", method)


def add_glossary(used: Iterable[str], into: Builder) -> None:
    """Add the terms of the field that the texts use, each in a sentence."""
    text = "\n".join(used).replace("’", "'")
    terms = [(term, meaning) for term, meaning in GLOSSARY.items() if _names(term, text)]
    if terms:
        into.heading(2, "What the words mean", "glossary")
        into.add(Details("", tuple(terms)))


def _names(term: str, text: str) -> bool:
    """Tell whether a term stands in the words; capitals matter for abbreviations."""
    options = 0 if term.isupper() else re.IGNORECASE
    return re.search(rf"\b{re.escape(term)}\b", text, options) is not None
