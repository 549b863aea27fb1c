"""Answers exported from LimeSurvey, with the codes of its questions or their words, or both."""

from __future__ import annotations

import re

from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="lime_survey",
        called="answers exported from LimeSurvey",
        family="answers",
        rank=330,
        about={"kind": "experience"},
        signature=(("response id", "date submitted"), ("id", "submitdate"), ("id", "lastpage", "startlanguage")),
        before_words=re.compile(r"^\w+(\[\w+\])*\. (?=\S)"),
        bookkeeping=(
            r"response id|id|submitdate|date submitted|startdate|datestamp|last page|lastpage|seed|start language|startlanguage|date started|"
            r"date last action|refurl|referrer url"
        ),
        stamps=r"submitdate|date submitted|start ?date|date started",
    ),
)
