"""What stands in a cell where a number would, and why there is none: a reason is kept, never turned into 0 and never dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.bulk import Marker

_BY_REASON: Mapping[str, str] = {
    "rounds to zero": "low k",
    "suppressed": "* ** ~ # c [c] [c1] [c2] supp supp. suppressed <3 <5 <6 <7 <8 <10 <11 <20 disclosive redacted hidden data_suppressed suppressed_data",
    "not collected": "null [null] not_collected",
    "not given": "- -- – — .",
    "not applicable": "na n/a #n/a [z] z n.a. not_applicable not_apply does_not_apply",
    "not available": "[x] x .. ... … : [k] [m] unavailable not_available no_data data_not_available not_published [not_available] nan",
    "unreliable": "u [u] [low] [w] unreliable low_reliability",
    "not known": "nk n/k unknown not_known not_recorded missing none",
    "not stated": "ns n/s not_stated declined refused prefer_not_to_say",
    "error in the file": "#ref! #value! #div/0! #name? #null! #num! [er] #err #error! err:502",
}
_MARKERS: Mapping[str, str] = {
    "": "blank",
    **{word.replace("_", " "): reason for reason, words in _BY_REASON.items() for word in words.split()},
}
_LESS_THAN = re.compile(
    r"([<≤]=?|&lt;=?|less than|fewer than|under|up to)\s*(\d{1,2}(\.\d+)?\s*%?|three|five|six|seven|ten)$|\d{1,2} or (fewer|less)$|"
    r"[0-4]\s*(-|–|to)\s*([2-9]|10)$"
)
"""A small number that is only said to be small: ``<5``, ``fewer than five``, ``1–4``."""


def read_marker(words: str) -> Marker | None:
    """Return the marker that a cell, cleaned and on one line, holds in place of a number; nothing where it holds none."""
    letters = words.casefold()
    status = _MARKERS.get(letters) or _MARKERS.get(letters.replace("_", " "))
    if status is None and _LESS_THAN.match(letters):
        status = "suppressed"
    return None if status is None else Marker(words, status)
