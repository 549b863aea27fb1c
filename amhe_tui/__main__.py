"""Run the program with ``python -m amhe_tui``."""

from __future__ import annotations

from amhe_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
