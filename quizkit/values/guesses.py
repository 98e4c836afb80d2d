"""Random wrong answers, by which it is measured how often chance alone hits a value.

Numbers: half of them anywhere up to twice the key, half within its order of magnitude. Shapes and
arrays: what goes wrong with them by itself, each as often as the others: the sizes or elements in
another order, one of them off, a factor, the signs, an axis too many or too few, or all of them new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

DRAWS = 400
_FACTORS = (2, Fraction(1, 2), 10, Fraction(1, 10))

Draw = Callable[[], float]  # of `random`, only this is the same in every Python version


@lru_cache(256, typed=True)
def numbers(stream: str, key: Any) -> tuple[Any, ...]:
    """Random answers in order where the key is a number; whole if it is."""
    draw = Random(stream).random
    return tuple(sorted(_number(draw, key, number % 2 == 1) for number in range(DRAWS)))


@lru_cache(256, typed=True)
def shapes(stream: str, key: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    """Random answers where the key is a shape; some of them are right."""
    draw = Random(stream).random
    ways = (_shuffled, _one_size_off, _size_by_a_factor, _axis_more_or_less, _new_sizes)
    return tuple(tuple(ways[number % len(ways)](draw, list(key))) for number in range(DRAWS))


@lru_cache(256, typed=True)
def arrays(stream: str, key: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    """Random answers where the key is an array of numbers, of its shape; some of them are right."""
    draw = Random(stream).random
    flat = _flat(key)
    ways = (_shuffled, _signs, _scaled, _one_new, _all_new)
    drawn = (ways[number % len(ways)](draw, list(flat)) for number in range(DRAWS))
    return tuple(_laid_out(iter(elements), key) for elements in drawn)


def _number(draw: Draw, key: Any, is_uniform: bool) -> Any:
    whole = Fraction(key).denominator == 1
    size = abs(float(key)) or 1.0
    most = 2 * size + (10 if whole else 0)
    found = draw() * most if is_uniform else size * 10 ** (2 * draw() - 1)
    return (-1 if key < 0 else 1) * (round(found) if whole else found)


def _place(draw: Draw, items: list[Any]) -> int:
    return int(draw() * len(items))


def _shuffled(draw: Draw, items: list[Any]) -> list[Any]:
    keys = [draw() for _ in items]
    return [item for _, item in sorted(zip(keys, items, strict=True), key=lambda pair: pair[0])]


def _one_size_off(draw: Draw, sizes: list[Any]) -> list[Any]:
    """One or two more or less; a size in symbols is another axis's."""
    if sizes:
        at, step = _place(draw, sizes), (-2, -1, 1, 2)[int(draw() * 4)]
        is_symbolic = isinstance(sizes[at], str)
        sizes[at] = sizes[_place(draw, sizes)] if is_symbolic else sizes[at] + step
    return sizes


def _size_by_a_factor(draw: Draw, sizes: list[Any]) -> list[Any]:
    if sizes:
        at = _place(draw, sizes)
        double = draw() < 1 / 2
        if not isinstance(sizes[at], str):
            sizes[at] = sizes[at] * 2 if double else sizes[at] // 2
    return sizes


def _axis_more_or_less(draw: Draw, sizes: list[Any]) -> list[Any]:
    at = int(draw() * (len(sizes) + 1))
    if draw() < 1 / 2:
        return [*sizes[:at], 1, *sizes[at:]]
    return sizes[:at] + sizes[at + 1 :] if at < len(sizes) else sizes[:-1]


def _new_sizes(draw: Draw, sizes: list[Any]) -> list[Any]:
    return [
        size if isinstance(size, str) else _number(draw, size, draw() < 1 / 2) for size in sizes
    ]


def _signs(draw: Draw, items: list[Any]) -> list[Any]:
    return [-item if draw() < 1 / 2 else item for item in items]


def _scaled(draw: Draw, items: list[Any]) -> list[Any]:
    factor = _FACTORS[int(draw() * len(_FACTORS))]
    return [_times(item, factor) for item in items]


def _times(item: Any, factor: Any) -> Any:
    return item * float(factor) if isinstance(item, float) else item * factor


def _one_new(draw: Draw, items: list[Any]) -> list[Any]:
    if items:
        at = _place(draw, items)
        items[at] = _number(draw, items[at], draw() < 1 / 2)
    return items


def _all_new(draw: Draw, items: list[Any]) -> list[Any]:
    return [_number(draw, item, draw() < 1 / 2) for item in items]


def _flat(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [element for item in value for element in _flat(item)]
    return [value]


def _laid_out(elements: Iterator[Any], like: Any) -> Any:
    """The elements in the nesting of another array."""
    if isinstance(like, tuple):
        return tuple(_laid_out(elements, item) for item in like)
    return next(elements)
