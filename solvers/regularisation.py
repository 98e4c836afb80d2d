"""Means against overfitting: penalties, dropout, early stopping, augmentation, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, product
from typing import Any, Literal

from .ranges import _in_float64, _numbers, _one_of

Fit = Literal["memorise", "isotonic", "line"]


def _rate(rate: float) -> None:
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be in [0, 1), found {rate}")


# Penalties


def soft_threshold(weights: list[float], threshold: float) -> list[float]:
    """sign(w) max(|w| − t, 0): the proximal step of the L1 penalty   [Parikh & Boyd 2014, 6.5.2]"""
    _numbers(weights=weights, threshold=threshold)
    if threshold < 0:
        raise ValueError(f"threshold must be at least 0, found {threshold}")
    return [max(abs(w) - threshold, 0.0) * (1 if w > 0 else -1) + 0.0 for w in weights]


def soft_threshold_by_torch(weights: list[float], threshold: float) -> list[float]:
    """torch's softshrink."""
    import torch

    if threshold < 0:
        raise ValueError(f"threshold must be at least 0, found {threshold}")
    shrunk = torch.nn.functional.softshrink(
        torch.tensor(weights, dtype=torch.float64), lambd=threshold
    )
    return [float(w) for w in shrunk]


def decayed_weight(
    weight: float, rate: float, penalty: float, steps: int, halved: bool = True
) -> float:
    """w (1 − η λ)^k under the penalty λ/2 w² alone   [Goodfellow 2016, eq. 7.5]"""
    _numbers(weight=weight, rate=rate, penalty=penalty)
    if not (rate > 0 and penalty >= 0 and steps >= 0):
        raise ValueError(f"rate, penalty and steps: found {rate}, {penalty}, {steps}")
    return weight * (1 - rate * penalty * (1 if halved else 2)) ** steps


def decayed_weight_by_torch(
    weight: float, rate: float, penalty: float, steps: int, halved: bool = True
) -> float:
    """torch.optim.SGD on the penalty itself, its slope taken by autograd."""
    import torch

    if not (rate > 0 and penalty >= 0 and steps >= 0):
        raise ValueError(f"rate, penalty and steps: found {rate}, {penalty}, {steps}")
    w = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        torch.autograd.backward(penalty * w**2 / (2 if halved else 1))
        optimiser.step()
    return float(w.detach())


# Dropout


def dropout_survivors(units: int, percent: int) -> Fraction:
    """n (1 − p): expected number of units that dropout rate p keeps   [Srivastava 2014, 4]"""
    if units < 1 or not 0 <= percent < 100:
        raise ValueError(f"units at least 1, percent in [0, 100): found {units}, {percent}")
    return Fraction(units * (100 - percent), 100)


def dropout_survivors_by_loop(units: int, percent: int) -> Fraction:
    """The mean of the number's exact distribution, built up unit by unit."""
    if units < 1 or not 0 <= percent < 100:
        raise ValueError(f"units at least 1, percent in [0, 100): found {units}, {percent}")
    chances = [1]  # of 0, 1, ... survivors, times 100 to the number of units so far
    for _ in range(units):
        stay = [*(percent * chance for chance in chances), 0]
        grow = [0, *((100 - percent) * chance for chance in chances)]
        chances = [a + b for a, b in zip(stay, grow, strict=True)]
    return Fraction(sum(k * chance for k, chance in enumerate(chances)), 100**units)


def dropout_output(
    activations: list[float], kept: list[int], rate: float, inverted: bool = True
) -> list[float]:
    """m a/(1 − p), or m a where the scaling is left to test time   [Srivastava 2014, 4 and 10]"""
    _numbers(activations=activations, rate=rate)
    _rate(rate)
    if len(activations) != len(kept) or not set(kept) <= {0, 1}:
        raise ValueError(f"kept must hold a 0 or 1 for each activation, found {kept}")
    return [a * m / (1 - rate if inverted else 1) for a, m in zip(activations, kept, strict=True)]


