"""Activation functions: values, slopes, limits, and what makes a network non-linear."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import atanh, exp, isclose, log, sqrt, tanh
from typing import Any, Literal

from .ranges import _numbers, _one_of

Vector = list[float]


def softmax(logits: list[float]) -> list[float]:
    """exp(z_i) / Σ_j exp(z_j), the maximum subtracted first   [Goodfellow et al. 2016, 6.2.2.3]"""
    _numbers(logits=logits)
    _not_empty("logits", logits)
    weights = [exp(z - max(logits)) for z in logits]
    return [w / sum(weights) for w in weights]


def softmax_by_torch(logits: list[float]) -> list[float]:
    """torch.softmax in float64."""
    import torch

    _not_empty("logits", logits)
    return [float(p) for p in torch.softmax(torch.tensor(logits, dtype=torch.float64), 0)]


def softmax_jacobian(probabilities: list[float]) -> list[list[float]]:
    """∂p_i/∂z_j = p_i (δ_ij − p_j) at the softmax output p"""
    _distribution(probabilities)
    p = probabilities
    return [[a * ((i == j) - b) for j, b in enumerate(p)] for i, a in enumerate(p)]


def softmax_jacobian_by_autograd(probabilities: list[float]) -> list[list[float]]:
    """Autograd through torch.softmax at the logits ln p."""
    import torch

    _distribution(probabilities)
    logits = torch.log(torch.tensor(probabilities, dtype=torch.float64))
    rows = torch.autograd.functional.jacobian(lambda z: torch.softmax(z, 0), logits)  # type: ignore[no-untyped-call]
    return [[float(x) for x in row] for row in rows]


def slope_from_output(function: Literal["sigmoid", "tanh"], output: float) -> float:
    """σ' = a (1 − a) and tanh' = 1 − a² in terms of the output a"""
    _one_of(("sigmoid", "tanh"), function=function)
    _reachable(function, output)
    return output * (1 - output) if function == "sigmoid" else 1 - output**2


def slope_from_output_by_autograd(function: Literal["sigmoid", "tanh"], output: float) -> float:
    """The input that gives this output is found, and autograd asked for the slope there."""
    import torch

    _reachable(function, output)
    z = log(output / (1 - output)) if function == "sigmoid" else atanh(output)
    point = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    value = torch.sigmoid(point) if function == "sigmoid" else torch.tanh(point)
    return float(torch.autograd.grad(value, point)[0])


def giving_probabilities(options: list[str]) -> str:
    """The option that makes non-negative outputs with sum 1 of every logit vector tried"""
    maps: dict[str, Callable[[Vector], Vector]] = {
        "softmax": softmax,
        "sigmoid": lambda z: [_sigmoid(x) for x in z],
        "over-sum": lambda z: [x / sum(z) for x in z],
        "over-length": lambda z: [x / sqrt(sum(y * y for y in z)) for x in z],
        "relu": lambda z: [max(x, 0.0) for x in z],
    }
    _known(options, maps)
    return _only([name for name in options if all(_is_share(maps[name](z)) for z in _LOGITS)])


def giving_probabilities_by_torch(options: list[str]) -> str:
    """The same question put to the functions of torch."""
    import torch

    maps: dict[str, Callable[[Any], Any]] = {
        "softmax": lambda z: torch.nn.functional.softmax(z, dim=1),
        "sigmoid": torch.sigmoid,
        "over-sum": lambda z: z / z.sum(dim=1, keepdim=True),
        "over-length": lambda z: torch.nn.functional.normalize(z, dim=1),
        "relu": torch.relu,
    }
    _known(options, maps)
    right = []
    for name in options:
        outputs = [maps[name](torch.tensor([z], dtype=torch.float64)) for z in _LOGITS]
        if all(bool((p >= 0).all()) and abs(float(p.sum()) - 1) < 1e-9 for p in outputs):
            right.append(name)
    return _only(right)


def not_affine(options: list[str]) -> list[str]:
    """Options f with f((x + y)/2) ≠ (f(x) + f(y))/2 for some x, y of mixed signs"""
    layers: dict[str, Callable[[Vector], Vector]] = {
        "relu": lambda x: [max(v, 0.0) for v in x],
        "max-pooling": lambda x: [max(x[0], x[1]), max(x[2], x[3])],
        "average-pooling": lambda x: [(x[0] + x[1]) / 2, (x[2] + x[3]) / 2],
        "dense-layer": lambda x: [x[0] - 2 * x[1] + 3 * x[2] + 0.5, x[3] - x[0] - 1.0],
        "batch-norm": lambda x: [(v - 0.3) / sqrt(2.0) * 1.5 + 0.1 for v in x],
        "dropout": lambda x: [0.8 * v for v in x],
        "convolution": lambda x: [2 * a - b + 1.0 for a, b in pairwise(x)],
    }
    _known(options, layers)
    return [name for name in options if not _keeps_midpoints(layers[name])]


def not_affine_by_torch(options: list[str]) -> list[str]:
    """The same test on real layers of torch in evaluation mode, with random parameters."""
    import torch

    nn = torch.nn
    makers: dict[str, Callable[[], Any]] = {
        "relu": nn.ReLU,
        "max-pooling": lambda: nn.MaxPool1d(2),
        "average-pooling": lambda: nn.AvgPool1d(2),
        "dense-layer": lambda: nn.Linear(4, 2),
        "batch-norm": lambda: nn.BatchNorm1d(1),
        "dropout": nn.Dropout,
        "convolution": lambda: nn.Conv1d(1, 1, 2),
    }
    _known(options, makers)
    found = []
    for name in options:
        layer = makers[name]().double().eval()
        x, y = (torch.tensor(points, dtype=torch.float64).unsqueeze(1) for points in (_XS, _YS))
        with torch.no_grad():
            if not torch.allclose(layer((x + y) / 2), (layer(x) + layer(y)) / 2, atol=1e-12):
                found.append(name)
    return found


def ends(items: list[str]) -> dict[str, str]:
    """Limits of each activation for z to −∞ and to +∞, as "low and high\""""
    functions: dict[str, Callable[[float], float]] = {
        "sigmoid": _sigmoid,
        "tanh": tanh,
        "relu": lambda z: max(z, 0.0),
        "leaky-relu": lambda z: z if z > 0 else 0.01 * z,
        "elu": lambda z: z if z > 0 else exp(z) - 1,
    }
    _known(items, functions)
    return {name: _limits(functions[name]) for name in items}


