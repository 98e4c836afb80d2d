"""A text as clauses: cut at punctuation, at conjunctions, and where another verb is joined on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.dismissed import reported
from quizkit.values.rubric.words import Word, words

_ENDS = frozenset(".!?;\n…•")
_INFERRING = ("therefore", "thus", "hence", "consequently")
# What else a thing does without another: `without it the net equals one layer`.
_BECOMING = frozenset(
    (
        "equals",
        "collapse",
        "collapses",
        "amount",
        "amounts",
        "boils",
        "merge",
        "merges",
        "degenerates",
    )
)
_GENUINE = ("real", "true", "genuine", "authentic", "original")
# What goes on from what would be otherwise, and what leads back to what is so.
_GOING_ON = ("and", "so", "then", *_INFERRING)
_TURNING_BACK = ("with", "must", "should", "why", "needed", "need", "needs")
_TIES = ("and", "or", "but", "so", "than")

# With these a question begins; `too large? Then it diverges` asks nothing.
_ASKING = lexicon.AUXILIARIES | lexicon.ASKING

# What is looked at of a text, and of a clause, so that no text takes long to read.
MAX_TOKENS = 700
MAX_CLAUSES = 80
SHORTEST = 2  # words of a condition: `without it`
MAX_WORDS = 40  # a longer clause is cut: polarity is weighed for each two of its words


class Clause(Struct, frozen=True):
    """Words that belong together, their sentence's number, and how they stand to the text.

    `bound` is the word that led to it; `asks` of a question; `turned` where it says what would be
    otherwise; `trails` where it goes on from there, and may; `corrected` of the X in `not X but Y`;
    `reported` where it says what others think, or what is untrue.
    """

    words: tuple[Word, ...]
    sentence: int
    bound: str = ""
    asks: bool = False
    turned: bool = False
    reported: bool = False
    trails: bool = False
    corrected: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.words[-1].end


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, in order; of an endless one the first."""
    found: list[Clause] = []
    for number, (sentence, asks) in enumerate(_sentences(words(text)[:MAX_TOKENS])):
        parts = [part for piece in _cut(sentence) if piece[1] for part in _without(piece)]
        turned, told = _turned(parts), reported(parts)
        trailing = _trailing(parts, turned)
        found += [
            Clause(
                tuple(part),
                number,
                bound,
                asks,
                turned=index in turned,
                reported=index in told,
                trails=index in trailing,
                corrected=_is_corrected(parts[index : index + 2]),
            )
            for index, (bound, part) in enumerate(parts)
        ]
    return found[:MAX_CLAUSES]


def _is_corrected(pair: list[tuple[str, list[Word]]]) -> bool:
    """`it is not X` before `but Y`, where Y is a name, or has no verb of its own."""
    (_, part), (bound, follows) = pair[0], pair[-1]
    is_name = follows[0].text in lexicon.DETERMINERS or not any(map(is_verb, follows))
    return bound == "but" and is_name and any(word.text == "not" for word in part)


def _sentences(tokens: list[Word]) -> Iterator[tuple[list[Word], bool]]:
    sentence: list[Word] = []
    for token in tokens:
        if token.text in _ENDS:
            if sentence:
                yield sentence, token.text == "?" and sentence[0].text in _ASKING
            sentence = []
        else:
            sentence.append(token)
    if sentence:
        yield sentence, False


def _cut(tokens: list[Word]) -> list[tuple[str, list[Word]]]:
    """The pieces of a sentence, each with the word that led to it."""
    pieces: list[tuple[str, list[Word]]] = [("", [])]
    for index, token in enumerate(tokens):
        bound = _bound(tokens, index, pieces[-1][1])
        if len(pieces[-1][1]) >= MAX_WORDS:
            bound = bound or ","
        if bound:
            pieces.append((bound, []))
        is_tie = token.text in _TIES or (token.text == "instead" and bound == "but")
        if token.stem and not (bound and is_tie):
            pieces[-1][1].append(token)
    return pieces


