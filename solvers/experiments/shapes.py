"""What the form of a model can and cannot fit: a bump against XOR, a tree against a line, a staircase."""

from __future__ import annotations

from math import pi
from typing import Any, Literal, NamedTuple

from ..nets import data
from ..nets.arrays import Array, Space
from ..nets.random import normals, uniforms
from .common import counted, floats

_CUTS = (-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6)
_FRESH = 256


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
    space = Space()
    points, targets = data.xor()
    inputs = space.put(numpy.concatenate([points, numpy.ones((4, 1))], axis=1))
    goal = space.put(targets)
    drawn = normals(0, "one unit", range(first, first + seeds), (3, starts))
    weights = space.put(drawn.reshape(3, starts * seeds))
    best = space.full((starts * seeds,))
    for _ in range(steps):
        out, slope = _unit(space.xp, unit, inputs @ weights)
        right = (out - 0.5) * (2 * goal - 1) >= 0.1
        share = space.xp.where(right, space.one, space.zero).mean(axis=0)
        best = space.xp.maximum(best, share)
        weights = weights - rate * inputs.T @ ((out - goal) * slope) / 2
    return floats(space.get(best).reshape(starts, seeds).max(axis=0))


def tree_against_line(
    seeds: int = 256,
    truth: Literal["checkerboard", "slanted", "coin"] = "checkerboard",
    points: int = 48,
    rival: Literal["line", "tree"] = "line",
    first: int = 0,
) -> list[float]:
    """Claim: a tree of depth 2 classifies new points better than a linear classifier

    Accuracy of the best axis-parallel tree of depth 2, which splits at −0.6, −0.4 ... 0.6, less that of a
    least-squares line, on 256 new points. On a checkerboard the tree wins; where a slanted line parts the
    classes, the line does. Where a `coin` throws the labels neither can win, and `rival` tree compares the
    tree with itself: the controls. Smallest effect: 0.05   [Hastie 2009, section 9.2]
    """
    counted(seeds, first, points=points)
    nets = range(first, first + seeds)
    inputs, labels = _labelled(truth, nets, points, "train")
    fresh, answers = _labelled(truth, nets, _FRESH, "test")
    tree = _grown(_tree(inputs, labels), fresh) == answers
    other = tree if rival == "tree" else _line(inputs, labels, fresh) == answers
    return floats(tree.mean(axis=0) - other.mean(axis=0))


def isotonic_against_copying(
    seeds: int = 256,
    truth: Literal["line", "wave", "constant"] = "line",
    noise: float = 1.0,
    points: int = 32,
    rival: Literal["copy", "line", "isotonic"] = "copy",
    first: int = 0,
) -> list[float]:
    """Claim: isotonic regression overfits less than a model that copies its training points

    ln(mean square error of the rival / of the isotonic fit) against the noiseless truth at the training
    inputs. It does while the truth rises; against a straight line it overfits, and where the truth falls
    it cannot follow. `rival` isotonic is the control. Smallest effect: ln 1.2   [Barlow 1972;
    Niculescu-Mizil & Caruana 2005]
    """
    import numpy

    counted(seeds, first, points=points)
    nets = range(first, first + seeds)
    x = numpy.linspace(0, 1, points)
    clean = {"line": 3 * x, "wave": 2 * numpy.sin(2 * pi * x), "constant": 0 * x}[truth]
    noisy = clean[:, None] + noise * normals(0, "isotonic", nets, (points,))
    fits = {"copy": lambda noisy: noisy, "line": _straight, "isotonic": _isotonic}
    errors = [
        ((fits[kind](noisy) - clean[:, None]) ** 2).mean(axis=0) for kind in (rival, "isotonic")
    ]
    return floats(numpy.log(errors[0] / errors[1]))


def _unit(xp: Any, kind: str, z: Array) -> tuple[Array, Array]:
    """The unit's value and slope."""
    if kind == "bump":
        out = xp.exp(-(z**2))
        return out, -2 * z * out
    out = 1 / (1 + xp.exp(-z))
    return out, out * (1 - out)


def _labelled(truth: str, nets: range, points: int, part: str) -> tuple[Array, Array]:
    """Points in [−1, 1]² [points, 2, nets] and on which side each lies [points, nets]."""
    inputs = 2 * uniforms(0, f"{part} {truth}", nets, (points, 2)) - 1
    if truth == "coin":
        return inputs, uniforms(0, f"{part} coins", nets, (points,)) < 0.5
    if truth == "checkerboard":
        return inputs, (inputs[:, 0] > 0) != (inputs[:, 1] > 0)
    return inputs, inputs[:, 0] + inputs[:, 1] > 0


