"""Formulas as text, for questions that are answered by a formula; each witness derives its own by sympy."""

from __future__ import annotations

from typing import Any, Literal

from .ranges import _one_of

Function = Literal["sigmoid", "tanh", "softplus", "silu", "softsign"]
Loss = Literal["binary cross-entropy", "half square", "mean square"]

_SLOPES: dict[Function, str] = {
    "sigmoid": "sigmoid(x)*(1 - sigmoid(x))",
    "tanh": "1 - tanh(x)^2",
    "softplus": "sigmoid(x)",
    "silu": "sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))",
    "softsign": "1/(1 + |x|)^2",
}


def slope(function: Function) -> str:
    """f′(x), by the chain and product rule on paper; softsign is x/(1 + |x|)."""
    _one_of(Function, function=function)
    return _SLOPES[function]


def slope_by_sympy(function: Function) -> str:
    """The derivative of the definition in exponentials, or in |x|."""
    import sympy

    x = sympy.Symbol("x", real=True)
    sigmoid = 1 / (1 + sympy.exp(-x))
    definitions: dict[Function, Any] = {
        "sigmoid": sigmoid,
        "tanh": (sympy.exp(x) - sympy.exp(-x)) / (sympy.exp(x) + sympy.exp(-x)),
        "softplus": sympy.log(1 + sympy.exp(x)),
        "silu": x * sigmoid,
        "softsign": x / (1 + sympy.Abs(x)),
    }
    return str(sympy.diff(definitions[function], x))


def slope_at_logit(loss: Loss) -> str:
    """∂L/∂z of a sigmoid output p = σ(z) with target t, written in p and t."""
    _one_of(Loss, loss=loss)
    slopes: dict[Loss, str] = {
        "binary cross-entropy": "p - t",
        "half square": "(p - t)*p*(1 - p)",
        "mean square": "2*(p - t)*p*(1 - p)",
    }
    return slopes[loss]


def slope_at_logit_by_sympy(loss: Loss) -> str:
    """Differentiated by z, then z = ln(p / (1 − p)) put in."""
    import sympy

    z, t = sympy.symbols("z t", real=True)
    p = sympy.Symbol("p", positive=True)
    share = 1 / (1 + sympy.exp(-z))
    losses: dict[Loss, Any] = {
        "binary cross-entropy": -t * sympy.log(share) - (1 - t) * sympy.log(1 - share),
        "half square": (share - t) ** 2 / 2,
        "mean square": (share - t) ** 2,
    }
    found = sympy.diff(losses[loss], z).subs(z, sympy.log(p / (1 - p)))
    return str(sympy.simplify(found))


def convolution_weights(bias: bool) -> str:
    """Weights of a layer of f filters k×k over c channels, with or without one bias a filter."""
    return "f*(k^2*c + 1)" if bias else "f*k^2*c"


def convolution_weights_by_counting(bias: bool) -> str:
    """The polynomial through counts of real layers: one weight for each filter, channel, row and column."""
    import sympy

    f, k, c = sympy.symbols("f k c")
    monomials = [f * k**2 * c, f * k * c, f * c, f]
    points = [(1, 1, 1), (1, 2, 1), (1, 3, 1), (2, 1, 3), (2, 3, 2)]
    rows = [[m.subs({f: a, k: b, c: d}) for m in monomials] for a, b, d in points]
    counts = [
        sum(1 for _ in range(a) for _ in range(d) for _ in range(b) for _ in range(b)) + a * bias
        for a, b, d in points
    ]
    unknowns = sympy.symbols("u0:4")
    equations = [
        sum(u * value for u, value in zip(unknowns, row, strict=True)) - count
        for row, count in zip(rows, counts, strict=True)
    ]
    (solution,) = sympy.linsolve(equations, *unknowns)
    return str(sum(u * m for u, m in zip(solution, monomials, strict=True)))


def normal_divergence() -> str:
    """KL(N(m, s²) ‖ N(0, 1)) = (m² + s² − 1)/2 − ln s   [Kingma & Welling 2014, appendix B]"""
    return "(m^2 + s^2 - 1)/2 - log(s)"


def normal_divergence_by_sympy() -> str:
    """E[ln q − ln p] by the moments of the normal distribution."""
    import sympy

    m, x = sympy.symbols("m x", real=True)
    s = sympy.Symbol("s", positive=True)
    q = sympy.exp(-((x - m) ** 2) / (2 * s**2)) / (s * sympy.sqrt(2 * sympy.pi))
    gap = -sympy.log(s) - (x - m) ** 2 / (2 * s**2) + x**2 / 2
    return str(sympy.simplify(sympy.integrate(sympy.expand(q * gap), (x, -sympy.oo, sympy.oo))))
