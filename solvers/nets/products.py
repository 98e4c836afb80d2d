"""A layer's products with inputs that all nets share, or of which each net has its own."""

from __future__ import annotations

from .arrays import Array, Op, Space


def projected(space: Space, inputs: Array, weights: Array, out: Array) -> Op:
    """Inputs [points, features, (nets)] times weights [features, units, nets]: one product when shared."""
    if inputs.ndim == 3:
        return space.contract("pik,iok->pok", inputs, weights, out)
    rows, flat = weights.reshape(weights.shape[0], -1), out.reshape(inputs.shape[0], -1)
    return space.product(inputs, rows, flat)


def projected_gradient(space: Space, inputs: Array, delta: Array, gradient: Array) -> Op:
    """The gradient of those weights."""
    if inputs.ndim == 3:
        return space.contract("pik,pok->iok", inputs, delta, gradient)
    rows, flat = delta.reshape(inputs.shape[0], -1), gradient.reshape(inputs.shape[1], -1)
    return space.product(inputs.T, rows, flat)
