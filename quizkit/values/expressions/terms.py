"""Sums of products of powers of atoms: what a normal form consists of."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Atom = tuple[Any, ...]
Monomial = frozenset[tuple[Atom, Fraction]]
Sum = dict[Monomial, Fraction]

MOST_TERMS = 400
LARGEST_POWER = 24
LARGEST_FORM = 4_000  # parts of parts
LARGEST_PRIME = 1000
NOTHING: Monomial = frozenset()
ONE = Fraction(1)


class NoForm(Exception):
    """The expression has no normal form here, or one that is too long."""


def repr_of(monomial: Monomial) -> str:
    """A text by which monomials are put in order, whatever order their parts were made in."""
    return str(sorted(f"{_ordered(each)}^{power}" for each, power in monomial))


def _ordered(each: Any) -> str:
    """A text of an atom in which sets have an order."""
    if isinstance(each, frozenset):
        return "{" + " ".join(sorted(map(_ordered, each))) + "}"
    return "(" + " ".join(map(_ordered, each)) + ")" if isinstance(each, tuple) else str(each)


def order(form: Sum) -> list[str]:
    """What sums are put in order by."""
    return sorted(f"{factor}·{repr_of(monomial)}" for monomial, factor in form.items())


def constant(number: Fraction) -> Sum:
    """A number as a sum."""
    return {NOTHING: number} if number else {}


def atom(each: Atom, power: Fraction = ONE) -> Sum:
    """A power of an atom as a sum."""
    return {frozenset(((each, power),)): ONE} if power else constant(ONE)


def frozen(form: Sum) -> frozenset[tuple[Monomial, Fraction]]:
    """A sum as part of an atom."""
    return frozenset(form.items())


def check_size(form: Sum) -> None:
    """`NoForm` where atoms within atoms hold too many parts to be put in order."""
    _counted(form.items(), LARGEST_FORM)


def _counted(each: Any, room: int) -> int:
    """The room that is left after an atom's parts."""
    for part in each:
        room -= 1
        if isinstance(part, tuple | frozenset):
            room = _counted(part, room)
        if room < 0:
            raise NoForm
    return room


def value(form: Sum) -> Fraction | None:
    """The number that a sum is, if it is one."""
    if not form:
        return Fraction(0)
    return form.get(NOTHING) if len(form) == 1 else None


def added(a: Sum, b: Sum) -> Sum:
    """a + b"""
    result = dict(a)
    for monomial, factor in b.items():
        total = result.pop(monomial, Fraction(0)) + factor
        if total:
            result[monomial] = total
    if len(result) > MOST_TERMS:
        raise NoForm
    return result


def scaled(a: Sum, factor: Fraction) -> Sum:
    """A multiple."""
    return {monomial: each * factor for monomial, each in a.items()} if factor else {}


def multiplied(a: Sum, b: Sum) -> Sum:
    """a · b, expanded"""
    if len(a) * len(b) > 4 * MOST_TERMS:
        raise NoForm
    result: Sum = {}
    for one, factor in a.items():
        for other, more in b.items():
            powers = dict(one)
            for each, power in other:
                powers[each] = powers.get(each, Fraction(0)) + power
            product = frozenset((each, power) for each, power in powers.items() if power)
            for monomial, times in reduced({product: factor * more}).items():
                result[monomial] = result.get(monomial, Fraction(0)) + times
    if len(result) > MOST_TERMS:
        raise NoForm
    return {monomial: factor for monomial, factor in result.items() if factor}


def reduced(form: Sum) -> Sum:
    """Whole powers of primes become numbers: √2 · √2 is 2."""
    ((monomial, factor),) = form.items()
    if not any(each[0] == "prime" and (power >= 1 or power < 0) for each, power in monomial):
        return form
    kept = []
    for each, power in monomial:
        whole = power.numerator // power.denominator if each[0] == "prime" else 0
        if whole:
            factor *= Fraction(each[1]) ** whole
        if power != whole:
            kept.append((each, power - whole))
    return {frozenset(kept): factor}


def cleared(form: Sum) -> Sum:
    """The form times all its denominators, sums multiplied out; empty where it was zero."""
    for _ in range(6):
        sums = {
            each
            for monomial in form
            for each, power in monomial
            if each[0] == "sum" and power.denominator == 1
        }
        if not sums:
            return form
        for each in sums:
            form = _expanded(form, each)
    return form


def _expanded(form: Sum, each: Atom) -> Sum:
    """The form divided by the least power of a sum, whose other powers are multiplied out."""
    least = min((dict(monomial).get(each, Fraction(0)) for monomial in form), default=Fraction(0))
    result: Sum = {}
    powers: dict[int, Sum] = {0: constant(ONE)}
    for monomial, factor in form.items():
        power = dict(monomial).get(each, Fraction(0)) - least
        rest = frozenset(pair for pair in monomial if pair[0] != each)
        whole = power.numerator // power.denominator
        if whole > LARGEST_POWER:
            raise NoForm
        for n in range(1, whole + 1):
            if n not in powers:
                powers[n] = multiplied(powers[n - 1], dict(each[1]))
        if power != whole:
            rest |= {(each, power - whole)}
        result = added(result, multiplied({rest: factor}, powers[whole]))
    return result


def number_power(number: Fraction, exponent: Fraction) -> Sum:
    """A power of a number, with primes under roots."""
    if exponent.denominator == 1:
        size = number.numerator.bit_length() + number.denominator.bit_length()
        if size * abs(exponent) > 4000:
            raise NoForm
        return constant(number**exponent.numerator)
    if number < 0:
        raise NoForm
    result = constant(ONE)
    for prime, power in primes(number):
        result = multiplied(result, reduced(atom(("prime", prime), power * exponent)))
    return result


def primes(number: Fraction) -> list[tuple[int, Fraction]]:
    """The prime factors with their powers; a large rest counts as prime if it has no small factor."""
    found = []
    for part, sign in ((number.numerator, 1), (number.denominator, -1)):
        rest = part
        for prime in range(2, LARGEST_PRIME):
            power = 0
            while rest % prime == 0:
                rest //= prime
                power += 1
            if power:
                found.append((prime, Fraction(sign * power)))
            if rest == 1:
                break
        if rest > LARGEST_PRIME**2:
            raise NoForm
        if rest > 1:
            found.append((rest, Fraction(sign)))
    return found
