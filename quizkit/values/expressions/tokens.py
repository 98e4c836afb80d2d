"""Tokens of an expression: plain text, Python, LaTeX and Unicode, each with its place in the raw text."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from quizkit.values.expressions.commands import Commands
from quizkit.values.expressions.names import CONSTANTS, MODULES, function
from quizkit.values.expressions.scanner import Token, is_letter, plain_letter
from quizkit.values.expressions.signs import (
    BASED,
    NAMED,
    OPERATORS,
    PAIRS,
    RAISED,
    SINGLE,
    SPOKEN,
    SPOKEN_POWERS,
    VULGAR,
)
from quizkit.values.expressions.symbols import ACCENTS, SUBSCRIPTS, folded
from quizkit.values.expressions.tree import EYES
from quizkit.values.numbers import Unreadable, quoted

LONGEST = 2000
MOST_TOKENS = 800
MOST_DIGITS = 60
LARGEST_EXPONENT = 400
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\{,\}\d{3})+(?:\.\d+)?(?!\d|\{,\})"
                        r"|[1-9]\d{0,2}(?:\\,\d{3})+(?:\.\d+)?(?!\d|\\,\d)"
                        r"|[1-9]\d{0,2}(?:,\\!\d{3})+(?:\.\d+)?(?!\d|,\\!)")  # fmt: skip
_RECURRING = re.compile(r"\\(?:overline|bar)\s*(?:\{(\d{1,20})\}|(\d))|\\dot\s*\{?(\d)\}?")


class Tokenizer(Commands):
    """Cuts a text into tokens."""

    def run(self) -> list[Token]:
        """All tokens, without one for the end."""
        while self.at < self.end:
            self._next()
            if len(self.tokens) > MOST_TOKENS:
                raise Unreadable(f"expected at most {MOST_TOKENS} signs and names", self.at)
        return self.tokens

    def _next(self) -> None:
        char, at = self.text[self.at], self.at
        if at in self.read_ahead:
            self.at = self.read_ahead[at]
        elif char in " \t\n\r\u00a0\u2007\u2009\u202f\u200a~$":
            self.at += 1
            self.spaced = True
        elif char == "\\":
            self._command()
        elif char.isascii() and (char.isdigit() or (char == "." and self._peek(1).isdigit())):
            self._number()
        elif char == "." and at and not self.text[at + 1 : self.end].strip():
            self.at += 1  # the full stop of a sentence
        elif char in NAMED:
            self.at += 1
            self._emit("name", NAMED[char], at)
            self._scripts()
        elif is_letter(char):
            self._name()
        elif char in RAISED:
            self._raised()
        elif char == "." and re.compile(r"\.T(?!\w)").match(self.text, at, self.end):
            self.at += 2
            self._emit("operator", "^", at)
            self._emit("name", "T", at + 1)
        elif char in VULGAR:
            self._vulgar()
        elif self.text[at : at + 2] in PAIRS or self.text[at : at + 2] == "//":
            self.at += 2
            pair = self.text[at : at + 2]
            self._emit("operator", PAIRS.get(pair, pair), at)
        elif char in SINGLE or char in OPERATORS:
            self.at += 1
            self._emit("operator", OPERATORS.get(char, char), at)
        elif char == "&" or (char == ":" and self.has_braces):
            self.at += 1
            self._emit("operator", char, at)
        elif char == "ℝ":
            self.at += 1
            self._reals(at)
        else:
            raise Unreadable(_stranger(char), at)

    # --- numbers ------------------------------------------------------------------------------

    def _number(self) -> None:
        if self._thousands():
            return
        at = self.at
        found = re.compile(
            r"(?P<whole>\d+(?:_\d+)*)?(?:\.(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d+))?"
        ).match(self.text, at, self._limit())
        assert found is not None  # a digit or a point and a digit stands here
        if len(found[0]) > MOST_DIGITS or abs(int(found["power"] or 0)) > LARGEST_EXPONENT:
            problem = f"at most {MOST_DIGITS} digits and exponents up to {LARGEST_EXPONENT}"
            raise Unreadable(f"expected a number with {problem}", at)
        self.at = found.end()
        if self._peek() == "." and found["part"] is not None:
            raise Unreadable("expected one decimal point in a number", self.at)
        whole = (found["whole"] or "0").replace("_", "")
        value = Fraction(f"{whole}.{found['part'] or 0}e{found['power'] or 0}")
        if found["power"] is None and found["part"] is not None:
            value += self._recurring(len(found["part"]))
        text = found[0] if self.at == found.end() else found[0] + "0"
        self._emit("number", text, at, value)

    def _thousands(self) -> bool:
        r"""Reads `1{,}200{,}000`, `1\,200\,000` and `1,\!200`, which may have a decimal part."""
        found = _THOUSANDS.match(self.text, self.at, self._limit())
        if found is None:
            return False
        digits = re.sub(r"[^\d.]", "", found[0])
        if len(digits) > MOST_DIGITS:
            raise Unreadable(f"expected a number of at most {MOST_DIGITS} digits", self.at)
        self._emit("number", digits, self.at, Fraction(digits))
        self.at = found.end()
        return True

    def _recurring(self, places: int) -> Fraction:
        r"""What the digits under a bar add: 1/30 for the 3 of `0.0\overline{3}`."""
        found = _RECURRING.match(self.text, self.at, self.end)
        if found is None:
            return Fraction(0)
        self.at = found.end()
        digits = found[1] or found[2] or found[3]
        return Fraction(int(digits), (10 ** len(digits) - 1) * 10**places)

    def _vulgar(self) -> None:
        char, at = self.text[self.at], self.at
        if self.tokens and self.tokens[-1].kind == "number" and not self.spaced:
            raise Unreadable("expected a sign between number and fraction, as in 2 + ½", at)
        self.at += 1
        above, _, below = unicodedata.normalize("NFKC", char).partition("⁄")
        if not below:
            raise Unreadable(f"expected a number or a name, found {quoted(char)}", at)
        self._emit("operator", "(", at)
        self._emit("number", above, at, Fraction(int(above)))
        self._emit("operator", "/", at)
        self._emit("number", below, at, Fraction(int(below)))
        self._emit("operator", ")", at)

    def _raised(self) -> None:
        """`x²` as `x^(2)`; the signs written above the line become tokens of their own."""
        at = self.at
        while self._peek() in RAISED and self._peek():
            self.at += 1
        plain = "".join(RAISED[char] for char in self.text[at : self.at])
        self._emit("operator", "^", at)
        self._emit("operator", "{", at)
        for token in Tokenizer(plain).run():
            self.tokens.append(token._replace(at=at + token.at, spaced=False))
        self._emit("operator", "}", self.at - 1)

    # --- names --------------------------------------------------------------------------------

    def _name(self) -> None:
        """Letters and digits, with subscripts, accents and primes: `x1`, `theta_t`, `ŷ`, `x_{t-1}`."""
        at = self.at
        while self._peek() and (
            is_letter(self._peek()) or self._peek() in ACCENTS or self._is_digit()
        ):
            self.at += 1
        name = "".join(plain_letter(char) for char in self.text[at : self.at])
        if name in MODULES and self._peek() == "." and is_letter(self._peek(1) or "."):
            self.at += 1  # the function's own name follows, which must be known
            self._member()
            return
        if self._spoken(name, at):
            return
        if name in "ΣΠ" and re.compile(r"_\{?\s*\w\s*=").match(self.text, self.at, self.end):
            name = "sum" if name == "Σ" else "prod"
        if name in BASED and (self._peek() == "_" or self._peek() in SUBSCRIPTS):
            self._emit("name", name, at)
            self._scripts()
            return
        self._emit("name", name + self._subscripts(), at)

    def _spoken(self, name: str, at: int) -> bool:
        """Reads `y times (1 minus y)`, `a divided by b`, `y squared`; beside LaTeX they are but words."""
        if "\\" in self.text:
            return False
        if name in SPOKEN_POWERS:
            self._emit("operator", "^", at)
            self._emit("number", str(SPOKEN_POWERS[name]), at, Fraction(SPOKEN_POWERS[name]))
            return True
        by = re.compile(r"\s+by(?!\w)").match(self.text, self.at, self.end)
        if name not in SPOKEN or (name in ("multiplied", "divided")) != bool(by):
            return False
        self._emit("operator", SPOKEN[name], at)
        self.at = by.end() if by else self.at
        return True

    def _member(self) -> None:
        """`exp` of `np.exp`; another module's name before it is passed over too."""
        found = re.compile(r"(?:(?:nn|functional|special|linalg)\.)*([A-Za-z_]\w*)").match(
            self.text, self.at, self.end
        )
        name = folded(found[1]) if found else ""
        if function(name) is None and name not in (*CONSTANTS, *EYES):
            raise Unreadable("expected a function that is known here, such as exp", self.at)
        assert found is not None  # an unknown name was refused
        self._emit("name", name, found.start(1))
        self.at = found.end()


