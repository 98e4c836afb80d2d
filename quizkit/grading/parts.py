"""Questions in parts: each part graded as its kind is, an earlier error carried forward and said."""

from __future__ import annotations

from typing import Any

from quizkit.diagnosis import Compute
from quizkit.errors import QuizkitError
from quizkit.grading import array, number, shape
from quizkit.model import Grade, Misread, Reading, Step, Understood, Value, Variant
from quizkit.values.tolerance import agrees, read_tolerance

_KINDS: dict[str, Any] = {"array": array, "number": number, "shape": shape}
_UNKNOWN = ("", "?", "-")  # a part that the learner leaves out


def read(raw: str, variant: Variant) -> Reading:
    """A value for each part, parted by semicolons; `?` leaves one out."""
    spans = _spans(raw)
    if len(spans) != len(variant.steps):
        example = "; ".join("?" * len(variant.steps))
        wanted = f"expected {len(variant.steps)} answers parted by semicolons, as in {example}"
        return Misread(f"{wanted}; found {len(spans)}", len(raw.rstrip()))
    values: list[Value] = []
    for (start, text), step in zip(spans, variant.steps, strict=True):
        if text.strip() in _UNKNOWN:
            values.append("")
            continue
        reading = _KINDS[step.variant.kind].read(text, step.variant)
        if isinstance(reading, Misread):
            return Misread(reading.problem, start + reading.position)
        values.append(reading.value)
    return Understood(tuple(values))


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """A share of the credit for each part that is right, or that follows from an earlier one's error."""
    values: Any = value
    grades = [_part(index, values, variant, compute) for index in range(len(variant.steps))]
    score = sum(found.score for found in grades) / len(grades)
    told = [
        f"{number}: {found.feedback}"
        for number, found in enumerate(grades, 1)
        if found.verdict != "right"
    ]
    if not told:
        return Grade(verdict="right", score=1.0, feedback="Right: every part.")
    named = next((found for found in grades if found.misconception), None)
    return Grade(
        verdict="partly" if score else "wrong",
        score=score,
        feedback="\n".join(told),
        misconception=named.misconception if named else None,
    )


def key_text(variant: Variant) -> str:
    """The parts' keys in order."""
    return "; ".join(_KINDS[step.variant.kind].key_text(step.variant) for step in variant.steps)


def _spans(raw: str) -> list[tuple[int, str]]:
    """Where each piece starts, and its text."""
    pieces = raw.split(";")
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece) + 1)
    return list(zip(starts, pieces, strict=True))


def _part(
    index: int, values: tuple[Value, ...], variant: Variant, compute: Compute | None
) -> Grade:
    step, value = variant.steps[index], values[index]
    kind = _KINDS[step.variant.kind]
    if value == "":
        left = f"left out; it is {kind.key_text(step.variant)}."
        return Grade(verdict="wrong", score=0.0, feedback=left)
    found: Grade = kind.grade(value, step.variant)
    if found.verdict == "right" or compute is None:
        return found
    carried = _carried(step, value, values, variant, compute)
    if carried is None and found.misconception is None:
        found = kind.grade(value, step.variant, compute)
    return carried or found


def _carried(
    step: Step, value: Value, values: tuple[Value, ...], variant: Variant, compute: Compute
) -> Grade | None:
    """Full credit where the value follows from the learner's own earlier values; None where not."""
    if not step.uses or any(values[at] == "" for at in step.uses.values()):
        return None
    own = {name: _argument(values[at]) for name, at in step.uses.items()}
    try:
        expected = compute(step.solver, {**step.variant.given, **own})
    except QuizkitError:  # from these values nothing follows
        return None
    tolerance = read_tolerance(step.variant.within, step.variant.unit)
    if not agrees(value, expected, tolerance):
        return None
    key = _KINDS[step.variant.kind].key_text(step.variant)
    wrong = [at for at in step.uses.values() if not _is_right(at, values, variant)]
    if wrong:
        parts = " and ".join(str(at + 1) for at in sorted(set(wrong)))
        told = f"follows from your answer to {parts}, and counts; from the right one it is {key}."
    else:
        told = f"follows from your rounded value, and counts; carried on unrounded it is {key}."
    return Grade(verdict="partly", score=1.0, feedback=told)


def _is_right(at: int, values: tuple[Value, ...], variant: Variant) -> bool:
    step = variant.steps[at]
    tolerance = read_tolerance(step.variant.within, step.variant.unit)
    return agrees(values[at], step.variant.key, tolerance)


def _argument(value: Any) -> Any:
    """A value as typed, as a solver takes it: arrays as lists, fractions as floats."""
    if isinstance(value, tuple):
        return [_argument(item) for item in value]
    return value if isinstance(value, int) else float(value)
