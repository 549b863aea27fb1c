"""Records to test the store with, and what every refusal must look like."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from amhe_tui.errors import AmheError
from store.change import Change
from store.records import Kind, Link, Programme, Record, all_records, faces, record_type
from store.workspace import Workspace

R = TypeVar("R", bound=Record)

KINDS = [kind for kind in all_records().values() if kind not in (Programme, Link)]


_template: list[bytes] = []


def new_workspace(folder: Path, name: str = "test.amhe", **fields: Any) -> Workspace:
    """Make a programme; a rehearsal, which makes no backup on closing, unless the test says otherwise."""
    path = folder / name
    if fields:
        workspace = Workspace.create(path, **{"name": "Fair start", "area": "Northmere", "rehearsal": True, **fields})
    else:
        if not _template:
            Workspace.create(path, name="Fair start", area="Northmere", rehearsal=True).close()
            _template.append(path.read_bytes())
        path.write_bytes(_template[0])
        workspace = Workspace.open(path)
    workspace.read(hurry)
    return workspace


def hurry(raw: sqlite3.Connection) -> None:
    """Wait for no disk: only tests that kill a program need what it would promise."""
    raw.execute("PRAGMA synchronous=OFF")


def example_value(kind: type[Record], name: str) -> Any:
    """Return a value that fits a field, other than a link."""
    face = faces(kind)[name]
    match face.kind:
        case Kind.DATE:
            return "2026-11-23"
        case Kind.CHOICE | Kind.CHOICES:
            assert face.choices is not None
            return next(iter(face.choices)).value
        case Kind.NUMBER:
            return 51.5
        case Kind.COUNT:
            return int(face.low or 0) + 1
        case Kind.FLAG:
            return True
        case _:
            return "an example"


def add_example(change: Change, kind: type[R], /, **values: Any) -> R:
    """Add a record with everything it needs, the records it must lead to among them."""
    for name, face in faces(kind).items():
        if face.required and name not in values:
            values[name] = (
                add_example(change, record_type(str(face.to))).id
                if face.kind is Kind.LINK
                else example_value(kind, name)
            )
    item = kind(**values)
    change.add(item)
    return item


def put(workspace: Workspace, kind: type[R], label: str = "Add", /, **values: Any) -> R:
    """Add a record in an operation of its own and return it as the file has it."""
    with workspace.change(label) as change:
        item = add_example(change, kind, **values)
    return workspace.need(kind, item.id)


def everything(raw: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the notes of the session."""
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: raw.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables if table != "meta"}


@contextmanager
def refused(*words: str) -> Iterator[pytest.ExceptionInfo[AmheError]]:
    """Expect a refusal: a title, one sentence on what happened, a remedy, and the words given."""
    with pytest.raises(AmheError) as caught:
        yield caught
    error = caught.value
    assert error.title
    assert not error.title.endswith(".")
    assert error.what_happened.endswith(".")
    assert "\n" not in error.what_happened
    assert error.what_to_do
    for internal in ("Traceback", "sqlalchemy", "IntegrityError", "OperationalError", "[SQL"):
        assert internal not in str(error)
    for word in words:
        assert word in str(error)


def outside(path: Path, *statements: str) -> None:
    """Change a closed file with another program."""
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            raw.execute(statement)
    finally:
        raw.close()


@pytest.fixture(scope="module")
def copy_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Workspace], None], Path], Path]:
    """Return a maker of copies of one filled file, which is filled once."""
    made: dict[Callable[[Workspace], None], Path] = {}

    def copy(fill: Callable[[Workspace], None], folder: Path) -> Path:
        if fill not in made:
            with new_workspace(tmp_path_factory.mktemp("filled")) as workspace:
                fill(workspace)
            made[fill] = workspace.path
        target = folder / "copy.amhe"
        shutil.copyfile(made[fill], target)
        return target

    return copy
