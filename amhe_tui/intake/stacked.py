"""What stacked names of columns say part by part: the time, the group, the statistic, and what is left to name the figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from amhe_tui.intake.columns import statistic_of, words_of
from amhe_tui.intake.shape import BETWEEN
from amhe_tui.method.characteristics import recognise as recognise_characteristic
from amhe_tui.method.periods import read_period
from amhe_tui.method.scheme_words import is_total
from amhe_tui.method.schemes import age_band, characteristic_of_labels

_LONGEST_STATISTIC = 28
_MEASURES = "; measures: Value"
"""What Nomis writes behind every column of a census table."""


class Said(NamedTuple):
    """What the name of one column says.

    Attributes:
        period: The period it is about, or "".
        groups: Code of the characteristic and label, from the upper row to the lower.
        words: What names the figure.
        statistic: Its statistic, or "".
    """

    period: str
    groups: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    statistic: str


def read_stacks(names: Sequence[str]) -> dict[str, Said]:
    """Return what each stacked name says; nothing where fewer than two rows of the header tell columns apart, or none of them by time or group."""
    split = [name.split(BETWEEN) for name in names]
    rows = {len(parts) for parts in split}
    if len(names) < 2 or len(rows) != 1 or rows == {1}:
        return {}
    labels = [list(dict.fromkeys(column)) for column in zip(*split, strict=True)]
    kinds = [_kind_of(one) for one in labels]
    varying = [kind for kind, one in zip(kinds, labels, strict=True) if len(one) > 1]
    if len(varying) < 2 or not any(kind not in ("", "statistic") for kind in varying):
        return {}
    return {name: _said(parts, kinds, labels) for name, parts in zip(names, split, strict=True)}


def _kind_of(labels: Sequence[str]) -> str:
    """Return what the labels of one row of a header are: ``period``, ``statistic``, the code of a characteristic, or "" for other words."""
    if any(read_period(label) for label in labels) and all(read_period(label) or is_total(label) for label in labels):
        return "period"
    if all(len(label) <= _LONGEST_STATISTIC and statistic_of(words_of(label)) for label in labels):
        return "statistic"
    if len(labels) < 2:
        return ""
    ages = sum(age_band(label) is not None for label in labels)
    if ages >= 3 and ages >= 0.7 * len(labels):
        return "age"
    return characteristic_of_labels(labels)


def _said(parts: Sequence[str], kinds: Sequence[str], labels: Sequence[Sequence[str]]) -> Said:
    period, statistic, groups, words = "", "", list[tuple[str, str]](), list[str]()
    for part, kind, others in zip(parts, kinds, labels, strict=True):
        if kind == "period":
            period = "" if is_total(part) and read_period(part) is None else part
            if not period:
                words.append(part)
        elif kind == "statistic":
            statistic = statistic_of(words_of(part))
            if len(others) > 1 and len(words_of(part)) > 1:
                words.append(part)
        elif kind:
            groups.append((kind, part))
        else:
            words.append(part)
    return Said(period, tuple(groups), tuple(words), statistic)


def shared_heading(names: Sequence[str]) -> str:
    """Return the heading that stands before every name, as in ``Ethnic group: White; measures: Value``, where it is one; else ""."""
    if len(names) < 3:
        return ""
    head = names[0].partition(": ")[0]
    if not all(name.startswith(f"{head}: ") for name in names):
        return ""
    labels = [without_heading(name, head) for name in names]
    return head if recognise_characteristic(head) is not None or any(map(is_total, labels)) else ""


def without_heading(name: str, head: str) -> str:
    """Return a column's name as the label of a group, without the heading it shares with others."""
    label = name.removesuffix(_MEASURES)
    label = label.removeprefix(f"{head}: ") if head else label
    # Nomis writes ``Total: All usual residents`` for everybody.
    return "Total" if re.match(r"total\b", label, re.IGNORECASE) else label
