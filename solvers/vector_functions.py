"""Activations of a whole vector: softmax's family, maxout and gated linear units."""

from __future__ import annotations

from itertools import accumulate
from math import exp, log
from typing import Any, Literal

from .functions import value
from .ranges import _numbers

Gate = Literal["sigmoid", "relu", "gelu", "silu", "tanh", "identity"]


def log_sum_exp(logits: list[float]) -> float:
    """max z + ln Σ exp(z_i − max z), which neither overflows nor vanishes"""
    _numbers(logits=logits)
    _filled(logits)
    top = max(logits)
    return top + log(sum(exp(z - top) for z in logits))


def log_sum_exp_by_torch(logits: list[float]) -> float:
    """torch.logsumexp in float64."""
    import torch

    return float(torch.logsumexp(_tensor(logits), 0))


def log_softmax(logits: list[float]) -> list[float]:
    """z_i − ln Σ_j exp(z_j)"""
    _numbers(logits=logits)
    total = log_sum_exp(logits)
    return [z - total for z in logits]


def log_softmax_by_torch(logits: list[float]) -> list[float]:
    """torch's log_softmax in float64."""
    import torch

    return [float(v) for v in torch.log_softmax(_tensor(logits), 0)]


def tempered_softmax(logits: list[float], temperature: float = 1.0) -> list[float]:
    """exp(z_i / T) / Σ_j exp(z_j / T)   [Hinton et al. 2015, eq. 1]"""
    _numbers(logits=logits, temperature=temperature)
    _warm(temperature)
    return [exp(v) for v in log_softmax([z / temperature for z in logits])]


def tempered_softmax_by_torch(logits: list[float], temperature: float = 1.0) -> list[float]:
    """torch.softmax of logits / T."""
    import torch

    _warm(temperature)
    return [float(p) for p in torch.softmax(_tensor(logits) / temperature, 0)]


def tempered_softmax_jacobian(logits: list[float], temperature: float = 1.0) -> list[list[float]]:
    """∂p_i/∂z_j = p_i (δ_ij − p_j) / T"""
    _numbers(logits=logits, temperature=temperature)
    p = tempered_softmax(logits, temperature)
    return [[a * ((i == j) - b) / temperature for j, b in enumerate(p)] for i, a in enumerate(p)]


def tempered_softmax_jacobian_by_autograd(
    logits: list[float], temperature: float = 1.0
) -> list[list[float]]:
    """Autograd through torch.softmax, one row per output."""
    import torch

    _warm(temperature)
    z = _tensor(logits).requires_grad_()
    outputs = torch.softmax(z / temperature, 0)
    rows = [torch.autograd.grad(p, z, retain_graph=True)[0] for p in outputs]
    return [[float(v) for v in row] for row in rows]


def log_softmax_jacobian(logits: list[float]) -> list[list[float]]:
    """∂ ln p_i/∂z_j = δ_ij − p_j: every row the same but for the one"""
    p = [exp(v) for v in log_softmax(logits)]
    return [[(i == j) - b for j, b in enumerate(p)] for i, _ in enumerate(p)]


def log_softmax_jacobian_by_autograd(logits: list[float]) -> list[list[float]]:
    """Autograd through torch's log_softmax, one row per output."""
    import torch

    z = _tensor(logits).requires_grad_()
    rows = [torch.autograd.grad(v, z, retain_graph=True)[0] for v in torch.log_softmax(z, 0)]
    return [[float(v) for v in row] for row in rows]


def softmin(values: list[float]) -> list[float]:
    """exp(−x_i) / Σ_j exp(−x_j): the smallest gets the most"""
    _numbers(values=values)
    return tempered_softmax([-x for x in values])


def softmin_by_torch(values: list[float]) -> list[float]:
    """torch's softmin in float64."""
    import torch

    return [float(p) for p in torch.nn.functional.softmin(_tensor(values), 0)]


def sparsemax(logits: list[float]) -> list[float]:
    """max(z_i − τ, 0) with τ so that they sum to 1   [Martins & Astudillo 2016, alg. 1]"""
    _numbers(logits=logits)
    _filled(logits)
    below = [z - max(logits) for z in logits]  # the same τ away, and exact where the z_i are large
    falling = sorted(below, reverse=True)
    sums = enumerate(accumulate(falling), start=1)
    taus = [
        (total - 1) / k for z, (k, total) in zip(falling, sums, strict=True) if 1 + k * z > total
    ]
    return [max(z - taus[-1], 0.0) for z in below]


