"""What every screen has: the title bar, the footer, a way to ask the store, and a way to say plainly what went wrong."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast, overload

from rich.cells import cell_len
from textual import events, on
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.screen import ModalScreen, Screen
from textual.signal import Signal
from textual.widget import MountError, Widget
from textual.widgets import Static
from textual.worker import Worker

from amhe_tui.actions import ACTIONS
from amhe_tui.errors import AmheError
from amhe_tui.text import safe
from screens.shared import routes

if TYPE_CHECKING:
    from pathlib import Path

    from amhe_tui.settings import Settings
    from store.workspace import Workspace


T = TypeVar("T")
P = ParamSpec("P")
S = TypeVar("S", bound="ProgramAccess")


def bind(*names: str, **keys: str) -> list[Binding]:
    """Return the bindings of registered actions; ``keys`` gives an action another key here."""
    return [
        Binding(
            keys.get(action.name, action.key),
            action.command,
            action.label,
            show=action.shown,
            tooltip=action.help,
            id=action.name,
        )
        for action in (ACTIONS[name] for name in names)
    ]


def motions(**keys: str) -> list[Binding]:
    """Return the bindings of keys that only move about, as arrows do in a list: nobody looks for those by name."""
    return [Binding(key, command, show=False) for key, command in keys.items()]


def plain(text: object, style: str = "") -> Content:
    """Return words from people or files as content that no markup or escape in them can bend."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def guarded(function: Callable[[S], Coroutine[Any, Any, None]]) -> Callable[[S], Coroutine[Any, Any, None]]:
    """Show an :class:`AmheError` raised in an action as a plain message instead of ending the program."""

    @functools.wraps(function)
    async def wrapper(self: S) -> None:
        try:
            await function(self)
        except AmheError as error:
            self.tell(error)

    return wrapper


class ScreenGone(asyncio.CancelledError):
    """Work asked for by a screen ended after the screen was closed; there is nothing left to show it on.

    A cancellation, so that a worker or a screen's own message loop ends quietly with it. What was being written is written.
    """


OF_NO_SCREEN = (NoMatches, NoScreen, MountError)
"""What Textual raises when something reaches for parts of a screen that has been closed."""


class Program(App[int]):
    """What a screen may ask of the application it hangs in; the application itself is on the floor above."""

    settings: Settings
    workspace: Workspace | None
    """The open programme file, if there is one."""
    today: Callable[[], date]
    """Says what day it is, which tests can set."""
    session_began: float | None
    """When the workshop's clock was started, on the monotonic clock; it is nobody's record."""

    under_way: set[asyncio.Future[Any]]
    """What screens asked of the store that has not come to its end."""

    @property
    def badge(self) -> str:
        """Return the note at the right of the title bar."""
        raise NotImplementedError

    def failed(self, error: Exception) -> None:
        """Tell of a refusal; after a fault, end the program cleanly."""
        raise NotImplementedError

    def open_workspace(self, path: Path) -> Workspace:
        """Open a programme file for work."""
        raise NotImplementedError

    def close_workspace(self) -> None:
        """Let go of the open programme file."""
        raise NotImplementedError


