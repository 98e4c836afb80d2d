"""Which mistake gives this answer: another convention, or misconceptions known to the question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from quizkit.model import Alternative, Value, Variant


class Diagnosis(Struct, frozen=True):
    """The convention under which an answer is right, and every misconception that gives it."""

    convention: str | None = None
    misconceptions: tuple[Alternative, ...] = ()


def diagnose(value: Value, variant: Variant, agrees: Callable[[Any, Any], bool]) -> Diagnosis:
    """What explains a wrong answer, judged by the same `agrees(answer, alternative)` as the key."""
    return Diagnosis(
        next((other.name for other in variant.conventions if agrees(value, other.value)), None),
        tuple(mistake for mistake in variant.misconceptions if agrees(value, mistake.value)),
    )
