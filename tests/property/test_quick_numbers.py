"""What is quick about numbers says the same as what is plain: powers at once, distances in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.model import Understood
from quizkit.values import numbers
from quizkit.values.numbers import read_number
from quizkit.values.tolerance import Tolerance, agrees, is_rounded, margin, read_tolerance

POWERS = st.builds(
    lambda sign, factor, base, mark, exponent: f"{sign}{factor}{base}{mark}{exponent}",
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "3*", "2.5×", "12 x ", "0.04·", "0×", "7 * "]),
    st.one_of(st.sampled_from([10, 2, 0, 1]), st.integers(0, 10**9)),
    st.sampled_from(["^", "**"]),
    st.one_of(st.integers(-12, 12), st.integers(-999, 999)),
)


@given(POWERS)
def test_a_power_is_read_at_once_as_it_is_read_step_by_step(text: str) -> None:
    quick, plain = read_number(text), numbers._from_text(text, "")
    assert quick == plain
    if isinstance(quick, Understood) and isinstance(plain, Understood):
        assert type(quick.value) is type(plain.value)


def test_a_power_of_ten_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "_from_text", None)
    assert read_number("10^-3") == Understood(Fraction(1, 1000))
    assert read_number("-2.5×10^6") == Understood(-2_500_000)


EXACT = st.one_of(
    st.integers(-(10**6), 10**6),
    st.fractions(-1000, 1000, max_denominator=1000),
    st.decimals(-1000, 1000, places=4, allow_nan=False).map(Fraction),
)
TOLERANCES = st.sampled_from(["1 %", "0.05", "3 sig", "1 sig", "2 dp", "0 dp", "5 sig", "0"])


@given(EXACT, EXACT, TOLERANCES)
def test_an_exact_answer_is_as_near_as_the_margin_says(answer: Any, key: Any, stated: str) -> None:
    tolerance = read_tolerance(stated)
    near = abs(Fraction(answer) - Fraction(key)) <= margin(key, tolerance)
    assert agrees(answer, key, tolerance) == near


@given(EXACT, TOLERANCES, st.sampled_from([-1, 1]))
def test_the_bound_itself_counts_and_nothing_beyond(key: Any, stated: str, side: int) -> None:
    tolerance = read_tolerance(stated)
    bound = Fraction(key) + side * margin(key, tolerance)
    assert agrees(bound, key, tolerance)
    assert not agrees(bound + side * Fraction(1, 10**9), key, tolerance)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), TOLERANCES)
def test_floats_are_as_near_as_the_decimals_that_they_stand_for(
    answer: float, key: float, stated: str
) -> None:
    tolerance = read_tolerance(stated)
    distance, room = abs(Fraction(answer) - Fraction(key)), margin(key, tolerance)
    # Within the noise of a float either verdict may be meant; a test for that stands elsewhere.
    if abs(distance - room) > Fraction(1, 10**11) * (abs(Fraction(key)) + abs(Fraction(answer))):
        assert agrees(answer, key, tolerance) == (distance <= room)


@pytest.mark.parametrize("stated", ["0.05", "2 dp", "10 %"])
def test_a_float_on_the_bound_counts(stated: str) -> None:
    tolerance = read_tolerance(stated)
    key = 0.3
    for side in (-1, 1):
        assert agrees(
            float(Fraction("0.3") + side * margin(Fraction("0.3"), tolerance)), key, tolerance
        )


@pytest.mark.parametrize("odd", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_finite_number_is_only_itself(odd: float) -> None:
    for tolerance in (None, read_tolerance("1 %")):
        assert agrees(odd, odd, tolerance)
        assert not agrees(1, odd, tolerance)
        assert not agrees(odd, Fraction(1, 3), tolerance)
        assert not is_rounded(odd, 1)
        assert not is_rounded(1.5, odd)


def test_equal_tolerances_are_found_as_one() -> None:
    assert hash(Tolerance("dp", Fraction(2))) == hash(Tolerance("dp", Fraction(4, 2)))
    assert len({Tolerance("dp", Fraction(2)), Tolerance("sig", Fraction(2))}) == 2
