"""Bulk evidence: whole or not at all, one writer, nothing lost between a row and its figure."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.errors import AmheError
from store.evidence import datasets, holdings
from store.evidence.datasets import Area, Category, DatasetWriter, Marker, Period, Quantity

NORTHMERE = Area("Council", "N01", "Northmere")
YEAR = Period("2030-31", "2030-04-01", "2031-03-31")
SEEN = Quantity("seen.count", "seen", "count")
WHITE = Category("Ethnic Group", "White", "broad", "")
BLACK = Category("Ethnic Group", "Black", "broad", "")
TOTAL = Category("Total", "Total", "total", "")


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return new_connection(tmp_path / "bulk.db")


def new_connection(path: Path | str) -> sqlite3.Connection:
    found = sqlite3.connect(path, isolation_level=None)
    found.execute("CREATE TABLE data_source (id TEXT PRIMARY KEY, title TEXT, removed INTEGER)")
    for statement in datasets.SCHEMA:
        found.execute(statement)
    return found


def source(connection: sqlite3.Connection, identity: str) -> None:
    connection.execute("INSERT INTO data_source VALUES (?, ?, 0)", (identity, f"Source {identity}"))


def writer(connection: sqlite3.Connection, identity: str = "one") -> DatasetWriter:
    def write(function: Callable[[sqlite3.Connection], Any]) -> Any:
        return function(connection)

    found = DatasetWriter(write, identity, size=10)
    found.begin()
    return found


def rows_of(
    one: DatasetWriter, *figures: tuple[Category, datasets.Figure], quantity: Quantity = SEEN
) -> list[datasets.Row]:
    keys = (one.key(quantity), one.key(YEAR), one.key(NORTHMERE))
    return [(*keys, one.key(category), number, value) for number, (category, value) in enumerate(figures, 2)]


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = ("dataset", "observed", "run", "marker", "covered_area", "covered_category")
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def figures(connection: sqlite3.Connection, quantity: str = "seen.count") -> dict[str, tuple[float | None, str]]:
    area = connection.execute("SELECT key FROM area").fetchone()[0]
    found = holdings.cells(connection, [quantity], "Ethnic Group", area, "2030-31")[quantity]
    return {cell.group: (cell.value, cell.status) for cell in found.values()}


def test_what_is_loading_cannot_be_seen_and_what_is_finished_can(connection: sqlite3.Connection) -> None:
    source(connection, "one")
    one = writer(connection)
    one.add(rows_of(one, (WHITE, 12), (BLACK, one.mark(Marker("*", "suppressed"))), (TOTAL, 20)))
    assert holdings.held(connection) == []
    one.finish("hash")
    (held,) = holdings.held(connection)
    assert held == holdings.IndicatorSummary(
        "seen.count", "seen", "count", ("Ethnic Group",), ("Northmere",), ("2030-31",), ("one",)
    )
    assert figures(connection) == {"White": (12, "ok"), "Black": (None, "suppressed"), "Total": (20, "ok")}
    assert datasets.source_with(connection, "hash") == "Source one"
    assert datasets.has_source_of_size(connection, 10)
    assert not datasets.has_source_of_size(connection, 11)


def test_a_removed_source_takes_its_figures_out_of_sight(connection: sqlite3.Connection) -> None:
    source(connection, "one")
    one = writer(connection)
    one.add(rows_of(one, (WHITE, 12)))
    one.finish("hash")
    connection.execute("UPDATE data_source SET removed = 1")
    assert holdings.held(connection) == []
    assert datasets.source_with(connection, "hash") is None
    assert figures(connection) == {}
    connection.execute("UPDATE data_source SET removed = 0")
    assert figures(connection) == {"White": (12, "ok")}


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_abandoning_leaves_nothing_of_it_and_all_of_the_others(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(datasets, "_STEP", step)
    source(connection, "one")
    one = writer(connection)
    one.add(rows_of(one, (WHITE, 12), (BLACK, 13)))
    one.finish("hash")
    before = counts(connection)
    two = writer(connection, "two")
    for _ in range(3):
        two.add(rows_of(two, (WHITE, 1), (BLACK, two.mark(Marker("*", "suppressed"))), (TOTAL, 2)))
    two.abandon()
    assert counts(connection) == before
    assert figures(connection) == {"White": (12, "ok"), "Black": (13, "ok")}


def test_sweeping_takes_out_what_a_kill_left_between_chunks(connection: sqlite3.Connection) -> None:
    source(connection, "kept")
    kept = writer(connection, "kept")
    kept.add(rows_of(kept, (WHITE, 1)))
    kept.finish("hash")
    before = counts(connection)
    source(connection, "half")
    half = writer(connection, "half")
    half.add(rows_of(half, (WHITE, 2)))
    assert datasets.sweep(connection) == 1
    assert counts(connection) == before
    assert datasets.sweep(connection) == 0


def test_sweeping_takes_out_a_data_set_that_no_record_describes(connection: sqlite3.Connection) -> None:
    one = writer(connection, "nobody")
    one.add(rows_of(one, (WHITE, 1)))
    one.finish("hash")
    assert datasets.sweep(connection) == 1
    assert set(counts(connection).values()) == {0}


def test_one_data_set_is_written_at_a_time(connection: sqlite3.Connection) -> None:
    one = writer(connection)
    with pytest.raises(AmheError, match="under way"):
        writer(connection, "two")
    assert not connection.in_transaction
    one.abandon()
    writer(connection, "two").abandon()


def test_the_dictionaries_are_shared_by_data_sets(connection: sqlite3.Connection) -> None:
    for identity in ("one", "two"):
        source(connection, identity)
        made = writer(connection, identity)
        made.add(rows_of(made, (WHITE, 1)))
        made.finish(identity)
    assert connection.execute("SELECT count(*) FROM area").fetchone()[0] == 1
    assert holdings.held(connection)[0].sources == ("one", "two")


def test_counts_and_percentages_of_two_sources_are_never_mixed(connection: sqlite3.Connection) -> None:
    share = Quantity("share.percentage", "share", "percentage")
    for identity, with_share, value in (("older", True, 40), ("newer", False, 99)):
        source(connection, identity)
        made = writer(connection, identity)
        made.add(rows_of(made, (WHITE, value)) + (rows_of(made, (WHITE, 7.5), quantity=share) if with_share else []))
        made.finish(identity)
    area = connection.execute("SELECT key FROM area").fetchone()[0]
    wanted = ["share.percentage", "seen.count"]
    found = holdings.cells(connection, wanted, "Ethnic Group", area, "2030-31")
    values = {name: [cell.value for cell in cells.values()] for name, cells in found.items()}
    assert values == {"share.percentage": [7.5], "seen.count": [40]}
    assert figures(connection) == {"White": (99, "ok")}


def test_a_number_written_another_way_keeps_its_text_and_is_read_as_a_number(connection: sqlite3.Connection) -> None:
    source(connection, "one")
    one = writer(connection)
    one.add(rows_of(one, (WHITE, "1,204"), (BLACK, "34.90%"), (TOTAL, 5.5)))
    one.finish("hash")
    assert figures(connection) == {"White": (1204, "ok"), "Black": (34.9, "ok"), "Total": (5.5, "ok")}
    stored = [row[0] for row in connection.execute("SELECT value FROM observed ORDER BY source_row")]
    assert stored == ["1,204", "34.90%", 5.5]


def test_too_many_different_names_are_refused(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MOST_ENTRIES", 2)
    one = writer(connection)
    one.key(Area("", "1", "a"))
    one.key(Area("", "2", "b"))
    with pytest.raises(ValueError, match="different places"):
        one.key(Area("", "3", "c"))


_KEYS = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 6), st.integers(1, 9))


@given(
    st.lists(st.lists(st.tuples(_KEYS, st.integers(0, 99) | st.floats(0, 1) | st.just("*")), max_size=40), max_size=5)
)
def test_every_row_in_is_a_row_stored_and_found_through_its_run(
    chunks: list[list[tuple[tuple[int, int, int, int], datasets.Figure]]],
) -> None:
    connection = new_connection(":memory:")
    one = writer(connection)
    number, expected = 1, []
    for chunk in chunks:
        rows: list[datasets.Row] = []
        for keys, value in chunk:
            number += 1
            rows.append((*keys, number, value))
        expected += rows
        one.add(list(rows))
    found = connection.execute(
        "SELECT r.quantity, r.period, o.area, o.category, o.source_row, o.value FROM run r"
        " JOIN observed o ON o.key BETWEEN r.first AND r.last ORDER BY o.source_row"
    ).fetchall()
    assert found == expected
    assert one.rows == len(expected)
    connection.close()


def test_the_view_shows_an_observation_with_all_its_keys(connection: sqlite3.Connection) -> None:
    source(connection, "one")
    one = writer(connection)
    one.add(rows_of(one, (BLACK, one.mark(Marker("*", "suppressed"))), (WHITE, 12)))
    one.finish("hash")
    query = (
        "SELECT q.id, p.label, a.name, c.label, o.source_row, o.value, o.marker FROM observation o JOIN quantity q ON q.key = o.quantity"
        " JOIN period p ON p.key = o.period JOIN area a ON a.key = o.area JOIN category c ON c.key = o.category ORDER BY o.source_row"
    )
    assert connection.execute(query).fetchall() == [
        ("seen.count", "2030-31", "Northmere", "Black", 2, None, "*"),
        ("seen.count", "2030-31", "Northmere", "White", 3, 12, None),
    ]
