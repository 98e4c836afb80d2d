"""Identities of softmax, cross-entropy and divergences: gaps at some logits, and proofs for all by sympy."""

from __future__ import annotations

from math import log
from typing import Any, Literal

from .functions import derivative, value
from .identities import _largest_gap
from .likelihoods import kullback_leibler
from .objectives import Loss, loss_gradient
from .ranges import _numbers, _one_of
from .vector_functions import log_sum_exp, tempered_softmax, tempered_softmax_jacobian

LOGITS = (0.5, -1.25, 2.0, 0.75)


def softmax_shift_gap(classes: int, factor: float, everywhere: bool) -> float:
    """|softmax(factor · z + c) − softmax(z)|, c = 3 added to all logits or to the first only"""
    z = _logits(classes)
    moved = [factor * x + 3.0 * (everywhere or i == 0) for i, x in enumerate(z)]
    pairs = zip(tempered_softmax(moved), tempered_softmax(z), strict=True)
    return _largest_gap(p - q for p, q in pairs)


def softmax_shift_gap_by_identity(classes: int, factor: float, everywhere: bool) -> float:
    """Symbolic logits and a symbolic shift."""
    import sympy as sp

    z, c = _symbols(classes), sp.Symbol("c", real=True)
    moved = [sp.Rational(factor) * x + c * int(everywhere or i == 0) for i, x in enumerate(z)]
    gaps = [p - q for p, q in zip(_softmax(moved), _softmax(z), strict=True)]
    return _proved([gap if sp.simplify(gap) == 0 else gap.subs(c, 3) for gap in gaps], z)


def softmax_jacobian_gap(classes: int, delta: bool, sign: int = -1) -> float:
    """|∂p_i/∂z_j − (p_i δ_ij + sign · p_i p_j)|, δ left out if not delta"""
    z = _logits(classes)
    p, rows = tempered_softmax(z), tempered_softmax_jacobian(z)
    return _largest_gap(
        rows[i][j] - (delta * (i == j) + sign * p[j]) * p[i]
        for i in range(classes)
        for j in range(classes)
    )


def softmax_jacobian_gap_by_identity(classes: int, delta: bool, sign: int = -1) -> float:
    """Every entry differentiated symbolically."""
    import sympy as sp

    z = _symbols(classes)
    p = _softmax(z)
    entries = [(i, j) for i in range(classes) for j in range(classes)]
    return _proved(
        [sp.diff(p[i], z[j]) - (int(delta and i == j) + sign * p[j]) * p[i] for i, j in entries], z
    )


def softmax_jacobian_rank(classes: int) -> int:
    """The rank of ∂p/∂z, K − 1: adding the same to all logits changes nothing"""
    rows = tempered_softmax_jacobian(_logits(classes))
    rank = 0
    for column in range(classes):
        pivot = max(range(rank, classes), key=lambda i: abs(rows[i][column]), default=rank)
        if rank == classes or abs(rows[pivot][column]) < 1e-12:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, classes):
            ratio = rows[i][column] / rows[rank][column]
            rows[i] = [a - ratio * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank


def softmax_jacobian_rank_by_identity(classes: int) -> int:
    """S diag(w) − w wᵀ, S² times it, for any w = exp z: the largest leading minor that is positive."""
    import sympy as sp

    _logits(classes)
    w = sp.symbols(f"w0:{classes}", positive=True)
    scaled = sum(w) * sp.diag(*w) - sp.Matrix(w) * sp.Matrix(w).T
    minors = {k: sp.expand(scaled[:k, :k].det()) for k in range(1, classes + 1)}
    return max(k for k, minor in minors.items() if minor.is_positive)


def cross_entropy_gradient_gap(classes: int, label_part: float) -> float:
    """|∂(−ln softmax(z)_y)/∂z − (p − label_part · one-hot)|: 0 for 1"""
    _numbers(label_part=label_part)
    z = _logits(classes)
    p, rows = tempered_softmax(z), tempered_softmax_jacobian(z)
    slopes = [-rows[0][j] / p[0] for j in range(classes)]
    return _largest_gap(
        s - q + label_part * (j == 0) for j, (s, q) in enumerate(zip(slopes, p, strict=True))
    )


def cross_entropy_gradient_gap_by_identity(classes: int, label_part: float) -> float:
    """The symbolic gradient of −ln softmax(z)₀."""
    import sympy as sp

    z = _symbols(classes)
    p, part = _softmax(z), sp.Rational(label_part)
    return _proved(
        [sp.diff(-sp.log(p[0]), x) - p[j] + part * int(j == 0) for j, x in enumerate(z)], z
    )


def two_class_gap(factor: float) -> float:
    """|softmax([a, b])₀ − σ(factor · (a − b))|: 0 for 1"""
    z = _logits(2)
    return _largest_gap([tempered_softmax(z)[0] - value("sigmoid", factor * (z[0] - z[1]))])


def two_class_gap_by_identity(factor: float) -> float:
    """Two symbolic logits."""
    import sympy as sp

    z = _symbols(2)
    sigmoid = 1 / (1 + sp.exp(-sp.Rational(factor) * (z[0] - z[1])))
    return _proved([_softmax(z)[0] - sigmoid], z)


def log_sum_exp_gradient_gap(classes: int, hard: bool) -> float:
    """|∂ ln Σ exp z/∂z − softmax(z)|, or less the one-hot of the maximum if hard"""
    z, h = _logits(classes), 1e-4
    gaps = []
    for j, p in enumerate(tempered_softmax(z)):
        ends = [
            log_sum_exp([x + step * h * (i == j) for i, x in enumerate(z)])
            for step in (-2, -1, 1, 2)
        ]
        slope = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * h)
        gaps.append(slope - (float(z[j] == max(z)) if hard else p))
    return _largest_gap(gap if abs(gap) > 1e-9 else 0.0 for gap in gaps)


