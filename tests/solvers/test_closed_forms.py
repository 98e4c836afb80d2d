"""Formulas of optimisers against runs of other settings, and searches of 30 digits."""

from __future__ import annotations

import mpmath
import pytest
import torch

from solvers import closed_forms
from tests.solvers.spelled import assert_is, value


def both(name, **arguments):
    (route,) = [each for each in vars(closed_forms) if each.startswith(f"{name}_by_")]
    return [vars(closed_forms)[each](**arguments) for each in (name, route)]


def uniform(**ranges):
    return lambda random: {
        name: random.randint(*ends) if isinstance(ends[0], int) else random.uniform(*ends)
        for name, ends in ranges.items()
    }


@pytest.mark.parametrize("h", [0.3, 1.7, 12.0])
def test_just_below_the_limit_it_settles_and_just_above_it_does_not(h):
    for text in both("rate_limit"):
        for factor, settles in ((0.999, True), (1.001, False)):
            w, rate = 1.0, factor * value(text, h=h)
            for _ in range(20_000):
                w -= rate * h * w
            assert (abs(w) < 1) is settles


def test_error_after_steps():
    def oracle(w0, eta, h, t):
        w = torch.tensor(w0, dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.SGD([w], lr=eta)
        for _ in range(t):
            optimiser.zero_grad()
            (h * w**2 / 2).backward()
            optimiser.step()
        return float(w.detach())

    draw = uniform(w0=(-3.0, 3.0), eta=(0.1, 1.0), h=(0.2, 3.0), t=(1, 8))
    assert_is(both("error_after_steps"), oracle, draw)


def test_newton_step_on_a_cosine_near_its_minimum():
    """One step squares the small error, so that it agrees with the minimum to third order."""
    w = mpmath.pi + 0.001
    g, h = -mpmath.sin(w), -mpmath.cos(w)
    for text in both("newton_step"):
        assert abs(value(text, w=float(w), g=float(g), h=float(h)) - mpmath.pi) < 1e-9


def test_momentum_in_the_long_run():
    def oracle(eta, mu, g):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.SGD([w], lr=eta, momentum=mu)
        before = 0.0
        for _ in range(200):
            before = float(w.detach())
            w.grad = torch.tensor(g, dtype=torch.float64)
            optimiser.step()
        return before - float(w.detach())

    assert_is(both("momentum_step"), oracle, uniform(eta=(0.1, 1.0), mu=(0.1, 0.9), g=(0.5, 3.0)))


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.2)])
def test_first_step_of_adam_whatever_its_averages(betas):
    def oracle(eta, g, epsilon):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        w.grad = torch.tensor(g, dtype=torch.float64)
        torch.optim.Adam([w], lr=eta, betas=betas, eps=epsilon).step()
        return float(w.detach())

    draw = uniform(eta=(0.01, 1.0), g=(-3.0, 3.0), epsilon=(0.01, 2.0))
    assert_is(both("adam_first_step"), oracle, draw)


def test_weight_of_an_average():
    def oracle(beta, t):
        return sum((1 - beta) * beta**age for age in range(t))

    assert_is(both("averaged_weight"), oracle, uniform(beta=(0.05, 0.99), t=(1, 40)))


def test_noise_of_a_diffusion():
    def oracle(beta, t):
        signal = mpmath.mpf(1)
        for _ in range(t):
            signal *= mpmath.sqrt(1 - mpmath.mpf(beta))
        return float(1 - signal**2)  # variance-preserving: signal and noise make up 1

    assert_is(both("noise_variance"), oracle, uniform(beta=(0.01, 0.9), t=(1, 30)))


def test_cosine_schedule_by_its_half_angle():
    def oracle(t, T, eta):
        return float(eta * mpmath.cos(mpmath.pi * t / (2 * T)) ** 2)

    assert_is(both("cosine_rate"), oracle, uniform(t=(0.0, 9.0), T=(10.0, 20.0), eta=(0.1, 2.0)))


def test_no_rate_contracts_better():
    for text in both("contraction"):
        for k in (1.5, 4.0, 50.0):
            best = min(
                max(abs(1 - step / 10_000), abs(1 - k * step / 10_000)) for step in range(20_000)
            )
            assert value(text, k=k) == pytest.approx(best, abs=k / 10_000)


@pytest.mark.parametrize("half", [True, False])
def test_shrinking_is_what_weight_decay_does(half):
    def oracle(eta, lam):
        w = torch.ones((), dtype=torch.float64, requires_grad=True)
        w.grad = torch.zeros_like(w)
        torch.optim.SGD([w], lr=eta, weight_decay=lam if half else 2 * lam).step()
        return float(w.detach())

    assert_is(both("shrink_factor", half=half), oracle, uniform(eta=(0.01, 1.0), lam=(0.01, 1.0)))


def test_ridge_by_a_search():
    x, y = (1.0, 2.5, -0.5), (2.0, 3.0, 1.0)
    a, b = sum(each**2 for each in x), sum(p * q for p, q in zip(x, y, strict=True))

    def slope(w, lam):
        return sum(-2 * p * (q - w * p) for p, q in zip(x, y, strict=True)) + 2 * lam * w

    for text in both("ridge_weight"):
        for lam in (0.1, 1.0, 7.0):
            found = mpmath.findroot(lambda w, lam=lam: slope(w, lam), 0)
            assert value(text, a=a, b=b, lam=lam) == pytest.approx(float(found))
