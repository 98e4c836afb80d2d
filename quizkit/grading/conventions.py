"""What a unit may be taken for: MB for MiB, bits for bytes, a multiply-accumulate for one operation."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from quizkit.model import Alternative
from quizkit.values import units

_PREFIXES = "KMGT"
_BITS = 8


@lru_cache(256, typed=True)
def taken(key: Any, unit: str) -> tuple[Alternative, ...]:
    """The key's value under each other reading of its unit, all in the unit itself."""
    return tuple(_taken(key, unit))


def _taken(key: Any, unit: str) -> Iterator[Alternative]:
    exact = Fraction(key)
    if exact == 0:
        return
    if units.is_size(unit):
        yield from _sizes(exact, unit)
    elif units.is_work(unit):
        yield from _work(exact)


def _sizes(exact: Fraction, unit: str) -> Iterator[Alternative]:
    own = units.prefix_power(unit)
    for power in sorted(range(1, len(_PREFIXES) + 1), key=lambda each: each != own):
        decimal, binary = f"{_PREFIXES[power - 1]}B", f"{_PREFIXES[power - 1]}iB"
        told = f"1 {decimal} is 10^{3 * power} bytes, 1 {binary} is 2^{10 * power}."
        if power < own:  # between two prefixes, as in 1 GiB = 1,000 MiB
            decimal, binary = "1,000", "1,024"
            told = "KB, MB and GB are steps of 1,000, KiB, MiB and GiB steps of 1,024."
        ratio = Fraction(1000, 1024) ** power
        for name, other, value in (
            (decimal, binary, exact * ratio),
            (binary, decimal, exact / ratio),
        ):
            yield _alternative(f"{name} for {other}", value, f"if {name} meant {other}: {told}")
    for name, other, value in (
        ("bits", "bytes", exact / _BITS),
        ("bytes", "bits", exact * _BITS),
    ):
        told = f"if {name} meant {other}: a byte has {_BITS} bits."
        yield _alternative(f"{name} for {other}", value, told)


def _work(exact: Fraction) -> Iterator[Alternative]:
    told = "a multiply-accumulate (MAC) is a multiplication and an addition, two FLOPs."
    for half, factor in (("half", Fraction(1, 2)), ("double", Fraction(2))):
        because = f"under the other way to count, which gives {half} of this: {told}"
        yield _alternative("FLOPs against MACs", exact * factor, because)


def _alternative(name: str, value: Fraction, because: str) -> Alternative:
    return Alternative(name=name, value=value, because=f"That is right {because}")
