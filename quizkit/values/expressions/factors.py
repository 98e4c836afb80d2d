"""What a sign or a bracket reaches over: factors below a slash, in an exponent, between vectors."""

from __future__ import annotations

from quizkit.values.expressions.columns import has_vector, is_bracket, is_flat, is_listed
from quizkit.values.expressions.operands import Operands
from quizkit.values.expressions.readings import FACTORS
from quizkit.values.expressions.tree import BARE, IDENTITY, Node, Number, call, walk

DOTS = ("·", "⋅", "∙", "•", "\\cdot")


class Factors(Operands):
    """Readers for products without a sign, which may be meant to reach further than they do."""

    def inner_product(
        self, sign: str, left: Node, right: Node, place: int
    ) -> tuple[str, Node, Node]:
        """The sign and the factors: a dot between vectors may be meant for their inner product."""
        if self.words.vectors and is_flat(left) and is_flat(right):
            return "@", left, right
        if sign == "*" and not self.text.startswith(DOTS, place):
            return sign, left, right
        if self.are_columns(left, right) and (inner := self.inner_of_columns(left, right, place)):
            transposed, right = inner.arguments
            return "@", transposed, right
        if sign == "@" or not (is_listed(left) and is_listed(right)):
            return sign, left, right
        return ("@" if self.readings.taken(place, "inner") else sign), left, right

    def absorbed(self, value: Node, way: str) -> Node:
        """The value times what follows: one factor, those written close, all; or a quotient of those."""
        while way != "power" and self.starts_operand() and (way == "all" or not self.token.spaced):
            value = call("*", value, self.power())
            if way == "one":
                break
        if way == "quotient" and self.accept("/", BARE):
            at = self.at - 1
            value = call("/", value, self.denominator(self.signed(), at, value))
        return value

    def note_open(self, place: int, *, with_power: bool = False) -> None:
        """Notes that what follows may be meant to stand under the sign at this place."""
        ways: tuple[str, ...] = ()
        if with_power and self.token.text in ("^", "!"):
            ways = ("power", *FACTORS, "quotient")
        elif self.token.text in ("/", BARE):
            ways = ("quotient",)
        elif self.starts_operand():
            ways = (*FACTORS, "quotient")
        if ways:
            self.readings.taken(place, *ways)

    def denominator(self, right: Node, at: int, left: Node) -> Node:
        """What else a slash divides by: `1/2πσ` and `x/2y` go on, `1/2x` and `1/(2)x` do not."""
        is_coefficient = isinstance(left, Number) and isinstance(right, Number)
        is_half = is_coefficient and self.token.spaced and self.token.text == "("  # `1/2 (x - y)²`
        if not self.starts_operand():
            return right
        if not is_half:
            way = self.readings.taken(self.tokens[at].at, *FACTORS, "none")
            if way:
                return right if way == "none" else self.absorbed(right, way)
        if self.tokens[self.at - 1].text in (")", "]", "}", "|", "!"):
            return right
        while (
            self.starts_operand()
            and not self.token.spaced
            and self.token.kind == "name"
            and self.is_plain_name()
        ):
            if is_coefficient and not self.is_constant():
                break
            right = call("*", right, self.power())
            is_coefficient = False
        return right

    def as_matrices(self, terms: list[Node]) -> list[Node]:
        """The terms of a sum; a number beside a declared matrix stands for that multiple of identity."""
        if not any(map(self.is_square, terms)):
            return terms
        return [call("*", term, IDENTITY) if self.is_one_number(term) else term for term in terms]

    def is_one_number(self, node: Node) -> bool:
        """Whether no matrix, vector or bracket stands in the node."""
        return not self.is_matrix(node) and not any(map(is_bracket, walk(node)))

    def is_square(self, node: Node) -> bool:
        """Whether the node is a matrix in which no vector stands."""
        return self.is_matrix(node) and not has_vector(node)
