"""foundations: torch's FLOP counter and autograd, and hand-worked values, as oracles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import foundations
from solvers.mistakes import foundations as mistakes

SIZES = st.lists(st.integers(1, 30), min_size=2, max_size=6)


@given(SIZES, st.sampled_from([1, 2]), st.booleans())
@settings(max_examples=25, deadline=None)
def test_torch_counts_the_same(sizes: list[int], flops: int, with_input: bool) -> None:
    assert foundations.macs(sizes, flops) == foundations.macs_by_torch(sizes, flops)
    assert foundations.training_macs(sizes) == foundations.training_macs_by_torch(sizes)
    layers = foundations.layer_count(sizes, with_input)
    assert layers == foundations.layer_count_by_torch(sizes, with_input)


def test_worked_by_hand() -> None:
    assert foundations.macs([784, 128, 10]) == 100_352 + 1_280
    assert foundations.training_macs([20, 30, 10]) == 900 + 900 + 300
    assert foundations.layer_count([784, 128, 64, 10]) == 3
    assert mistakes.input_gradient_too([20, 30, 10]) == 2_700


@pytest.mark.parametrize(
    "solver",
    [
        foundations.macs,
        foundations.macs_by_torch,
        foundations.training_macs,
        foundations.training_macs_by_torch,
        foundations.layer_count,
        foundations.layer_count_by_torch,
    ],
)
def test_a_single_size_is_no_net(solver: object) -> None:
    with pytest.raises(ValueError, match="sizes must be at least 2 positive numbers"):
        solver([5])  # type: ignore[operator]


@given(*[st.integers(-4, 4)] * 4)
@settings(max_examples=40, deadline=None)
def test_gradients_reach_the_first_weight(
    entry: float, first: float, second: float, target: float
) -> None:
    case = (entry, first, second, target)
    routes = (foundations.first_weight_gradient, foundations.first_weight_gradient_by_autograd)
    if entry * first:
        assert routes[0](*case) == routes[1](*case)
    else:
        for route in routes:
            with pytest.raises(ValueError, match="kink"):
                route(*case)


def test_the_claims_gradient() -> None:
    # (3 · 0.5 · 2 - 1) · 3 · 2
    assert foundations.first_weight_gradient(2, 0.5, 3, 1) == 12
