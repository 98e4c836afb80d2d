"""Slips: the solver's own formula with one thing changed, in words that a learner knows."""

from __future__ import annotations

import math
from typing import Any

import pytest

from quizkit.bank.slips import slips


def sides(size: int, kernel: int, padding: int = 0, stride: int = 1) -> int:
    """floor((size + 2 padding - kernel) / stride) + 1"""
    if kernel > size + 2 * padding:
        raise ValueError("kernel must fit")
    return (size + 2 * padding - kernel) // stride + 1


def batches(samples: int, batch: int) -> int:
    return -(-samples // batch)


def length(x: float, y: float) -> float:
    total = x**2 + y**2
    return math.sqrt(total)


def through_a_helper(values: list[float]) -> float:
    return math.log2(_mean(values))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def endless(n: int) -> int:
    left = n - 1
    while left > 0:
        left = left - 2
    return left


def found(function: Any, **given: Any) -> dict[str, Any]:
    return dict(slips(function, given))


def test_each_slip_gives_what_a_person_would_get() -> None:
    told = found(sides, size=29, kernel=5, padding=2, stride=3)
    assert sides(29, 5, 2, 3) == 10
    assert told["+ 1 is left out"] == 9
    assert told["− kernel is left out"] == 12
    assert told["it is not rounded down"] == pytest.approx(28 / 3 + 1)
    assert told["it is rounded up instead of down"] == 11
    assert told["2 · padding is subtracted instead of added"] == (29 - 4 - 5) // 3 + 1
    assert told["the factor 2 is left out"] == (29 + 2 - 5) // 3 + 1


def test_a_ceiling_is_told_as_one() -> None:
    told = found(batches, samples=10, batch=4)
    assert told["it is not rounded up"] == 2.5
    assert told["it is rounded down instead of up"] == 2


def test_what_a_learner_cannot_know_by_name_is_not_told() -> None:
    told = found(length, x=3.0, y=4.0)
    assert told["the square root is left out"] == 25
    assert told["x is not squared"] == math.sqrt(3 + 16)
    assert told["y is not squared"] == math.sqrt(9 + 4)
    assert not any("total" in phrase for phrase in told)
    assert not any(phrase.startswith("a ") for phrase in told)


def test_helpers_of_the_module_are_changed_too() -> None:
    told = found(through_a_helper, values=[2.0, 6.0])
    assert told["dividing by the number of values is left out"] == 3.0
    assert told["the natural logarithm is taken for the one to base 2"] == pytest.approx(
        math.log(4)
    )


def product(rows: int, inner: int, columns: int, operations: int = 1) -> int:
    return rows * inner * columns * operations


def test_nobody_leaves_out_the_whole_formula() -> None:
    told = found(product, rows=2, inner=3, columns=5)
    assert told == {
        "the factor rows is left out": 15,
        "the factor inner is left out": 10,
        "the factor columns is left out": 6,
    }


def root(tp: int, fp: int) -> float:
    return (tp * fp) ** 0.5


def test_a_power_of_a_half_is_told_as_a_root() -> None:
    told = found(root, tp=9, fp=4)
    assert told["the square root of tp · fp is left out"] == 36
    assert not any("0.5" in phrase for phrase in told)


def dilated(size: int, kernel: int, dilation: int = 1) -> int:
    extent = dilation * (kernel - 1) + 1
    return size - extent + 1


def test_words_that_fit_several_places_are_not_told() -> None:
    # Without the last 1 it would be 25, without the one before it 27.
    told = found(dilated, size=28, kernel=3, dilation=1)
    assert "+ 1 is left out" not in told
    assert told["− 1 is left out"] == 25  # there is but one place


def alias(size: int, padding: int) -> int:
    size = size + 2 * padding
    return size * padding


def scaled(size: int, factor: int) -> int:
    return _times(factor, size) + 1


def _times(size: int, other: int) -> int:
    return size * other + 1


def test_a_name_that_means_something_else_on_the_way_is_none() -> None:
    assert "the factor size is left out" not in found(alias, size=8, padding=2)
    assert "the factor padding is left out" in found(alias, size=8, padding=2)
    told = found(scaled, size=3, factor=5)
    assert not any("size" in phrase for phrase in told)  # the helper's size is the factor
    assert told["+ 1 is left out"] == 16  # of the two only the solver's own can be seen


def test_what_refuses_arguments_is_never_changed() -> None:
    with pytest.raises(ValueError, match="kernel must fit"):
        sides(3, 9)
    assert found(sides, size=3, kernel=9) == {}


def test_a_solver_is_left_as_it_was() -> None:
    found(through_a_helper, values=[2.0, 6.0])
    assert through_a_helper([2.0, 6.0]) == 2.0


def test_a_loop_that_might_never_end_is_left_alone() -> None:
    assert found(endless, n=5) == {}
