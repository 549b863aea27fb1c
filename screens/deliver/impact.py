"""The grid of an equality impact assessment: one row a characteristic, one key an answer."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from amhe_tui.dates import british
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import Impact, label_of
from amhe_tui.method.equality_impact import grid_row, missing_rows
from amhe_tui.text import shorten
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, guarded, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import EqualityImpactAssessment, EqualityImpactRow, Goal, Record, title_of

_AIMS = (("aim_eliminate", 1), ("aim_advance", 2), ("aim_relations", 3))


_SIGNS = {"positive": "▲ positive", "negative": "▼ negative", "neutral": "■ none", "unknown": "? not known", "": "·"}


class ImpactScreen(AmheScreen[None]):
    """Fill in the grid: p positive, m negative (minus), o none, k not known; Enter opens the row in full."""

    CSS_PATH = "impact.tcss"
    where = "3A Equality impact assessment"
    helped_by = "3A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("impact_positive", "impact_negative", "impact_neutral", "impact_unknown", "aim_1", "aim_2", "aim_3"),
        *bind("whole", "complete", "edit", "undo", "redo", edit="enter"),
    ]

    def __init__(self, of: Record | None = None) -> None:
        super().__init__()
        self._of = of
        self._assessment: EqualityImpactAssessment | None = None
        self._rows: list[EqualityImpactRow] = []

    def body(self) -> ComposeResult:
        """Show the grid and what is missing."""
        with Vertical():
            yield Static(id="state", markup=False)
            yield Rows(cursor_type="row")
            yield Static(id="row", markup=False)

    def on_mount(self) -> None:
        """Choose the assessment."""
        self._choose()

    @work(exclusive=True, group="choose")
    async def _choose(self) -> None:
        try:
            self._assessment = await self._which()
            if self._assessment is None:
                self.dismiss()
                return
            await self.reload()
        except AmheError as error:
            self.tell(error)
        self.query_one(Rows).focus()

    async def _which(self) -> EqualityImpactAssessment | None:
        assessments = await self.ask(self.workspace.list, EqualityImpactAssessment)
        if isinstance(self._of, EqualityImpactAssessment):
            return self._of
        if isinstance(self._of, Goal):
            assessments = [assessment for assessment in assessments if assessment.goal_id == self._of.id] or assessments
        if not assessments:
            raise AmheError(
                "No assessment yet", "An assessment opens with the first draft of a goal.", "Add a goal first."
            )
        if len(assessments) == 1:
            return assessments[0]
        chosen = await self.answer(
            PickDialog("Which assessment?", [(assessment.id, title_of(assessment)) for assessment in assessments])
        )
        return next((assessment for assessment in assessments if assessment.id == chosen), None)

    async def reload(self) -> None:
        """Read the grid again."""
        if self._assessment is None:
            return
        workspace, assessment_id = self.workspace, self._assessment.id
        self._assessment = await self.ask(workspace.need, EqualityImpactAssessment, assessment_id)
        self._rows = await self.ask(workspace.list, EqualityImpactRow, assessment_id=assessment_id)
        table = self.query_one(Rows)
        marked = table.cursor_row
        table.clear(columns=True)
        table.add_column("Characteristic", width=30)
        table.add_column("Impact", width=13)
        table.add_column("Aims 1 2 3", width=10)
        table.add_column("Evidence and what will be done")
        for row in self._rows:
            table.add_row(*self._cells(row), key=row.id)
        table.move_cursor(row=min(marked, max(len(self._rows) - 1, 0)))
        self._show_state()

    def _cells(self, row: EqualityImpactRow) -> list[Text]:
        grid = grid_row(row.characteristic)
        aims = " ".join("✓" if getattr(row, name) else ("·" if number in grid.aims else "–") for name, number in _AIMS)
        text = " / ".join(part for part in (row.evidence, row.mitigation) if part) or "nothing yet"
        return [
            Text(grid.label),
            Text(_SIGNS.get(row.impact, row.impact)),
            Text(aims),
            Text(shorten(text, 90), style="" if row.evidence else "dim"),
        ]

    def _show_state(self) -> None:
        assert self._assessment is not None
        self.place(f"3A {self._assessment.title}")
        blank = missing_rows([row.model_dump() for row in self._rows])
        state = (
            f"complete since {british(self._assessment.completed)}"
            if self._assessment.completed
            else f"due {british(self._assessment.due) or 'when the goal is agreed'}"
        )
        late = (
            not self._assessment.completed
            and bool(self._assessment.due)
            and self._assessment.due < self.today.isoformat()
        )
        parts = [
            plain(f"{'LATE: ' if late else ''}{state}", "bold $error" if late else "bold"),
            f"   {len(self._rows) - len(blank)} of {len(self._rows)} rows answered with evidence",
        ]
        self.query_one("#state", Static).update(
            Content.assemble(*parts, ("\nAims: ✓ ticked   · not ticked   – does not apply", "$text-muted"))
        )

    def _marked(self) -> EqualityImpactRow | None:
        table = self.query_one(Rows)
        return self._rows[table.cursor_row] if self._rows and 0 <= table.cursor_row < len(self._rows) else None

    def on_data_table_row_highlighted(self) -> None:
        """Show the row in full."""
        row = self._marked()
        if row is None:
            return
        grid = grid_row(row.characteristic)
        parts: list[Content | str | tuple[str, str]] = [
            plain(grid.label, "bold"),
            f"  {label_of(Impact, row.impact) if row.impact else 'not answered yet'}\n",
            plain(grid.prompt, "$text-muted"),
        ]
        for label, text in (("Evidence", row.evidence), ("What will be done", row.mitigation)):
            parts += ["\n", (f"{label}  ", "$text-muted"), plain(text or "nothing yet")]
        self.query_one("#row", Static).update(Content.assemble(*parts))

    def on_data_table_row_selected(self) -> None:
        """Open the row in full."""
        self._open()

    def action_edit(self) -> None:
        """Open the row in full."""
        self._open()

    @work(exclusive=True, group="form")
    async def _open(self) -> None:
        row = self._marked()
        if row is not None:
            await self.answer(FormScreen(row, focus="impact"))
            await self.guarded_reload()

    async def _set(self, label: str, item: Record, **values: Any) -> None:
        workspace = self.workspace

        def write() -> None:
            with workspace.change(label) as change:
                change.update(item, **values)

        try:
            await self.ask(write)
            await self.reload()
        except AmheError as error:
            self.tell(error)

    async def action_impact(self, value: str) -> None:
        """Say what the goal does to these people."""
        row = self._marked()
        if row is not None:
            await self._set(f"Impact on {grid_row(row.characteristic).label}", row, impact=value)

    async def action_aim(self, name: str, number: int) -> None:
        """Say that the row bears on an aim of the equality duty, or that it does not."""
        row = self._marked()
        if row is None:
            return
        if number not in grid_row(row.characteristic).aims:
            self.say(f"{grid_row(row.characteristic).label} counts only for aim 1, ending discrimination.")
            return
        await self._set(f"Aim {number} for {grid_row(row.characteristic).label}", row, **{name: not getattr(row, name)})

    @work(exclusive=True, group="form")
    async def action_whole(self) -> None:
        """Open the assessment itself."""
        if self._assessment is not None:
            await self.answer(FormScreen(self._assessment))
            await self.guarded_reload()

    @guarded
    async def action_complete(self) -> None:
        """Mark the assessment as complete today; what is still blank is said, and blocks nothing."""
        if self._assessment is None:
            return
        blank = missing_rows([row.model_dump() for row in self._rows])
        if blank:
            self.notify(
                f"{len(blank)} rows have no answer or no evidence yet: {', '.join(blank[:4])}. It is marked as complete all the same.",
                severity="warning",
                timeout=10,
                markup=False,
            )
        await self._set("Complete the assessment", self._assessment, completed=self.today.isoformat())
