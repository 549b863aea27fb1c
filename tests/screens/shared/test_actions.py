"""Every action of every screen is in the one registry: the palette offers it, help tells it, and it does something."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.actions import parse
from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from amhe_tui.actions import ACTIONS
from amhe_tui.app import AmheApp
from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.method.vote_schemes import SCHEMES, USUAL
from amhe_tui.programme.votes import Opening, open_round, read_paper, read_session
from screens.design.opening_vote import VoteSetup
from screens.identify.breakdown_views import VIEWS
from screens.programme.step import StepScreen
from screens.shared.base import AmheScreen, plain
from screens.shared.dialogs import AskDialog, ConfirmDialog, PickDialog, ReadingDialog
from screens.shared.help import ActionProvider, HelpScreen, offers_on
from screens.shared.routes import SCREENS, make, screen_class
from store.glance import glance
from store.records import Activity, Finding, Goal, NominalGroup, VotingRound
from tests.made_once import sample_copy
from tests.support import TODAY, new_file, press, running, screen_text, settle

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_copy(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path))


def screens(app: AmheApp, path: Path) -> Iterator[tuple[str, Screen[Any]]]:
    """Yield every screen by its route, made of the sample programme; one that offers this here and that there, once for each."""
    workspace = app.workspace
    assert workspace is not None
    session = workspace.list(NominalGroup)[-1]
    closed = next(vote for vote in workspace.list(VotingRound) if vote.state == "closed")
    finding = workspace.list(Finding)[0]
    given: dict[str, list[tuple[Any, ...]]] = {
        "home": [(glance(path, TODAY.isoformat()),)],
        "step": [(step.code,) for step in SUB_STEPS],
        "form": [(finding,)],
        "thread": [("finding", finding.id)],
        "import": [(HOUSE / "sample_data/northmere_population.csv",)],
        "missing": [(1,), (2,), (3,), (4,)],
        "capture": [(workspace.list(Activity)[0].id,)],
        "nominal_group": [(session.id,)],
        "vote_result": [(closed.id,)],
        "impact": [(workspace.list(Goal)[0],)],
        "file": [("Which file?", (".csv",))],
        "guidance": [("1A", "Understand the data")],
        "help": [(app.screen,)],
    }
    voting = ("vote", "ballot", "scribe")
    for name in (name for name in SCREENS if name not in voting):
        for arguments in given.get(name, [()]):
            yield name, make(name, *arguments)
    votes = workspace.list(VotingRound, nominal_group_id=session.id, state="open")
    round_id = (
        votes[0].id
        if votes
        else open_round(workspace, session.id, name="Another", voters=3, places=3, stage="final_vote")
    )
    paper = read_paper(workspace, round_id)
    for name in voting:
        yield name, make(name, round_id if name == "vote" else paper)


def dialogs(app: AmheApp) -> Iterator[tuple[str, Screen[Any]]]:
    """Yield what screens ask with."""
    workspace = app.workspace
    assert workspace is not None
    yield "confirm", ConfirmDialog("Sure?", "Really?")
    yield "pick", PickDialog("Which?", [("a", "A")])
    yield "ask", AskDialog("What?")
    yield "reading", ReadingDialog("Words", plain("words"))
    session = read_session(workspace, workspace.list(NominalGroup)[0].id)
    yield "vote setup", VoteSetup(Opening(session, SCHEMES[USUAL], session.on_their_own), name="Vote")


def bound_by(kind: type[DOMNode]) -> list[Binding]:
    """Return the bindings that our own classes give a screen, without those that a nearer class gives another meaning."""
    keys: dict[str, Binding] = {}
    for own in kind.__mro__:
        if own.__module__.startswith("screens."):
            for binding in own.__dict__.get("BINDINGS", ()):
                for key in binding.key.split(","):
                    keys.setdefault(key, binding)
    return list({id(binding): binding for binding in keys.values()}.values())


async def faults_of(screen: Screen[Any]) -> list[str]:
    """Return what is amiss with the actions offered on a screen that is shown: not found in the palette, not told by help, or done by nothing."""
    provider = ActionProvider(screen)
    listed = {hit.text async for hit in provider.discover() if isinstance(hit, DiscoveryHit)}
    help_told = (
        HelpScreen(screen)._content.plain if isinstance(screen, AmheScreen) else None
    )  # a dialog has no help key
    faults: list[str] = []
    for offer in offers_on(screen):
        action = offer.action
        if action.label not in listed:
            faults.append(f"the palette does not list {action.name}")
        hits = [hit async for hit in provider.search(action.label) if isinstance(hit, Hit)]
        if action.help not in [hit.help for hit in hits]:
            faults.append(f"the palette does not find {action.name} by “{action.label}”")
        if help_told is not None and not (action.label in help_told and action.help in help_told):
            faults.append(f"help does not tell {action.name}")
        target, name, _ = parse(offer.command)
        on = {"app": screen.app, "screen": screen}.get(target, offer.on)
        if not callable(getattr(on, f"action_{name}", None)):
            faults.append(f"nothing does {action.name}")
    return faults


async def test_every_action_of_every_screen_is_in_palette_and_help(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A whole report takes Textual long to lay out, and there is nothing to press in it.
    monkeypatch.setattr("screens.programme.reporting.write_report", lambda *_: "# Report")
    faults: list[str] = []
    offered: dict[str, set[str]] = {}
    bound: dict[str, set[str]] = {}
    async with running(path, (80, 24)) as (app, pilot):
        for name, screen in (*screens(app, path), *dialogs(app)):
            shown = app.push_screen(screen)
            await shown
            await settle(app, pilot)
            assert app.screen is screen, name
            faults += [f"{name}: {fault}" for fault in await faults_of(screen)]
            offered.setdefault(name, set()).update(offer.action.name for offer in offers_on(screen))
            for binding in bound_by(type(screen)):
                if binding.id is None and not binding.description:
                    continue  # it only moves about
                bound.setdefault(name, set()).add(str(binding.id))
            app.pop_screen()
            await settle(app, pilot)
    assert set(SCREENS) <= set(offered)
    nothing_before = {"start": {"back"}}
    assert {name: names - offered[name] for name, names in bound.items() if names - offered[name]} == nothing_before
    assert faults == []
    assert {f"view_{name}" for name in VIEWS} < offered["breakdown"]
    everything = set[str]().union(*offered.values())
    assert set(ACTIONS) - everything == set(), "registered, and bound on no screen"


def test_every_action_reads_well() -> None:
    for name, action in ACTIONS.items():
        assert action.name == name
        assert action.label.strip()
        assert action.help.endswith("."), name
        assert not action.opens or action.opens in SCREENS, name


@pytest.mark.parametrize("route", SCREENS)
def test_no_key_of_a_screen_means_two_things(route: str) -> None:
    kind = screen_class(route)
    for own in kind.__mro__:
        bindings: list[Binding] = own.__dict__.get("BINDINGS", []) if own.__module__.startswith("screens.") else []
        keys = [key for binding in bindings for key in binding.key.split(",")]
        assert len(keys) == len(set(keys)), own


def test_keys_are_bound_in_one_place() -> None:
    calls = {
        path.relative_to(HOUSE).as_posix()
        for folder in ("screens", "amhe_tui")
        for path in (HOUSE / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Binding"
    }
    # The application binds the key of the palette itself, which no list of the palette has.
    assert calls == {"screens/shared/base.py", "amhe_tui/app.py"}


async def choose(app: AmheApp, pilot: Pilot[int], *letters: str) -> None:
    """Open the palette, type, and take what is found first."""
    await pilot.press("ctrl+p")
    await pilot.pause()
    assert isinstance(app.screen, CommandPalette)
    await pilot.press(*letters)
    await settle(app, pilot)
    for _ in range(100):
        if app.screen.query_one(OptionList).highlighted is not None:
            break
        await pilot.pause(0.02)
    await pilot.press("enter")
    await settle(app, pilot)


async def test_the_palette_opens_what_enter_opens(path: Path) -> None:
    """Enter belongs to the list that has the focus; the palette has the action all the same, and it does the same."""
    async with running(path) as (app, pilot):
        await press(app, pilot, "l")
        offer = next(offer for offer in offers_on(app.screen) if offer.action.name == "open")
        await app.run_action(offer.command, offer.on)
        await settle(app, pilot)
        assert isinstance(app.screen, StepScreen)


async def test_the_palette_runs_what_it_finds(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await choose(app, pilot, *"settings")
        assert isinstance(app.screen, screen_class("preferences"))


async def test_the_footer_does_what_the_focus_would(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        line = screen_text(app).splitlines()[-1]
        await pilot.click("#key-bar", offset=(line.index("Open"), 0))
        await settle(app, pilot)
        assert isinstance(app.screen, StepScreen)


async def test_q_ends_the_program_from_a_sub_step(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "enter")
        assert isinstance(app.screen, StepScreen)
        await pilot.press("q")
        await pilot.pause()
        assert app._exit


async def test_help_says_that_letters_are_typed(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "enter", "a", "f1")
        assert isinstance(app.screen, HelpScreen)
        assert "F1  Help" in screen_text(app)
        assert "?  Help" not in screen_text(app)


@pytest.mark.faults
@pytest.mark.parametrize("name", SCREENS)
async def test_a_key_before_its_screen_has_read_anything_ends_nothing(sample: Path, tmp_path: Path, name: str) -> None:
    for key in sorted({key for binding in bound_by(screen_class(name)) for key in binding.key.split(",")} - {"ctrl+q"}):
        path = Path(shutil.copy(sample, tmp_path))
        async with running(path, (80, 24)) as (app, pilot):
            for screen in [screen for route, screen in screens(app, path) if route == name][:1]:
                app.push_screen(screen)
                await pilot.press(key)
                await settle(app, pilot)
            assert app.failure is None, f"{key}: {app.failure}"
