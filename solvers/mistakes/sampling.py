"""Mistakes with samples and dimensions: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import sampling


def rest_in_the_last(examples: int, folds: int) -> list[int]:
    """Wrong on purpose: the last fold takes all that is left over."""
    size = examples // folds
    return [size] * (folds - 1) + [examples - size * (folds - 1)]


def training_parts(examples: int, folds: int) -> list[int]:
    """Wrong on purpose: the sizes of the training parts, not of the folds."""
    return [examples - size for size in sampling.fold_sizes(examples, folds)]


def left_out(examples: int) -> Fraction:
    """Wrong on purpose: the share that is left out, 0.368 in the limit."""
    return 1 - sampling.bootstrap_share(examples)


def everyone(examples: int) -> Fraction:
    """Wrong on purpose: n draws reach all n examples."""
    return Fraction(1)


def ordered(examples: int) -> int:
    """Wrong on purpose: nⁿ, the order counted."""
    return int(examples**examples)


def without_replacement(examples: int) -> int:
    """Wrong on purpose: n!, each example once."""
    return math.factorial(examples)


def share_itself(percent: int, dimensions: int) -> float:
    """Wrong on purpose: the edge taken for the share, as on a line."""
    return percent / 100


def share_per_dimension(percent: int, dimensions: int) -> float:
    """Wrong on purpose: r^p, the volume of a cube with edge r."""
    return math.pow(percent / 100, dimensions)


def thickness_itself(percent: int, dimensions: int) -> Fraction:
    """Wrong on purpose: ε, as if volume were spread evenly over the radius."""
    return Fraction(percent, 100)


def core_share(percent: int, dimensions: int) -> Fraction:
    """Wrong on purpose: the share inside the shell."""
    return 1 - sampling.shell_share(percent, dimensions)


def as_in_the_plane(dimensions: int) -> float:
    """Wrong on purpose: π/4, whatever the dimension."""
    return math.pi / 4


def even_spacing(points: int, dimensions: int) -> float:
    """Wrong on purpose: N^(−1/p), the spacing of a grid."""
    return math.pow(points, -1 / dimensions)
