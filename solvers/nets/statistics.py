"""What experiments compare within a seed."""

from __future__ import annotations

import math


def log_ratio(longer: float, shorter: float) -> float:
    """ln(longer / shorter) of two step counts; a count below 0 means never: infinite, that is censored"""
    if longer < 0 or shorter < 0:
        return math.inf
    return math.log(max(longer, 1) / max(shorter, 1))