def sparsemax_by_loop(logits: list[float]) -> list[float]:
    """The threshold found by bisection: the sum of what stands above it falls as it rises."""
    _filled(logits)
    low, high = min(logits) - 1.0, max(logits)
    for _ in range(200):
        tau = (low + high) / 2
        above = sum(z - tau for z in logits if z > tau)
        low, high = (tau, high) if above > 1 else (low, tau)
    return [z - high if z > high else 0.0 for z in logits]


def maxout(inputs: list[float], weights: list[list[float]], biases: list[float]) -> float:
    """max_k (w_k · x + b_k), one row of weights per piece   [Goodfellow et al. 2013]"""
    _numbers(inputs=inputs, weights=weights, biases=biases)
    _pieces(inputs, weights, biases)
    sums = [sum(w * x for w, x in zip(row, inputs, strict=True)) for row in weights]
    return max(s + b for s, b in zip(sums, biases, strict=True))


def maxout_by_torch(inputs: list[float], weights: list[list[float]], biases: list[float]) -> float:
    """A real Linear layer, and max pooling over its outputs."""
    import torch

    _pieces(inputs, weights, biases)
    layer = torch.nn.Linear(len(inputs), len(biases), dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weights, dtype=torch.float64))
        layer.bias.copy_(_tensor(biases))
        outputs = layer(_tensor(inputs))
        return float(torch.nn.functional.max_pool1d(outputs.unsqueeze(0), len(biases)))


def gated_linear_unit(
    values: list[float], gates: list[float], gate: Gate = "sigmoid"
) -> list[float]:
    """values ⊗ f(gates): GLU with σ, ReGLU, GEGLU, SwiGLU with SiLU, bilinear   [Shazeer 2020]"""
    _numbers(values=values, gates=gates)
    _paired(values, gates)
    return [v * value(gate, g) for v, g in zip(values, gates, strict=True)]


def gated_linear_unit_by_torch(
    values: list[float], gates: list[float], gate: Gate = "sigmoid"
) -> list[float]:
    """torch's glu on the two halves; with another gate torch's function of that name."""
    import torch

    _paired(values, gates)
    F, v, g = torch.nn.functional, _tensor(values), _tensor(gates)
    if gate == "sigmoid":
        return [float(x) for x in F.glu(torch.cat([v, g]), 0)]
    functions: dict[str, Any] = {"relu": F.relu, "gelu": F.gelu, "silu": F.silu, "tanh": torch.tanh}
    return [float(x) for x in torch.mul(v, functions.get(gate, torch.nn.Identity())(g))]


def concatenated_relu(values: list[float]) -> list[float]:
    """max(x, 0) for all x, then max(−x, 0) for all x: twice as many outputs   [Shang et al. 2016]"""
    _filled(values)
    return [value("relu", side * x) for side in (1, -1) for x in values]


def concatenated_relu_by_torch(values: list[float]) -> list[float]:
    """torch.clamp of either sign, joined by torch.cat."""
    import torch

    x = _tensor(values)
    return [float(v) for v in torch.cat([x.clamp(min=0), x.clamp(max=0).abs()])]


def hardmax(logits: list[float]) -> list[int]:
    """One-hot of the largest logit, the first one if several are; softmax for T to 0"""
    _numbers(logits=logits)
    _filled(logits)
    return [int(i == logits.index(max(logits))) for i, _ in enumerate(logits)]


def hardmax_by_numpy(logits: list[float]) -> list[int]:
    """numpy's argmax as a row of the identity matrix."""
    import numpy as np

    _filled(logits)
    return [int(v) for v in np.eye(len(logits), dtype=int)[np.argmax(logits)]]


def _filled(values: list[float]) -> None:
    if not values or not max(map(abs, values)) <= 1e50:
        raise ValueError(f"values must be 1 or more numbers from −1e50 to 1e50, found {values}")


def _warm(temperature: float) -> None:
    if not temperature > 0:
        raise ValueError(f"temperature must be positive, found {temperature}")


def _paired(values: list[float], gates: list[float]) -> None:
    if len(values) != len(gates) or not gates:
        raise ValueError(f"gates must be as many as values, {len(values)}, found {len(gates)}")


def _pieces(inputs: list[float], weights: list[list[float]], biases: list[float]) -> None:
    if not weights or any(len(row) != len(inputs) for row in weights):
        raise ValueError(f"weights must be rows of {len(inputs)} numbers, found {weights}")
    if len(biases) != len(weights):
        raise ValueError(f"biases must be one per piece, {len(weights)}, found {len(biases)}")


def _tensor(values: list[float]) -> Any:
    import torch

    _filled(values)
    return torch.tensor(values, dtype=torch.float64)
