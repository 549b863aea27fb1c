"""Small invented files that were once read wrongly: each is read right, asked about, or refused, and never silently wrong.

``odd/answers.json`` holds what is accepted of each file, as alternatives; a file passes where one of them holds in all its parts: ``ask`` with the ``value``
expected (or ``not``, ``absent``, ``without``), ``warned`` or ``refused`` with some words, ``assets`` with the names listed. Where a part of a question is a
list, any of its wordings will do; ``who`` names all the groups that a figure is of, in whatever order they are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations, product
from pathlib import Path
from typing import Any, cast

import pytest

from amhe_tui.errors import AmheError
from amhe_tui.programme.assets import assets
from amhe_tui.programme.questions import Question, Vocabulary, fitting, plain
from store.evidence.datasets import Category
from tests.intake_adapter import Tidy, ask, load

FOLDER = Path(__file__).with_name("odd")
Case = Mapping[str, Any]


def cases() -> Iterator[Any]:
    seen: dict[str, int] = {}
    for case in json.loads((FOLDER / "answers.json").read_text(encoding="utf-8")):
        seen[case["file"]] = seen.get(case["file"], 0) + 1
        yield pytest.param(case, id=f"{case['file']}-{seen[case['file']]}")


@cache
def loaded(name: str) -> Tidy | AmheError:
    try:
        return load(str(FOLDER / name))
    except AmheError as error:
        return error


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    for case in json.loads((FOLDER / "answers.json").read_text(encoding="utf-8")):
        found = loaded(case["file"])
        if isinstance(found, Tidy):
            found.close()
    loaded.cache_clear()


def either(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def says(text: str, words: Sequence[Any]) -> bool:
    letters = text.casefold()
    return any(all(str(word).casefold() in letters for word in either(group)) for group in words)


def same(answer: object, value: object) -> bool:
    if isinstance(value, int | float) and isinstance(answer, int | float):
        return answer == pytest.approx(value, rel=1e-6)
    return answer == value


def groups_of(category: Category) -> set[tuple[str, str]]:
    """The groups that a figure is of: its own, and each that it is taken from."""
    within = (part.partition(": ") for part in category.within.split("; ") if part)
    return {(category.characteristic, category.label), *((name, label) for name, _, label in within)}


def is_of(group: tuple[str, str], wanted: str) -> bool:
    name, label = group
    return plain(wanted) in (plain(label), plain(f"{name}: {label}"), plain(f"{name} {label}"))


def questions(found: Tidy, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions a case may mean: one for each choice of wordings."""
    names = [name for name in given if name != "who"]
    for choice in product(*(either(given[name]) for name in names)):
        question = dict(zip(names, choice, strict=True))
        if "who" not in given:
            yield question
            continue
        every = found.workspace.read(lambda raw: Vocabulary(raw, Question()).all_categories)
        wanted = [either(part) for part in given["who"]]
        places = found.workspace.read(lambda raw: Vocabulary(raw, Question()).all_areas)
        for place in places.values():
            # Who may be told by where: the people of a trust or a school.
            left = [part for part in wanted if place.name not in part]
            if len(left) == 1 and len(wanted) == 2:
                yield from ({**question, "area": place.name, "group": word} for word in left[0])
        for category in every.values():
            groups = groups_of(category)
            if len(groups) == len(wanted) and any(
                all(any(is_of(group, word) for word in part) for group, part in zip(order, wanted, strict=True))
                for order in permutations(groups)
            ):
                yield {
                    **question,
                    "characteristic": category.characteristic,
                    "group": category.label,
                    "within": category.within,
                }


def asked(found: Tidy, question: dict[str, Any]) -> object:
    if name := question.get("indicator"):
        # The programme takes an unknown indicator for the name of a group; here it has to be one.
        held = found.workspace.read(lambda raw: Vocabulary(raw, Question()).all_quantities)
        if not fitting(name, held, lambda quantity: (quantity.id, quantity.id.rsplit(".", 1)[0], quantity.name)):
            raise AmheError("No such indicator", name, "Name another.")
    return ask(found, question)


def answers(found: Tidy, given: Mapping[str, Any]) -> list[object]:
    collected: list[object] = []
    for question in questions(found, given):
        try:
            collected.append(asked(found, question))
        except AmheError:
            continue
    return collected


def holds(found: Tidy | AmheError, accepted: Case) -> bool:
    if "refused" in accepted:
        return isinstance(found, AmheError) and says(str(found), accepted["refused"])
    if isinstance(found, AmheError):
        return False
    if "warned" in accepted:
        said = ask(found, {"want": "warnings"})
        if not isinstance(said, list) or not says(" ".join(map(str, cast("list[object]", said))), accepted["warned"]):
            return False
    if "assets" in accepted:
        names = [asset.name for asset in assets(found.workspace, **accepted["assets"])]
        return sorted(names) == sorted(accepted["value"])
    if "ask" not in accepted:
        return "warned" in accepted
    given = answers(found, accepted["ask"])
    if accepted.get("absent"):
        return all(answer in (None, []) for answer in given)
    if "without" in accepted:
        return all(word not in cast("list[object]", answer) for answer in given for word in accepted["without"])
    if "not" in accepted:
        return not any(same(answer, accepted["not"]) for answer in given)
    return any(same(answer, accepted["value"]) for answer in given)


@pytest.mark.parametrize("case", list(cases()))
def test_a_file_that_was_read_wrongly_is_read_right_asked_about_or_refused(case: Case) -> None:
    found = loaded(case["file"])
    said = found if isinstance(found, AmheError) else ask(found, {"want": "warnings"})
    assert any(holds(found, accepted) for accepted in case["accept"]), f"{case['file']}: {said}"
