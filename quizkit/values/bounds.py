"""Bounds as people type them: `O(n log n)`, `Θ(n²·d)`, `n^2`, `\\mathcal{O}(\\sqrt{n})`, `linear`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import factorial, gcd
from typing import Literal, cast

from msgspec import Struct

from quizkit.values import growth
from quizkit.values.constants import VULGAR
from quizkit.values.growth import Sum, Unbounded
from quizkit.values.numbers import Unreadable, compiled, quoted
from quizkit.values.spoken import as_formula

Letter = Literal["O", "Theta", "Omega", "o", "omega"]

LONGEST = 200
DEEPEST = 24
_LARGEST_CHOICE = 20

_LETTERS: dict[str, Letter] = {
    **dict.fromkeys(("O", "Ο", "О", "𝒪"), "O"),
    **dict.fromkeys(("Θ", "θ", "ϴ", "Theta", "theta"), "Theta"),
    **dict.fromkeys(("Ω", "Ω", "Omega"), "Omega"),
    **dict.fromkeys(("ω", "omega"), "omega"),
    "o": "o",
}
_FUNCTIONS = ("loglog", "log", "lg", "ln", "sqrt", "exp", "max", "frac", "binom")
_TIMES = ("cdot", "times")
_SKIPPED = ("left", "right", "big", "bigl", "bigr", "mathcal", "mathrm", "operatorname", "text")
_TAIL = (
    r"\s*\b(?:in\s+(?:the\s+)?)?(?:(?:worst|average|best)[ -]case\s*)?"
    r"(?:time|space|memory|operations|steps)?\s*[.$]*\s*$"
)
_BIG = r"(?i:\s*(?:big|little)[- ]?)(?=(?i:o|omega|theta)\b|[OΘΩ])(?i:(o|omega|theta))\s*(?:of\s+)?"
_PIECE = (
    r"[\s\\$]*(?:(?P<number>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[0-9]{1,18}(?:\.[0-9]{1,18})?|\.[0-9]{1,18})|(?P<raised>[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]+)"
    r"|(?P<lowered>[₀₁₂₃₄₅₆₇₈₉]+)|(?P<name>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉]+(?:_[A-Za-z0-9]+)?)"
    r"|(?P<sign>\*\*|[^\s\\$]))"
)
_SIGNS = {
    **dict.fromkeys("×·⋅∗✕", "*"),
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("{[", "("),
    **dict.fromkeys("}]", ")"),
    **dict.fromkeys("∕⁄÷", "/"),
    "**": "^",
    "√": "sqrt",
    "|": "|",
}
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class Bound(Struct, frozen=True):
    """A letter, if one was typed, and the terms under it, all of them and those that count."""

    letter: Letter | None
    typed: Sum
    terms: Sum

    @property
    def has_lower_order(self) -> bool:
        """Whether a term was typed that another one outgrows."""
        return any(growth.is_above(a, b) for a in self.terms for b in self.typed)

    @property
    def has_constant(self) -> bool:
        """Whether a leading term has a constant factor."""
        return any(term.amount != 1 for term in self.terms)


class _Token(Struct, frozen=True):
    kind: str
    text: str
    at: int


@lru_cache(1024)
def read_bound(text: str, symbols: tuple[str, ...]) -> Bound:
    """The bound typed, in the declared symbols; `Unreadable` where it is none."""
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST} characters, found {len(text)}", LONGEST)
    reader = _Reader(_tokens(as_formula(text, symbols), symbols), symbols)
    try:
        typed = reader.whole()
        terms = growth.leading(growth.settled(typed))
    except Unbounded as error:
        raise Unreadable(str(error), 0) from error
    if len(reader.letters) > 1:
        raise Unreadable(f"expected one letter, found {' and '.join(reader.letters)}", 0)
    letter = reader.letters[0] if reader.letters else None
    return Bound(letter, typed, terms)


def _tokens(text: str, symbols: tuple[str, ...]) -> list[_Token]:
    head = compiled(_BIG).match(text)
    start, found = 0, []
    if head:
        letter = head[1].casefold()
        is_little = "little" in head[0].casefold()
        name = {"o": "o" if is_little else "O", "omega": "omega" if is_little else "Omega"}
        found.append(_Token("letter", name.get(letter, "Theta"), 0))
        start = head.end()
    stop = len(text)
    tail = compiled(_TAIL).search(text, start)
    stop = tail.start() if tail else stop
    while start < stop:
        token = compiled(_PIECE).match(text, start, stop)
        if token is None:
            break
        at = token.start(str(token.lastgroup))
        found += _split(str(token.lastgroup), token[str(token.lastgroup)], at, symbols)
        start = token.end()
    return _with_letters([*found, _Token("end", "", len(text.rstrip()))])


def _split(kind: str, text: str, at: int, symbols: tuple[str, ...]) -> list[_Token]:
    if kind == "sign":
        if text in _LETTERS:
            return [_Token("name", text, at)]
        sign = _SIGNS.get(text, text)
        return [_Token("name" if sign == "sqrt" else "sign", sign, at)]
    if kind == "name":
        return list(_names(text, at, symbols))
    return [_Token(kind, text, at)]


def _names(text: str, at: int, symbols: tuple[str, ...]) -> list[_Token]:
    """A run of letters as symbols and functions: `nlogn`, `TD`."""
    if text in symbols:
        return [_Token("symbol", text, at)]
    if text in _SKIPPED:
        return []
    if text in _TIMES or (text in ("x", "X") and text not in symbols):
        return [_Token("sign", "*", at)]
    if text in ("C", "choose"):
        return [_Token("name", "binom", at)]
    if text in _LETTERS and len(text) > 1:
        return [_Token("name", text, at)]
    found: list[_Token] = []
    place = 0
    while place < len(text):
        kind, name, size = _longest(text[place:], symbols)
        if not size:
            known = ", ".join(symbols)
            raise Unreadable(f"expected an expression in {known}, found {quoted(text)}", at + place)
        found.append(_Token(kind, name, at + place))
        place += size
    return found


def _longest(text: str, symbols: tuple[str, ...]) -> tuple[str, str, int]:
    """The longest known word at the start: its kind, its name and its length."""
    known = [("symbol", name, name) for name in symbols]
    known += [("name", name, name) for name in (*_FUNCTIONS, *_LETTERS)]
    for swapped in {name.swapcase() for name in symbols if len(name) == 1}:
        if swapped not in symbols and swapped not in _LETTERS:
            known.append(("symbol", swapped.swapcase(), swapped))
    if "e" not in symbols:
        known.append(("name", "e", "e"))
    if text[0] == "_" and text[1:].isdigit():
        return "base", text[1:], len(text)
    fitting = [each for each in known if text.startswith(each[2])]
    fitting += [
        each for each in known if each[1] in ("log", "sqrt") and text.lower().startswith(each[1])
    ]
    if not fitting:
        return "", "", 0
    kind, name, found = max(fitting, key=lambda each: len(each[2]))
    return kind, name, len(found)


def _with_letters(tokens: list[_Token]) -> list[_Token]:
    """`O` before a bracket, or at the start, is a letter; that of `\\mathcal{O}` loses its braces."""
    found: list[_Token] = []
    place = 0
    while place < len(tokens):
        token, *after = tokens[place : place + 3]
        braced = token.text == "(" and len(after) == 2 and after[1].text == ")"
        if braced and after[0].text in _LETTERS and after[0].kind == "name":
            found.append(_Token("letter", _LETTERS[after[0].text], token.at))
            place += 3
            continue
        names_bound = token.kind == "name" and token.text in _LETTERS
        if names_bound and (not found or (after and after[0].text == "(")):
            token = _Token("letter", _LETTERS[token.text], token.at)
        found.append(token)
        place += 1
    return found


class _Reader:
    """Recursive descent over tokens; values are sums of terms."""

    def __init__(self, tokens: list[_Token], symbols: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.symbols = symbols
        self.place = 0
        self.depth = 0
        self.letters: list[Letter] = []
        self.bars = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def whole(self) -> Sum:
        found = self.sum()
        if self.now.kind != "end":
            raise self.expected("an operator or the end")
        return found

    def sum(self) -> Sum:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(f"expected at most {DEEPEST} levels", self.now.at)
        minus = self.now.text == "-" and self.depth > 1 and bool(self.step())
        found = growth.added((), self.product(), -1) if minus else self.product()
        while self.now.text in ("+", "-") and self.now.kind == "sign":
            minus = self.step().text == "-"
            found = growth.added(found, self.product(), -1 if minus else 1)
        self.depth -= 1
        return found

    def product(self) -> Sum:
        found = self.power()
        while True:
            if self.now.kind == "sign" and self.now.text == "*":
                self.step()
                found = growth.multiplied(found, self.power())
            elif self.now.kind == "sign" and self.now.text == "/":
                self.step()
                found = growth.divided(found, self.power())
            elif self.now.kind == "number" and not self.is_base():
                raise self.expected("^ or *, as in n^2 or 2n")
            elif self.begins():
                found = growth.multiplied(found, self.power())
            else:
                return found

    def begins(self) -> bool:
        opens = self.now.text == "(" or (self.now.text == "|" and not self.bars)
        return opens or self.now.kind in ("number", "symbol", "name", "letter")

    def is_base(self) -> bool:
        """Whether the number here is raised: `n 2^n`, but not `n2`, which may mean n^2."""
        following = self.tokens[self.place + 1]
        return following.text == "^" or following.kind == "raised"

    def power(self) -> Sum:
        if self.now.text == "-":
            raise self.expected("a growth, which is not below 0")
        is_e = self.now.kind == "name" and self.now.text == "e"
        base = self.primary()
        while True:
            if self.now.text == "^":
                self.step()
                self.check_fraction()
                base, is_e = growth.raised(base, self.exponent(), of_e=is_e), False
            elif self.now.kind == "raised":
                exponent = self.raised()
                base, is_e = growth.raised(base, exponent, of_e=is_e), False
            elif self.now.text == "!":
                self.step()
                base, is_e = growth.factorial(base), False
            else:
                return base

    def check_fraction(self) -> None:
        """Asks about `n^3/2`, which may be n^(3/2) or half of n^3; `n^2/2` can only be the latter."""
        above, bar, below = (*self.tokens[self.place : self.place + 3], self.now, self.now)[:3]
        are_whole = all(each.kind == "number" and each.text.isdigit() for each in (above, below))
        if bar.text != "/" or not are_whole or int(below.text) == 1:
            return
        if gcd(int(above.text), int(below.text)) == 1:
            whole = f"{above.text}/{below.text}"
            problem = f"^{whole} can be read in two ways; write ^({whole}) for the power"
            raise Unreadable(problem, bar.at)

    def exponent(self) -> Sum:
        """A signed primary, and what is raised or factorial in it: `n^-1`, `2^n^2`."""
        minus = self.now.text == "-" and bool(self.step())
        found = self.power()
        return growth.added((), found, -1) if minus else found

    def raised(self) -> Sum:
        token = self.step()
        text = token.text.translate(_SUPER)
        if text == "n" and "n" in self.symbols:
            return growth.symbol("n")
        if not compiled(r"[+-]?[0-9]{1,4}").fullmatch(text):
            raise Unreadable("expected a whole exponent", token.at)
        return growth.constant(Fraction(int(text)))

    def primary(self) -> Sum:
        if not self.begins():
            raise self.expected(f"an expression in {', '.join(self.symbols)}")
        token = self.step()
        if token.kind == "number":
            return growth.constant(Fraction(VULGAR.get(token.text, token.text)))
        if token.kind == "symbol":
            return growth.symbol(token.text)
        if token.kind == "letter":
            return self.under(cast(Letter, token.text))
        if token.text == "(":
            return self.closed(self.sum)
        if token.text == "|":
            self.bars += 1
            found = self.sum()
            self.bars -= 1
            self.need("|")
            return found
        return self.function(token)

    def under(self, letter: Letter) -> Sum:
        if letter not in self.letters:
            self.letters.append(letter)
        return self.primary() if self.now.text == "(" else self.sum()

    def function(self, token: _Token) -> Sum:
        name = token.text
        if name == "e":
            return growth.EULER
        if name == "sqrt":
            return growth.to_the(self.primary(), Fraction(1, 2))
        if name == "exp":
            return growth.raised(growth.EULER, self.primary(), of_e=True)
        if name == "max":
            return self.largest()
        if name == "frac":
            above = self.primary()
            return growth.divided(above, self.primary())
        if name == "binom":
            return self.binomial()
        if name in ("log", "lg", "ln", "loglog"):
            return self.logarithm(name)
        raise Unreadable(f"expected an expression in {', '.join(self.symbols)}", token.at)

    def largest(self) -> Sum:
        """max(a, b) lies between half of a + b and a + b."""
        self.need("(")
        found = self.sum()
        while self.now.text == ",":
            self.step()
            found = growth.added(found, self.sum())
        self.need(")")
        return found

    def binomial(self) -> Sum:
        """C(n, k) for a number k grows as n^k / k!."""
        self.need("(")
        above = self.sum()
        if self.now.text == ",":
            self.step()
        else:
            self.need(")")
            self.need("(")
        below = self.number_of(self.sum())
        self.need(")")
        if below.denominator != 1 or not 0 <= below <= _LARGEST_CHOICE:
            raise self.expected(f"a whole number up to {_LARGEST_CHOICE} before this")
        whole = growth.to_the(above, below)
        return growth.multiplied(whole, growth.constant(Fraction(1, factorial(int(below)))))

    def logarithm(self, name: str) -> Sum:
        self.base(name)
        exponent = Fraction(1)
        if self.now.kind == "raised":
            exponent = self.number_of(self.raised())
        elif self.now.text == "^":
            self.step()
            exponent = self.number_of(self.exponent_of_log())
        found = growth.logarithm(self.argument())
        if name == "loglog":
            found = growth.logarithm(found)
        return growth.to_the(found, exponent)

    def exponent_of_log(self) -> Sum:
        if self.now.text == "(":
            return self.primary()
        token = self.step()
        if token.kind != "number":
            raise Unreadable("expected the exponent of the logarithm", token.at)
        return growth.constant(Fraction(token.text))

    def base(self, name: str) -> None:
        """A constant base is a constant factor, so it is passed over: `log_2 n`, `log2(n)`."""
        if self.now.kind in ("base", "lowered"):
            self.step()
        elif self.now.text == "_":
            self.step()
            if self.now.text == "(":
                self.closed(self.sum)
            else:
                self.step()
        elif self.now.kind == "number" and self.tokens[self.place + 1].kind in ("symbol", "sign"):
            follows = self.tokens[self.place + 1]
            if (
                name == "log"
                and self.now.text in ("2", "10")
                and follows.text not in ("*", "/", ")")
            ):
                self.step()

    def argument(self) -> Sum:
        """What stands after `log`: a bracket, or numbers and one power: `log 2n`, `log n^2`."""
        if self.now.text == "(":
            return self.primary()
        found = growth.constant(Fraction(1))
        while self.now.kind == "number":
            found = growth.multiplied(found, self.power())
            if not self.begins():
                return found
        return growth.multiplied(found, self.power())

    def number_of(self, found: Sum) -> Fraction:
        if len(found) == 1 and not found[0].growth and found[0].amount is not None:
            return found[0].amount
        raise self.expected("a constant exponent of the logarithm before this")

    def closed(self, inner: Callable[[], Sum]) -> Sum:
        found = inner()
        self.need(")")
        return found

    def need(self, text: str) -> None:
        if self.now.text != text:
            raise self.expected(repr(text))
        self.step()

    def step(self) -> _Token:
        token = self.now
        if token.kind != "end":
            self.place += 1
        return token

    def expected(self, what: str) -> Unreadable:
        found = quoted(self.now.text) if self.now.kind != "end" else "the end"
        return Unreadable(f"expected {what}, found {found}", self.now.at)
