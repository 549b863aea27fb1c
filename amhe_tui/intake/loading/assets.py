"""A list or directory of services and groups as community assets: every row one, none twice, and what is odd about it said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amhe_tui.intake.files.pages import rows_of
from amhe_tui.intake.loading.asset_columns import AssetColumns, asset_columns, values_of
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides, Part, in_hand
from amhe_tui.intake.tables.shape import as_wide, is_footer
from amhe_tui.text import one_line
from store.records import Asset, DataSource
from store.workspace import Change, Workspace

MOST_ASSETS = 5_000
"""More things than this and a list is a national register, not what one community turns to."""


Values = Mapping[str, str]


@dataclass(frozen=True)
class AssetList:
    """What a list holds.

    Attributes:
        rows: The fields each of its rows fills.
        warnings: What is odd about it, in plain sentences.
        keys_differ: Whether its rows are told apart by their keys.
    """

    rows: tuple[Values, ...] = ()
    warnings: tuple[str, ...] = ()
    keys_differ: bool = False


@dataclass(frozen=True)
class Matched:
    """The rows of a list against the assets of a programme.

    Attributes:
        known: Rows that are an asset of the programme already, each with it.
        new: The others.
    """

    known: tuple[tuple[Asset, Values], ...] = ()
    new: tuple[Values, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is worth saying of assets that were here already."""
        if not self.known:
            return ()
        total, filled = len(self.known), sum(bool(blank_in(asset, row)) for asset, row in self.known)
        were = "entry was" if total == 1 else "entries were"
        sentences = [f"{total:,} {were} here already; {filled:,} of them got details that were blank."]
        otherwise = sum(_differs(asset, row) for asset, row in self.known)
        if otherwise:
            says = "says" if otherwise == 1 else "say"
            sentences.append(
                f"{otherwise:,} {says} something else than what is kept here; what is kept was left as it is."
            )
        return tuple(sentences)


def blank_in(asset: Asset, row: Values) -> dict[str, str]:
    """Return what a row says of fields that are blank in an asset."""
    return {name: value for name, value in row.items() if not getattr(asset, name)}


def _differs(asset: Asset, row: Values) -> bool:
    kept = ((str(getattr(asset, name)), value) for name, value in row.items())
    return any(here and _letters(here) != _letters(value) for here, value in kept)


def assets_in(file: Path | DataFile, overrides: ImportOverrides | None = None) -> AssetList:
    """Return what a list of services and groups holds; nothing where the file is none.

    Raises:
        AmheError: The file cannot be read.
    """
    assets: list[Values] = []
    warnings: list[str] = []
    with in_hand(file) as data_file, data_file.understood(overrides) as seen:
        for part in seen.parts if seen.main.family == "list" else ():
            rows = list(_rows(part)) if part.family == "list" else []
            columns = asset_columns(part.table.columns, part.table.places, rows)
            if columns is None:
                continue
            made = [values_of(row, columns) for row in rows]
            named = [asset for asset in made if asset.get("name")]
            if nameless := len(made) - len(named):
                warnings.append(
                    f"{_of(nameless, len(made))} {_have(nameless)} no name, so {_it_is(nameless)} counted but not listed as {_asset(nameless)}."
                )
            warnings += _odd_days(rows, named, columns)
            assets += named
    if len(assets) > MOST_ASSETS:
        say = f"It lists {len(assets):,} things, too many for the assets of one community: they are counted, not listed. Cut it to your own area to list them."
        return AssetList((), (*warnings, say))
    keys = [asset.get("source_key", "") for asset in assets]
    differ = len(assets) > 0 and all(keys) and len(set(keys)) == len(keys)
    return AssetList(tuple(assets), (*warnings, *_odd(assets, keys)), differ)


def _rows(part: Part) -> Iterator[list[str]]:
    """Yield the rows of a table, padded to its width; what is rejected or annotated among figures is no asset either."""
    table, width, needed = part.table, part.width, max(part.table.places) + 1
    for number, row in rows_of(part.page.text):
        if number < table.first or (table.last and number > table.last):
            continue
        if not any(row) or is_footer(row, width):
            continue
        wide = as_wide(row, width, needed)
        if wide is not None:
            yield wide


def _odd(rows: Sequence[Values], keys: Sequence[str]) -> list[str]:
    """Return what is odd about the entries: one key for several, no organisation, entries that are the same word for word."""
    total, sentences = len(rows), list[str]()
    counted = Counter(key for key in keys if key)
    repeated = {key: number for key, number in counted.items() if number > 1}
    if total > 1 and counted and max(counted.values()) == total:
        sentences.append(
            f"All {total:,} services have the same id, so it tells none of them apart; each is listed all the same."
        )
    elif repeated:
        number = sum(repeated.values())
        sentences.append(
            f"{number:,} of {total:,} services share {'an id' if len(repeated) == 1 else f'{len(repeated):,} ids'} with others; each is listed all the same."
        )
    with_one = sum("organisation" in row for row in rows)
    if 0 < with_one < total:
        missing = total - with_one
        sentences.append(
            f"{missing:,} of {total:,} services name{'s' if missing == 1 else ''} no organisation; it is left blank."
        )
    alike = Counter(tuple(sorted((name, value) for name, value in row.items() if name != "source_key")) for row in rows)
    same = sum(number for number in alike.values() if number > 1)
    if same:
        sentences.append(
            f"{same:,} of {total:,} services are the same as another one in every field; none is left out, so look for doubles."
        )
    return sentences


