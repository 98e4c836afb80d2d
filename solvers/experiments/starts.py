"""First weights: symmetry, and how signals and gradients fare through the layers."""

from __future__ import annotations

from typing import Any, Literal

from ..nets import data
from ..nets.initial import Biases, Rule, deviation, initial
from ..nets.model import Activation, Net
from ..nets.probe import snapshot
from ..nets.train import train
from ..nets.updates import Kind, Optimiser
from .common import counted, floats


def hidden_units_apart(
    seeds: int = 256,
    weights: Rule = "constant",
    biases: Biases = "zero",
    optimiser: Kind = "gd",
    steps: int = 100,
    dropout: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: hidden units that start alike can learn to differ

    The largest difference between two hidden units' weights after training on points of the seed's own.
    Exactly 0 where all start alike: units with equal weights get equal gradients (an invariant, so a
    proof), as long as no dropout treats them unlike. Smallest effect: 1e-6.
    """
    import numpy

    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((3, 4, 1), "tanh", dropout=dropout)
    start = initial(net.sizes, nets, weights, 1, 0.5, biases)
    inputs, targets = data.linear_regression(nets, 16, 3)
    rule = Optimiser(optimiser, 0.01 if optimiser == "adam" else 0.05)
    trained = train(net, start, inputs, targets, rule, steps, first=first).weights
    units = numpy.concatenate([trained[0], trained[1][:-1].transpose(1, 0, 2)])
    return floats((units.max(axis=1) - units.min(axis=1)).max(axis=0))


def one_layer_alike(
    seeds: int = 256,
    alike: Literal["first", "last", "both"] = "first",
    value: float = 0.5,
    activation: Activation = "tanh",
    steps: int = 100,
    first: int = 0,
) -> list[float]:
    """Claim: hidden units learn to differ when only one layer's weights start all equal

    The largest difference, after training, between two hidden units' weights in the layers that start with
    every weight at `value`; the other layer starts random. Exactly 0 where both layers start so, and where
    ReLU units start with all weights 0, whose slope is 0. Smallest effect: 0.01
    """
    import numpy

    counted(seeds, first, steps=steps)
    nets = range(first, first + seeds)
    net = Net((3, 4, 1), activation)
    start = initial(net.sizes, nets, "glorot", 1)
    layers = {"first": (0,), "last": (1,), "both": (0, 1)}[alike]
    for layer in layers:
        start[layer][:-1] = value
    inputs, targets = data.linear_regression(nets, 16, 3)
    trained = train(net, start, inputs, targets, Optimiser("gd", 0.05), steps).weights
    units = [trained[0], trained[1][:-1].transpose(1, 0, 2)]
    apart = [units[layer].max(axis=1) - units[layer].min(axis=1) for layer in layers]
    return floats(numpy.concatenate(apart).max(axis=0))


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
        return floats(numpy.log(late / early))


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
        return floats(numpy.log(early / late))


def growth_through_layers(
    seeds: int = 256,
    ratio: Literal["signal", "errors", "weights"] = "errors",
    activation: Activation = "tanh",
    rule: Rule = "glorot",
    scale: float = 5.0,
    depth: int = 10,
    width: int = 16,
    first: int = 0,
) -> list[float]:
    """Claim: this ratio of a fresh net's last and first hidden layer shows an explosion

    ln of the growth on the way, rms: of the `signal` h from the first hidden layer to the last; of ∂L/∂z
    (`errors`) or ∂L/∂W (`weights`) from the last back to the first. Negative where it vanishes; 0 with one
    hidden layer, the control. As ∂L/∂W = h δ, growth of h on its way forward hides that of δ on its way
    back. Smallest effect: ln 10   [Glorot & Bengio 2010, section 4.2.2]
    """
    import numpy

    seen = _start(seeds, activation, rule, scale, depth, width, first, layers=1)
    gradients = [layer[:-1] for layer in seen.gradients[:depth]]
    layers = {"signal": seen.hidden[::-1], "errors": seen.deltas, "weights": gradients}[ratio]
    early, late = ((values**2).mean(axis=(0, 1)) for values in _ends(layers))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return floats(0.5 * numpy.log(early / late))


def _ends(layers: list[Any]) -> tuple[Any, Any]:
    return layers[0], layers[-1]


def _start(
    seeds: int,
    activation: Activation,
    rule: Rule,
    scale: float,
    depth: int,
    width: int,
    first: int,
    layers: int = 2,
) -> Any:
    """One pass of fresh nets of at least so many hidden layers over normal points."""
    counted(seeds, first, width=width)
    if depth < layers:
        raise ValueError(f"depth must be at least {layers}, found {depth}")
    nets = range(first, first + seeds)
    sizes = (width, *[width] * depth, 1)
    deviation(rule, width, width)
    weights = initial(sizes, nets, rule, 0, scale)
    inputs, targets = data.linear_regression(nets, 8, width)
    return snapshot(Net(sizes, activation), weights, inputs, targets)
