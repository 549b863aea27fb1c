"""The sample programme: whole, true of its files, with its pitfalls, the same every time, and plainly fictional."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import sample_data
from amhe_tui.analysis.votes.nominal_group import tally
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import ChallengeKind, Horizon, MeasureKind, OptionKind, PersonKind
from amhe_tui.method.equality_impact import GRID, grid_row, missing_rows
from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.method.vote_schemes import in_places
from amhe_tui.programme import breakdowns
from amhe_tui.programme.progress import parts_of
from sample_data.evidence_script import NORTHMERE, PERIOD, RECOVERY, REFERRALS
from store.glance import Overview, overview
from store.records import (
    Action,
    Activity,
    Challenge,
    DataSource,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Feedback,
    Finding,
    Goal,
    Idea,
    Measure,
    NominalGroup,
    Option,
    Participant,
    Priority,
    Record,
    Remark,
    ReviewedGoal,
    VotingRound,
    all_records,
    codes,
)
from store.workspace import Workspace
from tests.made_once import sample_copy

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = sample_copy(tmp_path_factory.mktemp("sample"))
    with Workspace.open(path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def seen(workspace: Workspace) -> Overview:
    return workspace.read(lambda raw: overview(raw, TODAY.isoformat()))


def content(workspace: Workspace) -> dict[str, Any]:
    """Return all that the file holds, with ids replaced by where their record stands among its kind."""
    places: dict[str, str] = {}
    records: dict[str, list[Record]] = {}
    for table, kind in all_records().items():
        records[table] = workspace.list(kind)
        places |= {item.id: f"{table} {number}" for number, item in enumerate(records[table])}

    def plain(value: object) -> object:
        return " ".join(places.get(word, word) for word in value.split(" ")) if isinstance(value, str) else value

    found: dict[str, Any] = {
        table: [{name: plain(value) for name, value in item.model_dump().items()} for item in items]
        for table, items in records.items()
    }
    found["ballots"] = sorted(
        [plain(idea) for idea in ballot] for one in workspace.list(VotingRound) for ballot in workspace.ballots(one.id)
    )
    found["journal"] = [(entry.label, entry.kind, entry.tables) for entry in workspace.journal()]
    found["observations"] = workspace.read(
        lambda raw: raw.execute(
            "SELECT dataset, quantity, period, area, category, source_row, value, marker FROM observation ORDER BY 1, 2, 3, 4, 5, 6"
        ).fetchall()
    )
    return found


# --- whole


@pytest.mark.parametrize("sub_step", [one.code for one in SUB_STEPS])
def test_every_sub_step_holds_every_kind_of_record(sub_step: str, seen: Overview) -> None:
    missing = [table for table in parts_of(sub_step) if not seen.counts.get(table)]
    assert not missing


def test_every_declared_kind_of_record_is_there(seen: Overview) -> None:
    assert not [table for table in all_records() if not seen.counts.get(table)]


def test_nothing_in_the_file_was_written_past_the_door(workspace: Workspace) -> None:
    assert workspace.verify() == []
    assert workspace.read(lambda raw: raw.execute("PRAGMA foreign_key_check").fetchall()) == []


def test_all_codes_of_the_lists_that_the_method_asks_for(workspace: Workspace) -> None:
    assert {one.kind for one in workspace.list(Challenge)} == {one.value for one in ChallengeKind}
    assert {one.kind for one in workspace.list(Option)} == {one.value for one in OptionKind}
    assert {one.horizon for one in workspace.list(Priority)} == {one.value for one in Horizon}
    assert {one.kind for one in workspace.list(Measure)} == {one.value for one in MeasureKind}
    assert {one.person_kind for one in workspace.list(Feedback)} == {one.value for one in PersonKind}
    for challenge in workspace.list(Challenge):
        assert challenge.done
        assert challenge.by_whom
        assert challenge.result
        assert challenge.source_id or challenge.activity_id


def test_actions_speak_of_all_five_facilitators(workspace: Workspace) -> None:
    for action in workspace.list(Action):
        for name in ("place", "cost", "modes", "training", "online", "partners"):
            assert getattr(action, name), f"{action.title}: {name}"


def test_findings_reach_every_stage_of_the_thread(seen: Overview) -> None:
    assert dict(seen.funnel) == {
        "found": 7,
        "heard": 6,
        "prioritised": 6,
        "planned": 3,
        "under_way": 3,
        "measured": 2,
        "closed": 1,
    }


def test_what_hangs_loose_was_left_on_purpose(workspace: Workspace, seen: Overview) -> None:
    assert {key: len(ids) for key, ids in seen.loose.items()} == {
        "finding_not_taken_up": 1,
        "theme_without_finding": 1,
        "priority_without_goal": 3,
        "goal_without_assessment": 1,
        "promise_open": 1,
    }
    (left,) = seen.loose["finding_not_taken_up"]
    assert "bisexual" in workspace.title("finding", left)


# --- true of the files


def test_all_five_data_files_came_in_through_the_importer(workspace: Workspace) -> None:
    imported = {one.file_name: one for one in workspace.list(DataSource) if one.content_hash}
    assert set(imported) == {path.name for path in sample_data.files()} - {"assets_northmere.csv"}
    assert all(one.rows and one.layout for one in imported.values())


def test_findings_hold_what_the_breakdown_shows(workspace: Workspace) -> None:
    checked = 0
    for finding in workspace.list(Finding):
        if not finding.method.startswith("gap.") and finding.method != "published percentages":
            continue
        rows = {
            row.group: row
            for row in breakdowns.breakdown(
                workspace, RECOVERY, finding.characteristic, area=NORTHMERE, period=PERIOD
            ).rows
        }
        assert finding.value == rows[finding.group_name].value
        assert finding.compared_value == rows[finding.compared_with].value
        assert (finding.lower, finding.upper) == (rows[finding.group_name].lower, rows[finding.group_name].upper)
        assert finding.value is not None
        assert finding.compared_value is not None
        assert finding.value < finding.compared_value
        assert f"{finding.value:.0f} of every 100" in finding.sentence
        checked += 1
    assert checked == 4


def test_goals_start_from_the_finding_they_serve(workspace: Workspace) -> None:
    held = {one.id for one in breakdowns.indicators(workspace)}
    for goal in workspace.list(Goal):
        finding = workspace.need(Finding, goal.finding_id or "")
        assert goal.baseline == finding.value
        assert goal.indicator_id in held
        assert goal.baseline is not None
        assert goal.target is not None
        assert goal.target > goal.baseline if goal.direction == "up" else goal.target < goal.baseline


def test_sentences_have_no_open_places(workspace: Workspace) -> None:
    for kind in all_records().values():
        for item in workspace.list(kind):
            for name, value in item.model_dump().items():
                # What the columns of a file mean is kept as data of its own.
                assert (
                    name == "meaning"
                    or not isinstance(value, str)
                    or not ({"{", "}"} & set(value) or value.startswith("="))
                ), (
                    kind.__name__,
                    name,
                    value,
                )


# --- pitfalls


def test_the_vote_ends_in_a_tie_that_nothing_breaks(workspace: Workspace) -> None:
    (vote,) = workspace.list(VotingRound)
    ballots = workspace.ballots(vote.id)
    assert len(ballots) == vote.voters == 8
    letters = {idea.id: idea.letter for idea in workspace.list(Idea)}
    result = tally([in_places(ballot) for ballot in ballots], vote.ideas.split(), vote.places)
    assert [(letters[str(row.idea)], row.rank) for row in result.ideas[:4]] == [("E", 1), ("A", 2), ("C", 2), ("F", 4)]
    assert result.ideas[1].joint
    assert result.points_cast == result.points_possible == 8 * 15


def test_one_of_twelve_ideas_was_merged_and_is_not_on_the_ballot(workspace: Workspace) -> None:
    ideas = workspace.list(Idea)
    merged = [idea for idea in ideas if idea.merged_into_id]
    (vote,) = workspace.list(VotingRound)
    assert (len(ideas), len(merged)) == (12, 1)
    assert set(vote.ideas.split()) == {idea.id for idea in ideas} - {merged[0].id}
    assert workspace.list(NominalGroup)[0].stage == "closed"


def test_the_vote_cannot_be_undone_open_again(workspace: Workspace) -> None:
    sealed = [entry.label for entry in workspace.journal() if entry.kind == "sealed"]
    assert "Close the final vote" in sealed


def test_the_breakdown_meets_a_hidden_cell_and_the_unknown(workspace: Workspace) -> None:
    found = breakdowns.breakdown(workspace, RECOVERY, "Ethnic Group", area=NORTHMERE, period=PERIOD)
    chinese = next(row for row in found.rows if row.group == "Chinese")
    assert (chinese.value, chinese.status) == (None, "suppressed")
    referred = breakdowns.breakdown(workspace, REFERRALS, "Ethnic Group", area=NORTHMERE, period=PERIOD)
    assert referred.completeness == pytest.approx(0.91, abs=0.005)


def test_one_assessment_is_late_and_one_complete_in_every_row(workspace: Workspace) -> None:
    assessments = {one.title: one for one in workspace.list(EqualityImpactAssessment)}
    late = [one for one in assessments.values() if not one.completed]
    assert [one.due < TODAY.isoformat() for one in late] == [True]
    whole = assessments["Company for the first three appointments"]
    rows = workspace.list(EqualityImpactRow, assessment_id=whole.id)
    assert [row.characteristic for row in rows] == [row.code for row in GRID]
    assert missing_rows([row.model_dump() for row in rows]) == []
    assert whole.completed <= whole.due
    assert missing_rows([row.model_dump() for row in workspace.list(EqualityImpactRow, assessment_id=late[0].id)])


def test_only_aims_that_count_for_a_characteristic_are_ticked(workspace: Workspace) -> None:
    for row in workspace.list(EqualityImpactRow):
        ticked = {
            number for number, on in enumerate((row.aim_eliminate, row.aim_advance, row.aim_relations), start=1) if on
        }
        assert ticked <= set(grid_row(row.characteristic).aims), row.characteristic
    marriage = [row for row in workspace.list(EqualityImpactRow, characteristic="marriage") if row.impact]
    assert any(row.aim_eliminate for row in marriage)


def test_the_review_found_one_gap_closed_one_narrowed_one_too_early(workspace: Workspace) -> None:
    assert sorted(one.gap for one in workspace.list(ReviewedGoal)) == ["closed", "narrowed", "too_early"]
    assert {one.goal_id for one in workspace.list(ReviewedGoal)} == {goal.id for goal in workspace.list(Goal)}


# --- respectful


def test_only_people_who_agreed_may_be_quoted(workspace: Workspace) -> None:
    agreed = {(one.activity_id, one.code): one.agreed for one in workspace.list(Participant)}
    for remark in workspace.list(Remark):
        if remark.speaker:
            known = agreed[remark.activity_id, remark.speaker]
            assert known or not remark.quote, remark.words


def test_attendance_matches_the_participants(workspace: Workspace) -> None:
    for activity in [one for one in workspace.list(Activity) if one.kind == "focus_group"]:
        assert len(workspace.list(Participant, activity_id=activity.id)) == activity.attended


def test_words_in_another_language_come_with_a_translation(workspace: Workspace) -> None:
    remarks = workspace.list(Remark)
    assert len(remarks) >= 35
    assert {one.language for one in remarks} - {""} == {"French", "Polish", "Spanish"}
    assert all(bool(one.language) == bool(one.translation) for one in remarks)
    assert all(codes(one.roles) for one in remarks)


# --- fictional


def test_the_programme_says_that_it_is_made_up(workspace: Workspace) -> None:
    programme = workspace.programme()
    for words in (programme.name, programme.organisation, programme.data_controller, programme.dpia):
        assert "fictional" in words
    assert "does not exist" in programme.scope
    assert "made-up" in programme.area
    assert programme.rehearsal
    for source in workspace.list(DataSource):
        assert "fictional" in source.title


def test_no_study_or_practice_is_claimed_to_be_real(workspace: Workspace) -> None:
    for option in workspace.list(Option):
        if option.kind in ("evidence", "practice"):
            assert "fictional" in option.source.casefold() or option.source.startswith("To be found"), option.title


# --- the same every time


def test_two_builds_differ_only_in_ids_and_times(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "again.amhe"
    sample_data.build(path, today=TODAY)
    with Workspace.open(path, read_only=True) as again:
        assert content(again) == content(workspace)


def test_dates_move_with_today(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "later.amhe"
    sample_data.build(path, rehearsal=False, today=TODAY + timedelta(days=100))
    with Workspace.open(path, read_only=True) as later:
        assert not later.programme().rehearsal
        for before, after in zip(workspace.list(Goal), later.list(Goal), strict=True):
            assert date.fromisoformat(after.due) - date.fromisoformat(before.due) == timedelta(days=100)


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.amhe"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(AmheError):
        sample_data.build(path, today=TODAY)
    assert path.read_text(encoding="utf-8") == "mine"
