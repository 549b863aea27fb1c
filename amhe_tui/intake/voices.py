"""What people wrote in their own words in an export of answers: the questions, and every answer that is not empty."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from amhe_tui.intake.tally import period_of, words_columns
from amhe_tui.intake.texts import rows_of
from amhe_tui.intake.understand import Choices, understand
from amhe_tui.text import clean


@dataclass(frozen=True)
class Voices:
    """The answers to one question in people's own words.

    Attributes:
        question: What was asked.
        words: The answers that are not empty, each as it was written but for control characters.
        answered: How many people sent the form.
        held: The day of the first answer, or "".
    """

    question: str
    words: tuple[str, ...]
    answered: int
    held: str


def voices_in(path: Path, choices: Choices | None = None) -> tuple[Voices, ...]:
    """Return what people wrote in an export of answers, question by question.

    Raises:
        AmheError: The file cannot be read.
    """
    with understand(path, choices) as seen:
        part = seen.main
        if part.family != "answers":
            return ()
        places = dict(zip(part.table.columns, part.table.places, strict=True))
        asked = {one.name: places[one.name] for one in words_columns(part)}
        found: dict[str, list[str]] = {name: [] for name in asked}
        people = 0
        for number, row in rows_of(part.page.text):
            if number < part.table.first or not any(row):
                continue
            people += 1
            for name, place in asked.items():
                words = clean(row[place]).strip() if place < len(row) else ""
                if words:
                    found[name].append(words)
        held = period_of(part).starts
    return tuple(Voices(name, tuple(words), people, held) for name, words in found.items() if words)