def ends_by_torch(items: list[str]) -> dict[str, str]:
    """The same limits read off the activation layers of torch."""
    import torch

    layers = {
        "sigmoid": torch.nn.Sigmoid(),
        "tanh": torch.nn.Tanh(),
        "relu": torch.nn.ReLU(),
        "leaky-relu": torch.nn.LeakyReLU(0.01),
        "elu": torch.nn.ELU(),
    }
    _known(items, layers)
    far = torch.tensor([-1e6, -1e4, 1e4, 1e6], dtype=torch.float64)
    texts = {}
    for name in items:
        lower, low, high, higher = (float(v) for v in layers[name](far))
        texts[name] = f"{_limit_text(low, lower)} and {_limit_text(high, higher)}"
    return texts


def largest_share(scores: list[float], temperature: float = 1.0) -> float:
    """Largest of the softmax probabilities of scores / temperature"""
    _numbers(scores=scores, temperature=temperature)
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, found {temperature}")
    return max(softmax([s / temperature for s in scores]))


def largest_share_by_torch(scores: list[float], temperature: float = 1.0) -> float:
    """exp of the largest entry of torch.log_softmax."""
    import torch

    if temperature <= 0:
        raise ValueError(f"temperature must be positive, found {temperature}")
    _not_empty("scores", scores)
    z = torch.tensor(scores, dtype=torch.float64) / temperature
    return float(torch.log_softmax(z, 0).max().exp())


