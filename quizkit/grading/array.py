"""Arrays: compared element by element, within the tolerance of the question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quizkit.grading.compared import compared, shown_answer, shown_array, shown_key
from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.arrays import laid_out, read_array, shape_of
from quizkit.values.show import show_shape
from quizkit.values.tolerance import Tolerance, agrees, read_tolerance

if TYPE_CHECKING:
    from quizkit.diagnosis import Compute

TOLD = 3
_MATRIX = 2


def read(raw: str, variant: Variant) -> Reading:  # noqa: ARG001
    """The array typed."""
    return read_array(raw)


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right where every element is; else a known mistake, or which elements differ."""
    tolerance = read_tolerance(variant.within)
    key = key_text(variant)
    others = laid_out(value) if variant.either_layout else ()
    if any(agrees(other, variant.key, tolerance) for other in others):
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key}, in another layout.")
    return compared(
        value, variant, tolerance, key, lambda: _slip(value, variant.key, tolerance, key), compute
    )


def key_text(variant: Variant) -> str:
    """The array as nested lists, with the digits asked for."""
    tolerance = read_tolerance(variant.within)
    return shown_array(variant.key, lambda number: shown_key(number, tolerance))


def _slip(found: Any, expected: Any, tolerance: Tolerance | None, key: str) -> str:
    if _is_transposed(found, expected, tolerance):
        return f"That is the transpose: rows and columns are exchanged. The key is {key}."
    if shape_of(found) != shape_of(expected):
        shapes = f"expected shape {show_shape(shape_of(expected))}"
        return f"Another shape: {shapes}, found {show_shape(shape_of(found))}. The key is {key}."
    return _elements(found, expected, tolerance)


def _is_transposed(found: Any, expected: Any, tolerance: Tolerance | None) -> bool:
    if len(shape_of(found)) != _MATRIX or len(shape_of(expected)) != _MATRIX:
        return False
    return agrees(tuple(zip(*found, strict=True)), expected, tolerance)


def _elements(found: Any, expected: Any, tolerance: Tolerance | None) -> str:
    """The first few wrong elements, and how many more there are."""
    wrong = [
        f"{_place(place)}: expected {shown_key(key, tolerance)}, found {shown_answer(answer)}"
        for place, answer, key in _pairs(found, expected)
        if not agrees(answer, key, tolerance)
    ]
    more = f"; and {len(wrong) - TOLD} more" if len(wrong) > TOLD else ""
    told = "; ".join(wrong[:TOLD])
    return f"{told[0].upper()}{told[1:]}{more}."


def _pairs(
    found: Any, expected: Any, place: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Any, Any]]:
    """Each element of two arrays of one shape, with its indices counted from 1."""
    if not isinstance(found, tuple):
        yield place, found, expected
        return
    for index, pair in enumerate(zip(found, expected, strict=True), 1):
        yield from _pairs(*pair, (*place, index))


def _place(place: tuple[int, ...]) -> str:
    if len(place) == 1:
        return f"element {place[0]}"
    if len(place) == _MATRIX:
        return f"row {place[0]}, column {place[1]}"
    return f"element {place} (counted from 1)"
