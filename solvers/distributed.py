"""Transfer of trained layers, and training on several devices."""

from __future__ import annotations

from fractions import Fraction

MOST_STEPS = 40


def trainable_in_head(features: int, hidden: int, classes: int) -> int:
    """(features + 1) hidden + (hidden + 1) classes: a new two-layer head on a frozen backbone"""
    if min(features, hidden, classes) < 1:
        raise ValueError(f"sizes must be at least 1, found {features}, {hidden}, {classes}")
    return (features + 1) * hidden + (hidden + 1) * classes


def trainable_in_head_by_torch(features: int, hidden: int, classes: int) -> int:
    """Parameters of a real network that still ask for gradients after freezing the backbone."""
    from torch import nn

    if min(features, hidden, classes) < 1:
        raise ValueError(f"sizes must be at least 1, found {features}, {hidden}, {classes}")
    backbone = nn.Conv2d(3, features, 3, device="meta").requires_grad_(False)
    head = nn.Sequential(
        nn.Linear(features, hidden, device="meta"),
        nn.ReLU(),
        nn.Linear(hidden, classes, device="meta"),
    )
    network = nn.Sequential(backbone, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)
    return sum(tensor.numel() for tensor in network.parameters() if tensor.requires_grad)


def _checked(shards: list[list[int]]) -> None:
    if not shards or not all(shards):
        raise ValueError(f"shards must hold at least one gradient each, found {shards}")


def full_gradient(shards: list[list[int]]) -> Fraction:
    """Mean of all per-sample gradients: sum_k n_k g_k / sum_k n_k over shard means g_k

    [Goyal et al. 2017, sec. 3]
    """
    _checked(shards)
    total = sum(len(shard) for shard in shards)
    return sum((len(shard) * shard_mean(shard) for shard in shards), Fraction(0)) / total


def full_gradient_by_autograd(shards: list[list[int]]) -> Fraction:
    """torch's gradient of the mean over the whole batch of losses g w, whose slopes are the g."""
    import torch

    _checked(shards)
    weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
    slopes = torch.tensor([g for shard in shards for g in shard], dtype=torch.float64)
    (slope,) = torch.autograd.grad((slopes * weight).mean(), weight)
    return Fraction(slope.item()).limit_denominator(len(slopes))


def shard_mean(shard: list[int]) -> Fraction:
    """Mean of one shard's per-sample gradients"""
    if not shard:
        raise ValueError("shard must hold at least one gradient, found none")
    return Fraction(sum(shard), len(shard))


def shard_mean_by_autograd(shard: list[int]) -> Fraction:
    """One device's gradient from torch: that of the mean of its losses g w, whose slopes are the g."""
    import torch

    if not shard:
        raise ValueError("shard must hold at least one gradient, found none")
    weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
    losses = torch.tensor(shard, dtype=torch.float64) * weight
    (slope,) = torch.autograd.grad(losses.mean(), weight)
    return Fraction(slope.item()).limit_denominator(len(shard))


def averaging_gap(shards: list[list[int]]) -> Fraction:
    """|plain average of the shard means - full gradient|, 0 where data parallelism is exact

    [Goyal et al. 2017, sec. 3]
    """
    _checked(shards)
    plain = sum((shard_mean(shard) for shard in shards), Fraction(0)) / len(shards)
    return abs(plain - full_gradient(shards))


def averaging_gap_by_autograd(shards: list[list[int]]) -> Fraction:
    """The same from torch: one gradient per device, averaged, against the whole batch's."""
    import torch

    _checked(shards)
    weight = torch.zeros((), dtype=torch.float64, requires_grad=True)

    def slope(values: list[int]) -> float:
        loss = (torch.tensor(values, dtype=torch.float64) * weight).mean()
        return torch.autograd.grad(loss, weight)[0].item()

    averaged = sum(slope(shard) for shard in shards) / len(shards)
    whole = slope([g for shard in shards for g in shard])
    places = len(shards)
    for shard in shards:
        places *= len(shard)
    return Fraction(abs(averaged - whole)).limit_denominator(places * sum(map(len, shards)))


def parallel_gain(
    inputs: list[list[int]],
    targets: list[int],
    devices: int,
    steps: int,
    more_steps: int = 0,
    held_out: int = 2,
) -> Fraction:
    """Squared error on held-out examples after training on one device, less that on several: exact

    Linear model from 0, Σ (w · x − y)²/2n, rate 1/trace of XᵀX/n. Several: equal shards of each batch, all
    examples, a gradient a device, their mean; `more_steps` more of them   [Goyal et al. 2017, sec. 2]
    """
    rows, new = _parallel(inputs, targets, devices, steps, more_steps, held_out)
    one = _trained([rows], steps)
    size = len(rows) // devices
    shards = [rows[at : at + size] for at in range(0, len(rows), size)]
    return _squared(one, new) - _squared(_trained(shards, steps + more_steps), new)