def _without(piece: tuple[str, list[Word]]) -> list[tuple[str, list[Word]]]:
    """`without it units rely on others` in two: what is taken away, and what then is so."""
    bound, part = piece
    if part[0].text != "without" or not any(is_verb(w) or w.text in _BECOMING for w in part[1:]):
        return [piece]
    for index, word in enumerate(part[1:], 1):
        if word.text not in lexicon.DETERMINERS:
            if is_verb(word):
                return [piece]
            end = _end_of_name(part, index)
            return [(bound, part[:end]), (",", part[end:])][: 1 + (len(part) > end)]
    return [piece]


def _end_of_name(part: list[Word], start: int) -> int:
    """Where the name that begins there ends: `non-linear activation functions`, up to `the network`."""
    end = start
    while end + 1 < len(part) and _describes(part[end]):
        end += 1
    if end + 1 < len(part) and part[end + 1].stem == "funct":
        end += 1
    return end + 1


def _describes(word: Word) -> bool:
    return word.text.endswith(("linear", "random", "activation")) and not is_verb(word)


def _bound(tokens: list[Word], index: int, piece: list[Word]) -> str:
    """What parts this token from the words before it; nothing if they belong together."""
    text = tokens[index].text
    if text in lexicon.MARKS or text.startswith(("-", "–", "—", "−")):
        return text
    if text == ",":
        return (
            "," if _is_whole(_until_mark(tokens, index + 1)) or not _is_list(tokens, index) else ""
        )
    if text == "but" and _is_after_not_only(piece):
        return "and"
    if text == "not" and piece and _next(tokens, index) == "because":
        return ","  # a reason that is none: `, not because weights are small`
    if text == "because" and [word.text for word in piece] == ["not"]:
        return ""
    is_within = piece and (piece[-1].text in lexicon.AUXILIARIES or not _is_whole(piece))
    if text in _INFERRING and is_within:
        return ""  # `no unit can therefore count on another`
    if text in ("so", "then") and _next(tokens, index) in ("that", "many", "much", "called", "far"):
        return text if _next(tokens, index) == "that" else ""
    if text in lexicon.BREAKS:
        if text in ("instead", "rather") and _next(tokens, index) == "of":
            return "instead"
        return "but" if text == "instead" else text  # `and instead learns` is so
    if text == "rather" and _next(tokens, index) == "than":
        return "instead"
    if text in lexicon.CONTRASTS:
        is_part = text == "than" and piece and piece[-1].text in ("instead", "rather", "other")
        return "" if is_part or (text == "than" and _is_amount(tokens[index + 1 :])) else text
    if text in ("and", "or", "nor"):
        return text if _joins_clauses(tokens, index, piece) else ""
    return ""


def _is_amount(after: list[Word]) -> bool:
    """`less than 1`, `smaller than a quarter`: a number, with which nothing is compared."""
    texts = [word.text for word in after[:2]]
    return bool(texts) and (
        texts[0][0].isdigit()
        or texts[0] in ("one", "half")
        or (
            texts[0] in ("a", "one")
            and texts[-1] in ("half", "third", "quarter", "tenth", "hundredth")
        )
    )


def _next(tokens: list[Word], index: int) -> str:
    return tokens[index + 1].text if index + 1 < len(tokens) else ""


def _until_mark(tokens: list[Word], start: int) -> list[Word]:
    """The words up to the next mark or the next conjunction."""
    found: list[Word] = []
    for token in tokens[start:]:
        if not token.stem or token.text in lexicon.BREAKS or token.text == "and":
            break
        found.append(token)
    return found


def _is_whole(piece: list[Word]) -> bool:
    """Whether words may be a clause: something beyond a name, and a verb."""
    return len(piece) > 1 and any(is_verb(word) for word in piece)


def _is_list(tokens: list[Word], index: int) -> bool:
    """Whether a comma parts short items: a word or two up to the next comma or conjunction."""
    return 0 < len(_until_mark(tokens, index + 1)) <= 2


def is_verb(word: Word) -> bool:
    """Whether a word is likely the verb of a clause."""
    return _is_verb(word.text, word.stem)


