"""Normalisation layers on arrays [example][channel][position], their statistics and gradients."""

from __future__ import annotations

from math import sqrt
from typing import Any, Literal

from .ranges import _count, _numbers, _one_of, _positive

Layer = Literal["batch", "layer", "instance", "group"]
Array = list[list[list[float]]]
Vector = list[float]


def normalised(values: Array, layer: Layer, groups: int = 1, epsilon: float = 1e-5) -> Array:
    """(x − μ)/√(σ² + ε), σ² by n, in training and without γ and β   [Wu & He 2018, 3]

    batch: one μ per channel; layer: per example; instance: per example and channel; group: per
    example and group of neighbouring channels.
    """
    _numbers(values=values, epsilon=epsilon)
    _one_of(Layer, layer=layer)
    examples, channels, _ = _shape(values)
    per_group = _per_group(channels, layer, groups)
    pools: dict[tuple[int, int], Vector] = {}
    for n in range(examples):
        for c in range(channels):
            pools.setdefault(_pool(n, c, layer, per_group), []).extend(values[n][c])
    found = {key: _moments(pool) for key, pool in pools.items()}
    return [
        [
            _standard(values[n][c], *found[_pool(n, c, layer, per_group)], epsilon)
            for c in range(channels)
        ]
        for n in range(examples)
    ]


def normalised_by_torch(
    values: Array, layer: Layer, groups: int = 1, epsilon: float = 1e-5
) -> Array:
    """torch's batch_norm, layer_norm, instance_norm or group_norm."""
    import torch

    _, channels, _ = shape = _shape(values)
    _per_group(channels, layer, groups)
    _positive(epsilon=epsilon)
    x = _double(values)
    functional = torch.nn.functional
    if layer == "batch":
        y = functional.batch_norm(x, None, None, training=True, eps=epsilon)
    elif layer == "layer":
        y = functional.layer_norm(x, shape[1:], eps=epsilon)
    elif layer == "instance":
        y = functional.instance_norm(x, eps=epsilon)
    else:
        y = functional.group_norm(x, groups, eps=epsilon)
    return [[[float(v) for v in row] for row in example] for example in y]


