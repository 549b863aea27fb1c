"""The commands for a programme file as a whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amhe_tui.commands import assets, data, figures, missing
from amhe_tui.commands.figures import breakdown, indicators
from amhe_tui.commands.output import out, say, today
from amhe_tui.commands.report import report, report_of
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience, keys
from amhe_tui.text import one_line

if TYPE_CHECKING:
    from store.workspace import Workspace


def add_file_commands(commands: Any) -> None:
    """Declare the commands for a programme file as a whole."""
    new = commands.add_parser("new", help="begin a new programme file")
    new.add_argument("file", type=Path)
    for name, words in (
        ("name", "what people here call this work"), ("area", "the place it is about"), ("organisation", "who runs it"),
        ("data-controller", "who answers for personal data in the file"), ("lawful-basis", "why it may be held: consent, public_task, legitimate_interests…"),
        ("privacy-notice", "where people can read how their words are kept"), ("dpia", "reference of the data protection impact assessment"),
    ):  # fmt: skip
        new.add_argument(f"--{name}", default=None, help=words)
    new.add_argument("--yes", action="store_true", help="ask nothing; what is not given stays blank")
    for name, words in (
        ("open", "open a programme file on the screen"), ("plain", "line mode: the same work, one question after another"), ("vote", "hand-round secret ballots, line by line"),
        ("check", "check that every byte is as this program wrote it"), ("log", "print everything that was changed"),
    ):  # fmt: skip
        commands.add_parser(name, help=words).add_argument("file", type=Path)
    backup = commands.add_parser("backup", help="save a verified copy")
    backup.add_argument("file", type=Path)
    backup.add_argument("--to", type=Path, default=None, help="where; otherwise among the backups of this computer")
    restore = commands.add_parser("restore", help="put the newest backup, or a given one, in place of a file")
    restore.add_argument("file", type=Path)
    restore.add_argument("--from", dest="copy", type=Path, default=None, help="which backup")
    report = commands.add_parser("report", help="write the report")
    report.add_argument("file", type=Path)
    report.add_argument("--audience", choices=keys(), default=Audience.TEAM.key)
    report.add_argument(
        "--to", type=Path, default=None, help="a file ending in .md or .html; otherwise Markdown on standard output"
    )
    commands.add_parser("doctor", help="check this terminal and computer")


def demo(_given: argparse.Namespace) -> int:
    """Open a rehearsal copy of the sample programme; without a terminal, print its report."""
    from sample_data.rehearsal import make_demo

    path = make_demo(today())
    if sys.stdin.isatty() and sys.stdout.isatty():
        from amhe_tui.app import run

        return run(path)
    out(report_of(path, Audience.TEAM.key, None))
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
        given.file, starts=today().isoformat(), **{name: value or "" for name, value in values.items()}
    ).close()
    say(f"{given.file} is there. Open it with: amhe {given.file}")
    missing = [name.replace("_", " ") for name in names[3:] if not values[name]]
    if missing:
        say(f"Not said yet: {', '.join(missing)}. It can wait; the home screen will remind you.")
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
    from amhe_tui.commands.doctor import findings

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
    "import": data.bring_in,
    "sources": data.sources,
    "missing": missing.missing,
    "assets": assets.assets,
    "export": data.export,
    "indicators": indicators,
    "breakdown": breakdown,
    "gaps": figures.gaps,
    "report": report,
    "check": check,
    "backup": backup,
    "restore": restore,
    "log": log,
    "doctor": doctor,
}
"""The commands by name."""
