"""Runs with clipping, L1 and max-norm: torch's own functions step by step, and steps worked by hand."""

from __future__ import annotations

from math import hypot
from random import Random
from typing import Any, get_args

import pytest

from solvers import constrained_runs
from tests.solvers.drawn import assert_routes_agree

RULES = get_args(constrained_runs.Rule)


def run(random: Random) -> dict[str, Any]:
    """Weights of 0 at times; at times a strength of 0, which bounds refuse."""
    count = random.randint(1, 4)

    def entries(low: float, high: float) -> list[float]:
        return [round(random.uniform(low, high), 2) for _ in range(count)]

    rule = random.choice(RULES)
    return {
        "rule": rule,
        "weights": [random.choice([0.0, w]) for w in entries(-3, 3)],
        "curvatures": entries(0.1, 4),
        "aims": entries(-3, 3),
        "rate": round(random.uniform(0.01, 0.6), 2),
        "strength": random.choice([0.0, 1.0]) if rule == "none" else random.choice([0, 0.3, 2.0]),
        "steps": random.randint(-1, 12),
    }


def test_runs_are_torchs() -> None:
    for solver, witness in (
        (constrained_runs.path, constrained_runs.path_by_torch),
        (constrained_runs.last_loss, constrained_runs.last_loss_by_torch),
    ):
        assert_routes_agree(solver, witness, run, count=200)


def walked(rule: constrained_runs.Rule, strength: float, steps: int = 2) -> list[list[float]]:
    return constrained_runs.path(rule, [3.0, 4.0], [1.0, 1.0], [0.0, 0.0], 0.5, strength, steps)


def test_steps_by_hand() -> None:
    assert walked("none", 0) == [[3, 4], [1.5, 2], [0.75, 1]]
    assert walked("clip by value", 3.5) == [[3, 4], [1.5, 2.25], [0.75, 1.125]]
    # |g| is 5, so a limit of 2.5 halves the step: (3, 4) − 0.25 (3, 4)
    assert walked("clip by norm", 2.5, 1) == [[3, 4], [2.25, 3]]
    assert walked("L1", 1, 1) == [[3, 4], [1, 1.5]]
    assert walked("L1, proximal", 3.5, 1) == [[3, 4], [0, 0.25]]
    [_, held] = walked("max-norm", 2, 1)
    assert held == pytest.approx([1.2, 1.6])
    assert constrained_runs.last_loss("none", [3.0], [2.0], [1.0], 0.25, 0, 1) == 1


def test_the_subgradient_swings_around_0_where_the_proximal_step_stops() -> None:
    settled = constrained_runs.path("L1, proximal", [1.0], [1.0], [0.05], 0.3, 0.1, 40)
    swinging = constrained_runs.path("L1", [1.0], [1.0], [0.05], 0.3, 0.1, 40)
    assert settled[-1] == [0]
    assert 0 < abs(swinging[-1][0]) <= 0.3 * 0.15
    assert all(
        hypot(*w) <= 1 + 1e-12
        for w in constrained_runs.path("max-norm", [3.0, 4.0], [1, 1], [2, 2], 0.1, 1.0, 9)[1:]
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rule": "L3"}, "rule must be one of"),
        ({"weights": []}, "must be equally long"),
        ({"rate": 0.0}, "rate must be above 0"),
        ({"curvatures": [0.0]}, "least curvature must be above 0"),
        ({"strength": -1.0}, "strength must be at least 0"),
        ({"rule": "max-norm", "strength": 0.0}, "strength must be above 0"),
        ({"rule": "none"}, "strength must be 0 without a rule"),
        ({"steps": 1001}, "steps must be in 0..1000"),
    ],
)
def test_bad_arguments_are_refused_by_both_routes(changed: dict[str, Any], told: str) -> None:
    setting = {"rule": "L1", "weights": [1.0], "curvatures": [1.0], "aims": [0.0]}
    setting |= {"rate": 0.1, "strength": 0.1, "steps": 1, **changed}
    for route in (constrained_runs.path, constrained_runs.path_by_torch):
        with pytest.raises(ValueError, match=told):
            route(**setting)
