"""The form of any record, made from its declaration; leaving it saves it, and what is half typed survives a crash."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Label, Select, Static

from amhe_tui.errors import AmheError
from amhe_tui.programme.editing import save, typed_value, written_value
from amhe_tui.programme.goals import drawn
from amhe_tui.programme.voices import kept_with
from screens.shared.base import AmheScreen, bind, guarded, plain
from screens.shared.drafts import keep_draft, kept_draft
from screens.shared.fields import Titles, links_widget, put_raw, raw_value, widget_for
from store.records import FieldSpec, Kind, Link, Links, Record, faces, record_type, table_of, title_of

DRAFT_PAUSE = 0.3


class FormScreen(AmheScreen[str | None]):
    """Fill in or change one record; answers with its id when it was saved."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("save_form", "throw_away", "help", help="f1")]

    def __init__(self, record: Record, *, fresh: bool = False, focus: str = "") -> None:
        super().__init__()
        self._record, self._fresh, self._first = record, fresh, focus
        self._faces: dict[str, FieldSpec] = faces(type(record))
        self._present: list[Link] = []
        self._titles: dict[str, Titles] = {}
        self._opened: dict[str, Any] = {}
        self._linked: dict[str, str] = {}
        self._drawn: dict[str, Any] = {}
        self._timer: Timer | None = None
        self._ready = False
        self.helped_by = type(record).sub_step
        named = f"{'new ' if fresh else ''}{type(record).singular}"
        self.where = f"{type(record).sub_step} {named[:1].upper()}{named[1:]}".strip()

    def body(self) -> ComposeResult:
        """Show the fields, and below them a line of advice."""
        yield VerticalScroll(id="fields", can_focus=False)
        yield Static(plain(type(self._record).about), id="advice", markup=False)

    async def on_mount(self) -> None:
        """Read what links can lead to, then show the fields."""
        try:
            await self._fill()
        except AmheError as error:
            self.tell(error)

    async def _fill(self) -> None:
        self.place(self.where)
        tables = {face.to for face in self._faces.values() if face.to} | {
            links.to for links in type(self._record).many.values()
        }
        workspace = self.workspace
        for table in sorted(tables):
            records = await self.ask(workspace.list, record_type(table))
            self._titles[table] = [(record.id, title_of(record)) for record in records if record.id != self._record.id]
        if not self._fresh:
            self._present = await self.ask(workspace.list, Link, from_id=self._record.id)
        await self.query_one("#fields").mount_all(list(self._rows()))
        self._opened = self._raw()
        await self._offer_draft()
        self._linked = {name: str(raw) for name, raw in self._raw().items() if raw and self._leads_to_one(name)}
        for name, key in self._linked.items():
            self._drawn |= await self._follows(name, key)
        self._ready = True
        widgets = self._widgets()
        first = widgets.get(self._first) or next(iter(widgets.values()), None)
        if first is not None:
            first.focus()

    def _rows(self) -> list[Widget]:
        rows: list[Widget] = []
        headed: set[str] = set()
        for name, face in self._faces.items():
            section = face.section
            if section and section not in headed:
                headed.add(section)
                rows.append(Static(plain(section), classes="section", markup=False))
            widget = widget_for(name, face, getattr(self._record, name), self._titles.get(face.to or "", []))
            label = f"{face.label}{' *' if face.required else ''}"
            rows.append(Horizontal(Label(plain(label), markup=False), widget, classes=f"row kind-{face.kind.value}"))
        for name, links in type(self._record).many.items():
            chosen = [link.to_id for link in self._present if link.name == name]
            widget = links_widget(name, chosen, self._titles[links.to])
            rows.append(Horizontal(Label(plain(links.label), markup=False), widget, classes="row kind-links"))
        return rows

    def _widgets(self) -> dict[str, Widget]:
        names = [*self._faces, *type(self._record).many]
        return {name: self.query_one(f"#field-{name}") for name in names}

    def _raw(self) -> dict[str, Any]:
        return {name: raw_value(widget) for name, widget in self._widgets().items()}

    # --- drafts ------------------------------------------------------------------------------------------------------------------------------------

    @property
    def _draft_name(self) -> str:
        return f"{table_of(type(self._record))}:{'new' if self._fresh else self._record.id}"

    async def _offer_draft(self) -> None:
        kept = await kept_draft(self, self._draft_name)
        if not kept:
            return
        widgets = self._widgets()
        for name, value in json.loads(kept).items():
            if name in widgets:
                put_raw(widgets[name], value)
        self.notify("What you were typing when the program stopped is here again. Ctrl+R throws it away.", timeout=8)

    def _touched(self) -> None:
        if not self._ready or self.workspace.read_only:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DRAFT_PAUSE, self._keep_draft)

    async def keep_typed(self) -> None:
        """Keep what was typed a moment before the program is left."""
        await self._keep_draft()

    async def _keep_draft(self) -> None:
        if self._ready and self.is_attached:
            raw = self._raw()
            await keep_draft(self, self._draft_name, json.dumps(raw) if raw != self._opened else "")

    async def _forget_draft(self) -> None:
        self._ready = False
        if self._timer is not None:
            self._timer.stop()
        await keep_draft(self, self._draft_name, "")

    def on_input_changed(self) -> None:
        """Keep what is typed."""
        self._touched()

    def on_text_area_changed(self) -> None:
        """Keep what is typed."""
        self._touched()

    async def on_select_changed(self, event: Select.Changed) -> None:
        """Keep what is chosen, and fill in what follows from it."""
        self._touched()
        name = (event.select.id or "").removeprefix("field-")
        if self._ready and self._leads_to_one(name) and raw_value(event.select):
            try:
                await self._draw_from(name, str(raw_value(event.select)))
            except AmheError as error:
                self.tell(error)

    def _leads_to_one(self, name: str) -> bool:
        return name in self._faces and self._faces[name].to is not None

    async def _follows(self, name: str, key: str) -> dict[str, str]:
        """Return what follows for other fields from leading a field to a record, as their widgets hold it."""
        values = await self.ask(drawn, self.workspace, type(self._record), name, key)
        return {field: written_value(self._faces[field], value) for field, value in values.items()}

    async def _draw_from(self, name: str, key: str) -> None:
        """Fill in what follows from a link, where nobody has written anything."""
        if key == self._linked.get(name):
            return
        self._linked[name] = key
        widgets, filled = self._widgets(), list[str]()
        for field, raw in (await self._follows(name, key)).items():
            if raw_value(widgets[field]) in ("", self._drawn.get(field)):
                if self._leads_to_one(field):
                    self._linked[field] = raw
                put_raw(widgets[field], raw)
                filled += [self._faces[field].label] if raw else []
            self._drawn[field] = raw
        if filled:
            self.notify(f"Drawn from what you chose: {', '.join(filled).lower()}.", timeout=6, markup=False)

    def on_selection_list_selected_changed(self) -> None:
        """Keep what is chosen."""
        self._touched()

    def on_checkbox_changed(self) -> None:
        """Keep what is ticked."""
        self._touched()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next field."""
        self.focus_next()

    def on_descendant_focus(self) -> None:
        """Say what the field is for."""
        self._advise()

    _trouble: tuple[str, Content] | None = None
    """The field that kept the form from being saved, and why; said for as long as that field has the focus."""

    def _advise(self) -> None:
        focused = self.focused
        while focused is not None and not (focused.id or "").startswith("field-"):
            focused = focused.parent if isinstance(focused.parent, Widget) else None
        name = (focused.id or "").removeprefix("field-") if focused is not None else ""
        if self._trouble is not None and self._trouble[0] in ("", name):
            self.query_one("#advice", Static).update(self._trouble[1])
            return
        described = self._faces.get(name) or type(self._record).many.get(name)
        hint = described.hint if described else type(self._record).about
        extra = (
            " Space ticks, arrows move."
            if isinstance(described, Links) or (isinstance(described, FieldSpec) and described.kind is Kind.CHOICES)
            else ""
        )
        self.query_one("#advice", Static).update(plain(hint + extra))

    @property
    def _is_draft_of_ours(self) -> bool:
        """Tell whether the program itself filled in a new record, as a finding from a breakdown: leaving keeps it too."""
        required = [name for name, face in self._faces.items() if face.required]
        return self._fresh and all(getattr(self._record, name) for name in required)

    # --- leaving -----------------------------------------------------------------------------------------------------------------------------------

    async def action_back(self) -> None:
        """Save and go back."""
        await self._leave()

    @guarded
    async def _leave(self) -> None:
        if not self._ready:
            self.dismiss(None)
            return
        self._trouble = None
        raw = self._raw()
        if raw == self._opened and not self._is_draft_of_ours:
            await self._forget_draft()
            self.dismiss(None)
            return
        try:
            await self._save(raw)
        except AmheError as error:
            trouble = Content.assemble(
                ("● ", "bold $error"),
                plain(f"{error.what_happened} {error.what_to_do}"),
                (" Ctrl+R leaves without saving.", "dim"),
            )
            blamed = next((name for name, field in self._faces.items() if field.label in error.what_happened), "")
            self._trouble = (blamed, trouble)
            self.query_one("#advice", Static).update(trouble)
            if blamed:
                self._widgets()[blamed].focus()
            return
        await self._forget_draft()
        self.dismiss(self._record.id)

    async def _save(self, raw: dict[str, Any]) -> None:
        # Only what a person changed is written: the rest may hold more digits than a line shows.
        changed = [name for name in self._faces if raw[name] != self._opened[name]]
        values = {name: typed_value(self._faces[name], raw[name], self.today) for name in changed}
        wanted = {name: str(raw[name]).split() for name in type(self._record).many}
        warned = await self.ask(
            partial(save, self.workspace, self._record, values, wanted, self.today, fresh=self._fresh)
        )
        if warned:
            self.notify(kept_with(warned), severity="warning", timeout=12, markup=False)

    @guarded
    async def action_throw_away(self) -> None:
        """Leave without saving what was typed here."""
        await self._forget_draft()
        self.dismiss(None)
