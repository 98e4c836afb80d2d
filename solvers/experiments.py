"""Experiments: small nets really trained, one measurement per seed; seed k is net k of every condition.

Pairs share their first weights and their points. A measurement is NaN where a run blew up, and infinite
where it had not arrived when its steps ended. Seeds are `first`, `first` + 1, ...: judge on others than
those that settings were chosen on.
"""

from __future__ import annotations

from typing import Any

from .nets import data
from .nets.initial import Biases, Rule, deviation, initial
from .nets.model import Activation, Loss, Net
from .nets.probe import curvature, least_squares, snapshot
from .nets.statistics import log_ratio
from .nets.train import Run, train
from .nets.updates import Kind, Optimiser

_TUNING = 1_000_000  # seeds from here on choose settings, and judge nothing


def tanh_against_sigmoid(
    seeds: int = 256,
    rate: float = 0.1,
    hidden: int = 8,
    layers: int = 1,
    rival: Activation = "sigmoid",
    first: int = 0,
) -> list[float]:
    """Claim: with tanh in the hidden layers gradient descent gets there sooner than with sigmoid

    ln(steps with `rival` / steps with tanh) until the loss on XOR is at most 0.01, from the same weights,
    at the same rate. Smallest effect of interest: ln 1.2. `rival` tanh is the control   [LeCun 1998,
    section 4.4]
    """
    _counted(seeds, first, hidden=hidden, layers=layers)
    nets = range(first, first + seeds)
    sizes = (2, *[hidden] * layers, 1)
    weights = initial(sizes, nets)
    tanh, other = (
        _steps(Net(sizes, kind), weights, *data.xor(), Optimiser("gd", rate), 8000, 0.01)
        for kind in _both("tanh", rival)
    )
    return [log_ratio(*pair) for pair in zip(other, tanh, strict=True)]


def hidden_units_apart(
    seeds: int = 256,
    weights: Rule = "constant",
    biases: Biases = "zero",
    optimiser: Kind = "gd",
    steps: int = 100,
    first: int = 0,
) -> list[float]:
    """Claim: hidden units that start alike can learn to differ

    The largest difference between two hidden units' weights after training on points of the seed's own.
    Exactly 0 where all start alike: units with equal weights get equal gradients (an invariant, so a
    proof). Smallest effect: 1e-6.
    """
    import numpy

    _counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((3, 4, 1), "tanh")
    start = initial(net.sizes, nets, weights, 1, 0.5, biases)
    inputs, targets = data.linear_regression(nets, 16, 3)
    rule = Optimiser(optimiser, 0.01 if optimiser == "adam" else 0.05)
    trained = train(net, start, inputs, targets, rule, steps).weights
    units = numpy.concatenate([trained[0], trained[1][:-1].transpose(1, 0, 2)])
    return _floats((units.max(axis=1) - units.min(axis=1)).max(axis=0))


def growth_at_rate(
    seeds: int = 256, factor: float = 1.05, steps: int = 100, first: int = 0
) -> list[float]:
    """Claim: gradient descent on least squares diverges at a rate of `factor` · 2/λmax

    ln(loss after `steps` / loss at the start) of a linear layer whose points some weights fit exactly.
    Above 0 it has grown; above −0.1 it has hardly moved; −69 stands for less   [Goodfellow 2016, section
    4.3.1]
    """
    import numpy

    _counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((4, 1))
    inputs, targets = data.linear_regression(nets, 32, 4, noise=0.0)
    rule = Optimiser("gd", factor * 2 / curvature(inputs)[1])
    weights = initial(net.sizes, nets)
    losses = train(net, weights, inputs, targets, rule, steps, record=(0, steps)).losses
    return _floats(numpy.log(numpy.maximum(losses[1] / losses[0], 1e-30)))


def best_xor_accuracy(
    seeds: int = 256,
    activation: Activation = "linear",
    layers: int = 1,
    hidden: int = 8,
    margin: float = 0.1,
    steps: int = 2000,
    first: int = 0,
) -> list[float]:
    """Claim: a net of this kind can get all four points of XOR right

    The best share of points on their side by at least `margin` (targets −1 and 1), looked for every 50
    steps. Without a margin rounding noise passes for learning. No affine function gets more than 3/4.
    Smallest effect: above 0.9.
    """
    import numpy

    _counted(seeds, first, hidden=hidden, layers=layers + 1, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, *[hidden] * layers, 1), activation)
    inputs, targets = data.xor(-1.0)
    weights = initial(net.sizes, nets)
    best = numpy.zeros(seeds)
    for _ in range(0, steps, 50):
        run = train(net, weights, inputs, targets, Optimiser("gd", 0.1), 50)
        weights = run.weights
        right = run.outputs * targets[..., None] >= margin
        best = numpy.maximum(best, right.mean(axis=(0, 1)))
    return _floats(best)


