"""Slopes of activations, units and losses as formulas: derived by sympy, measured by autograd."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from .fits import _fitted, _text
from .ranges import _one_of

Curve = Literal["sigmoid", "tanh", "softplus"]
INPUTS = (-2.5, -1.5, -0.75, -0.25, 0.0, 0.5, 1.25, 2.0)
SHARES = ((0.1, 0.3), (0.25, 0.5), (0.4, 0.15), (0.6, 0.2), (0.2, 0.7), (0.45, 0.35), (0.05, 0.8))


def slope_in_value(function: Curve, order: int = 1) -> str:
    """The derivative of that order in y = f(x): with u = eˣ, d/dx is u d/du, and u is a function of y."""
    import sympy

    _one_of(Curve, function=function)
    _check_order(order)
    u, y = sympy.symbols("u y", positive=True)
    value = {
        "sigmoid": u / (1 + u),
        "tanh": (u**2 - 1) / (u**2 + 1),
        "softplus": sympy.log(1 + u),
    }[function]
    slope = value
    for _ in range(order):
        slope = u * sympy.diff(slope, u)
    back = sympy.solve(value - y, u)[-1]
    return _text(sympy.factor(sympy.simplify(slope.subs(u, back))))


def slope_in_value_by_autograd(function: Curve, order: int = 1) -> str:
    """The combination of powers of y, or of e⁻ʸ, that torch's derivatives have at eight inputs."""
    import torch

    _check_order(order)
    x = torch.tensor(INPUTS, dtype=torch.float64, requires_grad=True)
    apply = torch.nn.functional.softplus if function == "softplus" else getattr(torch, function)
    value = slope = apply(x)
    for _ in range(order):
        (slope,) = torch.autograd.grad(slope.sum(), x, create_graph=True)
    terms = "1 y exp(-y) exp(-2*y)" if function == "softplus" else "1 y y^2 y^3"
    return _fitted("y", terms, [(each,) for each in value.tolist()], slope.tolist())


def slope_of_softplus() -> str:
    """d/dx ln(1 + eˣ) = 1/(1 + e⁻ˣ), by the chain rule   [Dugas et al. 2001]"""
    import sympy

    x = sympy.Symbol("x", real=True)
    return _text(sympy.simplify(sympy.diff(sympy.log(1 + sympy.exp(x)), x)))


