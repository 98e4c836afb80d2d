"""What a loss is like as a curve: its range, its limits, how steep it gets.

The curves are those of `objectives`, each of one number u: losses of a difference of u = prediction −
target, squared-log of the prediction for target 0 (u > −1), poisson of the predicted log rate for count 1,
margin losses of u = target · score, binary-cross-entropy of the probability of the true class (0 < u < 1),
binary-cross-entropy-logits and focal of the true class's logit, softmax-cross-entropy of the true logit's
lead over parameter − 1 equal others. The parameter is else that of `objectives`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import e, inf, log
from typing import Any, Literal, NamedTuple

from .objectives import PARAMETERS, _checked, _torch_loss

Curve = Literal[
    "squared",
    "absolute",
    "huber",
    "smooth-l1",
    "log-cosh",
    "quantile",
    "epsilon-insensitive",
    "squared-log",
    "poisson",
    "zero-one",
    "perceptron",
    "hinge",
    "squared-hinge",
    "logistic",
    "exponential",
    "binary-cross-entropy",
    "binary-cross-entropy-logits",
    "focal",
    "softmax-cross-entropy",
]


class Facts(NamedTuple):
    """Infimum and supremum, and the limits at both ends, of a curve and of its slope."""

    values: tuple[float, float]
    ends: tuple[float, float]
    slopes: tuple[float, float]
    slope_ends: tuple[float, float]


def value_range(loss: Curve, parameter: float | None = None) -> list[float]:
    """[inf L, sup L] over all u, attained or not: 0 and ∞ but for 0-1 (0, 1) and poisson (1, ∞)"""
    return list(_facts(loss, parameter).values)


def value_range_by_torch(loss: Curve, parameter: float | None = None) -> list[float]:
    """Smallest and largest of torch's own losses on a wide grid that zooms in; ∞ where they still grow."""
    return _scanned(partial(_torch_values, loss, _parameter(loss, parameter)), loss)


def limits(loss: Curve, parameter: float | None = None) -> list[float]:
    """[lim L at the lower end of u, lim L at the upper end]: margin losses fall from ∞ to 0"""
    return list(_facts(loss, parameter).ends)


def limits_by_sympy(loss: Curve, parameter: float | None = None) -> list[float]:
    """Limits of sympy."""
    return _symbolic_limits(loss, _parameter(loss, parameter), order=0)


def slope_range(loss: Curve, parameter: float | None = None) -> list[float]:
    """[inf L′, sup L′] over all u but kinks: ±δ for huber, ±1 for absolute, −1 and 0 for hinge and
    logistic, 0 and 0 for the 0-1 loss; a bounded slope is what makes a loss robust   [Huber 1964]"""
    return list(_facts(loss, parameter).slopes)


def slope_range_by_autograd(loss: Curve, parameter: float | None = None) -> list[float]:
    """Smallest and largest of autograd's slopes of torch's own losses, by the same scan."""
    return _scanned(partial(_torch_slopes, loss, _parameter(loss, parameter)), loss)


def slope_limits(loss: Curve, parameter: float | None = None) -> list[float]:
    """[lim L′ at the lower end of u, lim L′ at the upper end]: −1 and 0 for logistic, −∞ and ∞ for squared"""
    return list(_facts(loss, parameter).slope_ends)


def slope_limits_by_sympy(loss: Curve, parameter: float | None = None) -> list[float]:
    """Limits by sympy of the symbolic derivative."""
    return _symbolic_limits(loss, _parameter(loss, parameter), order=1)


def _facts(loss: Curve, parameter: float | None) -> Facts:
    k = _parameter(loss, parameter)
    if loss in ("huber", "quantile", "focal"):
        return {"huber": _huber, "quantile": _quantile, "focal": _focal}[loss](k)
    return _KNOWN[loss]


