"""How a grade comes about: what was read, what it was held against, and what each comparison said."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from quizkit import grading
from quizkit.diagnosis import AND, CHANCE, Compute, chance, slip_behind, slips_of
from quizkit.grading.carried import LEFT_OUT, Followed
from quizkit.grading.compared import shown_answer, shown_array
from quizkit.grading.parts import judged
from quizkit.model import Misread, Value, Variant
from quizkit.values.show import show
from quizkit.values.tolerance import Tolerance, agrees, margin, read_tolerance


def explained(raw: str, variant: Variant, compute: Compute | None = None) -> list[str]:
    """Each step of the decision, in order."""
    reading = grading.read(raw, variant)
    if isinstance(reading, Misread):
        return [f"cannot be read at character {reading.position + 1}: {reading.problem}"]
    steps = [f"read as {_shown(reading.value)}"]
    if variant.kind in ("number", "shape", "array") and variant.fermi is None:
        steps += _compared(reading.value, variant, compute)
    elif variant.kind == "parts":
        steps += _in_parts(reading.value, variant, compute)
    else:
        steps += grading.reasons(reading.value, variant)
    grade = grading.grade(reading.value, variant, compute)
    return [*steps, f"so it is {grade.verdict}, worth {grade.score:g}"]


def _compared(value: Value, variant: Variant, compute: Compute | None) -> Iterator[str]:
    tolerance = read_tolerance(variant.within, variant.unit)
    yield _against("the key", value, variant.key, tolerance)
    if agrees(value, variant.key, tolerance):
        return
    for other in variant.conventions:
        yield _against(f"the convention “{other.name}”", value, other.value, tolerance)
    for other in variant.misconceptions:
        yield _against(f"the mistake “{other.name}”", value, other.value, tolerance)
    yield from _slips(value, variant, tolerance, compute)


def _slips(
    value: Value, variant: Variant, tolerance: Tolerance | None, compute: Compute | None
) -> Iterator[str]:
    def near(one: Any, other: Any) -> bool:
        return agrees(one, other, tolerance)

    found = list(slips_of(variant, compute))
    matching = [(phrase, other) for phrase, other in found if near(value, other)]
    named = (slip_behind(value, variant, near, compute) or "").split(AND)
    yield f"held against {len(found)} slips: {len(matching)} give it"
    for phrase, other in matching:
        often = chance(other, variant, near)
        told = "named" if phrase in named else "not named"
        limit = f"by chance in {often:.1%} of wrong answers, below {CHANCE:.0%} is named"
        yield f"  if {phrase} ({limit}): {told}"


def _against(name: str, value: Value, other: Value, tolerance: Tolerance | None) -> str:
    said = "agrees" if agrees(value, other, tolerance) else "differs"
    return f"against {name}, {_shown(other)}: {said}{_distance(value, other, tolerance)}"


def _distance(value: Any, other: Any, tolerance: Tolerance | None) -> str:
    """How far apart two numbers are, and how far they may be."""
    if isinstance(value, tuple | str) or isinstance(other, tuple | str):
        return ""
    apart = abs(Fraction(value) - Fraction(other))
    allowed = margin(other, tolerance)
    limit = f"at most {float(allowed):.6g} allowed" if allowed else "must be exact"
    return f" (|difference| {float(apart):.6g}, {limit})"


def _in_parts(value: Any, variant: Variant, compute: Compute | None) -> Iterator[str]:
    """Each part against its key and what is known of it, then against what follows from earlier ones."""
    for at, (grade, follows) in enumerate(judged(value, variant, compute)):
        own, step = value[at], variant.steps[at].variant
        name = f"part {at + 1}: "
        if own == LEFT_OUT:
            yield f"{name}left out"
            continue
        counts = follows is not None and follows.counts
        found = list(_compared(own, step, None if counts else compute))
        yield from (name + line for line in (found[:1] if counts else found))
        if follows is not None:
            tolerance = read_tolerance(step.within, step.unit)
            yield from (name + line for line in _following(own, follows, tolerance))
        yield f"{name}worth {grade.score:g} of 1"


def _following(own: Value, follows: Followed, tolerance: Tolerance | None) -> Iterator[str]:
    """What follows from the learner's own earlier values, and whether it counts."""
    parts = " and ".join(str(at + 1) for at in follows.wrong)
    source = f"your answer to {parts}" if parts else "your rounded value"
    yield _against(f"what follows from {source}", own, follows.expected, tolerance)
    if follows.counts:
        yield "that counts in full"
    elif follows.agrees:
        yield f"that does not count: {follows.objection}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return shown_array(value, _shown)
    return show(value) if isinstance(value, str) else shown_answer(value)
