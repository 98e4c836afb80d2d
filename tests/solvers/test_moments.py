"""Variances as formulas against exact sums over other distributions, and integrals of 30 digits."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from statistics import pvariance

import mpmath
import pytest

from solvers import moments
from tests.solvers.spelled import assert_is


def both(name):
    (route,) = [each for each in vars(moments) if each.startswith(f"{name}_by_")]
    return [vars(moments)[each]() for each in (name, route)]


def widths(random):
    return {"n": random.randint(1, 900), "m": random.randint(1, 900)}


def test_the_uniform_limit_gives_the_wanted_variance():
    def oracle(n, m):
        wanted = mpmath.mpf(2) / (n + m)
        return mpmath.findroot(
            lambda a: mpmath.quad(lambda x: x * x / (2 * a), [-a, a]) - wanted, mpmath.sqrt(wanted)
        )

    assert_is(both("uniform_limit"), oracle, widths)


def test_the_he_deviation_keeps_the_variance_through_relu():
    kept = mpmath.quad(lambda z: z * z * mpmath.npdf(z), [0, mpmath.inf])
    assert_is(
        both("relu_std"),
        lambda n: float(1 / mpmath.sqrt(n * kept)),
        lambda random: {"n": random.randint(1, 900)},
    )


def test_variance_of_a_weighted_sum_with_three_valued_weights():
    """w in −a, 0, a and x in m − b, m, m + b: variances 2a²/3 and 2b²/3."""

    def oracle(n, v, q, m):
        a, b = (3 * v / 2) ** 0.5, (3 * q / 2) ** 0.5
        terms = [w * x for w, x in product((-a, 0, a), (m - b, m, m + b))]
        return pvariance([sum(each) for each in product(terms, repeat=n)])

    def draw(random):
        rest = {name: random.uniform(0.1, 2) for name in ("v", "q", "m")}
        return {"n": random.randint(1, 3), **rest}

    assert_is(both("preactivation_variance"), oracle, draw)


def test_spread_of_a_dot_product_with_three_valued_components():
    def oracle(d, s):
        a = (3 * s * s / 2) ** 0.5
        terms = [q * k for q, k in product((-a, 0, a), repeat=2)]
        return pvariance([sum(each) for each in product(terms, repeat=d)]) ** 0.5

    draw = lambda random: {"d": random.randint(1, 3), "s": random.uniform(0.2, 2)}  # noqa: E731
    assert_is(both("dot_product_std"), oracle, draw)


@pytest.mark.parametrize("dropped", [1, 3, 7, 19])
def test_dropout_keeps_the_mean_and_has_this_variance(dropped):
    p, x = Fraction(dropped, 20), Fraction(7, 3)
    for scale in both("dropout_scale"):
        factor = eval(scale, {"p": p})
        outcomes = [Fraction(0)] * dropped + [x * factor] * (20 - dropped)
        assert sum(outcomes) / 20 == x
        for variance in both("dropout_variance"):
            assert eval(variance, {"p": p, "x": x}) == pvariance(outcomes)


def test_variance_of_the_mean_of_parts_that_share_something():
    """xᵢ = √r z₀ + √(1 − r) zᵢ with signs for the z: correlation r."""

    def oracle(n, s, r):
        means = [
            s * sum(r**0.5 * shared + (1 - r) ** 0.5 * each for each in own) / n
            for shared, *own in product((-1, 1), repeat=n + 1)
        ]
        return pvariance(means)

    def draw(random):
        return {"n": random.randint(1, 6), "s": random.uniform(0.3, 2), "r": random.random()}

    assert_is(both("correlated_mean_variance"), oracle, draw)
