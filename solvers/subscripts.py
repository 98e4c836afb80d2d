"""Einsum subscripts, found from what a task does to unit inputs; the witnesses try out all results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, Literal

from .ranges import _one_of

Task = Literal[
    "traces", "bilinear forms", "gradient of a weight", "output of heads", "merged heads"
]
Array = dict[tuple[int, ...], int]  # the entries, by their places
SIZE = 2


def _traces(a: Array) -> Iterator[tuple[tuple[int, ...], int]]:
    for b, i in _places(2):
        yield (b,), a[b, i, i]


def _bilinear(x: Array, w: Array, y: Array) -> Iterator[tuple[tuple[int, ...], int]]:
    for b, i, j in _places(3):
        yield (b,), x[b, i] * w[i, j] * y[b, j]


def _weight_gradient(g: Array, x: Array) -> Iterator[tuple[tuple[int, ...], int]]:
    for b, o, i in _places(3):
        yield (o, i), g[b, o] * x[b, i]


def _heads(shares: Array, values: Array) -> Iterator[tuple[tuple[int, ...], int]]:
    for b, h, q, k, d in _places(5):
        yield (b, h, q, d), shares[b, h, q, k] * values[b, h, k, d]


def _merged(heads: Array, w: Array) -> Iterator[tuple[tuple[int, ...], int]]:
    for b, h, q, d, m in _places(5):
        yield (b, q, m), heads[b, h, q, d] * w[h, d, m]


# The task as sums of products written out, and the names of its operands' axes.
_TASKS: dict[Task, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "traces": (_traces, ("bii",)),
    "bilinear forms": (_bilinear, ("bi", "ij", "bj")),
    "gradient of a weight": (_weight_gradient, ("bo", "bi")),
    "output of heads": (_heads, ("bhqk", "bhkd")),
    "merged heads": (_merged, ("bhqd", "hdm")),
}


def multilinear(task: Task) -> str:
    """Which axes share an index: those whose places agree wherever unit inputs give an output   [Einstein]"""
    _one_of(Task, task=task)
    run, operands = _TASKS[task]
    echoes = []
    for places in product(*(list(_places(len(own))) for own in operands)):
        units = [_unit(place, len(own)) for place, own in zip(places, operands, strict=True)]
        flat = tuple(index for place in places for index in place)
        echoes += [(*flat, *place) for place, value in run(*units) if value]
    columns = list(zip(*echoes, strict=True))
    axes = "".join(operands)
    names = dict(zip(columns[: len(axes)], axes, strict=True))
    if len(set(axes)) != len(names) or [names[each] for each in columns[: len(axes)]] != [*axes]:
        raise ValueError(f"the axes of {operands} do not share places as their names do")
    return f"{','.join(operands)}->{''.join(names[each] for each in columns[len(axes) :])}"


def multilinear_by_torch(task: Task) -> str:
    """The only rule, of all results over the operands' own indices, that a plain torch call obeys."""
    import torch

    operands = _TASKS[task][1]
    letters = sorted(set("".join(operands)))
    sizes = {letter: size for size, letter in enumerate(letters, start=2)}
    generator = torch.Generator().manual_seed(4)
    tensors = [
        torch.randn([sizes[each] for each in own], dtype=torch.float64, generator=generator)
        for own in operands
    ]
    wanted = _plainly(task, *tensors)
    found = [
        rule
        for result in product(letters, repeat=wanted.dim())
        if len(set(result)) == len(result)
        and [sizes[each] for each in result] == list(wanted.shape)
        for rule in [f"{','.join(operands)}->{''.join(result)}"]
        if torch.allclose(torch.einsum(rule, *tensors), wanted)
    ]
    if len(found) != 1:
        raise ValueError(f"expected one rule for {task}, found {found}")
    return found[0]


def _places(axes: int) -> Iterator[tuple[int, ...]]:
    return product(range(SIZE), repeat=axes)


def _unit(place: tuple[int, ...], axes: int) -> Array:
    return {each: int(each == place) for each in _places(axes)}


def _plainly(task: Task, *tensors: Any) -> Any:
    """The same by calls that know no subscripts."""
    import torch

    if task == "traces":
        return torch.stack([torch.trace(matrix) for matrix in tensors[0]])
    if task == "bilinear forms":
        left, weight, right = tensors
        return torch.nn.functional.bilinear(left, right, weight[None])[:, 0]
    if task == "gradient of a weight":
        slopes, inputs = tensors
        layer = torch.nn.Linear(inputs.shape[1], slopes.shape[1], bias=False, dtype=torch.float64)
        layer(inputs).backward(slopes)
        return layer.weight.grad
    if task == "output of heads":
        return torch.matmul(*tensors)
    heads, weight = tensors
    joined = heads.transpose(1, 2).flatten(2)
    return joined @ weight.flatten(0, 1)
