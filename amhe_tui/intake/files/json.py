"""JSON to one plain table; runs in the second process only."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import bounded, size_in_words
from amhe_tui.intake.files.open_referral import COLUMNS, is_service, service_row
from amhe_tui.intake.files.workbooks.cells import cell_text
from amhe_tui.intake.files.workbooks.reading import Found, write_rows

MOST_BYTES = 60_000_000
"""The largest JSON text; once parsed it takes ten times its size."""


MOST_COLUMNS = 2_000


_DEEPEST = 3


LISTS = (
    "contents",
    "content",
    "services",
    "items",
    "data",
    "results",
    "records",
    "rows",
    "value",
    "values",
    "features",
)
"""Under which names publishers put the list, the commonest first."""


Record = dict[str, Any]


def read_json(path: Path, folder: Path) -> Found:
    """Read a JSON file and write one text file into ``folder``.

    Raises:
        AmheError: It is not JSON, is too large, or holds no list of objects.
    """
    try:
        items = list(_items(_parsed(_bytes(path))))
        header, rows = table_of(items)
    except RecursionError as error:
        raise _no_table("Lists within lists go too deep to be a table.") from error
    except MemoryError as error:
        raise _too_large() from error
    with (folder / "1.csv").open("w", encoding="utf-8", newline="", errors="replace") as text:
        number, columns = write_rows([header, *rows], text)
    return Found("", "1.csv", number, columns, [], [], False, [], "" if number else "empty", 0)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        try:
            with bounded(gzip.GzipFile(fileobj=stream) if packed else stream, MOST_BYTES) as text:
                return text.read()
        except (OSError, EOFError, zlib.error) as error:
            raise AmheError("Damaged file", "The file cannot be unpacked.", "Download it again.") from error


def _too_large() -> AmheError:
    return AmheError(
        "Too large",
        f"The file holds more than {size_in_words(MOST_BYTES)} of JSON.",
        "Ask the publisher for it in parts.",
    )


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.removeprefix("\ufeff")
    try:
        return _load(text)
    except ValueError as error:
        try:
            return [_load(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise AmheError(
                "Damaged file", f"The file is not whole as JSON: something is wrong{where}.", "Download it again."
            ) from error


def _load(text: str) -> Any:
    # Numbers stay the words they are in the file: 12.0 is not made 12, and none is too long.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _no_table(what: str) -> AmheError:
    return AmheError(
        "No table in it", what, "Choose a file with one list of services or rows, or ask the publisher for CSV."
    )


def _items(value: Any) -> Iterator[Record]:
    """Yield the objects of a list, of pages of lists, or of a list under one of the usual names.

    Raises:
        AmheError: There is no such list.
    """
    if isinstance(value, dict):
        held = cast(Record, value)
        if is_service(held):
            yield held
            return
        yield from _items(_list_in(held))
        return
    if not isinstance(value, list) or not value:
        raise _no_table("The file holds no list of objects.")
    members = cast("list[Any]", value)
    if all(isinstance(member, list) for member in members):
        yield from _from_lists(cast("list[list[Any]]", members))
        return
    for member in members:
        if not isinstance(member, dict):
            raise _no_table("The list in the file holds something else than objects.")
        page = cast(Record, member)
        inner = None if is_service(page) else page.get("contents", page.get("content"))
        yield from _items(cast(Any, inner)) if _of_objects(inner) else iter((_plain(page),))


def _plain(member: Record) -> Record:
    """Return an object of a map as its properties; any other as it is."""
    properties = member.get("properties")
    return cast(Record, properties) if member.get("type") == "Feature" and isinstance(properties, dict) else member


def _of_objects(value: object) -> bool:
    if not isinstance(value, list):
        return False
    members = cast("list[object]", value)
    return bool(members) and isinstance(members[0], dict)


def _list_in(held: Record) -> Any:
    names = held.get("columns")
    for name in LISTS:
        contents = held.get(name)
        if isinstance(contents, list) and contents:
            rows = cast("list[Any]", contents)
            return [names, *rows] if isinstance(names, list) and isinstance(rows[0], list) else rows
        if isinstance(contents, dict):
            return cast(Record, contents)
    lists = [value for value in held.values() if _of_objects(value)]
    if len(lists) != 1:
        raise _no_table("The file holds no list of objects." if not lists else "The file holds several lists.")
    return lists[0]


def _from_lists(rows: list[list[Any]]) -> Iterator[Record]:
    names = [text_of(name) or f"column {number}" for number, name in enumerate(rows[0], 1)]
    for row in rows[1:]:
        beyond = (f"column {number}" for number in range(len(names) + 1, len(row) + 1))
        yield dict(zip([*names, *beyond], row, strict=False))


def table_of(items: Iterable[Record]) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of some objects, one row each; what only some of them have is "" in the others."""
    items = list(items)
    services = sum(map(is_service, items)) * 2 >= len(items) > 0
    make: Callable[[Record], dict[str, str]] = service_row if services else flat_row
    rows = [make(item) for item in items]
    names: dict[str, None] = dict.fromkeys(COLUMNS if services else ())
    for row in rows:
        names.update(dict.fromkeys(row))
        if len(names) > MOST_COLUMNS:
            raise _no_table(f"The objects in the file have more than {MOST_COLUMNS:,} names between them.")
    return list(names), [[row.get(name, "") for name in names] for row in rows]


def flat_row(item: Record) -> dict[str, str]:
    """Return an object as text by name; what is nested has names joined by a full stop."""
    row: dict[str, str] = {}
    _flatten(item, "", row, _DEEPEST)
    return row


def _flatten(item: Record, before: str, row: dict[str, str], depth: int) -> None:
    for name, value in item.items():
        if isinstance(value, dict) and depth:
            _flatten(cast(Record, value), f"{before}{name}.", row, depth - 1)
        else:
            row[before + cell_text(name)] = text_of(value)


def text_of(value: Any) -> str:
    """Return one value as the text of a cell; a list as its members, with semicolons between."""
    if isinstance(value, list):
        members = [text_of(member) for member in cast("list[Any]", value)]
        return "; ".join(member for member in members if member)
    if isinstance(value, dict):
        held = cast(Record, value)
        for name in ("name", "title", "label", "value"):
            if isinstance(held.get(name), str):
                return cell_text(held[name])
        return json.dumps(held, ensure_ascii=False)
    return cell_text(value)
