from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amhe_tui.analysis.estimates import distributions
from tests.properties import examples

probabilities = st.floats(0.0005, 0.9995)
freedoms = st.floats(0.5, 3000)


@examples(60)
@given(probabilities, freedoms)
def test_chi_square_quantile_is_scipys(probability: float, freedom: float) -> None:
    expected = float(stats.chi2.ppf(probability, freedom))
    assert math.isclose(distributions.chi_square_quantile(probability, freedom), expected, rel_tol=1e-10)


@examples(60)
@given(st.floats(0, 400), freedoms)
def test_chi_square_tail_is_scipys(value: float, freedom: float) -> None:
    expected = float(stats.chi2.sf(value, freedom))
    assert math.isclose(distributions.chi_square_tail(value, freedom), expected, rel_tol=1e-9, abs_tol=1e-300)


@examples(60)
@given(probabilities, st.floats(1, 3000))
def test_t_quantile_is_scipys(probability: float, freedom: float) -> None:
    expected = float(stats.t.ppf(probability, freedom))
    assert math.isclose(distributions.t_quantile(probability, freedom), expected, rel_tol=1e-9, abs_tol=1e-9)


@examples(60)
@given(probabilities, st.floats(0.5, 500), st.floats(0.5, 500))
def test_beta_quantile_is_scipys(probability: float, a: float, b: float) -> None:
    expected = float(stats.beta.ppf(probability, a, b))
    assert math.isclose(distributions.beta_quantile(probability, a, b), expected, rel_tol=1e-9)


@examples(60)
@given(st.floats(0.5, 500), st.floats(0, 700))
def test_the_two_gamma_tails_add_up(shape: float, x: float) -> None:
    assert math.isclose(distributions.gamma_lower(shape, x) + distributions.gamma_upper(shape, x), 1, rel_tol=1e-12)


def test_normal_quantile_of_common_levels() -> None:
    assert math.isclose(distributions.normal_quantile(0.975), 1.959963984540054, rel_tol=1e-14)
    assert math.isclose(distributions.normal_quantile(0.999), 3.090232306167813, rel_tol=1e-14)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: distributions.normal_quantile(1),
        lambda: distributions.chi_square_quantile(1, 3),
        lambda: distributions.chi_square_quantile(0.5, 0),
        lambda: distributions.t_quantile(0, 3),
        lambda: distributions.beta_quantile(1.1, 1, 1),
        lambda: distributions.beta_lower(0, 1, 0.5),
        lambda: distributions.gamma_lower(0, 1),
        lambda: distributions.gamma_upper(1, -1),
    ],
)
def test_what_is_out_of_range_is_refused(ask: object) -> None:
    with pytest.raises(ValueError, match=r"needs|must"):
        ask()  # type: ignore[operator]
