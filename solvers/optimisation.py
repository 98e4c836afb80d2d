"""Gradient descent and its relatives: single steps, rates, schedules, the order of the steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

Point = tuple[float, float]


def _positive(name: str, value: float) -> None:
    if not value > 0:
        raise ValueError(f"{name} must be above 0, found {value}")


def _share(name: str, value: float) -> None:
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be in [0, 1), found {value}")


def _paired(inputs: list[float], targets: list[float]) -> None:
    if not inputs or len(inputs) != len(targets):
        raise ValueError(
            f"inputs and targets must be equally many, found {len(inputs)} and {len(targets)}"
        )


# One step on a batch


def least_squares_gradient(
    weight: float,
    inputs: list[float],
    targets: list[float],
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """∂L/∂w = 2/n Σ (w x − y) x for L = 1/n Σ (w x − y)²   [Goodfellow 2016, 5.1.4]"""
    _paired(inputs, targets)
    total = sum((weight * x - y) * x for x, y in zip(inputs, targets, strict=True))
    return total * (1 if halved else 2) / (len(inputs) if averaged else 1)


def least_squares_gradient_by_autograd(
    weight: float,
    inputs: list[float],
    targets: list[float],
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """The slope that torch's autograd finds for the loss."""
    import torch

    _paired(inputs, targets)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (inputs, targets))
    loss = torch.nn.functional.mse_loss(w * x, y, reduction="mean" if averaged else "sum")
    (gradient,) = torch.autograd.grad(loss / 2 if halved else loss, w)
    return float(gradient)


