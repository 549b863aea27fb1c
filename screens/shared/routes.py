"""Every screen by name, loaded when it is asked for: no screen has to know where another one stands."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

SCREENS: Mapping[str, str] = MappingProxyType(
    {
        # The programme
        "start": "screens.programme.start:StartScreen",
        "new": "screens.programme.new:NewDialog",
        "home": "screens.programme.home:HomeScreen",
        "step": "screens.programme.step:StepScreen",
        "form": "screens.programme.form:FormScreen",
        "thread": "screens.programme.thread:ThreadScreen",
        "loose": "screens.programme.loose:LooseScreen",
        "history": "screens.programme.history:HistoryScreen",
        "preferences": "screens.programme.preferences:PreferencesDialog",
        "report": "screens.programme.reporting:ReportScreen",
        "hidden": "screens.programme.hidden:HiddenScreen",
        "workshop": "screens.programme.workshop:WorkshopScreen",
        # IDENTIFY
        "import": "screens.identify.importing:ImportScreen",
        "sources": "screens.identify.sources:SourcesScreen",
        "breakdown": "screens.identify.breakdown:BreakdownScreen",
        "gaps": "screens.identify.gaps:GapsScreen",
        "missing": "screens.identify.missing:MissingScreen",
        "assets": "screens.identify.assets:AssetsScreen",
        "capture": "screens.identify.capture:CaptureScreen",
        # DESIGN
        "nominal_group": "screens.design.nominal_group:NominalGroupScreen",
        "vote": "screens.design.vote:VoteScreen",
        "ballot": "screens.design.ballot:BallotScreen",
        "scribe": "screens.design.scribe:ScribeScreen",
        "vote_result": "screens.design.vote_result:VoteResultScreen",
        "diagram": "screens.design.diagram:DiagramScreen",
        # DELIVER
        "impact": "screens.deliver.impact:ImpactScreen",
        # Anywhere
        "file": "screens.shared.files:FileDialog",
        "help": "screens.shared.help:HelpScreen",
        "guidance": "screens.shared.help:GuidanceScreen",
    }
)
"""What each screen is called, and the module and class it is made from."""


def screen_class(name: str) -> type[Screen[Any]]:
    """Return the class of a screen, loading its module where that is not done yet."""
    module, _, class_name = SCREENS[name].partition(":")
    return getattr(import_module(module), class_name)


def make(name: str, *args: Any, **kwargs: Any) -> Screen[Any]:
    """Return a new screen of this name, made with what it is given."""
    return screen_class(name)(*args, **kwargs)