def statistics(
    layer: Layer, examples: int, channels: int, positions: int, groups: int = 1
) -> tuple[int, int]:
    """(how many means are computed, from how many values each)   [Wu & He 2018, fig. 2]"""
    _one_of(Layer, layer=layer)
    _count(examples=examples, channels=channels, positions=positions)
    per_group = _per_group(channels, layer, groups)
    means = {
        "batch": channels,
        "layer": examples,
        "instance": examples * channels,
        "group": examples * (channels // per_group),
    }
    return means[layer], examples * channels * positions // means[layer]


def statistics_by_counting(
    layer: Layer, examples: int, channels: int, positions: int, groups: int = 1
) -> tuple[int, int]:
    """Each value put into the pool that it is normalised with; pools and values counted."""
    from collections import Counter
    from itertools import product

    _count(examples=examples, channels=channels, positions=positions)
    _per_group(channels, layer, groups)

    def pool(n: int, c: int) -> tuple[int, ...]:
        group = (n, c * groups // channels)
        return {"batch": (c,), "layer": (n,), "instance": (n, c), "group": group}[layer]

    places = product(range(examples), range(channels), range(positions))
    pools = Counter(pool(n, c) for n, c, _ in places)
    (size,) = set(pools.values())
    return len(pools), size


def layer_norm(values: Vector, scales: Vector, shifts: Vector, epsilon: float = 1e-5) -> Vector:
    """γ (x − μ)/√(σ² + ε) + β over one vector, σ² by n   [Ba et al. 2016, 3]"""
    _numbers(values=values, scales=scales, shifts=shifts, epsilon=epsilon)
    _vectors(values, scales, shifts)
    unit = _standard(values, *_moments(values), epsilon)
    return [g * u + b for g, u, b in zip(scales, unit, shifts, strict=True)]


def layer_norm_by_torch(
    values: Vector, scales: Vector, shifts: Vector, epsilon: float = 1e-5
) -> Vector:
    """A real LayerNorm with these weights and biases."""
    import torch

    _vectors(values, scales, shifts)
    _positive(epsilon=epsilon)
    layer = torch.nn.LayerNorm(len(values), eps=epsilon, dtype=torch.float64)
    layer.load_state_dict({"weight": _double(scales), "bias": _double(shifts)})
    return [float(v) for v in layer(_double(values)).detach()]


def rms_norm(values: Vector, scales: Vector, epsilon: float = 1e-8) -> Vector:
    """γ x/√(mean x² + ε): no mean is taken off   [Zhang & Sennrich 2019, eq. 4]"""
    _numbers(values=values, scales=scales, epsilon=epsilon)
    _vectors(values, scales, values)
    unit = _standard(values, 0.0, sum(v * v for v in values) / len(values), epsilon)
    return [g * u for g, u in zip(scales, unit, strict=True)]


def rms_norm_by_torch(values: Vector, scales: Vector, epsilon: float = 1e-8) -> Vector:
    """A real RMSNorm with these weights."""
    import torch

    _vectors(values, scales, values)
    _positive(epsilon=epsilon)
    layer = torch.nn.RMSNorm(len(values), eps=epsilon, dtype=torch.float64)
    layer.load_state_dict({"weight": _double(scales)})
    return [float(v) for v in layer(_double(values)).detach()]


def running_statistics(
    batches: list[list[float]], momentum: float = 0.1, unbiased: bool = True
) -> list[float]:
    """[mean, variance] from (0, 1): r ← (1 − m) r + m s for each batch, s² by n − 1 if unbiased

    m weighs the new batch   [torch.nn.BatchNorm1d; Keras keeps the variance by n]
    """
    _numbers(batches=batches, momentum=momentum)
    _batches(batches, momentum)
    mean, variance = 0.0, 1.0
    for batch in batches:
        centre, square = _moments(batch)
        spread = square * len(batch) / (len(batch) - 1) if unbiased else square
        mean += momentum * (centre - mean)
        variance += momentum * (spread - variance)
    return [mean, variance]


def running_statistics_by_torch(
    batches: list[list[float]], momentum: float = 0.1, unbiased: bool = True
) -> list[float]:
    """The buffers of a real BatchNorm1d; for the variance by n its batches are drawn together."""
    import torch

    _batches(batches, momentum)
    layer = torch.nn.BatchNorm1d(1, momentum=momentum, dtype=torch.float64)
    biased = torch.nn.BatchNorm1d(1, momentum=momentum, dtype=torch.float64)
    for batch in batches:
        x = _double(batch)[:, None]
        layer(x)
        biased(x.mean() + (x - x.mean()) * sqrt((len(batch) - 1) / len(batch)))
    kept = (layer if unbiased else biased).state_dict()
    return [float(layer.state_dict()["running_mean"]), float(kept["running_var"])]


def folded(
    weights: list[Vector],
    biases: Vector,
    scales: Vector,
    shifts: Vector,
    means: Vector,
    variances: Vector,
    epsilon: float = 1e-5,
) -> list[Vector]:
    """[W′ | b′] by rows: W γ/√(σ² + ε) and (b − μ) γ/√(σ² + ε) + β   [Jacob et al. 2018, eq. 14]"""
    _numbers(
        weights=weights,
        biases=biases,
        scales=scales,
        shifts=shifts,
        means=means,
        variances=variances,
        epsilon=epsilon,
    )
    _foldable(weights, biases, scales, shifts, means, variances)
    rows = []
    for k, row in enumerate(weights):
        factor = scales[k] / sqrt(variances[k] + epsilon)
        rows.append([*(w * factor for w in row), (biases[k] - means[k]) * factor + shifts[k]])
    return rows


def folded_by_torch(
    weights: list[Vector],
    biases: Vector,
    scales: Vector,
    shifts: Vector,
    means: Vector,
    variances: Vector,
    epsilon: float = 1e-5,
) -> list[Vector]:
    """Read off a real Linear and BatchNorm1d in evaluation: outputs for 0 and for unit vectors."""
    import torch

    _foldable(weights, biases, scales, shifts, means, variances)
    width = len(weights[0])
    net = torch.nn.Sequential(
        torch.nn.Linear(width, len(weights)), torch.nn.BatchNorm1d(len(weights), eps=epsilon)
    )
    names = ("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var")
    entries = (weights, biases, scales, shifts, means, variances)
    state = {name: _double(entry) for name, entry in zip(names, entries, strict=True)}
    net.double().eval().load_state_dict(state, strict=False)
    at_zero = net(torch.zeros(1, width, dtype=torch.float64))
    steps = net(torch.eye(width, dtype=torch.float64)) - at_zero
    return [[float(v) for v in row] for row in torch.cat([steps, at_zero]).T.detach()]


def input_gradient(
    values: Vector, slopes: Vector, scale: float = 1.0, epsilon: float = 1e-5
) -> Vector:
    """γ/√(σ² + ε) (g − mean g − x̂ mean(g x̂)): ∂L/∂x of batch norm over one channel

    Also of layer norm, over one example with equal γ   [Ioffe & Szegedy 2015, 3]
    """
    _numbers(values=values, slopes=slopes, scale=scale, epsilon=epsilon)
    _vectors(values, slopes, values)
    centre, square = _moments(values)
    unit = _standard(values, centre, square, epsilon)
    mean = sum(slopes) / len(slopes)
    along = sum(g * u for g, u in zip(slopes, unit, strict=True)) / len(slopes)
    factor = scale / sqrt(square + epsilon)
    return [factor * (g - mean - u * along) for g, u in zip(slopes, unit, strict=True)]


def input_gradient_by_autograd(
    values: Vector, slopes: Vector, scale: float = 1.0, epsilon: float = 1e-5
) -> Vector:
    """torch's gradient through a real BatchNorm1d in training."""
    import torch

    _vectors(values, slopes, values)
    _positive(epsilon=epsilon)
    layer = torch.nn.BatchNorm1d(1, eps=epsilon, dtype=torch.float64)
    torch.nn.init.constant_(layer.weight, scale)
    x = _double(values)[:, None].requires_grad_()
    g = _double(slopes)[:, None]
    return [float(v) for v in torch.autograd.grad(layer(x), x, g)[0]]


def _double(values: Any) -> Any:
    import torch

    return torch.tensor(values, dtype=torch.float64)


def _pool(example: int, channel: int, layer: Layer, per_group: int) -> tuple[int, int]:
    """Which mean a value is normalised with."""
    if layer == "batch":
        return 0, channel
    return example, channel // per_group


def _per_group(channels: int, layer: Layer, groups: int) -> int:
    """Channels that share a mean within an example."""
    if layer == "group" and (groups < 1 or channels % groups):
        raise ValueError(f"groups must divide the {channels} channels, found {groups}")
    return {"layer": channels, "instance": 1, "batch": 1}.get(layer, channels // max(groups, 1))


def _moments(values: Vector) -> tuple[float, float]:
    centre = sum(values) / len(values)
    return centre, sum((value - centre) ** 2 for value in values) / len(values)


def _standard(values: Vector, centre: float, square: float, epsilon: float) -> Vector:
    _positive(epsilon=epsilon)
    return [(value - centre) / sqrt(square + epsilon) for value in values]


def _shape(values: Array) -> tuple[int, int, int]:
    shape = (len(values), len(values[0]), len(values[0][0])) if values and values[0] else (0, 0, 0)
    even = all(len(e) == shape[1] and all(len(r) == shape[2] for r in e) for e in values)
    if not even or min(shape) < 1 or shape[0] * shape[2] < 2 or shape[2] < 2:
        raise ValueError(f"values must be [example][channel][≥ 2 positions], found {values}")
    return shape


def _vectors(values: Vector, *others: Vector) -> None:
    if len(values) < 2 or any(len(other) != len(values) for other in others):
        raise ValueError(f"values must be at least 2, all else as many, found {len(values)}")


def _batches(batches: list[Vector], momentum: float) -> None:
    if not 0 <= momentum <= 1:
        raise ValueError(f"momentum must be in [0, 1], found {momentum}")
    if not batches or min(map(len, batches)) < 2:
        raise ValueError(f"each batch must have at least 2 values, found {batches}")


def _foldable(weights: list[Vector], *units: Any) -> None:
    if not weights or any(len(unit) != len(weights) for unit in units):
        raise ValueError(f"all else must have {len(weights)} entries, one per row of weights")
    _positive(**{"the least variance": min(units[-1])})
