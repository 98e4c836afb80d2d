"""Brackets and bars: what stands between two signs that belong together."""

from __future__ import annotations

from abc import ABC, abstractmethod

from quizkit.values.expressions.readings import BLANKS, Readings
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.tokens import Tokenizer, tokenize
from quizkit.values.expressions.tree import RELATIONS, Call, Name, Node, call
from quizkit.values.expressions.words import Words
from quizkit.values.numbers import Unreadable, quoted

_ROUNDS = {"⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil")}


class Brackets(ABC):
    """A place in the tokens, and readers for everything that is closed by another sign."""

    DEEPEST = 30

    def __init__(self, text: str, words: Words, readings: Readings | None = None) -> None:
        self.words = words
        self.text = text
        self.readings = readings or Readings()
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.bare = -1  # where the argument of the last function without brackets ends
        self.is_row = False
        self.row_end = -1  # where the last vector with several elements ends
        self.is_latex = any(mark in text for mark in ("\\", "^{", "_{", "}^", "}_"))

    @abstractmethod
    def disjunction(self) -> Node:
        """A whole statement."""

    @abstractmethod
    def sum(self) -> Node:
        """Terms between plus and minus signs."""

    @abstractmethod
    def term(self) -> Node:
        """Factors."""

    @abstractmethod
    def power(self) -> Node:
        """A base with its exponents."""

    @abstractmethod
    def exponent(self) -> Node:
        """What stands after a caret."""

    @abstractmethod
    def operand(self) -> Node:
        """A number, a name, or something in brackets."""

    @abstractmethod
    def absorbed(self, value: Node, way: str) -> Node:
        """The value with what follows it drawn in."""

    @abstractmethod
    def note_open(self, place: int, *, with_power: bool = False) -> None:
        """Notes that what follows may be meant to stand under the sign at this place."""

    @abstractmethod
    def generates(self) -> bool:
        """Whether a generator stands in these brackets."""

    @abstractmethod
    def generated(self, function: str) -> Node:
        """The generator."""

    @abstractmethod
    def ranges(self) -> int:
        """Where a range of a sum begins in these brackets, if one does."""

    @abstractmethod
    def ranged(self, function: str, comma: int) -> Node:
        """The sum over that range."""

    @abstractmethod
    def barred(self) -> Node:
        """What stands between bars."""

    @abstractmethod
    def braced(self) -> Node:
        """A set or a group."""

    @abstractmethod
    def group(self) -> Node:
        """A group in braces."""

    @abstractmethod
    def group_or_operand(self) -> Node:
        """A group, or one sign."""

    @abstractmethod
    def layered(self, above: Node) -> Node:
        """A fraction of plain TeX, whose upper half is read."""

    @abstractmethod
    def environment(self, *, is_cases: bool = False) -> Node:
        """A matrix, or the cases of a function."""

    @abstractmethod
    def name(self) -> Node:
        """A symbol, a constant, or a function with its argument."""

    @abstractmethod
    def missing(self) -> str:
        """What to say where an operand is missing."""

    # --- Tokens -----------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """The next token, moving on."""
        token = self.token
        self.at += 1
        return token

    def accept(self, *signs: str) -> str:
        """The next sign or keyword if it is one of these, moving on; else the empty text."""
        token = self.token
        if token.text not in signs or token.kind in ("number", "end"):
            return ""
        if token.kind == "name" and not self.words.is_keyword(token.text):
            return ""
        self.at += 1
        return token.text

    def expect(self, sign: str) -> None:
        """Moves over a sign that must stand here."""
        if not self.accept(sign):
            found = quoted(self.token.text) if self.token.text else "the end"
            shown = sign.replace("\\", "") or sign
            raise Unreadable(f"expected {quoted(shown)}, found {found}", self.token.at)

    def inner(self, text: str) -> Node:
        """A subscript, read with the names bound here."""
        outer = self.tokens, self.at, self.depth
        readings, self.readings = self.readings, Readings()  # its places are not those of the text
        self.tokens, self.at = [*Tokenizer(text).run(), Token("end", "", len(text))], 0
        try:
            value = self.sum()
            if self.token.kind != "end":
                raise Unreadable(
                    "expected a subscript such as i, 1 or t-1", outer[0][outer[1] - 1].at
                )
        finally:
            self.tokens, self.at, self.depth = outer
            self.readings = readings
        return value

    # --- Brackets ---------------------------------------------------------------------------------

    def bracketed(self) -> Node | None:
        """What stands in brackets or bars, if something opens here."""
        token = self.token
        if token.text in ("(", "[") or (token.text == "]" and self.opens_backwards()):
            return self.listed()
        if token.text in ("{", "\\{"):
            return self.braced()
        if token.text in ("|", "‖") and token.kind == "operator":
            return self.barred()
        if token.text in _ROUNDS:
            self.at += 1
            close, function = _ROUNDS[token.text]
            value = self.enclosed()
            self.expect(close)
            return call(function, value)
        if token.text in ("√", "∛"):
            self.at += 1
            return call("sqrt" if token.text == "√" else "cbrt", self.close_root())
        if token.text == "∅":
            self.at += 1
            return Call("set", ())
        return None

    def parts_row(self) -> bool:
        """Whether a blank parts two elements here: before a number, or between rows."""
        is_blank = BLANKS in self.readings.chosen and self.token.spaced
        return is_blank or self.token.kind == "number" or self.goes_on_with_row()

    def goes_on_with_row(self) -> bool:
        """Whether a row follows a row, as NumPy prints them: `[[1 0] [0 1]]`."""
        return self.is_row and self.token.text == "[" and self.row_end == self.at

    def close_root(self) -> Node:
        """What a root sign without a bar stands over: one operand, or what brackets group."""
        if self.token.text == "{":
            return self.group()
        place, is_open = self.tokens[self.at - 1].at, self.token.text not in ("(", "[", "\\{", "|")
        if is_open and (way := self.readings.chosen.get(place, "")):
            return self.absorbed(self.power(), way)
        value = self.operand()
        if is_open:
            self.note_open(place, with_power=True)
        if isinstance(value, Call) and value.function in ("group", "set"):
            return value.arguments[0] if len(value.arguments) == 1 else value
        return value

    def enclosed(self) -> Node:
        """A statement within brackets of its own."""
        bars, self.bars = self.bars, 0
        value = self.layered(self.disjunction())
        self.bars = bars
        return value

    def items(self, *closing: str) -> tuple[tuple[Node, ...], bool]:
        """What is parted by commas, and whether a comma was there; rows where semicolons part."""
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        is_parted = False
        while not self.closes(closing):
            row.append(self.enclosed())
            if sign := self.accept(",", ";"):
                is_parted = True
                if sign == ";":
                    rows.append(tuple(row))
                    row = []
            elif self.is_row and self.parts_row():
                is_parted = True
            elif not self.closes(closing):
                break
        if not rows:
            return tuple(row), is_parted
        rows.append(tuple(row))
        rows = [each for each in rows if each]
        if all(len(each) == 1 for each in rows):
            return tuple(each[0] for each in rows), True
        return tuple(Call("[]", each) for each in rows), True

    def listed(self) -> Node:
        """`(x)`, a vector, a tuple or an interval."""
        opening = self.take()
        is_row, self.is_row = self.is_row, opening.text == "["
        is_array = self.token.kind == "command" and self.token.text == "begin"
        items, is_parted = self.items(")", "]", "[")
        is_array = is_array and isinstance(items[0], Call) and items[0].function == "[]"
        self.is_row = is_row
        if not self.closes((")", "]", "[")):
            raise Unreadable(self.unclosed(opening), self.token.at)
        closing = self.take().text
        if not items:
            raise Unreadable("expected something between these brackets", opening.at)
        kind = opening.text.replace("]", "(") + closing.replace("[", ")")
        if len(items) == 2 and self.is_angle(opening) and all(map(self.is_vectorial, items)):
            if not any(map(self.is_matrix, items)):
                return Call("dot", items)
            inner = (
                self.inner_of_columns(*items, place=opening.at)
                if self.are_columns(*items)
                else None
            )
            return inner or call("@", call("transpose", items[0]), items[1])
        if len(items) == 1 and not is_parted:
            if kind == "()":
                return items[0]
            if kind == "[]" and is_statement(items[0]):
                return call("indicator", items[0])
            if kind == "[]" and is_array:
                return items[0]
            if kind == "[]":
                return call("group", items[0])
        if kind == "[]":
            self.row_end = self.at
        if kind in ("[)", "(]") and len(items) != 2:
            raise Unreadable("expected both ends of an interval, as in [0, 1)", opening.at)
        return Call(kind, items)

    def is_angle(self, opening: Token) -> bool:
        r"""Whether the bracket is one of `⟨w, x⟩`."""
        return self.text.startswith(("⟨", r"\langle"), opening.at)

    def is_vectorial(self, node: Node) -> bool:
        """Whether the node is a vector or matrix: a symbol, a family, written out, or sums of such."""
        if isinstance(node, Name):
            return self.words.symbols.get(node.name) == "matrix"
        if not isinstance(node, Call):
            return False
        if node.function in ("+", "-", "neg", "*", "/", "⊙"):
            return any(map(self.is_vectorial, node.arguments))
        return node.function in ("[]", "all", "transpose", "inverse")

    @abstractmethod
    def are_columns(self, *nodes: Node) -> bool:
        """Whether all are vectors by the look of their letters."""

    @abstractmethod
    def inner_of_columns(self, left: Node, right: Node, place: int) -> Call | None:
        """Their inner product if it is chosen here."""

    @abstractmethod
    def is_matrix(self, node: Node) -> bool:
        """Whether the node is a matrix."""

    def closes(self, closing: tuple[str, ...]) -> bool:
        """Whether one of these brackets closes here."""
        text = self.token.text
        return text in closing and (text != "[" or self.closes_backwards(self.at))

    def opens_backwards(self) -> bool:
        """Whether a `]` opens an interval, as in `]0, 1[`."""
        return any(token.text in ("[", "]") for token in self.tokens[self.at + 1 :])

    def closes_backwards(self, at: int) -> bool:
        """Whether a `[` closes an interval: nothing that could be in it follows."""
        after = self.tokens[at + 1]
        return after.kind == "end" or after.text in ("∪", "U", "or", "and", ")")

    def unclosed(self, opening: Token) -> str:
        """What to say where a bracket should be closed."""
        found = quoted(self.token.text) if self.token.text else "the end"
        close = {"(": ")", "[": "]", "{": "}", "\\{": "}", "|": "|", "]": "["}[opening.text]
        return f"expected {quoted(close)} to close the {quoted(opening.text)} before, found {found}"

    def bracketed_arguments(self, function: str) -> tuple[Node, ...]:
        """A function's arguments in brackets of any kind."""
        opening = self.take()
        close = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}[opening.text]
        is_row, self.is_row = self.is_row, opening.text == "[" and function != "sum"
        value: Node | None = None
        if function in ("sum", "prod", "max", "min") and self.generates():
            value = self.generated(function)
        elif function in ("sum", "prod") and (comma := self.ranges()):
            value = self.ranged(function, comma)
        else:
            items, _ = self.items(close)
            if opening.text == "[" and function == "softmax":
                items = (Call("[]", items),)
        self.is_row = is_row
        if self.token.text != close:
            raise Unreadable(self.unclosed(opening), self.token.at)
        self.at += 1
        if value is not None:
            return (value,)
        if function == "indicator" or all(not is_statement(each) for each in items):
            return items
        if function != "where":
            raise Unreadable("expected no relation within this function", opening.at)
        return items

    def subscripts(self) -> tuple[Node, ...]:
        """Indices after an underscore: `_i`, `_{ij}`, `_{i, j}`."""
        if self.token.text != "{":
            return (self.operand(),)
        self.expect("{")
        found = [self.operand()]
        while self.token.text != "}" and self.token.kind != "end":
            self.accept(",")
            found.append(self.operand())
        self.expect("}")
        return tuple(found)


def is_statement(node: Node) -> bool:
    """Whether the node is true or false."""
    return isinstance(node, Call) and node.function in (*RELATIONS, "and", "or", "in")
