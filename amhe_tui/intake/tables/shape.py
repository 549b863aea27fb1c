"""Where the tables of a sheet are: titles above, up to five stacked header rows, the figures, notes below, and other tables after them."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.publishers.registry import header_of
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.text import one_line
from store.evidence.datasets import is_out_of_reach, read_figure

MOST_HEADER_ROWS = 5


BETWEEN = " | "
"""What stands between the parts of a column's name that comes from several rows."""


_YEAR = re.compile(
    r"(19|20)\d\d([-/]\d\d(\d\d)?|\.0+)?(?:\s*[¹²³⁴⁵⁶⁷⁸⁹*†‡]+|\s*[\[(](?:[a-z]|note \d+)[\])]|\s[pr])?$", re.IGNORECASE
)
"""A year as the name of a column, also with the mark of a footnote, or written as a number with a point."""


_POINT_OF_YEAR = re.compile(r"((?:19|20)\d\d)\.0+")


_CENSUS = 10
"""Two years are named side by side where no more lie between them than between two censuses."""


_AGE = re.compile(r"(\d{1,3}\+?|\d{1,3}\s*(-|to)\s*\d{1,3})$")


_LOOKED_AT = 500
"""So many rows below a header tell what is in its columns."""


_BODY = 0.6
"""A column is one of figures where so many of the cells below the header are."""


@dataclass(frozen=True)
class Note:
    """Words beside a table: a title, a note or a footer, and the row they stand in."""

    row: int
    kind: str
    words: str


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    Attributes:
        header_rows: The numbers of the rows that name its columns.
        first, last: The numbers of its first and last row of data; ``last`` is 0 where the table goes on to the end of the file.
        columns: The names of its columns; the parts of a stacked header are joined by :data:`BETWEEN`.
        places: Where each column is in a row.
        notes: Titles, notes and footers around it.
        title: The nearest line above it that is not a header.
    """

    header_rows: tuple[int, ...]
    first: int
    last: int
    columns: tuple[str, ...]
    places: tuple[int, ...]
    notes: tuple[Note, ...] = field(default=())
    title: str = ""


@functools.lru_cache(1 << 16)
def is_figure(cell: str) -> bool:
    """Tell whether a cell holds a number, or a mark that stands for one; the same cell is asked about many times while a table's edges are looked for."""
    return read_figure(cell) is not None or (cell != "" and (read_marker(cell) is not None or is_out_of_reach(cell)))


def filled(row: Sequence[str]) -> int:
    """Return how many cells of a row are not empty."""
    return sum(1 for cell in row if cell)


def is_footer(row: Sequence[str], width: int) -> bool:
    """Tell whether a row below the header of a table ``width`` cells wide is words alone: one cell is filled, and it is not the last, which holds figures."""
    return width > 2 and (len(row) != width or not row[-1]) and filled(row) == 1


def as_wide(row: Sequence[str], width: int, needed: int) -> list[str] | None:
    """Return a row with as many cells as its table is wide, blank ones at its end cut or added; None where it is no row of the table.

    Args:
        row: The row as it stands in the file.
        width: How many cells the table has.
        needed: How many cells a row must have at the least, so that the last column of the table is in it.
    """
    if len(row) < needed or any(map(str.strip, row[width:])):
        return None
    return [*row[:width], *[""] * (width - len(row))]


def find_tables(rows: Iterable[Numbered], *, header: Sequence[int] = (), whole: bool = True) -> tuple[Table, ...]:
    """Return the tables among some rows, from top to bottom.

    Args:
        rows: The rows that are not blank, or all of them, with their numbers; cells are cleaned here.
        header: The rows that name the columns, where a person has said so; then there is one table.
        whole: Whether these are all rows of the sheet; otherwise a table is taken to go on.
    """
    cleaned = [(number, [one_line(cell) for cell in row]) for number, row in rows]
    cleaned, names = header_of(cleaned)
    header = header or names
    filled_rows = [(number, row) for number, row in cleaned if any(row)]
    if not filled_rows:
        return ()
    if header:
        return (_given(filled_rows, header, whole=whole),)
    tables: list[Table] = []
    start = 0
    while start < len(filled_rows):
        table, end = _next_table(filled_rows, start, whole=whole)
        if table is None:
            break
        tables.append(table)
        if not whole:
            break
        start = end
    if whole and tables and start < len(filled_rows):
        left = tuple(_note(numbered_row, "footer") for numbered_row in filled_rows[start:])
        tables[-1] = _with_notes(tables[-1], left)
    return tuple(tables)


