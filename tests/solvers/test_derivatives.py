"""Slopes as formulas against mpmath's differences."""

from __future__ import annotations

import mpmath
import pytest

from solvers import derivatives
from tests.solvers.spelled import assert_is

CURVES = {
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), lambda y: mpmath.log(y / (1 - y)), 0.02, 0.98),
    "tanh": (mpmath.tanh, mpmath.atanh, -0.95, 0.95),
    "softplus": (
        lambda x: mpmath.log(1 + mpmath.exp(x)),
        lambda y: mpmath.log(mpmath.expm1(y)),
        0.05,
        4,
    ),
}


def slope(function, *point):
    """The partial derivative by the first argument."""
    return float(mpmath.diff(lambda x: function(x, *point[1:]), point[0]))


def both(name, **arguments):
    route = vars(derivatives).get(f"{name}_by_autograd", vars(derivatives).get(f"{name}_by_numpy"))
    return [function(**arguments) for function in (vars(derivatives)[name], route)]


def uniform(*names, low=-2.0, high=2.0):
    return lambda random: {name: random.uniform(low, high) for name in names}


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("name", CURVES)
def test_slopes_in_the_value(name, order):
    function, inverse, low, high = CURVES[name]
    assert_is(
        both("slope_in_value", function=name, order=order),
        lambda y: float(mpmath.diff(function, inverse(mpmath.mpf(y)), order)),
        uniform("y", low=low, high=high),
    )


@pytest.mark.parametrize("order", [0, 3])
def test_other_orders_are_refused(order):
    for function in (derivatives.slope_in_value, derivatives.slope_in_value_by_autograd):
        with pytest.raises(ValueError, match="order must be 1 or 2"):
            function("tanh", order)


def test_slope_of_softplus():
    assert_is(both("slope_of_softplus"), lambda x: slope(CURVES["softplus"][0], x), uniform("x"))


def test_slope_of_swish():
    def draw(random):
        x, b = random.uniform(-3, 3), random.uniform(0.2, 3)
        s = float(CURVES["sigmoid"][0](b * x))
        return {"f": x * s, "s": s, "beta": b}

    def oracle(f, s, beta):
        return slope(lambda x: x / (1 + mpmath.exp(-beta * x)), f / s)

    assert_is(both("slope_of_swish"), oracle, draw)


def test_half_tanh():
    assert_is(
        both("half_tanh_in_sigmoid"),
        lambda s: float(mpmath.tanh(mpmath.log(s / (1 - s)) / 2)),
        uniform("s", low=0.02, high=0.98),
    )


def shares(random):
    p, q = random.uniform(0.05, 0.45), random.uniform(0.05, 0.45)
    return {"p": p, "q": q}


@pytest.mark.parametrize("same", [True, False])
def test_slopes_of_a_softmax(same):
    def share(moved, p, q):
        logits = [mpmath.log(each) for each in (p, q, 1 - p - q)]
        logits[0 if same else 1] += moved
        exponentials = [mpmath.exp(each) for each in logits]
        return exponentials[0] / sum(exponentials)

    assert_is(both("softmax_slope", same=same), lambda p, q: slope(share, 0, p, q), shares)


def test_slope_of_softmax_cross_entropy():
    def loss(moved, p, y):
        logits = [mpmath.log(p) + moved, *[mpmath.log((1 - p) / 3)] * 3]
        total = mpmath.log(sum(map(mpmath.exp, logits)))
        targets = [y, 0, (1 - y) / 4, 3 * (1 - y) / 4]
        return -sum(t * (z - total) for t, z in zip(targets, logits, strict=True))

    assert_is(
        both("softmax_loss_slope"),
        lambda p, y: slope(loss, 0, p, y),
        uniform("p", "y", low=0.01, high=0.99),
    )


@pytest.mark.parametrize("half", [True, False])
def test_slope_of_a_linear_unit(half):
    def loss(w, x, b, t):
        return (w * x + b - t) ** 2 / (2 if half else 1)

    assert_is(
        both("linear_unit_slope", half=half),
        lambda w, x, b, t: slope(loss, w, x, b, t),
        uniform("w", "x", "b", "t"),
    )


def test_slope_of_the_first_weight():
    def oracle(v, h, t, x):
        return slope(lambda w: (v * mpmath.tanh(w * x) - t) ** 2 / 2, mpmath.atanh(h) / x)

    def draw(random):
        return {**uniform("v", "t")(random), **uniform("h", "x", low=0.1, high=0.9)(random)}

    assert_is(both("first_weight_slope"), oracle, draw)


def test_no_chain_of_sigmoids_is_steeper_than_the_bound_which_is_reached():
    for text in both("steepest_chain"):
        assert_is([text], lambda w, n: mpmath.mpf(w) ** n / 4**n, _counted("w"))

    def chain(a, w, biases):
        for b in biases:
            a = 1 / (1 + mpmath.exp(-(w * a + b)))
        return a

    assert slope(chain, 0, 3, [0, -1.5, -1.5]) == pytest.approx((3 / 4) ** 3)
    assert slope(chain, 0.2, 3, [0.3, -1.5, -1.2]) < (3 / 4) ** 3


def test_slope_through_time():
    assert_is(
        both("recurrent_slope"), lambda n, w, h: slope(lambda v: h * v**n, w), _counted("w", "h")
    )


def _counted(*names):
    return lambda random: {"n": random.randint(1, 6), **uniform(*names, low=0.2, high=2)(random)}
