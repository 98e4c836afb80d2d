"""Initialisation solvers against torch's initialisers, quadrature and hand-worked values."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import initialisation


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


@pytest.mark.parametrize(("fan_in", "fan_out"), [(300, 100), (784, 10), (7, 50)])
def test_limits_of_torchs_own_initialisers(fan_in, fan_out):
    generator = torch.Generator().manual_seed(1)
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    torch.nn.init.xavier_uniform_(weight, generator=generator)
    largest = float(weight.abs().max())
    limit = initialisation.glorot_limit(fan_in, fan_out)
    assert 0.98 * limit < largest <= limit
    torch.nn.init.kaiming_uniform_(weight, nonlinearity="relu", generator=generator)
    limit = 3**0.5 * initialisation.he_deviation(fan_in)
    assert 0.98 * limit < float(weight.abs().max()) <= limit


@given(st.integers(-1, 2000), st.integers(-1, 2000))
@settings(max_examples=25, deadline=None)
def test_limits_agree_with_quadrature(fan_in, fan_out):
    pairs = (
        (initialisation.glorot_limit, initialisation.glorot_limit_by_quadrature, (fan_in, fan_out)),
        (initialisation.he_deviation, initialisation.he_deviation_by_quadrature, (fan_in,)),
        (initialisation.relu_gain, initialisation.relu_gain_by_quadrature, (fan_in, fan_out)),
    )
    for function, witness, case in pairs:
        key, other = outcome(function, *case), outcome(witness, *case)
        assert key == other if "refused" in (key, other) else key == pytest.approx(other, rel=1e-9)


@pytest.mark.parametrize("case", [(100, 0.1, 10), (64, 0.2, 3), (400, 0.1, 5)])
def test_signal_factor(case):
    key = initialisation.signal_factor(*case)
    assert key == pytest.approx(initialisation.signal_factor_by_quadrature(*case), rel=1e-9)


def test_signal_factor_measured_on_a_wide_layer():
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(1000, dtype=torch.float64, generator=generator)
    weight = 0.05 * torch.randn(4000, 1000, dtype=torch.float64, generator=generator)
    ratio = float((torch.relu(weight @ x) ** 2).mean() / (x**2).mean())
    assert ratio == pytest.approx(initialisation.signal_factor(1000, 0.05, 1), rel=0.1)


@given(
    st.lists(st.integers(-3, 4), min_size=2, max_size=2),
    st.integers(-3, 3),
    st.integers(-3, 3),
    st.integers(-5, 5),
)
@settings(max_examples=25, deadline=None)
def test_equal_start_has_equal_rows(inputs, weight, output_weight, target):
    case = (inputs, weight, output_weight, target)
    key = outcome(initialisation.equal_start_gradient, *case)
    assert key == outcome(initialisation.equal_start_gradient_by_autograd, *case)
    assert key == "refused" or key[0] == key[1]


OR = [0, 1, 1, 1]
SECOND_ONLY = [0, 1, 0, 0]


@pytest.mark.parametrize("targets", [OR, SECOND_ONLY])
@pytest.mark.parametrize("hidden", ["none", "tanh"])
def test_zero_start_agrees_with_torch(hidden, targets):
    key = initialisation.largest_weight(hidden, 20, targets)
    other = initialisation.largest_weight_by_torch(hidden, 20, targets)
    assert key == pytest.approx(other, rel=1e-9)
    assert (key == 0) is (hidden == "tanh")


TARGETS = st.lists(st.integers(0, 1), min_size=4, max_size=4)


@given(TARGETS, st.lists(st.integers(-3, 3), min_size=2, max_size=2), st.sampled_from([0.5, 1.0]))
@settings(max_examples=15, deadline=None)
def test_output_weights_alone_tell_units_apart(targets, output_weights, rate):
    case = (targets, output_weights, rate)
    rows = initialisation.hidden_weights(*case)
    witness = initialisation.hidden_weights_by_torch(*case)
    for k, row in enumerate(rows):
        # p = 1/2 for all, so the slope of a weight is its output weight times mean((1/2 − y) x)
        pulls = [((0.5 - targets[2]), (0.5 - targets[1])), (0.5 - targets[3],) * 2]
        slopes = [(pulls[0][j] + pulls[1][j]) / 4 for j in (0, 1)]
        assert row == pytest.approx([-rate * output_weights[k] * slope for slope in slopes])
        assert row == pytest.approx(witness[k], abs=1e-12)
    apart = initialisation.tanh_units_apart(*case, 7)
    assert apart == pytest.approx(initialisation.tanh_units_apart_by_torch(*case, 7), abs=1e-12)
    if output_weights[0] == output_weights[1]:
        assert apart == 0


def test_the_first_step_worked_by_hand():
    assert initialisation.hidden_weights(OR, [2, -4], 1) == [[0.5, 0.5], [-1, -1]]
    assert initialisation.hidden_weights(SECOND_ONLY, [1, 3], 2) == [[-0.5, 0], [-1.5, 0]]


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_equal_units_stay_equal(spread):
    key = initialisation.nearest_units(spread, 60)
    assert key == pytest.approx(initialisation.nearest_units_by_torch(spread, 60), rel=1e-9)
    assert (key == 0) is (spread == 0)


def test_no_steps_and_other_targets_are_refused():
    for name in ("largest_weight", "largest_weight_by_torch"):
        assert outcome(getattr(initialisation, name), "tanh", 0, OR) == "refused"
    for name in ("nearest_units", "nearest_units_by_torch"):
        assert outcome(getattr(initialisation, name), 0.0, 0) == "refused"
    for name in ("hidden_weights", "hidden_weights_by_torch"):
        assert outcome(getattr(initialisation, name), [0, 1, 2, 1], [1, 2], 1.0) == "refused"
    for name in ("tanh_units_apart", "tanh_units_apart_by_torch"):
        assert outcome(getattr(initialisation, name), [0, 1], [1, 2], 1.0, 3) == "refused"
