"""How labels of groups are read: without their case, punctuation, codes and footnotes, and which of them are totals or say that nothing is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_APOSTROPHES = re.compile("['’‘`\u00b4\u02bc]")


_NOT_WORDS = re.compile(r"[^\w<>+%]+|_+")


_FOOTNOTE = re.compile(r"\s*(\[(?:note|footnote)?\s*\d{1,2}\]|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=[a-z)])\d)$", re.IGNORECASE)


_LEADING_CODE = re.compile(r"^\s*(?:[A-Z]{1,2}|[A-Z]?\d{1,2})\s*(?:[:.)=\-–—]\s*|\s+)(?=[^\W\d_]{2,})")


_BRACKETS = re.compile(r"\s*\([^)]*\)")


_TRAILING = re.compile(
    r"\s+(staff|people|patients?|persons|residents|respondents|service users?|clients?)$", re.IGNORECASE
)


_PARTS = re.compile(r"\s*[:|]\s*|\s+[-–—]+\s+|\s*>\s*")


_NOUNS = (
    r"people|persons?|(usual )?residents?|ages?|aged?|groups?|gender(s)?|sex(es)?|patients?|adults?|children|staff|trusts?|respondents?|categor(y|ies)|"
    r"ethnic(ity|ities| groups?)?|religions?|households?|population|referrals?|service users?|clients?|deciles?|quintiles?|areas?|individuals?|"
    r"(sexual )?orientations?|disabilit(y|ies)|known|responses?|england|years?"
)


_TOTAL = re.compile(
    rf"(grand |sub |overall )?totals?|overall|everyone|everybody|(all )?persons|people|both sexes|(all|total)( (of|the|all|{_NOUNS}))+|all|"
    rf"({_NOUNS}) totals?|whole population|(all )?ages all|all categories .*"
)


_SUBTOTAL = re.compile(r"(?:sub ?)?total$|^(?:sub ?)?total\b|^all (?:groups|together)$")


_UNKNOWN = re.compile(
    r"(unclassified|(asked but |but )?(not|none) (been )?(stated?|known|recorded|answered|asked|specified|disclosed|collected|provided|given|available|applicable|completed|"
    r"supplied|determined|reported|obtained|declared|coded)|unknown|unspecified|undisclosed|undeclared|undetermined|invalid|missing|withheld|unrecorded|"
    r"(i )?(would |d |id |have )?(rather|prefer(red|s)?) not|(i )?do(es)? not (wish|want) to|declined|refused|does not apply|do not know|dont know|"
    r"no (answer|code recorded|response|data|information|reply|valid)|null$|none recorded|asked but|blank$|n a$)\b"
)


@lru_cache(maxsize=8192)
def plain(label: str) -> str:
    """Return a label's words in small letters, without punctuation: ``Asian/Asian British`` is ``asian asian british``."""
    # An acute accent becomes a space in the normal form, so apostrophes go first.
    letters = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", label)).casefold().replace("&", " and ")
    return " ".join(_NOT_WORDS.sub(" ", letters).split())


def without_footnote(label: str) -> str:
    """Return a label without the mark of a footnote at its end, such as ``Irish2`` or ``Other [note 3]``."""
    bare = _FOOTNOTE.sub("", label.strip())
    return bare if len(bare) > 2 else label.strip()


def wordings(label: str) -> Iterator[str]:
    """Yield the plain words of a label as it stands, then without its footnote, its code, what is in brackets, and words such as ``staff`` at its end."""
    seen: set[str] = set()
    text = label
    # NFKC would turn a raised footnote digit into a figure, so footnotes go first but for labels known with them.
    for step in (None, without_footnote, _without_code, _without_brackets, _without_trailing):
        text = step(text) if step else text
        wording = plain(text)
        if wording and wording not in seen:
            seen.add(wording)
            yield wording


def _without_code(label: str) -> str:
    return _LEADING_CODE.sub("", label)


def _without_brackets(label: str) -> str:
    return _BRACKETS.sub("", label).strip() or label


def _without_trailing(label: str) -> str:
    return _TRAILING.sub("", label.strip())


def head_and_tails(label: str) -> Iterator[tuple[str, str]]:
    """Yield a label in two at each colon, bar or dash with spaces about it: ``White: Irish`` is White and Irish."""
    for match in _PARTS.finditer(label):
        head, tail = label[: match.start()].strip(), label[match.end() :].strip()
        if head and tail:
            yield head, tail


def is_total(label: str) -> bool:
    """Tell whether a label stands for everybody, such as ``All people``, ``Persons`` or ``Total``."""
    return any(_TOTAL.fullmatch(wording) for wording in wordings(label))


def is_subtotal(label: str) -> bool:
    """Tell whether a label says that it adds up other groups, such as ``White: Total``."""
    return bool(_SUBTOTAL.search(plain(label)))


@lru_cache(maxsize=8192)
def is_unknown(label: str) -> bool:
    """Tell whether a label stands for people whose group is not known, such as ``Not stated`` or ``I would prefer not to say``."""
    return any(_UNKNOWN.match(wording) for wording in wordings(label))
