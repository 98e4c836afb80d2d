"""Autoencoders: what a linear one finds, when a bent one finds more, and what noise at the input is for."""

from __future__ import annotations

from typing import Any, Literal

from ..nets.arrays import Array, Space
from ..nets.initial import initial
from ..nets.model import Activation, Net
from ..nets.random import normals, uniforms
from ..nets.stacked import train_stacked
from ..nets.train import train
from ..nets.updates import Optimiser
from ..nets.wide import Stack, with_ones
from .common import counted, floats

Cloud = Literal["arc", "gaussian"]

_ROOT = 7301


def linear_autoencoder_error(
    seeds: int = 256, code: int = 2, gap: float = 2.0, updates: int = 600, first: int = 0
) -> list[float]:
    """Claim: a linear autoencoder reconstructs with a smaller error than PCA of the same size

    ln(PCA's error / the autoencoder's) on the points of the seed's own that both were fitted to, 4 features
    whose deviations fall by `gap` from one to the next. Never above 0: its output has the rank of its code,
    and PCA is the best of that rank (a proof); −0.01 or above once it has converged. Smallest effect: 1e-9
    [Eckart & Young 1936; Baldi & Hornik 1989]
    """
    import numpy

    nets, points = _ellipsoids(seeds, first, gap, code=code, updates=updates)
    net = Net((4, code, 4), "linear")
    losses = _fitted(net, nets, points, updates).losses[0]
    return floats(numpy.log(_spectrum(points)[0][:, code:].sum(axis=1) / 4 / losses))


def linear_autoencoder_space(
    seeds: int = 256,
    axes: bool = False,
    tied: bool = False,
    code: int = 2,
    gap: float = 2.0,
    updates: int = 600,
    first: int = 0,
) -> list[float]:
    """Claim: a linear autoencoder's decoder spans the space of PCA's first components

    The smallest squared cosine between a direction of the one space and its projection on the other; with
    `axes` of the best match between a principal component and a single column of the decoder. Smallest
    effect: above 0.99   [Baldi & Hornik 1989; Plaut 2018]
    """
    import numpy

    nets, points = _ellipsoids(seeds, first, gap, code=code, updates=updates)
    decoder = _linear(nets, points, code, tied, updates)[1]
    columns = numpy.moveaxis(decoder[:-1], -1, 0)
    components = _spectrum(points)[1][:, :code]
    if axes:
        lengths = numpy.linalg.norm(columns, axis=2, keepdims=True)
        matches = components @ (columns / lengths).transpose(0, 2, 1)
        return floats((matches**2).max(axis=2).min(axis=1))
    orthonormal = numpy.linalg.qr(columns.transpose(0, 2, 1))[0]
    cosines = numpy.linalg.svd(components @ orthonormal, compute_uv=False)
    return floats(cosines[:, -1] ** 2)


def encoder_not_orthonormal(
    seeds: int = 256,
    tied: bool = False,
    code: int = 2,
    gap: float = 2.0,
    updates: int = 600,
    first: int = 0,
) -> list[float]:
    """Claim: the encoder of a linear autoencoder does not end with orthonormal columns

    The largest |EᵀE − 1| after training from E = Dᵀ. With tied weights the least error wants x ↦ E Eᵀ x to
    be a projection, so EᵀE = 1; else only the product D E is fixed. Smallest effect: 0.02
    [Baldi & Hornik 1989]
    """
    import numpy

    nets, points = _ellipsoids(seeds, first, gap, code=code, updates=updates)
    encoder = _linear(nets, points, code, tied, updates)[0][:-1]
    product = numpy.einsum("ick,idk->cdk", encoder, encoder)
    return floats(abs(product - numpy.eye(code)[..., None]).max(axis=(0, 1)))


def bent_against_pca(
    seeds: int = 256,
    cloud: Cloud = "arc",
    activation: Activation = "tanh",
    fresh: bool = True,
    points: int = 32,
    updates: int = 300,
    first: int = 0,
) -> list[float]:
    """Claim: an autoencoder with bent hidden layers reconstructs with a smaller error than PCA

    ln(PCA's error / that of a 2-8-1-8-2 net), one number as the code, on `fresh` points or on those of the
    training, of a half circle with noise or a round Gaussian cloud. Linear layers are the control.
    Smallest effect: ln 1.5   [Kramer 1991; Hinton & Salakhutdinov 2006]
    """
    import numpy

    counted(seeds, first, points=points, updates=updates)
    nets = range(first, first + seeds)
    known, other = _cloud(nets, cloud, "known", points), _cloud(nets, cloud, "fresh", 64)
    net = Net((2, 8, 1, 8, 2), activation)
    rule, weights = Optimiser("adam", 0.02), initial(net.sizes, nets, "glorot")
    run = train(net, weights, known, known, rule, updates, held_out=[(other, other)])
    asked, outputs = (other, run.held_outputs[0]) if fresh else (known, run.outputs)
    return floats(numpy.log(_pca_error(known, asked) / ((outputs - asked) ** 2).mean(axis=(0, 1))))


