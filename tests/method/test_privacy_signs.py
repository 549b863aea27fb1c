"""Signs of who somebody is: found where they stand, with few false alarms, and in time with the length of the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.privacy import is_nhs_number, signs_in, warnings_in


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("My name is Amina and I live near", "a name", "My name is Amina"),
        ("her name is Zoë", "a name", "her name is Zoë"),
        ("my name's O’Neill", "a name", "my name's O’Neill"),
        ("call me Bashir", "a name", "call me Bashir"),
        ("I spoke to Dr. Okafor", "a name", "Dr. Okafor"),
        ("my name is محمد", "a name", "my name is محمد"),
        ("ring (020) 7946 0958 please", "a telephone number", "(020) 7946 0958"),
        ("ring +44 (0)7700 900123", "a telephone number", "+44 (0)7700 900123"),
        ("ring 0044 7700 900123", "a telephone number", "0044 7700 900123"),
        ("ring 07700-900-123.", "a telephone number", "07700-900-123"),
        ("mail jo.bloggs+x@example.org.uk.", "an e-mail address", "jo.bloggs+x@example.org.uk"),
        ("I live at se5 8af", "a postcode", "se5 8af"),
        ("born on the 3rd of April 1980", "a date of birth", "born on the 3rd of April 1980"),
        ("DOB 1980-04-03", "a date of birth", "DOB 1980-04-03"),
        ("date of birth: 3/4/80", "a date of birth", "birth: 3/4/80"),
        ("my number is 943-476-5919", "an NHS number", "943-476-5919"),
    ],
)
def test_a_sign_is_found_where_it_stands(words: str, kind: str, part: str) -> None:
    (sign,) = signs_in(words)
    assert (sign.kind, words[sign.start : sign.end]) == (kind, part)
    assert part in sign.sentence


@pytest.mark.parametrize(
    "words",
    [
        "This is England and this is Ramadan.",
        "The class is called mindfulness.",
        "I'm Muslim and my mother is Polish.",
        "We met at w1 3pm.",
        "It took 12345678901234567890 forms.",
        "Call me back at 5, they said, and nobody did.",
        "My PHQ9 went from 19 to 7 in 2024.",
        "I was born here.",
        "Their name is mud.",
        "943 476 5918",
    ],
)
def test_ordinary_words_raise_no_alarm(words: str) -> None:
    assert warnings_in(words) == []


def test_ten_digits_that_may_be_either_are_named_once() -> None:
    number = next(
        f"{first:09d}{last}"
        for first in range(20_000_000, 20_000_100)
        for last in range(10)
        if is_nhs_number(f"{first:09d}{last}")
    )
    assert [sign.kind for sign in signs_in(number)] == ["an NHS number"]


@pytest.mark.parametrize("digits", ["", "943476591", "94347659190", "²²²²²²²²²²", "٩٤٣٤٧٦٥٩١٩", "943476591x"])
def test_what_is_not_ten_plain_digits_is_no_nhs_number(digits: str) -> None:
    assert not is_nhs_number(digits)


@given(st.integers(0, 10**9 - 1))
def test_at_most_one_check_digit_is_right(first: int) -> None:
    """Weights 10 to 2 over the first nine digits, modulus 11: one digit fits, or none where it would have to be ten."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(f"{first:09d}"))
    right = [last for last in range(10) if is_nhs_number(f"{first:09d}{last}")]
    assert right == [last for last in range(10) if (total + last) % 11 == 0]
    assert len(right) <= 1


@given(st.text())
def test_signs_lie_within_the_words_in_order(words: str) -> None:
    signs = signs_in(words)
    assert all(0 <= sign.start < sign.end <= len(words) for sign in signs)
    assert [sign.start for sign in signs] == sorted(sign.start for sign in signs)
