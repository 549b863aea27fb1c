"""Processor time from start to first paint of ``amhe FILE``, beside a hello-world Textual program, in one run, in turns."""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
HELLO = """
from textual.app import App
from textual.widgets import Footer, Static
class Hello(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("hello-marker")
        yield Footer()
Hello().run()
"""
_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process_id: int) -> float:
    """Return the processor time a process has used so far, its own and the system's for it."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def until_painted(command: list[str], marker: str) -> float:
    """Return the processor time a program had used when its first frame with ``marker`` came out of a terminal of 120 by 40."""
    leader, follower = pty.openpty()
    subprocess.run(["stty", "cols", "120", "rows", "40"], stdin=follower, check=True)
    environment = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, close_fds=True
    )
    os.close(follower)
    seen, deadline = b"", time.monotonic() + 30
    try:
        while marker.encode() not in seen:
            if time.monotonic() > deadline or process.poll() is not None:
                raise SystemExit(f"{command[0]} never painted {marker!r}: {seen[-400:]!r}")
            if select.select([leader], [], [], 0.005)[0]:
                seen += os.read(leader, 65536)
        return processor_seconds(process.pid)
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def main() -> None:
    """Print both and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("SETTINGS", "STATE", "DOCUMENTS"):
            os.environ[f"AMHE_{name}"] = folder
        path = Path(folder) / "bench.amhe"
        subprocess.run(
            [sys.executable, "-m", "amhe_tui", "new", str(path), "--name", "Bench", "--area", "Northmere", "--yes"],
            cwd=ROOT,
            check=True,
            stderr=subprocess.DEVNULL,
        )
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(until_painted([sys.executable, str(hello)], "hello-marker"))
            ours.append(until_painted([sys.executable, "-m", "amhe_tui", str(path)], "IDENTIFY"))
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        print(
            f"first paint, processor time: hello {statistics.median(theirs):.2f} s, amhe FILE {statistics.median(ours):.2f} s, ratio {statistics.median(ratios):.2f}"
        )


if __name__ == "__main__":
    main()
