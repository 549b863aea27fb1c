"""Bring back a backup: which programme, then which copy."""

from __future__ import annotations

from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.settings import recent_programmes
from screens.shared.base import AmheScreen
from screens.shared.dialogs import ConfirmDialog, PickDialog
from store import backup


async def choose_backup(screen: AmheScreen[None]) -> Path | None:
    """Ask which backup to bring back, put it in place, and return the path of the programme.

    Raises:
        AmheError: There is no backup, or it does not read back whole.
    """
    choices: list[tuple[str, str]] = []
    for path in recent_programmes():
        choices += [
            (
                f"{path}|{copy}",
                f"{path.stem}: {backup.when(copy).astimezone():%d %b %Y %H:%M} {copy.stem.split(' ', 2)[-1]}",
            )
            for copy in backup.backups(path)
        ]
    if not choices:
        raise AmheError(
            "No backup yet",
            "No programme opened on this computer has a backup.",
            "Backups are made by themselves when a programme is closed.",
        )
    chosen = await screen.answer(PickDialog("Bring back which backup?", choices))
    if chosen is None:
        return None
    path, copy = (Path(part) for part in chosen.split("|"))
    sure = await screen.answer(
        ConfirmDialog(
            "Put this backup in place?",
            f"The file {path.name} as it is now is set aside in the same folder; nothing is thrown away.",
            yes="Put in place",
            no="Cancel",
        )
    )
    if not sure:
        return None
    await screen.ask(backup.restore, path, copy)
    return path
