"""Initial weights: variances that keep a signal's size, and why equal weights stay equal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import dist, exp, pi, sqrt, tanh
from typing import Any, Literal

from .backprop import hidden_gradient
from .ranges import _in_float64, _numbers, _one_of

_XOR = ((0.0, 0.0, -1.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, -1.0))


def glorot_limit(fan_in: int, fan_out: int) -> float:
    """a = √(6 / (fan_in + fan_out)) for weights from U(−a, a)   [Glorot & Bengio 2010, eq. 16]"""
    _positive(fan_in=fan_in, fan_out=fan_out)
    return sqrt(6 / (fan_in + fan_out))


def glorot_limit_by_quadrature(fan_in: int, fan_out: int) -> float:
    """The variance of U(−1, 1) by Simpson's rule, scaled up to the variance that is wanted."""
    _positive(fan_in=fan_in, fan_out=fan_out)
    variance = _simpson(lambda x: x * x / 2, -1.0, 1.0, 2)
    return sqrt(2 / (fan_in + fan_out) / variance)


def he_deviation(fan_in: int) -> float:
    """√(2 / fan_in), for layers followed by ReLU   [He et al. 2015, eq. 10]"""
    _positive(fan_in=fan_in)
    return sqrt(2 / fan_in)


def he_deviation_by_quadrature(fan_in: int) -> float:
    """The share of the mean square that ReLU lets through, integrated over a standard normal."""
    _positive(fan_in=fan_in)
    return sqrt(1 / (fan_in * _relu_share()))


def signal_factor(width: int, deviation: float, depth: int) -> float:
    """(width · deviation² / 2)^depth: expected mean square after / before `depth` ReLU layers"""
    _numbers(deviation=deviation)
    _positive(width=width, depth=depth)
    with _in_float64():
        return (width * deviation**2 / 2) ** depth


def signal_factor_by_quadrature(width: int, deviation: float, depth: int) -> float:
    """Layer by layer, with ReLU's share of the mean square integrated numerically."""
    _positive(width=width, depth=depth)
    mean_square = 1.0
    for _ in range(depth):
        mean_square = width * deviation**2 * mean_square * _relu_share()
    return mean_square


def relu_gain(fan_in: int, fan: int) -> float:
    """Mean square after / before a ReLU layer with fan_in inputs and weights of variance 2/fan"""
    _positive(fan_in=fan_in, fan=fan)
    return fan_in / fan


def relu_gain_by_quadrature(fan_in: int, fan: int) -> float:
    """fan_in terms of variance 2/fan each, times ReLU's share, integrated numerically."""
    _positive(fan_in=fan_in, fan=fan)
    return sum(2 / fan for _ in range(fan_in)) * _relu_share()


def equal_start_gradient(
    inputs: list[int], weight: int, output_weight: int, target: int
) -> list[list[int]]:
    """∂L/∂W1 of a net x → relu(W1 x) → w2 · h with two hidden units, all W1 alike and all w2 alike"""
    hidden = [[weight] * len(inputs)] * 2
    return hidden_gradient(inputs, hidden, [output_weight] * 2, target)


def equal_start_gradient_by_autograd(
    inputs: list[int], weight: int, output_weight: int, target: int
) -> list[list[float]]:
    """torch's autograd on constant tensors."""
    import torch

    if weight * sum(inputs) == 0:
        raise ValueError("pre-activations must not be 0, found 0")
    w = torch.full((2, len(inputs)), float(weight), dtype=torch.float64, requires_grad=True)
    signals = torch.relu(w @ torch.tensor(inputs, dtype=torch.float64))
    (gradient,) = torch.autograd.grad((output_weight * signals.sum() - target) ** 2 / 2, w)
    return [[float(g) for g in row] for row in gradient]


def largest_weight(hidden: Literal["none", "tanh"], steps: int, targets: list[int]) -> float:
    """Largest |weight| after descent from all zeros, biases too, on 00, 01, 10, 11; rate 1/2"""
    _one_of(("none", "tanh"), hidden=hidden)
    _trainable(steps, targets)
    w, v, b, c = [[0.0, 0.0], [0.0, 0.0]], [0.0, 0.0], [0.0, 0.0], 0.0
    for _ in range(steps if hidden == "tanh" else 0):
        w, v, b, c = _tanh_step(w, v, b, c, targets, 0.5)
    for _ in range(steps if hidden == "none" else 0):
        v, c = _logistic_step(v, c, targets)
    return max(abs(x) for row in [*w, v] for x in row)


