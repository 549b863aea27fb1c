"""Choose a file: type or paste its path, or walk the folders."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.paths import documents_folder
from screens.shared.base import AmheDialog, plain
from screens.shared.widgets import Options

_MOST = 400


class FileDialog(AmheDialog[Path | None]):
    """Choose one file of the given endings."""

    DEFAULT_CSS = """
    FileDialog OptionList { height: 12; }
    FileDialog #trouble { color: $error; height: auto; }
    FileDialog #folder { color: $text-muted; height: auto; margin-top: 1; }
    """

    def __init__(self, title: str, endings: tuple[str, ...], start: Path | None = None) -> None:
        super().__init__()
        self._title, self._endings = title, endings
        here = start or Path.cwd()
        self._folder = here if here.is_dir() else documents_folder()

    def compose(self) -> ComposeResult:
        """Show a line for the path and the folder below it."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            yield Static(
                plain("Type or paste a path, or choose below. Tab moves between the two.", "dim"), markup=False
            )
            yield Input(placeholder="path of the file")
            yield Static("", id="trouble", markup=False)
            yield Static("", id="folder", markup=False)
            yield Options(markup=False, compact=True)

    def on_mount(self) -> None:
        """Show the first folder."""
        self._list()

    def _list(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        self.query_one("#folder", Static).update(plain(f"In {self._folder}"))
        options.add_option(Option(plain(".. (the folder above)"), id=str(self._folder.parent)))
        try:
            entries = sorted(self._folder.iterdir(), key=lambda path: (path.is_file(), path.name.casefold()))
        except OSError:
            entries = []
        shown = [
            path
            for path in entries
            if not path.name.startswith(".") and (path.is_dir() or path.name.lower().endswith(self._endings))
        ]
        options.add_options(
            [Option(plain(f"{path.name}/" if path.is_dir() else path.name), id=str(path)) for path in shown[:_MOST]]
        )
        if len(shown) > _MOST:
            options.add_option(
                Option(plain(f"and {len(shown) - _MOST:,} more: type the name of the file above"), disabled=True)
            )
        if not shown:
            options.add_option(Option(plain("nothing here that can be opened"), disabled=True))
        options.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go into a folder, or take a file."""
        chosen = Path(event.option.id or ".")
        if chosen.is_dir():
            self._folder = chosen
            self._list()
        else:
            self.dismiss(chosen)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the path that was typed."""
        typed = Path(event.value.strip().strip("'\"")).expanduser()
        chosen = typed if typed.is_absolute() else self._folder / typed
        if chosen.is_dir():
            self._folder = chosen
            self._list()
        elif chosen.is_file():
            self.dismiss(chosen)
        else:
            self.query_one("#trouble", Static).update(
                plain(f"There is no file {event.value.strip()}. Check the spelling, or choose below.")
            )
