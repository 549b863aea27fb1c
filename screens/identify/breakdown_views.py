"""The ways to look at a breakdown: those drawn from it alone, and over time, against the population and place by place, which ask for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amhe_tui.actions import ACTIONS
from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.gaps.reading import Reading, reading_of, usual_comparison
from amhe_tui.analysis.gaps.representation import representation
from amhe_tui.analysis.inequality.of_breakdown import SLOPES_DIFFER, english_slopes, measures_of
from amhe_tui.analysis.places import Places
from amhe_tui.charts.evidence import (
    DRAWN,
    crossing_figure,
    places_figure,
    population_figure,
    trend_figure,
    unit_of,
)
from amhe_tui.charts.figure import Figure
from amhe_tui.errors import AmheError
from amhe_tui.method.number_methods import COUNTS, EVERYONE_ELSE, PUBLISHED, method_words
from amhe_tui.programme.breakdowns import areas, said_ordered
from amhe_tui.programme.choice import choice_of_measure
from amhe_tui.programme.disclosed import disclosed_access, disclosed_breakdown
from amhe_tui.programme.findings import finding_of, link_sources, same_finding
from amhe_tui.programme.intersections import Crossing, disclosed_crossing
from amhe_tui.programme.places import disclosed_places
from amhe_tui.programme.trends import disclosed_change, disclosed_trend
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen
from screens.shared.dialogs import ConfirmDialog
from store.workspace import Workspace


async def write_down(
    screen: AmheScreen[Any], breakdown: Breakdown, reading: Reading, sources: tuple[str, ...] = ()
) -> None:
    """Write a gap down as a finding, or open the one that is there about it."""
    try:
        finding = finding_of(breakdown, reading, screen.today)
    except ValueError as error:
        screen.say(str(error))
        return
    existing = await screen.ask(same_finding, screen.workspace, finding)
    if existing is not None:
        again = await screen.answer(
            ConfirmDialog(
                "Already written down", f"“{existing.title}” is about this gap.", yes="Open it", no="Leave it"
            )
        )
        if again:
            await screen.answer(FormScreen(existing))
        return
    if not await screen.answer(FormScreen(finding, fresh=True)):
        return
    try:
        await screen.ask(link_sources, screen.workspace, finding, *sources)
        screen.say("Written down as a finding, with its numbers.")
    except AmheError as error:
        screen.tell(error)


VIEWS = tuple(name.removeprefix("view_") for name in ACTIONS if name.startswith("view_"))
"""The views; the actions ``view_bars`` and so on show them."""


@dataclass(frozen=True)
class BreakdownChoice:
    """What is looked at; "" leaves it to the program."""

    indicator: str = ""
    characteristic: str = ""
    within: str = ""
    area: str = ""
    period: str = ""
    level: str = ""
    compare: str = ""
    group: str = ""
    peers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What is on the screen: the figures as the team may see them, what they say, the picture, and what it rests on.

    Attributes:
        found: The breakdown; in the view against the population, the use of the service for those who live there.
        reading: What it says of the group meant.
        figure: What is drawn, and its table.
        level, compare: What was taken where nobody chose.
        words: What the view adds to the reading.
        sources: Ids of sources beside those of the indicator.
        places: In the view of places, those side by side; their words stand before the reading.
        crossing: In the view of crossed characteristics, what they show; the reading is then of no group.
    """

    found: Disclosed
    reading: Reading
    figure: Figure
    level: str
    compare: str
    words: str = ""
    sources: tuple[str, ...] = ()
    places: Places | None = None
    crossing: Crossing | None = None


def show(workspace: Workspace, policy: Policy, choice: BreakdownChoice, view: str, periods: tuple[str, ...]) -> Shown:
    """Return a breakdown in one of the views.

    Raises:
        AmheError: It is not in the file, or cannot be shown in this way.
    """
    if view == "crossed":
        return _crossed(workspace, policy, choice)
    breakdown = disclosed_breakdown(
        workspace,
        choice.indicator,
        choice.characteristic,
        policy,
        area=choice.area,
        period=choice.period,
        within=choice.within,
    )
    text, sources, figure = "", (), None
    if view == "population":
        breakdown, text, sources, figure = _against_population(workspace, policy, breakdown, choice.group)
    level = choice.level if any(row.level == choice.level for row in breakdown.rows) else ""
    level = level or ("broad" if any(row.level == "broad" for row in breakdown.rows) else "detailed")
    compare = choice.compare or usual_comparison(breakdown, level)
    reading = reading_of(breakdown, group=choice.group, compared_with=compare, level=level)
    if view == "trend":
        figure, text = _trend(workspace, policy, choice, periods, level, reading)
        change = _change(workspace, policy, breakdown, choice, compare, level, reading)
        text = f"{change} {text}".strip()
    if view == "places":
        places = _places(workspace, policy, choice, breakdown, reading)
        return Shown(breakdown, reading, places_figure(places), level, compare, places=places)
    if figure is None:
        figure = DRAWN.get(view, DRAWN["bars"])(breakdown, reading, level, compare)
    return Shown(breakdown, reading, figure, level, compare, text, sources)


def _places(
    workspace: Workspace, policy: Policy, choice: BreakdownChoice, breakdown: Disclosed, reading: Reading
) -> Places:
    """Return the places side by side: for the group that was chosen, else for everybody, or where the file has no figure for everybody, for the group the sentence is about."""
    has_all = any(row.level == "total" for row in breakdown.rows)
    there = {place.key for place in areas(workspace, breakdown.indicator_id, breakdown.period)}
    return disclosed_places(
        workspace,
        breakdown.indicator_id,
        breakdown.characteristic,
        policy,
        area=choice.area,
        period=breakdown.period,
        group=choice.group or ("" if has_all else reading.group),
        within=choice.within,
        peers=[peer for peer in choice.peers if peer in there and peer != choice.area],
    )


