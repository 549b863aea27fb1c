"""A person in line mode: reads each question, and answers it with keys, through the real prompts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

DOWN, UP, ENTER, LEAVE = "\x1b[B", "\x1b[A", "\r", "\x03"
END_OF_FILE = "\x05\x15\x04"
"""Ctrl+D on an empty line."""
AFRESH = "\x05\x15"
"""Goes to the end of the line and takes away what stands there."""


@dataclass
class Person:
    """Answers one question after another and remembers what was asked.

    An answer is the beginning of what is to be chosen, several of them for boxes to tick, the words to write, or yes or no;
    None leaves the question with Ctrl+C, and ENTER takes what is offered.
    """

    keys: PipeInput
    answers: list[Any]
    asked: list[str] = field(default_factory=list[str])
    offered: list[str] = field(default_factory=list[str])

    def _next(self, question: str) -> Any:
        assert self.answers, f"“{question}” was asked, and no answer was expected"
        self.asked.append(question)
        return self.answers.pop(0)

    def select(self, question: str, choices: Sequence[questionary.Choice], default: str | None) -> None:
        """Go to what is wanted and take it."""
        wanted = self._next(question)
        titles = [str(choice.title) for choice in choices]
        self.offered = titles
        at = next((row for row, choice in enumerate(choices) if choice.value == default), 0)
        self._take(question, wanted, titles, at)

    def _take(self, question: str, wanted: str | None, titles: list[str], at: int) -> None:
        if wanted is None or wanted == ENTER:
            self.keys.send_text(wanted or LEAVE)
            return
        rows = [row for row, title in enumerate(titles) if title.startswith(wanted)]
        assert rows, f"“{question}” offers no “{wanted}”: {titles}"
        self.keys.send_text((DOWN if rows[0] > at else UP) * abs(rows[0] - at) + ENTER)

    def checkbox(self, question: str, choices: Sequence[questionary.Choice]) -> None:
        """Go down the list and tick what is wanted, beside what is ticked already."""
        wanted = self._next(question)
        if wanted is None or wanted == ENTER:
            self.keys.send_text(wanted or LEAVE)
            return
        titles = [str(choice.title) for choice in choices]
        assert all(any(title.startswith(one) for title in titles) for one in wanted), (question, wanted, titles)
        ticks = [" " if title.startswith(tuple(wanted)) else "" for title in titles]
        self.keys.send_text(DOWN.join(ticks) + ENTER)

    def text(self, question: str) -> None:
        """Write."""
        words = self._next(question)
        self.keys.send_text(
            LEAVE if words is None else words if words in (ENTER, END_OF_FILE) else f"{AFRESH}{words}{ENTER}"
        )

    def confirm(self, question: str) -> None:
        """Say yes or no."""
        answer = self._next(question)
        self.keys.send_text({True: "y", False: "n", None: LEAVE, ENTER: ENTER}[answer])


@contextmanager
def answering(monkeypatch: pytest.MonkeyPatch, *answers: Any) -> Iterator[Person]:
    """Let a person answer whatever is asked, and check that every answer was wanted."""
    select, text, confirm, checkbox = (
        questionary.select,
        questionary.text,
        questionary.confirm,
        questionary.checkbox,
    )

    def on_select(message: str, *, choices: Any, default: Any = None, **more: Any) -> Any:
        person.select(message, choices, default)
        return select(message, choices=choices, default=default, **more)

    def on_checkbox(message: str, *, choices: Any, **more: Any) -> Any:
        person.checkbox(message, choices)
        return checkbox(message, choices=choices, **more)

    def on_text(message: str, **more: Any) -> Any:
        person.text(message)
        return text(message, **more)

    def on_confirm(message: str, **more: Any) -> Any:
        person.confirm(message)
        return confirm(message, **more)

    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
        monkeypatch.context() as here,
    ):
        person = Person(keys, list(answers))
        for name, standing_in in (
            ("select", on_select),
            ("text", on_text),
            ("confirm", on_confirm),
            ("checkbox", on_checkbox),
        ):
            here.setattr(questionary, name, standing_in)
        yield person
    assert not person.answers, f"nobody asked for {person.answers}; asked was {person.asked}"
