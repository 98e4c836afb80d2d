"""A phrasing such as `units cannot|not rely|depend`, and how a clause stands to it.

Every word is a slot that one word of the clause must fill, in any order. Negation and words of
direction are no slots: they say which sign the slot beside them must have.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.clauses import is_verb
from quizkit.values.rubric.polarity import State, states
from quizkit.values.rubric.words import Word, stem, words

# says it; says its contrary; names all of it without a direction; lacks a word; has nothing to do with it
Relation = Literal["says", "reverses", "names", "nearly", "nothing"]
_PREFIXES = ("un", "non", "in", "im", "dis")
_SHORT = 3  # letters of a stem that no prefix is taken from
_LEAST_NEAR = 3  # slots of a phrasing that may miss one and still be near
MAX_WORDS = 12
MAX_READINGS = 8


class Slot(Struct, frozen=True):
    """What must occur: stems, words as written, opposites by concept; and the sign demanded.

    `sign` is 0 where the phrasing says nothing of it; then a negated word is the contrary.
    """

    stems: frozenset[str]
    texts: frozenset[str]
    concepts: frozenset[tuple[str, int]] = frozenset()
    fillers: frozenset[str] = frozenset()  # every stem that fills it, also as its contrary
    opposites: frozenset[str] = frozenset()  # `unstable` of `stable`, and the other way round
    is_pure: bool = False  # all its words speak of one thing, so that the opposite is the contrary
    is_adverb: bool = False
    sign: int = 0


class Phrasing(Struct, frozen=True):
    """A phrasing, compiled."""

    text: str
    slots: tuple[Slot, ...]
    neutral: frozenset[str]  # stems of its own that say no direction here


class Part(Struct, frozen=True):
    """One word of a phrasing: a slot, or a sign for the slot beside it; a filler is neither."""

    slot: Slot | None
    sign: int = 0


def compiled(text: str) -> tuple[Phrasing, ...]:
    """A rubric's phrasing, in each of its readings; `ValueError` says what it lacks.

    `cannot|hardly|merges` is a negation of what follows, or a word of its own.
    """
    choices = [found for found in map(_parts, text.split()) if found]
    if not any(part.slot for choice in choices for part in choice):
        raise ValueError("expected at least one word with content")
    if len(choices) > MAX_WORDS:
        raise ValueError(f"expected at most {MAX_WORDS} words, found {len(choices)}")
    readings = islice(product(*choices), MAX_READINGS)
    return tuple(_phrasing(text, parts) for parts in readings if any(part.slot for part in parts))


def _phrasing(text: str, parts: Sequence[Part]) -> Phrasing:
    slots = _signed(parts)
    literal = frozenset().union(*(slot.stems for slot in slots if not slot.concepts))
    return Phrasing(text, tuple(slots), literal & (lexicon.CHANGING | lexicon.PREVENTING))


@lru_cache(maxsize=4096)
def _parts(written: str) -> tuple[Part, ...]:
    """What a word with its alternatives may be; nothing for a filler."""
    alternatives = [found for each in written.split("|") if (found := _word_of(each))]
    if all(word.text in lexicon.FILLERS for word in alternatives):
        return ()
    levels = lexicon.LEVEL_UP | lexicon.LEVEL_DOWN
    if any(word.text in levels for word in alternatives):  # how much there is, not a change
        return (Part(_slot(alternatives)),)
    signs = {_sign_of(word) for word in alternatives}
    sign = sum(signs) if len(signs - {0}) == 1 else 0
    if signs == {sign} and sign:
        return (Part(None, sign),)
    literal = [word for word in alternatives if word.text not in lexicon.NEGATORS]
    return (Part(None, sign), Part(_slot(literal))) if sign else (Part(_slot(literal)),)


def _slot(alternatives: Sequence[Word]) -> Slot:
    concepts = frozenset(
        lexicon.CONCEPTS[w.stem] for w in alternatives if w.stem in lexicon.CONCEPTS
    )
    stems, texts = (frozenset(getattr(w, name) for w in alternatives) for name in ("stem", "text"))
    is_pure = len(concepts) == 1 and all(word.stem in lexicon.CONCEPTS for word in alternatives)
    is_clear = len({name for name, _ in concepts}) == len(concepts)
    opposites = _opposites(stems)
    is_adverb = lexicon.is_adverb(alternatives[0].text)
    concepts = concepts if is_clear else frozenset()
    names = {name for name, _ in concepts}
    alike = {each for each, (name, _) in lexicon.CONCEPTS.items() if name in names}
    fillers = stems | opposites | alike
    return Slot(stems, texts, concepts, fillers, opposites, is_pure, is_adverb)


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
    waiting = 0
    for part in parts:
        if part.slot is None:
            waiting = part.sign * (waiting or 1)
        elif waiting and part.slot.is_adverb and slots:
            slots = [*slots[:-1], _turned(slots[-1], waiting), part.slot]
            waiting = 0
        else:
            slots.append(_turned(part.slot, waiting))
            waiting = 0
    return [*slots[:-1], _turned(slots[-1], waiting)]


def _turned(slot: Slot, sign: int) -> Slot:
    return replace(slot, sign=sign * (slot.sign or 1)) if sign else slot


class Reading(Struct, frozen=True):
    """A clause's words as they are compared: their states, and what may be taken as said before."""

    words: tuple[Word, ...]
    states: tuple[State, ...]
    places: dict[str, tuple[int, ...]]  # where each stem stands; two words joined count as one too
    implied: frozenset[str] = frozenset()  # what the words before give to `it`, or to no subject
    asked: frozenset[str] = frozenset()  # what the question names, and need not be named again
    before: frozenset[str] = frozenset()  # all that `it` may stand for besides
    pronoun: int | None = None  # where `it` stands
    topic: frozenset[str] = frozenset()  # all that the question names


