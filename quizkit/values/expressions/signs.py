"""The signs, Unicode letters and LaTeX commands that have a meaning in a formula."""

from __future__ import annotations

from quizkit.values.expressions.tree import BARE, table

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵏᵐᵗᵃᵇᵀ", "0123456789+-()nixykmtabT", strict=True))
VULGAR = set("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
OPERATORS = {
    **dict.fromkeys("−–—‐‑﹣－", "-"),
    **dict.fromkeys("×✕∗·⋅∙•＊", "*"),
    **dict.fromkeys("÷⁄／", "/"),
    BARE: BARE,
    **dict.fromkeys("≤⩽≦", "≤"),
    **dict.fromkeys("≥⩾≧", "≥"),
    "≠": "≠",
    "＝": "=",
    "＋": "+",
    "∣": "|",
    "‖": "‖",
    "∥": "‖",
    "±": "±",
    "⊙": "⊙",
    "∘": "⊙",
    "∪": "∪",
    "∖": "∖",
    "∈": "in",
    "∧": "and",
    "∨": "or",
    "√": "√",
    "∛": "∛",
    "∅": "∅",
    "⌊": "⌊",
    "⌋": "⌋",
    "⌈": "⌈",
    "⌉": "⌉",
    "⟨": "(",
    "⟩": ")",
    "≈": "=",
}
# Signs that are spoken; behind the longer ones stands `by`.
SPOKEN = {"plus": "+", "minus": "-", "times": "*", "multiplied": "*", "divided": "/"}
SPOKEN_POWERS = {"squared": 2, "cubed": 3}
NAMED = {"∞": "inf", "∑": "sum", "∏": "prod", "𝟙": "indicator", "𝟏": "indicator"}
PAIRS = {
    "**": "^", "<=": "≤", ">=": "≥", "=<": "≤", "==": "=", "!=": "≠", "&&": "and",
}  # fmt: skip
# After these names a subscript is a base, a range or a place of its own.
BASED = frozenset(("sum", "prod", "log", "max", "min", "softmax"))
SINGLE = frozenset("+-*/^()[]{}|,;!<>=%@_")

# --- LaTeX ------------------------------------------------------------------------------------

SKIPPED = table(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle limits nolimits"
    " quad qquad middle mathopen mathclose mathrel mathbin mathord scriptstyle nonumber notag"
    " enspace enskip thinspace medspace thickspace negthinspace negmedspace allowbreak nobreak"
    " mathstrut strut relax underline"
)
SPACES = table("hspace vspace mspace hskip vskip mskip kern mkern")
INLINE = table(
    "text mathrm operatorname mathbf mathit boldsymbol bm textbf textit mathsf mathcal rm bf"
    " mbox hbox textrm textnormal textsf texttt mathtt mathnormal mathscr mathfrak pmb symbf"
    " operatornamewithlimits ensuremath"
)
ACCENT_COMMANDS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
    "widetilde": "tilde", "vec": "vec", "dot": "dot",
}  # fmt: skip
LAYOUTS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"), "frac"),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), "binom"),
    **{name: name for name in ("sqrt", "begin", "end", "over")},
    "choose": "over choose",
}
LATEX = {
    "cdot": "*", "times": "*", "ast": "*", "odot": "⊙", "circ": "⊙", "div": "/", "le": "≤", "leq": "≤",
    "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠", "neq": "≠", "lt": "<",
    "gt": ">", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|", "lVert": "‖", "rVert": "‖",
    "Vert": "‖", "pm": "±", "cup": "∪", "in": "in", "lor": "or", "vee": "or", "land": "and",
    "wedge": "and", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "emptyset": "∅",
    "varnothing": "∅", "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]",
    "langle": "(", "rangle": ")", "approx": "=", "equiv": "=", "leqq": "≤", "geqq": "≥", "star": "*",
    "colon": ":", "lparen": "(", "rparen": ")", "parallel": "‖", "setminus": "∖", "smallsetminus": "∖",
}  # fmt: skip
