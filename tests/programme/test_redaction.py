"""No code of a person leaves the team: in no field of any record, in no writer, however it was typed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.cli import main
from amhe_tui.method.audience import Somebody
from amhe_tui.programme.redaction import made_of, redaction_of
from amhe_tui.report import html, markdown, write_report
from amhe_tui.report.paper import session_sheet
from screens.programme.printing import write_sheets
from store.records import (
    Activity,
    Audience,
    EqualityImpactRow,
    Kind,
    Member,
    NominalGroup,
    Participant,
    Programme,
    Remark,
    VotingRound,
    all_records,
    faces,
)
from store.workspace import Workspace
from tests.made_once import sample_copy

TODAY = date(2026, 11, 28)
# The field names a row of the grid, or keys of other records: a text there is not somebody's words.
KEYS = {(EqualityImpactRow, "characteristic"), (VotingRound, "ideas")}
# By these an indicator and its groups are found again, so that there are figures to print.
ABOUT_FIGURES = {
    "indicator",
    "indicator_id",
    "area",
    "period",
    "characteristic",
    "group_name",
    "compared_with",
    "figures",
    "method",
    "unit",
    "layout",
    "meaning",
}
LEAKS = re.compile(
    r"(?<!\w)(?:[Pp][\s.-]?0*(?:4|7|77)|ZQ|Z\.Q\.|[Ll][Ee][\s-]?9|Quentina R)(?!\w)|[Pp]articipants? (?:4|77)|(?<=[-_])p77?(?=[-_.])"
)
CODED = "As P77 and p4 said, P 7's bus. Participant 4 told LE9, le 9, Quentina R, Z.Q. and ZQ"


@pytest.fixture(scope="module")
def coded(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with codes in every text of every record of every kind."""
    path = tmp_path_factory.mktemp("coded") / "hall.amhe"
    shutil.copy(sample_file, path)
    with Workspace.open(path) as workspace:
        for kind in all_records().values():
            texts = [
                name
                for name, face in faces(kind).items()
                if face.kind in (Kind.LINE, Kind.TEXT)
                and (kind, name) not in KEYS
                and not (face.names and face.audience is Audience.TEAM)
                and not (name in ABOUT_FIGURES and not face.required)
            ]
            items = [workspace.programme()] if kind is Programme else workspace.list(kind)
            with workspace.change("Fill in codes") as change:
                for item in items:
                    values: dict[str, Any] = {name: f"{CODED}. {getattr(item, name)}"[:400] for name in texts}
                    values |= {"letter": "A"} if "letter" in values else {}
                    values |= {"quote": True} if kind is Remark else {}
                    change.update(item, **values)
        with workspace.change("Codes as they are kept") as change:
            participant, member, remark = (workspace.list(kind)[0] for kind in (Participant, Member, Remark))
            change.update(participant, code="P77")
            change.update(member, initials="ZQ")
            change.update(workspace.list(Member)[1], initials="LE9")
            change.update(remark, speaker="Quentina R")
    return path


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_copy(tmp_path_factory.mktemp("sample"))


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.TEAM])
@pytest.mark.parametrize("form", ["md", "html"])
def test_no_report_prints_a_code(coded: Path, audience: Audience, form: str) -> None:
    with Workspace.open(coded) as workspace:
        report = write_report(workspace, audience, form, TODAY)
    assert leaked(report) == []
    assert "another participant" in report.casefold()
    assert "a member of the team" in report.casefold()


def test_the_team_sees_codes_as_they_are(coded: Path) -> None:
    with Workspace.open(coded) as workspace:
        assert CODED in write_report(workspace, Audience.TEAM, "md", TODAY)


