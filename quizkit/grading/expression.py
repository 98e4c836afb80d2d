"""Expressions: equal on the declared domain, and in the form that the question demands."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from quizkit.diagnosis import Compute, diagnose
from quizkit.errors import QuizkitError
from quizkit.grading.compared import otherwise
from quizkit.grading.formula_slips import slip_behind
from quizkit.model import Equality, Form, Grade, Misread, Reading, Understood, Value, Variant
from quizkit.values.expressions.decide import Decision, equivalent
from quizkit.values.expressions.forms import unmet
from quizkit.values.expressions.read import read_expression, read_tree
from quizkit.values.expressions.reread import reread
from quizkit.values.expressions.show import show
from quizkit.values.expressions.slashes import ambiguous
from quizkit.values.expressions.tree import Node
from quizkit.values.numbers import Unreadable

PROVED = "proved symbolically"
HALF = 0.5  # the right value in a form that was not asked for


class Terms(Struct, frozen=True, kw_only=True):
    """What the question says of its expressions: its symbols' domains, the form, the sort of key."""

    domains: dict[str, Any] = {}
    form: tuple[Form, ...] = ()
    sort: str | None = None


def read(raw: str, variant: Variant) -> Reading:
    """The expression typed, as canonical text; asked again where its reading decides whether it is right."""
    terms = _terms(variant)
    reading = read_expression(raw, terms.domains)
    if not isinstance(reading, Understood):
        return reading
    if ambiguous(_tree(str(reading.value), terms)):
        decision = _decided(reading.value, variant.key, terms)
        if decision.is_ambiguous:
            return Misread(decision.reason, _slash(raw, terms))
    key = _tree(str(variant.key), terms)

    def is_right(tree: Node) -> bool:
        decision = equivalent(tree, key, terms.domains, kind=terms.sort)
        return decision.verdict in ("right", "sampled")

    return reread(raw, terms.domains, key, is_right) or reading


def _slash(raw: str, terms: Terms) -> int:
    """The place of the first slash that can be read in two ways: a star there leaves one fewer."""
    count = ambiguous(read_tree(raw, terms.domains))
    for at, char in enumerate(raw):
        if char == "/":
            try:
                starred = read_tree(f"{raw[:at]}*{raw[at + 1 :]}", terms.domains)
            except Unreadable:
                continue
            if ambiguous(starred) < count:
                return at
    return 0


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right where it equals the key; else a known mistake, or a point at which they differ.

    With `compute`, agreement at sampled points is tried to be proved, in a process of its own.
    """
    terms = _terms(variant)
    decision = _decided(value, variant.key, terms)
    if (decision.verdict == "sampled" or decision.is_open) and compute is not None:
        decision = _proved(decision, value, variant, compute)
    if decision.verdict in ("right", "sampled"):
        return _right(decision, value, variant, terms)
    if decision.verdict == "undecided":
        told = f"It could not be told whether {value} is the key, {key_text(variant)}"
        return Grade(verdict="undecided", score=0.0, feedback=f"{told}: {decision.reason}.")
    return _wrong(decision, value, variant, terms)


def reasons(value: Value, variant: Variant) -> list[str]:
    """How the answer was read, and how it was decided."""
    terms = _terms(variant)
    decision = _decided(value, variant.key, terms)
    steps = [f"read as {value}", f"{decision.verdict}: {decision.reason}"]
    if decision.verdict == "sampled":
        return [*steps, "agreement at points is no proof; a symbolic one is tried where it can be"]
    if decision.verdict == "right":
        lacking = [(form, unmet(*_trees(value, variant, terms), form)) for form in terms.form]
        return [*steps, *(f"asked to be {form}: {told or 'it is'}" for form, told in lacking)]
    if decision.verdict == "wrong":
        slip = _slip(value, variant, terms)
        return [
            *steps,
            f"given by a slip: if {slip}" if slip else "given by none of the usual slips",
        ]
    return steps


def key_text(variant: Variant) -> str:
    """The key in one line."""
    return show(_tree(str(variant.key), _terms(variant)))


def _proved(decision: Decision, value: Value, variant: Variant, compute: Compute) -> Decision:
    """The decision, as a proof where sympy finds one in time."""
    domains = msgspec.to_builtins(variant.domains)
    try:
        found = compute("proof:", {"answer": value, "key": variant.key, "domains": domains})
    except QuizkitError:  # out of time or memory: agreement at many points it remains
        return decision
    return Decision("right", PROVED) if found is True else decision


def _terms(variant: Variant) -> Terms:
    return Terms(domains=variant.domains, form=variant.form, sort=variant.sort)


def _trees(value: Value, variant: Variant, terms: Terms) -> tuple[Any, Any]:
    """The answer's and the key's."""
    return _tree(str(value), terms), _tree(str(variant.key), terms)


def _right(decision: Decision, value: Value, variant: Variant, terms: Terms) -> Grade:
    answer, key = _trees(value, variant, terms)
    proof = _proof(decision)
    lacking = next(filter(None, (unmet(answer, key, form) for form in terms.form)), "")
    if lacking:
        asked = " and ".join(terms.form)
        told = f"The value is right, but {asked} is asked for: {lacking}. The key is {show(key)}."
        return Grade(verdict="partly", score=HALF, feedback=told, proof=proof)
    how = f" ({decision.reason})" if decision.verdict == "sampled" else ""
    return Grade(verdict="right", score=1.0, feedback=f"Right: {show(key)}{how}.", proof=proof)


def _proof(decision: Decision) -> Equality:
    """How the answer was found to be the key."""
    if decision.verdict == "sampled":
        return "sampled"
    return "proved" if decision.reason == PROVED else "normal form"


def _wrong(decision: Decision, value: Value, variant: Variant, terms: Terms) -> Grade:
    def agrees(answer: Any, other: Any) -> bool:
        return _decided(answer, other, terms).verdict in ("right", "sampled")

    found = diagnose(value, variant, agrees)
    told = f"Your {value} is not the key, {key_text(variant)}: {decision.reason}."
    if found.convention is not None:
        others = {other.name: other.because for other in variant.conventions}
        return otherwise(found.convention, others[found.convention])
    if found.misconceptions:
        told = " Or: ".join(dict.fromkeys(mistake.because for mistake in found.misconceptions))
    elif slip := _slip(value, variant, terms):
        told += f" This is also what you get if {slip}."
    return Grade(
        verdict="wrong",
        score=0.0,
        feedback=told,
        misconception=found.misconceptions[0].name if found.misconceptions else None,
    )


def _slip(value: Value, variant: Variant, terms: Terms) -> str | None:
    """The slip in the key that gives a wrong answer, judged as the key is."""

    def is_same(answer: Any, other: Any) -> bool:
        found = equivalent(answer, other, terms.domains, kind=terms.sort)
        return found.verdict in ("right", "sampled")

    return slip_behind(*_trees(value, variant, terms), terms.domains, is_same)


def _decided(answer: Value, key: Value, terms: Terms) -> Decision:
    one, other = (_tree(str(each), terms) for each in (answer, key))
    return equivalent(one, other, terms.domains, kind=terms.sort)


def _tree(text: str, terms: Terms) -> Any:
    """The tree of a text that was read before; a key that cannot be read is the bank's fault."""
    try:
        return read_tree(text, terms.domains)
    except Unreadable as unreadable:
        raise ValueError(f"{text!r} is no expression: {unreadable}") from None
