"""Keys that sort by creation, keys that tell nothing, and a clock that never runs backwards."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_examples import new_workspace, put

from store import identity
from store.identity import HybridClock, random_key, stamp_milliseconds, uuid7
from store.records import Theme
from store.workspace import Workspace

MOMENTS = st.integers(0, 2**47)


def test_ten_thousand_keys_made_in_a_burst_over_threads_sort_by_creation() -> None:
    made: list[list[str]] = [[] for _ in range(8)]
    start = threading.Barrier(len(made))

    def burst(keys: list[str]) -> None:
        start.wait()
        keys.extend(uuid7() for _ in range(1250))

    threads = [threading.Thread(target=burst, args=(keys,)) for keys in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(keys == sorted(keys) for keys in made)
    assert len({key for keys in made for key in keys}) == 10_000
    assert all(len(key) == 36 and key[14] == "7" and key[19] in "89ab" for keys in made for key in keys)
    assert uuid7() > max(key for keys in made for key in keys)


@pytest.mark.parametrize("clock", [lambda: 1_000.0, iter(float(9_000 - n) for n in range(9_000)).__next__])
def test_keys_sort_by_creation_whatever_the_clock_does(monkeypatch: pytest.MonkeyPatch, clock: object) -> None:
    monkeypatch.setattr(identity, "_sequence", identity._Sequence())
    monkeypatch.setattr(time, "time", clock)
    keys = [uuid7() for _ in range(8_999)]
    assert keys == sorted(set(keys))


def test_random_keys_differ_and_do_not_sort_by_creation() -> None:
    keys = [random_key() for _ in range(100)]
    assert len(set(keys)) == 100
    assert keys != sorted(keys)


@given(st.lists(st.one_of(MOMENTS, st.tuples(MOMENTS, st.integers(0, 0xFFFF))), min_size=1))
def test_the_clock_never_runs_backwards(events: list[int | tuple[int, int]]) -> None:
    clock, latest = HybridClock("replica"), ""
    for event in events:
        if isinstance(event, tuple):
            stamp = f"{event[0]:012x}-{event[1]:04x}-other"
            clock.see(stamp)
            latest = max(latest, stamp.rsplit("-", 1)[0])
        else:
            stamp = clock.tick(event)
            assert stamp.rsplit("-", 1)[0] > latest
            assert stamp_milliseconds(stamp) >= event
            latest = stamp.rsplit("-", 1)[0]


def test_the_clock_goes_on_after_its_counter_is_full() -> None:
    clock = HybridClock("r", milliseconds=5, counter=0xFFFE)
    stamps = [clock.tick(5) for _ in range(4)]
    assert stamps == sorted(set(stamps))


def test_a_laptop_clock_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_workspace(tmp_path) as workspace:
        first = put(workspace, Theme, "First")
    day = 86_400.0
    now = time.time()
    for number, shift in enumerate((-400 * day, 30 * day, -3 * day)):
        monkeypatch.setattr(time, "time", lambda shift=shift: now + shift)
        with Workspace.open(workspace.path) as later, later.change(f"Later {number}") as change:
            change.update(first, name=f"Name {number}")
    with Workspace.open(workspace.path) as last:
        assert [entry.label for entry in last.journal(4)] == ["Later 2", "Later 1", "Later 0", "First"]
        last.undo()
        assert last.need(Theme, first.id).name == "Name 1"
        last.undo()
        last.undo()
        assert last.need(Theme, first.id).name == first.name
        last.redo()
        assert last.need(Theme, first.id).name == "Name 0"
        assert last.verify() == []
