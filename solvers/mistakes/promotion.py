"""Mistakes with dtypes: everything here is wrong on purpose."""

from __future__ import annotations

from .. import promotion as right
from ..promotion import Library, Scalar


def by_the_other_library(integer: str, floating: str, library: Library) -> str:
    """Wrong on purpose: NumPy's rule for PyTorch, and the other way round."""
    return right.mixed(integer, floating, "NumPy" if library == "PyTorch" else "PyTorch")


def always_double(integer: str, floating: str, library: Library) -> str:
    """Wrong on purpose: float64 whatever the formats."""
    return "float64"


def number_counts_fully(tensor: str, number: Scalar) -> str:
    """Wrong on purpose: a Python float taken for float64, a Python int for int64."""
    return {"2": "int64", "2.0": "float64"}[number]


def tensor_wins(tensor: str, number: Scalar) -> str:
    """Wrong on purpose: the tensor's own dtype, whatever the number."""
    return tensor
