"""Functions applied: with brackets or without, with an exponent, a base or a range."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction

from quizkit.values.expressions import names
from quizkit.values.expressions.brackets import is_statement
from quizkit.values.expressions.latex import Latex
from quizkit.values.expressions.readings import FACTORS
from quizkit.values.expressions.scanner import Token
from quizkit.values.expressions.sums import Sums
from quizkit.values.expressions.tree import Call, Name, Node, Number, call
from quizkit.values.numbers import Unreadable


class Applied(Latex, Sums):
    """Readers for a function and its argument."""

    @abstractmethod
    def starts_operand(self) -> bool:
        """Whether a factor follows without a sign."""

    @abstractmethod
    def signed(self) -> Node:
        """A power with its sign."""

    @abstractmethod
    def split_word(self) -> None:
        """Replaces letters run together by the names that they consist of."""

    @abstractmethod
    def is_plain_name(self) -> bool:
        """Whether the next name is a symbol or constant."""

    def applied(self, function: str, token: Token) -> Node:
        """A function with its exponent, base and argument: `sin²(x)`, `log_2 x`, `max(0, x)`."""
        is_upper_first = function in ("sum", "prod") and self.token.text == "^"
        if function in ("sum", "prod", "max", "min") and (self.token.text == "_" or is_upper_first):
            return self.over(function)
        if function == "indicator" and self.accept("_"):
            return call("indicator", self.group())
        if function in ("sum", "prod") and self.token.text not in ("(", "[", "{"):
            return self.over_its_index(function, self.term(), token)
        exponent = base = None
        while self.token.text in ("^", "_"):
            if self.accept("^"):
                exponent = self.exponent()
            else:
                self.expect("_")
                base = self.group() if self.token.text == "{" else self.operand()
                if is_statement(base):
                    raise Unreadable(f"expected no relation below {token.text}", self.token.at)
        arguments = self.arguments(function, token)
        value = self.checked(function, arguments, base, token)
        if exponent is None:
            return value
        if exponent == call("neg", Number(Fraction(1))):
            inverse = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh",
                       "cosh": "acosh", "tanh": "atanh", "sigmoid": "logit"}  # fmt: skip
            if function in inverse:
                return call(inverse[function], *arguments)
        return call("^", value, exponent)

    def checked(
        self, function: str, arguments: tuple[Node, ...], base: Node | None, token: Token
    ) -> Node:
        """The call, if the function takes so many arguments."""
        least, most = names.ARITY[function]
        if not least <= len(arguments) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            found = f"expected {wanted} argument{'s' * (most > 1)} for {token.text}"
            raise Unreadable(f"{found}, found {len(arguments)}", token.at)
        if base is not None and function in ("softmax", "logsoftmax"):
            return call("index", Call(function, arguments), base)
        if base is not None:
            if function != "log" or len(arguments) != 1:
                raise Unreadable(f"expected no subscript after {token.text}", token.at)
            return call("log", *arguments, base)
        if not arguments:
            return Call(function, ())
        if function == "dot" and self.are_columns(*arguments):
            left, right = arguments
            return self.inner_of_columns(left, right, token.at) or Call(function, arguments)
        is_summed = isinstance(arguments[0], Call) and arguments[0].function == f"{function} over"
        if function == "vector" or is_summed:
            return arguments[0]
        if function in ("sum", "prod") and len(arguments) == 1 and self.free_indices(arguments[0]):
            return self.over_its_index(function, arguments[0], token)
        if function == "mean" and len(arguments) == 1 and self.free_indices(arguments[0]):
            total = self.over_its_index("sum", arguments[0], token)
            return call("/", total, self.words.count())
        return Call(function, arguments)

    def arguments(self, function: str, token: Token) -> tuple[Node, ...]:
        """What a function is applied to; without brackets, the factors written close together."""
        if self.token.text in ("(", "[", "{", "\\{"):
            is_apart = self.token.spaced
            found = self.bracketed_arguments(function)
            self.bare = self.at if is_apart else self.bare  # `log (1-p)/(1-q)` is open, too
            return found
        if not (
            self.token.kind == "number" or self.starts_operand() or self.token.text in ("-", "+")
        ):
            problem = f"expected an argument for {token.text}, as in {token.text}(x)"
            raise Unreadable(problem, self.token.at)
        value = self.close_factors()
        value = self.open_argument(value, token.at)
        self.bare = self.at
        return (value,)

    def open_argument(self, value: Node, place: int) -> Node:
        """The argument of a function without brackets with what is drawn in: `log a b` may be log(a b)."""
        if self.token.kind == "name" and self.starts_operand():
            self.split_word()
            if self.words.plain(self.token.text) is None and self.words.function(self.token.text):
                return value
        if self.token.text != "*" and not self.starts_operand():
            return value
        way = self.readings.taken(place, *FACTORS, "times")
        value = self.absorbed(value, "all" if way == "times" else way) if way else value
        while way == "times" and self.accept("*"):
            value = self.absorbed(call("*", value, self.signed()), "all")
        return value

    def close_factors(self) -> Node:
        """`2x` of `sin 2x`, `-x` of `exp -x`."""
        if self.accept("-"):
            return call("neg", self.close_factors())
        self.accept("+")
        value = last = self.power()
        while self.token.kind == "name" and self.starts_operand():
            is_number = isinstance(last, Number) or last in (Name("pi"), Name("e"))
            if (self.token.spaced and not (is_number or self.is_latex)) or not self.is_plain_name():
                break
            last = self.power()
            value = call("*", value, last)
        return value
