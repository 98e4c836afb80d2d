"""Expressions as plain Unicode text that reads back to the same tree."""

from __future__ import annotations

from fractions import Fraction

from quizkit.values.expressions.tree import (
    BARE,
    BINDERS,
    BRACKETS,
    COUNT,
    IDENTITY,
    RELATIONS,
    Call,
    Name,
    Node,
    Number,
    call,
    rebuilt,
)

_LOOSE, _OR, _AND, _IF, _RELATION, _SUM, _TERM, _SIGN, _POWER, _ATOM = range(10)
_INFIX = {
    "or": (_OR, " or "), "∪": (_OR, " ∪ "), "∖": (_OR, " ∖ "), "and": (_AND, " and "),
    "in": (_RELATION, " ∈ "),
    **{sign: (_RELATION, f" {sign} ") for sign in RELATIONS},
    "+": (_SUM, " + "), "-": (_SUM, " - "), "*": (_TERM, "·"), "⊙": (_TERM, " ⊙ "), "/": (_TERM, "/"),
    BARE: (_TERM, BARE), "//": (_TERM, "//"), "@": (_TERM, " @ "), "mod": (_TERM, " mod "),
}  # fmt: skip
_CONSTANTS = {"pi": "π", "inf": "∞"}
_BIG = {"sum over": "sum", "prod over": "prod", "max over": "max", "min over": "min"}


def show(node: Node) -> str:
    """The expression in one line: `1/(1 + e^(-x))`."""
    if isinstance(node, Call) and node.function == "[]":
        return _element(node)
    return _shown(node)[0]


def show_apart(node: Node) -> str:
    """The same with quotients and powers within products in brackets: `(1/2)·x`, `(x^2)·n`."""

    def change(each: Node) -> Node:
        if not isinstance(each, Call) or each.function not in ("*", "/", "⊙", "@"):
            return each
        left, right = each.arguments
        is_power = _is_call(right, "^") and each.function != "/"
        left = call("", left) if _is_call(left, "/", BARE, "^") else left
        return call(each.function, left, call("", right) if is_power else right)

    return show(rebuilt(node, change))


def _is_call(node: Node, *functions: str) -> bool:
    return isinstance(node, Call) and node.function in functions


def _shown(node: Node) -> tuple[str, int]:
    """The text, and how tightly it binds."""
    if isinstance(node, Number):
        return _number(node)
    if isinstance(node, Name):
        return _CONSTANTS.get(node.name, node.name), _ATOM
    function, arguments = node.function, node.arguments
    if function in _INFIX and len(arguments) == 2:
        level, sign = _INFIX[function]
        return _infix(arguments, level, sign), level
    if function == "neg":
        return "-" + _within(arguments[0], _SIGN), _SIGN
    if function == "^":
        return f"{_within(arguments[0], _ATOM)}^{_exponent(arguments[1])}", _POWER
    if function in ("factorial", "percent"):
        return _within(arguments[0], _ATOM) + ("!" if function == "factorial" else "%"), _ATOM
    if node == IDENTITY:
        return "I", _ATOM
    if function in BINDERS:
        return _big(node), _SUM
    return _closed(function, arguments), _ATOM


def _number(node: Number) -> tuple[str, int]:
    value = node.value
    if value.denominator == 1 and not node.is_decimal:
        return str(value.numerator), _ATOM if value >= 0 else _SIGN
    decimal = _decimal(value) if node.is_decimal else None
    if decimal is not None:
        return decimal, _ATOM if value >= 0 else _SIGN
    return f"{value.numerator}/{value.denominator}", _TERM


def _decimal(value: Fraction) -> str | None:
    """The digits of a finite decimal; None for a number without such."""
    below, places = value.denominator, 0
    while below % 10 == 0 or below % 5 == 0 or below % 2 == 0:
        below = below // 10 if below % 10 == 0 else below // (5 if below % 5 == 0 else 2)
        places += 1
    if below != 1:
        return None
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    if places > 30 or len(digits) > 50:
        mantissa = digits.strip("0") or "0"
        power = len(digits) - len(digits.rstrip("0")) - places
        return f"{'-' * (value < 0)}{mantissa}e{power}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else f"{digits}.0"
    return "-" * (value < 0) + text


def _within(node: Node, level: int) -> str:
    """The text, in brackets where it binds less tightly than its place demands."""
    text, own = _shown(node)
    return text if own >= level else f"({text})"


def _infix(arguments: tuple[Node, ...], level: int, sign: str) -> str:
    left, right = arguments
    is_chain = level == _RELATION
    return _within(left, level + is_chain) + sign + _within(right, level + 1)


def _exponent(node: Node) -> str:
    text, level = _shown(node)
    return text if level >= _ATOM else f"({text})"


def _big(node: Call) -> str:
    body, index, start, stop = node.arguments
    sign, letter = _BIG[node.function], show(index)
    if stop == Name(COUNT):
        return f"{sign}_{letter} {_within(body, _POWER)}"
    return f"{sign}_{{{letter}={show(start)}}}^({show(stop)}) {_within(body, _POWER)}"


def _plain(node: Node) -> str:
    return _shown(node)[0]


def _element(node: Node) -> str:
    """A vector by itself or in another, which needs no comma if it has one element."""
    if isinstance(node, Call) and node.function == "[]" and len(node.arguments) == 1:
        return f"[{_element(node.arguments[0])}]"
    return _plain(node)


def _closed(function: str, arguments: tuple[Node, ...]) -> str:
    inner = ", ".join(map(_element if function == "[]" else _plain, arguments))
    if function == "abs":
        return f"abs({inner})"
    if function in BRACKETS:
        return function[0] + inner + "," * (len(arguments) == 1) + function[1]
    if function == "set":
        return f"{{{inner}}}"
    if function == "list":
        return inner
    if function == "index":
        below = ",".join(map(_plain, arguments[1:])).replace(" ", "")
        return f"{_within(arguments[0], _ATOM)}_{{{below}}}"
    if function == "all":
        return show(arguments[0])
    if function == "transpose":
        return f"transpose({inner})"
    return f"{function}({inner})"
