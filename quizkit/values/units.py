"""Units of deep learning as exact factors: sizes, times, rates, operations, counts.

A unit is read as a factor and a dimension, so `180k images/min` is 3,000 of `images/s`. What is not in
the table is no unit, except a word of the question's own unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import product
from math import prod

Dimension = tuple[tuple[str, int], ...]
Measure = tuple[Fraction, Dimension]

LONGEST = 60
_MOST_READINGS = 64
_LARGEST_POWER = 3

_SI = {"k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21}
_SMALL = {"m": -3, "µ": -6, "μ": -6, "u": -6, "n": -9, "p": -12}
_IEC = {"K": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6}
_SI_WORDS = {"kilo": 3, "mega": 6, "giga": 9, "tera": 12, "peta": 15, "exa": 18, "zetta": 21}
_SMALL_WORDS = {"milli": -3, "micro": -6, "nano": -9, "pico": -12}
_IEC_WORDS = {"kibi": 1, "mebi": 2, "gibi": 3, "tebi": 4, "pebi": 5, "exbi": 6}

_BYTE: Measure = (Fraction(1), (("byte", 1),))
_BIT: Measure = (Fraction(1, 8), (("byte", 1),))
_SECOND: Dimension = (("second", 1),)
_OPERATION: Dimension = (("operation", 1),)
_POWER: Dimension = (("joule", 1), ("second", -1))

# Symbols are exact in case; those of a family take its prefixes.
_SIZES = {"B": _BYTE, "b": _BIT, "bit": _BIT, "bits": _BIT}
_SYMBOLS: dict[str, Measure] = {
    "Hz": (Fraction(1), (("second", -1),)),
    "W": (Fraction(1), _POWER),
    "Wh": (Fraction(3600), (("joule", 1),)),
    "J": (Fraction(1), (("joule", 1),)),
}
_SMALL_SYMBOLS: dict[str, Measure] = {
    "s": (Fraction(1), _SECOND),
    "Hz": _SYMBOLS["Hz"],
    "W": _SYMBOLS["W"],
    "J": _SYMBOLS["J"],
    "m": (Fraction(1), (("metre", 1),)),
}
_METRES = {"m": 0, "km": 3, "cm": -2}
# One multiply-accumulate is a multiplication and an addition: two operations.
_OPERATIONS = {"FLOP": 1, "MAC": 2, "MADD": 2}
_LONE = {
    "h": (Fraction(3600), _SECOND),
    "d": (Fraction(86400), _SECOND),
    "fps": (Fraction(1), (("frame", 1), ("second", -1))),
    "dB": (Fraction(1), (("decibel", 1),)),
    "PFday": (Fraction(10**15 * 86400), _OPERATION),
}
_PETAFLOP_DAYS = r"(?i:\bp(?:eta)?[ -]?f(?:lops?)?(?:/s)?[ ·*-]?days?\b)"
_RATES = {"bps": _BIT, "Bps": _BYTE}
_TIMES = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), 60),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), 3600),
    **dict.fromkeys(("day", "days"), 86400),
    **dict.fromkeys(("week", "weeks"), 7 * 86400),
}
_NOUNS = {
    "token": "tokens tok toks",
    "sample": "samples",
    "example": "examples",
    "image": "images img imgs",
    "parameter": "parameters param params",
    "step": "steps",
    "iteration": "iterations iter iters it",
    "epoch": "epochs",
    "batch": "batches",
    "gpu": "gpus",
    "frame": "frames",
    "request": "requests req reqs query queries",
    "pixel": "pixels px",
    "word": "words",
    "neuron": "neurons",
    "element": "elements",
    "weight": "weights",
}
_COUNTS = {
    **dict.fromkeys(("%", "percent", "pct"), Fraction(1, 100)),
    **dict.fromkeys(("thousand", "k", "K"), Fraction(10**3)),
    **dict.fromkeys(("million", "millions", "mn", "mln", "M"), Fraction(10**6)),
    **dict.fromkeys(("billion", "billions", "bn", "B", "G"), Fraction(10**9)),
    **dict.fromkeys(("trillion", "trillions", "tn", "T"), Fraction(10**12)),
}
_WORD = r"([A-Za-zµμ%]+)(?:\^?([-+]?[1-9])|([⁺⁻]?[¹²³]))?"
_RAISED = str.maketrans("⁺⁻¹²³", "+-123")


@lru_cache(2048)
def factor(typed: str, unit: str) -> Fraction | None:
    """One of the typed unit in the question's unit; None where it is none of its dimension."""
    wanted = measures(unit, unit)
    for amount, dimension in measures(typed, unit):
        for each, other in wanted:
            if dimension == other:
                return amount / each
    return None


