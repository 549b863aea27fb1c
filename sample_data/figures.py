"""The made-up people of Northmere: shares and rates from which the sample files are drawn. Nothing here was counted anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YEARS = ("2022-23", "2023-24", "2024-25")
UNKNOWN = "Not stated/Not known/Invalid"
NOTHING = "NULL"

Category = tuple[str, str]
"""A characteristic's category as the annual file names it: variable_a and variable_b."""


@dataclass(frozen=True)
class Stream:
    """People of one borough treated by one provider.

    Attributes:
        borough: Code of the borough.
        provider: Code of the provider.
        referrals: Number of people referred in 2024-25.
        unknown_ethnicity: Share of them whose ethnic group is not known, by year, from 0 to 1.
        recovery: Share of those who could recover and did, from 0 to 1.
    """

    borough: str
    provider: str
    referrals: int
    unknown_ethnicity: Mapping[str, float]
    recovery: float


ICB = ("QNM", "Northmere ICB")
BOROUGHS = {"NM1": "Tollbrook", "NM2": "Kessmoor"}
PROVIDERS = {"NMP01": "Lantern Talking Therapies", "NMP02": "Mere Valley Wellbeing"}

_TOLLBROOK_UNKNOWN = {"2022-23": 0.084, "2023-24": 0.073, "2024-25": 0.064}
_KESSMOOR_UNKNOWN = {"2022-23": 0.128, "2023-24": 0.134, "2024-25": 0.138}
STREAMS = (
    Stream("NM1", "NMP01", 4870, _TOLLBROOK_UNKNOWN, 0.503),
    Stream("NM1", "NMP02", 1240, _TOLLBROOK_UNKNOWN, 0.491),
    Stream("NM2", "NMP01", 760, _KESSMOOR_UNKNOWN, 0.482),
    Stream("NM2", "NMP02", 2530, _KESSMOOR_UNKNOWN, 0.474),
)
GROWTH = {"2022-23": 0.91, "2023-24": 0.96, "2024-25": 1.0}

# Relative weight among people whose ethnic group is known: Tollbrook, Kessmoor; chance of recovery beside the average.
ETHNICITY: Mapping[Category, tuple[float, float, float]] = {
    ("White", "British"): (47.0, 78.0, 1.05),
    ("White", "Irish"): (1.4, 0.9, 1.03),
    ("White", "Any other White background"): (9.0, 6.5, 0.97),
    ("Mixed", "White and Black Caribbean"): (2.2, 1.1, 0.93),
    ("Mixed", "White and Black African"): (1.1, 0.4, 0.92),
    ("Mixed", "White and Asian"): (1.3, 0.7, 0.99),
    ("Mixed", "Any other Mixed background"): (1.6, 0.7, 0.95),
    ("Asian or Asian British", "Indian"): (3.1, 1.5, 0.95),
    ("Asian or Asian British", "Pakistani"): (7.4, 3.2, 0.87),
    ("Asian or Asian British", "Bangladeshi"): (2.1, 0.5, 0.84),
    ("Asian or Asian British", "Any other Asian background"): (2.3, 0.8, 0.93),
    ("Black or Black British", "African"): (9.6, 2.4, 0.84),
    ("Black or Black British", "Caribbean"): (6.1, 1.3, 0.85),
    ("Black or Black British", "Any other Black background"): (1.9, 0.4, 0.82),
    ("Other Ethnic Groups", "Chinese"): (0.3, 0.1, 0.96),
    ("Other Ethnic Groups", "Any Other Ethnic Group"): (3.6, 1.2, 0.90),
}
BROAD = tuple(dict.fromkeys(broad for broad, _ in ETHNICITY))

# The publisher of 2022-23 wrote these labels in another way: the same people under another name.
DRIFT_YEAR = "2022-23"
DRIFT: Mapping[str, str] = {
    "Any other White background": "Any Other White Background",
    "Any other Mixed background": "Any Other Mixed Background",
    "Any other Asian background": "Any Other Asian Background",
    "Any other Black background": "Any Other Black Background",
    "Bi-sexual": "Bisexual",
}

