"""quadratics, averages, line_search, penalties: limits that really are limits, runs that really run."""

from __future__ import annotations

from math import e, log, sqrt
from random import Random
from typing import Any

import pytest

from solvers import averages, line_search, penalties, quadratics
from solvers.mistakes import averages as wrong_averages
from solvers.mistakes import line_search as wrong_search
from solvers.mistakes import penalties as wrong_penalties
from solvers.mistakes import quadratics as wrong
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree


def drawn(**choices: Any) -> Draw:
    """Each argument from a list of choices or between two ends."""

    def pick(random: Random, choice: Any) -> Any:
        return random.uniform(*choice) if isinstance(choice, tuple) else random.choice(choice)

    return lambda random: {name: pick(random, choice) for name, choice in choices.items()}


METHODS = ["plain", "heavy-ball", "averaged", "nesterov"]


def on_curvature(random: Random) -> dict[str, Any]:
    method = random.choice(METHODS)
    momentum = 0.0 if method == "plain" else random.choice([0.0, 0.3, 0.9, 0.99, 1.0])
    return {"curvature": random.uniform(0.1, 9), "method": method, "momentum": momentum}


def at_rate(random: Random) -> dict[str, Any]:
    return {**on_curvature(random), "rate": random.choice([0.0, *[random.uniform(0.01, 2)] * 9])}


def curvatures(random: Random) -> dict[str, Any]:
    low = 0.0 if random.random() < 0.1 else 0.1
    return {"curvatures": [random.uniform(low, 9) * (low > 0) for _ in range(random.randint(1, 4))]}


def curvatures_and_method(random: Random) -> dict[str, Any]:
    return {**curvatures(random), "method": random.choice(["plain", "heavy-ball"])}


def points(random: Random) -> dict[str, Any]:
    """Now and then a point at the minimum, or of another length than the curvatures."""
    hs = curvatures(random)["curvatures"]
    size = random.choice([0.0, 1.0, 1.0, 1.0])
    missing = random.random() < 0.1
    return {"point": [size * random.gauss(0, 2) for _ in hs[missing:]], "curvatures": hs}


def running(random: Random) -> dict[str, Any]:
    hs = [random.uniform(0.2, 4) for _ in range(2)]
    rate = random.uniform(0.05, 1.1) * 2 / max(hs)
    return {
        "curvatures": hs,
        "rate": rate,
        "tolerance": random.choice([1e-2, 1e-4]),
        "momentum": random.choice([0.0, 0.5, 0.8]),
    }


NOISY = drawn(
    curvature=(0.1, 3), rate=(0.01, 1), noise=(0.1, 4), batch=[0, 1, 8], momentum=[0, 0.5, 0.9]
)


def newton(random: Random) -> dict[str, Any]:
    a, b, c = (float(random.randint(-3, 3)) for _ in range(3))
    ends = {"weights": [random.uniform(-2, 2), 1.0], "gradient": [1.0, random.uniform(-2, 2)]}
    return {**ends, "hessian": [[a, b], [b, c]]}


def along(random: Random) -> dict[str, Any]:
    found = newton(random)
    return {name: found[name] for name in ("gradient", "hessian")}


def searching(random: Random) -> dict[str, Any]:
    return {
        "weights": [random.uniform(-2, 2) for _ in range(2)],
        "curvatures": [random.uniform(0.1, 20) for _ in range(2)],
        "start": random.choice([1.0, 4.0, 0.0]),
        "shrink": random.choice([0.5, 0.8, 1.0]),
        "share": random.choice([1e-4, 0.1, 0.5]),
    }


def tensors(random: Random) -> dict[str, Any]:
    rows = [[random.uniform(-3, 3) for _ in range(random.randint(1, 3))] for _ in range(2)]
    return {"gradients": rows, "limit": random.choice([0, 1, 3]), "together": random.random() < 0.5}


