"""Training at scale: steps on many devices, tokens and compute, all-reduce, pipelines, Amdahl.

Gradient accumulation on one device is in training, the traffic of a ring in distributed, Amdahl's
speed-up for a given factor in tensors.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from .ranges import _numbers, _one_of
from .shapes import _least

Way = Literal["ring", "parameter server", "to everyone"]


def global_batch(batch_size: int, devices: int, accumulation: int = 1) -> int:
    """batch_size devices accumulation samples behind one update   [Goyal et al. 2017, sec. 2]"""
    _least(1, batch_size=batch_size, devices=devices, accumulation=accumulation)
    return batch_size * devices * accumulation


def global_batch_by_counting(batch_size: int, devices: int, accumulation: int = 1) -> int:
    """Each sample that reaches a gradient before the update, counted one by one."""
    _least(1, batch_size=batch_size, devices=devices, accumulation=accumulation)
    rounds = [range(batch_size) for _ in range(devices) for _ in range(accumulation)]
    return sum(1 for samples in rounds for _ in samples)


def parallel_steps(
    samples: int,
    batch_size: int,
    devices: int,
    accumulation: int = 1,
    pad: bool = True,
    step_on_rest: bool = True,
) -> int:
    """Updates per epoch: ceil(samples / devices) each (floor without `pad`), in batches of ceil(... /
    batch_size), in groups of ceil(... / accumulation) (floor without `step_on_rest`)

    [torch.utils.data.DistributedSampler; DataLoader]
    """
    _check_data(samples, batch_size, devices, accumulation)
    each = -(-samples // devices) if pad else samples // devices
    batches = -(-each // batch_size)
    return -(-batches // accumulation) if step_on_rest else batches // accumulation


def parallel_steps_by_torch(
    samples: int,
    batch_size: int,
    devices: int,
    accumulation: int = 1,
    pad: bool = True,
    step_on_rest: bool = True,
) -> int:
    """Real samplers for every device, their batches walked through side by side."""
    from torch.utils.data import BatchSampler, DistributedSampler

    _check_data(samples, batch_size, devices, accumulation)
    steps = set()
    for rank in range(devices):
        rows: DistributedSampler[int] = DistributedSampler(
            range(samples),  # type: ignore[arg-type]
            devices,
            rank,
            shuffle=False,
            drop_last=not pad,
        )
        done, waiting = 0, 0
        for _batch in BatchSampler(rows, batch_size, False):
            waiting += 1
            if waiting == accumulation:
                done, waiting = done + 1, 0
        steps.add(done + (1 if waiting and step_on_rest else 0))
    assert len(steps) == 1
    return steps.pop()


def steps_for_tokens(tokens: int, batch_size: int, length: int) -> int:
    """ceil(tokens / (batch_size length)) updates that see that many tokens"""
    _least(1, tokens=tokens, batch_size=batch_size, length=length)
    return -(-tokens // (batch_size * length))


def steps_for_tokens_by_torch(tokens: int, batch_size: int, length: int) -> int:
    """Pieces into which a real tensor of that many tokens splits, on the meta device."""
    import torch

    _least(1, tokens=tokens, batch_size=batch_size, length=length)
    row = torch.empty(tokens, dtype=torch.int8, device="meta")
    return len(torch.split(row, batch_size * length))


def passes(tokens: int, percent: int, source: int) -> Fraction:
    """percent/100 tokens/source: epochs over a source that gives that share of all tokens trained on

    [Brown et al. 2020, table 2.2]
    """
    _check_share(tokens, percent, source)
    return Fraction(percent * tokens, 100 * source)


def passes_by_loop(tokens: int, percent: int, source: int) -> Fraction:
    """The source read hundredth by hundredth, from its start again where it ends, until all are drawn."""
    _check_share(tokens, percent, source)
    whole, place = 0, 0
    for _ in range(percent * tokens):
        place += 1
        if place == 100 * source:
            whole, place = whole + 1, 0
    return whole + Fraction(place, 100 * source)


def training_flops(parameters: int, tokens: int, recompute: bool = False) -> int:
    """6 N D: 2 FLOPs per parameter and token forward, 4 backward; 8 N D if the forward pass is done
    again; attention's scores left out   [Kaplan et al. 2020, sec. 2.1; Narayanan et al. 2021, eq. 4]"""
    _least(1, parameters=parameters, tokens=tokens)
    return (8 if recompute else 6) * parameters * tokens


