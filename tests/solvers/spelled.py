"""Values of formulas that solvers give as text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

NAMES = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "cos", "tanh", "pi")}


def value(text: str, **given: float) -> float:
    """The formula at one point; for this bank's own texts only."""
    return float(eval(text.replace("^", "**"), {**NAMES, "Abs": abs}, given))


def assert_is(
    texts: Iterable[str], oracle: Callable[..., float], draw: Callable[[Random], dict[str, Any]]
) -> None:
    """Each of the texts has the oracle's value at twenty drawn points, to six digits."""
    random = Random(3)
    for _ in range(20):
        given = draw(random)
        wanted = oracle(**given)
        for text in texts:
            assert math.isclose(value(text, **given), wanted, rel_tol=1e-6, abs_tol=1e-7), (
                text,
                given,
            )
