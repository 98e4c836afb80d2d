"""Formulas as text, and formulas found from measurements: what solvers of formulas share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

Number = int | float | Fraction
LARGEST_DENOMINATOR = 24


def _fitted(
    names: str,
    terms: str,
    points: Iterable[Sequence[Number]],
    values: Iterable[Number],
    slack: float = 1e-6,
) -> str:
    """The one combination of the terms, with simple fractions, that passes through all the values.

    There must be more points than terms, so that a formula of another form is found out.
    """
    import numpy as np
    import sympy

    symbols = {name: sympy.Symbol(name) for name in names.split()}
    parts = [sympy.sympify(term, locals=symbols) for term in terms.split()]
    evaluated = sympy.lambdify(list(symbols.values()), parts, "math")
    rows = np.array([evaluated(*map(float, point)) for point in points], dtype=float)
    wanted = np.array([float(value) for value in values])
    if len(rows) <= len(parts) or np.linalg.matrix_rank(rows) < len(parts):
        raise ValueError(f"{len(rows)} points do not tell {len(parts)} terms apart")
    found = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    factors = [Fraction(float(each)).limit_denominator(LARGEST_DENOMINATOR) for each in found]
    gaps = rows @ np.array([float(each) for each in factors]) - wanted
    if (abs(gaps) > slack * (1 + abs(wanted))).any():
        raise ValueError(f"no combination of {terms} fits; the nearest misses by {abs(gaps).max()}")
    whole = [sympy.Rational(each.numerator, each.denominator) for each in factors]
    return str(sum(factor * part for factor, part in zip(whole, parts, strict=True)))


def _text(formula: Any) -> str:
    """The formula as one would write it: y*(1 - y) for -y*(y - 1), and 1 - y for -y + 1."""
    import sympy

    texts = [
        sympy.sstr(each, order=order)
        for each in _alike(formula)
        for order in (None, "lex", "rev-lex", "old", "none")
    ]
    return str(
        min(texts, key=lambda text: (2 * text.count("(-") + text.startswith("-"), len(text)))
    )


def _alike(formula: Any) -> list[Any]:
    """The same product with the signs of any of its sums turned round, above or below."""
    import sympy

    coefficient, factors = formula.as_coeff_mul()
    bases = [each.as_base_exp() for each in factors]
    sums = [at for at, (base, power) in enumerate(bases) if base.is_Add and abs(power) == 1]
    found = [formula]
    for count in range(1, len(sums) + 1):
        for chosen in combinations(sums, count):
            others = [each for at, each in enumerate(factors) if at not in chosen]
            turned = [(-bases[at][0]) ** bases[at][1] for at in chosen]
            found.append(sympy.Mul((-1) ** count * coefficient, *others, *turned))
    return found
