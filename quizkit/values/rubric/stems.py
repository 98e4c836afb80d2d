"""Stems: what `regularises`, `regularised` and `regularization` share."""

from __future__ import annotations

import re
from functools import lru_cache

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
    "gpus": "gpu", "cpus": "cpu", "tpus": "tpu", "closed": "closed",
    "relu": "relu", "relus": "relu", "axes": "axis", "analyses": "analys", "faster": "fast",
    "neural": "neural", "proportional": "proportion", "layer": "layer", "layers": "layer",
    "previous": "previous", "previously": "previous", "additional": "additional",
    "various": "various", "variable": "variable", "variables": "variable", "identity": "identity",
    "hardly": "hardly", "position": "position", "positions": "position", "bounding": "bounding",
    "lateral": "lateral", "series": "series", "latter": "latter", "matter": "matter",
    "letter": "letter", "letters": "letter", "note": "note", "notes": "note", "copy": "copy",
    "copies": "copy", "copied": "copy", "copying": "copy", "busy": "busy", "localise": "localise",
    "localises": "localise", "localizes": "localise", "localize": "localise",
    "sequence": "sequence", "sequences": "sequence",
    "programmer": "programmer", "programmers": "programmer",
    "during": "during", "nothing": "nothing", "something": "something", "anything": "anything",
    "never": "never", "over": "over", "under": "under", "other": "other", "others": "other",
    "whether": "whether", "either": "either", "neither": "neither", "rather": "rather",
    "after": "after", "every": "every", "any": "any", "very": "very", "many": "many", "only": "only",
    "entire": "entire", "able": "able", "unable": "unable", "united": "unite", "unit": "unit",
    "data": "data", "single": "singl", "this": "this", "always": "always", "because": "because",
    "have": "have", "had": "have", "having": "have", "unity": "unity", "developer": "developer",
    "developers": "developer", "they": "they", "noted": "note",
    "processor": "processor", "processors": "processor",
    "multiple": "multiple", "handful": "handful", "movie": "movie", "movies": "movie",
    "alliance": "alliance", "alliances": "alliance", "normal": "normal",
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
_ENDINGS = tuple(suffix for suffix, _ in _SUFFIXES)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """What `regularises`, `regularised` and `regularization` share."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    shorter = singular(word)
    if shorter.endswith("ator"):  # a generator is another thing than what it generates
        return shorter
    for start, family in _FAMILIES:
        if word.startswith(start):
            return family
    while (stripped := _stripped(shorter)) != shorter:
        shorter = stripped
    return _bare(shorter)


def singular(word: str) -> str:
    """The word without the ending of a plural, or of a verb's third person."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _IRREGULAR.get(word[:-1], word[:-1])
    return word


def _stripped(word: str) -> str:
    if not word.endswith(_ENDINGS):
        return word
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
