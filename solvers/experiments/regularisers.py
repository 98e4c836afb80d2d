"""Dropout, weight decay, early stopping and jitter: the generalisation gap, held-out loss and accuracy.

Two normal clouds in four dimensions that overlap (the best possible accuracy is 84 %), a share `flipped`
of the training labels turned round. A ReLU net with one hidden layer, Adam, all points at once, evaluation
without dropout or jitter on 128 held-out points whose labels are true.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from ..nets.initial import initial
from ..nets.model import Net
from ..nets.random import normals, uniforms
from ..nets.train import Run, stopping, train
from ..nets.updates import Optimiser
from .common import counted, floats

Array = Any
Regulariser = Literal["none", "dropout", "decay", "jitter", "stopping"]

_ROOT, _HELD, _APART = 7003, 128, 2.0
_EVERY = 10


def dropout_and_gap(
    seeds: int = 256,
    rate: float = 0.5,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: dropout narrows the generalisation gap

    (held-out loss − training loss) without dropout, less the same with it, after the same number of steps.
    Smallest effect: 0.05; `rate` 0 is the control   [Srivastava 2014]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_gap(plain) - _gap(replace(plain, dropout=rate)))


def dropout_and_accuracy(
    seeds: int = 256,
    rate: float = 0.5,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: dropout raises held-out accuracy

    Share of held-out points on their side with dropout, less the same without. Smallest effect: 0.01;
    `rate` 0 is the control   [Srivastava 2014]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_accuracy(replace(plain, dropout=rate)) - _accuracy(plain))


def decay_and_gap(
    seeds: int = 256,
    decay: float = 0.03,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: L2 weight decay narrows the generalisation gap

    (held-out loss − training loss, neither with the penalty) without decay, less the same with it. Smallest
    effect: 0.05; `decay` 0 is the control   [Krogh & Hertz 1992]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_gap(plain) - _gap(replace(plain, decay=decay)))


def decay_and_loss(
    seeds: int = 256,
    decay: float = 0.03,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: L2 weight decay lowers the held-out loss

    Held-out loss (without the penalty) without decay, less the same with it. Smallest effect: 0.02; `decay`
    0 is the control   [Krogh & Hertz 1992]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_held_loss(plain) - _held_loss(replace(plain, decay=decay)))


def decay_and_accuracy(
    seeds: int = 256,
    decay: float = 0.03,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: L2 weight decay raises held-out accuracy

    Share of held-out points on their side with decay, less the same without. Smallest effect: 0.01;
    `decay` 0 is the control   [Krogh & Hertz 1992]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_accuracy(replace(plain, decay=decay)) - _accuracy(plain))


def jitter_and_gap(
    seeds: int = 256,
    jitter: float = 0.5,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: augmentation by jittered inputs narrows the generalisation gap

    (held-out loss − training loss) without jitter, less the same with each input of each step moved by a
    draw from ±jitter; the features have deviation 1. Smallest effect: 0.05; 0 is the control
    [Bishop 1995]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_gap(plain) - _gap(replace(plain, jitter=jitter)))


def jitter_and_accuracy(
    seeds: int = 256,
    jitter: float = 0.5,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: augmentation by jittered inputs raises held-out accuracy

    Share of held-out points on their side with jitter, less the same without. Jitter of 3 deviations moves
    points over the border between the classes. Smallest effect: 0.01; 0 is the control   [Bishop 1995]
    """
    plain = _task(seeds, first, points, hidden, steps, flipped)
    return floats(_accuracy(replace(plain, jitter=jitter)) - _accuracy(plain))


