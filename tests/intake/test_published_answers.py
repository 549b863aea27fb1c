"""Every published file beside the checkout, and what is known of it, asked through the program's own intake."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.intake_adapter import Tidy, ask, load

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
LOOKED_FOR = "the published files lie beside the checkout, not in it"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=LOOKED_FOR)
Case = tuple[str, dict[str, Any], object]

MHA = "mha_2023-24_icb_extract.csv"
ENGLAND = "nhstt_annual_england_2017-22.csv"
FULL = "nhstt_annual_2017-18_full.csv.gz"
MONTH = "mhsds_4ww_apr2024.csv"
SERIES = "iapt_monthly_timeseries_feb2019-feb2020.xlsx"
STAFF = "nhs_staff_survey_2018_job_by_religion.xls"
ETHNIC = "census2021_ethnic_group_la_gm.csv"
RELIGION = "census2021_religion_la_gm.csv"
DISABILITY = "census2021_disability_age_standardised_la_gm.csv"
AGES = "ons_mye2024_trafford_all_geographies_wide.csv"
SCOTLAND = "scotland_census2022_ethnic_group_superweb.csv"
HOUSING = "rdu_housing_tenure_by_ethnicity_cr_bom.csv"
HOSPITALS = "nhs_hospitals_not-sign_latin1.csv"
WAITING = "ni_emergency_waiting_percent_text.csv"
SUB_ICB = "iapt_sub_icb_tidy_2022.csv"
SERVICES = "assets_trafford_mental_health_services.csv"
REFERRAL = "open_referral_uk_services_mock.json"
FORM = "google_forms_export.csv"
DEPRIVED = "imd2019_lad_summaries.xlsx"
EQUALITY = "tt_2024_25_england_equality.csv"
RATE = {"indicator": "All detentions", "statistic": "rate", "characteristic": "ethnicity", "want": "value"}
RECOVERY = {"indicator": "recovery", "statistic": "percentage", "area": "England", "want": "value"}
BY_ETHNIC = {**RECOVERY, "characteristic": "ethnic group", "level": "broad"}
GROUPS = ("White", "Black or Black British", "Asian or Asian British")
MONTHS = (
    "Feb 2019",
    "Mar 2019",
    "Apr 2019",
    "May 2019",
    "Jun 2019",
    "Jul 2019",
    "Aug 2019",
    "Sep 2019",
    "Oct 2019",
    "Nov 2019",
    "Dec 2019",
    "Jan 2020",
    "Feb 2020",
)
RECOVERED = (53.6, 53.1, 52.9, 52.1, 51.4, 51.4, 52.2, 51.9, 51.3, 50.6, 50.7, 51.1, 51.0)
DISABLED = {
    "Bolton": 19.3,
    "Bury": 19.0,
    "Manchester": 22.3,
    "Oldham": 19.9,
    "Rochdale": 20.5,
    "Salford": 21.2,
    "Stockport": 18.0,
    "Tameside": 20.8,
    "Trafford": 16.6,
    "Wigan": 20.2,
}
TICKED = {
    "I am autistic": 33, "I am a parent/ guardian of someone autistic": 17, "I know someone who is autistic": 16, "Someone in my family is autistic": 6,
    "I have another personal connection to autism": 4, "Prefer not to say": 1,
}  # fmt: skip


def _cases() -> Iterator[Case]:
    yield MHA, {"want": "rows"}, 1636
    yield MHA, {"indicator": "Total_Count", "status": "blank", "want": "rows"}, 286
    for group, rate in (("Black or Black British", 289.1), ("White", 95.3)):
        yield MHA, {**RATE, "group": group, "area": "NHS BIRMINGHAM AND SOLIHULL INTEGRATED CARE BOARD"}, rate
    yield ENGLAND, {"want": "rows"}, 6538
    for year, (*values, total) in {
        "2017-18": (51.7, 46.4, 45.3, 50.8), "2018-19": (52.9, 48.6, 47.1, 52.1), "2019-20": (51.9, 48.6, 46.1, 51.1), "2021-22": (50.8, 50.8, 47.3, 50.2),
    }.items():  # fmt: skip
        for group, value in zip(GROUPS, values, strict=True):
            yield ENGLAND, {**BY_ETHNIC, "group": group, "period": year}, value
        yield ENGLAND, {**RECOVERY, "period": year}, total
    yield ENGLAND, {"status": "not collected", "want": "rows"}, 1602
    yield ENGLAND, {"want": "suppressed"}, 0
    yield FULL, {"want": "rows"}, 665280
    yield FULL, {"want": "suppressed"}, 152333
    for group, value in {
        "White": 51.7,
        "Black": 46.4,
        "Asian": 45.3,
        "Mixed": 45.7,
        "Other Ethnic Groups": 44.7,
    }.items():
        yield FULL, {**BY_ETHNIC, "area_type": "England", "group": group}, value
    yield FULL, {**RECOVERY, "characteristic": "ethnic group", "group": "Not stated"}, 47.4
    yield FULL, {"indicator": "referrals_received", "area": "England", "want": "value"}, 1439957
    for kind, rows in {
        "CCG": 324940,
        "Provider": 261800,
        "STP": 69300,
        "Commissioning Region": 7700,
        "England": 1540,
    }.items():
        yield FULL, {"area_type": kind, "want": "rows"}, rows
    yield MONTH, {"want": "rows"}, 19958
    yield MONTH, {"want": "suppressed"}, 12477
    yield MONTH, {"indicator": "MRS01b", "area": "England", "want": "value"}, 10.64024
    yield MONTH, {"indicator": "MRS09f", "area": "England", "want": "value"}, 44.29893
    yield MONTH, {"indicator": "MRS06", "area_type": "ICB", "want": "sum"}, 491890
    yield MONTH, {"indicator": "MRS06", "area": "England", "want": "value"}, 491886
    yield MONTH, {"indicator": "MRS01b", "area": "NHS NORTHAMPTONSHIRE INTEGRATED CARE BOARD", "want": "value"}, 27.0
    yield MONTH, {"indicator": "MRS01b", "area": "NHS DEVON INTEGRATED CARE BOARD", "want": "value"}, 3.0
    yield MONTH, {"indicator": "MRS01b", "area_type": "ICB", "want": "suppressed"}, 9
    yield SERIES, {"want": "rows"}, 32097
    yield SERIES, {"want": "suppressed"}, 77380
    for kind, rows in {"CCG/Provider": 27105, "CCG": 2613, "Provider": 2366, "England": 13}.items():
        yield SERIES, {"area_type": kind, "want": "rows"}, rows
    for month, value in zip(MONTHS, RECOVERED, strict=True):
        yield SERIES, {"indicator": "recovery", "area": "England", "period": month, "want": "value"}, value
    yield SERIES, {"indicator": "Referrals Received", "area": "England", "want": "sum"}, 1842025
    yield STAFF, {"want": "rows"}, 10
    yield ETHNIC, {"area": "Manchester", "want": "sum"}, 551938
    for group, share in {"Black": 11.9, "Asian": 20.9, "White": 56.8, "Mixed": 5.3, "Other": 5.1}.items():
        yield (
            ETHNIC,
            {"area": "Manchester", "group": group, "level": "broad", "statistic": "percentage", "want": "value"},
            share,
        )
    yield RELIGION, {"area": "Trafford", "group": "Muslim", "statistic": "percentage", "want": "value"}, 8.7
    yield AGES, {"area": "Trafford", "want": "sum"}, 241025
    yield AGES, {"indicator": "all_ages", "want": "sum"}, 241025
    yield AGES, {"area": "Trafford", "characteristic": "age", "level": "detailed", "want": "sum"}, 241025
    yield SCOTLAND, {"want": "rows"}, 6976
    yield SCOTLAND, {"indicator": "All people", "want": "sum"}, 5439618
    for group, value in {"White British": 67.68, "Black": 29.22, "Total": 63.61}.items():
        yield HOUSING, {"indicator": "Owners", "characteristic": "Race", "group": group, "want": "value"}, value
    yield HOSPITALS, {"want": "rows"}, 1231
    for group, rows in {"Independent Sector": 464, "NHS Sector": 767}.items():
        yield HOSPITALS, {"characteristic": "Sector", "group": group, "want": "rows"}, rows
    yield WAITING, {"want": "rows"}, 3704
    yield WAITING, {"indicator": "Total", "period": "Dec 2024", "want": "sum"}, 63347
    yield SUB_ICB, {"want": "rows"}, 12826
    yield SUB_ICB, {"status": "not applicable", "want": "rows"}, 79
    yield SERVICES, {"want": "rows"}, 60
    yield REFERRAL, {"want": "rows"}, 128
    yield FORM, {"want": "rows"}, 42
    for answer, number in TICKED.items():
        yield FORM, {"indicator": "Q2", "group": answer, "want": "value"}, number
    yield FORM, {"indicator": "Q1", "group": "no answer", "want": "value"}, 14
    yield DEPRIVED, {"indicator": "IMD - Rank of average score", "area": "Manchester", "want": "value"}, 6
    yield DEPRIVED, {"indicator": "IMD - Rank of average score", "area": "Blackpool", "want": "value"}, 1
    yield (
        EQUALITY,
        {
            "indicator": "recovery",
            "statistic": "percentage",
            "characteristic": "BME Group",
            "group": "BME",
            "want": "value",
        },
        47.7,
    )


@cache
def _loaded(name: str) -> Tidy:
    return load(str(DATA / name))


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    for name in sorted({name for name, _, _ in _cases()}):
        _loaded(name).close()
    _loaded.cache_clear()


@pytest.mark.xdist_group("published")
@pytest.mark.parametrize(("name", "question", "answer"), list(_cases()), ids=lambda one: str(one)[:60])
def test_what_is_known_of_a_published_file(name: str, question: dict[str, Any], answer: object) -> None:
    found = ask(_loaded(name), question)
    assert found == (answer if isinstance(answer, int) else pytest.approx(answer, abs=0.051))


@pytest.mark.parametrize(
    "name",
    sorted(path.name for path in DATA.glob("*") if path.name not in ("answers.json", "manifest.json"))
    if DATA.is_dir()
    else [],
)
def test_every_published_file_comes_in_with_every_row(name: str) -> None:
    assert _loaded(name).result.rows > 0
    assert _loaded(name).result.rejected == ()


def test_what_the_columns_of_the_staff_survey_add_up_to() -> None:
    """Often and always together."""
    for group, expected in {"Hindu": 78.5, "No religion": 53.8, "I would prefer not to say": 46.6}.items():
        answers = [
            ask(
                _loaded(STAFF),
                {"indicator": f"a) I look forward to going to work. | {one}", "group": group, "want": "value"},
            )
            for one in ("Often", "Always")
        ]
        assert sum(float(str(one)) for one in answers) == pytest.approx(expected, abs=0.051)


def test_the_share_of_disabled_people_in_every_district() -> None:
    for area, expected in DISABLED.items():
        parts = [
            ask(_loaded(DISABILITY), {"area": area, "group": f"limited a {how}", "want": "value"})
            for how in ("lot", "little")
        ]
        assert sum(float(str(one)) for one in parts) == pytest.approx(expected, abs=0.051)


def test_shares_recomputed_from_text_with_commas_and_percent_signs() -> None:
    top, bottom = (
        ask(_loaded(WAITING), {"indicator": name, "period": "Dec 2024", "want": "sum"})
        for name in ("Under 4 Hours", "Total")
    )
    assert 100 * float(str(top)) / float(str(bottom)) == pytest.approx(40.6, abs=0.051)
    assert float(str(ask(_loaded(MONTH), {"indicator": "MRS01a", "area": "England"}))) / float(
        str(ask(_loaded(MONTH), {"indicator": "MRS01", "area": "England"}))
    ) == pytest.approx(0.1064, abs=0.00005)


def test_people_who_did_not_answer_are_unknown_and_not_a_religion() -> None:
    assert ask(
        _loaded(RELIGION), {"area": "Trafford", "characteristic": "religion", "want": "completeness"}
    ) == pytest.approx(1 - 12007 / 235052, abs=0.002)


def test_months_are_in_the_order_of_the_calendar_and_labels_stay_text() -> None:
    source = _loaded(SUB_ICB).workspace.read(lambda raw: raw.execute("SELECT period FROM data_source").fetchone())[0]
    assert source == "July 2022 to May 2023"
    codes = {
        row[0] for row in _loaded(MONTH).workspace.read(lambda raw: raw.execute("SELECT code FROM area").fetchall())
    }
    assert {"8E782", "108", "819", "8E970"} <= codes
    starts = {
        row[0] for row in _loaded(MONTH).workspace.read(lambda raw: raw.execute("SELECT starts FROM period").fetchall())
    }
    assert starts == {"2024-02-01", "2024-04-01"}


def test_a_rate_is_never_added_to_another() -> None:
    with pytest.raises(Exception, match="cannot be added"):
        ask(
            _loaded(FULL),
            {
                "indicator": "recovery",
                "statistic": "percentage",
                "characteristic": "gender",
                "area": "England",
                "want": "sum",
            },
        )


def test_the_first_time_stamp_of_a_form_is_read_month_first() -> None:
    assert (
        _loaded(FORM).workspace.read(lambda raw: raw.execute("SELECT starts FROM period").fetchone())[0] == "2019-08-21"
    )


def test_what_people_wrote_became_remarks() -> None:
    found = _loaded(FORM).workspace.read(lambda raw: raw.execute("SELECT count(*) FROM remark").fetchone())[0]
    assert found == 42 - 14
