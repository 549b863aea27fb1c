"""The end of a report: what hangs loose, how the numbers were made, and what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from amhe_tui.method.glossary import GLOSSARY
from amhe_tui.programme.thread import loose_ends
from amhe_tui.report.model import Builder, Details, Items, Paragraph
from amhe_tui.report.reader import Reader

METHODS: Mapping[str, str] = {
    "vote.nominal_group": (
        "Each ballot gives its first idea as many points as there are places, the next one fewer, down to one. Ideas stand in the order of their points, then of how "
        "many chose them, then of their first places and so on; where all that is level they share a rank."
    ),
    "agreement.kendall_w": "Kendall’s coefficient of concordance over the ballots, corrected for ties; ideas a ballot leaves out share its last ranks.",
    "proportion.wilson": "95% limits of a percentage by Wilson’s score method, from the counts behind it.",
    "gap.difference.newcombe": "The difference of two percentages, with 95% limits by Newcombe’s method from both groups’ counts.",
    "gap.ratio.katz": "The ratio of two proportions, with 95% limits by Katz’s logarithmic method.",
}
"""What is done by each method, by its id without its version."""


def add_closing(reader: Reader, into: Builder) -> None:
    """Add loose ends and methods; loose ends are work for the team and the board, not for the public."""
    if reader.audience.loose_ends:
        into.heading(2, "Loose ends", "loose-ends")
        ends = loose_ends(reader.workspace, reader.today)
        # The reader names records as its audience may see them; a title can hold the numbers of a gap.
        named = [replace(one, title=title) for one in ends if (title := reader.title(one.table, one.record_id))]
        into.add(Items(tuple(one.sentence for one in named)))
        into.add(*([] if named else [Paragraph("Nothing hangs loose: every finding, priority and goal is tied in.")]))
    if reader.methods:
        into.heading(2, "How the numbers were made", "methods")
        into.add(Details("", tuple((method, _method_words(method)) for method in reader.methods)))


def _method_words(method: str) -> str:
    return METHODS.get(method.split("@")[0], "As described with the finding or the source it belongs to.")


def add_glossary(used: Iterable[str], into: Builder) -> None:
    """Add the terms of the field that the texts use, each in a sentence."""
    words = "\n".join(used).replace("’", "'")
    found = [(term, meaning) for term, meaning in GLOSSARY.items() if _names(term, words)]
    if found:
        into.heading(2, "What the words mean", "glossary")
        into.add(Details("", tuple(found)))


def _names(term: str, words: str) -> bool:
    """Tell whether a term stands in the words; capitals matter for abbreviations."""
    options = 0 if term.isupper() else re.IGNORECASE
    return re.search(rf"\b{re.escape(term)}\b", words, options) is not None