def dropout_output_by_torch(
    activations: list[float], kept: list[int], rate: float, inverted: bool = True
) -> list[float]:
    """The scale is read off torch's own dropout of many ones."""
    import torch

    _rate(rate)
    if len(activations) != len(kept) or not set(kept) <= {0, 1}:
        raise ValueError(f"kept must hold a 0 or 1 for each activation, found {kept}")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        ones = torch.ones(4096, dtype=torch.float64)
        scale = torch.nn.functional.dropout(ones, rate).max() if inverted else ones[0]
    mask = torch.tensor(kept, dtype=torch.float64)
    return [float(v) for v in torch.tensor(activations, dtype=torch.float64) * mask * scale]


def net_outputs(inputs: int, layers: list[int | str]) -> int:
    """Outputs of a net of dense layers, each by its number of units, and "dropout", which keeps the shape

    [Srivastava et al. 2014, sec. 4]
    """
    width = _entered(inputs, layers)
    for layer in layers:
        width = layer if isinstance(layer, int) else width
    return width


def net_outputs_by_torch(inputs: int, layers: list[int | str]) -> int:
    """A row sent in training through real Linear and Dropout layers on the meta device."""
    import torch
    from torch import nn

    rows = torch.empty(1, _entered(inputs, layers), device="meta")
    for layer in layers:
        width = rows.shape[-1]
        dense = isinstance(layer, int)
        rows = (nn.Linear(width, int(layer), device="meta") if dense else nn.Dropout())(rows)
    return int(rows.shape[-1])


def _entered(inputs: int, layers: list[int | str]) -> int:
    for width in (inputs, *(layer for layer in layers if layer != "dropout")):
        if not isinstance(width, int) or width < 1:
            raise ValueError(f'sizes must be at least 1, other layers "dropout", found {width!r}')
    return inputs


def evaluation_factor(weights: list[float], inputs: list[float], rate: float) -> float:
    """E[Σ w m x]/Σ w x over all dropout masks m, training without scaling   [Srivastava 2014, 4]"""
    _numbers(weights=weights, inputs=inputs, rate=rate)
    _rate(rate)
    terms = [w * x for w, x in zip(weights, inputs, strict=True)]
    if sum(terms) == 0:
        raise ValueError(f"the weighted sum must not be 0, found {weights} and {inputs}")
    expected = 0.0
    for mask in product((0, 1), repeat=len(terms)):
        chance = (1 - rate) ** sum(mask) * rate ** (len(mask) - sum(mask))
        expected += chance * sum(t for t, kept in zip(terms, mask, strict=True) if kept)
    return expected / sum(terms)


def evaluation_factor_by_fractions(weights: list[float], inputs: list[float], rate: float) -> float:
    """Exact, unit by unit: an expectation is linear."""
    _rate(rate)
    terms = [Fraction(w) * Fraction(x) for w, x in zip(weights, inputs, strict=True)]
    if sum(terms) == 0:
        raise ValueError(f"the weighted sum must not be 0, found {weights} and {inputs}")
    return float(sum(t - t * Fraction(rate) for t in terms) / sum(terms))


# Early stopping


def stopping_epoch(losses: list[float], patience: int) -> int:
    """The first epoch, from 1, that ends `patience` epochs without a new lowest validation loss."""
    _numbers(losses=losses)
    if patience < 1:
        raise ValueError(f"patience must be at least 1, found {patience}")
    lowest, waited = float("inf"), 0
    for epoch, loss in enumerate(losses, 1):
        lowest, waited = (loss, 0) if loss < lowest else (lowest, waited + 1)
        if waited == patience:
            return epoch
    raise ValueError(f"losses must run {patience} epochs past their lowest, found {losses}")


def stopping_epoch_by_loop(losses: list[float], patience: int) -> int:
    """For each epoch, whether the running minimum is as it was `patience` epochs before."""
    if patience < 1:
        raise ValueError(f"patience must be at least 1, found {patience}")
    lowest = list(accumulate(losses, min))
    for epoch in range(patience, len(losses)):
        if lowest[epoch] == lowest[epoch - patience]:
            return epoch + 1
    raise ValueError(f"losses must run {patience} epochs past their lowest, found {losses}")


