"""A new command is one file: dropped into the folder it is found, listed, explained and run, also from a zip."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from amhe_tui import commands
from amhe_tui.cli import main

NEW = """
HELP = "count letters"


def arguments(parser):
    parser.add_argument("letters", help="what is counted")


def run(given):
    print(len(given.letters))
    return 3
"""


@pytest.fixture(params=["folder", "zip"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place among the commands that holds one more file."""
    if request.param == "folder":
        (tmp_path / "count_letters.py").write_text(NEW)
        more = str(tmp_path)
    else:
        with zipfile.ZipFile(tmp_path / "house.zip", "w") as house:
            house.writestr("more/count_letters.py", NEW)
        more = str(tmp_path / "house.zip" / "more")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, more])
    monkeypatch.delitem(sys.modules, "amhe_tui.commands.count_letters", raising=False)
    return more


@pytest.mark.usefixtures("place")
def test_a_file_dropped_in_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(commands.commands())[-1] == "count-letters"
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    assert "count-letters\n" in capsys.readouterr().out.replace("count letters", "")
    with pytest.raises(SystemExit) as end:
        main(["count-letters", "--help"])
    assert end.value.code == 0
    assert "what is counted" in capsys.readouterr().out
    assert main(["count-letters", "seven"]) == 3
    assert capsys.readouterr().out == "5\n"


def test_without_the_file_there_is_no_such_command() -> None:
    assert "count-letters" not in commands.commands()


def test_every_file_is_a_command_but_for_how_they_print() -> None:
    files = {path.stem for path in Path(commands.__file__).parent.glob("*.py")} - {"__init__", "output"}
    assert {name.rstrip("_").replace("_", "-") for name in files} == set(commands.commands())
    assert set(commands._IN_HELP) <= set(commands.commands()), "the order of the help names a command that is gone"
