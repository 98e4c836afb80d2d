"""Answers with an equals sign where a value is asked: a label, or a chain of equal forms."""

from __future__ import annotations

from quizkit.values.expressions.names import PRIMED
from quizkit.values.expressions.tree import CONSTANTS, RELATIONS, Call, Name, Node, free_names, walk

MOST_FORMS = 8
_DERIVATIVES = tuple(f"{name}'" for name in PRIMED)


def forms(answer: Node, key: Node) -> tuple[Node, ...]:
    """What `x = a = b` gives, where the key is a value and x does not occur in it; all must be the key.

    An answer that is no such chain is its own only form.
    """
    linked = None if is_statement(key) else _linked(answer)
    if linked is None or len(linked) > MOST_FORMS:
        return (answer,)
    label, *rest = linked
    name = label.arguments[0] if isinstance(label, Call) and label.function == "index" else label
    used = free_names(key).union(*map(free_names, rest))
    is_label = isinstance(name, Name) and name.name not in used and name.name not in CONSTANTS
    return tuple(rest) if is_label else tuple(linked)


def _linked(node: Node) -> list[Node] | None:
    """The sides of equations one after the other, each link beginning where the last one ends."""
    if not isinstance(node, Call) or node.function not in ("=", "and"):
        return None
    if node.function == "=":
        return list(node.arguments)
    before, after = map(_linked, node.arguments)
    if before is None or after is None or before[-1] != after[0]:
        return None
    return before + after[1:]


def value_alone(key: Node, answer: Node) -> Node:
    """The constant of a key `x = 3`, where the answer gives a value only."""
    if isinstance(key, Call) and key.function == "=" and not is_statement(answer):
        left, right = key.arguments
        if isinstance(left, Name) and not free_names(right):
            return right
    return key


def is_statement(node: Node) -> bool:
    """Whether the node is true or false."""
    return isinstance(node, Call) and node.function in (*RELATIONS, "and", "or", "in")


def only_names(answer: Node, key: Node) -> bool:
    """Whether `σ'(z)` is all of an answer to a key that works the derivative out: no answer yet."""
    return (
        isinstance(answer, Call)
        and answer.function in _DERIVATIVES
        and not any(isinstance(each, Call) and each.function in _DERIVATIVES for each in walk(key))
    )
