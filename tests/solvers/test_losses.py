"""Loss solvers against torch, hand-worked values and known identities."""

from __future__ import annotations

from math import isclose, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import losses

floats = st.floats(-20, 20)
shares = st.lists(st.floats(0.01, 5), min_size=3, max_size=3).map(
    lambda weights: [w / sum(weights) for w in weights]
)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def agree(function, witness, *args):
    key, other = outcome(function, *args), outcome(witness, *args)
    if "refused" in (key, other):
        return key == other
    return key == pytest.approx(other, rel=1e-9, abs=1e-12)


def test_cross_entropy_by_hand():
    assert losses.softmax_cross_entropy([0, log(3)], 1) == pytest.approx(log(4 / 3))
    assert losses.softmax_cross_entropy([0, 0], 1, "bits") == pytest.approx(1)
    assert losses.guessing_loss(10) == pytest.approx(2.302585, abs=1e-6)


@given(st.lists(floats, min_size=1, max_size=4), st.integers(-1, 4))
@settings(max_examples=30, deadline=None)
def test_cross_entropy_and_gradient_agree_with_torch(logits, label):
    cross_entropy = losses.softmax_cross_entropy, losses.softmax_cross_entropy_by_torch
    for unit in ("nats", "bits"):
        assert agree(*cross_entropy, logits, label, unit)
    assert agree(losses.logits_gradient, losses.logits_gradient_by_autograd, logits, label)


@given(st.lists(floats, min_size=2, max_size=4))
def test_gradient_is_the_difference_quotient(logits):
    gradient = losses.logits_gradient(logits, 0)
    assert sum(gradient) == pytest.approx(0, abs=1e-12)
    for i, slope in enumerate(gradient):
        up, down = ([z + h * (j == i) for j, z in enumerate(logits)] for h in (1e-5, -1e-5))
        rise = losses.softmax_cross_entropy(up, 0) - losses.softmax_cross_entropy(down, 0)
        assert rise / 2e-5 == pytest.approx(slope, abs=1e-6)


@pytest.mark.parametrize("classes", [1, 2, 10, 1000])
def test_guessing(classes):
    assert agree(losses.guessing_loss, losses.guessing_loss_by_torch, classes)


@given(st.lists(floats, max_size=4), st.lists(floats, max_size=4), st.booleans())
@settings(max_examples=30, deadline=None)
def test_squared_error_agrees_with_torch(predictions, targets, halved):
    key = losses.mean_squared_error, losses.mean_squared_error_by_torch
    assert agree(*key, predictions, targets, halved)


@pytest.mark.parametrize("labels", [0, 1, 2, 5, 8, 17])
@pytest.mark.parametrize("exclusive", [True, False])
def test_predictions_counted(labels, exclusive):
    key = losses.possible_predictions, losses.possible_predictions_by_counting
    assert agree(*key, labels, exclusive)


@given(shares, shares)
@settings(max_examples=30, deadline=None)
def test_cross_entropy_is_entropy_plus_divergence(truth, model):
    assert agree(losses.entropy, losses.entropy_by_numpy, truth)
    assert agree(losses.cross_entropy, losses.cross_entropy_by_torch, truth, model)
    divergence = losses.divergence_by_torch(truth, model)
    assert losses.divergence(truth, model) == pytest.approx(divergence, abs=1e-9)
    total = losses.entropy(truth) + divergence
    assert losses.cross_entropy(truth, model) == pytest.approx(total)
    assert divergence >= -1e-9


@pytest.mark.parametrize("model", [[0.5, 0.5, 0], [0.5, 0.5], [0.5, 0.4, 0.2], []])
def test_impossible_models_are_refused(model):
    for function in (losses.divergence, losses.divergence_by_torch, losses.cross_entropy_by_torch):
        assert outcome(function, [0.5, 0.25, 0.25], model) == "refused"


@given(st.floats(-0.5, 1.5))
@settings(max_examples=25, deadline=None)
def test_gradient_ratio_agrees_with_autograd(output):
    if 0 < output < 1e-3 or 1 - 1e-3 < output < 1:
        return
    assert agree(losses.gradient_ratio, losses.gradient_ratio_by_autograd, output)


def test_best_constants_are_the_textbook_ones():
    found = losses.best_constants(["absolute", "squared", "largest", "zero-one"])
    words = ["median", "mean", "halfway", "most frequent"]
    assert all(word in text for word, text in zip(words, found.values(), strict=True))
    assert found == losses.best_constants_by_torch(list(found))
    for function in (losses.best_constants, losses.best_constants_by_torch):
        with pytest.raises(ValueError, match="items must be among"):
            function(["huber"])


@pytest.mark.parametrize("n", [0, 1, 4, 9])
@pytest.mark.parametrize("first", [0, 1])
def test_indexed_mean_square(n, first):
    key = losses.indexed_mean_square, losses.indexed_mean_square_by_sympy
    assert agree(*key, n, first, 2.0)
    if n:
        assert isclose(losses.indexed_mean_square(n, 1, 3.0), 9)


def test_accuracy_can_fall_with_the_loss():
    before, after = [0.51, 0.51, 0.51, 0.01], [0.49, 0.49, 0.49, 0.4]
    assert losses.accuracy_change(before, after) == -0.75
    assert losses.accuracy_change_by_torch(before, after) == -0.75
    for function in (losses.accuracy_change, losses.accuracy_change_by_torch):
        with pytest.raises(ValueError, match="lower cross-entropy"):
            function(after, before)
