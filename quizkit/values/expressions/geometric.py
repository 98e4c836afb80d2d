"""Sums without end that have a closed form: geometric series, c·r^k over all k from the start on."""

from __future__ import annotations

from quizkit.values.expressions.tree import Call, Node, call, number, walk

_ZERO, _ONE = number(0), number(1)


def closed_form(body: Node, index: Node, start: Node) -> tuple[Node, Node] | None:
    """The sum c·r^start / (1 - r), and the ratio r of which |r| < 1 must hold; None for other series."""
    found = _term(body, index)
    if found is None:
        return None
    factor, ratio = found
    first = call("*", factor, call("^", ratio, start))
    return call("/", first, call("-", _ONE, ratio)), ratio


def _term(node: Node, index: Node) -> tuple[Node, Node] | None:
    """c and r of a term c·r^k."""
    if index not in walk(node):
        return node, _ONE
    if not isinstance(node, Call):
        return None
    if node.function == "neg":
        found = _term(node.arguments[0], index)
        return None if found is None else (call("neg", found[0]), found[1])
    if node.function in ("*", "/"):
        one, other = (_term(each, index) for each in node.arguments)
        if one is None or other is None:
            return None
        return call(node.function, one[0], other[0]), call(node.function, one[1], other[1])
    if node.function == "^" and index not in walk(node.arguments[0]):
        base, exponent = node.arguments
        linear = _linear(exponent, index)
        return None if linear is None else (call("^", base, linear[0]), call("^", base, linear[1]))
    return None


def _linear(node: Node, index: Node) -> tuple[Node, Node] | None:
    """a and b of an exponent a + b·k."""
    if node == index:
        return _ZERO, _ONE
    if index not in walk(node):
        return node, _ZERO
    if not isinstance(node, Call) or node.function not in ("+", "-", "neg", "*"):
        return None
    parts = [_linear(each, index) for each in node.arguments]
    if node.function == "*":
        factor, other = (
            node.arguments if index not in walk(node.arguments[0]) else node.arguments[::-1]
        )
        within = _linear(other, index) if index not in walk(factor) else None
        return (
            None if within is None else (call("*", factor, within[0]), call("*", factor, within[1]))
        )
    found = [each for each in parts if each is not None]
    if len(found) < len(parts):
        return None
    constants, slopes = zip(*found, strict=True)
    return Call(node.function, constants), Call(node.function, slopes)
