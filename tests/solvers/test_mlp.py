"""Nets by hand against real layers, autograd, complex steps, exact fractions and worked values."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log
from random import Random
from typing import Any

import pytest

from solvers import mlp, mlp_exact, mlp_exact_runs, mlp_gradients, mlp_training
from solvers.mistakes import mlp_gradients as gradient_mistakes
from solvers.mistakes import mlp_training as training_mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, fitting, outcome

HIDDEN = ["linear", "relu", "leaky-relu", "sigmoid", "tanh", "softplus"]
LAST = {"binary cross-entropy": ["sigmoid"], "cross-entropy": ["softmax"]}
GRADIENTS = ["error_signal", "weight_gradient", "bias_gradient", "input_gradient"]
TRAINING = ["trained_weights", "trained_biases", "loss_after"]


def _targets(random: Random, loss: str, examples: int, outputs: int) -> list[list[float]]:
    if loss == "cross-entropy":
        parts = [[random.choice([0.0, 0.5, 1.0]) for _ in range(outputs)] for _ in range(examples)]
        return [[p / sum(row) for p in row] if sum(row) else [1.0, *row[1:]] for row in parts]
    if loss == "binary cross-entropy":
        return [[random.choice([0.0, 1.0, 0.3]) for _ in range(outputs)] for _ in range(examples)]
    return drawn(random, examples, outputs)


def problem(random: Random) -> Setting:
    """One to three layers of every activation, one to three examples, every loss."""
    sizes = [random.randint(1, 3) for _ in range(random.randint(2, 4))]
    layers, examples = len(sizes) - 1, random.randint(1, 3)
    loss = random.choice(["half squared", "mean squared", *LAST])
    last = random.choice(LAST.get(loss, [*HIDDEN, "softmax"]))
    return {
        "inputs": drawn(random, examples, sizes[0]),
        "targets": _targets(random, loss, examples, sizes[-1]),
        "weights": [drawn(random, sizes[k + 1], sizes[k]) for k in range(layers)],
        "biases": [drawn(random, size) for size in sizes[1:]],
        "activations": [*random.choices(HIDDEN, k=layers - 1), last],
        "loss": loss,
        "layer": random.randint(1, layers),
        "mean": random.random() < 0.5,
        "rate": round(random.uniform(0.01, 0.3), 2),
        "steps": random.randint(0, 3),
    }


def exact_problem(random: Random) -> Setting:
    """Linear and ReLU layers with squares; small whole numbers, so that some meet a kink."""
    setting = problem(random)
    layers = len(setting["weights"])
    setting["activations"] = random.choices(["relu", "linear"], k=layers)
    setting["loss"] = random.choice(["half squared", "mean squared"])
    setting["targets"] = drawn(random, len(setting["inputs"]), len(setting["biases"][-1]))
    if random.random() < 0.5:
        setting["inputs"] = [[float(round(x)) for x in row] for row in setting["inputs"]]
        setting["biases"] = [[0.0 for _ in row] for row in setting["biases"]]
    return setting


def test_forward_is_that_of_real_layers() -> None:
    assert agreed(mlp, ["signals", "pre_activations", "loss_value"], problem, 40) == 120


def test_gradients_are_those_of_autograd_and_of_complex_steps() -> None:
    assert agreed(mlp_gradients, GRADIENTS, problem, 60) == 240


def test_training_is_that_of_a_real_optimiser() -> None:
    assert agreed(mlp_training, TRAINING, problem, 20) == 60


def test_exact_gradients_are_exact() -> None:
    names = [
        "exact_outputs",
        "exact_weight_gradient",
        "exact_bias_gradient",
        "exact_trained_weights",
    ]
    assert 40 < agreed(mlp_exact, names, exact_problem, 20) < 80  # some meet a kink
    names = ["exact_trained_biases", "exact_loss_after"]
    assert 20 < agreed(mlp_exact_runs, names, exact_problem, 20) < 40


def test_exact_routes_agree_without_any_tolerance() -> None:
    compared = 0
    routes = (
        (mlp_exact.exact_weight_gradient, mlp_exact.exact_weight_gradient_by_fractions),
        (mlp_exact.exact_bias_gradient, mlp_exact.exact_bias_gradient_by_fractions),
        (mlp_exact_runs.exact_trained_biases, mlp_exact_runs.exact_trained_biases_by_fractions),
        (mlp_exact_runs.exact_loss_after, mlp_exact_runs.exact_loss_after_by_fractions),
    )
    for solver, witness in routes:
        for seed in range(20):
            setting = fitting(solver, exact_problem(Random(seed)))
            key = outcome(solver, setting)
            assert key == outcome(witness, setting)
            compared += key != REFUSED
    assert compared > 40


TWO_LAYERS: Setting = {
    "inputs": [[1.0, 2.0]],
    "targets": [[1.0]],
    "weights": [[[1.0, 1.0], [-1.0, 1.0]], [[2.0, -1.0]]],
    "biases": [[0.0, 0.5], [1.0]],
    "activations": ["relu", "linear"],
    "loss": "half squared",
}


def test_a_net_worked_by_hand() -> None:
    # z = (3, 1.5), y = 6 − 1.5 + 1 = 5.5, error 4.5, δ = (9, −4.5)
    assert mlp.loss_value(**TWO_LAYERS) == 4.5**2 / 2
    assert mlp_gradients.error_signal(**TWO_LAYERS, layer=1) == [[9.0, -4.5]]
    assert mlp_gradients.weight_gradient(**TWO_LAYERS, layer=1) == [[9.0, 18.0], [-4.5, -9.0]]
    assert mlp_gradients.weight_gradient(**TWO_LAYERS, layer=2) == [[13.5, 6.75]]
    assert mlp_gradients.bias_gradient(**TWO_LAYERS, layer=1) == [9.0, -4.5]
    assert mlp_gradients.input_gradient(**TWO_LAYERS) == [[13.5, 4.5]]
    moved = mlp_training.trained_weights(**TWO_LAYERS, layer=2, rate=0.1)
    assert moved == [[pytest.approx(0.65), pytest.approx(-1.675)]]
    exact = mlp_exact.exact_trained_weights(**TWO_LAYERS, layer=2, rate=0.1)
    assert exact == [[Fraction(13, 20), Fraction(-67, 40)]]
    # b2 = 1 − 0.1 · 4.5; W1 = (0.1, −0.8; −0.55, 1.9), b1 = (−0.9, 0.95): z = (−2.4, 4.2), y = 0.55 − 7.035
    assert mlp_exact.exact_bias_gradient(**TWO_LAYERS, layer=1) == [9, Fraction(-9, 2)]
    moved_biases = mlp_exact_runs.exact_trained_biases(**TWO_LAYERS, layer=2, rate=0.1)
    assert moved_biases == [Fraction(11, 20)]
    after = mlp_exact_runs.exact_loss_after(**TWO_LAYERS, rate=0.1)
    assert after == Fraction(7485, 1000) ** 2 / 2


def test_softmax_with_cross_entropy_by_hand() -> None:
    setting: Setting = {
        "inputs": [[1.0]],
        "targets": [[0.0, 1.0]],
        "weights": [[[log(3.0)], [0.0]]],
        "biases": [[0.0, 0.0]],
        "activations": ["softmax"],
        "loss": "cross-entropy",
    }
    assert mlp.loss_value(**setting) == pytest.approx(log(4))
    assert mlp_gradients.error_signal(**setting, layer=1) == [[pytest.approx(0.75), -0.75]]


def test_far_out_signals_neither_overflow_nor_lose_the_loss() -> None:
    setting: Setting = {
        "inputs": [[1.0]],
        "targets": [[1.0]],
        "weights": [[[-900.0]]],
        "biases": [[0.0]],
        "activations": ["sigmoid"],
        "loss": "binary cross-entropy",
    }
    assert mlp.loss_value(**setting) == 900.0
    assert mlp_gradients.error_signal(**setting, layer=1) == [[-1.0]]
    assert not differing(mlp_gradients, "weight_gradient", {**setting, "layer": 1})
    tiny = mlp.signals([[1.0]], [[[-40.0]]], [[0.0]], ["softplus"], 1)
    assert tiny[0][0] == pytest.approx(exp(-40), rel=1e-12)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"inputs": []}, "inputs must be rows"),
        ({"inputs": [[1.0]]}, r"weights of layer 1 must be 2 rows of 1, found \[\[1.0, 1.0\]"),
        ({"targets": [[1.0, 2.0]]}, "targets must be 1 rows of 1"),
        ({"weights": []}, "weights must have at least 1 layer"),
        ({"weights": [[], [[2.0, -1.0]]]}, "at least 1 unit per layer"),
        ({"biases": [[0.0], [1.0]]}, "biases of layer 1 must have 2 entries, found 1"),
        ({"activations": ["relu"]}, "activations must have 2 entries, found 1"),
        ({"activations": ["softmax", "linear"]}, "softmax as the last only"),
        ({"biases": [[-3.0, 0.5], [1.0]]}, "must not be 0 before relu, found 0"),
        ({"loss": "cross-entropy"}, "must be softmax for cross-entropy, found linear"),
        ({"loss": "binary cross-entropy"}, "must be sigmoid for binary cross-entropy"),
        ({"layer": 3}, "layer must be from 1 to 2, found 3"),
        ({"layer": 0}, "layer must be from 1 to 2, found 0"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_all_routes(changed: Setting, told: str) -> None:
    setting = {**TWO_LAYERS, "layer": 1, **changed}
    with pytest.raises(ValueError, match=told):
        mlp_gradients.weight_gradient(**setting)
    assert not differing(mlp_gradients, "weight_gradient", setting)
    assert not differing(mlp_training, "trained_weights", {**setting, "rate": 0.1})


@pytest.mark.parametrize("targets", [[[0.5, 0.6]], [[1.5, -0.5]]])
def test_targets_of_a_softmax_are_probabilities(targets: Any) -> None:
    with pytest.raises(ValueError, match="targets must"):
        mlp.loss_value(
            [[1.0]], targets, [[[1.0], [2.0]]], [[0.0, 0.0]], ["softmax"], "cross-entropy"
        )


@pytest.mark.parametrize("steps", [-1, 6])
def test_exact_steps_are_few(steps: int) -> None:
    with pytest.raises(ValueError, match=f"steps must be from 0 to 5, found {steps}"):
        mlp_exact.exact_trained_weights(**TWO_LAYERS, layer=1, rate=0.1, steps=steps)
    with pytest.raises(ValueError, match=f"steps must be from 0 to 5, found {steps}"):
        mlp_exact_runs.exact_loss_after(**TWO_LAYERS, rate=0.1, steps=steps)


BATCH: Setting = {
    "inputs": [[1.0, 2.0], [0.5, -1.0]],
    "targets": [[1.0, 0.0], [0.2, 0.7]],
    "weights": [[[0.4, -0.3], [0.2, 0.5]], [[0.6, -0.7], [0.3, 0.9]]],
    "biases": [[0.1, -0.2], [0.3, 0.1]],
    "activations": ["tanh", "sigmoid"],
    "loss": "half squared",
}
WRONG = {
    "weight_gradient": [
        "no_hidden_slope", "no_output_slope", "slope_of_the_signal", "weights_skipped",
        "gradient_transposed", "sign_turned", "other_reduction", "last_example_only",
    ],
    "bias_gradient": ["bias_of_the_last_example", "bias_sees_the_input", "bias_forgotten"],
}  # fmt: skip


@pytest.mark.parametrize(("solver", "wrong"), [(s, w) for s in WRONG for w in WRONG[s]])
def test_wrong_gradients_are_wrong(solver: str, wrong: str) -> None:
    key = outcome(getattr(mlp_gradients, solver), {**BATCH, "layer": 1})
    assert outcome(getattr(gradient_mistakes, wrong), {**BATCH, "layer": 1}) not in (key, REFUSED)


def test_a_gradient_from_pre_activations_is_wrong_above_the_first_layer() -> None:
    wrong = gradient_mistakes.from_pre_activations(**BATCH, layer=2)
    assert wrong != mlp_gradients.weight_gradient(**BATCH, layer=2)
    first = mlp_gradients.weight_gradient(**BATCH, layer=1)
    assert gradient_mistakes.from_pre_activations(**BATCH, layer=1) == first


@pytest.mark.parametrize(
    "wrong",
    ["uphill", "one_step_only", "first_gradient_kept", "biases_kept", "updated_weights_used",
     "other_reduction"],
)  # fmt: skip
def test_wrong_training_is_wrong(wrong: str) -> None:
    setting = {**BATCH, "layer": 1, "rate": 0.5, "steps": 3}
    key = outcome(mlp_training.trained_weights, setting)
    assert outcome(getattr(training_mistakes, wrong), setting) not in (key, REFUSED)


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = {**BATCH, "layer": 1}
    assert not differing(mlp_gradients, "weight_gradient", setting)
    broken = gradient_mistakes.weights_skipped
    monkeypatch.setattr(mlp_gradients, "weight_gradient_by_autograd", broken)
    assert len(differing(mlp_gradients, "weight_gradient", setting)) == 1
