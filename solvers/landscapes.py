"""Where gradient descent goes: the rate that a curvature allows, saddles, valleys."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .ranges import _in_float64, _numbers


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise ValueError(f"{name} must be above 0, found {value}")


# Learning rates


def rate_limit(first: float, second: float) -> float:
    """2/λ_max = 1/max(a, b) for L = a x² + b y², Hessian diag(2a, 2b)   [LeCun 1998, 5]"""
    _numbers(first=first, second=second)
    _positive("first", first)
    _positive("second", second)
    return 1 / max(first, second)


def rate_limit_by_loop(first: float, second: float) -> float:
    """Bisection over the rate: does a real step from (1, 1) bring both coordinates nearer to 0?"""
    _positive("first", first)
    _positive("second", second)
    low, high = 0.0, 4 / min(first, second)
    for _ in range(200):
        rate = (low + high) / 2
        after = [1 - rate * 2 * factor * 1 for factor in (first, second)]
        low, high = (rate, high) if max(map(abs, after)) < 1 else (low, rate)
    return low


def distance_ratio(rate: float, curvature: float) -> float:
    """|1 − η h|: how a step on h w²/2 scales the distance to its minimum   [LeCun 1998, 5]"""
    _numbers(rate=rate, curvature=curvature)
    _positive("rate", rate)
    _positive("curvature", curvature)
    return abs(1 - rate * curvature)


def distance_ratio_by_autograd(rate: float, curvature: float) -> float:
    """A real step from w = 3 on the loss h w²/2, measured."""
    import torch

    _positive("rate", rate)
    _positive("curvature", curvature)
    start = 3.0
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    torch.autograd.backward(curvature * w**2 / 2)
    torch.optim.SGD([w], lr=rate).step()
    return abs(float(w.detach())) / start


def _rate_in(slug: str) -> float:
    kind, _, tenths = slug.partition("-")
    if kind != "tenths" or not tenths.isdigit():
        raise ValueError(f"an item must read tenths-<whole number>, found {slug}")
    return int(tenths) / 10


def _behaviour(path: list[float]) -> str:
    """What a path of distances to the minimum looks like."""
    crosses = any(before * after < 0 for before, after in pairwise(path))
    if abs(path[-1]) > abs(path[0]):
        return "swings from side to side, ever farther away"
    if abs(path[1]) < 1e-12:
        return "reaches the minimum in one step"
    return (
        "swings from side to side, ever nearer" if crosses else "creeps nearer from one side only"
    )


def rate_behaviour(items: list[str], curvature: float) -> dict[str, str]:
    """What gradient descent on h w²/2 does in 50 steps from 1, for each rate tenths-k = k/10."""
    _numbers(curvature=curvature)
    _positive("curvature", curvature)
    seen = {}
    for item in items:
        path = [1.0]
        for _ in range(50):
            path.append(path[-1] - _rate_in(item) * curvature * path[-1])
        seen[item] = _behaviour(path)
    return seen


def rate_behaviour_by_fractions(items: list[str], curvature: float) -> dict[str, str]:
    """Read off the exact factor 1 − η h by which each step multiplies w."""
    _positive("curvature", curvature)
    seen = {}
    for item in items:
        _rate_in(item)
        factor = 1 - Fraction(int(item.split("-")[1]), 10) * Fraction(curvature)
        if factor == 0:
            seen[item] = "reaches the minimum in one step"
        elif factor > 0:
            seen[item] = "creeps nearer from one side only"
        else:
            seen[item] = "swings from side to side, ever " + (
                "nearer" if factor > -1 else "farther away"
            )
    return seen


# Landscapes

_LANDSCAPES: dict[str, Callable[[Any, Any], Any]] = {
    "difference-of-squares": lambda x, y: x * x - y * y,
    "product": lambda x, y: x * y,
    "sum-of-squares": lambda x, y: x * x + y * y,
    "mild-coupling": lambda x, y: x * x + x * y + y * y,
    "strong-coupling": lambda x, y: x * x + 3 * x * y + y * y,
    "negative-sum": lambda x, y: -(x * x) - y * y,
}


def _landscape(slug: str) -> Callable[[Any, Any], Any]:
    if slug not in _LANDSCAPES:
        raise ValueError(f"an option must be one of {sorted(_LANDSCAPES)}, found {slug}")
    return _LANDSCAPES[slug]


def saddles(options: list[str]) -> list[str]:
    """The functions, flat at (0, 0), that take both signs on a small circle around it."""
    circle = [(math.cos(k * math.pi / 36), math.sin(k * math.pi / 36)) for k in range(72)]
    heights = {slug: [_landscape(slug)(0.1 * x, 0.1 * y) for x, y in circle] for slug in options}
    return [slug for slug in options if min(heights[slug]) < -1e-9 and max(heights[slug]) > 1e-9]


def saddles_by_autograd(options: list[str]) -> list[str]:
    """The functions whose Hessian at (0, 0) has eigenvalues of both signs."""
    import torch

    origin = torch.zeros(2, dtype=torch.float64)
    found = []
    for slug in options:

        def at_point(at: torch.Tensor, slug: str = slug) -> Any:
            return _landscape(slug)(at[0], at[1])

        hessian = torch.func.jacrev(torch.func.jacrev(at_point))(origin)
        curvatures = torch.linalg.eigvalsh(hessian)
        if curvatures[0] < 0 < curvatures[-1]:
            found.append(slug)
    return found


def _descend(start: float, well: float, tilt: float) -> float:
    """Where gradient descent on w⁴ − a w² + b w is after 1,000 steps of rate 0.01."""
    w = start
    for _ in range(1000):
        w -= 0.01 * (4 * w**3 - 2 * well * w + tilt)
    return w


def excess_loss(start: float, well: float, tilt: float) -> float:
    """Loss that gradient descent ends with on w⁴ − a w² + b w, above the lowest loss there is."""
    _numbers(start=start, well=well, tilt=tilt)
    if abs(start) > 3 or not 0 <= well <= 6 or tilt == 0:
        raise ValueError(
            f"start must be in [-3, 3], well in [0, 6], tilt not 0; found {start}, {well}, {tilt}"
        )
    with _in_float64():
        ends = [_descend(begin, well, tilt) for begin in (start, -3.0, 3.0)]
        losses = [w**4 - well * w**2 + tilt * w for w in ends]
        return losses[0] - min(losses)


def excess_loss_by_numpy(start: float, well: float, tilt: float) -> float:
    """Roots of the derivative: the first one downhill from the start, against the lowest."""
    import numpy as np

    if abs(start) > 3 or not 0 <= well <= 6 or tilt == 0:
        raise ValueError(f"start, well or tilt out of range: {start}, {well}, {tilt}")
    slope = [4.0, 0.0, -2.0 * well, tilt]
    roots = sorted(float(root.real) for root in np.roots(slope) if abs(root.imag) < 1e-9)
    uphill = float(np.polyval(slope, start)) > 0
    ahead = [r for r in roots if r < start] if uphill else [r for r in roots if r > start]
    loss = np.polynomial.Polynomial([0, tilt, -well, 0, 1])
    reached = (max(ahead) if uphill else min(ahead)) if ahead else start
    return float(loss(reached) - min(loss(root) for root in roots))
