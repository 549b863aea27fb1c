"""One question to the evidence, in its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from amhe_tui.errors import AmheError
from amhe_tui.text import shorten

WANTS = ("value", "sum", "rows", "completeness", "suppressed", "groups", "areas", "warnings")
"""What can be asked for."""


@dataclass(frozen=True)
class Question:
    """What is asked; "" leaves it open.

    Attributes:
        indicator, statistic: What was counted, and as what.
        characteristic, group, level, within: Who.
        area, area_type: Where.
        period: When.
        status: Why there is no figure, for counting rows.
        want: One of :data:`WANTS`.
    """

    want: str = "value"
    indicator: str = ""
    statistic: str = ""
    characteristic: str = ""
    group: str = ""
    level: str = ""
    within: str = ""
    area: str = ""
    area_type: str = ""
    period: str = ""
    status: str = ""

    @classmethod
    def made(cls, given: Mapping[str, object]) -> Question:
        """Return a question from its parts by name.

        Raises:
            AmheError: A part has a name that no question has, or what is wanted cannot be asked for.
        """
        known = {one.name for one in fields(cls)}
        for name in given:
            if name not in known:
                raise AmheError(
                    "Unknown part", f"A question has no {shorten(name, 30)}.", f"Use: {', '.join(sorted(known))}."
                )
        found = cls(**{name: str(value) for name, value in given.items() if value not in (None, "")})
        if found.want not in WANTS:
            raise AmheError(
                "Unknown wish", f"{shorten(found.want, 30)} cannot be asked for.", f"Use: {', '.join(WANTS)}."
            )
        return found
