"""Transfer of trained layers, and training on several devices."""

from __future__ import annotations

from fractions import Fraction


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
