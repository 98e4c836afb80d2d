"""A text as words: contractions opened, hyphens settled, each with its stem and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Word(NamedTuple):
    """A word as typed in lower case, its stem, and where it stands; a mark has no stem."""

    text: str
    stem: str
    start: int
    end: int


_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*|-+>|=>|→|⇒|\n|[-–—]+|[.,;:!?()\[\]{}…•]|<|>",
)
_BOUND = ("non", "co", "over", "under", "un", "re", "pre", "anti", "multi", "semi", "sub", "auto")
_ARROWS = ("->", "-->", "=>", "→", "⇒")
_OPENED = {
    "cannot": "can not", "can't": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
    "shan't": "shall not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "arent": "are not", "wasnt": "was not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "havent": "have not", "hasnt": "has not",
    "let's": "let us", "bc": "because", "cuz": "because", "cos": "because", "coz": "because",
    "nn": "network", "nns": "networks", "net": "network", "nets": "networks", "params": "parameters",
    "param": "parameter", "grads": "gradients", "grad": "gradient", "backprop": "backpropagation",
    "info": "information", "dims": "dimensions", "neurons": "units", "neuron": "unit", "nodes": "units",
    "node": "unit", "convnet": "cnn", "convnets": "cnns", "lr": "learning rate", "fc": "fully connected",
    "bn": "batch normalization", "zero": "0", "two": "2", "three": "3", "another": "other",
    "w/o": "without", "mins": "minima", "approx": "approximately", "prob": "probability",
    "tiny": "small", "minuscule": "small", "big": "large", "huge": "large", "enormous": "large",
    "bigger": "larger", "probs": "probabilities", "thru": "through", "till": "until",
}  # fmt: skip
_IRREGULAR = {
    "bias": "bias", "biased": "bias", "used": "use", "using": "use", "uses": "use", "use": "use",
    "learnt": "learn", "lost": "los", "made": "mak", "shrank": "shrink", "shrunk": "shrink",
    "grew": "grow", "grown": "grow", "growth": "grow", "forgot": "forget", "forgotten": "forget",
    "kept": "keep", "fell": "fall", "fallen": "fall", "rose": "ris", "risen": "ris", "gone": "go",
    "went": "go", "goes": "go", "ran": "run", "chose": "choos", "chosen": "choos", "took": "tak",
    "taken": "tak", "gave": "giv", "given": "giv", "saw": "see", "seen": "see", "knew": "know",
    "known": "know", "held": "hold", "sped": "speed", "broke": "break", "broken": "break",
    "led": "lead", "sent": "send", "meant": "mean", "told": "tell", "found": "find", "seeing": "see",
    "explosion": "explod", "explosive": "explod", "depth": "deep", "width": "wid", "length": "long",
    "strength": "strong", "indices": "index", "matrices": "matrix", "vertices": "vertex",
    "minima": "minimum", "maxima": "maximum", "optima": "optimum",
    "fewer": "few", "fewest": "few", "less": "less",
    "lesser": "less", "forbidden": "forbid",
    "worse": "worse", "worst": "worse", "better": "better", "best": "better",
    "further": "far", "slower": "slow", "lower": "low", "lowest": "low", "higher": "high",
    "reduction": "reduc", "growing": "grow", "dying": "die", "died": "die", "dies": "die", "dead": "die",
    "relu": "relu", "relus": "relu", "axes": "axis", "analyses": "analys", "faster": "fast",
    "neural": "neural", "proportional": "proportion", "layer": "layer", "layers": "layer",
    "during": "during", "nothing": "nothing", "something": "something", "anything": "anything",
    "never": "never", "over": "over", "under": "under", "other": "other", "others": "other",
    "whether": "whether", "either": "either", "neither": "neither", "rather": "rather",
    "after": "after", "every": "every", "any": "any", "very": "very", "many": "many", "only": "only",
    "entire": "entire", "able": "able", "unable": "unable", "united": "unite", "unit": "unit",
    "data": "data", "single": "singl", "this": "this", "always": "always", "because": "because",
    "does": "do", "done": "do", "has": "have", "was": "be", "is": "be", "are": "be", "were": "be",
    "been": "be", "being": "be", "as": "as", "its": "its", "us": "us", "plus": "plus", "across": "across",
}  # fmt: skip
_FAMILIES = (
    ("general", "general"), ("varianc", "varianc"), ("generat", "generat"), ("sequen", "sequen"),
    ("stabil", "stabl"),
    ("stabl", "stabl"), ("unstab", "unstabl"), ("instab", "unstabl"), ("probab", "probab"),
    ("differentia", "differentiat"),
)  # fmt: skip
# Longest first within each turn; the number is the least length of what is left.
_SUFFIXES = (
    ("ibility", 4), ("ability", 4), ("izable", 4), ("isable", 4), ("ization", 4), ("isation", 4),
    ("ational", 4), ("iveness", 4),
    ("izing", 4), ("ising", 4), ("ation", 4), ("ative", 4), ("ating", 4), ("ators", 4), ("ement", 5),
    ("ized", 4), ("ised", 4), ("izer", 4), ("iser", 4), ("ator", 4), ("ated", 4), ("ment", 5),
    ("ness", 4), ("able", 4), ("ible", 4), ("ance", 4), ("ence", 4), ("ancy", 4), ("ency", 4),
    ("ical", 4), ("ize", 4), ("ise", 4), ("ate", 4), ("ity", 4), ("ial", 4), ("ing", 3), ("ant", 4),
    ("ent", 4), ("ive", 4), ("ous", 4), ("ion", 4), ("ful", 4), ("ism", 4), ("ist", 5), ("est", 4),
    ("ily", 3), ("al", 4), ("ic", 4), ("ed", 3), ("er", 4), ("or", 4), ("ly", 4),
)  # fmt: skip
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def words(text: str) -> list[Word]:
    """The words and marks of a text, in order."""
    return _joined(_affirmed(list(_opened(text))))


def _affirmed(tokens: list[Word]) -> list[Word]:
    """`nothing but` is only, `cannot help but` is always: what looks like a denial is none."""
    kept: list[Word] = []
    for token in tokens:
        kept.append(token)
        for idiom, meant in (("nothing but", "only"), ("can not help but", "always")):
            size = idiom.count(" ") + 1
            if " ".join(word.text for word in kept[-size:]) == idiom:
                word = Word(meant, stem(meant), kept[-size].start, token.end)
                kept[-size:] = [word]
    return kept


def _opened(text: str) -> Iterator[Word]:
    lowered = text.lower().replace("’", "'").replace("w/o", "without")
    if len(lowered) != len(text):  # some capital letters are longer in lower case
        text = lowered
    for found in _TOKEN.finditer(lowered):
        token, start, end = found[0], found.start(), found.end()
        if not token[0].isalnum():
            yield Word("->" if token in _ARROWS else token, "", start, end)
            continue
        for part in _parts(token).split():
            yield Word(part, stem(part), start, end)


def _parts(token: str) -> str:
    if token in _OPENED:
        return _OPENED[token]
    if token.endswith("n't"):
        return f"{token[:-3]} not"
    head, mark, tail = token.partition("'")
    head = _OPENED.get(head, head)
    return f"{head} is" if mark and head in ("it", "that", "there", "what") else head or tail


def _joined(tokens: list[Word]) -> list[Word]:
    """A hyphen between words goes; a bound prefix joins the word that follows it."""
    kept: list[Word] = []
    for index, token in enumerate(tokens):
        if token.text.startswith(("-", "–")) and token.text != "->" and _is_tied(tokens, index):
            continue
        last = kept[-1] if kept else None
        if last is not None and token.stem and last.text in _BOUND:
            tied = last.text == "non" or (last.end + 1 == token.start and tokens[index - 1] != last)
            if tied:
                joined = last.text + token.text
                kept[-1] = Word(joined, stem(joined), last.start, token.end)
                continue
        kept.append(token)
    return kept


def _is_tied(tokens: list[Word], index: int) -> bool:
    """Whether the mark stands between two words without a blank."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, mark, after = tokens[index - 1 : index + 2]
    return bool(before.stem and after.stem) and before.end == mark.start and mark.end == after.start


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What `regularises`, `regularised` and `regularization` share."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    shorter = _singular(word)
    if shorter.endswith("ator"):  # a generator is another thing than what it generates
        return shorter
    for start, family in _FAMILIES:
        if word.startswith(start):
            return family
    while (stripped := _stripped(shorter)) != shorter:
        shorter = stripped
    return _bare(shorter)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _IRREGULAR.get(word[:-1], word[:-1])
    return word


def _stripped(word: str) -> str:
    for suffix, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            if suffix == "ed" and word.endswith("eed"):
                return word
            left = word[: -len(suffix)]
            return (
                left[:-1]
                if suffix in ("ing", "ed", "er", "est") and _DOUBLED.search(left)
                else left
            )
    return word


def _bare(word: str) -> str:
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "i" else word


def is_typo(typed: str, meant: str) -> bool:
    """Whether one long word is the other with a slip or two of the keyboard."""
    typed, meant = _singular(typed), _singular(meant)
    shorter = min(len(typed), len(meant))
    if shorter < 5 or typed[0] != meant[0]:
        return False
    allowed = 1 if shorter < 9 else 2
    if abs(len(typed) - len(meant)) > allowed:
        return False
    return _apart(typed, meant) <= (allowed if shorter > 5 or _is_swapped(typed, meant) else 0)


def _is_swapped(one: str, other: str) -> bool:
    """Whether just two neighbouring letters changed places."""
    return len(one) == len(other) and sorted(one) == sorted(other)


def _apart(one: str, other: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours from one word to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
