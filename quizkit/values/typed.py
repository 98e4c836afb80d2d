"""Numbers as they stand among words and signs: `approx. 0.69`, `σ(2) ≈ 0.88`, `391 steps`, `1 h 30 min`."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from msgspec import Struct

from quizkit.model import Misread, Reading, Understood
from quizkit.values import notations
from quizkit.values.expressions.tree import table
from quizkit.values.numbers import LONGEST, compiled, factor_of, read_number
from quizkit.values.units import is_symbol

_HEDGE = r"\s*(?:approx(?:imately|\.)?|about|roughly|around|circa|ca\.?|nearly)\s+(?=[^A-Za-z])"
_EQUALS = r"[=≈]"
_LAST_WORD = r"(?<![A-Za-z-])(?P<word>[A-Za-z]+(?:[-/][A-Za-z]+)?)\s*\.?\s*\Z"
_PARTS = r"(?P<amount>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[A-Za-zµ]+)(?:\s*(?:,|and|(?P<plus>\+)))?\s*"
_OTHER_UNIT = r"\s*[-−]?[0-9][0-9.]*(?:,[0-9]{3})*(?:\.[0-9]+)?\s*[A-Za-z%µ][A-Za-z%µ/]*\s*"
_DIFFERENT = Fraction(1, 200)
_NUMBER_ENDS = r"[0-9%‰]"
_WITH_UNIT = r"[0-9]\s?(?:%|(?i:per ?cent|pct)\b|[A-Za-zµ][A-Za-zµ/]*)"
_FOLD = r"(?<=[0-9])(?:\s?[x×]|[ -]?fold)\s*\Z"
_COUNTED_TERM = r"(?<=[0-9])\s+[A-Za-z][A-Za-z -]*?(?=\s*(?:[-+*×·=≈→]|\Z))"
_SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
_SIGNS = (
    (r"\\approx(?![A-Za-z])", "≈"),
    (r"\\(?:to|rightarrow|Rightarrow)(?![A-Za-z])|=>|->", "→"),
    (r"\^\{?\\circ\}?", "°"),
    (r"\\mu\s*(?=[A-Za-z])", "µ"),
    (r"\^\{([^{}]*)\}", r"^(\1)"),
    (r"(?i:floating[- ]point operations?)", "FLOP"),
    (r"(?i:\b(kilo|mega|giga|tera|peta) (?=flops?\b|macs?\b|bytes?\b|bits?\b))", r"\1"),
)
_RECURRING = (
    r"(?<![0-9.])(?P<whole>[0-9]{1,12})\.(?:\((?P<period>[0-9]{1,12})\)"
    r"|(?P<part>[0-9]{0,12})(?P<last>[0-9])\s*(?:recurring|repeating|repeated))"
)
_DENIED = r"!=|=/=|[≠<>]"
_TWO_READINGS = r"[0-9]\.[0-9]+\([0-9]+\)"
_GROUPED = (
    r"(?<![0-9.,])(?P<whole>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?P<part>)(?![0-9.,])",  # of India
    r"(?<![0-9.,])(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})(?:,(?P<part>[0-9]+))?(?![0-9.,])",
    r"(?<![0-9.,])(?P<whole>[1-9][0-9]{0,2}\.[0-9]{3}),(?P<part>[0-9]+)(?![0-9.,])",
    r"(?<![0-9.,])(?P<whole>0),(?P<part>[0-9]+)(?![0-9.,])",
    r"(?<![0-9.,])(?P<whole>[0-9]{1,18}),(?P<part>[0-9]{1,2}|[0-9]{4,18})(?![0-9.,])",
)
_MULTIPLIERS = table(
    "k m g b t hundred thousand million millions billion billions trillion dozen half"
)
_MOST_REMARKS = 2
_MOST_WORDS = 2  # behind a number: `weight updates`
_MOST_PARTS = 4
# What is counted in this field; where the question itself names some, one of those is meant.
_COUNTED = table(
    "step iteration update epoch batch sample example image token parameter param weight bias unit "
    "neuron node layer channel filter kernel pixel row column element value multiplication "
    "addition multiply-add operation op flop mac edge link connection head position class point "
    "pass run px it iter device gpu cell box anchor window path trip round"
)


def read_typed(
    text: str, unit: str | None, misread: Misread, ask: str = "", *, is_negative: bool = False
) -> Reading:
    """What the plain reader misread: a number among words, in other digits, or at the end of its way

    A calculation is worked out. `0.7 - 1` is one where a negative number is asked for, else a range.
    """
    if len(text) > LONGEST or not any(char.isdigit() for char in text):
        return misread
    text = notations.in_plain_digits(typed := text)
    if text != typed and isinstance(again := read_number(text, unit), Understood):
        return again
    if unclear := notations.misread_exponent(typed):
        return unclear
    if unit and compiled(_OTHER_UNIT).fullmatch(text):
        return misread  # a plain number in a unit that does not fit
    if compiled(_DENIED).search(text):
        return misread
    if twice := compiled(_TWO_READINGS).search(text):
        return Misread(
            "may be a product or a decimal that recurs; write 0.1*6 or 1/6", twice.start()
        )
    asked = _Asked(unit, misread, ask, is_negative)
    text = compiled(_RECURRING).sub(_recurring, text)
    found = asked.among(text)
    if found is not misread:
        return found
    plain = asked.plainer(text)
    if plain != text and (found := asked.read(plain)) is not misread:
        return found
    return asked.concluded(plain)


class _Asked(Struct, frozen=True):
    """What is asked for: a number in this unit, of what the question names."""

    unit: str | None
    misread: Misread
    ask: str
    is_negative: bool

    def read(self, text: str) -> Reading:
        """A plain number, or one among words and signs."""
        found = read_number(text, self.unit)
        return found if isinstance(found, Understood) else self.among(text)

    def among(self, text: str) -> Reading:
        """A number with a left side, a hedge or what is counted; a sum of parts; a calculation."""
        bare = _bare(text, "" if self.unit else self.ask, is_counted=not self.unit)
        if bare != text and isinstance(again := read_number(bare, self.unit), Understood):
            return again
        if self.unit and (total := _sum_of_parts(bare, self.unit)) is not None:
            return _understood(total)
        from quizkit.values.calculations import read_calculation

        return read_calculation(bare, self.unit, self.misread, is_negative=self.is_negative)

    def plainer(self, text: str) -> str:
        """The text in plain digits and signs, without what stands before and behind the number."""
        from quizkit.values import asides

        text = asides.without_lead(_in_plain_signs(asides.unquoted(asides.in_ascii(text))))
        for _ in range(_MOST_REMARKS):
            if not isinstance(read_number(text, self.unit), Understood):
                text = self._without_remark(text)
        if not self.unit:
            text = compiled(_FOLD).sub("", text)
            text = compiled(_COUNTED_TERM).sub(self._without_counted, text)
        return _in_english_groups(text)

    def _without_remark(self, text: str) -> str:
        from quizkit.values import asides

        ends = _WITH_UNIT if self.unit else _NUMBER_ENDS
        kept = asides.without_remark(text, ends, is_loose=bool(self.unit))
        behind = compiled("[A-Za-z]+").findall(text[len(kept) :])
        return text if any(map(is_measure, behind[:_MOST_WORDS])) else kept

    def _without_counted(self, found: re.Match[str]) -> str:
        from quizkit.values import asides

        words = found[0].split()
        if asides.doubts(found[0]):
            return found[0]
        return "" if _is_counted(words[-1], self.ask) and len(words) <= _MOST_WORDS else found[0]

    def concluded(self, text: str) -> Reading:
        """The result behind `=`, `→` or `so`, where what leads to it, as far as it can be read, agrees."""
        from quizkit.values import asides

        parts = asides.concluded(text)
        found = self.read(self.plainer(parts[1].strip())) if parts else self.misread
        if not parts or not isinstance(found, Understood):
            return self.misread
        result: Any = found.value
        for step in compiled("[=≈~]").split(parts[0]) if not parts[2] else ():
            seen = self.read(step.strip()) if step.strip() else self.misread
            value: Any = seen.value if isinstance(seen, Understood) else result
            if min(abs(value * each - result) for each in (1, 100)) > _DIFFERENT * abs(result):
                return Misread("expected both sides of = to be the same number", text.rfind("="))
        return found


def _understood(value: Fraction) -> Understood:
    return Understood(value.numerator if value.denominator == 1 else value)


def _in_plain_signs(text: str) -> str:
    """LaTeX's signs, arrows of two signs, `¹⁄₇`, and units in words that are not in the table."""
    if small := compiled("([⁰¹²³⁴-⁹]+)[⁄/]([₀-₉]+)").fullmatch(text.strip()):
        return "/".join(part.translate(_SMALL) for part in small.groups())
    for pattern, other in _SIGNS:
        text = compiled(pattern).sub(other, text)
    return text