def stack_degree(depth: int, activation: Literal["none", "square"], units: int = 1) -> int:
    """Degree in x of the sum of `units` chains of `depth` layers z = 2a + 1, each followed by the
    activation; the k-th chain starts from a = k x"""
    _one_of(("none", "square"), activation=activation)
    _depth(depth)
    _units(units)
    total: list[int] = []
    for k in range(1, units + 1):
        coefficients = [0, k]
        for _ in range(depth):
            coefficients = [2 * c for c in coefficients]
            coefficients[0] += 1
            if activation == "square":
                coefficients = _product(coefficients, coefficients)
        total = [a + b for a, b in zip_longest(total, coefficients, fillvalue=0)]
    return max(i for i, c in enumerate(total) if c)


def stack_degree_by_counting(
    depth: int, activation: Literal["none", "square"], units: int = 1
) -> int:
    """Differences of the outputs at 0, 1, 2, ... taken until they vanish, and counted."""
    _depth(depth)
    _units(units)
    values = [0] * (2**depth + 3)
    for start in range(2**depth + 3):
        for k in range(1, units + 1):
            z = k * start
            for _ in range(depth):
                z = (2 * z + 1) ** (2 if activation == "square" else 1)
            values[start] += z
    taken = 0
    while any(values):
        values = [b - a for a, b in pairwise(values)]
        taken += 1
    return taken - 1


def jump(function: Literal["relu", "heaviside"]) -> Fraction:
    """Right limit minus left limit at 0 of a piecewise linear function, by exact extrapolation"""
    _one_of(("relu", "heaviside"), function=function)
    f = _PIECEWISE[function]
    h = Fraction(1, 1000)
    right, left = 2 * f(h) - f(2 * h), 2 * f(-h) - f(-2 * h)
    return right - left


def jump_by_sympy(function: Literal["relu", "heaviside"]) -> float:
    """Limits of sympy, approached from either side by a positive distance."""
    import sympy

    x, h = sympy.Symbol("x", real=True), sympy.Symbol("h", positive=True)
    f = {"relu": sympy.Max(0, x), "heaviside": sympy.Heaviside(x)}[function]
    right, left = (sympy.limit(f.subs(x, side), h, 0, "+") for side in (h, -h))
    return float(right - left)


def elu_jump(alpha: float, inside: bool) -> float:
    """|left limit at 0| of α (exp x − 1) if inside, else of α exp x − 1   [Clevert et al. 2016]"""
    _numbers(alpha=alpha)
    if alpha <= 0:
        raise ValueError(f"alpha must be positive, found {alpha}")
    left = alpha * (exp(0.0) - 1) if inside else alpha * exp(0.0) - 1
    return abs(0.0 - left)


def elu_jump_by_sympy(alpha: float, inside: bool) -> float:
    """One-sided limits of sympy, with α exact."""
    import sympy

    if alpha <= 0:
        raise ValueError(f"alpha must be positive, found {alpha}")
    x, a = sympy.Symbol("x", real=True), sympy.Rational(str(alpha))
    left = a * (sympy.exp(x) - 1) if inside else a * sympy.exp(x) - 1
    return float(abs(sympy.limit(x, x, 0, "+") - sympy.limit(left, x, 0, "-")))


def third_difference(function: Literal["softsign", "square"], start: int = 0) -> Fraction:
    """f(s + 3) − 3 f(s + 2) + 3 f(s + 1) − f(s): 0 for every polynomial of degree 2 or less"""
    _one_of(("softsign", "square"), function=function)
    f = _RATIONAL[function]
    return f(start + 3) - 3 * f(start + 2) + 3 * f(start + 1) - f(start)