_BOWL, _HILL = (0.0, inf), (inf, 0.0)
_BOUNDED = Facts(_BOWL, (inf, inf), (-1.0, 1.0), (-1.0, 1.0))
_MARGIN = Facts(_BOWL, _HILL, (-1.0, 0.0), (-1.0, 0.0))
_STEEP_MARGIN = Facts(_BOWL, _HILL, (-inf, 0.0), (-inf, 0.0))
_KNOWN = {
    "squared": Facts(_BOWL, (inf, inf), (-inf, inf), (-inf, inf)),
    "absolute": _BOUNDED,
    "smooth-l1": _BOUNDED,
    "log-cosh": _BOUNDED,
    "epsilon-insensitive": _BOUNDED,
    # The slope 2 ln(1 + u)/(1 + u) is largest at u = e − 1.
    "squared-log": Facts(_BOWL, (inf, inf), (-inf, 2 / e), (-inf, 0.0)),
    # e^u − u, least at u = 0
    "poisson": Facts((1.0, inf), (inf, inf), (-1.0, inf), (-1.0, inf)),
    "zero-one": Facts((0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    "perceptron": _MARGIN,
    "hinge": _MARGIN,
    "squared-hinge": _STEEP_MARGIN,
    "logistic": _MARGIN,
    "exponential": _STEEP_MARGIN,
    "binary-cross-entropy": Facts(_BOWL, _HILL, (-inf, -1.0), (-inf, -1.0)),
    "binary-cross-entropy-logits": _MARGIN,
    "softmax-cross-entropy": _MARGIN,
}


def _huber(delta: float) -> Facts:
    return Facts(_BOWL, (inf, inf), (-delta, delta), (-delta, delta))


def _quantile(tau: float) -> Facts:
    """A side without slope is flat at 0."""
    slopes = -tau, 1 - tau
    return Facts(_BOWL, (inf if tau > 0 else 0.0, inf if tau < 1 else 0.0), slopes, slopes)


def _focal(gamma: float) -> Facts:
    """The slope −(1 − q)^γ (γ q ln 1/q + 1 − q) is steepest between q = 0, where it is −1, and q = 1."""

    def steepness(q: float) -> float:
        entropy = q * log(1 / q) if q else 0.0
        return float((1 - q) ** gamma * (gamma * entropy + 1 - q))

    places = [k / 1000 for k in range(1000)]
    best = max(places, key=steepness)
    low, high = max(best - 0.001, 0.0), min(best + 0.001, 1.0)
    for _ in range(60):  # the one hilltop left, by thirds
        third = (high - low) / 3
        if steepness(low + third) < steepness(high - third):
            low += third
        else:
            high -= third
    steepest = max(steepness(best), steepness((low + high) / 2))
    return Facts(_BOWL, _HILL, (-steepest, 0.0), (-1.0, 0.0))


def _parameter(loss: Curve, parameter: float | None) -> float:
    """The parameter, 0 if there is none, after a look at it."""
    if loss == "softmax-cross-entropy":
        if parameter is None or parameter < 2 or parameter != int(parameter):
            raise ValueError(
                f"parameter of {loss} must be the classes, 2 or more, found {parameter}"
            )
        return parameter
    target = 1.0 if loss in _AT_ONE else 0.0
    k = _checked(loss, [0.5], [target], parameter)
    most = 20.0 if loss == "focal" else 1e6
    if loss in PARAMETERS and (k > most or 0 < k < 1e-6):
        raise ValueError(
            f"parameter of {loss} must be 0 or from 1e-6 to {most:g}, found {parameter}"
        )
    return k


_AT_ONE = (
    "poisson",
    "zero-one",
    "perceptron",
    "hinge",
    "squared-hinge",
    "logistic",
    "exponential",
    "binary-cross-entropy",
    "binary-cross-entropy-logits",
    "focal",
)


def _torch_values(loss: Curve, k: float, u: Any) -> Any:
    """torch's loss at each u; for softmax its cross_entropy of the leading logit and zeros."""
    import torch

    if loss == "softmax-cross-entropy":
        others = torch.zeros(len(u), int(k) - 1, dtype=u.dtype)
        labels = torch.zeros(len(u), dtype=torch.long)
        logits = torch.cat([u[:, None], others], 1)
        return torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    target = torch.full_like(u, float(loss in _AT_ONE)).detach()
    if loss in ("perceptron", "hinge"):  # which vmap can only work through one by one
        zeros = torch.zeros_like(target)
        return torch.nn.functional.margin_ranking_loss(u, zeros, target, k, reduction="none")
    one_by_one = torch.func.vmap(lambda p, t: _torch_loss(loss, p, t, "sum", k))
    return one_by_one(u, target)


def _torch_slopes(loss: Curve, k: float, u: Any) -> Any:
    import torch

    if loss == "zero-one":  # autograd refuses a count: its change a hair further from the jump at 0
        return _torch_values(loss, k, u * 1.000001) - _torch_values(loss, k, u)
    u = u.detach().requires_grad_()
    return torch.autograd.grad(_torch_values(loss, k, u).sum(), u)[0]


def _scanned(f: Callable[[Any], Any], loss: Curve) -> list[float]:
    """Smallest and largest of f on a grid that is refined around both; ±∞ where f still grows far out."""
    import torch

    ends, grid = _grid(loss, slopes=f.func is _torch_slopes)  # type: ignore[attr-defined]
    found = []
    for sign in (-1, 1):
        far = [(float(f(end[:1])), float(f(end[1:]))) if len(end) else (0.0, 0.0) for end in ends]
        growing = any(sign * (b - a) > 1e-3 * (1 + abs(a)) for a, b in far)
        x, best = grid, -inf
        for _ in range(0 if growing else 8):
            values = sign * f(x)
            place = int(values.argmax())
            best = max(best, float(values[place]))
            low, high = float(x[max(place - 1, 0)]), float(x[min(place + 1, len(x) - 1)])
            x = torch.linspace(low, high, 401, dtype=torch.float64)
        found.append(sign * (inf if growing else best))
    return [0.0 if abs(each) < 1e-14 else each for each in found]


def _grid(loss: Curve, slopes: bool) -> tuple[list[Any], Any]:
    """Far and farther at each end of u, and the places in between."""
    import torch

    def places(*values: float) -> Any:
        return torch.tensor(values, dtype=torch.float64)

    sizes = torch.logspace(-12, 12, 2401, dtype=torch.float64)
    far = places(1e60, 1e120)
    if loss == "squared-log":
        low = places(1e-15, 0.0) - 1
        return [low, far], torch.cat([sizes[:1201] - 1 + 1e-12, sizes, far])
    if loss == "binary-cross-entropy":
        # torch holds ln p at −100 or above and p (1 − p) at 1e-12 or above: not nearer than this
        top = 1 - 2.0**-36 if slopes else 1.0
        return [places(1e-8, 1e-11)], torch.cat([sizes[200:1200], places(top)])
    return [-far, far], torch.cat([-far.flip(0), -sizes.flip(0), places(0.0), sizes, far])


def _symbolic_limits(loss: Curve, k: float, order: int) -> list[float]:
    import sympy

    u = sympy.Symbol("u", real=True)
    low, high = _symbolic(loss, u, sympy.Rational(str(k)))
    ends = {"squared-log": (-1, sympy.oo), "binary-cross-entropy": (0, 1)}
    bottom, top = ends.get(loss, (-sympy.oo, sympy.oo))
    return [
        float(sympy.limit(sympy.diff(low, u, order), u, bottom, "+")),
        float(sympy.limit(sympy.diff(high, u, order), u, top, "-")),
    ]


def _symbolic(loss: Curve, u: Any, k: Any) -> tuple[Any, Any]:
    """The formula near the lower end of u and near the upper end."""
    import sympy

    softplus = sympy.log(1 + sympy.exp(-u))
    zero = sympy.Integer(0)
    pieces: dict[str, Callable[[], tuple[Any, Any]]] = {
        "absolute": lambda: (-u, u),
        "huber": lambda: (k * (-u - k / 2), k * (u - k / 2)),
        "smooth-l1": lambda: (-u - k / 2, u - k / 2),
        "quantile": lambda: (-k * u, (1 - k) * u),
        "epsilon-insensitive": lambda: (-u - k, u - k),
        "zero-one": lambda: (zero + 1, zero),
        "perceptron": lambda: (-u, zero),
        "hinge": lambda: (k - u, zero),
        "squared-hinge": lambda: ((k - u) ** 2, zero),
    }
    whole: dict[str, Callable[[], Any]] = {
        "squared": lambda: u**2,
        "log-cosh": lambda: sympy.log(sympy.cosh(u)),
        "squared-log": lambda: sympy.log(1 + u) ** 2,
        "poisson": lambda: sympy.exp(u) - u,
        "logistic": lambda: softplus,
        "exponential": lambda: sympy.exp(-u),
        "binary-cross-entropy": lambda: -sympy.log(u),
        "binary-cross-entropy-logits": lambda: softplus,
        "focal": lambda: (1 + sympy.exp(u)) ** -k * softplus,
        "softmax-cross-entropy": lambda: sympy.log(1 + (k - 1) * sympy.exp(-u)),
    }
    return pieces[loss]() if loss in pieces else (whole[loss](),) * 2
