"""What all experiments share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..nets.model import Net
from ..nets.statistics import log_ratio
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
) -> list[float]:
    """Steps to the loss `goal`, as `arrivals`; dropout's masks go by net numbers from `first` on."""
    run: Run = train(net, weights, inputs, targets, rule, steps, target_loss=goal, first=first)
    return arrivals(run)


def arrivals(run: Run) -> list[float]:
    """Steps to the target loss: −1 where the run ended before, NaN where its loss is no finite number."""
    import numpy

    with numpy.errstate(over="ignore", invalid="ignore"):
        is_finite = numpy.isfinite((run.outputs**2).sum(axis=(0, 1)))
    return floats(numpy.where((run.reached >= 0) | is_finite, run.reached, numpy.nan))


def log_ratios(longer: Sequence[float], shorter: Sequence[float], steps: int) -> list[float]:
    """`log_ratio` of each pair of runs of at most so many steps."""
    return [log_ratio(*pair, steps) for pair in zip(longer, shorter, strict=True)]
