"""Tensors, their shapes, and small computational graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction


def _nested(literal: str) -> object:
    from json import JSONDecodeError, loads

    try:
        return loads(literal)
    except JSONDecodeError as error:
        raise ValueError(f"literal must be numbers in square brackets, found {literal}") from error


def _shape(values: object) -> tuple[int, ...]:
    if not isinstance(values, list):
        return ()
    inner = {_shape(value) for value in values}
    if len(inner) != 1:
        raise ValueError(f"literal must have equally long, non-empty rows, found {values}")
    return (len(values), *inner.pop())


def shape(literal: str) -> tuple[int, ...]:
    """Lengths of nested brackets from outside to inside; a bare number has none"""
    return _shape(_nested(literal))


def shape_by_torch(literal: str) -> tuple[int, ...]:
    """Shape of a real tensor made from the literal."""
    import torch

    try:
        tensor = torch.tensor(_nested(literal))
    except TypeError as error:
        raise ValueError(f"literal must have equally long rows, found {literal}") from error
    if tensor.numel() == 0:
        raise ValueError(f"literal must have non-empty rows, found {literal}")
    return tuple(tensor.shape)


def axes(literal: str) -> int:
    """Number of axes (rank, ndim): depth of the brackets"""
    return len(shape(literal))


def axes_by_numpy(literal: str) -> int:
    """ndim of a real array made from the literal."""
    import numpy

    array = numpy.array(_nested(literal))
    if array.size == 0:
        raise ValueError(f"literal must have non-empty rows, found {literal}")
    return array.ndim


def broadcast_shape(left: list[int], right: list[int]) -> tuple[int, ...]:
    """Aligned from the last axis: per axis the size that is not 1; missing axes count as 1

    [NumPy user guide, Broadcasting]
    """
    if min([*left, *right, 1]) < 1:
        raise ValueError(f"sizes must be at least 1, found {left} and {right}")
    length = max(len(left), len(right))
    pairs = zip([1] * (length - len(left)) + left, [1] * (length - len(right)) + right, strict=True)
    sizes = []
    for one, other in pairs:
        if one != other and 1 not in (one, other):
            raise ValueError(f"sizes on one axis must be equal or 1, found {one} and {other}")
        sizes.append(max(one, other))
    return tuple(sizes)


def broadcast_shape_by_torch(left: list[int], right: list[int]) -> tuple[int, ...]:
    """Shape of the sum of two real tensors on the meta device."""
    import torch

    if min([*left, *right, 1]) < 1:
        raise ValueError(f"sizes must be at least 1, found {left} and {right}")
    try:
        total = torch.empty(left, device="meta") + torch.empty(right, device="meta")
    except RuntimeError as error:
        raise ValueError(f"no common shape: {error}") from error
    return tuple(total.shape)


def graph_value(a: int, b: int, c: int) -> int:
    """f = (a + b)(b - c)"""
    return (a + b) * (b - c)


def graph_value_by_torch(a: int, b: int, c: int) -> int:
    """The graph built from torch's own operations and run."""
    import torch

    x, y, z = (torch.tensor(value) for value in (a, b, c))
    return int(torch.multiply(torch.add(x, y), torch.subtract(y, z)))


def graph_gradient(a: int, b: int, c: int) -> list[int]:
    """[e, e + d, -d] for f = d e, d = a + b, e = b - c; b adds up both its paths

    [Goodfellow et al. 2016, eq. 6.45]
    """
    d, e = a + b, b - c
    return [e, e + d, -d]


def graph_gradient_by_autograd(a: int, b: int, c: int) -> list[int]:
    """torch's backward pass through the graph."""
    import torch

    leaves = [torch.tensor(float(x), dtype=torch.float64, requires_grad=True) for x in (a, b, c)]
    output = (leaves[0] + leaves[1]) * (leaves[1] - leaves[2])
    return [round(slope.item()) for slope in torch.autograd.grad(output, leaves)]


