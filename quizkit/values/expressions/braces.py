"""Braces: groups of LaTeX, sets, and sets by a condition."""

from __future__ import annotations

from fractions import Fraction

from quizkit.values.expressions.bars import Bars
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.tree import RELATIONS, Call, Name, Node, call
from quizkit.values.numbers import Unreadable

REALS = Call("()", (call("neg", Name("inf")), Name("inf")))


class Braces(Bars):
    """Readers for what stands in braces."""

    def braced(self) -> Node:
        """A set; in LaTeX bare braces only group."""
        opening = self.take()
        close = "\\}" if opening.text == "\\{" else "}"
        if opening.text == "\\{" and self.begins_array():
            return self.left_cases()
        if self.is_builder():
            return self.builder(opening, close)
        items, is_parted = self.items(close)
        if self.token.text != close:
            raise Unreadable(self.unclosed(opening), self.token.at)
        self.at += 1
        if len(items) == 1 and not is_parted and opening.text == "{" and self.is_latex:
            return items[0]
        return Call("set", items)

    def begins_array(self) -> bool:
        r"""Whether `\begin{array}` follows: after an open brace the cases of a function."""
        names = [token.text for token in self.tokens[self.at : self.at + 3]]
        return names == ["begin", "{", "array"] and self.token.kind == "command"

    def left_cases(self) -> Node:
        r"""`\left\{\begin{array}{ll} x & x > 0 \\ 0 & x \le 0 \end{array}\right.`"""
        at = self.token.at
        value = self.environment(is_cases=True)
        if self.token.text == "\\}":
            raise Unreadable("expected nothing that closes the brace before these cases", at)
        return value

    def is_builder(self) -> bool:
        r"""Whether these braces hold `x \mid x > 0`, `x \in \mathbb{R} : x > 0` or the like."""
        name, after = self.tokens[self.at], self.tokens[self.at + 1 :][:1]
        if name.kind != "name" or not after or self.words.plain(name.text) is None:
            return False
        if after[0].text in ("|", ":"):
            return True
        return after[0].text == "in" and self.parts_before_close()

    def parts_before_close(self) -> bool:
        """Whether a bar or colon stands in these braces."""
        depth = 1
        for token in self.tokens[self.at :]:
            depth += (token.text in ("{", "\\{")) - (token.text in ("}", "\\}"))
            if depth == 0 or token.kind == "end":
                return False
            if depth == 1 and token.text in ("|", ":"):
                return True
        return False

    def builder(self, opening: Token, close: str) -> Node:
        """The condition that the elements meet, the set that they are taken from included."""
        element = self.name()
        found: Node | None = None
        if self.accept("in"):
            self.bars += 1  # a bar parts here, and opens nothing
            within = self.sum()
            self.bars -= 1
            found = None if within == REALS else call("in", element, within)
        if not self.accept("|", ":"):
            raise Unreadable("expected a bar before the condition", self.token.at)
        conditions, _ = self.items(close)
        if self.token.text != close:
            raise Unreadable(self.unclosed(opening), self.token.at)
        self.at += 1
        for condition in conditions:
            if not (
                isinstance(condition, Call)
                and condition.function in (*RELATIONS, "and", "or", "in")
            ):
                raise Unreadable("expected a condition, as in {x | x > 0}", opening.at)
            found = condition if found is None else call("and", found, condition)
        if found is None:
            raise Unreadable("expected a condition, as in {x | x > 0}", opening.at)
        return found

    def group(self) -> Node:
        """`{...}` after a caret, an underscore or a command."""
        opening = self.token
        self.expect("{")
        value = self.enclosed()
        if self.token.text != "}":
            raise Unreadable(self.unclosed(opening), self.token.at)
        self.at += 1
        return value

    def group_or_operand(self) -> Node:
        """A group, or the single sign that LaTeX takes without braces."""
        if self.token.text == "{":
            return self.group()
        token = self.token
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
            first, rest = token.text[0], token.text[1:]
            self.tokens[self.at : self.at + 1] = [
                token._replace(text=first, value=Fraction(first)),
                Token("number", rest, token.at + 1, False, Fraction(rest)),
            ]
        return self.operand()

    def layered(self, above: Node) -> Node:
        r"""`{a \over b}` and `{n \choose k}`: all before the command over all behind it."""
        while self.token.kind == "command" and self.token.text in ("over", "over choose"):
            command = self.take()
            below = self.disjunction()
            if self.token.kind == "command" and self.token.text in ("over", "over choose"):
                raise Unreadable("expected braces around one of the two fractions", self.token.at)
            if any(isinstance(each, Call) and each.function in (*RELATIONS, "and", "or", "in", "∪")
                   for each in (above, below)):  # fmt: skip
                raise Unreadable("expected braces around the fraction", command.at)
            above = call("/" if command.text == "over" else "binomial", above, below)
        return above
