"""Tables without figures, one row a person or a thing: how many gave each answer, or are of each kind.

What people wrote in words is not counted here; it comes in as remarks of a survey (1B), and a directory as community assets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from amhe_tui.intake.files.batches import Batch
from amhe_tui.intake.files.pages import rows_of
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides, Part, in_hand
from amhe_tui.intake.publishers.registry import is_bookkeeping, is_stamp
from amhe_tui.intake.tables.cells import TOTAL, category, heading
from amhe_tui.intake.tables.columns import Profile, words_of
from amhe_tui.intake.tables.layout import Cells, Layout, Value
from amhe_tui.intake.tables.people import identifier_of, is_age, is_bare_id, is_days
from amhe_tui.intake.tables.tidy import EVERYWHERE, slug
from amhe_tui.method.periods import order_of_days, read_moment
from amhe_tui.text import clean, one_line
from store.evidence.datasets import Area, Category, Period, Quantity

_MOST_ANSWERS = 60


_LONGEST_ANSWER, _SHORT_ANSWER = 120, 40


_ABOUT_A_PERSON = re.compile(
    r"^(e-?mail( address)?|name|(full|first|last|recipient (first|last)) name|recipient e-?mail|ip ?address|phone|telephone)$",
    re.IGNORECASE,
)


_OPEN = re.compile(
    r"anything else|comments?\b|tell us|in your own words|please (say|explain|describe|give)|\b(describe|explain)\b|^why\b|"
    r"what (would|could|else|worked|did not)|how (could|can) we|free ?text|feedback|suggestion|remarks?\b",
    re.IGNORECASE,
)
"""Questions that are answered in words, however short these are."""


_TICKED = frozenset({"1", "1.0", "true", "yes", "ticked", "x"})


_NOT_TICKED = frozenset({"0", "0.0", "false", "no", ""})


EVERYBODY = "Everybody"


def tally_layout(part: Part) -> Layout:
    """Return how counted answers are read: rows of a question, an answer and a number."""
    period = period_of(part)
    things = "answers" if part.family == "answers" else "things listed"

    def quantity(cells: Cells, _part: str) -> Quantity:
        name = one_line(cells[0]) or things
        return Quantity(f"{slug(name)[:80] or 'rows'}.count", name, "count")

    def group(cells: Cells) -> Category:
        question, answer = (one_line(cell) for cell in cells)
        if answer == EVERYBODY:
            return TOTAL
        if part.family == "answers":
            return category("Answer", answer) if answer else Category("Answer", "no answer", "unknown", "")
        return (
            category(heading(question), answer) if answer else Category(heading(question), "not given", "unknown", "")
        )

    return Layout(
        part.name, (), lambda _cells: Area("", EVERYWHERE, EVERYWHERE), (), lambda _cells: period, (0, 1), group, (0,), quantity, (Value(2, "count"),)
    )  # fmt: skip


def period_of(part: Part) -> Period:
    """Return from when to when people answered, from their time stamps."""
    stamp = next(
        (profile for profile in part.profiles if is_stamp(profile.words)),
        None,
    )
    if stamp is None:
        return Period("one time", "", "")
    day_first = order_of_days(stamp.cells) != "month first"
    moments = sorted(moment for cell in stamp.cells if (moment := read_moment(cell, day_first=day_first)) is not None)
    if not moments:
        return Period("one time", "", "")
    first, last = moments[0].date(), moments[-1].date()
    label = f"{first:%d %b %Y}" if first == last else f"{first:%d %b %Y} to {last:%d %b %Y}"
    return Period(label, first.isoformat(), last.isoformat())


def words_columns(part: Part) -> tuple[Profile, ...]:
    """Return the columns in which people wrote in their own words."""
    return tuple(profile for profile in part.profiles if _in_words(profile) and not _aside(profile, part))


def _aside(column: Profile, part: Part) -> bool:
    """Tell whether a column is never taken in: a tool's own books, or what tells who somebody is."""
    if part.family == "answers" and (identifier_of(column) or is_bare_id(column, part.looked_at)):
        return True
    # A tool may write a code before the words: ``lastpage. Last page``.
    code, _, wording = column.name.partition(". ")
    names = (column.words, column.name, code, words_of(wording))
    return any(is_bookkeeping(name) or _ABOUT_A_PERSON.match(name) for name in names)


def _in_words(column: Profile) -> bool:
    if column.longest > _LONGEST_ANSWER:
        return True
    if _OPEN.search(column.name) and column.once > 0.7 and any(cell.count(" ") > 1 for cell in column.cells):
        return True
    return column.longest > _SHORT_ANSWER and column.distinct > 2 and column.once > 0.7 and not _several(column)


