"""The array namespace: numpy, or torch on a device, under the names that both share.

Both know `tanh`, `exp`, `multiply`, `subtract`, `matmul` ... with `out=`; what they do not share
stands here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

Array = Any
Op = Callable[[], Any]
Library = Literal["numpy", "torch"]
Dtype = Literal["float32", "float64"]


class Space:
    """Where arrays live: a library, a device and a dtype

    Without a device, QUIZKIT_DEVICE names it, and else it is the CPU. Off the CPU the library is torch.
    """

    def __init__(
        self, library: Library = "numpy", device: str | None = None, dtype: Dtype = "float64"
    ) -> None:
        device = device or os.environ.get("QUIZKIT_DEVICE") or "cpu"
        if device != "cpu":
            library = "torch"
        self.library, self.device = library, device
        self.xp: Any = _numpy() if library == "numpy" else _torch(device)
        self.dtype = getattr(self.xp, dtype)
        self.one = self.put(1.0)
        self.two, self.half = self.put(2.0), self.put(0.5)
        self.zero = self.put(0.0)

    def put(self, values: Array) -> Array:
        """A contiguous copy of numbers drawn on the CPU."""
        import numpy

        copied = numpy.array(values, dtype=numpy.float64, order="C")
        if self.library == "numpy":
            return copied.astype(self.dtype)
        return self.xp.from_numpy(copied).to(self.device, self.dtype)

    def get(self, array: Array) -> Array:
        """The same as a float64 numpy array on the CPU."""
        import numpy

        plain = array if self.library == "numpy" else array.cpu().numpy()
        return numpy.array(plain, dtype=numpy.float64)

    def full(self, shape: tuple[int, ...], value: float = 0.0) -> Array:
        """A new array."""
        if self.library == "numpy":
            return self.xp.full(shape, value, dtype=self.dtype)
        return self.xp.full(shape, value, dtype=self.dtype, device=self.device)

    def call(self, name: str, *arguments: Any, out: Array) -> Op:
        """A call of the library's function, to be made later and often."""
        return partial(getattr(self.xp, name), *arguments, out=out)

    def sigmoid(self, values: Array) -> list[Op]:
        """σ(z) = 1/(1 + exp(−z)) in place."""
        if self.library == "torch":
            return [self.call("sigmoid", values, out=values)]
        return [
            self.call("negative", values, out=values),
            self.call("exp", values, out=values),
            self.call("add", values, self.one, out=values),
            self.call("reciprocal", values, out=values),
        ]

    def tanh(self, values: Array) -> list[Op]:
        """tanh z = 2 σ(2z) − 1 in place, right to some units of the last place of 1

        A processor takes half as long for this as for a library's tanh, which keeps its relative error
        small near 0 too; a GPU counts calls.
        """
        if self.device != "cpu":
            return [self.call("tanh", values, out=values)]
        if self.library == "torch":
            return [
                self.call("multiply", values, self.two, out=values),
                self.call("sigmoid", values, out=values),
                self.call("subtract", values, self.half, out=values),
                self.call("multiply", values, self.two, out=values),
            ]
        return [  # 1 − 2/(1 + exp 2z)
            self.call("add", values, values, out=values),
            self.call("exp", values, out=values),
            self.call("add", values, self.one, out=values),
            self.call("divide", self.two, values, out=values),
            self.call("subtract", self.one, values, out=values),
        ]

    def product(self, left: Array, right: Array, out: Array) -> Op:
        """The matrix product of two matrices: on the CPU by the quicker of two libraries' routines."""
        if self.library == "numpy" or self.device != "cpu" or self.dtype == self.xp.float64:
            return self.call("matmul", left, right, out=out)
        numpy = _numpy()
        return partial(numpy.matmul, left.numpy(), right.numpy(), out=out.numpy())

    def total(self, array: Array, axis: int, out: Array) -> Op:
        """Sums along one axis; on the CPU by numpy, whose calls cost less."""
        if self.device != "cpu":
            return partial(self.xp.sum, array, dim=axis, out=out)
        if self.library == "torch":
            array, out = array.numpy(), out.numpy()
        return partial(_numpy().add.reduce, array, axis=axis, out=out)

    def largest(self, array: Array, axis: int, out: Array) -> Op:
        """Maxima along one axis."""
        if self.library == "numpy":
            return partial(self.xp.maximum.reduce, array, axis=axis, out=out)
        return partial(self.xp.amax, array, dim=axis, out=out)

    def take(self, source: Array, places: Array, out: Array) -> Op:
        """Elements of the flattened source."""
        if self.library == "numpy":
            return partial(self.xp.take, source, places, out=out, mode="clip")
        return partial(self.xp.take, source, places, out=out)

    def contract(self, rule: str, left: Array, right: Array, out: Array) -> Op:
        """An einsum into `out`: on the CPU numpy's own loop, which runs along the nets; on a GPU torch's."""
        if self.device != "cpu":
            return self._contract_on_device(rule, left, right, out)
        from numpy._core.multiarray import c_einsum

        if self.library == "torch":  # a tensor on the CPU shares its memory with a numpy array
            left, right, out = left.numpy(), right.numpy(), out.numpy()
        return partial(c_einsum, rule, left, right, out=out)

    def _contract_on_device(self, rule: str, left: Array, right: Array, out: Array) -> Op:
        """By matrices, or, where there is one output, by a product and a sum."""
        if rule == "pok,iok->pik" and left.shape[1] == 1:
            return partial(self.xp.multiply, left, right[:, 0], out=out)
        if rule == "pik,iok->pok" and right.shape[1] == 1:
            return self._summed(left, right[:, 0], 1, out[:, 0])
        if rule == "pik,pok->iok" and right.shape[1] == 1:
            return self._summed(left, right, 0, out[:, 0])
        return lambda: out.copy_(self.xp.einsum(rule, left, right))

    def _summed(self, left: Array, right: Array, axis: int, out: Array) -> Op:
        scratch = self.full(tuple(left.shape))

        def run() -> None:
            self.xp.multiply(left, right, out=scratch)
            self.xp.sum(scratch, dim=axis, out=out)

        return run


def _numpy() -> Any:
    import numpy

    return numpy


def _torch(device: str) -> Any:
    if device != "cpu":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    import torch

    if device != "cpu":
        _check_device(torch, device)
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.use_deterministic_algorithms(True)
    return torch


def _check_device(torch: Any, device: str) -> None:
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(
            f"device must be cpu or one that torch can use, found {device!r}: {reason}"
        ) from error