def _note(numbered_row: Numbered, kind: str) -> Note:
    return Note(numbered_row[0], kind, " ".join(cell for cell in numbered_row[1] if cell))


def _with_notes(table: Table, notes: tuple[Note, ...]) -> Table:
    return Table(
        table.header_rows, table.first, table.last, table.columns, table.places, (*table.notes, *notes), table.title
    )


def _given(filled_rows: list[Numbered], header: Sequence[int], *, whole: bool) -> Table:
    heads = [numbered_row for numbered_row in filled_rows if numbered_row[0] in header]
    below = [numbered_row for numbered_row in filled_rows if numbered_row[0] > max(header)]
    above = [numbered_row for numbered_row in filled_rows if numbered_row[0] < min(header)]
    return _table(above, heads, below, whole=whole)


# --- one table after another ------------------------------------------------------------------------------------------------------------------------


def _next_table(filled_rows: list[Numbered], start: int, *, whole: bool) -> tuple[Table | None, int]:
    """Return the first table from ``start`` on, and where it ends."""
    rows = filled_rows[start:]
    head = _header_of(rows)
    if head is None:
        return None, start
    first_head, first_body = head
    end = _end_of(rows, first_body) if whole else len(rows)
    table = _table(rows[:first_head], rows[first_head:first_body], rows[first_body:end], whole=whole)
    return table, start + end


