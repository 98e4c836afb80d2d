"""The oracle of convolutional nets: torch's Conv1d and pooling, one net after the other, by autograd."""

from __future__ import annotations

from typing import Any

from .arrays import Array, Dtype
from .convolutional import Convolutional
from .loop import _tensor, shifted, stepper
from .model import LEAK, Net
from .updates import Optimiser


def train_convolutional_singly(
    net: Convolutional,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    dtype: Dtype = "float64",
) -> list[Array]:
    """The weights after `steps` updates, in the layout of `train_convolutional`."""
    import numpy

    trained = []
    for index in range(weights[0].shape[-1]):
        module = make(net, [layer[..., index] for layer in weights], dtype)
        x = _tensor(inputs[..., index] if inputs.ndim == 4 else inputs, dtype)
        y = _tensor(targets[..., index] if targets.ndim == 3 else targets, dtype)
        rate = float(numpy.broadcast_to(optimiser.rate, weights[0].shape[-1:])[index])
        step = stepper(Net((net.features, net.outputs), loss=net.loss), module, optimiser, rate)
        for _ in range(steps):
            step(x.transpose(1, 2), y)
        trained.append(read(net, module))
    return [numpy.stack(layer, axis=-1) for layer in zip(*trained, strict=True)]


def make(net: Convolutional, weights: list[Array], dtype: Dtype = "float64") -> Any:
    """Convolutions (without sharing one per position, each on its own window), pooling, Linear."""
    import torch

    kind = getattr(torch, dtype)

    class Local(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            count = 1 if net.sharing else net.positions
            sizes = (net.channels, net.filters, net.kernel)
            self.filters: Any = torch.nn.ModuleList(
                torch.nn.Conv1d(*sizes, dtype=kind) for _ in range(count)
            )
            self.linear = torch.nn.Linear(net.features, net.outputs, dtype=kind)

        def forward(self, values: Any) -> Any:
            edge, mode = net.kernel // 2, "circular" if net.padding == "cyclic" else "constant"
            if net.padding != "valid":
                values = torch.nn.functional.pad(values, (edge, edge), mode)
            if net.sharing:
                maps = self.filters[0](values)
            else:
                parts = [
                    one(values[:, :, start : start + net.kernel])
                    for start, one in enumerate(self.filters)
                ]
                maps = torch.cat(parts, dim=2)
            pooled = _pool(net, _activation(net)(maps))
            return self.linear(pooled.transpose(1, 2).reshape(len(values), -1))

    module = Local()
    arrays = [weights[0]] if net.sharing else list(weights[0])
    with torch.no_grad():
        for one, array in zip(module.filters, arrays, strict=True):
            square = array[:-1].reshape(net.kernel, net.channels, net.filters)
            one.weight.copy_(_tensor(square.transpose(2, 1, 0), dtype))
            one.bias.copy_(_tensor(array[-1], dtype))
        module.linear.weight.copy_(_tensor(weights[1][:-1].T, dtype))
        module.linear.bias.copy_(_tensor(weights[1][-1], dtype))
    return module


def read(net: Convolutional, module: Any) -> list[Array]:
    """The weights of a module in the layout of `train_convolutional`."""
    import numpy

    found = []
    for one in module.filters:
        weight = one.weight.detach().numpy().transpose(2, 1, 0).reshape(-1, net.filters)
        found.append(numpy.concatenate([weight, one.bias.detach().numpy()[None]]))
    weight, bias = (p.detach().numpy() for p in (module.linear.weight, module.linear.bias))
    filters = found[0] if net.sharing else numpy.stack(found)
    return [filters, numpy.concatenate([weight.T, bias[None]])]


def _pool(net: Convolutional, maps: Any) -> Any:
    import torch

    if net.pool == "none":
        return maps
    kinds: dict[str, Any] = {"average": torch.nn.AvgPool1d, "max": torch.nn.MaxPool1d}
    return kinds[net.pool](net.block)(maps)


def _activation(net: Convolutional) -> Any:
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
    return kinds[net.activation]()