@lru_cache(512)
def measures(text: str, unit: str = "") -> tuple[Measure, ...]:
    """Every reading of a unit as factor and dimension: `B` is a byte, and 10^9 of something."""
    if not text or len(text) > LONGEST:
        return ()
    text = re.sub(_PETAFLOP_DAYS, "PFday", re.sub(r"\bper cent\b", "percent", text))
    above, *below = re.split(r"\s*/\s*|\bper\b", text)
    found = list(_product(above, 1, unit))
    for part in below:
        lower = list(_product(part, -1, unit))
        found = [_times(upper, each) for upper in found for each in lower]
        if len(found) > _MOST_READINGS:
            return ()
    return tuple(dict.fromkeys(found))


def is_size(unit: str) -> bool:
    """Whether the unit counts bytes or bits."""
    return any(("byte", 1) in dimension for _, dimension in measures(unit, unit))


def is_work(unit: str) -> bool:
    """Whether the unit counts arithmetic operations."""
    return any(("operation", 1) in dimension for _, dimension in measures(unit, unit))


def prefix_power(unit: str) -> int:
    """2 for `MB` and `MiB`: the power of 1,000 or 1,024 in the prefix of a unit of size."""
    head = re.match(r"[KkMGTPE](?=i?[Bb])|(?i:kilo|mega|giga|tera|kibi|mebi|gibi|tebi)", unit)
    return "kmgtpe".index(head[0][0].lower()) + 1 if head else 0


def _product(text: str, sign: int, unit: str) -> Iterator[Measure]:
    """The readings of words beside each other: `GPU-hours`, `million images`, `ms`."""
    words = re.findall(_WORD, text)
    if re.sub(_WORD, "", text).strip(" *-.()"):
        return
    if not words and sign == 1:  # nothing above the bar, as in `/s`
        yield Fraction(1), ()
    if not words:
        return
    readings = [list(_powers(word, place == 0, unit)) for place, word in enumerate(words)]
    if prod(map(len, readings)) > _MOST_READINGS:
        return
    for chosen in product(*readings):
        yield _raised(reduce(_times, chosen), sign)


def _powers(found: tuple[str, str, str], leads: bool, unit: str) -> Iterator[Measure]:
    word, plain, raised = found
    exponent = int(plain or raised.translate(_RAISED) or 1)
    for measure in _word(word, unit):
        if abs(exponent) <= _LARGEST_POWER:
            yield _raised(measure, exponent)
    if leads and exponent == 1 and word in _COUNTS:
        yield _COUNTS[word], ()


def _word(word: str, unit: str) -> Iterator[Measure]:
    yield from _sizes(word)
    yield from _times_and_energy(word)
    yield from _operations(word)
    lower = word.casefold()
    if lower in _COUNTS and len(lower) > 1:
        yield _COUNTS[lower], ()
    noun = _noun(lower, unit)
    if noun:
        yield Fraction(1), ((noun, 1),)


def _sizes(word: str) -> Iterator[Measure]:
    if word in _SIZES:
        yield _SIZES[word]
    for symbol, (amount, dimension) in _SIZES.items():
        head = word[: -len(symbol)]
        if word.endswith(symbol) and head in _SI:
            yield amount * 10 ** _SI[head], dimension
        if word.endswith(symbol) and head[-1:] == "i" and head[:-1] in _IEC:
            yield amount * 1024 ** _IEC[head[:-1]], dimension
    for rate, (amount, dimension) in _RATES.items():
        head = word[: -len(rate)]
        if word.endswith(rate) and (not head or head in _SI):
            yield amount * 10 ** _SI.get(head, 0), (*dimension, ("second", -1))
    lower = word.casefold()
    for name, (amount, dimension) in (("byte", _BYTE), ("bit", _BIT)):
        head = lower.removesuffix("s").removesuffix(name)
        if head == lower.removesuffix("s"):
            continue
        if not head or head in _SI_WORDS:
            yield amount * 10 ** _SI_WORDS.get(head, 0), dimension
        if head in _IEC_WORDS:
            yield amount * 1024 ** _IEC_WORDS[head], dimension