def log_sum_exp_gradient_gap_by_identity(classes: int, hard: bool) -> float:
    """The symbolic gradient."""
    import sympy as sp

    z, numbers = _symbols(classes), _logits(classes)
    total = sp.log(sum(map(sp.exp, z)))
    wanted = [sp.Integer(x == max(numbers)) for x in numbers] if hard else _softmax(z)
    return _proved([sp.diff(total, x) - w for x, w in zip(z, wanted, strict=True)], z)


def log_sum_exp_excess(classes: int, level: float) -> float:
    """ln Σ exp z − max z for K equal logits: ln K, the most it can be"""
    if classes < 1:
        raise ValueError(f"classes must be 1 or more, found {classes}")
    return log_sum_exp([level for _ in range(classes)]) - level


def log_sum_exp_excess_by_sympy(classes: int, level: float) -> float:
    """The same with an exact level."""
    import sympy as sp

    if classes < 1:
        raise ValueError(f"classes must be 1 or more, found {classes}")
    exact = sp.Rational(level)
    return float(sp.N(sp.log(classes * sp.exp(exact)) - exact, 20))


def entropy_split_gap(classes: int, entropy_part: float) -> float:
    """|H(q, p) − entropy_part · H(q) − KL(q ‖ p)|: 0 for 1"""
    _numbers(entropy_part=entropy_part)
    q, p = tempered_softmax(_logits(classes)), tempered_softmax([-2 * x for x in _logits(classes)])
    cross = -sum(a * log(b) for a, b in zip(q, p, strict=True))
    entropy = -sum(a * log(a) for a in q)
    return _largest_gap([cross - entropy_part * entropy - kullback_leibler(q, p)])


def entropy_split_gap_by_identity(classes: int, entropy_part: float) -> float:
    """Symbolic probabilities; logarithms of quotients expanded."""
    import sympy as sp

    _logits(classes)
    q, p = (sp.symbols(f"{name}0:{classes}", positive=True) for name in "qp")
    cross = -sum(a * sp.log(b) for a, b in zip(q, p, strict=True))
    entropy = -sum(a * sp.log(a) for a in q)
    split = sum(a * sp.expand_log(sp.log(a / b)) for a, b in zip(q, p, strict=True))
    gap = sp.expand(cross - sp.Rational(entropy_part) * entropy - split)
    if gap == 0:
        return 0.0
    z = [sp.Rational(x) for x in _logits(classes)]
    numbers = [*_softmax(z), *_softmax([-2 * x for x in z])]
    return abs(float(sp.N(gap.subs(dict(zip([*q, *p], numbers, strict=True))), 20)))


