"""What experiments compare within a seed."""

from __future__ import annotations

import math

# A pair with one run there counts if the other is known to take at least this many times as long.
LEAST = 4.0


def log_ratio(longer: float, shorter: float, steps: int | None = None) -> float:
    """ln(longer / shorter) of two step counts; −1: not there when its `steps` ended; NaN: blown up

    Both there: the ratio itself. One there, after at most a quarter of the steps: the other counts with
    all of them, so that this is the least, in size, that the ratio can be, and at least ln 4. One there
    only later, or where `steps` is not given, or none there: infinite, that is censored. One blown up: NaN.
    """
    if math.isnan(longer) or math.isnan(shorter):
        return math.nan
    if longer < 0 and shorter < 0:
        return math.inf
    if longer < 0 or shorter < 0:
        arrived = max(longer, shorter, 1)
        if steps is None or LEAST * arrived > steps:
            return math.inf
        least = math.log(steps / arrived)
        return least if longer < 0 else -least
    return math.log(max(longer, 1) / max(shorter, 1))
