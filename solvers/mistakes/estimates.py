"""Mistakes in estimates. All of it is wrong on purpose."""

from __future__ import annotations


def forward_only(billions: int, trillions: int) -> int:
    """Wrong on purpose: counts the forward pass alone."""
    return 2 * billions * 10**9 * trillions * 10**12
