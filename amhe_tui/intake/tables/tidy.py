"""Any table whose columns are named: from what the columns mean to how its rows are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, timedelta

from amhe_tui.intake.tables.cells import TOTAL, category, crossed, heading, read_marker
from amhe_tui.intake.tables.column_mapping import (
    BESIDE_A_FIGURE,
    ColumnMapping,
    Said,
    called_by_code,
    check_mapping,
    columns_for,
    group_label,
    last_part,
    name_of,
    option,
    read_stacks,
    said,
    shared_heading,
    without_heading,
)
from amhe_tui.intake.tables.columns import Profile, statistic_in, statistic_of, words_of
from amhe_tui.intake.tables.group_levels import NOT_RECORDED, NOTHING, GroupLevels
from amhe_tui.intake.tables.group_levels import Said as GroupSaid
from amhe_tui.intake.tables.layout import Cells, Layout, Value
from amhe_tui.intake.tables.shape import BETWEEN
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.labels import age_band, levels_of
from amhe_tui.method.groups.words import is_total
from amhe_tui.method.periods import is_part_of_year, read_period
from amhe_tui.text import one_line
from store.evidence.datasets import Area, Category, Period, Quantity

_MEASURE_FIRST = re.compile(r"^(count|percentage|mean|median)[ _](?=\S)", re.IGNORECASE)


_STATISTIC_BEHIND = re.compile(
    r"(.+?)[\s:;,(\[-]+(percentage|per ?cent|percent|%|number|count|rate per [\d,]+)[^|]{0,40}", re.IGNORECASE
)


_PARTS = ("numerator", "denominator", "lower", "upper", "standard_error")


_WHERE = ("area", "area_code", "area_type", "wider_area", "wider_area_code")


_WHEN = ("period", "period_starts", "period_ends", "period_kind")


_KINDS_OF_PLACE = (
    "local authority district", "local authority", "district", "region", "ward", "trust", "hospital", "provider", "sub icb", "icb", "ccg", "lsoa", "msoa",
    "data zone", "intermediate zone", "council area", "health board", "country",
)  # fmt: skip


EVERYWHERE = "everywhere in the file"


def _of_serial(text: str) -> str:
    """Return a day that a spreadsheet kept as the number of days since 1900 as a date, and any other text as it is."""
    if re.fullmatch(r"[34]\d{4}|5[0-4]\d{3}", text):
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
    return text


_SAYS_END = re.compile(
    r"(?:(?:(?:financial |calendar )?year|quarter|month|half year|week|(?:12|twelve|3|6|three|six) months) (?:to|ending|ended|end|commencing|beginning)\b|"
    r"academic year|school year|calendar year)"
)
"""Names of columns that say how a period ends or begins, or which kind of year it is, for the cells below them."""


_DATED = re.compile(r"\b(?:date|name|label)\b")


_ONLY_COUNTS = re.compile(r"counts?|numbers?|n|number of (?:people|persons|cases|referrals)")


def _is_month_end(day: str) -> bool:
    return (date.fromisoformat(day) + timedelta(days=1)).day == 1


def slug(name: str) -> str:
    """Return a name as a short stable id: small letters, words joined by underscores."""
    return re.sub(r"\W+", "_", words_of(name)).strip("_")


def _of_another(by: str, label: str) -> bool:
    """Tell whether a label adds up the groups of another characteristic, such as All genders below IMD."""
    mine, other = recognise_characteristic(by), recognise_characteristic(label)
    return mine is not None and other is not None and mine.code != other.code


class Tidy:
    """Reads the rows of one table by what its columns mean."""

    def __init__(
        self,
        columns: Sequence[str],
        places: Sequence[int],
        mapping: ColumnMapping,
        profiles: Sequence[Profile],
        stem: str,
        *,
        own_totals: bool = False,
        titled: str | None = None,
        levels: GroupLevels | None = None,
        in_decimals: Set[str] = frozenset(),
    ) -> None:
        check_mapping(mapping, columns)
        self._told: Mapping[str, Mapping[str, GroupSaid]] = levels.by_column if levels is not None else {}
        self._own_totals = own_totals
        self._titled = stem if titled is None else titled
        self._indicators_in_decimals = in_decimals
        self._differ = levels is not None and levels.own_totals
        self._place = dict(zip(columns, places, strict=True))
        self._mapping, self._profiles, self._stem = mapping, profiles, stem
        self._by_name = {profile.name: profile for profile in profiles}
        self._groups = [(name, name_of(profiles, name)) for name in columns_for(mapping, "group")]
        # The labels of a column say more together: Indian beside Black parts the people once.
        self._levels = {
            own: levels_of(own, self._by_name[name].cells) for name, own in self._groups if name in self._by_name
        }
        named = " ".join(words_of(name) for name in (*columns_for(mapping, "area"), *columns_for(mapping, "area_code")))
        named = named.replace("authorities", "authority")
        # Where the columns are groups, the word for their characteristic is not about the groups in the rows.
        self._columns_have_it = (
            not columns_for(mapping, "characteristic") and option(mapping, "columns_are") == "groups"
        )
        self._kind_of_place = next((heading(kind) for kind in _KINDS_OF_PLACE if re.search(rf"\b{kind}\b", named)), "")
        self._day_first = option(mapping, "days") != "month first"
        unnamed = [
            self._by_name.get(name) for name in columns_for(mapping, "value") if not statistic_of(words_of(name))
        ]
        # Of several columns alike, one may happen to hold whole numbers only.
        self._in_decimals = len(unnamed) > 1 and 2 * sum(
            column is not None and column.decimals for column in unnamed
        ) > len(unnamed)

    def layout(self, name: str = "tidy") -> Layout:
        """Return how the rows are read."""
        return Layout(
            name,
            self._places(*_WHERE),
            self._area,
            self._places(*_WHEN),
            self._period,
            self._places("characteristic", "group", "subgroup"),
            self._category,
            self._places("indicator", "indicator_id", "statistic"),
            self._quantity,
            self._values(),
        )

    def _places(self, *roles: str) -> tuple[int, ...]:
        return tuple(self._place[name] for role in roles for name in columns_for(self._mapping, role))

    def _reader(self, cells: Cells, *roles: str) -> dict[str, str]:
        names = [(role, name) for role in roles for name in columns_for(self._mapping, role)]
        given = {role: said(self._mapping, role) for role in roles}
        for (role, _), cell in zip(names, cells, strict=True):
            text = one_line(cell)
            # Of several wider places the last that is filled is the narrowest.
            given[role] = given[role] if role.startswith("wider") and read_marker(text) is not None else text
        return given

    # --- where and when -----------------------------------------------------------------------------------------------------------------------------

    def _area(self, cells: Cells) -> Area:
        given = self._reader(cells, *_WHERE)
        name, code = given["area"], given["area_code"]
        if given["wider_area"] and read_marker(name or code) is not None:
            # The row is about a wider place, and says nothing of those within it.
            name, code = given["wider_area"], given["wider_area_code"]
        name = name or code or EVERYWHERE
        kind = given["area_type"] or ("England" if name == "England" else self._kind_of_place)
        if not given["area_type"] and is_total(name):
            kind = "Total"  # a row that adds up the others is no place beside them
        return Area(kind, code or name, name)

    def _period(self, cells: Cells) -> Period:
        given = self._reader(cells, *_WHEN)
        label = given["period"] or " to ".join(filter(None, (given["period_starts"], given["period_ends"])))
        if not label:
            return Period("one time", "", "")
        of_kind = read_period(f"{given['period_kind']} {label}") if given["period_kind"] else None
        if of_kind is not None and is_part_of_year(given["period_kind"]):
            return Period(*of_kind)
        if of_kind is not None:
            alone = read_period(label, day_first=self._day_first)
            return Period(alone.label if alone else label, of_kind.starts, of_kind.ends)
        period = self._by_heading(label) or read_period(
            _of_serial(label), day_first=self._day_first, monthly=self._monthly()
        )
        if period is None:
            return Period(label, label, "")
        starts = read_period(given["period_starts"], day_first=self._day_first) if given["period_starts"] else None
        ends = read_period(given["period_ends"], day_first=self._day_first) if given["period_ends"] else None
        return Period(period.label, starts.starts if starts else period.starts, ends.ends if ends else period.ends)

    def _by_heading(self, label: str) -> Period | None:
        """Return a period of which the column says the end or the kind, and the cell the rest: ``2023`` below ``Year to 31 March``."""
        heading_words = next((words_of(name) for name in columns_for(self._mapping, "period")), "")
        if not _SAYS_END.match(heading_words):
            return None
        period = read_period(f"{_DATED.sub('', heading_words).strip()} {label}", day_first=self._day_first)
        period = period or read_period(f"{heading_words} {label}", day_first=self._day_first)
        return (
            None if period is None else Period(period.label[:1].upper() + period.label[1:], period.starts, period.ends)
        )

    def _monthly(self) -> bool:
        cells = (
            [cell for name in columns_for(self._mapping, "period") for cell in self._by_name[name].cells]
            if self._profiles
            else []
        )
        periods = [read_period(_of_serial(cell), day_first=self._day_first) for cell in cells[:60]]
        named = any(
            re.search(r"\bmonth\b|reporting period", words_of(name)) for name in columns_for(self._mapping, "period")
        )
        days = [period.starts for period in periods if period is not None and period.starts == period.ends]
        if len(days) < len(periods):
            return False
        return (len(days) > (0 if named else 1) and all(day.endswith("-01") for day in days)) or (
            named and bool(days) and all(map(_is_month_end, days))
        )

    # --- who ----------------------------------------------------------------------------------------------------------------------------------------

    def _category(self, cells: Cells) -> Category:
        offset = len(columns_for(self._mapping, "characteristic"))
        of_file = one_line(cells[0]) if offset else said(self._mapping, "characteristic")
        labels = [one_line(cell) for cell in cells[offset : offset + len(self._groups)]]
        narrow = one_line(cells[offset + len(self._groups)]) if columns_for(self._mapping, "subgroup") else ""
        combined = TOTAL
        if not self._groups and narrow:
            return category(of_file or "Group", narrow)
        for number, ((name, own), label) in enumerate(zip(self._groups, labels, strict=True)):
            # The file's own column of characteristics speaks for the first column of groups only.
            by = own if number or not of_file or self._columns_have_it else of_file
            narrower = number == 0 and narrow and category(by, narrow).level != "total"
            if narrower:
                single = category(by, narrow, broad=label)
            elif offset and number == 0 and by == of_file and self._is_about_everybody(of_file, label):
                single = TOTAL
            else:
                single = self._group(by or heading(name), label, self._told.get(name, {}))
            combined = crossed(combined, single)
        if combined.level == "total" and self._groups:
            # Each of several tables on a page, or of several characteristics, has a total of its own, which may differ from the others'.
            by_itself = of_file if self._differ and not is_total(of_file) else ""
            by_itself = by_itself or (self._groups[0][1] if self._own_totals else "")
            return combined._replace(characteristic=by_itself) if by_itself else combined
        return combined

    def _is_about_everybody(self, of_file: str, label: str) -> bool:
        """Tell whether a row names no characteristic, so that a blank group is everybody."""
        return (is_total(of_file) or read_marker(of_file) is not None) and (not label or is_total(label))

    def _group(self, by: str, label: str, told: Mapping[str, GroupSaid]) -> Category:
        if (said := told.get(label)) is not None:
            if said.level == "total":
                return TOTAL
            shown = f"{NOT_RECORDED} ({label})" if label.casefold() in NOTHING else label
            return Category(by, shown if label else NOT_RECORDED, said.level, said.parent)
        group = category(by, label)
        if self._differ and group.level == "total" and _of_another(by, label):
            return Category(by, label, "broad", "")
        level, parent = self._levels.get(by, {}).get(label, (group.level, group.parent))
        return group if group.level in ("total", "unknown") else group._replace(level=level, parent=parent)

    # --- what ---------------------------------------------------------------------------------------------------------------------------------------

    def _quantity(self, cells: Cells, part: str) -> Quantity:
        given = self._reader(cells, "indicator", "indicator_id", "statistic")
        name = given["indicator"] or given["indicator_id"] or self._stem
        identity = given["indicator_id"] or name
        statistic = (
            statistic_of(words_of(given["statistic"]))
            or given["statistic"].casefold()
            or self._statistic_of_values(name)
        )
        if part == "value" and columns_for(self._mapping, "statistic") and given["statistic"]:
            return Quantity(f"{identity}.{statistic}", name, statistic)
        if part == "value":
            return self._measured(identity, name, statistic)
        if part in _PARTS:
            return Quantity(f"{identity}.{part}", name, "count" if part in _PARTS[:2] else part)
        part_name = part.replace("_", " ")
        return Quantity(f"{identity}.{part}", f"{name}: {part_name}", statistic_of(part_name) or statistic)

    def _measured(self, identity: str, name: str, statistic: str) -> Quantity:
        """Return a quantity whose name may begin with its statistic, as in ``Percentage_Recovery``."""
        match = _MEASURE_FIRST.match(name)
        if match is None or " " in name:
            return Quantity(f"{identity}.value", name, statistic)
        called, statistic = name[match.end() :], match[1].casefold()
        return Quantity(f"{slug(called)}.{statistic}", heading(called), statistic)

    def _statistic_of_values(self, name: str) -> str:
        """Return the statistic of the figures of one row, by what is counted there and by the column they stand in."""
        columns = columns_for(self._mapping, "value")
        alike = len(columns) == 1 or option(self._mapping, "columns_are") != ""
        column = self._by_name.get(columns[0]) if alike else None
        by_column = statistic_in(column, words_of(columns[0])) if len(columns) == 1 else ""
        decimals = self._in_decimals or by_column == "figure"
        said_of_it = words_of(self._titled if name == self._stem else name)
        spoken = statistic_in(column, said_of_it)
        if statistic_of(said_of_it) == "figure":
            return "figure"  # thousands of people, of which a tenth is no error
        if name != self._stem:
            decimals = name in self._indicators_in_decimals or not self._says_what()
        elif by_column not in ("", "count", "figure") or _ONLY_COUNTS.fullmatch(words_of(columns[0])):
            # What a title says is outdone by the name of the only column of figures; the name of the file says nothing.
            return by_column
        if name in self._indicators_in_decimals and spoken == "count":
            return "figure"  # people are counted in whole numbers
        known = (one for one in (spoken, by_column) if one not in ("", "figure"))
        return next(known, "figure" if decimals else "count")

    def _values(self) -> tuple[Value, ...]:
        columns = columns_for(self._mapping, "value")
        parts = tuple(Value(self._place[name], part) for part in _PARTS for name in columns_for(self._mapping, part))
        kind = option(self._mapping, "columns_are")
        if len(columns) == 1 and kind in ("", "indicators"):
            return (Value(self._place[columns[0]], "value"), *parts)
        if kind in ("", "groups") and (stacks := read_stacks(columns)):
            return (*(self._of_stack(name, stacks[name]) for name in columns), *parts)
        make: Mapping[str, Callable[[str], Value]] = {
            "groups": self._of_group,
            "periods": self._of_period,
            "places": self._of_place,
        }
        return (*(make.get(kind, self._of_indicator)(name) for name in columns), *parts)

    def _of_place(self, name: str) -> Value:
        place = last_part(name)
        return Value(self._place[name], "value", area=Area("Total" if is_total(place) else "", place, place))

    def _of_group(self, name: str) -> Value:
        by = said(self._mapping, "characteristic") or "Group"
        head = shared_heading(columns_for(self._mapping, "value"))
        label = without_heading(name, head) if head else group_label(name)
        statistic = ""
        if match := _STATISTIC_BEHIND.fullmatch(label):
            label, statistic = match[1], statistic_of(words_of(match[2]))
        group = category(by, label)
        if statistic and not self._says_what():
            quantity = Quantity(f"{self._stem}.{statistic}", self._stem, statistic)
            return Value(self._place[name], statistic, quantity=quantity, category=group)
        if statistic:
            return Value(self._place[name], statistic, category=group)
        if self._narrower(label) and group.level == "broad":
            group = group._replace(level="detailed")
        return Value(self._place[name], "value", category=group)

    def _narrower(self, label: str) -> bool:
        """Tell whether a column is one year of age beside columns of whole bands; ``90+`` closes the single years."""
        bands = [age_band(group_label(name)) for name in columns_for(self._mapping, "value")]
        single = sum(band is not None and band[0] == band[1] for band in bands)
        mine = age_band(label)
        if mine is None or not 2 < single < len(bands) - 1:
            return False
        return mine[0] == mine[1] or label.endswith("+")

    def _says_what(self) -> bool:
        return bool(columns_for(self._mapping, "indicator") or said(self._mapping, "indicator"))

    def _of_stack(self, name: str, stacked: Said) -> Value:
        """Return a column whose stacked names say the group or the time besides what is counted."""
        groups = TOTAL
        for code, label in stacked.groups:
            groups = crossed(groups, category(called_by_code(code), label))
        when = read_period(stacked.period, day_first=self._day_first) if stacked.period else None
        period = Period(*when) if when else None
        statistic = stacked.statistic or statistic_in(self._by_name.get(name), words_of(" ".join(stacked.words)))
        if statistic in ("", "figure"):
            statistic = statistic_of(words_of(self._titled)) or said(self._mapping, "statistic") or statistic
        counted = BETWEEN.join(stacked.words) or self._stem
        if not stacked.words and (self._says_what() or columns_for(self._mapping, "statistic")):
            return Value(self._place[name], "value", category=groups, period=period)
        if self._says_what():
            return Value(self._place[name], slug(counted) or "value", category=groups, period=period)
        quantity = Quantity(f"{slug(counted)}.{statistic or 'count'}", counted, statistic or "count")
        return Value(self._place[name], quantity.statistic, quantity=quantity, category=groups, period=period)

    def _of_period(self, name: str) -> Value:
        periods = [
            read_period(last_part(column), day_first=self._day_first) for column in columns_for(self._mapping, "value")
        ]
        # First days of months name the months.
        monthly = all(
            period is None or (period.starts == period.ends and period.starts.endswith("-01")) for period in periods
        )
        own_period = read_period(last_part(name), day_first=self._day_first, monthly=monthly)
        if own_period is None and "period" not in self._mapping and any(periods):
            return Value(self._place[name], slug(name) or "value") if self._says_what() else self._beside_periods(name)
        return Value(self._place[name], "value", period=Period(*own_period) if own_period else Period(name, name, ""))

    def _beside_periods(self, name: str) -> Value:
        """Return a column of a total or a change that stands beside columns of periods, and is about no one of them."""
        statistic = statistic_in(self._by_name.get(name), words_of(name)) or "count"
        quantity = Quantity(f"{slug(name)}.{statistic}", f"{self._stem}: {name}", statistic)
        return Value(self._place[name], statistic, quantity=quantity)

    def _beside(self, name: str) -> Value | None:
        """Return a column that only says the limits of the figure in another, or the counts behind it."""
        match = BESIDE_A_FIGURE.fullmatch(name)
        if match is None or self._says_what() or match["of"] not in columns_for(self._mapping, "value"):
            return None
        whole = self._of_indicator(match["of"]).quantity
        part = match["part"].casefold().split()[0]
        part = {"lci": "lower", "lcl": "lower", "uci": "upper", "ucl": "upper"}.get(part, part)
        if whole is None or part not in _PARTS:
            return None
        identity = f"{whole.id.rsplit('.', 1)[0]}.{part}"
        called = f"{whole.name}: {part}" if part in _PARTS[:2] else whole.name
        return Value(
            self._place[name], part, quantity=Quantity(identity, called, "count" if part in _PARTS[:2] else part)
        )

    def _of_indicator(self, name: str) -> Value:
        if (part := self._beside(name)) is not None:
            return part
        statistic = statistic_in(self._by_name.get(name), words_of(name))
        if statistic in ("", "figure"):
            statistic = said(self._mapping, "statistic") or statistic or ("figure" if self._in_decimals else "count")
        called = " ".join(name.split())
        if match := _MEASURE_FIRST.match(name.replace("__", "_")):
            called, statistic = name[match.end() :], match[1].casefold()
        elif "__" in name:
            called, _, last = name.partition("__")
            statistic = statistic_of(words_of(last)) or statistic
        identity = f"{slug(called)}.{statistic}"
        shown = heading(called) if "_" in called or called.islower() else called
        if self._says_what():
            # What is counted stands in the row, and the column says which figure of it; a number and its percentage are two.
            return Value(self._place[name], slug(called.replace("%", " percent ")) or "value")
        return Value(self._place[name], statistic, quantity=Quantity(identity, shown, statistic))


def tidy(
    columns: Sequence[str],
    mapping: ColumnMapping,
    stem: str,
    places: Sequence[int] = (),
    profiles: Sequence[Profile] = (),
    *,
    own_totals: bool = False,
    titled: str | None = None,
    levels: GroupLevels | None = None,
    in_decimals: Set[str] = frozenset(),
) -> Layout:
    """Return how a table is read from what its columns mean.

    Args:
        columns: The names of its columns.
        mapping: Which column says what.
        stem: What is counted where nothing says so, such as the file's name.
        places: Where the columns are in a row; without it, one after another.
        profiles: What is in the columns, where somebody has looked.
        own_totals: Whether totals belong to this table alone, as where several stand on one page.
        titled: What the titles say is counted, where that is less than the stem; the name of a file says nothing of its figures.
        levels: What labels are that do not say it themselves, told from the figures beside them.
        in_decimals: What is counted in the rows and has figures with decimals, so that they are no counts.

    Raises:
        AmheError: A column that is named is not there, or nothing says where the figures are.
    """
    table = Tidy(
        columns,
        places or range(len(columns)),
        mapping,
        profiles,
        stem,
        own_totals=own_totals,
        titled=titled,
        levels=levels,
        in_decimals=in_decimals,
    )
    return table.layout()
