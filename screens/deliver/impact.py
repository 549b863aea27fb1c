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
        found = await self.ask(self.workspace.list, EqualityImpactAssessment)
        if isinstance(self._of, EqualityImpactAssessment):
            return self._of
        if isinstance(self._of, Goal):
            found = [one for one in found if one.goal_id == self._of.id] or found
        if not found:
            raise AmheError(
                "No assessment yet", "An assessment opens with the first draft of a goal.", "Add a goal first."
            )
        if len(found) == 1:
            return found[0]
        chosen = await self.answer(PickDialog("Which assessment?", [(one.id, title_of(one)) for one in found]))
        return next((one for one in found if one.id == chosen), None)

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
        for one in self._rows:
            table.add_row(*self._cells(one), key=one.id)
        table.move_cursor(row=min(marked, max(len(self._rows) - 1, 0)))
        self._show_state()

    def _cells(self, one: EqualityImpactRow) -> list[Text]:
        row = grid_row(one.characteristic)
        aims = " ".join("✓" if getattr(one, name) else ("·" if number in row.aims else "–") for name, number in _AIMS)
        words = " / ".join(part for part in (one.evidence, one.mitigation) if part) or "nothing yet"
        return [
            Text(row.label),
            Text(_SIGNS.get(one.impact, one.impact)),
            Text(aims),
            Text(shorten(words, 90), style="" if one.evidence else "dim"),
        ]

    def _show_state(self) -> None:
        assert self._assessment is not None
        self.place(f"3A {self._assessment.title}")
        blank = missing_rows([one.model_dump() for one in self._rows])
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
        words = [
            plain(f"{'LATE: ' if late else ''}{state}", "bold $error" if late else "bold"),
            f"   {len(self._rows) - len(blank)} of {len(self._rows)} rows answered",
        ]
        self.query_one("#state", Static).update(
            Content.assemble(*words, ("   – aim does not apply   · not ticked   ✓ ticked", "$text-muted"))
        )

    def _marked(self) -> EqualityImpactRow | None:
        table = self.query_one(Rows)
        return self._rows[table.cursor_row] if self._rows and 0 <= table.cursor_row < len(self._rows) else None

    def on_data_table_row_highlighted(self) -> None:
        """Show the row in full."""
        one = self._marked()
        if one is None:
            return
        row = grid_row(one.characteristic)
        parts: list[Content | str | tuple[str, str]] = [
            plain(row.label, "bold"),
            f"  {label_of(Impact, one.impact) if one.impact else 'not answered yet'}\n",
            plain(row.prompt, "$text-muted"),
        ]
        for label, words in (("Evidence", one.evidence), ("What will be done", one.mitigation)):
            parts += ["\n", (f"{label}  ", "$text-muted"), plain(words or "nothing yet")]
        self.query_one("#row", Static).update(Content.assemble(*parts))

    def on_data_table_row_selected(self) -> None:
        """Open the row in full."""
        self._open()

    def action_edit(self) -> None:
        """Open the row in full."""
        self._open()

    @work(exclusive=True, group="form")
    async def _open(self) -> None:
        one = self._marked()
        if one is not None:
            await self.answer(FormScreen(one, focus="impact"))
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
        one = self._marked()
        if one is not None:
            await self._set(f"Impact on {grid_row(one.characteristic).label}", one, impact=value)

    async def action_aim(self, name: str, number: int) -> None:
        """Say that the row bears on an aim of the equality duty, or that it does not."""
        one = self._marked()
        if one is None:
            return
        if number not in grid_row(one.characteristic).aims:
            self.say(f"{grid_row(one.characteristic).label} counts only for aim 1, ending discrimination.")
            return
        await self._set(f"Aim {number} for {grid_row(one.characteristic).label}", one, **{name: not getattr(one, name)})

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
        blank = missing_rows([one.model_dump() for one in self._rows])
        if blank:
            self.notify(
                f"{len(blank)} rows have no answer or no evidence yet: {', '.join(blank[:4])}. It is marked as complete all the same.",
                severity="warning",
                timeout=10,
                markup=False,
            )
        await self._set("Complete the assessment", self._assessment, completed=self.today.isoformat())
