"""Questions asked of the evidence in a programme: what can be broken down, where, and one breakdown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from amhe_tui.analysis.breakdown import SHARES, Breakdown, assemble, counts_from, implied_counts, pairs_from
from amhe_tui.errors import AmheError
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.indicators import KnownIndicator, known_indicator, with_meaning
from amhe_tui.programme.bases import Base, bases_of
from amhe_tui.programme.naming import first_fitting, the_one
from amhe_tui.text import first_of, shorten
from store.evidence import holdings
from store.evidence.datasets import VISIBLE, Area
from store.evidence.holdings import IndicatorSummary
from store.records import DataSource, IndicatorMeaning
from store.workspace import Workspace

_MOST_NAMED = 5


@dataclass(frozen=True)
class IndicatorChoice:
    """An indicator of the file and what it can be asked."""

    id: str
    name: str
    statistic: str
    characteristics: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {
            "id": self.id,
            "name": self.name,
            "statistic": self.statistic,
            "characteristics": list(self.characteristics),
            "areas": list(self.areas),
            "periods": list(self.periods),
        }


@dataclass(frozen=True)
class AreaChoice:
    """A place: the key that finds it again, its name with its type, and its bare name."""

    key: str
    label: str
    name: str


def held_of(workspace: Workspace) -> list[IndicatorSummary]:
    """Return what the programme holds of every quantity."""
    bases = bases_in(workspace)
    return [
        replace(summary, statistic=bases[summary.id].statistic) if summary.id in bases else summary
        for summary in workspace.remembered("held", holdings.held)
    ]


def bases_in(workspace: Workspace) -> Mapping[str, Base]:
    """Return the counts that the file has behind figures for which nobody has said any."""
    held = workspace.remembered("held", holdings.held)
    return workspace.remembered("bases", lambda raw: bases_of(raw, held))


def meaning_of(workspace: Workspace, indicator: str) -> KnownIndicator:
    """Return what an indicator means: what is known of it, and over that what somebody here has said."""
    return _meant(workspace.list(IndicatorMeaning, indicator_id=indicator), indicator, bases_in(workspace))


def meanings(workspace: Workspace) -> Callable[[str], KnownIndicator]:
    """Return a function that gives what an indicator means, for asking about many."""
    by_indicator = {meaning.indicator_id: meaning for meaning in workspace.list(IndicatorMeaning)}
    bases = bases_in(workspace)
    return lambda indicator: _meant([by_indicator[indicator]] if indicator in by_indicator else [], indicator, bases)


def _meant(records: Sequence[IndicatorMeaning], indicator: str, bases: Mapping[str, Base]) -> KnownIndicator:
    known = known_indicator(indicator)
    if indicator in bases:
        known = bases[indicator].over(known)
    for meaning in records[-1:]:
        return with_meaning(
            known,
            direction=meaning.direction,
            domain=meaning.domain,
            counted=meaning.counted,
            outcome=meaning.outcome,
            reference=meaning.reference,
        )
    return known


def said_ordered(workspace: Workspace, indicator: str) -> bool | None:
    """Return whether somebody said of an indicator's source that its groups have an order; None where nobody did."""
    ids = set(sources_of(workspace, indicator))
    for source in workspace.list(DataSource):
        if source.id in ids and source.meaning:
            ordered = json.loads(source.meaning).get("ordered", "")
            if ordered in ("yes", "no"):
                return bool(ordered == "yes")
    return None


def withins_of(workspace: Workspace, indicator: str, characteristic: str) -> list[str]:
    """Return the groups of other characteristics that an indicator can be broken down within, such as ``Sex: Females``."""

    def read(raw: sqlite3.Connection) -> list[str]:
        rows = raw.execute(
            "SELECT DISTINCT c.within FROM quantity q JOIN covered_category v ON v.quantity = q.key JOIN category c ON c.key = v.category"
            f" WHERE q.id = ? AND v.dataset IN ({VISIBLE}) AND c.characteristic = ? AND c.within <> '' ORDER BY 1",
            (indicator, characteristic),
        )
        return [str(row[0]) for row in rows]

    return workspace.read(read)


def indicators(workspace: Workspace) -> list[IndicatorChoice]:
    """Return every indicator of the programme."""
    return [
        IndicatorChoice(
            summary.id, summary.name, summary.statistic, summary.characteristics, summary.areas, summary.periods
        )
        for summary in held_of(workspace)
    ]


def indicator_named(workspace: Workspace, wanted: str) -> str:
    """Return the id of an indicator that is called by its id, or by its name where only one has it.

    Raises:
        AmheError: There is none, or more than one fits.
    """
    return _indicator(held_of(workspace), wanted).id


def sources_of(workspace: Workspace, indicator: str) -> list[str]:
    """Return the ids of the data sources that hold an indicator."""
    return [source for summary in held_of(workspace) if summary.id == indicator for source in summary.sources]


def areas(workspace: Workspace, indicator: str, period: str) -> list[AreaChoice]:
    """Return the places an indicator is there for in a period."""
    places = _places(workspace, indicator, period)
    return [
        AreaChoice(f"#{key}", area.name if area.type in ("", area.name) else f"{area.name} ({area.type})", area.name)
        for key, area in places
    ]


