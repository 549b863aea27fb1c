"""The result of a closed vote: ranks, points, how many chose what, how far the group agrees, and what to make of it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from amhe_tui.analysis.votes.nominal_group import IdeaTally
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import NominalStage
from amhe_tui.programme.votes import (
    Result,
    detail_words,
    few_words,
    place_words,
    read_result,
    spread_words,
    summary_words,
)
from amhe_tui.text import shorten
from screens.design.opening_vote import ask_and_open, hold_vote
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import Priority

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(score: float, most: float, width: int) -> str:
    """Return a bar of block characters, ``width`` cells long for ``most``, to an eighth of a cell."""
    eighths = round(8 * width * score / most) if most > 0 else 0
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


_WIDE, _BROAD = 100, 160


class VoteResultScreen(AmheScreen[None]):
    """Show the result of one vote; with few ballots it asks the group first.

    Args:
        round_id: The key of a vote that is closed.
    """

    CSS_PATH = "vote_result.tcss"
    where = "2B Result of the vote"
    helped_by = "2B"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("make_priority", "vote_again")]

    def __init__(self, round_id: str) -> None:
        super().__init__()
        self._round_id = round_id
        self._result: Result | None = None
        self._agreed = False
        self._busy = False

    def body(self) -> ComposeResult:
        """Show the question whether to show it, or the table and what it says."""
        with Vertical(id="gate"):
            yield Static(id="warning", markup=False)
            with Center():
                yield Button("The group agrees: show it", id="show")
        with Container(id="result"):
            with Vertical(id="main"):
                yield Static(id="question", markup=False)
                yield Static(id="says", markup=False)
                yield Rows(cursor_type="row", zebra_stripes=False, id="rows")
            yield VerticalScroll(Static(id="detail", markup=False), id="beside", can_focus=False)

    def on_mount(self) -> None:
        """Show nothing before it is read."""
        self.query_one("#gate").display = False
        self.query_one("#result").display = False

    async def reload(self) -> None:
        """Count the vote; merges made since count."""
        try:
            self._result = await self.ask(read_result, self.workspace, self._round_id)
        except AmheError:
            self.dismiss()
            raise
        self.place(f"2B {self._result.vote.name or 'Vote'}: result")
        shown = self._agreed or not self._result.few or not self._result.tally.ballots
        self.query_one("#gate").display = not shown
        self.query_one("#result").display = shown
        if shown:
            self._show()
            self.query_one("#rows").focus()
        else:
            self._warn()

    def _warn(self) -> None:
        assert self._result is not None
        words = f"{few_words(self._result)} Ask the group whether it should be shown; Escape leaves it unseen."
        self.query_one("#warning", Static).update(Content.assemble(("Ask the group first\n\n", "bold $warning"), words))
        self.query_one("#show").focus()

    async def on_button_pressed(self) -> None:
        """Show the result: the group agreed."""
        self._agreed = True
        await self.guarded_reload()

    def on_resize(self) -> None:
        """Use the room there is."""
        if self._result is not None and self.query_one("#result").display:
            self._show()

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        result = self._result
        assert result is not None
        self.query_one("#question", Static).update(plain(result.question, "bold"))
        self.query_one("#says", Static).update(Content("\n").join([Content(line) for line in summary_words(result)]))
        table = self.query_one("#rows", Rows)
        marked = self._marked()
        table.clear(columns=True)
        widths = self._widths(result)
        score = result.scheme.unit[1].capitalize()
        columns = ("Rank", "", "Idea", score, "Chose", "1st", "Spread", "Bar")
        for label, width in zip(columns, widths, strict=True):
            if width:
                table.add_column(label, key=label or "letter", width=width)
        most = max((row.score for row in result.rows), default=0)
        for row in result.rows:
            cells = [cell for cell, width in zip(self._cells(result, row, most, widths), widths, strict=True) if width]
            table.add_row(*cells, key=str(row.idea), height=2 if self.size.width >= _BROAD else 1)
        keys = [str(row.idea) for row in result.rows]
        if marked is not None and str(marked.idea) in keys:
            table.move_cursor(row=keys.index(str(marked.idea)))
        self._show_detail()

    def _widths(self, result: Result) -> list[int]:
        room = self.size.width - 2
        if self.size.width >= _BROAD:
            room -= 52
        most = max((len(spread_words(row)) for row in result.rows), default=0)
        letter = max((len(own) for own in result.letters.values()), default=1)
        first = 3 if result.scheme.ordered else 0
        fixed = [5, letter, 0, max(len(result.scheme.unit[1]), 6), 5, first]
        left = room - sum(fixed) - 2 * (len(fixed) + 2) - 2
        spread = min(max(most, 6), max(left // 4, 9))
        line = min(max(left // 6, 6), 30)
        fixed[2] = max(left - spread - line, 12)
        return [*fixed, spread, line]

    def _cells(self, result: Result, row: IdeaTally, most: int, widths: list[int]) -> list[Text]:
        key = str(row.idea)
        idea = ("★ " if key in result.priorities else "") + result.words[key]
        return [
            Text(place_words(result, row), "bold"),
            Text(result.letters[key], "bold"),
            Text(shorten(idea, widths[2])),
            Text(str(row.score), justify="right"),
            Text(str(row.frequency), justify="right"),
            Text(str(row.first_choices), justify="right"),
            Text(shorten(spread_words(row), widths[6])),
            Text(bar(row.score, most, widths[7])),
        ]

    def _marked(self) -> IdeaTally | None:
        table = self.query_one("#rows", Rows)
        if self._result is None or not table.row_count:
            return None
        key = table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value
        return next((row for row in self._result.rows if row.idea == key), None)

    def on_data_table_row_highlighted(self) -> None:
        """Show what is marked in full."""
        self._show_detail()

    def _show_detail(self) -> None:
        row, result = self._marked(), self._result
        if row is None or result is None:
            return
        key = str(row.idea)
        gap = "\n\n" if self.size.width >= _BROAD else "\n"
        parts: list[Content | str] = [plain(f"{result.letters[key]}  {result.words[key]}", "bold")]
        for line in detail_words(result, row) if result.tally.ballots else []:
            parts += [gap, plain(line)]
        self.query_one("#detail", Static).update(Content.assemble(*parts))

    # --- what to make of it ------------------------------------------------------------------------------------------------------------------------

    def offers(self, name: str) -> bool:
        """Offer nothing of the result before it is shown."""
        hidden = self._result is None or not self.query_one("#result").display
        return not (hidden and name in ("make_priority", "vote_again"))

    @work(group="result")
    async def action_make_priority(self) -> None:
        """Make a priority of the marked idea, about the findings the session was about."""
        row, result = self._marked(), self._result
        if row is None or result is None or self._busy:
            return
        self._busy = True
        try:
            key = str(row.idea)
            saved = await self.answer(FormScreen(Priority(title=result.words[key], idea_id=key), fresh=True))
            if saved:
                await self.ask(self._link_findings, saved, result.vote.nominal_group_id or "")
                self.say("Saved as a priority.")
                await self.reload()
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    def _link_findings(self, priority_id: str, nominal_group_id: str) -> None:
        workspace = self.workspace
        if workspace.linked(priority_id, "findings"):
            return  # the person said in the form what it is about
        priority = workspace.need(Priority, priority_id)
        with workspace.change("Link the priority to what the session was about") as change:
            for finding_id in workspace.linked(nominal_group_id, "findings"):
                change.link(priority, "findings", "finding", finding_id)

    @work(group="result")
    async def action_vote_again(self) -> None:
        """Open a final vote on all ideas, or a run-off."""
        result = self._result
        if result is None or self._busy:
            return
        self._busy = True
        try:
            chosen = await self.answer(PickDialog("Vote again on which ideas?", self._choices(result)))
            if not chosen:
                return
            only = [] if chosen == "all" else chosen.removeprefix("only:").split()
            name = "Final vote" if chosen == "all" else "Run-off"
            stage = NominalStage.FINAL_VOTE.value
            opened = await ask_and_open(self, result.vote.nominal_group_id or "", name=name, stage=stage, only=only)
            if opened:
                await hold_vote(self, opened)
                self.dismiss()
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    def _choices(self, result: Result) -> list[tuple[str, str]]:
        choices = [("all", "All ideas of the session: a final vote")]
        leading = [row for row in result.rows if row.rank <= result.vote.places and row.score]
        if 1 < len(leading) < len(result.rows):
            choices.append(
                (f"only:{' '.join(str(row.idea) for row in leading)}", f"The {len(leading)} ideas that came first")
            )
        for rank in sorted({row.rank for row in result.rows if row.joint and row.score}):
            tied = [row for row in result.rows if row.rank == rank]
            letters = ", ".join(result.letters[str(row.idea)] for row in tied)
            choices.append(
                (
                    f"only:{' '.join(str(row.idea) for row in tied)}",
                    f"A run-off between those at rank ={rank}: {letters}",
                )
            )
        return choices
