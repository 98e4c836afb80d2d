"""What must be so of every variant: its own key is right, its mistakes are not, its hints tell nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import islice, product
from math import prod
from typing import Any

from quizkit import grading
from quizkit.bank.traits import varies
from quizkit.errors import Problem, Refused
from quizkit.model import (
    AnyQuestion,
    Domain,
    Entry,
    Given,
    Part,
    Question,
    Typed,
    Understood,
    Value,
    Variant,
)
from quizkit.values.arrays import laid_out
from quizkit.values.same import same, unreadable
from quizkit.values.show import show
from quizkit.values.tolerance import close, read_tolerance
from quizkit.variant import Compute, build, domain_size, draw, untold, value_at
from quizkit.verify.report import Findings

_TYPED = ("number", "shape", "array", "parts", "einsum", "dtype", "complexity", "expression")
MAX_REFUSED = 0.75  # share of draws that a solver may refuse
MOST_DRAWS = 2000  # of one question, all of which are held against its tolerance
SECONDS = 20.0  # for that


def tests_of(
    question: AnyQuestion, entry: Entry, first: Variant, compute: Compute
) -> list[tuple[str, Variant, bool | None]]:
    """The question's own tests: what is typed, to which variant, and whether it must be right.

    None stands for an answer that must be partly right.
    """
    tests: list[tuple[str, Variant, bool | None]] = [(raw, first, True) for raw in question.accept]
    tests += [(raw, first, False) for raw in question.reject]
    tests += [(raw, first, None) for raw in getattr(question, "partly", ())]
    for example in getattr(question, "examples", ()):
        if example.accept or example.reject:
            variant = build(entry, example.given, 0, compute)
            tests += [(raw, variant, True) for raw in example.accept]
            tests += [(raw, variant, False) for raw in example.reject]
    return tests


def check_readable(variant: Variant) -> None:
    """A key in text must be one of its kind; without it nothing else can be said."""
    problem = unreadable(variant.kind, variant.key, variant.domains or variant.symbols)
    if problem:
        raise Problem(variant.id, f"the key {show(variant.key)} is no {variant.kind}: {problem}")


def check_test(raw: str, variant: Variant, taken: bool | None, found: Findings) -> None:
    """Whether the grader takes, or does not take, an answer as the question's author demands."""
    reading = grading.read(raw, variant)
    if not isinstance(reading, Understood):
        found.expect(taken is False, f"accept {raw!r} cannot be read: {reading.problem}")
        return
    verdict = grading.grade(reading.value, variant).verdict
    if taken is None:
        found.expect(
            verdict == "partly", f"partly {raw!r} is graded {verdict}{_why(reading.value, variant)}"
        )
    elif taken:
        found.expect(
            verdict == "right", f"accept {raw!r} is graded {verdict}{_why(reading.value, variant)}"
        )
    else:
        found.expect(
            verdict != "right", f"reject {raw!r} is graded right{_why(reading.value, variant)}"
        )


def _why(value: Value, variant: Variant) -> str:
    """What became of each point of a text, which its rubric is mended by."""
    return f" ({'; '.join(grading.reasons(value, variant))})" if variant.kind == "text" else ""


def check_variants(question: AnyQuestion, variants: list[Variant], found: Findings) -> None:
    """What each variant must keep, and what the solver and the hints must over all of them."""
    for variant in variants:
        _check_own_key(variant, found)
        if isinstance(question, Typed):
            _check_swallowing(question, variant, found)
        for step, part in zip(variant.steps, getattr(question, "parts", {}).values(), strict=True):
            _check_swallowing(part, step.variant, found)
    refused = sum(variant.refused for variant in variants)
    found.expect(
        refused <= MAX_REFUSED * (refused + len(variants)),
        f"the solver refuses {refused} of {refused + len(variants)} draws; narrow the given",
    )
    for index in range(len(question.hints)):
        told = all(_tells(variant.hints[index], variant) for variant in variants)
        found.expect(not told, f"hint {index + 1} contains the answer")


def check_tolerance(entry: Entry, compute: Compute, found: Findings) -> None:
    """Whether a tolerance takes a mistake for the key at any draw, not just at those that were tried.

    Solvers that take long are held to account as far as the time goes.
    """
    question = entry.question
    if not varies(question) or not any(map(_may_swallow, _asked_in(question))):
        return
    until = time.monotonic() + SECONDS
    for given in every_given(entry):
        if time.monotonic() > until:
            return
        try:
            variant = untold(entry, given, compute)
        except Refused:
            continue
        for part, own in zip(_asked_in(question), _answered_in(variant), strict=True):
            if _may_swallow(part):
                _check_swallowing(part, own, found)


