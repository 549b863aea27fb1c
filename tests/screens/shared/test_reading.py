"""A long text is there at once, keeps its place, and is set in the colours and to the width of the screen it is on."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from amhe_tui.themes import register_themes, themes
from screens.shared.reading import MarkdownReader
from tests.quiet import wait_for_work_not_for_time
from tests.support import screen_text

wait_for_work_not_for_time()
SECTIONS = 40
TEXT = "# A report\n\n" + "\n".join(
    f"## Section {number}\n\nA remark of [some length](#nowhere) that goes on for a while, *quietly*, so that it must be broken.\n\n"
    "| Group | Share |\n| --- | --- |\n| Older people | 12% |\n\n- [bold] is a word\n"
    for number in range(SECTIONS)
)


class Reading(App[None]):
    def compose(self) -> ComposeResult:
        yield MarkdownReader()

    def on_mount(self) -> None:
        register_themes(self)
        self.query_one(MarkdownReader).show(TEXT)


async def after(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)  # type: ignore[arg-type]


async def test_every_section_can_be_read_from_the_first_to_the_last() -> None:
    async with Reading().run_test(size=(60, 20)) as pilot:
        first = await after(pilot)
        assert "A report" in first
        assert "Older people" in first
        assert "[bold] is a word" in first
        assert "nowhere" not in first
        last = await after(pilot, "end")
        assert f"Section {SECTIONS - 1}" in last
        seen, screen = set[int](), await after(pilot, "home")
        for _page in range(SECTIONS * 2):
            seen |= {number for number in range(SECTIONS) if f"Section {number} " in screen}
            screen = await after(pilot, "pagedown")
        assert seen == set(range(SECTIONS))


@pytest.mark.parametrize("theme", [theme.name for theme in themes()])
async def test_another_width_or_theme_keeps_the_place(theme: str) -> None:
    async with Reading().run_test(size=(100, 20)) as pilot:
        await after(pilot)
        reader = pilot.app.query_one(MarkdownReader)
        reader.scroll_to(y=reader.max_scroll_y // 2, animate=False)
        before = await after(pilot)
        pilot.app.theme = theme
        assert await after(pilot) == before
        await pilot.resize_terminal(40, 20)
        narrow = await after(pilot)
        assert max(map(len, narrow.splitlines())) == 40
        assert any(f"Section {number}" in narrow for number in range(SECTIONS // 2 - 2, SECTIONS // 2 + 3)), narrow


async def test_another_text_begins_at_its_beginning() -> None:
    async with Reading().run_test(size=(60, 20)) as pilot:
        await after(pilot, "end")
        pilot.app.query_one(MarkdownReader).show("# Another\n\nShort.")
        screen = await after(pilot)
        assert "Another" in screen
        assert "Section" not in screen
