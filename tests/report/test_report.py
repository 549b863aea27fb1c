"""The report: what each audience sees, nothing more; votes, gaps, threads and sheets said right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.equality_impact import GRID
from amhe_tui.method.number_methods import UNKNOWN, method_words
from amhe_tui.method.vote_schemes import ranked
from amhe_tui.report import html, markdown, write_report
from amhe_tui.report.build import build, funnel_words
from amhe_tui.report.model import Document, Figure, Table, texts
from amhe_tui.report.paper import focus_sheet, session_sheet
from amhe_tui.report.reader import Reader
from amhe_tui.report.voices import safe_totals
from store.records import (
    Activity,
    Audience,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Finding,
    Goal,
    Idea,
    Kind,
    Link,
    Member,
    Monitoring,
    NominalGroup,
    Priority,
    Programme,
    Record,
    Remark,
    Theme,
    VotingRound,
    all_records,
    faces,
    table_of,
)
from store.workspace import Workspace
from tests.made_once import sample_copy

TODAY = date(2026, 11, 23)
FORMS = ("md", "html")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "report.amhe", name="Fair start", area="Northmere") as made:
        yield made


def words_of(document: Document) -> str:
    return "\n".join(texts(document))


# --- who sees what -----------------------------------------------------------------------------------------------------------------------------


def marker(table: str, field: str, note: str = "") -> str:
    """Return a word that stands in one field of one record alone."""
    return f"Zq{table}{field}{note}".replace("_", "")


def filled(kind: type[Record], ids: dict[str, str], note: str = "") -> Record:
    """Return a record with a marker in every field of text and something in every other."""
    values: dict[str, Any] = {}
    for name, face in faces(kind).items():
        match face.kind:
            case Kind.LINE | Kind.TEXT:
                values[name] = marker(table_of(kind), name, note)
            case Kind.NUMBER | Kind.COUNT:
                values[name] = face.high or 7
            case Kind.DATE:
                values[name] = "2026-03-01"
            case Kind.CHOICE | Kind.CHOICES:
                assert face.choices is not None
                values[name] = next(iter(face.choices)).value
            case Kind.FLAG:
                values[name] = False
            case Kind.LINK:
                values[name] = ids.get(str(face.to))
    return kind(**values)


@pytest.fixture
def everything(workspace: Workspace) -> Workspace:
    """A file with one record of every kind, every field filled in, everything linked to everything it can be."""
    ids: dict[str, str] = {}
    made: list[Record] = []
    # A record can lead only to what is there already, so each kind waits for those it needs.
    waiting = [kind for kind in all_records().values() if kind not in (Programme, Link)]
    with workspace.change("Fill in everything") as change:
        while waiting:
            ready = [
                kind
                for kind in waiting
                if all(
                    face.to in ids or face.to == table_of(kind)
                    for face in faces(kind).values()
                    if face.to and face.required
                )
            ]
            for kind in ready:
                item = filled(kind, ids)
                if isinstance(item, EqualityImpactRow):
                    item.characteristic = GRID[0].code
                ids[table_of(kind)] = change.add(item)
                made.append(item)
            waiting = [kind for kind in waiting if kind not in ready]
        quoted = filled(Remark, ids, "quoted")
        assert isinstance(quoted, Remark)
        quoted.quote = True
        change.add(quoted)
        for item in (*made, quoted):
            for name, links in type(item).many.items():
                change.link(item, name, links.to, ids[links.to])
    again = [
        (
            item,
            {
                name: ids[str(face.to)]
                for name, face in faces(type(item)).items()
                if face.to and face.to != table_of(type(item)) and not getattr(item, name)
            },
        )
        for item in made
    ]
    with workspace.change("Fill in the programme and what was not there yet") as change:
        programme = workspace.programme()
        change.update(
            programme,
            **{
                name: marker("programme", name)
                for name, face in faces(Programme).items()
                if face.kind in (Kind.LINE, Kind.TEXT)
            },
        )
        for item, links in again:
            if links:
                change.update(item, **links)
    return workspace


def text_fields() -> list[tuple[str, str, Audience]]:
    return [
        (table, name, face.audience)
        for table, kind in all_records().items()
        for name, face in faces(kind).items()
        if face.kind in (Kind.LINE, Kind.TEXT)
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audience", list(Audience))
def test_no_field_reaches_an_audience_it_is_not_for(everything: Workspace, audience: Audience, form: str) -> None:
    written = write_report(everything, audience, form, TODAY)
    found = set(re.findall(r"Zq\w+", written))
    forbidden = {marker(table, name) for table, name, wide in text_fields() if wide < audience}
    # What people answered of themselves leaves the room summed up and made safe; seven gave this answer.
    forbidden -= {marker("monitoring", "characteristic"), marker("monitoring", "answer")}
    assert not found & forbidden
    if audience is not Audience.TEAM:
        quoted = {marker("remark", name, "quoted") for name in ("words", "translation", "language", "roles")}
        assert {one for one in found if one.endswith("quoted")} <= quoted
    for item in everything.list(Remark):
        for identity in (item.id, item.activity_id or "-"):
            assert identity not in written


@pytest.mark.parametrize("audience", list(Audience))
def test_every_field_reaches_the_audiences_it_is_for(everything: Workspace, audience: Audience) -> None:
    written = write_report(everything, audience, "html", TODAY)
    # Keys that only the program reads, and the stage's time, which is for the clock.
    left_out = {marker("voting_round", "ideas")}
    wanted = {marker(table, name) for table, name, wide in text_fields() if wide >= audience} - left_out
    # The letters of an idea and the code of a row's characteristic are written another way, or are part of something longer.
    wanted -= {marker("equality_impact_row", "characteristic")}
    if not audience.raw:  # figures of a small file could be tried out against its hash: a mark stands for it
        wanted -= {marker("data_source", "content_hash")}
        assert marker("data_source", "content_hash") not in written
    assert not {one for one in wanted if one not in written}


def test_codes_and_initials_stay_with_the_team(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        change.add(Member(initials="QXZ", duty="Scribe"))
        theme = Theme(name="Trust")
        change.add(theme)
        for words, quote in (("Said aloud", True), ("Said in confidence", False)):
            remark = Remark(words=words, speaker="P17", quote=quote)
            change.add(remark)
            change.link(remark, "themes", "theme", theme.id)
    for form in FORMS:
        team, board, public = (write_report(workspace, one, form, TODAY) for one in Audience)
        assert "QXZ" in team
        assert "P17" in team
        assert "Said in confidence" in team
        for outside in (board, public):
            assert "Said aloud" in outside
            assert not [one for one in ("QXZ", "P17", "Said in confidence") if one in outside]


def test_removed_records_are_in_no_report(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        remark = Remark(words="Taken back", quote=True)
        change.add(remark)
    assert "Taken back" in write_report(workspace, Audience.PUBLIC, "md", TODAY)
    with workspace.change("Remove") as change:
        change.remove(remark)
    for audience in Audience:
        assert "Taken back" not in write_report(workspace, audience, "md", TODAY)


# --- totals ------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"A": 12, "B": 9, "C": 20}, {"A": 10, "B": 10, "C": 20}),
        ({"A": 12, "B": 4, "C": 20}, {"C": 20}),
        ({"A": 12, "B": 4, "C": 1}, {"A": 10}),
        ({"A": 12, "B": 0}, {}),
        ({"A": 4}, {}),
        ({}, {}),
    ],
)
def test_small_totals_are_hidden_with_the_next_smallest(answers: dict[str, int], shown: dict[str, int]) -> None:
    assert safe_totals(answers) == shown


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=8))
def test_no_small_total_can_be_worked_out(answers: dict[str, int]) -> None:
    shown = safe_totals(answers)
    assert all(answers[one] >= 5 and people % 5 == 0 for one, people in shown.items())
    hidden = [one for one in answers if one not in shown]
    assert len(hidden) != 1 or len(answers) == 1


def test_who_took_part_leaves_the_room_only_as_safe_totals(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        activity = Activity(title="Supper")
        change.add(activity)
        for answer, people in (("Women", 13), ("Men", 11), ("In another way", 2)):
            change.add(Monitoring(activity_id=activity.id, characteristic="Gender", answer=answer, people=people))
    for audience in (Audience.BOARD, Audience.PUBLIC):
        written = write_report(workspace, audience, "md", TODAY)
        assert "| Gender | Women | 15 |" in written
        assert "| Gender | all other answers | hidden |" in written
        assert "In another way" not in written
        assert "| 11 |" not in written
    assert "| In another way |" in write_report(workspace, Audience.TEAM, "md", TODAY)


# --- votes -------------------------------------------------------------------------------------------------------------------------------------


def vote(workspace: Workspace, rankings: list[str], *, close: bool = True) -> tuple[NominalGroup, Priority]:
    """Make a session of ideas A to D in which each ranking, such as ``AB``, is one ballot; the priority comes from idea B."""
    with workspace.change("Make") as change:
        group = NominalGroup(question="What would help?", present=len(rankings), places=2)
        change.add(group)
        ideas = {letter: Idea(words=f"Idea {letter}", letter=letter, nominal_group_id=group.id) for letter in "ABCD"}
        for one in ideas.values():
            change.add(one)
        keys = " ".join(one.id for one in ideas.values())
        held = VotingRound(nominal_group_id=group.id, name="Final vote", ideas=keys, places=2, voters=len(rankings))
        change.add(held)
        priority = Priority(title="Second thing first", idea_id=ideas["B"].id)
        change.add(priority)
    for ranking in rankings:
        workspace.cast(held.id, ranked([ideas[letter].id for letter in ranking]))
    if close:
        with workspace.change("Close", sealed=True) as change:
            change.update(held, state="closed")
    return group, priority


TIED = ["AB", "AB", "BA", "BA", "CA", "CB"]


def vote_table(document: Document) -> Table:
    return next(
        block
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith("Result of the vote")
    )


def test_ties_are_printed_as_joint_ranks_with_agreement(workspace: Workspace) -> None:
    vote(workspace, TIED)
    document = build(workspace, Audience.TEAM, TODAY)
    assert [row[:4] for row in vote_table(document).rows] == [
        ("=1", "A. Idea A", "7", "5 of 6"),
        ("=1", "B. Idea B", "7", "5 of 6"),
        ("3", "C. Idea C", "4", "2 of 6"),
        ("4", "D. Idea D", "0", "0 of 6"),
    ]
    words = words_of(document)
    assert "Came joint 1st of 4 with 7 points, chosen on 5 of 6 ballots." in words
    assert re.search(r"Kendall’s W 0\.\d\d \(top 2, corrected for ties\)", words)
    assert "vote.nominal_group@1" in words
    assert "agreement.kendall_w@1" in words


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
@pytest.mark.parametrize(("times", "shown"), [(1, ("=1", "3", "4")), (3, ("most", "some", "few or none"))])
def test_counts_that_fix_ballots_are_said_in_words(
    workspace: Workspace, audience: Audience, times: int, shown: tuple[str, ...]
) -> None:
    vote(workspace, TIED * times)
    document = build(workspace, audience, TODAY)
    words = words_of(document)
    for telling in ("5 of 6", "15 of 18", "0 of 6", "0 of 18", "with 7 points", "Kendall’s W"):
        assert telling not in words
    cells = {cell for row in vote_table(document).rows for cell in row}
    assert cells >= set(shown)


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_a_unanimous_vote_tells_nobody_that_it_was(workspace: Workspace, audience: Audience) -> None:
    vote(workspace, [TIED[0]] * 9)
    words = words_of(build(workspace, audience, TODAY))
    assert "9 of 9" not in words
    assert "all or nearly all" in words
    assert "complete" not in words


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_four_ballots_are_not_shown_outside_the_team(workspace: Workspace, audience: Audience) -> None:
    vote(workspace, TIED[:4])
    words = words_of(build(workspace, audience, TODAY))
    assert "Fewer than 5 people voted" in words
    assert "Result of the vote" not in words
    assert "points" not in words
    assert "Kendall" not in words
    team = build(workspace, Audience.TEAM, TODAY)
    assert vote_table(team).rows
    assert "Keep it in the team" in words_of(team)


def test_an_open_vote_is_not_counted_for_anybody(workspace: Workspace) -> None:
    vote(workspace, TIED, close=False)
    for audience in Audience:
        words = words_of(build(workspace, audience, TODAY))
        assert "Result of the vote" not in words
        assert "nothing is counted before it is closed" in words


# --- gaps --------------------------------------------------------------------------------------------------------------------------------------


def test_a_gap_whose_data_set_is_gone_is_told_from_what_was_written_down(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        gone = {
            "indicator_id": "recovery.percentage",
            "characteristic": "Ethnic Group",
            "unit": "%",
            "indicator": "Recovery",
        }
        change.add(
            Finding(
                title="Fewer recover",
                group_name="Black",
                compared_with="White",
                value=43.0,
                lower=40.0,
                upper=46.0,
                compared_value=51.0,
                **gone,
            )
        )
    team = words_of(build(workspace, Audience.TEAM, TODAY))
    assert "Black: 43% (95% limits 40 to 46), against 51% for White (Recovery)." in team
    public = words_of(build(workspace, Audience.PUBLIC, TODAY))
    assert "Measured: Black compared with White, Recovery." in public
    assert "43" not in public


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Workspace]:
    """The sample programme, data sets and all."""
    with Workspace.open(sample_copy(tmp_path), read_only=True) as opened:
        yield opened


def test_the_sample_programme_is_told_whole_and_sound(sample: Workspace) -> None:
    from test_report_writers import Page, sound

    for audience in Audience:
        document = build(sample, audience, TODAY)
        sound(Page(html.write(document)))
        figures = [block for block in document.blocks if isinstance(block, Figure)]
        # A finding's figures are for the team and the board, and so is the chart they come from.
        assert bool(figures) == (audience is not Audience.PUBLIC)
        for one in figures:
            assert one.lead
            assert len(one.bars) in (0, len(one.table.rows))
            assert all(share is None or 0 <= share <= 1 for share in one.bars)
        assert "rehearsal" in words_of(document)
        for title in [one.title for one in sample.list(Priority)] + [one.title for one in sample.list(Goal)]:
            assert title in words_of(document)


def test_methods_that_are_named_are_explained(sample: Workspace) -> None:
    reader = Reader(sample, Audience.TEAM, TODAY)
    assert not reader.methods
    words = words_of(build(sample, Audience.TEAM, TODAY))
    for method in set(re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+@\d+", words)):
        assert method_words(method), method


def test_each_method_of_a_finding_is_explained_and_what_somebody_wrote_stands_for_itself(workspace: Workspace) -> None:
    with workspace.change("Fill in") as change:
        change.add(Finding(title="One", method="gap.rate_ratio.log@1, gap.rate_difference.combined@1"))
        change.add(Finding(title="Two", method="counted by hand, twice"))
        change.add(Finding(title="Three", method="gap.of_another_day@7"))
    words = words_of(build(workspace, Audience.BOARD, TODAY))
    assert method_words("gap.rate_ratio.log@1") in words
    assert method_words("gap.rate_difference.combined@1") in words
    assert "As written down with a finding" in words
    assert UNKNOWN in words
    assert "As described with the finding" not in words


# --- what is missing, the summary, the sheets --------------------------------------------------------------------------------------------------


def test_an_empty_file_says_what_is_missing_to_the_team_and_nothing_to_the_public(workspace: Workspace) -> None:
    team = words_of(build(workspace, Audience.TEAM, TODAY))
    for code in ("1A", "1B", "2A", "2B", "2C", "3A", "3B", "4A", "4B", "4C"):
        assert f"Open {code} in the program to add them." in team
    assert "Nobody has said yet: data controller" in team
    public = build(workspace, Audience.PUBLIC, TODAY)
    assert "Nothing recorded yet" not in words_of(public)
    assert "Data protection" not in words_of(public)
    assert [one.text for one in public.headings] == ["In short", "What the words mean"]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0, 0, 0, 0, 0), "No inequality has been written down as a finding yet."),
        (
            (1, 1, 1, 1, 1, 1, 0),
            "1 inequality was found. Of these, 1 has voices from the community behind them, 1 was chosen as priorities, 1 has a goal, 1 is being worked on, "
            "1 is measured and none have closed.",
        ),
        (
            (7, 6, 4, 3, 2, 2, 1),
            "7 inequalities were found. Of these, 6 have voices from the community behind them, 4 were chosen as priorities, 3 have a goal, 2 are being worked on, "
            "2 are measured and 1 has closed.",
        ),
    ],
)
def test_the_funnel_is_told_in_a_sentence(counts: tuple[int, ...], words: str) -> None:
    keys = ("found", "heard", "prioritised", "planned", "under_way", "measured", "closed")
    assert funnel_words(tuple(zip(keys, counts, strict=True))) == words


def test_a_session_can_go_on_on_paper(workspace: Workspace) -> None:
    group, _ = vote(workspace, TIED, close=False)
    document = session_sheet(workspace, group.id)
    ballots = [
        block for block in document.blocks if isinstance(block, Table) and block.caption.startswith("Secret ballot")
    ]
    # Everybody's ballot is in the box already, so only the spare ones are left.
    assert len(ballots) == 2
    assert [row[:2] for row in ballots[0].rows] == [("1st", "2"), ("2nd", "1")]
    words = words_of(document)
    assert "6 of 6 ballots are in the box" in words
    assert "Result" not in words
    tally = next(block for block in document.blocks if isinstance(block, Table) and block.caption.startswith("Strokes"))
    assert [row[0] for row in tally.rows] == ["A", "B", "C", "D"]
    assert html.write(document)
    assert markdown.write(document)


def test_a_session_before_its_vote_has_a_ballot_for_everybody_and_room_for_ideas(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        group = NominalGroup(question="What would help?", present=8, places=5)
        change.add(group)
        kept = Idea(words="Evenings", letter="A", nominal_group_id=group.id)
        change.add(kept)
        change.add(Idea(words="After work", letter="B", nominal_group_id=group.id, merged_into_id=kept.id))
    document = session_sheet(workspace, group.id)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len([one for one in tables if one.caption.startswith("Secret ballot")]) == 10
    ideas = next(one for one in tables if one.caption.startswith("Ideas so far"))
    assert ideas.rows[0] == ("A", "Evenings", "Joined with it: B. After work")
    assert ideas.rows[1][1:] == ("", "")


def test_a_closed_vote_stands_on_the_sheet_with_joint_ranks(workspace: Workspace) -> None:
    group, _ = vote(workspace, TIED)
    result = next(
        block
        for block in session_sheet(workspace, group.id).blocks
        if isinstance(block, Table) and block.caption == "Result"
    )
    assert [row[0] for row in result.rows] == ["=1", "=1", "3", "4"]


def test_a_focus_group_can_go_on_on_paper(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        activity = Activity(title="Supper", question="What would have helped?")
        change.add(activity)
        change.add(Remark(words="Somebody to ring", speaker="P2", activity_id=activity.id))
    words = words_of(focus_sheet(workspace, activity.id))
    assert "What would have helped?" in words
    assert "Somebody to ring" in words


def test_the_code_of_somebody_in_the_room_never_leaves_the_team(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.amhe", name="A") as workspace:
        with workspace.change("Fill in") as change:
            change.add(Remark(words="It is far", speaker="P3"))
            goal = Goal(title="Closer to P3 and to P33", rationale="")
            change.add(goal)
            assessment = EqualityImpactAssessment(title="Grid", goal_id=goal.id)
            change.add(assessment)
            change.add(
                EqualityImpactRow(
                    assessment_id=assessment.id,
                    characteristic="age",
                    impact="positive",
                    evidence="As P3 told us, buses stop at six.",
                )
            )
        for audience in (Audience.BOARD, Audience.PUBLIC):
            words = write_report(workspace, audience, "md", TODAY)
            assert "As a participant told us" in words
            assert "Closer to a participant and to P33" in words
            assert "P3 " not in words
        assert "As P3 told us" in write_report(workspace, Audience.TEAM, "md", TODAY)
