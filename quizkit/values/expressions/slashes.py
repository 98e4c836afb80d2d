"""A slash after a function without brackets: `cos πt/T` is cos(πt)/T here, and may be meant as cos(πt/T)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from quizkit.values.expressions.cost import bound
from quizkit.values.expressions.names import ARITY
from quizkit.values.expressions.show import show
from quizkit.values.expressions.tree import BARE, Call, Node, call, rebuilt, walk
from quizkit.values.numbers import Unreadable

MOST = 2  # such slashes that are tried one by one; more are all read alike


def inside(above: Node, below: Node, sign: str = "/") -> Node | None:
    """What follows drawn into the last function above, with the factors between; None without one."""
    if not isinstance(above, Call) or not above.arguments:
        return None
    first, *rest = above.arguments
    if above.function in ARITY and (not rest or above.function == "log"):
        return Call(above.function, (call(sign, first, below), *rest))
    if above.function in ("*", "/", BARE, "@", "⊙", "^") and (last := inside(rest[0], below, sign)):
        return call(above.function, first, last)
    if above.function == "*" and (product_inside := inside(first, rest[0], "*")):
        return inside(product_inside, below, sign)
    if above.function in ("neg", "pm", "^", BARE) and (base := inside(first, below, sign)):
        return Call(above.function, (base, *rest))
    return None


def outside(tree: Node) -> Node:
    """The tree as it is read: a function without brackets ends before the slash."""
    return _read(tree, [False] * ambiguous(tree))[0]


def ambiguous(tree: Node) -> int:
    """How many such slashes there are."""
    return sum(isinstance(node, Call) and node.function == BARE for node in walk(tree))


def otherwise(tree: Node) -> Iterator[tuple[Node, str]]:
    """The other trees that may be meant, each with what can be read in two ways."""
    count = ambiguous(tree)
    choices = product((False, True), repeat=count) if count <= MOST else [(), (True,) * count]
    for choice in list(choices)[1:]:
        other, told = _read(tree, choice)
        try:
            bound(other)
        except Unreadable:
            continue
        yield other, told


def _read(tree: Node, choice: Sequence[bool]) -> tuple[Node, str]:
    """The tree with each such slash taken outside or inside, and what is said of the first inside."""
    is_inside, told = iter(choice), []

    def change(node: Node) -> Node:
        if not isinstance(node, Call) or node.function != BARE:
            return node
        above, below = node.arguments
        whole, drawn = call("/", above, below), inside(above, below)
        if not next(is_inside) or drawn is None:
            return whole
        told.append(f"without brackets it can be read as {show(whole)} or {show(drawn)}")
        return drawn

    return rebuilt(tree, change), "; ".join((*told[:1], "put brackets"))
