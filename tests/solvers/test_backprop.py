"""Backpropagation solvers against autograd, exact differences and hand-worked values."""

from __future__ import annotations

from itertools import combinations, permutations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import backprop
from solvers.mistakes import backprop as mistakes

small = st.integers(-4, 4)
pair = st.lists(small, min_size=2, max_size=2)
nets = st.tuples(pair, st.lists(pair, min_size=2, max_size=3), pair, small)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def test_a_net_worked_by_hand():
    net = ([1, 2], [[1, 1], [-1, -1]], [2, -3])
    assert backprop.output_value(*net) == 6
    assert backprop.hidden_gradient(*net, 5) == [[2, 4], [0, 0]]
    assert backprop.output_gradient(*net, 5) == [3, 0]
    assert backprop.updated_hidden(*net, 5, 0.5) == [[0, -1], [-1, -1]]


@given(nets)
@settings(max_examples=30, deadline=None)
def test_three_routes_agree(net):
    for name in ("hidden_gradient", "output_gradient"):
        key = outcome(getattr(backprop, name), *net)
        assert key == outcome(getattr(backprop, f"{name}_by_autograd"), *net)
        assert key == outcome(getattr(backprop, f"{name}_by_fractions"), *net)
    value = outcome(backprop.output_value, *net[:3])
    assert value == outcome(backprop.output_value_by_torch, *net[:3])


@given(nets, st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_one_weight_is_an_entry(net, unit, source):
    key = outcome(backprop.weight_gradient, *net, unit, source)
    assert key == outcome(backprop.weight_gradient_by_autograd, *net, unit, source)
    assert key == outcome(backprop.weight_gradient_by_fractions, *net, unit, source)


@given(nets, st.sampled_from([0.1, 0.05, 0.25]))
@settings(max_examples=30, deadline=None)
def test_updates_agree(net, rate):
    routes = [backprop.updated_hidden, backprop.updated_hidden_by_torch]
    keys = [outcome(f, *net, rate) for f in (*routes, backprop.updated_hidden_by_fractions)]
    if "refused" in keys:
        assert keys == ["refused"] * 3
        return
    for other in keys[1:]:
        for row, expected in zip(keys[0], other, strict=True):
            assert row == pytest.approx([float(x) for x in expected], abs=1e-12)


def test_a_forward_pass_gone_wrong():
    net = ([1, 2], [[1, -3], [2, 1]], [3, -2])  # sums -5 and 4, so h = (0, 4)
    assert backprop.output_value(*net) == -8
    assert mistakes.without_relu(*net) == 3 * -5 - 2 * 4
    assert mistakes.rectified_output(*net) == 0
    assert mistakes.columns_for_rows(*net) == 3 * 5  # sums 1 + 4 and -3 + 2


def test_the_mistakes_are_mistakes():
    net = ([1, 2], [[1, 1], [-1, -1]], [2, -3], 5)
    key = backprop.hidden_gradient(*net)
    for name in ("relu_passes_all", "sign_turned", "output_weights_skipped", "transposed"):
        assert getattr(mistakes, name)(*net) != key
    assert mistakes.output_first(*net, 0.1) != backprop.updated_hidden(*net, 0.1)


@given(*[st.sampled_from([-2.0, -0.5, 0.5, 1.0, 3.0])] * 3, st.sampled_from([0.0, 0.3, 1.0]))
@settings(max_examples=12, deadline=None)
def test_sigmoid_chain_has_three_routes(x, first, second, target):
    case = (x, first, second, target)
    key = backprop.sigmoid_chain_gradient(*case)
    assert key == pytest.approx(backprop.sigmoid_chain_gradient_by_autograd(*case), rel=1e-9)
    assert key == pytest.approx(backprop.sigmoid_chain_gradient_by_sympy(*case), rel=1e-9)


gradients = st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=1, max_size=4)


@given(gradients, st.floats(-1, 50).map(lambda x: round(x, 2)))
@settings(max_examples=30, deadline=None)
def test_clipping_agrees(gradient, limit):
    routes = (("clip_by_norm", "loop"), ("clip_by_norm", "torch"), ("clip_by_value", "torch"))
    for name, route in routes:
        key = outcome(getattr(backprop, name), gradient, limit)
        other = outcome(getattr(backprop, f"{name}_by_{route}"), gradient, limit)
        if "refused" in (key, other):
            assert key == other
        else:
            assert key == pytest.approx(other, rel=1e-9, abs=1e-12)
    clipped = outcome(backprop.clip_by_norm, gradient, limit)
    if clipped != "refused":
        assert hypot(*clipped) <= limit * (1 + 1e-12) or clipped == gradient


@pytest.mark.parametrize("method", ["norm", "value"])
def test_cosine(method):
    for gradient, limit in (([1, 10], 1), ([3, -4, 12], 5), ([0.1, 0.2], 1)):
        key = backprop.cosine_after_clipping(gradient, limit, method)
        other = backprop.cosine_after_clipping_by_torch(gradient, limit, method)
        assert key == pytest.approx(other, rel=1e-9)
    assert (backprop.cosine_after_clipping([1, 10], 1, method) > 0.999) is (method == "norm")


@pytest.mark.parametrize("depth", [1, 3, 10])
@pytest.mark.parametrize("weight", [1, 4, 8, -2])
def test_slope_product_agrees_with_a_real_chain(depth, weight):
    key = backprop.slope_product(depth, weight)
    if weight > 0:
        assert key == pytest.approx(backprop.slope_product_by_autograd(depth, weight), rel=1e-9)
    assert abs(key) == abs(weight / 4) ** depth


def test_depth_0_is_refused():
    for function in (backprop.slope_product, backprop.slope_product_by_autograd):
        with pytest.raises(ValueError, match="at least 1"):
            function(0)


def test_only_two_orders_work():
    items = ["update-hidden", "forward", "hidden-error", "output-error", "update-output"]
    orders = backprop.working_orders(items)
    assert len(orders) == 2
    assert all(order[:3] == ["forward", "output-error", "hidden-error"] for order in orders)
    with pytest.raises(ValueError, match="items must be among"):
        backprop.working_orders(["forward", "sleep"])


def test_orders_that_keep_to_reads_and_writes_are_those_that_work():
    steps = list(backprop._STEPS)
    some = [list(order) for order in permutations(steps)][::7]
    parts = [list(part) for count in range(5) for part in combinations(steps, count)]
    for items in some + parts:
        found = backprop.working_orders_by_loop(items)
        assert backprop.working_orders(items) == found
        assert len(found) == (2 if len(items) == 5 else 0)
    for route in (backprop.working_orders, backprop.working_orders_by_loop):
        with pytest.raises(ValueError, match="items must be different"):
            route(["forward", "forward"])


def test_backward_alone_moves_no_weight():
    assert backprop.weight_change(False) == 0
    # y = 1.5, so dL/dw = 2 · (1.5 − 3) · (1, 2) = (−3, −6), times 0.1
    assert backprop.weight_change(True) == pytest.approx(0.6)
