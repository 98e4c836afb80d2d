"""Numbers as people type them, read exactly: `1,234.5`, `3/4`, `12 %`, `25M`, `3×10⁸`, `2 MiB`."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from typing import ParamSpec

from quizkit.model import Misread, Reading, Understood, Value

P = ParamSpec("P")

LONGEST = 200
LARGEST_EXPONENT = 400
LARGEST = 10**300  # beyond it a float overflows, and every comparison with it
LONGEST_BASE = 20
_PLAIN_FACTOR = 10**100
QUOTED = 40

# One character for one, so that a position in this text is a position in the learner's own.
PLAIN = str.maketrans(
    "−–—‐‑﹣－×✕∗·⋅⁄∕\u00a0\u2007\u2009\u202f",
    "-------*****//    ",
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

# Patterns stand as text: `re` compiles and keeps them on first use, after the first prompt.
_LEAD = r"(?:\s*[A-Za-z]\w{0,15}\s*(?=[=≈]))?[\s=≈~]*(?P<sign>[-+]?)\s*"
_DECIMAL = r"""(?x)(?=\.?[0-9])
    (?P<whole> [1-9][0-9]{0,2} (?: (?:,[0-9]{3})+ | (?:[ ][0-9]{3})+ | (?:['’][0-9]{3})+ ) (?![0-9])
             | [0-9]+ (?:_[0-9]+)* )?
    (?: \. (?P<part>[0-9]*) )?
    (?: [eE] (?P<exponent>[-+]?[0-9]+) )?"""
_POWER = r"\s*(?:\^|\*\*)\s*(?P<typed>[-+]?[0-9]+(?!\.?[0-9]))?|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_OVER = r"\s*/\s*"
_TIMES_POWER = r"\s*[x*]\s*(?=(?:10|2)(?:\s*(?:\^|\*\*)|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))"
_TIMES_PI = r"\s*\*?\s*(?=π|pi\b)"
_VULGAR = r"[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]"
_PART = rf"""(?x) \s* (?P<vulgar>{_VULGAR})
    | \s+ (?P<above>[0-9]{{1,3}}) \s?/\s? (?P<below>[1-9][0-9]{{0,3}}) (?!\.?[0-9])"""
_FACTORIAL = r"!(?![!=])"
_NAMED = r"""(?x) (?P<constant> π | pi\b | e(?![A-Za-z0-9]) )
    | (?P<function> √ | (?:sqrt|ln|log2|log10|exp)(?![A-Za-z0-9]) )
      \s* (?: \(\s*(?=[0-9.][^()]*\)) | (?=[0-9.]) )
    | (?P<word> one|two|three|four|five|six|seven|eight|nine|ten|hundred )
      (?= \s+ (?:thousand|million|billion|trillion)\b )"""
_CLOSE = r"\s*\)"
_LATEX = (
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\sqrt\s*\{([^{}]*)\}", r"sqrt(\1)"),
    (r"\\(?:times|cdot)(?![A-Za-z])", "*"),
    (r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}", r"\1"),
    (r"\\(?:left|right)(?![A-Za-z])|\\[,;! ]|\$", " "),
    (r"\{([^{}]*)\}", r"\1"),
    (r"\\(?=%|pi\b|ln\b)", ""),
)
_SPACES = r"\s*"
# Most answers by far: a number, with a unit or not, and no sign but a minus; a power of ten; a fraction.
_SIMPLE = (
    r"(-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}))(?:\.([0-9]{1,18}))?"
    r"(?:[eE]([-+]?[0-9]{1,2})| ?/ ?([1-9][0-9]{0,17})| ?([A-Za-z%µ][A-Za-z%/]{0,19}))?"
)
_PLAIN_POWER = (
    r"(-?)(?:([0-9]{1,15})(?:\.([0-9]{1,15}))? ?[x×*·] ?(?=(?:10|2)[*^]))?"
    r"([0-9]{1,9})(?:\^|\*\*)([-+]?[0-9]{1,3})"
)
_MOST_BITS = 900  # of a plain power: below 10^300

_COUNTS = {
    **dict.fromkeys(("%", "percent", "per cent", "pct"), Fraction(1, 100)),
    **dict.fromkeys(("‰", "permille", "per mille"), Fraction(1, 1000)),
    **dict.fromkeys(("k", "K", "thousand"), Fraction(10**3)),
    **dict.fromkeys(("M", "million", "millions", "mn", "mln"), Fraction(10**6)),
    **dict.fromkeys(("G", "B", "billion", "billions", "bn"), Fraction(10**9)),
    **dict.fromkeys(("T", "trillion", "trillions", "tn"), Fraction(10**12)),
}
_COUNT = (
    r"(?P<count>%|‰|(?i:per ?cent|pct|per ?mille|thousand|millions?|billions?|trillions?|mn|mln|bn|tn)\b"
    r"|[kKMGBT](?=FLOP|MAC|OP|\s|$))?\s*(?P<what>.*)"
)
_SIZES = {
    **dict.fromkeys(("byte", "bytes"), Fraction(1)),
    "bits": Fraction(1, 8),
    "KB": Fraction(1000),
    **{f"{si}B": Fraction(1000**n) for n, si in enumerate(["", "k", "M", "G", "T"])},
    **{f"{si}bit": Fraction(1000**n, 8) for n, si in enumerate(["", "k", "M", "G", "T"])},
    **{f"{si}iB": Fraction(1024**n) for n, si in enumerate("KMGT", start=1)},
}


def read_number(text: str, unit: str | None = None) -> Reading:
    """The exact number typed, in the question's unit: an int where integral, else a Fraction."""
    found = compiled(_SIMPLE).fullmatch(text)
    if found:
        value = _simple(found, unit)
    else:
        power = compiled(_PLAIN_POWER).fullmatch(text) if "^" in text or "**" in text else None
        value = _plain_power(*power.groups()) if power else None
    if value is None:
        return _from_text(text, (unit or "").translate(PLAIN))
    return Understood(value)


def _simple(found: re.Match[str], unit: str | None) -> int | Fraction | None:
    """The value of a plain number; None where its unit needs a closer look."""
    whole, part, exponent, over, typed = found.groups()
    whole = whole.replace(",", "")
    if found.lastindex == 1:
        return int(whole)
    below = 10 ** len(part) if part else 1
    above = int(whole + part) if part else int(whole)
    if over:
        below *= int(over)
    elif exponent:
        above, below = _shifted(above, below, int(exponent))
    elif typed:
        factor = _factor(typed, unit.translate(PLAIN) if unit else "")
        if factor is None or factor.numerator >= _PLAIN_FACTOR:
            return None
        above, below = above * factor.numerator, below * factor.denominator
    return above // below if above % below == 0 else Fraction(above, below)


def _plain_power(
    sign: str, whole: str | None, part: str | None, base: str, exponent: str
) -> int | Fraction | None:
    """The value of `10^-3` or `2.5×10^6`; None where it takes a closer look."""
    root, raised = int(base), int(exponent)
    if root.bit_length() * abs(raised) > _MOST_BITS or (not root and raised < 0):
        return None
    above, below = (root**raised, 1) if raised >= 0 else (1, root**-raised)
    if whole:
        above *= int(whole + (part or ""))
        below *= 10 ** len(part or "")
    above = -above if sign else above
    return above // below if above % below == 0 else Fraction(above, below)


def _shifted(above: int, below: int, exponent: int) -> tuple[int, int]:
    """The fraction times a power of ten."""
    if exponent < 0:
        return above, below * 10**-exponent
    return above * 10**exponent, below


def _from_text(text: str, unit: str) -> Reading:
    if len(text) <= LONGEST and ("\\" in text or "{" in text):
        plain = text
        for pattern, other in _LATEX:
            plain = compiled(pattern).sub(other, plain)
        reading = attempt(_number, plain, unit)
        if isinstance(reading, Understood):
            return reading
    return attempt(_number, text, unit)


class Unreadable(Exception):
    """Raised inside a reader: what was expected, and at which character of the learner's text.

    Words that are dear to find, such as the nearest known name, may come as a function: often another
    reader takes the text, and nobody asks for them.
    """

    def __init__(self, problem: str | Callable[[], str], position: int) -> None:
        super().__init__(problem, position)
        self.problem = problem
        self.position = position

    def __str__(self) -> str:
        return self.misread.problem

    @property
    def misread(self) -> Misread:
        """What is shown to the learner."""
        return Misread(
            self.problem if isinstance(self.problem, str) else self.problem(), self.position
        )


def attempt(parse: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Reading:
    """What `parse` returns as understood, or where it stopped as misread."""
    try:
        return Understood(parse(*args, **kwargs))
    except Unreadable as unreadable:
        return unreadable.misread


def quoted(text: str) -> str:
    """A short quotation, safe to print: unprintable characters replaced, the rest cut off."""
    shown = "".join(char if char.isprintable() else "�" for char in text[:QUOTED])
    return f"'{shown}…'" if len(text) > QUOTED else f"'{shown}'"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first used."""
    return re.compile(pattern)


class Cursor:
    """A place in a text, which moves over what is taken."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at

    def take(self, pattern: str) -> re.Match[str] | None:
        """The match that starts here, if there is one."""
        found = compiled(pattern).match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    @property
    def rest(self) -> str:
        """What has not been taken."""
        return self.text[self.at :]


def _number(text: str, unit: str) -> Value:
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST} characters, found {len(text)}", LONGEST)
    cursor = Cursor(text.translate(PLAIN))
    lead = cursor.take(_LEAD)
    start = cursor.at
    value = _ratio(cursor)
    factor = _scale(cursor, unit)
    # Fractions multiply and compare slowly: only where there is need.
    value = value if factor == 1 else value * factor
    value = -value if lead and lead["sign"] == "-" else value
    if abs(value.numerator) >= LARGEST * value.denominator:
        raise Unreadable("expected a number nearer to zero than 10^300", start)
    return value.numerator if value.denominator == 1 else value


def _ratio(cursor: Cursor) -> Fraction:
    """A number, mixed or times a power of ten or two or π, or one over another."""
    value = _power(cursor)
    mixed = cursor.take(_PART) if value.denominator == 1 else None
    if mixed:
        return value + _part(mixed, cursor)
    if cursor.take(_TIMES_POWER) or cursor.take(_TIMES_PI):
        value *= _power(cursor)
    if cursor.take(_OVER) is None:
        return value
    at = cursor.at
    below = _power(cursor)
    if below == 0:
        raise Unreadable("expected a denominator other than 0", at)
    return value / below


def _part(found: re.Match[str], cursor: Cursor) -> Fraction:
    """What a mixed number has beside its whole: `10 1/2`, `1½`."""
    from quizkit.values import constants

    if found["vulgar"]:
        return Fraction(constants.VULGAR[found["vulgar"]])
    above, below = int(found["above"]), int(found["below"])
    if above >= below:
        raise Unreadable("expected one number, with a fraction below 1", cursor.at)
    return Fraction(above, below)


def _power(cursor: Cursor) -> Fraction:
    start = cursor.at
    base = _decimal(cursor)
    found = cursor.take(_POWER)
    if found is None:
        return base if cursor.take(_FACTORIAL) is None else _in_domain(start, base)
    raised = found[found.lastgroup].translate(_RAISED) if found.lastgroup else ""
    exponent = _bounded(raised, cursor.at - len(raised))
    largest = max(abs(base.numerator), base.denominator)
    if largest >= 10**LONGEST_BASE or largest.bit_length() * abs(exponent) > 4 * LARGEST_EXPONENT:
        raise Unreadable(f"expected a smaller power, with a base below 10^{LONGEST_BASE}", start)
    if base == 0 and exponent < 0:
        raise Unreadable("expected a base other than 0 for a negative exponent", start)
    return Fraction(base**exponent)


def _decimal(cursor: Cursor) -> Fraction:
    start = cursor.at
    found = cursor.take(_DECIMAL)
    if found is None:
        value = _named(cursor)
        if value is not None:
            return value
        rest = quoted(cursor.rest) if cursor.rest else "nothing"
        expected = "expected a number such as 28, 0.5, 3/4, 1e-3 or 25.6M"
        raise Unreadable(f"{expected}, found {rest}", start)
    whole, part, typed = found.groups()
    digits = int(compiled(r"[, _'’]").sub("", whole or "") + (part or ""))
    exponent = _bounded(typed, found.start("exponent")) if typed else 0
    shift = exponent - len(part or "")
    return Fraction(digits * 10**shift) if shift >= 0 else Fraction(digits, 10**-shift)


def _in_domain(start: int, value: Fraction, function: str = "!") -> Fraction:
    from quizkit.values import constants

    try:
        if function == "!":
            return constants.product_to(value)
        return constants.applied(function, value)
    except constants.OutOfDomain as error:
        raise Unreadable(str(error), start) from error


def _named(cursor: Cursor) -> Fraction | None:
    """The value of a named number, or of a function with one number as argument."""
    from quizkit.values import constants

    start = cursor.at
    vulgar = cursor.take(_VULGAR)
    if vulgar:
        return Fraction(constants.VULGAR[vulgar[0]])
    found = cursor.take(_NAMED)
    if found is None:
        return None
    if found["function"] is None:
        return constants.constant(found["constant"] or found["word"])
    argument = _power(cursor)
    if "(" in found[0]:
        if cursor.take(_OVER):
            argument /= _power(cursor) or Fraction(1)
        if cursor.take(_CLOSE) is None:
            raise Unreadable("expected ')'", cursor.at)
    return _in_domain(start, argument, found["function"])


def _bounded(exponent: str, at: int) -> int:
    if not exponent or abs(int(exponent)) > LARGEST_EXPONENT:
        raise Unreadable(f"expected a whole exponent of at most {LARGEST_EXPONENT}", at)
    return int(exponent)


def _scale(cursor: Cursor, unit: str) -> Fraction:
    """What the number is multiplied by, for whatever was typed after it."""
    cursor.take(_SPACES)
    typed = " ".join(cursor.rest.split())
    factor = _factor(typed, unit) if typed else Fraction(1)
    if factor is None:
        raise Unreadable(_complaint(typed, unit), cursor.at)
    return factor


def factor_of(typed: str, unit: str) -> Fraction | None:
    """One of the typed unit in the question's unit; None where it is no such unit."""
    return _factor(typed, unit.translate(PLAIN))


@lru_cache(2048)
def _factor(typed: str, unit: str) -> Fraction | None:
    """One of the typed unit in the question's unit; None where it is no such unit."""
    from quizkit.values import units

    if _are_same(typed, unit):
        return Fraction(1)
    if unit in _SIZES:  # there `B` is bytes, and a bare `M` could be MB or MiB
        return _SIZES[typed] / _SIZES[unit] if typed in _SIZES else units.factor(typed, unit)
    (many, of), (each, what) = _counted(typed), _counted(unit)
    known = all(any(_are_same(word, other) for other in what.split()) for word in of.split())
    return many / each if known and not (many < 1 and what) else units.factor(typed, unit)


def _counted(unit: str) -> tuple[Fraction, str]:
    """How many of what: `GFLOPs` is 10^9 of `FLOPs`, `million images` 10^6 of `images`."""
    found = compiled(_COUNT).fullmatch(unit)
    assert found is not None  # every part of the pattern may be empty
    count = found["count"] or ""
    amount = _COUNTS[count.lower() if len(count) > 1 else count] if count else Fraction(1)
    return amount, found["what"]


def _are_same(word: str, other: str) -> bool:
    """Whether two unit words differ at most in case and plural; symbols such as B must be exact."""
    from quizkit.values import units

    if "/" in word and word.count("/") == other.count("/"):  # `Tb/s` is not `TB/s`
        return all(map(_are_same, word.split("/"), other.split("/")))
    if word == other or min(len(word), len(other)) < 2 or units.is_symbol(word, other):
        return word == other
    one, more = sorted([word.casefold(), other.casefold()], key=len)
    return more in (one, one + "s", one + "es")


def _complaint(typed: str, unit: str) -> str:
    if typed[0] == ",":
        return "commas separate groups of three digits; write a decimal point, as in 1.5"
    if typed[0] in "+-*/^(x":
        return "expected one number, or a calculation that can be worked out"
    wanted = f"{unit} or nothing" if unit else "nothing"
    return f"expected {wanted} after the number, found {quoted(typed)}"
