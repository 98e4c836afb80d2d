"""How large initial weights are: fan-in and fan-out, Glorot, He, LeCun, gains, orthogonal, truncated."""

from __future__ import annotations

from math import erf, exp, inf, pi, prod, sqrt
from typing import Any, Literal

from .ranges import _count, _numbers, _one_of, _positive

Kind = Literal["dense", "conv", "transposed"]
Scheme = Literal["glorot", "he", "lecun"]
Shape = Literal["normal", "uniform"]
Gain = Literal["linear", "sigmoid", "tanh", "relu", "leaky-relu", "selu"]
Matrix = list[list[float]]


def fans(
    kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int = 1
) -> tuple[int, int]:
    """(fan_in, fan_out) of the stored weight: second and first axis, each times the kernel's size

    dense [out, in]; conv [out, in/groups, kernel]; transposed [in, out/groups, kernel], whose
    fans torch reads the same way and so the other way round   [torch.nn.init]
    """
    _one_of(Kind, kind=kind)
    _layer(kind, inputs, outputs, kernel, groups)
    first, second = (inputs, outputs) if kind == "transposed" else (outputs, inputs)
    return second // groups * prod(kernel), first * prod(kernel)


def fans_by_torch(
    kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int = 1
) -> tuple[int, int]:
    """What torch.nn.init makes of a real layer's weight, on the meta device."""
    import torch

    _layer(kind, inputs, outputs, kernel, groups)
    name = f"Conv{'Transpose' if kind == 'transposed' else ''}{len(kernel)}d"
    settings = {"kernel_size": tuple(kernel), "groups": groups} if kernel else {}
    layer = getattr(torch.nn, name if kernel else "Linear")
    weight = layer(inputs, outputs, device="meta", **settings).weight
    fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(weight)
    return int(fan_in), int(fan_out)