def _several(column: Profile) -> tuple[str, ...]:
    """Return the options of a question that allows several, told from answers that are made of the same parts again and again."""
    joined = [cell for cell in column.cells if re.search(r"[;,] ?\S", cell)]
    if not joined or len(joined) < len(column.cells) * 0.2:
        return ()
    sign = ";" if sum(";" in cell for cell in joined) * 2 > len(joined) else ", "
    whole = {cell for cell in column.cells if sign not in cell}
    parts = Counter(part.strip() for cell in column.cells for part in cell.split(sign) if part.strip())
    again = sum(number for part, number in parts.items() if number > 1 or part in whole)
    return (sign,) if again >= 0.6 * sum(parts.values()) and len(parts) <= _MOST_ANSWERS else ()


def tally_rows(part: Part, rows: Iterator[Batch], count: Callable[[int], None]) -> Iterator[Batch]:
    """Yield one batch of counted answers: question, answer and how many; every question with its empty answers and its total."""
    ticked = _tick_boxes(part)
    boxes = {name for options in ticked.values() for name, _, _ in options}
    questions = [
        (question, place, _several(question))
        for question, place in _asked(part)
        if question.name not in boxes and question.name not in ticked
    ]
    counts: dict[str, Counter[str]] = {question.name: Counter() for question, _, _ in questions}
    counts |= {name: Counter() for name in ticked}
    ages = {question.name for question, _, _ in questions if part.family == "answers" and is_age(question)}
    days = {question.name for question, _, _ in questions if part.family == "answers" and is_days(question)}
    total = 0
    for batch in rows:
        total += len(batch.rows)
        for question, place, signs in questions:
            counted = counts[question.name]
            for row in batch.rows:
                cell = one_line(row[place]) if place < len(row) else ""
                counted.update([_ten_years(cell)] if question.name in ages else _answers(cell, signs))
        for name, options in ticked.items():
            for row in batch.rows:
                chosen = [option for _, option, place in options if place < len(row) and _is_ticked(row[place])]
                counts[name].update(chosen or [""])
    count(total)
    in_own_words = {column.name for column in words_columns(part)} | days
    made: list[list[str]] = [["", EVERYBODY, str(total)]]
    for name, answers in counts.items():
        made.append([name, EVERYBODY, str(total)])
        blank = answers.pop("", 0)
        if name in in_own_words or len(answers) > min(_MOST_ANSWERS, max(total // 2, 8)):
            made.append([name, "answered", str(total - blank)])
        else:
            made += [[name, answer, str(number)] for answer, number in answers.items()]
        made.append([name, "", str(blank)])
    yield Batch(range(1, len(made) + 1), made)


def _asked(part: Part) -> list[tuple[Profile, int]]:
    return [
        (column, place)
        for column, place in zip(part.profiles, part.table.places, strict=True)
        if not _aside(column, part)
    ]


def _tick_boxes(part: Part) -> dict[str, list[tuple[str, str, int]]]:
    """Return the questions with a column of ones and noughts for each option, such as ``What helped?/Talking``: column, option and place of each."""
    if part.family != "answers":
        return {}
    ticked: dict[str, list[tuple[str, str, int]]] = {}
    for column, place in zip(part.profiles, part.table.places, strict=True):
        question, sign, option = column.name.rpartition("/")
        if sign and question and option and {cell.casefold() for cell in column.cells} <= _TICKED | _NOT_TICKED:
            ticked.setdefault(question, []).append((column.name, option, place))
    return {question: options for question, options in ticked.items() if len(options) > 1}


def _is_ticked(cell: str) -> bool:
    return one_line(cell).casefold() in _TICKED


def _ten_years(cell: str) -> str:
    """Return an age as a band of ten years: few people are of one age, and many of a band."""
    if not cell.isdigit():
        return cell
    first = int(cell) // 10 * 10
    return f"{first} to {first + 9}"


def _answers(cell: str, signs: Sequence[str]) -> list[str]:
    if not signs or not cell:
        return [cell]
    pieces = [piece.strip() for piece in cell.split(signs[0])]
    return [piece for piece in pieces if piece] or [""]


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


def voices_in(file: Path | DataFile, overrides: ImportOverrides | None = None) -> tuple[Voices, ...]:
    """Return what people wrote in an export of answers, question by question.

    Raises:
        AmheError: The file cannot be read.
    """
    with in_hand(file) as data_file, data_file.understood(overrides) as seen:
        part = seen.main
        if part.family != "answers":
            return ()
        places = dict(zip(part.table.columns, part.table.places, strict=True))
        asked = {column.name: places[column.name] for column in words_columns(part)}
        answers: dict[str, list[str]] = {name: [] for name in asked}
        people = 0
        for number, row in rows_of(part.page.text):
            if number < part.table.first or not any(row):
                continue
            people += 1
            for name, place in asked.items():
                answer = clean(row[place]).strip() if place < len(row) else ""
                if answer:
                    answers[name].append(answer)
        held = period_of(part).starts
    return tuple(Voices(name, tuple(texts), people, held) for name, texts in answers.items() if texts)