def best_epoch(losses: list[float], patience: int) -> int:
    """The epoch, from 1, with the lowest validation loss before training stops."""
    _numbers(losses=losses)
    seen = losses[: stopping_epoch(losses, patience)]
    return seen.index(min(seen)) + 1


def best_epoch_by_numpy(losses: list[float], patience: int) -> int:
    """argmin over the epochs that are run."""
    import numpy as np

    return int(np.argmin(losses[: stopping_epoch_by_loop(losses, patience)])) + 1


# Augmentation

Image = tuple[tuple[int, ...], ...]


def _turned(image: Image) -> Image:
    return tuple(zip(*image[::-1], strict=True))


def distinct_views(image: list[list[int]]) -> int:
    """Number of different images that quarter turns and mirroring make of a square one."""
    if any(len(row) != len(image) for row in image):
        raise ValueError(f"image must be square, found {image}")
    view: Image = tuple(tuple(row) for row in image)
    found = set()
    for _ in range(4):
        found |= {view, tuple(row[::-1] for row in view)}
        view = _turned(view)
    return len(found)


def distinct_views_by_numpy(image: list[list[int]]) -> int:
    """8 over the number of symmetries that leave the image as it is (orbit and stabiliser)."""
    import numpy as np

    pixels = np.array(image)
    if pixels.ndim != 2 or pixels.shape[0] != pixels.shape[1]:
        raise ValueError(f"image must be square, found {image}")
    views = [np.rot90(side, turns) for side in (pixels, pixels.T) for turns in range(4)]
    return 8 // sum(bool((view == pixels).all()) for view in views)


# What helps against overfitting, worked out exactly for a linear model


def _features(points: int) -> tuple[Any, Any]:
    """Legendre polynomials up to degree 7 at evenly spaced inputs, and a target sin(3 x)."""
    import numpy as np

    inputs = np.linspace(-1, 1, points)
    return np.polynomial.legendre.legvander(inputs, 7), np.sin(3 * inputs)