def _line(inputs: Array, labels: Array, fresh: Array) -> Array:
    """Least squares on ±1, cut at 0: what it says of fresh points."""
    import numpy

    space = Space()
    design, asked = (
        numpy.concatenate([each, numpy.ones_like(each[:, :1])], axis=1).transpose(2, 0, 1)
        for each in (inputs, fresh)
    )
    goal = space.put((2.0 * labels - 1).T[..., None])
    found = space.put(asked) @ (space.xp.linalg.pinv(space.put(design)) @ goal)
    return space.get(found)[..., 0].T > 0


class _Tree(NamedTuple):
    """For each net the split (0: a leaf) at the root and on each side of each first split, and the labels."""

    errors: Array  # [nets]
    first: Array  # [nets]
    second: Array  # [sides, nets]
    labels: Array  # [sides, sides, nets]: where two sides overlap
    whole: Array  # [nets]


def _tree(inputs: Array, labels: Array) -> _Tree:
    """The tree of depth 2 with the fewest training errors; among equals a leaf, then the earlier split."""
    space = Space()
    xp, sides, goal = space.xp, space.put(_sides(inputs)), space.put(labels)
    right = xp.einsum("apk,bpk->abk", sides * goal, sides)
    left = xp.einsum("apk,bpk->abk", sides * (1 - goal), sides)
    wrong = xp.minimum(left, right)
    leaves = xp.stack([wrong[side, side] for side in range(len(sides))])
    stumps = wrong[:, 0::2] + wrong[:, 1::2]
    below = xp.concatenate([leaves[:, None], stumps], axis=1)
    least = xp.amin(below, axis=1)
    ones, zeros = goal.sum(axis=0), (1 - goal).sum(axis=0)
    whole = xp.concatenate([xp.minimum(ones, zeros)[None], least[0::2] + least[1::2]])
    found = (xp.amin(whole, axis=0), whole.argmin(axis=0), below.argmin(axis=1))
    errors, first, second = (space.get(each).astype(int) for each in found)
    return _Tree(errors, first, second, space.get(right >= left) > 0, space.get(ones >= zeros) > 0)


def _grown(tree: _Tree, inputs: Array) -> Array:
    """The labels that the trees give [points, nets]."""
    import numpy

    inside = _sides(inputs)
    rows, which = numpy.indices(inside.shape[1:])

    def side(split: Array) -> Array:
        """The side of the split on which each point lies; where there is none, any."""
        low = 2 * numpy.maximum(split - 1, 0)
        return low + ~inside[low, rows, which]

    outer = side(numpy.broadcast_to(tree.first, rows.shape))
    split = tree.second[outer, which]
    inner = numpy.where(split > 0, side(split), outer)
    return numpy.where(tree.first > 0, tree.labels[outer, inner, which], tree.whole)


def _sides(inputs: Array) -> Array:
    """For each split in turn which points [points, nets] lie on its low and on its high side."""
    import numpy

    low = [inputs[:, feature] <= cut for feature in range(inputs.shape[1]) for cut in _CUTS]
    return numpy.stack([part for each in low for part in (each, ~each)])


def _isotonic(noisy: Array) -> Array:
    """Isotonic least squares: max over a ≤ i of min over b ≥ i of the mean from a to b [Barlow 1972, 1.4]"""
    import numpy

    space, points = Space(), len(noisy)
    sums = space.put(numpy.concatenate([numpy.zeros_like(noisy[:1]), noisy.cumsum(axis=0)]))
    starts, ends = numpy.arange(points)[:, None], numpy.arange(1, points + 1)
    sizes = space.put(numpy.maximum(ends - starts, 1)[..., None])
    means = (sums[None, 1:] - sums[:-1, None]) / sizes
    fitted = [
        space.xp.amax(space.xp.amin(means[: place + 1, place:], axis=1), axis=0)
        for place in range(points)
    ]
    return space.get(space.xp.stack(fitted))


def _straight(noisy: Array) -> Array:
    """The least-squares line through each column."""
    import numpy

    space, points = Space(), len(noisy)
    design = space.put(numpy.column_stack([numpy.linspace(0, 1, points), numpy.ones(points)]))
    return space.get(design @ (space.xp.linalg.pinv(design) @ space.put(noisy)))
