"""Step 1, IDENTIFY: sources and assets, voices, challenges, findings."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sample_data import challenges_content as challenges
from sample_data import evidence_notes
from sample_data import identify_content as content
from sample_data import remarks_content as remarks
from sample_data import voices_content as voices
from sample_data.evidence_script import bring_in, read_back
from sample_data.maker import Maker
from store.records import (
    AccessNeed,
    Activity,
    Asset,
    Challenge,
    DataSource,
    Finding,
    GroupToSee,
    IndicatorMeaning,
    LabelJoin,
    Member,
    Monitoring,
    Participant,
    Population,
    Remark,
    Theme,
)

ASSETS = Path(__file__).with_name("assets_northmere.csv")


def assets() -> list[Mapping[str, Any]]:
    """Return the community assets of the sample; the file gives the weeks since each was checked."""
    with ASSETS.open(encoding="utf-8", newline="") as stream:
        return [{**row, "checked": -7 * int(row["checked"])} for row in csv.DictReader(stream)]


def run(maker: Maker) -> None:
    """Put in what step 1 leads to."""
    maker.put("Say who works on it and for whom", (Member, content.MEMBERS), (Population, content.POPULATIONS))
    bring_in(maker)
    read_back(maker)
    maker.put("Note sources without a file", (DataSource, content.DESCRIBED_SOURCES))
    maker.put(
        "Say what the figures mean and which labels are one",
        (IndicatorMeaning, evidence_notes.MEANINGS),
        (LabelJoin, evidence_notes.JOINS),
    )
    maker.put("Look for whom the data miss", (GroupToSee, evidence_notes.GROUPS_TO_SEE))
    maker.put("Bring in community assets", (Asset, assets()))
    maker.put("Plan how to hear people", (Activity, voices.ACTIVITIES))
    maker.put(
        "Note who came and what they needed",
        (Participant, voices.PARTICIPANTS),
        (Monitoring, voices.MONITORING),
        (AccessNeed, voices.ACCESS_NEEDS),
    )
    maker.put("Name themes", (Theme, voices.THEMES))
    maker.put("Take down what people said", (Remark, remarks.REMARKS))
    maker.put("Write down what stood in the way", (Challenge, challenges.CHALLENGES))
    maker.put("Write down findings", (Finding, content.FINDINGS))
