"""What only sets a formula on the page, displays and boxes: blanked, so that every place stays."""

from __future__ import annotations

import re

from quizkit.values.expressions.scanner import balanced
from quizkit.values.expressions.tree import table

_DISPLAYS = table(
    "equation equation* align align* aligned gather gather* gathered split displaymath math"
    " multline multline* eqnarray eqnarray* flalign flalign* dmath dmath*"
)
_NESTED = 4  # wrappings within each other
_END = r"(?P<end>[\s$]*[.,]?[\s$]*)\Z"
_DELIMITED = re.compile(rf"\s*(?P<open>\\[(\[])(?P<inside>.*)(?<!\\)\\[)\]]{_END}", re.DOTALL)
_DISPLAYED = re.compile(
    rf"[\s$]*(?P<open>\\begin\s*\{{(?P<name>[a-z]+\*?)\}})(?P<inside>.*)\\end\s*\{{(?P=name)\}}{_END}",
    re.DOTALL,
)
_BOXED = re.compile(r"\\(?:boxed|fbox)\s*\{")
_MARK = re.compile(r"\\(?:begin|end)\b|\\\\(?:\[[\d.\s]*[a-z]*\])?|\\.|&", re.DOTALL)
_GOES_ON = re.compile(r"\s*&?\s*(?:=|\\approx|\\equiv)|[\s&]*\Z")


def unwrapped(text: str) -> str:
    """The formula at the same places, blanks around it; what is wrapped in part stays as it is."""
    for _ in range(_NESTED):
        inner = _without_box(_without_display(_without_delimiters(text)))
        if inner == text:
            break
        text = inner
    return text


def _without_delimiters(text: str) -> str:
    r"""Blanks `\[` and `\]`, or `\(` and `\)`, around the whole."""
    found = _DELIMITED.match(text)
    if found is None or found["inside"].isspace():
        return text
    start, stop = found.span("inside")
    is_pair = found["open"][1] + text[stop + 1] in ("()", "[]")
    return _kept(text, start, stop) if is_pair else text


def _without_display(text: str) -> str:
    r"""Blanks `\begin{align*}` and the like around the whole, with its marks of alignment."""
    found = _DISPLAYED.match(text)
    if found is None or found["name"] not in _DISPLAYS or not found["inside"].strip():
        return text
    start, stop = found.span("inside")
    marks_in_row = 2 if found["name"].startswith("eqnarray") else 1
    return _kept(_unaligned(text, start, stop, marks_in_row), start, stop)


def _unaligned(text: str, start: int, stop: int, allowed: int) -> str:
    """Blanks one ampersand a row, and the line breaks after which an equals sign goes on."""
    depth, in_row = 0, 0
    for mark in _MARK.finditer(text, start, stop):
        sign = mark[0]
        depth += (sign == "\\begin") - (sign == "\\end")
        if depth:
            continue
        if sign == "&" and in_row < allowed:
            in_row += 1
        elif sign.startswith("\\\\") and _GOES_ON.match(text, mark.end(), stop):
            in_row = 0
        else:
            continue
        text = text[: mark.start()] + " " * len(sign) + text[mark.end() :]
    return text


def _without_box(text: str) -> str:
    """Blanks a box around the whole, or around what follows an equals sign."""
    found = _BOXED.search(text)
    close = balanced(text, found.end() - 1) if found else None
    if found is None or close is None or text[found.end() : close].isspace():
        return text
    before, after = text[: found.start()].strip(" \n\t$"), text[close + 1 :].strip(" \n\t$")
    if (before and before[-1] not in "=") or after.strip(".,") or close == found.end():
        return text
    opened, inside = found.end() - found.start(), text[found.end() : close]
    return text[: found.start()] + " " * opened + inside + " " * (len(text) - close)


def _kept(text: str, start: int, stop: int) -> str:
    """Only what stands between two places."""
    return " " * start + text[start:stop] + " " * (len(text) - stop)