def _figure_columns(rows: Sequence[Numbered]) -> set[int]:
    """Return the columns that hold figures in most of the rows that have something in them."""
    figures: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    for _, row in rows:
        for place, cell in enumerate(row):
            if cell:
                cells[place] += 1
                figures[place] += is_figure(cell)
    least = max(1, len(rows) // 10)
    return {place for place, number in figures.items() if number >= least and number >= _BODY * cells[place]}


def _header_of(rows: Sequence[Numbered]) -> tuple[int, int] | None:
    """Return where the header begins and where the data begin, or nothing where there is no table."""
    widest = max((filled(row) for _, row in rows[:400]), default=0)
    if widest < 2:
        return None
    plain = _plain_header(rows, widest)
    if plain is not None:
        return plain
    begins = min(len(rows) // 4, 100)
    body = _figure_columns(rows[begins : begins + 400] if len(rows) > 12 else rows[len(rows) * 3 // 5 :])
    if not body:
        place = next((number for number, (_, row) in enumerate(rows) if filled(row) >= max(2, 0.6 * widest)), None)
        return None if place is None or place + 1 >= len(rows) else (place, place + 1)
    first = next((number for number in range(len(rows)) if _is_data(rows, number, body)), None)
    if first is None:
        return None
    begin = first
    if (
        first > 1
        and not any(map(rows[first - 1][1].__getitem__, _within(body, rows[first - 1][1])))
        and _may_head(rows[first - 2][1], body)
    ):
        # The names of the first columns sometimes stand on a line of their own, between the other names and the figures.
        begin = first - 1
    while begin > 0 and first - begin < MOST_HEADER_ROWS and _may_head(rows[begin - 1][1], body):
        if begin < first and rows[begin][0] - rows[begin - 1][0] > 1:
            break  # a blank row parts what is said of the whole from the names of columns
        begin -= 1
    return (begin, first) if begin < first else None


def _within(body: set[int], row: Sequence[str]) -> Iterable[int]:
    return (column for column in body if column < len(row))


def _plain_header(rows: Sequence[Numbered], widest: int) -> tuple[int, int] | None:
    """Return the usual case: the first line names every column, and no two alike."""
    head = rows[0][1]
    names = [cell for cell in head if cell]
    if (
        len(rows) > 3
        and len(names) > 1
        and _names_the_rest(head, rows[1][1])
        and filled(rows[2][1]) > filled(rows[1][1])
    ):
        return 0, 2
    if len(rows) < 2 or len(names) < max(2, widest - 1) or len(set(names)) < len(names):
        return None
    if len(names) > 2 and sum(map(is_figure, names)) * 2 > len(names) and not _counts_up(head):
        return None
    if _is_data(rows, 0, _figure_columns(rows[1:200])):
        return None
    if filled(rows[1][1]) == 1 and len(rows) > 2 and head[0] and rows[1][1][0] and not is_figure(rows[1][1][0]):
        # A line that somebody put below the names, or that says what the rows below it are, names no column.
        return (0, 1) if filled(rows[2][1]) * 2 >= len(names) else None
    if filled(rows[1][1]) * 2 < len(names):
        # A long series may begin with hardly any figures; its first columns are filled from the first row on.
        begun = sum(1 for cell in rows[1][1][:2] if cell)
        later = any(filled(row) * 2 >= len(names) for _, row in rows[2:_LOOKED_AT])
        if begun < 2 or not later or any(map(is_figure, names)):
            return None
    return 0, 1


def _names_the_rest(head: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether a row names those columns at the left that the row above it leaves without a name, and no others."""
    blank = [place for place, cell in enumerate(head) if not cell]
    named = [place for place, cell in enumerate(below) if cell]
    return (
        bool(named)
        and named == list(range(len(named)))
        and set(named) <= set(blank)
        and not any(is_figure(below[place]) for place in named)
    )


def _is_data(rows: Sequence[Numbered], place: int, body: set[int]) -> bool:
    """Tell whether a row is one of figures rather than one of names, such as years or ages."""
    row = rows[place][1]
    filled_columns = [column for column in sorted(body) if column < len(row) and row[column]]
    if not filled_columns:
        return False
    numbers = [column for column in filled_columns if is_figure(row[column])]
    if len(numbers) < max(1, 0.5 * len(filled_columns)) or len(filled_columns) * 3 < len(body):
        return False
    cells = [row[column] for column in filled_columns]
    # Years that begin again for every question have no label at their left.
    alone = filled_columns[0] > 0 and not any(row[: filled_columns[0]]) and len(cells) > 1
    return not _counts_up(cells) and not (alone and all(map(_YEAR.match, cells)))


def _counts_up(cells: Sequence[str]) -> bool:
    """Tell whether cells are years or ages in their order, as they stand in a header."""
    named = [cell for cell in cells if cell and is_figure(cell)]
    years = all(map(_YEAR.match, named))
    if len(named) < 2 or not (years or all(map(_AGE.match, named))):
        return False
    order = [int(re.split(r"\D", cell)[0]) for cell in named]
    if years and (again := order[1:].index(order[0]) + 1 if order[0] in order[1:] else 0) > 1:
        # The same years begin again for every group or question.
        if len(order) % again or any(order[place] != order[place % again] for place in range(len(order))):
            return False
        order = order[:again]
    if years and order[0] > order[-1]:
        order.reverse()  # the newest year first, as Eurostat writes it
    if len(named) == 2 and not (years and order[1] - order[0] <= _CENSUS):
        return False
    steps = {later - earlier for earlier, later in pairwise(order)}
    bare = all(cell.isdigit() for cell in named) and not all(map(_YEAR.match, named))
    # Bare numbers are ages only where they go up by equal steps: 0, 1, 2 or 0, 5, 10, and not 10, 12, 13.
    return all(step > 0 for step in steps) and (len(steps) == 1 or not bare)


def _may_head(row: Sequence[str], body: set[int]) -> bool:
    """Tell whether a row above the data can name columns: it says something of those that hold figures, in words."""
    filled_columns = [column for column in body if column < len(row) and row[column]]
    if not filled_columns:
        return False
    if _counts_up([row[column] for column in sorted(filled_columns)]) or all(
        _YEAR.match(row[column]) for column in filled_columns
    ):
        return True
    return not any(read_figure(row[column]) is not None for column in filled_columns)


def _end_of(rows: Sequence[Numbered], first: int) -> int:
    """Return where the data end that begin at ``first``: at another header, or where only lines of one cell follow."""
    body = _figure_columns(rows[first : first + 400])
    last = first
    for place in range(first, len(rows)):
        number, row = rows[place]
        # A blank row since the last row of data, or the title of another table, may be followed by other names.
        gap = place > first and number - rows[place - 1][0] > 1
        parted = place > first and (gap or filled(rows[place - 1][1]) < 2)
        if parted and filled(row) >= 2 and body and _another_header(rows, place, body):
            break
        if filled(row) >= 2 and (_is_data(rows, place, body) or not body):
            last = place
            continue
        if filled(row) < 2:
            # A lone figure in its column is a row without a label; lone words are a note.
            if not gap and any(cell and column in body and is_figure(cell) for column, cell in enumerate(row)):
                last = place
            continue
        if not gap:
            last = place
    return last + 1


def _another_header(rows: Sequence[Numbered], place: int, body: set[int]) -> bool:
    cells = [cell for column, cell in enumerate(rows[place][1]) if column in body and cell]
    if len(cells) * 2 < len(body) or place + 1 >= len(rows):
        return False
    years = len(cells) > 1 and all(map(_YEAR.match, cells)) and _counts_up(cells)
    if any(map(is_figure, cells)) and not years:
        return False
    return _is_data(rows, place + 1, body)


# --- names of columns -------------------------------------------------------------------------------------------------------------------------------


def _table(above: list[Numbered], heads: list[Numbered], below: list[Numbered], *, whole: bool) -> Table:
    width = max(len(row) for _, row in (*heads, *below[:_LOOKED_AT]))
    names = _names([row for _, row in heads], width, _figure_columns(below[:_LOOKED_AT]))
    cells = Counter(place for _, row in below[:_LOOKED_AT] for place, cell in enumerate(row) if cell)
    rows = min(len(below), _LOOKED_AT)
    # A column without a name and with next to nothing in it holds remarks or nothing at all.
    kept = tuple(place for place in range(width) if names[place] or cells[place] * 2 > rows)
    aside = [
        Note(number, "note", " ".join(row[place] for place in range(len(row)) if place not in kept and row[place]))
        for number, row in (*heads, *below[:_LOOKED_AT])
        if any(cell and place not in kept for place, cell in enumerate(row))
    ]
    titles = [_note(numbered_row, "title") for numbered_row in above]
    columns = _distinct([names[place] or f"Column {place + 1}" for place in kept])
    title = next((note.words for note in reversed(titles) if note.words), "")
    first = below[0][0] if below else heads[-1][0] + 1
    last = below[-1][0] if below and whole else 0
    return Table(tuple(head[0] for head in heads), first, last, columns, kept, (*titles, *aside), title)


def _names(heads: Sequence[Sequence[str]], width: int, body: set[int]) -> list[str]:
    """Return a name for each column: what stands above it in each header row, where a merged cell speaks for those to its right."""
    own = [[_POINT_OF_YEAR.sub(r"\1", cell) for cell in (*row, *[""] * (width - len(row)))] for row in heads]
    spread: list[list[str]] = []
    begins: set[int] = set()
    for number, row in enumerate(own):
        above = number < len(heads) - 1 and not _written_out(row)
        spread.append(_spread(row, width, body, begins) if above else row)
        # Below another heading nothing goes on that stood below the one before it.
        begins |= {place for place in range(1, width) if row[place] and row[place] != spread[-1][place - 1]}
    names = [_joined(row[place] for row in spread) for place in range(width)]
    for place, name in enumerate(names):
        if not name or name not in names[:place]:
            continue
        # Two columns of one name: where nothing stands above the second, it is not a part of what stands beside it but of all.
        for level in range(len(spread) - 2, -1, -1):
            parts = [row[place] if number != level else "" for number, row in enumerate(spread)]
            if not own[level][place] and spread[level][place] and (shorter := _joined(parts)) and shorter not in names:
                names[place] = shorter
                break
    return names


def _written_out(row: Sequence[str]) -> bool:
    """Tell whether a row of a header repeats its headings above each column, so that an empty one means all."""
    return any(before and before == after for before, after in pairwise(row))


def _joined(parts: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(filter(None, parts)))


def _spread(row: Sequence[str], width: int, body: set[int], begins: set[int]) -> list[str]:
    cells = list(row)
    name = ""
    for place in range(width):
        if place not in body or place in begins:
            name = cells[place] if place in body else ""
        elif cells[place]:
            name = cells[place]
        else:
            cells[place] = name
    return cells


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which no two are alike."""
    seen: Counter[str] = Counter()
    distinct: list[str] = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(distinct)
