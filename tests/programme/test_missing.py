"""The board of who is missing: shares of the known, groups a list has, people whom no label names, and what can be done about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.analysis.completeness import percent
from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.errors import AmheError
from amhe_tui.intake.loading.bring import bring
from amhe_tui.method.groups.labels import scheme
from amhe_tui.method.groups_to_see import STANDING
from amhe_tui.programme.missing.board import MissingBoard, board, disclosed_board
from amhe_tui.programme.missing.completeness import CompletenessLine
from amhe_tui.programme.missing.people import PersonLine, ask_in_1b, finding_of_absence, note_group
from store.records import Activity, DataSource, Finding, GroupToSee
from store.workspace import Workspace
from tests.made_once import sample_copy

HEAD = "period,area,ethnic_group,people\n"


def _bring(workspace: Workspace, folder: Path, rows: str, name: str = "referrals.csv", head: str = HEAD) -> None:
    path = folder / name
    path.write_text(head + rows, encoding="utf-8")
    bring(workspace, path)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "test.amhe", name="Fair start", area="Northmere") as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(sample_copy(tmp_path_factory.mktemp("sample")), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def seen(sample: Workspace) -> MissingBoard:
    return board(sample)


def _lines(found: MissingBoard, heading: str) -> list[CompletenessLine]:
    return [one for one in found.completeness if one.characteristic == heading]


def _person(found: MissingBoard, code: str) -> PersonLine:
    return next(one for one in found.people if one.code == code)


def test_the_known_and_the_unknown_period_by_period(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        "2023-24,Northmere,White,600\n2023-24,Northmere,Black or Black British,100\n2023-24,Northmere,Not stated,300\n"
        "2024-25,Northmere,White,700\n2024-25,Northmere,Black or Black British,100\n2024-25,Northmere,Not stated,200\n"
    )
    _bring(workspace, tmp_path, rows)
    newest, before = board(workspace).completeness
    assert (newest.period, newest.known, newest.unknown, newest.share) == ("2024-25", 800, 200, 0.8)
    assert (before.period, before.share, before.direction) == ("2023-24", 0.7, "")
    assert (newest.before, newest.direction) == (0.7, "better")
    capture = board(workspace).challenges[0]
    assert capture.kind == "capture"
    assert not any("known" in one for one in capture.shows), "four of five are not too few"


def test_where_nobody_is_counted_as_unknown_it_cannot_be_told(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, tmp_path, "2024-25,Northmere,White,700\n2024-25,Northmere,Black or Black British,100\n")
    (line,) = board(workspace).completeness
    assert line.share is None
    assert line.why_not == "nobody is counted as not known"


def test_groups_that_add_up_to_the_total_are_all_known(workspace: Workspace, tmp_path: Path) -> None:
    _bring(
        workspace,
        tmp_path,
        "2024-25,Northmere,White,700\n2024-25,Northmere,Black or Black British,100\n2024-25,Northmere,Total,800\n",
    )
    (line,) = board(workspace).completeness
    assert line.share == 1


def test_small_unknown_counts_are_not_shown_to_the_public(workspace: Workspace, tmp_path: Path) -> None:
    rows = "2024-25,Northmere,White,700\n2024-25,Northmere,Black or Black British,120\n2024-25,Northmere,Not stated,3\n2024-25,Northmere,Total,823\n"
    _bring(workspace, tmp_path, rows)
    (team,) = disclosed_board(workspace, Policy("team")).completeness
    assert (team.unknown, team.known) == (3, 820)
    for audience in ("board", "public"):
        found = disclosed_board(workspace, Policy(audience))
        (line,) = found.completeness
        assert (line.unknown, line.known, line.share) == (None, None, None)
        assert line.why_not
        assert line.direction == ""
        assert "823" not in json.dumps(found.to_json())
        assert "820" not in json.dumps(found.to_json())


def test_larger_counts_are_rounded_for_the_public(workspace: Workspace, tmp_path: Path) -> None:
    rows = "2024-25,Northmere,White,703\n2024-25,Northmere,Black or Black British,121\n2024-25,Northmere,Not stated,377\n2024-25,Northmere,Total,1201\n"
    _bring(workspace, tmp_path, rows)
    (line,) = disclosed_board(workspace, Policy("public")).completeness
    assert (line.unknown, line.share) == (375, 0.69)
    assert line.known is not None
    assert line.known % 5 == 0


def test_guarded_sources_pass_as_they_are(sample: Workspace, seen: MissingBoard) -> None:
    assert disclosed_board(sample, Policy("public")).completeness == seen.completeness


def test_the_board_of_the_sample(seen: MissingBoard) -> None:
    ethnic = _lines(seen, "Ethnic Group")
    assert [one.period for one in ethnic] == ["2024-25", "2023-24", "2022-23"]
    assert ethnic[0].indicator_id == "referrals_received.count"
    assert (ethnic[0].known, ethnic[0].unknown) == (8500, 840)
    assert [label for label, _ in ethnic[0].combined] == ["Any other White background"]
    assert ethnic[0].places == 1
    assert _lines(seen, "Upper Ethnicity")[0].places == 2, "no figure is there for both trusts together"
    disability = _lines(seen, "Disability Type")[0]
    assert disability.little, "people without a code count as not known, though the file has them among the groups"
    assert {one.code for one in seen.not_broken_down} == {"gender_reassignment", "marriage", "pregnancy"}
    assert json.loads(json.dumps(seen.to_json()))["people"][0]["state"]


def test_groups_the_lists_have_and_the_data_lack(seen: MissingBoard) -> None:
    (nowhere,) = [one for one in seen.groups if one.code == "race" and not one.sources]
    assert set(nowhere.absent) == {"Gypsy or Irish Traveller", "Roma", "Arab"}
    assert nowhere.words.endswith("no source here does.")
    (broad,) = [one for one in seen.groups if one.code == "race" and one.broad_only]
    assert len(broad.sources) == 2
    assert not any("Total" in one.absent or "Not stated" in one.absent for one in seen.groups)


def test_a_group_another_source_has_is_said(workspace: Workspace, tmp_path: Path) -> None:
    labels = [one.label for one in scheme("religion_nhs").groups if one.level == "broad"]
    head = "period,area,religion,people\n"
    for name, there in (("2024", labels), ("2025", [one for one in labels if one != "Jain"])):
        rows = "".join(f"{name},Northmere,{one},{90 + number}\n" for number, one in enumerate(there))
        _bring(workspace, tmp_path, rows, f"{name}.csv", head)
    (gap,) = [one for one in board(workspace).groups if one.code == "religion" and one.sources]
    assert (gap.absent, gap.nowhere) == (("Jain",), ())
    assert "Another source here has Jain." in gap.words


def test_the_standing_list_is_there_whatever_the_data(workspace: Workspace) -> None:
    found = board(workspace)
    assert not found.has_data
    assert [one.code for one in found.people] == [one.code for one in STANDING]
    assert {one.state_words for one in found.people} == {"No data yet to look in"}
    assert len(found.challenges) == 8
    assert {one.state_words for one in found.challenges} == {"Nobody has looked yet"}


def test_a_persons_word_stands_before_the_programs_guess(seen: MissingBoard) -> None:
    traveller, homeless = _person(seen, "traveller"), _person(seen, "homeless")
    assert traveller.decided == "unseen"
    assert traveller.state_words == "No data can see them"
    assert (homeless.decided, homeless.suggested, homeless.state) == ("partly", "unseen", "partly")
    assert _person(seen, "veterans").state_words == "No data can see them, it seems"
    drugs = _person(seen, "drug_use")
    assert drugs.record_id
    assert drugs.decided == "", "not looked yet is no decision"


def test_residents_alone_show_only_some(seen: MissingBoard) -> None:
    carers = _person(seen, "carers")
    assert carers.suggested == "partly"
    assert carers.sightings[0].sentence.endswith("residents only")
    assert _person(seen, "learning_disability").suggested == "seen"
    assert len(_person(seen, "learning_disability").sightings[0].sources) == 3


def test_hidden_figures_show_nobody(workspace: Workspace, tmp_path: Path) -> None:
    rows = "2024,Northmere,Rough sleepers,*\n2024,Northmere,Own home,900\n2024,Northmere,Rented,300\n"
    _bring(workspace, tmp_path, rows, head="period,area,housing,people\n")
    homeless = _person(board(workspace), "homeless")
    assert homeless.suggested == "partly"
    assert homeless.sightings[0].hidden


def test_a_group_of_ones_own(workspace: Workspace, tmp_path: Path) -> None:
    _bring(
        workspace,
        tmp_path,
        "2024,Northmere,Fishermen,90\n2024,Northmere,Farmers,80\n",
        head="period,area,work,people\n",
    )
    note_group(workspace, "Fishermen", done="Ask at the harbour")
    own = board(workspace).people[-1]
    assert (own.name, own.code, own.suggested, own.done) == ("Fishermen", "", "seen", "Ask at the harbour")
    assert len(board(workspace).people) == len(STANDING) + 1


def test_noting_makes_one_record_and_updates_it(workspace: Workspace) -> None:
    name = next(group.name for group in STANDING if group.code == "veterans")
    note_group(workspace, name, seen="unseen")
    note_group(workspace, name, where_seen="The breakfast club counts them")
    (record,) = workspace.list(GroupToSee)
    assert (record.kind, record.seen, record.where_seen) == ("other", "unseen", "The breakfast club counts them")
    line = _person(board(workspace), "veterans")
    assert line.record_id == record.id
    workspace.undo()
    workspace.undo()
    assert workspace.list(GroupToSee) == []


def test_a_finding_of_absence_is_made_once(workspace: Workspace) -> None:
    finding = finding_of_absence(workspace, "Sex workers")
    assert finding.title == "No data here can see sex workers"
    assert finding.caveat
    assert finding_of_absence(workspace, "Sex workers").id == finding.id
    assert len(workspace.list(Finding)) == len(workspace.list(GroupToSee)) == 1
    line = _person(board(workspace), "sex_workers")
    assert (line.finding, line.decided) == (finding.title, "unseen")
    workspace.undo()
    assert workspace.list(Finding) == workspace.list(GroupToSee) == []
    assert finding_of_absence(workspace, "Gypsy, Roma and Traveller people").title.endswith(
        "Gypsy, Roma and Traveller people"
    )


def test_a_finding_of_absence_never_overrules_a_person(workspace: Workspace) -> None:
    note_group(workspace, "Sex workers", seen="partly")
    with pytest.raises(AmheError, match="some of them"):
        finding_of_absence(workspace, "Sex workers")
    assert workspace.list(Finding) == []
    assert workspace.list(GroupToSee)[0].seen == "partly"
    note_group(workspace, "Sex workers", seen="unseen")
    assert finding_of_absence(workspace, "Sex workers").group_name == "Sex workers"


def test_people_are_asked_in_1b_once(workspace: Workspace) -> None:
    activity = ask_in_1b(workspace, "Autistic people")
    assert activity.population == "Autistic people"
    assert next(group.route for group in STANDING if group.code == "autism") in activity.recruitment
    assert ask_in_1b(workspace, "Autistic people").id == activity.id
    assert len(workspace.list(Activity)) == 1
    assert activity.title in _person(board(workspace), "autism").activities


def test_sources_that_were_taken_out_show_nothing(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, tmp_path, "2024-25,Northmere,White,700\n2024-25,Northmere,Not stated,100\n")
    assert board(workspace).has_data
    with workspace.change("Remove") as change:
        change.remove(workspace.list(DataSource)[0])
    assert not board(workspace).has_data
    assert board(workspace).completeness == ()


def test_what_the_programme_shows_of_the_challenges(seen: MissingBoard) -> None:
    shown = {one.kind: " ".join(one.shows) for one in seen.challenges}
    assert "79.6 of every 100" in shown["capture"]
    assert "Pregnancy" in shown["capture"]
    assert "Race: sources follow" in shown["amalgamation"]
    assert "Small numbers are hidden" in shown["hidden"]
    assert "Veterans" in shown["hidden"]
    assert "Alcohol" in shown["co_occurring"]
    assert "Alcohol" not in shown["hidden"]
    capture = seen.challenges[0]
    assert capture.met[0].state_words == "Eased"
    assert capture.met[0].by_whom


def test_the_public_sees_no_names_of_who_did_it(sample: Workspace) -> None:
    found = disclosed_board(sample, Policy("public"))
    assert not any(met.by_whom for one in found.challenges for met in one.met)
    assert any(met.by_whom for one in disclosed_board(sample, Policy("board")).challenges for met in one.met)


@pytest.mark.parametrize(
    ("share", "words"), [(0.796, "79.6"), (0.5, "50"), (0.8, "80"), (0.799999, "80.0"), (0.914, "91")]
)
def test_a_share_that_is_too_low_does_not_look_right(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0"), (0.005, "0.5"), (0.0004, "under 0.1"), (0.996, "99.6"), (0.9999, "over 99.9"), (1, "100"), (0.86, "86")],
)
def test_hardly_anybody_is_not_nobody_and_nearly_all_are_not_all(share: float, words: str) -> None:
    assert percent(share) == words
