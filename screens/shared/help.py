"""Help on where you are: what this is for, and every key that works here."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import LoadingIndicator, Static

from amhe_tui.actions import all_actions
from amhe_tui.method.guidance import guidance_for
from screens.shared.base import AmheDialog, AmheScreen, Program, key_name, plain
from screens.shared.widgets import Steady


class ActionProvider(Provider):
    """Offers the bindings that are alive on the screen below, with the sentence each has in the registry."""

    def _live(self) -> list[tuple[str, str, str]]:
        known = {one.name: one for one in all_actions()}
        found: dict[str, tuple[str, str, str]] = {}
        for binding in self.screen.active_bindings.values():
            name = binding.binding.action
            one = known.get(name)
            if binding.enabled and one is not None:
                found[name] = (one.label, one.help, name)
        return list(found.values())

    async def discover(self) -> Hits:
        """Offer everything before a letter is typed."""
        for label, words, name in self._live():
            yield DiscoveryHit(label, self._runner(name), help=words)

    async def search(self, query: str) -> Hits:
        """Offer what fits the letters typed."""
        matcher = self.matcher(query)
        for label, words, name in self._live():
            score = max(matcher.match(label), matcher.match(words))
            if score > 0:
                yield Hit(score, matcher.highlight(label), self._runner(name), help=words)

    def _runner(self, name: str):
        async def run() -> None:
            await self.screen.run_action(name)

        return run


class _Commands(Steady, CommandList):
    """The list of the palette."""


class ActionPalette(CommandPalette):
    """Every action by name. Textual's own palette fails on a key pressed before its list is there, or on an empty list."""

    def __init__(self) -> None:
        super().__init__([ActionProvider])

    def compose(self) -> ComposeResult:
        """Show a line to type in, and below it the list of what fits."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield _Commands()
                yield LoadingIndicator()

    def _action_command_list(self, action: str) -> None:
        if self.query(CommandList):
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        if self.query(CommandList):
            super()._action_cursor_down()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close the palette; once closed it stays closed."""
        return super().dismiss(result) if self in cast(Program, cast(Any, self).app).screen_stack else AwaitComplete()


class ReadingDialog(AmheDialog[None]):
    """Something to read; arrows scroll, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "cancel", "Close", id="cancel")]
    DEFAULT_CSS = """
    ReadingDialog > .dialog { width: 90; height: 90%; }
    ReadingDialog VerticalScroll { height: 1fr; }
    """

    def __init__(self, title: str, words: Content) -> None:
        super().__init__()
        self._title, self._words = title, words

    def compose(self) -> ComposeResult:
        """Show the words."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(self._words, markup=False)
            yield Static(Content.styled("Esc closes · arrows scroll", "dim"), markup=False)

    def on_mount(self) -> None:
        """Put the focus where arrows scroll."""
        self.query_one(VerticalScroll).focus()


class HelpScreen(ReadingDialog):
    """Help on the screen below."""

    def __init__(self, screen: AmheScreen[Any]) -> None:
        known = {one.name: one for one in all_actions()}
        lines: list[Content] = []
        seen: set[str] = set()
        for key, active in screen.active_bindings.items():
            binding = active.binding
            one = known.get(binding.action)
            label, words = (one.label, one.help) if one else (binding.description, binding.tooltip)
            # What has no sentence of its own belongs to a widget, such as the arrows of a table.
            if not words or binding.action in seen or not active.enabled:
                continue
            seen.add(binding.action)
            lines.append(
                Content.assemble((f"{key_name(key):>8}  ", "bold $primary"), (f"{label:<15} ", "bold"), plain(words))
            )
        keys = Content("\n").join(lines)
        words = Content.assemble(
            ("Keys here\n", "bold"),
            keys,
            "\n\n",
            ("Everywhere\n", "bold"),
            ("  Ctrl+P  ", "bold $primary"),
            "every command by name; the footer can be clicked\n",
        )
        if screen.helped_by:
            words = Content.assemble(words, "\n", guidance_content(screen.helped_by))
        super().__init__("Help", words)


def guidance_content(sub_step: str) -> Content:
    """Return the guidance of a sub-step as something to read."""
    found = guidance_for(sub_step)
    parts: list[Content | str | tuple[str, str]] = [("Why\n", "bold $primary"), found.why, "\n"]
    for title, items in (("How", found.how), ("Ask yourselves", found.prompts), ("Look out for", found.pitfalls)):
        parts += ["\n", (f"{title}\n", "bold $primary")]
        for item in items:
            parts += ["  • ", item, "\n"]
    if found.good:
        parts += ["\n", ("What good looks like\n", "bold $primary"), found.good, "\n"]
    return Content.assemble(*parts)


class GuidanceScreen(ReadingDialog):
    """Guidance for a sub-step, in our own words."""

    def __init__(self, sub_step: str, title: str) -> None:
        super().__init__(f"{sub_step} {title}", guidance_content(sub_step))