def weight_deviation(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """gain · √(2/(fan_in + fan_out)) Glorot, gain · √(1/fan_in) LeCun; He is LeCun with gain √2

    For He the gain given is multiplied by √2   [Glorot & Bengio 2010, eq. 12; He et al. 2015, eq. 10]
    """
    _one_of(Scheme, scheme=scheme)
    _count(fan_in=fan_in, fan_out=fan_out)
    _positive(gain=gain)
    variances = {"glorot": 2 / (fan_in + fan_out), "he": 2 / fan_in, "lecun": 1 / fan_in}
    return gain * sqrt(variances[scheme])


def weight_deviation_by_torch(
    scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0
) -> float:
    """A weight that torch.nn.init draws, over the standard normal number with the same seed."""
    return _drawn(scheme, fan_in, fan_out, gain, "normal")


def weight_limit(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """a = √3 σ for U(−a, a): Glorot √(6/(fan_in + fan_out)), He √(6/fan_in), LeCun √(3/fan_in)"""
    _one_of(Scheme, scheme=scheme)
    return sqrt(3) * weight_deviation(scheme, fan_in, fan_out, gain)


def weight_limit_by_torch(scheme: Scheme, fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """A weight that torch.nn.init draws, over the number from U(−1, 1) with the same seed."""
    return _drawn(scheme, fan_in, fan_out, gain, "uniform")


def gain(activation: Gain, slope: float = 0.01) -> float:
    """linear, sigmoid 1; tanh 5/3; ReLU √2; leaky √(2/(1 + a²)); SELU 3/4   [torch calculate_gain]"""
    _numbers(slope=slope)
    _one_of(Gain, activation=activation)
    gains: dict[Gain, float] = {
        "linear": 1.0,
        "sigmoid": 1.0,
        "tanh": 5 / 3,
        "relu": sqrt(2),
        "leaky-relu": sqrt(2 / (1 + slope**2)),
        "selu": 3 / 4,
    }
    return gains[activation]


def gain_by_torch(activation: Gain, slope: float = 0.01) -> float:
    """torch.nn.init.calculate_gain."""
    import torch

    leaky = activation == "leaky-relu"
    name: Any = activation.replace("-", "_")
    return float(torch.nn.init.calculate_gain(name, slope if leaky else None))


def truncated_variance(
    deviation: float, low: float = -2.0, high: float = 2.0, absolute: bool = False
) -> float:
    """σ² (1 + (a φ(a) − b φ(b))/Z − ((φ(a) − φ(b))/Z)²), Z = Φ(b) − Φ(a): N(0, σ²) cut at a σ and b σ

    absolute: cut at a and b themselves, as torch.nn.init.trunc_normal_ does   [Johnson et al. 1994, ch. 13]
    """
    _numbers(deviation=deviation, low=low, high=high)
    _truncation(deviation, low, high)
    a, b = (low / deviation, high / deviation) if absolute else (low, high)
    within = _normal(b) - _normal(a)
    if within < 1e-6:
        raise ValueError(f"low and high must leave a share of the normal, found {low} and {high}")
    mean = (_density(a) - _density(b)) / within
    return deviation**2 * (1 + (a * _density(a) - b * _density(b)) / within - mean**2)


def truncated_variance_by_quadrature(
    deviation: float, low: float = -2.0, high: float = 2.0, absolute: bool = False
) -> float:
    """Moments of the density between the cuts by Gauss and Legendre's rule, where it is not 0."""
    import numpy as np

    _truncation(deviation, low, high)
    unit = deviation if absolute else 1.0
    ends = np.linspace(max(low / unit, -12.0), min(high / unit, 12.0), 33)
    if not ends[0] < ends[-1]:
        raise ValueError(f"low and high must leave a share of the normal, found {low} and {high}")
    nodes, weights = np.polynomial.legendre.leggauss(20)
    half = np.diff(ends)[:, None] / 2
    x = (ends[:-1, None] + half * (nodes + 1)).ravel()
    mass = (half * weights).ravel() * np.exp(-(x**2) / 2)
    if mass.sum() < 2.6e-6:
        raise ValueError(f"low and high must leave a share of the normal, found {low} and {high}")
    mean = np.average(x, weights=mass)
    return float(deviation**2 * np.average((x - mean) ** 2, weights=mass))


def orthonormal(rows: Matrix) -> Matrix:
    """Q whose columns are the columns of the matrix made orthonormal in turn   [Gram & Schmidt]"""
    _numbers(rows=rows)
    _tall(rows)
    found: Matrix = []
    for column in zip(*rows, strict=True):
        rest = list(column)
        for _ in range(2):  # a second pass takes off what rounding left
            for done in found:
                along = sum(a * b for a, b in zip(done, rest, strict=True))
                rest = [r - along * d for r, d in zip(rest, done, strict=True)]
        length = sqrt(sum(r * r for r in rest))
        if length < 1e-9:
            raise ValueError(f"columns must be linearly independent, found {rows}")
        found.append([r / length for r in rest])
    return [list(row) for row in zip(*found, strict=True)]


def orthonormal_by_numpy(rows: Matrix) -> Matrix:
    """Householder's QR of numpy, the signs of R's diagonal made positive."""
    import numpy as np

    _tall(rows)
    q, r = np.linalg.qr(np.array(rows, dtype=float))
    if np.abs(np.diag(r)).min() < 1e-9:
        raise ValueError(f"columns must be linearly independent, found {rows}")
    return [[float(v) for v in row] for row in q * np.sign(np.diag(r))]


def orthogonality_error(rows: Matrix) -> float:
    """Largest entry of |QᵀQ − 1|: 0 if the columns are orthonormal   [Saxe et al. 2014]"""
    _numbers(rows=rows)
    _tall(rows)
    columns: list[tuple[float, ...]] = list(zip(*rows, strict=True))
    return max(
        abs(sum(a * b for a, b in zip(one, other, strict=True)) - (i == j))
        for i, one in enumerate(columns)
        for j, other in enumerate(columns)
    )


def orthogonality_error_by_numpy(rows: Matrix) -> float:
    """The same from numpy's matrix product."""
    import numpy as np

    _tall(rows)
    q = np.array(rows, dtype=float)
    return float(np.abs(q.T @ q - np.eye(q.shape[1])).max())


def _drawn(scheme: Scheme, fan_in: int, fan_out: int, gain: float, shape: Shape) -> float:
    import torch

    _count(fan_in=fan_in, fan_out=fan_out)
    _positive(gain=gain)
    init = torch.nn.init
    weight, unit = (torch.empty(fan_out, fan_in, dtype=torch.float64) for _ in range(2))
    with torch.random.fork_rng():
        torch.manual_seed(0)
        _fill(weight, scheme, gain, shape)
        torch.manual_seed(0)
        init.normal_(unit) if shape == "normal" else init.uniform_(unit, -1.0, 1.0)
    largest = int(unit.abs().argmax())
    return float(weight.flatten()[largest] / unit.flatten()[largest])


def _fill(weight: Any, scheme: Scheme, gain: float, shape: Shape) -> None:
    import torch

    init = torch.nn.init
    if scheme == "glorot":
        (init.xavier_normal_ if shape == "normal" else init.xavier_uniform_)(weight, gain)
        return
    fill = init.kaiming_normal_ if shape == "normal" else init.kaiming_uniform_
    fill(weight, nonlinearity="relu" if scheme == "he" else "linear")
    weight.mul_(gain)


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def _density(x: float) -> float:
    return exp(-x * x / 2) / sqrt(2 * pi)


def _truncation(deviation: float, low: float, high: float) -> None:
    _positive(deviation=deviation)
    if not -inf < low < high < inf:
        raise ValueError(f"low must be below high, found {low} and {high}")


def _tall(rows: Matrix) -> None:
    width = len(rows[0]) if rows else 0
    if not 1 <= width <= len(rows) or any(len(row) != width for row in rows):
        raise ValueError(f"rows must be equally long and at least as many, found {rows}")


def _layer(kind: Kind, inputs: int, outputs: int, kernel: list[int], groups: int) -> None:
    _count(inputs=inputs, outputs=outputs, groups=groups)
    if (kind == "dense") != (not kernel) or len(kernel) > 3 or min(kernel, default=1) < 1:
        raise ValueError(f"kernel must have 1 to 3 sizes, none if dense, found {kernel}")
    if inputs % groups or outputs % groups or (kind == "dense" and groups > 1):
        raise ValueError(f"groups must divide {inputs} and {outputs}, 1 if dense, found {groups}")
