"""Bounds in words: `linear`, `square root of n`, `linear in n, quadratic in d`."""

from __future__ import annotations

import re

from quizkit.values.numbers import compiled

LONGEST = 200
_WORDS = {
    "constant": "1",
    "logarithmic": "log n",
    "linear": "n",
    "linearithmic": "n log n",
    "quadratic": "n^2",
    "cubic": "n^3",
    "factorial": "n!",
}
_REMARK = (
    r"(?P<bound>.*?[\w)²³ⁿ])(?:\s*[,;]\s*|\s+)(?:(?i:since|because|as|per|for|with|where|due|when|whatever|using|"
    r"after)\b.*|(?P<counted>(?i:floats|entries|numbers|values|elements|multiplications|additions|"
    r"comparisons|parameters|bytes|flops|macs|tokens|pairs|checkpoints|accesses|messages|updates)))\s*"
)
# A remark that multiplies, or holds another bound.
_MANY = r"(?i:\b(?:steps|items|layers|times|iterations|overall|total|all)\b)|\b[OΘΩ]\s*\("
_RAISED = ((r"\s+squared\b", "^2"), (r"\s+cubed\b", "^3"))
_ABOUT = r"\s*[~∼≈∝]+\s*"
_PARTED = r"\s*,\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+"
_IN_ONE = (
    rf"(?:(?P<word>(?i:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))(?i:ly|ally)?\s+in\s+|in\s+)?"
    r"(?:both\s+)?(?P<symbol>\w+)"
)
_ROOT = r"(?i:\b(?:the\s+)?(?:(?:square[ -])?root(?:\s+of)?|sqrt\s+of))\s+"
_ENDS = r"(?=\s*(?:\)|[.$\s]*\Z|\s(?:time|space|memory)\b))"


def as_formula(text: str, symbols: tuple[str, ...]) -> str:
    """The bound in signs; what is no phrase known here stays as it is."""
    plain = compiled(r"\s+(?:time|space|memory)$").sub("", text.strip().rstrip("."))
    if plain.casefold() in _WORDS and len(symbols) == 1:
        return _WORDS[plain.casefold()].replace("n", symbols[0])
    return _by_symbol(plain, symbols) or _with_roots(text, symbols)


def bare_bound(text: str) -> str:
    """The bound without a sign of order before it and a remark behind it; `n squared` in signs."""
    from quizkit.values import asides

    if len(text) > LONGEST:
        return text
    plain = compiled(_ABOUT).sub("", asides.in_ascii(text), count=1)
    for pattern, power in _RAISED:
        plain = compiled(pattern).sub(power, plain)
    plain = compiled(r"\A0(?=\s*\()").sub("O", plain)
    plain = compiled(r"(?<=log)_?\{([0-9]{1,3})\}").sub(r"_\1", plain)
    plain = compiled(r"\^\s*(?=\.[0-9])").sub("^0", plain)
    found = compiled(_REMARK).fullmatch(plain)
    remark = plain[found.end("bound") :] if found else ""
    if found is None or asides.doubts(remark) or compiled(_MANY).search(remark):
        return plain
    return str(found["bound"])


def _by_symbol(text: str, symbols: tuple[str, ...]) -> str:
    """`(n)*(d^2)` of `linear in n, quadratic in d`: how it grows in each; empty for anything else."""
    factors: dict[str, str] = {}
    word = ""
    for part in compiled(_PARTED).split(text):
        found = compiled(_IN_ONE).fullmatch(part)
        word = ((found and found["word"]) or word).casefold()
        name = _declared(found["symbol"], symbols) if found else ""
        if not word or not name or name in factors:
            return ""
        factors[name] = f"({_WORDS[word].replace('n', name)})"
    return "*".join(factors.values())


def _declared(name: str, symbols: tuple[str, ...]) -> str:
    """The symbol that a name means, for one letter in the other case too; empty for none."""
    if name in symbols:
        return name
    return name.swapcase() if len(name) == 1 and name.swapcase() in symbols else ""


def _with_roots(text: str, symbols: tuple[str, ...]) -> str:
    """`sqrt(n)` for `square root of n`, where nothing follows that might stand under the root too."""
    names = "|".join(map(re.escape, sorted(symbols, key=len, reverse=True)))

    def written(found: re.Match[str]) -> str:
        root = f"sqrt({found['symbol']})" if found["symbol"] else "sqrt"
        return root.ljust(len(found[0]))  # so that every place stays

    pattern = compiled(rf"{_ROOT}(?:(?P<symbol>{names}){_ENDS}|(?=\())")
    return pattern.sub(written, text).rstrip(" .") if pattern.search(text) else text
