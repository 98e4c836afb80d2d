"""The oracle: one nn.Module and one torch.optim optimiser per net, one net after the other."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .arrays import Dtype
from .model import LEAK, Net
from .random import orders
from .updates import Optimiser

Array = Any


def train_singly(
    net: Net,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    batch: int | None = None,
    seed: int = 0,
    dtype: Dtype = "float64",
) -> list[Array]:
    """The weights after `steps` updates, in the layout of `train`."""
    import numpy

    trained = []
    for index in range(weights[0].shape[-1]):
        module = make(net, [layer[..., index] for layer in weights], dtype)
        own = [array[..., index] if array.ndim == 3 else array for array in (inputs, targets)]
        rate = float(numpy.broadcast_to(optimiser.rate, weights[0].shape[-1:])[index])
        step = stepper(net, module, optimiser, rate)
        x, y = (_tensor(array, dtype) for array in own)
        for rows in _rows(len(inputs), steps, batch, seed, index):
            step(x[rows], y[rows])
        trained.append(read(module))
    return [numpy.stack(layer, axis=-1) for layer in zip(*trained, strict=True)]


def make(net: Net, weights: list[Array], dtype: Dtype = "float64") -> Any:
    """An nn.Sequential with these weights [fan_in + 1, fan_out]."""
    import torch

    kinds: dict[str, Any] = {
        "tanh": torch.nn.Tanh,
        "sigmoid": torch.nn.Sigmoid,
        "relu": torch.nn.ReLU,
        "leaky_relu": lambda: torch.nn.LeakyReLU(LEAK),
        "linear": torch.nn.Identity,
    }
    layers: list[Any] = []
    for number, (fan_in, fan_out) in enumerate(pairwise(net.sizes)):
        layer = torch.nn.Linear(fan_in, fan_out, dtype=getattr(torch, dtype))
        with torch.no_grad():
            layer.weight.copy_(_tensor(weights[number][:-1].T, dtype))
            layer.bias.copy_(_tensor(weights[number][-1], dtype))
        last = number == len(net.sizes) - 2
        layers += [layer, kinds[net.output if last else net.activation]()]
    return torch.nn.Sequential(*(layer for layer in layers if type(layer) is not torch.nn.Identity))


def stepper(net: Net, module: Any, optimiser: Optimiser, rate: float) -> Any:
    """The training step that every tutorial shows."""
    import torch

    loss_of: Any = torch.nn.MSELoss()
    if net.loss == "cross_entropy":
        single = net.sizes[-1] == 1
        loss_of = torch.nn.BCEWithLogitsLoss() if single else torch.nn.CrossEntropyLoss()
    parameters = module.parameters()
    if optimiser.kind == "adam":
        betas = (optimiser.momentum, optimiser.square)
        chosen: Any = torch.optim.Adam(parameters, rate, betas, optimiser.epsilon)
    else:
        momentum = 0.0 if optimiser.kind == "gd" else optimiser.momentum
        nesterov = optimiser.kind == "nesterov"
        chosen = torch.optim.SGD(parameters, rate, momentum, nesterov=nesterov)

    def step(inputs: Any, targets: Any) -> None:
        chosen.zero_grad()
        loss_of(module(inputs), targets).backward()
        chosen.step()

    return step


def read(module: Any) -> list[Array]:
    """The weights of a module, biases last, as float64 arrays."""
    import numpy

    linear = [layer for layer in module if hasattr(layer, "weight")]
    pairs = [(layer.weight.detach().numpy().T, layer.bias.detach().numpy()) for layer in linear]
    return [numpy.concatenate([w, b[None]]).astype("float64") for w, b in pairs]


def _tensor(array: Array, dtype: Dtype) -> Any:
    import torch

    return torch.tensor(array, dtype=getattr(torch, dtype))


def _rows(points: int, steps: int, batch: int | None, seed: int, index: int) -> Any:
    if batch is None:
        yield from (slice(None) for _ in range(steps))
        return
    per_epoch = points // batch
    for step in range(steps):
        epoch, part = divmod(step, per_epoch)
        order = orders(seed, f"order {epoch}", range(index, index + 1), points)[:, 0]
        yield order[part * batch : (part + 1) * batch].tolist()
