"""What kind of table one is: figures, answers of people, or a list of things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amhe_tui.intake.column_roles import guess_roles
from amhe_tui.intake.columns import Profile

_FORMS = (
    ("google_forms", ("timestamp",)),
    ("microsoft_forms", ("start time", "completion time")),
    ("lime_survey", ("response id", "date submitted")),
    ("lime_survey", ("id", "submitdate")),
    ("lime_survey", ("id", "lastpage", "startlanguage")),
    # SurveyMonkey, Qualtrics, SmartSurvey and Jisc Online Surveys
    ("answers", ("respondent id", "collector id")),
    ("answers", ("response id", "recorded date")),
    ("answers", ("responseid", "recordeddate")),
    ("answers", ("userno", "started", "ended")),
    ("answers", ("unique response number",)),
)
_CODE_BEFORE = re.compile(r"^\w+(\[\w+\])*\. (?=\S)")
"""The code of a question, which LimeSurvey may write before its words."""
_PLACES_TO_GO = re.compile(
    r"\b(address ?\d?|address line ?\d?|post ?code|telephone|phone|website|web ?site|url|e-?mail|description|opening hours)\b|^(reaches|languages|access|capacity|contact)$",
    re.IGNORECASE,
)
_REACHED_BY = re.compile(r"address|post ?code|telephone|phone|website|web ?site|url|e-?mail|^contact$", re.IGNORECASE)
_NAMES = re.compile(r"(^|\b)(name|title|service|organisation ?name|service name)$", re.IGNORECASE)


def family_of(columns: Sequence[str], profiles: Sequence[Profile], rows: int) -> tuple[str, str]:
    """Return whether a table holds figures, answers of people or a list of things, and what it is called."""
    names = {said for name in columns for said in (name.casefold(), _CODE_BEFORE.sub("", name).casefold())}
    for name, signs in _FORMS:
        if set(signs) <= names and (name != "google_forms" or columns[0].casefold() == "timestamp"):
            return "answers", name
    called = [one.name for one in profiles if _NAMES.search(" ".join(one.words.split()))]
    places = [one.words for one in profiles if _PLACES_TO_GO.search(one.words)]
    if called and len(places) >= 2 and any(map(_REACHED_BY.search, places)):
        return "list", "directory"
    if "value" not in guess_roles(profiles, rows).values():
        asks = sum(one.name.endswith("?") or len(one.name) > 40 for one in profiles)
        return ("answers", "answers") if asks * 3 >= len(profiles) else ("list", "list")
    return "figures", "tidy"
