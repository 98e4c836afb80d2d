"""descent: hand-worked steps, torch's optimisers and loaders."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import descent
from solvers.mistakes import descent as mistakes

SMALL = st.integers(-5, 5)
RATES = st.floats(0.01, 0.5)


@given(SMALL, st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=5), RATES, st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_batch_step_is_torchs(
    weight: int, points: list[tuple[int, int]], rate: float, flag: bool
) -> None:
    inputs, targets = ([float(v) for v in column] for column in zip(*points, strict=True))
    arguments = (weight, inputs, targets, rate, flag, not flag)
    assert descent.least_squares_step(*arguments) == pytest.approx(
        descent.least_squares_step_by_torch(*arguments), rel=1e-12, abs=1e-12
    )


def test_a_batch_step_worked_by_hand() -> None:
    # errors −7, −8, −9, −9; times the inputs 0, −8, −18, −27; mean of twice that −26.5
    inputs, targets = [0.0, 1.0, 2.0, 3.0], [7.0, 8.0, 9.0, 9.0]
    assert descent.least_squares_gradient(0, inputs, targets) == -26.5
    assert descent.least_squares_step(0, inputs, targets, 0.1) == pytest.approx(2.65)
    assert mistakes.ascended(0, inputs, targets, 0.1) == pytest.approx(-2.65)


@pytest.mark.parametrize("step", [descent.least_squares_step, descent.least_squares_step_by_torch])
def test_a_batch_step_refuses_unequal_lists(step: object) -> None:
    with pytest.raises(ValueError, match="equally many, found 1 and 2"):
        step(0, [1], [1, 2], 0.1)  # type: ignore[operator]


@given(SMALL, st.floats(0.1, 4), RATES, st.floats(0, 0.95), st.integers(0, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_momentum_is_torchs(
    weight: int, curvature: float, rate: float, momentum: float, steps: int, damped: bool
) -> None:
    arguments = (weight, curvature, rate, momentum, steps, damped)
    assert descent.momentum_descent(*arguments) == pytest.approx(
        descent.momentum_descent_by_torch(*arguments), rel=1e-9, abs=1e-12
    )


def test_momentum_worked_by_hand() -> None:
    # v = 4, w = 1.6; v = 0.5·4 + 2·1.6 = 5.2, w = 1.08
    assert descent.momentum_descent(2, 2, 0.1, 0.5, 2) == pytest.approx(1.08)
    assert descent.momentum_descent(2, 2, 0.1, 0, 2) == pytest.approx(
        mistakes.one_velocity(2, 2, 0.1, 0, 2)
    )


@given(
    st.lists(st.floats(-10, 10).filter(lambda g: abs(g) > 0.01), min_size=1, max_size=4),
    st.floats(0, 0.99),
    st.floats(0.5, 0.999),
)
@settings(max_examples=20, deadline=None)
def test_adam_is_torchs(gradients: list[float], beta1: float, beta2: float) -> None:
    arguments = (1.0, gradients, 0.1, beta1, beta2)
    assert descent.adam_descent(*arguments) == pytest.approx(
        descent.adam_descent_by_torch(*arguments), rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("gradient", [1e-6, 0.02, -40, 1e6])
def test_adams_first_step_has_the_length_of_the_rate(gradient: float) -> None:
    moved = descent.adam_first_step(1.0, gradient, 0.1, 0.9, 0.999) - 1
    assert moved == pytest.approx(-math.copysign(0.1, gradient))
    uncorrected = mistakes.uncorrected_adam(1.0, gradient, 0.1, 0.9, 0.999) - 1
    assert uncorrected / moved == pytest.approx(math.sqrt(10))


def test_adam_refuses_a_gradient_of_zero_at_the_start() -> None:
    for adam in (descent.adam_first_step, descent.adam_first_step_by_torch):
        with pytest.raises(ValueError, match="0"):
            adam(1.0, 0.0, 0.1, 0.9, 0.999)


@given(st.integers(1, 60), st.integers(1, 60), st.booleans())
@settings(max_examples=15, deadline=None)
def test_updates_are_the_loaders_batches(examples: int, batch: int, drop_last: bool) -> None:
    if batch > examples:
        with pytest.raises(ValueError, match="batch must be from 1"):
            descent.updates_per_epoch(examples, batch, drop_last)
        return
    assert descent.updates_per_epoch(examples, batch, drop_last) == (
        descent.updates_per_epoch_by_torch(examples, batch, drop_last)
    )


@given(st.lists(SMALL, min_size=2, max_size=5), st.integers(1, 4), st.booleans())
@settings(deadline=None)
def test_batch_variance_is_that_of_all_batches(
    gradients: list[float], batch: int, replacement: bool
) -> None:
    batch = min(batch, len(gradients))
    assert descent.batch_gradient_variance(gradients, batch, replacement) == pytest.approx(
        descent.batch_gradient_variance_by_counting(gradients, batch, replacement), abs=1e-9
    )
