"""Nothing committed names a path of one machine, or where one machine finds its packages."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
LEFT_OUT = {".git", ".venv", "venv", "__pycache__", ".ruff_cache", ".pytest_cache", ".hypothesis", "build", "dist"}
LEFT_OUT |= {".import_linter_cache", "node_modules"}
# Written so that no pattern finds itself.
PRIVATE = {
    "a path of a machine": r"(?<![\w.~<>{}%-])/(?:w[o]rk|f[a]rm|r[o]ot|h[o]me|t[m]p|U[s]ers|o[p]t)/",
    "a folder of Windows": r"\b[A-Z]:\\(?:U[s]ers|T[e]mp)\\",
    "a package index": r"https?://[^\s\"']*/(?:s[i]mple|p[a]ckages)(?:/|\b)|f[i]le://",
    "a choice of package index": r"(?:extra-)?index-[u]rl|f[i]nd-links|trusted-[h]ost",
}


def committed() -> list[Path]:
    """Return the files git knows, new ones among them; without git, all files but those that tools leave behind."""
    listed = None
    if (HOUSE / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
        listed = done.stdout.split("\0") if done.returncode == 0 else None
    if listed is None:
        return list(walked())
    return [HOUSE / name for name in listed if name and (HOUSE / name).is_file()]


def walked() -> Iterator[Path]:
    for folder, inside, names in os.walk(HOUSE):
        inside[:] = [name for name in inside if name not in LEFT_OUT]
        yield from (Path(folder) / name for name in names)


def findings(text: str) -> list[str]:
    return [what for what, pattern in PRIVATE.items() if re.search(pattern, text)]


def test_no_file_names_a_private_address() -> None:
    files = committed()
    assert len(files) > 20
    found: list[str] = []
    for path in files:
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            found.extend(f"{path.relative_to(HOUSE)}:{number}: {what}" for what in findings(line))
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "open('/" + "home/someone/file')",
        "cd /" + "tmp/x",
        "C:" + "\\Users\\someone",
        "https://" + "pypi.example/simple/",
        "--index-" + "url x",
        "fil" + "e:///x",
    ],
)
def test_a_planted_address_is_found(line: str) -> None:
    assert findings(line)


@pytest.mark.parametrize(
    "line", ["screens/home/start.py", "the /homepage", "https://keepachangelog.com/en/1.1.0/", "~/work/x"]
)
def test_ordinary_text_is_left_alone(line: str) -> None:
    assert not findings(line)
