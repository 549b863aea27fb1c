"""The first screen: go on with the last programme, open another, begin a new one, or try the sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.settings import recent_programmes
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.widgets import Options

if TYPE_CHECKING:
    from typing import ClassVar


_FIXED = (
    ("new", "Start a new programme", "Its name, its area, and you are in."),
    ("open_file", "Open a programme file…", "A file whose name ends in .amhe."),
    ("demo", "Try the sample programme", "The fictional place Northmere, as a rehearsal copy."),
    ("restore", "Bring back a backup", "Made by itself whenever a programme was closed."),
)


class StartScreen(AmheScreen[None]):
    """Where everybody begins; never a dead end."""

    # In the class, not in a file beside it: Textual does not read the style file of the screen it starts with.
    DEFAULT_CSS = """
    StartScreen #start { align: center middle; height: 1fr; padding: 1 2; }
    StartScreen #welcome { width: 72; max-width: 100%; height: auto; margin-bottom: 1; color: $foreground; }
    StartScreen #choices { width: 72; max-width: 100%; height: auto; max-height: 80%; }
    """
    where = "AMHE · Advancing Mental Health Equity"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("new", "open_file", "demo", "restore", "settings", "quit"),
    ]

    _setting_up = False
    """Whether a rehearsal is being made, so that the key pressed again does not make another."""

    def offers(self, name: str) -> bool:
        """Lead nowhere back: nothing lies before this screen."""
        return name != "back"

    def body(self) -> ComposeResult:
        """Show what can be opened."""
        with Vertical(id="start"):
            yield Static(
                Content.assemble(
                    ("From a gap in the numbers to the proof that it closed.\n", "bold"),
                    ("One file on this laptop. No network, no server, nobody else sees it.", "dim"),
                ),
                id="welcome",
            )
            yield Options(id="choices", markup=False)

    async def on_mount(self) -> None:
        """Fill the list and put the focus on it."""
        await self.reload()

    async def reload(self) -> None:
        """Read again which programmes were opened last."""
        from store.glance import glance

        options = self.query_one(OptionList)
        options.clear_options()
        for number, path in enumerate(recent_programmes()[:4]):
            seen = glance(path, self.today.isoformat())
            name = seen.overview.programme.get("name", path.stem) if seen.overview else path.stem
            lead = "Go on with " if number == 0 else "Open "
            note = path.name if not seen.trouble else f"{path.name}: {seen.trouble}"
            options.add_option(
                Option(
                    Content.assemble((lead, ""), plain(name, "bold"), "\n", plain(f"  {note} in {path.parent}", "dim")),
                    id=f"recent:{path}",
                )
            )
        options.add_options(
            [Option(Content.assemble((title, ""), "\n", (f"  {note}", "dim")), id=key) for key, title, note in _FIXED]
        )
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        key = event.option.id or ""
        if key.startswith("recent:"):
            self._open(Path(key.removeprefix("recent:")))
        else:
            getattr(self, f"action_{key}")()

    def _open(self, path: Path) -> None:
        from store.connection import check_header
        from store.glance import glance

        try:
            check_header(path)
        except AmheError as error:
            self.tell(error)
            return
        self.open("home", glance(path, self.today.isoformat()))

    @work
    async def action_new(self) -> None:
        """Start a new programme."""
        path = await self.answer("new")
        if path is not None:
            self._open(path)

    @work
    async def action_open_file(self) -> None:
        """Open a programme file."""
        path = await self.answer("file", "Open a programme file", (".amhe",))
        if path is not None:
            self._open(path)

    @work
    async def action_demo(self) -> None:
        """Open a rehearsal copy of the sample programme."""
        from sample_data.rehearsal import make_demo

        if self._setting_up:
            return
        self._setting_up = True
        self.say("Setting up Northmere…")
        try:
            path = await self.ask(make_demo, self.today)
        finally:
            self._setting_up = False
        self._open(path)

    @work
    async def action_restore(self) -> None:
        """Bring back a backup."""
        from screens.programme.restoring import choose_backup

        path = await choose_backup(self)
        if path is not None:
            self._open(path)
