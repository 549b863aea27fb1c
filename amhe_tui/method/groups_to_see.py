"""The standing list of people whom numbers tend to miss: why that is, by which words a file would show them, and where they can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from amhe_tui.method.choices import GroupKind
from amhe_tui.method.groups.words import plain


@dataclass(frozen=True)
class StandingGroup:
    """One group to look for in every programme.

    Attributes:
        code: A short stable name.
        name: Who they are, in respectful words.
        kind: An inclusion health group, a co-occurring condition, or another.
        why: Why numbers miss them.
        words: A pattern; a heading, label or indicator that holds it speaks of them.
        partly: A pattern; what holds it speaks of them among others, or of some of them.
        route: Where they can be reached for 1B, and what makes coming easier.
    """

    code: str
    name: str
    kind: GroupKind
    why: str
    words: str
    partly: str
    route: str

    def shown_by(self, text: str) -> bool:
        """Tell whether a heading, label or name plainly speaks of them."""
        return bool(_pattern(self.words).search(text))


@lru_cache(maxsize=256)
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _inclusion(code: str, name: str, why: str, words: str, partly: str, route: str) -> StandingGroup:
    return StandingGroup(code, name, GroupKind.INCLUSION, why, words, partly, route)


def _other(code: str, name: str, why: str, words: str, partly: str, route: str) -> StandingGroup:
    return StandingGroup(code, name, GroupKind.OTHER, why, words, partly, route)


def _condition(code: str, name: str, why: str, words: str, partly: str, route: str) -> StandingGroup:
    return StandingGroup(code, name, GroupKind.CONDITION, why, words, partly, route)


STANDING = (
    _inclusion(
        "homeless", "People who are homeless or sleep rough",
        "Services count people by address and practice. Somebody without either is seldom registered, and staying with friends is not written down at all.",
        r"homeless|sleep(s|ing|ers?)? rough|rough sleep|roofless",
        r"no fixed abode|temporary accommodation|supported accommodation|accommodation status|settled accommodation|\bhostel",
        "Hostels, day centres, soup runs and outreach workers; go there, at a time when people are in anyway, and bring food and payment in a form they can use.",
    ),
    _inclusion(
        "substances", "People dependent on drugs or alcohol",
        "They are counted by treatment services of their own. People who were turned away, or hide it for fear of what follows, are counted nowhere.",
        r"substance (mis)?use|drug (mis)?use|(drug|alcohol|substance)s? depend|dependent on (drugs|alcohol)|addict|\bdrugs? (and|or|&) alcohol",
        r"\bdrugs? or\b|alcohol|\bdrugs\b",
        "Drug and alcohol services, recovery groups, needle exchanges and mutual aid meetings; ask a peer worker to invite, and do not ask people to be sober to be heard.",
    ),
    _inclusion(
        "migrants", "Refugees, asylum seekers and other vulnerable migrants",
        "Immigration status is not recorded, with good reason, and people who fear that it will be passed on stay away. Dispersal moves them on before they are counted.",
        r"asylum|refugee|undocumented|\bmigrants?\b|no recourse",
        r"country of birth|nationality|passports? held|immigra|year of arrival|recent arriv|interpreter",
        "Refugee councils, places of dispersal, English classes and places of worship; an interpreter people accept, and a plain promise of what is not asked or passed on.",
    ),
    _inclusion(
        "traveller", "Gypsy, Roma and Traveller people",
        "Many code lists have no group for them and file them under other White groups; others name Gypsy and Irish Traveller but not Roma. Many do not say so when asked.",
        r"\bgypsy|\bgypsies|\broma\b|\btravellers?\b|\bshowm[ae]n|boat dwell|\bbarge", "",
        "Sites, Traveller education and liaison workers, community organisations of their own; go to families through somebody they know, and do not rely on anything written.",
    ),
    _inclusion(
        "sex_workers", "Sex workers",
        "Nobody asks, and few would say so to a service that might judge or report them.",
        r"\bsex work", "",
        "Outreach and sexual health projects run with sex workers; talk one to one if people prefer, at hours that suit, and write down nothing that could identify anybody.",
    ),
    _inclusion(
        "justice", "People in contact with the justice system, in prison or as young offenders",
        "Health care in prison is counted apart. On release the thread breaks: no practice, a new area, and nothing that says where somebody was.",
        r"prison|young offend|\boffend|probation|criminal justice|youth justice|custody|secure estate|liaison and diversion",
        r"\bforensic|court order|\bpolice\b",
        "Probation, youth justice teams, prison health champions, and charities that meet people at the gate; agree beforehand with the prison what may be brought in and said.",
    ),
    _inclusion(
        "slavery", "Victims of modern slavery",
        "They are kept from services or come with whoever controls them; those who got away often live under protection and are in no table by design.",
        r"modern slavery|traffick(ed|ing)|\bslavery", r"exploit",
        "Through the charities that support survivors, and only as they advise; never call a group in the open, and let a supporter speak where that is safer.",
    ),
    _other(
        "care", "Looked-after children and care leavers",
        "They are children in one system and patients in another, and at eighteen they vanish from the first. Moves between areas split what is known.",
        r"looked.after|care leav|leaving care|care.experienc|children in care|foster", r"social care|safeguard",
        "The council's leaving care team, a Children in Care Council, foster carers; pay young people like adults and let them choose place and time.",
    ),
    _other(
        "veterans", "Veterans and their families",
        "The question about service is often missing from forms or left blank, and families are not asked at all.",
        r"veteran|armed forces|ex.(british )?(armed )?(forces|military|service)|military|served in", "",
        "Veterans' breakfast clubs, charities of the forces, reservist units; a veteran who invites is worth more than a letter.",
    ),
    _other(
        "carers", "Carers and young carers",
        "They are seen as the relative of a patient. Young carers hide it at school, and many do not call themselves carers.",
        r"\b(unpaid |young )?carers?\b|unpaid care", "",
        "Carers' centres, schools, practices' carers' registers; offer to pay for somebody to sit in, and say what you mean by caring rather than the word.",
    ),
    _other(
        "learning_disability", "People with a learning disability",
        "They are counted in teams of their own, a learning difficulty is taken for it, and forms that are not in Easy Read are left empty.",
        r"learning disab|intellectual disab|\bLDA?\b(?! score)",
        r"learning difficult|memory or ability to concentrate",
        "Self-advocacy groups, day services, community learning disability teams; Easy Read beforehand, small groups, more time, a supporter of the person's choice.",
    ),
    _other(
        "autism", "Autistic people",
        "Most adults were never assessed, the mark sits in free text, and lists of disability have no line for it.",
        r"\bautis|asperger|\bASD\b|\bASC\b", r"neuro.?diver|neurodevelop|\bLDA\b|social or behavioural",
        "Groups led by autistic people; send questions in advance, offer writing as well as speaking, and tell people what the room is like.",
    ),
    _other(
        "trans", "Trans and non-binary people",
        "Systems hold one field with two answers, small numbers are hidden, and people who were treated badly do not say.",
        r"\btrans(gender|sexual)?\b|gender identity|gender reassign|gender.?queer|\bsame as (at|registered at) birth|registered at birth",
        r"non.?binary|lgbt",
        "Trans-led groups and LGBT+ centres; say how names are used and kept, and do not ask more than the question at hand needs.",
    ),
    _other(
        "digital", "People without internet, a device or the confidence to use it",
        "Online forms, self-referral and surveys count those who are online. Who could not get in leaves no trace there.",
        r"digital(ly)? exclu|without internet|no internet|internet (access|use)|\boffline\b|digital exclusion", r"broadband|\bonline\b|digital",
        "Libraries, food banks, post offices, the telephone and the letterbox; never invite by link alone.",
    ),
    _condition(
        "drug_use", "Drug use together with a mental health need",
        "Two services hold one half each, and one diagnosis a person is recorded, so the other need cannot be seen.",
        r"dual diagnosis|co.?occurring (substance|drug)|substance (mis)?use|\bdrug (mis)?use|drugs? (and|or|&) alcohol", r"\bdrugs?\b",
        "Drug services and the people whom each service sends back to the other; ask staff whom they cannot place.",
    ),
    _condition(
        "alcohol", "Alcohol together with a mental health need",
        "Referrals are refused until somebody stops drinking, and refusals are not counted with their reason.",
        r"alcohol (mis)?use|alcohol depend|\bdrinking\b|alcohol related|^alcohol", r"alcohol",
        "Alcohol services, mutual aid meetings, practice nurses and hospital liaison teams.",
    ),
    _condition(
        "long_term", "Physical long-term conditions together with a mental health need",
        "The low mood of somebody with diabetes, pain or lung disease is taken for part of the illness and never coded.",
        r"long.?term (physical )?(health )?condition|\bLTC\b|progressive conditions|medically unexplained", r"physical health|chronic|multi.?morbid|diabet",
        "Clinics and support groups for the condition, rehabilitation classes, community pharmacies.",
    ),
    _condition(
        "with_learning_disability", "A learning disability together with a mental health need",
        "A change in behaviour is put down to the disability, so the need behind it is neither named nor counted.",
        r"learning disab|intellectual disab|\bLDA?\b(?! score)", r"learning difficult|memory or ability to concentrate",
        "Community learning disability teams, families and supporters, annual health checks.",
    ),
    _condition(
        "with_autism", "Autism together with a mental health need",
        "Anxiety or burnout is read as autism, or autism as a disorder of personality; the record holds one of the two.",
        r"\bautis|asperger|\bASD\b|\bASC\b", r"neuro.?diver|neurodevelop|\bLDA\b",
        "Groups led by autistic people, diagnostic services and their waiting lists, university support teams.",
    ),
    _condition(
        "severe", "Severe mental illness together with physical ill health",
        "Practices hold the health checks and trusts the mental health care; few tables bring the two together.",
        r"(severe|serious) mental illness|\bSMI\b|physical health checks?", r"psychosis|bipolar|schizophren",
        "Community mental health teams, peer workers, clozapine and depot clinics, clubhouses.",
    ),
    _condition(
        "perinatal", "Pregnancy and the time around birth together with a mental health need",
        "Maternity and mental health keep apart records, and mothers fear what follows when they say how they are. Fathers and partners are not asked.",
        r"perinatal|postnatal|antenatal|pregnan|maternity|maternal", r"\bbirths?\b|new mothers|health visit",
        "Midwives, health visitors, baby groups and peer supporters; a room where babies are welcome.",
    ),
)  # fmt: skip
"""Inclusion health groups first, then others whom data often miss, then conditions that stand in front of one another."""


def standing_for(name: str, kind: str = "") -> StandingGroup | None:
    """Return the group of the standing list that a name means, or None where it means none of them or several.

    Args:
        name: Who, in anybody's words.
        kind: The code of its kind; "" looks through all of them, those that are no condition first.
    """
    exact = next((group for group in STANDING if plain(group.name) == plain(name)), None)
    if exact:
        return exact
    kinds = [kind] if kind and kind != str(GroupKind.OTHER) else ["", str(GroupKind.CONDITION)]
    for wanted in kinds:
        groups = [group for group in _of_kind(wanted) if group.shown_by(name)]
        # Words for two groups at once, such as homeless refugees, are a group of their own.
        if groups:
            return groups[0] if len(groups) == 1 else None
    return None


def _of_kind(kind: str) -> Iterable[StandingGroup]:
    if kind == str(GroupKind.CONDITION):
        return (group for group in STANDING if group.kind == GroupKind.CONDITION)
    return (group for group in STANDING if group.kind != GroupKind.CONDITION)
