"""Answers exported from KoboToolbox or ODK, with a column of ones and noughts for each option of a question that allows several."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.intake.publishers.unpublished import ANSWERS

_BOOKS = (
    r"_\w+|__\w+|start|end|today|device ?id|subscriber ?id|sim ?(id|serial)|phone ?number|username|audit|meta[/-].*|meta instance ?(id|name)|instance ?(id|name)|formhub/uuid|"
    r"submission ?date|submitter ?(id|name)|form ?version|attachments ?(present|expected)|review ?state"
)


PUBLICATIONS = (
    replace(
        ANSWERS,
        rank=345,
        signature=(
            ("_uuid", "_submission_time"),
            ("_id", "_submission_time"),
            ("submissiondate", "meta-instanceid"),
            ("submissiondate", "key"),
        ),
        bookkeeping=_BOOKS,
        stamps=r"start|submission ?(time|date)",
    ),
)
