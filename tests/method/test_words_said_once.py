"""Whatever the code can name by an id has its words, in one place: methods of numbers, sections of gaps, reasons, agreement."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import NO_COUNTS
from amhe_tui.analysis.disclosure.tables import why_hidden
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.estimates.standardisation import indirect_rate, indirect_ratio
from amhe_tui.analysis.inequality.sets import sets_of
from amhe_tui.analysis.inequality.slope_ukhsa import slope_indices
from amhe_tui.analysis.votes.agreement import concordance_of_rank_sums, rand_ucla
from amhe_tui.analysis.votes.coders import cohen_kappa
from amhe_tui.method.gap_sections import SECTIONS
from amhe_tui.method.number_methods import PUBLISHED_FIGURES, is_method, known_methods, method_words, methods_in

ROOT = Path(__file__).parents[2]
ROOMS = ("amhe_tui/analysis", "amhe_tui/programme", "amhe_tui/intake", "amhe_tui/report", "screens")
ID = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)*@\d+")
HOLE = "§"


def written(node: ast.expr) -> Iterator[str]:
    """Yield what a string can be, with a hole where that is not known before it runs."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp():
            yield from written(node.body)
            yield from written(node.orelse)
        case ast.FormattedValue():
            yield from written(node.value) if isinstance(node.value, ast.IfExp) else (HOLE,)
        case ast.JoinedStr():
            texts = [""]
            for part in node.values:
                texts = [text + more for text in texts for more in written(part)]
            yield from texts
        case _:
            yield HOLE


def ids_in_code() -> set[str]:
    """Return the ids of methods that stand in the code, a hole in those that are put together."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant | ast.JoinedStr):
                    found |= {text for text in written(node) if ID.fullmatch(text.replace(HOLE, "x"))}
    return found


def ids_from_runs() -> set[str]:
    """Return the ids that are put together, from what gives them."""
    people, standard = [1_000.0, 2_000.0], [10_000.0, 20_000.0]
    ids = {
        made([events, 1.0], people, [50.0, 80.0], standard).estimate.method
        for made in (indirect_ratio, indirect_rate)
        for events in (3.0, 30.0)
    }
    ids |= {cohen_kappa([1, 2, 3], [1, 2, 2], weights=weights).method for weights in ("unweighted", "equal", "squared")}
    ids |= {rand_ucla([7, 8, 9], percentiles=rule).method for rule in ("linear", "weibull")}
    fifths = [0.1, 0.2, 0.3, 0.4, 0.5]
    sets = sets_of([fifths], errors=[[0.01] * 5], populations=[[100.0] * 5], ranks=[[1, 2, 3, 4, 5]])
    for kind in ("normal", "rate", "proportion"):
        for transform in (False, kind != "normal"):
            slopes = slope_indices(sets, kind=kind, transform=transform, draws=10)
            ids |= {slopes.slope.method, slopes.relative.method}
    return ids


def test_every_method_of_a_number_has_words_and_no_words_are_left_over() -> None:
    in_code = ids_in_code()
    assert len(in_code) > 40
    runs = ids_from_runs()
    named = {method for method in in_code if HOLE not in method} | runs
    assert sorted(method for method in named if not method_words(method)) == []
    for pattern in (method for method in in_code if HOLE in method):
        filled = re.compile(re.escape(pattern).replace(re.escape(HOLE), r"[a-z_.]+"))
        assert any(filled.fullmatch(method) for method in runs), f"nothing runs what gives {pattern}"
    assert set(known_methods()) - {method.partition("@")[0] for method in named} == set()


def test_no_two_methods_are_told_apart_by_their_id_alone() -> None:
    words = [method_words(method) for method in known_methods()]
    assert len(set(words)) == len(words)
    assert all(text.endswith(".") for text in words)


def test_a_finding_names_its_methods_in_a_list() -> None:
    assert methods_in("gap.ratio.katz@1, gap.difference.newcombe@1") == [
        "gap.ratio.katz@1",
        "gap.difference.newcombe@1",
    ]
    assert methods_in("counted by hand, twice") == ["counted by hand, twice"]
    assert methods_in("") == []
    assert is_method("representation@1")
    assert not is_method(PUBLISHED_FIGURES)
    assert method_words(PUBLISHED_FIGURES)


def test_every_section_of_the_gaps_has_its_words() -> None:
    for words in SECTIONS.values():
        assert words.title
        assert len(words.short) <= len("Too few to")
        assert words.about.endswith(".")
    assert len({words.title for words in SECTIONS.values()}) == len(SECTIONS)


@pytest.mark.parametrize("reason", Undefined)
def test_every_reason_for_no_number_is_a_sentence_of_its_own(reason: Undefined) -> None:
    assert reason.label.endswith(".")
    assert [other for other in Undefined if other.label == reason.label] == [reason]


def test_whatever_is_hidden_says_so_first() -> None:
    assert all(reason.startswith("hidden: ") for reason in (NO_COUNTS, why_hidden(5)))


def test_every_strength_of_agreement_has_words() -> None:
    bands = {concordance_of_rank_sums([3 * (6 + spread), 3 * 6, 3 * (6 - spread)], 3).band for spread in (0.0, 0.5)} | {
        concordance_of_rank_sums([6 - step, 6.0, 6 + step], 3).band for step in (0.0, 1.8, 2.2, 2.6, 3.0)
    }
    assert bands >= {"very weak", "very strong"}
    assert all(bands)


def test_words_of_a_method_stand_in_one_file() -> None:
    """The report and the screen had tables of their own, and most methods of a report had no words."""
    names = [
        path.relative_to(ROOT).as_posix()
        for room in ("amhe_tui", "screens")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r'"(?:proportion\.wilson|gap\.ratio\.katz)":', path.read_text(encoding="utf-8"))
    ]
    assert names == ["amhe_tui/method/number_methods.py"]