# Category: (share in per cent of people, finishing beside the average, recovery beside the average).
AGE: Mapping[str, tuple[float, float, float]] = {
    "Under 18": (0.9, 0.92, 0.93),
    "18 to 25": (21.5, 0.86, 0.90),
    "26 to 64": (70.8, 1.03, 1.00),
    "65 to 74": (4.5, 1.21, 1.23),
    "75 to 89": (2.2, 1.12, 1.25),
    "90 and over": (0.1, 1.00, 1.10),
}
GENDER: Mapping[str, tuple[float, float, float]] = {
    "Female": (66.3, 1.02, 1.01),
    "Male": (31.9, 0.97, 0.98),
    "Indeterminate (unable to be classified as male or female)": (0.1, 0.90, 0.80),
    UNKNOWN: (1.7, 0.80, 0.95),
}
# Recovery beside the average of each ethnic group, where gender and ethnic group cross: what the two add up to, and for Black men less than that.
CROSSED: Mapping[str, tuple[float, float]] = {"Female": (0.675, 1.03), "Male": (0.325, 0.94)}
CROSSED_LESS: Mapping[tuple[str, str], float] = {("Male", "Black or Black British"): 0.72}
DEPRIVATION: Mapping[str, tuple[float, float, float]] = {
    "01 Least deprived": (5.8, 1.15, 1.15),
    "02 Less deprived": (7.0, 1.12, 1.13),
    "03 Less deprived": (7.6, 1.09, 1.10),
    "04 Less deprived": (8.4, 1.06, 1.06),
    "05 Less deprived": (9.2, 1.03, 1.04),
    "06 More deprived": (10.3, 1.00, 1.01),
    "07 More deprived": (11.0, 0.98, 0.98),
    "08 More deprived": (12.3, 0.95, 0.95),
    "09 More deprived": (13.2, 0.91, 0.90),
    "10 Most deprived": (13.9, 0.86, 0.85),
    UNKNOWN: (1.3, 0.85, 0.98),
}
RELIGION: Mapping[str, tuple[float, float, float]] = {
    "Baha`i": (0.05, 1.0, 1.0),
    "Buddhist": (0.7, 1.0, 0.98),
    "Christian": (30.5, 1.05, 1.07),
    "Hindu": (1.6, 1.0, 0.96),
    "Jain": (0.05, 1.0, 1.0),
    "Jewish": (0.5, 1.0, 1.05),
    "Muslim": (11.2, 0.92, 0.83),
    "None": (38.4, 1.0, 1.01),
    UNKNOWN: (11.6, 0.95, 0.99),
    "Other": (3.4, 0.97, 0.93),
    "Pagan": (0.7, 0.98, 0.90),
    "Sikh": (1.2, 1.0, 0.95),
    "Zoroastrian": (0.02, 1.0, 1.0),
}
ORIENTATION: Mapping[str, tuple[float, float, float]] = {
    "Bi-sexual": (6.8, 0.95, 0.85),
    "Gay/Lesbian": (4.0, 1.01, 0.96),
    "Heterosexual": (77.1, 1.02, 1.02),
    UNKNOWN: (12.1, 0.92, 0.98),
}
# People can have several: these shares add up to more than a hundred.
DISABILITY: Mapping[str, tuple[float, float, float]] = {
    "01 Behaviour and Emotional": (9.3, 0.95, 0.86),
    "02 Hearing": (1.4, 1.05, 1.03),
    "03 Manual Dexterity": (0.5, 1.0, 0.86),
    "04 Memory or ability to concentrate, learn or understand (Learning Disability)": (5.1, 0.92, 0.80),
    "05 Mobility and Gross Motor": (3.9, 1.02, 0.84),
    "06 Perception of Physical Danger": (0.07, 1.0, 0.80),
    "07 Personal, Self Care and Continence": (0.4, 0.95, 0.75),
    "08 Progressive Conditions and Physical Health (such as HIV, cancer, multiple sclerosis, fits etc)": (
        5.2,
        1.04,
        0.9,
    ),
    "09 Sight": (0.9, 1.0, 0.99),
    "10 Speech": (0.2, 0.95, 0.85),
    "NN No Disability": (52.6, 1.03, 1.06),
    "No Code Recorded": (18.3, 0.92, 0.99),
    "XX Other": (6.2, 1.0, 0.88),
    "ZZ Not Stated (Person asked but declined to provide a response)": (2.1, 0.93, 0.97),
}

# Adult residents as a made-up register counts them, by borough: area, characteristic, group, count.
POPULATION: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "Tollbrook": {
        "Ethnic Group": {
            "White": 104310,
            "Mixed": 8120,
            "Asian or Asian British": 27440,
            "Black or Black British": 36890,
            "Other Ethnic Groups": 7660,
        },
        "Age Group": {"18 to 25": 27330, "26 to 64": 126900, "65 to 74": 17050, "75 to 89": 11800, "90 and over": 1340},
        "Deprivation": {"Most deprived fifth": 55880, "Other four fifths": 128540},
        "Main Language": {"English": 155230, "Polish": 7910, "Urdu": 5140, "Somali": 3620, "Other": 12520},
        "Unpaid Carer": {"Carer": 17340, "Not a carer": 167080},
    },
    "Kessmoor": {
        "Ethnic Group": {
            "White": 102870,
            "Mixed": 2640,
            "Asian or Asian British": 7030,
            "Black or Black British": 4880,
            "Other Ethnic Groups": 1500,
        },
        "Age Group": {"18 to 25": 12460, "26 to 64": 74210, "65 to 74": 17620, "75 to 89": 13050, "90 and over": 1580},
        "Deprivation": {"Most deprived fifth": 21050, "Other four fifths": 97870},
        "Main Language": {"English": 110640, "Polish": 4230, "Urdu": 1010, "Somali": 240, "Other": 2800},
        "Unpaid Carer": {"Carer": 13080, "Not a carer": 105840},
    },
}