def least_squares_step(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """w − η ∂L/∂w, one full-batch step on L = 1/n Σ (w x − y)²   [Goodfellow 2016, eq. 4.5]"""
    _positive("rate", rate)
    return weight - rate * least_squares_gradient(weight, inputs, targets, averaged, halved)


def least_squares_step_by_torch(
    weight: float,
    inputs: list[float],
    targets: list[float],
    rate: float,
    averaged: bool = True,
    halved: bool = False,
) -> float:
    """The weight of a one-weight Linear layer after one step of torch.optim.SGD."""
    import torch

    _positive("rate", rate)
    _paired(inputs, targets)
    layer = torch.nn.Linear(1, 1, bias=False, dtype=torch.float64)
    torch.nn.init.constant_(layer.weight, weight)
    x, y = (torch.tensor(values, dtype=torch.float64)[:, None] for values in (inputs, targets))
    loss = torch.nn.MSELoss(reduction="mean" if averaged else "sum")(layer(x), y)
    torch.autograd.backward(loss / 2 if halved else loss)
    torch.optim.SGD(layer.parameters(), lr=rate).step()
    return float(layer.weight.detach())


# Momentum and Adam


def momentum_descent(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """v ← β v + g, w ← w − η v from v₀ = 0, g = h w   [Sutskever et al. 2013, eq. 1-2, η moved]"""
    _positive("rate", rate)
    _share("momentum", momentum)
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity + (1 - momentum if damped else 1) * curvature * weight
        weight -= rate * velocity
    return weight


def momentum_descent_by_torch(
    weight: float, curvature: float, rate: float, momentum: float, steps: int, damped: bool = False
) -> float:
    """torch.optim.SGD with momentum on the loss h w²/2, its buffer starting at 0."""
    import torch

    _positive("rate", rate)
    _share("momentum", momentum)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD(
        [w], lr=rate, momentum=momentum, dampening=momentum if damped else 0
    )
    optimiser.state[w]["momentum_buffer"] = torch.zeros_like(w)
    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(curvature / 2 * w**2)
        optimiser.step()
    return float(w.detach())


def adam_descent(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """w ← w − η m̂/√v̂ for each gradient in turn, ε → 0   [Kingma & Ba 2015, algorithm 1]"""
    _positive("rate", rate)
    _share("beta1", beta1)
    _share("beta2", beta2)
    mean = square = 0.0
    for step, gradient in enumerate(gradients, 1):
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        _positive("the running mean of squared gradients", square)
        weight -= rate * mean / (1 - beta1**step) / math.sqrt(square / (1 - beta2**step))
    return weight


def adam_descent_by_torch(
    weight: float, gradients: list[float], rate: float, beta1: float, beta2: float
) -> float:
    """torch.optim.Adam fed with these gradients, eps = 0."""
    import torch

    _positive("rate", rate)
    _share("beta1", beta1)
    _share("beta2", beta2)
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([w], lr=rate, betas=(beta1, beta2), eps=0.0)
    for gradient in gradients:
        w.grad = torch.tensor(float(gradient), dtype=torch.float64)
        optimiser.step()
    if not math.isfinite(float(w.detach())):
        raise ValueError(f"gradients must not begin with 0, found {gradients}")
    return float(w.detach())


def adam_first_step(
    weight: float, gradient: float, rate: float, beta1: float, beta2: float
) -> float:
    """w − η g/|g|: corrected for bias, m̂ = g and v̂ = g²   [Kingma & Ba 2015, algorithm 1, t = 1]"""
    return adam_descent(weight, [gradient], rate, beta1, beta2)


def adam_first_step_by_torch(
    weight: float, gradient: float, rate: float, beta1: float, beta2: float
) -> float:
    """One step of torch.optim.Adam, eps = 0."""
    return adam_descent_by_torch(weight, [gradient], rate, beta1, beta2)


# Learning rates


def rate_limit(first: float, second: float) -> float:
    """2/λ_max = 1/max(a, b) for L = a x² + b y², Hessian diag(2a, 2b)   [LeCun 1998, 5]"""
    _positive("first", first)
    _positive("second", second)
    return 1 / max(first, second)


def rate_limit_by_loop(first: float, second: float) -> float:
    """Bisection over the rate: does a real step from (1, 1) bring both coordinates nearer to 0?"""
    _positive("first", first)
    _positive("second", second)
    low, high = 0.0, 4 / min(first, second)
    for _ in range(200):
        rate = (low + high) / 2
        after = [1 - rate * 2 * factor * 1 for factor in (first, second)]
        low, high = (rate, high) if max(map(abs, after)) < 1 else (low, rate)
    return low


def distance_ratio(rate: float, curvature: float) -> float:
    """|1 − η h|: how a step on h w²/2 scales the distance to its minimum   [LeCun 1998, 5]"""
    _positive("rate", rate)
    _positive("curvature", curvature)
    return abs(1 - rate * curvature)


def distance_ratio_by_autograd(rate: float, curvature: float) -> float:
    """A real step from w = 3 on the loss h w²/2, measured."""
    import torch

    _positive("rate", rate)
    _positive("curvature", curvature)
    start = 3.0
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    torch.autograd.backward(curvature * w**2 / 2)
    torch.optim.SGD([w], lr=rate).step()
    return abs(float(w.detach())) / start


def _rate_in(slug: str) -> float:
    kind, _, tenths = slug.partition("-")
    if kind != "tenths" or not tenths.isdigit():
        raise ValueError(f"an item must read tenths-<whole number>, found {slug}")
    return int(tenths) / 10


def _behaviour(path: list[float]) -> str:
    """What a path of distances to the minimum looks like."""
    crosses = any(before * after < 0 for before, after in pairwise(path))
    if abs(path[-1]) > abs(path[0]):
        return "swings from side to side, ever farther away"
    if abs(path[1]) < 1e-12:
        return "reaches the minimum in one step"
    return (
        "swings from side to side, ever nearer" if crosses else "creeps nearer from one side only"
    )


def rate_behaviour(items: list[str], curvature: float) -> dict[str, str]:
    """What gradient descent on h w²/2 does in 50 steps from 1, for each rate tenths-k = k/10."""
    _positive("curvature", curvature)
    seen = {}
    for item in items:
        path = [1.0]
        for _ in range(50):
            path.append(path[-1] - _rate_in(item) * curvature * path[-1])
        seen[item] = _behaviour(path)
    return seen


def rate_behaviour_by_fractions(items: list[str], curvature: float) -> dict[str, str]:
    """Read off the exact factor 1 − η h by which each step multiplies w."""
    _positive("curvature", curvature)
    seen = {}
    for item in items:
        _rate_in(item)
        factor = 1 - Fraction(int(item.split("-")[1]), 10) * Fraction(curvature)
        if factor == 0:
            seen[item] = "reaches the minimum in one step"
        elif factor > 0:
            seen[item] = "creeps nearer from one side only"
        else:
            seen[item] = "swings from side to side, ever " + (
                "nearer" if factor > -1 else "farther away"
            )
    return seen


def step_decay(rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0) -> float:
    """η γ^⌊e/k⌋, e the number of epochs before this one   [documentation of torch StepLR]"""
    _positive("rate", rate)
    _positive("every", every)
    if epoch < first_epoch:
        raise ValueError(f"epoch must be at least {first_epoch}, found {epoch}")
    return float(rate * factor ** ((epoch - first_epoch) // every))


def step_decay_by_torch(
    rate: float, factor: float, every: int, epoch: int, first_epoch: int = 0
) -> float:
    """torch.optim.lr_scheduler.StepLR, run up to the epoch."""
    import torch

    _positive("rate", rate)
    _positive("every", every)
    if epoch < first_epoch:
        raise ValueError(f"epoch must be at least {first_epoch}, found {epoch}")
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    schedule = torch.optim.lr_scheduler.StepLR(optimiser, step_size=every, gamma=factor)
    for _ in range(epoch - first_epoch):
        optimiser.step()
        schedule.step()
    return float(optimiser.param_groups[0]["lr"])


# Batches


def _batch(examples: int, batch: int) -> None:
    if not 1 <= batch <= examples:
        raise ValueError(f"batch must be from 1 to the {examples} examples, found {batch}")


def updates_per_epoch(examples: int, batch: int, drop_last: bool = False) -> tuple[int, int, int]:
    """(1, n, ⌈n/b⌉): updates of full-batch, single-example and mini-batch descent in an epoch."""
    _batch(examples, batch)
    return 1, examples, examples // batch if drop_last else -(-examples // batch)


def updates_per_epoch_by_torch(
    examples: int, batch: int, drop_last: bool = False
) -> tuple[int, int, int]:
    """The batches that a real DataLoader hands out, counted."""
    from torch.utils.data import DataLoader

    _batch(examples, batch)

    def count(size: int) -> int:
        loader: DataLoader[int] = DataLoader(
            list(range(examples)),  # type: ignore[arg-type]
            batch_size=size,
            drop_last=drop_last,
        )
        return sum(1 for _ in loader)

    return count(examples), count(1), count(batch)


def batch_gradient_variance(gradients: list[float], batch: int, replacement: bool = True) -> float:
    """σ²/b, times (n − b)/(n − 1) without replacement   [Cochran 1977, theorem 2.2]"""
    _batch(len(gradients), batch)
    count = len(gradients)
    mean = sum(gradients) / count
    variance = sum((g - mean) ** 2 for g in gradients) / count / batch
    return variance if replacement else variance * (count - batch) / max(count - 1, 1)


def batch_gradient_variance_by_counting(
    gradients: list[float], batch: int, replacement: bool = True
) -> float:
    """Every batch that can be drawn, each as likely: the variance of their means."""
    _batch(len(gradients), batch)
    draws = product(gradients, repeat=batch) if replacement else permutations(gradients, batch)
    means = [sum(draw) / batch for draw in draws]
    centre = sum(means) / len(means)
    return sum((mean - centre) ** 2 for mean in means) / len(means)


# Landscapes

_LANDSCAPES: dict[str, Callable[[Any, Any], Any]] = {
    "difference-of-squares": lambda x, y: x * x - y * y,
    "product": lambda x, y: x * y,
    "sum-of-squares": lambda x, y: x * x + y * y,
    "mild-coupling": lambda x, y: x * x + x * y + y * y,
    "strong-coupling": lambda x, y: x * x + 3 * x * y + y * y,
    "negative-sum": lambda x, y: -(x * x) - y * y,
}


def _landscape(slug: str) -> Callable[[Any, Any], Any]:
    if slug not in _LANDSCAPES:
        raise ValueError(f"an option must be one of {sorted(_LANDSCAPES)}, found {slug}")
    return _LANDSCAPES[slug]


def saddles(options: list[str]) -> list[str]:
    """The functions, flat at (0, 0), that take both signs on a small circle around it."""
    circle = [(math.cos(k * math.pi / 36), math.sin(k * math.pi / 36)) for k in range(72)]
    heights = {slug: [_landscape(slug)(0.1 * x, 0.1 * y) for x, y in circle] for slug in options}
    return [slug for slug in options if min(heights[slug]) < -1e-9 and max(heights[slug]) > 1e-9]


def saddles_by_autograd(options: list[str]) -> list[str]:
    """The functions whose Hessian at (0, 0) has eigenvalues of both signs."""
    import torch

    origin = torch.zeros(2, dtype=torch.float64)
    found = []
    for slug in options:

        def at_point(at: torch.Tensor, slug: str = slug) -> Any:
            return _landscape(slug)(at[0], at[1])

        hessian = torch.func.jacrev(torch.func.jacrev(at_point))(origin)
        curvatures = torch.linalg.eigvalsh(hessian)
        if curvatures[0] < 0 < curvatures[-1]:
            found.append(slug)
    return found


def _descend(start: float, well: float, tilt: float) -> float:
    """Where gradient descent on w⁴ − a w² + b w is after 1,000 steps of rate 0.01."""
    w = start
    for _ in range(1000):
        w -= 0.01 * (4 * w**3 - 2 * well * w + tilt)
    return w


def excess_loss(start: float, well: float, tilt: float) -> float:
    """Loss that gradient descent ends with on w⁴ − a w² + b w, above the lowest loss there is."""
    if abs(start) > 3 or not 0 <= well <= 6 or tilt == 0:
        raise ValueError(
            f"start must be in [-3, 3], well in [0, 6], tilt not 0; found {start}, {well}, {tilt}"
        )
    ends = [_descend(begin, well, tilt) for begin in (start, -3.0, 3.0)]
    losses = [w**4 - well * w**2 + tilt * w for w in ends]
    return losses[0] - min(losses)


def excess_loss_by_numpy(start: float, well: float, tilt: float) -> float:
    """Roots of the derivative: the first one downhill from the start, against the lowest."""
    import numpy as np

    if abs(start) > 3 or not 0 <= well <= 6 or tilt == 0:
        raise ValueError(f"start, well or tilt out of range: {start}, {well}, {tilt}")
    slope = [4.0, 0.0, -2.0 * well, tilt]
    roots = sorted(float(root.real) for root in np.roots(slope) if abs(root.imag) < 1e-9)
    uphill = float(np.polyval(slope, start)) > 0
    ahead = [r for r in roots if r < start] if uphill else [r for r in roots if r > start]
    loss = np.polynomial.Polynomial([0, tilt, -well, 0, 1])
    reached = (max(ahead) if uphill else min(ahead)) if ahead else start
    return float(loss(reached) - min(loss(root) for root in roots))


# The order of the steps

State = dict[str, float]
_EXAMPLES = ((1.0, 5.0), (-1.0, 1.0))  # lies on y = 2 x + 3


def _draw(state: State) -> None:
    state.update(weight=0.3, bias=-0.7)


def _predict(state: State) -> None:
    for k, (x, _) in enumerate(_EXAMPLES):
        state[f"output{k}"] = state["weight"] * x + state["bias"]


def _compare(state: State) -> None:
    for k, (_, y) in enumerate(_EXAMPLES):
        state[f"error{k}"] = state[f"output{k}"] - y


def _correct(state: State) -> None:
    for k, (x, _) in enumerate(_EXAMPLES):
        state["weight"] -= 0.4 * state[f"error{k}"] * x
        state["bias"] -= 0.4 * state[f"error{k}"]


_TRAINING: dict[str, Callable[[State], None]] = {
    "draw": _draw,
    "predict": _predict,
    "compare": _compare,
    "correct": _correct,
}


def _fits(state: State) -> bool:
    """Does the neuron's line pass through both examples?"""
    return all(abs(state["weight"] * x + state["bias"] - y) < 1e-6 for x, y in _EXAMPLES)


def _train(order: tuple[str, ...], back_to: int) -> bool:
    """Run the steps in this order, `repeat` going back to a place; False if it never fits."""
    state: State = {}
    for place, step in enumerate(order):
        if step != "repeat":
            _TRAINING[step](state)
            continue
        for _ in range(40):
            if _fits(state):
                break
            for again in order[back_to:place]:
                _TRAINING[again](state)
    return _fits(state)


def _trains(order: tuple[str, ...]) -> bool:
    """Is there a place for `repeat` to go back to with which this order trains the neuron?"""
    for back_to in range(order.index("repeat") + 1):
        try:
            if _train(order, back_to):
                return True
        except KeyError:  # a step reads what no step has made yet
            continue
    return False


def training_orders(items: list[str]) -> list[list[str]]:
    """Every order that trains one linear neuron: all are run, `repeat` may go back anywhere."""
    if sorted(items) != sorted([*_TRAINING, "repeat"]):
        raise ValueError(f"items must be {sorted([*_TRAINING, 'repeat'])}, found {items}")
    return [list(order) for order in permutations(items) if _trains(order)]


def training_orders_by_torch(items: list[str]) -> list[list[str]]:
    """Every order run with a torch Linear layer and SGD; a step without its input raises."""
    if sorted(items) != sorted([*_TRAINING, "repeat"]):
        raise ValueError(f"items must be {sorted([*_TRAINING, 'repeat'])}, found {items}")
    return [
        list(order)
        for order in permutations(items)
        if any(_torch_trains(order, back_to) for back_to in range(order.index("repeat") + 1))
    ]


def _torch_trains(order: tuple[str, ...], back_to: int) -> bool:
    """Does this order, `repeat` going back to a place, fit y = 2 x + 3 with real tensors?"""
    import torch

    inputs, targets = torch.tensor(_EXAMPLES, dtype=torch.float64).T[:, :, None]
    made: dict[str, Any] = {}

    def correct() -> None:
        layer = made["layer"]
        layer.zero_grad()
        torch.autograd.backward(made["loss"])
        torch.optim.SGD(layer.parameters(), lr=0.4).step()

    def misfit() -> float:
        return float((made["layer"](inputs) - targets).detach().abs().max())

    run: dict[str, Callable[[], Any]] = {
        "draw": lambda: made.update(layer=torch.nn.Linear(1, 1, dtype=torch.float64)),
        "predict": lambda: made.update(output=made["layer"](inputs)),
        "compare": lambda: made.update(loss=((made["output"] - targets) ** 2).sum() / 2),
        "correct": correct,
    }
    place = order.index("repeat")
    try:
        for step in order[:place]:
            run[step]()
        for _ in range(30):
            if misfit() < 1e-6:
                break
            for step in order[back_to:place]:
                run[step]()
        for step in order[place + 1 :]:
            run[step]()
        return misfit() < 1e-6
    except (KeyError, RuntimeError):  # no input yet, or a graph that has been used up
        return False


_LEFTOVER, _START, _RATE = 7.0, 2.0, 0.1
_ITERATION = ("backward", "clear", "forward", "loss", "step")


def _iterate(order: tuple[str, ...]) -> float:
    """The weight after one iteration on (3 w − 1)²; KeyError where a step comes too early."""
    state = {"weight": _START, "gradient": _LEFTOVER}
    for step in order:
        if step == "clear":
            state["gradient"] = 0.0
        elif step == "forward":
            state["output"] = 3 * state["weight"]
        elif step == "loss":
            state["slope"] = 2 * (state["output"] - 1)
        elif step == "backward":
            state["gradient"] += 3 * state["slope"]
        else:
            state["weight"] -= _RATE * state["gradient"]
    return state["weight"]


def iteration_orders(items: list[str]) -> list[list[str]]:
    """Every order that moves w to w − η dL/dw although old gradients lie in the buffer."""
    if sorted(items) != list(_ITERATION):
        raise ValueError(f"items must be {list(_ITERATION)}, found {items}")
    target = _START - _RATE * 18 * (_START - 1 / 3)
    found = []
    for order in permutations(items):
        try:
            if abs(_iterate(order) - target) < 1e-9:
                found.append(list(order))
        except KeyError:  # a step reads what no step has made yet
            continue
    return found


def _torch_iteration(order: tuple[str, ...]) -> float:
    """The weight after torch has run the steps; KeyError or RuntimeError where it cannot."""
    import torch

    w = torch.tensor(_START, dtype=torch.float64, requires_grad=True)
    w.grad = torch.tensor(_LEFTOVER, dtype=torch.float64)
    optimiser = torch.optim.SGD([w], lr=_RATE)
    made: dict[str, torch.Tensor] = {}
    run: dict[str, Callable[[], Any]] = {
        "clear": optimiser.zero_grad,
        "forward": lambda: made.update(output=3 * w),
        "loss": lambda: made.update(loss=(made["output"] - 1) ** 2),
        "backward": lambda: torch.autograd.backward(made["loss"]),
        "step": optimiser.step,
    }
    for step in order:
        run[step]()
    return float(w.detach())


def iteration_orders_by_torch(items: list[str]) -> list[list[str]]:
    """Every order run with real tensors, against the slope that torch.func.grad gives."""
    import torch

    if sorted(items) != list(_ITERATION):
        raise ValueError(f"items must be {list(_ITERATION)}, found {items}")
    start = torch.tensor(_START, dtype=torch.float64)
    target = float(start - _RATE * torch.func.grad(lambda w: (3 * w - 1) ** 2)(start))
    found = []
    for order in permutations(items):
        try:
            if abs(_torch_iteration(order) - target) < 1e-9:
                found.append(list(order))
        except (KeyError, RuntimeError):
            continue
    return found
