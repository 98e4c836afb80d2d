"""The tokens of a bound: numbers, symbols, functions and signs, however they are written."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from quizkit.values.numbers import Unreadable, compiled, quoted

Letter = Literal["O", "Theta", "Omega", "o", "omega"]

_LETTERS: dict[str, Letter] = {
    **dict.fromkeys(("O", "Ο", "О", "𝒪"), "O"),
    **dict.fromkeys(("Θ", "θ", "ϴ", "Theta", "theta"), "Theta"),
    **dict.fromkeys(("Ω", "Ω", "Omega"), "Omega"),
    **dict.fromkeys(("ω", "omega"), "omega"),
    "o": "o",
}
_FUNCTIONS = (
    "loglog",
    "log",
    "lg",
    "ln",
    "sqrt",
    "cbrt",
    "exp",
    "max",
    "min",
    "frac",
    "binom",
    "pi",
    "π",
)
_TIMES = ("cdot", "times")
_SKIPPED = ("left", "right", "big", "bigl", "bigr", "mathcal", "mathrm", "operatorname", "text")
_TAIL = (
    r"\s*\b(?:in\s+(?:the\s+)?)?(?:(?:worst|average|best)[ -]case\s*)?"
    r"(?:time|space|memory|operations|steps)?\s*[.$]*\s*$"
)
_BIG = r"(?i:\s*(?:big|little)[- ]?)(?=(?i:o|omega|theta)\b|[OΘΩ])(?i:(o|omega|theta))\s*(?:of\s+)?"
_PIECE = (
    r"[\s\\$]*(?:(?P<number>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[0-9]{1,18}(?:\.[0-9]{1,18})?|\.[0-9]{1,18})|(?P<raised>[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]+)"
    r"|(?P<lowered>[₀₁₂₃₄₅₆₇₈₉]+)|(?P<name>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉]+(?:_[A-Za-z0-9]+)?)"
    r"|(?P<sign>\*\*|[^\s\\$]))"
)
_SIGNS = {
    **dict.fromkeys("×·⋅∗✕", "*"),
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("{[", "("),
    **dict.fromkeys("}]", ")"),
    **dict.fromkeys("∕⁄÷", "/"),
    "**": "^",
    "√": "sqrt",
    "∛": "cbrt",
    "|": "|",
}


class Token(Struct, frozen=True):
    """A kind, such as `number` or `symbol`, the text in one spelling, and where it begins."""

    kind: str
    text: str
    at: int

    def touches(self, after: Token) -> bool:
        """Whether nothing stands between it and the next token."""
        return after.at == self.at + len(self.text)


def tokens_of(text: str, symbols: tuple[str, ...]) -> list[Token]:
    """The tokens, and one for the end."""
    head = compiled(_BIG).match(text)
    start, found = 0, []
    if head:
        letter = head[1].casefold()
        is_little = "little" in head[0].casefold()
        name = {"o": "o" if is_little else "O", "omega": "omega" if is_little else "Omega"}
        found.append(Token("letter", name.get(letter, "Theta"), 0))
        start = head.end()
    stop = len(text)
    tail = compiled(_TAIL).search(text, start)
    stop = tail.start() if tail else stop
    while start < stop:
        token = compiled(_PIECE).match(text, start, stop)
        if token is None:
            break
        at = token.start(str(token.lastgroup))
        found += _split(str(token.lastgroup), token[str(token.lastgroup)], at, symbols)
        start = token.end()
    return _with_letters([*found, Token("end", "", len(text.rstrip()))])


def _split(kind: str, text: str, at: int, symbols: tuple[str, ...]) -> list[Token]:
    if kind == "sign":
        if text in _LETTERS:
            return [Token("name", text, at)]
        sign = _SIGNS.get(text, text)
        kind = "name" if sign in ("sqrt", "cbrt") else "square" if text == "[" else kind
        return [Token(kind, sign, at)]
    if kind == "name":
        return list(_names(text, at, symbols))
    return [Token(kind, text, at)]


def _names(text: str, at: int, symbols: tuple[str, ...]) -> list[Token]:
    """A run of letters as symbols and functions: `nlogn`, `TD`."""
    if text in symbols:
        return [Token("symbol", text, at)]
    if text in _SKIPPED:
        return []
    if text in _TIMES or (text in ("x", "X") and text not in symbols):
        return [Token("sign", "*", at)]
    if text in ("C", "choose"):
        return [Token("name", "binom", at)]
    if text in _LETTERS and len(text) > 1:
        return [Token("name", text, at)]
    found: list[Token] = []
    place = 0
    while place < len(text):
        kind, name, size = _longest(text[place:], symbols)
        if not size:
            known = ", ".join(symbols)
            raise Unreadable(f"expected an expression in {known}, found {quoted(text)}", at + place)
        found.append(Token(kind, name, at + place))
        place += size
    return found


def _longest(text: str, symbols: tuple[str, ...]) -> tuple[str, str, int]:
    """The longest known word at the start: its kind, its name and its length."""
    known = [("symbol", name, name) for name in symbols]
    known += [("name", name, name) for name in (*_FUNCTIONS, *_LETTERS)]
    for swapped in {name.swapcase() for name in symbols if len(name) == 1}:
        if swapped not in symbols and swapped not in _LETTERS:
            known.append(("symbol", swapped.swapcase(), swapped))
    if "e" not in symbols:
        known.append(("name", "e", "e"))
    if text[0] == "_" and (text[1:].isdigit() or text[1:] in symbols):
        return "base", text[1:], len(text)
    fitting = [each for each in known if text.startswith(each[2])]
    fitting += [
        each for each in known if each[1] in ("log", "sqrt") and text.lower().startswith(each[1])
    ]
    if not fitting:
        return "", "", 0
    kind, name, found = max(fitting, key=lambda each: len(each[2]))
    return kind, name, len(found)


def _with_letters(tokens: list[Token]) -> list[Token]:
    """`O` before a bracket, or at the start, is a letter; that of `\\mathcal{O}` loses its braces."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token, *after = tokens[place : place + 3]
        braced = token.text == "(" and len(after) == 2 and after[1].text == ")"
        if braced and after[0].text in _LETTERS and after[0].kind == "name":
            found.append(Token("letter", _LETTERS[after[0].text], token.at))
            place += 3
            continue
        names_bound = token.kind == "name" and token.text in _LETTERS
        if names_bound and (not found or (after and after[0].text == "(")):
            token = Token("letter", _LETTERS[token.text], token.at)
        found.append(token)
        place += 1
    return found
