"""What one word of a clause says of the slot that it fills, given what negates it or turns it."""

from __future__ import annotations

from typing import Literal

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.phrasings import Phrasing, Slot
from quizkit.values.rubric.polarity import State
from quizkit.values.rubric.readings import Reading
from quizkit.values.rubric.words import Word

# says it; says its contrary; names all of it without a direction; lacks a word; may say its contrary;
# has nothing to do with it
Relation = Literal["says", "reverses", "names", "nearly", "doubts", "nothing"]
BEST: tuple[Relation, ...] = ("says", "reverses", "doubts", "names", "nothing")


def sense(
    slot: Slot, at: int, clause: Reading, states: tuple[State, ...], phrasing: Phrasing
) -> Relation:
    """What the word at a place says of the slot that it fills."""
    if at < 0:
        return "says"
    word, state = clause.words[at], states[at]
    if sign := demanded(slot, word):
        is_meant = lexicon.CONCEPTS[word.stem][1] == sign
        if not slot.sign and is_meant and _is_averted(word, state, clause):
            return "says"  # `against exploding gradients` speaks of them
        return _of_concept(slot, word, state, sign)
    opposite = word.stem in slot.opposites
    if slot.by and not (state.sign and clause.words[state.by].stem in slot.by):
        return "names"
    if slot.sign:
        sign = state.sign * (-1 if opposite else 1) or (-1 if opposite else 0)
        is_loose = slot.is_change and _is_loosely_denied(at, state, clause)
        if not sign or state.is_level or is_loose or _is_of_another(at, state, clause, phrasing):
            return "names"
        return "says" if sign == slot.sign else "reverses"
    if state.is_denied and not state.is_level:
        return "says" if opposite else "reverses"
    if state.change and not opposite:
        is_less = state.change < 0 and not state.is_level and state.near
        return "doubts" if is_less else "says"
    return "reverses" if state.negated != opposite else "says"


def demanded(slot: Slot, word: Word) -> int:
    """The sign in which the slot demands what the word speaks of; 0 where it speaks of something else."""
    return slot.demands.get(word.stem, 0) * (slot.sign or 1)


def _of_concept(slot: Slot, word: Word, state: State, sign: int) -> Relation:
    name, own = lexicon.CONCEPTS[word.stem]
    is_same = own * (slot.sign or 1) == sign  # not the opposite word
    if slot.sign and is_same and state.sign:
        return "says" if state.sign == slot.sign else "reverses"
    if slot.sign and name in lexicon.APART:
        return "names" if is_same else "nothing"
    if not is_same and name in lexicon.AVERTED:
        return "reverses" if slot.is_pure else "nothing"
    if _direction(word, state) == sign:
        return "says"
    if slot.sign < 0 and not state.sign:
        return "names"  # it is spoken of, and nothing said of it
    return "reverses" if slot.is_pure else "nothing"


def _is_averted(word: Word, state: State, clause: Reading) -> bool:
    """Whether something unwanted is reduced or prevented, rather than denied."""
    name, _ = lexicon.CONCEPTS[word.stem]
    is_less = state.change < 0 or clause.words[state.by].stem in lexicon.PREVENTING
    return name in lexicon.AVERTED and is_less


def _is_loosely_denied(at: int, state: State, clause: Reading) -> bool:
    """Whether a `not` farther off denies it, which is not to say that there is less of it."""
    if state.change or state.by >= at or clause.words[state.by].text not in ("not", "never"):
        return False
    between = clause.words[state.by + 1 : at]
    return any(word.text not in lexicon.FUNCTION for word in between)


def _is_of_another(at: int, state: State, clause: Reading, phrasing: Phrasing) -> bool:
    """Whether what is reduced is a word between, of which the phrasing says nothing: its `vanishing`."""
    low, high = sorted((at, state.by))
    beside = clause.words[max(at - 1, 0) : at] if state.by > at else clause.words[low + 1 : high]
    between = [word for word in beside if word.stem in lexicon.CONCEPTS and word.text != "longer"]
    return any(not any(demanded(slot, word) for slot in phrasing.slots) for word in between)


def _direction(word: Word, state: State) -> int:
    """Whether the clause says more or less of it: `not faster`, `less stable`."""
    _, own = lexicon.CONCEPTS[word.stem]
    if state.change and not state.is_level and state.near:
        return own * state.change
    return -own if state.negated else own