def _lines() -> dict[str, tuple[str, Callable[[dict[str, int]], int]]]:
    """What each line of the program computes, from what it reads."""
    return {
        "sum": ("d", lambda v: v["a"] + v["b"]),
        "difference": ("e", lambda v: v["b"] - v["c"]),
        "product": ("f", lambda v: v["d"] * v["e"]),
        "loss-slope": ("df", lambda v: 2 * (v["f"] - v["t"])),
        "sum-slope": ("dd", lambda v: v["df"] * v["e"]),
        "difference-slope": ("de", lambda v: v["df"] * v["d"]),
        "shared-slope": ("db", lambda v: v["dd"] + v["de"]),
    }


def graph_orders(items: list[str]) -> list[list[str]]:
    """All orders in which the lines of a forward and backward pass find what they read"""
    lines = _lines()
    if unknown := set(items) - set(lines):
        raise ValueError(f"items must be among {', '.join(lines)}, found {', '.join(unknown)}")

    def continued(done: list[str], values: dict[str, int]) -> Iterator[list[str]]:
        if len(done) == len(items):
            yield done
        for item in [item for item in items if item not in done]:
            name, compute = lines[item]
            try:
                value = compute(values)
            except KeyError:
                continue
            yield from continued([*done, item], {**values, name: value})

    return list(continued([], {"a": 5, "b": 9, "c": 7, "t": 20}))


def graph_orders_by_enumeration(items: list[str]) -> list[list[str]]:
    """Every order of the lines, kept if each reads only names that stand before it."""
    from itertools import permutations

    source = {
        "sum": "d = a b",
        "difference": "e = b c",
        "product": "f = d e",
        "loss-slope": "f_ = f t",
        "sum-slope": "d_ = f_ e",
        "difference-slope": "e_ = f_ d",
        "shared-slope": "b_ = d_ e_",
    }
    if unknown := set(items) - set(source):
        raise ValueError(f"items must be among {', '.join(source)}, found {', '.join(unknown)}")

    def runs(order: tuple[str, ...]) -> bool:
        known = set("abct")
        for item in order:
            name, _, *reads = source[item].split()
            if not known.issuperset(reads):
                return False
            known.add(name)
        return True

    return [list(order) for order in permutations(items) if runs(order)]


def products_in_matmul(rows: int, inner: int, columns: int, operations: int = 1) -> int:
    """rows inner columns multiply-adds, each counted as 1 or 2 operations

    [Golub & Van Loan 2013, sec. 1.1]
    """
    if min(rows, inner, columns, operations) < 1:
        raise ValueError(
            f"sizes must be at least 1, found {rows}, {inner}, {columns}, {operations}"
        )
    return rows * inner * columns * operations


def products_in_matmul_by_loop(rows: int, inner: int, columns: int, operations: int = 1) -> int:
    """Dot products walked through entry by entry; each is a run of `inner` multiply-adds."""
    if min(rows, inner, columns, operations) < 1:
        raise ValueError(
            f"sizes must be at least 1, found {rows}, {inner}, {columns}, {operations}"
        )
    counted = 0
    for _ in range(rows):
        for _ in range(columns):
            counted += len(range(inner))
    return sum(counted for _ in range(operations))


def amdahl_speedup(percent: int, factor: int) -> Fraction:
    """1 / (1 - p + p / factor), p = percent / 100 of the time accelerated

    [Amdahl 1967; Hennessy & Patterson, sec. 1.9]
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"percent must be in 0..100, found {percent}")
    if factor < 1:
        raise ValueError(f"factor must be at least 1, found {factor}")
    share = Fraction(percent, 100)
    return 1 / (1 - share + share / factor)


def amdahl_speedup_by_loop(percent: int, factor: int) -> Fraction:
    """A job of 100 minutes, timed minute by minute before and after."""
    if not 0 <= percent <= 100 or factor < 1:
        raise ValueError(f"no such job: {percent} percent, factor {factor}")
    after = sum(
        (Fraction(1, factor) if minute < percent else Fraction(1) for minute in range(100)),
        Fraction(0),
    )
    return 100 / after
