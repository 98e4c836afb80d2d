"""What several things beside each other mean: inequalities that hold together, solutions, both signs."""

from __future__ import annotations

from functools import partial, reduce

from quizkit.values.expressions.brackets import is_statement
from quizkit.values.expressions.tree import (
    BARE,
    RELATIONS,
    Call,
    Name,
    Node,
    call,
    free_names,
    rebuilt,
    walk,
)
from quizkit.values.numbers import Unreadable

_OPERATORS = frozenset(("+", "-", "*", "/", BARE, "^", "neg", "pm", "±", *RELATIONS))
MOST_BOTH = 20
_LISTS = ("set", "list")


def ungrouped(tree: Node) -> Node:
    """Brackets around an operand only group; elsewhere they make a vector of one, and braces a set."""

    def change(node: Node) -> Node:
        if not isinstance(node, Call) or node.function not in _OPERATORS:
            return node
        groups = ("group",) if node.function in RELATIONS else ("group", "set")
        inner = (
            each.arguments[0]
            if isinstance(each, Call) and each.function in groups and len(each.arguments) == 1
            else each
            for each in node.arguments
        )
        return Call(node.function, tuple(inner))

    def closed(node: Node) -> Node:
        is_group = isinstance(node, Call) and node.function == "group"
        return Call("[]", node.arguments) if is_group else node  # type: ignore[union-attr]

    return rebuilt(rebuilt(tree, change), closed)


def together(items: list[Node]) -> Node:
    """One item itself; inequalities that hold together; else a list, such as that of solutions."""
    are_bounds = all(isinstance(each, Call) and each.function in RELATIONS[1:] for each in items)
    items = [one for item in items for one in (_items("list", item) if len(items) > 1 else (item,))]
    items = _solutions(items)
    if len(items) > 1 and _are_solutions(items):
        return reduce(partial(call, "or"), items)
    found = items[0]
    for item in items[1:]:
        found = call("and", found, item)
    return found if len(items) == 1 or are_bounds else Call("list", tuple(items))


def _solutions(items: list[Node]) -> list[Node]:
    """`x = 2, x = -2` for `x = 2, -2`; other items as they are."""
    first, *rest = items
    if not isinstance(first, Call) or first.function != "=" or any(map(is_statement, rest)):
        return items
    return [first, *(call("=", first.arguments[0], value) for value in rest)]


def _are_solutions(items: list[Node]) -> bool:
    """Whether all are equations for one letter, of which any may hold: `x = 2, x = -2`."""
    letters = {
        each.arguments[0] if isinstance(each, Call) and each.function == "=" else None
        for each in items
    }
    return len(letters) == 1 and all(isinstance(each, Name) for each in letters)


def joined(sign: str, left: Node, right: Node) -> Node:
    """Two things with a word or sign between: of statements a statement, of values a list or set."""
    parts = left, right
    is_stated = [is_statement(each) for each in parts]
    if sign == "∖":
        return call("∖", left, right)
    if sign in ("or", "and") and (other := _other_solution(left, right)):
        return call("or", left, other)
    if sign in ("∪", "U"):
        if all(_is("set", each) for each in parts):
            return Call("set", _items("set", left) + _items("set", right))
        return call("or" if all(is_stated) else "∪", left, right)
    if any(is_stated) or sign == "&":
        return call("or" if sign == "or" else "and", left, right)
    kind = "set" if sign == "or" else "list"
    return Call(kind, _items(kind, left) + _items(kind, right))


def _other_solution(left: Node, right: Node) -> Node | None:
    """`x = -2` behind `x = 2 or` or `x = 2 and`: no number is both, so that each may hold; else None."""
    while _is("or", left):
        left = left.arguments[1]  # type: ignore[union-attr]
    name, value = _solved(left)
    if name is None or free_names(value):
        return None
    if is_statement(right):
        same, other = _solved(right)
        return right if same == name and not free_names(other) else None
    is_value = not free_names(right) and not _is("list", right) and not _is("set", right)
    return call("=", name, right) if is_value else None


def _solved(node: Node) -> tuple[Node | None, Node]:
    """The letter and what it is, of `x = 2`; None and the node for anything else."""
    if isinstance(node, Call) and node.function == "=" and isinstance(node.arguments[0], Name):
        return node.arguments[0], node.arguments[1]
    return None, node


def _is(kind: str, node: Node) -> bool:
    return isinstance(node, Call) and node.function == kind


def _items(kind: str, node: Node) -> tuple[Node, ...]:
    return node.arguments if isinstance(node, Call) and node.function == kind else (node,)


def spread(node: Node) -> Node:
    """`±` as both: two elements of a set or list, two solutions, or a list of two."""
    if not _has_both(node):
        return node
    if (
        sum(isinstance(each, Call) and each.function in ("pm", "±") for each in walk(node))
        > MOST_BOTH
    ):
        raise Unreadable(f"expected at most {MOST_BOTH} times ±", 0)
    if isinstance(node, Call) and node.function in _LISTS:
        return Call(node.function, tuple(one for each in node.arguments for one in _both(each)))
    if isinstance(node, Call) and node.function == "in" and not _has_both(node.arguments[0]):
        return call("in", node.arguments[0], spread(node.arguments[1]))
    if isinstance(node, Call) and node.function in ("or", "∪"):
        return Call(node.function, tuple(map(spread, node.arguments)))
    if isinstance(node, Call) and node.function in RELATIONS:
        return call("or", *_both(node))
    return Call("list", _both(node))


def _has_both(node: Node) -> bool:
    return any(isinstance(each, Call) and each.function in ("pm", "±") for each in walk(node))


def _both(node: Node) -> tuple[Node, ...]:
    """The node with plus and with minus, or itself where it has neither."""
    if not _has_both(node):
        return (node,)

    def chosen(sign: str) -> Node:
        def change(each: Node) -> Node:
            if isinstance(each, Call) and each.function == "pm":
                return call("neg", *each.arguments) if sign == "-" else each.arguments[0]
            if isinstance(each, Call) and each.function == "±":
                return call(sign, *each.arguments)
            return each

        return rebuilt(node, change)

    return chosen("+"), chosen("-")
