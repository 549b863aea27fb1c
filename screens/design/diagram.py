"""Driver diagram and theory of change, drawn as trees: what has to change so that the aim is met."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import DiagramKind, NodeLevel, Strength, label_of
from amhe_tui.text import shorten
from screens.design.diagram_tree import LEVELS, Diagram, Row, advice
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import ConfirmDialog, PickDialog
from screens.shared.removing import remove_marked
from screens.shared.widgets import Options
from store.records import DiagramLink, DiagramNode, Finding, Idea, title_of

_SHORT = {
    NodeLevel.PRIMARY: "Primary",
    NodeLevel.SECONDARY: "Secondary",
    NodeLevel.SHORT: "Short term",
    NodeLevel.MEDIUM: "Medium term",
    NodeLevel.LONG: "Long term",
}


_MOST_ADVICE = 12


class DiagramScreen(AmheScreen[None]):
    """See and build both diagrams; a box that leads to several stands under each of them."""

    CSS_PATH = "diagram.tcss"
    where = "2B Diagrams"
    helped_by = "2B"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("add", "join_boxes", "edit", "remove", "undo", "redo", "part_boxes")]

    def __init__(self) -> None:
        super().__init__()
        self._diagrams: tuple[Diagram, ...] = ()
        self._titles: dict[str, str] = {}
        self._rows: list[Row | None] = []

    def body(self) -> ComposeResult:
        """Show the trees, what is marked, and what to mind."""
        with Container(id="room"):
            yield Options(id="tree", markup=False, compact=True)
            yield VerticalScroll(Static(id="detail", markup=False), Static(id="advice", markup=False), id="beside")

    def on_mount(self) -> None:
        """Begin in the tree."""
        self.query_one("#tree").focus()

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read the boxes and arrows again."""
        await self.ask(self._read)
        self.place(self.where)
        self._show()

    def _read(self) -> None:
        workspace = self.workspace
        nodes, links = workspace.list(DiagramNode), workspace.list(DiagramLink)
        self._diagrams = tuple(Diagram(kind, nodes, links) for kind in DiagramKind)
        self._titles = {item.id: title_of(item) for kind in (Finding, Idea) for item in workspace.list(kind)}

    def _show(self) -> None:
        tree = self.query_one("#tree", OptionList)
        marked = self._marked()
        options: list[Option] = []
        self._rows = []
        for diagram in self._diagrams:
            if options:
                options.append(Option("", disabled=True))
                self._rows.append(None)
            options.append(Option(Content.styled(diagram.kind.label, "bold $primary"), disabled=True))
            self._rows.append(None)
            rows = diagram.rows()
            options += [Option(self._line(row)) for row in rows] or [
                Option(Content.styled("  No box yet. Press a to add one.", "$text-muted"), disabled=True)
            ]
            self._rows += rows or [None]
        tree.clear_options()
        tree.add_options(options)
        places = [place for place, row in enumerate(self._rows) if row is not None]
        same = [
            place
            for place in places
            if marked is not None and self._rows[place] is not None and self._id_at(place) == marked.id
        ]
        if places:
            tree.highlighted = (same or places)[0]
        self._show_beside()

    def _id_at(self, place: int) -> str:
        row = self._rows[place]
        return row.node.id if row is not None else ""

    def _line(self, row: Row) -> Content:
        level = (
            _SHORT.get(NodeLevel(row.node.level), label_of(NodeLevel, row.node.level))
            if row.node.level in set(NodeLevel)
            else row.node.level
        )
        sign, style = "", "$text-muted"
        if row.circle:
            sign, style = "  ↺ goes round in a circle", "bold $warning"
        elif row.again:
            sign = "  ⇉ drawn in full above"
        elif row.parents > 1:
            sign = f"  ⇉ leads to {row.parents}"
        width = self.query_one("#tree").size.width or self.size.width
        room = max(width - len(row.lines) - len(level) - len(sign) - 6, 20)
        return Content.assemble(
            (row.lines, "$text-muted"),
            plain(f"{level}: ", "$text-muted"),
            plain(shorten(row.node.title, room), "" if row.lines else "bold"),
            (sign, style),
        )

    def _marked(self) -> DiagramNode | None:
        place = self.query_one("#tree", OptionList).highlighted
        row = self._rows[place] if place is not None and place < len(self._rows) else None
        if row is None:
            return None
        return next((diagram.nodes[row.node.id] for diagram in self._diagrams if row.node.id in diagram.nodes), None)

    def _diagram_of(self, node: DiagramNode | None) -> Diagram:
        return next(
            (diagram for diagram in self._diagrams if node is not None and node.id in diagram.nodes), self._diagrams[0]
        )

    def on_option_list_option_highlighted(self) -> None:
        """Show what is marked in full."""
        self._show_beside()

    def _show_beside(self) -> None:
        if not self._diagrams:
            return
        node = self._marked()
        diagram = self._diagram_of(node)
        self.query_one("#detail", Static).update(self._detail(diagram, node) if node is not None else "")
        lines = advice(diagram)
        parts: list[Content | str | tuple[str, str]] = []
        if diagram.nodes:
            parts.append((f"{diagram.kind.label}: what to mind\n", "bold $primary"))
            parts += [plain(f"• {shorten(line, 240)}\n") for line in lines[:_MOST_ADVICE]] or [
                "Nothing, as far as a program can tell.\n"
            ]
            if len(lines) > _MOST_ADVICE:
                parts.append((f"and {len(lines) - _MOST_ADVICE} more\n", "$text-muted"))
        self.query_one("#advice", Static).update(Content.assemble(*parts))

    def _detail(self, diagram: Diagram, node: DiagramNode) -> Content:
        parts: list[Content | str | tuple[str, str]] = [plain(node.title, "bold"), "\n"]
        facts = (
            ("How you would know", node.measure),
            ("Finding", self._titles.get(node.finding_id or "", "")),
            ("Idea", self._titles.get(node.idea_id or "", "")),
        )
        for label, words in facts:
            if words:
                parts += [(f"{label}  ", "$text-muted"), plain(words), "\n"]
        for arrow in diagram.links:
            if arrow.cause_id == node.id and arrow.effect_id:
                parts += [("leads to ", "$text-muted"), plain(shorten(diagram.nodes[arrow.effect_id].title, 80)), "\n"]
                parts += (
                    [("   because ", "$text-muted"), plain(arrow.why), "\n"]
                    if arrow.why
                    else [("   why is not said yet\n", "$text-muted")]
                )
                if arrow.strength:
                    parts += [("   evidence ", "$text-muted"), label_of(Strength, arrow.strength).lower(), "\n"]
                if arrow.unintended:
                    parts += [("   could go wrong: ", "$text-muted"), plain(arrow.unintended), "\n"]
        return Content.assemble(*parts)

    def on_resize(self) -> None:
        """Use the room there is, once it is known."""
        if self._diagrams:
            self.call_after_refresh(self._show)

    # --- building ----------------------------------------------------------------------------------------------------------------------------------

    @work(group="diagram", exclusive=True)
    async def action_add(self) -> None:
        """Add a box, one level below the marked one, and ask whether it leads to it."""
        marked = self._marked()
        diagram = self._diagram_of(marked)
        fresh = DiagramNode(diagram=diagram.kind.value, level=self._level_below(diagram, marked))
        saved = await self.answer(FormScreen(fresh, fresh=True, focus="title"))
        if not saved:
            return
        try:
            node = await self.ask(self.workspace.need, DiagramNode, saved)
            if marked is not None and node.diagram == marked.diagram:
                words = f"Does “{shorten(node.title, 80)}” lead to “{shorten(marked.title, 80)}”?"
                if await self.answer(ConfirmDialog("Draw an arrow?", words, yes="Yes, and say why", no="No")):
                    await self._arrow(saved, marked.id)
            await self.reload()
        except AmheError as error:
            self.tell(error)
            return
        self._mark(saved)

    @staticmethod
    def _level_below(diagram: Diagram, marked: DiagramNode | None) -> str:
        levels = [level.value for level in LEVELS[diagram.kind]]
        if marked is None or marked.level not in levels:
            return levels[0]
        return levels[min(levels.index(marked.level) + 1, len(levels) - 1)]

    def _mark(self, node_id: str) -> None:
        for place in range(len(self._rows)):
            if self._id_at(place) == node_id:
                self.query_one("#tree", OptionList).highlighted = place
                return

    async def _arrow(self, cause_id: str, effect_id: str) -> None:
        await self.answer(FormScreen(DiagramLink(cause_id=cause_id, effect_id=effect_id), fresh=True, focus="why"))

    @work(group="diagram", exclusive=True)
    async def action_join_boxes(self) -> None:
        """Draw an arrow from the marked box to another of its diagram."""
        node = self._marked()
        if node is None:
            self.say("Mark a box first.")
            return
        choices = [
            (other.id, f"{label_of(NodeLevel, other.level)}: {shorten(other.title, 100)}")
            for other in self._diagram_of(node).can_lead_to(node.id)
        ]
        if not choices:
            self.say("There is no other box it could lead to.")
            return
        title = f"“{shorten(node.title, 50)}” leads to which box?"
        chosen = await self.answer(PickDialog(title, choices, hint="Boxes that would close a circle are left out."))
        if chosen:
            await self._arrow(node.id, chosen)
            await self.guarded_reload()

    @work(group="diagram", exclusive=True)
    async def action_part_boxes(self) -> None:
        """Take away an arrow of the marked box."""
        node = self._marked()
        if node is None:
            return
        diagram = self._diagram_of(node)
        arrows = {arrow.id: arrow for arrow in diagram.links if node.id in (arrow.cause_id, arrow.effect_id)}
        choices = [
            (
                key,
                f"{shorten(diagram.nodes[str(arrow.cause_id)].title, 40)} → {shorten(diagram.nodes[str(arrow.effect_id)].title, 40)}",
            )
            for key, arrow in arrows.items()
        ]
        if not choices:
            self.say("This box has no arrow.")
            return
        chosen = await self.answer(PickDialog("Take away which arrow?", choices))
        if chosen:
            await self._remove(arrows[chosen])

    def on_option_list_option_selected(self) -> None:
        """Change the box that was chosen."""
        self.action_edit()

    @work(group="diagram", exclusive=True)
    async def action_edit(self) -> None:
        """Change the marked box."""
        node = self._marked()
        if node is not None:
            await self.answer(FormScreen(node))
            await self.guarded_reload()

    @work(group="diagram", exclusive=True)
    async def action_remove(self) -> None:
        """Remove the marked box and its arrows; undo brings all of it back."""
        node = self._marked()
        if node is not None:
            await self._remove(node)

    async def _remove(self, item: DiagramNode | DiagramLink) -> None:
        try:
            if await remove_marked(self, item):
                await self.reload()
        except AmheError as error:
            self.tell(error)
