"""Mistakes with what training holds in memory: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..memory import STATES, Optimiser, Recipe


def one_state(parameters: int, optimiser: Optimiser, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: gives every optimiser one value per parameter."""
    return parameters * bytes_per_value


def weights_and_states(parameters: int, optimiser: Optimiser, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: counts the weights among the states."""
    return parameters * (1 + STATES[optimiser]) * bytes_per_value


def gradients_forgotten(parameters: int, optimiser: Optimiser, recipe: Recipe = "float32") -> int:
    """Wrong on purpose: forgets the gradients."""
    base = 4 if recipe == "float32" else 2 + 4
    return parameters * (base + 4 * STATES[optimiser])


def all_halved(parameters: int, optimiser: Optimiser, recipe: Recipe = "float32") -> int:
    """Wrong on purpose: lets mixed precision halve everything."""
    whole = parameters * (8 + 4 * STATES[optimiser])
    return whole // 2 if recipe == "mixed precision" else whole


def weights_only(parameters: int, optimiser: Optimiser, recipe: Recipe = "float32") -> int:
    """Wrong on purpose: counts the weights only."""
    return parameters * (4 if recipe == "float32" else 2)


def all_divided(parameters: int, devices: int, stage: Literal[0, 1, 2, 3] = 0) -> Fraction:
    """Wrong on purpose: divides everything by the devices at any stage."""
    return Fraction(16 * parameters, devices)


def not_divided(parameters: int, devices: int, stage: Literal[0, 1, 2, 3] = 0) -> Fraction:
    """Wrong on purpose: keeps everything on every device."""
    return Fraction(16 * parameters)


def output_saved_too(widths: list[int], batch: int, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: counts the last layer's output, which no gradient needs."""
    return batch * sum(widths) * bytes_per_value


def one_example(widths: list[int], batch: int, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: forgets the batch."""
    return sum(widths[:-1]) * bytes_per_value


def before_and_after(widths: list[int], batch: int, bytes_per_value: int = 4) -> int:
    """Wrong on purpose: saves hidden values before and after ReLU."""
    return batch * (widths[0] + 2 * sum(widths[1:-1])) * bytes_per_value


def scores_forgotten(length: int, batch: int, width: int, heads: int) -> int:
    """Wrong on purpose: forgets the attention scores, which grow with the square of the length."""
    return 34 * length * batch * width


def one_set_of_scores(length: int, batch: int, width: int, heads: int) -> int:
    """Wrong on purpose: counts one head's scores."""
    return length * batch * (34 * width + 5 * length)


def boundaries_only(layers: int, segments: int) -> int:
    """Wrong on purpose: forgets what is recomputed within a segment."""
    return segments


def nothing_saved(layers: int, segments: int) -> int:
    """Wrong on purpose: holds every layer's output."""
    return layers


def root(layers: int) -> int:
    """Wrong on purpose: gives sqrt(layers), the inputs of the segments only."""
    from math import isqrt

    return isqrt(layers)


def everything_twice(layers: int, segments: int) -> int:
    """Wrong on purpose: redoes the last segment too."""
    return 2 * layers


def product_not_written(rows: int, inner: int, columns: int, bytes_per_value: int = 2) -> Fraction:
    """Wrong on purpose: forgets that the product must be written."""
    moved = bytes_per_value * (rows * inner + inner * columns)
    return Fraction(2 * rows * inner * columns, moved)
