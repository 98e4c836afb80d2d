"""What all experiments share."""

from __future__ import annotations

from typing import Any

from ..nets.model import Net
from ..nets.train import Run, train
from ..nets.updates import Optimiser

TUNING = 1_000_000  # seeds from here on choose settings, and judge nothing


def counted(seeds: int, first: int, **others: int) -> None:
    """Refuses counts below 1."""
    for name, value in {"seeds": seeds, **others}.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")
    if first < 0:
        raise ValueError(f"first must be at least 0, found {first}")


def floats(values: Any) -> list[float]:
    """Plain floats, one a seed."""
    return [float(value) for value in values]


def steps_to(
    net: Net,
    weights: Any,
    inputs: Any,
    targets: Any,
    rule: Optimiser,
    steps: int,
    goal: float,
    first: int = 0,
) -> list[int]:
    """Steps to the loss `goal`, −1 where never; dropout's masks go by net numbers from `first` on."""
    run: Run = train(net, weights, inputs, targets, rule, steps, target_loss=goal, first=first)
    return [int(count) for count in run.reached]
