"""What an answer names only to dismiss it: opinions of others, what is called untrue, denied reasons."""

from __future__ import annotations

from quizkit.values.rubric import lexicon
from quizkit.values.rubric.words import Word

_TURNS_BACK = ("but", "whereas", "while", "although", "though", "however", "instead", "yet")
_IDEAS = ("idea", "notion", "belief", "claim", "assumption", "view")
TOLD = 2  # words behind `that` from which on a myth has been told
DISMISSING = 6  # words of the longest `which is a wide-spread misunderstanding`


def reported(parts: list[tuple[str, list[Word]]]) -> set[int]:
    """Which pieces are what others think, or are called untrue: from such words on, up to a `but`.

    `which is wrong` calls what stands before it untrue, and what follows is meant again.
    """
    found: set[int] = set()
    is_over = False
    for index, (bound, part) in enumerate(parts):
        follows = parts[index + 1][0] if index + 1 < len(parts) else ""
        if index and _is_dismissal(part) and follows not in ("when", "if", "where"):
            found |= {index, *range(_spoken_of(parts, index), index)}
            is_over = True
            continue
        is_denied = _is_denied_reason(parts, index)
        if is_denied or (part[0].text in ("contrary", "despite") and _is_believed(part)):
            found.add(index)
            is_over = True
            continue
        goes_on = index - 1 in found and not is_over and bound not in _TURNS_BACK
        if bound in lexicon.MARKS and goes_on and _is_told(parts[index - 1][1]):
            goes_on = False
        is_over = False
        if goes_on or _is_reported(part):
            found.add(index)
    return found


def _is_told(part: list[Word]) -> bool:
    """`it is a myth that units rest: ...`: what is not so has been said, and what is so follows."""
    texts = [word.text for word in part]
    return "that" in texts and len(texts) - texts.index("that") > TOLD


def _is_denied_reason(parts: list[tuple[str, list[Word]]], index: int) -> bool:
    """`not because weights are small`, `is not when it is too simple`"""
    bound, part = parts[index]
    if [word.text for word in part[:2]] == ["not", "because"]:
        return True
    return (
        bound in ("when", "where", "because")
        and bool(index)
        and parts[index - 1][1][-1].text == "not"
    )


def _is_dismissal(part: list[Word]) -> bool:
    """`which is wrong`, `that is a myth`"""
    texts, stems = [word.text for word in part], {word.stem for word in part}
    if len(part) > DISMISSING or texts[0] not in ("which", "that", "this"):
        return False
    is_untrue = bool(stems & (lexicon.UNTRUE | lexicon.HEARSAY))
    is_not_true = bool({"true", "right", "correct", "so"} & set(texts))
    return is_untrue != is_not_true and is_not_true == ("not" in texts)


def _spoken_of(parts: list[tuple[str, list[Word]]], index: int) -> int:
    """Where that begins which is dismissed: the piece before, and those that it is joined to."""
    start = index - 1
    while start and parts[start][0] in ("and", "or", "that"):
        start -= 1
    return start


def _is_reported(part: list[Word]) -> bool:
    """Whether the piece says what others think, or is called untrue."""
    texts, stems = [word.text for word in part], {word.stem for word in part}
    if hearsay := [at for at, word in enumerate(part) if word.stem in lexicon.HEARSAY]:
        return not lexicon.NEGATORS.intersection(texts[: hearsay[0]])
    said = " ".join(texts)
    if texts[1:2] and texts[1] in _IDEAS and stems & lexicon.UNTRUE:
        return "not" not in texts  # `the idea that units rest is wrong`
    if said.startswith(
        (
            "it is a mistake",
            "it would be a mistake",
            "it is not true",
            "it is not correct",
            "it is not the case",
        )
    ):
        return True
    if stems & lexicon.UNTRUE and texts[0] == "it" and {"to", "that"} & set(texts):
        return "not" not in texts[:4]
    return _is_opinion(part)


def _is_believed(part: list[Word]) -> bool:
    """`contrary to what many believe`, `contrary to a common myth`: what follows is meant."""
    told = lexicon.OPINION | lexicon.HEARSAY | {"belief", "opinion"}
    return any(word.stem in told for word in part)


def _is_opinion(part: list[Word]) -> bool:
    """`many people think`, but not `I think it has some loop`, nor `people think up the rules`."""
    for at, word in enumerate(part):
        after = {each.text for each in part[at + 1 : at + 3]}  # `think up rules`, `think them up`
        if word.stem in lexicon.OPINION and after.isdisjoint(("up", "out", "of")):
            before = [each.text for each in part[:at]]
            return "i" not in before and bool(lexicon.OTHERS.intersection(before))
    return False
