"""One question's promises: stated keys, witnesses, tests, mistakes and hints, over several variants."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from quizkit import grading
from quizkit.bank.check import closure, varies
from quizkit.bank.index import PROVING_ROUTES, ROUTES, Function
from quizkit.bank.solvers import SUPPLIED
from quizkit.bank.uses import is_computed_choice
from quizkit.errors import (
    Problem,
    QuizkitError,
    Refused,
    SolverTimedOut,
    SolverUnavailable,
)
from quizkit.evidence import ordered
from quizkit.model import (
    AnyQuestion,
    ChoiceQuestion,
    ClaimQuestion,
    Entry,
    Given,
    MatchQuestion,
    MultiQuestion,
    OrderQuestion,
    Proof,
    Question,
    Typed,
    Understood,
    Value,
    Variant,
    kind_of,
)
from quizkit.values.carry import canonical
from quizkit.values.show import show
from quizkit.values.tolerance import agrees, close, read_tolerance
from quizkit.variant import Compute, asked, build, key_value, make, stated
from quizkit.verify import claims
from quizkit.verify.report import Findings, Report, Status

SEEDS = 5  # variants tried of a question whose parameters vary
MAX_REFUSED = 0.75  # share of draws that a solver may refuse

Functions = Mapping[str, Function]


def check(entry: Entry, functions: Functions, compute: Compute, seeds: int = SEEDS) -> Report:
    """All that can be said of one question's keys; a fault is a problem in the report, never raised."""
    found = Findings()
    variants: list[Variant] = []
    status: Status = "right"
    try:
        variants = _variants(entry, compute, seeds)
        _check_keys(entry, variants, functions, compute, found)
        _check_variants(entry.question, variants, found)
    except SolverUnavailable as error:
        found.missing.append(str(error))
        status = "unavailable"
    except (Refused, Problem) as error:
        found.problems.append(getattr(error, "message", str(error)))
    except (SolverTimedOut, QuizkitError) as error:
        found.problems.append(str(error))
        status = "broken"
    if found.problems and status != "broken":
        status = "wrong"
    return _report(entry, found, variants, status)


def _report(entry: Entry, found: Findings, variants: list[Variant], status: Status) -> Report:
    literal = not getattr(entry.question, "examples", ())
    return Report(
        id=entry.id,
        kind=kind_of(entry.question),
        where=entry.where,
        stamp=entry.stamp,
        status=status,
        evidence=_evidence(entry.question, found) if status == "right" else (),
        stated=found.stated[0] if literal and found.stated else found.stated,
        computed=found.computed[0] if literal and found.computed else found.computed,
        witnesses=found.witnesses,
        problems=(*found.problems, *found.missing),
        variants=len(variants),
        refused=sum(variant.refused for variant in variants),
        keys=max(1, len(found.stated)),
    )


def _evidence(question: Question, found: Findings) -> tuple[Proof, ...]:
    kinds: set[Proof] = set()
    if question.reference:
        kinds.add("cited")
    if found.solved:
        kinds.add("computed")
    agreeing = {route for route, state in found.witnesses.items() if state == "agrees"}
    if agreeing:
        kinds.add("agreed")
    if agreeing & PROVING_ROUTES:
        kinds.add("proved")
    return ordered(kinds)


def _variants(entry: Entry, compute: Compute, seeds: int) -> list[Variant]:
    count = seeds if varies(entry.question) else 1
    return [make(entry, seed, compute) for seed in range(count)]


def _check_keys(
    entry: Entry, variants: list[Variant], functions: Functions, compute: Compute, found: Findings
) -> None:
    question = entry.question
    if isinstance(question, ClaimQuestion):
        claims.check(question, functions, compute, found)
    elif isinstance(question, Typed) or is_computed_choice(question):
        _check_values(entry, variants, functions, compute, found)
    elif question.solver is not None:
        _check_selection(question, functions, compute, found)
    else:
        found.stated.append(_stated_selection(question))
    for raw, variant, taken in _tests(question, entry, variants[0], compute):
        _check_test(raw, variant, taken, found)


