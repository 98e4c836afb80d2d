"""Mistakes with computation graphs: everything here is wrong on purpose."""

from __future__ import annotations

from ..graphs import _adjoints, _parsed, _slopes, _values
from ..nested import Vector, _check_chosen


def one_use_only(nodes: list[str], inputs: Vector, node: int) -> float:
    """Wrong on purpose: the last use of a node overwrites the others instead of adding to them."""
    _check_chosen("node", node, len(nodes))
    return _wrong_adjoints(nodes, inputs, added=False)[node - 1]


def local_slope_only(nodes: list[str], inputs: Vector, node: int) -> float:
    """Wrong on purpose: the slopes of a node's users, without what comes from above."""
    _check_chosen("node", node, len(nodes))
    return _wrong_adjoints(nodes, inputs, from_above=False)[node - 1]


def slopes_added(nodes: list[str], inputs: Vector, node: int) -> float:
    """Wrong on purpose: adds the slopes along a path instead of multiplying them."""
    _check_chosen("node", node, len(nodes))
    return _wrong_adjoints(nodes, inputs, multiplied=False)[node - 1]


def gradient_overwritten(nodes: list[str], inputs: Vector) -> Vector:
    """Wrong on purpose: each input's gradient from one of its uses only."""
    adjoints = _wrong_adjoints(nodes, inputs, added=False)
    return [adjoints[place] for place, text in enumerate(nodes) if text.split() == ["input"]]


def along_all_axes(nodes: list[str], inputs: Vector, direction: Vector, node: int) -> float:
    """Wrong on purpose: ignores the direction and moves all inputs by the same."""
    from ..graphs import tangent

    return tangent(nodes, inputs, [1.0 for _ in direction], node)


def backward_for_forward(nodes: list[str], inputs: Vector, direction: Vector, node: int) -> float:
    """Wrong on purpose: gives the node's adjoint where its tangent was asked for."""
    _check_chosen("node", node, len(nodes))
    return _adjoints(nodes, inputs)[node - 1]


def _wrong_adjoints(
    nodes: list[str],
    inputs: Vector,
    *,
    added: bool = True,
    from_above: bool = True,
    multiplied: bool = True,
) -> Vector:
    """The reverse pass with one thing wrong."""
    values = _values(nodes, inputs)
    adjoints = [0.0] * len(nodes)
    adjoints[-1] = 1.0 if multiplied else 0.0
    for place in reversed(range(len(nodes))):
        name, parents = _parsed(nodes[place])
        here = [values[parent] for parent in parents]
        above = adjoints[place] if from_above else 1.0
        for slope, parent in zip(_slopes(name), parents, strict=True):
            term = above * slope(*here) if multiplied else above + slope(*here)
            adjoints[parent] = adjoints[parent] + term if added else term
    return adjoints
