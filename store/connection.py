"""Opening the file: what is refused before anything is touched, and how the one connection is set up.

A rollback journal in TRUNCATE mode with synchronous EXTRA, held by one connection with an exclusive lock: people copy *the file*, and with a write-ahead log
the newest work would be in another one.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from amhe_tui.errors import AmheError

APPLICATION_ID = 0x414D4845  # "AMHE"
SCHEMA = 4
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_open_here: set[Path] = set()


def check_header(path: Path) -> int:
    """Return the schema number of a programme file, or refuse a file that is not ours; reads a hundred bytes and writes nothing.

    Raises:
        AmheError: The file is missing, a folder, empty, not a programme, newer than this program, or may not be read.
    """
    try:
        return _check_header(path)
    except OSError as error:
        raise AmheError(
            "Cannot be read",
            f"{path.name} cannot be read ({error.strerror or error}).",
            "Check that you may read it and that its disk is there, then try again.",
        ) from error


def _check_header(path: Path) -> int:
    if not path.exists():
        raise AmheError(
            "No such file",
            f"There is no file {path.name} in {path.parent}.",
            "Check the name, or make one with: amhe new FILE.amhe",
        )
    if not path.is_file():
        raise AmheError("Not a file", f"{path} is a folder or a device.", "Choose a file whose name ends in .amhe.")
    refuse_if_open_here(path)
    with path.open("rb") as stream:  # before any connection: closing a plain file drops the locks of its process
        header = stream.read(_HEADER)
    if not header:
        raise AmheError(
            "Empty file",
            f"{path.name} holds nothing.",
            "Restore a backup with: amhe restore FILE, or make a new one with: amhe new FILE.amhe",
        )
    if len(header) < _HEADER or not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise AmheError(
            "Not a programme",
            f"{path.name} was not made by this program.",
            "To bring in data, open a programme and import the file in step 1A.",
        )
    schema = int.from_bytes(header[60:64], "big")
    if not schema:
        raise damaged(path)
    if schema > SCHEMA:
        raise AmheError(
            "Newer file",
            f"{path.name} was last saved by a newer version of this program (file format {schema}, this one knows {SCHEMA}).",
            "Update this program, or ask for a copy from the older one.",
        )
    return schema


def refuse_if_open_here(path: Path) -> None:
    """Refuse a file that this process has open, by whatever name it is called now.

    Raises:
        AmheError: It is open.
    """
    if path.resolve() in _open_here:
        raise AmheError("Open already", f"{path.name} is open in this window.", "Close it first.")


def refuse_if_in_use(path: Path) -> None:
    """Refuse a file that any program has open for work; looks without writing, so a damaged file passes as it is.

    Raises:
        AmheError: It is open.
    """
    refuse_if_open_here(path)
    looking = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.5)
    try:
        looking.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise translate(error, path) from error
    finally:
        looking.close()


def ended_uncleanly(path: Path) -> bool:
    """Tell whether a journal was left beside the file, so that the last session was cut off while writing."""
    journal = path.with_name(path.name + "-journal")
    return journal.exists() and journal.stat().st_size > 0


def is_writable(path: Path) -> bool:
    """Tell whether both the file and its folder, where the journal is kept, can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, *, read_only: bool = False, new: bool = False) -> sqlite3.Connection:
    """Return the connection that owns the file, with every setting made and the lock taken; only a ``new`` file is made where there is none.

    Raises:
        AmheError: Another program has the file open.
    """
    mode = "ro" if read_only else "rwc" if new else "rw"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=0.5
    )
    try:
        _set_up(connection, read_only=read_only)
    except sqlite3.OperationalError as error:
        connection.close()
        raise translate(error, path) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # even the message of an error can quote damaged bytes
        connection.close()
        raise damaged(path) from error
    _open_here.add(path.resolve())
    return connection


def release(path: Path) -> None:
    """Forget that the file is open here."""
    _open_here.discard(path.resolve())


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    settings = [
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-24576",
    ]
    if not read_only:
        settings = [
            "locking_mode=EXCLUSIVE",
            *settings,
            "secure_delete=ON",
            "journal_mode=TRUNCATE",
            "synchronous=EXTRA",
            "fullfsync=1",
        ]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").fetchall()
    if read_only:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    else:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")


def damaged(path: Path) -> AmheError:
    """Return the refusal for a file whose bytes are not what they should be."""
    return AmheError(
        "Damaged file",
        f"{path.name} cannot be read: its bytes were changed outside this program. Nothing was written to it.",
        "Restore the newest backup with: amhe restore FILE",
    )


def translate(error: sqlite3.Error, path: Path) -> AmheError:
    """Return in plain words what the disk or the database refused."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AmheError(
            "In use",
            f"{path.name} is open in another window or program.",
            "Close it there, or work on a copy: amhe backup FILE --to COPY",
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return AmheError(
            "Not saved",
            f"The disk that holds {path.name} is full or does not answer; nothing earlier was lost.",
            "Free some space, then do the same again: what you typed is still here.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return AmheError(
            "Read-only",
            f"{path.name} or its folder cannot be written.",
            "Save a copy where you may write: amhe backup FILE --to COPY",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path)
    return AmheError(
        "Not saved",
        f"The file {path.name} refused the change ({error}).",
        "Try again; if it happens twice, run: amhe check FILE",
    )


def plainly(error: Exception, path: Path) -> AmheError:
    """Return in plain words what the disk refused, whichever library told of it; SQLAlchemy keeps the cause as ``orig``."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.Error):
        return translate(cause, path)
    if isinstance(cause, UnicodeDecodeError):  # what is stored is UTF-8, so these bytes are not ours
        return damaged(path)
    return AmheError(
        "Not saved", f"{path.name} cannot be written ({cause}).", "Choose another place, or free some space."
    )
