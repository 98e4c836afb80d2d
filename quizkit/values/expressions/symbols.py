"""The symbols that a question declares: `{x: real, n: positive integer, p: {from: 0, to: 1}}`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct

from quizkit.model import Range

KINDS = (
    "real", "positive", "negative", "nonnegative", "integer", "natural", "probability", "matrix",
)  # fmt: skip

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)
GREEK = {**_GREEK, "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta", "ϱ": "rho", "µ": "mu", "ℓ": "ell"}
GREEK_LETTERS = {name: letter for letter, name in reversed(_GREEK.items()) if letter != "ς"}
_SAME = {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varsigma": "sigma"}
_SPELLED = {"lam": "lambda", "lambd": "lambda", "lambda_": "lambda", "eps": "epsilon"}
ACCENTS = {
    "\u0302": "hat",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0303": "tilde",
    "\u20d7": "vec",
    "\u0307": "dot",
}
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌", "0123456789aehijklmnoprstuvx+-=", strict=True)
)


Declared = Mapping[str, "str | Range"]


class Domain(Struct, frozen=True):
    """Where a symbol's values lie; a bound itself belongs to it unless `is_open`.

    A matrix is square and invertible, and commutes with no other.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    is_integer: bool = False
    is_open: bool = True
    is_matrix: bool = False


def domain(declared: str | Range | Mapping[str, Any]) -> Domain:
    """The domain that a declaration states, or `ValueError`."""
    if isinstance(declared, Mapping):
        declared = Range(
            start=declared.get("from"),
            stop=declared.get("to"),
            integer=bool(declared.get("integer", False)),
        )
    if isinstance(declared, Range):
        return _range(declared)
    words = declared.replace("-", "").split()
    unknown = [word for word in words if word not in KINDS]
    if unknown or not words:
        raise ValueError(f"a symbol is {declared!r}; expected words of {', '.join(KINDS)}")
    if "probability" in words:
        return Domain(Fraction(0), Fraction(1))
    if "matrix" in words:
        return Domain(is_matrix=True)
    is_integer = "integer" in words or "natural" in words
    at_least_zero = {"positive", "nonnegative", "natural"} & set(words)
    positive = "positive" in words or "natural" in words
    return Domain(
        low=Fraction(int(is_integer and positive)) if at_least_zero else None,
        high=Fraction(-int(is_integer)) if "negative" in words else None,
        is_integer=is_integer,
        is_open=not is_integer and "nonnegative" not in words,
    )


def _range(declared: Range) -> Domain:
    low, high = (
        None if end is None else Fraction(repr(end)) for end in (declared.start, declared.stop)
    )
    if low is not None and high is not None and low >= high:
        raise ValueError(f"a symbol runs from {low} to {high}; expected from below to")
    return Domain(low, high, declared.integer, not declared.integer)


def folded(name: str) -> str:
    """One spelling for all ways to write a name: `x_1`, `x₁`, `x_{1}` and `x1`; `ŷ` and `y_hat`."""
    plain = unicodedata.normalize("NFD", name.replace("µ", "μ"))
    plain = "".join(_spelled(char) for char in plain)
    plain = re.sub(r"\\?(?:text|mathrm|mathbf|operatorname|mathit)\b|\\|[_{}\s,]", "", plain)
    return _SAME.get(plain, plain)


def _spelled(char: str) -> str:
    if char in "'′’":
        return "prime"
    if char in GREEK:
        return GREEK[char]
    return ACCENTS.get(char) or SUBSCRIPTS.get(char) or char


def spellings(names: Mapping[str, Any]) -> dict[str, str]:
    """The declared name by each folded spelling of it, Python's `lam` for `lambda` included."""
    known = {folded(name): name for name in names}
    for short, long in _SPELLED.items():
        if long in known:
            known.setdefault(short, known[long])
    return known


def split_index(name: str) -> tuple[str, str] | None:
    """`("x", "i")` for a name with a subscript of small letters, such as `x_i` or `w_ij`, not `n_in`."""
    plain = "".join("_" + SUBSCRIPTS[char] if char in SUBSCRIPTS else char for char in name)
    found = re.fullmatch(r"(.+?)_\{?([i-n](?:[,_]?[i-n])?)\}?", plain)
    if found is None or found[2] == "in":
        return None
    return found[1], re.sub(r"[,_]", "", found[2])
