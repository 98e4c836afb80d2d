"""Einsum subscripts: equal whatever the letters, with the operands in the order asked for."""

from __future__ import annotations

from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.einsum import Subscripts, expanded, read_einsum, renamed
from quizkit.values.numbers import attempt
from quizkit.values.same import same


def read(raw: str, variant: Variant) -> Reading:
    """The subscripts typed, with ellipses and the result written out, the indices renamed in order."""
    key = read_einsum(str(variant.key))
    return attempt(lambda: str(renamed(expanded(read_einsum(raw), key))))


def grade(value: Value, variant: Variant) -> Grade:
    """Right for the same subscripts up to names; else where they differ."""
    found, key = (renamed(read_einsum(str(each))) for each in (value, variant.key))
    if found == key:
        return Grade(verdict="right", score=1.0, feedback=f"Right: {key_text(variant)}.")
    named = next((m for m in variant.misconceptions if same("einsum", value, m.value)), None)
    return Grade(
        verdict="wrong",
        score=0.0,
        feedback=named.because if named else f"{_difference(found, key)} The key is {variant.key}.",
        misconception=named.name if named else None,
    )


def reasons(value: Value, variant: Variant) -> list[str]:
    """Both with their indices named in order."""
    found, key = (renamed(read_einsum(str(each))) for each in (value, variant.key))
    return [f"with its indices renamed in order it is {found}, and the key {key}"]


def key_text(variant: Variant) -> str:
    """The subscripts as their author wrote them."""
    return str(variant.key)


def _difference(found: Subscripts, key: Subscripts) -> str:
    if len(found.operands) != len(key.operands):
        return f"Expected {len(key.operands)} operands, found {len(found.operands)}."
    for number, (mine, other) in enumerate(zip(found.operands, key.operands, strict=True), 1):
        if len(mine) != len(other):
            return f"Operand {number}: expected {len(other)} indices, found {len(mine)}."
    if _swapped(found) == key:
        return "The operands are exchanged."
    if found.operands != key.operands:
        return "Other indices are shared: which axes are paired is not right."
    if sorted(found.result) == sorted(key.result):
        return "The result has the right axes in another order."
    kept, summed = set(found.result) - set(key.result), set(key.result) - set(found.result)
    told = [f"{count} kept that is to be summed" for count in [len(kept)] if count]
    told += [f"{count} summed that is to be kept" for count in [len(summed)] if count]
    return f"The result has other axes: {' and '.join(told)}."


def _swapped(found: Subscripts) -> Subscripts:
    return renamed(Subscripts(found.operands[::-1], found.result))
