"""optimisation: hand-worked steps, torch's optimisers and loaders, every order really run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import optimisation
from solvers.mistakes import optimisation as mistakes

SMALL = st.integers(-5, 5)
RATES = st.floats(0.01, 0.5)
STEPS = ["draw", "predict", "compare", "correct", "repeat"]
CALLS = ["clear", "forward", "loss", "backward", "step"]


@given(SMALL, st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=5), RATES, st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_batch_step_is_torchs(
    weight: int, points: list[tuple[int, int]], rate: float, flag: bool
) -> None:
    inputs, targets = ([float(v) for v in column] for column in zip(*points, strict=True))
    arguments = (weight, inputs, targets, rate, flag, not flag)
    assert optimisation.least_squares_step(*arguments) == pytest.approx(
        optimisation.least_squares_step_by_torch(*arguments), rel=1e-12, abs=1e-12
    )


def test_a_batch_step_worked_by_hand() -> None:
    # errors −7, −8, −9, −9; times the inputs 0, −8, −18, −27; mean of twice that −26.5
    inputs, targets = [0, 1, 2, 3], [7, 8, 9, 9]
    assert optimisation.least_squares_gradient(0, inputs, targets) == -26.5
    assert optimisation.least_squares_step(0, inputs, targets, 0.1) == pytest.approx(2.65)
    assert mistakes.ascended(0, inputs, targets, 0.1) == pytest.approx(-2.65)


@pytest.mark.parametrize(
    "step", [optimisation.least_squares_step, optimisation.least_squares_step_by_torch]
)
def test_a_batch_step_refuses_unequal_lists(step: object) -> None:
    with pytest.raises(ValueError, match="equally many, found 1 and 2"):
        step(0, [1], [1, 2], 0.1)  # type: ignore[operator]


@given(SMALL, st.floats(0.1, 4), RATES, st.floats(0, 0.95), st.integers(0, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_momentum_is_torchs(
    weight: int, curvature: float, rate: float, momentum: float, steps: int, damped: bool
) -> None:
    arguments = (weight, curvature, rate, momentum, steps, damped)
    assert optimisation.momentum_descent(*arguments) == pytest.approx(
        optimisation.momentum_descent_by_torch(*arguments), rel=1e-9, abs=1e-12
    )


def test_momentum_worked_by_hand() -> None:
    # v = 4, w = 1.6; v = 0.5·4 + 2·1.6 = 5.2, w = 1.08
    assert optimisation.momentum_descent(2, 2, 0.1, 0.5, 2) == pytest.approx(1.08)
    assert optimisation.momentum_descent(2, 2, 0.1, 0, 2) == pytest.approx(
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
    assert optimisation.adam_descent(*arguments) == pytest.approx(
        optimisation.adam_descent_by_torch(*arguments), rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("gradient", [1e-6, 0.02, -40, 1e6])
def test_adams_first_step_has_the_length_of_the_rate(gradient: float) -> None:
    moved = optimisation.adam_first_step(1.0, gradient, 0.1, 0.9, 0.999) - 1
    assert moved == pytest.approx(-math.copysign(0.1, gradient))
    uncorrected = mistakes.uncorrected_adam(1.0, gradient, 0.1, 0.9, 0.999) - 1
    assert uncorrected / moved == pytest.approx(math.sqrt(10))


def test_adam_refuses_a_gradient_of_zero_at_the_start() -> None:
    for adam in (optimisation.adam_first_step, optimisation.adam_first_step_by_torch):
        with pytest.raises(ValueError, match="0"):
            adam(1.0, 0.0, 0.1, 0.9, 0.999)


@given(st.floats(0.1, 20), st.floats(0.1, 20))
def test_the_rate_limit_is_where_descent_turns(first: float, second: float) -> None:
    limit = optimisation.rate_limit(first, second)
    assert limit == pytest.approx(optimisation.rate_limit_by_loop(first, second), rel=1e-9)
    for factor, converges in ((0.99, True), (1.01, False)):
        ratios = [optimisation.distance_ratio(factor * limit, 2 * c) for c in (first, second)]
        assert (max(ratios) < 1) is converges


@given(st.floats(0.01, 5), st.floats(0.01, 20))
@settings(max_examples=10, deadline=None)
def test_a_real_step_scales_the_distance(rate: float, curvature: float) -> None:
    assert optimisation.distance_ratio(rate, curvature) == pytest.approx(
        optimisation.distance_ratio_by_autograd(rate, curvature), abs=1e-12
    )


@given(st.lists(st.integers(1, 19), min_size=1, max_size=5, unique=True))
def test_what_is_seen_is_what_the_factor_says(tenths: list[int]) -> None:
    items = [f"tenths-{k}" for k in tenths if k != 10]  # at the limit itself it swings for ever
    assert optimisation.rate_behaviour(items, 2) == (
        optimisation.rate_behaviour_by_fractions(items, 2)
    )


@pytest.mark.parametrize(
    "behaviour", [optimisation.rate_behaviour, optimisation.rate_behaviour_by_fractions]
)
def test_a_rate_must_be_readable(behaviour: object) -> None:
    with pytest.raises(ValueError, match="tenths-<whole number>, found half"):
        behaviour(["half"], 2)  # type: ignore[operator]


@given(st.integers(1, 12), st.integers(0, 40))
@settings(max_examples=15, deadline=None)
def test_step_decay_is_torchs_schedule(every: int, epoch: int) -> None:
    assert optimisation.step_decay(0.4, 0.5, every, epoch) == pytest.approx(
        optimisation.step_decay_by_torch(0.4, 0.5, every, epoch)
    )


def test_an_epoch_before_the_first_is_refused() -> None:
    for decay in (optimisation.step_decay, optimisation.step_decay_by_torch):
        with pytest.raises(ValueError, match="at least 1, found 0"):
            decay(0.1, 0.5, 10, 0, first_epoch=1)


@given(st.integers(1, 60), st.integers(1, 60), st.booleans())
@settings(max_examples=15, deadline=None)
def test_updates_are_the_loaders_batches(examples: int, batch: int, drop_last: bool) -> None:
    if batch > examples:
        with pytest.raises(ValueError, match="batch must be from 1"):
            optimisation.updates_per_epoch(examples, batch, drop_last)
        return
    assert optimisation.updates_per_epoch(examples, batch, drop_last) == (
        optimisation.updates_per_epoch_by_torch(examples, batch, drop_last)
    )


@given(st.lists(SMALL, min_size=2, max_size=5), st.integers(1, 4), st.booleans())
@settings(deadline=None)
def test_batch_variance_is_that_of_all_batches(
    gradients: list[float], batch: int, replacement: bool
) -> None:
    batch = min(batch, len(gradients))
    assert optimisation.batch_gradient_variance(gradients, batch, replacement) == pytest.approx(
        optimisation.batch_gradient_variance_by_counting(gradients, batch, replacement), abs=1e-9
    )


def test_saddles() -> None:
    options = ["difference-of-squares", "product", "sum-of-squares", "mild-coupling"]
    assert optimisation.saddles(options) == ["difference-of-squares", "product"]
    more = [*options, "strong-coupling", "negative-sum"]
    assert optimisation.saddles(more) == optimisation.saddles_by_autograd(more)


@given(st.floats(-3, 3), st.floats(0, 6), st.sampled_from([-1.0, -0.5, 0.5, 1.0]))
@settings(max_examples=25, deadline=None)
def test_excess_loss_is_that_of_the_valley_downhill(start: float, well: float, tilt: float) -> None:
    slope = 4 * start**3 - 2 * well * start + tilt
    if abs(slope) < 0.1 or abs(8 * well**3 - 27 * tilt**2) < 20:
        return  # starts on a crest, or in a landscape with a nearly flat ledge
    assert optimisation.excess_loss(start, well, tilt) == pytest.approx(
        optimisation.excess_loss_by_numpy(start, well, tilt), abs=1e-6
    )


def test_descent_can_end_in_the_wrong_valley() -> None:
    assert optimisation.excess_loss(2, 4, 1) > 2.8
    assert optimisation.excess_loss(-2, 4, 1) == 0
    with pytest.raises(ValueError, match="start must be in"):
        optimisation.excess_loss(4, 4, 1)


def test_only_one_order_trains() -> None:
    assert optimisation.training_orders(STEPS) == [STEPS]
    assert optimisation.training_orders_by_torch(list(reversed(STEPS))) == [STEPS]


def test_three_orders_make_one_right_iteration() -> None:
    found = optimisation.iteration_orders(CALLS)
    assert found == optimisation.iteration_orders_by_torch(CALLS)
    chain = ["forward", "loss", "backward", "step"]
    assert sorted(found) == sorted([*chain[:k], "clear", *chain[k:]] for k in range(3))


@pytest.mark.parametrize(
    "orders",
    [
        optimisation.training_orders,
        optimisation.training_orders_by_torch,
        optimisation.iteration_orders,
        optimisation.iteration_orders_by_torch,
    ],
)
def test_unknown_steps_are_refused(orders: object) -> None:
    with pytest.raises(ValueError, match="items must be"):
        orders(["dance"])  # type: ignore[operator]