def first_layer_gradient(
    seeds: int = 256,
    activation: Activation = "sigmoid",
    rule: Rule = "glorot",
    scale: float = 1.0,
    depth: int = 10,
    width: int = 16,
    first: int = 0,
) -> list[float]:
    """Claim: at the start the gradient fades on its way to the first layer

    ln(rms of ∂L/∂z in the last hidden layer / the same in the first) of `depth` hidden layers; negative
    where it grows. Smallest effect of interest: ln 10   [Glorot & Bengio 2010; He 2015]
    """
    import numpy

    seen = _start(seeds, activation, rule, scale, depth, width, first)
    early, late = (numpy.sqrt((delta**2).mean(axis=(0, 1))) for delta in _ends(seen.deltas))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return _floats(numpy.log(late / early))


def signal_at_depth(
    seeds: int = 256,
    activation: Activation = "relu",
    rule: Rule = "he",
    scale: float = 1.0,
    depth: int = 10,
    width: int = 16,
    first: int = 0,
) -> list[float]:
    """Claim: with this initialisation the typical net's signal shrinks on its way through the layers

    ln(mean square in the first hidden layer / in the last). He keeps the mean over nets; in narrow nets
    the typical net's signal shrinks all the same. Smallest effect of interest: ln 2   [He 2015, eq. 10]
    """
    import numpy

    seen = _start(seeds, activation, rule, scale, depth, width, first)
    early, late = ((values**2).mean(axis=(0, 1)) for values in _ends(seen.hidden))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return _floats(numpy.log(early / late))


def scaling_features(
    seeds: int = 256, spread: float = 10.0, offset: float = 0.0, first: int = 0
) -> list[float]:
    """Claim: standardised features let gradient descent get there in fewer steps

    ln(steps on raw features / on standardised ones) until the loss of a linear layer, less the smallest
    possible, is a thousandth of what it was, each at its own best rate 2/(λmin + λmax). The raw features
    have deviations from 1 to `spread` and means of `offset` deviations; 1 and 0 are the control. Smallest
    effect: ln 1.2   [LeCun 1998, section 4.3]
    """
    import numpy

    _counted(seeds, first)
    nets = range(first, first + seeds)
    inputs, targets = data.linear_regression(nets, 32, 4)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    raw = (inputs + offset) * numpy.geomspace(1, spread, 4)[:, None]
    counts = [
        _descent(points, targets, nets, "gd", 2 / sum(curvature(points)))
        for points in (raw, inputs)
    ]
    return [log_ratio(*pair) for pair in zip(*counts, strict=True)]


def momentum_against_descent(
    seeds: int = 256, spread: float = 10.0, momentum: float = 0.9, first: int = 0
) -> list[float]:
    """Claim: momentum gets there in fewer steps than gradient descent at the same rate

    ln(steps without / with momentum) on least squares at the rate 1/λmax, until the loss above the
    smallest possible is a thousandth of what it was; feature scales from 1 to `spread` set the condition
    number. Smallest effect: ln 1.2   [Polyak 1964]
    """
    import numpy

    _counted(seeds, first)
    nets = range(first, first + seeds)
    inputs, targets = data.linear_regression(nets, 32, 4)
    inputs = inputs * numpy.geomspace(1, spread, 4)[:, None]
    rate = 1 / curvature(inputs)[1]
    plain = _descent(inputs, targets, nets, "gd", rate)
    carried = _descent(inputs, targets, nets, "momentum", rate, momentum)
    return [log_ratio(*pair) for pair in zip(plain, carried, strict=True)]


