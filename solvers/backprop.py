"""Backpropagation through hand-sized nets, gradient clipping, and products of slopes.

The net of the first functions: inputs x, hidden = relu(W1 x), output y = w2 · hidden, no biases,
loss L = (y − t)² / 2. `hidden` holds the rows of W1, one per hidden unit; `output` is w2.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import exp, hypot, prod
from typing import Any, Literal

from .ranges import _in_float64, _numbers, _one_of

Matrix = list[list[int]]


def output_value(inputs: list[int], hidden: Matrix, output: list[int]) -> int:
    """y = w2 · relu(W1 x)"""
    signals = [max(z, 0) for z in _sums(inputs, hidden, output)]
    return sum(v * h for v, h in zip(output, signals, strict=True))


def output_value_by_torch(inputs: list[int], hidden: Matrix, output: list[int]) -> float:
    """Real Linear and ReLU layers in float64."""
    _sums(inputs, hidden, output)
    net, x = _torch_net(inputs, hidden, output)
    return float(net(x).detach())


def hidden_gradient(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[int]]:
    """∂L/∂W1: rows (y − t) · w2_i · [z_i > 0] · x   [Rumelhart, Hinton & Williams 1986]"""
    sums = _sums(inputs, hidden, output)
    error = output_value(inputs, hidden, output) - target
    deltas = [error * v * (z > 0) for v, z in zip(output, sums, strict=True)]
    return [[delta * x for x in inputs] for delta in deltas]


def hidden_gradient_by_autograd(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[float]]:
    """torch's autograd through real layers."""
    _sums(inputs, hidden, output)
    net, x = _torch_net(inputs, hidden, output)
    ((net(x) - target) ** 2 / 2).sum().backward()
    return [[float(g) for g in row] for row in net[0].weight.grad]