def _check_values(
    entry: Entry, variants: list[Variant], functions: Functions, compute: Compute, found: Findings
) -> None:
    """Typed kinds and computed choices: every stated answer, every witness on every variant."""
    question = entry.question
    assert isinstance(question, Typed | ChoiceQuestion)
    cases: list[tuple[Given, Any]] = [
        (example.given, example.answer) for example in question.examples
    ]
    if not varies(question):
        cases = [(dict(question.given), question.answer)]
    for given, answer in cases:
        key = key_value(question, given, compute)
        value = stated(question, answer)
        found.stated.append(_plain(value))
        found.computed.append(_plain(key))
        message = f"stated {show(value)}, computed {show(key)}" + (
            f" for {_call(given)}" if given else ""
        )
        found.expect(
            agrees(value, key, _tolerance(question)), f"{message}; correct the stated answer"
        )
    if question.solver is None:
        return
    found.solved = True
    for given in [variant.given for variant in variants] + [given for given, _ in cases]:
        arguments = {**given, **asked(question)}
        check_witnesses(question.solver, arguments, functions, compute, found)


def check_witnesses(
    solver: str, arguments: Given, functions: Functions, compute: Compute, found: Findings
) -> None:
    """Whether each other route to the solver's value gives the same."""
    value = compute(solver, arguments)
    for route in functions[solver].witnesses:
        name = f"{solver}_by_{route}"
        try:
            other = compute(name, arguments)
        except SolverUnavailable as error:
            found.witness(route, str(error))
            continue
        except QuizkitError as error:
            found.problems.append(f"{name}({_call(arguments)}) failed: {error}")
            continue
        same = close(value, other, ROUTES[route])
        found.witness(route, "agrees" if same else show(other))
        message = f"{solver} gives {show(value)}, but {name} {show(other)} for {_call(arguments)}"
        found.expect(same, f"{message}; one of the two is wrong")


def _check_selection(
    question: AnyQuestion, functions: Functions, compute: Compute, found: Findings
) -> None:
    """Written options, orders and pairs, whose solver works out which of them are right."""
    assert question.solver is not None
    names = _names(question)
    parameters = functions[question.solver].parameters
    supplied = [name for name in SUPPLIED if name in parameters]
    listed = _stated_selection(question)
    found.stated.append(_plain(listed))
    # Asked in either order, so that a solver which knows places instead of options is found out.
    for slugs in [names, names[::-1]] if supplied else [names]:
        arguments = {**dict(question.given), **asked(question), **dict.fromkeys(supplied, slugs)}
        computed = _as_selection(question, compute(question.solver, arguments))
        found.computed.append(_plain(computed))
        message = f"stated {show(listed)}, computed {show(computed)}"
        found.expect(computed == listed, f"{message}; correct the stated answer")
        for route in functions[question.solver].witnesses:
            other = _as_selection(question, compute(f"{question.solver}_by_{route}", arguments))
            found.witness(route, "agrees" if other == computed else show(other))
            found.expect(
                other == computed,
                f"{question.solver} gives {show(computed)}, but its witness by {route} {show(other)}",
            )
    found.solved = True


def _names(question: AnyQuestion) -> list[str]:
    for part in ("options", "items", "pairs"):
        if hasattr(question, part):
            return list(getattr(question, part))
    return []


def _stated_selection(question: AnyQuestion) -> Value:
    if isinstance(question, MultiQuestion):
        return tuple(sorted(question.answer))
    if isinstance(question, OrderQuestion):
        return tuple(linear_extensions(list(question.items), closure(question.before)))
    if isinstance(question, MatchQuestion):
        return tuple(sorted((slug, pair.right) for slug, pair in question.pairs.items()))
    return canonical(question.answer)


def _as_selection(question: AnyQuestion, value: Value) -> Value:
    if isinstance(question, ChoiceQuestion) or not isinstance(value, tuple):
        return value
    if isinstance(question, MatchQuestion):
        return tuple(sorted((slug, show(right)) for slug, right in value))
    return tuple(sorted(value))


