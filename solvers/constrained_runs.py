"""Several steps of descent with clipped gradients, with an L1 penalty, or with weights held in a ball.

Plain gradient descent on the loss ½ Σ h_i (w_i − a_i)², curvatures h and aims a. Steps with an L2 penalty
are `optimisers.sgd` with its decay, one application of each rule is in backprop and penalties.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from .backprop import clip_by_value
from .penalties import max_norm
from .ranges import _finite, _not_negative, _numbers, _one_of, _positive, _steps

Rule = Literal["none", "clip by value", "clip by norm", "L1", "L1, proximal", "max-norm"]
Vector = list[float]
FIRM = 2.0**40  # makes torch's additions of 1e-6 or 1e-7 to a norm vanish


def path(
    rule: Rule,
    weights: Vector,
    curvatures: Vector,
    aims: Vector,
    rate: float,
    strength: float,
    steps: int,
) -> list[Vector]:
    """The weights before and after each step w ← w − η g, g = h (w − a), where `strength` s is

    clip by value: g_i to [−s, s]; clip by norm: g · min(1, s/|g|); L1: g + s sign(w), 0 at 0; L1,
    proximal: w − η g moved by η s towards 0, at most to 0; max-norm: then w · min(1, s/|w|); none: 0
    [Pascanu et al. 2013, alg. 1; Beck & Teboulle 2009, eq. 1.5; Srivastava et al. 2014, sec. 5.1]
    """
    _check(rule, weights, curvatures, aims, rate, strength, steps)
    found = [list(map(float, weights))]
    for _ in range(steps):
        w = found[-1]
        slopes = [h * (v - a) for h, v, a in zip(curvatures, w, aims, strict=True)]
        g = _ruled(rule, w, slopes, strength)
        w = [v - rate * slope for v, slope in zip(w, g, strict=True)]
        if rule == "L1, proximal":
            w = [_shrunk(v, rate * strength) for v in w]
        if rule == "max-norm":
            [w] = max_norm([w], strength)
        found.append([_finite(v) for v in w])
    return found


def path_by_torch(
    rule: Rule,
    weights: Vector,
    curvatures: Vector,
    aims: Vector,
    rate: float,
    strength: float,
    steps: int,
) -> list[Vector]:
    """torch.optim.SGD, autograd through the loss, an L1 term added for L1; then clip_grad_value_,
    clip_grad_norm_, renorm or softshrink."""
    import torch

    _check(rule, weights, curvatures, aims, rate, strength, steps)
    w = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
    h, a = (torch.tensor(each, dtype=torch.float64) for each in (curvatures, aims))
    optimiser, found = torch.optim.SGD([w], lr=rate), [list(map(float, weights))]
    clip: dict[str, Callable[[], object]] = {
        "clip by value": lambda: torch.nn.utils.clip_grad_value_([w], strength),
        "clip by norm": lambda: _clipped_in_torch(w, strength),
    }
    pull: dict[str, Callable[[Any], Any]] = {
        "L1, proximal": lambda v: torch.nn.functional.softshrink(v, rate * strength),
        "max-norm": lambda v: torch.renorm(v[None] * FIRM, 2, 0, strength * FIRM)[0] / FIRM,
    }
    for _ in range(steps):
        optimiser.zero_grad()
        loss = (h * (w - a) ** 2).sum() / 2
        torch.autograd.backward(loss + strength * w.abs().sum() if rule == "L1" else loss)
        clip.get(rule, lambda: None)()
        optimiser.step()
        with torch.no_grad():
            w.copy_(pull.get(rule, lambda v: v)(w))
        found.append([_finite(v) for v in w.tolist()])
    return found


def last_loss(
    rule: Rule,
    weights: Vector,
    curvatures: Vector,
    aims: Vector,
    rate: float,
    strength: float,
    steps: int,
) -> float:
    """½ Σ h (w − a)² after the last step, without any penalty"""
    last = path(rule, weights, curvatures, aims, rate, strength, steps)[-1]
    gaps = zip(curvatures, last, aims, strict=True)
    return sum(h * (w - a) ** 2 for h, w, a in gaps) / 2


def last_loss_by_torch(
    rule: Rule,
    weights: Vector,
    curvatures: Vector,
    aims: Vector,
    rate: float,
    strength: float,
    steps: int,
) -> float:
    """torch's weighted product of the gaps after torch's own run."""
    import torch

    last = path_by_torch(rule, weights, curvatures, aims, rate, strength, steps)[-1]
    h, w, a = (torch.tensor(each, dtype=torch.float64) for each in (curvatures, last, aims))
    return float(torch.einsum("i,i,i->", h, w - a, w - a) / 2)


def _ruled(rule: Rule, w: Vector, slopes: Vector, strength: float) -> Vector:
    """The gradient that is followed."""
    if rule == "clip by value" and any(slopes):
        return clip_by_value(slopes, strength)
    if rule == "clip by norm":
        [clipped] = max_norm([slopes], strength)
        return clipped
    if rule == "L1":
        return [g + strength * ((v > 0) - (v < 0)) for g, v in zip(slopes, w, strict=True)]
    return slopes


def _shrunk(value: float, by: float) -> float:
    return max(value - by, 0.0) if value > 0 else min(value + by, 0.0)


def _clipped_in_torch(w: Any, limit: float) -> None:
    import torch

    w.grad.mul_(FIRM)
    torch.nn.utils.clip_grad_norm_([w], limit * FIRM)
    w.grad.div_(FIRM)


def _check(
    rule: Rule,
    weights: Vector,
    curvatures: Vector,
    aims: Vector,
    rate: float,
    strength: float,
    steps: int,
) -> None:
    _one_of(Rule, rule=rule)
    _numbers(weights=weights, curvatures=curvatures, aims=aims, rate=rate, strength=strength)
    lengths = [len(weights), len(curvatures), len(aims)]
    if min(lengths) < 1 or min(lengths) != max(lengths):
        raise ValueError(f"weights, curvatures and aims must be equally long, found {lengths}")
    _positive(rate=rate, **{"the least curvature": min(curvatures)})
    _steps(steps, 1000)
    _not_negative(strength=strength)
    if rule == "none" and strength:
        raise ValueError(f"strength must be 0 without a rule, found {strength}")
    if rule in ("clip by value", "clip by norm", "max-norm"):
        _positive(strength=strength)
