"""The oracle: one nn.Module and one torch.optim optimiser per net, one net after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .arrays import Dtype
from .model import LEAK, NORM_EPSILON, Net
from .noise import affine, keys, mask, shifts
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
    jitter: float = 0.0,
) -> list[Array]:
    """The weights after `steps` updates, in the layout of `train`."""
    import numpy

    same = (net, weights, inputs, targets, optimiser, steps, batch, seed, dtype, jitter)
    trained = [read(module) for module in modules(*same)]
    return [numpy.stack(layer, axis=-1) for layer in zip(*trained, strict=True)]


def modules(
    net: Net,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    batch: int | None = None,
    seed: int = 0,
    dtype: Dtype = "float64",
    jitter: float = 0.0,
) -> Iterator[Any]:
    """One trained module per net."""
    import numpy

    for index in range(weights[0].shape[-1]):
        module = make(net, [layer[..., index] for layer in weights], dtype)
        own = [array[..., index] if array.ndim == 3 else array for array in (inputs, targets)]
        rate = float(numpy.broadcast_to(optimiser.rate, weights[0].shape[-1:])[index])
        step = stepper(net, module, optimiser, rate)
        x, y = (_tensor(array, dtype) for array in own)
        for count, rows in enumerate(_rows(len(inputs), steps, batch, seed, index)):
            moved = x[rows] + _shift(x[rows].shape, jitter, seed, count, index, dtype)
            for number, layer in enumerate(_having(module, "mask")):
                key = keys(seed, f"mask {number}", range(count, count + 1), range(index, index + 1))
                shape = (len(moved), layer.width)
                layer.mask = _tensor(mask(key[0], shape, net.dropout)[..., 0], dtype)
            for number, layer in enumerate(_having(module, "moves")):
                key = keys(
                    seed, f"moves {number}", range(count, count + 1), range(index, index + 1)
                )
                layer.moves = _tensor(affine(key[0], layer.width, net.norm_noise)[..., 0], dtype)
            step(moved, y[rows])
        yield module


def make(net: Net, weights: list[Array], dtype: Dtype = "float64") -> Any:
    """An nn.Sequential with these weights [fan_in + 1, fan_out]."""
    import torch

    kinds: dict[str, Any] = {
        "tanh": torch.nn.Tanh,
        "sigmoid": torch.nn.Sigmoid,
        "relu": torch.nn.ReLU,
        "leaky_relu": lambda: torch.nn.LeakyReLU(LEAK),
        "linear": torch.nn.Identity,
        "centred_sigmoid": lambda: shifted(torch.nn.Sigmoid(), -0.5),
        "raised_tanh": lambda: shifted(torch.nn.Tanh(), 1.0),
    }
    layers: list[Any] = []
    for number, (fan_in, fan_out) in enumerate(pairwise(net.sizes)):
        last = number == len(net.sizes) - 2
        normal = net.norm and not last
        layer = torch.nn.Linear(fan_in, fan_out, not normal, dtype=getattr(torch, dtype))
        with torch.no_grad():
            layer.weight.copy_(_tensor(weights[number][:-1].T, dtype))
            if not normal:
                layer.bias.copy_(_tensor(weights[number][-1], dtype))
        layers += [layer]
        if normal:
            layers += [_batch_norm(net, fan_out, dtype)]
            layers += [_moved(fan_out)] if net.norm_noise else []
        layers += [kinds[net.output if last else net.activation]()]
        if net.dropout and not last:
            layers += [_masked(fan_out)]
    return torch.nn.Sequential(*(layer for layer in layers if type(layer) is not torch.nn.Identity))


def shifted(activation: Any, by: float) -> Any:
    """torch's own activation, and a number added to what it makes."""
    import torch

    class Shifted(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            return activation(x) + by

    return Shifted()


def _batch_norm(net: Net, width: int, dtype: Dtype) -> Any:
    import torch

    momentum, kind = net.norm_momentum, getattr(torch, dtype)
    return torch.nn.BatchNorm1d(width, NORM_EPSILON, momentum, dtype=kind)


def _masked(units: int) -> Any:
    """torch.nn.Dropout whose mask is given, so that both trainers drop the same units."""
    import torch

    class Masked(torch.nn.Module):
        width = units
        mask: Any = None

        def forward(self, values: Any) -> Any:
            return values * self.mask if self.training else values

    return Masked()


def _moved(units: int) -> Any:
    """Noise of a whole unit in training: a factor and an offset, both given."""
    import torch

    class Moved(torch.nn.Module):
        width = units
        moves: Any = None

        def forward(self, values: Any) -> Any:
            return values * self.moves[0] + self.moves[1] if self.training else values

    return Moved()


def _having(module: Any, name: str) -> list[Any]:
    return [layer for layer in module if hasattr(layer, name)]


def _shift(
    shape: tuple[int, ...], jitter: float, seed: int, step: int, index: int, dtype: Dtype
) -> Any:
    if not jitter:
        return 0.0
    key = keys(seed, "jitter", range(step, step + 1), range(index, index + 1))
    return _tensor(shifts(key[0], tuple(shape), jitter)[..., 0], dtype)


def stepper(net: Net, module: Any, optimiser: Optimiser, rate: float) -> Any:
    """The training step that every tutorial shows."""
    import torch

    loss_of: Any = torch.nn.MSELoss()
    if net.loss == "cross_entropy":
        single = net.sizes[-1] == 1
        loss_of = torch.nn.BCEWithLogitsLoss() if single else torch.nn.CrossEntropyLoss()
    chosen = _optimiser(list(module.parameters()), optimiser, rate)
    factors = optimiser.factors or (1.0,)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        chosen, lambda step: factors[min(step, len(factors) - 1)]
    )

    def step(inputs: Any, targets: Any) -> None:
        chosen.zero_grad()
        loss_of(module(inputs), targets).backward()
        if optimiser.clip_value is not None:
            torch.nn.utils.clip_grad_value_(module.parameters(), optimiser.clip_value)
        if optimiser.clip is not None:
            torch.nn.utils.clip_grad_norm_(module.parameters(), optimiser.clip)
        chosen.step()
        schedule.step()

    return step


def _optimiser(parameters: list[Any], optimiser: Optimiser, rate: float) -> Any:
    import torch

    decay = float(optimiser.decay)
    if optimiser.kind == "adam":
        betas = (optimiser.momentum, optimiser.square)
        kind: Any = torch.optim.AdamW if optimiser.decoupled else torch.optim.Adam
        return kind(parameters, rate, betas, optimiser.epsilon, decay)
    if optimiser.decoupled and decay:
        raise ValueError("torch decouples the decay of Adam alone")
    momentum = 0.0 if optimiser.kind == "gd" else optimiser.momentum
    nesterov = optimiser.kind == "nesterov"
    return torch.optim.SGD(parameters, rate, momentum, weight_decay=decay, nesterov=nesterov)


def read(module: Any) -> list[Array]:
    """The weights of a module, biases last, as float64 arrays; then γ and β of its batch norms."""
    import numpy
    import torch

    linear = [layer for layer in module if isinstance(layer, torch.nn.Linear)]
    norms = [layer for layer in module if isinstance(layer, torch.nn.BatchNorm1d)]
    found = []
    for layer in linear:
        weight = layer.weight.detach().numpy().T
        bias = numpy.zeros(weight.shape[1]) if layer.bias is None else layer.bias.detach().numpy()
        found.append(numpy.concatenate([weight, bias[None]]))
    found += [numpy.stack([n.weight.detach().numpy(), n.bias.detach().numpy()]) for n in norms]
    return [array.astype("float64") for array in found]


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
