"""Bounds as people type them: `O(n log n)`, `Θ(n²·d)`, `n^2`, `\\mathcal{O}(\\sqrt{n})`, `linear`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import cast

from msgspec import Struct

from quizkit.values import growth, reals
from quizkit.values.bound_tokens import Letter, Token, tokens_of
from quizkit.values.constants import VULGAR
from quizkit.values.growth import Sum, Unbounded
from quizkit.values.numbers import Unreadable, compiled, quoted
from quizkit.values.reals import Real
from quizkit.values.spoken import as_formula

LONGEST = 200
DEEPEST = 24
_LARGEST_CHOICE = 20
_LOGARITHMS = ("log", "lg", "ln", "loglog")
_HALF = reals.rational(Fraction(1, 2))
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class Bound(Struct, frozen=True):
    """A letter, if one was typed, the terms under it that count, and all of them as they were typed."""

    letter: Letter | None
    terms: Sum
    typed: Sum  # the bases of logarithms left out, which are no factors that anyone typed

    @property
    def has_lower_order(self) -> bool:
        """Whether a term was typed that another one outgrows."""
        return any(growth.is_above(a, b) for a in self.largest for b in self.typed)

    @property
    def has_constant(self) -> bool:
        """Whether a leading term has a constant factor."""
        return any(term.amount not in (None, reals.ONE) for term in self.largest)

    @property
    def largest(self) -> Sum:
        """The terms typed that count."""
        return growth.leading(growth.settled(self.typed))


@lru_cache(1024)
def read_bound(text: str, symbols: tuple[str, ...]) -> Bound:
    """The bound typed, in the declared symbols; `Unreadable` where it is none."""
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST} characters, found {len(text)}", LONGEST)
    tokens = tokens_of(as_formula(text, symbols), symbols)
    reader = _Reader(tokens, symbols)
    try:
        found = reader.whole()
        terms = growth.leading(growth.settled(found))
        growth.check_bases(terms)
        typed = found
        if any(token.text in _LOGARITHMS for token in tokens):
            typed = _Reader(tokens, symbols, keeps_bases=False).whole()
            growth.settled(typed)
    except Unbounded as error:
        raise Unreadable(str(error), 0) from error
    if len(reader.letters) > 1:
        raise Unreadable(f"expected one letter, found {' and '.join(reader.letters)}", 0)
    letter = reader.letters[0] if reader.letters else None
    return Bound(letter, terms, typed)


class _Reader:
    """Recursive descent over tokens; values are sums of terms."""

    def __init__(
        self, tokens: list[Token], symbols: tuple[str, ...], *, keeps_bases: bool = True
    ) -> None:
        self.tokens = tokens
        self.symbols = symbols
        self.place = 0
        self.depth = 0
        self.letters: list[Letter] = []
        self.letters_read = 0
        self.bars = 0
        self.keeps_bases = keeps_bases
        self.exponents = 0

    @property
    def now(self) -> Token:
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
        start, before = self.now, self.letters_read
        minus = self.now.text == "-" and self.depth > 1 and bool(self.step())
        found = growth.added((), self.product(), -1) if minus else self.product()
        under = [self.letters_read > before]
        while self.now.text in ("+", "-") and self.now.kind == "sign":
            minus, before = self.step().text == "-", self.letters_read
            found = growth.added(found, self.product(), -1 if minus else 1)
            under.append(self.letters_read > before)
        if any(under) and not all(under):
            problem = (
                "expected one letter around the whole, as in O(n + m), found one around a part"
            )
            raise Unreadable(problem, start.at)
        self.depth -= 1
        return found

    def product(self) -> Sum:
        found = self.power()
        while True:
            if self.now.kind == "sign" and self.now.text == "*":
                self.step()
                found = growth.multiplied(found, self.power())
            elif self.now.kind == "sign" and self.now.text == "/":
                self.check_denominator(self.step())
                found = growth.divided(found, self.below(self.power))
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
        base = self.primary()
        while True:
            if self.now.text == "^":
                self.step()
                self.check_fraction(base)
                base = growth.raised(base, self.exponent())
            elif self.now.kind == "raised":
                base = growth.raised(base, self.raised())
            elif self.now.text == "!":
                self.step()
                base = growth.factorial(base)
            else:
                return base

    def below(self, inner: Callable[[], Sum]) -> Sum:
        """What stands below a fraction's bar: no O(n), of which the inverse has no bound from above."""
        start, before = self.now, self.letters_read
        found = inner()
        if self.letters_read > before:
            raise Unreadable("expected no letter below a fraction's bar", start.at)
        return found

    def check_denominator(self, bar: Token) -> None:
        """Asks about `n/2m`, which may be n/(2m); `1/2n` is a factor before n."""
        above, below = self.tokens[self.place - 2], self.now
        after = self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        is_run = (
            below.kind in ("number", "symbol") and after.kind == "symbol" and below.touches(after)
        )
        if is_run and not (above.kind == below.kind == "number"):
            problem = f"/{below.text}{after.text} can be read in two ways; write /({below.text} {after.text})"
            raise Unreadable(problem, bar.at)

    def check_fraction(self, base: Sum) -> None:
        """Asks about `n^3/2`, which may be n^(3/2) or half of n^3; `n^2/2` can only be the latter."""
        above, bar, below = (*self.tokens[self.place : self.place + 3], self.now, self.now)[:3]
        are_whole = all(each.kind == "number" and each.text.isdigit() for each in (above, below))
        grows = growth.as_constant(base) is not None and above.kind == "symbol"
        if bar.text == "/" and grows and below.kind == "number":
            whole = f"{above.text}/{below.text}"
            problem = f"^{whole} can be read in two ways; write ^({whole}) for the power"
            raise Unreadable(problem, bar.at)
        if bar.text != "/" or not are_whole or int(below.text) == 1:
            return
        if gcd(int(above.text), int(below.text)) == 1:
            whole = f"{above.text}/{below.text}"
            problem = f"^{whole} can be read in two ways; write ^({whole}) for the power"
            raise Unreadable(problem, bar.at)

    def exponent(self) -> Sum:
        """A signed primary, and what is raised or factorial in it: `n^-1`, `2^n^2`."""
        minus = self.now.text == "-" and bool(self.step())
        self.exponents += 1
        found = self.power()
        self.exponents -= 1
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
        is_first = self.place == 1
        self.letters_read += 1
        found = self.primary() if self.now.text == "(" else self.sum()
        # Elsewhere, as in 2^O(n), the factor that the letter hides may count.
        return found if is_first and self.now.kind == "end" else growth.loosened(found)

    def function(self, token: Token) -> Sum:
        name = token.text
        if name == "e":
            return growth.real(reals.EULER)
        if name in ("pi", "π"):
            return growth.real(reals.PI)
        if name in ("sqrt", "cbrt"):
            return self.root(token)
        if name == "exp":
            self.exponents += 1
            exponent = self.bare(token)
            self.exponents -= 1
            return growth.raised(growth.real(reals.EULER), exponent)
        if name in ("max", "min"):
            sums = self.listed()
            return growth.largest(sums) if name == "max" else growth.smallest(sums)
        if name == "frac":
            above = self.primary()
            return growth.divided(above, self.below(self.primary))
        if name == "binom":
            return self.binomial()
        if name in _LOGARITHMS:
            return self.logarithm(token)
        raise Unreadable(f"expected an expression in {', '.join(self.symbols)}", token.at)

    def root(self, token: Token) -> Sum:
        """A root, the degree of which may stand in square brackets: `\\sqrt[3]{n}`."""
        if self.now.kind != "square":
            degree = _HALF if token.text == "sqrt" else reals.rational(Fraction(1, 3))
            return growth.to_the(self.bare(token), degree)
        inner = self.primary()
        if self.now.text != "(":
            return growth.to_the(inner, _HALF)
        whole = reals.as_rational(self.number_of(inner))
        if whole is None or whole < 1:
            raise self.expected("the degree of the root before this")
        return growth.to_the(self.primary(), reals.rational(1 / whole))

    def bare(self, function: Token) -> Sum:
        """What a function is of; asks about `√2n` and `√nd`, of which the end may stand outside."""
        first = self.now
        found = self.primary()
        is_open = first.kind in ("number", "symbol") and self.now.text not in ("sqrt", "cbrt")
        touches = first.touches(self.now) and self.now.kind in ("number", "symbol")
        if is_open and (
            touches or self.now.text == "!" or (first.kind == "number" and self.begins())
        ):
            raise self.expected(f"brackets around what {function.text} is of")
        return found

    def listed(self) -> list[Sum]:
        """What stands in brackets, split at commas."""
        self.need("(")
        found = [self.sum()]
        while self.now.text == ",":
            self.step()
            found.append(self.sum())
        self.need(")")
        return found

    def binomial(self) -> Sum:
        self.need("(")
        above = self.sum()
        if self.now.text == ",":
            self.step()
        else:
            self.need(")")
            self.need("(")
        below = reals.as_rational(self.number_of(self.sum()))
        self.need(")")
        if below is None or below.denominator != 1 or not 0 <= below <= _LARGEST_CHOICE:
            raise self.expected(f"a whole number up to {_LARGEST_CHOICE} before this")
        return growth.binomial(above, int(below))

    def logarithm(self, token: Token) -> Sum:
        base, is_plain = self.base(token)
        exponent = reals.ONE
        if self.now.kind == "raised":
            exponent = self.number_of(self.raised())
        elif self.now.text == "^":
            self.step()
            exponent = self.number_of(self.exponent_of_log())
        found = growth.divided(growth.logarithm(self.argument(token)), base)
        if token.text == "loglog":
            found = growth.divided(growth.logarithm(found), base)
        if exponent != reals.ONE:
            found = growth.to_the(found, exponent)
        return found if is_plain else growth.loosened(found)

    def exponent_of_log(self) -> Sum:
        if self.now.text == "(":
            return self.primary()
        token = self.step()
        if token.kind != "number":
            raise Unreadable("expected the exponent of the logarithm", token.at)
        return growth.constant(Fraction(VULGAR.get(token.text, token.text)))

    def base(self, token: Token) -> tuple[Sum, bool]:
        """The logarithm of the base, and whether it is plain that it is one: not in `log2n`."""
        found, is_plain = self.typed_base(token)
        if self.exponents or self.keeps_bases or (found and found[0].growth):
            return found, is_plain
        return growth.constant(1), is_plain

    def typed_base(self, token: Token) -> tuple[Sum, bool]:
        number, after = self.now, self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        if number.kind in ("base", "lowered"):
            self.step()
            text = number.text.translate(_SUB)
            return growth.logarithm(
                growth.constant(int(text)) if text.isdecimal() else growth.symbol(text)
            ), True
        if number.text == "_":
            self.step()
            return growth.logarithm(self.primary()), True
        before, behind = token.touches(number), number.touches(after)
        opens = after.text in ("(", "|")
        follows = opens or after.kind in ("number", "symbol", "name")
        is_base = number.kind == "number" and (
            before or (number.text in ("2", "10") and (opens or not behind))
        )
        if token.text == "log" and is_base and follows:
            self.step()
            is_usual = number.text in ("2", "10") and before and (opens or not behind)
            return growth.logarithm(growth.constant(Fraction(number.text))), is_usual
        return growth.constant(1) if token.text == "ln" else growth.real(reals.BASE), True

    def argument(self, token: Token) -> Sum:
        """What stands after `log`: a bracket, or numbers and one power: `log 2n`, `log n^2`."""
        if self.now.text == "(":
            return self.primary()
        found = growth.constant(1)
        while self.now.kind == "number":
            found = growth.multiplied(found, self.power())
            if not self.begins():
                return found
            if not self.tokens[self.place - 1].touches(self.now):
                raise self.expected(f"brackets around what {token.text} is of")
        return growth.multiplied(found, self.power())

    def number_of(self, found: Sum) -> Real:
        known = growth.as_constant(found)
        if known is None:
            raise self.expected("a constant before this")
        return known

    def closed(self, inner: Callable[[], Sum]) -> Sum:
        found = inner()
        self.need(")")
        return found

    def need(self, text: str) -> None:
        if self.now.text != text:
            raise self.expected(repr(text))
        self.step()

    def step(self) -> Token:
        token = self.now
        if token.kind != "end":
            self.place += 1
        return token

    def expected(self, what: str) -> Unreadable:
        found = quoted(self.now.text) if self.now.kind != "end" else "the end"
        return Unreadable(f"expected {what}, found {found}", self.now.at)
