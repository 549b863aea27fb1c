"""Bring in a data file in four steps a person can go back through: file, what was understood, what it means, what came in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, ProgressBar, Static

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.sniff import DELIMITERS, ENCODINGS
from amhe_tui.intake.loading.bring import bring, remembered, save_rejected_rows
from amhe_tui.intake.loading.engine import ImportResult
from amhe_tui.intake.loading.preview import Preview, preview
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides
from amhe_tui.programme.sources import Offer, offered
from amhe_tui.text import counted, shorten
from screens.identify.import_meaning import answers_for, changed, hint_for, lines_of, role_words
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import AskDialog, PickDialog
from screens.shared.files import FileDialog
from screens.shared.widgets import Rows

_SHOWN = 6


def outcome(result: ImportResult, offers: Sequence[Offer]) -> Content:
    """Return what is to be known of a file that has come in."""
    parts: list[Content | str | tuple[str, str]] = [("What came in\n", "bold $primary")]
    parts.append(
        plain(
            f"{result.rows:,} rows: {_some(result.measures, 'indicator')}, {_some(result.areas, 'place')}, {_some(result.periods, 'period')}.\n"
        )
    )
    if result.assets:
        parts.append(plain(f"{result.assets:,} community assets: h in 1A lists them.\n"))
    for characteristic, labels in list(result.labels.items())[:_SHOWN]:
        parts.append(plain(f"  {shorten(characteristic, 40)}: {len(labels)} groups\n"))
    if result.statuses:
        parts.append(("\nFigures without a number, each kept with its reason\n", "bold $primary"))
        parts += [
            plain(f"  {number:,} {status}\n")
            for status, number in sorted(result.statuses.items(), key=lambda item: -item[1])
        ]
    parts.append(("\nRows set aside\n", "bold $primary"))
    if result.rejected:
        parts += [plain(f"  row {row} {reason}\n") for row, reason in result.rejected[:_SHOWN]]
        if len(result.rejected) > _SHOWN:
            parts.append(plain(f"  and {len(result.rejected) - _SHOWN} more\n"))
        parts.append(("  x saves them as a workbook.\n", "$text-muted"))
    else:
        parts.append(plain("  None: every row is in.\n"))
    if result.notes:
        parts.append(plain(f"\n{result.notes} titles, notes and footers are kept beside the figures.\n"))
    for warning in result.warnings:
        parts += [("▲ ", "bold $warning"), plain(f"{warning}\n")]
    parts += _joins(offers)
    return Content.assemble(*parts)


def _joins(offers: Sequence[Offer]) -> list[Content | str | tuple[str, str]]:
    if not offers:
        return []
    parts: list[Content | str | tuple[str, str]] = [("\nCould be the same as in other sources\n", "bold $primary")]
    parts += [
        plain(f"  “{shorten(offer.label, 40)}” and “{shorten(offer.joined_to, 40)}”: {offer.reason}\n")
        for offer in offers[:_SHOWN]
    ]
    more = f"  {len(offers) - _SHOWN} more. " if len(offers) > _SHOWN else "  "
    parts.append(
        (
            f"{more}Nothing is joined until you say so: k in 1A lists the sources and what they could share.\n",
            "$text-muted",
        )
    )
    return parts


def _some(names: Sequence[str], noun: str) -> str:
    if len(names) == 1:
        return f"{noun} {shorten(names[0], 50)}"
    return f"{len(names):,} {noun}s"


STEPS = ("File", "Understood", "Meaning", "Result")


ENDINGS = (".csv", ".csv.gz", ".gz", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".json")


_COLUMNS_SHOWN = 12


_LONGEST_UNIT = 3


def _short(name: str) -> str:
    """Return the end of a stacked column's name, with its unit."""
    parts = name.split(" | ")
    return " ".join(parts[-2:]) if len(parts) > 1 and len(parts[-1]) <= _LONGEST_UNIT else parts[-1]


_UNTIL_IT_IS_IN = ("next_part", "bring", "header", "sheet", "encoding", "delimiter")
"""What can be done until the file is in the programme, and does nothing after."""


