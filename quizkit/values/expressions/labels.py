r"""The left side of `f'(x) = 2x`, which only names what is asked: nothing that would change its value.

A label is one name with its scripts and arguments, a derivative, or an operator such as a limit or an
integral with all it applies to. `2f =`, `f + 1 =` and `f^2 =` are none: they say something else of f.
"""

from __future__ import annotations

import re

from quizkit.values.expressions.scanner import balanced
from quizkit.values.expressions.tree import table

LONGEST = 160
_OPENS, _CLOSES = "([{", ")]}"
_SET = re.compile(
    r"\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|quad|qquad)(?![A-Za-z])"
    r"|\\[,;:!> ]|[~$]"
)
_PLAIN = re.compile(r"[^\d<>=≤≥≠+*·^\[\]±∈/÷!→⇒-]{0,60}")
_SAYS_MORE = re.compile(
    r"\\(?:neq?|not|leq?|geq?|lt|gt|pm|mp|cdot|times|div|cup|cap|in|to|implies|iff|mapsto|sqrt|over|[dct]?frac"
    r"|(?:[Ll]ong)?(?:[Ll]eft)?[Rr]ightarrow)(?![A-Za-z])|\)\s*[A-Za-z\\]"
    r"|(?<![A-Za-z])(?:not|or|and|minus|plus|half|twice)(?![A-Za-z])"
)
_TYPES = table(
    "mathbf mathrm mathit mathsf mathcal mathbb mathfrak boldsymbol bm vec hat bar tilde dot text"
    " operatorname widehat widetilde overline pmb"
)
_D = r"(?:d|\\partial\s*|∂|\\mathrm\s*\{?\s*d\s*\}?|\\delta\s*|δ)"
_SLASHED = re.compile(rf"{_D}[²\w\\(){{}}'_^ ]{{0,30}}?/\s*{_D}\s*\\?[A-Za-z]+[²\d_^{{}}]*")
_NAME = re.compile(r"[A-Za-z]+\d*(?:[*∗⋆](?=\Z|\())?|\\[A-Za-z]+|[α-ωΑ-Ω]\d*(?:[*∗⋆](?=\Z|\())?")
_ARROW = re.compile(r"←|⟵|≔|:=|\\(?:longleftarrow|leftarrow|gets|coloneqq)(?![A-Za-z])")
_OPERATOR = re.compile(
    r"(?:\\lim|\\sum|\\prod|\\max|\\min|\\arg|\\int|\\nabla|\\partial|∇|∂|∫|∑|∏|lim)(?![A-Za-z])"
)


def is_label(text: str) -> bool:
    """Whether this left side of an equals sign is a label."""
    if len(text.strip()) > LONGEST or _is_parted(text):
        return False
    label = _SET.sub(lambda found: " " * len(found[0]), text).strip()
    return bool(label) and (_is_plain(label) or _is_operated(label) or _is_named(label))


