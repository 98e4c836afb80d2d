"""Recurrent networks: one step, parameter counts, gradients through time, gates, causality."""

from __future__ import annotations

import math
from typing import Any, Literal

from .ranges import _in_float64, _numbers, _one_of

CellName = Literal["RNN", "LSTM", "GRU"]
Directions = Literal["one direction", "both directions"]
BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}  # affine maps per cell: gates and candidate


def relu_state(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> list[float]:
    """ReLU(W_x x + W_h h + b), one entry per hidden unit   [Goodfellow et al. 2016, eq. 10.8]"""
    _numbers(
        inputs=inputs,
        previous=previous,
        input_weights=input_weights,
        state_weights=state_weights,
        offsets=offsets,
    )
    _check_step(inputs, previous, input_weights, state_weights, offsets)
    sums = [
        _dot(row, inputs) + _dot(loop, previous) + offset
        for row, loop, offset in zip(input_weights, state_weights, offsets, strict=True)
    ]
    return [max(0, total) for total in sums]


def relu_state_by_torch(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> list[float]:
    """A real torch.nn.RNNCell with these weights and one bias vector."""
    import torch

    _check_step(inputs, previous, input_weights, state_weights, offsets)
    cell = torch.nn.RNNCell(len(inputs), len(previous), nonlinearity="relu", dtype=torch.float64)
    with torch.no_grad():
        cell.weight_ih.copy_(torch.tensor(input_weights))
        cell.weight_hh.copy_(torch.tensor(state_weights))
        cell.bias_ih.copy_(torch.tensor(offsets))
        cell.bias_hh.zero_()
        state = cell(_row(inputs), _row(previous))
    return [float(unit) for unit in state[0]]


def parameter_count(cell: CellName, inputs: int, hidden: int, biases: int = 1) -> int:
    """k h (n + h + biases), k = 1 RNN, 3 GRU, 4 LSTM; torch: biases = 2   [Gers 2000; Cho 2014]"""
    _one_of(CellName, cell=cell)
    _check_sizes(inputs, hidden, biases)
    return BLOCKS[cell] * hidden * (inputs + hidden + biases)


def parameter_count_by_torch(cell: CellName, inputs: int, hidden: int, biases: int = 1) -> int:
    """The elements of a real torch layer, its bias vectors kept as far as asked."""
    import torch

    _check_sizes(inputs, hidden, biases)
    layer = getattr(torch.nn, cell)(inputs, hidden, device="meta")
    kept = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"][: 2 + biases]
    return sum(p.numel() for name, p in layer.named_parameters() if name in kept)


def parameters_against(
    cell: CellName, other: CellName, inputs: int, hidden: int, biases: int = 1
) -> float:
    """Parameters of one cell over those of another, with the same sizes"""
    _one_of(CellName, cell=cell, other=other)
    return parameter_count(cell, inputs, hidden, biases) / parameter_count(
        other, inputs, hidden, biases
    )


def parameters_against_by_torch(
    cell: CellName, other: CellName, inputs: int, hidden: int, biases: int = 1
) -> float:
    """The elements of the two real torch layers."""
    one, two = (parameter_count_by_torch(each, inputs, hidden, biases) for each in (cell, other))
    return one / two


def rnn_parameters(inputs: int, hidden: int, length: int, biases: int = 1) -> int:
    """h (n + h + biases), the same for any `length`   [Goodfellow et al. 2016, 10.1]"""
    _check_sizes(inputs, hidden, biases)
    _check_positive(length=length)
    return hidden * (inputs + hidden + biases)


def rnn_parameters_by_torch(inputs: int, hidden: int, length: int, biases: int = 1) -> int:
    """One RNNCell met at each of `length` steps; its distinct parameters counted."""
    import torch

    _check_sizes(inputs, hidden, biases)
    _check_positive(length=length)
    cell = torch.nn.RNNCell(inputs, hidden, device="meta")
    kept = list(cell.named_parameters())[: 2 + biases]
    met = {name: values.numel() for _ in range(length) for name, values in kept}
    return sum(met.values())


def output_shape(
    batch: int,
    length: int,
    features: int,
    hidden: int,
    directions: Directions,
    batch_first: bool = True,
) -> tuple[int, int, int]:
    """(batch, length, hidden · directions), whatever the number of features   [torch.nn.LSTM]"""
    _one_of(Directions, directions=directions)
    _check_positive(batch=batch, length=length, features=features, hidden=hidden)
    width = 2 * hidden if directions == "both directions" else hidden
    return (batch, length, width) if batch_first else (length, batch, width)


def output_shape_by_torch(
    batch: int,
    length: int,
    features: int,
    hidden: int,
    directions: Directions,
    batch_first: bool = True,
) -> tuple[int, ...]:
    """A real LSTM, really run: the meta device is slower here."""
    import torch

    _check_positive(batch=batch, length=length, features=features, hidden=hidden)
    both = directions == "both directions"
    layer = torch.nn.LSTM(features, hidden, batch_first=batch_first, bidirectional=both)
    sizes = (batch, length) if batch_first else (length, batch)
    with torch.no_grad():
        return tuple(layer(torch.zeros(*sizes, features))[0].shape)


def linear_states(weight: float, start: float, inputs: list[float]) -> list[float]:
    """h_t = w h_(t-1) + x_t, from h_0 = start to h_T"""
    _numbers(weight=weight, start=start, inputs=inputs)
    _check_inputs(inputs)
    states = [start]
    for entry in inputs:
        states.append(weight * states[-1] + entry)
    return states


def linear_states_by_fractions(weight: float, start: float, inputs: list[float]) -> list[float]:
    """The closed form h_t = w^t h_0 + Σ_k w^(t-k) x_k, in exact fractions."""
    from fractions import Fraction

    _check_inputs(inputs)
    w, sources = Fraction(weight), [Fraction(start), *map(Fraction, inputs)]
    steps = range(len(sources))
    return [float(sum(w ** (t - k) * sources[k] for k in range(t + 1))) for t in steps]


def gradient_terms(weight: float, start: float, inputs: list[float], target: float) -> list[float]:
    """(h_T - y) w^(T-t) h_(t-1) for t = 1..T: what each use of w adds   [Werbos 1990]"""
    _numbers(weight=weight, start=start, inputs=inputs, target=target)
    states = linear_states(weight, start, inputs)
    error = states[-1] - target
    last = len(inputs) - 1
    return [error * weight ** (last - t) * states[t] for t in range(len(inputs))]


def gradient_terms_by_autograd(
    weight: float, start: float, inputs: list[float], target: float
) -> list[float]:
    """Every step gets its own copy of w; autograd differentiates by each copy."""
    import torch

    _check_inputs(inputs)
    copies = torch.full((len(inputs),), float(weight), dtype=torch.float64, requires_grad=True)
    state = torch.tensor(float(start), dtype=torch.float64)
    for step, entry in enumerate(inputs):
        state = copies[step] * state + entry
    (slopes,) = torch.autograd.grad((state - target) ** 2 / 2, copies)
    return [float(slope) for slope in slopes]


def shared_weight_gradient(
    weight: float, start: float, inputs: list[float], target: float
) -> float:
    """∂L/∂w of L = (h_T - y)²/2, h_t = w h_(t-1) + x_t: the sum over the steps   [Werbos 1990]"""
    _numbers(weight=weight, start=start, inputs=inputs, target=target)
    return sum(gradient_terms(weight, start, inputs, target))


def shared_weight_gradient_by_autograd(
    weight: float, start: float, inputs: list[float], target: float
) -> float:
    """One shared w; the loss is differentiated by autograd."""
    import torch

    _check_inputs(inputs)
    shared = torch.tensor(float(weight), dtype=torch.float64, requires_grad=True)
    state = torch.tensor(float(start), dtype=torch.float64)
    for entry in inputs:
        state = shared * state + entry
    (slope,) = torch.autograd.grad((state - target) ** 2 / 2, shared)
    return float(slope)


def state_gradient(weight: float, lag: int) -> float:
    """∂h_(t+lag)/∂h_t = w^lag for h_t = w h_(t-1) + x_t   [Pascanu et al. 2013, section 2]"""
    _numbers(weight=weight)
    _check_positive(lag=lag)
    with _in_float64():
        return weight**lag


def state_gradient_by_autograd(weight: float, lag: int) -> float:
    """The recurrence run for `lag` steps, differentiated by autograd."""
    import torch

    _check_positive(lag=lag)
    first = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    state = first
    for _ in range(lag):
        state = weight * state
    (slope,) = torch.autograd.grad(state, first)
    return float(slope)


def lstm_cell_state(forget_gate: float, input_gate: float, candidate: float, cell: float) -> float:
    """c_t = f c_(t-1) + i g   [Gers et al. 2000; Goodfellow et al. 2016, eq. 10.41]"""
    _numbers(forget_gate=forget_gate, input_gate=input_gate, candidate=candidate, cell=cell)
    _check_gates(forget_gate, input_gate)
    return forget_gate * cell + input_gate * candidate


def lstm_cell_state_by_torch(
    forget_gate: float, input_gate: float, candidate: float, cell: float
) -> float:
    """The cell state of a real torch.nn.LSTMCell whose biases alone set gates and candidate."""
    return _torch_lstm(forget_gate, input_gate, 0.5, candidate, cell)[1]


def lstm_hidden(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> float:
    """h_t = o tanh(f c_(t-1) + i g)   [Gers et al. 2000; Goodfellow et al. 2016, eq. 10.43]"""
    _numbers(
        forget_gate=forget_gate,
        input_gate=input_gate,
        output_gate=output_gate,
        candidate=candidate,
        cell=cell,
    )
    _check_gates(forget_gate, input_gate, output_gate)
    return output_gate * math.tanh(forget_gate * cell + input_gate * candidate)


def lstm_hidden_by_torch(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> float:
    """The hidden state of a real torch.nn.LSTMCell whose biases alone set gates and candidate."""
    return _torch_lstm(forget_gate, input_gate, output_gate, candidate, cell)[0]


def gate(pre_activation: float) -> float:
    """σ(z) = 1 / (1 + e^-z), the opening of an LSTM or GRU gate, strictly between 0 and 1"""
    _numbers(pre_activation=pre_activation)
    _check_pre_activation(pre_activation)
    return 1 / (1 + math.exp(-pre_activation))


def gate_by_torch(pre_activation: float) -> float:
    """How much of c = 1 a real LSTMCell keeps when its candidate is tanh(0) = 0."""
    import torch

    _check_pre_activation(pre_activation)
    cell = _bias_only_cell([0.0, pre_activation, 0.0, 0.0])
    zero, one = torch.zeros(1, 1).double(), torch.ones(1, 1).double()
    with torch.no_grad():
        return float(cell(zero, (zero, one))[1])


def cell_gradient(forget_gate: float, steps: int) -> float:
    """∂c_T/∂c_0 along the cell = f^T for a constant forget gate   [Gers et al. 2000]"""
    _check_positive(steps=steps)
    _check_gates(forget_gate)
    return forget_gate**steps


def cell_gradient_by_autograd(forget_gate: float, steps: int) -> float:
    """A real LSTMCell with only biases, run for `steps`, differentiated by its first cell state."""
    import torch

    _check_positive(steps=steps)
    _check_gates(forget_gate)
    cell = _bias_only_cell([0.0, _logit(forget_gate), 0.0, 0.0])
    zero = torch.zeros(1, 1, dtype=torch.float64)
    first = torch.ones(1, 1, dtype=torch.float64, requires_grad=True)
    state = (zero, first)
    for _ in range(steps):
        state = cell(zero, state)
    (slope,) = torch.autograd.grad(state[1].sum(), first)
    return float(slope)


def output_change(
    inputs: list[float], changed: int, watched: int, bidirectional: bool, weight: float = 0.5
) -> float:
    """Σ |Δ output at `watched`| when input `changed` grows by 1; h_t = tanh(x_t + w h_(t-1))"""
    _numbers(inputs=inputs, weight=weight)
    _check_places(inputs, changed, watched)
    moved = [x + (step == changed) for step, x in enumerate(inputs, start=1)]
    before = _tanh_outputs(inputs, bidirectional, weight)[watched - 1]
    after = _tanh_outputs(moved, bidirectional, weight)[watched - 1]
    return sum(abs(a - b) for a, b in zip(after, before, strict=True))


def output_change_by_torch(
    inputs: list[float], changed: int, watched: int, bidirectional: bool, weight: float = 0.5
) -> float:
    """The same change put into a real torch.nn.RNN."""
    import torch

    _check_places(inputs, changed, watched)
    layer = torch.nn.RNN(1, 1, bidirectional=bidirectional, bias=False, dtype=torch.float64)
    with torch.no_grad():
        for name, values in layer.named_parameters():
            values.fill_(weight if "hh" in name else 1.0)
        sequence = torch.tensor(inputs, dtype=torch.float64).reshape(-1, 1)
        moved = sequence.clone()
        moved[changed - 1] += 1
        change = (layer(moved)[0] - layer(sequence)[0]).abs()
    return float(change[watched - 1].sum())


def _dot(weights: list[float], entries: list[float]) -> float:
    return sum(weight * entry for weight, entry in zip(weights, entries, strict=True))


def _tanh_outputs(
    inputs: list[float], bidirectional: bool, weight: float
) -> list[tuple[float, ...]]:
    forth = _tanh_states(inputs, weight)
    if not bidirectional:
        return [(state,) for state in forth]
    back = _tanh_states(inputs[::-1], weight)[::-1]
    return list(zip(forth, back, strict=True))


def _tanh_states(inputs: list[float], weight: float) -> list[float]:
    states: list[float] = []
    for entry in inputs:
        states.append(math.tanh(entry + weight * (states[-1] if states else 0.0)))
    return states


def _row(entries: list[float]) -> Any:
    import torch

    return torch.tensor([entries], dtype=torch.float64)


def _logit(opening: float) -> float:
    return math.log(opening) - math.log1p(-opening)


def _bias_only_cell(offsets: list[float]) -> Any:
    """An LSTMCell of one unit with zero weights; offsets for input, forget, candidate, output."""
    import torch

    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for values in cell.parameters():
            values.zero_()
        cell.bias_ih.copy_(torch.tensor(offsets, dtype=torch.float64))
    return cell


def _torch_lstm(
    forget_gate: float, input_gate: float, output_gate: float, candidate: float, cell: float
) -> tuple[float, float]:
    import torch

    _check_gates(forget_gate, input_gate, output_gate)
    offsets = [_logit(input_gate), _logit(forget_gate), math.atanh(candidate), _logit(output_gate)]
    zero = torch.zeros(1, 1, dtype=torch.float64)
    with torch.no_grad():
        hidden, state = _bias_only_cell(offsets)(zero, (zero, torch.full_like(zero, cell)))
    return float(hidden), float(state)


def _check_positive(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _check_sizes(inputs: int, hidden: int, biases: int) -> None:
    _check_positive(inputs=inputs, hidden=hidden)
    if biases not in (0, 1, 2):
        raise ValueError(f"biases must be 0, 1 or 2 vectors per block, found {biases}")


def _check_pre_activation(pre_activation: float) -> None:
    if abs(pre_activation) > 30:
        raise ValueError(f"pre_activation must be between -30 and 30, found {pre_activation}")


def _check_gates(*openings: float) -> None:
    for opening in openings:
        if not 0 < opening < 1:
            raise ValueError(f"a gate must be between 0 and 1, both excluded, found {opening}")


def _check_inputs(inputs: list[float]) -> None:
    if not inputs:
        raise ValueError("inputs must have at least 1 entry, found none")


def _check_places(inputs: list[float], changed: int, watched: int) -> None:
    for name, place in (("changed", changed), ("watched", watched)):
        if not 1 <= place <= len(inputs):
            raise ValueError(f"{name} must be a step from 1 to {len(inputs)}, found {place}")


def _check_step(
    inputs: list[float],
    previous: list[float],
    input_weights: list[list[float]],
    state_weights: list[list[float]],
    offsets: list[float],
) -> None:
    units = len(previous)
    if not units or not inputs or len(offsets) != units:
        raise ValueError(f"offsets must have one entry per unit ({units}), found {len(offsets)}")
    for name, rows, width in (
        ("input_weights", input_weights, len(inputs)),
        ("state_weights", state_weights, units),
    ):
        if len(rows) != units or any(len(row) != width for row in rows):
            raise ValueError(f"{name} must be {units} rows of {width}, found {rows}")
