"""The order of the steps of training: every order is run, and those that work are kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

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