@lru_cache(4096)
def _is_verb(text: str, stem: str) -> bool:
    if text in lexicon.AUXILIARIES:
        return True
    if text in lexicon.LEVEL_UP or text in lexicon.LEVEL_DOWN:
        return False  # `too low: it never gets there`
    is_noun = text.endswith(("tion", "tions", "ment", "ance", "ence", "er", "or"))
    return stem in lexicon.VERBS and not is_noun and text not in lexicon.NOUNS


def _joins_clauses(tokens: list[Word], index: int, piece: list[Word]) -> bool:
    """Whether `and` joins two predicates, rather than two names."""
    after = _until_mark(tokens, index + 1)
    if after and after[0].text in lexicon.NEGATORS:
        return True
    if tokens[index].text == "or" and not {"not", "never"}.isdisjoint(word.text for word in piece):
        return False  # `does not overshoot or make it diverge` denies both
    if _is_quality(piece, after):
        return False
    has_verb = any(is_verb(word) for word in piece)
    return has_verb and (any(is_verb(word) for word in after) or _leaves_verb_out(after))


def _is_quality(piece: list[Word], after: list[Word]) -> bool:
    """`real and generated samples`: two qualities of one name."""
    return (
        bool(piece)
        and piece[-1].text in _GENUINE
        and len(after) > 1
        and after[0].text.endswith("ed")
    )


def _leaves_verb_out(after: list[Word]) -> bool:
    """`L1 penalises the absolute values and L2 the squares`"""
    texts = [word.text for word in after]
    return len(texts) > 2 and texts[0] not in lexicon.FUNCTION and texts[1] in ("the", "a", "an")


def _is_after_not_only(piece: list[Word]) -> bool:
    texts = [word.text for word in piece]
    return any(a == "not" and b in ("only", "just", "merely", "simply") for a, b in pairwise(texts))


def _turned(parts: list[tuple[str, list[Word]]]) -> set[int]:
    """Which pieces say what would be otherwise: beside `without it`, `if it were not`, after `otherwise`."""
    turned: set[int] = set()
    for index, (bound, part) in enumerate(parts):
        if "otherwise" in (bound, part[0].text):
            turned.add(index)
        elif _is_condition(bound, part):
            turned |= _beside(parts, index)
    return turned


def _trailing(parts: list[tuple[str, list[Word]]], turned: set[int]) -> set[int]:
    """The pieces joined to one of what would be otherwise, up to one that names what is taken away."""
    named = {
        word.stem
        for bound, part in parts
        if _is_condition(bound, part)
        for word in part
        if word.text not in lexicon.FUNCTION
    }
    found: set[int] = set()
    for index, (bound, part) in enumerate(parts):
        goes_on = index - 1 in turned | found and bound in _GOING_ON and index not in turned
        texts, stems = {word.text for word in part}, {word.stem for word in part}
        if goes_on and texts.isdisjoint(_TURNING_BACK) and stems.isdisjoint(named):
            found.add(index)
    return found


def _is_condition(bound: str, part: list[Word]) -> bool:
    """`without it`, `if it were not`"""
    if part[0].text == "without":
        return not any(is_verb(word) for word in part)
    return "if" in (bound, part[0].text) and any(word.text in ("not", "no") for word in part)


def _beside(parts: list[tuple[str, list[Word]]], index: int) -> set[int]:
    """The pieces to which a condition belongs: the ones after it, or the one before where none is."""
    after = {index + 1} if index + 1 < len(parts) else set()
    for other in range(index + 2, len(parts)):
        if other - 1 not in after or not _is_supposed(parts[other]):
            break
        after.add(other)
    return after or (
        {index - 1} if index and _is_conditional(parts[index - 1 : index + 1]) else set()
    )


def _is_conditional(parts: list[tuple[str, list[Word]]]) -> bool:
    """`it would be linear without them`, but not `it labels pixels without telling objects apart`."""
    (_, main), (_, condition) = parts
    is_supposed = any(word.text in ("would", "could", "might") for word in main)
    return is_supposed or len(condition) == SHORTEST


def _is_supposed(piece: tuple[str, list[Word]]) -> bool:
    bound, part = piece
    is_more = bound in ("and", "or", ",", "than", "so")
    return is_more and (bound == "than" or any(w.text in ("would", "could") for w in part))
