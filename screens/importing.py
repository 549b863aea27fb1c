"""Bring in a data file: choose it, see what was understood, correct the columns, watch it come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, ProgressBar, Select, Static

from amhe_tui.errors import AmheError
from amhe_tui.text import shorten
from screens.base import AmheScreen, bind, plain
from screens.files import FileDialog
from screens.widgets import OneOf, Rows

if TYPE_CHECKING:
    from amhe_tui.intake.importing import ImportResult
    from amhe_tui.intake.preview import Preview

_COLUMNS_SHOWN = 12


class ImportScreen(AmheScreen[str | None]):
    """Four steps on one screen: file, what was understood, meaning, result."""

    CSS_PATH = "importing.tcss"
    where = "1A Bring in a data file"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "choose_file", "Other file", id="choose-file", tooltip="Choose another file"),
        Binding("ctrl+s", "bring", "Bring it in", id="bring", tooltip="Read the whole file into the programme"),
        Binding("s", "stop", "Stop", id="stop", tooltip="Stop reading; nothing of the file is kept"),
        *bind("help"),
    ]

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._preview: Preview | None = None
        self._stopped = False
        self._running = False

    def body(self) -> ComposeResult:
        """Show the file, what was understood, and how far it is."""
        with Vertical():
            yield Static(id="understood", markup=False)
            yield VerticalScroll(id="meaning")
            yield Rows(cursor_type="row", id="sample")
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(id="result", markup=False)

    def on_mount(self) -> None:
        """Ask for the file."""
        self.place(self.where)
        self.query_one("#progress").display = False
        self.query_one("#meaning").display = False
        if self._path is None:
            self.action_choose_file()
        else:
            self._look()

    @work(exclusive=True, group="choose")
    async def action_choose_file(self) -> None:
        """Choose a file."""
        chosen = await self.amhe.push_screen_wait(
            FileDialog("Bring in which file?", (".csv", ".csv.gz", ".gz", ".txt", ".tsv"), self.workspace.path.parent)
        )
        if chosen is None:
            if self._path is None:
                self.dismiss(None)
            return
        self._path = chosen
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        from amhe_tui.intake.preview import preview

        assert self._path is not None
        try:
            self._preview = await self.ask(preview, self._path)
        except AmheError as error:
            self._preview = None
            self.query_one("#understood", Static).update(
                Content.assemble(("● ", "bold $error"), plain(f"{error.what_happened} {error.what_to_do}"))
            )
            return
        await self._show(self._preview)

    async def _show(self, seen: Preview) -> None:
        assert self._path is not None
        self.query_one("#understood", Static).update(
            Content.assemble(
                plain(self._path.name, "bold $primary"),
                "  ",
                plain(seen.summary),
                ("\nCtrl+S brings it in; o chooses another file.", "$text-muted"),
            )
        )
        table = self.query_one("#sample", Rows)
        table.clear(columns=True)
        table.add_columns(*(shorten(name, 24) for name in seen.columns[:_COLUMNS_SHOWN]))
        for row in seen.rows:
            table.add_row(*(Text(shorten(cell, 30)) for cell in row[:_COLUMNS_SHOWN]))
        meaning = self.query_one("#meaning")
        await meaning.remove_children()
        meaning.display = bool(seen.roles)
        choices = [(shorten(name, 40), name) for name in seen.columns]
        for role, label in seen.roles:
            guess = (seen.mapping or {}).get(role)
            select = OneOf(
                choices,
                value=guess if guess in seen.columns else Select.NULL,
                prompt="not in this file",
                id=f"role-{role}",
                compact=True,
            )
            await meaning.mount(Horizontal(Label(plain(label), markup=False), select, classes="row"))
        table.focus()

    def _mapping(self) -> dict[str, str] | None:
        if self._preview is None or not self._preview.roles:
            return None
        found: dict[str, str] = {}
        for role, _ in self._preview.roles:
            value = self.query_one(f"#role-{role}", OneOf).value
            if isinstance(value, str):
                found[role] = value
        return found

    def on_data_table_row_selected(self) -> None:
        """Enter on the preview brings the file in."""
        self.action_bring()

    def action_bring(self) -> None:
        """Read the whole file."""
        if self._preview is not None and not self._running:
            self._bring(self._mapping())

    @work(exclusive=True, group="bring")
    async def _bring(self, mapping: dict[str, str] | None) -> None:
        from amhe_tui.intake.bring import bring

        assert self._path is not None
        self._running, self._stopped = True, False
        bar = self.query_one("#progress", ProgressBar)
        bar.display = True
        try:
            result = await self.ask(
                bring,
                self.workspace,
                self._path,
                mapping=mapping,
                progress=self._progress,
                cancelled=lambda: self._stopped,
            )
        except AmheError as error:
            self.query_one("#result", Static).update(
                Content.assemble(("● ", "bold $error"), plain(f"{error.what_happened} {error.what_to_do}"))
            )
            return
        finally:
            self._running = False
            bar.display = False
        self._tell(result)

    def _progress(self, done: int, total: int, rows: int) -> None:
        self.amhe.call_from_thread(self._show_progress, done, total, rows)

    def _show_progress(self, done: int, total: int, rows: int) -> None:
        if self.is_attached:
            self.query_one("#progress", ProgressBar).update(total=max(total, 1), progress=done)
            self.query_one("#result", Static).update(f"{rows:,} rows so far. s stops; nothing would be kept.")

    def _tell(self, result: ImportResult) -> None:
        words = f"✓ {result.rows:,} rows are in: {result.suppressed:,} hidden by the publisher, {result.not_collected:,} not collected, all kept as such."
        self.query_one("#result", Static).update(
            Content.assemble(
                (words, "bold $success"),
                ("\nEsc goes back; b there breaks it down. u takes the whole file out again.", "$text-muted"),
            )
        )

    def action_stop(self) -> None:
        """Stop reading."""
        self._stopped = True

    async def action_back(self) -> None:
        """Go back; a file that is being read is stopped first."""
        self._stopped = True
        self.dismiss(None)
