"""Slips that give a wrong formula: a sign, a factor of 2, upside down, one term or factor left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from quizkit.values.expressions.chains import forms
from quizkit.values.expressions.decide import Comparison
from quizkit.values.expressions.evaluate import INFINITY
from quizkit.values.expressions.show import show
from quizkit.values.expressions.slashes import outside
from quizkit.values.expressions.symbols import Declared
from quizkit.values.expressions.tree import (
    BRACKETS,
    RELATIONS,
    Call,
    Node,
    Number,
    call,
    free_names,
    number,
    rebuilt,
    walk,
)

MOST = 40  # slips that are tried
MOST_WORK = 300_000  # steps times digits; about a twentieth of a second
_RELATION = 100_000  # what the comparison of two relations may cost
LONGEST = 400  # nodes of a key whose slips are tried
_AGREEING = 3  # points at which a slip must give the answer before it is compared in full
_MIRRORED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
_STRICT = {"<": "≤", "≤": "<", ">": "≥", "≥": ">"}
_OTHER = {"sin": "cos", "cos": "sin"}
_ONE, _TWO = number(1), number(2)
_GUESSES = (number(0), _ONE, call("neg", _ONE))

Slip = tuple[str, Node]


def slip_behind(
    answer: Node, key: Node, symbols: Declared, is_same: Callable[[Node, Node], bool]
) -> str | None:
    """The first slip in the key that gives this answer, to be read after "if"; None where none does.

    A constant in place of a formula is given by too many slips to name one.
    """
    answer, key = outside(answer), outside(key)
    answer = forms(answer, key)[-1]
    is_guess = answer in _GUESSES or (free_names(key) and not free_names(answer))
    if is_guess or sum(1 for _ in walk(key)) > LONGEST:
        return None
    work = 0
    for phrase, other in islice(slips(key), MOST):
        likely, more = _looked_at(answer, other, symbols)
        if likely and is_same(answer, other):
            return phrase
        work += more
        if work > MOST_WORK:
            break
    return None


def _looked_at(answer: Node, other: Node, symbols: Declared) -> tuple[bool, int]:
    """Whether a slip gives the answer at a few points, and what that cost; relations are not looked at."""
    if isinstance(answer, Call) and answer.function in RELATIONS:
        return isinstance(other, Call) and other.function in RELATIONS, _RELATION
    comparison = Comparison(answer, other, symbols, "slips")
    agreed = 0
    for place, point in enumerate(comparison.sampler.points(), 1):
        outcome, _ = comparison.at(point, place)
        agreed += outcome == "same"
        if agreed == _AGREEING or outcome not in ("same", "neither") or comparison.work > MOST_WORK:
            return agreed > 0 and outcome == "same", comparison.work
    return agreed > 0, comparison.work


def slips(key: Node) -> Iterator[Slip]:
    """What the usual slips make of a key, each after the words that say it."""
    if isinstance(key, Call) and key.function in RELATIONS:
        yield from _turned(key)
        return
    if any(isinstance(each, Call) and _is_no_value(each) for each in walk(key)):
        return
    yield "the sign is turned round", call("neg", key)
    yield "a factor of 2 goes wrong", call("*", _TWO, key)
    yield "a factor of 2 goes wrong", call("/", key, _TWO)
    if isinstance(key, Call) and key.function in BRACKETS:
        return
    yield "the fraction is turned upside down", call("/", _ONE, key)
    yield from _terms_changed(key)
    yield from _factors_changed(key)
    yield from _inner_signs(key)


def _is_no_value(node: Call) -> bool:
    return (
        node.function in (*RELATIONS, "set", "list", "∪", "∖", "in") or INFINITY in node.arguments
    )


def _turned(key: Call) -> Iterator[Slip]:
    """An inequality the other way round, or with the wrong kind of end."""
    if key.function in _MIRRORED:
        yield "the inequality is turned round", Call(_MIRRORED[key.function], key.arguments)
        yield (
            "the boundary itself is taken in or left out",
            Call(_STRICT[key.function], key.arguments),
        )
    if key.function == "=":
        left, right = key.arguments
        yield "the sign of one side is turned round", call("=", left, call("neg", right))


def _terms(node: Node, sign: int = 1) -> list[tuple[int, Node]]:
    """The terms of a sum, each with its sign."""
    if isinstance(node, Call) and node.function in ("+", "-"):
        one, other = node.arguments
        return _terms(one, sign) + _terms(other, -sign if node.function == "-" else sign)
    if isinstance(node, Call) and node.function == "neg":
        return _terms(node.arguments[0], -sign)
    return [(sign, node)]


def _total(terms: list[tuple[int, Node]]) -> Node:
    (sign, total), *rest = terms
    total = total if sign > 0 else call("neg", total)
    for sign, each in rest:
        total = call("+" if sign > 0 else "-", total, each)
    return total


def _terms_changed(key: Node) -> Iterator[Slip]:
    terms = _terms(key)
    if len(terms) < 2:
        return
    for place, (sign, term) in enumerate(terms):
        rest = terms[:place] + terms[place + 1 :]
        yield f"the term {show(term)} is left out", _total(rest)
        turned = [*terms[:place], (-sign, term), *terms[place + 1 :]]
        yield f"the sign of the term {show(term)} is turned round", _total(turned)


def _factors(node: Node, power: int = 1) -> list[tuple[int, Node]]:
    """The factors of a product, each with 1, or -1 where it is divided by."""
    if isinstance(node, Call) and node.function in ("*", "⊙", "/"):
        one, other = node.arguments
        return _factors(one, power) + _factors(other, -power if node.function == "/" else power)
    if isinstance(node, Call) and node.function == "neg":
        return [(power, number(-1)), *_factors(node.arguments[0], power)]
    return [(power, node)]


def _product(factors: list[tuple[int, Node]]) -> Node:
    (power, first), *rest = factors
    total = first if power > 0 else call("/", _ONE, first)
    for power, each in rest:
        total = call("*" if power > 0 else "/", total, each)
    return total


def _factors_changed(key: Node) -> Iterator[Slip]:
    factors = _factors(key)
    for place, (power, factor) in enumerate(factors):
        rest = factors[:place] + factors[place + 1 :]
        if factor in (number(-1), _ONE) or not rest:
            continue
        word = "factor" if power > 0 else "divisor"
        yield f"the {word} {show(factor)} is left out", _product(rest)
        moved = ("divided by", "multiplied") if power > 0 else ("multiplied by", "divided")
        turned = [*factors[:place], (-power, factor), *factors[place + 1 :]]
        yield f"it is {moved[0]} {show(factor)}, not {moved[1]}", _product(turned)
        if isinstance(factor, Call) and factor.function in ("^", "sqrt", "square"):
            base = [*factors[:place], (power, factor.arguments[0]), *factors[place + 1 :]]
            lost = "the root" if factor.function == "sqrt" else "the power"
            yield f"{lost} of {show(factor.arguments[0])} is left out", _product(base)
    for place, (power, factor) in enumerate(factors):
        rest = factors[:place] + factors[place + 1 :]
        if len(rest) > 1 and power > 0 and not isinstance(factor, Number):
            yield f"the factor {show(_product(rest))} is left out", factor


def _inner_signs(key: Node) -> Iterator[Slip]:
    """One sign within the formula, or sin for cos."""
    for place in [each for each in walk(key) if isinstance(each, Call)]:
        if place.function in ("+", "-") and place != key:
            other = Call("-" if place.function == "+" else "+", place.arguments)
            yield f"the sign within {show(place)} is turned round", _replaced(key, place, other)
        elif place.function == "neg":
            yield (
                f"the sign of {show(place.arguments[0])} is turned round",
                _replaced(key, place, place.arguments[0]),
            )
        elif place.function in _OTHER:
            other = Call(_OTHER[place.function], place.arguments)
            yield f"{other.function} is taken for {place.function}", _replaced(key, place, other)


def _replaced(key: Node, place: Node, other: Node) -> Node:
    return rebuilt(key, lambda node: other if node == place else node)