class ImportScreen(AmheScreen[str | None]):
    """Four steps on one screen; nothing is written before the last."""

    CSS_PATH = "importing.tcss"
    where = "1A Bring in a data file"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("next_part", "previous_part", "bring", "header", "sheet", "encoding", "delimiter"),
        *bind("choose_file", "stop", "save_aside", "help"),
    ]

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._file: DataFile | None = None
        self._preview: Preview | None = None
        self._overrides: ImportOverrides | None = None
        self._meaning: dict[str, Any] | None = None
        self._step = 0
        self._stopped = False
        self._reading = False
        self._result: ImportResult | None = None

    def offers(self, name: str) -> bool:
        """Offer what bears on the step: corrections until the file is in, then only what follows."""
        return self._result is None or name not in _UNTIL_IT_IS_IN

    def body(self) -> ComposeResult:
        """Show where we are among the four steps, and the step itself."""
        with Vertical():
            yield Static(id="steps", markup=False)
            yield Static(id="understood", markup=False)
            with ContentSwitcher(initial="part-1", id="parts"):
                yield Vertical(
                    Rows(cursor_type="row", id="sample"),
                    VerticalScroll(Static(id="beside", markup=False), id="beside-box"),
                    id="part-1",
                )
                yield Vertical(Rows(cursor_type="row", id="meaning"), id="part-2")
                yield VerticalScroll(Static(id="outcome", markup=False), id="part-3")
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Ask for the file."""
        self.place(self.where)
        self.query_one("#progress").display = False
        self.query_one("#meaning", Rows).add_columns("Column or question", "Means", "Such as")
        self._show_steps()
        if self._path is None:
            self.action_choose_file()
        else:
            self._look()

    # --- the file -----------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="choose")
    async def action_choose_file(self) -> None:
        """Choose a file."""
        if self._reading:
            return
        chosen = await self.answer(FileDialog("Bring in which file?", ENDINGS, self.workspace.path.parent))
        if chosen is None:
            if self._path is None:
                self.dismiss(None)
            return
        self._path, self._overrides, self._meaning, self._result = chosen, None, None, None
        self._look()

    def on_unmount(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _in_hand(self, path: Path) -> DataFile:
        """Return the chosen file, the same for the preview and for bringing it in, so that it is understood once."""
        from amhe_tui.intake.loading.understand import DataFile

        if self._file is None or self._file.path != path:
            if self._file is not None:
                self._file.close()
            self._file = DataFile(path)
        return self._file

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Read the beginning of the file again, with what the person has corrected so far."""
        assert self._path is not None
        self.query_one("#understood", Static).update(plain(f"Looking at {self._path.name} …"))
        try:
            seen = await self.ask(preview, self._in_hand(self._path), self._overrides)
        except AmheError as error:
            self._refused(error)
            return
        self._preview = seen
        if self._meaning is None and seen.mapping is not None:
            self._meaning = await self.ask(self._remembered, seen)
        self._step = max(self._step, 1)
        self._show()

    def _remembered(self, seen: Preview) -> dict[str, Any]:
        """Return what the columns meant in the last edition, or the best guess."""
        before = remembered(self.workspace, [column.name for column in seen.columns])
        if before is None:
            return dict(seen.mapping or {})
        self.amhe.call_from_thread(self.say, f"The columns mean what they meant in: {shorten(before.title, 50)}.")
        return dict(json.loads(before.meaning))

    def _refused(self, error: AmheError) -> None:
        self._preview = None
        self._step = 0
        self._show_steps()
        self.query_one("#understood", Static).update(
            Content.assemble(
                ("● ", "bold $error"),
                plain(f"{error.what_happened} {error.what_to_do}"),
                ("\no chooses another file.", "$text-muted"),
            )
        )

    # --- what is shown ------------------------------------------------------------------------------------------------------------------------------

    def _show_steps(self) -> None:
        self.refresh_bindings()
        parts: list[Content | str | tuple[str, str]] = []
        for number, name in enumerate(STEPS):
            mark = "✓" if number < self._step else "▸" if number == self._step else " "
            parts.append((f" {mark} {number + 1} {name} ", "bold $primary" if number == self._step else "$text-muted"))
            parts.append(("›" if number < len(STEPS) - 1 else "", "$text-muted"))
        self.query_one("#steps", Static).update(Content.assemble(*parts))

    def _show(self) -> None:
        seen = self._preview
        if seen is None or self._path is None:
            return
        self._show_steps()
        self.query_one("#parts", ContentSwitcher).current = f"part-{max(self._step, 1)}"
        self.query_one("#understood", Static).update(
            Content.assemble(
                plain(self._path.name, "bold $primary"),
                "  ",
                plain(seen.summary),
                "\n",
                (self._hint(seen), "$text-muted"),
            )
        )
        if self._step <= 1:
            self._show_sample(seen)
            self.query_one("#sample").focus()
        elif self._step == 2:
            self._show_meaning(seen)
            self.query_one("#meaning").focus()
        else:
            self.query_one("#part-3").focus()

    def _hint(self, seen: Preview) -> str:
        if self._step <= 1:
            sheet = ", w another sheet" if len(seen.sheets) > 1 else ""
            return f"Is this the table? n goes on. h other header rows{sheet}, e letters, d separator."
        if self._step == 2:
            if seen.mapping is None and self._meaning is None:
                return "A known layout: nothing needs to be said. Ctrl+S brings it in."
            return "Enter changes a line. Ctrl+S brings it in; p goes back."
        return "Esc leaves; b in 1A breaks it down. u takes the whole file out again."

    def _show_sample(self, seen: Preview) -> None:
        table = self.query_one("#sample", Rows)
        table.clear(columns=True)
        table.add_columns(*(shorten(_short(column.name), 26) for column in seen.columns[:_COLUMNS_SHOWN]))
        for row in seen.rows:
            table.add_row(*(Text(shorten(cell, 28)) for cell in row[:_COLUMNS_SHOWN]))
        self.query_one("#beside", Static).update(self._beside(seen))

    def _beside(self, seen: Preview) -> Content:
        """Return what stands beside the table: where its header is, notes, hidden rows and what is odd."""
        rows = ", ".join(map(str, seen.header_rows))
        parts: list[Content | str | tuple[str, str]] = [plain(f"Columns are named in row {rows}.")]
        if len(seen.columns) > _COLUMNS_SHOWN:
            parts.append(plain(f" {len(seen.columns) - _COLUMNS_SHOWN} more columns to the right."))
        for warning in seen.warnings:
            parts += [("\n▲ ", "bold $warning"), plain(warning)]
        kinds = {"title": "Above", "note": "Note", "footer": "Below"}
        for note in seen.notes[:12]:
            parts += [
                (f"\n{kinds.get(note.kind, note.kind)}, row {note.row}: ", "$text-muted"),
                plain(shorten(note.words, 160)),
            ]
        if len(seen.notes) > 12:
            parts.append((f"\n{len(seen.notes) - 12} more notes; all are kept.", "$text-muted"))
        return Content.assemble(*parts)

    def _show_meaning(self, seen: Preview) -> None:
        table = self.query_one("#meaning", Rows)
        marked = table.cursor_row
        table.clear()
        if self._meaning is None:
            for column in seen.columns:
                table.add_row(
                    Text(shorten(column.name, 40)),
                    Text(role_words(column.role, seen.family)),
                    Text(shorten(", ".join(column.examples[:3]), 60)),
                    key=f"known:{column.name}",
                )
            return
        for line in lines_of(seen, self._meaning):
            table.add_row(Text(line.label), Text(line.answer, "bold"), Text(shorten(line.examples, 60)), key=line.key)
        table.move_cursor(row=marked)

    # --- back and forth -----------------------------------------------------------------------------------------------------------------------------

    def action_next_part(self) -> None:
        """Go on a step; the last one begins by bringing the file in."""
        if self._preview is None or self._reading:
            return
        if self._step >= 2:
            self.action_bring()
            return
        self._step += 1
        self._show()

    def action_previous_part(self) -> None:
        """Go back a step, from the first to the choice of a file."""
        if self._reading or self._preview is None:
            return
        if self._step <= 1 or self._result is not None:
            self.action_choose_file()
            return
        self._step -= 1
        self._show()

    def on_data_table_row_selected(self, event: Rows.RowSelected) -> None:
        """Enter goes on from the table, and changes a line of its meaning."""
        if self.query_one("#sample").has_focus:
            self.action_next_part()
        elif event.row_key.value is not None:
            self._change(str(event.row_key.value))

    @work(exclusive=True, group="pick")
    async def _change(self, key: str) -> None:
        if key == "alike:":
            self.say("All of these are figures. If one is not, say so with --map on the command line.")
            return
        if key.startswith("known:") or self._meaning is None:
            self.say("This layout is known; its columns need no meaning.")
            return
        asked = answers_for(key)
        if asked is not None:
            question, answers = asked
            answer = await self.answer(PickDialog(question, [(code or "none", label) for code, label in answers]))
            answer = "" if answer == "none" else answer
        else:
            answer = await self.answer(AskDialog(*hint_for(key)))
        if answer is None:
            return
        self._meaning = changed(self._meaning, key, answer)
        self._show()

    # --- corrections --------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="pick")
    async def _correct(self, what: str, title: str, answers: list[tuple[str, str]]) -> None:
        chosen = await self.answer(PickDialog(title, answers))
        if chosen is None:
            return
        value: Any = tuple(int(number) for number in chosen.split(",") if number) if what == "header" else chosen
        self._overrides = replace(self._overrides or ImportOverrides(), **{what: value})
        self._meaning = None
        self._step = 1
        self._look()

    def action_header(self) -> None:
        """Say which rows name the columns."""
        seen = self._preview
        if seen is None or self._reading:
            return
        first = min(seen.header_rows, default=1)
        answers = [("", "as the program finds it")]
        answers += [(str(row), f"row {row}") for row in range(max(1, first - 8), first + 9)]
        answers += [
            (",".join(map(str, range(first, first + more))), f"rows {first} to {first + more - 1}, one above the other")
            for more in range(2, 6)
        ]
        self._correct("header", "Which rows name the columns?", answers)

    def action_sheet(self) -> None:
        """Choose the sheet of a workbook."""
        if self._preview is None or not self._preview.sheets or self._reading:
            self.say("This file has no sheets.")
            return
        answers = [("", "all sheets that hold figures")]
        answers += [(name, name if not remark else f"{name} ({remark})") for name, remark in self._preview.sheets]
        self._correct("sheet", "Which sheet?", answers)

    def action_encoding(self) -> None:
        """Choose how the letters are encoded."""
        if self._preview is not None and self._preview.encoding and not self._reading:
            self._correct(
                "encoding",
                "How are its letters encoded?",
                [("", "as the program finds it"), *((name, name) for name in ENCODINGS)],
            )

    def action_delimiter(self) -> None:
        """Choose what stands between cells."""
        if self._preview is not None and self._preview.delimiter and not self._reading:
            self._correct(
                "delimiter", "What stands between cells?", [("", "as the program finds it"), *DELIMITERS.items()]
            )

    # --- bringing it in -----------------------------------------------------------------------------------------------------------------------------

    def action_bring(self) -> None:
        """Read the whole file."""
        if self._preview is not None and not self._reading and self._result is None:
            self._bring()

    @work(exclusive=True, group="bring")
    async def _bring(self) -> None:
        assert self._path is not None
        assert self._preview is not None
        self._reading, self._stopped = True, False
        bar = self.query_one("#progress", ProgressBar)
        bar.display = True
        guessed = self._meaning is None or self._meaning == self._preview.mapping
        overrides = replace(self._overrides or ImportOverrides(), mapping=None if guessed else self._meaning)
        try:
            result = await self.ask(
                bring,
                self.workspace,
                self._in_hand(self._path),
                overrides=overrides,
                progress=self._progress,
                cancelled=lambda: self._stopped or self.gone,
            )
        except AmheError as error:
            self.query_one("#result", Static).update(
                Content.assemble(("● ", "bold $error"), plain(f"{error.what_happened} {error.what_to_do}"))
            )
            return
        finally:
            self._reading = False
            bar.display = False
        self._result = result
        self._step = 3
        await self._tell(result)
        self._show()

    def _progress(self, done: int, total: int, rows: int) -> None:
        self.amhe.call_from_thread(self._show_progress, done, total, rows)

    def _show_progress(self, done: int, total: int, rows: int) -> None:
        if not self.gone:
            self.query_one("#progress", ProgressBar).update(total=max(total, 1), progress=done)
            self.query_one("#result", Static).update(f"{rows:,} figures so far. s stops; nothing would be kept.")

    async def _tell(self, result: ImportResult) -> None:
        joins = await self.ask(offered, self.workspace)
        self.query_one("#outcome", Static).update(outcome(result, joins))
        self.query_one("#result", Static).update(Content.styled(f"✓ {result.rows:,} rows are in.", "bold $success"))

    def action_stop(self) -> None:
        """Stop reading."""
        self._stopped = True

    @work(exclusive=True, group="save")
    async def action_save_aside(self) -> None:
        """Save the rows that were set aside as a workbook, beside the programme."""
        if self._result is None or not self._result.rejected or self._path is None:
            self.say("No row was set aside.")
            return
        target = self.workspace.path.with_name(f"{self._path.stem}-set-aside.xlsx")
        try:
            rows = await self.ask(save_rejected_rows, self.workspace, self._result.content_hash, target)
            self.say(f"{counted(rows, 'row is', 'rows are')} saved in {target.name}, beside the programme.")
        except AmheError as error:
            self.tell(error)

    async def action_back(self) -> None:
        """Go back; a file that is being read is stopped first."""
        self._stopped = True
        self.dismiss(None)