class ProgramAccess:
    """What screens and dialogs share: the program, its open programme, and the store asked off the screen's own loop."""

    _leaving: tuple[Any] | None = None
    """The answer to close with as soon as this screen is on top again."""

    @property
    def amhe(self) -> Program:
        """Return the running program."""
        return cast(Program, cast(Any, self).app)

    @property
    def workspace(self) -> Workspace:
        """Return the open programme.

        Raises:
            AmheError: None is open.
        """
        if self.amhe.workspace is None:
            raise AmheError("No programme open", "There is no open programme.", "Open one from the first screen.")
        return self.amhe.workspace

    @property
    def gone(self) -> bool:
        """Tell whether this screen has been closed, alone or with the whole program."""
        return not self.amhe.is_running or cast("Screen[Any]", self) not in self.amhe.screen_stack

    async def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``function(...)``, run beside the screen so that keys are never held up.

        Raises:
            ScreenGone: The screen was closed meanwhile; the function has run to its end all the same.
        """
        work = asyncio.ensure_future(asyncio.to_thread(functools.partial(function, *args, **kwargs)))
        self.amhe.under_way.add(work)
        work.add_done_callback(self.amhe.under_way.discard)
        try:
            answer = await self._while_shown(asyncio.shield(work))
        except asyncio.CancelledError:
            work.add_done_callback(self._after_closing)
            raise
        # While a screen is still being made nothing of it is taken away, and to stop in the middle would leave it half made.
        if self.gone and cast(Any, self).is_mounted:
            raise ScreenGone
        return answer

    def _after_closing(self, work: asyncio.Future[Any]) -> None:
        """Tell of trouble with work that nobody waits for any longer; of a widget that is no longer there there is nothing to tell."""
        error = None if work.cancelled() else work.exception()
        if isinstance(error, Exception) and not isinstance(error, OF_NO_SCREEN):
            self.amhe.failed(error)

    def run_worker(self, work: Callable[[], Awaitable[Any]], *args: Any, **kwargs: Any) -> Worker[Any]:
        """Run work that belongs to this screen and ends with it; what it does not tell of a refusal itself is told here.

        It is given as what begins it, because a screen may close before it begins, and a coroutine must not be left unawaited.
        """

        async def begin() -> Any:
            try:
                return await self._while_shown(work())
            except AmheError as error:
                self.tell(error)

        return cast(Any, super()).run_worker(begin, *args, **kwargs)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close this screen with an answer.

        A screen that was closed already stays closed. One that has another on top, as help asked for while it saved, closes when it is on top again:
        Textual would close the other one.
        """
        if self.gone:
            return AwaitComplete()
        if self.amhe.screen is not cast(Any, self):
            self._leaving = (result,)
            return AwaitComplete()
        return cast(Any, super()).dismiss(result)

    def close_if_asked(self) -> bool:
        """Close now that this screen is on top again, if it was asked to close while it was not; tell whether it was."""
        if self._leaving is None:
            return False
        self.dismiss(*self._leaving)
        return True

    def let_pass(self, event: events.Resize) -> None:
        """Let a size pass that the terminal no longer has.

        A screen that is laid out for a size is told of it once more, and two sizes under way at once would follow one another for ever.
        """
        if event.size != self.amhe.size:
            event.prevent_default()

    async def _while_shown(self, work: Awaitable[T]) -> T:
        """Return what the work returns, unless the screen was closed under it: the one place that decides so.

        A refusal is told whether or not the screen is there, because a person must know what was not saved.
        """
        try:
            return await work
        except AmheError as error:
            if self.gone and cast(Any, self).is_mounted:
                self.tell(error)
                raise ScreenGone from error
            raise
        except OF_NO_SCREEN as error:
            # As in `ask`: what is still being made is not stopped in the middle; the program lets this error pass.
            if self.gone and cast(Any, self).is_mounted:
                raise ScreenGone from error
            raise

    async def _pre_process(self) -> bool:
        """Be made; a screen whose making ends as its work does when it is gone has ended, and is not taken for one that was cancelled.

        Textual has no public way to say so, and would not close the program while a screen of it counts as cancelled.
        """
        try:
            return await cast(Any, super())._pre_process()
        except asyncio.CancelledError:
            making = asyncio.current_task()
            if making is None or making.cancelling():
                raise
            return False

    def open(self, screen: str | Screen[Any], *args: Any, **kwargs: Any) -> None:
        """Show a screen over this one: by its name among the routes, made with what is given here, or a dialog as it is."""
        self.amhe.push_screen(_made(screen, args, kwargs))

    @overload
    async def answer(self, screen: Screen[T]) -> T | None: ...
    @overload
    async def answer(self, screen: str, *args: Any, **kwargs: Any) -> Any: ...
    async def answer(self, screen: str | Screen[Any], *args: Any, **kwargs: Any) -> Any:
        """Show a screen as :meth:`open` does and return its answer, nothing where it was left without one; call it from a worker."""
        return await self.amhe.push_screen_wait(_made(screen, args, kwargs))

    def tell(self, error: AmheError) -> None:
        """Say what happened and what to do."""
        self.amhe.failed(error)

    def say(self, text: str) -> None:
        """Say briefly that something was done."""
        self.amhe.notify(safe(text), timeout=3, markup=False)

    @property
    def today(self) -> date:
        """Return the date of today, which tests can set."""
        return self.amhe.today()


