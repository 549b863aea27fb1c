"""The Textual face of the program."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import worker as textual_worker
from textual._context import active_message_pump
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.dom import DOMNode, NoScreen
from textual.message_pump import CallbackError
from textual.screen import Screen
from textual.worker import Worker, WorkerFailed

from amhe_tui.atomic import write_text_whole
from amhe_tui.dates import system_today
from amhe_tui.errors import AmheError
from amhe_tui.paths import state_folder
from amhe_tui.settings import Settings, load_settings, remember_programme
from amhe_tui.text import safe
from amhe_tui.themes import register_themes
from screens.shared import routes
from screens.shared.base import OF_NO_SCREEN, AmheScreen, Program, ScreenGone

if TYPE_CHECKING:
    from store.workspace import Workspace

SAVE_LOG_LINES = 400


class AmheApp(Program):
    """The program: it holds the open programme and the settings, and everything else is a screen."""

    TITLE = "AMHE"
    ENABLE_COMMAND_PALETTE = True
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "command_palette", "Commands", show=False, priority=True, id="palette")
    ]

    def __init__(
        self, path: Path | None = None, *, today: Callable[[], date] = system_today, settings: Settings | None = None
    ) -> None:
        super().__init__()
        self.settings = settings or load_settings()
        self.path = path
        self.workspace = None
        self.session_began = None
        self.today = today
        self.failure: str | None = None
        self.under_way = set()
        register_themes(self)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else Settings.theme

    @property
    def badge(self) -> str:
        """Return the note at the right of the title bar."""
        if self.workspace is None:
            return "? help"
        notes = [note for note, on in (("REHEARSAL", self.rehearsal), ("READ-ONLY", self.workspace.read_only)) if on]
        return "  ".join([*notes, f"saved in {self.workspace.path.name}", "? help"])

    rehearsal = False
    """Whether the open programme is a rehearsal copy."""

    def get_default_screen(self) -> Screen[Any]:
        """Return the first screen: the home of the file that was named, painted from a glance of it, or where everybody begins."""
        if self.path is None:
            return routes.make("start")
        from store.glance import glance

        return routes.make("home", glance(self.path, self.today().isoformat()))

    def open_workspace(self, path: Path) -> Workspace:
        """Open a programme file for work; runs beside the screen, because it loads the heavy parts of the program."""
        from store.workspace import Workspace

        self.close_workspace()
        workspace = Workspace.open(path, actor=self.settings.initials)
        self.workspace = workspace
        self.rehearsal = workspace.programme().rehearsal
        remember_programme(path)
        return workspace

    def close_workspace(self) -> None:
        """Let go of the open programme file."""
        if self.workspace is not None:
            workspace, self.workspace = self.workspace, None
            workspace.close()

    async def action_quit(self) -> None:
        """End the program; what was typed a moment ago is kept first, everything else is on the disk already."""
        for screen in self.screen_stack:
            if isinstance(screen, AmheScreen):
                await screen.keep_typed()
        self.exit(0)

    async def on_unmount(self) -> None:
        """Close the programme file when the program ends, however it ends; what is being written is written first."""
        while self.under_way:
            await asyncio.wait(self.under_way)
        # Beside the loop: what the store still does may have something to tell the screen, and waits until it is heard.
        await asyncio.to_thread(self.close_workspace)

    def action_command_palette(self) -> None:
        """Show every action that can be done here, by name."""
        from screens.shared.help import ActionPalette

        if not CommandPalette.is_open(cast(Any, self)):
            self.push_screen(ActionPalette())

    def failed(self, error: Exception) -> None:
        """Tell of a refusal; after a fault, end the program cleanly."""
        if isinstance(error, AmheError):
            self.notify(
                f"{safe(error.what_happened)}\n{safe(error.what_to_do)}",
                title=safe(error.title),
                severity="error",
                timeout=12,
                markup=False,
            )
        else:
            self._handle_exception(error)

    async def run_action(self, action: Any, default_namespace: Any = None, namespaces: Any = None) -> bool:
        """Do what a key asks for; what its screen no longer waits for ends here, because the program itself goes on."""
        if self._is_of_closed_screen(default_namespace):
            return True  # chosen in the palette, when its screen was closed meanwhile
        shown = tuple(self.screen_stack)
        if shown and default_namespace is not self:
            # A key pressed while its screen is still being made waits its turn, and so does what the palette over such a screen begins.
            own = default_namespace.screen if isinstance(default_namespace, DOMNode) else shown[-1]
            if not (await _made(shown[-1]) and await _made(own)):
                return True
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except ScreenGone:
            return True
        except OF_NO_SCREEN:
            if set(shown) <= set(self.screen_stack) and not self._is_of_closed_screen(default_namespace):
                raise
            return True

    def _is_of_closed_screen(self, namespace: Any) -> bool:
        """Tell whether what an action belongs to is on no screen any more."""
        if not isinstance(namespace, DOMNode) or namespace is self:
            return False
        try:
            return namespace.screen not in self.screen_stack
        except NoScreen:
            return True

    def _handle_exception(self, error: Exception) -> None:
        """End cleanly after a fault of ours: nothing typed is lost, and the log holds no words of anybody.

        Textual has no public way to decide how a fault ends the program, hence this method and the next. Its own way prints the values of
        variables, and so people's words.
        """
        fault = _origin(error)
        if isinstance(fault, OF_NO_SCREEN) and self._handler_is_gone():
            return
        if isinstance(fault, ScreenStackError) and not self.screen_stack:
            return  # a key or a click after the last screen was closed
        self.failure = _log_fault(fault)
        super()._handle_exception(error)

    def _handler_is_gone(self) -> bool:
        """Tell whether the message being handled belongs to a screen that was closed meanwhile, alone or with the whole program."""
        if self._exit or not self.is_running:
            return True
        handler: object = active_message_pump.get(self)
        if handler is self:
            worker: Worker[Any] | None = cast(Any, textual_worker).active_worker.get(None)
            handler = worker.node if worker is not None else None
        if not isinstance(handler, DOMNode):
            return False
        try:
            return handler.screen not in self.screen_stack
        except NoScreen:
            return True

    def _fatal_error(self) -> None:
        """Leave without Textual's own panel, which prints the values of variables, and so people's words."""
        self._close_messages_no_wait()
        self._return_code = 1


async def _made(screen: Screen[Any]) -> bool:
    """Wait until a screen is made, and tell whether it was: one put up while the program closes never is, and nothing may wait for it."""
    if screen.is_mounted:
        return True
    making: asyncio.Task[None] | None = cast(Any, screen)._task
    if making is None:
        return False
    mounted = asyncio.ensure_future(cast(Any, screen)._mounted_event.wait())
    await asyncio.wait((mounted, making), return_when=asyncio.FIRST_COMPLETED)
    mounted.cancel()
    return screen.is_mounted


def _origin(error: BaseException) -> BaseException:
    """Return the fault that a failed worker, a timer's callback or a group of faults is about."""
    if isinstance(error, WorkerFailed):
        return _origin(error.error)
    if isinstance(error, CallbackError) and error.__context__ is not None:
        return _origin(error.__context__)
    if isinstance(error, BaseExceptionGroup):
        return _origin(cast("BaseExceptionGroup[BaseException]", error).exceptions[0])
    return error


def _log_fault(error: BaseException) -> str:
    """Keep where a fault arose, not what the program was holding, and return where that is."""
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}"]
    cause: BaseException | None = error
    while cause is not None:
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__
        if cause is not None:
            lines.append(f"  because of {type(cause).__name__}")
    log = state_folder() / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        before = log.read_text(encoding="utf-8").splitlines()[-SAVE_LOG_LINES:] if log.exists() else []
        write_text_whole(log, "\n".join([*before, *lines, ""]))
    except OSError:
        return "the log could not be written"
    return str(log)


def run(path: Path | None = None, **options: Any) -> int:
    """Run the program until the person leaves it, and return its exit code."""
    app = AmheApp(path, **options)
    result = app.run()
    if app.failure is not None:
        import sys

        print(
            "The program stopped because of a fault of its own. Everything the screen showed as saved is in the file.",
            file=sys.stderr,
        )
        print(f"Start it again with the same command. Where it happened is noted in {app.failure}", file=sys.stderr)
        return 1
    return int(result or 0)
