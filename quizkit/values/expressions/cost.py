"""What an expression would cost to evaluate, estimated from its tree before anything is evaluated."""

from __future__ import annotations

import math

from quizkit.values.expressions.tree import BARE, BINDERS, Call, Name, Node, Number, table
from quizkit.values.numbers import Unreadable

DEEPEST = 120
MOST = 20_000  # operations at one point
LONGEST_SUM = 200
LARGEST = 10.0**7  # bits of a constant
_USUAL_SUM = 8
_DEAR = table(
    "exp log sin cos tan asin acos atan sinh cosh tanh erf erfc normalcdf gelu softplus sigmoid"
    " logsumexp logaddexp softmax det ^ sigmoid' tanh' softplus' sin' cos' exp'"
)


def bound(tree: Node) -> None:
    """Refuses a tree that is too deep, too large a number, or too long a sum, with `Unreadable`."""
    if depth(tree) > DEEPEST:
        raise Unreadable(f"expected at most {DEEPEST} operations within each other", 0)
    size(tree)
    if operations(tree) > MOST:
        raise Unreadable("expected a formula that takes fewer operations", 0)


def depth(tree: Node) -> int:
    """How deep the tree is, found without recursion."""
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [each for node in level if isinstance(node, Call) for each in node.arguments]
    return deepest


def operations(node: Node) -> float:
    """About how many operations one evaluation takes."""
    if not isinstance(node, Call):
        return 1
    below = sum(map(operations, node.arguments))
    if node.function in BINDERS:
        return 1 + below * _terms(node)
    return below + (20 if node.function in _DEAR else 1)


def _terms(node: Call) -> float:
    _, _, start, stop = node.arguments
    if isinstance(start, Number) and isinstance(stop, Number):
        terms = stop.value - start.value + 1
        if terms > LONGEST_SUM:
            raise Unreadable(f"expected a sum of at most {LONGEST_SUM} terms", 0)
        return max(float(terms), 1.0)
    return _USUAL_SUM


def size(node: Node) -> float:
    """A bound on the bits of a constant's value; 8 for what varies. `Unreadable` if it is huge."""
    if isinstance(node, Number):
        return float(max(node.value.numerator.bit_length(), node.value.denominator.bit_length()))
    if isinstance(node, Name):
        return 8.0
    sizes = [size(each) for each in node.arguments]
    bits = _size(node, sizes)
    if bits > LARGEST:
        raise Unreadable("expected smaller powers and factorials", 0)
    return bits


def _size(node: Call, sizes: list[float]) -> float:
    if node.function in ("^", "pow"):
        if not varies(node.arguments[1]):
            return sizes[0] * math.exp2(min(sizes[1], 60.0))
        return sizes[0] * 64.0
    if node.function == "factorial":
        if varies(node.arguments[0]):
            return 512.0
        return math.exp2(min(sizes[0], 60.0)) * sizes[0]
    if node.function in ("exp", "cosh", "sinh"):
        return 2.0 * math.exp2(min(sizes[0], 60.0)) if not varies(node) else 512.0
    if node.function in ("*", "/", BARE, "binomial", "mod", "//"):
        return sum(sizes)
    if node.function in ("log", "abs", "neg", "sqrt"):
        return sizes[0]
    return max(sizes, default=1.0) + math.log2(len(sizes) + 1)


def varies(node: Node) -> bool:
    """Whether a symbol occurs."""
    if isinstance(node, Name):
        return node.name not in ("pi", "e", "inf")
    return isinstance(node, Call) and any(map(varies, node.arguments))