def stopping_and_gap(
    seeds: int = 256,
    patience: int = 2,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: early stopping narrows the generalisation gap

    (test loss − training loss) after `steps`, less the same at the look, every 10 steps, whose loss on a
    validation set of 128 points was the lowest before `patience` looks brought no lower one. The test set
    is a third one. Smallest effect: 0.05; a `patience` of 0 never stops, the control   [Prechelt 1998]
    """
    run, stop = _stopped(_task(seeds, first, points, hidden, steps, flipped), patience)
    gaps = run.held_losses[1] - run.losses
    return floats(gaps[-1] - gaps[stop, range(seeds)])


def stopping_and_loss(
    seeds: int = 256,
    patience: int = 2,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: early stopping lowers the held-out loss

    Loss on a test set after `steps`, less the same at the look that a validation set chose, as in
    `stopping_and_gap`. Smallest effect: 0.02; a `patience` of 0 is the control   [Prechelt 1998]
    """
    run, stop = _stopped(_task(seeds, first, points, hidden, steps, flipped), patience)
    losses = run.held_losses[1]
    return floats(losses[-1] - losses[stop, range(seeds)])


def stopping_and_accuracy(
    seeds: int = 256,
    patience: int = 2,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    flipped: float = 0.0,
    first: int = 0,
) -> list[float]:
    """Claim: early stopping raises held-out accuracy

    Share of the test points on their side at the look that a validation set chose, as in `stopping_and_gap`,
    less the same after `steps`. Smallest effect: 0.01; a `patience` of 0 is the control   [Prechelt 1998]
    """
    task = _task(seeds, first, points, hidden, steps, flipped)
    stop = _stopped(task, patience)[1]
    return floats(_accuracy_at(task, stop * _EVERY) - _accuracy(task))


def flipped_labels_memorised(
    seeds: int = 256,
    regulariser: Regulariser = "decay",
    strength: float = 0.1,
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    first: int = 0,
) -> list[float]:
    """Claim: this regulariser keeps the net from learning wrong labels by heart

    Of the fifth of the training labels that were turned round, the share that the net predicts as turned
    without the regulariser, less the same with it. `strength` is the decay, the dropout rate, the jitter, or
    the share of the steps before stopping. Smallest effect: 0.1; none is the control   [Zhang 2017]
    """
    plain = _task(seeds, first, points, hidden, steps, 0.2)
    changed = {
        "none": plain,
        "dropout": replace(plain, dropout=strength),
        "decay": replace(plain, decay=strength),
        "jitter": replace(plain, jitter=strength),
        "stopping": replace(plain, steps=int(steps * strength)),
    }
    return floats(_memorised(plain) - _memorised(changed[regulariser]))


def decoupled_decay(
    seeds: int = 256,
    decay: float = 0.03,
    kind: Literal["gd", "adam"] = "adam",
    points: int = 40,
    hidden: int = 16,
    steps: int = 80,
    first: int = 0,
) -> list[float]:
    """Claim: under Adam L2 shrinks the weights more than decoupled decay of the same strength

    ln(norm of all weights with decoupled decay / with L2) after training; Adam divides L2's share of the
    gradient by the gradient's own size, which becomes small. With plain gradient descent both are the same
    formula: w − η(g + λw) = (1 − ηλ)w − ηg. Smallest effect: ln 1.2   [Loshchilov & Hutter 2019]
    """
    import numpy

    task = replace(_task(seeds, first, points, hidden, steps, 0.0), kind=kind, decay=decay)
    norms = [
        numpy.sqrt(sum((layer**2).sum(axis=(0, 1)) for layer in _run(one).weights))
        for one in (task, replace(task, decoupled=True))
    ]
    return floats(numpy.log(norms[1] / norms[0]))


@dataclass(frozen=True)
class _Task:
    """One arm: its data, its net, and how it is trained."""

    nets: range
    points: int
    hidden: int
    steps: int
    flipped: float
    dropout: float = 0.0
    decay: float = 0.0
    jitter: float = 0.0
    decoupled: bool = False
    kind: Literal["gd", "adam"] = "adam"

    def clouds(self, stream: str, points: int, flipped: float) -> tuple[Array, Array]:
        """Inputs, and targets of which some are turned round."""
        import numpy

        inputs = normals(_ROOT, f"{stream} inputs", self.nets, (points, 4))
        labels = numpy.arange(points) % 2
        inputs[:, 0] += _APART * (labels[:, None] - 0.5)
        turned = uniforms(_ROOT, f"{stream} flips", self.nets, (points, 1)) < flipped
        return inputs, (turned != labels[:, None, None]).astype(float)


def _task(seeds: int, first: int, points: int, hidden: int, steps: int, flipped: float) -> _Task:
    counted(seeds, first, points=points, hidden=hidden, steps=steps)
    return _Task(range(first, first + seeds), points, hidden, steps, flipped)


def _run(task: _Task, held: tuple[str, ...] = (), record: tuple[int, ...] = ()) -> Run:
    net = Net((4, task.hidden, 1), "relu", loss="cross_entropy", dropout=task.dropout)
    rate = 0.05 if task.kind == "adam" else 0.5
    rule = Optimiser(task.kind, rate, decay=task.decay, decoupled=task.decoupled)
    return train(
        net,
        initial(net.sizes, task.nets),
        *task.clouds("train", task.points, task.flipped),
        rule,
        task.steps,
        jitter=task.jitter,
        held_out=[task.clouds(stream, _HELD, 0.0) for stream in held],
        record=record or (task.steps,),
        first=task.nets.start,
    )


def _gap(task: _Task) -> Array:
    run = _run(task, ("test",))
    return run.held_losses[0][0] - run.losses[0]


def _held_loss(task: _Task) -> Array:
    return _run(task, ("test",)).held_losses[0][0]


def _accuracy(task: _Task) -> Array:
    outputs = _run(task, ("test",)).held_outputs[0]
    truth = task.clouds("test", _HELD, 0.0)[1]
    return ((outputs > 0) == (truth > 0.5)).mean(axis=(0, 1))


def _accuracy_at(task: _Task, steps: Array) -> Array:
    """Each net's share of test points on their side after its own number of steps

    A run tells the outputs at its end only: so all run to each end that some net has.
    """
    import numpy

    shares = numpy.empty(len(task.nets))
    for end in set(steps.tolist()):
        shares[steps == end] = _accuracy(replace(task, steps=end))[steps == end]
    return shares


def _memorised(task: _Task) -> Array:
    """The share of the turned labels that the net gives back."""
    given = task.clouds("train", task.points, task.flipped)[1]
    turned = given != task.clouds("train", task.points, 0.0)[1]
    learnt = (_run(task).outputs > 0) == (given > 0.5)
    return (learnt & turned).sum(axis=(0, 1)) / turned.sum(axis=(0, 1)).clip(1)


def _stopped(task: _Task, patience: int) -> tuple[Run, Array]:
    """All looks, and for each net the number of the one to stop at."""
    import numpy

    record = tuple(range(0, task.steps + 1, _EVERY))
    run = _run(task, ("validation", "test"), record)
    last = numpy.full(len(task.nets), len(record) - 1)
    return run, stopping(run.held_losses[0], patience) if patience else last