def cross_entropy_against_squares(
    seeds: int = 256,
    start: float = 8.0,
    rate: float = 0.5,
    steps: int = 100,
    rival: Loss = "squares",
    first: int = 0,
) -> list[float]:
    """Claim: out of saturation on the wrong side, cross-entropy takes a sigmoid unit further than squares

    ln(mean (p − y)² after `rival` / after cross-entropy), same steps and rate; the first weights put the
    typical point at a logit of `start` on the wrong side. Smallest effect: ln 2. `rival` cross_entropy is
    the control   [Goodfellow 2016, 6.2.2.2]
    """
    import numpy

    _counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    inputs, targets = data.blobs(nets, 32, apart=4.0)
    weights = initial((2, 1), nets)
    weights[0][0] -= start / 2
    errors = []
    for loss in _both(rival, "cross_entropy"):
        net = Net((2, 1), output="sigmoid" if loss == "squares" else "linear", loss=loss)
        outputs = train(net, weights, inputs, targets, Optimiser("gd", rate), steps).outputs
        shares = outputs if loss == "squares" else 1 / (1 + numpy.exp(-outputs))
        errors.append(((shares - targets) ** 2).mean(axis=(0, 1)))
    return _floats(numpy.log(errors[0] / errors[1]))


def dead_units(
    seeds: int = 256,
    rate: float = 3.0,
    activation: Activation = "relu",
    steps: int = 200,
    first: int = 0,
) -> list[float]:
    """Claim: a high learning rate kills ReLU units

    The share of hidden units that are at most 0 on all of two moons after training, less the share before
    it. A leaky unit's slope never vanishes, but it too may end negative everywhere. Smallest effect: 0.1
    [Maas 2013]
    """
    _counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((2, 16, 1), activation, loss="cross_entropy")
    points = data.moons(64)
    before = initial(net.sizes, nets)
    after = train(net, before, *points, Optimiser("gd", rate), steps).weights
    early, late = (
        (snapshot(net, weights, *points).hidden[0] <= 0).all(axis=0).mean(axis=0)
        for weights in (before, after)
    )
    return _floats(late - early)


def memorised_labels(
    seeds: int = 256, hidden: int = 32, points: int = 16, steps: int = 400, first: int = 0
) -> list[float]:
    """Claim: a net of this width learns labels thrown by coin by heart

    The share of `points` random points of 4 features that end on their side by a logit of at least 0.1,
    after Adam. Smallest effect: above 0.99   [Zhang 2017]
    """
    _counted(seeds, first, hidden=hidden, points=points, steps=steps)
    nets = range(first, first + seeds)
    net = Net((4, hidden, 1), loss="cross_entropy")
    inputs, targets = data.random_labels(nets, points, 4)
    weights = initial(net.sizes, nets)
    outputs = train(net, weights, inputs, targets, Optimiser("adam", 0.05), steps).outputs
    return _floats((outputs * (2 * targets - 1) >= 0.1).mean(axis=(0, 1)))


def adam_against_descent(seeds: int = 256, spread: float = 1.0, first: int = 0) -> list[float]:
    """Claim: Adam gets there in fewer steps than gradient descent, each at its best rate

    ln(steps of gradient descent / of Adam) until the cross-entropy on two moons, one feature stretched by
    `spread`, is at most 0.2. The rates are the best of a grid on 16 other seeds; a best rate on the
    grid's edge is refused. Smallest effect: ln 1.2.
    """
    _counted(seeds, first)
    inputs, targets = data.moons(32)
    inputs = inputs * [1.0, spread]
    counts = []
    grids: tuple[tuple[Kind, float], ...] = (("gd", 0.03), ("adam", 0.01))
    for kind, lowest in grids:
        rate = _best_rate(kind, lowest, inputs, targets)
        counts.append(_moons(range(first, first + seeds), inputs, targets, kind, [rate]))
    return [log_ratio(*pair) for pair in zip(*counts, strict=True)]


def noise_floor(
    seeds: int = 256,
    batch: int = 4,
    noise: float = 1.0,
    rate: float = 0.1,
    first: int = 0,
) -> list[float]:
    """Claim: at a constant rate mini-batch descent stalls above the smallest loss

    (mean loss of the last 10 of 200 epochs − the smallest possible) / mean square of the targets, of a
    linear layer on 32 points with label noise. Without noise all points agree on the weights, and nothing
    stalls. Smallest effect: 0.001   [Bottou 2018, theorem 4.6]
    """
    _counted(seeds, first, batch=batch)
    nets = range(first, first + seeds)
    net = Net((4, 1))
    inputs, targets = data.linear_regression(nets, 32, 4, noise)
    per_epoch = 32 // batch
    ends = [epoch * per_epoch for epoch in range(191, 201)]
    weights = initial(net.sizes, nets)
    rule, steps = Optimiser("gd", rate), 200 * per_epoch
    run = train(net, weights, inputs, targets, rule, steps, record=ends, batch=batch, first=first)
    above = run.losses.mean(axis=0) - least_squares(inputs, targets)
    return _floats(above / (targets**2).mean(axis=(0, 1)))


