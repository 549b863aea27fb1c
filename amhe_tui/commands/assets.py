"""Community assets: list them, mark one as checked, and say for whom there is none."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.commands.output import out, say, write_csv
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.programme.assets import Served
    from amhe_tui.programme.redaction import Redaction
    from store.records import Asset
    from store.workspace import Workspace


HELP = "list community assets, mark one as checked, or say for whom there is none"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which assets are listed, and in which form."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--population", default="", help="only those that say they reach a group")
    parser.add_argument("--area", default="", help="only those of a place")
    parser.add_argument("--language", default="", help="only those where a language is spoken")
    parser.add_argument("--access", default="", help="only those that say this of cost or how people get in")
    parser.add_argument("--words", default="", help="only those with all these words somewhere")
    parser.add_argument(
        "--checked", nargs="+", default=None, metavar=("ASSET", "DATE"), help="mark one, by name or id, as checked today or on a date"
    )  # fmt: skip
    parser.add_argument(
        "--nothing-for",
        action="store_true",
        help="groups, languages and places, and how many assets say they reach them",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List community assets by whom they reach, where, in which language and how one gets in."""
    from amhe_tui.programme.assets import assets as chosen_assets
    from amhe_tui.programme.assets import nothing_for, says_nothing_of_whom
    from amhe_tui.programme.redaction import redaction_of
    from store.records import Asset
    from store.workspace import Workspace

    asked = {name: getattr(given, name) for name in ("population", "area", "language", "access", "words")}
    with Workspace.open(given.file) as workspace:
        if given.checked:
            _check(workspace, given.checked)
            return 0
        total = workspace.list(Asset)
        served = nothing_for(workspace) if given.nothing_for else []
        listed = [] if given.nothing_for else chosen_assets(workspace, **asked)
        rule = redaction_of(workspace, Audience.BOARD)
    if given.nothing_for:
        silent, anybody = says_nothing_of_whom(total)
        say(f"{silent:,} of {len(total):,} assets do not say whom they reach; {anybody:,} say anybody.")
        _print_served(rule.values(served), given)
        return 0
    _print_assets(listed, given, rule)
    say(
        f"{len(listed):,} of {len(total):,} assets."
        if total
        else "No asset yet. Bring a list in with: amhe import FILE LIST.csv"
    )
    return 0


def _check(workspace: Workspace, given: Sequence[str]) -> None:
    from amhe_tui.dates import british, parse_day, system_today
    from amhe_tui.programme.assets import mark_checked, need_asset

    if len(given) > 2:
        raise AmheError(
            "Too many words",
            "--checked takes a name and a date.",
            'Put the name in quotes: --checked "Mango Tree Kitchen" 2026-11-23',
        )
    today = system_today()
    try:
        day = parse_day(given[1], today) if len(given) == 2 else today.isoformat()
    except ValueError:
        raise AmheError(
            "Not a date", f"{given[1]} cannot be read as a date.", "Write it as day, month, year, such as 3 Dec 2026."
        ) from None
    asset = mark_checked(workspace, need_asset(workspace, given[0]).id, day or today.isoformat())
    say(f"{asset.name} is marked as checked on {british(asset.checked)}.")


def _print_assets(listed: Sequence[Asset], given: argparse.Namespace, rule: Redaction) -> None:
    from amhe_tui.programme.assets import FIELDS

    if given.json:
        names = ("id", *FIELDS, "source_id", "source_key")
        out(
            json.dumps(
                [{name: rule.values(getattr(asset, name)) for name in names} for asset in listed], ensure_ascii=False
            )
        )
    elif given.csv:
        write_csv(FIELDS, ([rule.values(getattr(asset, name)) for name in FIELDS] for asset in listed))
    else:
        for asset in listed:
            cells = (
                asset.name,
                asset.area or "-",
                asset.reaches or "does not say whom it reaches",
                asset.languages or "-",
                asset.checked or "never checked",
            )
            out("\t".join(rule.words(" ".join(cell.split())) for cell in cells))


def _print_served(served: Sequence[Served], given: argparse.Namespace) -> None:
    if given.json:
        out(json.dumps([group.to_json() for group in served], ensure_ascii=False))
    elif given.csv:
        write_csv(
            ("by", "group", "number", "assets"),
            ([group.by, group.name, group.number, "; ".join(group.assets)] for group in served),
        )
    else:
        for group in served:
            out(f"{group.by}\t{group.words}")
        if not served:
            say("No group is known yet: bring in figures by characteristic, or note groups to look for in 1A.")