def training_flops_by_torch(parameters: int, tokens: int, recompute: bool = False) -> int:
    """torch's FLOP counter watches a layer of N weights forward and backward, on the meta device."""
    import torch
    from torch.utils.checkpoint import checkpoint
    from torch.utils.flop_counter import FlopCounterMode

    _least(1, parameters=parameters, tokens=tokens)
    if parameters * tokens >= 2**60:
        raise ValueError(f"parameters · tokens must be below 2^60, found {parameters * tokens}")
    layer = torch.nn.Linear(parameters, 1, bias=False, device="meta")
    rows = torch.empty(tokens, parameters, device="meta", requires_grad=True)
    with FlopCounterMode(display=False) as counter:
        # The product with itself makes a saved output, for which the layer must be run again.
        output = (
            checkpoint(lambda x: layer(x) ** 2, rows, use_reentrant=False)
            if recompute
            else layer(rows)
        )
        output.sum().backward()
    return int(counter.get_total_flops())


def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> list[float]:
    """[N, D] with 6 N D = flops and D = 20 N: N = sqrt(flops / 120)   [Hoffmann et al. 2022, table 3]"""
    _numbers(flops=flops, tokens_per_parameter=tokens_per_parameter)
    if flops <= 0 or tokens_per_parameter <= 0:
        raise ValueError(f"both must be above 0, found {flops} and {tokens_per_parameter}")
    parameters = float((flops / (6 * tokens_per_parameter)) ** 0.5)
    return [parameters, tokens_per_parameter * parameters]


def compute_optimal_by_sympy(flops: float, tokens_per_parameter: float = 20.0) -> list[float]:
    """Both equations solved by sympy."""
    from sympy import Rational, solve, symbols

    if flops <= 0 or tokens_per_parameter <= 0:
        raise ValueError(f"both must be above 0, found {flops} and {tokens_per_parameter}")
    n, d = symbols("n d", positive=True)
    equations = [6 * n * d - Rational(flops), d - Rational(tokens_per_parameter) * n]
    [found] = solve(equations, [n, d], dict=True)
    return [float(found[n]), float(found[d])]


def training_days(
    parameters: int,
    tokens: int,
    devices: int,
    teraflops: int,
    utilisation_percent: int,
    recompute: bool = False,
) -> Fraction:
    """6 N D / (devices teraflops 10^12 utilisation) seconds / 86,400

    [Kaplan et al. 2020, sec. 2.1; with `recompute` 8 N D: Narayanan et al. 2021, eq. 4]
    """
    _check_speed(devices, teraflops, utilisation_percent)
    speed = Fraction(devices * teraflops * 10**12 * utilisation_percent, 100)
    return training_flops(parameters, tokens, recompute) / speed / 86_400


def training_days_by_sympy(
    parameters: int,
    tokens: int,
    devices: int,
    teraflops: int,
    utilisation_percent: int,
    recompute: bool = False,
) -> Fraction:
    """The time for which the work done equals the work that is needed, solved by sympy."""
    from sympy import Integer, Rational, solve, symbols

    _least(1, parameters=parameters, tokens=tokens)
    _check_speed(devices, teraflops, utilisation_percent)
    days = symbols("days", positive=True)
    forward, backward = 2 * Integer(parameters) * tokens, 4 * Integer(parameters) * tokens
    forward = 2 * forward if recompute else forward
    per_second = Rational(utilisation_percent, 100) * teraflops * 10**12 * devices
    [found] = solve(days * 24 * 60 * 60 * per_second - forward - backward, days)
    return Fraction(int(found.p), int(found.q))


def busiest_traffic(devices: int, megabytes: int, way: Way = "ring") -> Fraction:
    """Megabytes that the busiest machine sends in an all-reduce: ring 2 (n - 1) / n M, a parameter
    server n M, everyone to everyone (n - 1) M   [Patarasuk & Yuan 2009; Li et al. 2014]"""
    _one_of(Way, way=way)
    _check_ring(devices, megabytes)
    sent = {
        "ring": Fraction(2 * (devices - 1) * megabytes, devices),
        "parameter server": Fraction(devices * megabytes),
        "to everyone": Fraction((devices - 1) * megabytes),
    }
    return sent[way]