def largest_weight_by_torch(
    hidden: Literal["none", "tanh"], steps: int, targets: list[int]
) -> float:
    """Real layers with all parameters set to 0, gradients by autograd, float64."""
    _trainable(steps, targets)
    trained = _trained_in_torch(hidden, [0, 0], targets, 0.5, steps)
    return max(float(p.abs().max()) for n, p in trained.items() if n.endswith("weight"))


def hidden_weights(targets: list[int], output_weights: list[int], rate: float) -> list[list[float]]:
    """W after a step of descent on the log-loss: tanh units on 00, 01, 10, 11; all else from 0"""
    _numbers(rate=rate)
    _trainable(1, targets, output_weights)
    w: list[list[float]] = _from_zero(targets, output_weights, rate, 1)[0]
    return w


def hidden_weights_by_torch(
    targets: list[int], output_weights: list[int], rate: float
) -> list[list[float]]:
    """Real layers, gradients by autograd, float64."""
    _trainable(1, targets, output_weights)
    trained = _trained_in_torch("tanh", output_weights, targets, rate, 1)
    return [[float(x) for x in row] for row in trained["0.weight"]]


def tanh_units_apart(
    targets: list[int], output_weights: list[int], rate: float, steps: int
) -> float:
    """Distance between the incoming parameters [w1, w2, bias] of two units that start at 0"""
    _numbers(rate=rate)
    _trainable(steps, targets, output_weights)
    with _in_float64():
        w, _, b, _ = _from_zero(targets, output_weights, rate, steps)
        return dist([*w[0], b[0]], [*w[1], b[1]])


def tanh_units_apart_by_torch(
    targets: list[int], output_weights: list[int], rate: float, steps: int
) -> float:
    """The norm of the difference, after training real layers in float64."""
    _trainable(steps, targets, output_weights)
    trained = _trained_in_torch("tanh", output_weights, targets, rate, steps)
    weight, bias = trained["0.weight"], trained["0.bias"]
    return float(((weight[0] - weight[1]).square().sum() + (bias[0] - bias[1]).square()).sqrt())


def _trained_in_torch(
    hidden: str, output_weights: list[int], targets: list[int], rate: float, steps: int
) -> dict[str, Any]:
    """Parameters of a net whose output weights alone start other than 0."""
    import torch

    nn = torch.nn
    first = [nn.Linear(2, 2), nn.Tanh()] if hidden == "tanh" else []
    net = nn.Sequential(*first, nn.Linear(2, 1)).double()
    for parameter in net.parameters():
        nn.init.zeros_(parameter)
    net[-1].load_state_dict(
        {"weight": torch.tensor([output_weights]).double(), "bias": torch.zeros(1)}
    )
    x = torch.tensor([row[:2] for row in _XOR], dtype=torch.float64)
    y = torch.tensor(targets, dtype=torch.float64)[:, None]
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(net(x), y)
        slopes = torch.autograd.grad(loss, list(net.parameters()))
        with torch.no_grad():
            for parameter, slope in zip(net.parameters(), slopes, strict=True):
                parameter.sub_(rate * slope)
    return dict(net.state_dict())


def nearest_units(spread: float, steps: int) -> float:
    """Least distance of two hidden units (of 4, tanh) after descent on XOR from 0.5 + i · spread"""
    _numbers(spread=spread)
    _positive(steps=steps)
    rows = [[0.5 + i * spread, 0.5 + i * spread, 0.5 - i * spread, 0.5] for i in range(4)]
    for _ in range(steps):
        rows = _xor_step(rows)
    return min(dist(one, other) for one, other in combinations(rows, 2))


def nearest_units_by_torch(spread: float, steps: int) -> float:
    """The same training with autograd on whole tensors, all distances by pdist."""
    import torch

    _positive(steps=steps)
    i = torch.arange(4, dtype=torch.float64)
    columns = [0.5 + i * spread, 0.5 + i * spread, 0.5 - i * spread, 0.5 + 0 * i]
    units = torch.stack(columns, dim=1).requires_grad_()
    data = torch.tensor(_XOR, dtype=torch.float64)
    for _ in range(steps):
        signals = torch.tanh(data[:, :2] @ units[:, :2].T + units[:, 2])
        loss = ((signals @ units[:, 3] - data[:, 2]) ** 2).mean() / 2
        (gradient,) = torch.autograd.grad(loss, units)
        units = (units - 0.1 * gradient).detach().requires_grad_()
    return float(torch.nn.functional.pdist(units.detach()).min())


