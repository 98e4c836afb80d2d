"""Steps, limits and schedules of optimisers as formulas: solved by sympy, and read off from real runs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from .fits import _fitted, _text


def rate_limit() -> str:
    """The rate at which |1 − ηh| = 1, beyond which descent on h w²/2 diverges   [LeCun et al. 1998]"""
    import sympy

    eta, h, w = sympy.symbols("eta h w", positive=True)
    factor = sympy.expand(w - eta * sympy.diff(h * w**2 / 2, w)) / w
    (limit,) = [rate for rate in sympy.solve(factor**2 - 1, eta) if rate != 0]
    return _text(limit)


def rate_limit_by_loop() -> str:
    """Halving an interval of rates, by whether ten steps have taken w away from 0."""
    points, limits = [], []
    for h in (0.5, 1.0, 2.0, 4.0, 5.0):
        low, high = 0.0, 100.0
        for _ in range(60):
            rate, w = (low + high) / 2, 1.0
            for _ in range(10):
                w -= rate * h * w
            low, high = (low, rate) if abs(w) > 1 else (rate, high)
        points.append((h,))
        limits.append(low)
    return _fitted("h", "1 h 1/h", points, limits)


def error_after_steps() -> str:
    """w after t steps on h w²/2 from w0: the recurrence wₜ₊₁ = wₜ − ηh wₜ, solved"""
    import sympy

    w, eta, h, t = sympy.symbols("w0 eta h t")
    state = sympy.Function("state")
    rule = state(t + 1) - state(t) + eta * h * state(t)
    return _text(sympy.rsolve(rule, state(t), {state(0): w}))


def error_after_steps_by_loop() -> str:
    """Exact runs; the ratio of neighbours is one number in each run, and its formula is fitted."""
    points, ratios = [], []
    for eta, h in product((Fraction(1, 10), Fraction(1, 4), Fraction(1)), (1, 2, 3)):
        run = [Fraction(7)]
        for _ in range(6):
            run.append(run[-1] - eta * h * run[-1])
        points.append((eta, h))
        ratios.append(_one({b / a for a, b in pairwise(run) if a}))
    return f"w0*({_fitted('eta h', '1 eta h eta*h', points, ratios)})^t"


def newton_step() -> str:
    """Where the second-order Taylor polynomial at w, slope g, curvature h > 0, is least"""
    import sympy

    w, g, new = sympy.symbols("w g new", real=True)
    h = sympy.Symbol("h", positive=True)
    model = g * (new - w) + h * (new - w) ** 2 / 2
    (least,) = sympy.solve(sympy.diff(model, new), new)
    return _text(sympy.expand(least))


def newton_step_by_numpy() -> str:
    """The vertex of the parabola that numpy puts through three values, as a move from w."""
    import numpy as np

    points, moves = [], []
    for g, h in product((-3.0, -1.0, 0.5, 2.0), (0.5, 1.0, 4.0)):
        values = [5 + g * step + h * step**2 / 2 for step in (-1.0, 0.0, 1.0)]
        square, linear, _ = np.polyfit([-1.0, 0.0, 1.0], values, 2)
        points.append((g, h))
        moves.append(float(-linear / (2 * square)))
    return f"w + ({_fitted('g h', 'g/h g 1/h g*h', points, moves)})"


def momentum_step() -> str:
    """The length of a step, in the long run, of v ← μv + g, w ← w − ηv with constant g   [Polyak 1964]"""
    import sympy

    v, mu, g, eta = sympy.symbols("v mu g eta")
    (settled,) = sympy.solve(mu * v + g - v, v)
    return _text(eta * settled)


def momentum_step_by_loop() -> str:
    """Steps of real runs after 400 rounds; their reciprocals are fitted."""
    points, shares = [], []
    for mu, g, eta in product((0.0, 0.5, 0.75, 0.9), (1.0, 3.0), (0.1, 0.25)):
        v = 0.0
        for _ in range(400):
            v = mu * v + g
        points.append((mu, g, eta))
        shares.append(1 / (eta * v))
    return f"1/({_fitted('mu g eta', '1/(eta*g) mu/(eta*g) mu^2/(eta*g) mu/g', points, shares)})"


def adam_first_step() -> str:
    """w₁ − w₀ of Adam with slope g: averages from 0, corrected, their quotient   [Kingma & Ba 2015]"""
    import sympy

    a, b, eta, epsilon = sympy.symbols("a b eta epsilon", positive=True)
    g = sympy.Symbol("g", real=True)
    mean = ((1 - a) * g + a * 0) / (1 - a)
    square = sympy.simplify(((1 - b) * g**2 + b * 0) / (1 - b))
    return _text(sympy.simplify(-eta * mean / (sympy.sqrt(square) + epsilon)))


def adam_first_step_by_torch() -> str:
    """One step of torch's own Adam for several slopes, rates and ε; g over the step is fitted."""
    import torch

    points, quotients = [], []
    for g, eta, epsilon in product((-2.0, -0.5, 0.25, 3.0), (0.1, 0.5), (0.5, 1.0)):
        w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.Adam([w], lr=eta, eps=epsilon)
        w.grad = torch.tensor([g], dtype=torch.float64)
        optimiser.step()
        points.append((g, eta, epsilon))
        quotients.append(g / float(w.detach()))
    terms = "Abs(g)/eta epsilon/eta g/eta epsilon"
    return f"g/({_fitted('g eta epsilon', terms, points, quotients)})"