def rows(random: Random) -> dict[str, Any]:
    found = tensors(random)
    return {"rows": found["gradients"], "limit": found["limit"]}


def penalised(random: Random) -> dict[str, Any]:
    weights = [float(random.randint(-2, 2)) for _ in range(3)]
    more = {"l1": random.choice([0, 0.3]), "l2": random.choice([0, 0.5, -1])}
    return {
        "gradient": [1.0, -2.0, 0.5],
        "weights": weights,
        **more,
        "halved": bool(weights[0] > 0),
    }


SERIES: Draw = lambda random: {  # noqa: E731
    "values": [random.uniform(-5, 5) for _ in range(random.randint(0, 8))],
    "beta": random.choice([0.0, 0.5, 0.9, 0.99, 1.0]),
    "corrected": random.random() < 0.5,
}
BETA = drawn(beta=[0.0, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0])
DECAYING = drawn(
    rate=[0.01, 0.1, 0.5], decay=[0.01, 0.1, 1.5], slope=(0.1, 4), coupled=[True, False]
)
RESTORING = drawn(gradient=(-2, 2), penalty=[0.0, 0.1, 2.0], halved=[True, False])
TERMINAL = drawn(rate=[0.0, 0.1, 0.5], momentum=[0.0, 0.5, 0.9, 0.99, 1.0], averaged=[True, False])
REACHING = drawn(tolerance=[0.1, 1e-3, 1e-6, 1.0], contraction=[0.1, 0.5, 0.9, 0.99, 1.0])

ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (quadratics.stability_limit, quadratics.stability_limit_by_numpy, on_curvature),
    (quadratics.contraction, quadratics.contraction_by_loop, at_rate),
    (quadratics.aim, quadratics.aim_by_autograd, points),
    (quadratics.condition_number, quadratics.condition_number_by_numpy, curvatures),
    (quadratics.best_rate, quadratics.best_rate_by_loop, curvatures),
    (quadratics.best_contraction, quadratics.best_contraction_by_loop, curvatures_and_method),
    (quadratics.heavy_ball_momentum, quadratics.heavy_ball_momentum_by_loop, curvatures),
    (quadratics.heavy_ball_rate, quadratics.heavy_ball_rate_by_loop, curvatures),
    (quadratics.iterations_to, quadratics.iterations_to_by_loop, REACHING),
    (quadratics.stationary_variance, quadratics.stationary_variance_by_numpy, NOISY),
    (line_search.newton_step, line_search.newton_step_by_numpy, newton),
    (line_search.exact_rate, line_search.exact_rate_by_numpy, along),
    (line_search.backtracking_rate, line_search.backtracking_rate_by_fractions, searching),
    (penalties.clip_by_global_norm, penalties.clip_by_global_norm_by_torch, tensors),
    (penalties.penalised_gradient, penalties.penalised_gradient_by_autograd, penalised),
    (penalties.max_norm, penalties.max_norm_by_loop, rows),
    (penalties.max_norm, penalties.max_norm_by_torch, rows),
    (penalties.decay_equilibrium, penalties.decay_equilibrium_by_loop, DECAYING),
    (penalties.restoring_weight, penalties.restoring_weight_by_torch, RESTORING),
    (averages.moving_average, averages.moving_average_by_numpy, SERIES),
    (
        averages.bias_correction,
        averages.bias_correction_by_loop,
        drawn(beta=[0, 0.9, 1], step=[0, 1, 9]),
    ),
    (averages.half_life, averages.half_life_by_loop, BETA),
    (averages.effective_window, averages.effective_window_by_loop, BETA),
    (
        averages.share_of_newest,
        averages.share_of_newest_by_loop,
        drawn(beta=[0, 0.9, 1], count=[0, 1, 9]),
    ),
    (
        averages.averaged_variance,
        averages.averaged_variance_by_loop,
        drawn(beta=[0, 0.9, 1], variance=(1, 2)),
    ),
    (averages.terminal_rate, averages.terminal_rate_by_torch, TERMINAL),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_the_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw)


