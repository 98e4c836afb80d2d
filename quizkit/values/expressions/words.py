"""What the names in an answer stand for: declared symbols, indices, constants and functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import normalize

from quizkit.errors import did_you_mean
from quizkit.values.expressions import names
from quizkit.values.expressions.symbols import ACCENTS, folded, spellings, split_index
from quizkit.values.expressions.tree import COUNT, EYES, IDENTITY, Call, Name, Node, call, table
from quizkit.values.numbers import quoted

# What programs call a quantity that has a letter in formulas.
_USUAL = {
    "lr": "eta", "learningrate": "eta", "stepsize": "eta", "momentum": "beta", "temperature": "tau",
    "temp": "tau", "weightdecay": "lambda", "wd": "lambda", "lossfn": "L", "loss": "L",
}  # fmt: skip
KEYWORDS = frozenset(("or", "and", "in", "if", "else", "for", "mod", "otherwise", "U", "choose"))
_COUNTS = ("n", "N", "m", "M", "K", "k", "C", "d", "D", "V", "T", "B")
# A phone makes the first letter a capital; a declared name would have been found before.
_CAPITAL = table(
    "ln log exp sqrt sin cos tan tanh sinh cosh max min abs relu sigmoid softmax softplus"
)
_UNIT = re.compile(
    rf"[^\W\d_][{''.join(ACCENTS)}]*\d*(?:_(?:\d+|[^\W\d_])(?=[^\W\d_])|(?:(?:_\{{[^}}]*\}}|_\w*|['])+$)?)",
    re.UNICODE,
)


# The identity matrix, where matrices are declared: `I`, `I_n`, and Python's `eye(n)`.
_IDENTITY = re.compile(r"I(?:_\{?\w{1,2}\}?)?|eye|identity")


class Words:
    """The names known in one question, and the indices bound at the moment."""

    def __init__(self, symbols: Mapping[str, Any], *, with_vectors: bool = False) -> None:
        self.symbols = symbols
        self.vectors = _vectors(symbols) if with_vectors else {}
        self.known = spellings(symbols)
        self.bound: list[str] = []
        indexed = [split_index(name) for name in symbols]
        self.has_matrices = "matrix" in symbols.values()
        self.families = {folded(found[0]): found[0] for found in indexed if found}
        self.indices = {letter for found in indexed if found for letter in found[1]}

    def is_keyword(self, word: str) -> bool:
        """Whether the word is part of the grammar here."""
        return word in KEYWORDS and folded(word) not in self.known

    def plain(self, word: str) -> Node | None:
        """A symbol, index or constant."""
        spelled = folded(word)
        if spelled in self.bound:
            return Name(spelled)
        if spelled in self.known:
            return self._declared(self.known[spelled])
        if spelled in self.indices:
            return Name(spelled)
        if self.has_matrices and _IDENTITY.fullmatch(word):
            return IDENTITY
        if spelled in names.CONSTANTS and "_" not in word:  # `p_i` is not π
            return Name(names.CONSTANTS[spelled])
        if spelled in self.families and spelled not in names.SPELLED:
            return call("all", Name(self.families[spelled]), self.count())
        if spelled in self.vectors:
            return Call("[]", tuple(map(Name, self.vectors[spelled])))
        return None

    def _declared(self, name: str) -> Node:
        """A symbol; `x_i` is the element i of a family, so that it may be summed over i."""
        found = split_index(name)
        if found is None:
            return Name(name)
        return Call("index", (Name(found[0]), *(Name(letter) for letter in found[1])))

    def index(self, word: str, inner: Callable[[str], Node]) -> Node | None:
        """An element of a family, such as `x_j` or `x_{t-1}`; `inner` reads a subscript."""
        base, _, below = word.partition("_")
        below = below.strip("{}")
        spelled = folded(base)
        name = self.families.get(spelled) or self.known.get(spelled)
        is_delta = spelled == "delta" and name is None
        name = "delta" if is_delta else name
        if name is None or not below:
            return None
        letters = {*self.bound, *self.indices, *self.known}
        if below in ("hat", "bar", "tilde", "vec"):
            return None
        if all(each in letters or each.isdigit() for each in below.replace(",", "")):
            parts = below.split(",") if "," in below else list(below)
            parts = [below] if below.isdigit() else parts
        elif re.fullmatch(r"[A-Za-z0-9+\-,]{1,20}", below):
            parts = below.split(",")
        else:
            return None
        if not all(re.match(r"\d|[a-zA-Z]", part) for part in parts):
            return None
        if any(not set(re.findall(r"[A-Za-z]", part)) <= letters for part in parts):
            return None
        if not is_delta and self.is_number(name) and not {*self.bound, *self.indices} & set(below):
            return None
        places = tuple(inner(part) for part in parts)
        if is_delta:
            return Call("kronecker", places) if len(places) == 2 else None
        return Call("index", (Name(name), *places))

    def is_number(self, name: str) -> bool:
        """Whether the name is declared as one number, of which there are no elements."""
        is_scalar = self.symbols.get(name, "matrix") != "matrix"
        return is_scalar and name not in self.families.values()

    def function(self, word: str) -> str | None:
        """The function that a name means; sigma is the sigmoid unless it is declared."""
        spelled = folded(word)
        parts = word.rstrip("_").split("_")
        if len(parts) > 1 and min(map(len, parts)) == 1:  # `s_in` is not the sine
            return None
        if word.endswith("'"):
            inner = None if word.endswith("''") else self.function(word[:-1])
            return f"{inner}'" if inner in names.PRIMED else None
        if spelled == "sigma":
            return "sigmoid"
        found = names.BIG.get(spelled) or names.function(spelled)
        if found is None and word.lower() in _CAPITAL and word[1:].islower():
            return names.function(word.lower())
        return found

    def knows(self, word: str) -> bool:
        """Whether the whole word is one name."""
        return (
            self.plain(word) is not None
            or self.index(word, lambda _: Name(COUNT)) is not None
            or self.function(word) is not None
        )

    def split(self, word: str) -> list[str] | None:
        """The fewest known names that the word consists of, the longest first."""
        units = _UNIT.findall(word)
        if "".join(units) != word or len(units) > 60:
            return None
        best: list[list[str] | None] = [None] * len(units) + [[]]
        for start in range(len(units) - 1, -1, -1):
            for stop in range(min(len(units), start + 14), start, -1):
                piece, rest = "".join(units[start:stop]), best[stop]
                if rest is None or not self._is_piece(piece, is_last=stop == len(units)):
                    continue
                found = best[start]
                if found is None or len(rest) + 1 < len(found):
                    best[start] = [piece, *rest]
        return best[0]

    def stranger(self, word: str) -> tuple[int, str]:
        """Where in letters run together a symbol has an index it cannot have, and both; else all."""
        ahead = 0
        if self._base(word) is not None:
            return 0, word
        is_symbol = folded(word.partition("_")[0]) in self.known
        for unit in [] if is_symbol else _UNIT.findall(word):
            if (
                "_" in unit
                and folded(unit.partition("_")[0]) in self.known
                and not self.knows(unit)
            ):
                return ahead, unit
            ahead += len(unit)
        return 0, word

    def _base(self, word: str) -> str | None:
        """The declared name that the word is, but for what hangs on it, its case, or its usual letter."""
        base = word.partition("_")[0]
        usual = _USUAL.get(word.lower().replace("_", ""), "")
        for guess in (
            base,
            _without_accents(base),
            usual,
            base.swapcase() if len(base) == 1 else base.lower(),
        ):
            if guess and folded(guess) in self.known:
                return self.known[folded(guess)]
        return None

    def _is_piece(self, piece: str, *, is_last: bool) -> bool:
        if self.plain(piece) is not None or self.index(piece, lambda _: Name(COUNT)) is not None:
            return True
        function = self.function(piece)
        return function is not None and (is_last or len(piece) > 2)

    def count(self) -> Node:
        """How far a sum goes that does not say: to the declared count, or one for all."""
        declared = [name for name in _COUNTS if name in self.symbols]
        return Name(declared[0]) if len(declared) == 1 else Name(COUNT)

    def complaint(self, word: str) -> str:
        """What to say of a name that is not known, with the nearest one that is."""
        if word in EYES:
            return f"expected a formula; {word} is known here only where a matrix is declared"
        declared = sorted({*self.symbols})
        wanted = f"expected one of {', '.join(declared)}" if declared else "expected no symbols"
        base = self._base(word)
        near = (
            f"; did you mean {base!r}?"
            if base
            else did_you_mean(word, [*declared, *(n for n in names.SPELLED if len(n) > 2)])
        )
        return f"{wanted} or a known function, found {quoted(word)}{near}"


def _without_accents(word: str) -> str:
    """`y` for `ŷ`."""
    return "".join(char for char in normalize("NFD", word) if char not in ACCENTS)


def _vectors(symbols: Mapping[str, Any]) -> dict[str, list[str]]:
    """`{"w": ["w_1", "w_2"]}`: what a bold w stands for, by its spelling; for labels only."""
    found: dict[str, list[str]] = {}
    for name in sorted(symbols):
        numbered = re.fullmatch(r"(.+?)_?(\d)", name)
        if numbered is not None:
            found.setdefault(folded(numbered[1]), []).append(name)
    return {
        base: each
        for base, each in found.items()
        if len(each) > 1 and [int(name[-1]) for name in each] == list(range(1, len(each) + 1))
    }
