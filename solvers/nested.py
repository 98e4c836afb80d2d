"""Vectors and matrices as nested lists: what the solvers of gradients share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import mul
from typing import Any

Vector = list[float]
Matrix = list[list[float]]
SMALL_STEP = 1e-30


def _dot(left: Sequence[Any], right: Sequence[Any]) -> Any:
    return sum(map(mul, left, right))


def _product(left: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Left · right of two matrices."""
    columns = list(zip(*right, strict=True))
    return [[_dot(row, column) for column in columns] for row in left]


def _transposed(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*matrix, strict=True)]


def _combined(rule: Callable[..., Any], *matrices: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The rule applied entry by entry."""
    return [
        [rule(*entries) for entries in zip(*rows, strict=True)]
        for rows in zip(*matrices, strict=True)
    ]


def _complex_slopes(function: Callable[[Any], complex], values: Any) -> Any:
    """Im f(v + ih)/h for each entry v of nested lists; no difference is taken, so h may be tiny

    [Squire & Trapp 1998]
    """
    if not isinstance(values, list):
        return function(values + SMALL_STEP * 1j).imag / SMALL_STEP

    def slopes(place: int) -> Any:
        def one_moved(entry: Any) -> complex:
            return function([*values[:place], entry, *values[place + 1 :]])

        return _complex_slopes(one_moved, values[place])

    return [slopes(place) for place in range(len(values))]


def _tensor(values: Any, slopes: bool = False) -> Any:
    """The nested lists as a torch tensor of float64."""
    import torch

    return torch.tensor(values, dtype=torch.float64, requires_grad=slopes)


def _autograd(total: Any, leaf: Any) -> Any:
    """∂total/∂leaf as nested lists, zeros where nothing depends on the leaf."""
    import torch

    (slopes,) = torch.autograd.grad(total, leaf, allow_unused=True, materialize_grads=True)
    return slopes.tolist()


def _check_vector(name: str, values: Sequence[Any], length: int) -> None:
    if len(values) != length:
        raise ValueError(f"{name} must have {length} entries, found {len(values)}")


def _check_matrix(name: str, rows: Sequence[Sequence[Any]], height: int, width: int) -> None:
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ValueError(f"{name} must be {height} rows of {width}, found {rows}")


def _check_rows(name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Refuses what is no matrix with at least one row and one column."""
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise ValueError(f"{name} must be rows of one length of at least 1, found {rows}")


def _check_chosen(name: str, chosen: int, count: int) -> None:
    if not 1 <= chosen <= count:
        raise ValueError(f"{name} must be from 1 to {count}, found {chosen}")