def deep_linear_loss(
    seeds: int = 256, layers: int = 2, hidden: int = 8, steps: int = 800, first: int = 0
) -> list[float]:
    """Claim: a deep linear net fits better than least squares

    ln(least-squares loss / the net's loss after training) on points of the seed's own. Never above 0: a
    product of matrices is a matrix (a proof); −0.01 or above once it has converged. Smallest effect: 1e-9
    [Baldi & Hornik 1989]
    """
    import numpy

    _counted(seeds, first, layers=layers, hidden=hidden, steps=steps)
    nets = range(first, first + seeds)
    net = Net((3, *[hidden] * layers, 1), "linear")
    inputs, targets = data.linear_regression(nets, 16, 3, noise=1.0)
    weights = initial(net.sizes, nets)
    rule = Optimiser("gd", 0.02)
    losses = train(net, weights, inputs, targets, rule, steps, record=(steps,)).losses[0]
    return _floats(numpy.log(least_squares(inputs, targets) / losses))


def _counted(seeds: int, first: int, **others: int) -> None:
    for name, value in {"seeds": seeds, **others}.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")
    if first < 0:
        raise ValueError(f"first must be at least 0, found {first}")


def _both(*kinds: Any) -> tuple[Any, ...]:
    return kinds


def _floats(values: Any) -> list[float]:
    return [float(value) for value in values]


def _ends(layers: list[Any]) -> tuple[Any, Any]:
    return layers[0], layers[-1]


def _steps(
    net: Net, weights: Any, inputs: Any, targets: Any, rule: Optimiser, steps: int, goal: float
) -> list[int]:
    """Steps to the loss `goal`, −1 where never."""
    run: Run = train(net, weights, inputs, targets, rule, steps, target_loss=goal)
    return [int(count) for count in run.reached]


def _start(
    seeds: int, activation: Activation, rule: Rule, scale: float, depth: int, width: int, first: int
) -> Any:
    """One pass of fresh deep nets over normal points."""
    _counted(seeds, first, depth=depth - 1, width=width)
    nets = range(first, first + seeds)
    sizes = (width, *[width] * depth, 1)
    deviation(rule, width, width)
    weights = initial(sizes, nets, rule, 0, scale)
    inputs, targets = data.linear_regression(nets, 8, width)
    return snapshot(Net(sizes, activation), weights, inputs, targets)


def _descent(
    inputs: Any, targets: Any, nets: range, kind: Kind, rate: Any, momentum: float = 0.9
) -> list[int]:
    """Steps of a linear layer until its loss above the smallest possible is a thousandth of the first."""
    net = Net((int(inputs.shape[1]), 1))
    best = least_squares(inputs, targets)
    weights = [layer * 0 for layer in initial(net.sizes, nets)]
    goal = best + 1e-3 * ((targets**2).mean(axis=(0, 1)) - best)
    rule = Optimiser(kind, rate, momentum)
    run = train(net, weights, inputs, targets, rule, 5000, target_loss=goal)
    return [int(count) for count in run.reached]


def _moons(nets: range, inputs: Any, targets: Any, kind: Kind, rates: list[float]) -> list[int]:
    """Steps to a cross-entropy of 0.2; with several rates, all nets at the first one come first."""
    import numpy

    net = Net((2, 8, 1), loss="cross_entropy")
    weights = [numpy.tile(layer, len(rates)) for layer in initial(net.sizes, nets)]
    rule = Optimiser(kind, numpy.repeat(rates, len(nets)))
    return _steps(net, weights, inputs, targets, rule, 1000, 0.2)


def _best_rate(kind: Kind, lowest: float, inputs: Any, targets: Any) -> float:
    """The rate of the grid `lowest` · 2⁰ ... 2⁹ with the fewest steps in the typical tuning seed."""
    from statistics import median

    nets = range(_TUNING, _TUNING + 16)
    rates = [lowest * 2.0**power for power in range(10)]
    counts = _moons(nets, inputs, targets, kind, rates)
    arrived = [10**9 if count < 0 else count for count in counts]
    typical = [median(arrived[start : start + 16]) for start in range(0, len(arrived), 16)]
    best = typical.index(min(typical))
    if best in (0, len(rates) - 1):
        raise ValueError(f"the best rate of {kind} must lie inside the grid, found {rates[best]}")
    return float(rates[best])
