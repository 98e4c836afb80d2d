"""One-step keys in bulk are the keys that one gets one at a time, by exact fractions and by torch."""

from __future__ import annotations

from random import Random

import numpy
import pytest

from solvers import backprop
from solvers.nets.initial import initial
from solvers.nets.keys import one_step_keys
from solvers.nets.loop import train_singly
from solvers.nets.model import Net
from solvers.nets.updates import Optimiser


def test_bulk_keys_are_the_exact_ones() -> None:
    """A 2-2-1 ReLU net without biases; the mean square is twice the half square of `backprop`."""
    random = Random(5)
    draws = [
        (
            [random.randint(1, 5), random.randint(1, 5)],
            [[random.randint(1, 4), random.randint(1, 4)] for _ in range(2)],
            [random.randint(1, 4), random.randint(1, 4)],
            random.randint(0, 9),
        )
        for _ in range(20)
    ]
    inputs = numpy.array([[draw[0] for draw in draws]], float).transpose(0, 2, 1)
    first = numpy.array([[*numpy.transpose(draw[1]).tolist(), [0, 0]] for draw in draws], float)
    last = numpy.array([[[w] for w in [*draw[2], 0]] for draw in draws], float)
    weights = [first.transpose(1, 2, 0), last.transpose(1, 2, 0)]
    targets = numpy.array([[[draw[3] for draw in draws]]], float)
    found = one_step_keys(Net((2, 2, 1), "relu"), weights, inputs, targets, 0.005)
    for index, (x, hidden, output, target) in enumerate(draws):
        expected = backprop.updated_hidden_by_fractions(x, hidden, output, target, 0.01)
        assert found[0][:2, :, index].T.tolist() == pytest.approx(
            numpy.array(expected, float), rel=1e-12
        )


def test_each_net_may_have_its_own_rate_and_points() -> None:
    net = Net((3, 4, 2), "tanh", "sigmoid")
    weights = initial(net.sizes, range(6))
    source = numpy.random.default_rng(2)
    inputs, targets = source.normal(size=(5, 3, 6)), source.normal(size=(5, 2, 6))
    rates = numpy.linspace(0.1, 1.0, 6)
    found = one_step_keys(net, weights, inputs, targets, rates)
    expected = train_singly(net, weights, inputs, targets, Optimiser("gd", rates), 1)
    for mine, theirs in zip(found, expected, strict=True):
        numpy.testing.assert_allclose(mine, theirs, rtol=1e-12)
