"""Write the report before people leave: for whom, as what, and a look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from amhe_tui.atomic import write_text_whole
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience
from amhe_tui.report import write_report
from amhe_tui.settings import load_settings
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.reading import MarkdownReader
from screens.shared.widgets import OneOf

_AUDIENCES = tuple((audience.choice, audience.key) for audience in Audience)


_FORMS = (("a web page (HTML)", "html"), ("Markdown text", "md"))


class ReportScreen(AmheScreen[None]):
    """Choose an audience, look, and write."""

    CSS_PATH = "reporting.tcss"
    where = "Report"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("write_report", "hidden")]

    def body(self) -> ComposeResult:
        """Show the choices and the report below them."""
        with Horizontal(id="choices"):
            yield Static("For", classes="word")
            yield OneOf(_AUDIENCES, value=Audience.TEAM.key, allow_blank=False, id="audience", compact=True)
            yield Static("as", classes="word")
            yield OneOf(_FORMS, value="html", allow_blank=False, id="form", compact=True)
            yield Button("Write it", id="write", variant="primary", compact=True)
        yield Static(id="note", markup=False)
        yield MarkdownReader(id="look")

    def given_to(self, name: str) -> tuple[Any, ...]:
        """Let what is hidden begin with the audience chosen here."""
        return (self._audience,) if name == "hidden" else ()

    async def on_mount(self) -> None:
        """Show the report."""
        self.place(self.where)
        self.query_one("#look").focus()

    @work(exclusive=True, group="look")
    async def on_select_changed(self) -> None:
        """Show the report for the audience chosen."""
        self.query_one("#note", Static).update(plain("The report is being made …", "dim"))
        try:
            words = await self.ask(self._words, self._audience, "md")
        except AmheError as error:
            self.tell(error)
            return
        self.query_one(MarkdownReader).show(words)
        target = self._target()
        self.query_one("#note", Static).update(plain(f"Would be written to {target}", "dim"))

    @property
    def _audience(self) -> str:
        return str(self.query_one("#audience", OneOf).value)

    def _words(self, chosen: str, form: str) -> str:
        return write_report(self.workspace, Audience.of(chosen), form, self.today, load_settings().policy(chosen))

    def _target(self) -> Path:
        path = self.workspace.path
        return path.with_name(
            f"{path.stem} report {self._audience} {self.today.isoformat()}.{self.query_one('#form', OneOf).value}"
        )

    def on_button_pressed(self) -> None:
        """Write it."""
        self.run_worker(self.action_write_report)

    async def action_write_report(self) -> None:
        """Write the report beside the programme file."""
        target = self._target()
        try:
            words = await self.ask(self._words, self._audience, str(self.query_one("#form", OneOf).value))
            await self.ask(write_text_whole, target, words)
        except AmheError as error:
            self.tell(error)
            return
        except OSError as error:
            self.tell(
                AmheError(
                    "Not written",
                    f"{target} cannot be written ({error.strerror}).",
                    "Free some space, or move the programme to another folder.",
                )
            )
            return
        self.query_one("#note", Static).update(plain(f"✓ Written to {target}", "bold $success"))
        self.say(f"Written: {target.name}")
