"""How the work of layers grows: multiplications summed over their loops, and counted one by one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from math import log
from typing import Any, Literal

from .fits import _fitted
from .ranges import _one_of

Task = Literal["matrix product", "convolution", "keys first", "vector last"]

# For each product that is formed: the indices of its loops.
_LOOPS: dict[Task, tuple[str, ...]] = {
    "matrix product": ("pqr",),  # each of p·r entries is a sum over q
    "convolution": ("nnkkcf",),  # places, taps, channels, filters
    "keys first": ("dnd", "ndd"),  # KᵀV, then Q times it
    "vector last": ("dn", "nd"),  # Bv, then A times it
}


def multiplications(task: Task) -> str:
    """The multiplications of the task, 1 summed over the indices of its loops   [Golub & Van Loan 2013]"""
    import sympy

    _one_of(Task, task=task)
    total = 0
    for loops in _LOOPS[task]:
        sizes = sympy.symbols(" ".join(loops), positive=True, integer=True)
        indices = sympy.symbols(f"i0:{len(loops)}")
        ranges = [(i, 1, size) for i, size in zip(indices, sizes, strict=True)]
        total += sympy.summation(1, *ranges)
    return _bound(total)


def multiplications_by_counting(task: Task) -> str:
    """Numbers that count their own products go through the task; a polynomial is fitted to the counts."""
    names, terms = {
        "matrix product": ("p q r", "p*q*r p*q q*r p*r p^2*q"),
        "convolution": ("n k c f", "n^2*k^2*c*f n*k*c*f n^2*k^2*c n^2*c*f k^2*c*f"),
    }.get(task, ("n d", "n*d n^2*d n*d^2 n^2 d^2"))
    points = list(product((1, 2, 3), repeat=len(names.split())))
    return f"O({_fitted(names, terms, points, [_counted(task, *point) for point in points])})"


def checkpointed_memory() -> str:
    """min over k of k + n/k: k kept layers, and the n/k of the one segment at work   [Chen et al. 2016]"""
    import sympy

    n, k = sympy.symbols("n k", positive=True)
    kept = k + n / k
    (best,) = sympy.solve(sympy.diff(kept, k), k)
    return _bound(sympy.simplify(kept.subs(k, best)))


def checkpointed_memory_by_counting() -> str:
    """The least memory over all whole numbers of segments, for chains of many lengths; its power of n."""
    lengths = (10**4, 10**6, 10**8)
    least = [min(k + -(-n // k) for k in range(1, 20_001)) for n in lengths]
    powers = {round(log(b / a) / log(100), 3) for a, b in pairwise(least)}
    if len(powers) > 1:
        raise ValueError(f"expected one power of n, found {sorted(powers)}")
    return f"O(n^{powers.pop()})"


def _bound(total: Any) -> str:
    """The product without its constant factor, as a bound."""
    _, growing = total.as_coeff_Mul()
    return f"O({growing})".replace("**", "^")


class _Counting:
    """A number that counts the products it takes part in."""

    products = 0

    def __mul__(self, other: _Counting) -> _Counting:
        _Counting.products += 1
        return self

    def __add__(self, other: _Counting) -> _Counting:
        return self


Matrix = list[list[_Counting]]


def _counted(task: Task, *sizes: int) -> int:
    """How many products of two numbers the task takes."""
    _Counting.products = 0
    if task == "matrix product":
        p, q, r = sizes
        _times(_matrix(p, q), _matrix(q, r))
    elif task == "convolution":
        _convolve(*sizes)
    else:
        n, d = sizes
        if task == "keys first":
            _times(_matrix(n, d), _times(_matrix(d, n), _matrix(n, d)))
        else:
            _times(_matrix(n, d), _times(_matrix(d, n), _matrix(n, 1)))
    return _Counting.products


def _matrix(rows: int, columns: int) -> Matrix:
    return [[_Counting()] * columns for _ in range(rows)]


def _times(left: Matrix, right: Matrix) -> Matrix:
    return [[_dot(row, column) for column in zip(*right, strict=True)] for row in left]


def _dot(left: Iterable[_Counting], right: Iterable[_Counting]) -> _Counting:
    terms = [a * b for a, b in zip(left, right, strict=True)]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _convolve(size: int, kernel: int, channels: int, filters: int) -> None:
    """A filter bank over an image that is padded so that there are as many outputs as places."""
    side = size + kernel - 1
    image = {at: _Counting() for at in product(range(side), range(side), range(channels))}
    taps = list(product(range(kernel), range(kernel), range(channels)))
    for _ in range(filters):
        weights = [_Counting() for _ in taps]
        for row, column in product(range(size), repeat=2):
            _dot([image[row + i, column + j, c] for i, j, c in taps], weights)
