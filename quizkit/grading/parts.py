"""Questions in parts: each part graded as its kind is, an earlier error carried forward and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from quizkit.diagnosis import Compute
from quizkit.grading import array, number, shape
from quizkit.grading.carried import LEFT_OUT, Followed, followed
from quizkit.model import Grade, Misread, Reading, Understood, Value, Variant

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
            values.append(LEFT_OUT)
            continue
        reading = _KINDS[step.variant.kind].read(text, step.variant)
        if isinstance(reading, Misread):
            return Misread(reading.problem, start + reading.position)
        values.append(reading.value)
    return Understood(tuple(values))


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """An equal share of the credit for each part that is right, or that follows from an earlier error."""
    grades = [found for found, _ in judged(value, variant, compute)]
    score = sum(found.score for found in grades) / len(grades)
    wrong = [(at, found) for at, found in enumerate(grades, 1) if found.verdict != "right"]
    if not wrong:
        return Grade(verdict="right", score=1.0, feedback="Right: every part.")
    named = next((found for found in grades if found.misconception), None)
    conventions = {found.convention for _, found in wrong}
    return Grade(
        verdict="partly" if score else "wrong",
        score=score,
        feedback="\n".join(f"{at}: {found.feedback}" for at, found in wrong),
        misconception=named.misconception if named else None,
        convention=conventions.pop() if len(conventions) == 1 else None,
    )


def judged(
    value: Value, variant: Variant, compute: Compute | None = None
) -> list[tuple[Grade, Followed | None]]:
    """The grade of each part, and what follows for it from earlier ones where that was looked at."""
    values: Any = value
    found: list[tuple[Grade, Followed | None]] = []
    for index in range(len(variant.steps)):
        earlier = [grade for grade, _ in found]
        found.append(_part(index, values, variant, earlier, compute))
    return found


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
    index: int,
    values: tuple[Value, ...],
    variant: Variant,
    earlier: Sequence[Grade],
    compute: Compute | None,
) -> tuple[Grade, Followed | None]:
    step, value = variant.steps[index], values[index]
    kind = _KINDS[step.variant.kind]
    if value == LEFT_OUT:
        left = f"left out; it is {kind.key_text(step.variant)}."
        return Grade(verdict="wrong", score=0.0, feedback=left), None
    found: Grade = kind.grade(value, step.variant)
    if found.verdict == "right" or compute is None:
        return found, None
    follows = followed(index, values, variant, earlier, compute)
    if follows is not None and follows.counts:
        return _carried(follows, kind.key_text(step.variant)), follows
    if found.misconception is None and found.convention is None:
        found = kind.grade(value, step.variant, compute)
    if follows is not None and follows.objection:
        found = replace(found, feedback=f"{found.feedback} {_uncounted(follows)}")
    return found, follows


def _carried(follows: Followed, key: str) -> Grade:
    """Full credit for a value that follows from the learner's own earlier ones."""
    if follows.wrong:
        parts = _parts(follows.wrong)
        told = f"follows from your answer to {parts}, and counts; from the right one it is {key}."
    else:
        told = f"follows from your rounded value, and counts; carried on unrounded it is {key}."
    return Grade(verdict="partly", score=1.0, feedback=told)


def _uncounted(follows: Followed) -> str:
    where = f"your answer to {_parts(follows.wrong)}" if follows.wrong else "your rounded value"
    return f"It follows from {where}, but does not count: {follows.objection}."


def _parts(places: tuple[int, ...]) -> str:
    return " and ".join(str(at + 1) for at in places)
