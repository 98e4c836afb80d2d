"""What people write around an answer: a label, a hedge, a remark, the way to it; other scripts' digits.

Nothing here decides what an answer is worth. A text with two answers, or one that doubts its own, stays.
"""

from __future__ import annotations

from quizkit.values.numbers import compiled

# Two answers, a doubt, or a word that changes the number.
_TURNS = (
    r"(?i:\b(?:or|not|no|never|maybe|perhaps|possibly|either|neither|versus|vs|but|instead|except|without|"
    r"plus|minus|times|divided|between|to|than|least|most|half|twice|double|dozen|another|"
    r"if|unless|depends|wrong|incorrect|(?:is|are) false|too|off|impossible|hex|octal|binary|base|"
    r"each|then|transposed|reversed|flattened|permuted|swapped|input)\b)|n't|[?±<>≤≥≠]"
)
_LEAD = (
    r"(?i:\s*(?:(?:i(?:'d| would)? (?:think|guess|believe|say)|it(?:'s| is| would be| should be)|"
    r"that(?:'s| is| makes| gives)|(?:the |my )?(?:final )?(?:answer|result|value|total)(?: is| would be)?|"
    r"(?:error|accuracy|loss|precision|recall|success|hit|drop)(?: rate| score)?|gives|equals|so|thus|"
    r"therefore|hence|exactly|precisely|just|only|roughly|about|around|circa|ca\.?|"
    r"nearly|approx(?:imately|\.)?|probably)[\s:,]+)+)(?=\S)"
)
_DENYING = r"(?i:\b(?:not|no|never|wrong|incorrect|false|half|twice|double|negative|minus)\b)"
_QUOTES = "\"'`“”„«»"
_LABEL = r"\s*(?:[A-Za-z]+-[0-9]+|[A-Za-z_][\w .,/@%()'-]{0,40}?[A-Za-z)_]|[A-Za-z])\s*:\s*(?=\S)"
_REASON = (
    r"(?i:\s*[,;.–—-]?\s*\b(?:because|since|as (?:the|it|each|all|there)|due to|thanks to)\b.*)"
)
_CONCLUDING = (
    r"=>|[=≈~→⇒∴]|->|\\(?:approx|to|rightarrow|Rightarrow)\b|"
    r"(?i:(?:^|[\s,;])(?:so|therefore|thus|hence|together|altogether|in total|giving|makes|total)\b:?)"
)
_TWO_STATED = r"[=:][^=]*[,;][^=,;]*[A-Za-z]\s*="  # `lr = 0.1, momentum = 0.9`
_WORKED = r"[-+*/×·⋅∗^()−]|\bby\b|\b[xX]\b|[0-9].*[^0-9.,].*[0-9]"
_ORDERS = ("NCHW", "BCHW", "NHWC", "BHWC", "BTD", "BTC", "NTD", "NLC", "NCL", "BCT")
_NAMED_AXES = r"\s*\w+\s*=\s*[0-9]{1,15}(?:\s*,\s*\w+\s*=\s*[0-9]{1,15})+\s*"
_ROWS_AND_COLUMNS = r"\s*([0-9]{1,15}) rows?(?:,| and|, and| x| by)? ([0-9]{1,15}) col(?:umn)?s?\s*"
_BRACKET = (
    r"(?P<lead>\s*(?:[A-Za-z_][\w.]*\s*[:=]|(?:b?f|u?i|float|u?int)[0-9]+(?=\[)|(?:[A-Za-z][\w.]*\s+){0,3}(?:shape|size|dims?)(?:\s+is)?\s*[:=]?)?\s*)"
    r"(?P<axes>\([^\[\]()<>]*\)|\[[^\[\]()<>]*\]|<[^\[\]()<>]*>|\{[^\[\](){}<>]*\})"
    r"(?P<remark>\s*[.]?|(?:\s*[,;:=–—]\s*|\s+)[A-Za-z0-9][^\[\]()<>+*/]*)"
)
_ONE_TERM = (
    r"\s*\S+\s*|\s*[A-Za-z][^0-9]*(?:[A-Za-z][0-9]+[^0-9]*)?"  # or a name, such as `fp16 max`
)


# Digits of Arabic, Persian and Hindi; full-width signs; commas and points of other scripts.
_SCRIPTS = {
    **{0xFF01 + at: chr(0x21 + at) for at in range(94)},
    **{zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)},
    **dict(zip(map(ord, "٫٬،、\u3000хХ"), ".,,, xx", strict=True)),  # the last two are Cyrillic
}


