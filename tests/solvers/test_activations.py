"""Activation solvers against torch, sympy and hand-worked values."""

from __future__ import annotations

from math import e, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import activations

floats = st.floats(-30, 30)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def test_softmax_by_hand():
    assert activations.softmax([0, log(3)]) == pytest.approx([0.25, 0.75])
    first, second = activations.softmax([4, 3])
    assert first / second == pytest.approx(e)


@given(st.lists(floats, max_size=5), st.floats(-1000, 1000))
@settings(max_examples=30, deadline=None)
def test_softmax_agrees_with_torch_and_ignores_a_shift(logits, shift):
    key = outcome(activations.softmax, logits)
    other = outcome(activations.softmax_by_torch, logits)
    if "refused" in (key, other):
        assert key == other
        return
    assert key == pytest.approx(other, rel=1e-9)
    shifted = activations.softmax([z + shift for z in logits])
    assert key == pytest.approx(shifted, rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(0.01, 5), min_size=2, max_size=5))
@settings(max_examples=25, deadline=None)
def test_jacobian_agrees_with_autograd(weights):
    p = [w / sum(weights) for w in weights]
    key = activations.softmax_jacobian(p)
    other = activations.softmax_jacobian_by_autograd(p)
    for row, expected in zip(key, other, strict=True):
        assert row == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert sum(row) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("p", [[], [0.5, 0.6], [1.0, 0.0], [1.5, -0.5]])
def test_what_is_no_distribution_is_refused(p):
    for function in (activations.softmax_jacobian, activations.softmax_jacobian_by_autograd):
        with pytest.raises(ValueError, match="positive with sum 1"):
            function(p)


@given(st.sampled_from(["sigmoid", "tanh"]), st.floats(-1.2, 1.2))
@settings(max_examples=30, deadline=None)
def test_slope_agrees_with_autograd(function, output):
    if 0.999 < abs(output) < 1 or 0 < output < 0.001:
        return
    key = outcome(activations.slope_from_output, function, output)
    other = outcome(activations.slope_from_output_by_autograd, function, output)
    assert key == other if "refused" in (key, other) else key == pytest.approx(other, rel=1e-9)


def test_only_softmax_gives_probabilities():
    options = ["relu", "over-sum", "softmax", "sigmoid", "over-length"]
    assert activations.giving_probabilities(options) == "softmax"
    assert activations.giving_probabilities_by_torch(options) == "softmax"
    for function in (activations.giving_probabilities, activations.giving_probabilities_by_torch):
        with pytest.raises(ValueError, match="exactly one option"):
            function(["relu", "sigmoid"])
        with pytest.raises(ValueError, match="options must be among"):
            function(["softplus"])


def test_only_relu_and_max_pooling_are_not_affine():
    options = ["dropout", "relu", "batch-norm", "dense-layer", "max-pooling", "average-pooling"]
    options.append("convolution")
    assert activations.not_affine(options) == ["relu", "max-pooling"]
    assert activations.not_affine_by_torch(options) == ["relu", "max-pooling"]


def test_limits_are_the_textbook_ones():
    items = ["tanh", "sigmoid", "elu", "relu", "leaky-relu"]
    expected = ["−1 and 1", "0 and 1", "−1 and ∞", "0 and ∞", "−∞ and ∞"]
    assert activations.ends(items) == dict(zip(items, expected, strict=True))
    assert activations.ends_by_torch(items) == activations.ends(items)


@given(st.lists(floats, min_size=1, max_size=5), st.floats(-0.5, 20))
@settings(max_examples=25, deadline=None)
def test_largest_share_agrees_with_torch(scores, temperature):
    if 0 < temperature < 0.01:
        return
    key = outcome(activations.largest_share, scores, temperature)
    other = outcome(activations.largest_share_by_torch, scores, temperature)
    assert key == other if key == "refused" else key == pytest.approx(other, rel=1e-9)


def test_a_hot_softmax_is_even():
    assert activations.largest_share([1, 1, 1, 10], 1e6) == pytest.approx(0.25, abs=1e-5)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_degree_of_a_stack(depth):
    for activation, degree in (("none", 1), ("square", 2**depth)):
        assert activations.stack_degree(depth, activation) == degree
        assert activations.stack_degree_by_counting(depth, activation) == degree


@pytest.mark.parametrize("units", [1, 2, 7, 40])
def test_more_units_side_by_side_do_not_raise_the_degree(units):
    for depth, degree in ((1, 2), (2, 4)):
        assert activations.stack_degree(depth, "square", units) == degree
        assert activations.stack_degree_by_counting(depth, "square", units) == degree


@pytest.mark.parametrize("units", [0, 1001])
def test_a_width_out_of_range_is_refused(units):
    for function in (activations.stack_degree, activations.stack_degree_by_counting):
        with pytest.raises(ValueError, match="units must be from 1 to 1000"):
            function(1, "square", units)


def test_relu_is_continuous_and_the_step_is_not():
    for function, height in (("relu", 0), ("heaviside", 1)):
        assert activations.jump(function) == height
        assert activations.jump_by_sympy(function) == height


@pytest.mark.parametrize("alpha", [-1.0, 0.0, 0.25, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("inside", [True, False])
def test_elu_jump(alpha, inside):
    key = outcome(activations.elu_jump, alpha, inside)
    assert key == outcome(activations.elu_jump_by_sympy, alpha, inside)
    if alpha > 0:
        assert key == (0 if inside else abs(alpha - 1))


@pytest.mark.parametrize("start", [-4, -2, 0, 1, 5])
def test_third_difference(start):
    for function in ("softsign", "square"):
        key = activations.third_difference(function, start)
        assert float(key) == pytest.approx(
            activations.third_difference_by_sympy(function, start), abs=1e-12
        )
    assert activations.third_difference("square", start) == 0


@given(floats)
@settings(max_examples=25, deadline=None)
def test_tanh_is_a_rescaled_sigmoid(x):
    assert activations.tanh_gap(x, 2) == pytest.approx(0, abs=1e-12)
    assert activations.tanh_gap(x, 1) == pytest.approx(
        activations.tanh_gap_by_torch(x, 1), abs=1e-12
    )