def _odd_days(rows: Sequence[Sequence[str]], made: Sequence[Values], columns: AssetColumns) -> list[str]:
    places = columns.roles.get("checked", ())
    given = sum(any(place < len(row) and row[place].strip() for place in places) for row in rows)
    unread = given - sum("checked" in asset for asset in made)
    if not places or unread <= 0:
        return []
    return [
        f"{_of(unread, len(rows))} {_have(unread)} something in “{columns.headings[places[0]]}” that is no day; {_it_is(unread)} shown as never checked."
    ]


def _of(number: int, total: int) -> str:
    return f"{number:,} of {total:,} rows"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _it_is(number: int) -> str:
    return "it is" if number == 1 else "they are"


def _asset(number: int) -> str:
    return "an asset" if number == 1 else "assets"


# --- into the programme -----------------------------------------------------------------------------------------------------------------------------


def match(workspace: Workspace, heading: str, asset_list: AssetList) -> Matched:
    """Return which rows of a list are assets of the programme already.

    A row is the same asset by its key, where keys tell rows apart and the asset came from a list with the same columns; otherwise by its name and postcode.
    No asset is matched twice, so a list with doubles keeps as many as it has.

    Args:
        workspace: The open programme.
        heading: The columns of the list, as its source keeps them.
        asset_list: What it holds.
    """
    if not asset_list.rows:
        return Matched()
    here = _Here(workspace, heading, asset_list)
    by_key = [(here.by_key(row), row) for row in asset_list.rows]
    both = [(asset or here.by_name(row), row) for asset, row in by_key]
    known = tuple((asset, row) for asset, row in both if asset is not None)
    return Matched(known, tuple(row for asset, row in both if asset is None))


class _Here:
    """The assets a programme has, found again one by one."""

    def __init__(self, workspace: Workspace, heading: str, asset_list: AssetList) -> None:
        headings = {source.id: source.heading for source in workspace.list(DataSource)}
        self._differ = asset_list.keys_differ
        self._keyed: dict[str, Asset] = {}
        self._named: defaultdict[tuple[str, str], list[Asset]] = defaultdict(list)
        self._called: Counter[str] = Counter(_letters(row["name"]) for row in asset_list.rows)
        self._of_name: defaultdict[str, list[Asset]] = defaultdict(list)
        self._same_list: set[str] = set()
        self._taken: set[str] = set()
        for asset in workspace.list(Asset):
            self._named[_who(asset.name, asset.postcode)].append(asset)
            self._of_name[_letters(asset.name)].append(asset)
            if headings.get(asset.source_id or "", "\0") == heading:
                self._same_list.add(asset.id)
                if asset.source_key:
                    self._keyed.setdefault(asset.source_key, asset)

    def by_key(self, row: Values) -> Asset | None:
        """Return the asset that has the row's key in a list with the same columns."""
        return self._take([self._keyed[row["source_key"]]] if self._differ and row["source_key"] in self._keyed else [])

    def by_name(self, row: Values) -> Asset | None:
        """Return an asset of the same name and postcode; a blank postcode fits where only one thing is called so."""
        name = _letters(row["name"])
        same_asset = self._take(
            [asset for asset in self._named[_who(row["name"], row.get("postcode", ""))] if self._may_be(asset, row)]
        )
        if same_asset is not None or self._called[name] != 1 or len(self._of_name[name]) != 1:
            return same_asset
        only = self._of_name[name][0]
        return self._take([only] if self._may_be(only, row) and not (only.postcode and row.get("postcode")) else [])

    def _may_be(self, asset: Asset, row: Values) -> bool:
        """Tell whether keys leave it open that they are one: two keys of the same list say that they are two."""
        return not (
            self._differ and asset.id in self._same_list and asset.source_key and asset.source_key != row["source_key"]
        )

    def _take(self, candidates: Sequence[Asset]) -> Asset | None:
        for asset in candidates:
            if asset.id not in self._taken:
                self._taken.add(asset.id)
                return asset
        return None


def _letters(text: str) -> str:
    return one_line(text).casefold()


def _who(name: str, postcode: str) -> tuple[str, str]:
    return _letters(name), _letters(postcode).replace(" ", "")


def add_assets(change: Change, source: DataSource, matched: Matched) -> None:
    """Add the new assets of a list to the operation that adds its source, and fill fields that were blank in those that are here already.

    Args:
        change: The operation under way, so that one undo takes the source and its assets out.
        source: The list they were read from.
        matched: Which of its rows are new.
    """
    for asset, row in matched.known:
        if blank := blank_in(asset, row):
            change.update(asset, **blank, source_id=asset.source_id or source.id)
    for row in matched.new:
        asset = Asset(name=row["name"], source_id=source.id)
        for name, value in row.items():
            setattr(asset, name, value)
        change.add(asset)
