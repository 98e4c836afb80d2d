"""The experiments' verdicts on seeds of their own, with controls in which the effect must be absent."""

from __future__ import annotations

import math
import subprocess
import sys
from inspect import getmembers, isfunction
from typing import Any

import pytest
import torch

from quizkit.verify.judgement import judge
from solvers import experiments

DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
FRESH = 10_000
SEEDS = 64
LN = math.log

# experiment, conditions, smallest effect of interest, verdict
EXPECTED: list[tuple[str, dict[str, Any], float, str]] = [
    ("tanh_against_sigmoid", {"rate": 0.1}, LN(1.2), "supported"),
    ("tanh_against_sigmoid", {"rate": 0.3}, LN(1.2), "supported"),
    ("tanh_against_sigmoid", {"rate": 0.3, "rival_rate": 0.5}, LN(1.2), "supported"),
    ("tanh_against_sigmoid", {"layers": 2}, LN(10), "supported"),
    ("tanh_against_sigmoid", {"layers": 3, "steps": 4000}, LN(10), "supported"),
    (
        "tanh_against_sigmoid",
        {"rate": 0.6, "steps": 16000, "blown_up": "never"},
        LN(1.2),
        "refuted",
    ),
    ("tanh_against_sigmoid", {"rate": 0.6, "steps": 16000}, LN(1.2), "inconclusive"),
    ("tanh_against_sigmoid", {"rate": 0.01, "steps": 500}, LN(1.2), "invalid"),
    ("tanh_against_sigmoid", {"rival": "relu", "rate": 0.3}, LN(1.2), "refuted"),
    ("tanh_against_sigmoid", {"rival": "centred_sigmoid"}, LN(5), "supported"),
    ("tanh_against_sigmoid", {"activation": "centred_sigmoid"}, LN(1.2), "refuted"),
    ("tanh_against_sigmoid", {"activation": "raised_tanh"}, LN(5), "supported"),
    ("tanh_against_sigmoid", {"rival": "raised_tanh"}, LN(1.2), "refuted"),
    ("tanh_against_sigmoid", {"rival": "raised_tanh", "rate": 0.3}, LN(1.2), "supported"),
    ("tanh_against_sigmoid", {"rival": "raised_tanh", "layers": 3}, LN(1.2), "supported"),
    ("hidden_units_apart", {}, 1e-6, "refuted"),
    ("hidden_units_apart", {"weights": "zero"}, 1e-6, "refuted"),
    ("hidden_units_apart", {"optimiser": "adam"}, 1e-6, "refuted"),
    ("hidden_units_apart", {"biases": "normal"}, 1e-6, "supported"),
    ("growth_at_rate", {"factor": 0.5}, 0.0, "refuted"),
    ("growth_at_rate", {"factor": 0.95}, 0.0, "refuted"),
    ("growth_at_rate", {"factor": 1.05}, 0.0, "supported"),
    ("growth_at_rate", {"factor": 1e-4}, -0.1, "supported"),
    ("best_xor_accuracy", {"layers": 0}, 0.9, "refuted"),
    ("best_xor_accuracy", {"layers": 1}, 0.9, "refuted"),
    ("best_xor_accuracy", {"activation": "tanh"}, 0.9, "supported"),
    ("best_xor_accuracy", {"activation": "tanh", "hidden": 1}, 0.9, "refuted"),
    ("first_layer_gradient", {}, LN(10), "supported"),
    ("first_layer_gradient", {"activation": "tanh"}, LN(10), "refuted"),
    ("first_layer_gradient", {"activation": "relu", "rule": "he"}, LN(10), "refuted"),
    ("first_layer_gradient", {"activation": "relu"}, LN(10), "supported"),
    ("signal_at_depth", {"depth": 3}, LN(2), "refuted"),
    ("signal_at_depth", {"activation": "tanh", "rule": "glorot"}, LN(2), "supported"),
    ("scaling_features", {}, LN(1.2), "supported"),
    ("momentum_against_descent", {}, LN(1.2), "supported"),
    ("momentum_against_descent", {"spread": 1.0}, LN(1.2), "refuted"),
    ("cross_entropy_against_squares", {}, LN(2), "supported"),
    ("dead_units", {"rate": 10.0, "steps": 100}, 0.1, "supported"),
    ("dead_units", {"rate": 0.1, "steps": 100}, 0.1, "refuted"),
    ("memorised_labels", {}, 0.99, "supported"),
    ("memorised_labels", {"hidden": 1}, 0.99, "refuted"),
    ("noise_floor", {}, 1e-3, "supported"),
    ("noise_floor", {"batch": 32}, 1e-3, "refuted"),
    ("deep_linear_loss", {}, 1e-9, "refuted"),
    ("deep_linear_loss", {}, -0.01, "supported"),
]
CONTROLS: list[tuple[str, dict[str, Any], float]] = [
    ("tanh_against_sigmoid", {"rival": "tanh", "rate": 0.3}, LN(1.2)),
    ("tanh_against_sigmoid", {"activation": "sigmoid", "rate": 0.3}, LN(1.2)),
    ("scaling_features", {"spread": 1.0}, LN(1.2)),
    ("momentum_against_descent", {"momentum": 0.0}, LN(1.2)),
    ("cross_entropy_against_squares", {"rival": "cross_entropy"}, LN(2)),
    ("noise_floor", {"noise": 0.0}, 1e-3),
]


