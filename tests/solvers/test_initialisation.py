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


@pytest.mark.parametrize("hidden", ["none", "tanh"])
def test_zero_start_agrees_with_torch(hidden):
    key = initialisation.largest_weight(hidden, 20)
    assert key == pytest.approx(initialisation.largest_weight_by_torch(hidden, 20), rel=1e-9)
    assert (key == 0) is (hidden == "tanh")


@pytest.mark.parametrize(("spread", "units"), [(0.0, 1), (0.3, 4)])
def test_equal_units_stay_equal(spread, units):
    assert initialisation.distinct_units(spread, 60) == units
    assert initialisation.distinct_units_by_torch(spread, 60) == units


def test_no_steps_are_refused():
    for name in ("largest_weight", "largest_weight_by_torch"):
        assert outcome(getattr(initialisation, name), "tanh", 0) == "refused"
    for name in ("distinct_units", "distinct_units_by_torch"):
        assert outcome(getattr(initialisation, name), 0.0, 0) == "refused"
