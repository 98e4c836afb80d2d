"""What a step does to all weights of all nets at once, in place: clip, decay, direction, rate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any, Literal, get_args

from .arrays import Op, Space
from .wide import Stack

Array = Any
Kind = Literal["gd", "momentum", "nesterov", "adam"]


@dataclass(frozen=True)
class Optimiser:
    """w − rate · direction; each net may have a rate and a decay of its own (an array of one per net)

    momentum: v ← μ v + g   [Sutskever 2013, as in torch]; adam   [Kingma & Ba 2015, algorithm 1]
    The gradient is clipped first: each element to ±`clip_value`, then each net's to the norm `clip`
    [Pascanu 2013]. `decay` adds decay · w to it (L2), or, decoupled, takes rate · decay · w off w
    [Loshchilov & Hutter 2019]. `factors` multiply the rate, one a step, the last one from then on.
    """

    kind: Kind = "gd"
    rate: Any = 0.1
    momentum: float = 0.9
    square: float = 0.999
    epsilon: float = 1e-8
    decay: Any = 0.0
    decoupled: bool = False
    clip: float | None = None
    clip_value: float | None = None
    factors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind must be one of {get_args(Kind)}, found {self.kind!r}")
        for name in ("momentum", "square"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be in [0, 1), found {getattr(self, name)}")
        for name in ("clip", "clip_value"):
            if (found := getattr(self, name)) is not None and found <= 0:
                raise ValueError(f"{name} must be above 0, found {found}")


def update(stack: Stack, chosen: Optimiser) -> list[Op]:
    """The calls after a backward pass; they overwrite the gradients."""
    import numpy

    space, gradient, weights = stack.space, stack.flat_gradient, stack.flat
    nets = (stack.nets,)
    rate = space.put(numpy.broadcast_to(chosen.rate, nets))
    decay = space.put(numpy.broadcast_to(chosen.decay, nets))
    decays = bool(numpy.any(numpy.asarray(chosen.decay) != 0))
    calls = _clipped(stack, chosen)
    if chosen.factors:
        calls.insert(0, _Scheduled(space, rate, chosen.factors))
    if decays and not chosen.decoupled:
        calls += _added(stack, decay)
    calls += _directed(stack, chosen)
    if decays and chosen.decoupled:
        calls += _shrunk(stack, rate, decay)
    return [
        *calls,
        space.call("multiply", gradient, rate, out=gradient),
        space.call("subtract", weights, gradient, out=weights),
    ]


def _clipped(stack: Stack, chosen: Optimiser) -> list[Op]:
    """g ← g · min(1, clip / (‖g‖ + 10⁻⁶)), ‖g‖ over all of a net's weights, as in torch"""
    space, gradient, calls = stack.space, stack.flat_gradient, list[Op]()
    if (limit := chosen.clip_value) is not None:
        calls.append(partial(space.xp.clip, gradient, -limit, limit, out=gradient))
    if chosen.clip is None:
        return calls
    spare, norm = space.full(tuple(gradient.shape)), space.full((stack.nets,))
    return [
        *calls,
        space.call("multiply", gradient, gradient, out=spare),
        space.total(spare, 0, norm),
        space.call("sqrt", norm, out=norm),
        space.call("add", norm, space.put(1e-6), out=norm),
        space.call("divide", space.put(chosen.clip), norm, out=norm),
        space.call("minimum", norm, space.one, out=norm),
        space.call("multiply", gradient, norm, out=gradient),
    ]


def _added(stack: Stack, decay: Array) -> list[Op]:
    space, gradient = stack.space, stack.flat_gradient
    spare = space.full(tuple(gradient.shape))
    return [
        space.call("multiply", stack.flat, decay, out=spare),
        space.call("add", gradient, spare, out=gradient),
    ]


def _shrunk(stack: Stack, rate: Array, decay: Array) -> list[Op]:
    space, keep = stack.space, stack.space.full((stack.nets,))
    return [
        space.call("multiply", rate, decay, out=keep),
        space.call("subtract", space.one, keep, out=keep),
        space.call("multiply", stack.flat, keep, out=stack.flat),
    ]


def _directed(stack: Stack, chosen: Optimiser) -> list[Op]:
    """Replaces the gradient by the direction of the step."""
    space, gradient = stack.space, stack.flat_gradient
    if chosen.kind == "gd":
        return []
    if chosen.kind == "adam":
        return [_Adam(stack, chosen)]
    velocity = space.full(tuple(gradient.shape))
    carry = [
        space.call("multiply", velocity, chosen.momentum, out=velocity),
        space.call("add", velocity, gradient, out=velocity),
    ]
    if chosen.kind == "momentum":
        return [*carry, space.call("add", velocity, space.zero, out=gradient)]
    ahead = space.full(tuple(gradient.shape))
    return [
        *carry,
        space.call("multiply", velocity, chosen.momentum, out=ahead),
        space.call("add", gradient, ahead, out=gradient),
    ]


class _Scheduled:
    """Sets the rate for its step."""

    def __init__(self, space: Space, rate: Array, factors: tuple[float, ...]) -> None:
        self.xp, self.rate, self.factors = space.xp, rate, factors
        self.whole = space.put(space.get(rate))
        self.steps = 0

    def __call__(self) -> None:
        """rate ← rate of the start · factor of the step"""
        factor = self.factors[min(self.steps, len(self.factors) - 1)]
        self.xp.multiply(self.whole, factor, out=self.rate)
        self.steps += 1


class _Adam:
    """Replaces the gradient g by m̂ / (√v̂ + ε)."""

    def __init__(self, stack: Stack, chosen: Optimiser) -> None:
        self.xp, self.gradient, self.chosen = stack.space.xp, stack.flat_gradient, chosen
        shape = tuple(self.gradient.shape)
        self.mean, self.square, self.spare = (stack.space.full(shape) for _ in range(3))
        self.steps = 0

    def __call__(self) -> None:
        """m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²"""
        xp, gradient, mean, square, spare = (
            self.xp,
            self.gradient,
            self.mean,
            self.square,
            self.spare,
        )
        first, second = self.chosen.momentum, self.chosen.square
        self.steps += 1
        xp.multiply(mean, first, out=mean)
        xp.multiply(gradient, 1 - first, out=spare)
        xp.add(mean, spare, out=mean)
        xp.multiply(gradient, gradient, out=gradient)
        xp.multiply(gradient, 1 - second, out=gradient)
        xp.multiply(square, second, out=square)
        xp.add(square, gradient, out=square)
        xp.sqrt(square, out=spare)
        xp.multiply(spare, 1 / sqrt(1 - second**self.steps), out=spare)
        xp.add(spare, self.chosen.epsilon, out=spare)
        xp.divide(mean, spare, out=gradient)
        xp.multiply(gradient, 1 / (1 - first**self.steps), out=gradient)
