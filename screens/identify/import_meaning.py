"""What a file was taken to mean, as lines a person can change one by one: pure, so that the screen only shows and asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amhe_tui.intake.loading.preview import Preview
from amhe_tui.intake.tables.column_mapping import HIDDEN_ROLES, ROLES, columns_for, option, said
from amhe_tui.text import shorten

NOTHING = "leave out"


_MANY_FIGURES, _FIGURES_SHOWN = 9, 4


_ROLE_WORDS = {
    **dict(ROLES),
    "indicator_id": "The key of what was counted",
    "period_starts": "From when",
    "period_ends": "Until when",
}


_SEVERAL = ("value", "group")


_OPTIONS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "columns_are": (
        "The columns of figures are",
        (
            ("indicators", "different things counted"),
            ("groups", "groups of people"),
            ("periods", "times"),
            ("places", "places"),
        ),
    ),
    "better": ("Better is", (("", "nobody has said"), ("up", "more of it"), ("down", "less of it"))),
    "ordered": (
        "The groups have an order",
        (("", "as the characteristic says"), ("yes", "yes, such as ages or deprivation"), ("no", "no")),
    ),
    "days": (
        "Days are written",
        (
            ("day first", "day first, 03/04 is the third of April"),
            ("month first", "month first, 03/04 is the fourth of March"),
        ),
    ),
}


_WORDS = {
    "characteristic": ("The characteristic, in a word", "Such as Ethnic group; blank takes the column's own name."),
    "indicator": ("What was counted, in a word", "Such as Referrals; blank takes the column's or the file's name."),
    "statistic": ("All figures are", "count, percentage, rate, mean or median."),
    "period": ("When", "Such as 2024-25 or July 2024, if no column says so."),
    "area": ("Where", "The place, if no column says so."),
    "area_type": ("The kind of place", "Such as ward or ICB, if no column says so."),
    "reference": ("Usually compared with", "A group, or blank for everyone else."),
}
"""What can be said in a word of one's own, with its hint."""


class Line(NamedTuple):
    """One thing a person can change.

    Attributes:
        key: ``column:NAME``, ``option:NAME`` or ``word:NAME``.
        label: What it is about.
        answer: How it stands.
        examples: Some of what is in the column.
    """

    key: str
    label: str
    answer: str
    examples: str


_ELSE = {"answers": "An answer", "list": "A field"}


def role_words(role: str, family: str) -> str:
    """Return what a column of a known layout means, in the words of the screen."""
    return _ROLE_WORDS.get(role) or _ELSE.get(family, "Not needed")


def lines_of(seen: Preview, meaning: Mapping[str, Any]) -> list[Line]:
    """Return everything that can be changed about a table: its columns first, then what holds for all of it."""
    lines: list[Line] = []
    for name, (label, answers) in _OPTIONS.items():
        if name == "columns_are" and len(columns_for(meaning, "value")) < 2:
            continue
        given = option(meaning, name) or answers[0][0]
        lines.append(Line(f"option:{name}", label, dict(answers).get(given, given), ""))
    for name, (label, hint) in _WORDS.items():
        if not columns_for(meaning, name):
            answer = option(meaning, name) if name == "reference" else said(meaning, name)
            lines.append(Line(f"word:{name}", label, answer or "–", hint))
    return [*_columns(seen, meaning), *lines]


def _columns(seen: Preview, meaning: Mapping[str, Any]) -> list[Line]:
    """Return a line for each column; of many columns of figures only the first ones, because they are alike."""
    roles = {name: role for role in (*dict(ROLES), *HIDDEN_ROLES) for name in columns_for(meaning, role)}
    figures = [column.name for column in seen.columns if roles.get(column.name) == "value"]
    alike = set(figures[_FIGURES_SHOWN:] if len(figures) > _MANY_FIGURES else ())
    lines = [
        Line(
            f"column:{column.name}",
            shorten(_end_of(column.name), 40),
            _ROLE_WORDS.get(roles.get(column.name, ""), NOTHING),
            ", ".join(column.examples[:3]),
        )
        for column in seen.columns
        if column.name not in alike
    ]
    if alike:
        lines.append(Line("alike:", f"{len(alike)} more columns like these", "The figures", ""))
    return lines


def _end_of(name: str) -> str:
    parts = name.split(" | ")
    return " | ".join(parts[-2:]) if len(parts) > 2 else name


def answers_for(key: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Return the question and answers of a line; None where it is asked in a word of one's own."""
    kind, _, name = key.partition(":")
    if kind == "column":
        return f"What does the column “{shorten(name, 40)}” say?", (("", NOTHING), *ROLES)
    if kind == "option":
        return _OPTIONS[name]
    return None


def hint_for(key: str) -> tuple[str, str]:
    """Return the question and the hint of a line that is answered in a word of one's own."""
    return _WORDS[key.partition(":")[2]]


def changed(meaning: Mapping[str, Any], key: str, answer: str) -> dict[str, Any]:
    """Return the meaning after one line was changed."""
    kind, _, name = key.partition(":")
    altered = dict(meaning)
    if kind == "column":
        for role in (*dict(ROLES), *HIDDEN_ROLES):
            left = [column for column in columns_for(altered, role) if column != name]
            if len(left) < len(columns_for(altered, role)):
                _set_columns(altered, role, left)
        if answer:
            _set_columns(altered, answer, [*columns_for(altered, answer), name] if answer in _SEVERAL else [name])
    elif kind == "option" or name == "reference":
        altered[name] = answer
        if not answer:
            del altered[name]
    elif answer.strip():
        altered[name] = f"={answer.strip()}"
    else:
        altered.pop(name, None)
    return altered


def _set_columns(meaning: dict[str, Any], role: str, names: list[str]) -> None:
    if not names:
        meaning.pop(role, None)
    else:
        meaning[role] = names[0] if len(names) == 1 else names
