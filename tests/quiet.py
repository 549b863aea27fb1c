"""An event loop that knows whether anything is still to be done in it, so that a test waits for that and never for a time.

Textual's own pilot takes a program for idle when it has used little processor time for a moment. On a busy machine a program
uses little because it gets little, and a test that believes it looks at a screen that is not there yet.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 300
"""Seconds after which something that never ends is a fault; nothing but a fault reaches them."""


class QuietLoop(asyncio.SelectorEventLoop):
    """An event loop that counts what it has given to threads."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor()
        self.set_default_executor(self._threads)
        self._beside = 0
        self._news = asyncio.Event()

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Give work to a thread, and count it until its result is back in the loop, or nobody can want it any more."""
        job = (executor or self._threads).submit(func, *args)
        self._beside += 1
        result = asyncio.wrap_future(job, loop=self)
        job.add_done_callback(self._ended)  # after the one that brings the result, hence called after it
        return result

    def _ended(self, _job: Future[Any]) -> None:
        self.call_soon_threadsafe(self._one_less)

    def _one_less(self) -> None:
        self._beside -= 1
        self._news.set()

    async def quiet(self, held_up: int = 0) -> None:
        """Wait until nothing is ready to run and no thread works but those a test holds up; what waits for a key or for a clock does not count."""
        while True:
            await asyncio.sleep(0)
            if self._ready:  # type: ignore[attr-defined]
                continue
            if self._beside <= held_up:
                return
            self._news.clear()
            await self._news.wait()


def running_loop() -> QuietLoop:
    """Return the loop of the test that runs."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, QuietLoop), "the test runs outside the loop that tests/conftest.py makes"
    return loop


async def all_done(app: App[Any]) -> None:
    """Wait until the program has dealt with everything it was given, and what came of that is on the screen."""
    loop = running_loop()
    async with asyncio.timeout(PATIENCE):
        while True:
            await loop.quiet()
            screen: Any = app.screen_stack[-1] if app._screen_stacks.get(app.current_mode) else None
            if screen is None or app._exit or not app.is_running:
                return
            if app._resize_timer is not None:  # another size is told of a moment later
                app._check_resize()
            elif app._batch_count:  # drawing is put off for a moment
                await asyncio.sleep(0.005)
            elif _to_draw(screen):
                screen._on_timer_update()  # what the screen's clock does sixty times a second
            else:
                if app in drawn_at_rest and screen._compositor._dirty_regions:
                    screen.draw_now()
                return


drawn_at_rest: weakref.WeakSet[App[Any]] = weakref.WeakSet()
"""Programs whose screen is drawn only when all is done: nobody sees what is drawn in between."""


def _to_draw(screen: Any) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def wait_for_work_not_for_time() -> None:
    """Make Textual's pilot wait until everything is done, wherever it would guess from a clock, and draw what is then on the screen."""
    from textual import app, pilot
    from textual.screen import Screen
    from textual.widgets import Button

    async def idle(*_times: float) -> None:
        await running_loop().quiet()

    async def screen_done(self: pilot.Pilot[Any], timeout: float = PATIENCE) -> bool:  # noqa: ARG001, ASYNC109 (Textual's own signature)
        await all_done(self.app)
        return True

    def draw(self: Any) -> None:
        if self.app in drawn_at_rest and self is self.app.screen:
            self._dirty_widgets.clear()
        else:
            self.draw_now()

    if not hasattr(Screen, "draw_now"):
        Screen.draw_now = Screen._compositor_refresh  # type: ignore[attr-defined]
        Screen._compositor_refresh = draw  # type: ignore[method-assign]
    app.wait_for_idle = pilot.wait_for_idle = idle  # type: ignore[attr-defined]
    Button._start_active_affect = lambda _button: None  # type: ignore[method-assign]  # a button that flashes takes no second press
    pilot.Pilot._wait_for_screen = screen_done  # type: ignore[method-assign]
