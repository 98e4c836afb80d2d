"""Solvers and mistakes held against each other on seeded draws."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from random import Random
from typing import Any

from tests.agreement import outcome, routes_differ

Solver = Callable[..., Any]
Draw = Callable[[Random], dict[str, Any]]


def settings(draw: Draw, count: int, seed: int = 11) -> list[dict[str, Any]]:
    random = Random(seed)
    return [draw(random) for _ in range(count)]


def parameters(function: Solver) -> list[tuple[str, object, object]]:
    """Names, annotations and defaults."""
    return [(p.name, p.annotation, p.default) for p in signature(function).parameters.values()]


def assert_routes_agree(solver: Solver, witness: Solver, draw: Draw, count: int = 40) -> None:
    """On each draw the same value or both a refusal; a fourth of the draws at least is answered."""
    assert parameters(solver) == parameters(witness)
    drawn = settings(draw, count)
    assert [found for each in drawn if (found := routes_differ(solver, witness, **each))] == []
    assert sum(outcome(solver, each) is not ValueError for each in drawn) >= count / 4


def assert_differs(mistake: Solver, solver: Solver, draw: Draw, count: int = 40) -> None:
    """With the solver's parameters, a wrong value on some of the answered draws."""
    assert parameters(mistake) == parameters(solver)
    answered = [each for each in settings(draw, count) if outcome(solver, each) is not ValueError]
    wrong = sum(bool(routes_differ(solver, mistake, **each)) for each in answered)
    assert wrong >= 2