def reading(
    clause: tuple[Word, ...],
    implied: frozenset[str] = frozenset(),
    asked: frozenset[str] = frozenset(),
    before: frozenset[str] = frozenset(),
    topic: frozenset[str] = frozenset(),
) -> Reading:
    """Prepares a clause once for all phrasings."""
    pronouns = [at for at, word in enumerate(clause[:2]) if word.text in lexicon.PRONOUNS]
    pronoun = pronouns[0] if pronouns and (implied or before) else None
    index, turns = _index(clause), tuple(states(clause))
    return Reading(clause, turns, index, implied, asked, before, pronoun, topic)


def joined(one: Reading, other: Reading) -> Reading:
    """Two neighbouring clauses as one, neither of which reaches into the other."""
    both = (*one.words, *other.words)
    return Reading(both, (*one.states, *other.states), _index(both))


def _index(clause: tuple[Word, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, word in enumerate(clause):
        found[word.stem] = (*found.get(word.stem, ()), at)
    for at, (one, other) in enumerate(pairwise(clause)):
        if one.text not in lexicon.FUNCTION or other.text not in lexicon.FUNCTION:
            pair = stem(one.text + other.text)
            found[pair] = (*found.get(pair, ()), at)
    return found


class Match(Struct, frozen=True):
    """How a clause stands to a phrasing, by how many slots, and whether its first word comes first."""

    relation: Relation
    size: int = 0
    is_ordered: bool = True
    is_swapped: bool = False  # two things that the question names have changed places


_NOTHING = Match("nothing")
_BEST: tuple[Relation, ...] = ("says", "reverses", "names", "nothing")


def relation(phrasing: Phrasing, clause: Reading) -> Match:
    """How a clause stands to a phrasing; what only the question names cannot make a contradiction."""
    strict = strictly(phrasing, clause)
    if strict.relation in ("says", "reverses") or not (clause.asked or clause.before):
        return strict
    lenient = _relation(phrasing, clause, clause.asked, clause.before)
    return Match("nearly") if lenient.relation == "reverses" else lenient


def strictly(phrasing: Phrasing, clause: Reading) -> Match:
    """How a clause stands to a phrasing by its own words and the subject before it."""
    return _relation(phrasing, clause, frozenset(), frozenset())


def _is_far(phrasing: Phrasing, clause: Reading, asked: Set[str], before: Set[str]) -> bool:
    """Whether too many words are lacking, seen without weighing any: nearly all phrasings end here."""
    lacking = 0
    for slot in phrasing.slots:
        is_there = not (
            clause.places.keys().isdisjoint(slot.fillers)
            and slot.stems.isdisjoint(clause.implied)
            and slot.stems.isdisjoint(before)
            and slot.stems.isdisjoint(asked)
        )
        lacking += not is_there
        if lacking > (len(phrasing.slots) >= _LEAST_NEAR):
            return True
    return False


def _relation(phrasing: Phrasing, clause: Reading, asked: Set[str], before: Set[str]) -> Match:
    if _is_far(phrasing, clause, asked, before):
        return _NOTHING
    places = [_places(slot, clause) for slot in phrasing.slots]
    told = [_told(slot, clause, asked, before) for slot in phrasing.slots]
    lacking = sum(not (found or other) for found, other in zip(places, told, strict=True))
    if lacking > (len(places) >= _LEAST_NEAR):
        return _NOTHING
    if sum(map(bool, places)) < sum(o == [-1] and not f for f, o in zip(places, told, strict=True)):
        return _NOTHING
    judged = _judged(phrasing, clause, places, told)
    lacking = len(places) - len(judged)
    if not judged or lacking > (len(places) >= _LEAST_NEAR):
        return _NOTHING
    ordered = _is_ordered([at for _, _, at in judged], clause)
    size = sum(2 if slot.sign else 1 for slot, _, _ in judged)
    swapped = _is_swapped(judged, clause)
    return Match(_together(judged, phrasing, lacking, clause), size, ordered, swapped)


def _judged(
    phrasing: Phrasing, clause: Reading, places: list[list[int]], told: list[list[int]]
) -> list[tuple[Slot, Relation, int]]:
    """Each slot with the word that fills it best; no word fills two."""
    fresh = _states(clause, phrasing.neutral)
    taken: set[int] = set()
    judged: list[tuple[Slot, Relation, int]] = []
    for slot, found, other in zip(phrasing.slots, places, told, strict=True):
        free = [at for at in found if at not in taken] or other
        first = judged[0][2] if judged else -1
        said = [
            (_BEST.index(_said(slot, at, clause, fresh, phrasing)), at < first, at) for at in free
        ]
        if said:
            best, _, at = min(said)
            judged.append((slot, _BEST[best], at))
            taken.add(at)
    return judged


def _is_ordered(places: list[int], clause: Reading) -> bool:
    """Whether the phrasing's first word, mostly its subject, comes first; two neighbours may swap."""
    own = [at for at in places if at >= 0]
    if len(own) < len(places) or own[0] == min(own):
        return True
    return len(own) == 2 and _between(clause, *own) == 0


def _is_swapped(judged: list[tuple[Slot, Relation, int]], clause: Reading) -> bool:
    """Whether two things of the question stand in the other order, as where roles are swapped."""
    named = [at for slot, _, at in judged if at >= 0 and slot.stems & clause.topic]
    for one, other in pairwise(named):
        if one > other and any(map(is_verb, clause.words[other + 1 : one])):
            return True
    return False


def _between(clause: Reading, one: int, other: int) -> int:
    """How many words with content stand between two places."""
    low, high = sorted((one, other))
    return sum(word.text not in lexicon.FUNCTION for word in clause.words[low + 1 : high])


def _told(slot: Slot, clause: Reading, asked: Set[str], before: Set[str]) -> list[int]:
    """Where `it` stands for the slot; −1 for a subject that is left out."""
    if slot.stems & (clause.implied | before):
        if clause.pronoun is not None:
            return [clause.pronoun]
        return [] if slot.sign else [-1]
    return [-1] if slot.stems & asked and not slot.sign else []


def _together(
    judged: list[tuple[Slot, Relation, int]], phrasing: Phrasing, lacking: int, clause: Reading
) -> Relation:
    relations = [said for _, said, _ in judged]
    if any(slot.sign < 0 and said == "says" for slot, said, _ in judged):
        # One negation covers the whole clause: it is the one that the phrasing has itself.
        relations = ["says" if not s.sign and r == "reverses" else r for s, r, _ in judged]
    if "nothing" in relations:
        return "nothing"
    signed = [slot for slot in phrasing.slots if slot.sign]
    turned = relations.count("reverses")
    if turned and lacking:
        return "nothing"
    if turned > 1 and turned == len(signed) and len(judged) == len(phrasing.slots):
        return "says"  # less of the one gives less of the other
    if turned:
        return "reverses" if _is_clear(judged, clause) else "nothing"
    if "names" in relations:
        return "nothing" if lacking else "names"
    return "nearly" if lacking else "says"


def _is_clear(judged: list[tuple[Slot, Relation, int]], clause: Reading) -> bool:
    """Whether the contrary is said of just this: an opposite word must stand beside another slot's."""
    for slot, said, at in judged:
        if said == "reverses" and at >= 0 and _is_opposite(slot, clause.words[at]):
            others = [other for _, _, other in judged if other not in (at, -1)]
            if not others or min(_between(clause, at, other) for other in others):
                return False
    return True


def _is_opposite(slot: Slot, word: Word) -> bool:
    _, own = lexicon.CONCEPTS.get(word.stem, ("", 0))
    return own * (slot.sign or 1) == -_concept(slot, word) != 0


def _states(clause: Reading, neutral: Set[str]) -> tuple[State, ...]:
    if not any(word.stem in neutral for word in clause.words):
        return clause.states
    return tuple(states(clause.words, neutral))


def _places(slot: Slot, clause: Reading) -> list[int]:
    """Where words stand that fill the slot, or its contrary."""
    found = [at for each in slot.stems | slot.opposites for at in clause.places.get(each, ())]
    if slot.concepts:
        found += [at for at, word in enumerate(clause.words) if _concept(slot, word)]
    return found


def _said(
    slot: Slot, at: int, clause: Reading, fresh: tuple[State, ...], phrasing: Phrasing
) -> Relation:
    """What one word says of the slot that it fills."""
    if at < 0:
        return "says"
    word, state = clause.words[at], fresh[at]
    if demanded := _concept(slot, word):
        if not slot.sign and _is_averted(word, state, clause):
            return "says"  # `against exploding gradients` speaks of them
        return _said_of_concept(slot, word, state, demanded)
    opposite = word.stem in slot.opposites
    if slot.sign:
        sign = state.sign * (-1 if opposite else 1) or (-1 if opposite else 0)
        if not sign or _is_of_another(at, state, clause, phrasing):
            return "names"
        return "says" if sign == slot.sign else "reverses"
    if state.is_denied and not state.is_level:
        return "says" if opposite else "reverses"
    if state.change and not opposite:
        is_less = state.change < 0 and not state.is_level and state.near
        return "names" if is_less else "says"
    return "reverses" if state.negated != opposite else "says"


def _said_of_concept(slot: Slot, word: Word, state: State, demanded: int) -> Relation:
    name, own = lexicon.CONCEPTS[word.stem]
    is_same = own * (slot.sign or 1) == demanded  # not the opposite word
    if slot.sign and is_same and state.sign:
        return "says" if state.sign == slot.sign else "reverses"
    if slot.sign and name in lexicon.APART:
        return "names" if is_same else "nothing"
    if _direction(word, state) == demanded:
        return "says"
    if slot.sign < 0 and not state.sign:
        return "names"  # it is spoken of, and nothing said of it
    return "reverses" if slot.is_pure else "nothing"


def _is_averted(word: Word, state: State, clause: Reading) -> bool:
    """Whether something unwanted is reduced or prevented, rather than denied."""
    name, _ = lexicon.CONCEPTS[word.stem]
    is_less = state.change < 0 or clause.words[state.by].stem in lexicon.PREVENTING
    return name in ("overfit", "vanishing") and is_less


def _is_of_another(at: int, state: State, clause: Reading, phrasing: Phrasing) -> bool:
    """Whether what is reduced is a word between, of which the phrasing says nothing: its `vanishing`."""
    low, high = sorted((at, state.by))
    beside = clause.words[max(at - 1, 0) : at] if state.by > at else clause.words[low + 1 : high]
    between = [word for word in beside if word.stem in lexicon.CONCEPTS and word.text != "longer"]
    return any(not any(_concept(slot, word) for slot in phrasing.slots) for word in between)


def _concept(slot: Slot, word: Word) -> int:
    """The sign in which the slot demands what the word speaks of; 0 where it speaks of something else."""
    name, _ = lexicon.CONCEPTS.get(word.stem, ("", 0))
    return next((sign * (slot.sign or 1) for each, sign in slot.concepts if each == name), 0)


def _direction(word: Word, state: State) -> int:
    """Whether the clause says more or less of it: `not faster`, `less stable`."""
    _, own = lexicon.CONCEPTS[word.stem]
    if state.change and not state.is_level and state.near:
        return own * state.change
    return -own if state.negated else own
