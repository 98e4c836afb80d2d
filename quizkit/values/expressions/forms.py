"""Demands on the form of an answer that has the right value: factored, lowest terms, no decimals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import get_args

from quizkit.model import Form
from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Undefined, Unsure, arithmetic
from quizkit.values.expressions.normal import polynomial
from quizkit.values.expressions.show import show
from quizkit.values.expressions.slashes import outside
from quizkit.values.expressions.terms import value
from quizkit.values.expressions.tree import Call, Name, Node, Number, walk

FORMS: tuple[Form, ...] = get_args(Form)

_SUMS = ("+", "-")
_LEFT = ("/", "neg", "group", "[]", "()", "set", "list")  # of numbers they may stay as they are
_TOOLS = arithmetic(25)
_SLACK = 1.5  # how much longer than the key a simplified answer may be


def unmet(answer: Node, key: Node, form: Form) -> str:
    """What the answer's form lacks; the empty text where nothing is lacking."""
    return _DEMANDS[form](outside(answer), outside(key))


def _no_decimals(answer: Node, _: Node) -> str:
    if any(isinstance(node, Number) and node.is_decimal for node in walk(answer)):
        return "write fractions instead of decimals"
    return ""


def _lowest_terms(answer: Node, key: Node) -> str:
    """No fraction of whole numbers, and none of products, may be left to cancel."""
    for node in walk(answer):
        if isinstance(node, Call) and node.function == "/":
            above, below = node.arguments
            is_new = node not in set(walk(key)) and not _is_times_one_over(node)
            if is_new and any(map(_is_left_to_work_out, node.arguments)):
                return "work out the numbers above and below"
            if any(isinstance(each, Number) and each.is_decimal for each in node.arguments):
                return "write whole numbers above and below"
            if _is_nested(node) and not any(map(_is_nested, walk(key))):
                return "write one fraction, with none within it"
            if gcd(_content(above), _content(below)) > 1 or _factors(above) & _factors(below):
                return "cancel what stands above and below"
            if _content(below) == 1 and isinstance(below, Number):
                return "a denominator of 1 can be left out"
    return ""


def _is_left_to_work_out(node: Node) -> bool:
    """Whether numbers are multiplied, or a root of a number and the like comes out as a fraction."""
    if _has_plain_one(node) or _has_two_numbers(node):
        return True
    return any(_is_worked_out(each) or _is_sum_of_numbers(each) for each in walk(node))


def _is_nested(node: Node) -> bool:
    """Whether a fraction stands above or below in a fraction."""
    return (
        isinstance(node, Call)
        and node.function == "/"
        and any(
            isinstance(base, Call) and base.function == "/"
            for each in node.arguments
            for base in _multiplied(each)
        )
    )


def _multiplied(node: Node) -> list[Node]:
    """What is multiplied in a product, signs left out."""
    if isinstance(node, Call) and node.function in ("*", "neg"):
        return [base for each in node.arguments for base in _multiplied(each)]
    return [node]


def _has_plain_one(node: Node) -> bool:
    """Whether something is multiplied by 1, divided by it, or raised to it, or 0 is added."""
    if not isinstance(node, Call) or len(node.arguments) != 2:
        return False
    one, other = node.arguments
    if node.function in _SUMS:
        return _is(one, 0) or _is(other, 0)
    if node.function == "*":
        return _is(one, 1) or _is(other, 1) or _is(one, 0) or _is(other, 0)
    return node.function in ("/", "^") and (
        _is(other, 1) or (node.function == "^" and _is(other, 0))
    )


def _is_times_one_over(node: Node) -> bool:
    """x·1/2, which is x times a half."""
    above = node.arguments[0] if isinstance(node, Call) and node.function == "/" else node
    return (
        above is not node
        and isinstance(above, Call)
        and above.function == "*"
        and _is(above.arguments[1], 1)
        and _varies(above.arguments[0])
    )


