"""One neuron against thirty digits of mpmath, whose slopes are differences, and against its mistakes."""

from __future__ import annotations

from itertools import pairwise
from math import exp, isclose
from random import Random

import mpmath
import pytest

from solvers import neuron
from solvers.mistakes import neuron as mistakes
from tests.solvers.drawn import assert_differs, assert_routes_agree


def point(random: Random) -> dict[str, float]:
    return {name: random.uniform(-3, 3) for name in ("x", "weight", "bias")}


def answered(random: Random) -> dict[str, float]:
    return {"output": random.uniform(0.05, 0.95), "target": random.choice([0.0, 0.3, 1.0])}


def slope(random: Random) -> dict[str, float]:
    return {"x": random.uniform(-3, 3), **answered(random)}


def move(random: Random) -> dict[str, float]:
    return {name: random.uniform(-2, 2) for name in ("weight", "rate", "slope")}


def step(random: Random) -> dict[str, float]:
    return {**point(random), "target": random.uniform(0, 1), "rate": random.uniform(0.1, 2)}


def loss(x, weight, bias, target):
    """(σ(w x + b) − t)²/2, with σ(z) as (1 + tanh(z/2))/2."""
    return ((1 + mpmath.tanh((weight * x + bias) / 2)) / 2 - target) ** 2 / 2


@pytest.mark.parametrize(
    ("name", "route", "draw"),
    [
        ("output", "torch", point),
        ("half_square", "torch", answered),
        ("weight_slope", "autograd", slope),
        ("moved_weight", "torch", move),
        ("one_step", "autograd", step),
    ],
)
def test_both_routes_agree(name, route, draw):
    assert_routes_agree(getattr(neuron, name), getattr(neuron, f"{name}_by_{route}"), draw)


def test_output_solves_its_logit():
    """ln(ŷ/(1 − ŷ)) brings w x + b back."""
    random = Random(1)
    for _ in range(40):
        given = point(random)
        for function in (neuron.output, neuron.output_by_torch):
            y = mpmath.mpf(function(**given))
            z = given["weight"] * given["x"] + given["bias"]
            assert isclose(float(mpmath.log(y / (1 - y))), z, rel_tol=1e-9, abs_tol=1e-9)


def test_half_square_grows_by_the_miss():
    """d/dŷ of it is ŷ − t, by differences; at the target it is 0."""
    random = Random(2)
    for _ in range(20):
        given = answered(random)
        for function in (neuron.half_square, neuron.half_square_by_torch):
            up, down = (function(given["output"] + tiny, given["target"]) for tiny in (1e-5, -1e-5))
            assert isclose((up - down) / 2e-5, given["output"] - given["target"], abs_tol=1e-9)
            assert function(given["target"], given["target"]) == 0


def test_weight_slope_is_the_difference_quotient():
    random = Random(3)
    with mpmath.workdps(30):
        for _ in range(20):
            x, bias, weight, target = (random.uniform(-2, 2) for _ in range(4))
            y = neuron.output(x, weight, bias)
            wanted = float(mpmath.diff(lambda w: loss(x, w, bias, target), weight))  # noqa: B023
            for function in (neuron.weight_slope, neuron.weight_slope_by_autograd):
                assert isclose(function(x, y, target), wanted, rel_tol=1e-8, abs_tol=1e-12)


def test_one_step_is_the_four_parts_in_a_row_and_thirty_digits():
    random = Random(4)
    with mpmath.workdps(30):
        for _ in range(20):
            given = step(random)
            x, weight, bias, target, rate = given.values()
            y = neuron.output(x, weight, bias)
            parts = [y, neuron.half_square(y, target), neuron.weight_slope(x, y, target)]
            parts.append(neuron.moved_weight(weight, rate, parts[2]))
            exact = mpmath.diff(lambda w: loss(x, w, bias, target), weight)  # noqa: B023
            digits = [
                (1 + mpmath.tanh((weight * x + bias) / 2)) / 2,
                loss(x, weight, bias, target),
                exact,
                weight - rate * exact,
            ]
            for found in (neuron.one_step(**given), neuron.one_step_by_autograd(**given)):
                assert found == pytest.approx(parts, rel=1e-9, abs=1e-12)
                assert found == pytest.approx([float(each) for each in digits], rel=1e-9, abs=1e-12)


def test_many_small_steps_go_downhill_to_the_target():
    for step_of in (neuron.one_step, neuron.one_step_by_autograd):
        weight, losses = -1.0, []
        for _ in range(60):
            _, now, _, weight = step_of(1.0, weight, 0.5, 0.8, 2.0)
            losses.append(now)
        assert all(later < earlier for earlier, later in pairwise(losses))
    assert isclose(1 / (1 + exp(-(weight + 0.5))), 0.8, abs_tol=0.02)


@pytest.mark.parametrize(
    ("wrong", "solver", "draw"),
    [
        (mistakes.without_activation, neuron.output, point),
        (mistakes.with_tanh, neuron.output, point),
        (mistakes.without_half, neuron.half_square, answered),
        (mistakes.without_slope, neuron.weight_slope, slope),
        (mistakes.without_input, neuron.weight_slope, slope),
        (mistakes.turned_round, neuron.weight_slope, slope),
        (mistakes.uphill, neuron.moved_weight, move),
        (mistakes.without_rate, neuron.moved_weight, move),
    ],
)
def test_mistakes_differ(wrong, solver, draw):
    assert_differs(wrong, solver, draw)


def test_a_sum_that_exp_cannot_take_is_refused():
    for function, given in (
        (neuron.output, (1.0, -1000.0, 0.0)),
        (neuron.one_step, (1.0, -1000.0, 0.0, 0.5, 0.1)),
    ):
        with pytest.raises(ValueError, match="float64"):
            function(*given)
