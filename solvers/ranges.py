"""Checks of arguments that several solvers share: which, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import Any, get_args

# Nothing in deep learning is as large; what is made of such numbers soon leaves float64.
LARGEST = 1e50


def _numbers(**values: object) -> None:
    """Refuses NaN, infinities and what lies beyond ±10⁵⁰, in nested lists too."""
    for name, value in values.items():
        if isinstance(value, list | tuple):
            for entry in value:
                _numbers(**{name: entry})
        elif isinstance(value, int | float) and not -LARGEST <= value <= LARGEST:
            raise ValueError(f"{name} must be finite and within ±{LARGEST:.0e}, found {value}")


def _one_of(known: Any, **values: object) -> None:
    """Refuses any other name than those of a Literal, or a tuple, in nested lists too; None is no name."""
    for name, value in values.items():
        if isinstance(value, list | tuple):
            for entry in value:
                _one_of(known, **{name: entry})
        elif value is not None and value not in (names := get_args(known) or known):
            raise ValueError(f"{name} must be one of {', '.join(map(str, names))}; found {value!r}")


@contextmanager
def _in_float64() -> Iterator[None]:
    """Refuses arguments on whose way to the result a number is too large, or a divisor too small."""
    try:
        yield
    except ArithmeticError as error:
        message = f"the numbers must lead to a result within float64, found: {error}"
        raise ValueError(message) from error


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
