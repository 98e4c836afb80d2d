"""Mistakes with training at scale: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..scaling import Way, parallel_steps, training_flops


def devices_forgotten(batch_size: int, devices: int, accumulation: int = 1) -> int:
    """Wrong on purpose: counts one device's samples."""
    return batch_size * accumulation


def accumulation_forgotten(batch_size: int, devices: int, accumulation: int = 1) -> int:
    """Wrong on purpose: counts one pass before the update."""
    return batch_size * devices


def one_device(
    samples: int,
    batch_size: int,
    devices: int,
    accumulation: int = 1,
    pad: bool = True,
    step_on_rest: bool = True,
) -> int:
    """Wrong on purpose: lets one device do all."""
    return parallel_steps(samples, batch_size, 1, accumulation, pad, step_on_rest)


def every_batch(
    samples: int,
    batch_size: int,
    devices: int,
    accumulation: int = 1,
    pad: bool = True,
    step_on_rest: bool = True,
) -> int:
    """Wrong on purpose: updates after every batch."""
    return parallel_steps(samples, batch_size, devices, 1, pad, step_on_rest)


def divided_at_once(
    samples: int,
    batch_size: int,
    devices: int,
    accumulation: int = 1,
    pad: bool = True,
    step_on_rest: bool = True,
) -> int:
    """Wrong on purpose: divides by the global batch and drops the rest."""
    return samples // (batch_size * devices * accumulation)


def sequences_as_tokens(tokens: int, batch_size: int, length: int) -> int:
    """Wrong on purpose: takes a sequence for a token."""
    return -(-tokens // batch_size)


def forward_only(parameters: int, tokens: int, recompute: bool = False) -> int:
    """Wrong on purpose: counts the forward pass, 2 N D."""
    return 2 * parameters * tokens


def backward_like_forward(parameters: int, tokens: int, recompute: bool = False) -> int:
    """Wrong on purpose: takes the backward pass to cost as much as the forward one, 4 N D."""
    return 4 * parameters * tokens


def macs_counted(parameters: int, tokens: int, recompute: bool = False) -> int:
    """Wrong on purpose: counts multiply-adds, half of the FLOPs."""
    return training_flops(parameters, tokens, recompute) // 2


def full_speed(
    parameters: int,
    tokens: int,
    devices: int,
    teraflops: int,
    utilisation_percent: int,
    recompute: bool = False,
) -> Fraction:
    """Wrong on purpose: takes the peak speed for the real one."""
    work = training_flops(parameters, tokens, recompute)
    return Fraction(work, devices * teraflops * 10**12 * 86_400)


def ring_once(devices: int, megabytes: int, way: Way = "ring") -> Fraction:
    """Wrong on purpose: sends the gradient once round."""
    return Fraction(megabytes)


def both_phases_whole(devices: int, megabytes: int, way: Way = "ring") -> Fraction:
    """Wrong on purpose: sends whole gradients, not chunks, at each of the 2 (n - 1) turns."""
    return Fraction(2 * (devices - 1) * megabytes)


def one_phase(
    devices: int, megabytes: int, gigabytes_per_second: int, latency_microseconds: int = 0
) -> Fraction:
    """Wrong on purpose: forgets that the sums must go round too."""
    chunk = Fraction(megabytes, devices * gigabytes_per_second)
    return (devices - 1) * (Fraction(latency_microseconds, 1000) + chunk)


def latency_forgotten(
    devices: int, megabytes: int, gigabytes_per_second: int, latency_microseconds: int = 0
) -> Fraction:
    """Wrong on purpose: forgets the latency of each turn."""
    return Fraction(2 * (devices - 1) * megabytes, devices * gigabytes_per_second)
