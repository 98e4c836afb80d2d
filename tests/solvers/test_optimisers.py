"""optimisers, adaptive, adam, optimiser_runs: fed with the same gradients as torch.optim; worked by hand."""

from __future__ import annotations

from math import copysign
from random import Random
from typing import Any, get_args

import pytest

from solvers import adam, adaptive, optimiser_runs, optimisers
from solvers.mistakes import adam as wrong_adam
from solvers.mistakes import adaptive as wrong_adaptive
from solvers.mistakes import optimiser_runs as wrong_runs
from solvers.mistakes import optimisers as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def fed(**more: Any) -> Draw:
    """A weight and some gradients; the other arguments drawn from their choices, a rate of 0 too."""

    def draw(random: Random) -> dict[str, Any]:
        gradients = [random.uniform(-3, 3) for _ in range(random.randint(1, 7))]
        start = {"weight": random.uniform(-2, 2), "gradients": gradients}
        rate = 0.0 if random.random() < 0.05 else random.uniform(0.01, 0.5)
        return {**start, "rate": rate, **{k: random.choice(v) for k, v in more.items()}}

    return draw


BETAS = {"beta1": [0.0, 0.5, 0.9, 1.0], "beta2": [0.0, 0.9, 0.99, 0.999], "epsilon": [0, 1e-8, 0.1]}
DECAY = {"decay": [0.0, 0.01, 0.5, -0.1]}
SMOOTHING = [0.5, 0.9, 0.99, 1.0]
ADAM = fed(**BETAS, **DECAY, amsgrad=[True, False])
HEAVY = fed(momentum=[0, 0.5, 0.9, 1.0], averaged=[True, False], **DECAY)
NESTEROV = fed(momentum=[0, 0.5, 0.9, 1.0], **DECAY)
RMSPROP = fed(
    smoothing=SMOOTHING, epsilon=[0.0, 1e-8, 0.1], centred=[True, False], momentum=[0, 0.9]
)
LION = fed(beta1=[0.0, 0.5, 0.9], beta2=[0.5, 0.99, 1.0], **DECAY)


def adagrad(random: Random) -> dict[str, Any]:
    return fed(epsilon=[0, 1e-10, 0.1, -1], initial=[0.0, 0.1, 2.0])(random)


def adadelta(random: Random) -> dict[str, Any]:
    return fed(smoothing=SMOOTHING, epsilon=[1e-6, 0.1, 0.0])(random)


def on_quadratic(random: Random) -> dict[str, Any]:
    sizes = {"weight": random.uniform(-2, 2), "curvature": random.uniform(0.1, 4)}
    momentum = random.choice([0.0, 0.5, 0.9])
    return {**sizes, "rate": random.uniform(0.01, 0.5), "momentum": momentum, "steps": 5}


def scheduled(random: Random) -> dict[str, Any]:
    count = random.randint(1, 6)
    rates = [random.uniform(0.01, 0.5) for _ in range(count if random.random() < 0.9 else 2)]
    gradients = [random.uniform(-3, 3) for _ in range(count)]
    flags = {"momentum": random.choice([0.5, 0.9]), "rate_inside": random.random() < 0.5}
    return {"weight": 1.0, "gradients": gradients, "rates": rates, **flags}


def scaling(random: Random) -> dict[str, Any]:
    rule = random.choice(get_args(adaptive.Scaling))
    gradients = [float(random.randint(-3, 3)) for _ in range(random.randint(0, 5))]
    return {"rule": rule, "gradients": gradients, "rate": random.choice([0.0, 0.1, 0.3, 1.0])}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (optimisers.sgd, optimisers.sgd_by_torch, fed(**DECAY)),
    (optimisers.heavy_ball, optimisers.heavy_ball_by_torch, HEAVY),
    (optimisers.nesterov, optimisers.nesterov_by_torch, NESTEROV),
    (optimisers.lookahead_descent, optimisers.lookahead_descent_by_torch, on_quadratic),
    (optimisers.scheduled_heavy_ball, optimisers.scheduled_heavy_ball_by_torch, scheduled),
    (optimisers.lion, optimisers.lion_by_fractions, LION),
    (adaptive.adagrad, adaptive.adagrad_by_torch, adagrad),
    (adaptive.rmsprop, adaptive.rmsprop_by_torch, RMSPROP),
    (adaptive.adadelta, adaptive.adadelta_by_torch, adadelta),
    (adam.adam, adam.adam_by_torch, ADAM),
    (adam.adamw, adam.adamw_by_torch, ADAM),
    (adam.adamax, adam.adamax_by_torch, fed(**BETAS)),
    (adam.nadam, adam.nadam_by_torch, fed(**BETAS, momentum_decay=[0.0, 0.004, 0.1])),
    (adaptive.effective_rate, adaptive.effective_rate_by_torch, scaling),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_the_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