def every_given(entry: Entry) -> Iterator[Given]:
    """Every draw of a question where there are not too many, else the ends of the ranges and some others."""
    given = entry.question.given
    domains = {name: domain for name, domain in given.items() if isinstance(domain, Domain)}
    sizes = [domain_size(domain) for domain in domains.values()]
    is_small = prod(sizes) <= MOST_DRAWS
    if not is_small:
        yield from (draw(entry, seed) for seed in range(MOST_DRAWS // 2))
    chosen = [range(size) if is_small else (0, size - 1) for size in sizes]
    for places in islice(product(*chosen), MOST_DRAWS):
        drawn = zip(domains.items(), places, strict=True)
        yield {**given, **{name: value_at(domain, place) for (name, domain), place in drawn}}


def _asked_in(question: AnyQuestion) -> list[Typed | Part]:
    """The question, or its parts: whatever has a tolerance of its own."""
    if isinstance(question, Typed):
        return [question]
    return list(getattr(question, "parts", {}).values())


def _answered_in(variant: Variant) -> list[Variant]:
    return [step.variant for step in variant.steps] or [variant]


def _may_swallow(question: Typed | Part) -> bool:
    near = any(getattr(question, name, None) is not None for name in ("within", "fermi"))
    return near and bool(question.misconceptions or getattr(question, "convention", None))


def _check_own_key(variant: Variant, found: Findings) -> None:
    """The key itself, and the key as it is shown, must both be graded right."""
    verdict = grading.grade(variant.key, variant).verdict
    found.expect(verdict == "right", f"the key {show(variant.key)} is itself graded {verdict}")
    if isinstance(variant.key, float | int | tuple | str) and variant.kind in _TYPED:
        text = grading.key_text(variant)
        reading = grading.read(text, variant)
        right = (
            isinstance(reading, Understood)
            and grading.grade(reading.value, variant).verdict == "right"
        )
        found.expect(
            right, f"the key as shown, {text!r}, is not graded right; ask for fewer digits"
        )


def _check_swallowing(question: Typed | Part, variant: Variant, found: Findings) -> None:
    tolerance = _tolerance(question)
    if tolerance is None and variant.fermi is None:
        inexact = isinstance(variant.key, float) and not variant.key.is_integer()
        found.expect(not inexact, f"the key {variant.key!r} is no exact number; `within` is needed")
    for other in (*variant.misconceptions, *variant.conventions):
        swallowed = _is_taken(other.value, variant, tolerance)
        exactly = close(other.value, variant.key, 1e-12)
        message = f"the tolerance takes {other.name} ({show(other.value)}) for the key {show(variant.key)}"
        found.expect(exactly or not swallowed, f"{message}, for {call_text(variant.given)}")
    fixed = isinstance(question, Question) and not varies(question)
    for name in question.misconceptions if fixed else ():
        found.expect(
            any(other.name == name for other in variant.misconceptions),
            f"misconception {name} gives no value",
        )
    for other in variant.misconceptions if fixed else ():
        same = close(other.value, variant.key, 1e-12)
        found.expect(
            not same, f"misconception {other.name} gives the key itself, {show(variant.key)}"
        )


def _is_taken(value: Value, variant: Variant, tolerance: Any) -> bool:
    """Whether an answer of this value would count in full."""
    if variant.fermi is not None:
        return grading.grade(value, variant).verdict == "right"
    declared = variant.domains or variant.symbols
    if variant.either_layout:
        values = (value, *laid_out(value))
        return any(same(variant.kind, each, variant.key, tolerance) for each in values)
    return same(variant.kind, value, variant.key, tolerance, declared)


def _tells(hint: str, variant: Variant) -> bool:
    """Whether a hint names the answer, and the question itself does not."""
    text = grading.key_text(variant)
    if len(text) < 2 or variant.kind not in _TYPED or variant.kind == "parts":
        return False
    token = re.compile(rf"(?<![\w.]){re.escape(text)}(?![\w]|\.\d)")
    return bool(token.search(hint)) and not token.search(variant.ask)


def _tolerance(question: Question | Part) -> Any:
    return read_tolerance(getattr(question, "within", None), getattr(question, "unit", None))


def call_text(given: dict[str, Any]) -> str:
    """A call's arguments as one writes them."""
    return ", ".join(f"{name}={show(value)}" for name, value in given.items())
