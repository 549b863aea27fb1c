"""A sub-step: its kinds of record at the left, the list in the middle, what is marked in full beside or below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.method.smart import check_goal
from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.programme.voices import warnings_of
from amhe_tui.text import safe, shorten
from screens.programme.form import FormScreen
from screens.programme.printing import print_activity, print_session
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.removing import remove_marked
from screens.shared.widgets import Options, Rows
from store.records import Kind, Link, Record, all_records, faces, record_type, shown, table_of, title_of
from store.workspace import Workspace

MOST_ROWS = 1000


MOST_LETTERS = 40


_SPECIAL: Mapping[str, tuple[str, ...]] = {
    "1A": ("import", "gaps", "breakdown", "missing", "assets", "sources"),
    "1B": ("capture", "print"),
    "2A": (),
    "2B": ("run", "diagram", "print"),
    "2C": (),
    "3A": ("grid",),
    "3B": (),
    "4A": ("import", "breakdown"),
    "4B": (),
    "4C": (),
}
"""What only some sub-steps have, by the names of the actions."""


def kinds_of(sub_step: str) -> list[type[Record]]:
    """Return the kinds of record a sub-step lists."""
    return [kind for kind in all_records().values() if kind.sub_step == sub_step and kind.listed]


@dataclass(frozen=True)
class Listing:
    """All that one reading found of a kind: what is shown comes from one reading alone, whatever is being read meanwhile."""

    kind: type[Record]
    number: int = 0
    """Which reading of its screen this is, in the order they began."""
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    rows: Sequence[Record] = ()
    warned: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    links: Mapping[str, list[Link]] = field(default_factory=dict[str, list[Link]])

    def title(self, table: str, record_id: str) -> str:
        """Return what a record that is linked to is called."""
        return self.titles.get((table, record_id), "(removed)")

    def row(self, record_id: str | None) -> Record | None:
        """Return the record with this id, if it is listed."""
        return next((item for item in self.rows if item.id == record_id), None)

    def with_letters(self, letters: str) -> Sequence[Record]:
        """Return the records that hold every word of the letters typed."""
        words = letters.casefold().split()
        return (
            [item for item in self.rows if all(word in self._words_of(item) for word in words)] if words else self.rows
        )

    def _words_of(self, item: Record) -> str:
        values = [shown(item, name, self.title) for name in faces(self.kind)]
        return " ".join([*values, *self.warned.get(item.id, ())]).casefold()


def read_listing(workspace: Workspace, kinds: Sequence[type[Record]], kind: type[Record], number: int) -> Listing:
    """Read the records of a kind with what is shown of them, and how many there are of each kind."""
    rows = workspace.list(kind)
    warned: dict[str, list[str]] = {}
    for item in rows:
        if warnings := warnings_of(kind, {name: getattr(item, name) for name in faces(kind)}):
            warned[item.id] = warnings
    tables = {str(face.to) for face in faces(kind).values() if face.to} | {str(many.to) for many in kind.many.values()}
    links: dict[str, list[Link]] = {}
    for link in workspace.list(Link, from_table=table_of(kind)) if kind.many else ():
        links.setdefault(link.from_id, []).append(link)
    return Listing(
        kind,
        number,
        counts={table_of(other): len(rows if other is kind else workspace.list(other)) for other in kinds},
        rows=rows,
        warned=warned,
        titles={
            (table, item.id): title_of(item) for table in sorted(tables) for item in workspace.list(record_type(table))
        },
        links=links,
    )


class StepScreen(AmheScreen[None]):
    """One of the ten sub-steps."""

    CSS_PATH = "step.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(
            # What only this sub-step has stands before what every list has: a narrow line has no room for all.
            "add",
            "edit",
            "import",
            "breakdown",
            "gaps",
            "missing",
            "sources",
            "assets",
            "capture",
            "run",
            "diagram",
            "print",
            "grid",
            "remove",
            "filter",
            "undo",
            "redo",
            "thread",
        ),
        *bind("guidance", "previous_step", "next_step", "home", "quit"),
    ]

    def __init__(self, sub_step: str, *, table: str = "", record_id: str = "") -> None:
        super().__init__()
        self.sub_step = sub_step
        self.helped_by = sub_step
        self._kinds = kinds_of(sub_step)
        self._kind = record_type(table) if table and record_type(table) in self._kinds else self._kinds[0]
        self._wanted = record_id
        self._letters = ""
        self._listing = Listing(self._kind)
        self._readings = 0
        title = next(one.title for one in SUB_STEPS if one.code == sub_step)
        self.where = f"{sub_step} {title}"

    def body(self) -> ComposeResult:
        """Show kinds, list and detail."""
        with Horizontal(id="step"):
            yield Options(id="kinds", markup=False, compact=True)
            with Container(id="main"):
                with Vertical(id="list"):
                    yield Static(id="about", markup=False)
                    yield Input(placeholder="letters to look for; Esc shows all again", id="filter", compact=True)
                    yield Rows(cursor_type="row", zebra_stripes=False, id="rows")
                yield VerticalScroll(Static(id="detail", markup=False), id="beside", can_focus=True)

    async def on_mount(self) -> None:
        """Show the first kind that is wanted."""
        self.query_one("#filter").display = False
        self.place(self.where)
        await self.guarded_reload()
        self.query_one(Rows).focus()

    def offers(self, name: str) -> bool:
        """Offer only what this sub-step has."""
        return name in _SPECIAL[self.sub_step] or not any(name in names for names in _SPECIAL.values())

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read again what is listed."""
        self._readings += 1
        listing = await self.ask(read_listing, self.workspace, self._kinds, self._kind, self._readings)
        if listing.kind is not self._kind or listing.number < self._listing.number:
            return  # it comes too late: by now another kind is marked, or a later reading is shown
        self._listing = listing
        self._show_kinds()
        self._show_rows()

    def _show_kinds(self) -> None:
        kinds = self.query_one("#kinds", OptionList)
        marked = self._kinds.index(self._listing.kind)
        with self.prevent(OptionList.OptionHighlighted):
            kinds.clear_options()
            for kind in self._kinds:
                words = kind.plural[:1].upper() + kind.plural[1:]
                kinds.add_option(
                    Option(
                        Content.assemble(
                            plain(words), "\n", (f"  {self._listing.counts[table_of(kind)] or 'none yet'}", "dim")
                        ),
                        id=table_of(kind),
                    )
                )
            kinds.highlighted = marked
        self.query_one("#about", Static).update(plain(self._listing.kind.about))

    def _show_rows(self) -> None:
        table = self.query_one("#rows", Rows)
        table.clear(columns=True)
        kind = self._listing.kind
        declared = faces(kind)
        items = self._listing.with_letters(self._letters)[:MOST_ROWS]
        names = self._columns()
        cells = [
            [shorten(safe(shown(item, name, self._listing.title)), MOST_LETTERS) for name in names] for item in items
        ]
        table.add_column(declared[kind.named_by].label, key="title", width=self._title_width())
        for number, name in enumerate(names):
            widest = max((cell_len(row[number]) for row in cells), default=0)
            table.add_column(declared[name].label, key=name, width=max(widest, cell_len(declared[name].label)))
        for item, row in zip(items, cells, strict=True):
            table.add_row(Text(shorten(title_of(item), 200)), *(Text(cell) for cell in row), key=item.id)
        self._mark(table)
        if not table.row_count:
            self._show_detail(None)

    def _columns(self) -> tuple[str, ...]:
        room = self.size.width
        return self._listing.kind.columns[: 1 if room < 100 else 2 if room < 160 else 4]

    def _title_width(self) -> int:
        room = self.size.width - 24
        if room < 76:
            return max(room - 20, 24)
        return max(min(room // 2 - 20, 70), 26)

    def _mark(self, table: Rows) -> None:
        if self._wanted:
            keys = [row.value for row in table.rows]
            if self._wanted in keys:
                table.move_cursor(row=keys.index(self._wanted))
                self._show_detail(self._wanted)
                return
        if table.row_count:
            self._show_detail(str(next(iter(table.rows)).value))

    def _marked(self) -> Record | None:
        table = self.query_one("#rows", Rows)
        if not table.row_count:
            return None
        key = table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value
        return self._listing.row(key)

    def _show_detail(self, record_id: str | None) -> None:
        item = self._listing.row(record_id)
        detail = self.query_one("#detail", Static)
        if item is None:
            empty = (
                f"There are no {self._listing.kind.plural} yet."
                if not self._letters
                else "Nothing holds these letters."
            )
            detail.update(
                Content.assemble(
                    plain(empty),
                    "\n",
                    ("Press a to add the first. Press g for guidance." if not self._letters else "", "dim"),
                )
            )
            return
        self._wanted = item.id
        detail.update(self._detail(item))

    def _detail(self, item: Record) -> Content:
        parts: list[Content | str | tuple[str, str]] = [plain(title_of(item), "bold"), "\n"]
        parts += [plain(f"⚠ {warning}\n", "$warning") for warning in self._listing.warned.get(item.id, ())]
        section = ""
        for name, face in faces(type(item)).items():
            words = shown(item, name, self._listing.title)
            if not words or name == type(item).named_by:
                continue
            if face.section != section:
                section = face.section
                parts += ["\n", (f"{section}\n", "bold $primary")]
            parts += [plain(face.label, "$text-muted"), "\n" if face.kind is Kind.TEXT else "  ", plain(words), "\n"]
        for name, links in type(item).many.items():
            led = [
                self._listing.title(links.to, link.to_id)
                for link in self._listing.links.get(item.id, ())
                if link.name == name
            ]
            if led:
                parts += [
                    "\n",
                    plain(links.label, "$text-muted"),
                    *(part for words in led for part in ("\n  • ", plain(words))),
                    "\n",
                ]
        parts += self._advice(item)
        return Content.assemble(*parts)

    def _advice(self, item: Record) -> list[Content | str | tuple[str, str]]:
        """Return the SMART checks of a goal: they teach and never block."""
        if table_of(type(item)) != "goal":
            return []
        advice = check_goal(item.model_dump(), today=self.today)
        parts: list[Content | str | tuple[str, str]] = ["\n", ("SMART check\n", "bold $primary")]
        if not advice:
            return [*parts, "Specific, measurable, achievable, relevant and timed, as far as a program can tell.\n"]
        for one in advice:
            parts += [
                (f"{one.letter} ", "bold $warning"),
                plain(one.reason),
                "\n",
                plain(f"  such as: {one.example}\n", "dim"),
            ]
        return parts

    # --- events ------------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="kind")
    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the kind that was marked."""
        self._kind = record_type(str(event.option.id))
        # A reading that was begun and is not shown was cut off or came too late; what is shown may be older than a change.
        if self._kind is not self._listing.kind or self._listing.number < self._readings:
            await self.guarded_reload()

    def on_option_list_option_selected(self) -> None:
        """Go to the list of the kind that was chosen."""
        self.query_one(Rows).focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show what is marked in full."""
        if self._listing.row(event.row_key.value):  # else it tells of a row that was taken away meanwhile
            self._show_detail(event.row_key.value)

    def on_data_table_row_selected(self) -> None:
        """Change what was chosen."""
        self.run_worker(self.action_edit)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._letters = event.value
        self._show_rows()

    def on_input_submitted(self) -> None:
        """Go to the narrowed list."""
        self.query_one(Rows).focus()

    # --- actions -----------------------------------------------------------------------------------------------------------------------------------

    async def action_back(self) -> None:
        """Show all again, or go back."""
        line = self.query_one("#filter", Input)
        if line.display:
            line.value = ""
            line.display = False
            self.query_one(Rows).focus()
        else:
            self.dismiss()

    async def action_home(self) -> None:
        """Go home."""
        self.dismiss()

    def action_filter(self) -> None:
        """Narrow the list."""
        self.query_one("#filter").display = True
        self.query_one("#filter").focus()

    @work(exclusive=True, group="form")
    async def action_add(self) -> None:
        """Add one to this list."""
        await self._form(FormScreen(self._kind(), fresh=True))

    async def action_edit(self) -> None:
        """Change what is marked."""
        item = self._marked()
        if item is not None:
            self._edit(item)

    @work(exclusive=True, group="form")
    async def _edit(self, item: Record) -> None:
        await self._form(FormScreen(item))

    async def _form(self, form: Any) -> None:
        saved = await self.answer(form)
        if saved:
            self._wanted = saved
            self.say("Saved.")
            await self.guarded_reload()

    @work(exclusive=True, group="dialog")
    async def action_remove(self) -> None:
        """Remove what is marked, with what goes along; undo brings it back."""
        item = self._marked()
        if item is None:
            return
        try:
            if await remove_marked(self, item):
                self._wanted = ""
                await self.reload()
        except AmheError as error:
            self.tell(error)

    def action_guidance(self) -> None:
        """Show why and how."""
        title = next(one.title for one in SUB_STEPS if one.code == self.sub_step)
        self.open("guidance", self.sub_step, title)

    def _move(self, by: int) -> None:
        codes = [one.code for one in SUB_STEPS]
        cast(Any, self.amhe).switch_screen(StepScreen(codes[(codes.index(self.sub_step) + by) % len(codes)]))

    def action_previous_step(self) -> None:
        """Go to the sub-step before."""
        self._move(-1)

    def action_next_step(self) -> None:
        """Go to the sub-step after."""
        self._move(1)

    # --- what only some sub-steps have -------------------------------------------------------------------------------------------------------------

    def given_to(self, name: str) -> tuple[Any, ...]:
        """Return what is marked, for the screens that are about it."""
        item = self._marked()
        match name:
            case "thread":
                return (table_of(type(item)), item.id) if item else (table_of(self._kind), "")
            case "capture":
                return (self._marked_id("activity"),)
            case "run":
                return (self._marked_id("nominal_group"),)
            case "grid":
                return (item,)
            case _:
                return ()

    def _marked_id(self, table: str) -> str:
        item = self._marked()
        return item.id if item is not None and table_of(type(item)) == table else ""

    @work
    async def action_print(self) -> None:
        """Write a sheet to print."""
        if self.sub_step == "1B":
            await print_activity(self, self._marked_id("activity"))
        else:
            await print_session(self, self._marked_id("nominal_group"))
