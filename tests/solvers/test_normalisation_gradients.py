"""Normalisation and its gradients against torch's functions and exact values worked by hand."""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest

from solvers import normalisation_gradients as norms
from solvers.mistakes import normalisation_gradients as mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, outcome

KINDS = ["batch", "layer", "group", "rms"]


def batch(random: Random) -> Setting:
    """Two to four examples of two to four features, at times too few values or groups that do not fit."""
    norm, examples = random.choice(KINDS), random.randint(1 if random.random() < 0.1 else 2, 4)
    features = random.choice([2, 3, 4, 4])
    groups = random.choice([1, 2]) if norm == "group" else 1
    return {
        "norm": norm,
        "inputs": drawn(random, examples, features),
        "scale": drawn(random, features),
        "shift": drawn(random, features),
        "upstream": drawn(random, examples, features),
        "epsilon": random.choice([1e-5, 1e-3, 0.1]),
        "groups": groups,
        "running_mean": drawn(random, features),
        "running_variance": [abs(v) + 0.1 for v in drawn(random, features)],
    }


def test_values_and_gradients_are_torchs() -> None:
    names = ["normalised", "input_gradient", "scale_gradient", "evaluation_gradient"]
    assert 140 < agreed(norms, names, batch, 50) < 200


def test_two_values_have_nearly_no_gradient() -> None:
    # x̂ of two values is ±1 whatever they are, if ε is small
    setting: Setting = {"norm": "layer", "inputs": [[1.0, 3.0]], "scale": [1.0, 1.0]}
    slopes = norms.input_gradient(**setting, upstream=[[1.0, -2.0]], epsilon=1e-12)
    assert slopes == [pytest.approx([0.0, 0.0], abs=1e-11)]


def test_three_values_by_hand() -> None:
    # 1, 2, 3: variance 2/3, x̂ = (−a, 0, a) with a = √1.5; g = (1, 0, 0): mean 1/3, mean of g x̂ −a/3
    a = sqrt(1.5)
    column = [[1.0], [2.0], [3.0]]
    slopes = norms.input_gradient("batch", column, [2.0], [[1.0], [0.0], [0.0]], 1e-15)
    expected = [2 * a * (1 - 1 / 3 - a * a / 3), 2 * a * (-1 / 3), 2 * a * (-1 / 3 + a * a / 3)]
    assert [row[0] for row in slopes] == pytest.approx(expected, abs=1e-12)
    assert sum(row[0] for row in slopes) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("norm", ["batch", "layer", "group"])
def test_moving_or_stretching_what_is_normalised_changes_nothing(norm: str) -> None:
    setting = {**batch(Random(4)), "norm": norm, "inputs": drawn(Random(5), 4, 4), "groups": 1}
    setting |= {"scale": drawn(Random(6), 4), "upstream": drawn(Random(7), 4, 4), "epsilon": 1e-12}
    slopes = outcome(norms.input_gradient, {k: setting[k] for k in (
        "norm", "inputs", "scale", "upstream", "epsilon", "groups")})  # fmt: skip
    rows, places = list(slopes), setting["inputs"]
    if norm == "batch":
        rows, places = list(zip(*rows, strict=True)), list(zip(*places, strict=True))
    for row, place in zip(rows, places, strict=True):
        assert sum(row) == pytest.approx(0.0, abs=1e-9)
        assert sum(g * x for g, x in zip(row, place, strict=True)) == pytest.approx(0.0, abs=1e-9)


GOOD: Setting = {
    "norm": "layer",
    "inputs": [[1.0, 2.0, 4.0], [0.5, -1.0, 3.0]],
    "scale": [1.0, 2.0, -1.0],
    "upstream": [[1.0, 0.5, 0.0], [0.2, -1.0, 1.0]],
    "epsilon": 1e-5,
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"inputs": []}, "inputs must be rows"),
        ({"scale": [1.0]}, "scale must have 3 entries, found 1"),
        ({"upstream": [[1.0, 0.5, 0.0]]}, "upstream must be 2 rows of 3"),
        ({"epsilon": 0.0}, "epsilon must be above 0 and at most 1, found 0.0"),
        ({"norm": "group", "groups": 2}, "groups must divide the 3 features, found 2"),
        ({"norm": "group", "groups": 0}, "groups must divide the 3 features, found 0"),
        ({"norm": "group", "groups": 3}, "at least 2 values to normalise"),
        ({"groups": 3}, "groups must be 1 for layer norm, found 3"),
        ({"inputs": [[2.0, 2.0, 2.0], [1.0, 2.0, 3.0]]}, "inputs must vary"),
        ({"norm": "rms", "inputs": [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]}, "inputs must vary"),
    ],
)
def test_what_cannot_be_normalised_is_refused_by_all_routes(changed: Setting, told: str) -> None:
    setting = {**GOOD, **changed}
    with pytest.raises(ValueError, match=told):
        norms.input_gradient(**setting)
    assert not differing(norms, "input_gradient", setting)
    assert not differing(norms, "scale_gradient", setting)


def test_running_statistics_are_checked() -> None:
    setting: Setting = {key: GOOD[key] for key in ("inputs", "scale", "upstream", "epsilon")}
    setting |= {"running_mean": [0.0] * 3, "running_variance": [1.0, -0.1, 1.0]}
    with pytest.raises(ValueError, match="running_variance must be at least 0"):
        norms.evaluation_gradient(**setting)
    with pytest.raises(ValueError, match="running_mean must have 3 entries, found 1"):
        norms.evaluation_gradient(**{**setting, "running_mean": [1.0]})
    with pytest.raises(ValueError, match="shift must have 3 entries, found 0"):
        norms.normalised("layer", GOOD["inputs"], GOOD["scale"], [], 1e-5)


@pytest.mark.parametrize("norm", ["batch", "layer", "rms"])
def test_mistakes_are_wrong(norm: str) -> None:
    setting = {**GOOD, "norm": norm, "inputs": [*GOOD["inputs"], [2.0, 0.3, -1.0]]}
    setting["upstream"] = [*GOOD["upstream"], [0.4, 0.1, -0.3]]
    names = ["constant_statistics", "constant_variance", "scale_forgotten"]
    names += ["constant_mean"] if norm != "rms" else []
    key = outcome(norms.input_gradient, setting)
    for name in names:
        assert outcome(getattr(mistakes, name), setting) not in (key, REFUSED)
    key = outcome(norms.scale_gradient, setting)
    for wrong in (mistakes.inputs_for_units, mistakes.shift_gradient_for_scale):
        assert outcome(wrong, setting) not in (key, REFUSED)
    values = {k: setting[k] for k in ("norm", "inputs", "scale", "epsilon")} | {"shift": [0.0] * 3}
    key = outcome(norms.normalised, values)
    assert outcome(mistakes.over_the_other_axis, values) not in (key, REFUSED)


def test_mistakes_in_evaluation_are_wrong() -> None:
    setting: Setting = {key: GOOD[key] for key in ("inputs", "scale", "upstream", "epsilon")}
    setting |= {"running_mean": [0.0] * 3, "running_variance": [4.0, 0.5, 2.0]}
    key = outcome(norms.evaluation_gradient, setting)
    for wrong in (mistakes.training_for_evaluation, mistakes.variance_for_deviation):
        assert outcome(wrong, setting) not in (key, REFUSED)


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not differing(norms, "input_gradient", GOOD)
    monkeypatch.setattr(norms, "input_gradient_by_autograd", mistakes.constant_variance)
    assert len(differing(norms, "input_gradient", GOOD)) == 1