def denoising_against_plain(
    seeds: int = 256,
    code: int = 8,
    noise: float = 0.5,
    fed: float | None = None,
    thickness: float = 0.2,
    updates: int = 150,
    first: int = 0,
) -> list[float]:
    """Claim: an autoencoder that is fed noisy inputs and clean targets cleans better than a plain one

    ln(error of the plain one / of the denoising one) against the clean point when fresh noisy points come
    in, both linear: 6 features that vary in 2 directions and by `thickness` in all; `noise` is the noise's
    deviation, `fed` that in the training of the denoising one if not the same. Smallest effect: ln 1.2
    [Vincent 2008]
    """
    import numpy

    counted(seeds, first, code=code, updates=updates)
    nets = range(first, first + seeds)
    net = Net((6, code, 6), "linear")
    weights, rule = initial(net.sizes, nets, "glorot"), Optimiser("adam", 0.03)
    plane = normals(_ROOT, "plane", nets, (2, 6))
    clean, asked = (
        numpy.einsum("pck,cfk->pfk", normals(_ROOT, stream, nets, (32, 2)), plane)
        + thickness * normals(_ROOT, f"{stream} off", nets, (32, 6))
        for stream in ("points", "fresh points")
    )
    shifts, other = (normals(_ROOT, stream, nets, (32, 6)) for stream in ("noise", "fresh noise"))
    held, errors = [(asked + noise * other, asked)], []
    for deviation in (0.0, noise if fed is None else fed):
        inputs = clean + deviation * shifts
        run = train(net, weights, inputs, clean, rule, updates, held_out=held, record=(updates,))
        errors.append(run.held_losses[0][0])
    return floats(numpy.log(errors[0] / errors[1]))


def identity_learned(
    seeds: int = 256,
    code: int = 6,
    activation: Activation = "linear",
    fed: float = 0.0,
    updates: int = 200,
    first: int = 0,
) -> list[float]:
    """Claim: an autoencoder whose code is as wide as its input copies everything, noise included

    The share of the variance of fresh points, from another distribution than the training's, that it
    reconstructs; `fed` adds noise to the inputs in training, not to the targets. Smallest effect: above
    0.99   [Goodfellow 2016, 14.2]
    """
    import numpy

    counted(seeds, first, code=code, updates=updates)
    nets = range(first, first + seeds)
    net = Net((4, code, 4), activation)
    known = normals(_ROOT, "points", nets, (32, 4))
    asked = 2 * uniforms(_ROOT, "others", nets, (32, 4)) - 1
    noisy = known + fed * normals(_ROOT, "noise", nets, (32, 4))
    weights, rule = initial(net.sizes, nets, "glorot"), Optimiser("adam", 0.03)
    run = train(net, weights, noisy, known, rule, updates, held_out=[(asked, asked)])
    gaps = ((run.held_outputs[0] - asked) ** 2).mean(axis=(0, 1))
    return floats(1 - gaps / numpy.var(asked, axis=(0, 1)))


def _ellipsoids(seeds: int, first: int, gap: float, **counts: int) -> tuple[range, Array]:
    """16 points of 4 features with deviations 1, 1/gap, ..., whose means are 0."""
    import numpy

    counted(seeds, first, **counts)
    nets = range(first, first + seeds)
    drawn = normals(_ROOT, "ellipsoid", nets, (16, 4))
    drawn -= drawn.mean(axis=0)
    return nets, drawn * (gap ** -numpy.arange(4.0))[:, None]


def _fitted(net: Net, nets: range, points: Array, updates: int) -> Any:
    weights = initial(net.sizes, nets, "glorot")
    rule = Optimiser("adam", 0.02)
    return train(net, weights, points, points, rule, updates, record=(updates,))


def _linear(nets: range, points: Array, code: int, tied: bool, updates: int) -> list[Array]:
    """Encoder and decoder, transposes of each other at the start; with `tied` also ever after."""
    net = Net((4, code, 4), "linear")
    weights = initial(net.sizes, nets, "glorot")
    weights[1][:-1] = weights[0][:-1].transpose(1, 0, 2)

    def build(space: Space, own: list[Array], x: Array, y: Array, like: Any) -> Any:
        stack = Stack(net, space, own, space.put(with_ones(x)), space.put(y), like)
        if tied:
            encoder = stack.gradients[0][:-1]
            decoder = stack.gradients[1][:-1].swapaxes(0, 1)
            stack.backward += [
                space.call("add", encoder, decoder, out=encoder),
                space.call("add", encoder, space.zero, out=decoder),
            ]
        return stack

    rule = Optimiser("adam", 0.02)
    run = train_stacked(build, weights, [(points, points)], (2, 2), rule, updates)
    return run.weights


def _spectrum(points: Array) -> tuple[Array, Array]:
    """Per net the variances along the principal components, largest first, and these as rows."""
    import numpy

    centred = numpy.moveaxis(points - points.mean(axis=0), -1, 0)
    _, sizes, rows = numpy.linalg.svd(centred, full_matrices=False)
    return sizes**2 / len(points), rows


def _pca_error(known: Array, asked: Array) -> Array:
    """The mean square error on `asked` of the first principal component of `known`."""
    import numpy

    rows = _spectrum(known)[1][:, 0]
    centred = numpy.moveaxis(asked - known.mean(axis=0), -1, 0)
    along = (centred * rows[:, None]).sum(axis=2, keepdims=True)
    return ((centred - along * rows[:, None]) ** 2).mean(axis=(1, 2))


def _cloud(nets: range, cloud: Cloud, stream: str, count: int) -> Array:
    import numpy

    noise = normals(_ROOT, f"{cloud} {stream}", nets, (count, 2))
    if cloud == "gaussian":
        return noise
    angles = numpy.pi * uniforms(_ROOT, f"angles {stream}", nets, (count,))
    return numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=1) + 0.05 * noise
