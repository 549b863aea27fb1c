"""Bringing a file in by keys: four steps, back and forth, corrections, what was set aside, and the register of sources."""

from __future__ import annotations

import json
from pathlib import Path

from amhe_tui.programme import breakdowns
from screens.identify.importing import ImportScreen
from screens.identify.sources import SourcesScreen
from store.records import DataSource, LabelJoin, Remark
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, settle, told, words_on, write

WIDE = "Made up figures of Northmere\n\nPlace,Women,Men,Note\nTollbrook,10,20,\nKessmoor,*,30,x\n\nSource: nobody\n"
ODD = "Ort;Gruppe;Wert\nNorthmere;Women;50\nNorthmere;Men;oops\nNorthmere;Not known;5\nNorthmere;Total;95\n"
SURVEY = "Timestamp,How did you hear of us?,What would help?\n" + "".join(
    f'2026/03/{day:02} 10:00,{"A friend" if day % 2 else "My GP"},"Somebody who {word}\nand stays for a while after the first talk, number {day}"\n'
    for day, word in enumerate(("listens", "explains", "calls back", "speaks Somali", "visits"), 1)
)


async def _open(app, pilot, path: Path) -> None:  # type: ignore[no-untyped-def]
    app.push_screen(ImportScreen(path))
    await settle(app, pilot)


async def test_once_a_file_is_in_no_key_is_offered_that_would_do_nothing(tmp_path: Path) -> None:
    data = tmp_path / "odd.csv"
    data.write_text(WIDE)
    async with running(new_file(tmp_path), (120, 30)) as (app, pilot):
        await _open(app, pilot, data)
        assert "^S Bring it in" in screen_text(app).splitlines()[-1]
        await press(app, pilot, "ctrl+s")
        keys = screen_text(app).splitlines()[-1]
        assert "o Other file" in keys
        assert [name for name in ("n Next", "^S Bring it in", "h Header row", "w Sheet") if name in keys] == []


async def test_a_table_with_titles_and_notes_in_four_steps(tmp_path: Path) -> None:
    data = tmp_path / "odd.csv"
    data.write_text(WIDE)
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await _open(app, pilot, data)
        assert "Columns are named in row 3." in words_on(app)
        assert "Made up figures of Northmere" in words_on(app)
        assert "Source: nobody" in words_on(app)
        await press(app, pilot, "n")
        assert "The figures" in words_on(app)
        await press(app, pilot, "p")
        assert "Columns are named in row 3." in words_on(app)
        await press(app, pilot, "n", "ctrl+s")
        assert "2 rows" in words_on(app)
        assert "1 suppressed" in words_on(app)
        await press(app, pilot, "escape")
    with Workspace.open(path) as workspace:
        (source,) = workspace.list(DataSource)
        assert (source.rows, source.set_aside) == (2, None)
        workspace.undo()
        assert workspace.list(DataSource) == []
        assert breakdowns.indicators(workspace) == []


async def test_the_meaning_is_corrected_and_offered_for_the_next_edition(tmp_path: Path) -> None:
    first, second = tmp_path / "2024.csv", tmp_path / "2025.csv"
    first.write_text(ODD)
    second.write_text(ODD.replace("50", "60"))
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await _open(app, pilot, first)
        await press(app, pilot, "n")
        for column, meaning in (("Ort", "The place"), ("Gruppe", "The group of people"), ("Wert", "The figures")):
            screen = app.screen
            assert isinstance(screen, ImportScreen)
            rows = screen.query_one("#meaning")
            rows.move_cursor(row=("Ort", "Gruppe", "Wert").index(column))
            await press(app, pilot, "enter")
            await write(pilot, meaning)
            await press(app, pilot, "enter")
        await press(app, pilot, "ctrl+s")
        assert "row 3 holds oops where a number should be" in words_on(app)
        assert "3 rows" in words_on(app)
        await press(app, pilot, "x")
        assert "1 row is saved" in told(app)
        await press(app, pilot, "escape")
        await _open(app, pilot, second)
        assert "mean what they meant in: 2024" in told(app)
        await press(app, pilot, "ctrl+s", "escape")
    assert (tmp_path / "2024-set-aside.xlsx").is_file()
    with Workspace.open(path) as workspace:
        meanings = [json.loads(one.meaning) for one in workspace.list(DataSource)]
        assert [one["value"] for one in meanings] == ["Wert", "Wert"]


async def test_the_header_row_and_a_refusal(tmp_path: Path) -> None:
    data, folder = tmp_path / "odd.csv", tmp_path / "words.csv"
    data.write_text(WIDE)
    folder.write_text("only words\nand more words\n")
    async with running(new_file(tmp_path)) as (app, pilot):
        await _open(app, pilot, data)
        await press(app, pilot, "h")
        await write(pilot, "row 4")
        await press(app, pilot, "enter")
        assert "Columns are named in row 4." in words_on(app)
        await press(app, pilot, "escape")
        await _open(app, pilot, folder)
        assert "holds no table" in words_on(app)
        assert "o chooses another file" in words_on(app)


async def test_answers_become_counts_and_remarks(tmp_path: Path) -> None:
    data = tmp_path / "form.csv"
    data.write_text(SURVEY)
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await _open(app, pilot, data)
        assert "answers exported from Google Forms" in words_on(app)
        await press(app, pilot, "n", "ctrl+s", "escape")
    with Workspace.open(path) as workspace:
        assert len(workspace.list(Remark)) == 5
        assert "\n" in workspace.list(Remark)[0].words
        found = breakdowns.breakdown(workspace, "how_did_you_hear_of_us.count", "Answer")
        assert {row.group: row.value for row in found.rows if row.level == "broad"} == {"A friend": 3, "My GP": 2}


async def test_the_register_joins_labels_and_tells_what_an_edition_changed(tmp_path: Path) -> None:
    head = "area,ethnic_group,value\n"
    for year, label in (("2024", "Any Other Mixed Background"), ("2025", "Any other Mixed background")):
        (tmp_path / f"{year}.csv").write_text(f"{head}Northmere,White,{year}\nNorthmere,{label},7\nNorthmere,Black,9\n")
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        for year in ("2024", "2025"):
            await _open(app, pilot, tmp_path / f"{year}.csv")
            await press(app, pilot, "ctrl+s", "escape")
        app.push_screen(SourcesScreen())
        await settle(app, pilot)
        assert "2 rows" not in words_on(app)
        await press(app, pilot, "k")
        assert "in capital letters" in words_on(app)
        await press(app, pilot, "enter")
        assert "Joined" in told(app)
        await press(app, pilot, "n", "enter")
        assert "What changed" in words_on(app)
    with Workspace.open(path) as workspace:
        (join,) = workspace.list(LabelJoin)
        assert {join.label, join.joined_to} == {"Any Other Mixed Background", "Any other Mixed background"}
        assert [bool(one.replaces_id) for one in sorted(workspace.list(DataSource), key=lambda one: one.title)] == [
            False,
            True,
        ]
