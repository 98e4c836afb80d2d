"""Mini-batches: how noisy their gradients are, what they buy per epoch and per update, on new data too."""

from __future__ import annotations

from typing import Any, Literal

from ..nets import data
from ..nets.digits import accuracy, digits
from ..nets.initial import initial
from ..nets.model import Net
from ..nets.probe import snapshot
from ..nets.random import orders
from ..nets.train import train
from ..nets.updates import Optimiser
from .common import counted, floats

_POINTS = 64
_PICTURES = 60


def batch_noise(
    seeds: int = 256,
    batch: int = 4,
    times: int = 4,
    draws: int = 64,
    first: int = 0,
) -> list[float]:
    """Claim: a batch `times` as large halves the noise of its gradient

    ln(deviation of the gradient of `batch` points from the gradient of all 64 / the same of `times` as
    many), root mean square over `draws` random batches, at the first weights of a 3-8-1 net. Drawn without
    replacement it falls faster than 1/√B, and is 0 for all points. ln 2 is half   [Bottou 2018, section 4]
    """
    import numpy

    counted(seeds, first, batch=batch, times=times, draws=draws)
    if batch * times > _POINTS:
        raise ValueError(f"batch · times must be at most {_POINTS}, found {batch * times}")
    nets = range(first, first + seeds)
    net = Net((3, 8, 1))
    inputs, targets = data.linear_regression(nets, _POINTS, 3, noise=1.0)
    weights = initial(net.sizes, nets)
    whole = _flat(snapshot(net, weights, inputs, targets).gradients)
    squares = {batch: numpy.zeros(seeds), batch * times: numpy.zeros(seeds)}
    for draw in range(draws):
        order = orders(0, f"batch {draw}", nets, _POINTS)[:, None, :]
        for size in squares:
            x, y = (numpy.take_along_axis(each, order[:size], axis=0) for each in (inputs, targets))
            own = _flat(snapshot(net, weights, x, y).gradients)
            squares[size] += ((own - whole) ** 2).sum(axis=0)
    with numpy.errstate(divide="ignore"):
        return floats(0.5 * numpy.log(squares[batch] / squares[batch * times]))


def small_batches(
    seeds: int = 256,
    batch: int = 4,
    count: Literal["epochs", "updates"] = "epochs",
    rate: float = 0.1,
    amount: int = 20,
    first: int = 0,
) -> list[float]:
    """Claim: with small batches the loss is lower than with full batches after the same number of epochs

    ln(loss with all 64 points a step / loss with `batch`), both at one rate, after `amount` epochs, or
    after as many updates each. Per update a full batch is at least as good: it is the number of updates
    that small batches buy. Smallest effect: ln 1.2   [Goodfellow 2016, section 8.1.3]
    """
    import numpy

    counted(seeds, first, batch=batch, amount=amount)
    nets = range(first, first + seeds)
    net = Net((3, 8, 1))
    inputs, targets = data.linear_regression(nets, _POINTS, 3, noise=0.3)
    weights = initial(net.sizes, nets)
    rule = Optimiser("gd", rate)
    per_epoch = _POINTS // batch if count == "epochs" else 1
    whole = train(net, weights, inputs, targets, rule, amount, record=(amount,)).losses[0]
    steps = amount * per_epoch
    run = train(
        net, weights, inputs, targets, rule, steps, record=(steps,), batch=batch, first=first
    )
    return floats(numpy.log(whole / run.losses[0]))


def full_batch_on_fresh_data(
    seeds: int = 256,
    batch: int = 10,
    count: Literal["epochs", "updates"] = "epochs",
    rate: float = 0.3,
    amount: int = 20,
    first: int = 0,
) -> list[float]:
    """Claim: gradient descent with full batches ends more accurate on new data than with small ones

    Share of 100 fresh noisy digits that a ReLU net tells after `amount` epochs with all 60 pictures a step,
    less the same with `batch`; or after as many updates each as `amount` epochs of small batches have. At
    one rate. Smallest effect: 0.02; a `batch` of 60 is the control   [Keskar 2017; Geiping 2022]
    """
    counted(seeds, first, batch=batch, amount=amount)
    nets = range(first, first + seeds)
    net = Net((35, 16, 10), "relu", loss="cross_entropy")
    (inputs, targets), fresh = digits(nets, "train", _PICTURES), digits(nets, "fresh", 100)
    weights, rule = initial(net.sizes, nets), Optimiser("gd", rate)
    updates = amount * (_PICTURES // batch)
    arms = ((updates if count == "updates" else amount, None), (updates, batch))
    shares = []
    for steps, size in arms:
        run = train(
            net, weights, inputs, targets, rule, steps, batch=size, held_out=[fresh], first=first
        )
        shares.append(accuracy(run.held_outputs[0], fresh[1]))
    return floats(shares[0] - shares[1])


def _flat(gradients: list[Any]) -> Any:
    """All layers' gradients, one net a column."""
    import numpy

    return numpy.concatenate([layer.reshape(-1, layer.shape[-1]) for layer in gradients])
