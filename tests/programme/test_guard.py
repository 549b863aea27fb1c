"""The guard over a programme beyond the numbers of one day: what was shown before, what the team reads of it, and every way out there is."""

from __future__ import annotations

import ast
import json
import pkgutil
from pathlib import Path

import pytest

import amhe_tui.commands
from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.cli import main
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.guard import guard_of, let_out, team_key, unguarded_sets
from store.records import DataSource
from store.workspace import Workspace
from tests.programme.attack import asked

LEAKS = Path(__file__).parent / "leaks"
COMMANDS = Path(amhe_tui.commands.__file__).parent


def brought(folder: Path, rows: dict[str, int], name: str = "seen.csv", path: Path | None = None) -> Path:
    path = path or folder / "own.amhe"
    if not path.exists():
        assert main(["new", str(path), "--name", "Own", "--yes"]) == 0
    data = folder / name
    lines = [f"Northmere,2023-24,{label},{count}" for label, count in rows.items()]
    data.write_text("\n".join(["Area,Period,Ethnic group,Seen", *lines]) + "\n", encoding="utf-8")
    assert main(["import", str(path), str(data)]) == 0
    return path


def shown_to(path: Path, audience: str) -> dict[str, float | None]:
    printed = asked(
        "breakdown", path, "--indicator", "Seen.value", "--by", "Ethnic group", "--audience", audience, "--json"
    )
    return {row["group"]: row["value"] for row in json.loads(printed)["rows"]}


FIRST = {"White": 60, "Asian": 22, "Mixed": 31, "Black": 8, "All": 121}


def test_what_was_shown_before_protects_nothing_later(tmp_path: Path) -> None:
    path = brought(tmp_path, FIRST)
    assert None not in shown_to(path, "public").values()
    # In the next edition one group has become small: the others were shown, as large as they are now, so hiding one of them would help nobody who kept the first.
    path = brought(tmp_path, {**FIRST, "Black": 3, "All": 116}, "next.csv", path)
    with Workspace.open(path) as workspace:
        figures = breakdown(workspace, "Seen.value", "Ethnic group")
        found = guard_of(workspace, figures, Policy("public"))
        assert found.counts.table.known
        assert found.guarded.open_still
        assert any("shown before" in sentence for sentence in let_out(workspace, Policy("public")))
        fresh = guard_of(workspace, figures, Policy("board"))
        assert not fresh.guarded.open_still or fresh.counts.table.known, "the board has seen what the public has"
    assert shown_to(path, "public")["Black"] is None


def test_the_same_question_gets_the_same_answer_again(tmp_path: Path) -> None:
    path = brought(tmp_path, {"White": 60, "Asian": 22, "Mixed": 31, "Black": 3, "All": 116})
    first = shown_to(path, "public")
    assert list(first.values()).count(None) == 2
    assert shown_to(path, "public") == first
    assert shown_to(path, "board") == first


