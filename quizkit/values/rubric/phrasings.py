"""A phrasing such as `units cannot|not rely|depend`, compiled.

Every word is a slot that one word of the clause must fill, in any order. Negation and words of
direction are no slots: they say which sign the slot beside them must have.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import islice, product

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.stems import stem
from quizkit.values.rubric.synonyms import widened
from quizkit.values.rubric.words import Word, words

_PREFIXES = ("un", "non", "in", "im", "dis")
_SHORT = 3  # letters of a stem that no prefix is taken from
LEAST_NEAR = 3  # slots of a phrasing that may miss one and still be near
MAX_WORDS = 12
MAX_READINGS = 8


class Slot(Struct, frozen=True):
    """What must occur: stems, words as written, opposites by concept; and the sign demanded.

    `sign` is 0 where the phrasing says nothing of it; then a negated word is the contrary.
    """

    stems: frozenset[str]
    texts: frozenset[str]
    demands: dict[str, int]  # stems that speak of it, and whether they say more or less of it
    fillers: frozenset[str] = frozenset()  # every stem that fills it, also as its contrary
    opposites: frozenset[str] = frozenset()  # `unstable` of `stable`, and the other way round
    written: frozenset[str] = frozenset()  # the stems without their synonyms
    is_pure: bool = False  # all its words speak of one thing, so that the opposite is the contrary
    is_adverb: bool = False
    sign: int = 0
    is_change: bool = False  # the sign is that of `reduces`, not that of `no`
    by: frozenset[str] = frozenset()  # where these words must give it the sign: other ones may not
    is_pair: bool = False  # two words each, side by side: `test-set`


class Phrasing(Struct, frozen=True):
    """A phrasing, compiled."""

    text: str
    slots: tuple[Slot, ...]
    neutral: frozenset[str]  # stems of its own that say no direction here

    @property
    def size(self) -> int:
        """How much it says: a slot counts once, and once more for a direction, or a second word."""
        return sum(map(weight, self.slots))


def weight(slot: Slot) -> int:
    """How much a slot says."""
    return 1 + bool(slot.sign) + slot.is_pair


class Part(Struct, frozen=True):
    """One word of a phrasing: a slot, or a sign for the slot beside it; a filler is neither."""

    slot: Slot | None
    sign: int = 0
    is_change: bool = False
    by: frozenset[str] = frozenset()


def compiled(text: str, *, is_wide: bool = False) -> tuple[Phrasing, ...]:
    """A rubric's phrasing, in each of its readings; `ValueError` says what it lacks.

    `cannot|hardly|merges` is a negation of what follows, or a word of its own. A wide one is content
    with synonyms, but for a single word, which nothing else narrows.
    """
    written = text.split()
    is_wide = is_wide and len(written) > 1
    choices = [found for word in written if (found := _parts(word, is_wide))]
    if not any(part.slot for choice in choices for part in choice):
        raise ValueError("expected at least one word with content")
    if len(choices) > MAX_WORDS:
        raise ValueError(f"expected at most {MAX_WORDS} words, found {len(choices)}")
    readings = islice(product(*choices), MAX_READINGS)
    return tuple(_phrasing(text, parts) for parts in readings if any(part.slot for part in parts))


def _phrasing(text: str, parts: Sequence[Part]) -> Phrasing:
    slots = _signed(parts)
    literal = frozenset().union(*(slot.stems for slot in slots if not slot.demands))
    return Phrasing(text, tuple(slots), literal & (lexicon.CHANGING | lexicon.PREVENTING))


@lru_cache(maxsize=4096)
def _parts(written: str, is_wide: bool) -> tuple[Part, ...]:
    """What a word with its alternatives may be; nothing for a filler."""
    alternatives = [found for each in written.split("|") if (found := _word_of(each))]
    if all(word.text in lexicon.FILLERS for word in alternatives):
        return ()
    levels = lexicon.LEVEL_UP | lexicon.LEVEL_DOWN
    if any(word.text in levels for word in alternatives):  # how much there is, not a change
        return (Part(_slot(alternatives, is_wide)),)
    signs = {_sign_of(word) for word in alternatives}
    sign = sum(signs) if len(signs - {0}) == 1 else 0
    turning = Part(None, sign, all(word.text not in lexicon.NEGATORS for word in alternatives))
    if signs == {sign} and sign:
        return (turning,)
    literal = [word for word in alternatives if word.text not in lexicon.NEGATORS]
    slot = Part(replace(_slot(literal, is_wide), is_pair=_is_pair(written)))
    if turning.is_change:  # `lower|early` is no `not`
        turned = frozenset(w.stem for w in alternatives if _sign_of(w))
        turning = replace(turning, by=widened(turned) if is_wide else turned)
    return (turning, slot) if sign else (slot,)


def _is_pair(written: str) -> bool:
    return all("-" in each for each in written.split("|"))


def _slot(alternatives: Sequence[Word], is_wide: bool) -> Slot:
    concepts = frozenset(
        lexicon.CONCEPTS[w.stem] for w in alternatives if w.stem in lexicon.CONCEPTS
    )
    written, texts = (
        frozenset(getattr(w, name) for w in alternatives) for name in ("stem", "text")
    )
    stems = widened(written) if is_wide else written
    is_pure = len(concepts) == 1 and all(word.stem in lexicon.CONCEPTS for word in alternatives)
    is_clear = len({name for name, _ in concepts}) == len(concepts)
    opposites = _opposites(stems)
    signs = dict(concepts) if is_clear else {}
    spoken = lexicon.CONCEPTS.items() if signs else ()
    demands = {each: signs[name] for each, (name, _) in spoken if name in signs}
    fillers = stems | opposites | demands.keys()
    is_adverb = all(lexicon.is_adverb(word.text) for word in alternatives)
    return Slot(stems, texts, demands, fillers, opposites, written, is_pure, is_adverb)


def _opposites(stems: Set[str]) -> frozenset[str]:
    prefixed = {prefix + each for each in stems for prefix in _PREFIXES if len(each) > _SHORT}
    bare = {
        each.removeprefix(prefix)
        for each in stems
        for prefix in _PREFIXES
        if each.startswith(prefix) and len(each) > len(prefix) + _SHORT
    }
    return frozenset((prefixed | bare) - stems)


def _word_of(written: str) -> Word | None:
    """An alternative as one word: `can't` is its negation, `long-range` one word without the hyphen."""
    found = [word for word in words(written) if word.stem]
    if not found:
        return None
    for word in found:
        if word.text in lexicon.NEGATORS and len(found) <= 2:
            return word
    text = "".join(word.text for word in found)
    return found[0] if len(found) == 1 else Word(text, stem(text), 0, 0)


def _sign_of(word: Word) -> int:
    if word.text in lexicon.NEGATORS:
        return -1
    if word.stem in lexicon.DEEDS:
        return 0
    if word.stem in lexicon.PREVENTING:
        return -1
    return (word.stem in lexicon.UP) - (word.stem in lexicon.DOWN)


def _signed(parts: Sequence[Part]) -> list[Slot]:
    """Each sign goes to the slot after it, or to the last one where none follows; to no adverb."""
    slots: list[Slot] = []
    waiting: Part | None = None
    for part in parts:
        if part.slot is None:
            waiting = _after(waiting, part)
        elif waiting and part.slot.is_adverb and slots:
            slots = [*slots[:-1], _turned(slots[-1], waiting), part.slot]
            waiting = None
        else:
            slots.append(_turned(part.slot, waiting))
            waiting = None
    return [*slots[:-1], _turned(slots[-1], waiting)]


def _after(waiting: Part | None, part: Part) -> Part:
    """A sign after a sign: `no less` turns twice, by whatever words."""
    if waiting is None:
        return part
    return replace(part, sign=part.sign * waiting.sign, by=frozenset())


def _turned(slot: Slot, by: Part | None) -> Slot:
    if by is None:
        return slot
    return replace(slot, sign=by.sign * (slot.sign or 1), is_change=by.is_change, by=by.by)
