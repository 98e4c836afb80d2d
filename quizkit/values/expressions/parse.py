"""From tokens to a tree: precedence, implicit products, function application, brackets."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizkit.values.expressions.columns import is_ragged, is_row
from quizkit.values.expressions.factors import Factors
from quizkit.values.expressions.lists import joined, spread, together, ungrouped
from quizkit.values.expressions.operands import OPENS
from quizkit.values.expressions.readings import BLANKS, Readings
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.slashes import inside
from quizkit.values.expressions.tree import (
    BARE,
    BRACKETS,
    RELATIONS,
    Call,
    Name,
    Node,
    Number,
    call,
    free_names,
    walk,
)
from quizkit.values.expressions.words import Words
from quizkit.values.numbers import Unreadable, quoted

_VECTORS = (*BRACKETS, "softmax", "logsoftmax", "all", "index", "transpose")
ONE = Number(Fraction(1))
_SIGNS = ("*", "/", BARE, "//", "@", "⊙", "%", "mod", "choose")
_TIMES = {"*": "*", "/": "/", "//": "//", "@": "@", "%": "mod", "choose": "binomial"}


def parse(
    text: str,
    symbols: Mapping[str, Any],
    *,
    with_vectors: bool = False,
    readings: Readings | None = None,
) -> Node:
    """The tree of an answer, or `Unreadable`; with vectors, w is (w_1, w_2) where those are declared.

    Blanks in square brackets part elements where rows would be of unequal lengths otherwise.
    """
    words = Words(symbols, with_vectors=with_vectors)
    readings = readings or Readings()
    tree = Parser(text, words, readings).whole()
    if BLANKS in readings.found and BLANKS not in readings.chosen and is_ragged(tree):
        apart = Readings({**readings.chosen, BLANKS: "blanks"})
        try:
            other = Parser(text, words, apart).whole()
        except Unreadable:
            return tree
        return tree if is_ragged(other) else other
    return tree


class Parser(Factors):
    """Recursive descent over one answer; brackets, layouts, sums and functions are read by its bases."""

    def whole(self) -> Node:
        """The whole answer: one expression, or a list of them."""
        self.read_times_sign()
        if self.tokens[0].text == "=":
            self.at += 1
        items = [self.layered(self.disjunction())]
        while self.accept(",", ";"):
            items.append(self.disjunction())
        if self.token.kind != "end":
            raise Unreadable(self.surplus(), self.token.at)
        return spread(ungrouped(together(items)))

    def read_times_sign(self) -> None:
        """The letter of `3 x 10^8` is a sign, unless it is a declared symbol."""
        if "x" in self.words.known:
            return
        for n in range(len(self.tokens) - 2, 0, -1):
            before, token, after = self.tokens[n - 1 : n + 2]
            if before.kind != "number" or token.kind != "name":
                continue
            if token.text == "x" and after.kind == "number":
                self.tokens[n] = token._replace(kind="operator", text="*")
            elif token.text[0] == "x" and token.text[1:].isdigit():
                digits = token.text[1:]
                number = Token("number", digits, token.at + 1, False, Fraction(digits))
                self.tokens[n : n + 1] = [token._replace(kind="operator", text="*"), number]

    # --- From loose to tight ----------------------------------------------------------------------

    def disjunction(self) -> Node:
        """Alternatives: `x = 1 or x = -1`, `(0, 1) ∪ (2, 3)`."""
        left = self.conjunction()
        while sign := self.accept("or", "∪", "U", "∖"):
            left = joined(sign, left, self.conjunction())
        return left

    def conjunction(self) -> Node:
        """`x > 0 and x < 1`."""
        left = self.conditional()
        while sign := self.accept("and", "&"):
            left = joined(sign, left, self.conditional())
        return left

    def conditional(self) -> Node:
        """Python's `a if condition else b`."""
        value = self.relation()
        if not self.accept("if"):
            return value
        condition = self.relation()
        while self.accept("and"):
            condition = call("and", condition, self.relation())
        self.expect("else")
        return call("where", condition, value, self.conditional())

    def relation(self) -> Node:
        """`a < b`, and chains such as `0 < x ≤ 1`."""
        left = self.sum()
        if self.token.text == "in" and self.accept("in"):
            return call("in", left, self.union())
        found: Node | None = None
        while sign := self.accept(*RELATIONS):
            right = self.sum()
            link = call(sign, left, right)
            found = link if found is None else call("and", found, link)
            left = right
        return left if found is None else found

    def union(self) -> Node:
        """An interval or set, those united with it, and without what is taken out."""
        left = self.sum()
        while sign := self.accept("∪", "U", "∖"):
            left = joined(sign, left, self.sum())
        return left

    def sum(self) -> Node:
        """Terms between plus and minus signs."""
        signs, terms = [], [self.term()]
        while not self.begins_element() and (sign := self.accept("+", "-", "±")):
            signs.append(sign)
            terms.append(self.term())
        if self.words.has_matrices and signs:
            terms = self.as_matrices(terms)
        left, *rest = terms
        for sign, right in zip(signs, rest, strict=True):
            left = call(sign, left, right)
        return left

    def begins_element(self) -> bool:
        """Whether a sign belongs to the next element of a row: the minus of `[1 -x]`."""
        if not self.is_row or not self.token.spaced or self.token.text not in ("+", "-"):
            return False
        after = self.tokens[self.at + 1]
        return not after.spaced and bool(self.readings.taken(BLANKS, "blanks"))

    def term(self) -> Node:
        """Factors between signs, or side by side."""
        left = self.signed()
        while True:
            at = self.at
            if not self.is_called() and (sign := self.accept(*_SIGNS)):
                right = self.signed()
                if sign in ("*", "@"):
                    place = self.tokens[at].at
                    sign, left, right = self.inner_product(sign, left, right, place)
                if sign in ("/", BARE):
                    right = self.denominator(right, at, left)
                    sign = self.slash(sign, at, left)
                elif sign == "*" and at == self.bare:
                    self.bare = self.at  # `cos π*t/T` is as open as `cos πt/T`
                left = call(_TIMES.get(sign, sign), left, right)
            elif self.starts_operand():
                left = call("@" if is_row(left) else "*", left, self.power())
            else:
                return left

    def slash(self, sign: str, at: int, left: Node) -> str:
        """Which slash it is: one behind a function without brackets may be meant to stand inside."""
        goes_on = isinstance(left, Call) and left.function == BARE
        is_bare = sign == BARE or at == self.bare or goes_on
        return BARE if is_bare and inside(left, ONE) else "/"

    def signed(self) -> Node:
        """A power with its sign."""
        signs = []
        while sign := self.accept("-", "+", "±"):
            signs.append(sign)
            if len(signs) > self.DEEPEST:
                raise Unreadable("expected fewer signs in a row", self.token.at)
        value = self.power()
        for sign in reversed(signs):
            if sign != "+":
                value = call("neg" if sign == "-" else "pm", value)
        return value

    def power(self) -> Node:
        """A base with its exponents, which group to the right."""
        base = self.postfix()
        if not self.accept("^"):
            return base
        if self.is_transposition():
            return self.transposed(base)
        place, first = self.tokens[self.at - 1].at, self.token
        exponent = self.exponent()
        if first.text in ("(", "[", "{", "\\{", "|"):
            return call("^", base, exponent)
        if way := self.readings.chosen.get(place, ""):
            return call("^", base, self.absorbed(exponent, way))
        if not self.token.spaced or first.text == "-" or base == Name("e"):
            self.note_open(place)
        return call("^", base, exponent)

    def is_transposition(self) -> bool:
        """Whether the exponent is a T that is no symbol."""
        self.split_transposition()
        ahead = [*self.tokens[self.at : self.at + 3], self.tokens[-1]]
        letter = next(
            token for token in ahead if token.text not in ("{", "-") or token.kind == "end"
        )
        return letter.text in ("T", "top", "intercal") and self.words.plain(letter.text) is None

    def split_transposition(self) -> None:
        """Parts the T of `w^Tx` from what it stands before."""
        token = self.token
        if token.kind != "name" or token.text[0] != "T" or len(token.text) == 1:
            return
        is_known = self.words.knows(token.text) or self.words.plain("T") is not None
        if is_known or not self.words.split(token.text[1:]):
            return
        rest = token._replace(text=token.text[1:], at=token.at + 1, spaced=False)
        self.tokens[self.at : self.at + 1] = [token._replace(text="T"), rest]

    def transposed(self, base: Node) -> Node:
        """`A^T`, `A^{T}` and, of the inverse, `A^{-T}`."""
        is_group = bool(self.accept("{"))
        if self.accept("-"):
            base = call("inverse", base)
        self.at += 1
        if is_group:
            self.expect("}")
        return call("transpose", base)

    def exponent(self) -> Node:
        """One operand with its sign and its own exponent."""
        self.depth += 1
        if self.depth > self.DEEPEST:
            raise Unreadable(f"expected at most {self.DEEPEST} exponents", self.token.at)
        if self.token.text == "{":
            value = self.group()
        elif sign := self.accept("-", "+"):
            value = self.exponent()
            value = call("neg", value) if sign == "-" else value
        else:
            value = self.postfix()
        if self.accept("^"):
            value = call("^", value, self.exponent())
        self.depth -= 1
        return value

    def postfix(self) -> Node:
        """An operand with what stands behind it: `n!`, `50%`, `x[0]`, `softmax(z)_i`."""
        value = self.operand()
        while True:
            if self.token.text == "!" and self.accept("!"):
                if self.token.text == "!":
                    raise Unreadable("expected one exclamation mark; write (n!)!", self.token.at)
                value = call("factorial", value)
            elif self.token.text == "%" and self.is_percent(value):
                self.at += 1
                value = call("percent", value)
            elif value == ONE and self.token.text in ("_", "{") and not self.token.spaced:
                self.accept("_")
                value = call("indicator", self.group())
            elif self.token.text == "_":
                if not isinstance(value, Call) or value.function not in _VECTORS:
                    raise Unreadable("expected no subscript here", self.token.at)
                self.at += 1
                value = value.arguments[0] if value.function == "all" else value
                value = indexed(value, *self.subscripts())
            elif self.token.text == "[" and not self.token.spaced and is_indexable(value):
                value = self.python_index(value)
            else:
                return value

    def is_percent(self, value: Node) -> bool:
        """Whether a percent sign ends an operand; before another operand it could be a remainder."""
        after = self.tokens[self.at + 1]
        goes_on = after.kind in ("number", "name", "command") or after.text in OPENS
        is_factor = after.spaced and not self.token.spaced and after.kind != "number"
        if goes_on and isinstance(value, Number) and is_factor:  # `50% x`, and not `50 % x`
            return not self.readings.taken(self.token.at, "remainder")
        if goes_on and isinstance(value, Number):
            problem = "expected a sign after the percent sign; for a remainder write mod(a, b)"
            raise Unreadable(problem, after.at)
        return not goes_on

    def python_index(self, value: Node) -> Node:
        """`x[0]`: numbers and what runs over a range count from 0, as in Python; `x[i]` is x_i."""
        if isinstance(value, Call) and value.function == "all":
            value = value.arguments[0]
        at = self.token.at
        self.expect("[")
        place = self.sum()
        self.expect("]")
        self.refuse_element(value, place, at)
        if isinstance(place, Number):
            return indexed(value, Number(place.value + 1))
        is_counted = any(
            isinstance(each, Name) and each.name in self.words.bound for each in walk(place)
        )
        return indexed(value, call("+", place, ONE) if is_counted else place)

    def refuse_element(self, value: Node, place: Node, at: int) -> None:
        """Refuses `w[0]` where w is one number and no letter in the brackets runs over anything."""
        running = {*self.words.bound, *self.words.indices}
        if (
            isinstance(value, Name)
            and self.words.is_number(value.name)
            and not running & free_names(place)
        ):
            problem = f"expected no index, for {value.name} is one number"
            raise Unreadable(f"{problem}; did you mean {value.name!r}?", at)

    # --- Complaints -------------------------------------------------------------------------------

    def surplus(self) -> str:
        """What to say of something that cannot follow here."""
        if self.token.text in (")", "]", "}", "\\}"):
            return "expected no closing bracket here; none is open"
        return f"expected a sign or the end, found {quoted(self.token.text)}"

    def missing(self) -> str:
        """What to say where an operand is missing."""
        if self.token.kind == "end":
            return "expected a number, a name or a bracket, found the end"
        return f"expected a number, a name or a bracket, found {quoted(self.token.text)}"


def indexed(value: Node, *places: Node) -> Node:
    """An element; an element of an element has both indices."""
    if isinstance(value, Call) and value.function == "index":
        return call("index", *value.arguments, *places)
    return call("index", value, *places)


def is_indexable(node: Node) -> bool:
    """Whether a bracket after this holds an index: after a symbol, a family, or a vector's function."""
    return isinstance(node, Name) or (isinstance(node, Call) and node.function in _VECTORS)
