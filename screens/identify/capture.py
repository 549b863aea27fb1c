"""Taking notes in a focus group: one line, Enter, on to the next; themes in two keys, corrections later."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.programme.voices import Note, keep_note, kept_with, read_note, warnings_of
from amhe_tui.text import counted
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, guarded, plain
from screens.shared.dialogs import ConfirmDialog, PickDialog
from screens.shared.drafts import keep_line, put_line_back
from screens.shared.fields import LineInput
from screens.shared.widgets import Options
from store.records import Activity, Link, Remark, Theme, title_of


class CaptureScreen(AmheScreen[None]):
    """Take down what people say, at typing speed; every line is on the disk before the next."""

    CSS_PATH = "capture.tcss"
    where = "1B Taking notes"
    helped_by = "1B"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("theme", "quotable", "correct", "undo", "help", undo="ctrl+z", help="f1")
    ]

    def __init__(self, activity_id: str = "") -> None:
        super().__init__()
        self._activity_id = activity_id
        self._remarks: list[Remark] = []
        self._speaker = ""

    def body(self) -> ComposeResult:
        """Show the question, what was said so far, and the line to type on."""
        with Vertical():
            yield Static(id="question", markup=False)
            yield Options(id="said", markup=False, compact=True)
            yield Static(id="hint", markup=False)
            yield LineInput(placeholder="P3: what they said, in their words #theme   (Enter keeps it)", id="line")

    def on_mount(self) -> None:
        """Choose the activity."""
        self._choose()

    @work(exclusive=True, group="choose")
    async def _choose(self) -> None:
        try:
            if not self._activity_id:
                self._activity_id = await self._which() or ""
            if not self._activity_id:
                self.dismiss()
                return
            await self.reload()
            await put_line_back(self, self._activity_id)
        except AmheError as error:
            self.tell(error)
        self.query_one("#line").focus()

    async def keep_typed(self) -> None:
        """Keep the line that is half typed."""
        await keep_line(self, self._activity_id)

    async def _which(self) -> str | None:
        activities = await self.ask(self.workspace.list, Activity)
        choices = [
            ("new", "A new focus group"),
            *((activity.id, title_of(activity)) for activity in reversed(activities)),
        ]
        chosen = await self.answer(PickDialog("Notes of which activity?", choices)) if activities else "new"
        if chosen != "new":
            return chosen
        return await self.answer(FormScreen(Activity(held=self.today.isoformat()), fresh=True))

    async def reload(self) -> None:
        """Read again what was said."""
        if not self._activity_id:
            return
        workspace = self.workspace
        activity = await self.ask(workspace.need, Activity, self._activity_id)
        self._remarks = await self.ask(workspace.list, Remark, activity_id=self._activity_id)
        themes = {theme.id: theme.name for theme in await self.ask(workspace.list, Theme)}
        given: dict[str, list[str]] = {}
        for link in await self.ask(workspace.list, Link, from_table="remark", name="themes"):
            given.setdefault(link.from_id, []).append(themes.get(link.to_id, ""))
        self.place(f"1B {activity.title}")
        self.query_one("#question", Static).update(
            plain(activity.question or "One open question at a time; write it on the activity.", "bold")
        )
        options = self.query_one("#said", OptionList)
        options.clear_options()
        options.add_options(
            [Option(self._line(remark, given.get(remark.id, [])), id=remark.id) for remark in self._remarks]
        )
        if self._remarks:
            options.highlighted = len(self._remarks) - 1
            options.scroll_end(animate=False)
        self._hint(
            f"{counted(len(self._remarks), 'remark', 'remarks')}, all saved. A line without a code goes on with {self._speaker or 'nobody'}; #word gives a theme."
        )

    def _line(self, remark: Remark, themes: list[str]) -> Content:
        parts: list[Content | str | tuple[str, str]] = [
            plain(f"{remark.speaker or '–':<4}", "bold"),
            plain(remark.words.replace("\n", " ")),
        ]
        parts += [plain(f"  #{name}", "italic") for name in themes]
        return Content.assemble(*parts, ("  ❝may be quoted❞", "dim") if remark.quote else "")

    def _hint(self, text: str, style: str = "$text-muted") -> None:
        self.query_one("#hint", Static).update(plain(text, style))

    async def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Keep a line."""
        note = read_note(event.value, self._speaker)
        if not note.words:
            return
        line = event.input
        try:
            warned = warnings_of(Remark, {"words": note.words})
            if warned and not await self._keep_anyway(warned):
                return
            await self.ask(self._keep, note)
        except AmheError as error:
            self.tell(error)
            return
        if line.value == event.value:
            line.value = ""
        self._speaker = note.speaker
        await self.guarded_reload()

    async def _keep_anyway(self, warned: list[str]) -> bool:
        """Warn once of what may tell who somebody is: the same line entered again is kept."""
        if getattr(self, "_warned", None) == warned:
            self._warned: list[str] = []
            return True
        self._warned = warned
        self._hint(f"⚠ {warned[0]} Change it, or press Enter again to keep it as it is.", "bold $warning")
        return False

    def _keep(self, note: Note) -> list[str]:
        return keep_note(self.workspace, self._activity_id, note)

    def _marked(self) -> Remark | None:
        options = self.query_one("#said", OptionList)
        if options.highlighted is None or not self._remarks:
            return None
        return self._remarks[options.highlighted]

    @work(exclusive=True, group="dialog")
    async def action_theme(self) -> None:
        """Give a remark a theme."""
        remark = self._marked()
        if remark is None:
            return
        workspace = self.workspace
        themes = await self.ask(workspace.list, Theme)
        choices = [(theme.id, theme.name) for theme in themes] + [("new", "A new theme…")]
        chosen = await self.answer(PickDialog("Which theme does it speak to?", choices, hint=remark.words))
        if chosen == "new":
            chosen = await self.answer(FormScreen(Theme(), fresh=True))
        if not chosen:
            return

        def write() -> None:
            if chosen not in workspace.linked(remark.id, "themes"):
                with workspace.change("Give a remark a theme") as change:
                    change.link(remark, "themes", "theme", chosen)

        await self.ask(write)
        await self.guarded_reload()
        self.query_one("#line").focus()

    @guarded
    async def action_quotable(self) -> None:
        """Mark a remark as one that may be quoted, or not."""
        remark = self._marked()
        if remark is None:
            return
        workspace = self.workspace

        def write() -> None:
            with workspace.change("Mark what may be quoted") as change:
                change.update(remark, quote=not remark.quote)

        await self.ask(write)
        await self.reload()

    @work(exclusive=True, group="dialog")
    async def action_correct(self) -> None:
        """Open a remark in full."""
        remark = self._marked()
        if remark is not None:
            await self.answer(FormScreen(remark))
            await self.guarded_reload()

    async def action_back(self) -> None:
        """Go back; a line that is half typed is asked about first."""
        self._leave()

    @work(exclusive=True, group="dialog")
    @guarded
    async def _leave(self) -> None:
        line = self.query_one("#line", LineInput)
        if line.value.strip():
            # Enter takes the first button, and whoever hurries out must lose nothing.
            leave_out = await self.answer(
                ConfirmDialog(
                    "The last line is not kept yet", f"“{line.value.strip()}”", yes="Leave it out", no="Keep it"
                )
            )
            if leave_out is None:
                return
            if not leave_out:
                warned = await self.ask(self._keep, read_note(line.value, self._speaker))
                if warned:
                    self.notify(kept_with(warned), severity="warning", timeout=12, markup=False)
        self.dismiss()
