"""A place in a text, the tokens found so far, and what hangs below names."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Literal, NamedTuple

from quizkit.values.expressions.symbols import ACCENTS, GREEK, SUBSCRIPTS
from quizkit.values.numbers import Unreadable

LONGEST_SUBSCRIPT = 40
_PRIMES = re.compile(r"\s*\^\s*(?:\\prime(?![A-Za-z])|\{\s*(?:\\prime\s*)+\})")
_UPRIGHT = re.compile(
    r"\\(?:text(?:rm|it|bf)?|math(?:rm|bf|it|sf)|operatorname|mbox|rm|bf|it|sf)\b|[{}\s]"
)
_POWER_AND_SUBSCRIPT = re.compile(
    r"\^(?:\{[^{}_]{1,40}\}|\d+|\*|\\(?:top|intercal|ast|star)(?![A-Za-z]))_"
)


class Token(NamedTuple):
    """A piece of the text; `spaced` says that white space stands before it."""

    kind: Literal["number", "name", "operator", "command", "end"]
    text: str
    at: int
    spaced: bool = False
    value: Fraction = Fraction(0)


class Scanner(ABC):
    """What numbers, names and commands are cut out with."""

    @abstractmethod
    def run(self) -> list[Token]:
        """All tokens."""

    def __init__(self, text: str, at: int = 0, end: int | None = None) -> None:
        self.text = text
        self.at = at
        self.end = len(text) if end is None else end
        self.tokens: list[Token] = []
        self.spaced = False
        self.has_braces = bool(re.search(r"\\lbrace|\{", text))
        self.read_ahead: dict[int, int] = {}  # subscripts that a name has taken past its power

    def _emit(self, kind: str, text: str, at: int, value: Fraction = Fraction(0)) -> None:
        self.tokens.append(Token(kind, text, at, self.spaced, value))  # type: ignore[arg-type]
        self.spaced = False

    def _peek(self, ahead: int = 0) -> str:
        return (
            self.text[self.at + ahead : self.at + ahead + 1] if self.at + ahead < self.end else ""
        )

    def _is_digit(self) -> bool:
        return self._peek().isascii() and self._peek().isdigit()

    def _scripts(self) -> None:
        """An underscore that is an operator: the base of a logarithm, the range of a sum."""
        if self._peek() == "_":
            self._emit("operator", "_", self.at)
            self.at += 1
        elif self._peek() and self._peek() in SUBSCRIPTS:
            at = self.at
            while self._peek() in SUBSCRIPTS and self._peek():
                self.at += 1
            self._emit("operator", "_", at)
            self._emit("operator", "{", at)
            plain = "".join(SUBSCRIPTS[char] for char in self.text[at : self.at])
            for token in type(self)(plain).run():
                self.tokens.append(token._replace(at=at + token.at, spaced=False))
            self._emit("operator", "}", self.at - 1)

    def _subscripts(self) -> str:
        """What is written below the line after a name, with its underscore; and primes."""
        found = ""
        while (char := self._peek()) and self.at not in self.read_ahead:
            if (primes := _PRIMES.match(self.text, self.at, self.end)) is not None:
                found += "'" * primes[0].count("prime")
                self.at = primes.end()
                continue
            if char in SUBSCRIPTS:
                found += ("" if found.startswith("_") else "_") + SUBSCRIPTS[char]
                self.at += 1
            elif char in "'′’":
                found += "'"
                self.at += 1
            elif char == "_":
                found += self._subscript()
            else:
                break
        return found if "_" in found else found + self._subscript_after_power()

    def _subscript_after_power(self) -> str:
        """The `_i` of `x^2_i` and `x^{2}_{i}`, which is read here and passed over later."""
        power = _POWER_AND_SUBSCRIPT.match(self.text, self.at, self.end)
        if power is None:
            return ""
        after, self.at = self.at, power.end() - 1
        start, found = self.at, self._subscript()
        self.read_ahead[start] = self.at
        self.at = after
        return found

    def _limit(self) -> int:
        """How far a name or number may go: to the end, or to what was read ahead."""
        return min((each for each in self.read_ahead if each > self.at), default=self.end)

    def _subscript(self) -> str:
        start = self.at
        self.at += 1
        if self._peek() == "{":
            return "_{" + self._braced() + "}"
        if self._peek() == "\\":
            command = re.compile(r"\\[A-Za-z]+").match(self.text, self.at, self.end)
            if command:
                self.at = command.end()
                inner = self._braced() if self._peek() == "{" else ""
                return "_{" + (inner or command[0][1:]) + "}"
        inside = self.at
        while self._peek() and (is_letter(self._peek()) or self._is_digit()):
            self.at += 1
        if self.at == inside and (self._peek() or self.text[start - 1] == "_"):
            raise Unreadable("expected a subscript, as in x_1 or x_{i}", start)
        return "_" + self.text[inside : self.at]

    def _braced(self) -> str:
        """What stands between the braces that open here, without commands for upright type."""
        at = self.at
        close = closing(self.text, at, self.end)
        self.at = close + 1
        inner = self.text[at + 1 : close]
        if len(inner) > LONGEST_SUBSCRIPT:
            raise Unreadable("expected a shorter subscript", at)
        return _UPRIGHT.sub("", inner).replace("\\", "")


def is_letter(char: str) -> bool:
    """Latin and Greek letters, and their variants for formulas."""
    return (char.isascii() and char.isalpha()) or plain_letter(char) != ""


def plain_letter(char: str) -> str:
    """The letter meant: `𝑥` and `ｘ` are x, `ŷ` stays; empty for what is no letter of ours."""
    if char.isascii():
        return char if char.isalnum() else ""
    if char in GREEK or char in ACCENTS:
        return char
    base = unicodedata.normalize("NFD", char)
    if len(base) == 2 and base[0].isascii() and base[0].isalpha() and base[1] in ACCENTS:
        return char
    if 0x1D400 <= ord(char) <= 0x1D7FF or char in "ℎℯ":
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain in GREEK or (plain.isascii() and plain.isalpha()) else ""
    return ""


def closing(text: str, at: int, end: int) -> int:
    """Where the brace that opens at `at` is closed."""
    found = balanced(text, at, end)
    if found is None:
        raise Unreadable("expected a closing brace for this one", at)
    return found


def balanced(text: str, at: int, end: int | None = None) -> int | None:
    """Where the bracket that opens at `at` is closed; None where it is not."""
    opens = text[at]
    closes = {"(": ")", "[": "]", "{": "}"}[opens]
    depth = 0
    for place in range(at, len(text) if end is None else end):
        depth += (text[place] == opens) - (text[place] == closes)
        if depth == 0:
            return place
    return None
