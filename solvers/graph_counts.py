"""Counts on the computation graphs of `graphs`: paths, orders of computation, passes for a Jacobian."""

from __future__ import annotations

from typing import Any, Literal

from .graphs import _graph
from .nested import _check_chosen
from .ranges import _one_of

MOST_ORDERED, MOST_WALKED, MOST_SWEEPS = 8, 16, 1000


def path_count(nodes: list[str], node: int) -> int:
    """Paths from a node to the output: 1 at the output, elsewhere the sum over its uses

    The chain rule over paths has that many terms. [Goodfellow et al. 2016, 6.5.6]
    """
    _check_chosen("node", node, len(nodes))
    _check_few(nodes, MOST_WALKED)
    parsed, paths = _graph(nodes), [0] * len(nodes)
    paths[-1] = 1
    for place in reversed(range(len(nodes))):
        for parent in parsed[place][1]:
            paths[parent] += paths[place]
    return paths[node - 1]


def path_count_by_counting(nodes: list[str], node: int) -> int:
    """Every path walked from the output down, one at a time."""
    _check_chosen("node", node, len(nodes))
    _check_few(nodes, MOST_WALKED)
    parsed = _graph(nodes)
    waiting, found = [len(nodes) - 1], 0
    while waiting:
        place = waiting.pop()
        found += place == node - 1
        waiting += parsed[place][1]
    return found


def topological_orders(nodes: list[str]) -> int:
    """In how many orders the nodes can be computed, parents before children: a sum over the sets of
    those already done"""
    parsed = _graph(nodes)
    _check_few(nodes, MOST_ORDERED)
    parents = [frozenset(each) for _, each in parsed]
    ways = {frozenset[int](): 1}
    for _ in nodes:
        following: dict[frozenset[int], int] = {}
        for done, count in ways.items():
            for place, needed in enumerate(parents):
                if place not in done and needed <= done:
                    wider = done | {place}
                    following[wider] = following.get(wider, 0) + count
        ways = following
    return ways[frozenset(range(len(nodes)))]


def topological_orders_by_counting(nodes: list[str]) -> int:
    """Every order of the nodes, checked one at a time."""
    from itertools import permutations

    parsed = _graph(nodes)
    _check_few(nodes, MOST_ORDERED)
    edges = [(parent, child) for child, (_, each) in enumerate(parsed) for parent in each]
    orders = permutations(range(len(nodes)))  # each gives the nodes' places in the order
    return sum(all(place[a] < place[b] for a, b in edges) for place in orders)


def sweeps(inputs: int, outputs: int, mode: Literal["forward", "reverse"]) -> int:
    """Passes for a whole Jacobian: one per input in forward mode, one per output in reverse mode
    [Baydin et al. 2018, 3.1, 3.2; Griewank & Walther 2008]"""
    _one_of(("forward", "reverse"), mode=mode)
    _check_sweeps(inputs, outputs)
    return inputs if mode == "forward" else outputs


def sweeps_by_torch(inputs: int, outputs: int, mode: Literal["forward", "reverse"]) -> int:
    """The axis vectors that torch's jvp or vjp needs until a real linear map's Jacobian is whole."""
    import torch
    from torch.autograd import functional

    jvp: Any = functional.jvp
    vjp: Any = functional.vjp

    _check_sweeps(inputs, outputs)
    matrix = torch.arange(1.0, inputs * outputs + 1).reshape(outputs, inputs)
    x, found, passes = torch.ones(inputs), torch.zeros(outputs, inputs), 0
    while not torch.equal(found, matrix):
        if mode == "forward":
            found[:, passes] = jvp(lambda v: matrix @ v, x, torch.eye(inputs)[passes])[1]
        else:
            found[passes] = vjp(lambda v: matrix @ v, x, torch.eye(outputs)[passes])[1]
        passes += 1
    return passes


def _check_few(nodes: list[str], most: int) -> None:
    if len(nodes) > most:
        raise ValueError(f"nodes must be at most {most} here, found {len(nodes)}")


def _check_sweeps(inputs: int, outputs: int) -> None:
    for name, count in (("inputs", inputs), ("outputs", outputs)):
        if not 1 <= count <= MOST_SWEEPS:
            raise ValueError(f"{name} must be from 1 to {MOST_SWEEPS}, found {count}")