def _times_and_energy(word: str) -> Iterator[Measure]:
    lower = word.casefold()
    if lower in _TIMES:
        yield Fraction(_TIMES[lower]), _SECOND
    if word in _LONE:
        yield _LONE[word]
    for symbol, (amount, dimension) in _SYMBOLS.items():
        head = word[: -len(symbol)]
        if word.endswith(symbol) and (not head or head in _SI):
            yield amount * 10 ** _SI.get(head, 0), dimension
    for symbol, (amount, dimension) in _SMALL_SYMBOLS.items():
        head = word[: -len(symbol)]
        if word.endswith(symbol) and (head in _SMALL or (not head and symbol == "s")):
            yield amount * Fraction(10) ** _SMALL.get(head, 0), dimension
    if word in _METRES:
        yield Fraction(10) ** _METRES[word], (("metre", 1),)
    yield from _spelled(lower)


def _spelled(lower: str) -> Iterator[Measure]:
    """`milliseconds`, `kilowatts`, `gigahertz`."""
    prefixes = {"": 0, **_SI_WORDS, **_SMALL_WORDS}
    names = {
        "second": (Fraction(1), _SECOND),
        "hertz": _SYMBOLS["Hz"],
        "watt": _SYMBOLS["W"],
        "joule": _SYMBOLS["J"],
        "decibel": _LONE["dB"],
        "metre": (Fraction(1), (("metre", 1),)),
        "meter": (Fraction(1), (("metre", 1),)),
    }
    for name, (amount, dimension) in names.items():
        for tail in (name, name + "s"):
            head = lower.removesuffix(tail)
            if head != lower and head in prefixes and (head or name != "second"):
                yield amount * Fraction(10) ** prefixes[head], dimension
    if lower.endswith("msec") or lower in ("msec", "msecs"):
        yield Fraction(1, 1000), _SECOND


def _operations(word: str) -> Iterator[Measure]:
    """`GFLOPs` is a number of operations; written `TFLOPS` it may be per second, as a rate is."""
    found = re.fullmatch(r"([kKMGTPEZgtp]?)(FLOP|MAC|MADD)(s?)", _capitals(word))
    spelled = re.fullmatch(r"(kilo|mega|giga|tera|peta|exa|zetta)(flop|mac)(s?)", word.casefold())
    if found:
        head, name, plural = found.groups()
        amount = Fraction(_OPERATIONS[name] * 10 ** _SI.get(head.upper(), 0))
    elif spelled:
        head, name, plural = spelled.groups()
        amount = Fraction(_OPERATIONS[name.upper()] * 10 ** _SI_WORDS[head])
    elif re.fullmatch(r"[kKMGTPE]?(OPS?|ops?)", word):
        amount = Fraction(10 ** (_SI[word[0]] if len(word.rstrip("sS")) > 2 else 0))
        yield amount, (("op", 1),)
        if word[-1] in "sS":
            yield amount, (("op", 1), ("second", -1))
        return
    else:
        return
    yield amount, _OPERATION
    if plural:
        yield amount, (*_OPERATION, ("second", -1))


def _capitals(word: str) -> str:
    """`gflops` as `GFLOPs`: the case of these words tells nothing."""
    upper = word.upper()
    return upper[:-1] + "s" if upper.endswith("S") else upper


def _noun(lower: str, unit: str) -> str | None:
    """The noun that a word is: of the table, or of the question's own unit."""
    for noun, others in _NOUNS.items():
        if lower == noun or lower in others.split():
            return noun
    for word in re.findall(r"[A-Za-zµμ]{2,}", unit):
        if _is_known(word):
            continue
        one, more = sorted((lower, str(word).casefold()), key=len)
        if len(one) > 1 and more in (one, one + "s", one + "es"):
            return "own " + min(one, more.removesuffix("s"))
    return None


@lru_cache(2048)
def is_symbol(*words: str) -> bool:
    """Whether any is a unit of the table, whose case may matter: Ms is no ms."""
    return any(_is_known(word) for word in words)


def _is_known(word: str) -> bool:
    return any(True for read in (_sizes, _times_and_energy, _operations) for _ in read(word))


def _times(one: Measure, other: Measure) -> Measure:
    exponents = dict(one[1])
    for name, exponent in other[1]:
        exponents[name] = exponents.get(name, 0) + exponent
    return one[0] * other[0], tuple(sorted((n, e) for n, e in exponents.items() if e))


def _raised(measure: Measure, exponent: int) -> Measure:
    return (
        measure[0] ** exponent,
        tuple(sorted((name, each * exponent) for name, each in measure[1])),
    )