def averaged_weight() -> str:
    """The weights in m ← βm + (1 − β)g after t steps from m = 0, added up: g = 1 at every step"""
    return _settling("beta", lambda m, b: b * m + (1 - b))


def averaged_weight_by_loop() -> str:
    """The weights of all gradients so far, listed; what they lack to 1 shrinks by one ratio."""
    return _missing("beta", lambda b: (b, 1 - b))


def noise_variance() -> str:
    """Var xₜ of xₜ = √(1 − β) xₜ₋₁ + √β ε from a fixed x₀: v ← (1 − β)v + β   [Ho et al. 2020]"""
    return _settling("beta", lambda v, b: (1 - b) * v + b)


def noise_variance_by_loop() -> str:
    """The variance that each step's noise still has at the end, listed and added up."""
    return _missing("beta", lambda b: (1 - b, b))


def cosine_rate() -> str:
    """c + d cos(πt/T) that is η at t = 0 and 0 at t = T   [Loshchilov & Hutter 2017]"""
    import sympy

    t, end, eta = sympy.symbols("t T eta", positive=True)
    c, d = sympy.symbols("c d")
    curve = c + d * sympy.cos(sympy.pi * t / end)
    found = sympy.solve([curve.subs(t, 0) - eta, curve.subs(t, end)], [c, d])
    return _text(curve.subs(found))


def cosine_rate_by_torch() -> str:
    """The rates that torch's own scheduler sets, for several lengths and first rates."""
    import torch

    points, rates = [], []
    for end, eta in product((4, 6, 10), (0.1, 0.5, 1.0)):
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=eta)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, end)
        for t in range(end + 1):
            points.append((t, end, eta))
            rates.append(float(schedule.get_last_lr()[0]))
            optimiser.step()
            schedule.step()
    return _fitted("t T eta", "eta eta*cos(pi*t/T) eta*t/T eta*cos(pi*t/T)^2", points, rates)


def contraction() -> str:
    """|1 − ηm| = |1 − ηM| at the best η for curvatures m ≤ M, written in k = M/m   [Polyak 1964]"""
    import sympy

    eta, low, k = sympy.symbols("eta m k", positive=True)
    (rate,) = sympy.solve((1 - eta * low) + (1 - eta * k * low), eta)
    return _text(sympy.simplify(1 - rate * low))


