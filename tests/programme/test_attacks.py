"""What leaves the team taken together: no hidden count can be worked out, by linear and integer programming, from all commands and the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programme.attack import Key, Observed, attack, gathered, programme_of, recovered, truth_of

LEAKS = Path(__file__).parent / "leaks"


@pytest.mark.parametrize("audience", ["board", "public"])
@pytest.mark.parametrize("data", sorted(LEAKS.glob("*.csv")), ids=lambda path: path.stem)
def test_nothing_that_is_hidden_can_be_worked_out(data: Path, audience: str, tmp_path: Path) -> None:
    assert attack(programme_of(tmp_path, data), audience) == []


def test_the_attacker_finds_a_planted_leak(tmp_path: Path) -> None:
    path = programme_of(tmp_path, LEAKS / "share_known_with_total.csv")
    truth = truth_of(path)
    seen, hidden = gathered(path, "public", truth)
    assert not recovered(truth, seen, hidden)
    secret = next(key for key in hidden if key.label == "Black")
    for key in truth:  # everything else is let out as it is
        if key != secret:
            seen.count(key, truth[key], 0.0)
    assert [found.key for found in recovered(truth, seen, {secret})] == [secret]


def test_the_attacker_finds_a_count_from_a_share_and_a_denominator() -> None:
    top, bottom = (
        Key(f"Detained.{part}", "Here", "2024", "Sex", "Female", "") for part in ("numerator", "denominator")
    )
    truth = {top: 3.0, bottom: 8.0}
    seen = Observed()
    seen.count(bottom, 10, 2.0)
    seen.share(top, bottom, 0.3745, 0.3755, "a title")
    assert [found.truth for found in recovered(truth, seen, {top})] == [3.0]
