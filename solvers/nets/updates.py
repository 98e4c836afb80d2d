"""What gradient descent, momentum and Adam do to all weights of all nets at once, in place."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal, get_args

from .arrays import Op
from .wide import Stack

Array = Any
Kind = Literal["gd", "momentum", "nesterov", "adam"]


@dataclass(frozen=True)
class Optimiser:
    """w − rate · direction; each net may have a rate of its own (an array of one per net)

    momentum: v ← μ v + g   [Sutskever 2013, as in torch]; adam   [Kingma & Ba 2015, algorithm 1]
    """

    kind: Kind = "gd"
    rate: Any = 0.1
    momentum: float = 0.9
    square: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind must be one of {get_args(Kind)}, found {self.kind!r}")
        for name in ("momentum", "square"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be in [0, 1), found {getattr(self, name)}")


def update(stack: Stack, chosen: Optimiser) -> list[Op]:
    """The calls after a backward pass; they overwrite the gradients."""
    import numpy

    space, gradient, weights = stack.space, stack.flat_gradient, stack.flat
    rate = space.put(numpy.broadcast_to(chosen.rate, (stack.nets,)))
    descend = [
        space.call("multiply", gradient, rate, out=gradient),
        space.call("subtract", weights, gradient, out=weights),
    ]
    if chosen.kind == "gd":
        return descend
    if chosen.kind == "adam":
        return [_Adam(stack, chosen), *descend]
    velocity = space.full(tuple(gradient.shape))
    carry = [
        space.call("multiply", velocity, chosen.momentum, out=velocity),
        space.call("add", velocity, gradient, out=velocity),
    ]
    if chosen.kind == "momentum":
        return [*carry, space.call("add", velocity, space.zero, out=gradient), *descend]
    ahead = space.full(tuple(gradient.shape))
    return [
        *carry,
        space.call("multiply", velocity, chosen.momentum, out=ahead),
        space.call("add", gradient, ahead, out=gradient),
        *descend,
    ]


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
