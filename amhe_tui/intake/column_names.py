"""What columns are called in files of figures, as patterns over their names in small letters and words; the first that fits decides."""

from __future__ import annotations

import re

_PLACE = (
    r"area|practice|pcn|ics|org(?:anisation)?|provider|geography|la|lad|ltla|utla|lsoa|msoa|icb|icbl|ccg|sicbl|sub icb|region|trust|ward|district|authority|local authority|"
    r"local authorities|council area|health board|location|country|constituency|gp practice|school"
)
_JOINED = r"^(?:ad )?(?:practice|pcn|ics|icb|region|ccg)"
_OTHERWISE = r"^(?:orgname\d?|[a-z]+\d\d ?nm)$|^national regional"
"""Names of places as organisations, boundary files and Stat-Xplore call them."""
_TIMES = (
    r"years?|date|month|period|time|time period|reporting period|financial year|fin year|fiscal year|quarter|month ?/? ?year|week|week ending|year ending|"
    r"calendar year|survey year|reporting year|date range"
)
_BESIDE = (
    r"fid|objectid|index|row|row id|unnamed|status|sort order|time period sortable|sortable|geometry|shape|lat(?:itude)?|lon(?:g|gitude)?|easting|northing|"
    r"value note|notes?|footnotes?|recent trend|compared to .*|new data|time period range|data ?source"
)
_FIGURES = (
    r"value|figure|estimate|observation|obs value|measure value|measure value suppressed|metric value|indicator value|dq result|percentage|percent|rate|count|"
    r"number|n|total"
)
_NAMES: tuple[tuple[str, str], ...] = (
    ("ignore", rf"^(?:{_BESIDE})$"),
    ("period_starts", r"^(?:reporting )?(?:period )?start(?: date)?$|^(?:date )?from$|period start"),
    ("period_ends", r"^(?:reporting )?(?:period )?end(?: date)?$|^(?:date )?to$|period end"),
    (
        "lower",
        r"(?:9\d|ci|conf\w*|limit|bound)\b.*\blower\b|lower.*(?:ci|limit|conf|bound|95)|^(?:lci|lcl|lowercl|ci lb|ci lower|lower)$",
    ),
    (
        "upper",
        r"(?:9\d|ci|conf\w*|limit|bound)\b.*\bupper\b|upper.*(?:ci|limit|conf|bound|95)|^(?:uci|ucl|uppercl|ci ub|ci upper|upper)$",
    ),
    ("standard_error", r"^(?:se|std err(?:or)?|standard error)$"),
    ("numerator", r"^(?:numerator|num)$"),
    ("denominator", r"^(?:denominator|den|denom)$"),
    ("indicator_id", r"^(?:indicator|measure|metric|variable) ?(?:id|code|abbr(?:eviation)?)$"),
    ("indicator", r"^(?:dq )?(?:indicator|measure|metric|question)(?: name| text| label| title| description)?$"),
    ("statistic", r"^(?:statistic|measure statistic|value type|measure type|stat)$"),
    ("unit", r"^(?:units?|unit of measure|unit label|measure unit)$"),
    (
        "area_type",
        r"^(?:area|org(?:anisation)?|geography|geographic|group|location|provider|setting) ?(?:type|level|breakdown)$|^geography$|^(?:reporting )?level$",
    ),
    (
        "area_code",
        rf"{_JOINED}code$|\b(?:{_PLACE}|oa|gss|ons|ods|data zone)\b.*\b(?:code|cd|id)\b|^(?:ecode|gss|code|mnemonic|org ?id|orgcode\d?)$|^[a-z]+\d\d(?: ?cd| code)$",
    ),
    (
        "area",
        rf"\b(?:{_PLACE})\b(?: name| nm)?(?: \(?\d{{4}}\)?)?$|{_JOINED}name$|{_OTHERWISE}|^(?:place|setting|hospital|county|city|locality|neighbourhood|data zone)$",
    ),
    (
        "characteristic",
        r"^(?:characteristic|dimension|demographic|breakdown|variable type|category type|equality strand|breakdown type|topic|subgroup type|domain type)$",
    ),
    (
        "group",
        r"^(?:demographic ?breakdown|subgroup|category|group|label|variable a|breakdown (?:value|category)|sub ?category|group name|subgroup name)$",
    ),
    ("subgroup", r"^(?:variable b|sub ?label|detail)$"),
    ("period_kind", r"^time identifier$"),
    ("period", rf"^(?:{_TIMES})(?: name| label)?$|^mid.?year"),
    ("value", rf"^(?:{_FIGURES})$"),
)
NAME_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _NAMES)
"""Roles of columns and the names they go by."""