def linear_extensions(items: list[str], pairs: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    """All orders of the items that respect the pairs, sorted."""
    return sorted(
        order
        for order in itertools.permutations(items)
        if all(order.index(a) < order.index(b) for a, b in pairs)
    )


def _tests(
    question: AnyQuestion, entry: Entry, first: Variant, compute: Compute
) -> list[tuple[str, Variant, bool]]:
    """The question's own tests: what is typed, to which variant, and whether it must be right."""
    tests = [(raw, first, True) for raw in question.accept]
    tests += [(raw, first, False) for raw in question.reject]
    for example in getattr(question, "examples", ()):
        if example.accept or example.reject:
            variant = build(entry, example.given, 0, compute)
            tests += [(raw, variant, True) for raw in example.accept]
            tests += [(raw, variant, False) for raw in example.reject]
    return tests


def _check_test(raw: str, variant: Variant, taken: bool, found: Findings) -> None:
    reading = grading.read(raw, variant)
    if not isinstance(reading, Understood):
        found.expect(not taken, f"accept {raw!r} cannot be read: {reading.problem}")
        return
    verdict = grading.grade(reading.value, variant).verdict
    if taken:
        found.expect(verdict == "right", f"accept {raw!r} is graded {verdict}")
    else:
        found.expect(verdict != "right", f"reject {raw!r} is graded right")


def _check_variants(question: AnyQuestion, variants: list[Variant], found: Findings) -> None:
    for variant in variants:
        _check_own_key(variant, found)
        if isinstance(question, Typed):
            _check_swallowing(question, variant, found)
    refused = sum(variant.refused for variant in variants)
    found.expect(
        refused <= MAX_REFUSED * (refused + len(variants)),
        f"the solver refuses {refused} of {refused + len(variants)} draws; narrow the given",
    )
    for index in range(len(question.hints)):
        told = all(_tells(variant.hints[index], variant) for variant in variants)
        found.expect(not told, f"hint {index + 1} contains the answer")


def _check_own_key(variant: Variant, found: Findings) -> None:
    """The key itself, and the key as it is shown, must both be graded right."""
    verdict = grading.grade(variant.key, variant).verdict
    found.expect(verdict == "right", f"the key {show(variant.key)} is itself graded {verdict}")
    if isinstance(variant.key, float | int | tuple) and variant.kind in (
        "number",
        "shape",
        "array",
    ):
        text = grading.key_text(variant)
        reading = grading.read(text, variant)
        right = (
            isinstance(reading, Understood)
            and grading.grade(reading.value, variant).verdict == "right"
        )
        found.expect(
            right, f"the key as shown, {text!r}, is not graded right; ask for fewer digits"
        )


def _check_swallowing(question: Typed, variant: Variant, found: Findings) -> None:
    tolerance = _tolerance(question)
    if tolerance is None:
        inexact = isinstance(variant.key, float) and not variant.key.is_integer()
        found.expect(not inexact, f"the key {variant.key!r} is no exact number; `within` is needed")
    for other in (*variant.misconceptions, *variant.conventions):
        swallowed = agrees(other.value, variant.key, tolerance)
        exactly = close(other.value, variant.key, 1e-12)
        message = f"the tolerance takes {other.name} ({show(other.value)}) for the key {show(variant.key)}"
        found.expect(exactly or not swallowed, f"{message}, for {_call(variant.given)}")
    for name in question.misconceptions if not varies(question) else ():
        found.expect(
            any(other.name == name for other in variant.misconceptions),
            f"misconception {name} gives no value",
        )
    for other in variant.misconceptions if not varies(question) else ():
        same = close(other.value, variant.key, 1e-12)
        found.expect(
            not same, f"misconception {other.name} gives the key itself, {show(variant.key)}"
        )


def _tells(hint: str, variant: Variant) -> bool:
    """Whether a hint names the answer, and the question itself does not."""
    text = grading.key_text(variant)
    if len(text) < 2 or variant.kind not in ("number", "shape", "array"):
        return False
    token = re.compile(rf"(?<![\w.]){re.escape(text)}(?![\w]|\.\d)")
    return bool(token.search(hint)) and not token.search(variant.ask)


def _tolerance(question: Question) -> Any:
    return read_tolerance(getattr(question, "within", None), getattr(question, "unit", None))


def _plain(value: Any) -> Any:
    from quizkit.values.carry import to_json

    return to_json(value)


def _call(given: Given) -> str:
    return ", ".join(f"{name}={show(value)}" for name, value in given.items())


def remembering(compute: Compute) -> Compute:
    """The same, but each call is computed only once; also a refusal is remembered."""
    from quizkit.values.carry import to_json

    known: dict[str, Any] = {}

    def remembered(name: str, given: Given) -> Value:
        key = repr((name, to_json(list(given.items()))))
        if key not in known:
            known[key] = _outcome(lambda: compute(name, given))
        if isinstance(known[key], QuizkitError):
            raise known[key]
        value: Value = known[key]
        return value

    return remembered


def _outcome(run: Callable[[], Value]) -> Any:
    try:
        return run()
    except (Refused, SolverUnavailable) as error:
        return error
