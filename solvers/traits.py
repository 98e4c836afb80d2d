"""Which activation functions are monotone, bounded, zero-centred, differentiable, saturating."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from typing import Any, Literal

from .curves import (
    _autograd_slopes,
    _boundless,
    _right_values,
    kinks,
    moment,
    slope_range,
    value_range,
)
from .formulas import FORMULAS, Activation
from .functions import FARTHEST, _jet, _parameter, _torch_function
from .ranges import _one_of

Trait = Literal[
    "monotone", "bounded", "zero-centred", "differentiable", "saturating", "non-negative"
]


def having(options: list[str], trait: Trait) -> list[str]:
    """The functions with a trait; usual parameters: leaky 0.01, PReLU 0.25, thresholds 0.5, others 1"""
    _one_of(Trait, trait=trait)
    return [name for name in options if _TRAITS[trait](_known(name), _USUAL.get(name))]


def having_by_torch(options: list[str], trait: Trait) -> list[str]:
    """The same read off torch's values and autograd's slopes at many points."""
    return [
        name
        for name in options
        if _seen(_torch_function(_known(name), _USUAL.get(name, 0.0)), trait)
    ]


_USUAL = {
    "linear": 1.0,
    "heaviside": 1.0,
    "hard-sigmoid": 1 / 6,
    "soft-shrink": 0.5,
    "hard-shrink": 0.5,
    "leaky-relu": 0.01,
    "prelu": 0.25,
    "elu": 1.0,
    "celu": 1.0,
    "softplus": 1.0,
    "swish": 1.0,
}
_TRAITS: dict[str, Callable[[Activation, float | None], bool]] = {
    "monotone": lambda f, p: slope_range(f, p)[0] >= 0 and _rises_at_breaks(f, p),
    "bounded": lambda f, p: not any(map(isinf, value_range(f, p))),
    "zero-centred": lambda f, p: abs(moment(f, 1, "value", p)) < 1e-9,
    "differentiable": lambda f, p: not kinks(f, p),
    "saturating": lambda f, p: not any(_far_slopes(f, p)),
    "non-negative": lambda f, p: value_range(f, p)[0] >= 0,
}


def _known(name: str) -> Activation:
    for known in FORMULAS:
        if known == name:
            return known  # type: ignore[return-value]
    raise ValueError(f"options must be among {', '.join(FORMULAS)}, found {name!r}")


def _rises_at_breaks(function: Activation, parameter: float | None) -> bool:
    p = _parameter(function, parameter)
    return all(_jet(function, x, p, "left")[0] <= v for x, v in _right_values(function, p))


def _far_slopes(function: Activation, parameter: float | None) -> list[float]:
    p = _parameter(function, parameter)
    return [_boundless(_jet(function, x, p, "left")[1]) for x in (-FARTHEST, FARTHEST)]


def _seen(f: Callable[[Any], Any], trait: Trait) -> bool:
    import torch

    x = (torch.arange(16000, dtype=torch.float64) - 7999.5) / 200  # symmetric, without 0
    y, far = f(x), torch.tensor([-1e30, 1e30], dtype=torch.float64)
    if trait == "monotone":
        return bool((torch.diff(y) >= -1e-15).all())
    if trait == "bounded":
        return bool((f(far).abs() < 1e20).all())
    if trait == "zero-centred":
        density = torch.exp(-x * x / 2) / (2 * torch.pi) ** 0.5
        return abs(float((y * density).sum())) / 200 < 1e-6
    if trait == "saturating":
        return bool((_autograd_slopes(f, far).abs() < 1e-20).all())
    if trait == "non-negative":
        return bool((y >= 0).all())
    eighths = torch.arange(-80, 81, dtype=torch.float64) / 8
    left, right = eighths - 1e-9, eighths + 1e-9
    gap = _autograd_slopes(f, left) - _autograd_slopes(f, right)
    return bool((gap.abs() < 1e-6).all() and ((f(left) - f(right)).abs() < 1e-6).all())
