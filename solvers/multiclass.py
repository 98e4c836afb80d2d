"""A layer of perceptrons side by side on the same inputs: how many classes it tells apart once trained."""

from __future__ import annotations

from .ranges import _count, _same_length

Points = list[list[int]]
MOST_PASSES = 1000


def answers(points: Points, labels: list[int], units: int) -> int:
    """Different answers that a trained layer of threshold sums gives to the classes 0, 1, ... of the points

    Of k > 1 units the largest sum answers; a mistake adds (x, 1) to the right unit and takes it off the
    one that answered. One unit answers w · x + b > 0 or not. Classes beyond the last answer share it. Passes
    until all is right, or refused   [Duda, Hart & Stork 2001, 5.12]
    """
    aims = _aims(points, labels, units)
    seen = [[*point, 1] for point in points]
    weights = [[0] * len(seen[0]) for _ in range(units)]
    for _ in range(MOST_PASSES):
        given = []
        for x, aim in zip(seen, aims, strict=True):
            given.append(_answer(weights, x))
            if given[-1] != aim:
                _corrected(weights, x, aim, given[-1])
        if given == aims:
            return len(set(given))
    raise ValueError(f"the {units} answers must be linearly separable, found {labels}")


def answers_by_autograd(points: Points, labels: list[int], units: int) -> int:
    """Descent by autograd on a real Linear layer: the gap from the wanted sum to the largest, all at once.

    The layer is seen to be right when each wanted sum leads; one unit stands against a sum fixed at 0.
    """
    import torch

    aims = torch.tensor(_aims(points, labels, units))
    x = torch.tensor(points, dtype=torch.float64)
    layer = torch.nn.Linear(x.shape[1], units, dtype=torch.float64)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=1.0)
    for _ in range(MOST_PASSES):
        sums = layer(x) if units > 1 else torch.cat([0 * layer(x), layer(x)], 1)
        wanted = sums.gather(1, aims[:, None])
        others = sums.scatter(1, aims[:, None], -torch.inf).amax(1, keepdim=True)
        if bool((wanted > others).all()):
            return len(set(sums.argmax(1).tolist()))
        optimiser.zero_grad()
        torch.autograd.backward(torch.relu(others - wanted + 1e-3).sum())
        optimiser.step()
    raise ValueError(f"the {units} answers must be linearly separable, found {labels}")


def _answer(weights: list[list[int]], x: list[int]) -> int:
    sums = [sum(w * entry for w, entry in zip(row, x, strict=True)) for row in weights]
    return int(sums[0] > 0) if len(sums) == 1 else sums.index(max(sums))


def _corrected(weights: list[list[int]], x: list[int], aim: int, given: int) -> None:
    """One unit is its own rival: towards x if it should have fired, else away from it."""
    changes = {0: aim - given} if len(weights) == 1 else {aim: 1, given: -1}
    for unit, sign in changes.items():
        weights[unit] = [w + sign * entry for w, entry in zip(weights[unit], x, strict=True)]


def _aims(points: Points, labels: list[int], units: int) -> list[int]:
    """The answer wanted for each point."""
    _same_length(points=points, labels=labels)
    _count(units=units)
    if not points[0] or any(len(point) != len(points[0]) for point in points):
        raise ValueError(f"points must be rows of one length, found {points}")
    if min(labels) < 0 or max(labels) > len(points):
        raise ValueError(f"labels must count from 0, found {labels}")
    last = max(units, 2) - 1
    return [min(label, last) for label in labels]