def test_how_many_of_the_hidden_are_small_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two small ones that make up a total of 8 to 12, each would be 4; one small and one that is not are told in the same words."""
    told: list[str] = []
    for number, groups in enumerate(({"White": 4, "Asian": 4, "All": 8}, {"White": 2, "Asian": 6, "All": 8})):
        (folder := tmp_path / str(number)).mkdir()
        path = brought(folder, groups)
        capsys.readouterr()
        assert main(["breakdown", str(path), "--indicator", "Seen.value", "--by", "Ethnic group", "--json"]) == 0
        told.append(capsys.readouterr().err)
        assert "2 counts are hidden in 2023-24" in told[-1]
        with Workspace.open(path) as workspace:
            guard = guard_of(workspace, breakdown(workspace, "Seen.value", "Ethnic group"), Policy("public"))
            assert sum(not why for _, why in guard.why()) == 2 - number, "they must differ in how many are small"
    assert told[0] == told[1]


def test_the_team_reads_what_was_hidden_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, {"White": 60, "Asian": 22, "Mixed": 31, "Black": 3, "All": 116})
    capsys.readouterr()
    for command in (["breakdown", path, "--indicator", "Seen.value", "--by", "Ethnic group"], ["missing", path]):
        assert main([*map(str, command), "--json"]) == 0
        told = capsys.readouterr().err
        assert "2 counts are hidden in 2023-24: they are small, or a small one would follow from them." in told


def test_a_mark_stands_for_a_file_outside_the_team(tmp_path: Path) -> None:
    path = brought(tmp_path, FIRST)
    with Workspace.open(path) as workspace:
        source = workspace.list(DataSource)[0]
        key = team_key(workspace)
        assert team_key(workspace) == key
    marks = {
        one: json.loads(asked("sources", path, "--audience", one, "--json"))[0]["content_hash"]
        for one in ("team", "board", "public")
    }
    assert marks["team"] == source.content_hash
    assert marks["board"]
    assert source.content_hash not in marks["board"]
    assert marks["public"] == ""
    for audience in ("board", "public"):
        report = asked("report", path, "--audience", audience)
        assert source.content_hash not in report
        assert key.hex() not in report


def test_a_person_says_so_when_a_file_is_brought_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.amhe"
    assert main(["new", str(path), "--name", "Own", "--yes"]) == 0
    assert main(["import", str(path), str(LEAKS / "layout_of_a_publisher.csv"), "--treated", "yes"]) == 0
    assert "do not show that small numbers were dealt with" in capsys.readouterr().err
    with Workspace.open(path) as workspace:
        assert unguarded_sets(workspace)


# --- every way out ---------------------------------------------------------------------------------------------------------------------------------------

IN_THE_ROOM = {
    "assets": "community assets hold no counts of people",
    "backup": "a copy of the file for the team itself",
    "check": "whether the file is whole",
    "demo": "made-up data",
    "doctor": "the computer, not the file",
    "import_": "what was understood of a file, to whoever brings it in",
    "indicators": "names of indicators, places and periods, and no figure",
    "log": "the trail of the team's own changes",
    "new": "an empty file",
    "open": "the screens, which are the team's",
    "output": "how commands print",
    "plain": "the screens line by line, which are the team's",
    "restore": "a copy of the file for the team itself",
    "standardise": "figures of a table outside any programme, to whoever has the table",
    "vote": "the votes of the room",
}
"""Commands that print no number of people for anybody but the team, each with its reason; any other has an audience and goes through the guard."""
RAW = {
    "amhe_tui.programme.breakdowns": {"breakdown"},
    "amhe_tui.programme.gaps": {"gap_sets"},
    "amhe_tui.programme.heat_plus": {"everything"},
    "amhe_tui.programme.missing.board": {"board"},
    "amhe_tui.programme.sources": {"sources", "compare"},
    "store.evidence.holdings": {"cells", "counts_of"},
}
"""What gives figures as they are in the file, which no way out may ask."""
FIGURES = {
    "value",
    "lower",
    "upper",
    "compared_value",
    "gap_value",
    "gap_lower",
    "gap_upper",
    "baseline",
    "baseline_lower",
    "baseline_upper",
    "attended",
    "content_hash",
    "caveat",
}
"""Fields of records that hold what few people can be told from; a report reads them through its reader."""


def bypasses(name: str, source: str) -> list[str]:
    """Return how a command lets numbers out past the guard."""
    tree = ast.parse(source)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    found = [
        f"{name} imports {one.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name in RAW.get(node.module or "", ())
    ]
    if name in IN_THE_ROOM:
        return found
    has_audience = "add_audience" in called or "--audience" in source
    found += [] if has_audience else [f"{name} has no audience"]
    return found + (
        [] if "tell_of_guard" in called else [f"{name} does not tell what was hidden, nor remember what was shown"]
    )


def test_every_command_that_prints_numbers_goes_through_the_guard() -> None:
    names = [one.name for one in pkgutil.iter_modules([str(COMMANDS)])]
    assert set(IN_THE_ROOM) <= set(names)
    assert not [way for name in names for way in bypasses(name, (COMMANDS / f"{name}.py").read_text(encoding="utf-8"))]


def test_a_new_way_out_past_the_guard_is_found() -> None:
    assert bypasses("tally", "def run(given):\n    out(given)\n")
    assert bypasses(
        "tally", "from amhe_tui.programme.breakdowns import breakdown\nadd_audience(parser)\ntell_of_guard(w, p)\n"
    )
    assert bypasses("log", "from amhe_tui.programme.sources import sources\n")
    assert not bypasses("tally", "add_audience(parser)\ntell_of_guard(w, p)\n")


def test_a_report_reads_figures_of_records_through_its_reader_alone() -> None:
    folder = COMMANDS.parent / "report"
    reads = {
        (path.name, node.attr, node.value.id)
        for path in folder.glob("*.py")
        if path.name != "reader.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in FIGURES
    }
    # Rows and bars are of disclosed figures; levels and states are codes.
    assert {one for one in reads if one[2] not in ("row", "bar", "state", "level", "drawn", "diagram")} == set()
