"""Settings as a schema: each is declared once, with what it does, and kept in one small file a person can read."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amhe_tui.atomic import write_text_whole
from amhe_tui.paths import settings_folder, state_folder
from amhe_tui.text import one_line

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure.breakdown import Policy

RECENT = 8
MOST_LEAST_GAP = 1_000
"""The highest that the least relative difference that matters can be set to, in percent."""


@dataclass
class Settings:
    """The choices of this person on this computer."""

    theme: str = "amhe-dark"
    """The colours: amhe-light, amhe-dark, amhe-high-contrast or amhe-mono."""
    initials: str = ""
    """Whose initials stand beside changes in the history; may stay blank."""
    small_number: int = 5
    """Counts below this are hidden in anything that leaves the room."""
    zero_is_small: bool = True
    """Whether a count of 0 is hidden as well, as in the statistics of the NHS below England."""
    rounding: int = 5
    """Counts that leave the room are rounded to multiples of this; 0 for no rounding."""

    weaker_because: str = ""
    """Why less may be hidden or rounded than usual (below 5, 0 too, to 5); without a reason the usual rules hold, and the reason is printed with the figures."""
    least_gap: int = 10
    """The least relative difference that matters, in percent: a narrower gap is not called sure, however many people are behind it."""

    @property
    def least(self) -> float:
        """The least relative difference that matters, as a part; what makes no sense in the file of settings is as it was at first."""
        return (self.least_gap if 0 <= self.least_gap <= MOST_LEAST_GAP else Settings.least_gap) / 100

    def policy(self, audience: str) -> Policy:
        """Return how small numbers are treated for an audience; what makes no sense in the file of settings is as it was at first.

        A setting may make the rules stricter. What makes them weaker holds only with a reason, which is printed wherever the figures are.
        """
        from amhe_tui.analysis.disclosure.breakdown import Policy

        because = one_line(self.weaker_because)
        least = self.small_number if self.small_number >= 1 else Settings.small_number
        step = self.rounding if self.rounding >= 0 else Settings.rounding
        zero = self.zero_is_small
        if not because:
            least, step, zero = max(least, Settings.small_number), max(step, Settings.rounding), True
        return Policy(audience, least, zero, step, because)


def _file() -> Path:
    return settings_folder() / "settings.json"


def load_settings() -> Settings:
    """Return the settings; a missing or unreadable file means the defaults."""
    try:
        stored: Any = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    settings = Settings()
    for item in fields(Settings):
        value = cast("dict[str, Any]", stored).get(item.name) if isinstance(stored, dict) else None
        if isinstance(value, type(item.default)) and isinstance(value, bool) == isinstance(item.default, bool):
            setattr(settings, item.name, value)
    return settings


def save_settings(settings: Settings) -> None:
    """Keep the settings for the next time."""
    _write(_file(), asdict(settings))


def recent_programmes() -> list[Path]:
    """Return the programme files opened last, newest first, those that are gone left out."""
    try:
        stored: Any = json.loads((state_folder() / "recent.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = cast("list[Any]", stored) if isinstance(stored, list) else []
    return [Path(name) for name in names if isinstance(name, str) and Path(name).is_file()]


def remember_programme(path: Path) -> None:
    """Put a programme file at the head of those opened last."""
    resolved = path.resolve()
    others = [other for other in recent_programmes() if other != resolved]
    rehearsals = (state_folder() / "rehearsal").resolve()
    if (
        rehearsals in resolved.parents
    ):  # every rehearsal has a file of its own, and only the last is worth going back to
        others = [other for other in others if rehearsals not in other.parents]
    _write(state_folder() / "recent.json", [str(programme) for programme in [resolved, *others][:RECENT]])


def _write(path: Path, content: object) -> None:
    with contextlib.suppress(OSError):  # a convenience that cannot be kept must never stop the work
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text_whole(path, json.dumps(content, indent=1))
