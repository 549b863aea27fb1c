"""What a layout says with its place on the sheet, said in cells before a page is read: merged labels, sections, tables side by side, headers of survey tools.

Only pages that need it are written out again, row by row in the same order, so that row numbers stay those of the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.files.pages import Page, first_rows, rows_of
from amhe_tui.intake.publishers.registry import with_one_header
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.column_mapping import called_by_code, characteristic_of_one
from amhe_tui.intake.tables.composite import holds_several, taken_apart
from amhe_tui.intake.tables.shape import Table, filled, find_tables, is_figure
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.labels import characteristic_of_labels
from amhe_tui.method.groups.words import is_total, is_unknown
from amhe_tui.method.periods import read_period
from amhe_tui.text import one_line, shorten
from store.evidence.datasets import read_figure

LARGEST = 1024 * 1024
"""Pages above this size are no reports laid out for the eye, and are read as they are."""


_HEAD = 300


_DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+\s?%?")


_POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")


_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,]\d{3})*%?")


def normalised(page: Page, folder: Path) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """Return the pages to read in place of one, mostly that one itself, and a sentence on each thing that was normalised.

    Args:
        page: A sheet, or the whole of a text file.
        folder: Where what is written out anew may stand for as long as the file is open.
    """
    if page.remark or page.text.compressed:
        return (page,), ()
    large = page.text.path.stat().st_size > LARGEST
    if large and not _needs_more_columns(page):
        return (page,), ()
    numbered_rows, whole = first_rows(page.text)
    if not whole:
        raise AmheError(
            "Several things in one cell",
            f"The cells of {page.text.path.name} hold several things at once, and it is too large to take them apart here.",
            "Give each number and each name a column of its own, and bring it in again.",
        )
    rows = [(number, [one_line(cell) for cell in row]) for number, row in numbered_rows]
    sentences, decimal = list[str](), list[str]()
    for step in (_one_header, _joined_labels, _decimal_commas, _several_in_a_cell, _flags):
        rows, added = step(page, rows)
        sentences += added
        if step is _several_in_a_cell and added and not decimal:
            rows, decimal = _decimal_commas(page, rows)  # what stood before a bracket is a number of its own by now
            sentences += decimal
        if step is _decimal_commas:
            decimal = added
    if large:
        return ((_written(page, rows, folder, 0) if sentences else page),), tuple(sentences)
    sides = _sides(rows)
    if len(sides) > 1:
        sentences.append(f"{len(sides)} tables stand side by side; each is read by its own columns.")
    pages: list[Page] = []
    for number, side in enumerate(sides):
        side, units = _unit_lines(side)
        side, added = _filled_down(page, side, moved=number > 0)
        side, more = _sections(side)
        sentences += [*units, *added, *more]
        pages.append(_written(page, side, folder, number) if sentences else page)
    return tuple(pages), tuple(sentences)


def _written(page: Page, rows: Sequence[Numbered], folder: Path, side: int) -> Page:
    path = folder / f"{page.number}-{side}.txt"
    width = max((len(row) for _, row in rows), default=0)
    with path.open("w", encoding=page.text.encoding, newline="") as stream:
        out = csv.writer(stream, delimiter=page.text.delimiter, lineterminator="\n")
        last = 0
        for number, row in rows:
            stream.write("\n" * (number - last - 1))
            out.writerow([*row, *[""] * (width - len(row))])
            last = number
    # A table at the right has rows of the same numbers, and must not be mistaken for the one at the left.
    return replace(page, text=replace(page.text, path=path), number=page.number + 100 * side)


def _one_header(_page: Page, rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Make one row of names out of several, where a tool is known to write them."""
    return with_one_header(rows)


# --- several things in one cell -----------------------------------------------------------------------------------------------------------------------


def _needs_more_columns(page: Page) -> bool:
    """Tell whether the head of a large page has cells that hold several things."""
    head = [(number, [one_line(cell) for cell in row]) for number, row in islice(rows_of(page.text), _HEAD)]
    return holds_several(head) or bool(_labels_joined(page, head))


