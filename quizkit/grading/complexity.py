"""Complexity: growth up to constant factors, and which way a bound that is not right errs."""

from __future__ import annotations

from functools import lru_cache

from quizkit.model import Grade, Reading, Value, Variant
from quizkit.values.bound_tokens import Letter
from quizkit.values.bounds import Bound, read_bound
from quizkit.values.growth import Unbounded, is_at_most
from quizkit.values.numbers import Unreadable, attempt
from quizkit.values.same import same
from quizkit.values.spoken import bare_bound

HALF = 0.5
_SIGNS: dict[Letter, str] = {"O": "O", "Theta": "Θ", "Omega": "Ω", "o": "o", "omega": "ω"}
_SAYS: dict[Letter, str] = {
    "O": "an upper bound",
    "Theta": "a bound from both sides",
    "Omega": "a lower bound",
    "o": "that the growth is strictly below",
    "omega": "that the growth is strictly above",
}
# True, but weaker than what is asked.
_NEAR = {("Theta", "O"), ("Theta", "Omega")}


def read(raw: str, variant: Variant) -> Reading:
    """The bound typed, as typed."""
    return attempt(_read, raw, variant)


def grade(value: Value, variant: Variant) -> Grade:
    """Right for the same growth under the letter asked for; else whether it is too loose or too tight."""
    key, found = _bound(variant.key, variant), _bound(value, variant)
    asked: Letter = key.letter or found.letter or "O"
    letter = found.letter or asked
    told = _difference(value, variant, asked)
    # The key's growth is exact, so a bound from both sides holds too, and says more.
    if not told and (letter == asked or (letter == "Theta" and asked in ("O", "Omega"))):
        return Grade(
            verdict="right", score=1.0, feedback=f"Right: {key_text(variant)}{_dropped(found)}."
        )
    named = next((m for m in variant.misconceptions if _is_like(value, m.value, variant)), None)
    if told:
        return Grade(
            verdict="wrong",
            score=0.0,
            feedback=f"{told} {named.because}" if named else told,
            misconception=named.name if named else None,
        )
    is_near = (asked, letter) in _NEAR
    says = f"{_SIGNS[letter]} says {_SAYS[letter]}; asked is {_SIGNS[asked]}, {_SAYS[asked]}"
    return Grade(
        verdict="partly" if is_near else "wrong",
        score=HALF if is_near else 0.0,
        feedback=f"The growth is right, the letter is not: {says}{_dropped(found)}.",
    )


def reasons(value: Value, variant: Variant) -> list[str]:
    """How the two growths compare."""
    at_most, at_least = _compared(str(value), str(variant.key), variant.symbols)
    above = "at most" if at_most else "not at most"
    below = "at least" if at_least else "not at least"
    return [f"up to constant factors it is {above} and {below} the key {key_text(variant)}"]


def key_text(variant: Variant) -> str:
    """The key as its author wrote it."""
    return str(variant.key)


def _read(raw: str, variant: Variant) -> Value:
    try:
        read_bound(raw, variant.symbols)
    except Unreadable:
        plain = bare_bound(raw)
        if plain == raw:
            raise
        try:
            read_bound(plain, variant.symbols)
        except Unreadable:
            read_bound(raw, variant.symbols)  # what it says of the text as typed
        return _comparable(plain.strip(), variant)
    return _comparable(raw.strip(), variant)


def _comparable(typed: str, variant: Variant) -> str:
    """The bound, unless nobody can say here how it compares with the key's: then it is asked about."""
    try:
        _compared(typed, str(variant.key), variant.symbols)
    except Unbounded as error:
        raise Unreadable(str(error), 0) from error
    return typed


@lru_cache(1024)
def _compared(typed: str, key: str, symbols: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether the bound typed is at most and at least the key."""
    found, right = read_bound(typed, symbols).terms, read_bound(key, symbols).terms
    return is_at_most(found, right), is_at_most(right, found)


def _bound(value: Value, variant: Variant) -> Bound:
    return read_bound(str(value), variant.symbols)


def _difference(value: Value, variant: Variant, asked: Letter) -> str:
    """What is wrong with the growth; nothing where it is the key's."""
    shown = key_text(variant)
    at_most, at_least = _compared(str(value), shown, variant.symbols)
    if at_most and at_least:
        return ""
    if not at_most and not at_least:
        return f"Neither bounds the other: it grows otherwise than {shown}."
    faster = "It grows faster" if at_least else "It grows more slowly"
    if asked == "Theta":
        return f"{faster} than the key, {shown}: too {'loose' if at_least else 'tight'} from above."
    is_loose = at_least == (asked in ("O", "o"))
    kind = "true, but too loose" if is_loose else "too tight, so it does not hold"
    return f"{faster} than the key, {shown}: {kind}."


def _dropped(found: Bound) -> str:
    """What such a bound leaves out, but was typed."""
    notes = []
    try:
        if found.has_constant:
            notes.append("a constant factor is dropped in such a bound")
        if found.has_lower_order:
            notes.append("a lower-order term is dropped")
    except Unbounded:
        return ""
    return f" ({', and '.join(notes)})" if notes else ""


def _is_like(value: Value, other: Value, variant: Variant) -> bool:
    try:
        return same("complexity", value, other, symbols=variant.symbols)
    except Unbounded:
        return False