def busiest_traffic_by_counting(devices: int, megabytes: int, way: Way = "ring") -> Fraction:
    """Messages passed until every device holds all gradients' sum, each counted at its sender."""
    from collections import Counter

    _check_ring(devices, megabytes)
    server, whole = devices, (1 << devices) - 1
    parts = devices if way == "ring" else 1
    # held[d][c]: the devices whose gradients are in what d, or last the server, has of chunk c, as bits.
    held = [[1 << device] * parts for device in range(devices)] + [[0] * parts]
    sent, turn = Counter[int](), 0
    while any(chunk != whole for row in held[:devices] for chunk in row):
        messages = []
        for device in range(devices):
            if way == "ring":
                messages.append((device, (device + 1) % devices, (device - turn) % devices))
            elif way == "to everyone":
                messages += [(device, other, 0) for other in range(devices) if other != device]
            elif held[server][0] == whole:
                messages.append((server, device, 0))
            else:
                messages.append((device, server, 0))
        moving = [held[sender][chunk] for sender, _, chunk in messages]
        for (sender, receiver, chunk), gradients in zip(messages, moving, strict=True):
            held[receiver][chunk] |= gradients
            sent[sender] += 1
        turn += 1
    return Fraction(max(sent.values()) * megabytes, parts)


def ring_milliseconds(
    devices: int, megabytes: int, gigabytes_per_second: int, latency_microseconds: int = 0
) -> Fraction:
    """2 (n - 1) (latency + M / (n bandwidth)), in milliseconds   [Thakur et al. 2005]"""
    _check_ring(devices, megabytes)
    _check_link(gigabytes_per_second, latency_microseconds)
    chunk = Fraction(megabytes, devices * gigabytes_per_second)
    return 2 * (devices - 1) * (Fraction(latency_microseconds, 1000) + chunk)


def ring_milliseconds_by_loop(
    devices: int, megabytes: int, gigabytes_per_second: int, latency_microseconds: int = 0
) -> Fraction:
    """Turn after turn until every device holds every chunk's whole sum; all links work at once."""
    _check_ring(devices, megabytes)
    _check_link(gigabytes_per_second, latency_microseconds)
    # parts[d][c]: how many devices' gradients are in what device d holds of chunk c.
    parts = [[1] * devices for _ in range(devices)]
    clock, turn = Fraction(0), 0
    while any(count < devices for row in parts for count in row):
        chunks = [(device - turn) % devices for device in range(devices)]
        moving = [parts[device][chunk] for device, chunk in enumerate(chunks)]
        for device, (chunk, count) in enumerate(zip(chunks, moving, strict=True)):
            there = (device + 1) % devices
            parts[there][chunk] = count if turn >= devices - 1 else parts[there][chunk] + count
        clock += Fraction(latency_microseconds, 10**6)
        clock += Fraction(megabytes, devices) / (1000 * gigabytes_per_second)
        turn += 1
    return clock * 1000


def _check_data(samples: int, batch_size: int, devices: int, accumulation: int) -> None:
    _least(1, samples=samples, batch_size=batch_size, devices=devices, accumulation=accumulation)
    if devices > samples:
        raise ValueError(f"devices must be at most the samples {samples}, found {devices}")


def _check_share(tokens: int, percent: int, source: int) -> None:
    _least(1, tokens=tokens, percent=percent, source=source)
    if percent > 100 or tokens > 10_000:
        raise ValueError(
            f"percent must be at most 100 and tokens 10000, found {percent} and {tokens}"
        )


def _check_speed(devices: int, teraflops: int, utilisation_percent: int) -> None:
    _least(1, devices=devices, teraflops=teraflops, utilisation_percent=utilisation_percent)
    if utilisation_percent > 100:
        raise ValueError(f"utilisation_percent must be at most 100, found {utilisation_percent}")


def _check_ring(devices: int, megabytes: int) -> None:
    _least(2, devices=devices)
    _least(1, megabytes=megabytes)


def _check_link(gigabytes_per_second: int, latency_microseconds: int) -> None:
    _least(1, gigabytes_per_second=gigabytes_per_second)
    _least(0, latency_microseconds=latency_microseconds)
