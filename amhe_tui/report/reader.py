"""The gate every value passes on its way into a report: for whom it is written decides what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.errors import AmheError
from amhe_tui.method.equality_impact import grid_row
from amhe_tui.method.number_methods import methods_in
from amhe_tui.programme.findings import (
    NUMBERS,
    WORDS,
    baseline_of,
    compared_as,
    figures_of,
    is_hidden_figure,
    is_withheld,
    number_of,
    was_small,
    words_of,
)
from amhe_tui.programme.guard import source_mark
from amhe_tui.programme.places import disclosed_places, is_one_of_several
from amhe_tui.programme.redaction import redaction_of
from amhe_tui.programme.rooms import PEOPLE_IN_A_ROOM, room_words
from amhe_tui.programme.snapshot import Snapshot, snapshot
from amhe_tui.programme.trends import disclosed_change
from amhe_tui.programme.typed import measured, typed_number, typed_words, with_seen_numbers, without_counts
from amhe_tui.report.model import Details, Table
from store.glance import Overview, overview
from store.records import (
    Action,
    Activity,
    Audience,
    DataSource,
    EqualityImpactRow,
    Feedback,
    FieldSpec,
    Finding,
    Goal,
    Kind,
    Links,
    Measure,
    MeasurePoint,
    Priority,
    Record,
    Review,
    ReviewedGoal,
    faces,
    shown,
    title_of,
)
from store.workspace import Workspace

FEW = 5
"""Fewer people than this could be recognised; fewer ballots could show how somebody voted."""
_NUMBERS = (Kind.NUMBER, Kind.COUNT)
_TYPED_NUMBERS = {
    *((Goal, name) for name in ("baseline", "baseline_lower", "baseline_upper")),
    (MeasurePoint, "value"),
    (MeasurePoint, "people"),
}
_TYPED_WORDS = (Action, Feedback, Goal, Measure, MeasurePoint, Priority, Review, ReviewedGoal)


class Reader:
    """A programme as one audience may see it.

    Attributes:
        workspace: The programme file, for figures that are not records.
        there: Its records.
        audience: For whom.
        today: The day of the report.
        methods: Ids of the methods behind the numbers that were shown so far, in their order.
        policy: How small numbers are treated.
        rule: How text is kept from telling who somebody is; a document is built with it.
    """

    def __init__(self, workspace: Workspace, audience: Audience, today: date, policy: Policy | None = None) -> None:
        self.workspace = workspace
        self.there: Snapshot = snapshot(workspace)
        self.audience = audience
        self.today = today
        self.overview: Overview = workspace.read(lambda raw: overview(raw, today.isoformat()))
        self.methods: dict[str, None] = {}
        self.policy = replace(policy or Policy(), audience=audience.key)
        self._figures: dict[str, Disclosed | None] = {}
        self.rule = redaction_of(workspace, audience)

    @property
    def is_team(self) -> bool:
        """Tell whether it is for the team itself, which sees everything."""
        return self.audience.raw

    def sees(self, declared: FieldSpec | Links) -> bool:
        """Tell whether a field may be seen."""
        return declared.audience >= self.audience

    def sees_field(self, kind: type[Record], name: str) -> bool:
        """Tell whether a field of a kind of record may be seen."""
        declared = kind.many[name] if name in kind.many else faces(kind)[name]
        return self.sees(declared)

    def fields(self, kind: type[Record]) -> dict[str, FieldSpec]:
        """Return the fields of a kind that may be seen."""
        return {name: face for name, face in faces(kind).items() if self.sees(face)}

    def show(self, item: Record, name: str) -> str:
        """Return a field in words, or "" where it is blank or may not be seen."""
        if not self.sees(faces(type(item))[name]):
            return ""
        if type(item) is EqualityImpactRow and name == "characteristic":
            return grid_row(str(item.characteristic)).label
        if self.is_team:
            return shown(item, name, self.title)
        if isinstance(item, Finding) and name in (*NUMBERS, *WORDS):
            return self._safe_words(item, name)
        if isinstance(item, DataSource) and name == "content_hash" and item.content_hash:
            return source_mark(self.workspace, item)
        if isinstance(item, Activity) and name in PEOPLE_IN_A_ROOM:
            return room_words(item, name, self.policy, shown(item, name, self.title))
        if (type(item), name) in _TYPED_NUMBERS:
            value = self.number(item, name)
            return "" if value is None else f"{value:g}"
        words = shown(item, name, self.title)
        return self._typed(item, words) if isinstance(item, _TYPED_WORDS) else words

    def _typed(self, item: Record, words: str) -> str:
        """Return words that people wrote about figures, without what small counts would follow from."""
        if isinstance(item, Goal) and item.finding_id:
            finding = self.there.one("finding", item.finding_id)
            if isinstance(finding, Finding):
                figures = self.figures_behind(finding)
                if figures is not None and not figures.published:
                    words = with_seen_numbers(words, finding, NUMBERS, lambda name: self._safe_number(finding, name))
        if isinstance(item, MeasurePoint) and self._is_hidden(item):
            words = without_counts(words)
        return typed_words(words, self.policy)

    def figures_behind(self, finding: Finding) -> Disclosed | None:
        """Return the breakdown a finding was made from, as the audience may see it; None where its data are not in the file."""
        if finding.id not in self._figures:
            self._figures[finding.id] = figures_of(self.workspace, finding, self.policy)
        return self._figures[finding.id]

    def change_of_gap(self, finding: Finding, figures: Disclosed) -> str:
        """Return what became of a finding's gap since the first period there is, in words, or "" where there is none."""
        if self.withholds(finding):
            return ""
        change = disclosed_change(
            self.workspace, figures, self.policy, group=finding.group_name, compared_with=compared_as(finding)
        )
        if change is None:
            return ""
        if change.change is not None:
            self.used(change.change.method)
        return change.words

    def beside_other_places(self, finding: Finding, figures: Disclosed) -> str:
        """Return where the place of a finding stands among others of its kind for the same group, in words, or "" where there are none."""
        if self.withholds(finding) or not is_one_of_several(self.workspace, figures):
            return ""
        try:
            places = disclosed_places(
                self.workspace,
                figures.indicator_id,
                figures.characteristic,
                self.policy,
                area=f"#{figures.place}",
                period=figures.period,
                group=finding.group_name,
                within=figures.within,
            )
        except AmheError:  # bare counts, or no second place has the group
            return ""
        if not places.method:
            return ""
        self.used(places.method)
        return f"The group {finding.group_name} place by place: {places.words}"

    def withholds(self, finding: Finding) -> bool:
        """Tell whether the numbers of a finding's gap may not be seen, as too few people are behind them."""
        if self.is_team:
            return False
        figures = self.figures_behind(finding)
        return was_small(finding, self.policy.threshold) if figures is None else is_withheld(finding, figures)

    def _safe_words(self, finding: Finding, name: str) -> str:
        if name in NUMBERS:
            value = self._safe_number(finding, name)
            return "" if value is None else f"{value:g}"
        return words_of(finding, name, self.policy, self.figures_behind(finding))

    def _safe_number(self, finding: Finding, name: str) -> float | None:
        if self.withholds(finding):
            return None
        if self.is_team:
            return getattr(finding, name)
        figures = self.figures_behind(finding)
        if figures is not None:
            return number_of(finding, figures, name)
        value: float | None = getattr(finding, name)
        return None if value is None else typed_number(value, finding.unit, self.policy)

    def number(self, item: Record, name: str) -> float | None:
        """Return a number, or nothing where it is blank or may not be seen."""
        value: Any = getattr(item, name) if self.sees(faces(type(item))[name]) else None
        if isinstance(item, Finding) and name in NUMBERS and value is not None:
            value = self._safe_number(item, name)
        if value is not None and not self.is_team:
            if isinstance(item, Goal) and name in ("baseline", "baseline_lower", "baseline_upper"):
                value = baseline_of(self.workspace, item, self.policy, name)
            elif isinstance(item, MeasurePoint) and name in ("value", "people"):
                hidden = self._is_hidden(item)
                value = None if hidden else measured(item, self._unit_of(item), self.policy)[name == "people"]
        return None if value is None else float(value)

    def _goal_of(self, point: MeasurePoint) -> Goal | None:
        measure = self.there.one("measure", point.measure_id or "")
        goal = self.there.one("goal", measure.goal_id or "") if isinstance(measure, Measure) else None
        return goal if isinstance(goal, Goal) else None

    def _unit_of(self, point: MeasurePoint) -> str:
        goal = self._goal_of(point)
        return "" if goal is None else goal.unit

    def _is_hidden(self, point: MeasurePoint) -> bool:
        """Tell whether a measurement is a figure of the evidence that this audience may not see."""
        goal = self._goal_of(point)
        return goal is not None and is_hidden_figure(self.workspace, goal, point.group_name, point.value, self.policy)

    def title(self, table: str, record_id: str) -> str:
        """Return the words that name a record, or "" where it is gone or its name may not be seen."""
        item = self.there.one(table, record_id)
        return "" if item is None else self.name(item)

    def name(self, item: Record) -> str:
        """Return the words that name a record, or "" where they may not be seen."""
        kind = type(item)
        face = faces(kind).get(kind.named_by)
        if face is None or not self.sees(face):
            return ""
        if kind is EqualityImpactRow:
            return self.show(item, kind.named_by)
        if self.is_team:
            return title_of(item)
        if isinstance(item, Finding):
            return self._safe_words(item, "title") or title_of(item)
        return self._typed(item, title_of(item)) if isinstance(item, _TYPED_WORDS) else title_of(item)

    def titles(self, table: str, ids: Iterable[str]) -> list[str]:
        """Return the names of records, those that may not be seen left out."""
        return [title for record_id in ids if (title := self.title(table, record_id))]

    def pairs(self, item: Record, leave_out: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return every field of a record that is filled in and may be seen, its name left out, with its label."""
        kind = type(item)
        pairs: list[tuple[str, str]] = []
        for name, face in self.fields(kind).items():
            if name != kind.named_by and name not in leave_out and (value := self.show(item, name)):
                pairs.append((face.label, value))
        return pairs + self._links(item, leave_out)

    def _links(self, item: Record, leave_out: Sequence[str]) -> list[tuple[str, str]]:
        table = str(type(item).__tablename__)
        pairs: list[tuple[str, str]] = []
        for name, links in type(item).many.items():
            if self.sees(links) and name not in leave_out:
                titles = self.titles(links.to, self.there.ahead(f"{table}.{name}", [item.id]))
                pairs += [(links.label, "\n".join(titles))] if titles else []
        return pairs

    def details(self, item: Record, leave_out: Sequence[str] = ()) -> Details:
        """Return all there is to say of a record."""
        return Details(self.name(item), tuple(self.pairs(item, leave_out)))

    def table(self, caption: str, items: Sequence[Record], names: Sequence[str] = ()) -> Table | None:
        """Return records of one kind as a table of the fields that may be seen and are filled in somewhere; None where there is nothing to show.

        Args:
            caption: What it shows.
            items: The records.
            names: The fields, the one that names a row first; empty for all, in the order of the declaration.
        """
        if not items:
            return None
        kind = type(items[0])
        visible = self.fields(kind)
        wanted = names or [kind.named_by, *(name for name in visible if name != kind.named_by)]
        columns = [name for name in wanted if name in visible and any(self.show(item, name) for item in items)]
        if not columns:
            return None
        return Table(
            caption,
            tuple(visible[name].label for name in columns),
            tuple(tuple(self.show(item, name) for name in columns) for item in items),
            row_headers=columns[0] == wanted[0],
            numbers=tuple(place for place, name in enumerate(columns) if visible[name].kind in _NUMBERS),
        )

    def used(self, *methods: str) -> None:
        """Note the methods behind numbers that are shown; a finding names several, with commas between them."""
        self.methods |= dict.fromkeys(method for named in methods for method in methods_in(named))

    def on_a_thread(self, goal_id: str | None) -> bool:
        """Tell whether a goal serves a priority, so that the report tells of it in that priority's thread."""
        return bool(self.there.ahead("goal.priority_id", [goal_id or ""]))
