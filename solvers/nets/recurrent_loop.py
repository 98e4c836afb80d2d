"""The oracle of recurrent nets: torch.nn.RNN, LSTM and GRU, one net after the other, by autograd."""

from __future__ import annotations

from typing import Any

from .arrays import Array, Dtype
from .loop import _tensor, stepper
from .model import Net
from .recurrent import Recurrent
from .updates import Optimiser

# Where torch keeps the gate that stands at this place here.
_PLACES = {"lstm": (0, 1, 3, 2), "gru": (0, 1, 2)}


def train_recurrent_singly(
    net: Recurrent,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    optimiser: Optimiser,
    steps: int,
    dtype: Dtype = "float64",
) -> list[Array]:
    """The weights after `steps` updates, in the layout of `train_recurrent`."""
    import numpy

    trained = []
    for index in range(weights[0].shape[-1]):
        module = make(net, [layer[..., index] for layer in weights], dtype)
        x = _tensor(inputs[..., index] if inputs.ndim == 4 else inputs, dtype)
        y = targets[..., index] if targets.ndim == 3 + net.each else targets
        rate = float(numpy.broadcast_to(optimiser.rate, weights[0].shape[-1:])[index])
        head = Net((net.hidden, net.outputs), loss=net.loss)
        step = stepper(head, module, optimiser, rate)
        for _ in range(steps):
            step(x, _tensor(y.reshape(-1, net.outputs), dtype))
        trained.append(read(net, module))
    return [numpy.stack(layer, axis=-1) for layer in zip(*trained, strict=True)]


def make(net: Recurrent, weights: list[Array], dtype: Dtype = "float64") -> Any:
    """A module with these weights; the recurrent biases, which say nothing new, are 0 and stay so."""
    import torch

    class Reader(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = _layer(net, getattr(torch, dtype))
            self.linear = torch.nn.Linear(net.directions * net.hidden, net.outputs)
            self.to(getattr(torch, dtype))

        def forward(self, sequences: Any) -> Any:
            states = self.layer(sequences)[0]
            if net.each:
                return self.linear(states.reshape(-1, states.shape[-1]))
            ends = [states[-1, :, : net.hidden], states[0, :, net.hidden :]]
            return self.linear(torch.cat(ends, dim=1))

    module = Reader()
    with torch.no_grad():
        for direction, suffix in enumerate(("", "_reverse")[: net.directions]):
            given, square = (_moved(net, part) for part in weights[2 * direction :][:2])
            getattr(module.layer, f"weight_ih_l0{suffix}").copy_(_tensor(given[:-1].T, dtype))
            getattr(module.layer, f"weight_hh_l0{suffix}").copy_(_tensor(square.T, dtype))
            getattr(module.layer, f"bias_ih_l0{suffix}").copy_(_tensor(given[-1], dtype))
            still = getattr(module.layer, f"bias_hh_l0{suffix}")
            still.zero_()
            still.requires_grad_(False)
        module.linear.weight.copy_(_tensor(weights[-1][:-1].T, dtype))
        module.linear.bias.copy_(_tensor(weights[-1][-1], dtype))
    return module


def read(net: Recurrent, module: Any) -> list[Array]:
    """The weights of a module in the layout of `train_recurrent`."""
    import numpy

    found = []
    for suffix in ("", "_reverse")[: net.directions]:
        parts = [
            getattr(module.layer, f"{name}_l0{suffix}").detach().numpy()
            for name in ("weight_ih", "bias_ih", "weight_hh")
        ]
        found += [numpy.concatenate([parts[0].T, parts[1][None]]), parts[2].T]
    found = [_moved(net, part) for part in found]
    weight, bias = (p.detach().numpy() for p in (module.linear.weight, module.linear.bias))
    return [*found, numpy.concatenate([weight.T, bias[None]])]


def _layer(net: Recurrent, kind: Any) -> Any:
    import torch

    sizes = {"input_size": net.inputs, "hidden_size": net.hidden, "bidirectional": net.both}
    if net.cell == "lstm":
        return torch.nn.LSTM(**sizes, dtype=kind)
    if net.cell == "gru":
        return torch.nn.GRU(**sizes, dtype=kind)
    if net.cell == "linear":
        raise ValueError("torch has no linear recurrent layer")
    return torch.nn.RNN(**sizes, nonlinearity=net.cell, dtype=kind)


def _moved(net: Recurrent, layer: Array) -> Array:
    """Gates in torch's order; the same permutation leads back."""
    import numpy

    places = _PLACES.get(net.cell, (0,))
    units = net.hidden
    columns = [layer[:, place * units : (place + 1) * units] for place in places]
    return numpy.concatenate(columns, axis=1)
