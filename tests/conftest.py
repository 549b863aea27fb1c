"""What every test stands on: no animation, one place and time, folders of its own, no worker failing unseen."""

from __future__ import annotations

import os

# Read when Textual is first imported, hence before anything else.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TZ"] = "Europe/London"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PYTHONUTF8"] = "1"  # for programs that tests start
for _variable in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES", "TEXTUAL", "TEXTUAL_THEME"):
    os.environ.pop(_variable, None)

import asyncio
import contextlib
import gc
import inspect
import locale
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from store import schema
from tests import made_once
from tests.quiet import QuietLoop

schema.upgrade = made_once.migrate

if hasattr(time, "tzset"):
    time.tzset()
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")

# The same examples on every run, unless somebody looks for new ones: HYPOTHESIS_PROFILE=search.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("steady"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure(config: pytest.Config) -> None:
    """Search twenty times as far in the long runs."""
    if config.option.markexpr == "faults":
        settings.load_profile("long")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Count every property among the long runs."""
    for item in items:
        if config.option.markexpr == "faults" and is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("faults")


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and never among what all tests stand on: it took a quarter of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Give each worker whole files where there are workers, so that what a file prepares once is prepared once."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "loadfile"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an ``async def`` test in an event loop of its own, which can tell when all is done."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names if name in pyfuncitem.funcargs}
    with asyncio.Runner(loop_factory=QuietLoop) as runner:
        runner.run(pyfuncitem.obj(**arguments))
    return True


FOLDERS = ("settings", "state", "documents")
_untouched: list[Path] = []
"""Homes in which no test has left anything yet: most tests never look at theirs."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test settings, state and documents of its own, never those of the person who runs it."""
    home = _untouched.pop() if _untouched else tmp_path_factory.mktemp("person")
    for name in FOLDERS:
        (home / name).mkdir(exist_ok=True)
        monkeypatch.setenv(f"AMHE_{name.upper()}", str(home / name))
    yield home
    if {path.name for path in home.rglob("*")} == set(FOLDERS):
        _untouched.append(home)


@pytest.fixture(autouse=True)
def no_worker_fails_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a Textual worker in error: a worker that does not end the app would hide its error."""
    if "textual.app" not in sys.modules or request.node.get_closest_marker("worker_may_fail"):
        yield
        return
    from textual.worker import Worker, WorkerState

    made: list[Worker[Any]] = []
    original = Worker.__init__

    def remember(self: Worker[Any], *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        made.append(self)

    monkeypatch.setattr(Worker, "__init__", remember)
    yield
    failed = [worker for worker in made if worker.state is WorkerState.ERROR]
    assert not failed, f"workers left in error: {[(worker.name, worker.error) for worker in failed]}"
