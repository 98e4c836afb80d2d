"""One question's promises: stated keys, witnesses, tests, mistakes and hints, over several variants."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from quizkit.bank.index import PROVING_ROUTES, ROUTES, Function
from quizkit.bank.solvers import SUPPLIED
from quizkit.bank.traits import closure, varies
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
    PartsQuestion,
    Proof,
    Question,
    TextQuestion,
    Typed,
    Value,
    Variant,
    kind_of,
)
from quizkit.values.carry import canonical
from quizkit.values.same import same
from quizkit.values.show import show
from quizkit.values.tolerance import close, read_tolerance
from quizkit.variant import Compute, asked, key_value, make, stated
from quizkit.verify import claims, parts
from quizkit.verify.report import SEEDS, Findings, Report, Status
from quizkit.verify.variants import (
    call_text,
    check_readable,
    check_test,
    check_tolerance,
    check_variants,
    tests_of,
)

Functions = Mapping[str, Function]


def check(entry: Entry, functions: Functions, compute: Compute, seeds: int = SEEDS) -> Report:
    """All that can be said of one question's keys; a fault is a problem in the report, never raised."""
    question, found = entry.question, Findings()
    variants: list[Variant] = []
    status: Status = "right"
    try:
        variants = _variants(entry, compute, seeds)
        for variant in variants:
            check_readable(variant)
        _check_keys(entry, variants, functions, compute, found)
        for raw, variant, taken in tests_of(question, entry, variants[0], compute):
            check_test(raw, variant, taken, found)
        check_variants(question, variants, found)
        check_tolerance(entry, compute, found)
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
        computed=found.computed[0] if literal and found.computed else found.computed or None,
        witnesses=found.witnesses,
        problems=(*found.problems, *found.missing),
        variants=len(variants),
        refused=sum(variant.refused for variant in variants),
        keys=max(1, len(found.stated)),
        measured=found.measured,
    )


def _evidence(question: Question, found: Findings) -> tuple[Proof, ...]:
    kinds: set[Proof] = set()
    if question.reference:
        kinds.add("cited")
    if found.measured:
        kinds.add("measured")
    elif found.solved:
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
    elif isinstance(question, PartsQuestion):
        parts.check(question, entry, variants, functions, compute, found)
    elif isinstance(question, Typed) or is_computed_choice(question):
        _check_values(entry, variants, functions, compute, found)
    elif question.solver is not None:
        _check_selection(question, functions, compute, found)
    else:
        found.stated.append(_stated_selection(question))


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
            f" for {call_text(given)}" if given else ""
        )
        found.expect(_same(question, value, key), f"{message}; correct the stated answer")
    if question.solver is None:
        return
    found.solved = True
    for given in [variant.given for variant in variants] + [given for given, _ in cases]:
        arguments = {**given, **asked(question)}
        check_witnesses(question.solver, arguments, functions, compute, found, question)


def check_witnesses(
    solver: str,
    arguments: Given,
    functions: Functions,
    compute: Compute,
    found: Findings,
    question: Question | None = None,
) -> None:
    """Whether each other route to the solver's value gives the same, as the question's kind has it."""
    value = compute(solver, arguments)
    for route in functions[solver].witnesses:
        name = f"{solver}_by_{route}"
        try:
            other = compute(name, arguments)
        except SolverUnavailable as error:
            found.witness(route, str(error))
            continue
        except QuizkitError as error:
            found.problems.append(f"{name}({call_text(arguments)}) failed: {error}")
            continue
        agrees = close(value, other, ROUTES[route]) or (
            question is not None and _is_written(value) and _same(question, value, other)
        )
        found.witness(route, "agrees" if agrees else show(other))
        message = (
            f"{solver} gives {show(value)}, but {name} {show(other)} for {call_text(arguments)}"
        )
        found.expect(agrees, f"{message}; one of the two is wrong")


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
        _check_selecting_witnesses(question, arguments, computed, functions, compute, found)
    found.solved = True


def _check_selecting_witnesses(
    question: AnyQuestion,
    arguments: Given,
    computed: Value,
    functions: Functions,
    compute: Compute,
    found: Findings,
) -> None:
    """Whether each other route selects the same."""
    solver = str(question.solver)
    for route in functions[solver].witnesses:
        try:
            other = _as_selection(question, compute(f"{solver}_by_{route}", arguments))
        except SolverUnavailable as error:
            found.witness(route, str(error))
            continue
        found.witness(route, "agrees" if other == computed else show(other))
        message = f"{solver} gives {show(computed)}, but its witness by {route} {show(other)}"
        found.expect(other == computed, message)


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
    if isinstance(question, TextQuestion):  # held to account by its own tests
        return tuple(question.points)
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


def _same(question: Question, one: Value, other: Value) -> bool:
    symbols = getattr(question, "symbols", ())
    return same(kind_of(question), one, other, _tolerance(question), symbols)


def _is_written(value: Value) -> bool:
    """Whether the value is text, or sizes some of which are."""
    return isinstance(value, str) or (
        isinstance(value, tuple) and any(isinstance(each, str) for each in value)
    )


def _tolerance(question: Question) -> Any:
    return read_tolerance(getattr(question, "within", None), getattr(question, "unit", None))


def _plain(value: Any) -> Any:
    from quizkit.values.carry import to_json

    return to_json(value)


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
