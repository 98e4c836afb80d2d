"""What the form of a model can and cannot fit: a bump against XOR, a tree against a line, a staircase."""

from __future__ import annotations

from math import pi
from typing import Any, Literal

from ..nets import data
from ..nets.random import normals, uniforms
from .common import counted, floats

_CUTS = (-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6)


def one_bump_on_xor(
    seeds: int = 256,
    unit: Literal["bump", "sigmoid"] = "bump",
    starts: int = 16,
    steps: int = 100,
    rate: float = 0.5,
    first: int = 0,
) -> list[float]:
    """Claim: a single unit can get all four points of XOR right

    The best share of points on their side by at least 0.1 while one unit e^−z² (or σ(z)), z = w·x + b,
    learns the targets 0 and 1 by gradient descent from the best of `starts` random weights. A monotone
    unit has at most 3/4, from any weights. Smallest effect: above 0.9   [Minsky & Papert 1969]
    """
    import numpy

    counted(seeds, first, starts=starts, steps=steps)
    points, targets = data.xor()
    drawn = normals(0, "one unit", range(first, first + seeds), (3, starts))
    weights = drawn.reshape(3, starts * seeds)
    inputs = numpy.concatenate([points, numpy.ones((4, 1))], axis=1)
    best = numpy.zeros(starts * seeds)
    for _ in range(steps):
        z = inputs @ weights
        out, slope = _unit(unit, z)
        right = (out - 0.5) * (2 * targets - 1) >= 0.1
        best = numpy.maximum(best, right.mean(axis=0))
        weights = weights - rate * inputs.T @ ((out - targets) * slope) / 2
    return floats(best.reshape(starts, seeds).max(axis=0))


def tree_against_line(
    seeds: int = 256,
    truth: Literal["checkerboard", "slanted"] = "checkerboard",
    points: int = 48,
    first: int = 0,
) -> list[float]:
    """Claim: a tree of depth 2 classifies new points better than a linear classifier

    Accuracy of the best axis-parallel tree of depth 2, which splits at −0.6, −0.4 ... 0.6, less that of a
    least-squares line, on 256 new points. On a checkerboard the tree wins; where a slanted line parts the
    classes, the line does. Smallest effect: 0.05   [Hastie 2009, section 9.2]
    """
    counted(seeds, first, points=points)
    gaps = []
    for seed in range(first, first + seeds):
        own = range(seed, seed + 1)
        inputs, labels = _labelled(truth, own, points, "train")
        fresh, answers = _labelled(truth, own, 256, "test")
        tree = _tree(inputs, labels, 2)
        line = _line(inputs, labels)
        gaps.append(
            float((_grown(tree, fresh) == answers).mean() - (line(fresh) == answers).mean())
        )
    return gaps


def isotonic_against_copying(
    seeds: int = 256,
    truth: Literal["line", "wave", "constant"] = "line",
    noise: float = 1.0,
    points: int = 32,
    rival: Literal["copy", "line"] = "copy",
    first: int = 0,
) -> list[float]:
    """Claim: isotonic regression overfits less than a model that copies its training points

    ln(mean square error of the rival / of the isotonic fit) against the noiseless truth at the training
    inputs. It does while the truth rises; against a straight line it overfits, and where the truth falls
    it cannot follow. Smallest effect: ln 1.2   [Barlow 1972; Niculescu-Mizil & Caruana 2005]
    """
    import numpy

    counted(seeds, first, points=points)
    nets = range(first, first + seeds)
    x = numpy.linspace(0, 1, points)
    clean = {"line": 3 * x, "wave": 2 * numpy.sin(2 * pi * x), "constant": 0 * x}[truth]
    noisy = clean[:, None] + noise * normals(0, "isotonic", nets, (points,))
    fitted = numpy.stack([_pooled(noisy[:, net].tolist()) for net in range(seeds)], axis=1)
    other = noisy if rival == "copy" else _straight(x, noisy)
    errors = [((fit - clean[:, None]) ** 2).mean(axis=0) for fit in (other, fitted)]
    return floats(numpy.log(errors[0] / errors[1]))


def _unit(kind: str, z: Any) -> tuple[Any, Any]:
    """The unit's value and slope."""
    import numpy

    if kind == "bump":
        out = numpy.exp(-(z**2))
        return out, -2 * z * out
    out = 1 / (1 + numpy.exp(-z))
    return out, out * (1 - out)


def _labelled(truth: str, own: range, points: int, part: str) -> tuple[Any, Any]:
    inputs = 2 * uniforms(0, f"{part} {truth}", own, (points, 2))[..., 0] - 1
    if truth == "checkerboard":
        return inputs, (inputs[:, 0] > 0) != (inputs[:, 1] > 0)
    return inputs, inputs[:, 0] + inputs[:, 1] > 0


def _line(inputs: Any, labels: Any) -> Any:
    """Least squares on ±1, cut at 0."""
    import numpy

    design = numpy.column_stack([inputs, numpy.ones(len(inputs))])
    weights = numpy.linalg.lstsq(design, 2.0 * labels - 1, rcond=None)[0]
    return lambda fresh: numpy.column_stack([fresh, numpy.ones(len(fresh))]) @ weights > 0


def _tree(inputs: Any, labels: Any, depth: int) -> Any:
    """The tree with the fewest training errors: (feature, threshold, low, high), or a label."""
    return _fitted(inputs, labels, depth)[1]


def _fitted(inputs: Any, labels: Any, depth: int) -> tuple[int, Any]:
    majority = bool(2 * labels.sum() >= len(labels))
    best: tuple[int, Any] = (int((labels != majority).sum()), majority)
    if depth == 0 or best[0] == 0:
        return best
    for feature in range(inputs.shape[1]):
        for threshold in _CUTS:
            low = inputs[:, feature] <= threshold
            parts = [_fitted(inputs[side], labels[side], depth - 1) for side in (low, ~low)]
            errors = parts[0][0] + parts[1][0]
            if errors < best[0]:
                best = (errors, (feature, threshold, parts[0][1], parts[1][1]))
    return best


def _grown(tree: Any, inputs: Any) -> Any:
    """The labels that a tree gives."""
    import numpy

    if isinstance(tree, bool):
        return numpy.full(len(inputs), tree)
    feature, threshold, low, high = tree
    return numpy.where(inputs[:, feature] <= threshold, _grown(low, inputs), _grown(high, inputs))


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


def _straight(x: Any, noisy: Any) -> Any:
    """The least-squares line through each column."""
    import numpy

    design = numpy.column_stack([x, numpy.ones(len(x))])
    return design @ numpy.linalg.lstsq(design, noisy, rcond=None)[0]