def parallel_gain_by_torch(
    inputs: list[list[int]],
    targets: list[int],
    devices: int,
    steps: int,
    more_steps: int = 0,
    held_out: int = 2,
) -> float:
    """Replicas of a real Linear layer, each with an SGD of its own that is handed the mean gradient."""
    import torch
    from torch.nn.functional import mse_loss

    rows, _ = _parallel(inputs, targets, devices, steps, more_steps, held_out)
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (inputs, targets))
    rate = len(rows) / float((x[: len(rows)] ** 2).sum())

    def error(devices: int, steps: int) -> float:
        replicas = [torch.nn.Linear(x.shape[1], 1, bias=False).double() for _ in range(devices)]
        for replica in replicas:
            torch.nn.init.zeros_(replica.weight)
        optimisers = [torch.optim.SGD(replica.parameters(), lr=rate) for replica in replicas]
        shards = list(
            zip(x[: len(rows)].chunk(devices), y[: len(rows)].chunk(devices), strict=True)
        )
        for _ in range(steps):
            slopes = [
                torch.autograd.grad(mse_loss(replica(own)[:, 0], aims) / 2, replica.weight)[0]
                for replica, (own, aims) in zip(replicas, shards, strict=True)
            ]
            mean = torch.stack(slopes).mean(0)
            for replica, optimiser in zip(replicas, optimisers, strict=True):
                replica.weight.grad = mean.clone()
                optimiser.step()
        outputs = replicas[-1](x[len(rows) :])[:, 0].detach()
        return float(((outputs - y[len(rows) :]) ** 2).mean())

    gain = error(1, steps) - error(devices, steps + more_steps)
    return round(gain, 14)  # the two orders of adding up differ by a rounding


def ring_traffic(devices: int, megabytes: int) -> Fraction:
    """2 (devices - 1) / devices * megabytes that each device sends in a ring all-reduce

    [Patarasuk & Yuan 2009]
    """
    if devices < 2 or megabytes < 1:
        raise ValueError(f"need at least 2 devices and 1 megabyte, found {devices} and {megabytes}")
    return Fraction(2 * (devices - 1) * megabytes, devices)


def ring_traffic_by_loop(devices: int, megabytes: int) -> Fraction:
    """A ring played through: chunks passed on and added, then passed on until all have all."""
    if devices < 2 or megabytes < 1:
        raise ValueError(f"need at least 2 devices and 1 megabyte, found {devices} and {megabytes}")
    whole = (1 << devices) - 1
    # held[d][c]: the devices whose part of chunk c is in what d holds, as bits.
    held = [[1 << device] * devices for device in range(devices)]
    sent, turn = 0, 0
    while any(chunk != whole for row in held for chunk in row):
        chunks = [(device - turn) % devices for device in range(devices)]
        moving = [held[device][chunk] for device, chunk in enumerate(chunks)]
        for device, chunk in enumerate(chunks):
            held[(device + 1) % devices][chunk] |= moving[device]
        sent, turn = sent + 1, turn + 1
    return sent * Fraction(megabytes, devices)


Example = tuple[list[int], int]


def _trained(shards: list[list[Example]], steps: int) -> list[Fraction]:
    """The weights that all devices share after synchronous steps."""
    examples = [example for shard in shards for example in shard]
    rate = Fraction(len(examples), sum(entry**2 for x, _ in examples for entry in x))
    weights = [Fraction(0)] * len(examples[0][0])
    for _ in range(steps):
        gradients = [_shard_gradient(weights, shard) for shard in shards]
        mean = [sum(column, Fraction(0)) / len(shards) for column in zip(*gradients, strict=True)]
        weights = [w - rate * slope for w, slope in zip(weights, mean, strict=True)]
    return weights


def _shard_gradient(weights: list[Fraction], shard: list[Example]) -> list[Fraction]:
    misses = [(x, _miss(weights, x, y)) for x, y in shard]
    slopes = ([miss * x[at] for x, miss in misses] for at in range(len(weights)))
    return [sum(column, Fraction(0)) / len(shard) for column in slopes]


def _squared(weights: list[Fraction], examples: list[Example]) -> Fraction:
    return sum((_miss(weights, x, y) ** 2 for x, y in examples), Fraction(0)) / len(examples)


def _miss(weights: list[Fraction], x: list[int], y: int) -> Fraction:
    return sum((w * entry for w, entry in zip(weights, x, strict=True)), Fraction(-y))


def _parallel(
    inputs: list[list[int]],
    targets: list[int],
    devices: int,
    steps: int,
    more_steps: int,
    held_out: int,
) -> tuple[list[Example], list[Example]]:
    """The examples to train on, and those held out, which are the last."""
    if len(inputs) != len(targets) or len({len(x) for x in inputs}) != 1 or not inputs[0]:
        raise ValueError(f"inputs must be rows of one length, a target each, found {inputs}")
    if not 1 <= held_out < len(inputs):
        raise ValueError(f"held_out must be from 1 to {len(inputs) - 1}, found {held_out}")
    if min(steps, more_steps) < 0 or steps + more_steps > MOST_STEPS:
        raise ValueError(
            f"steps must be at least 0, {MOST_STEPS} in all, found {steps}, {more_steps}"
        )
    known = len(inputs) - held_out
    if devices < 1 or known % devices:
        raise ValueError(f"devices must divide the {known} examples, found {devices}")
    if not any(entry for x in inputs[:known] for entry in x):
        raise ValueError(f"inputs must have an entry other than 0, found {inputs}")
    pairs = list(zip(inputs, targets, strict=True))
    return pairs[:known], pairs[known:]