def _is(node: Node, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


def _has_two_numbers(node: Node) -> bool:
    """Whether a product has two numbers as factors, such as 2·(3·x)."""
    return (
        isinstance(node, Call)
        and node.function == "*"
        and sum(isinstance(each, Number) for each in _multiplied(node)) > 1
    )


def _is_worked_out(node: Node) -> bool:
    """Whether a function of numbers alone has a fraction as its value: √9, log₂ 8, |-3|, 3!."""
    if not isinstance(node, Call) or node.function in _LEFT or _varies(node):
        return False
    if node.function in ("*", "^", *_SUMS):  # said of these by what they are of
        return False
    try:
        found = evaluated(node, {}, _TOOLS, _no_element)
    except (Undefined, Unsure):
        return False
    return type(found) is Fraction


def _varies(node: Node) -> bool:
    return any(isinstance(each, Name) and each.name not in ("pi", "e") for each in walk(node))


def _no_element(*_: object) -> Fraction:
    raise Undefined


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
    if _cancels(answer):
        return "cancel what stands above and below"
    own, wanted = _count(answer), _count(key)
    if own < wanted:
        return f"it can be factored further, into {wanted} factors"
    widest = max((_degree(each) for each in _bases(key)), default=0)
    are_polynomials = all(map(_is_polynomial, _bases(key)))
    for factor in _bases(answer):
        if _is_sum(factor) and _content(factor) > 1:
            return "a common factor can be taken out"
        if are_polynomials and not _is_polynomial(factor):
            return f"write factors without fractions and roots of symbols; {show(factor)} is none"
        if are_polynomials and _degree(factor) > max(widest, 1):
            return f"{show(factor)} can be factored further"
    return ""


def _cancels(node: Node) -> bool:
    """Whether one factor stands both above and below."""
    if not isinstance(node, Call) or node.function not in ("*", "/", "neg"):
        return False
    above, below = _sides(node)
    return bool(above & below)


def _sides(node: Node) -> tuple[set[Node], set[Node]]:
    """The factors above and below, powers by their base."""
    if isinstance(node, Call) and node.function in ("*", "/", "neg"):
        above, below = set[Node](), set[Node]()
        for place, each in enumerate(node.arguments):
            sides = _sides(each)
            if node.function == "/" and place:
                sides = sides[::-1]
            above, below = above | sides[0], below | sides[1]
        return above, below
    if isinstance(node, Call) and node.function == "^" and isinstance(node.arguments[1], Number):
        sides = _sides(node.arguments[0])
        return sides if node.arguments[1].value >= 0 else sides[::-1]
    return (set(), set()) if isinstance(node, Number) else ({node}, set())


def _is_polynomial(node: Node) -> bool:
    """Whether no symbol is divided by, stands under a root, or in an exponent, in a sum."""
    if not _is_sum(node):
        return True
    return not any(
        isinstance(each, Call)
        and (
            (
                each.function in ("/", "log")
                and len(each.arguments) > 1
                and _varies(each.arguments[1])
            )
            or (each.function in ("sqrt", "root", "rsqrt", "reciprocal", "abs") and _varies(each))
            or (
                each.function in ("^", "pow")
                and _varies(each)
                and not _is_natural(each.arguments[1])
            )
        )
        for each in walk(node)
    )


def _is_natural(node: Node) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and node.value >= 0


def _degree(node: Node) -> int:
    """The largest sum of powers of symbols in a term of a polynomial; 0 for anything else."""
    terms = polynomial(node) if _is_sum(node) else None
    return max(
        (sum(int(power) for each, power in term if each[0] == "name") for term in terms or ()),
        default=0,
    )


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
        return _count(node.arguments[0]) * (max(int(exponent), 1) if exponent else 0)
    terms = polynomial(node)
    return 0 if terms is not None and value(terms) is not None else int(_varies(node))


def _simplified(answer: Node, key: Node) -> str:
    """Not much longer than the key, with like terms collected and numbers worked out."""
    lowest = _lowest_terms(answer, key)
    if lowest:
        return lowest
    halved = {node.arguments[0] for node in walk(answer) if _is_times_one_over(node)}  # type: ignore[union-attr]
    parts = [node for node in walk(answer) if node not in halved.union(walk(key))]
    for told, holds in _UNSIMPLIFIED.items():
        if any(map(holds, parts)) and not any(map(holds, walk(key))):
            return told
    terms = polynomial(answer)
    if terms is not None and _is_sum(answer) and _terms(answer) > max(len(terms), 1):
        return "like terms can be collected"
    own, wanted = (sum(1 for _ in walk(each)) for each in (answer, key))
    return "it can be written more shortly" if own > max(wanted * _SLACK, wanted + 4) else ""


def _undoes(node: Node) -> bool:
    """Whether a function is applied to its inverse: log e^x, e^(log x), (√x)², -(-x)."""
    if not isinstance(node, Call):
        return False
    inner = node.arguments[-1] if node.arguments else node
    if node.function == "^":
        base, power = node.arguments
        is_root = isinstance(base, Call) and base.function == "sqrt" and _is(power, 2)
        return is_root or (base == Name("e") and _is_of("log", power))
    if node.function == "log" and len(node.arguments) == 1:
        is_power = (
            isinstance(inner, Call) and inner.function == "^" and inner.arguments[0] == Name("e")
        )
        return is_power or inner == Name("e") or _is_of("exp", inner)
    pairs = {"exp": "log", "neg": "neg", "reciprocal": "reciprocal", "abs": "abs", "relu": "relu"}
    return node.function in pairs and _is_of(pairs[node.function], inner)


def _is_root_of_power(node: Node) -> bool:
    """√(x⁴)"""
    inner = node.arguments[0] if isinstance(node, Call) and node.function == "sqrt" else node
    if inner is node or not isinstance(inner, Call) or inner.function != "^":
        return False
    power = inner.arguments[1]
    return isinstance(power, Number) and power.value >= 2


def _has_signs(node: Node) -> bool:
    """Whether two signs stand in one product."""
    return _signs(node) > 1


def _signs(node: Node) -> int:
    if not isinstance(node, Call) or node.function not in ("*", "/", "neg"):
        return 0
    return sum(map(_signs, node.arguments)) + (node.function == "neg")


def _has_numbers_apart(node: Node) -> bool:
    """Whether numbers above and below in a product have a common factor, or several stand below."""
    if not isinstance(node, Call) or node.function != "*":
        return False
    above, below = _numbers(node)
    return len(below) > 1 or any(gcd(one, other) > 1 for one in above for other in below)


def _numbers(node: Node) -> tuple[list[int], list[int]]:
    """The whole numbers above and below, in a product with fractions."""
    if isinstance(node, Number):
        return ([abs(node.value.numerator)] if node.value.denominator == 1 else []), []
    if not isinstance(node, Call) or node.function not in ("*", "/", "neg"):
        return [], []
    first, *rest = map(_numbers, node.arguments)
    for above, below in rest:
        sides = (below, above) if node.function == "/" else (above, below)
        first = first[0] + sides[0], first[1] + sides[1]
    return first


def _is_of(function: str, node: Node) -> bool:
    return isinstance(node, Call) and node.function == function and len(node.arguments) == 1


def _repeats(node: Node) -> bool:
    """Whether a product has a factor twice, or a power of it beside it."""
    if not isinstance(node, Call) or node.function != "*":
        return False
    bases = [
        each.arguments[0]
        if isinstance(each, Call) and each.function == "^" and isinstance(each.arguments[1], Number)
        else each
        for each in _multiplied(node)
        if not isinstance(each, Number)
    ]
    return len(set(bases)) < len(bases)


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


_UNSIMPLIFIED: dict[str, Callable[[Node], bool]] = {
    "numbers can be worked out": lambda node: (
        _is_sum_of_numbers(node)
        or _has_two_numbers(node)
        or _has_numbers_apart(node)
        or _is_worked_out(node)
    ),
    "signs can be worked out": _has_signs,
    "a root of a power can be written as a power": _is_root_of_power,
    "a factor or power of 1 and a term of 0 can be left out": _has_plain_one,
    "one function undoes the other": _undoes,
    "equal factors can be collected in a power": _repeats,
}
_DEMANDS: dict[Form, Callable[[Node, Node], str]] = {
    "no decimals": _no_decimals,
    "lowest terms": _lowest_terms,
    "factored": _factored,
    "expanded": _expanded,
    "simplified": _simplified,
}