def _made(screen: str | Screen[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Screen[Any]:
    return routes.make(screen, *args, **kwargs) if isinstance(screen, str) else screen


class TitleBar(Static):
    """The top line: where we are, in which programme, and whether it is a rehearsal."""

    DEFAULT_CSS = (
        "TitleBar { dock: top; height: 1; padding: 0 1; background: $primary; color: $background; text-style: bold; }"
    )

    def __init__(self, where: str = "") -> None:
        super().__init__(markup=False, id="title-bar")
        self._where, self._right = where, ""

    def place(self, where: str, right: str = "") -> None:
        """Show where we are and, at the right, a note."""
        self._where, self._right = where, right
        self.refresh()

    def render(self) -> Content:
        """Draw both ends of the line, shortening the left one where there is no room."""
        room = max(self.content_size.width - cell_len(self._right), 0)
        left = Content(safe(self._where)).truncate(max(room - 1, 0), ellipsis=True)
        return Content.assemble(left, " " * max(room - left.cell_length, 0), safe(self._right))


class KeyBar(Widget):
    """The bottom line: every key that works here, which can be clicked; what does not fit is behind the help key.

    One widget that draws itself, because Textual's own footer is a widget a key and is made anew whenever the focus moves.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; background: $surface; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__(id="key-bar")
        self._places: list[tuple[int, int, ActiveBinding]] = []

    def on_mount(self) -> None:
        """Draw again when other keys work."""
        signal = cast("Signal[Any]", cast(Any, self.screen).bindings_updated_signal)
        signal.subscribe(self, self._changed)

    def _changed(self, _screen: Any) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draw the keys from the left as far as there is room."""
        self._places.clear()
        parts: list[Content | tuple[str, str]] = []
        at = 0
        for keys, label in self._named():
            ends = at + sum(cell_len(key) + 1 for key, _ in keys) + cell_len(label) + 2
            if ends > self.size.width:
                break
            for key, active in keys:
                parts.append((f" {key}", "bold $accent"))
                self._places.append((at, at + cell_len(key) + 1, active))
                at += cell_len(key) + 1
            parts.append(Content(f" {label} "))
            if len(keys) == 1:  # its name can be clicked too; that of several is none of theirs
                self._places[-1] = (self._places[-1][0], ends, keys[0][1])
            at = ends
        return Content.assemble(*parts)

    def _named(self) -> list[tuple[list[tuple[str, ActiveBinding]], str]]:
        """Return the keys, each with its name; keys of one family stand together before the name of it, where not all have room for theirs."""
        named: list[tuple[list[tuple[str, ActiveBinding]], str]] = []
        at = 0
        for family, members in groupby(self._keys(), lambda key: _family(key[1])):
            several = list(members)
            width = sum(cell_len(key) + cell_len(active.binding.description) + 3 for key, active in several)
            if family and at + width > self.size.width:
                named.append((several, family))
            else:
                named += [([(key, active)], active.binding.description) for key, active in several]
            at += width
        return named

    def _keys(self) -> list[tuple[str, ActiveBinding]]:
        if not self.is_attached:
            return []
        keys: dict[str, tuple[str, ActiveBinding]] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in keys:
                keys[binding.action] = (key_name(key), active)
        # Help and the way back stand first, so that they are never the ones that do not fit.
        first = [keys.pop(name) for name in list(keys) if name in ("help", "back")]
        return [*first, *keys.values()]

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked, where it is bound."""
        for start, end, active in self._places:
            if start <= event.x < end:
                await cast(Widget, active.node).run_action(active.binding.action)


def _family(active: ActiveBinding) -> str:
    action = ACTIONS.get(active.binding.id or "")
    return "" if action is None else action.family


_KEYS = {
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Del",
    "space": "Space",
    "plus": "+",
    "minus": "-",
    "backspace": "⌫",
    "f1": "F1",
}


def key_name(key: str) -> str:
    """Return a key as it is written on the keyboard."""
    return f"^{key.removeprefix('ctrl+').upper()}" if key.startswith("ctrl+") else _KEYS.get(key, key)


_WIDE, _BROAD = 100, 160
"""Columns from which a screen counts as wide, and as broad."""
_HIGH = 24
"""Rows below which a screen counts as low."""


class AmheScreen(ProgramAccess, Screen[T]):
    """A screen of the program."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("help", "back")]
    where = ""
    """The words of the title bar."""
    helped_by = ""
    """The sub-step whose guidance and help belong to this screen."""

    def compose(self) -> ComposeResult:
        """Put the title bar on top and the footer below what the screen itself shows."""
        yield TitleBar(self.where)
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """Yield what the screen shows."""
        yield from ()

    @on(events.Resize)
    def _measure(self, event: events.Resize) -> None:
        """Tell the styles how much room there is; broad is wide too."""
        self.let_pass(event)
        size = self.amhe.size
        self.set_class(size.width < _WIDE, "-narrow")
        self.set_class(size.height < _HIGH, "-low")
        self.set_class(size.width >= _WIDE, "-wide")
        self.set_class(size.width >= _BROAD, "-broad")

    def place(self, where: str) -> None:
        """Say in the title bar where we are."""
        self.query_one(TitleBar).place(where, self.amhe.badge)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what :meth:`offers` says; an action that opens a screen goes by its own name."""
        return self.offers(str(parameters[0]) if action == "open_screen" else action)

    def offers(self, name: str) -> bool:  # noqa: ARG002
        """Tell whether the action, or all those that its method does, can be done here and now."""
        return True

    def action_open_screen(self, name: str) -> None:
        """Open the screen of an action that only opens one."""
        self.open(ACTIONS[name].opens, *self.given_to(name))

    def given_to(self, name: str) -> tuple[Any, ...]:  # noqa: ARG002
        """Return what the screen of an action is made with."""
        return ()

    async def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    async def action_help(self) -> None:
        """Show what can be done here."""
        self.open("help", self)

    async def keep_typed(self) -> None:
        """Keep what is typed and not yet saved; called when the program is left."""

    async def reload(self) -> None:
        """Read again what is shown; called when the programme changed under it."""

    async def on_screen_resume(self) -> None:
        """Read again what is shown: another screen may have changed it."""
        if not self.close_if_asked() and self.amhe.workspace is not None:
            await self.guarded_reload()

    @guarded
    async def guarded_reload(self) -> None:
        """Read again, telling of trouble instead of ending."""
        await self.reload()

    async def action_undo(self) -> None:
        """Take back the last change."""
        await self._turn("undo")

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._turn("redo")

    async def _turn(self, way: str) -> None:
        try:
            workspace = self.workspace
            entry = await self.ask(workspace.undo if way == "undo" else workspace.redo)
            if entry is None:
                self.say("Nothing to undo." if way == "undo" else "Nothing to redo.")
                return
            self.say(f"{'Undone' if way == 'undo' else 'Done again'}: {entry.label}")
            await self.reload()
        except AmheError as error:
            self.tell(error)


class AmheDialog(ProgramAccess, ModalScreen[T]):
    """A dialog over a screen; Escape leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("cancel")]
    DEFAULT_CSS = """
    AmheDialog { align: center middle; background: $background 60%; }
    AmheDialog > .dialog { width: 76; max-width: 94%; height: auto; max-height: 92%; padding: 1 2; background: $surface; border: round $primary; }
    AmheDialog > .dialog { border-subtitle-color: $text-muted; }
    AmheDialog .dialog-title { text-style: bold; color: $primary; margin-bottom: 1; }
    AmheDialog .dialog-buttons { height: auto; align-horizontal: right; margin-top: 1; }
    AmheDialog Button { margin-left: 2; }
    """
    way_out = "Esc leaves"
    """What stands in the frame, so that nobody has to guess how a dialog is left; "" where its own words say so."""

    @on(events.Resize)
    def _hear_of_size(self, event: events.Resize) -> None:
        self.let_pass(event)

    def on_mount(self) -> None:
        """Say in the frame how the dialog is left."""
        for frame in self.query(".dialog"):
            frame.border_subtitle = self.way_out

    def on_screen_resume(self) -> None:
        """Close if that was asked while another dialog lay on top."""
        self.close_if_asked()

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
