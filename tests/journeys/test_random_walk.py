"""Seeded random walks through the whole program: no key, text, click or resize, in whatever hurry, ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.random_walk import SIZES, Walk, walk

FEW = ((1, SIZES[0]), (2, SIZES[1]), (3, SIZES[2]))
"""The seeds and sizes walked in the ordinary run."""
MANY = range(1, 101)
"""The seeds walked at every size when faults are looked for."""


async def assert_walks(folder: Path, asked: Walk) -> None:
    """Assert that a walk comes to its end without a fault."""
    done = await walk(folder, asked)
    assert done.fault is None, str(done)


@pytest.mark.parametrize(("seed", "size"), FEW)
async def test_a_walk_in_a_hurry(
    tmp_path: Path, seed: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    await assert_walks(tmp_path, Walk(seed, size, length=60))


@pytest.mark.faults
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("seed", MANY)
async def test_many_walks(tmp_path: Path, seed: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    await assert_walks(tmp_path, Walk(seed, size))
