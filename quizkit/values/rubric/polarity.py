"""What each word of a clause is subject to: negation, and words that say more or less of it."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.words import Word

MAX_DENIALS = 8  # in a clause that are weighed, each two of them for each of its words
FAR = 5  # content words over which `reduces` reaches
_MERELY = ("just", "merely", "simply")
_MODAL = ("can", "could", "will", "would", "should", "must")
_SUBJECTLESS = (
    "on",
    "upon",
    "at",
    "with",
    "as",
    "for",
    "by",
    "over",
    "during",
    "when",
    "from",
    "to",
)


class State(Struct, frozen=True):
    """Of one word: whether it is negated, and the direction that its clause gives it.

    `change` is +1 or −1 where something makes more or less of it, 0 where nothing is said;
    `is_level` where that is only how much there is (`small`); `near` where the word is its object.
    """

    negated: bool = False
    affirmed: bool = False  # negated twice over: `never fails to`
    change: int = 0
    is_level: bool = False
    near: bool = False
    is_denied: bool = False  # where it is denied that something makes more of it
    by: int = 0  # where the word stands that turns it

    @property
    def sign(self) -> int:
        """The direction in all: `does not increase` is not more, `without` is none of it."""
        return self.change or (-1 if self.negated else int(self.affirmed))


class _Turn(Struct, frozen=True):
    """A word that turns others: where, by how much, whom (a range), and how hard."""

    at: int
    sign: int
    whom: range
    is_hard: bool = False
    is_level: bool = False


def states(words: tuple[Word, ...], neutral: Set[str] = frozenset()) -> list[State]:
    """The state of each word; words with a `neutral` stem turn nothing."""
    turns = [
        turn
        for at in range(len(words))
        if words[at].stem not in neutral
        for turn in _turns(words, at, neutral)
    ]
    hard = [turn for turn in turns if turn.is_hard][:MAX_DENIALS]
    soft = [turn for turn in turns if not turn.is_hard]
    return [_state(at, words, hard, soft) for at in range(len(words))]


def _state(at: int, words: tuple[Word, ...], hard: list[_Turn], soft: list[_Turn]) -> State:
    own = [turn for turn in hard if at in turn.whom and turn.at != at]
    negated = sum(1 + _denied(turn, at, hard) for turn in own) % 2 == 1
    over = [turn for turn in soft if at in turn.whom and turn.at != at]
    if not over:
        by = min((turn.at for turn in own), key=lambda other: abs(other - at), default=at)
        return State(negated=negated, affirmed=bool(own) and not negated, by=by)
    nearest = min(over, key=lambda turn: (turn.is_level, abs(turn.at - at)))
    above = [turn for turn in hard if nearest.at in turn.whom and turn.at != nearest.at]
    beyond = 0
    if nearest.at < at:  # what stands between the change and its object turns it once more
        beyond = sum(turn not in above for turn in own if turn.at > nearest.at)
    sign = nearest.sign * (-1) ** (len(above) + beyond)
    near = _content_between(words, nearest.at, at) == 0
    return State(
        negated=negated,
        change=sign,
        is_level=nearest.is_level,
        near=near,
        is_denied=nearest.sign > sign,
        by=nearest.at,
    )


def _denied(turn: _Turn, at: int, hard: list[_Turn]) -> int:
    """How often a denial is denied apart from what it denies: `exploding is not prevented`."""
    return sum(turn.at in other.whom and at not in other.whom for other in hard if other != turn)


def _content_between(words: tuple[Word, ...], one: int, other: int) -> int:
    low, high = sorted((one, other))
    return sum(word.text not in lexicon.FUNCTION for word in words[low + 1 : high])


def _turns(words: tuple[Word, ...], at: int, neutral: Set[str]) -> list[_Turn]:
    word = words[at]
    if word.text in lexicon.NEGATORS:
        return _negation(words, at)
    if word.stem in lexicon.PREVENTING:
        return [_Turn(at, -1, whom, is_hard=True) for whom in _objects(words, at, len(words))]
    if word.stem == "keep":
        return _keeping_from(words, at)
    if word.text in lexicon.LEVEL_UP or word.text in lexicon.LEVEL_DOWN:
        sign = 1 if word.text in lexicon.LEVEL_UP else -1
        return [_Turn(at, sign, whom, is_level=True) for whom in _described(words, at)]
    if sign := _changes(words, at):
        return [_Turn(at, sign, whom) for whom in _objects(words, at, _reach(words, at, neutral))]
    return []


def _negation(words: tuple[Word, ...], at: int) -> list[_Turn]:
    """What `not` denies: what follows; its subject too where only `occurs` follows."""
    after = words[at + 1 :]
    if after and words[at].text == "not" and _is_not_only(words, at):
        return []
    if words[at].text == "no" and after and after[0].text in ("matter", "doubt"):
        return []
    whom = range(at + 1, _phrase_end(words, at))
    told = [word for word in after if word.text not in lexicon.FUNCTION]
    if after and not told:
        return []  # `not even`, `or not at all`
    if at and all(word.stem in lexicon.THERE_BE for word in told):
        whom = range(len(words))
    return [_Turn(at, -1, whom, is_hard=True)]


def _phrase_end(words: tuple[Word, ...], at: int) -> int:
    """How far a denial reaches: up to a `nor`; `with no` and `without` deny a name, not the verb after it."""
    for index in range(at + 1, len(words)):
        if words[index].text == "nor":
            return index  # which denies the rest
    is_within = words[at].text == "without" or (
        words[at].text == "no" and at and words[at - 1].text in lexicon.PREPOSITIONS
    )
    if is_within:
        for index in range(at + 2, len(words)):
            if words[index].text in lexicon.AUXILIARIES:
                return index
    return len(words)


def _is_not_only(words: tuple[Word, ...], at: int) -> bool:
    """`not only`, and `not just` where it does not belong to a verb: `can not just copy`."""
    if words[at + 1].text == "only":
        return True
    return words[at + 1].text in _MERELY and not (at and words[at - 1].text in _MODAL)


def _keeping_from(words: tuple[Word, ...], at: int) -> list[_Turn]:
    """`keeps units from relying on others`"""
    for index in range(at + 1, min(at + FAR, len(words))):
        if words[index].text == "from" and _is_doing(words[index + 1 : index + 3]):
            return [_Turn(at, -1, range(index + 1, len(words)), is_hard=True)]
    return []


def _is_doing(after: tuple[Word, ...]) -> bool:
    """`from relying`, `from simply copying`, but not `from the step before`."""
    return any(word.text.endswith("ing") for word in after)


def _changes(words: tuple[Word, ...], at: int) -> int:
    """+1 for `increases`, −1 for `goes down`, 0 for what says of no direction."""
    word, before = words[at], words[at - 1] if at else None
    if word.text in ("up", "down"):
        is_moving = before is not None and before.stem in lexicon.MOVING
        return (1 if word.text == "up" else -1) if is_moving else 0
    if word.text == "against":
        return -1 if any(other.stem in lexicon.HELPING for other in words[:at]) else 0
    is_level = word.text in lexicon.LEVEL_UP or word.text in lexicon.LEVEL_DOWN
    is_name = (
        word.text in ("gain", "cut", "fix", "limit") and before and before.text in ("the", "a")
    )
    is_name = is_name or word.text in ("restriction", "restricted")
    if word.stem not in lexicon.CHANGING or is_level or is_name:
        return 0
    return 1 if word.stem in lexicon.UP else -1


def _reach(words: tuple[Word, ...], at: int, neutral: Set[str]) -> int:
    """Up to where a change reaches: the next one, or some words on."""
    content = 0
    is_subject = at <= 1 and words[at].text.endswith("ing")  # `dropping units prevents` that
    is_amount = words[at].text in ("more", "less", "few", "fewer")
    for index in range(at + 1, len(words)):
        word = words[index]
        is_finite = word.text.endswith("s") and word.stem in lexicon.TURNING
        if is_subject and (is_finite or word.text in lexicon.AUXILIARIES):
            return index
        if _changes(words, index) and word.stem not in neutral:
            return index + 1
        if is_amount and word.text in lexicon.AUXILIARIES:
            return index
        content += word.text not in lexicon.FUNCTION
        if content >= FAR:
            return index + 1
    return len(words)


def _objects(words: tuple[Word, ...], at: int, end: int) -> list[range]:
    """Whom a verb concerns: what follows it, or its subject where nothing does."""
    if _is_passive(words, at):
        return [range(_subject(words, at), at)]
    if at + 1 < len(words) and words[at + 1].text in ("in", "of"):
        before = words[at - 1].text if at else ""
        is_noun = (
            at == 0 or before in lexicon.DETERMINERS or not words[at].text.endswith(("es", "s"))
        )
        return [range(at + 1, end)] if is_noun else [range(_subject(words, at), at)]
    if _has_object(words, at):
        return [range(at + 1, end)]
    return [range(_subject(words, at), at)]


def _subject(words: tuple[Word, ...], at: int) -> int:
    """Where the subject of a verb may begin: after the change before it."""
    for index in range(at - 1, -1, -1):
        if _changes(words, index):
            return index + 1
    return 0


def _is_passive(words: tuple[Word, ...], at: int) -> bool:
    if not words[at].text.endswith(("ed", "en", "nt", "ut", "er")):
        return False
    before = [word.text for word in words[max(0, at - 2) : at]]
    is_after_be = any(
        text in ("is", "are", "was", "were", "be", "been", "being", "gets") for text in before
    )
    return is_after_be and not _has_direct_object(words, at)


def _has_direct_object(words: tuple[Word, ...], at: int) -> bool:
    return words[at].stem in ("low", "more") and _has_object(words, at)


def _has_object(words: tuple[Word, ...], at: int) -> bool:
    """Whether a name follows, and no preposition first."""
    for word in words[at + 1 :]:
        if word.text in ("to", "from") and words[at].stem in (
            "lead",
            "fail",
            "refus",
            "fall",
            "drop",
        ):
            continue
        if word.text in _SUBJECTLESS:
            return False
        if lexicon.is_adverb(word.text) or word.text == "from":
            continue
        if word.text not in lexicon.FUNCTION or word.text in ("it", "them", "this", "that"):
            return True
    return False


def _described(words: tuple[Word, ...], at: int) -> list[range]:
    """What is large or small: the next name, or the subject."""
    if at + 1 < len(words) and words[at + 1].text not in lexicon.FUNCTION:
        return [range(at + 1, min(at + 3, len(words)))]
    return [range(at)]
