"""Waiting for what a screen or dialog answers."""

from __future__ import annotations

from typing import TypeVar, cast

from textual.screen import Screen

from screens.base import Asking

T = TypeVar("T")


async def answer_of(asking: Asking, shown: Screen[T]) -> T | None:
    """Show a screen or dialog and return its answer, nothing where it was left without one; call it from a worker."""
    return cast("T | None", await asking.amhe.push_screen_wait(shown))