def in_ascii(text: str) -> str:
    """Full-width signs, Arabic, Persian and Indian digits, and the Cyrillic х, as ASCII; places stay."""
    return text if text.isascii() else text.translate(_SCRIPTS)


def unquoted(text: str) -> str:
    """Without quotation marks around it and full stops behind it."""
    text = text.strip()
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1]
    return text.rstrip("." + " ")


def without_lead(text: str) -> str:
    """Without a label (`lr: 3e-5`) or a phrase (`I think it is 12`) before the answer; places stay."""
    for pattern in (_LABEL, _LEAD):
        found = compiled(pattern).match(text)
        if found and not compiled(_DENYING).search(found[0]):
            text = " " * found.end() + text[found.end() :]
    return text


def without_remark(text: str, ends: str, *, is_loose: bool = False) -> str:
    """Without a reason or a remark behind the answer, which ends as the pattern `ends` says

    A remark in brackets, or a reason, may hold numbers; else only words follow, behind a comma or dash
    or beginning with `is`, or, if `is_loose`, just behind the answer.
    """
    parting = r"(?:\s*[,;–—]\s*|\s+)" if is_loose else r"(?:\s*[,;–—]\s*|\s+(?=(?:is|are)\b))"
    for end, behind in (
        (ends, _REASON),
        (ends, r"\s*[,;(–—]\s*(?:and |so )?not [-0-9][^A-Za-z]*[A-Za-z/]*\)?"),  # `469, not 468`
        (r"[^\s,;]", r"[\s,;]+(?P<remark>\([^()]*[A-Za-z][^()]*\))\.?"),
        (ends, rf"{parting}(?P<remark>[A-Za-z][^0-9=()+*/]*)"),
    ):
        found = compiled(rf"(?P<kept>.*?{end})(?:{behind})").fullmatch(text)
        if found and not doubts(found.groupdict().get("remark") or ""):
            return str(found["kept"])
    return text


def doubts(text: str) -> bool:
    """Whether it may hold another answer, or take this one back."""
    return compiled(_TURNS).search(text) is not None


def concluded(text: str) -> tuple[str, str, bool] | None:
    """The way, the result, and whether a word or an arrow leads to it; None for no such text

    `50000/128 = 390.6 → 391`, `64 filters, so 9408`; but `1.1 nats = 1.6 bits` says one thing twice, and
    `lr = 0.1, momentum = 0.9` two things.
    """
    places = list(compiled(_CONCLUDING).finditer(text))
    if not places or doubts(text) or compiled(_TWO_STATED).search(text):
        return None
    way, result = text[: places[-1].start()], text[places[-1].end() :]
    sign = places[-1][0].strip(" ,;:")
    is_equal = sign in ("=", "≈", "~")
    if not result.strip() or (
        is_equal and not (compiled(_WORKED).search(way) or compiled(_ONE_TERM).fullmatch(way))
    ):
        return None
    return way, result, not is_equal


def unnamed_axes(text: str) -> str:
    """`C=3, H=224, W=224` and `32 rows, 10 columns` as `3, 224, 224` and `32, 10`."""
    if compiled(_NAMED_AXES).fullmatch(text) and _is_usual(compiled(r"(\w+)\s*=").findall(text)):
        return ", ".join(compiled("[0-9]+").findall(compiled(r"\w+\s*=").sub("", text)))
    if found := compiled(_ROWS_AND_COLUMNS).fullmatch(text):
        return f"{found[1]}, {found[2]}"
    return text


def _is_usual(labels: list[str]) -> bool:
    """Whether the axes are named in an order in which they usually stand; else the names may contradict."""
    joined = "".join(labels)
    return any(joined in order for order in _ORDERS)


def bracketed(text: str, symbols: tuple[str, ...] = ()) -> str:
    """The only bracket of a text, as `(…)` at its place, where a label or remark stands beside it.

    `W: (3072, 768)`, `<B, T, V>`, `(3,), 1-D`; what may be more axes is no remark.
    """
    found = compiled(_BRACKET).fullmatch(text)
    if found is None:
        return text
    lead, remark = found["lead"], found["remark"]
    words = compiled("[A-Za-z]\\w+|[0-9]-?[dD]\\b").findall(remark)
    if remark.strip(" .") and (doubts(remark) or not set(words) - {*symbols}):
        return text
    return " " * len(lead) + f"({found['axes'][1:-1].replace(';', ',')})"
