"""Numbers as programs write them: `1 e-3` and `0x400`; and an `e` that may be an exponent or 2.718."""

from __future__ import annotations

from quizkit.model import Misread
from quizkit.values.numbers import PLAIN, compiled

# Blanks before an exponent with its sign: nobody subtracts 3 from 2.5·e so.
_SPACED_EXPONENT = r"(?<=[0-9.])[ \t]+[eE](?=[-+][0-9])|(?<=[0-9.])[ \t]+E(?=[0-9])"
# No more digits than make the number shorter than its text, so that places stay within it.
_OTHER_BASE = r"(?<![\w.])0(?:[xX][0-9A-Fa-f]{1,9}|[bB][01]{1,64}|[oO][0-7]{1,21})(?![\w.])"
_OF_TWO_READINGS = (
    r"[0-9.]\s*[eE](?=\s*\Z|\s+[-+]\s*[0-9]|[-+]\s+[0-9])"  # `1000e`, `2 e - 5`
    r"|[0-9.]\s*[*x]\s*e(?=[-+][0-9])"  # `1*e-3`
    r"|[0-9.](?:\s+e|[eE]\s+)(?=[0-9])"  # `1 e3`, `1e 3`
)
_POWER_OF_E = r"(?<=[0-9.])\s*[*x]?\s*e\s*(?:\^|\*\*)\s*\(?\s*(?P<exponent>[-+]?[0-9]{1,3})\s*\)?"


def in_plain_digits(text: str) -> str:
    """`1 e-3` as `1e-3`, `0x400` as `1024`, never longer than before."""
    plain = text.translate(PLAIN)
    if compiled(_SPACED_EXPONENT).search(plain):
        text = compiled(_SPACED_EXPONENT).sub("e", plain)
    return compiled(_OTHER_BASE).sub(lambda found: str(int(found[0], 0)), text)


def misread_exponent(text: str) -> Misread | None:
    """What to ask about an `e` that may be Euler's number or lead an exponent; mostly nothing."""
    found = compiled(_OF_TWO_READINGS).search(text.translate(PLAIN))
    if found is None:
        return None
    return Misread(
        "e may lead a power of ten or be 2.718…; write 2e-5 for the one, (2*e) - 5 for the other",
        found.end() - 1,
    )


def misread_power(text: str) -> Misread:
    """What to ask about `2e^-5`, where just the reading as a power of ten would be right."""
    found = compiled(_POWER_OF_E).search(text.translate(PLAIN))
    raised = found["exponent"] if found else "n"
    return Misread(
        f"may be times 2.718…^({raised}) or times 10^({raised}); write *exp({raised}) or e{raised}",
        found.start() if found else 0,
    )


def as_power_of_ten(text: str) -> str:
    """`2e^-5` as `2e-5`, which some mean by it; a text that holds no power of e as it is."""
    plain = text.translate(PLAIN)
    changed = compiled(_POWER_OF_E).sub(r"e\g<exponent>", plain)
    return text if changed == plain else changed
