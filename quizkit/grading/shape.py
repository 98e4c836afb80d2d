"""Shapes: exact, and told axis by axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from quizkit.grading.compared import compared
from quizkit.model import Alternative, Grade, Reading, Value, Variant
from quizkit.values.arrays import read_shape
from quizkit.values.show import show_shape

if TYPE_CHECKING:
    from quizkit.diagnosis import Compute


def read(raw: str, variant: Variant) -> Reading:
    """The sizes typed."""
    return read_shape(raw, variant.symbols)


def grade(value: Value, variant: Variant, compute: Compute | None = None) -> Grade:
    """Right where every size is; else another layout, a known mistake, or which axes differ."""
    if variant.symbols:
        variant = _standard(variant)

    def differs() -> str:
        return _slip(value, variant.key)

    return compared(
        value, variant, None, key_text(variant), differs, compute, lambda: _layouts(variant)
    )


def key_text(variant: Variant) -> str:
    """The shape as Python writes it."""
    key: Any = variant.key
    return show_shape(key)


def _layouts(variant: Variant) -> tuple[Alternative, ...]:
    """The key with its axes in the order of each other convention."""
    key: Any = variant.key
    return tuple(
        Alternative(
            name=name,
            value=tuple(key[axis] for axis in order),
            because=f"That is right for {name}; here it is {show_shape(key)}.",
        )
        for name, order in variant.layouts.items()
        if len(order) == len(key)
    )


def _standard(variant: Variant) -> Variant:
    """The same with every symbolic size in its standard form."""
    from quizkit.values.sizes import simplified

    key: Any = variant.key
    standard = simplified(key, variant.symbols)
    if standard == key and not variant.misconceptions and not variant.conventions:
        return variant
    from quizkit.values.same import unreadable

    def each(others: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        readable = (o for o in others if not unreadable("shape", o.value, variant.symbols))
        shapes: list[Any] = [(other, other.value) for other in readable]
        return tuple(replace(o, value=simplified(value, variant.symbols)) for o, value in shapes)

    return replace(
        variant,
        key=standard,
        misconceptions=each(variant.misconceptions),
        conventions=each(variant.conventions),
    )


def _slip(found: Any, expected: Any) -> str:
    if len(found) != len(expected):
        axes = f"{len(expected)} {'axis' if len(expected) == 1 else 'axes'}"
        return f"Expected {axes}, {show_shape(expected)}; found {len(found)}, {show_shape(found)}."
    told = "; ".join(
        [
            f"axis {n}: {one} is right"
            if one == other
            else f"axis {n}: expected {other}, found {one}"
            for n, one, other in zip(range(1, len(found) + 1), found, expected, strict=True)
        ]
    )
    if _are_permuted(found, expected):
        return f"The sizes are right, their order is not: {told}."
    return f"A{told[1:]}."


def _are_permuted(found: Any, expected: Any) -> bool:
    """Whether the same sizes stand in another order, mostly seen at the first one that does not occur."""
    left = list(expected)
    for size in found:
        if size not in left:
            return False
        left.remove(size)
    return True