def sigmoid_loss_slope_gap(loss: Literal["cross-entropy", "squared"], slope_kept: bool) -> float:
    """|∂loss/∂z − (a − t)|, or with the factor a (1 − a) if kept: it cancels only for cross-entropy"""
    _one_of(("cross-entropy", "squared"), loss=loss)
    gaps = []
    for z in LOGITS:
        a, t = value("sigmoid", z), 0.25
        outer = (a - t) / (a * (1 - a)) if loss == "cross-entropy" else a - t
        slope = outer * derivative("sigmoid", z)
        gaps.append(slope - (a - t) * (a * (1 - a) if slope_kept else 1))
    return _largest_gap(gaps)


def sigmoid_loss_slope_gap_by_identity(
    loss: Literal["cross-entropy", "squared"], slope_kept: bool
) -> float:
    """Symbolic derivative of −t ln a − (1 − t) ln(1 − a), or ½ (a − t)², at a = σ(z)."""
    import sympy as sp

    (z,), t = _symbols(1), sp.Symbol("t", positive=True)
    a = 1 / (1 + sp.exp(-z))
    losses = {
        "cross-entropy": -t * sp.log(a) - (1 - t) * sp.log(1 - a),
        "squared": (a - t) ** 2 / 2,
    }
    gap = sp.diff(losses[loss], z) - (a - t) * (a * (1 - a) if slope_kept else 1)
    if sp.simplify(gap) == 0:
        return 0.0
    numbers = [gap.subs({t: sp.Rational(1, 4), z: sp.Rational(x)}) for x in LOGITS]
    return max(abs(float(sp.N(number, 20))) for number in numbers)


def best_probability(loss: Literal["cross-entropy", "squared", "absolute"], chance: float) -> float:
    """The p with the least expected loss if 1 comes with this chance: the chance itself if proper"""
    _one_of(("cross-entropy", "squared", "absolute"), loss=loss)
    _chance(chance)

    if loss == "absolute":
        return float(chance > 0.5)
    name: Loss = "squared" if loss == "squared" else "binary-cross-entropy"
    low, high = 1e-9, 1 - 1e-9
    for _ in range(60):
        p = (low + high) / 2
        if_one, if_zero = loss_gradient(name, [p, p], [1.0, 0.0], "sum")
        low, high = (low, p) if chance * if_one + (1 - chance) * if_zero > 0 else (p, high)
    return (low + high) / 2


def best_probability_by_identity(
    loss: Literal["cross-entropy", "squared", "absolute"], chance: float
) -> float:
    """The symbolic root of the expected slope for any chance; a line is least at one of its ends."""
    import sympy as sp

    _chance(chance)
    q, p = sp.symbols("q p", positive=True)
    expected = {
        "cross-entropy": -q * sp.log(p) - (1 - q) * sp.log(1 - p),
        "squared": q * (1 - p) ** 2 + (1 - q) * p**2,
        "absolute": q * (1 - p) + (1 - q) * p,
    }[loss]
    roots = sp.solve(sp.diff(expected, p), p)
    if roots:
        return float(roots[0].subs(q, chance))
    ends = [expected.subs({p: end, q: chance}) for end in (0, 1)]
    return float(bool(ends[1] < ends[0]))


def _logits(classes: int) -> list[float]:
    if not 2 <= classes <= len(LOGITS):
        raise ValueError(f"classes must be from 2 to {len(LOGITS)}, found {classes}")
    return list(LOGITS[:classes])


def _chance(chance: float) -> None:
    if not 0.001 <= chance <= 0.999 or chance == 0.5:
        raise ValueError(f"chance must be from 0.001 to 0.999 and not 0.5, found {chance}")


def _symbols(classes: int) -> list[Any]:
    import sympy

    return list(sympy.symbols(f"z0:{classes}", real=True))


def _softmax(logits: list[Any]) -> list[Any]:
    import sympy

    weights = [sympy.exp(z) for z in logits]
    return [w / sum(weights) for w in weights]


def _proved(gaps: list[Any], symbols: list[Any]) -> float:
    """0 if each gap vanishes for all logits by simplification, else the largest at the numbers."""
    import sympy as sp

    left = [gap for gap in gaps if sp.simplify(gap) != 0]
    numbers = dict(zip(symbols, map(sp.Rational, LOGITS), strict=False))
    return max((abs(float(sp.N(gap.subs(numbers), 20))) for gap in left), default=0.0)
