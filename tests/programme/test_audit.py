"""What the team reads of the guard: every reason in plain words, and nothing remembered as shown."""

from __future__ import annotations

import ast
from pathlib import Path

import amhe_tui.analysis.disclosure
from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.cli import main
from amhe_tui.programme.audit import BELIEVED, NOBODY_SAYS, NOT_BORNE_OUT, PLAIN, audit
from amhe_tui.programme.guard import MISTAKE, kept_safe
from store.records import DataSource
from store.workspace import Workspace
from tests.programme.attack import programme_of

LEAKS = Path(__file__).parent / "leaks"


def test_every_reason_of_the_guard_has_plain_words() -> None:
    folder = Path(amhe_tui.analysis.disclosure.__file__).parent
    said = set[str]()
    for name in ("relations.py", "joint.py"):
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("add_sum", "hide")
            ):
                said |= {one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant) and one.value}
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "why":
                said |= {
                    one.value
                    for one in ast.walk(node.value)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    said -= {""}
    assert len(said) > 8
    assert said <= PLAIN.keys()


def test_everything_that_is_hidden_is_told_once_with_its_reason(tmp_path: Path) -> None:
    path = programme_of(tmp_path, LEAKS / "one_within_another.csv")
    with Workspace.open(path) as workspace:
        found = audit(workspace, Policy("public"))
        assert found.checked == 12
        assert {(one.whom, one.why) for one in found.hidden} == {
            ("Asian (ethnic group), within Sex: Male", "too small: fewer than 5 people"),
            *(
                (f"{group} (ethnic group), within Sex: {sex}", PLAIN["groups and their total"])
                for group, sex in (("Asian", "Female"), ("Black", "Female"), ("Black", "Male"))
            ),
        }
        assert found.sources == (("one within another", NOBODY_SAYS),)
        assert kept_safe(workspace, Policy("public")) == [], "to look is not to show"
        with workspace.change("Say so") as change:
            change.update(workspace.list(DataSource)[0], treated="yes")
        assert audit(workspace, Policy("public")).sources == (("one within another", NOT_BORNE_OUT),)


def test_a_part_larger_than_its_whole_is_called_a_mistake(tmp_path: Path) -> None:
    path, data = tmp_path / "own.amhe", tmp_path / "wrong.csv"
    assert main(["new", str(path), "--name", "Own", "--yes"]) == 0
    rows = ["Female,48.0,48,100", "Male,300.0,90,30", "All,60.0,60,100"]
    lines = [f"Northmere,2023-24,Sex,{row}" for row in rows]
    data.write_text(
        "\n".join(["Area,Period,Characteristic,Group,Value,Numerator,Denominator", *lines]) + "\n", encoding="utf-8"
    )
    assert main(["import", str(path), str(data), "--map", str(LEAKS / "numerator_and_denominator.map.json")]) == 0
    with Workspace.open(path) as workspace:
        assert PLAIN[MISTAKE] in {one.why for one in audit(workspace, Policy("public")).hidden}


def test_a_source_that_is_believed_is_said_to_be(tmp_path: Path) -> None:
    path, data = tmp_path / "own.amhe", tmp_path / "seen.csv"
    assert main(["new", str(path), "--name", "Own", "--yes"]) == 0
    lines = [
        f"Northmere,2023-24,{label},{count}"
        for label, count in (("White", 60), ("Asian", 20), ("Mixed", 30), ("All", 110))
    ]
    data.write_text("\n".join(["Area,Period,Ethnic group,Seen", *lines]) + "\n", encoding="utf-8")
    assert main(["import", str(path), str(data), "--treated", "yes"]) == 0
    with Workspace.open(path) as workspace:
        found = audit(workspace, Policy("public"))
        assert [words for _, words in found.sources] == [BELIEVED]
        assert found.checked == 0
