"""Core20PLUS5 as data: the most deprived fifth, the groups a system chooses besides, and the clinical area that this work is about.

It sets no figure of its own; it says where to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amhe_tui.method.groups.characteristics import INCLUSION_HEALTH, PROTECTED, recognise

CORE = "Core20: the most deprived fifth against the other four"
PLUS = "PLUS: groups that a system chooses because they fare worse than others"
FIVE = "5: of the five clinical areas, severe mental illness"

CLINICAL = (
    "For adults, one of the five is severe mental illness: that people who live with it have a full physical health check "
    "every year. For children and young people it is access to mental health services."
)


@dataclass(frozen=True)
class PlusGroup:
    """A group of PLUS, and how the headings of files are known to be about it.

    Attributes:
        label: What it is called.
        codes: The characteristics that it is, as `amhe_tui.method.groups.characteristics` stores them.
        words: What else in a heading says so; "" for nothing.
    """

    label: str
    codes: tuple[str, ...] = ()
    words: str = ""

    def is_named_by(self, heading: str) -> bool:
        """Tell whether a heading, or the label of a group, is about it."""
        known = recognise(heading)
        letters = heading.casefold().replace("_", " ")
        return (known is not None and known.code in self.codes) or bool(self.words and re.search(self.words, letters))


_NAMED = ("race", "disability")
PLUS_GROUPS = (
    PlusGroup("Ethnic minority communities", ("race",)),
    *(PlusGroup(entry.label, (entry.code,)) for entry in INCLUSION_HEALTH),
    PlusGroup(
        "People with a learning disability, and autistic people",
        words=r"\bld status\b|learning disab|\bautis",
    ),
    PlusGroup("Coastal communities", words=r"\bcoast"),
    PlusGroup("People with several long-term conditions", words=r"multi-?morbid|long.term condition|comorbid"),
    PlusGroup("Carers", ("carers",)),
    PlusGroup("Looked-after children and care leavers", ("care_leavers",)),
    *(PlusGroup(entry.label, (entry.code,)) for entry in PROTECTED if entry.code not in _NAMED),
    PlusGroup("Disability", ("disability",)),
)
"""The groups of PLUS, for adults and for children and young people: what a system may choose among."""

_ILLNESS = re.compile(
    r"severe mental|serious mental|\bsmi\b|psychosis|psychotic|schizophren|bipolar|physical health check"
)


def is_severe_illness(name: str) -> bool:
    """Tell whether a name is about severe mental illness."""
    return bool(_ILLNESS.search(name.casefold().replace("_", " ")))
