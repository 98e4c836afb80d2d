"""Learning-rate schedules: what the rate is multiplied by at each step."""

from __future__ import annotations

from math import cos, pi
from typing import Literal, get_args

Schedule = Literal["constant", "linear", "rising", "step", "cosine", "inverse", "warm_up"]


def factors(kind: Schedule, steps: int) -> tuple[float, ...]:
    """One factor per step t = 0 ... T − 1, none above 1

    linear 1 − t/T; rising (t + 1)/T; step 1, 0.1 from T/2 on, 0.01 from 3T/4 on; cosine ½(1 + cos πt/T)
    [Loshchilov & Hutter 2017]; inverse 1/(1 + 20t/T)   [Robbins & Monro 1951]; warm_up (t + 1)/(T/10), at
    most 1.
    """
    if kind not in get_args(Schedule):
        raise ValueError(f"kind must be one of {get_args(Schedule)}, found {kind!r}")
    return tuple(_factor(kind, step, steps) for step in range(steps))


def _factor(kind: Schedule, step: int, steps: int) -> float:
    done = step / steps
    values = {
        "constant": 1.0,
        "linear": 1 - done,
        "rising": (step + 1) / steps,
        "step": 0.1 ** ((done >= 0.5) + (done >= 0.75)),
        "cosine": (1 + cos(pi * done)) / 2,
        "inverse": 1 / (1 + 20 * done),
        "warm_up": min(1.0, 10 * (step + 1) / steps),
    }
    return values[kind]