def first_equals(text: str) -> int | None:
    """The first equals sign outside of all brackets."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _OPENS) - (char in _CLOSES)
        if char == "=" and depth == 0:
            is_other = re.search(r"[<>!=:]\Z|(?<![\^{])[*∗⋆]\Z", text[:at])  # `w *= 2` is no label
            return None if is_other else at
    return None


def without_assigned(text: str) -> str:
    """What is assigned by `w ← w - g`, at its place; the text itself without a name and an arrow."""
    arrow = _ARROW.search(text)
    if arrow is None or not text[arrow.end() :].strip() or not is_label(text[: arrow.start()]):
        return text
    return " " * arrow.end() + text[arrow.end() :]


def _is_parted(label: str) -> bool:
    """Whether a comma or semicolon outside of all brackets parts it."""
    return any(char in ",;" and label[at - 1 : at] != "\\" for at, char in _outside(label))


def _outside(text: str) -> list[tuple[int, str]]:
    """The characters outside of all brackets, with their places."""
    found, depth = [], 0
    for at, char in enumerate(text):
        depth -= char in _CLOSES
        if depth <= 0 and char not in _CLOSES:
            found.append((at, char))
        depth += char in _OPENS
    return found


def _is_plain(label: str) -> bool:
    """Letters, primes, brackets and a fraction bar, in words or as a formula."""
    return _PLAIN.fullmatch(label) is not None and not _SAYS_MORE.search(label)


def _is_operated(label: str) -> bool:
    """A derivative, limit, sum or integral, with what it applies to."""
    rest = _after_derivative(label)
    is_integral = False
    if rest is None:
        operator = _OPERATOR.match(label)
        if operator is None:
            return False
        is_integral = operator[0] in ("\\int", "∫")
        rest = _after_scripts(label[operator.end() :])
    else:
        rest = _after_chain(rest)
    if is_integral and not re.search(r"\\int|∫", rest):
        differential = re.search(rf"(?<![A-Za-z\\]){_D}\s*\\?[A-Za-z]\w*", rest)
        if differential is not None and not rest[differential.end() :].strip():
            return True
    return not any(char in "+-−±<>" for _, char in _outside(rest)) and not _SAYS_MORE.search(
        "".join(char for _, char in _outside(rest))
    )


def _after_derivative(label: str) -> str | None:
    r"""What follows `\frac{d}{dx}`, `d/dx` or `\frac{\partial L}{\partial w}`; None without one."""
    found = _SLASHED.match(label)
    if found is not None:
        return label[found.end() :]
    fraction = re.compile(rf"\\[dt]?frac\s*\{{\s*{_D}").match(label)
    if fraction is None:
        return None
    above = balanced(label, label.index("{"))
    below = re.compile(rf"\s*\{{\s*{_D}").match(label, above + 1) if above is not None else None
    if above is None or below is None:
        return None
    close = balanced(label, label.index("{", above + 1))
    return None if close is None else label[close + 1 :]


def _after_chain(rest: str) -> str:
    r"""What follows further derivatives, by which the first is multiplied."""
    while True:
        times = re.compile(r"\s*(?:\\cdot|\\times|·)?\s*").match(rest)
        after = _after_derivative(rest[times.end() :]) if times else None
        if after is None:
            return rest
        rest = after


def _after_scripts(text: str) -> str:
    """What follows subscripts and superscripts of any kind."""
    while (found := re.compile(r"\s*[_^]\s*").match(text)) is not None:
        at = found.end()
        if text[at : at + 1] == "{":
            close = balanced(text, at)
            text = "" if close is None else text[close + 1 :]
        else:
            command = re.compile(r"\\[A-Za-z]+|.").match(text, at)
            text = text[command.end() :] if command else ""
    return text


def _is_named(label: str) -> bool:
    """One name, or bars around one, with its scripts, primes and arguments."""
    rest, in_bars = _after_bars(label)
    if not in_bars:
        named = _NAME.match(label)
        if named is None or _SAYS_MORE.match(label):
            return False
        rest = label[named.end() :].lstrip()
        if named[0][1:] in _TYPES and named[0][0] == "\\":
            rest = _after_group(rest) if rest.startswith("{") else rest[1:]
    while rest := rest.lstrip():
        if rest[0] in "'′’":
            rest = rest[1:]
        elif rest[0] in "([":
            rest = _after_group(rest)
        elif rest[0] == "_" or (rest[0] == "^" and (in_bars or _names_above(rest))):
            rest = _after_one_script(rest)
        else:
            return False
    return True


def _after_bars(label: str) -> tuple[str, bool]:
    """What follows the second bar, if the label begins with one."""
    found = re.compile(r"(\\\||\\lVert|‖|\|\|?).{1,60}?(\\\||\\rVert|‖|\|\|?)").match(label)
    return (label[found.end() :], True) if found else (label, False)


def _after_group(text: str) -> str:
    close = balanced(text, 0)
    return "+" if close is None else text[close + 1 :]


def _after_one_script(text: str) -> str:
    found = re.compile(r"[_^]\s*(?:(?P<group>\{)|\\[A-Za-z]+|\S)").match(text)
    if found is None:
        return "+"
    return _after_group(text[found.start("group") :]) if found["group"] else text[found.end() :]


def _names_above(text: str) -> bool:
    r"""Whether what stands above is part of a name: `\prime`, `*`, `(t)`, `[l]`, `\top`, or an inverse."""
    above = text[1 : len(text) - len(_after_one_script(text))].strip("{} ")
    if re.sub(r"\s", "", above) == "-1":
        return _after_one_script(text).lstrip().startswith("(")
    return re.fullmatch(r"\\[A-Za-z]+|[*'′T]+|(\\prime)+|[(\[][^()\[\]]*[)\]]", above) is not None