COMMANDS = {
    **{
        f"missing {audience}{form}": ["missing", "FILE", "--audience", audience, *form.split()]
        for audience in ("board", "public")
        for form in ("", " --json", " --csv")
    },
    **{f"gaps{form}": ["gaps", "FILE", "--limit", "0", *form.split()] for form in ("", " --json", " --csv")},
    **{f"sources{form}": ["sources", "FILE", *form.split()] for form in ("", " --json", " --csv")},
    **{f"assets{form}": ["assets", "FILE", *form.split()] for form in ("", " --json", " --csv")},
    **{f"nothing{form}": ["assets", "FILE", "--nothing-for", *form.split()] for form in ("", " --json", " --csv")},
    "indicators": ["indicators", "FILE", "--json"],
    "report": ["report", "FILE", "--audience", "public"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_a_code(coded: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(coded) if word == "FILE" else word for word in COMMANDS[command]]) == 0
    printed = capsys.readouterr()
    assert printed.out
    assert leaked(printed.out + printed.err) == []


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_no_breakdown_prints_a_code(coded: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    from amhe_tui.programme.breakdowns import indicators

    with Workspace.open(coded) as workspace:
        found = next(one for one in indicators(workspace) if "Ethnic Group" in one.characteristics)
    asked = [
        "breakdown",
        str(coded),
        "--indicator",
        found.id,
        "--by",
        "Ethnic Group",
        "--area",
        "Northmere ICB",
        *form.split(),
    ]
    assert main(asked) == 0
    assert leaked(capsys.readouterr().out) == []


def test_an_export_prints_no_code(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "heat.csv"
    assert main(["export", str(coded), "--to", str(target)]) == 0
    assert leaked(target.read_text(encoding="utf-8")) == []


def test_a_sheet_for_the_hall_prints_no_code_and_neither_does_its_name(coded: Path, tmp_path: Path) -> None:
    path = tmp_path / "hall.amhe"
    shutil.copy(coded, path)
    with Workspace.open(path) as workspace:
        session = workspace.list(NominalGroup)[0]
        sheet = session_sheet(workspace, session.id)
        page, _ = write_sheets(workspace, session.id, TODAY)
    assert leaked(html.write(sheet) + markdown.write(sheet)) == []
    assert leaked(page.name) == []


def leaked(text: str) -> list[str]:
    """Return every code in a text, with what stands around it."""
    return [text[max(0, one.start() - 40) : one.end() + 20] for one in LEAKS.finditer(text)][:5]


# --- the rule itself -----------------------------------------------------------------------------------------------------------------------------

RULE = made_of(
    {
        **dict.fromkeys(
            ("P4", "P7", "P45", "R_3ab", "Amina K", "P3 (carer)", "carer", "12", "B", "-", "?", "…"),
            Somebody.PARTICIPANT,
        ),
        **dict.fromkeys(("ZQ", "LE9", "Team"), Somebody.MEMBER),
    }
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("I agree with P4", "I agree with a participant"),
        ("p4 said so. P 7 did not", "A participant said so. A participant did not"),
        (
            "It was P4's idea, and P-4’s, and P04's",
            "It was a participant's idea, and a participant’s, and a participant's",
        ),
        ("With P4 and P7.", "With participants."),
        ("With P4, P7 & P 3.", "With participants."),
        ("P4/P7: yes", "Participants: yes"),
        ("as participant 4 and Participants 4 and 7 say", "as participants say"),
        ("F1 asked, then facilitator 2", "A member of the team asked, then a member of the team"),
        ("P12 was never written down", "A participant was never written down"),
        ("r_3AB and Amina K", "Participants"),
        ("Z.Q. or ZQ or Z. Q.", "Members of the team"),
        ("LE 9 told P4", "A member of the team told a participant"),
        ("of type B; it was B's plan", "of type a participant; it was a participant's plan"),
        ("P4 and P7's plan", "Participants' plan"),
        ("interview_P4.docx, notes_ZQ_2026.docx", "interview_a participant.docx, notes_a member of the team_2026.docx"),
        ("as _P4_ said", "as _a participant_ said"),
        ("P4/7 came, then P4-7 and last P4,7", "Participants came, then participants and last participants"),
        ("P4, 7 and 45 said", "Participants said"),
        ("Participant P4 and participants P4 and P7", "Participants"),
        ("participant-4, Participant4", "Participants"),
        ("It was participant no.4 or rather participant (4)", "It was a participant or rather a participant"),
        ("facilitator-1 spoke", "A member of the team spoke"),
        ("with P\u200b4 and P\u00ad7", "with participants"),
        ("P4s idea", "A participants idea"),
        ("so said amina  k", "so said a participant"),
    ],
)
def test_a_code_is_found_however_it_is_typed(typed: str, told: str) -> None:
    assert RULE.words(typed) == told


@pytest.mark.parametrize(
    "words",
    [
        "at SP4 7AB, PO4 8AA or P4 7AB",
        "PHQ-9, GAD7, MP4 and the forms P60 and P11D",
        "F20 and F32.1 are diagnoses",
        "P 4.5 and p 9 and pp4",
        "12 people, participants 12, a carer of the team",
        "B. More buses",
        "zq and Zq",
        "who? nobody - or everybody …",
        "https://example.org/p/4",
        "P4,500 leaflets, participants: 12",
        "a participant (4 years old), two participants 4 weeks",
    ],
)
def test_what_only_looks_like_a_code_stays(words: str) -> None:
    assert RULE.words(words) == words


def test_what_is_counted_after_a_code_is_no_code() -> None:
    assert RULE.words("P4 and 7 others waited") == "A participant and 7 others waited"
    assert RULE.words("P4, 7 weeks later") == "A participant, 7 weeks later"


def test_initials_that_were_changed_since_do_not_leave_the_team(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.amhe", name="A") as workspace:
        with workspace.change("Fill in") as change:
            member, remark = Member(initials="TK"), Remark(words="TK asked the bus drivers", speaker="bus", quote=True)
            change.add(member)
            change.add(remark)
        with workspace.change("Correct") as change:
            change.update(member, initials="TKW")
            change.update(remark, speaker="P3")
        rule = redaction_of(workspace, Audience.PUBLIC)
    assert rule.words("with TK on the bus") == "with a member of the team on the bus"


def test_a_form_of_the_tax_office_stays_until_somebody_is_called_so() -> None:
    assert made_of({}).words("Bring your P45") == "Bring your P45"
    assert RULE.words("Bring your P45") == "Bring your a participant"


def test_in_the_words_of_a_participant_it_is_another() -> None:
    assert RULE.words("I agree with P4", spoken=True) == "I agree with another participant"
    assert RULE.words("P4 and P7 know", spoken=True) == "Other participants know"


@given(
    before=st.text(alphabet="abc XYZ,.;:()\n“”-", max_size=20),
    after=st.text(alphabet="abc XYZ,;:()\n“”!?", max_size=20),
    code=st.sampled_from(["P4", "p7", "P 4", "P45", "ZQ", "LE9", "le 9", "R_3ab", "Amina K", "participant 4"]),
)
def test_no_code_is_left_whatever_stands_around_it(before: str, after: str, code: str) -> None:
    told = RULE.words(f"{before} {code} {after}")
    assert not re.search(rf"(?<!\w){re.escape(code)}(?!\w)", told)
    assert RULE.words(told) == told


def test_whoever_a_field_names_is_never_named_to_the_public() -> None:
    named = {
        (kind.__name__, name): face
        for kind in all_records().values()
        for name, face in faces(kind).items()
        if face.names is not None
    }
    assert all(face.audience < Audience.PUBLIC for face in named.values())
    asked = {
        (kind.__name__, name)
        for kind in all_records().values()
        for name, face in faces(kind).items()
        if re.search(r"\b(?:initials|code)\b(?! list)", face.hint, re.IGNORECASE) and face.kind is Kind.LINE
    }
    assert asked <= set(named)


def test_a_quotation_is_not_introduced_by_nobodies(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.amhe", name="A") as workspace:
        with workspace.change("Fill in") as change:
            activity = Activity(title="Remarks of P3 and P4")
            change.add(activity)
            remark = Remark(
                words="I agree with P4", translation="Like P 4", speaker="P3", quote=True, activity_id=activity.id
            )
            change.add(remark)
        report = write_report(workspace, Audience.PUBLIC, "md", TODAY)
    assert "Remarks of participants" in report
    assert "I agree with another participant" in report
    assert "Like another participant" in report
    assert "somebody and somebody" not in report
