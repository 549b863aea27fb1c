"""The sections of the overview of every gap: by how sure a gap is; each with its words, here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Section = Literal["sure", "few", "close", "small", "alike", "bare", "none"]


@dataclass(frozen=True)
class SectionWords:
    """What a section is called.

    Attributes:
        title: Its name where there is room.
        short: Its name where there is little.
        about: What stands in it, in a sentence or two.
    """

    title: str
    short: str
    about: str


SECTIONS: Mapping[Section, SectionWords] = {
    "sure": SectionWords(
        "Sure: wider than chance",
        "Sure",
        "These gaps are wider than chance gives among so many comparisons, and wide enough to matter.",
    ),
    "few": SectionWords(
        "Too few people to tell",
        "Too few",
        "Too few people are counted to tell these gaps from chance. That is no sign that all is well: ask people in 1B.",
    ),
    "close": SectionWords(
        "Too close to tell",
        "Close",
        "There are people enough here, but among so many comparisons chance alone could give gaps like these. Ask people in 1B here too.",
    ),
    "small": SectionWords(
        "Small: not by chance, but narrow",
        "Small",
        "These gaps are wider than chance, but narrower than the least that matters, which the settings name.",
    ),
    "alike": SectionWords(
        "About the same", "Alike", "Here even the widest gap that the figures leave room for is small."
    ),
    "bare": SectionWords(
        "No counts to judge by",
        "No counts",
        "These are published without the counts behind them, so nobody can say whether a gap is more than chance.",
    ),
    "none": SectionWords(
        "Cannot be computed", "None", "Here no gap can be worked out, because a figure is hidden or missing."
    ),
}
"""The sections in their order; their keys on the screen are 1 to 7."""
