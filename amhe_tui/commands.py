"""What each command does, after its arguments are read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui import commands_assets, commands_data, commands_gaps, commands_missing
from amhe_tui.commands_data import out, say
from amhe_tui.errors import AmheError
from amhe_tui.text import one_line

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure_breakdown import Disclosed
    from store.workspace import Workspace


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()


def demo(_given: argparse.Namespace) -> int:
    """Open a rehearsal copy of the sample programme; without a terminal, print its report."""
    from amhe_tui.demo import make_demo

    path = make_demo(_today())
    if sys.stdin.isatty() and sys.stdout.isatty():
        from amhe_tui.app import run

        return run(path)
    out(_report_of(path, "team", None))
    return 0


def new(given: argparse.Namespace) -> int:
    """Begin a new programme file, asking for what is not given."""
    from store.workspace import Workspace

    names = ("name", "area", "organisation", "data_controller", "lawful_basis", "privacy_notice", "dpia")
    values = {name: getattr(given, name) for name in names}
    if not given.yes:
        if not sys.stdin.isatty():
            raise AmheError(
                "No terminal", "There is nobody to ask.", "Give --name and --area, and --yes to leave the rest blank."
            )
        from amhe_tui.plain.ask import ask_programme

        values = ask_programme(values)
    if not one_line(values["name"] or ""):
        values["name"] = given.file.stem
    values["lawful_basis"] = (values["lawful_basis"] or "").replace("legitimate_interests", "legitimate")
    Workspace.create(
        given.file, starts=_today().isoformat(), **{name: value or "" for name, value in values.items()}
    ).close()
    say(f"{given.file} is there. Open it with: amhe {given.file}")
    missing = [name.replace("_", " ") for name in names[3:] if not values[name]]
    if missing:
        say(f"Not said yet: {', '.join(missing)}. It can wait; the home screen will remind you.")
    return 0


def indicators(given: argparse.Namespace) -> int:
    """List what can be broken down."""
    from store import evidence
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        found = evidence.indicators(workspace)
    if given.json:
        out(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return 0
    for one in found:
        out(f"{one.id}\t{one.name} ({one.statistic})\tby {', '.join(one.characteristics)}\t{', '.join(one.periods)}")
    if not found:
        say("No data yet. Bring a file in with: amhe import FILE DATA.csv")
    return 0


def breakdown(given: argparse.Namespace) -> int:
    """Break an indicator down by a characteristic, as the audience may see it."""
    from amhe_tui.report.guard import disclosed_breakdown
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    with Workspace.open(given.file) as workspace:
        found = disclosed_breakdown(
            workspace,
            given.indicator,
            given.by,
            policy,
            area=given.area,
            period=given.period,
            within=given.within,
        )
    if given.json:
        _write_json(found)
    elif given.csv:
        _write_csv(found)
    else:
        _print_breakdown(found, given.group, given.compare)
    if given.json or given.csv:
        say(found.note)
    return 0


def _write_json(found: Disclosed) -> None:
    out(json.dumps(found.to_json(), ensure_ascii=False))


def _write_csv(found: Disclosed) -> None:
    from amhe_tui.analysis.frames import breakdown_frame

    table = breakdown_frame(found)
    for name in ("group", "level", "parent", "status"):
        table[name] = table[name].map(commands_data.safe_cell)
    table.to_csv(sys.stdout, index=False)


def _print_breakdown(found: Disclosed, group: str, compare: str) -> None:
    from amhe_tui.analysis.reading import reading_of, usual_comparison
    from amhe_tui.charts.draw import draw
    from amhe_tui.charts.evidence import figure_of

    for line in draw(figure_of(found), 100, 30, colour=False):
        out("".join(text for text, _ in line).rstrip())
    out("")
    out(reading_of(found, group=group, compared_with=compare or usual_comparison(found)).words)
    out(found.note)


def _report_of(path: Path, audience: str, to: Path | None) -> str:
    from amhe_tui.report import write_report
    from amhe_tui.report.guard import AUDIENCES
    from amhe_tui.settings import load_settings
    from store.records import Audience
    from store.workspace import Workspace

    ending = "html" if to is not None and to.suffix.lower() in (".html", ".htm") else "md"
    if to is not None and to.suffix.lower() not in (".html", ".htm", ".md"):
        raise AmheError(
            "Unknown kind of report",
            f"A report cannot be written as {to.suffix or 'a file without an ending'}.",
            "End the name in .html or .md.",
        )
    with Workspace.open(path) as workspace:
        policy = load_settings().policy(AUDIENCES[Audience[audience.upper()]])
        return write_report(workspace, Audience[audience.upper()], ending, _today(), policy)


def report(given: argparse.Namespace) -> int:
    """Write the report."""
    words = _report_of(given.file, given.audience, given.to)
    if given.to is None:
        out(words)
        return 0
    try:
        given.to.write_text(words, encoding="utf-8")
    except OSError as error:
        raise AmheError(
            "Not written", f"{given.to} cannot be written ({error.strerror}).", "Choose another place with --to."
        ) from error
    say(f"Written to {given.to}")
    return 0


def check(given: argparse.Namespace) -> int:
    """Check that every byte is as this program wrote it."""
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        troubles = workspace.verify()
    for trouble in troubles:
        out(trouble)
    say(
        "Every record is as this program wrote it."
        if not troubles
        else "Restore the newest backup with: amhe restore FILE"
    )
    return 1 if troubles else 0


def backup(given: argparse.Namespace) -> int:
    """Save a verified copy."""
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        out(str(workspace.backup(given.to)))
    return 0


def restore(given: argparse.Namespace) -> int:
    """Put a backup in the place of a file."""
    from store import backup as copies

    copy = given.copy
    if copy is None:
        found = copies.backups(given.file)
        if not found:
            raise AmheError(
                "No backup", f"There is no backup of {given.file.name} on this computer.", "Give one with --from COPY."
            )
        copy = found[0]
    aside = copies.restore(given.file, copy)
    say(f"{given.file} is the backup {copy.name} now." + (f" What was there is kept as {aside}." if aside else ""))
    return 0


def log(given: argparse.Namespace) -> int:
    """Print everything that was changed, newest first."""
    from datetime import UTC, datetime

    from store.identity import stamp_milliseconds
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        for entry in workspace.journal():
            when = datetime.fromtimestamp(stamp_milliseconds(entry.stamp) / 1000, UTC).astimezone()
            out(f"{when:%d %b %Y %H:%M:%S}\t{entry.actor or '-'}\t{entry.kind}\t{entry.label}")
    return 0


def doctor(_given: argparse.Namespace) -> int:
    """Check this terminal and computer."""
    from amhe_tui.doctor import findings

    bad = False
    for good, words in findings():
        out(f"{'ok ' if good else 'NOT'}  {words}")
        bad = bad or not good
    return 1 if bad else 0


def plain(given: argparse.Namespace) -> int:
    """Run line mode."""
    from amhe_tui.plain.linear import run

    return run(_open_for_lines(given.file))


def vote(given: argparse.Namespace) -> int:
    """Run hand-round ballots line by line."""
    from amhe_tui.plain.ballots import run

    return run(_open_for_lines(given.file))


def _open_for_lines(path: Path) -> Workspace:
    from store.workspace import Workspace

    if not sys.stdin.isatty():
        raise AmheError(
            "No terminal", "Line mode asks questions, and there is nobody to answer.", "Run it in a terminal."
        )
    return Workspace.open(path)


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "new": new,
    "plain": plain,
    "vote": vote,
    "import": commands_data.bring_in,
    "sources": commands_data.sources,
    "missing": commands_missing.missing,
    "assets": commands_assets.assets,
    "export": commands_data.export,
    "indicators": indicators,
    "breakdown": breakdown,
    "gaps": commands_gaps.gaps,
    "report": report,
    "check": check,
    "backup": backup,
    "restore": restore,
    "log": log,
    "doctor": doctor,
}
"""The commands by name."""
