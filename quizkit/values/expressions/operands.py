"""Operands: numbers, names, and the letters that run together."""

from __future__ import annotations

from functools import partial

from quizkit.values.expressions.applied import Applied
from quizkit.values.expressions.readings import BLANKS
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.tree import EYES, IDENTITY, RELATIONS, Name, Node, Number
from quizkit.values.numbers import Unreadable

OPENS = frozenset(("(", "\\{", "[", "√", "∛", "⌊", "⌈"))


class Operands(Applied):
    """Readers for what stands between signs."""

    def starts_operand(self) -> bool:
        """Whether a factor follows without a sign."""
        token = self.token
        if self.is_row and self.begins_in_row():
            return False
        if token.kind == "number":
            if self.is_raised():
                return True
            problem = "expected a sign before this number, such as * or ^"
            raise Unreadable(problem, token.at)
        if token.kind == "name":
            return not self.words.is_keyword(token.text) or self.is_called()
        if token.kind == "command":
            return token.text not in ("end", "over", "over choose")
        if token.text in ("|", "‖"):
            return self.bars == 0
        if token.text == "[" and self.closes_backwards(self.at):
            return False
        return token.text in OPENS or (token.text == "{" and self.is_latex)

    def begins_in_row(self) -> bool:
        """Whether the next element of a row begins here, or may begin and is to."""
        token = self.token
        if not token.spaced:
            return self.goes_on_with_row()
        if token.kind == "number" or self.goes_on_with_row():
            return True
        is_name = token.kind == "name" and not self.words.is_keyword(token.text)
        return (is_name or token.text in OPENS) and bool(self.readings.taken(BLANKS, "blanks"))

    def is_called(self) -> bool:
        """Whether the word here is a function with two arguments, as `mod(n, 2)`: no sign between two."""
        if self.token.text not in ("mod", "choose") or self.tokens[self.at + 1].text != "(":
            return False
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            depth += (token.text in ("(", "[", "{", "\\{")) - (token.text in (")", "]", "}", "\\}"))
            if depth == 0:
                return False
            if depth == 1 and token.text == ",":
                return True
        return False

    def is_raised(self) -> bool:
        """Whether the number here has a power and is a factor of its own: `w^n 4^-n`, not `1 000^2`."""
        is_apart = self.token.spaced or self.tokens[self.at - 1].text in (")", "]", "}")
        if self.tokens[self.at + 1].text != "^" or not is_apart:
            return False
        before = self.tokens[max(self.at - 3, 0) : self.at]
        signs = "".join(each.text for each in before[:-1])
        return before[-1].kind != "number" or signs.endswith("^") or signs == "^-"

    def operand(self) -> Node:
        """A number, a name, a function applied, or something in brackets."""
        self.depth += 1
        if self.depth > self.DEEPEST:
            raise Unreadable(f"expected at most {self.DEEPEST} levels", self.token.at)
        value = self.single()
        self.depth -= 1
        return value

    def single(self) -> Node:
        """An operand, its depth counted."""
        token = self.token
        if token.kind == "number":
            self.at += 1
            is_decimal = not token.text.replace("_", "").isdigit()
            self.refuse_comma()
            return Number(token.value, is_decimal)
        if token.kind == "name" and (
            token.text in ("mod", "choose") or not self.words.is_keyword(token.text)
        ):
            return self.name()
        if token.kind == "command":
            return self.command()
        bracketed = self.bracketed()
        if bracketed is None:
            raise Unreadable(self.missing(), token.at)
        return bracketed

    def refuse_comma(self) -> None:
        """Refuses `1,5`: a comma parts elements, and only a point parts decimals."""
        after = self.tokens[self.at : self.at + 2]
        if (
            self.depth == 1
            and len(after) == 2
            and after[0].text == ","
            and after[1].kind == "number"
            and not after[1].spaced
            and not after[0].spaced
        ):
            problem = "expected a decimal point instead of a comma, or a space after the comma"
            raise Unreadable(problem, after[0].at)

    def name(self) -> Node:
        """A symbol, a constant, or a function with its argument."""
        self.split_word()
        token = self.take()
        plain = self.words.plain(token.text)
        if plain == IDENTITY:
            return self.identity(token)
        if plain is not None:
            return plain
        if (index := self.words.index(token.text, self.inner)) is not None:
            return index
        function = self.words.function(token.text)
        if function is not None:
            return self.applied(function, token)
        raise Unreadable(partial(self.words.complaint, token.text), token.at)

    def identity(self, token: Token) -> Node:
        """The identity matrix, with or without its size; before a condition `I` is the indicator."""
        if token.text == "I" and self.token.text in ("(", "[", "{") and self.holds_relation():
            return self.applied("indicator", token)
        if token.text in EYES and self.token.text == "(":
            self.skip_size()
        return IDENTITY

    def skip_size(self) -> None:
        """The n of `eye(n)`, which need not be declared: it is the size of the other matrices."""
        self.expect("(")
        if self.token.kind not in ("name", "number"):
            raise Unreadable("expected the number of rows, as in eye(n)", self.token.at)
        self.at += 1
        self.expect(")")

    def holds_relation(self) -> bool:
        """Whether a relation stands in the brackets that open here."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += (token.text in ("(", "[", "{", "\\{")) - (token.text in (")", "]", "}", "\\}"))
            if depth == 0 or (depth == 1 and token.text in RELATIONS):
                return depth == 1
        return False

    def split_word(self) -> None:
        """Replaces letters run together by the names that they consist of."""
        token = self.token
        if self.words.knows(token.text):
            return
        pieces = None if token.text in EYES else self.words.split(token.text)
        if pieces is None:
            ahead, piece = self.words.stranger(token.text)
            raise Unreadable(partial(self.words.complaint, piece), token.at + ahead)
        at = token.at
        split = []
        for count, piece in enumerate(pieces):
            split.append(Token("name", piece, at, token.spaced and count == 0))
            at += len(piece)
        self.tokens[self.at : self.at + 1] = split

    def is_plain_name(self) -> bool:
        """Whether the next name is a symbol or constant, not a function."""
        self.split_word()
        return self.words.plain(self.token.text) is not None or self.is_constant()

    def is_constant(self) -> bool:
        """Whether the next name is a constant such as π."""
        plain = self.words.plain(self.token.text)
        return isinstance(plain, Name) and plain.name in ("pi", "e")