def contraction_by_loop() -> str:
    """The slower of both directions at each of many rates, the least of it by a ternary search."""
    points, values = [], []
    for k in (1, 2, 3, 5, 10, 30):
        low, high = 0.0, 2.0
        for _ in range(200):
            left, right = low + (high - low) / 3, high - (high - low) / 3
            better = max(abs(1 - left), abs(1 - k * left)) < max(abs(1 - right), abs(1 - k * right))
            low, high = (low, right) if better else (left, high)
        slowest = max(abs(1 - low), abs(1 - k * low))
        points.append((k,))
        values.append((1 + slowest) / (1 - slowest))
    ratio = _fitted("k", "1 k k^2", points, values)
    return f"(({ratio}) - 1)/(({ratio}) + 1)"


def shrink_factor(half: bool) -> str:
    """What a step with rate η makes of w where the loss is flat: penalty (λ/2) w², or λ w²"""
    import sympy

    w, eta, lam = sympy.symbols("w eta lam", positive=True)
    penalty = lam * w**2 * (sympy.Rational(1, 2) if half else 1)
    return _text(sympy.expand((w - eta * sympy.diff(penalty, w)) / w))


def shrink_factor_by_torch(half: bool) -> str:
    """Steps of torch's SGD on the penalty alone; the quotient of new and old weight is fitted."""
    import torch

    points, factors = [], []
    for eta, lam in product((0.1, 0.25, 0.5), (0.2, 1.0, 3.0)):
        w = torch.full((1,), 3.0, dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.SGD([w], lr=eta)
        (lam * w.square().sum() * (0.5 if half else 1.0)).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        points.append((eta, lam))
        factors.append(float(w.detach()) / 3.0)
    return _fitted("eta lam", "1 eta lam eta*lam", points, factors)


def ridge_weight() -> str:
    """The w that makes Σ(y − w x)² + λ w² least, with a = Σx² and b = Σxy   [Hoerl & Kennard 1970]"""
    import sympy

    w, a, b, c, lam = sympy.symbols("w a b c lam")
    loss = c - 2 * w * b + w**2 * a + lam * w**2
    (least,) = sympy.solve(sympy.diff(loss, w), w)
    return _text(least)


def ridge_weight_by_numpy() -> str:
    """numpy's least squares with one more row √λ w = 0; b over the weight is fitted."""
    import numpy as np

    points, values = [], []
    for lam, (x, y) in product((0.0, 1.0, 2.5), (((1, 2), (2, 3)), ((1, -1, 3), (0, 1, 2)))):
        one, two = np.array([*x, lam**0.5], dtype=float), np.array([*y, 0.0], dtype=float)
        weight = np.linalg.lstsq(one[:, None], two, rcond=None)[0][0]
        points.append((float(np.dot(x, x)), lam))
        values.append(float(np.dot(x, y)) / weight)
    return f"b/({_fitted('a lam', '1 a lam', points, values)})"


def _settling(name: str, step: Callable[[Any, Any], Any]) -> str:
    """The t-th value from 0 of a recurrence with a share, solved."""
    import sympy

    share, t = sympy.Symbol(name), sympy.Symbol("t")
    state = sympy.Function("state")
    rule = sympy.expand(state(t + 1) - step(state(t), share))
    return _text(sympy.rsolve(rule, state(t), {state(0): 0}))


def _missing(name: str, rule: Callable[[Fraction], tuple[Fraction, Fraction]]) -> str:
    """1 − ratio^t, where each step scales all shares so far and adds one; the ratio is fitted."""
    points, ratios = [], []
    for value in (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(9, 10)):
        kept, new = rule(value)
        shares: list[Fraction] = []
        lacking = [Fraction(1)]
        for _ in range(5):
            shares = [*(kept * each for each in shares), new]
            lacking.append(1 - sum(shares, Fraction(0)))
        points.append((value,))
        ratios.append(_one({b / a for a, b in pairwise(lacking)}))
    return f"1 - ({_fitted(name, f'1 {name} {name}^2', points, ratios)})^t"


def _one(values: set[Fraction]) -> Fraction:
    """The only value; where there are several, or none left, the run is no power."""
    if len(values) > 1:
        raise ValueError(f"expected one ratio, found {sorted(values)}")
    return min(values, default=Fraction(0))
