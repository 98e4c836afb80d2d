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


def test_what_a_learner_cannot_know_by_name_is_not_named() -> None:
    told = found(length, x=3.0, y=4.0)
    assert told["the square root is left out"] == 25
    assert told["the power 2 is left out"] in (math.sqrt(3 + 16), math.sqrt(9 + 4))
    assert not any("total" in phrase for phrase in told)


def test_helpers_of_the_module_are_changed_too() -> None:
    told = found(through_a_helper, values=[2.0, 6.0])
    assert told["a division is left out"] == 3.0
    assert told["the natural logarithm is taken for the one to base 2"] == pytest.approx(
        math.log(4)
    )


def test_what_refuses_arguments_is_never_changed() -> None:
    with pytest.raises(ValueError, match="kernel must fit"):
        sides(3, 9)
    assert found(sides, size=3, kernel=9) == {}


def test_a_solver_is_left_as_it_was() -> None:
    found(through_a_helper, values=[2.0, 6.0])
    assert through_a_helper([2.0, 6.0]) == 2.0


def test_a_loop_that_might_never_end_is_left_alone() -> None:
    assert found(endless, n=5) == {}