def hidden_gradient_by_fractions(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[list[Fraction]]:
    """Central differences in exact fractions: no error, since L is quadratic in each weight."""
    _sums(inputs, hidden, output)
    rows, columns = range(len(hidden)), range(len(inputs))

    def moved(i: int, j: int, by: Fraction) -> Fraction:
        weights = [
            [w + by * ((r, c) == (i, j)) for c, w in enumerate(row)] for r, row in enumerate(hidden)
        ]
        return _loss(inputs, weights, output, target)

    h = Fraction(1, 1000)
    return [[(moved(i, j, h) - moved(i, j, -h)) / (2 * h) for j in columns] for i in rows]


def output_gradient(inputs: list[int], hidden: Matrix, output: list[int], target: int) -> list[int]:
    """∂L/∂w2 = (y − t) · relu(W1 x)"""
    error = output_value(inputs, hidden, output) - target
    return [error * max(z, 0) for z in _sums(inputs, hidden, output)]


def output_gradient_by_autograd(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[float]:
    """torch's autograd through real layers."""
    _sums(inputs, hidden, output)
    net, x = _torch_net(inputs, hidden, output)
    ((net(x) - target) ** 2 / 2).sum().backward()
    return [float(g) for g in net[2].weight.grad[0]]


def output_gradient_by_fractions(
    inputs: list[int], hidden: Matrix, output: list[int], target: int
) -> list[Fraction]:
    """Central differences in exact fractions: no error, since L is quadratic in each weight."""
    _sums(inputs, hidden, output)
    h = Fraction(1, 1000)

    def moved(i: int, by: Fraction) -> Fraction:
        return _loss(inputs, hidden, [v + by * (k == i) for k, v in enumerate(output)], target)

    return [(moved(i, h) - moved(i, -h)) / (2 * h) for i in range(len(output))]


def weight_gradient(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> int:
    """∂L/∂w for the weight from input `source` to hidden unit `unit`, both counted from 1"""
    _chosen(hidden, inputs, unit, source)
    return hidden_gradient(inputs, hidden, output, target)[unit - 1][source - 1]


def weight_gradient_by_autograd(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> float:
    """The entry of autograd's gradient."""
    _chosen(hidden, inputs, unit, source)
    return hidden_gradient_by_autograd(inputs, hidden, output, target)[unit - 1][source - 1]


def weight_gradient_by_fractions(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, unit: int, source: int
) -> Fraction:
    """The entry of the exact difference quotients."""
    _chosen(hidden, inputs, unit, source)
    return hidden_gradient_by_fractions(inputs, hidden, output, target)[unit - 1][source - 1]


def updated_hidden(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[float]]:
    """W1 − rate · ∂L/∂W1"""
    _numbers(rate=rate)
    gradient = hidden_gradient(inputs, hidden, output, target)
    return [
        [w - rate * g for w, g in zip(row, slopes, strict=True)]
        for row, slopes in zip(hidden, gradient, strict=True)
    ]


def updated_hidden_by_torch(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[float]]:
    """One step of torch.optim.SGD over all weights."""
    import torch

    _sums(inputs, hidden, output)
    net, x = _torch_net(inputs, hidden, output)
    ((net(x) - target) ** 2 / 2).sum().backward()
    torch.optim.SGD(net.parameters(), lr=rate).step()
    return [[float(w) for w in row] for row in net[0].weight.detach()]


def updated_hidden_by_fractions(
    inputs: list[int], hidden: Matrix, output: list[int], target: int, rate: float
) -> list[list[Fraction]]:
    """Exact fractions, with the rate as the decimal that was written."""
    slopes = hidden_gradient_by_fractions(inputs, hidden, output, target)
    step = Fraction(str(rate))
    return [
        [w - step * g for w, g in zip(row, line, strict=True)]
        for row, line in zip(hidden, slopes, strict=True)
    ]


def sigmoid_chain_gradient(x: float, first: float, second: float, target: float) -> float:
    """∂L/∂first for a = σ(first · x), y = σ(second · a), L = (y − t)² / 2"""
    _numbers(x=x, first=first, second=second, target=target)
    with _in_float64():
        a = _sigmoid(first * x)
        y = _sigmoid(second * a)
        return (y - target) * y * (1 - y) * second * a * (1 - a) * x


def sigmoid_chain_gradient_by_autograd(
    x: float, first: float, second: float, target: float
) -> float:
    """torch's autograd in float64."""
    import torch

    w = torch.tensor(first, dtype=torch.float64, requires_grad=True)
    y = torch.sigmoid(second * torch.sigmoid(w * x))
    return float(torch.autograd.grad((y - target) ** 2 / 2, w)[0])


def sigmoid_chain_gradient_by_sympy(x: float, first: float, second: float, target: float) -> float:
    """Symbolic derivative, evaluated to 30 digits."""
    import sympy

    w = sympy.Symbol("w")
    numbers = [sympy.Rational(str(v)) for v in (x, second, target)]
    y = 1 / (1 + sympy.exp(-numbers[1] / (1 + sympy.exp(-w * numbers[0]))))
    slope = sympy.diff((y - numbers[2]) ** 2 / 2, w)
    return float(slope.subs(w, sympy.Rational(str(first))).evalf(30))


def clip_by_norm(gradient: list[float], limit: float) -> list[float]:
    """g · min(1, limit / |g|)   [Pascanu, Mikolov & Bengio 2013, algorithm 1]"""
    _limit(gradient, limit)
    norm = hypot(*gradient)
    scale = min(1.0, limit / norm) if norm else 1.0
    return [g * scale for g in gradient]


def clip_by_norm_by_loop(gradient: list[float], limit: float) -> list[float]:
    """The largest scale of at most 1 with a norm within the limit, by bisection."""
    _limit(gradient, limit)
    low, high = 0.0, 1.0
    if sum(g * g for g in gradient) <= limit**2:
        return list(gradient)
    for _ in range(80):
        middle = (low + high) / 2
        fits = sum((middle * g) ** 2 for g in gradient) <= limit**2
        low, high = (middle, high) if fits else (low, middle)
    return [g * low for g in gradient]


def clip_by_norm_by_torch(gradient: list[float], limit: float) -> list[float]:
    """torch.nn.utils.clip_grad_norm_; it divides by |g| + 1e-6, which no longer counts for a gradient and a
    limit 2⁴⁰ times as long."""
    import torch

    _limit(gradient, limit)
    parameter = torch.nn.Parameter(torch.zeros(len(gradient), dtype=torch.float64))
    parameter.grad = torch.tensor(gradient, dtype=torch.float64) * 2.0**40
    torch.nn.utils.clip_grad_norm_(parameter, limit * 2.0**40)
    return [float(g) / 2.0**40 for g in parameter.grad]


def clip_by_value(gradient: list[float], limit: float) -> list[float]:
    """max(−limit, min(limit, g)) for each entry"""
    _limit(gradient, limit)
    return [max(-limit, min(limit, g)) for g in gradient]


def clip_by_value_by_torch(gradient: list[float], limit: float) -> list[float]:
    """torch.nn.utils.clip_grad_value_ on a parameter with this gradient."""
    import torch

    _limit(gradient, limit)
    parameter = torch.nn.Parameter(torch.zeros(len(gradient), dtype=torch.float64))
    parameter.grad = torch.tensor(gradient, dtype=torch.float64)
    torch.nn.utils.clip_grad_value_(parameter, limit)
    return [float(g) for g in parameter.grad]


def cosine_after_clipping(
    gradient: list[float], limit: float, method: Literal["norm", "value"]
) -> float:
    """Cosine of the angle between a gradient and its clipped version"""
    _one_of(("norm", "value"), method=method)
    clipped = (clip_by_norm if method == "norm" else clip_by_value)(gradient, limit)
    product = sum(a * b for a, b in zip(gradient, clipped, strict=True))
    return product / (hypot(*gradient) * hypot(*clipped))


def cosine_after_clipping_by_torch(
    gradient: list[float], limit: float, method: Literal["norm", "value"]
) -> float:
    """torch's renorm or clamp, and its cosine similarity."""
    import torch

    _limit(gradient, limit)
    g = torch.tensor(gradient, dtype=torch.float64)
    clipped = torch.renorm(g[None], 2, 0, limit)[0] if method == "norm" else g.clamp(-limit, limit)
    return float(torch.nn.functional.cosine_similarity(g, clipped, dim=0))


def slope_product(depth: int, weight: float = 1.0) -> float:
    """(weight / 4)^depth: gradient factor through `depth` sigmoid units, each at its steepest point"""
    _numbers(weight=weight)
    if depth < 1:
        raise ValueError(f"depth must be at least 1, found {depth}")
    with _in_float64():
        return (weight / 4) ** depth


def slope_product_by_autograd(depth: int, weight: float = 1.0) -> float:
    """A real chain of sigmoid units, their biases set so that each pre-activation is 0."""
    import torch

    if depth < 1:
        raise ValueError(f"depth must be at least 1, found {depth}")
    x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    signal = x
    for _ in range(depth):
        signal = torch.sigmoid(weight * signal - weight / 2)
    return float(torch.autograd.grad(signal, x)[0])


def weight_change(optimiser_step: bool) -> float:
    """Largest change of a weight after loss.backward(), alone or followed by optimiser.step()"""
    import torch

    net: Any = torch.nn.Linear(2, 1, dtype=torch.float64)
    torch.nn.init.constant_(net.weight, 0.5)
    torch.nn.init.zeros_(net.bias)
    before = net.weight.detach().clone()
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
    loss = (net(torch.tensor([1.0, 2.0], dtype=torch.float64)) - 3) ** 2
    torch.autograd.backward(loss.sum())
    if not net.weight.grad.abs().min() > 0:
        raise ValueError("expected a gradient other than 0 for each weight")
    if optimiser_step:
        optimiser.step()
    return float((net.weight.detach() - before).abs().max())


def weight_change_by_fractions(optimiser_step: bool) -> Fraction:
    """η · 2 |w · x − t| max |x| by hand, for w = (1/2, 1/2), x = (1, 2), t = 3 and η = 1/10."""
    error = Fraction(1, 2) * 1 + Fraction(1, 2) * 2 - 3
    return Fraction(1, 10) * 2 * abs(error) * 2 if optimiser_step else Fraction(0)


def working_orders(items: list[str]) -> list[list[str]]:
    """Orders of the steps that run and give the right weights: each is executed on a 1-1-1 net"""
    _check_items(items)
    return [list(order) for order in permutations(items) if _carried_out(order) == _expected()]


def working_orders_by_loop(items: list[str]) -> list[list[str]]:
    """Orders grown by what the steps read: each comes after the steps that work that out and before
    those that overwrite it   [Bernstein 1966]"""
    _check_items(items)

    def first(one: str, other: str) -> bool:
        """Whether `one` must come before `other`."""
        reads, makes = _READS_AND_MAKES[one]
        other_reads, other_makes = _READS_AND_MAKES[other]
        return bool((makes - _WEIGHTS) & other_reads or reads & _WEIGHTS & other_makes)

    def grown(order: list[str]) -> list[list[str]]:
        left = [name for name in items if name not in order]
        ready = [n for n in left if not any(first(other, n) for other in left if other != n)]
        return [found for n in ready for found in grown([*order, n])] if left else [order]

    return grown([]) if set(items) == set(_READS_AND_MAKES) else []


_WEIGHTS = {"w", "v"}
_READS_AND_MAKES = {
    "forward": ({"w", "v", "x"}, {"h", "y"}),
    "output-error": ({"y", "t"}, {"output error"}),
    "hidden-error": ({"output error", "v"}, {"hidden error"}),
    "update-output": ({"v", "output error", "h"}, {"v"}),
    "update-hidden": ({"w", "hidden error", "x"}, {"w"}),
}


def _check_items(items: list[str]) -> None:
    for name in items:
        if name not in _STEPS:
            raise ValueError(f"items must be among {sorted(_STEPS)}, found {name!r}")
    if len(set(items)) < len(items):
        raise ValueError(f"items must be different, found {items}")


_START = {"x": Fraction(2), "w": Fraction(3), "v": Fraction(5), "t": Fraction(1)}
_RATE = Fraction(1, 100)


def _forward(s: dict[str, Fraction]) -> None:
    s["h"] = s["w"] * s["x"]
    s["y"] = s["v"] * s["h"]


def _output_error(s: dict[str, Fraction]) -> None:
    s["output error"] = s["y"] - s["t"]


def _hidden_error(s: dict[str, Fraction]) -> None:
    s["hidden error"] = s["output error"] * s["v"]


def _update_output(s: dict[str, Fraction]) -> None:
    s["v"] -= _RATE * s["output error"] * s["h"]


def _update_hidden(s: dict[str, Fraction]) -> None:
    s["w"] -= _RATE * s["hidden error"] * s["x"]


_STEPS = {
    "forward": _forward,
    "output-error": _output_error,
    "hidden-error": _hidden_error,
    "update-output": _update_output,
    "update-hidden": _update_hidden,
}


def _carried_out(order: tuple[str, ...]) -> tuple[Fraction, Fraction] | None:
    """The weights after these steps; None where a step lacks what it needs."""
    state = dict(_START)
    try:
        for name in order:
            _STEPS[name](state)
    except KeyError:
        return None
    return state["w"], state["v"]


def _expected() -> tuple[Fraction, Fraction]:
    """One step of descent with exact difference quotients, no backpropagation."""
    x, w, v, t = (_START[name] for name in "xwvt")
    h = Fraction(1, 1000)

    def loss(a: Fraction, b: Fraction) -> Fraction:
        return (a * b * x - t) ** 2 / 2

    slope_w = (loss(w + h, v) - loss(w - h, v)) / (2 * h)
    slope_v = (loss(w, v + h) - loss(w, v - h)) / (2 * h)
    return w - _RATE * slope_w, v - _RATE * slope_v


def _sums(inputs: list[int], hidden: Matrix, output: list[int]) -> list[int]:
    """The pre-activations W1 x; none may be 0, where ReLU has no derivative."""
    if len(hidden) != len(output) or any(len(row) != len(inputs) for row in hidden):
        raise ValueError(f"hidden must be {len(output)} rows of {len(inputs)}, found {hidden}")
    sums = [sum(w * x for w, x in zip(row, inputs, strict=True)) for row in hidden]
    if 0 in sums:
        raise ValueError(f"pre-activations must not be 0, found {sums}")
    return sums


def _loss(inputs: Any, hidden: Any, output: Any, target: int) -> Fraction:
    """The forward pass alone, in fractions."""
    signals = [
        max(Fraction(sum(map(prod, zip(row, inputs, strict=True)))), Fraction(0)) for row in hidden
    ]
    return Fraction(sum(map(prod, zip(output, signals, strict=True))) - target) ** 2 / 2


def _torch_net(inputs: list[int], hidden: Matrix, output: list[int]) -> Any:
    import torch

    net: Any = torch.nn.Sequential(
        torch.nn.Linear(len(inputs), len(hidden), bias=False, dtype=torch.float64),
        torch.nn.ReLU(),
        torch.nn.Linear(len(output), 1, bias=False, dtype=torch.float64),
    )
    with torch.no_grad():
        net[0].weight.copy_(torch.tensor(hidden))
        net[2].weight.copy_(torch.tensor([output]))
    return net, torch.tensor(inputs, dtype=torch.float64)


def _chosen(hidden: Matrix, inputs: list[int], unit: int, source: int) -> None:
    if not 1 <= unit <= len(hidden):
        raise ValueError(f"unit must be from 1 to {len(hidden)}, found {unit}")
    if not 1 <= source <= len(inputs):
        raise ValueError(f"source must be from 1 to {len(inputs)}, found {source}")


def _limit(gradient: list[float], limit: float) -> None:
    _numbers(gradient=gradient, limit=limit)
    if limit <= 0:
        raise ValueError(f"limit must be positive, found {limit}")
    if not any(gradient):
        raise ValueError("gradient must have an entry other than 0")


def _sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z))
