"""Mistakes people make with an optimiser's memory: everything here is wrong on purpose."""

from __future__ import annotations

from ..optimiser_runs import Rule, state_values


def weight_counted(rule: Rule) -> int:
    """Wrong on purpose: counts the weight itself as state."""
    return state_values(rule) + 1


def velocity_only(rule: Rule) -> int:
    """Wrong on purpose: one value per weight, as with momentum."""
    return 1
