"""A file is opened and understood once, from the first look at it until it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook as NewBook

from amhe_tui.cli import main
from amhe_tui.errors import AmheError
from amhe_tui.intake.files import pages
from amhe_tui.intake.files.workbooks import parent
from amhe_tui.intake.loading import understand
from amhe_tui.intake.loading.bring import bring
from amhe_tui.intake.loading.preview import preview
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides
from screens.identify.importing import ImportScreen
from store.records import Asset, DataSource, Remark
from store.workspace import Workspace
from tests.support import new_file, press, running, settle

FIGURES = "Area,Sex,Count\nNorthmere,Women,10\nNorthmere,Men,20\n"
LIST = "Service name,Address,Postcode,Phone\nMango Tree Kitchen,1 Chapel Lane,NM1 1AA,01632 960 100\nOpen Door,2 Saltgate,NM1 2BB,01632 960 101\n"
ANSWERS = "Timestamp,What would help?\n" + "".join(
    f'2026/03/0{day} 10:00,"Somebody who {verb} and stays for a while after the first talk, number {day}"\n'
    for day, verb in enumerate(("listens", "explains", "calls back", "visits"), 1)
)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often files are opened, and how often tables are looked for in them."""
    calls = Counter[str]()

    def counting(name: str) -> None:
        real: Callable[..., Any] = getattr(understand, name)

        def call(*given: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*given, **named)

        monkeypatch.setattr(understand, name, call)

    counting("open_pages")
    counting("find_tables")
    return calls


def save(folder: Path, words: str, encoding: str = "utf-8") -> Path:
    path = folder / "data.csv"
    path.write_text(words, encoding=encoding)
    return path


@pytest.mark.parametrize("words", [FIGURES, LIST, ANSWERS], ids=["figures", "list", "answers"])
def test_once_by_command(tmp_path: Path, counted: Counter[str], words: str) -> None:
    assert main(["import", str(new_file(tmp_path)), str(save(tmp_path, words))]) == 0
    assert counted == {"open_pages": 1, "find_tables": 1}


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_a_workbook_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]) -> None:
    path, parsed = tmp_path / "book.xlsx", list[Path]()
    with NewBook(path) as book:
        for name in ("Men", "Women"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(
                [["Area", "Age", "Count"], ["Northmere", "0-17", 10], ["Northmere", "18+", 20]]
            ):
                sheet.write_row(number, 0, row)
    real = parent.workbook_sheets

    def counting(workbook: Path) -> Any:
        parsed.append(workbook)
        return real(workbook)

    monkeypatch.setattr(parent, "workbook_sheets", counting)
    assert main(["import", str(new_file(tmp_path)), str(path), *more]) == 0
    assert parsed == [path]


@pytest.mark.parametrize(("words", "kind"), [(FIGURES, DataSource), (LIST, Asset), (ANSWERS, Remark)])
async def test_once_on_the_screen(tmp_path: Path, counted: Counter[str], words: str, kind: Any) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(ImportScreen(save(tmp_path, words)))
        await settle(app, pilot)
        await press(app, pilot, "n", "ctrl+s")
    assert counted == {"open_pages": 1, "find_tables": 1}
    with Workspace.open(path) as workspace:
        assert workspace.list(kind)


def test_another_meaning_is_read_without_opening_the_file_again(tmp_path: Path, counted: Counter[str]) -> None:
    mapping: dict[str, Any] = {"value": "Count", "area": "Area", "group": "Sex"}
    with Workspace.open(new_file(tmp_path)) as workspace, closing(DataFile(save(tmp_path, FIGURES))) as file:
        preview(file)
        mapping["area"] = "=England"
        overrides = ImportOverrides(mapping=mapping)
        assert preview(file, overrides).mapping == mapping
        mapping["area"] = "Area"  # the screen changes what it has handed over
        assert bring(workspace, file, overrides=overrides).areas == ("Northmere",)
    assert counted == {"open_pages": 1, "find_tables": 3}


def test_a_file_that_has_changed_is_understood_again(tmp_path: Path) -> None:
    path = save(tmp_path, FIGURES)
    with closing(DataFile(path)) as file:
        assert preview(file).rows[0] == ("Northmere", "Women", "10")
        save(tmp_path, FIGURES.replace("Women,10", "Women,11,5").replace("Count", "Count,Rate"))
        assert preview(file).rows[0] == ("Northmere", "Women", "11", "5")
        path.unlink()
        with pytest.raises(AmheError, match="There is no file"):
            preview(file)


def test_letters_found_further_down_hold_for_all_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SMALL", 1)  # as of a large file, only the beginning is looked at
    rows = "".join(f"Service {number},{number} Saltgate {'x' * 600},NM1 2BB,\n" for number in range(4_000))
    data = save(tmp_path, f"{LIST}{rows}Café,3 Saltgate,NM1 3CC,\n", "cp1252")
    with Workspace.open(new_file(tmp_path)) as workspace:
        result = bring(workspace, data)
        assert (result.rows, result.assets) == (4_003, 4_003)
        assert workspace.list(Asset)[-1].name == "Café"


def test_what_was_written_out_goes_when_the_last_reader_is_done(tmp_path: Path) -> None:
    file = DataFile(
        save(
            tmp_path,
            "Table: people\n\nPlace,,Women,Men\nNorthmere,White,1,2\n,Black,3,4\nTollbrook,White,1,2\n,Black,3,4\n",
        )
    )
    with file.understood() as understood:
        written = understood.main.page.text.path
        assert written != file.path
        file.close()
        assert written.exists()
    assert not written.exists()
