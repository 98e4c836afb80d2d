"""Mistakes with tensors and graphs: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..tensors import shape as _shape


def inside_out(literal: str) -> tuple[int, ...]:
    """Wrong on purpose: reads the brackets from inside to outside."""
    return _shape(literal)[::-1]


def without_outer(literal: str) -> tuple[int, ...]:
    """Wrong on purpose: drops the outermost brackets, as if they were only notation."""
    return _shape(literal)[1:]


def flattened(literal: str) -> tuple[int, ...]:
    """Wrong on purpose: counts the numbers."""
    count = 1
    for size in _shape(literal):
        count *= size
    return (count,)


def aligned_left(left: list[int], right: list[int]) -> tuple[int, ...]:
    """Wrong on purpose: aligns the axes from the front."""
    length = max(len(left), len(right))
    ones = [1] * length
    return tuple(map(max, (left + ones)[:length], (right + ones)[:length]))


def longer_operand(left: list[int], right: list[int]) -> tuple[int, ...]:
    """Wrong on purpose: takes the shape of the operand with more axes."""
    return tuple(left if len(left) >= len(right) else right)


def concatenated(left: list[int], right: list[int]) -> tuple[int, ...]:
    """Wrong on purpose: puts the axes of both behind one another, as an outer product does."""
    return (*left, *right)


def first_path_only(a: int, b: int, c: int) -> list[int]:
    """Wrong on purpose: lets b act through the sum only."""
    return [b - c, b - c, -(a + b)]


def second_path_only(a: int, b: int, c: int) -> list[int]:
    """Wrong on purpose: lets b act through the difference only."""
    return [b - c, a + b, -(a + b)]


def lost_sign(a: int, b: int, c: int) -> list[int]:
    """Wrong on purpose: forgets that e falls when c rises."""
    return [b - c, a + 2 * b - c, a + b]


def own_branch(a: int, b: int, c: int) -> list[int]:
    """Wrong on purpose: multiplies by the own branch in place of the other one."""
    return [a + b, a + 2 * b - c, c - b]


def outputs_only(rows: int, inner: int, columns: int, operations: int = 1) -> int:
    """Wrong on purpose: counts one product per entry of the result."""
    return rows * columns


def inputs_only(rows: int, inner: int, columns: int, operations: int = 1) -> int:
    """Wrong on purpose: counts the entries of both factors."""
    return rows * inner + inner * columns


def whole_job(percent: int, factor: int) -> int:
    """Wrong on purpose: lets the accelerator's factor act on the whole job."""
    return factor


def share_of_factor(percent: int, factor: int) -> Fraction:
    """Wrong on purpose: takes that share of the factor."""
    return Fraction(percent * factor, 100)


def ideal(percent: int, factor: int) -> Fraction:
    """Wrong on purpose: gives the limit for an infinitely fast accelerator."""
    return 1 / (1 - Fraction(percent, 100))


def reversed_difference(a: int, b: int, c: int) -> int:
    """Wrong on purpose: computes c - b."""
    return (a + b) * (c - b)


def without_brackets(a: int, b: int, c: int) -> int:
    """Wrong on purpose: multiplies before adding."""
    return a + b * b - c
