"""Answers that one could give: the key in other words, and near misses, with what each deserves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from msgspec import Struct

from quizkit import grading
from quizkit.diagnosis import Compute, slips_of
from quizkit.grading.compared import shown_array
from quizkit.grading.letters import letter
from quizkit.model import Variant
from quizkit.values.show import show, show_shape
from quizkit.values.tolerance import agrees, margin, read_tolerance


class Try(Struct, frozen=True):
    """An answer as typed, whether it deserves to be right, and why."""

    raw: str
    right: bool
    because: str


def tries(variant: Variant, compute: Compute | None = None) -> list[Try]:
    """Each answer once, those that are right first."""
    found = {each.raw: each for each in _KINDS.get(variant.kind, _by_letters)(variant, compute)}
    return sorted(found.values(), key=lambda each: not each.right)


def _number(variant: Variant, compute: Compute | None) -> Iterator[Try]:
    key: Any = variant.key
    exact = Fraction(key)
    text = grading.key_text(variant).removesuffix(f" {variant.unit}").replace(",", "")
    yield Try(text, True, "the key as it is shown")
    yield Try(f"  = {text} ", True, "with spaces and a sign of equality")
    yield Try(text.replace("-", "−"), True, "with a typographic minus")
    for raw, because in (
        (f"{float(key)!r}", "as a float"),
        (f"{float(key):.16e}", "with an exponent"),
    ):
        yield Try(raw, agrees(Fraction(raw), exact, _tolerance(variant)), because)
    if exact.denominator == 1 and abs(exact) >= 1000:
        yield Try(f"{int(exact):,}", True, "with thousands parted by commas")
        yield Try(f"{int(exact):_}", True, "with thousands parted by underscores")
    if 1 < exact.denominator < 1000:
        yield Try(str(exact), True, "as a fraction")
    if variant.unit:
        yield Try(f"{text} {variant.unit}", True, "with its unit")
    if variant.fermi is not None:
        beyond = exact * 2 * Fraction(str(variant.fermi[0]))
        yield Try(_plain(beyond), False, "twice as far off as counts in full")
        return
    yield from _near(variant, compute, _plain)
    room = margin(key, _tolerance(variant))
    step = room * 3 if room else Fraction(1)
    for other, because in (
        (exact + step, "a little too much"),
        (exact - step, "a little too little"),
    ):
        yield Try(_plain(other), False, because)


def _shape(variant: Variant, compute: Compute | None) -> Iterator[Try]:
    key: Any = variant.key
    sizes = [str(size) for size in key]
    yield Try(show_shape(key), True, "as Python writes it")
    if len(sizes) > 1:
        for mark in ("x", "×", ", ", " x ", " "):
            yield Try(mark.join(sizes), True, f"with {mark.strip() or 'spaces'} between")
    yield Try(f"[{', '.join(sizes)}]", True, "in brackets")
    if len(set(sizes)) > 1:
        yield Try("x".join(sizes[::-1]), sizes == sizes[::-1], "the axes in reverse")
    yield Try(", ".join([*sizes, "1"]), False, "one axis more")
    yield from _near(variant, compute, show_shape)


def _array(variant: Variant, compute: Compute | None) -> Iterator[Try]:
    key: Any = variant.key
    yield Try(grading.key_text(variant), True, "the key as it is shown")
    yield Try(grading.key_text(variant).replace("[", "(").replace("]", ")"), True, "in parentheses")
    yield from _near(variant, compute, lambda value: shown_array(value, show))
    if isinstance(key[0], tuple) and len(key) > 1:
        turned = tuple(zip(*key, strict=True))
        right = variant.either_layout or agrees(turned, key, _tolerance(variant))
        yield Try(shown_array(turned, show), right, "transposed")


def _expression(variant: Variant, compute: Compute | None) -> Iterator[Try]:  # noqa: ARG001
    text = grading.key_text(variant)
    yield Try(text, True, "the key as it is shown")
    if variant.sort or any(mark in text for mark in "=<>≤≥[{,"):
        yield from _stated(variant)
        return
    if not variant.form:
        yield Try(f"0 + ({text})", True, "with nothing added")
        yield Try(f"\\frac{{2({text})}}{{2}}", True, "doubled and halved, in LaTeX")
    yield Try(f"({text}) + 1", False, "one more")
    yield Try(f"({text})*1.001", False, "a thousandth more")
    yield from _stated(variant)


def _text(variant: Variant, compute: Compute | None) -> Iterator[Try]:  # noqa: ARG001
    yield Try(grading.key_text(variant), True, "the key as it is shown")
    yield from _stated(variant)


def _stated(variant: Variant) -> Iterator[Try]:
    """What another convention or a known mistake says, as it stands in the question."""
    for other in variant.conventions:
        yield Try(str(other.value), False, f"another convention: {other.name}")
    for other in variant.misconceptions:
        yield Try(str(other.value), False, f"mistake: {other.name}")


def _near(
    variant: Variant, compute: Compute | None, written: Callable[[Any], str]
) -> Iterator[Try]:
    """What another convention, a known mistake or a slip gives, where that is not the key itself."""
    known = [(other.value, f"another convention: {other.name}") for other in variant.conventions]
    known += [(other.value, f"mistake: {other.name}") for other in variant.misconceptions]
    slips = [(value, f"slip: {phrase}") for phrase, value in slips_of(variant, compute)]
    for value, because in known + slips:
        # A tolerance must not take a known mistake; a slip so small is none.
        same = agrees(
            value, variant.key, _tolerance(variant) if (value, because) in slips else None
        )
        if not same and isinstance(value, tuple) == isinstance(variant.key, tuple):
            yield Try(written(value), False, because)


def _by_letters(variant: Variant, compute: Compute | None) -> Iterator[Try]:  # noqa: ARG001
    """Every single letter of a choice."""
    if variant.kind == "claim":
        for holding in ("holds", "fails", "depends"):
            yield Try(holding, holding == variant.key, "in one word")
    for index, option in enumerate(variant.options):
        yield Try(letter(index), variant.key in (option.slug, (option.slug,)), option.slug)


def _plain(value: Any) -> str:
    """A number without separators, exact where that is short."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(int(exact))
    decimal = repr(float(exact))
    return decimal if Fraction(decimal) == exact or exact.denominator > 10**6 else str(exact)


def _tolerance(variant: Variant) -> Any:
    return read_tolerance(variant.within, variant.unit)


_KINDS: dict[str, Callable[[Variant, Compute | None], Iterator[Try]]] = {
    "number": _number,
    "shape": _shape,
    "array": _array,
    "expression": _expression,
    **dict.fromkeys(("einsum", "dtype", "complexity"), _text),
}
