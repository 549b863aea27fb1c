"""Words of the field, each in a sentence."""

from __future__ import annotations

GLOSSARY = {
    "access, experience, outcomes": "The three places inequality shows: getting help, what the help is like, and how people fare afterwards.",
    "ballot": "One person's ranking in a secret vote; it is kept with nothing that leads to a person.",
    "baseline": "The figure before anything was changed.",
    "benchmark": "Somebody else's figure, set beside ours to learn from.",
    "broad and detailed groups": "A broad ethnic group, such as Asian, and the groups within it, such as Indian; their figures are never added together.",
    "CCQI": "The College Centre for Quality Improvement, whose standards services assess themselves against.",
    "completeness": "The share of people whose characteristic is known.",
    "confidence limits": "The range within which the figure would lie, 95 times in 100, if chance alone moved it.",
    "co-production": "Deciding together, with equal say, from the first question to the review.",
    "Core20PLUS5": "NHS England's focus: the most deprived fifth of the population, groups chosen locally, and five clinical areas.",
    "driver diagram": "An aim, what drives it, and ideas to test, drawn from left to right.",
    "EIA": "Equality impact assessment: who would gain or lose by a plan, thought through before it is decided.",
    "finding": "An inequality in one sentence: who, compared with whom, in what, how large, how sure.",
    "golden thread": "The chain from a gap in the numbers, through voices and votes, to a goal and the proof that the gap closed.",
    "inclusion health": "Care for people whom services reach least, such as people who are homeless or seeking asylum.",
    "Kendall's W": "How far voters agree, from 0 (not at all) to 1 (wholly).",
    "lived experience": "Having been through it oneself.",
    "MHSDS": "The Mental Health Services Data Set, published monthly for England.",
    "nominal group technique": "Silent writing, one idea each in turn, clarification, and a secret ranked vote.",
    "PCREF": "The Patient and Carer Race Equality Framework, NHS England's anti-racism framework for mental health.",
    "positive practice": "What worked somewhere: what was done, how it was set up, what changed.",
    "PREM": "Patient-reported experience measure: what care was like.",
    "PROM": "Patient-reported outcome measure: how somebody fares.",
    "protected characteristics": "The nine that the Equality Act 2010 names, from age to sexual orientation.",
    "PSED": "The public sector equality duty, section 149 of the Equality Act 2010: three aims to weigh in every decision.",
    "rehearsal": "A practice copy in which nothing is real.",
    "SMART": "Specific, measurable, achievable, relevant, timed.",
    "suppression": "Hiding small numbers so that nobody can be recognised.",
    "theory of change": "What you put in, do and expect to change, with the belief behind each arrow.",
    "you said, we did": "Telling people what came of what they said.",
}
"""Terms and their meaning."""