def _several_in_a_cell(_page: Page, rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    return taken_apart(rows)


def _labels_joined(page: Page, rows: Sequence[Numbered]) -> int:
    """Return how many commas join the labels in the first column of a file that separates the others by tabs, as Eurostat writes it."""
    if page.text.delimiter != "\t" or len(rows) < 2:
        return 0
    commas = {row[0].count(",") for _, row in rows if filled(row) > 1}
    joined = commas.pop() if len(commas) == 1 else 0
    return joined if joined and not any(is_figure(part) for part in rows[0][1][0].split(",")) else 0


def _joined_labels(page: Page, rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Give each of the labels that commas join in the first column a column of its own."""
    joined = _labels_joined(page, rows)
    if not joined:
        return rows, []
    apart: list[Numbered] = []
    for number, row in rows:
        labels = [label.strip() for label in row[0].split(",")]
        labels += [""] * (joined + 1 - len(labels))
        apart.append((number, [*labels, *row[1:]]))
    head = apart[0][1]
    head[joined] = head[joined].partition("\\")[0]  # geo\\time: the last label, and what the other columns are
    names = shorten(", ".join(head[: joined + 1]), 60)
    return apart, [f"The first column holds {joined + 1} labels joined by commas; each is read by itself: {names}."]


# --- numbers ------------------------------------------------------------------------------------------------------------------------------------------


def _decimal_commas(page: Page, rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Read the comma as the decimal sign in columns where it can be nothing else, of files that do not separate cells by it."""
    if page.text.delimiter not in (";", "\t", "|"):
        return rows, []
    width = max((len(row) for _, row in rows), default=0)
    with_commas: set[int] = set()
    for place in range(width):
        cells = [row[place] for _, row in rows if place < len(row) and row[place][:1] in "+-0123456789" and row[place]]
        commas = [cell for cell in cells if _DECIMAL_COMMA.fullmatch(cell)]
        certain = [cell for cell in commas if not _THOUSANDS.fullmatch(cell)]
        if certain and len(commas) * 2 > len(cells):
            with_commas.add(place)
    if not with_commas:
        return rows, []
    # Where the comma is the decimal sign, a point between three figures can only part thousands.
    with_points: dict[int, str] = {}
    for place in range(width):
        cells = [row[place] for _, row in rows if place < len(row) and "." in row[place] and "," not in row[place]]
        numbers = [cell for cell in cells if read_figure(cell) is not None]
        if numbers and all(map(_POINTS.fullmatch, numbers)):
            with_points[place] = numbers[0]

    def read(place: int, cell: str) -> str:
        if place in with_commas and _DECIMAL_COMMA.fullmatch(cell):
            return cell.replace(".", "").replace(",", ".")
        return cell.replace(".", "") if place in with_points and _POINTS.fullmatch(cell) else cell

    changed = [(number, [read(place, cell) for place, cell in enumerate(row)]) for number, row in rows]
    sentence = "Numbers are written with a decimal comma: 12,5 is read as 12.5"
    point = next(iter(with_points.values()), "")
    return changed, [f"{sentence}, and {point} as {point.replace('.', '')}." if point else f"{sentence}."]


_FLAG = re.compile(r"(?P<of>.+?)[ _]?(?:qf|flag|marker|suppression|note)$", re.IGNORECASE)


_ALONE = frozenset({"marker", "flag", "suppression", "shorthand", "symbol"})


def _flags(_page: Page, rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Write into a blank figure why there is none, where a column beside it says so, such as ``ValueQF`` or ``Value note``."""
    head = rows[0][1] if rows else []
    places = {re.sub(r"[\s_]", "", name).casefold(): place for place, name in enumerate(head) if name}
    beside: dict[int, int] = {}
    for place, name in enumerate(head):
        match = _FLAG.match(name)
        of = re.sub(r"[\s_]", "", match["of"]).casefold() if match else "value" if name.casefold() in _ALONE else ""
        if name.casefold() == "data marking" and place:
            of = re.sub(r"[\s_]", "", head[0]).casefold()
        if of in places and places[of] != place:
            beside[places[of]] = place
    changed = False
    marked: list[Numbered] = []
    for number, row in rows:
        for figure, flag in beside.items():
            why = _why(row[flag]) if max(figure, flag) < len(row) and not row[figure] else ""
            if why:
                row = [*row[:figure], why, *row[figure + 1 :]]
                changed = True
        marked.append((number, row))
    sentence = "Why a figure is blank stands in a column beside it; it is kept with the figure."
    return marked, [sentence] if changed else []


def _why(flag: str) -> str:
    """Return the mark of a flag or of a remark on a figure, or ""."""
    marker = read_marker(flag) if flag else None
    if marker is not None:
        return flag
    lowered = flag.casefold()
    return (
        "suppressed"
        if "suppress" in lowered or "disclos" in lowered
        else "not available"
        if "not available" in lowered
        else ""
    )


# --- tables side by side ------------------------------------------------------------------------------------------------------------------------------


def _sides(rows: list[Numbered]) -> list[list[Numbered]]:
    """Cut rows where an empty column parts tables, each of which begins with labels and has figures."""
    wide = [row for _, row in rows if filled(row) > 1]
    width = max((len(row) for row in wide), default=0)
    gaps = [place for place in range(1, width - 1) if not any(place < len(row) and row[place] for row in wide)]
    if not gaps:
        return [rows]
    edges = [-1, *gaps, width]
    blocks = [(left + 1, right) for left, right in pairwise(edges) if right - left > 1]
    if len(blocks) < 2 or not all(_is_table(wide, left, right) for left, right in blocks):
        return [rows]
    return [
        [(number, row[left:right]) for number, row in rows if any(row[left:right])]
        for left, right in ((0, blocks[0][1]), *blocks[1:])
    ]


def _is_table(rows: Sequence[Sequence[str]], left: int, right: int) -> bool:
    """Tell whether columns are a table of their own: labels first, then figures."""

    def share(place: int) -> float:
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        return sum(map(is_figure, cells)) / max(1, len(cells))

    return right - left > 1 and share(left) < 0.5 and any(share(place) >= 0.5 for place in range(left + 1, right))


# --- labels said once for several rows ----------------------------------------------------------------------------------------------------------------


def _inside(table: Table) -> Callable[[int], bool]:
    return lambda number: number >= table.first and (not table.last or number <= table.last)


def _filled_down(page: Page, rows: list[Numbered], *, moved: bool) -> tuple[list[Numbered], list[str]]:
    """Write a label that stands once, merged or above blanks, into all rows it speaks for."""
    sentences: list[str] = []
    copies = [(number, list(row)) for number, row in rows]
    for table in find_tables(rows):
        inside = _inside(table)
        body = [row for number, row in copies if inside(number) and filled(row) > 1]
        numbers = [number for number, row in copies if inside(number) and filled(row) > 1]
        for column, place in zip(table.columns[:-1], table.places[:-1], strict=True):
            if _is_label(body, place) and (
                (not moved and _merged(page, numbers, place)) or _said_once(body, place, table.places)
            ):
                label = ""
                for row in body:
                    label = row[place] or label
                    row[place] = label
                sentences.append(
                    f"{shorten(column, 40)} is written once for the rows below it; it is read for each of them."
                )
    return (copies, sentences) if sentences else (rows, [])


def _is_label(body: Sequence[Sequence[str]], place: int) -> bool:
    cells = [row[place] for row in body if place < len(row)]
    labels = [cell for cell in cells if cell]
    return len(cells) == len(body) > len(labels) > 0 and bool(cells[0]) and not all(map(is_figure, labels))


def _merged(page: Page, numbers: Sequence[int], place: int) -> bool:
    inside = set(numbers)
    return any(
        first in inside and last > first and left == right == place + 1 for first, left, last, right in page.merged
    )


def _said_once(body: Sequence[Sequence[str]], place: int, places: Sequence[int]) -> bool:
    """Tell whether blanks below a label mean the same label: the next column begins again with it, and never says a thing twice below one."""
    after = [other for other in places if other > place]
    if not after or any(len(row) <= after[0] or not row[after[0]] for row in body) or _is_figures(body, after[0]):
        return False
    blocks: list[list[str]] = []
    for row in body:
        if row[place]:
            blocks.append([])
        blocks[-1].append(row[after[0]])
    repeated = len(blocks) > 1 and set(blocks[0]) & set(blocks[1])
    return bool(repeated) and all(len(set(block)) == len(block) for block in blocks)


def _is_figures(body: Sequence[Sequence[str]], place: int) -> bool:
    return all(is_figure(row[place]) for row in body if place < len(row) and row[place])


# --- lines of units -------------------------------------------------------------------------------------------------------------------------------


_UNITS: Mapping[str, str] = {
    "%": "Percentage", "percent": "Percentage", "per cent": "Percentage", "percentage": "Percentage", "percentages": "Percentage", "n": "Number", "no.": "Number",
    "no": "Number", "number": "Number", "numbers": "Number", "count": "Number", "counts": "Number", "mean": "Mean", "means": "Mean", "median": "Median",
    "rate": "Rate", "score": "Score",
}  # fmt: skip


_A_BASE = re.compile(r"(?:un)?weighted bases?|bases?(?: \(.*\))?|sample sizes?|number of respondents|n", re.IGNORECASE)
"""How the row is called that says how many people percentages are of."""


def _is_label_of_units(row: Sequence[str]) -> bool:
    return bool(row[0]) and row[0].casefold() not in _UNITS


def _unit_of(row: Sequence[str]) -> str:
    """Return the unit that a line repeats above each column, with or without a label at its left, or ""."""
    cells = {cell.casefold() for cell in (row[1:] if row and _is_label_of_units(row) else row) if cell}
    if filled(row) < 2 or len(cells) != 1 or (_is_label_of_units(row) and filled(row) < 3):
        return ""
    return _UNITS.get(cells.pop(), "")


def _unit_lines(rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Turn lines between the rows that only repeat a unit, such as % above each column, into a column; they hold until a blank row or a line of words."""
    kept = [(number, row) for number, row in rows if not _unit_of(row)]
    if len(kept) == len(rows) or not kept:
        return rows, []
    tables = find_tables(kept)
    if not tables or not tables[0].header_rows:
        return rows, []
    table, width = tables[0], max(len(row) for _, row in rows)
    kept_numbers = {number for number, _ in kept}
    widths = {number: filled(row) for number, row in kept}
    names = next((number for number in reversed(table.header_rows) if widths[number] > 1), table.header_rows[-1])
    changed: list[Numbered] = []
    unit, seen = "", ""
    for number, row in rows:
        if number not in kept_numbers:
            if number < table.first and len(rows) - len(kept) < 2:
                return rows, []  # one line below the names of the columns is part of them
            unit = seen = _unit_of(row)
            if _is_label_of_units(row):
                changed.append((number, [row[0]]))  # what the rows below it are stands at its left
            continue
        if filled(row) < 2:
            unit = ""
        wide = [*row, *[""] * (width - len(row))]
        if number == names:
            changed.append((number, [*wide, "Unit"]))
        else:
            own = "Number" if unit and _A_BASE.fullmatch(next(filter(None, row), "")) else unit
            changed.append(
                (number, [*wide, own] if filled(row) > 1 and number >= table.first else wide if any(row) else row)
            )
    return changed, [
        f"Lines between the rows say the unit of those below them, such as {seen.casefold()}; it is read with each row."
    ] if seen else []


# --- sections -----------------------------------------------------------------------------------------------------------------------------------------


def _sections(rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Turn lines that stand alone above the rows they speak for, such as Sex and Ethnic group, into a column."""
    reshaped, sentences = rows, list[str]()
    for table in find_tables(rows):
        heads = _lone_lines(rows, table)
        if len(heads) < 2:
            continue
        lines = list(heads.values())
        # Broad groups above their parts belong to the labels themselves: White above British and Irish.
        place = table.places[0]
        groups = [line for line in dict.fromkeys(lines) if not is_total(line)]
        code = characteristic_of_labels(lines) or (characteristic_of_one(groups[0]) if len(groups) == 1 else "")
        broad = bool(code) and not _repeated(rows, table, heads, place)
        name = "" if broad else called_by_code(code) if code else _name_of_sections(lines)
        names = table.header_rows[-1] if table.header_rows[-1] not in heads else table.header_rows[-2]
        width = max(len(row) for _, row in rows)
        inside, section, changed = _inside(table), "", list[Numbered]()
        for number, row in reshaped:
            if number in heads:
                section = heads[number]
                continue
            wide = [*row, *[""] * (width - len(row))]
            if number == names and not broad:
                changed.append((number, [*wide, name]))
            elif broad and inside(number) and filled(row) > 1:
                apart = is_total(row[place]) or is_unknown(row[place]) or not section
                wide[place] = row[place] if apart else f"{section}: {row[place]}"
                changed.append((number, wide))
            elif inside(number) and filled(row) > 1:
                if not section and _EVERYBODY.fullmatch(wide[place]):
                    wide[place] = "Total"  # how many there are stands above the first line
                changed.append((number, [*wide, _WITH_SIGN.sub("", section)]))
            else:
                changed.append((number, row))
        reshaped = changed
        shown = shorten(", ".join(heads.values()), 80)
        sentences.append(f"Lines between the rows say what those below them are: {shown}; they are read with each row.")
    return reshaped, sentences


_EVERYBODY = re.compile(r"n|base|number|total n|n =?|all|overall", re.IGNORECASE)


_WITH_SIGN = re.compile(r"\s*[,:]?\s*(?:n ?)?\(?(?:n, ?)?%\)?$|\s*[,:]?\s*n \(%\)$", re.IGNORECASE)
"""What stands behind the name of a characteristic in a table of numbers and percentages: Sex (%), Age, n (%)."""


def _repeated(rows: Sequence[Numbered], table: Table, heads: Mapping[int, str], place: int) -> bool:
    """Tell whether the same labels stand below several lines: then the lines part the whole table, and are not broad groups of the labels."""
    inside, below = _inside(table), list[set[str]]()
    for number, row in rows:
        if number in heads:
            below.append(set())
        elif below and inside(number) and filled(row) > 1 and place < len(row):
            below[-1].add(row[place])
    return any(len(first & second) * 2 > max(len(first), len(second)) for first, second in pairwise(below))


_A_REMARK = re.compile(r"[a-z]|(?:NB|N\.B\.|Note|Notes|See|Checked|Source|Please|To do|TODO|Query)\b", re.ASCII)
"""How lines begin that somebody put between the rows: they say nothing of what the rows below them are."""


def _lone_lines(rows: Sequence[Numbered], table: Table) -> dict[int, str]:
    place, inside = table.places[0], _inside(table)
    last_head = table.header_rows[-1]
    candidates = [
        (number, row) for number, row in rows if inside(number) or (number == last_head and len(table.header_rows) > 1)
    ]
    lines: dict[int, str] = {}
    for (number, row), (_, below) in pairwise(candidates):
        said = row[place] if filled(row) == 1 and place < len(row) else ""
        if said and not is_figure(said) and filled(below) > 1 and not _A_REMARK.match(said):
            lines[number] = row[place]
    return lines


def _name_of_sections(lines: Sequence[str]) -> str:
    if sum(recognise_characteristic(line) is not None for line in lines) * 2 >= len(lines):
        return "Characteristic"
    return "Period" if all(read_period(line) is not None for line in lines) else "Section"
