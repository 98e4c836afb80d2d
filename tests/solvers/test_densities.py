"""Entropies and divergences against torch's distributions, and the best discriminator against a grid."""

from __future__ import annotations

from math import log

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from solvers import densities
from tests.solvers.spelled import assert_is, value


def test_entropy_of_a_coin():
    assert_is(
        [densities.coin_entropy(), densities.coin_entropy_by_counting()],
        lambda p: float(Bernoulli(torch.tensor(p, dtype=torch.float64)).entropy()),
        lambda random: {"p": random.uniform(0.01, 0.99)},
    )


def test_divergence_of_normals():
    def oracle(m1, m2, s1, s2):
        m1, m2, s1, s2 = (torch.tensor(each, dtype=torch.float64) for each in (m1, m2, s1, s2))
        return float(kl_divergence(Normal(m1, s1), Normal(m2, s2)))

    def draw(random):
        means = {name: random.uniform(-2, 2) for name in ("m1", "m2")}
        return {**means, **{name: random.uniform(0.3, 3) for name in ("s1", "s2")}}

    assert_is(
        [densities.normal_divergence(), densities.normal_divergence_by_quadrature()], oracle, draw
    )


@pytest.mark.parametrize(("p", "q"), [(0.3, 1.9), (2.0, 2.0), (5.0, 0.1)])
def test_no_discriminator_does_better(p, q):
    for text in (densities.best_discriminator(), densities.best_discriminator_by_loop()):
        d = value(text, p=p, q=q)
        best = p * log(d) + q * log(1 - d)
        others = [k / 1000 for k in range(1, 1000)]
        assert all(p * log(each) + q * log(1 - each) <= best + 1e-12 for each in others)
