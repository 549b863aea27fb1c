"""What is known of published indicators: the counts behind them, the words for them, and which way is better."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from amhe_tui.method.choices import Direction, Domain


@dataclass(frozen=True)
class KnownIndicator:
    """What is known of an indicator.

    Attributes:
        numerator: The id of the count on top.
        plus, minus: Ids of the counts that make the denominator: those added, less those taken away.
        denominator_words: The people it counts, in full.
        outcome_words: What some of them did, in the past tense.
        higher_is_better: None where nobody has said.
        domain: Access, experience or outcomes.
        events: For a rate, what is counted, such as ``detentions``.
        per: For a rate, for how many people it is given; 0 where it is no rate or nobody has said.
        reference: The group it is usually compared with, or "" for everyone else.
        implied: Whether the count on top is not published, and follows from the share and how many were counted.
    """

    numerator: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    denominator_words: str = ""
    outcome_words: str = ""
    higher_is_better: bool | None = None
    domain: str = ""
    events: str = ""
    per: int = 0
    reference: str = ""
    implied: bool = False


_FINISHED = ("finished_course_treatment.count",)
_BEGAN_UNWELL = "people who finished a course of treatment and began unwell enough to be able to recover"
_TREATED = "people who finished a course of treatment"
_TALKING_THERAPIES = {
    # Recovery is out of those who finished and were at caseness when they began, which is not the published count at caseness.
    "recovery.percentage": KnownIndicator(
        "recovery.count", _FINISHED, ("not_at_caseness.count",), _BEGAN_UNWELL, "recovered", True, Domain.OUTCOMES
    ),
    "reliable_recovery.percentage": KnownIndicator(
        "reliable_recovery.count",
        _FINISHED,
        ("not_at_caseness.count",),
        _BEGAN_UNWELL,
        "recovered, by more than the measure's error",
        True,
        Domain.OUTCOMES,
    ),
    "improvement.percentage": KnownIndicator(
        "improvement.count", _FINISHED, (), _TREATED, "improved", True, Domain.OUTCOMES
    ),
    "deterioration.percentage": KnownIndicator(
        "deterioration.count", _FINISHED, (), _TREATED, "got worse", False, Domain.OUTCOMES
    ),
    "no_reliable_change.percentage": KnownIndicator(
        "no_reliable_change.count", _FINISHED, (), _TREATED, "did not change reliably", None, Domain.OUTCOMES
    ),
    # The first word of the events is the one that takes an s: of one it is left out.
    "referrals_received.count": KnownIndicator(domain=Domain.ACCESS, events="referrals received"),
    "finished_course_treatment.count": KnownIndicator(domain=Domain.ACCESS, events="courses of treatment finished"),
}
_MHSDS_SHARE = re.compile(r"^(MRS\d+)([bdf])$")
# Waiting for a contact: the shares of these are out of another measure's count.
_MHSDS_BASE = {"MRS07": "MRS03", "MRS14": "MRS10"}


def known_indicator(identity: str) -> KnownIndicator:
    """Return what is known of an indicator; nothing is guessed for one that is not known."""
    if identity in _TALKING_THERAPIES:
        return _TALKING_THERAPIES[identity]
    if match := _MHSDS_SHARE.match(identity):
        base, letter = match.groups()
        waits = base not in ("MRS01", "MRS08")
        return KnownIndicator(
            f"{base}{chr(ord(letter) - 1)}",
            (_MHSDS_BASE.get(base, base),),
            (),
            "referrals still waiting" if waits else "referrals that were seen and helped",
            "had waited longer than the measure's limit" if waits else "were seen and helped in under four weeks",
            not waits,
            Domain.ACCESS,
        )
    if identity.endswith(".crude_rate"):
        return _detention_rate(identity.removesuffix(".crude_rate"))
    if identity.endswith(".value"):
        stem = identity.removesuffix("value")
        return KnownIndicator(f"{stem}numerator", (f"{stem}denominator",))
    return KnownIndicator()


def _detention_rate(measure: str) -> KnownIndicator:
    """Return what is known of a crude rate of the Mental Health Act statistics: events for every 100,000 people who live there, all providers counted."""
    events = measure.casefold().removeprefix("all ")
    return KnownIndicator(
        f"{measure}.total_count",
        denominator_words="people who live there",
        events=events,
        per=100_000,
        higher_is_better=False,
        domain=Domain.OUTCOMES,
    )


def with_meaning(
    known: KnownIndicator,
    *,
    direction: str = "",
    domain: str = "",
    counted: str = "",
    outcome: str = "",
    reference: str = "",
) -> KnownIndicator:
    """Return what is known of an indicator, with what a person has said of it put over it; what is blank changes nothing."""
    better = {Direction.UP.value: True, Direction.DOWN.value: False}.get(direction, known.higher_is_better)
    return replace(
        known,
        higher_is_better=better,
        domain=domain or known.domain,
        denominator_words=counted or known.denominator_words,
        outcome_words=outcome or known.outcome_words,
        reference=reference or known.reference,
    )
