"""Begin a new programme: a name and an area, and where to keep it; the data-protection questions are asked, never forced."""

from __future__ import annotations

import re
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, Static

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import LawfulBasis
from amhe_tui.paths import documents_folder
from amhe_tui.text import one_line
from screens.shared.base import AmheDialog, plain
from screens.shared.fields import LineInput
from screens.shared.widgets import OneOf
from store.workspace import Workspace

_FIELDS = (
    ("name", "Name", "What people here call this work"),
    ("area", "Area", "The place it is about"),
    ("organisation", "Organisation", "Who runs it"),
    ("data_controller", "Data controller", "Who answers for personal data in the file"),
    ("privacy_notice", "Privacy notice", "Where people can read how their words are kept"),
    ("dpia", "DPIA reference", "The data protection impact assessment"),
)


_FIRST_THAT_CAN_WAIT = "data_controller"


class NewDialog(AmheDialog[Path | None]):
    """Ask what is needed to begin; answers with the path of the new file."""

    DEFAULT_CSS = """
    NewDialog VerticalScroll { height: auto; max-height: 9; }
    NewDialog .row { height: 1; }
    NewDialog .wait { color: $text-muted; }
    NewDialog Label { width: 18; color: $text-muted; }
    NewDialog Input, NewDialog Select { width: 1fr; }
    NewDialog #trouble { color: $error; height: auto; }
    """

    def compose(self) -> ComposeResult:
        """Show the questions."""
        with Vertical(classes="dialog"):
            yield Static("A new programme", classes="dialog-title")
            with VerticalScroll(can_focus=False):
                for name, label, hint in _FIELDS:
                    if name == _FIRST_THAT_CAN_WAIT:
                        yield Static("What follows can wait.", classes="wait")
                    if name == "privacy_notice":
                        with Horizontal(classes="row"):
                            yield Label("Lawful basis")
                            yield OneOf(
                                [(basis.label, basis.value) for basis in LawfulBasis],
                                id="lawful_basis",
                                compact=True,
                                prompt="Can wait",
                            )
                    with Horizontal(classes="row"):
                        yield Label(label)
                        yield LineInput(
                            placeholder=hint,
                            id=name,
                            compact=True,
                        )
                with Horizontal(classes="row"):
                    yield Label("Keep it in")
                    yield LineInput(value=str(documents_folder() / "programme.amhe"), id="file", compact=True)
            yield Static("", id="trouble", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="no")
                yield Button("Begin", id="yes", variant="primary")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Propose a file name from the programme's name."""
        if event.input.id == "name":
            file = self.query_one("#file", Input)
            stem = re.sub(r"[^\w-]+", "-", one_line(event.value).lower()).strip("-") or "programme"
            file.value = str(Path(file.value).with_name(f"{stem}.amhe"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next question; after the last one, begin."""
        if event.input.id == "file":
            self.run_worker(self._begin)
        else:
            self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Begin, or leave."""
        if event.button.id == "no":
            self.dismiss(None)
        else:
            self.run_worker(self._begin)

    _beginning = False
    """Whether the file is being made; a second Enter in a hurry makes no second one."""

    async def _begin(self) -> None:
        if self._beginning:
            return
        file = self.query_one("#file", Input).value.strip()
        values: dict[str, str] = {name: self.query_one(f"#{name}", Input).value for name, _, _ in _FIELDS}
        basis = self.query_one("#lawful_basis", OneOf).value
        values["lawful_basis"] = basis if isinstance(basis, str) else ""
        values["starts"] = self.today.isoformat()
        self._beginning = True
        try:
            path = await self.ask(_create, file, values)
        except AmheError as error:
            self._beginning = False
            self.query_one("#trouble", Static).update(plain(f"{error.what_happened} {error.what_to_do}"))
            return
        self.dismiss(path)


def _create(file: str, values: dict[str, str]) -> Path:
    path = Path(file).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AmheError(
            "No such folder", f"The folder {path.parent} cannot be made.", "Choose another place."
        ) from error
    Workspace.create(path, **values).close()
    return path