def breakdown(
    workspace: Workspace,
    indicator: str,
    by: str,
    *,
    area: str | None = None,
    period: str | None = None,
    within: str = "",
) -> Breakdown:
    """Return an indicator broken down by a characteristic.

    Args:
        workspace: The open programme.
        indicator: The id of an indicator, or its name where only one has it.
        by: A characteristic, as the file calls it; upper or lower case does not matter.
        area: A place, by name, code or type; without it England, or the only place there is.
        period: A period; without it the newest.
        within: A group of another characteristic, such as ``Sex: Females``; "" is everybody.

    Raises:
        AmheError: One of these is not in the file, or more than one fits.
    """
    held = _indicator(held_of(workspace), indicator)
    characteristic = _one_of("characteristic", by, held.characteristics)
    when = _one_of("period", period, held.periods) if period else held.periods[-1]
    inside = _one_of("group within", within, withins_of(workspace, held.id, characteristic)) if within else ""
    key, place = place_called(_places(workspace, held.id, when), area)
    known = meaning_of(workspace, held.id)
    wanted = [held.id, *(quantity for quantity in (known.numerator, *known.plus, *known.minus) if quantity)]
    lower, upper = (f"{held.id.removesuffix('value')}{side}" for side in ("lower", "upper"))
    wanted += [lower, upper] if held.id.endswith(".value") else []
    cells = workspace.read(lambda raw: holdings.cells(raw, dict.fromkeys(wanted), characteristic, key, when, inside))
    if not any(level != "total" for _, level, _ in cells[held.id]):
        raise AmheError(
            "No figures",
            f"{place.name} has no figures for “{held.name.replace('_', ' ')}” by {characteristic} in {when}.",
            "Choose another place, period or characteristic.",
        )
    return assemble(
        indicator_id=held.id,
        indicator=held.name.replace("_", " "),
        statistic=held.statistic,
        characteristic=characteristic,
        area=place.name,
        period=when,
        cells=cells[held.id],
        counts=implied_counts(cells, held.id, SHARES.get(held.statistic, 100.0), known.plus[0])
        if known.implied
        else counts_from(cells, known.numerator, known.plus, known.minus),
        limits=pairs_from(cells, lower, upper),
        order=_order(characteristic),
        within=inside,
        meaning=known,
        place=key,
    )


def _places(workspace: Workspace, indicator: str, period: str) -> list[tuple[int, Area]]:
    return workspace.remembered(
        f"places of {indicator} in {period}", lambda raw: holdings.areas_of(raw, indicator, period)
    )


def places_of(workspace: Workspace, indicator: str, period: str | None) -> tuple[str, str, list[tuple[int, Area]]]:
    """Return the id of an indicator, the period that is meant, and the places it is there for; asked like `breakdown`.

    Raises:
        AmheError: One of them is not in the file, or more than one fits.
    """
    held = _indicator(held_of(workspace), indicator)
    when = _one_of("period", period, held.periods) if period else held.periods[-1]
    return held.id, when, _places(workspace, held.id, when)


def _order(characteristic: str) -> Callable[[Sequence[str]], Sequence[str]]:
    return lambda labels: in_fixed_order(characteristic, labels)


def _named(names: Sequence[str]) -> str:
    return first_of(names, _MOST_NAMED, width=50)


def _indicator(held: list[IndicatorSummary], wanted: str) -> IndicatorSummary:
    if not held:
        raise AmheError(
            "No data yet", "There is no data in this programme.", "Bring a file in with: amhe import FILE DATA.csv"
        )
    letters = wanted.casefold()
    fits = first_fitting(
        held,
        lambda summary: summary.id == wanted,
        lambda summary: letters in (summary.id.casefold(), summary.name.casefold()),
    )

    def several(alike: Sequence[IndicatorSummary]) -> AmheError:
        names = _named([summary.id for summary in alike])
        return AmheError("More than one fits", f"{wanted} can be: {names}.", "Give the whole id.")

    none = AmheError(
        "No such indicator",
        f"There is no indicator {shorten(wanted, 60)} in this programme.",
        f"There is: {_named([summary.id for summary in held])}. List all with: amhe indicators FILE",
    )
    return the_one(fits, none=none, several=several)


def _one_of(what: str, wanted: str, choices: Sequence[str]) -> str:
    fits = first_fitting(
        choices, lambda choice: choice == wanted, lambda choice: choice.casefold() == wanted.casefold()
    )
    none = AmheError(
        f"No such {what}",
        f"There is no {what} {shorten(wanted, 60)} for this indicator.",
        f"There is: {_named(choices) or 'none'}.",
    )
    # Of two that differ by capitals alone either will do: a file means the same by both.
    return the_one(fits[:1], none=none, several=lambda _: none)


def place_called(places: Sequence[tuple[int, Area]], wanted: str | None) -> tuple[int, Area]:
    """Return the place somebody means by a key, name, code or type; where nobody says, the country or the only one there is.

    Raises:
        AmheError: None fits, or several do.
    """
    if wanted is None:
        if len(places) == 1 or (places and places[0][1].type == "England"):
            return places[0]
        raise AmheError(
            "Which place?",
            "These figures are there for several places.",
            f"Name one: {_named([area.name for _, area in places])}.",
        )
    letters = wanted.casefold()
    fits = first_fitting(
        places,
        lambda place: f"#{place[0]}" == wanted,
        lambda place: place[1].name.casefold() == letters,
        lambda place: place[1].code.casefold() == letters,
        lambda place: place[1].type.casefold() == letters,
        lambda place: letters in place[1].name.casefold(),
    )

    def several(alike: Sequence[tuple[int, Area]]) -> AmheError:
        names = _named([f"{area.name} ({area.type} {area.code})" for _, area in alike])
        return AmheError(
            "More than one place fits",
            f"{shorten(wanted, 60)} can be: {names}.",
            "Give its code, or its whole name.",
        )

    none = AmheError(
        "No such place",
        f"There is no place {shorten(wanted, 60)} in these figures.",
        f"There is: {_named([area.name for _, area in places])}.",
    )
    return the_one(fits, none=none, several=several)
