"""Every update rule with torch's default settings: its path on a quadratic, its state in memory.

Paths with clipping, an L1 penalty or a bound on the weights' norm are in constrained_runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from .adam import _adam, _adamax, _nadam
from .adaptive import _adadelta, _adagrad, _rmsprop
from .optimisers import Update, _in_double, _momentum
from .ranges import _finite, _one_of, _positive, _steps

Rule = Literal[
    "sgd",
    "momentum",
    "nesterov",
    "adagrad",
    "rmsprop",
    "adadelta",
    "adam",
    "adamw",
    "amsgrad",
    "adamax",
    "nadam",
]
_UPDATES: dict[Rule, Callable[[float], Update]] = {
    "sgd": lambda rate: _momentum(rate, 0.0),
    "momentum": lambda rate: _momentum(rate, 0.9),
    "nesterov": lambda rate: _momentum(rate, 0.9, ahead=True),
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adadelta": lambda rate: _adadelta(rate=rate),
    "adam": _adam,
    "adamw": lambda rate: _adam(rate, decay=0.01, decoupled=True),
    "amsgrad": lambda rate: _adam(rate, amsgrad=True),
    "adamax": _adamax,
    "nadam": _nadam,
}
_KEPT: dict[Rule, tuple[str, ...]] = {
    "sgd": (),
    "momentum": ("velocity",),
    "nesterov": ("velocity",),
    "adagrad": ("sum of squares",),
    "rmsprop": ("mean square",),
    "adadelta": ("mean square", "mean square of the steps"),
    "adam": ("mean", "mean square"),
    "adamw": ("mean", "mean square"),
    "amsgrad": ("mean", "mean square", "largest mean square"),
    "adamax": ("mean", "decayed maximum"),
    "nadam": ("mean", "mean square"),
}


def path(rule: Rule, weight: float, curvature: float, rate: float, steps: int) -> list[float]:
    """The weight before and after each step on the loss h w²/2, β = 0.9 and torch's other defaults"""
    _one_of(Rule, rule=rule)
    _steps(steps)
    _positive(curvature=curvature)
    update, found = _UPDATES[rule](rate), [float(weight)]
    for _ in range(steps):
        found.append(_finite(update(found[-1], curvature * found[-1])))
    return found


def path_by_torch(
    rule: Rule, weight: float, curvature: float, rate: float, steps: int
) -> list[float]:
    """torch's optimiser on the loss itself, its slope taken by autograd."""
    import torch

    _steps(steps)
    _positive(curvature=curvature, rate=rate)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser, found = _torch_optimiser(rule, [w], rate), [float(weight)]
    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(curvature / 2 * w**2)
        with _in_double():
            optimiser.step()
        found.append(_finite(float(w.detach())))
    return found


def state_values(rule: Rule) -> int:
    """Values kept per parameter between steps: velocity, running mean, mean of squares, maximum"""
    _one_of(Rule, rule=rule)
    return len(_KEPT[rule])


def state_values_by_torch(rule: Rule) -> int:
    """Values in the state of torch's optimiser after a step on 7 weights, step counters left out."""
    import torch

    w = torch.ones(7, requires_grad=True)
    optimiser = _torch_optimiser(rule, [w], 0.1)
    torch.autograd.backward((w**2).sum())
    optimiser.step()
    state = optimiser.state[w].values()
    tensors = [v for v in state if isinstance(v, torch.Tensor) and v.shape == w.shape]
    return sum(v.numel() for v in tensors) // w.numel()


def _torch_optimiser(rule: Rule, weights: list[Any], rate: float) -> Any:
    from torch import optim

    kinds: dict[Rule, Callable[..., Any]] = {
        "sgd": optim.SGD,
        "momentum": lambda w, lr: optim.SGD(w, lr=lr, momentum=0.9),
        "nesterov": lambda w, lr: optim.SGD(w, lr=lr, momentum=0.9, nesterov=True),
        "adagrad": optim.Adagrad,
        "rmsprop": optim.RMSprop,
        "adadelta": optim.Adadelta,
        "adam": optim.Adam,
        "adamw": optim.AdamW,
        "amsgrad": lambda w, lr: optim.Adam(w, lr=lr, amsgrad=True),
        "adamax": optim.Adamax,
        "nadam": optim.NAdam,
    }
    return kinds[rule](weights, lr=rate)
