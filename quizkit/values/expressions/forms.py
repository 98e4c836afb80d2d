"""Demands on the form of an answer that has the right value: factored, lowest terms, no decimals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import get_args

from quizkit.model import Form
from quizkit.values.expressions.normal import polynomial
from quizkit.values.expressions.slashes import outside
from quizkit.values.expressions.tree import Call, Node, Number, walk

FORMS: tuple[Form, ...] = get_args(Form)

_SUMS = ("+", "-")
_SLACK = 1.5  # how much longer than the key a simplified answer may be


def unmet(answer: Node, key: Node, form: Form) -> str:
    """What the answer's form lacks; the empty text where nothing is lacking."""
    return _DEMANDS[form](outside(answer), outside(key))


def _no_decimals(answer: Node, _: Node) -> str:
    if any(isinstance(node, Number) and node.is_decimal for node in walk(answer)):
        return "write fractions instead of decimals"
    return ""


def _lowest_terms(answer: Node, _: Node) -> str:
    """No fraction of whole numbers, and none of products, may be left to cancel."""
    for node in walk(answer):
        if isinstance(node, Call) and node.function == "/":
            above, below = node.arguments
            if gcd(_content(above), _content(below)) > 1 or _factors(above) & _factors(below):
                return "cancel what stands above and below"
            if _content(below) == 1 and isinstance(below, Number):
                return "a denominator of 1 can be left out"
    return ""


def _content(node: Node) -> int:
    """The whole number by which every term of a product or sum can be divided."""
    if isinstance(node, Number):
        return abs(node.value.numerator) if node.value.denominator == 1 else 1
    if not isinstance(node, Call):
        return 1
    contents = [_content(each) for each in node.arguments]
    if node.function == "neg":
        return contents[0]
    if node.function == "*":
        return contents[0] * contents[1]
    if node.function in _SUMS:
        return gcd(*contents)
    return 1


def _factors(node: Node) -> set[Node]:
    """The factors of a product that are no numbers, powers by their base."""
    if isinstance(node, Call) and node.function in ("*", "neg"):
        return set().union(*map(_factors, node.arguments))
    if isinstance(node, Call) and node.function == "^" and isinstance(node.arguments[1], Number):
        return _factors(node.arguments[0])
    return set() if isinstance(node, Number) else {node}


def _factored(answer: Node, key: Node) -> str:
    """A product, with as many factors as the key and no sum that could be divided."""
    if _is_sum(answer):
        return "write a product, not a sum"
    own, wanted = _count(answer), _count(key)
    if own < wanted:
        return f"it can be factored further, into {wanted} factors"
    for factor in _bases(answer):
        if _is_sum(factor) and _content(factor) > 1:
            return "a common factor can be taken out"
    return ""


def _expanded(answer: Node, _: Node) -> str:
    """No product or power of a sum may be left."""
    for node in walk(answer):
        if isinstance(node, Call) and node.function in ("*", "^"):
            parts = node.arguments if node.function == "*" else node.arguments[:1]
            if any(map(_is_sum, parts)):
                return "multiply the brackets out"
    return ""


def _is_sum(node: Node) -> bool:
    if isinstance(node, Call) and node.function == "neg":
        return _is_sum(node.arguments[0])
    return isinstance(node, Call) and node.function in _SUMS


def _bases(node: Node) -> list[Node]:
    if isinstance(node, Call) and node.function in ("*", "neg", "/"):
        return [base for each in node.arguments for base in _bases(each)]
    if isinstance(node, Call) and node.function == "^":
        return _bases(node.arguments[0])
    return [node]


def _count(node: Node) -> int:
    """How many factors vary, powers counted as often as they say."""
    if isinstance(node, Call) and node.function in ("*", "neg", "/"):
        return sum(map(_count, node.arguments))
    if isinstance(node, Call) and node.function == "^" and isinstance(node.arguments[1], Number):
        exponent = node.arguments[1].value
        return _count(node.arguments[0]) * max(int(exponent), 1)
    return 0 if isinstance(node, Number) else 1


def _simplified(answer: Node, key: Node) -> str:
    """Not much longer than the key, with like terms collected and numbers worked out."""
    lowest = _lowest_terms(answer, key)
    if lowest:
        return lowest
    for node in walk(answer):
        if _is_sum_of_numbers(node):
            return "numbers can be worked out"
    terms = polynomial(answer)
    if terms is not None and _is_sum(answer) and _terms(answer) > max(len(terms), 1):
        return "like terms can be collected"
    own, wanted = (sum(1 for _ in walk(each)) for each in (answer, key))
    return "it can be written more shortly" if own > max(wanted * _SLACK, wanted + 4) else ""


def _is_sum_of_numbers(node: Node) -> bool:
    return (
        isinstance(node, Call)
        and node.function in ("+", "-", "*", "^")
        and all(isinstance(each, Number) for each in node.arguments)
        and _is_short(node)
    )


def _is_short(node: Call) -> bool:
    """Whether the result is no longer than what was written; 2^100 may stay as it is."""
    if node.function != "^":
        return True
    base, exponent = node.arguments
    assert isinstance(base, Number)
    assert isinstance(exponent, Number)
    return exponent.value.denominator == 1 and abs(exponent.value) * max(
        base.value.numerator.bit_length(), base.value.denominator.bit_length()
    ) <= Fraction(20)


def _terms(node: Node) -> int:
    if isinstance(node, Call) and node.function in (*_SUMS, "neg"):
        return sum(map(_terms, node.arguments))
    return 1


_DEMANDS: dict[Form, Callable[[Node, Node], str]] = {
    "no decimals": _no_decimals,
    "lowest terms": _lowest_terms,
    "factored": _factored,
    "expanded": _expanded,
    "simplified": _simplified,
}