def _recurring(found: re.Match[str]) -> str:
    """`2/3` for `0.(6)` and `0.6 recurring`."""
    whole, part, period = found["whole"], found["part"] or "", found["period"] or found["last"]
    shift = 10 ** len(part)
    value = Fraction(int(whole + part), shift) + Fraction(
        int(period), shift * (10 ** len(period) - 1)
    )
    return f"{value.numerator}/{value.denominator}"


def _in_english_groups(text: str) -> str:
    """`1,41`, `23.440.896`, `1.234,5` and `12,44,39,808` as 1.41, 23440896, 1234.5 and 124439808."""
    for pattern in _GROUPED:
        text = compiled(pattern).sub(
            lambda found: (
                compiled("[.,]").sub("", found["whole"])
                + (f".{found['part']}" if found["part"] else "")
            ),
            text,
        )
    return text


def is_measure(word: str) -> bool:
    """Whether a word is a unit of the table, or multiplies: it is no remark."""
    return is_symbol(word) or word.casefold() in _MULTIPLIERS


def _bare(text: str, ask: str, *, is_counted: bool) -> str:
    """With blanks for all that stands around the number; places stay as they are."""
    equals = compiled(_EQUALS).search(text)
    if equals is not None:
        from quizkit.values.expressions.labels import is_label

        if is_label(text[: equals.start()]):
            text = _blank(text, 0, equals.end())
    hedge = compiled(_HEDGE).match(text)
    if hedge is not None:
        text = _blank(text, 0, hedge.end())
    for _ in range(_MOST_WORDS if is_counted else 0):
        last = _last_word(text, ask)
        if last is None:
            break
        text = _blank(text, last.start("word"), len(text))
    return text