def test_runs_are_as_long_as_torchs() -> None:
    assert_routes_agree(quadratics.iterations, quadratics.iterations_by_torch, running, count=6)


MISTAKES: dict[Any, tuple[Solver, ...]] = {
    quadratics.stability_limit: (
        wrong.one_over_curvature,
        wrong.momentum_narrows,
        wrong.heavy_ball_always,
    ),
    quadratics.contraction: (wrong.without_momentum, wrong.momentum_itself),
    quadratics.condition_number: (wrong.upside_down, wrong.root_of_condition),
    quadratics.best_rate: (wrong.limit_as_best, wrong.steepest_in_one_step, wrong.mean_curvature),
    quadratics.best_contraction: (wrong.rate_of_flattest, wrong.other_method),
    quadratics.heavy_ball_momentum: (wrong.unsquared_momentum,),
    quadratics.heavy_ball_rate: (wrong.plain_rate,),
    quadratics.iterations_to: (wrong.rounded_down, wrong.inverse_ratio),
    quadratics.stationary_variance: (wrong.batch_forgotten, wrong.gradient_noise),
    line_search.newton_step: (
        wrong_search.diagonal_only,
        wrong_search.uphill,
        wrong_search.multiplied,
    ),
    line_search.exact_rate: (wrong_search.norm_unsquared,),
    line_search.backtracking_rate: (wrong_search.any_decrease, wrong_search.one_too_many),
    penalties.clip_by_global_norm: (
        wrong_penalties.other_norm,
        wrong_penalties.by_value,
        wrong_penalties.always_scaled,
    ),
    penalties.penalised_gradient: (wrong_penalties.forgotten_two, wrong_penalties.signless),
    penalties.max_norm: (wrong_penalties.all_to_the_limit, wrong_penalties.squared_norm),
    penalties.decay_equilibrium: (
        wrong_penalties.square_as_length,
        wrong_penalties.shrinks_to_nothing,
    ),
    penalties.restoring_weight: (wrong_penalties.other_half, wrong_penalties.same_sign),
    averages.moving_average: (
        wrong_averages.other_bias,
        wrong_averages.plain_mean,
        wrong_averages.swapped_weights,
    ),
    averages.bias_correction: (wrong_averages.corrected_once, wrong_averages.factor_itself),
    averages.half_life: (wrong_averages.window_as_half_life,),
    averages.effective_window: (wrong_averages.counted_from_zero,),
    averages.share_of_newest: (wrong_averages.older_share, wrong_averages.one_e_fold),
    averages.averaged_variance: (
        wrong_averages.averaged_window,
        wrong_averages.deviation_of_average,
    ),
    averages.terminal_rate: (wrong_averages.other_terminal, wrong_averages.times_momentum),
}
DRAWS = {solver: draw for solver, _, draw in ROUTES}


@pytest.mark.parametrize(("mistake", "solver"), [(m, s) for s, ms in MISTAKES.items() for m in ms])
def test_the_mistakes_differ(mistake: Solver, solver: Solver) -> None:
    assert_differs(mistake, solver, DRAWS[solver])


def far_after(steps: int, rate: float, method: str, momentum: float) -> float:
    """Distance from the minimum of w² after some steps of a literal walk."""
    weight, velocity = 1.0, 0.0
    for _ in range(steps):
        gradient = 2 * weight
        velocity = momentum * velocity + gradient * (1 - momentum if method == "averaged" else 1)
        weight -= rate * (gradient + momentum * velocity if method == "nesterov" else velocity)
    return abs(weight)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("method", METHODS[1:])
def test_just_below_the_limit_descent_converges_and_just_above_it_diverges(
    method: quadratics.Method, momentum: float
) -> None:
    limit = quadratics.stability_limit(2.0, method, momentum)
    assert far_after(4000, 0.99 * limit, method, momentum) < 1e-6
    assert far_after(4000, 1.01 * limit, method, momentum) > 1e6


