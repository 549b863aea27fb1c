"""What the first screen shows of a file, read with the standard library's sqlite3 alone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from amhe_tui.method.loose_ends import LOOSE_ENDS
from store.connection import APPLICATION_ID, SCHEMA

_ACTIVE = "removed = 0"


# Each stage counts the findings that came at least so far; every query yields ids of findings. A link whose other end was removed leads nowhere.
_HEARD = (
    "SELECT l.from_id FROM link l JOIN theme t ON t.id = l.to_id AND t.removed = 0"
    " WHERE l.removed = 0 AND l.from_table = 'finding' AND l.name = 'themes'"
)


_CHOSEN = """SELECT l.from_id AS priority_id, l.to_id AS finding_id FROM link l JOIN priority p ON p.id = l.from_id AND p.removed = 0
    JOIN finding f ON f.id = l.to_id AND f.removed = 0 WHERE l.removed = 0 AND l.from_table = 'priority' AND l.name = 'findings'"""


_PRIORITISED = f"SELECT finding_id FROM ({_CHOSEN})"


_GOALS = f"""SELECT g.id AS goal_id, coalesce(f.id, c.finding_id) AS finding_id FROM goal g LEFT JOIN finding f ON f.id = g.finding_id AND f.removed = 0
    LEFT JOIN ({_CHOSEN}) c ON c.priority_id = g.priority_id WHERE g.removed = 0"""


_PLANNED = f"SELECT finding_id FROM ({_GOALS})"


_UNDER_WAY = f"SELECT finding_id FROM ({_GOALS}) WHERE goal_id IN (SELECT goal_id FROM action WHERE removed = 0 AND state IN ('under_way', 'done'))"


_MEASURED = (
    f"SELECT finding_id FROM ({_GOALS}) WHERE goal_id IN (SELECT m.goal_id FROM measure m JOIN measure_point p ON p.measure_id = m.id"
    " WHERE m.removed = 0 AND p.removed = 0)"
)


_CLOSED = f"SELECT finding_id FROM ({_GOALS}) WHERE goal_id IN (SELECT goal_id FROM reviewed_goal WHERE removed = 0 AND gap = 'closed')"


FUNNEL = (
    ("found", "SELECT id FROM finding WHERE removed = 0"),
    ("heard", _HEARD),
    ("prioritised", _PRIORITISED),
    ("planned", _PLANNED),
    ("under_way", _UNDER_WAY),
    ("measured", _MEASURED),
    ("closed", _CLOSED),
)


# How each loose end is found: a query of ids by its key; what it means is said in `amhe_tui.method.loose_ends`.
_RULES = {
    "finding_not_taken_up": "SELECT id FROM finding WHERE removed = 0"
    f" AND id NOT IN ({_PRIORITISED}) AND id NOT IN (SELECT finding_id FROM ({_GOALS}) WHERE finding_id IS NOT NULL)",
    "theme_without_finding": "SELECT id FROM theme WHERE removed = 0 AND id NOT IN (SELECT l.to_id FROM link l JOIN finding f ON f.id = l.from_id AND f.removed = 0"
    " WHERE l.removed = 0 AND l.from_table = 'finding' AND l.name = 'themes')",
    "priority_without_finding": f"SELECT id FROM priority WHERE removed = 0 AND id NOT IN (SELECT priority_id FROM ({_CHOSEN}))",
    "priority_without_goal": "SELECT id FROM priority WHERE removed = 0 AND id NOT IN (SELECT priority_id FROM goal WHERE removed = 0 AND priority_id IS NOT NULL)",
    "goal_without_finding": f"SELECT goal_id FROM ({_GOALS}) WHERE finding_id IS NULL",
    "goal_without_assessment": "SELECT id FROM goal WHERE removed = 0 AND id NOT IN (SELECT goal_id FROM equality_impact WHERE removed = 0 AND completed <> '')",
    "goal_without_action": "SELECT id FROM goal WHERE removed = 0 AND id NOT IN (SELECT goal_id FROM action WHERE removed = 0 AND goal_id IS NOT NULL)",
    "goal_without_measure": "SELECT id FROM goal WHERE removed = 0 AND id NOT IN (SELECT goal_id FROM measure WHERE removed = 0 AND goal_id IS NOT NULL)",
    "promise_open": "SELECT id FROM feedback WHERE removed = 0 AND state = 'open'",
    "goal_not_reviewed": "SELECT id FROM goal WHERE removed = 0 AND due <> '' AND due < :today AND id NOT IN (SELECT goal_id FROM reviewed_goal WHERE removed = 0)",
}


LOOSE = tuple((kind.key, kind.table, _RULES[kind.key]) for kind in LOOSE_ENDS.values())
"""What hangs loose, in the order of the method: key, table, query of ids."""


# What goes with another record when that is removed, by table: (field, table it leads to). Files of before hold such records without the other.
GOES_WITH: dict[str, tuple[tuple[str, str], ...]] = {
    "equality_impact": (("goal_id", "goal"),),
    "equality_impact_row": (("assessment_id", "equality_impact"),),
    "diagram_link": (("cause_id", "diagram_node"), ("effect_id", "diagram_node")),
}


def _there(table: str) -> str:
    """Return the condition under which a row is there: neither removed itself nor hanging on something that was."""
    return " AND ".join(
        [
            _ACTIVE,
            *(
                f'"{name}" IN (SELECT id FROM "{parent}" WHERE {_there(parent)})'
                for name, parent in GOES_WITH.get(table, ())
            ),
        ]
    )


# A link to a goal that was not removed, or to none.
_NO_GONE_GOAL = "coalesce(goal_id, '') NOT IN (SELECT id FROM goal WHERE removed <> 0)"


@dataclass(frozen=True)
class Overview:
    """What a file holds at a look.

    Attributes:
        programme: The fields of the programme, by name.
        counts: How many records each table holds that are not removed.
        funnel: How many findings came at least so far, by stage, in order.
        loose: Ids of what hangs loose, by key of :data:`LOOSE`.
        dates: Dates of assessments and reviews that are due and not done, with the words for each.
    """

    programme: dict[str, str]
    counts: dict[str, int]
    funnel: tuple[tuple[str, int], ...]
    loose: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    dates: tuple[tuple[str, str], ...] = ()


def overview(connection: sqlite3.Connection, today: str) -> Overview:
    """Return the overview of an open file; ``today`` is a date as ``YYYY-MM-DD``."""
    tables = [
        str(row[0])
        for row in connection.execute(
            "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'removed'"
        )
    ]
    counts = {table: _count(connection, f'SELECT count(*) FROM "{table}" WHERE {_there(table)}') for table in tables}
    findings: set[str] = {row[0] for row in connection.execute(FUNNEL[0][1])}
    funnel = tuple((key, len(findings & {row[0] for row in connection.execute(query)})) for key, query in FUNNEL)
    loose = {
        key: tuple(
            dict.fromkeys(row[0] for row in connection.execute(query, {"today": today} if ":today" in query else {}))
        )
        for key, _, query in LOOSE
    }
    return Overview(
        _programme(connection), counts, funnel, {key: ids for key, ids in loose.items() if ids}, _dates(connection)
    )


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _programme(connection: sqlite3.Connection) -> dict[str, str]:
    cursor = connection.execute("SELECT * FROM programme WHERE removed = 0 ORDER BY id LIMIT 1")
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone()
    return (
        {}
        if row is None
        else {name: "" if value is None else str(value) for name, value in zip(names, row, strict=True)}
    )


def _dates(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    queries = (
        f"SELECT due, 'Equality impact assessment: ' || title FROM equality_impact WHERE {_there('equality_impact')} AND completed = '' AND due <> ''",
        f"SELECT review_due, 'Review of assessment: ' || title FROM equality_impact WHERE {_there('equality_impact')} AND completed <> '' AND review_due <> ''",
        f"SELECT due, 'Milestone: ' || title FROM milestone WHERE removed = 0 AND {_NO_GONE_GOAL} AND done = 0 AND due <> ''",
        "SELECT review_due, 'Review of the programme' FROM programme WHERE removed = 0 AND review_due <> ''",
        f"SELECT review_due, 'Risk: ' || title FROM risk WHERE removed = 0 AND {_NO_GONE_GOAL} AND review_due <> ''",
    )
    return tuple(sorted((str(day), str(title)) for query in queries for day, title in connection.execute(query)))


@dataclass(frozen=True)
class Glance:
    """A file seen without opening it for work: its overview, or why there is none."""

    path: Path
    overview: Overview | None
    trouble: str = ""


def glance(path: Path, today: str) -> Glance:
    """Return what a programme file holds; never writes, never raises for a bad file."""
    if not path.is_file():
        return Glance(path, None, "not found")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return Glance(path, None, "not a programme file")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA:
                return Glance(path, None, "made by a newer version of this program")
            if version < SCHEMA:
                return Glance(path, None, "of an older format; opening it brings it up to date")
            return Glance(path, overview(connection, today))
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return Glance(path, None, "open in another window, or cannot be read")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return Glance(path, None, "cannot be read")
