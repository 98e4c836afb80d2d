"""Mistakes with counts on computation graphs: everything here is wrong on purpose."""

from __future__ import annotations

from typing import Literal

from ..graphs import _graph
from ..nested import _check_chosen


def uses_counted(nodes: list[str], node: int) -> int:
    """Wrong on purpose: counts the edges that leave the node instead of its paths to the output."""
    _check_chosen("node", node, len(nodes))
    return sum(parents.count(node - 1) for _, parents in _graph(nodes))


def any_order(nodes: list[str]) -> int:
    """Wrong on purpose: n! orders, though children need their parents."""
    from math import factorial

    return factorial(len(_graph(nodes)))


def modes_exchanged(inputs: int, outputs: int, mode: Literal["forward", "reverse"]) -> int:
    """Wrong on purpose: one reverse pass per input."""
    return outputs if mode == "forward" else inputs


def one_pass_per_entry(inputs: int, outputs: int, mode: Literal["forward", "reverse"]) -> int:
    """Wrong on purpose: a pass for each entry of the Jacobian."""
    return inputs * outputs


def always_one_pass(inputs: int, outputs: int, mode: Literal["forward", "reverse"]) -> int:
    """Wrong on purpose: takes one pass to be enough for any number of outputs."""
    return 1