@pytest.mark.parametrize(
    ("mistake", "solver", "draw"),
    [
        (wrong.rate_twice, optimisers.heavy_ball, HEAVY),
        (wrong.other_velocity, optimisers.heavy_ball, HEAVY),
        (wrong.velocity_forgotten, optimisers.heavy_ball, HEAVY),
        (wrong.without_lookahead, optimisers.nesterov, NESTEROV),
        (wrong.velocity_only_ahead, optimisers.nesterov, NESTEROV),
        (wrong.gradient_here, optimisers.lookahead_descent, on_quadratic),
        (wrong.weight_ahead, optimisers.lookahead_descent, on_quadratic),
        (wrong.rate_at_the_other_place, optimisers.scheduled_heavy_ball, scheduled),
        (wrong.unsigned, optimisers.lion, LION),
        (wrong.one_beta, optimisers.lion, LION),
        (wrong_adaptive.root_forgotten, adaptive.adagrad, adagrad),
        (wrong_adaptive.sum_restarted, adaptive.adagrad, adagrad),
        (wrong_adaptive.epsilon_inside, adaptive.rmsprop, RMSPROP),
        (wrong_adaptive.summed_squares, adaptive.rmsprop, RMSPROP),
        (wrong_adaptive.swapped_smoothing, adaptive.rmsprop, RMSPROP),
        (wrong_adaptive.epsilon_outside, adaptive.adadelta, adadelta),
        (wrong_adam.uncorrected, adam.adam, ADAM),
        (wrong_adam.decoupled, adam.adam, ADAM),
        (wrong_adam.decay_in_the_gradient, adam.adamw, ADAM),
        (wrong_adam.decay_without_rate, adam.adamw, ADAM),
        (wrong_adam.squares_in_the_maximum, adam.adamax, fed(**BETAS)),
        (wrong_adam.without_lookahead, adam.nadam, fed(**BETAS, momentum_decay=[0.004])),
        (wrong_adaptive.nominal_rate, adaptive.effective_rate, scaling),
        (wrong_adaptive.last_gradient_only, adaptive.effective_rate, scaling),
    ],
)
def test_the_mistakes_differ(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw)


@pytest.mark.parametrize("rule", get_args(optimiser_runs.Rule))
def test_paths_and_states_are_torchs(rule: optimiser_runs.Rule) -> None:
    found = optimiser_runs.path(rule, 1.5, 0.7, 0.1, 12)
    assert found == pytest.approx(optimiser_runs.path_by_torch(rule, 1.5, 0.7, 0.1, 12), rel=1e-9)
    assert len(found) == 13
    kept = optimiser_runs.state_values(rule)
    assert kept == optimiser_runs.state_values_by_torch(rule)
    assert wrong_runs.weight_counted(rule) == kept + 1


@pytest.mark.parametrize("route", [optimiser_runs.path, optimiser_runs.path_by_torch])
@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"curvature": 0.0}, "curvature"),
        ({"rate": 0.0}, "rate"),
        ({"steps": -1}, "steps must be in 0..10000, found -1"),
        ({"rate": 1e6, "steps": 100}, "finite"),
    ],
)
def test_a_path_refuses(route: Solver, changed: dict[str, Any], named: str) -> None:
    arguments = {"rule": "sgd", "weight": 1.0, "curvature": 1.0, "rate": 0.1, "steps": 3}
    with pytest.raises(ValueError, match=named):
        route(**{**arguments, **changed})


def test_momentum_worked_by_hand() -> None:
    # v = 2, w = 0.8; v = 1 + 4 = 5, w = 0.3; averaged: v = 1, w = 0.9; v = 2.5, w = 0.65
    assert optimisers.heavy_ball(1, [2, 4], 0.1, 0.5) == pytest.approx(0.3)
    assert optimisers.heavy_ball(1, [2, 4], 0.1, 0.5, averaged=True) == pytest.approx(0.65)
    # nesterov: 1 − 0.1 (2 + 1) = 0.7; v = 5: 0.7 − 0.1 (4 + 2.5) = 0.05
    assert optimisers.nesterov(1, [2, 4], 0.1, 0.5) == pytest.approx(0.05)


def test_a_fall_of_the_rate_reaches_old_gradients_only_from_outside() -> None:
    # velocity 1, then 0.5 with the gradient gone: times the new rate, or with the old one inside
    assert optimisers.scheduled_heavy_ball(0, [1, 0], [1.0, 0.1], 0.5) == pytest.approx(-1.05)
    inside = optimisers.scheduled_heavy_ball(0, [1, 0], [1.0, 0.1], 0.5, rate_inside=True)
    assert inside == pytest.approx(-1.5)


@pytest.mark.parametrize("gradient", [1e-3, -0.2, 40.0])
def test_first_steps_of_sign_like_rules_are_one_rate_long(gradient: float) -> None:
    for rule in (adam.adam, adam.adamax, adaptive.adagrad, optimisers.lion):
        moved = rule(0.0, [gradient], 0.1)
        assert moved == pytest.approx(-copysign(0.1, gradient), rel=1e-4)
    assert adaptive.rmsprop(0.0, [gradient], 0.1) == pytest.approx(-copysign(1, gradient), rel=1e-3)


def test_coupled_and_decoupled_decay_coincide_without_averages_only() -> None:
    assert optimisers.sgd(2, [0.0], 0.1, decay=0.5) == pytest.approx(2 * (1 - 0.05))
    coupled = adam.adam(2.0, [1.0, 1.0], 0.1, decay=0.5)
    assert adam.adam(2.0, [1.0, 1.0], 0.1) == pytest.approx(coupled, abs=1e-3)  # normalised away
    assert adam.adamw(2.0, [1.0, 1.0], 0.1, decay=0.5) < coupled - 0.1


def test_amsgrad_never_speeds_up() -> None:
    gradients = [10.0, *[0.1] * 30]
    plain = adam.adam(0.0, gradients, 0.1, beta2=0.5)
    assert abs(adam.adam(0.0, gradients, 0.1, beta2=0.5, amsgrad=True)) < abs(plain)
