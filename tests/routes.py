"""Holds a solver against all witnesses of its module, to the tolerance of their routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from types import ModuleType
from typing import Any

from quizkit.bank.index import ROUTES
from quizkit.values.carry import canonical
from quizkit.values.tolerance import close

Setting = dict[str, Any]
REFUSED = "refused"


def outcome(function: Callable[..., Any], setting: Setting) -> Any:
    """What a function returns, as the engine sees it, or that it refuses."""
    try:
        return canonical(function(**setting))
    except ValueError:
        return REFUSED


def witnesses(module: ModuleType, name: str) -> list[str]:
    """The names of a solver's witnesses."""
    prefix = f"{name}_by_"
    return [each for each in vars(module) if each.startswith(prefix)]


def differing(module: ModuleType, name: str, setting: Setting) -> list[str]:
    """One line for each witness that disagrees with its solver."""
    others = witnesses(module, name)
    assert others, f"{name} has no witness"
    value = outcome(getattr(module, name), setting)
    found = [(each, outcome(getattr(module, each), setting)) for each in others]
    return [
        f"{each}{setting}: {other}, but {value}"
        for each, other in found
        if not _same(value, other, ROUTES[each.rpartition("_")[2]])
    ]


def _same(value: Any, other: Any, tolerance: float) -> bool:
    if REFUSED in (value, other):
        return bool(value == other)
    return close(value, other, tolerance)


def agreed(
    module: ModuleType, names: Iterable[str], draw: Callable[[Random], Setting], settings: int
) -> int:
    """How many of the drawn settings were answered; all routes agree on each, or it fails."""
    answered = 0
    for seed in range(settings):
        for name in names:
            setting = fitting(getattr(module, name), draw(Random(f"{name} {seed}")))
            faults = differing(module, name, setting)
            assert not faults, "\n".join(faults)
            answered += outcome(getattr(module, name), setting) != REFUSED
    return answered


def fitting(function: Callable[..., Any], setting: Setting) -> Setting:
    """Those of the arguments that a function takes."""
    code = function.__code__
    taken = code.co_varnames[: code.co_argcount]
    return {key: value for key, value in setting.items() if key in taken}


def drawn(random: Random, *shape: int, spread: float = 2.0) -> Any:
    """Nested lists of this shape, with decimals of two places."""
    if not shape:
        return round(random.uniform(-spread, spread), 2)
    return [drawn(random, *shape[1:], spread=spread) for _ in range(shape[0])]
