"""`$...$` in a question's text, made readable when the bank is compiled: σ(z) = 1/(1 + e⁻ᶻ).

unicodeit knows the symbols, superscripts and subscripts; fractions, roots and words are flattened here.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_MATHS = re.compile(r"(?<!\\)\$([^$\n]+?)(?<!\\)\$")
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"  # with such as e^{-z} in it
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|mathbf|mathit)" + _BRACED)
_ROOT = re.compile(r"\\sqrt" + _BRACED)
_FRACTION = re.compile(r"\\[dt]?frac" + _BRACED * 2)
_ATOM = re.compile(r"[\w.∂√\\ ]+")


def readable(question: T) -> T:
    """The same question with all its LaTeX as Unicode text."""
    data = msgspec.to_builtins(question)
    if not _has_maths(data):
        return question
    kind: Any = type(question)
    return msgspec.convert(_converted(data), kind)  # type: ignore[no-any-return]


def to_unicode(text: str) -> str:
    """A text with its `$...$` parts readable; placeholders stay, and `\\$` is a dollar."""
    return _MATHS.sub(lambda match: _formula(match[1]), text).replace("\\$", "$")


def _formula(latex: str) -> str:
    import unicodeit

    holes = _PLACEHOLDER.findall(latex)
    text = _PLACEHOLDER.sub("\ue000", latex)  # a private character, so that LaTeX leaves it alone
    for pattern, replacement in ((_WORDS, r"\1"), (_ROOT, r"√(\1)")):
        text = pattern.sub(replacement, text)
    while (flat := _FRACTION.sub(_quotient, text)) != text:
        text = flat
    text = str(unicodeit.replace(text)).replace("{", "").replace("}", "")
    for hole in holes:
        text = text.replace("\ue000", hole, 1)
    return text


def _quotient(match: re.Match[str]) -> str:
    above, below = (part if _ATOM.fullmatch(part) else f"({part})" for part in match.groups())
    return f"{above}/{below}"


def _has_maths(data: Any) -> bool:
    if isinstance(data, dict):
        return any(_has_maths(item) for item in data.values())
    if isinstance(data, list | tuple):
        return any(_has_maths(item) for item in data)
    return isinstance(data, str) and "$" in data


def _converted(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _converted(item) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_converted(item) for item in data]
    return to_unicode(data) if isinstance(data, str) else data
