"""Checks of arguments that several solvers share: which, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite


def _positive(**values: float) -> None:
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name} must be above 0, found {value}")


def _not_negative(**values: float) -> None:
    for name, value in values.items():
        if not value >= 0:
            raise ValueError(f"{name} must be at least 0, found {value}")


def _share(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name} must be in [0, 1), found {value}")


def _inside(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < 1:
            raise ValueError(f"{name} must be in (0, 1), found {value}")


def _count(**values: int) -> None:
    for name, value in values.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")


def _steps(steps: int, most: int = 10_000) -> None:
    if not 0 <= steps <= most:
        raise ValueError(f"steps must be in 0..{most}, found {steps}")


def _same_length(**values: Sequence[object]) -> None:
    lengths = [len(entries) for entries in values.values()]
    if min(lengths) < 1 or min(lengths) != max(lengths):
        raise ValueError(f"{' and '.join(values)} must be equally long, found {lengths}")


def _finite(value: float) -> float:
    """The value itself; a division by 0 in torch shows as one that is not finite."""
    if not isfinite(value):
        raise ValueError(f"the result must be finite, found {value}")
    return value


def _quotient(above: float, below: float) -> float:
    """above / below, where 0 below is a matter of the arguments."""
    if below == 0:
        raise ValueError("a gradient other than 0 must come first where epsilon is 0, found 0")
    return above / below


def _at_least(least: int, **found: int) -> None:
    for name, value in found.items():
        if value < least:
            raise ValueError(f"{name} must be at least {least}, found {value}")


def _rectangle(name: str, rows: list[list[int]]) -> tuple[int, int]:
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(f"{name} must have rows of one length, found {rows}")
    return len(rows), len(rows[0])