def slope_of_softplus_by_autograd() -> str:
    """torch's slopes of its own softplus, as a combination of powers of 1/(1 + e⁻ˣ)."""
    import torch

    x = torch.tensor(INPUTS, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(torch.nn.functional.softplus(x).sum(), x)
    terms = "1 1/(1+exp(-x)) 1/(1+exp(-x))^2 tanh(x)"
    return _fitted("x", terms, [(each,) for each in INPUTS], slope.tolist())


def slope_of_swish() -> str:
    """f = x σ(βx) differentiated by x, then σ = s and x = f/s put in   [Ramachandran et al. 2017]"""
    import sympy

    x, f, b = sympy.symbols("x f beta", real=True)
    s = sympy.Symbol("s", positive=True)
    slope = sympy.diff(x / (1 + sympy.exp(-b * x)), x)
    return _text(sympy.factor(slope.subs(sympy.exp(-b * x), 1 / s - 1).subs(x, f / s)))


def slope_of_swish_by_autograd() -> str:
    """torch's slopes at several inputs and sharpnesses, as a combination of products of f, s and β."""
    import torch

    points, slopes = [], []
    for b in (0.5, 1.0, 1.5, 2.0):
        x = torch.tensor(INPUTS, dtype=torch.float64, requires_grad=True)
        gate = torch.sigmoid(b * x)
        (slope,) = torch.autograd.grad((x * gate).sum(), x)
        points += [(f, s, b) for f, s in zip((x * gate).tolist(), gate.tolist(), strict=True)]
        slopes += slope.tolist()
    return _fitted("f s beta", "f s beta*f beta*s beta*f*s f*s", points, slopes)


def half_tanh_in_sigmoid() -> str:
    """tanh(x/2) with s = σ(x): both in eˣ, which is s/(1 − s)"""
    import sympy

    u, s = sympy.symbols("u s", positive=True)
    (back,) = sympy.solve(u / (1 + u) - s, u)
    tanh = (sympy.sqrt(u) - 1 / sympy.sqrt(u)) / (sympy.sqrt(u) + 1 / sympy.sqrt(u))
    return _text(sympy.simplify(sympy.simplify(tanh).subs(u, back)))


def half_tanh_in_sigmoid_by_numpy() -> str:
    """The line, or parabola, through values of numpy's tanh over those of the sigmoid."""
    import numpy as np

    x = np.array(INPUTS)
    points = [(s,) for s in 1 / (1 + np.exp(-x))]
    return _fitted("s", "1 s s^2", points, np.tanh(x / 2).tolist())


def softmax_slope(same: bool) -> str:
    """∂pᵢ/∂zⱼ of a softmax, with pᵢ = p and, for another class, pⱼ = q   [Bridle 1990]"""
    import sympy

    z, y = sympy.symbols("z y", real=True)
    p, q = sympy.symbols("p q", positive=True)
    share = sympy.exp(z) / (sympy.exp(z) + sympy.exp(y) + 1 - p - q)  # logits ln p, ln q, ln(rest)
    slope = sympy.diff(share, z if same else y)
    return _text(sympy.factor(slope.subs({z: sympy.log(p), y: sympy.log(q)})))


def softmax_slope_by_autograd(same: bool) -> str:
    """torch's Jacobian of a softmax over three classes, as a polynomial in two of the outputs."""
    slopes = []
    for p, q in SHARES:
        rows = _softmax_jacobian([p, q, 1 - p - q])
        slopes.append(rows[0][0 if same else 1])
    return _fitted("p q", "p q p^2 q^2 p*q", SHARES, slopes)


def softmax_loss_slope() -> str:
    """∂L/∂z of cross-entropy after a softmax: output p, target y, targets adding up to 1"""
    import sympy

    z = sympy.symbols("z0:3", real=True)
    p, y, q, u = sympy.symbols("p y q u", positive=True)
    total = sum(map(sympy.exp, z))
    targets = (y, u, 1 - y - u)
    loss = -sum(t * (each - sympy.log(total)) for t, each in zip(targets, z, strict=True))
    logits = dict(zip(z, map(sympy.log, (p, q, 1 - p - q)), strict=True))
    return _text(sympy.simplify(sympy.diff(loss, z[0]).subs(logits)))


def softmax_loss_slope_by_autograd() -> str:
    """The gradient of torch's own cross-entropy with soft targets, as a combination of p and y."""
    import torch

    points, slopes = [], []
    for p, q in SHARES:
        for target in ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5, 0.2, 0.3]):
            z = torch.tensor([p, q, 1 - p - q], dtype=torch.float64).log().requires_grad_()
            wanted = torch.tensor(target, dtype=torch.float64)
            loss = torch.nn.functional.cross_entropy(z, wanted)
            (slope,) = torch.autograd.grad(loss, z)
            points.append((p, target[0]))
            slopes.append(float(slope[0]))
    return _fitted("p y", "1 p y p*y p^2", points, slopes)


def linear_unit_slope(half: bool) -> str:
    """∂L/∂w of L = (w x + b − t)², or half of it"""
    import sympy

    w, x, b, t = sympy.symbols("w x b t", real=True)
    loss = (w * x + b - t) ** 2 * (sympy.Rational(1, 2) if half else 1)
    return _text(sympy.factor(sympy.diff(loss, w)))


def linear_unit_slope_by_autograd(half: bool) -> str:
    """The gradient of torch's squared error of a linear unit, as a combination of products."""
    points = _mixtures(4)
    share = 0.5 if half else 1.0
    slopes = [_slope(lambda w, x, b, t: share * (w * x + b - t) ** 2, point) for point in points]
    return _fitted("w x b t", "w*x^2 b*x t*x x w*x b t", points, slopes)


def first_weight_slope() -> str:
    """∂L/∂w of y = v tanh(w x), L = (y − t)²/2, with h = tanh(w x) put in"""
    import sympy

    w, v, x, t, h = sympy.symbols("w v x t h", real=True)
    slope = sympy.diff((v * sympy.tanh(w * x) - t) ** 2 / 2, w)
    return _text(sympy.factor(slope.subs(sympy.tanh(w * x), h)))