_POINTS, _STEPS, _STEP, _NOISE = 10, 100, 0.5, 0.5
_CHANGES: dict[str, dict[str, float]] = {
    "weight-penalty": {"penalty": 0.02},
    "dropout": {"drop": 0.2},
    "more-data": {"points": 2 * _POINTS},
    "fewer-steps": {"steps": _STEPS // 10},
    "more-steps": {"steps": 10 * _STEPS},
}


def _expected_error(hat: Any, train: tuple[Any, Any], test: tuple[Any, Any]) -> float:
    """Mean of bias² + variance on new inputs, for a fit linear in the noisy targets."""
    response = test[0] @ hat
    bias = response @ train[1] - test[1]
    return float((bias**2).mean() + _NOISE**2 * (response**2).sum(axis=1).mean())


def _held_out_error(
    points: float = _POINTS, steps: float = _STEPS, penalty: float = 0.0, drop: float = 0.0
) -> float:
    """Gradient descent's expected error after some steps, in closed form by eigenvalues."""
    import numpy as np

    train, test = _features(int(points)), _features(201)
    moments = train[0].T @ train[0] / points
    moments += np.diag(np.diag(moments)) * drop / (1 - drop) + penalty * np.eye(len(moments))
    curvatures, axes = np.linalg.eigh(moments)
    filters = (1 - (1 - _STEP * curvatures) ** steps) / curvatures
    return _expected_error(axes * filters @ axes.T @ train[0].T / points, train, test)


def _held_out_error_run(
    points: float = _POINTS, steps: float = _STEPS, penalty: float = 0.0, drop: float = 0.0
) -> float:
    """The same by running the descent for every target at once, dropout averaged over all masks."""
    import numpy as np

    train, test = _features(int(points)), _features(201)
    width = train[0].shape[1]
    moments = np.zeros((width, width))
    for mask in product((0.0, 1.0), repeat=width) if drop else [(1.0,) * width]:
        ones = int(sum(mask))
        chance = (1 - drop) ** ones * drop ** (width - ones)
        masked = train[0] * np.array(mask) / (1 - drop)
        moments += chance * masked.T @ masked / points
    weights = np.zeros((width, int(points)))
    for _ in range(int(steps)):
        slope = moments @ weights - train[0].T / points
        weights = weights - _STEP * (slope + penalty * weights)
    return _expected_error(weights, train, test)


def _only_harmful(errors: dict[str, float], before: float) -> str:
    useless = [slug for slug, error in errors.items() if error >= before]
    if len(useless) != 1:
        raise ValueError(f"exactly one option must fail to lower the error, found {useless}")
    return useless[0]


def does_not_help(options: list[str]) -> str:
    """The change that does not lower the held-out error expected of an overfitted polynomial."""
    errors = {slug: _held_out_error(**_change(slug)) for slug in options}
    return _only_harmful(errors, _held_out_error())


def does_not_help_by_loop(options: list[str]) -> str:
    """The same with the descent really run, step by step."""
    errors = {slug: _held_out_error_run(**_change(slug)) for slug in options}
    return _only_harmful(errors, _held_out_error_run())


def _change(slug: str) -> dict[str, float]:
    if slug not in _CHANGES:
        raise ValueError(f"an option must be one of {sorted(_CHANGES)}, found {slug}")
    return _CHANGES[slug]


def _pooled(targets: list[float]) -> list[float]:
    """Isotonic least squares by pooling adjacent violators."""
    blocks: list[tuple[float, int]] = []
    for target in targets:
        total, size = target, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / size:
            before, count = blocks.pop()
            total, size = total + before, size + count
        blocks.append((total, size))
    return [total / size for total, size in blocks for _ in range(size)]


def _line(targets: list[float]) -> list[float]:
    """Least-squares line over the positions 0, 1, 2, ..."""
    middle, mean = (len(targets) - 1) / 2, sum(targets) / len(targets)
    spread = sum((k - middle) ** 2 for k in range(len(targets)))
    slope = sum((k - middle) * y for k, y in enumerate(targets)) / spread
    return [mean + slope * (k - middle) for k in range(len(targets))]


def fitted_noise(fit: Fit, points: int, slope: float, noise: float) -> float:
    """Share of noise variance that a fit to a rising line takes over, by all ± patterns."""
    _numbers(slope=slope, noise=noise)
    _one_of(Fit, fit=fit)
    if not 2 <= points <= 10 or not noise > 0:
        raise ValueError(f"points in 2 to 10, noise above 0: found {points}, {noise}")
    with _in_float64():
        fits: dict[Fit, Callable[[list[float]], list[float]]] = {
            "memorise": list,
            "isotonic": _pooled,
            "line": _line,
        }
        truth = [slope * k for k in range(points)]
        total = 0.0
        for signs in product((-1, 1), repeat=points):
            targets = [t + noise * s for t, s in zip(truth, signs, strict=True)]
            total += sum((f - t) ** 2 for f, t in zip(fits[fit](targets), truth, strict=True))
        return total / (len(truth) * float(2**points) * noise * noise)


def fitted_noise_by_numpy(fit: Fit, points: int, slope: float, noise: float) -> float:
    """Isotonic by its max-min formula, line by numpy's polyfit, over the same patterns."""
    import numpy as np

    if not 2 <= points <= 10 or not noise > 0:
        raise ValueError(f"points in 2 to 10, noise above 0: found {points}, {noise}")
    x = np.arange(points)
    noises = noise * np.array(list(product((-1.0, 1.0), repeat=points)))
    targets = slope * x + noises
    if fit == "line":
        low, high = np.polynomial.polynomial.polyfit(x, targets.T, 1)
        targets = low[:, None] + high[:, None] * x
    elif fit == "isotonic":
        targets = np.array([_max_min(y) for y in targets])
    return float(((targets - slope * x) ** 2).mean()) / noise**2


def _max_min(targets: Any) -> list[float]:
    """Isotonic regression: the largest over a ≤ i of the smallest over b ≥ i of mean(y_a..y_b)."""
    size = len(targets)
    return [
        max(min(targets[a : b + 1].mean() for b in range(i, size)) for a in range(i + 1))
        for i in range(size)
    ]