def test_no_neighbour_of_polyaks_settings_is_faster() -> None:
    hs = [0.5, 1.0, 8.0]
    rate, beta = quadratics.heavy_ball_rate(hs), quadratics.heavy_ball_momentum(hs)

    def slowest(eta: float, momentum: float) -> float:
        return max(quadratics.contraction(h, eta, "heavy-ball", momentum) for h in hs)

    best = quadratics.best_contraction(hs, "heavy-ball")
    assert slowest(rate, beta) == pytest.approx(best, rel=1e-6) == 3 / 5
    for more in (0.98, 1.02):
        assert slowest(rate * more, beta) > best + 1e-3
        assert slowest(rate, beta * more) > best + 1e-3


def test_plain_descent_at_the_best_rate_takes_the_steps_that_its_contraction_says() -> None:
    hs = [1.0, 19.0]  # contraction 18/20
    assert quadratics.best_contraction(hs, "plain") == pytest.approx(0.9)
    assert quadratics.iterations(hs, quadratics.best_rate(hs), 1e-3) == 66
    assert quadratics.iterations_to(1e-3, 0.9) == 66  # 0.9^65 = 0.00106
    momentum = quadratics.heavy_ball_momentum(hs)
    assert quadratics.iterations(hs, quadratics.heavy_ball_rate(hs), 1e-3, momentum) < 33


def test_newton_lands_on_the_minimum_of_a_quadratic_at_once() -> None:
    hessian = [[3.0, 1.0], [1.0, 2.0]]
    weights = [4.0, -7.0]
    gradient = [3 * 4 - 7.0, 4 - 14.0]
    assert line_search.newton_step(weights, gradient, hessian) == pytest.approx([0, 0])
    with pytest.raises(ValueError, match="inverse"):
        line_search.newton_step(weights, gradient, [[1.0, 2.0], [2.0, 4.0]])
    with pytest.raises(ValueError, match="2×2"):
        line_search.newton_step(weights, gradient, [[1.0, 2.0]])


def test_backtracking_worked_by_hand() -> None:
    # h = 10, w = 1: rates up to 2 · 0.9 / 10 pass for c = 0.1; 1, 0.5, 0.25, 0.125
    assert line_search.backtracking_rate([1.0], [10.0], 1.0, share=0.1) == 0.125


def test_moving_averages_worked_by_hand() -> None:
    assert averages.moving_average([4.0, 8.0], 0.5, corrected=False) == 5.0
    assert averages.moving_average([4.0, 8.0], 0.5) == pytest.approx(20 / 3)
    assert averages.half_life(0.5) == 1
    # after the window 1/(1 − β), about 1/e is left
    window = round(averages.effective_window(0.999))
    assert 1 - averages.share_of_newest(0.999, window) == pytest.approx(1 / e, rel=1e-3)
    assert averages.half_life(0.999) == pytest.approx(window * log(2), rel=1e-3)


def test_global_clipping_is_torchs_but_for_its_guard_against_zero() -> None:
    import torch

    parameters = [torch.nn.Parameter(torch.zeros(2)) for _ in range(2)]
    gradients = [[3.0, 0.0], [0.0, 4.0]]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = torch.tensor(gradient)
    torch.nn.utils.clip_grad_norm_(parameters, 2.5)
    found = penalties.clip_by_global_norm(gradients, 2.5)
    assert found == [pytest.approx(p.grad.tolist(), rel=1e-5) for p in parameters]  # type: ignore[union-attr]
    assert penalties.clip_by_global_norm(gradients, 5) == gradients


def test_a_small_rate_balances_at_the_known_length() -> None:
    length = penalties.decay_equilibrium(0.01, 0.01, 2.0)
    assert length == pytest.approx((0.01 / 0.02) ** 0.25 * sqrt(2), rel=1e-3)
