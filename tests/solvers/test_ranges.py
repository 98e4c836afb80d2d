"""What solvers share to refuse arguments: which was found, and what is allowed."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

import pytest

from solvers.ranges import LARGEST, _in_float64, _numbers, _one_of

Mode = Literal["sum", "mean"]


@pytest.mark.parametrize(
    "value",
    [0, -1.5, LARGEST, -LARGEST, [], [[0.5, 1], [2.0]], (1, 2), None, True, Fraction(1, 3), "x"],
)
def test_numbers_lets_pass_what_is_finite_or_no_number(value):
    _numbers(value=value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (math.nan, "nan"),
        (math.inf, "inf"),
        ([1.0, [2.0, -math.inf]], "-inf"),
        ((0, 1.1e50), "1.1e+50"),
        (10**51, "1" + 51 * "0"),
    ],
)
def test_numbers_names_what_is_not(value, found):
    with pytest.raises(
        ValueError, match=r"rate must be finite and within ±1e.50, found "
    ) as refused:
        _numbers(weight=1.0, rate=value)
    assert str(refused.value).endswith(f"found {found}")


@pytest.mark.parametrize("value", ["sum", None, ["mean", "sum"], []])
def test_known_names_pass(value):
    _one_of(Mode, mode=value)
    _one_of(("sum", "mean"), mode=value)


@pytest.mark.parametrize("value", ["sme", ["sum", "sme"], [["sme"]]])
def test_an_unknown_name_is_told_the_known_ones(value):
    for known in (Mode, ("sum", "mean")):
        with pytest.raises(ValueError, match="mode must be one of sum, mean; found 'sme'"):
            _one_of(known, other="sum", mode=value)


def test_numbers_can_be_the_known_names():
    _one_of(Literal[0, 1, 2, 3], stage=3)
    with pytest.raises(ValueError, match="stage must be one of 0, 1, 2, 3; found -1"):
        _one_of(Literal[0, 1, 2, 3], stage=-1)


@pytest.mark.parametrize("way", [lambda: math.exp(1000), lambda: 1e50**7, lambda: 1 / 0.0])
def test_what_leaves_float64_is_refused(way):
    with pytest.raises(ValueError, match="within float64, found: "), _in_float64():
        way()


def test_nothing_else_is_hidden():
    with pytest.raises(KeyError), _in_float64():
        {}["missing"]
    with _in_float64():
        value = 2.0**10
    assert value == 1024