def measured(name: str, conditions: dict[str, Any], seeds: int = SEEDS, first: int = FRESH) -> Any:
    return getattr(experiments, name)(seeds=seeds, first=first, **conditions)


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The CPU, and a GPU where there is one."""
    monkeypatch.setenv("QUIZKIT_DEVICE", request.param)
    return str(request.param)


@pytest.mark.parametrize(("name", "conditions", "above", "verdict"), EXPECTED)
def test_the_verdict_repeats_on_fresh_seeds(
    name: str, conditions: dict[str, Any], above: float, verdict: str, device: str
) -> None:
    assert judge(measured(name, conditions), above).verdict == verdict


@pytest.mark.parametrize(("name", "conditions", "above"), CONTROLS)
def test_where_nothing_differs_no_effect_is_found(
    name: str, conditions: dict[str, Any], above: float, device: str
) -> None:
    values = measured(name, conditions)
    assert judge(values, above).verdict == "refuted"
    assert max(map(abs, values)) < 1e-6


def test_units_that_start_alike_stay_alike_to_the_last_bit(device: str) -> None:
    for weights in ("zero", "constant"):
        apart = measured("hidden_units_apart", {"weights": weights})
        assert max(map(abs, apart)) <= (0.0 if device == "cpu" else 1e-12)


def test_no_affine_function_gets_more_than_three_points_of_xor(device: str) -> None:
    for layers in (0, 1, 2):
        assert max(measured("best_xor_accuracy", {"layers": layers, "margin": 1e-9})) <= 0.75


def test_sign_accuracy_without_a_margin_is_what_fools_people() -> None:  # by a CPU's roundings
    strict, lax = (
        measured("best_xor_accuracy", {"layers": 0, "margin": margin}) for margin in (0.1, -1e-9)
    )
    assert max(strict) <= 0.75
    assert max(lax) == 1.0  # outputs of 0 ± rounding count as right on both sides


def test_narrow_he_nets_lose_signal_and_wide_ones_do_not(device: str) -> None:
    narrow, wide = (
        judge(measured("signal_at_depth", {"width": width, "depth": 8}, 128), LN(1.5))
        for width in (8, 32)
    )
    assert narrow.verdict == "supported"
    assert wide.effect < narrow.effect / 2


@pytest.mark.parametrize(
    ("name", "conditions"),
    [
        ("tanh_against_sigmoid", {"rate": 0.3}),
        ("tanh_against_sigmoid", {"rival": "raised_tanh"}),
        ("tanh_against_sigmoid", {"layers": 3, "steps": 2000}),
        ("memorised_labels", {"steps": 30}),
        ("noise_floor", {}),
        ("first_layer_gradient", {"depth": 4}),
    ],
)
def test_a_seed_measures_the_same_in_any_company(
    name: str, conditions: dict[str, Any], device: str
) -> None:
    near = 1e-12 if device == "cpu" else 1e-9
    whole = measured(name, conditions, 24)
    assert measured(name, conditions, 9) == pytest.approx(whole[:9], rel=near)
    assert measured(name, conditions, 8, FRESH + 16) == pytest.approx(whole[16:], rel=near)


def test_each_experiment_states_its_claim_and_refuses_no_seeds() -> None:
    public = [
        (name, function)
        for name, function in getmembers(experiments, isfunction)
        if not name.startswith("_") and function.__module__.startswith(experiments.__name__)
    ]
    assert len(public) >= 13
    for name, function in public:
        assert (function.__doc__ or "").startswith("Claim: "), name
        with pytest.raises(ValueError, match="seeds must be at least 1"):
            function(seeds=0)


def test_importing_the_experiments_imports_no_heavy_library() -> None:
    for code, heavy in (
        ("import solvers.experiments", False),
        ("import solvers.experiments as e; e.growth_at_rate(2)", True),
    ):
        script = f"{code}\nimport sys; print('numpy' in sys.modules, 'torch' in sys.modules)"
        out = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
        assert out.stdout.split() == [str(heavy), "False"]