def _crossed(workspace: Workspace, policy: Policy, choice: BreakdownChoice) -> Shown:
    """Return all crossings of the characteristic with that of the group stayed within, or with what it is crossed with."""
    across = [part.partition(": ")[0] for part in choice.within.split("; ") if ": " in part]
    crossing = disclosed_crossing(
        workspace,
        choice.indicator,
        choice.characteristic,
        policy,
        across=across,
        area=choice.area,
        period=choice.period,
        level=choice.level,
    )
    part = crossing.part
    level = "detailed" if choice.level == "detailed" and any(row.level == "detailed" for row in part.rows) else "broad"
    figure = crossing_figure(crossing.rows, crossing.title, unit_of(part.statistic))
    return Shown(part, Reading(words=""), figure, level, "", crossing.words, crossing=crossing)


def _change(
    workspace: Workspace,
    policy: Policy,
    breakdown: Disclosed,
    choice: BreakdownChoice,
    compare: str,
    level: str,
    reading: Reading,
) -> str:
    """Return what became of the gap since the first period there is, in words."""
    if not reading.group:
        return ""
    change = disclosed_change(
        workspace,
        breakdown,
        policy,
        group=reading.group,
        compared_with=compare,
        level=level,
        area=choice.area or None,
    )
    return "" if change is None else change.words


def _trend(
    workspace: Workspace,
    policy: Policy,
    choice: BreakdownChoice,
    periods: tuple[str, ...],
    level: str,
    reading: Reading,
) -> tuple[Figure, str]:
    trend = disclosed_trend(
        workspace,
        choice.indicator,
        choice.characteristic,
        policy,
        periods=periods,
        area=choice.area,
        within=choice.within,
        level=level,
    )
    nothing = f"There is nothing for {', '.join(trend.missing)}." if trend.missing else ""
    figure = trend_figure(trend, focus=reading.group, compared_with=reading.compared_with, level=level)
    return figure, " ".join(filter(None, (nothing, *trend.notes)))


def _against_population(
    workspace: Workspace, policy: Policy, counts: Disclosed, group: str
) -> tuple[Disclosed, str, tuple[str, ...], Figure | None]:
    """Return the use of the service for those who live here, what it says, its source, and shares side by side where all are known."""
    if counts.kind != "count":
        raise AmheError(
            "No counts",
            "Only how many people used a service can be put against how many live here.",
            "Press i and choose a count, such as referrals received.",
        )
    against = disclosed_access(workspace, counts, policy)
    if against is None:
        raise AmheError(
            "No population",
            f"The file has no population of {counts.area} by {counts.characteristic.lower()}.",
            "Bring one in with i in 1A, and say that it tells about the population.",
        )
    rates, beside = against
    shares = representation(
        [row.used for row in beside.groups], [row.lives for row in beside.groups], unknown=beside.unknown
    )
    notes = " ".join(rates.notes)
    if shares.dissimilarity is None:
        return rates, notes, (beside.source_id,), None
    moved = f"{100 * shares.dissimilarity:.0f} of every 100 people in the service would have to be of another group for it to mirror who lives here."
    title = f"{counts.indicator} and who lives there, {counts.area}, {counts.period}"
    figure = population_figure(shares, [row.label for row in beside.groups], title, focus=group)
    return rates, f"{moved} {notes}", (beside.source_id,), figure


def method_lines(shown: Shown) -> list[str]:
    """Return how the numbers on the screen were made: each method with its id."""
    breakdown, reading = shown.found, shown.reading
    if shown.crossing is not None:
        method = shown.crossing.method
        return [f"{method}: {method_words(method)}", shown.crossing.note, *breakdown.notes]
    ids = [] if shown.places is None else [shown.places.method]
    if any(row.numerator is not None for row in breakdown.rows):
        ids += ["proportion.wilson@1"] if breakdown.kind == "share" else ["rate.byar@1", "rate.exact@1"]
    ids += [estimate.method for estimate in (reading.gap, reading.difference, reading.people) if estimate is not None]
    if shown.sources:
        ids.append("representation@1")
    lines = [f"{method}: {meaning}" for method in dict.fromkeys(ids) if (meaning := method_words(method))]
    if reading.compared_with == "everyone else":
        lines.append(EVERYONE_ELSE)
    return [*(lines or [COUNTS if breakdown.kind == "count" else PUBLISHED]), breakdown.note, *breakdown.notes]


def measure_lines(workspace: Workspace, shown: Shown, policy: Policy, area: str) -> list[str]:
    """Return where the summary measures of the groups on the screen disagree, if they do, and every one of them in a line.

    Raises:
        ValueError: The figures are bare counts.
    """
    breakdown = shown.found
    ordered = said_ordered(workspace, breakdown.indicator_id)
    reference = shown.reading.compared_with
    measures = measures_of(breakdown, level=shown.level, reference=reference, ordered=ordered)
    english = english_slopes(breakdown, level=shown.level, ordered=ordered)
    told = [SLOPES_DIFFER] if any(index.found.value is not None for index in english) else []
    # What was worked out against a population has no earlier figures of its own name.
    choice = (
        choice_of_measure(workspace, breakdown, policy, level=shown.level, reference=reference, area=area)
        if breakdown.place
        else []
    )
    first = [*choice, ""] if choice else []
    return [*first, *(measure.words for measure in measures), *(index.words for index in english), *told]
