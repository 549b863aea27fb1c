"""Verified copies: made by the program, opened and checked before they get their name, thinned as they age."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

from amhe_tui.atomic import atomic_write, fsync_file
from amhe_tui.errors import AmheError
from amhe_tui.paths import state_folder
from store import connection

KEEP_NEWEST = 10
_STAMP = "%Y-%m-%d %H.%M.%S.%f"


def folder_of(path: Path) -> Path:
    """Return the folder that keeps the backups of a programme file."""
    mark = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return state_folder() / "backups" / f"{path.stem}-{mark}"


def save(raw: sqlite3.Connection, path: Path, *, reason: str, to: Path | None = None) -> Path:
    """Save a copy of the file behind ``raw``, outside any transaction, and return where it is.

    The ballots of a vote that is still open are left out: two copies made between two votes would tell who voted what. The copy has no replica identity, so
    that whoever works on in it does not write under the same name as the original.

    Raises:
        AmheError: The copy could not be written, or does not read back whole.
    """
    target = to or folder_of(path) / f"{datetime.now(UTC).strftime(_STAMP)} {reason}.amhe"
    if target.exists():
        raise AmheError(
            "There is a file already", f"{target.name} exists and is left as it is.", "Choose another name."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(target) as part:
            raw.execute("VACUUM INTO ?", (str(part),))
            _make_independent(part)
            if not _reads_back(part):
                raise AmheError(
                    "No copy made", "The copy did not read back whole and was thrown away.", "Run: amhe check FILE"
                )
    except (OSError, sqlite3.Error) as error:
        raise AmheError(
            "No copy made",
            f"The copy could not be written to {target.parent} ({error}).",
            "Free some space or choose another place.",
        ) from error
    if to is None:
        thin(target.parent)
    return target


def _make_independent(copy: Path) -> None:
    """Take out of a fresh copy the open votes and the name under which the original writes, and mark it as closed in order."""
    raw = sqlite3.connect(copy, isolation_level=None)
    try:
        raw.execute("PRAGMA secure_delete=ON")
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        if "meta" in tables:
            raw.execute("DELETE FROM meta WHERE name IN ('replica', 'place')")
            raw.execute("UPDATE meta SET value = '1' WHERE name = 'clean'")
        if {"ballot", "voting_round"} <= tables:
            gone = raw.execute(
                "DELETE FROM ballot WHERE round_id IN (SELECT id FROM voting_round WHERE state = 'open')"
            ).rowcount
            if gone:
                raw.execute("VACUUM")
    finally:
        raw.close()


def _reads_back(copy: Path) -> bool:
    raw = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return [row[0] for row in raw.execute("PRAGMA integrity_check")] == ["ok"]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    finally:
        raw.close()


def backups(path: Path) -> list[Path]:
    """Return the backups of a programme file, newest first."""
    return _copies_in(folder_of(path))


def _copies_in(folder: Path) -> list[Path]:
    """Return the copies this program made in a folder, newest first; a file that somebody else put there is not ours to count."""
    return sorted((copy for copy in folder.glob("*.amhe") if _is_stamped(copy)), reverse=True)


def _is_stamped(copy: Path) -> bool:
    try:
        when(copy)
    except ValueError:
        return False
    return True


def when(copy: Path) -> datetime:
    """Return when a backup was made."""
    return datetime.strptime(" ".join(copy.stem.split(" ")[:2]), _STAMP).replace(tzinfo=UTC)


def thin(folder: Path, now: datetime | None = None) -> None:
    """Keep the ten newest backups, then one a day for a fortnight, one a week for two months and one a month, each time the newest."""
    kept: set[str] = set()
    now = now or datetime.now(UTC)
    for number, copy in enumerate(_copies_in(folder)):
        made = when(copy)
        age = (now - made).days
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


def holds(copy: Path, row_id: str) -> bool:
    """Tell whether a copy still has what a row held before it was withdrawn; one that cannot be read is taken to have it."""
    raw = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if raw.execute("SELECT 1 FROM purged WHERE row_id = ?", (row_id,)).fetchone():
            return False
        return raw.execute("SELECT 1 FROM journal_change WHERE row_id = ? LIMIT 1", (row_id,)).fetchone() is not None
    except (sqlite3.Error, UnicodeDecodeError):
        return True
    finally:
        raw.close()


def restore(path: Path, copy: Path) -> Path | None:
    """Put a backup in the place of a programme file; what was there is kept beside it and its new path returned.

    The new file is made whole and checked before the old one is touched.

    Raises:
        AmheError: The backup does not read back whole, the file is in use, or the disk refuses.
    """
    connection.check_header(copy)
    if path.exists():
        connection.refuse_if_in_use(path)
    if not _reads_back(copy):
        raise AmheError(
            "Damaged backup",
            f"{copy.name} does not read back whole; nothing was changed.",
            "Choose an older backup with: amhe restore FILE --from COPY",
        )
    try:
        with atomic_write(path) as part:
            _copy_whole(copy, part)
            aside = _set_aside(path)
    except (OSError, sqlite3.Error) as error:
        raise AmheError(
            "Not restored",
            f"The backup could not be written to {path.parent} ({error}).",
            "Free some space, or restore to another place.",
        ) from error
    return aside


def _copy_whole(copy: Path, part: Path) -> None:
    source = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        source.execute("VACUUM INTO ?", (str(part),))
    finally:
        source.close()
    _make_independent(part)
    fsync_file(part)


def _set_aside(path: Path) -> Path | None:
    """Move a file out of the way with the journal it may need to be read, and return where it is now.

    Cut off at any point, one of the two names has both the file and its journal; and no journal stays that could be played into another file.
    """
    journal = path.with_name(path.name + "-journal")
    aside: Path | None = None
    if path.exists():
        aside = path.with_name(f"{path.stem} set aside {datetime.now(UTC).strftime(_STAMP)}{path.suffix}")
        try:
            if journal.exists():
                copyfile(journal, aside.with_name(aside.name + "-journal"))
            path.replace(aside)
        except FileNotFoundError:  # another restore moved it out of the way a moment ago
            aside = None
    journal.unlink(missing_ok=True)
    return aside
