"""One secret ballot: what one person sees and does between two blank screens; nothing of it outlives the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.programme.votes import Paper
from amhe_tui.text import shorten
from screens.shared.base import AmheDialog, AmheScreen, bind, motions, plain
from screens.shared.widgets import Options

_WIDE, _BROAD = 100, 160


class IdeaList(Options):
    """The ideas on a ballot; Enter is the ballot's own."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("choose_idea")]


class BoxDialog(AmheDialog[bool]):
    """Show the whole ballot once more before it goes into the box; Enter puts it in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *motions(left="app.focus_previous", up="app.focus_previous", right="app.focus_next", down="app.focus_next")
    ]
    DEFAULT_CSS = "BoxDialog VerticalScroll { height: auto; max-height: 12; }"

    def __init__(self, title: str, words: Content, *, yes: str, no: str) -> None:
        super().__init__()
        self._title, self._words, self._yes, self._no = title, words, yes, no

    def compose(self) -> ComposeResult:
        """Show the ballot and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(self._words, markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(self._no, id="no")
                yield Button(self._yes, id="yes", variant="primary")

    def on_mount(self) -> None:
        """Put the focus where most people go on."""
        self.query_one("#yes").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")


class BallotScreen(AmheScreen[bool]):
    """Let one person rank ideas; leaving it empties it.

    Answers with true when a ballot went into the box, and never with what was on it.
    """

    CSS_PATH = "ballot.tcss"
    where = "2B Your secret ballot"
    helped_by = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bind("put_in_box", "take_back", "abstain", "pick_idea", "leave_ballot")]

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._chosen: list[str] = []
        self._typed = ""
        self._casting = False

    def body(self) -> ComposeResult:
        """Show the question, what to do, the ideas, and the places as they fill up."""
        yield Static(plain(self._paper.question), id="question", markup=False)
        yield Static(id="task", markup=False)
        with Container(id="room"):
            yield IdeaList(*self._options(), id="ideas", markup=False, compact=True)
            with Vertical(id="side"):
                yield Static(id="places", markup=False)
                with Horizontal(id="buttons"):
                    yield Button("Put in the box", id="box", variant="primary", compact=True)
                    yield Button("Take back", id="take-back", compact=True)
                    yield Button("Abstain", id="abstain", compact=True)

    def on_mount(self) -> None:
        """Begin empty."""
        ideas = self.query_one("#ideas", OptionList)
        ideas.highlighted = 0
        ideas.focus()
        self._show()

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    def _options(self) -> list[Option]:
        return [Option(self._line(letter, key, words), id=key) for letter, key, words in self._paper.ideas]

    def _line(self, letter: str, key: str, words: str) -> Content:
        mark = self._marks.get(key, "")
        style = "bold" if mark else ""
        end = "\n" if self.size.width >= _BROAD else ""
        return Content.assemble((f"{mark:>4} ", "bold"), (f"{letter:<3}", "bold"), plain(words, style), end)

    def _show(self, note: str = "") -> None:
        """Show the ballot as it stands, and a word on what was just pressed where there is one."""
        ideas = self.query_one("#ideas", OptionList)
        for letter, key, words in self._paper.ideas:
            ideas.replace_option_prompt(key, self._line(letter, key, words))
        self.query_one("#places", Static).update(self._places())
        self.query_one("#task", Static).update(plain(note or self._what_to_do(), "bold" if note or self._full else ""))

    def _what_to_do(self) -> str:
        if self._typed:
            return f"Letters so far: {self._typed}. Enter takes it; Backspace forgets it."
        if self._full:
            return "Your ballot is full. Enter shows it once more before it goes into the box; Backspace takes the last one back."
        what = self._paper.scheme.to_choose(self._paper.places)
        return f"{what}: press a letter, or arrows and Enter, or click. Backspace takes the last one back."

    def _places(self) -> Content:
        known = {key: (letter, words) for letter, key, words in self._paper.ideas}
        parts: list[Content | str | tuple[str, str]] = []
        wide = self.size.width >= _WIDE
        scheme, marks = self._paper.scheme, self._marks
        filled = [(marks[key], *known[key]) for key in self._chosen]
        left = range(len(filled), self._paper.places) if scheme.ordered else ()
        for mark, letter, words in (*filled, *((scheme.mark(place + 1), "–", "") for place in left)):
            if parts:
                parts.append("\n" if wide else "   ")
            parts += [(f"{mark} ", "$text-muted"), (letter, "bold $accent")]
            if wide and words:
                parts.append(plain(f"  {shorten(words, 60)}"))
        return Content.assemble(*parts)

    @property
    def _ballot(self) -> dict[str, int]:
        return self._paper.scheme.numbers([(key, None) for key in self._chosen])

    @property
    def _marks(self) -> dict[str, str]:
        return {key: self._paper.scheme.mark(number) for key, number in self._ballot.items()}

    @property
    def _full(self) -> bool:
        return len(self._chosen) >= self._paper.places

    # --- choosing ----------------------------------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Take a letter as the idea it stands for."""
        letter = (event.character or "").upper()
        if len(letter) == 1 and "A" <= letter <= "Z":
            event.stop()
            self._type(letter)

    def _type(self, letter: str) -> None:
        self._typed += letter
        keys = {letters: key for letters, key, _ in self._paper.ideas}
        fits = [letters for letters in keys if letters.startswith(self._typed)]
        if fits == [self._typed]:
            self._take_typed()
        elif not fits:
            typed, self._typed = self._typed, ""
            self._show(self._paper.why_not(typed))
        else:
            self._show()

    def _take_typed(self) -> None:
        keys = {letters: key for letters, key, _ in self._paper.ideas}
        typed, self._typed = self._typed, ""
        if typed in keys:
            self.query_one("#ideas", OptionList).highlighted = list(keys).index(typed)
            self._choose(keys[typed])
        else:
            self._show(self._paper.why_not(typed))

    def _choose(self, key: str, *, give_back: bool = False) -> None:
        """Put an idea on the next place; ``give_back`` takes it off where it is on the ballot already."""
        if self._casting:
            return
        note = ""
        if key in self._chosen and give_back:
            self._chosen.remove(key)
        elif key in self._chosen:
            letter = next(letter for letter, offered, _ in self._paper.ideas if offered == key)
            left = self._paper.places - len(self._chosen)
            note = f"{letter} is on your ballot already; {left} more to choose. Ctrl+S puts it in the box as it is, Backspace takes the last back."
        elif self._full:
            note = "Every place is filled. Backspace takes the last one back."
        else:
            self._chosen.append(key)
        self._show(note)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the idea that was clicked, or give it back."""
        self._choose(str(event.option.id), give_back=True)

    def action_choose_idea(self) -> None:
        """Take the letters typed or the marked idea; with a full ballot go on to the box."""
        if self._typed:
            self._take_typed()
        elif self._full:
            self.action_put_in_box()
        else:
            self._choose_marked(give_back=False)

    def action_pick_idea(self) -> None:
        """Take or give back the marked idea."""
        self._choose_marked(give_back=True)

    def _choose_marked(self, *, give_back: bool) -> None:
        ideas = self.query_one("#ideas", OptionList)
        if ideas.has_focus and ideas.highlighted is not None:
            self._choose(self._paper.ideas[ideas.highlighted][1], give_back=give_back)

    def action_take_back(self) -> None:
        """Take the last choice back."""
        if self._casting:
            return
        if self._typed:
            self._typed = ""
        elif self._chosen:
            self._chosen.pop()
        self._show()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        {"box": self.action_put_in_box, "take-back": self.action_take_back, "abstain": self.action_abstain}[
            str(event.button.id)
        ]()

    # --- leaving -----------------------------------------------------------------------------------------------------------------------------------

    @work(group="ballot")
    async def action_put_in_box(self) -> None:
        """Show the ballot once more, then put it into the box."""
        if self._casting:
            return
        if not self._chosen:
            self._show("Choose at least one idea, or abstain.")
            return
        self._casting = True
        try:
            if await self.answer(self._once_more()):
                await self.ask(self.workspace.cast, self._paper.round_id, self._ballot)
                self._leave(True)
        except AmheError as error:
            self.tell(error)
        finally:
            self._casting = False

    def _once_more(self) -> BoxDialog:
        known = {key: (letter, words) for letter, key, words in self._paper.ideas}
        lines = [Content.assemble((f"{mark:>4} ", "$text-muted"), (f"{known[key][0]:<3}", "bold $accent"), plain(shorten(known[key][1], 60)))
                 for key, mark in self._marks.items()]  # fmt: skip
        words = Content("\n").join(lines)
        short = self._paper.scheme.short_ballot
        if short and not self._full:
            few = f"\n\nYou chose {len(self._chosen)} of {self._paper.places}. {short}"
            words = Content.assemble(words, few)
        return BoxDialog("Put this ballot into the box?", words, yes="Put it in the box", no="Change it")

    @work(group="ballot")
    async def action_abstain(self) -> None:
        """Leave without a ballot."""
        if self._casting:
            return
        self._casting = True
        words = Content("No ballot goes into the box for you. That is a free choice, and nothing notes it down.")
        sure = await self.answer(BoxDialog("Abstain?", words, yes="Abstain", no="Go back to my ballot"))
        self._casting = False
        if sure:
            self._leave(False)

    async def action_back(self) -> None:
        """Leave at once; nothing chosen stays anywhere."""
        self._leave(False)

    def _leave(self, cast: bool) -> None:
        self._chosen.clear()
        self._typed = ""
        self.query_one("#places", Static).update("")
        self.query_one("#ideas", OptionList).clear_options()
        self.dismiss(cast)
