"""Verified copies: made by the program, opened and checked before they get their name, thinned as they age."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.paths import state_folder

KEEP_NEWEST = 10
_STAMP = "%Y-%m-%d %H.%M.%S.%f"


def folder_of(path: Path) -> Path:
    """Return the folder that keeps the backups of a programme file."""
    mark = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return state_folder() / "backups" / f"{path.stem}-{mark}"


def save(raw: sqlite3.Connection, path: Path, *, reason: str, to: Path | None = None) -> Path:
    """Save a copy of the file behind ``raw``, outside any transaction, and return where it is.

    The ballots of a vote that is still open are left out: two copies made between two votes would tell who voted what.

    Raises:
        AmheError: The copy could not be written, or does not read back whole.
    """
    target = to or folder_of(path) / f"{datetime.now(UTC).strftime(_STAMP)} {reason}.amhe"
    if target.exists():
        raise AmheError(
            "There is a file already", f"{target.name} exists and is left as it is.", "Choose another name."
        )
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        raw.execute("VACUUM INTO ?", (str(part),))
        _leave_out_open_votes(part)
        _check(part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise AmheError(
            "No copy made",
            f"The copy could not be written to {target.parent} ({error}).",
            "Free some space or choose another place.",
        ) from error
    if to is None:
        thin(target.parent)
    return target


def _leave_out_open_votes(copy: Path) -> None:
    raw = sqlite3.connect(copy, isolation_level=None)
    try:
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        if {"ballot", "voting_round"} <= tables:
            raw.execute("PRAGMA secure_delete=ON")
            gone = raw.execute(
                "DELETE FROM ballot WHERE round_id IN (SELECT id FROM voting_round WHERE state = 'open')"
            ).rowcount
            if gone:
                raw.execute("VACUUM")
    finally:
        raw.close()


def _check(copy: Path) -> None:
    raw = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if [row[0] for row in raw.execute("PRAGMA integrity_check")] != ["ok"]:
            raise AmheError(
                "No copy made", "The copy did not read back whole and was thrown away.", "Run: amhe check FILE"
            )
    finally:
        raw.close()


def backups(path: Path) -> list[Path]:
    """Return the backups of a programme file, newest first."""
    return sorted(folder_of(path).glob("*.amhe"), reverse=True)


def when(copy: Path) -> datetime:
    """Return when a backup was made."""
    return datetime.strptime(" ".join(copy.stem.split(" ")[:2]), _STAMP).replace(tzinfo=UTC)


def thin(folder: Path) -> None:
    """Keep the ten newest backups, then one a day for a fortnight, one a week for two months and one a month."""
    copies = sorted(folder.glob("*.amhe"), reverse=True)
    kept: set[str] = set()
    newest = datetime.now(UTC)
    for number, copy in enumerate(copies):
        made = when(copy)
        age = (newest - made).days
        period = (
            made.strftime("%Y-%m-%d")
            if age < 14
            else made.strftime("%G week %V")
            if age < 61
            else made.strftime("%Y-%m")
        )
        if number >= KEEP_NEWEST and period in kept:
            copy.unlink()
        kept.add(period)


def restore(path: Path, copy: Path) -> Path | None:
    """Put a backup in the place of a programme file; what was there is kept beside it and its new path returned.

    Raises:
        AmheError: The backup does not read back whole.
    """
    from store.connection import check_header

    check_header(copy)
    _check(copy)
    aside: Path | None = None
    if path.exists():
        aside = path.with_name(f"{path.stem} set aside {datetime.now(UTC).strftime('%Y-%m-%d %H.%M.%S')}{path.suffix}")
        path.replace(aside)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
    source = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        source.execute("VACUUM INTO ?", (str(path),))
    finally:
        source.close()
    return aside