def first_weight_slope_by_autograd() -> str:
    """torch's gradients at sixteen points, as a combination of products of v, h, t and x."""
    import math

    points = _mixtures(4)
    slopes = [_slope(lambda w, v, x, t: (v * (w * x).tanh() - t) ** 2 / 2, each) for each in points]
    seen = [(v, math.tanh(w * x), t, x) for w, v, x, t in points]
    terms = "v^2*h*x v*t*x v^2*h^3*x v*t*h^2*x v^2*h*t v*h*x t*x"
    return _fitted("v h t x", terms, seen, slopes)


def steepest_chain() -> str:
    """max ∂aₙ/∂a₀ through n sigmoids with weight w > 0: w · max σ′ each   [Hochreiter 1991]"""
    import sympy

    y, w = sympy.symbols("y w", positive=True)
    n = sympy.Symbol("n", positive=True, integer=True)
    slope = sympy.sympify(slope_in_value("sigmoid"), locals={"y": y})
    steepest = max(slope.subs(y, each) for each in sympy.solve(sympy.diff(slope, y), y))
    return _text(sympy.product(w * steepest, (sympy.Symbol("k"), 1, n)))


def steepest_chain_by_autograd() -> str:
    """The largest slope that chains of torch sigmoids show over many offsets, a root a layer."""
    points, factors = [], []
    for w in (0.5, 1.0, 2.0, 3.5):
        for n in (1, 2, 4):
            slopes = [_chained(w, n, offset / 8) for offset in range(-16, 17)]
            points.append((w,))
            factors.append(max(slopes) ** (1 / n))
    return f"({_fitted('w', '1 w w^2', points, factors)})^n"


def recurrent_slope() -> str:
    """∂hₙ/∂w of hₖ = w hₖ₋₁: Σₖ wⁿ⁻ᵏ hₖ₋₁, one term for each step at which w is used"""
    import sympy

    w, h = sympy.symbols("w h", positive=True)
    n, k = sympy.symbols("n k", positive=True, integer=True)
    term = sympy.powsimp(w ** (n - k) * (w ** (k - 1) * h))
    return _text(sympy.simplify(sympy.summation(term, (k, 1, n))))


def recurrent_slope_by_autograd() -> str:
    """torch's gradients through unrolled steps, as a combination of terms with powers of w."""
    points, slopes = [], []
    for n in (1, 2, 3, 5):
        for w, h in ((0.5, 1.0), (1.5, 2.0), (0.8, -1.0)):
            points.append((n, w, h))
            slopes.append(_slope(_unrolled(n), (w, h)))
    return _fitted("n w h", "n*h*w^(n-1) h*w^(n-1) n*h*w^n h*w^n", points, slopes)


def _check_order(order: int) -> None:
    if order not in (1, 2):
        raise ValueError(f"order must be 1 or 2, found {order}")


def _mixtures(count: int) -> list[tuple[float, ...]]:
    """Sixteen points without any pattern that terms could share."""
    from random import Random

    random = Random(5)
    return [tuple(random.uniform(-1.5, 1.5) for _ in range(count)) for _ in range(16)]


def _slope(function: Callable[..., Any], point: tuple[float, ...]) -> float:
    """∂f by its first argument, by autograd."""
    import torch

    first = torch.tensor(point[0], dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(function(first, *point[1:]), first)
    return float(slope)


def _softmax_jacobian(shares: list[float]) -> list[list[float]]:
    """The Jacobian of a softmax at the logits that give these shares."""
    import torch

    logits = torch.tensor(shares, dtype=torch.float64).log()
    softmax = partial(torch.softmax, dim=0)
    jacobian: Any = torch.func.jacrev(softmax)(logits)
    rows: list[list[float]] = jacobian.tolist()
    return rows


def _unrolled(steps: int) -> Callable[..., Any]:
    def state(w: Any, h: Any) -> Any:
        for _ in range(steps):
            h = w * h
        return h

    return state


def _chained(weight: float, layers: int, offset: float) -> float:
    """∂aₙ/∂a₀ at a₀ = ½, with biases that put every weighted input at about `offset`."""

    def last(a: Any) -> Any:
        import torch

        for _ in range(layers):
            a = torch.sigmoid(weight * (a - 0.5) + offset)
        return a

    return _slope(last, (0.5,))
