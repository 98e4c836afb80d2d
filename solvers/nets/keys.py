"""Keys by the hundred thousand: one step of gradient descent on nets whose weights are given."""

from __future__ import annotations

from typing import Any

from .model import Net
from .train import train
from .updates import Optimiser

Array = Any


def one_step_keys(
    net: Net, weights: list[Array], inputs: Array, targets: Array, rate: Any
) -> list[Array]:
    """w − rate · ∂L/∂w of K nets at once, float64: per layer [fan_in + 1, fan_out, K], biases last

    inputs [points, features, K] and targets [points, outputs, K] of each net's own, or shared without
    the last axis; `rate` is one number, or one per net.
    """
    return train(net, weights, inputs, targets, Optimiser("gd", rate), 1).weights
