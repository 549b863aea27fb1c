"""A publisher is one file: what lies in the package is known, called and read by what it says of itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from amhe_tui.intake import publishers
from amhe_tui.intake.loading.bring import bring
from amhe_tui.intake.loading.preview import preview
from amhe_tui.intake.publishers import registry
from amhe_tui.programme.questions import Question, ask
from store.records import DataSource, Remark
from store.workspace import Workspace
from tests.support import new_file

FIGURES = """
from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.cells import category
from amhe_tui.intake.tables.layout import Layout, Value
from store.evidence.datasets import Area, Period, Quantity


def _layout(at, places):
    where, when, who, waits = places
    return Layout(
        name="moonbase",
        area_columns=(where,),
        area=lambda cells: Area("Crater", cells[0], cells[0]),
        period_columns=(when,),
        period=lambda cells: Period(f"Moon {cells[0]}", "", ""),
        category_columns=(who,),
        category=lambda cells: category("Sex", cells[0]),
        quantity_columns=(),
        quantity=lambda cells, part: Quantity("waits.count", "People waiting", "count"),
        values=(Value(waits, "count"),),
        stands_for={"-7": "suppressed"},
    )


PUBLICATIONS = (
    Publication(
        name="moonbase",
        called="the monthly figures of the moon base",
        family="figures",
        rank=5,
        about={"title": "Moon base, monthly", "publisher": "Moon base", "kind": "usage"},
        signature=(("CRATER", "ORBIT", "WHO", "WAITS"),),
        layout=_layout,
    ),
)
"""
ANSWERS = r"""
from amhe_tui.intake.publishers.publication import Publication


def _one_header(rows):
    if rows[0][1][0] != "#machine":
        return None
    return rows[1:], "The moon poll writes a line for machines first."


PUBLICATIONS = (
    Publication(
        name="moon_poll",
        called="answers to the moon poll",
        family="answers",
        rank=305,
        about={"kind": "experience", "publisher": "Moon poll"},
        signature=(("lander", "touchdown"),),
        one_header=_one_header,
        bookkeeping=r"lander|touchdown",
        stamps=r"touchdown",
    ),
)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A folder whose files count as files of the package."""
    folder = tmp_path / "more"
    folder.mkdir()
    monkeypatch.setattr(publishers, "__path__", [*publishers.__path__, str(folder)])
    registry.publications.cache_clear()
    yield folder
    registry.publications.cache_clear()
    for name in ("moonbase", "moon_poll"):
        sys.modules.pop(f"{publishers.__name__}.{name}", None)


@pytest.fixture
def workspace(tmp_path: Path) -> Generator[Workspace]:
    with Workspace.open(new_file(tmp_path)) as opened:
        yield opened


def test_figures_of_a_new_publisher_need_one_file(package: Path, workspace: Workspace, tmp_path: Path) -> None:
    (package / "moonbase.py").write_text(FIGURES)
    data = tmp_path / "2069.csv"
    data.write_text("who,waits,orbit,crater\nWomen,40,1,Tycho\nMen,30,1,Tycho\nWomen,-7,2,Tycho\n")
    assert preview(data).summary.startswith("Read as the monthly figures of the moon base: 4 columns")
    result = bring(workspace, data)
    assert (result.layout, result.rows, result.suppressed) == ("moonbase", 3, 1)
    assert (result.areas, result.periods) == (("Tycho",), ("Moon 1", "Moon 2"))
    [source] = workspace.list(DataSource)
    assert (source.title, source.publisher, source.kind, source.layout) == (
        "Moon base, monthly",
        "Moon base",
        "usage",
        "moonbase",
    )


def test_answers_of_a_new_tool_need_one_file(package: Path, workspace: Workspace, tmp_path: Path) -> None:
    (package / "moon_poll.py").write_text(ANSWERS)
    data = tmp_path / "poll.csv"
    rows = "".join(
        f'{number},2026-03-0{number} 10:00:00,{"Yes" if number % 2 else "No"},"Somebody who {verb} and stays for a while after the first talk"\n'
        for number, verb in enumerate(("listens", "explains", "calls back", "visits"), 1)
    )
    data.write_text(f"#machine,1,2,3\nLander,Touchdown,Do you sleep?,What would help?\n{rows}")
    result = bring(workspace, data)
    assert (result.layout, result.rows) == ("moon_poll", 4)
    assert "The moon poll writes a line for machines first." in result.warnings
    # Everybody and the two questions, and nothing of the tool's own books.
    assert result.measures == ("answers.count", "do_you_sleep.count", "what_would_help.count")
    assert result.periods == ("01 Mar 2026 to 04 Mar 2026",)
    assert len(workspace.list(Remark)) == 4
    [source] = workspace.list(DataSource)
    assert (source.kind, source.publisher) == ("experience", "Moon poll")
    asked = Question.made({"want": "rows", "indicator": "Do you sleep?", "group": "Yes"})
    assert ask(workspace, asked) == 2  # rows that were counted when they came in are still people


def test_every_kind_of_file_is_said_once_and_asked_in_its_order() -> None:
    known = registry.publications()
    assert [one.rank for one in known] == sorted(one.rank for one in known)
    said = {(one.name, one.called, one.family) for one in known}
    assert len(said) == len({one.name for one in known})
    asked = [one.rank for one in known if one.name not in ("tidy", "answers", "list", "directory")]
    assert len(asked) == len(set(asked))
    for one in known:
        assert one.family in ("figures", "answers", "list")
        assert set(one.about) <= set(DataSource.model_fields)


@pytest.mark.parametrize(
    "name",
    [
        "google_forms",
        "lime_survey",
        "microsoft_forms",
        "nomis",
        "qualtrics",
        "smart_survey",
        "superweb",
        "survey_monkey",
    ],
)
def test_a_publisher_is_named_in_its_own_file_only(name: str) -> None:
    root = Path(publishers.__file__).parents[3]
    named = re.compile(name.replace("_", "[ _]?"), re.IGNORECASE)
    files = [path for folder in ("amhe_tui", "screens", "store") for path in (root / folder).rglob("*.py")]
    assert [path.name for path in files if named.search(path.read_text(encoding="utf-8"))] == [f"{name}.py"]