def third_difference_by_sympy(function: Literal["softsign", "square"], start: int = 0) -> float:
    """The symbolic function differenced three times as a function, then evaluated."""
    import sympy

    x = sympy.Symbol("x", real=True)
    f = {"softsign": x / (1 + sympy.Abs(x)), "square": x**2}[function]
    for _ in range(3):
        f = f.subs(x, x + 1) - f
    return float(f.subs(x, start))


def tanh_gap(at: float, inner: float) -> float:
    """2 σ(inner · x) − 1 − tanh(x) at x = at"""
    _numbers(at=at, inner=inner)
    return 2 * _sigmoid(inner * at) - 1 - tanh(at)


def tanh_gap_by_torch(at: float, inner: float) -> float:
    """The same from torch.sigmoid and torch.tanh."""
    import torch

    x = torch.tensor(at, dtype=torch.float64)
    return float(2 * torch.sigmoid(inner * x) - 1 - torch.tanh(x))


_LOGITS = ([2.0, 1.0, 0.5], [-1.0, 3.0, 0.25], [-2.0, -1.0, -4.0], [0.5, 0.5, 5.0])
_XS = [[1.0, -2.0, 3.0, -0.5], [-1.0, -4.0, 2.0, 1.0], [0.5, 2.0, -3.0, -1.0]]
_YS = [[-3.0, 1.0, -1.0, 2.0], [2.0, 1.0, -5.0, 3.0], [-2.0, -1.0, 4.0, 2.5]]
_PIECEWISE: dict[str, Callable[[Fraction], Fraction]] = {
    "relu": lambda x: max(x, Fraction(0)),
    "heaviside": lambda x: Fraction(x >= 0),
}
_RATIONAL: dict[str, Callable[[int], Fraction]] = {
    "softsign": lambda x: Fraction(x, 1 + abs(x)),
    "square": lambda x: Fraction(x * x),
}


def _sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def _is_share(outputs: Vector) -> bool:
    return min(outputs) >= 0 and isclose(sum(outputs), 1)


def _keeps_midpoints(layer: Callable[[Vector], Vector]) -> bool:
    for x, y in zip(_XS, _YS, strict=True):
        middle = layer([(a + b) / 2 for a, b in zip(x, y, strict=True)])
        mean = [(a + b) / 2 for a, b in zip(layer(x), layer(y), strict=True)]
        if not all(isclose(a, b, abs_tol=1e-12) for a, b in zip(middle, mean, strict=True)):
            return False
    return True


def _limits(f: Callable[[float], float]) -> str:
    return f"{_limit_text(f(-1e4), f(-1e6))} and {_limit_text(f(1e4), f(1e6))}"


def _limit_text(near: float, far: float) -> str:
    if abs(far) > 2 * abs(near) + 1:
        return "∞" if far > 0 else "−∞"
    return f"{round(far)}".replace("-", "−")


def _product(a: list[int], b: list[int]) -> list[int]:
    result = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    return result


def _only(names: list[str]) -> str:
    if len(names) != 1:
        raise ValueError(f"exactly one option must be right, found {names}")
    return names[0]


def _known(names: list[str], table: dict[str, Any]) -> None:
    for name in names:
        if name not in table:
            raise ValueError(f"options must be among {sorted(table)}, found {name!r}")


def _not_empty(name: str, values: list[float]) -> None:
    if not values:
        raise ValueError(f"{name} must have at least one entry, found none")


def _distribution(p: list[float]) -> None:
    if not p or min(p) <= 0 or not isclose(sum(p), 1):
        raise ValueError(f"probabilities must be positive with sum 1, found {p}")


def _reachable(function: str, output: float) -> None:
    low = 0 if function == "sigmoid" else -1
    if not low < output < 1:
        raise ValueError(f"output of {function} must be between {low} and 1, found {output}")


def _depth(depth: int) -> None:
    if not 1 <= depth <= 6:
        raise ValueError(f"depth must be from 1 to 6, found {depth}")


def _units(units: int) -> None:
    if not 1 <= units <= 1000:
        raise ValueError(f"units must be from 1 to 1000, found {units}")
