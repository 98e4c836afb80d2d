"""LaTeX layouts: fractions, roots, binomials, matrices and cases."""

from __future__ import annotations

from quizkit.values.expressions.bars import determinant
from quizkit.values.expressions.braces import Braces
from quizkit.values.expressions.tree import Call, Node, call, number
from quizkit.values.numbers import Unreadable, quoted

_MATRICES = ("matrix", "bmatrix", "pmatrix", "Bmatrix", "array", "smallmatrix", "vmatrix")
_CASES = ("cases", "dcases", "rcases")


class Latex(Braces):
    """Readers for commands that lay a formula out."""

    def command(self) -> Node:
        """`\\frac`, `\\sqrt`, `\\binom` and environments."""
        token = self.take()
        if token.text == "frac":
            above = self.group_or_operand()
            return call("/", above, self.group_or_operand())
        if token.text == "binom":
            above = self.group_or_operand()
            return call("binomial", above, self.group_or_operand())
        if token.text == "sqrt":
            return self.root()
        if token.text == "begin":
            return self.environment()
        raise Unreadable(f"expected a formula, found {quoted(chr(92) + token.text)}", token.at)

    def root(self) -> Node:
        """`\\sqrt{x}` and `\\sqrt[3]{x}`."""
        degree: Node | None = None
        if self.accept("["):
            degree = self.enclosed()
            self.expect("]")
        under = self.group_or_operand()
        if degree is None or degree == number(2):
            return call("sqrt", under)
        return call("root", under, degree)

    def environment(self, *, is_cases: bool = False) -> Node:
        """A matrix, a determinant, or the cases of a function."""
        self.accept_begin()
        at = self.token.at
        name = self.environment_name()
        is_cases = is_cases or name in _CASES
        if not is_cases and name not in _MATRICES:
            raise Unreadable("expected a matrix or cases", at)
        if name == "array":
            self.skip_columns()
        rows = self.rows(is_cases=is_cases)
        if self.environment_name() != name:
            raise Unreadable("expected the end of what begins here", at)
        if is_cases:
            return _cases(rows, at)
        matrix = _matrix(rows, at)
        return determinant(matrix, at) if name == "vmatrix" else matrix

    def accept_begin(self) -> None:
        """Moves over `\\begin`, where it was not read yet."""
        if self.token.kind == "command" and self.token.text == "begin":
            self.at += 1

    def skip_columns(self) -> None:
        """How the columns of an array stand: `{cc}`, `{c|c}`."""
        at = self.token.at
        self.expect("{")
        while not self.accept("}"):
            token = self.take()
            if token.text != "|" and not (token.kind == "name" and set(token.text) <= set("lcr")):
                raise Unreadable("expected columns such as cc after the name of the array", at)

    def rows(self, *, is_cases: bool) -> list[list[Node | None]]:
        """The cells of every row that is not empty."""
        rows: list[list[Node | None]] = [[]]
        while not (self.token.kind == "command" and self.token.text == "end"):
            rows[-1].append(self.cell(is_condition=is_cases and len(rows[-1]) == 1))
            if self.accept("\\\\"):
                rows.append([])
            elif not self.accept("&") and self.token.text != "end":
                raise Unreadable(self.missing(), self.token.at)
        self.at += 1
        return [row for row in rows if row]

    def environment_name(self) -> str:
        """`bmatrix` of `{bmatrix}`."""
        self.expect("{")
        name = self.take().text
        self.expect("}")
        return name

    def cell(self, *, is_condition: bool) -> Node | None:
        """An entry of a matrix or of cases; None for `otherwise`."""
        if not is_condition:
            value = self.sum()
            self.accept(",")
            return value
        for word in ("if", "for"):
            if self.token.text == word:
                self.at += 1
        if self.accept("otherwise", "else"):
            return None
        value = self.disjunction()
        self.accept(",")
        return value


def _matrix(rows: list[list[Node | None]], at: int) -> Node:
    cells = [tuple(cell for cell in row if cell is not None) for row in rows]
    if not cells or len({len(row) for row in cells}) != 1:
        raise Unreadable("expected rows of one length", at)
    if all(len(row) == 1 for row in cells):
        return Call("[]", tuple(row[0] for row in cells))
    return Call("[]", tuple(Call("[]", row) for row in cells))


def _cases(rows: list[list[Node | None]], at: int) -> Node:
    """Nested choices; the last row may do without a condition."""
    found: Node | None = None
    for row in reversed(rows):
        value, condition = row[0], row[1] if len(row) == 2 else None
        if value is None or len(row) > 2 or (condition is None and found is not None):
            raise Unreadable("expected a value and a condition in each row", at)
        other = found or call("undefined")
        found = value if condition is None else call("where", condition, value, other)
    if found is None:
        raise Unreadable("expected at least one case", at)
    return found
