"""Questions in parts: each part by its witnesses, all of them by the route that gives them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizkit.model import Entry, Given, PartsQuestion, Value, Variant
from quizkit.values.carry import canonical, to_json
from quizkit.values.show import show
from quizkit.values.tolerance import agrees, close, read_tolerance
from quizkit.variant import Compute, build
from quizkit.verify.report import Findings
from quizkit.verify.variants import call_text

if TYPE_CHECKING:
    from quizkit.verify.keys import Functions

WHOLE = 1e-9  # relative: the same value by another route


def check(
    question: PartsQuestion,
    entry: Entry,
    variants: list[Variant],
    functions: Functions,
    compute: Compute,
    found: Findings,
) -> None:
    """Stated values against computed ones; every witness of every part on every variant."""
    from quizkit.verify.keys import check_witnesses

    found.solved = True
    cases: list[tuple[Given, Any]] = [(each.given, each.answer) for each in question.examples]
    if question.answer is not None:
        cases = [(dict(question.given), question.answer)]
    worked = [build(entry, given, 0, compute) for given, _ in cases]
    for variant, (_, answer) in zip(worked, cases, strict=True):
        _compare(variant, canonical(answer), found)
    for variant in [*variants, *worked]:
        for step in variant.steps:
            check_witnesses(step.solver, step.variant.given, functions, compute, found)
        if question.solver is not None:
            _check_whole(question.solver, variant, compute, found)
            check_witnesses(question.solver, variant.given, functions, compute, found)


def _compare(variant: Variant, stated: Value, found: Findings) -> None:
    found.stated.append(to_json(stated))
    found.computed.append(to_json(variant.key))
    values: Any = stated
    for step, value in zip(variant.steps, values, strict=True):
        tolerance = read_tolerance(step.variant.within, step.variant.unit)
        name = step.variant.id.rpartition("#")[2]
        message = f"{name}: stated {show(value)}, computed {show(step.variant.key)}"
        message += f" for {call_text(variant.given)}; correct the stated answer"
        found.expect(agrees(value, step.variant.key, tolerance), message)


def _check_whole(solver: str, variant: Variant, compute: Compute, found: Findings) -> None:
    """The parts one after the other, and all at once, are two routes to the same values."""
    whole = compute(solver, variant.given)
    same = close(whole, variant.key, WHOLE)
    found.witness("whole", "agrees" if same else show(whole))
    message = f"{solver} gives {show(whole)}, but the parts {show(variant.key)}"
    found.expect(same, f"{message} for {call_text(variant.given)}; one of the two is wrong")
