"""The loose ends: each with all its words, a rule that finds it, and a place to go."""

from __future__ import annotations

import pytest

from amhe_tui.method.loose_ends import LOOSE_ENDS, NEXT_STEPS, LooseKind
from amhe_tui.method.progress import next_thing
from amhe_tui.method.steps import SUB_STEPS
from store import glance
from store.records import all_records

HELD = dict.fromkeys(all_records(), 1)


@pytest.mark.parametrize("kind", LOOSE_ENDS.values(), ids=list(LOOSE_ENDS))
def test_a_loose_end_has_its_words_and_its_rule(kind: LooseKind) -> None:
    assert kind.key in {key for key, _, _ in glance.LOOSE}
    assert kind.table in all_records()
    assert kind.counted(1).startswith("1 ")
    assert kind.counted(2) != kind.counted(1).replace("1", "2")
    assert kind.remedy.endswith(".")
    assert not kind.wrong.endswith(".")
    assert bool(kind.next_step) == bool(kind.sub_step) == bool(kind.turn)
    assert kind.sub_step in ("", *(step.code for step in SUB_STEPS))


def test_no_rule_is_without_words() -> None:
    assert [key for key, _, _ in glance.LOOSE] == list(LOOSE_ENDS)
    assert len({kind.wrong for kind in LOOSE_ENDS.values()}) == len(LOOSE_ENDS)


def test_what_hangs_loose_is_the_next_thing_once_every_step_has_begun() -> None:
    assert [kind.turn for kind in NEXT_STEPS] == list(range(1, len(NEXT_STEPS) + 1))
    for kind in NEXT_STEPS:
        offered = next_thing(HELD, {kind.key: ["an id"]})
        assert (offered.words, offered.table, offered.record_id) == (kind.next_step, kind.table, "an id")
    both = {NEXT_STEPS[3].key: ["later"], NEXT_STEPS[1].key: ["sooner"]}
    assert next_thing(HELD, both).record_id == "sooner"
    # A goal without its assessment comes before steps of the method that have not begun; nothing else does.
    assert next_thing({}, {NEXT_STEPS[0].key: ["at once"]}).record_id == "at once"
    assert next_thing({}, {NEXT_STEPS[1].key: ["in its turn"]}).record_id == ""
