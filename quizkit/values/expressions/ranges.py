"""Between which bounds a value surely lies on the declared domain; coarse, but never too narrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from quizkit.values.expressions.symbols import Domain
from quizkit.values.expressions.tree import Name, Node, Number

Bound = Fraction | None  # None for an infinite one
Range = tuple[Bound, Bound]

ALL: Range = (None, None)
_ZERO, _ONE = Fraction(0), Fraction(1)
_KNOWN: dict[str, Range] = {
    "exp": (_ZERO, None), "cosh": (_ONE, None), "abs": (_ZERO, None), "norm": (_ZERO, None),
    "sqrt": (_ZERO, None), "square": (_ZERO, None), "relu": (_ZERO, None), "softplus": (_ZERO, None),
    "sigmoid": (_ZERO, _ONE), "normalcdf": (_ZERO, _ONE), "step": (_ZERO, _ONE),
    "sigmoid'": (_ZERO, _ONE), "tanh'": (_ZERO, _ONE), "softplus'": (_ZERO, _ONE),
    "sin": (-_ONE, _ONE), "cos": (-_ONE, _ONE), "tanh": (-_ONE, _ONE), "erf": (-_ONE, _ONE),
    "sign": (-_ONE, _ONE), "hardtanh": (-_ONE, _ONE), "softsign": (-_ONE, _ONE),
    "factorial": (_ONE, None), "binomial": (_ZERO, None), "indicator": (_ZERO, _ONE),
    "kronecker": (_ZERO, _ONE), "normalpdf": (_ZERO, _ONE), "logsigmoid": (None, _ZERO),
}  # fmt: skip


def bounds(node: Node, domains: Mapping[str, Domain]) -> Range:
    """The bounds of a real value; infinite where nothing better is known."""
    if isinstance(node, Number):
        return node.value, node.value
    if isinstance(node, Name):
        own = domains.get(node.name)
        if own is None:
            return (Fraction(2), Fraction(4)) if node.name in ("pi", "e") else ALL
        return ALL if own.is_matrix else (own.low, own.high)
    if node.function == "index":
        return bounds(node.arguments[0], domains)
    parts = [bounds(each, domains) for each in node.arguments]
    rule = _RULES.get(node.function)
    if rule is not None and len(parts) in (1, 2):
        return rule(*parts)
    if node.function == "^":
        return _power(parts[0], node.arguments[1])
    if node.function in ("max", "min") and len(parts) > 1:
        return _extreme(node.function, parts)
    if node.function == "clip" and len(parts) == 3:
        return parts[1][0], parts[2][1]
    return _KNOWN.get(node.function, ALL)


def _add(a: Range, b: Range) -> Range:
    low = None if a[0] is None or b[0] is None else a[0] + b[0]
    return low, None if a[1] is None or b[1] is None else a[1] + b[1]


def _neg(a: Range) -> Range:
    return None if a[1] is None else -a[1], None if a[0] is None else -a[0]


def _multiply(a: Range, b: Range) -> Range:
    if None not in (*a, *b):
        products = [x * y for x in a for y in b if x is not None and y is not None]
        return min(products), max(products)
    signs = _sign(a), _sign(b)
    if 0 in signs:
        return ALL
    return (_ZERO, None) if signs[0] == signs[1] else (None, _ZERO)


def _sign(a: Range) -> int:
    """1 for what is never negative, -1 for what is never positive, else 0."""
    if a[0] is not None and a[0] >= 0:
        return 1
    return -1 if a[1] is not None and a[1] <= 0 else 0


def _divide(a: Range, b: Range) -> Range:
    """By a value that is not 0 it is a product with the reciprocal, of the same sign."""
    low, high = b
    if low is not None and low > 0:
        return _multiply(a, (_ZERO if high is None else 1 / high, 1 / low))
    if high is not None and high < 0:
        return _neg(_divide(a, _neg(b)))
    sign = _sign(b)
    return _multiply(a, (_ZERO, None) if sign > 0 else (None, _ZERO)) if sign else ALL


def _power(base: Range, exponent: Node) -> Range:
    if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value % 2 == 0:
        return _ZERO, None
    return (_ZERO, None) if _sign(base) > 0 else ALL


def _extreme(function: str, parts: list[Range]) -> Range:
    lows, highs = ([part[side] for part in parts] for side in (0, 1))
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    if function == "max":
        return max(known_lows, default=None), None if None in highs else max(known_highs)
    return None if None in lows else min(known_lows), min(known_highs, default=None)


_RULES: dict[str, Callable[..., Range]] = {
    "+": _add,
    "-": lambda a, b: _add(a, _neg(b)),
    "neg": _neg,
    "*": _multiply,
    "/": _divide,
}
