"""Help on where you are: what this is for, and every key that works here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from textwrap import wrap
from typing import Any, NamedTuple, cast

from textual import events, on
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import LoadingIndicator

from amhe_tui.actions import ACTIONS, Action
from amhe_tui.method.guidance import guidance_for
from screens.shared.base import AmheScreen, ProgramAccess, key_name, plain
from screens.shared.dialogs import ReadingDialog
from screens.shared.widgets import Steady


class Offer(NamedTuple):
    """An action that can be done here and now: the key that starts it, and what it is done on."""

    action: Action
    key: str
    command: str
    on: DOMNode


def offers_on(screen: Screen[Any]) -> list[Offer]:
    """Return every registered action that can be done on a screen now, those of what has the focus first.

    Also those whose key does something else for the moment, as letters do on a line that is typed on: the palette does them all the same.
    """
    offers: dict[str, Offer] = {}
    for node in (screen.focused or screen).ancestors_with_self:
        if not isinstance(node, Widget):
            break
        for key, binding in _bound(node).items():
            action = ACTIONS.get(binding.id or "")
            if action is None:
                continue
            offer = offers.get(action.name)
            if offer is None:
                if _can_be_done(screen, node, binding.action):
                    offers[action.name] = Offer(action, key, binding.action, node)
            elif offer.on is node and _is_typed(screen, offer.key) and not _is_typed(screen, key):
                offers[action.name] = offer._replace(key=key)
    return list(offers.values())


def _bound(node: DOMNode) -> dict[str, Binding]:
    """Return a node's own bindings by key; where a class binds a key anew, that is the one that counts."""
    bound: dict[str, Binding] = {}
    for kind in reversed(type(node).__mro__):
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding):
                bound |= dict.fromkeys(binding.key.split(","), binding)
    return bound


def _can_be_done(screen: Screen[Any], node: DOMNode, command: str) -> bool:
    target, name, parameters = parse(command)
    on: DOMNode = {"app": cast(DOMNode, cast(Any, screen).app), "screen": screen}.get(target, node)
    return bool(on.check_action(name, parameters))


def _is_typed(screen: Screen[Any], key: str) -> bool:
    """Tell whether a key would be typed on the line that has the focus."""
    letter = " " if key == "space" else key_name(key)
    return screen.focused is not None and len(letter) == 1 and screen.focused.check_consume_key(key, letter)


class ActionProvider(Provider):
    """Offers the actions of the screen below, with the sentence each has in the registry."""

    async def discover(self) -> Hits:
        """Offer everything before a letter is typed."""
        for offer in offers_on(self.screen):
            yield DiscoveryHit(offer.action.label, self._runner(offer), help=offer.action.help)

    async def search(self, query: str) -> Hits:
        """Offer what fits the letters typed."""
        matcher = self.matcher(query)
        for offer in offers_on(self.screen):
            label, help_text = offer.action.label, offer.action.help
            score = max(matcher.match(label), matcher.match(help_text))
            if score > 0:
                yield Hit(score, matcher.highlight(label), self._runner(offer), help=help_text)

    def _runner(self, offer: Offer) -> Callable[[], Awaitable[bool]]:
        return partial(self.app.run_action, offer.command, offer.on)


class _Commands(Steady, CommandList):
    """The list of the palette."""


class ActionPalette(ProgramAccess, CommandPalette):
    """Every action by name. Textual's own palette fails on a key pressed before its list is there, or on an empty list."""

    def __init__(self) -> None:
        super().__init__([ActionProvider])

    @on(events.Resize)
    def _hear_of_size(self, event: events.Resize) -> None:
        self.let_pass(event)

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

    def on_screen_resume(self) -> None:
        """Close, if that was asked for while something else was on top."""
        self.close_if_asked()


_INDENT = 26
"""Where what a key does begins, behind the key and its name."""
_NAMED = 15
"""The columns of a name."""
_FEWEST = 20
"""With fewer columns than these beside the keys, what they do goes on at the left edge."""


class HelpScreen(ReadingDialog):
    """Help on the screen below."""

    def __init__(self, screen: AmheScreen[Any]) -> None:
        self._offers = offers_on(screen)
        self._typed = any(_is_typed(screen, offer.key) for offer in self._offers)
        self._helped_by = screen.helped_by
        super().__init__("Help", self.folded(0))

    def folded(self, width: int) -> Content:
        """Return the help for so many columns: what a key does stays in its own column."""
        lines = [
            Content.assemble(
                (f"{key_name(offer.key):>8}  ", "bold $primary"),
                (f"{offer.action.label:<{_NAMED}} ", "bold"),
                plain(_beside(offer.action, width)),
            )
            for offer in self._offers
        ]
        content = Content.assemble(
            ("Keys here\n", "bold"),
            ("A letter you press now is typed on the line; Tab leads away from it to the keys.\n", "dim")
            if self._typed
            else "",
            Content("\n").join(lines),
            "\n\n",
            ("Everywhere\n", "bold"),
            ("  Ctrl+P  ", "bold $primary"),
            "every command by name; the bottom line can be clicked\n",
            ("     Tab  ", "bold $primary"),
            "to the next field or list; Space ticks a box, Enter opens choices\n",
        )
        return Content.assemble(content, "\n", guidance_content(self._helped_by)) if self._helped_by else content


def _beside(action: Action, width: int) -> str:
    room = width - _INDENT
    if room < _FEWEST:
        return action.help
    taken = max(len(action.label) - _NAMED, 0)  # a long name reaches into the first line
    lines = wrap(action.help, room, initial_indent=" " * taken)
    return f"\n{'':{_INDENT}}".join(lines)[taken:]


def guidance_content(sub_step: str) -> Content:
    """Return the guidance of a sub-step as something to read."""
    guidance = guidance_for(sub_step)
    parts: list[Content | str | tuple[str, str]] = [("Why\n", "bold $primary"), guidance.why, "\n"]
    for title, items in (
        ("How", guidance.how),
        ("Ask yourselves", guidance.prompts),
        ("Look out for", guidance.pitfalls),
    ):
        parts += ["\n", (f"{title}\n", "bold $primary")]
        for item in items:
            parts += ["  • ", item, "\n"]
    if guidance.good:
        parts += ["\n", ("What good looks like\n", "bold $primary"), guidance.good, "\n"]
    return Content.assemble(*parts)


class GuidanceScreen(ReadingDialog):
    """Guidance for a sub-step, in our own words."""

    def __init__(self, sub_step: str, title: str) -> None:
        super().__init__(f"{sub_step} {title}", guidance_content(sub_step))