def tokenize(text: str) -> list[Token]:
    """The tokens of a whole answer, closed by one for the end."""
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST:,} characters, found {len(text):,}", LONGEST)
    for at, char in enumerate(text):
        if not char.isascii() or not char.isprintable():
            _inspect(char, at)
    tokens = Tokenizer(text).run()
    return [*tokens, Token("end", "", len(text.rstrip()))]


def _inspect(char: str, at: int) -> None:
    """Refuses what cannot be seen; other strangers are met later, in their place."""
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\t\n\r":
        name = f"U+{ord(char):04X}"
        raise Unreadable(f"expected no invisible characters, found {name}; type it again", at)


def _stranger(char: str) -> str:
    """What to say of a character that no formula has; look-alikes of Latin letters are named."""
    name = unicodedata.name(char, "")
    script = name.partition(" ")[0].capitalize()
    if char.isalpha() and script in ("Cyrillic", "Armenian", "Cherokee", "Greek", "Latin"):
        like = " and only looks like a Latin one" if script not in ("Latin", "Greek") else ""
        return f"expected a Latin or Greek letter; {quoted(char)} is {name.lower()}{like}"
    if char in '"`':
        return "expected a formula without quotation marks"
    if char == ".":
        return "expected a number before or after the point"
    if char == ":":
        return "expected a formula; a colon has no meaning here"
    return f"expected a number, a name or a sign, found {quoted(char)}"
