"""Bars: absolute values, norms, and determinants of matrices."""

from __future__ import annotations

from quizkit.values.expressions.brackets import Brackets
from quizkit.values.expressions.tree import IDENTITY, Call, Name, Node, call, number
from quizkit.values.numbers import Unreadable, quoted

LARGEST_DETERMINANT = 3


class Bars(Brackets):
    """Readers for what stands between bars."""

    def barred(self) -> Node:
        """`|x|` and `‖x‖`."""
        opening = self.take()
        function, count = "abs", 1
        if opening.text == "‖" or (self.token.text == "|" and not self.token.spaced):
            function = "norm"
        if opening.text == "|" and function == "norm":
            self.at += 1
            count = 2
        self.bars += 1
        value = self.sum()
        for _ in range(count):
            if self.token.text != opening.text:
                raise Unreadable(f"expected a closing {quoted(opening.text)}", self.token.at)
            self.at += 1
        self.bars -= 1
        if function == "norm":
            self.skip_norm_degree()
        elif self.is_matrix(value):
            return determinant(value, opening.at)
        return call(function, value)

    def is_matrix(self, node: Node) -> bool:
        """Whether the node is a matrix, of which bars mean the determinant."""
        if isinstance(node, Name):
            return self.words.symbols.get(node.name) == "matrix"
        if not isinstance(node, Call):
            return False
        if node == IDENTITY:
            return True
        if node.function in ("transpose", "inverse", "*", "@", "^", "/", "+", "-", "neg"):
            return any(map(self.is_matrix, node.arguments[: 1 if node.function in "^/" else 2]))
        return node.function == "[]" and _is_nested(node)

    def are_columns(self, *nodes: Node) -> bool:
        """Whether all are vectors by the look of their letters: `w`, but not `W`, declared as a matrix."""
        return all(
            isinstance(node, Name) and node.name[0].islower() and self.is_matrix(node)
            for node in nodes
        )

    def inner_of_columns(self, left: Node, right: Node, place: int) -> Call | None:
        """Their inner product if it is chosen here: w^T x, or x^T w, which is the same of vectors."""
        way = self.readings.taken(place, "inner", "inner, turned")
        if way == "inner, turned":
            left, right = right, left
        return call("@", call("transpose", left), right) if way else None

    def skip_norm_degree(self) -> None:
        """The 2 of `‖x‖₂`, which is what is meant without it."""
        if self.token.text == "_":
            at = self.token.at
            self.at += 1
            if self.group_or_operand() != number(2):
                raise Unreadable("expected the Euclidean norm, without another degree", at)


def determinant(matrix: Node, at: int) -> Node:
    """The determinant; one that is written out has at most three rows, and as many columns."""
    if isinstance(matrix, Call) and matrix.function == "[]":
        rows = [each.arguments if isinstance(each, Call) and each.function == "[]" else (each,)
                for each in matrix.arguments]  # fmt: skip
        if len(rows) > LARGEST_DETERMINANT or any(len(row) != len(rows) for row in rows):
            problem = f"expected a square matrix of at most {LARGEST_DETERMINANT} rows"
            raise Unreadable(f"{problem} between these bars", at)
        return call("det", Call("[]", tuple(Call("[]", row) for row in rows)))
    return call("det", matrix)


def _is_nested(node: Call) -> bool:
    return all(isinstance(each, Call) and each.function == "[]" for each in node.arguments)