def _xor_step(rows: list[list[float]]) -> list[list[float]]:
    """One step of rate 0.1; a row is [w1, w2, bias, output weight] of one hidden unit."""
    slopes = [[0.0] * 4 for _ in rows]
    for x1, x2, target in _XOR:
        signals = [tanh(w1 * x1 + w2 * x2 + b) for w1, w2, b, _ in rows]
        error = sum(row[3] * h for row, h in zip(rows, signals, strict=True)) - target
        for slope, row, h in zip(slopes, rows, signals, strict=True):
            delta = error * row[3] * (1 - h * h) / 4
            for k, part in enumerate((delta * x1, delta * x2, delta, error * h / 4)):
                slope[k] += part
    return [
        [w - 0.1 * s for w, s in zip(row, slope, strict=True)]
        for row, slope in zip(rows, slopes, strict=True)
    ]


def _logistic_step(v: list[float], c: float, targets: list[int]) -> tuple[list[float], float]:
    rows = list(zip(_XOR, targets, strict=True))
    errors = [_sigmoid(v[0] * a + v[1] * b + c) - y for (a, b, _), y in rows]
    slopes = [sum(e * row[k] for e, row in zip(errors, _XOR, strict=True)) / 4 for k in (0, 1)]
    return [w - 0.5 * s for w, s in zip(v, slopes, strict=True)], c - 0.5 * sum(errors) / 4


def _from_zero(targets: list[int], output_weights: list[int], rate: float, steps: int) -> Any:
    """Hidden weights, output weights, hidden biases and output bias after some steps."""
    w, v, b, c = [[0.0, 0.0], [0.0, 0.0]], list(output_weights), [0.0, 0.0], 0.0
    for _ in range(steps):
        w, v, b, c = _tanh_step(w, v, b, c, targets, rate)
    return w, v, b, c


def _tanh_step(w: Any, v: Any, b: Any, c: float, targets: list[int], rate: float) -> Any:
    dw, dv, db, dc = [[0.0, 0.0], [0.0, 0.0]], [0.0, 0.0], [0.0, 0.0], 0.0
    for (x1, x2, _), target in zip(_XOR, targets, strict=True):
        h = [tanh(w[k][0] * x1 + w[k][1] * x2 + b[k]) for k in (0, 1)]
        error = (_sigmoid(v[0] * h[0] + v[1] * h[1] + c) - target) / 4
        dc += error
        for k in (0, 1):
            delta = error * v[k] * (1 - h[k] ** 2)
            dw[k] = [dw[k][0] + delta * x1, dw[k][1] + delta * x2]
            dv[k], db[k] = dv[k] + error * h[k], db[k] + delta
    new_w = [[w[k][j] - rate * dw[k][j] + 0.0 for j in (0, 1)] for k in (0, 1)]
    moved = ([p[k] - rate * d[k] for k in (0, 1)] for p, d in ((v, dv), (b, db)))
    return new_w, *moved, c - rate * dc


def _relu_share() -> float:
    """E[relu(z)²] / E[z²] for a standard normal z, by Simpson's rule."""

    def density(z: float) -> float:
        return z * z * exp(-z * z / 2) / sqrt(2 * pi)

    return _simpson(density, 0.0, 12.0, 2000) / _simpson(density, -12.0, 12.0, 4000)


def _simpson(f: Any, low: float, high: float, cells: int) -> float:
    h = (high - low) / cells
    inner = sum((4 if i % 2 else 2) * f(low + i * h) for i in range(1, cells))
    return float((f(low) + inner + f(high)) * h / 3)


def _sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z))


def _positive(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _trainable(steps: int, targets: list[int], output_weights: Sequence[int] = (0, 0)) -> None:
    _positive(steps=steps)
    if len(output_weights) != 2:
        raise ValueError(f"output_weights must be two, one a hidden unit, found {output_weights}")
    if len(targets) != 4 or not set(targets) <= {0, 1}:
        raise ValueError(f"targets must be four of 0 and 1, found {targets}")
