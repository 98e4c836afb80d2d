"""Vectors and matrices in a tree, as far as can be seen without their values."""

from __future__ import annotations

from quizkit.values.expressions.tree import BRACKETS, Call, Node, walk


def is_flat(node: Node) -> bool:
    """Whether the node is a vector that is written out."""
    if not isinstance(node, Call) or node.function != "[]":
        return False
    return not any(isinstance(each, Call) and each.function == "[]" for each in node.arguments)


def is_listed(node: Node) -> bool:
    """Whether the node is a vector: one that is written out, or a family such as all x_i."""
    is_family = isinstance(node, Call) and node.function in ("all", "()")
    return is_family or is_flat(node)


def has_vector(node: Node) -> bool:
    """Whether a vector stands in the node that is no row of a matrix."""
    if is_listed(node):
        return True
    if not isinstance(node, Call) or node.function == "[]":
        return False
    return any(map(has_vector, node.arguments))


def is_row(node: Node) -> bool:
    """Whether a product with what follows is an inner product: a vector that is transposed."""
    is_transposed = isinstance(node, Call) and node.function == "transpose"
    return is_transposed and is_listed(node.arguments[0])  # type: ignore[union-attr]


def is_ragged(tree: Node) -> bool:
    """Whether rows of unequal lengths stand below each other."""
    for node in walk(tree):
        if isinstance(node, Call) and node.function == "[]":
            are_rows = [isinstance(each, Call) and each.function == "[]" for each in node.arguments]
            if any(are_rows) and not all(are_rows):
                return True
            if all(are_rows) and len({len(each.arguments) for each in node.arguments}) > 1:  # type: ignore[union-attr]
                return True
    return False


def is_bracket(node: Node) -> bool:
    """Whether the node is a vector or bracket, which is no number."""
    return isinstance(node, Call) and node.function in (*BRACKETS, "all", "set", "list")
