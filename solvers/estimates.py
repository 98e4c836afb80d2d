"""Numbers that people estimate in their heads."""

from __future__ import annotations


def training_operations(billions: int, trillions: int) -> int:
    """6 N D floating-point operations for N parameters and D tokens   [Kaplan 2020, section 2.1]"""
    _positive(billions, trillions)
    return 6 * billions * 10**9 * trillions * 10**12


def training_operations_by_counting(billions: int, trillions: int) -> int:
    """A multiplication and an addition for a weight's output, its input's gradient, and its own."""
    _positive(billions, trillions)
    passes = ("output", "gradient of the input", "gradient of the weight")
    each = sum(2 for _ in passes)
    weights, tokens = billions * 1_000_000_000, trillions * 1_000_000_000_000
    return weights * tokens * each


def _positive(billions: int, trillions: int) -> None:
    for name, value in (("billions", billions), ("trillions", trillions)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")