def _last_word(text: str, ask: str) -> re.Match[str] | None:
    """What is counted, at the end: of the things that the question names, if it names any."""
    found = compiled(_LAST_WORD).search(text)
    return found if found and _is_counted(found["word"], ask) else None


def _is_counted(word: str, ask: str) -> bool:
    """Whether a word, or each of `it/epoch`, is one of the things that the question names, if it does."""
    asked = {_singular(each) for each in compiled("[A-Za-z-]+").findall(ask)}
    of, *each = word.split("/")
    return _singular(of) in (asked if asked & _COUNTED else _COUNTED) and all(
        _singular(other) in _COUNTED for other in each
    )


def _singular(word: str) -> str:
    word = word.lower()
    for ending, other in (("ches", "ch"), ("sses", "ss"), ("xes", "x"), ("ases", "as"), ("s", "")):
        if word.endswith(ending) and not word.endswith(("ss", "ias")):
            return word.removesuffix(ending) + other
    return word


def _sum_of_parts(text: str, unit: str) -> Fraction | None:
    """`28 GB + 28 GB`, or `1 h 30 min`, each part of which is smaller than one of the unit before it."""
    found = list(compiled(_PARTS).finditer(text.strip()))
    if not 1 < len(found) <= _MOST_PARTS or "".join(part[0] for part in found) != text.strip():
        return None
    factors = [factor_of(part["unit"], unit) for part in found]
    known = [factor for factor in factors if factor is not None]
    sizes = [Fraction(part["amount"]) * factor for part, factor in zip(found, known, strict=False)]
    pluses = [bool(part["plus"]) for part in found]
    if len(known) < len(found) or (any(pluses) and pluses != [True] * (len(found) - 1) + [False]):
        return None
    if not any(pluses) and any(
        later >= factor for factor, (_, later) in zip(known, pairwise(sizes), strict=False)
    ):
        return None
    return sum(sizes, Fraction(0))


def _blank(text: str, start: int, stop: int) -> str:
    return text[:start] + " " * (stop - start) + text[stop:]
