"""What follows from a learner's own wrong value, and when that earns credit.

As a fair examiner has it, credit for following through needs a value that shows the way of working.
What follows is therefore worth nothing where it is trivial and the earlier value is no known mistake
(0; an earlier value or a number of the question again; whatever follows from a 0), where one value
was given for all parts, and where it would follow from a random wrong value, too.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from quizkit.diagnosis import CHANCE, Compute, wrong_answers
from quizkit.errors import QuizkitError
from quizkit.model import Given, Grade, Step, Value, Variant
from quizkit.values.tolerance import agrees, read_tolerance

DRAWS = 25
SECONDS = 0.1  # for all draws of a part: the learner waits for them
LEFT_OUT = ""


class Followed(Struct, frozen=True):
    """What follows from the learner's values, the wrong ones among them, and why it is worth nothing."""

    expected: Value
    wrong: tuple[int, ...] = ()
    agrees: bool = False
    objection: str = ""

    @property
    def counts(self) -> bool:
        """Whether the learner's value is this one, and shows how it was found."""
        return self.agrees and not self.objection


def followed(
    index: int,
    values: tuple[Value, ...],
    variant: Variant,
    earlier: Sequence[Grade],
    compute: Compute,
) -> Followed | None:
    """What part `index` comes to from the learner's own earlier values; None where nothing does."""
    step = variant.steps[index]
    if not step.uses or any(values[at] == LEFT_OUT for at in step.uses.values()):
        return None
    given = {**step.variant.given, **{name: argument(values[at]) for name, at in step.uses.items()}}
    try:
        expected = compute(step.solver, given)
    except QuizkitError:  # from these values nothing follows
        return None
    wrong = tuple(sorted({at for at in step.uses.values() if earlier[at].verdict != "right"}))
    if not agrees(values[index], expected, _tolerance(step)):
        return Followed(expected, wrong)
    objection = _alike(values)
    if wrong and not objection:
        known = all(_is_known(earlier[at]) for at in wrong)
        objection = "" if known else _trivial(index, values, variant, wrong)
        objection = objection or _earned_by_chance(index, values, variant, wrong, compute)
    return Followed(expected, wrong, agrees=True, objection=objection)


def argument(value: Any) -> Any:
    """A value as typed, as a solver takes it: arrays as lists, fractions as floats."""
    if isinstance(value, tuple):
        return [argument(item) for item in value]
    return value if isinstance(value, int | str) else float(value)


def _is_known(grade: Grade) -> bool:
    """Whether a wrong value is a mistake with a name, or follows from one and counts."""
    return bool(grade.misconception or grade.convention or grade.score)


def _alike(values: tuple[Value, ...]) -> str:
    typed = [value for value in values if value != LEFT_OUT]
    same = len(typed) > 1 and all(value == typed[0] for value in typed)
    return "the same value is given for every part" if same else ""


def _trivial(
    index: int, values: tuple[Value, ...], variant: Variant, wrong: tuple[int, ...]
) -> str:
    """Why a value says nothing of how it was found; nothing where it may."""
    step, value = variant.steps[index], values[index]
    tolerance = _tolerance(step)
    if _is_zero(value):
        return "0 does not show how it was found"
    nought = next((at for at in wrong if _is_zero(values[at])), None)
    if nought is not None:
        return f"your answer to {nought + 1} is 0, which is no known mistake"
    again = next((at for at in range(index) if agrees(value, values[at], tolerance)), None)
    if again is not None:
        return f"it is your answer to {again + 1} again"
    givens = [given for name, given in variant.given.items() if name not in step.uses]
    if any(agrees(value, _frozen(given), tolerance) for given in givens):
        return "it is a number of the question again"
    return ""


def _earned_by_chance(
    index: int,
    values: tuple[Value, ...],
    variant: Variant,
    wrong: tuple[int, ...],
    compute: Compute,
) -> str:
    """That other random wrong values in place of the learner's would lead to the same, where they do."""
    step = variant.steps[index]
    began, drawn, like = time.monotonic(), 0, 0
    others = (_other_answers(variant.steps[at].variant, values[at]) for at in wrong)
    for draw in zip(*others, strict=False):
        if drawn and time.monotonic() - began > SECONDS:
            break
        own = {at: values[at] for at in step.uses.values()} | dict(zip(wrong, draw, strict=True))
        given: Given = {name: argument(own[at]) for name, at in step.uses.items()}
        drawn += 1
        try:
            expected = compute(step.solver, {**step.variant.given, **given})
        except QuizkitError:
            continue
        like += agrees(values[index], expected, _tolerance(step))
    if like < CHANCE * drawn or not like:
        return ""
    return f"it would follow from {like} of {drawn} random wrong answers, too"


def _other_answers(variant: Variant, own: Value) -> tuple[Value, ...]:
    """Random answers to an earlier part, but neither right nor the learner's own."""
    tolerance = read_tolerance(variant.within, variant.unit)

    def is_near(one: Any, other: Any) -> bool:
        return agrees(one, other, tolerance)

    drawn = wrong_answers(variant, is_near)
    others = [answer for answer in drawn if not is_near(answer, own)]
    return tuple(others[:: max(1, len(others) // DRAWS)][:DRAWS])


def _tolerance(step: Step) -> Any:
    return read_tolerance(step.variant.within, step.variant.unit)


def _is_zero(value: Any) -> bool:
    return all(map(_is_zero, value)) if isinstance(value, tuple) else value == 0


def _frozen(value: Any) -> Any:
    """A number or list of the question as answers are held."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
