"""Batch norm of one hidden layer of all nets: statistics per unit over the points."""

from __future__ import annotations

from .arrays import Array, Op, Space
from .model import NORM_EPSILON


class BatchNorm:
    """γ (z − mean) / √(var + ε) + β in place, and its backward pass   [Ioffe & Szegedy 2015]

    In training mean and variance are the batch's, and the running ones follow by `momentum` (the variance
    there over n − 1, as in torch); a layer made with `like` uses the running ones of that layer. `moves`
    [2, width, nets] are factors and offsets that follow   [Santurkar 2018, section 2.1]
    """

    def __init__(
        self,
        space: Space,
        values: Array,
        affine: Array,
        gradient: Array,
        momentum: float,
        like: BatchNorm | None = None,
        moves: Array | None = None,
    ) -> None:
        self.space, self.values, self.affine, self.gradient = space, values, affine, gradient
        self.moves = moves
        points, width, nets = (int(size) for size in values.shape)
        self.points, self.momentum = points, momentum
        self.mean, self.scale, self.spare = (space.full((width, nets)) for _ in range(3))
        if like is None:
            self.running_mean = space.full((width, nets))
            self.running_variance = space.full((width, nets), 1.0)
            self.normal = space.full((points, width, nets))
            self.forward = [*self._train(), *self._moved(values)]
        else:
            self.running_mean, self.running_variance = like.running_mean, like.running_variance
            self.normal = values
            self.forward = self._evaluate()

    def _train(self) -> list[Op]:
        call, values, normal, share = self.space.call, self.values, self.normal, 1 / self.points
        unbiased = self.points / max(1, self.points - 1)
        return [
            self.space.total(values, 0, self.mean),
            call("multiply", self.mean, share, out=self.mean),
            call("subtract", values, self.mean, out=normal),
            call("multiply", normal, normal, out=values),
            self.space.total(values, 0, self.scale),
            call("multiply", self.scale, share, out=self.scale),
            *self._follow(self.running_mean, self.mean, 1.0),
            *self._follow(self.running_variance, self.scale, unbiased),
            *self._finish(self.scale),
        ]

    def _follow(self, running: Array, seen: Array, factor: float) -> list[Op]:
        call, spare = self.space.call, self.spare
        return [
            call("multiply", running, 1 - self.momentum, out=running),
            call("multiply", seen, self.momentum * factor, out=spare),
            call("add", running, spare, out=running),
        ]

    def _evaluate(self) -> list[Op]:
        centre = self.space.call("subtract", self.values, self.running_mean, out=self.values)
        return [centre, *self._finish(self.running_variance)]

    def _finish(self, variance: Array) -> list[Op]:
        call, values, normal, scale = self.space.call, self.values, self.normal, self.scale
        return [
            call("add", variance, self.space.put(NORM_EPSILON), out=scale),
            call("sqrt", scale, out=scale),
            call("reciprocal", scale, out=scale),
            call("multiply", normal, scale, out=normal),
            call("multiply", normal, self.affine[0], out=values),
            call("add", values, self.affine[1], out=values),
        ]

    def _moved(self, values: Array) -> list[Op]:
        if self.moves is None:
            return []
        factors, offsets = self.moves[0], self.moves[1]
        return [
            self.space.call("multiply", values, factors, out=values),
            self.space.call("add", values, offsets, out=values),
        ]

    def backward(self, delta: Array, spare: Array) -> list[Op]:
        """δ ← γ/√(var + ε) (δ − mean δ − x̂ mean δx̂), after the gradients Σ δx̂ of γ and Σ δ of β."""
        call, total, gradient = self.space.call, self.space.total, self.gradient
        undone = [] if self.moves is None else [call("multiply", delta, self.moves[0], out=delta)]
        return [
            *undone,
            call("multiply", delta, self.normal, out=spare),
            total(spare, 0, gradient[0]),
            total(delta, 0, gradient[1]),
            call("multiply", self.normal, gradient[0], out=spare),
            call("add", spare, gradient[1], out=spare),
            call("multiply", spare, 1 / self.points, out=spare),
            call("subtract", delta, spare, out=delta),
            call("multiply", self.scale, self.affine[0], out=self.spare),
            call("multiply", delta, self.spare, out=delta),
        ]
