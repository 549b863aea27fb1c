"""What hangs loose on the golden thread, each with the one thing that would tie it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.method.loose_ends import NOTHING_LOOSE
from amhe_tui.programme.thread import loose_ends
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.widgets import Options
from store.records import record_type


class LooseScreen(AmheScreen[None]):
    """A list of loose ends; Enter goes to the record."""

    where = "Loose ends"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("open", "undo", "redo")]
    # In CSS, as the style sheet of the program gives every list no padding, and outranks default styles.
    CSS = "LooseScreen OptionList { height: 1fr; padding: 0 2; } LooseScreen #none { padding: 1 2; height: auto; }"

    def body(self) -> ComposeResult:
        """Show the list."""
        yield Static(id="none", markup=False)
        yield Options(markup=False)

    async def on_mount(self) -> None:
        """Read what hangs loose."""
        self.place(self.where)
        await self.guarded_reload()
        self.query_one(OptionList).focus()

    async def reload(self) -> None:
        """Read again what hangs loose."""
        ends = await self.ask(loose_ends, self.workspace, self.today)
        options = self.query_one(OptionList)
        options.clear_options()
        for number, end in enumerate(ends):
            content = Content.assemble(
                plain(end.words, "bold"), plain(f"  {end.title}"), "\n", plain(f"  {end.remedy}", "dim")
            )
            options.add_option(Option(content, id=f"{end.table}|{end.record_id}|{number}"))
        self.query_one("#none", Static).update(
            NOTHING_LOOSE if not ends else "Each of these stands alone. Enter goes there."
        )
        if ends:
            options.highlighted = 0

    def action_open(self) -> None:
        """Open what is marked."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the record."""
        table, record_id, _ = (event.option.id or "||").split("|")
        self.open("step", record_type(table).sub_step, table=table, record_id=record_id)
