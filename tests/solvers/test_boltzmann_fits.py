"""Fitted Boltzmann machines: two engines step by step, and iterative proportional fitting for pairs."""

from __future__ import annotations

from itertools import combinations, product
from math import log
from typing import Any

import numpy
import pytest

from solvers import boltzmann_fits

STATES = numpy.array(list(product((0, 1), repeat=3)))


@pytest.mark.parametrize(("visible", "hidden"), [(1, 0), (2, 0), (2, 2), (3, 0), (3, 1), (3, 3)])
def test_phases_climb_as_autograd_does(visible: int, hidden: int) -> None:
    found = boltzmann_fits.worst_divergence(visible, hidden, 150)
    other = boltzmann_fits.worst_divergence_by_autograd(visible, hidden, 150)
    assert found == pytest.approx(other, rel=1e-9)


def pairwise_divergence(data: Any) -> float:
    """KL from the data of the machine with all their pair marginals, by iterative scaling [Deming 1940]."""
    model = numpy.full(8, 1 / 8)
    for _ in range(300):
        for one, other in combinations(range(3), 2):
            cells = 2 * STATES[:, one] + STATES[:, other]
            have = numpy.bincount(cells, model, 4)[cells]
            model = model * numpy.bincount(cells, data, 4)[cells] / numpy.where(have > 0, have, 1)
    seen = data > 0
    return float((data[seen] * numpy.log(data[seen] / model[seen])).sum())


def test_pairs_alone_leave_what_iterative_scaling_leaves() -> None:
    sets = [numpy.array(bits) for bits in product((0, 1), repeat=8)][1:]
    left = {tuple(bits): pairwise_divergence(bits / bits.sum()) for bits in sets}
    even = tuple(int(sum(state) % 2 == 0) for state in STATES)
    assert max(left.values()) == pytest.approx(left[even]) == pytest.approx(log(2))
    assert boltzmann_fits.worst_divergence(3, 0) == pytest.approx(log(2), rel=1e-9)


def test_two_bits_are_a_pair() -> None:
    assert boltzmann_fits.worst_divergence(2, 0) < 1e-3


def test_hidden_units_leave_less_and_less_as_training_goes_on() -> None:
    assert boltzmann_fits.worst_divergence(3, 1) < 0.005
    assert boltzmann_fits.worst_divergence(3, 1, 3000) < 0.001
    assert boltzmann_fits.worst_divergence(3, 1, 10) > 0.1  # not trained: nothing is shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((0, 1), "visible"), ((4, 1), "visible"), ((3, -1), "hidden"), ((3, 1, 0), "steps")],
)
def test_bad_arguments_are_named(arguments: tuple[int, ...], said: str) -> None:
    for fit in (boltzmann_fits.worst_divergence, boltzmann_fits.worst_divergence_by_autograd):
        with pytest.raises(ValueError, match=f"{said} must be"):
            fit(*arguments)
