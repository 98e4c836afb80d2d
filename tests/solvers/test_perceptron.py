"""Perceptron solvers against hand-worked values, published counts and torch."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import perceptron
from solvers.mistakes import perceptron as mistakes

small = st.integers(-5, 5)
widths = st.lists(st.integers(-1, 9), min_size=0, max_size=5)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def test_the_neuron_of_the_old_quiz_puts_out_96():
    assert perceptron.neuron_output([1, 2, 3], [4, 5, 6], 3) == 3 * (4 + 10 + 18)
    assert mistakes.constant_activation([1, 2, 3], [4, 5, 6], 3) == 3


@given(st.lists(small, max_size=4), st.lists(small, max_size=4), small)
@settings(max_examples=30, deadline=None)
def test_neuron_agrees_with_torch(inputs, weights, slope):
    key = outcome(perceptron.neuron_output, inputs, weights, slope)
    assert key == outcome(perceptron.neuron_output_by_torch, inputs, weights, slope)
    total = outcome(perceptron.weighted_sum, inputs, weights)
    assert total == outcome(perceptron.weighted_sum_by_numpy, inputs, weights)


def test_published_parameter_counts():
    # LeNet-300-100 (LeCun et al. 1998) has 266,610; Keras's MNIST MLP 784-512-512-10 has 669,706
    assert perceptron.parameters([784, 300, 100, 10]) == 266_610
    assert perceptron.parameters([784, 512, 512, 10]) == 669_706


def test_one_hidden_layer_has_fewer_or_more_parameters_than_several():
    for route in (perceptron.extra_parameters, perceptron.extra_parameters_by_torch):
        assert route([10, 32, 1], [10, 32, 32, 32, 1]) == 385 - 2497
        assert route([1, 256, 1], [1, *[2] * 8, 1]) == 769 - 49
        with pytest.raises(ValueError, match="widths must be"):
            route([4], [4, 1])


@given(widths, st.booleans())
@settings(max_examples=30, deadline=None)
def test_counts_agree_with_real_layers(sizes, biases):
    key = outcome(perceptron.parameters, sizes, biases)
    assert key == outcome(perceptron.parameters_by_torch, sizes, biases)
    assert outcome(perceptron.depth_of, sizes) == outcome(perceptron.depth_of_by_torch, sizes)
    assert outcome(perceptron.links, sizes) == outcome(perceptron.links_by_counting, sizes)


@given(st.integers(-1, 20), st.integers(-1, 20), st.booleans())
def test_connections_agree_with_counting(fan_in, fan_out, biases):
    key = outcome(perceptron.connections, fan_in, fan_out, biases)
    assert key == outcome(perceptron.connections_by_counting, fan_in, fan_out, biases)


@given(
    st.lists(small, min_size=2, max_size=2),
    small,
    st.lists(small, min_size=2, max_size=3),
    st.integers(0, 2),
    st.integers(1, 3),
)
@settings(max_examples=25, deadline=None)
def test_update_agrees_with_autograd_and_helps(weights, bias, inputs, target, rate):
    case = (weights, bias, inputs, target, rate)
    new = outcome(perceptron.update_on_mistake, *case)
    assert new == outcome(perceptron.update_on_mistake_by_autograd, *case)
    if new != "refused":
        side = 2 * target - 1
        before = side * (perceptron.weighted_sum(inputs, weights) + bias)
        after = side * (perceptron.weighted_sum(inputs, new[:-1]) + new[-1])
        assert after - before == rate * (sum(x * x for x in inputs) + 1)


@pytest.mark.parametrize("gate", ["AND", "OR", "NAND", "NOR", "XOR"])
@given(start=st.lists(small, min_size=2, max_size=4), fires=st.booleans())
@settings(max_examples=25, deadline=None)
def test_pass_agrees_with_its_dual_form(gate, start, fires):
    key = outcome(perceptron.weights_after_pass, gate, start, fires)
    assert key == outcome(perceptron.weights_after_pass_by_numpy, gate, start, fires)


@pytest.mark.parametrize(("gate", "ends"), [("AND", True), ("OR", True), ("XOR", False)])
def test_the_rule_ends_on_separable_gates_only(gate, ends):
    weights = [0, 0, 0]
    seen = set()
    while tuple(weights) not in seen:
        seen.add(tuple(weights))
        weights = perceptron.weights_after_pass(gate, weights)
    outputs = [
        weights[0] * x + weights[1] * y + weights[2] > 0 for x, y in product((0, 1), repeat=2)
    ]
    truth = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}[gate]
    assert (outputs == truth) is ends


def test_two_hidden_units_compute_xor():
    assert perceptron.threshold_net([[1, 1, 1], [1, 1, 2], [1, -1, 1]]) == [0, 1, 1, 0]


@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=2, max_size=4))
def test_threshold_net_agrees_with_matrices(units):
    key = outcome(perceptron.threshold_net, units)
    assert key == outcome(perceptron.threshold_net_by_numpy, units)


def test_number_of_threshold_functions_is_the_published_one():
    # OEIS A000609: 2, 4, 14, 104, 1882
    assert [perceptron.separable_functions(n) for n in (1, 2, 3)] == [4, 14, 104]
    assert [perceptron.separable_functions_by_counting(n) for n in (1, 2)] == [4, 14]
    assert outcome(perceptron.separable_functions, 4) == "refused"


def test_one_unit_gets_at_most_three_rows_of_xor_right():
    rows = list(product((0, 1), repeat=2))
    right = [
        sum((a * x + b * y >= t) == (x != y) for x, y in rows)
        for a, b, t in product(range(-3, 4), repeat=3)
    ]
    assert max(right) == 3


@pytest.mark.parametrize("depth", range(1, 9))
def test_tents_counted(depth):
    assert perceptron.tent_pieces(depth) == perceptron.tent_pieces_by_counting(depth)
    assert perceptron.shallow_units(depth) == perceptron.shallow_units_by_counting(depth)


@pytest.mark.parametrize("depth", [0, 13])
def test_tent_depths_out_of_range_are_refused(depth):
    for name in ("tent_pieces", "tent_pieces_by_counting", "shallow_units_by_counting"):
        with pytest.raises(ValueError, match="depth must be from 1 to 12"):
            getattr(perceptron, name)(depth)


def matrices(rows, columns):
    return st.lists(
        st.lists(small, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )


@given(matrices(2, 3), matrices(3, 2))
@settings(max_examples=25, deadline=None)
def test_collapse_agrees_with_torch(first, second):
    assert perceptron.collapse(first, second) == perceptron.collapse_by_torch(first, second)
    assert outcome(perceptron.collapse, first, first) == "refused"
    assert outcome(perceptron.collapse_by_torch, first, first) == "refused"
