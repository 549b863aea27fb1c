"""The one error a person ever sees: what it is, what happened, what to do about it."""

from __future__ import annotations


class AmheError(Exception):
    """A refusal in plain words.

    Args:
        title: A few words naming the trouble.
        what_happened: One sentence on what happened; nothing was changed unless it says so.
        what_to_do: One sentence with one remedy.
    """

    def __init__(self, title: str, what_happened: str, what_to_do: str) -> None:
        super().__init__(f"{title}: {what_happened} {what_to_do}")
        self.title = title
        self.what_happened = what_happened
        self.what_to_do = what_to_do
