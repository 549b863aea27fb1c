"""Brings the sample files in through the importer (1A), and reads back the figures the rest of the script speaks of, so that they are true of the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from amhe_tui.analysis.gaps.reading import reading_of
from amhe_tui.intake.loading.bring import bring
from amhe_tui.programme import breakdowns
from sample_data import identify_content as content
from sample_data.maker import Maker
from store.records import DataSource

FOLDER = Path(__file__).parent
PERIOD = "2024-25"
NORTHMERE, KESSMOOR, TOLLBROOK = "QNM", "NM2", "NM1"
RECOVERY, REFERRALS = "recovery.percentage", "referrals_received.count"


@dataclass(frozen=True)
class Figure:
    """What the scripts say of a gap; values in per cent, from 0 to 100."""

    indicator: str
    indicator_id: str
    area: str
    period: str
    value: float
    other: float
    sentence: str
    method: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Targets:
    """What the goals are to reach, in per cent; each is worked out from its baseline."""

    black_target: float
    deprived_target: float
    unknown_target: float


def bring_in(maker: Maker) -> None:
    """Import every sample file, with what the team knows of each."""
    for name, noted in content.FILES.items():
        about = {key: str(value) for key, value in {**content.FILE_FACTS, **noted}.items() if key != "key"}
        mapping = content.POPULATION_MAPPING if name == "northmere_population.csv" else None
        bring(maker.workspace, FOLDER / name, mapping=mapping, about=about)
    files = {source.file_name: source.id for source in maker.workspace.list(DataSource)}
    maker.ids |= {str(noted["key"]): files[name] for name, noted in content.FILES.items()}


def read_back(maker: Maker) -> None:
    """Read from the breakdowns every figure that the findings and goals speak of."""
    figures = {
        "black": _gap(maker, "Ethnic Group", "Black or Black British", "White"),
        "deprived": _gap(maker, "Indices of Deprivation Decile", "10 Most deprived", "01 Least deprived"),
        "muslim": _gap(maker, "Religion", "Muslim", "Christian"),
        "bisexual": _gap(maker, "Sexual Orientation Type", "Bi-sexual", "Heterosexual"),
        "unknown": _unknown(maker),
        "older": _older(maker),
    }
    maker.figures |= figures
    black, deprived = figures["black"], figures["deprived"]
    # More than half of the gap, in whole points, with the group compared with left where it is.
    maker.figures["goals"] = Targets(
        black_target=black.value + round(0.6 * (black.other - black.value)),
        deprived_target=deprived.value + round(0.4 * (deprived.other - deprived.value)),
        unknown_target=6.0,
    )


def _gap(maker: Maker, characteristic: str, group: str, other: str) -> Figure:
    breakdown = breakdowns.breakdown(maker.workspace, RECOVERY, characteristic, area=NORTHMERE, period=PERIOD)
    reading = reading_of(breakdown, group=group, compared_with=other)
    row = next(row for row in breakdown.rows if row.group == group)
    if reading.value is None or reading.compared_value is None:
        raise ValueError(f"The sample files hold no gap between {group} and {other}.")
    method = reading.gap.method if reading.gap else "published percentages"
    return Figure(
        indicator=f"{breakdown.indicator} ({breakdown.statistic})",
        indicator_id=breakdown.indicator_id,
        area=breakdown.area,
        period=breakdown.period,
        value=reading.value,
        other=reading.compared_value,
        sentence=reading.sentence,
        method=method,
        lower=row.lower,
        upper=row.upper,
    )


def _unknown(maker: Maker) -> Figure:
    shares: list[float] = []
    for area in (KESSMOOR, TOLLBROOK):
        breakdown = breakdowns.breakdown(maker.workspace, REFERRALS, "Ethnic Group", area=area, period=PERIOD)
        if breakdown.completeness is None:
            raise ValueError("The sample files do not say how many people's ethnic group is unknown.")
        shares.append(round(100 * (1 - breakdown.completeness), 1))
    sentence = f"Of every 100 people referred in Kessmoor the ethnic group of {shares[0]:.0f} is not known; in Tollbrook that of {shares[1]:.0f}."
    return Figure(
        "Referrals whose ethnic group is not known (%)",
        REFERRALS,
        "Kessmoor",
        PERIOD,
        shares[0],
        shares[1],
        sentence,
        "share of rounded counts",
    )


def _older(maker: Maker) -> Figure:
    older = ("65 to 74", "75 to 89", "90 and over")
    referred = breakdowns.breakdown(maker.workspace, REFERRALS, "Age Group", area=NORTHMERE, period=PERIOD)
    (held,) = (
        indicator for indicator in breakdowns.indicators(maker.workspace) if "Unpaid Carer" in indicator.characteristics
    )
    living = breakdowns.breakdown(maker.workspace, held.id, "Age Group", area="Northmere ICB")
    shares: list[float] = []
    for breakdown in (referred, living):
        groups = {
            row.group: row.value or 0.0
            for row in breakdown.rows
            if row.level in ("broad", "detailed") and row.group != "Under 18"
        }
        shares.append(round(100 * sum(groups[name] for name in older) / sum(groups.values()), 1))
    sentence = f"Of every 100 adults referred, {shares[0]:.0f} are 65 or over; of every 100 adults who live in Northmere, {shares[1]:.0f} are."
    return Figure(
        "Share of adults referred who are 65 or over (%)",
        REFERRALS,
        referred.area,
        PERIOD,
        shares[0],
        shares[1],
        sentence,
        "shares of counts; two sources set side by side",
    )
