"""Batched recurrent nets against torch's own, one after the other; gradients of states by autograd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
import pytest
import torch

from solvers.nets import cells
from solvers.nets.arrays import Library
from solvers.nets.random import normals
from solvers.nets.recurrent import Cell, Recurrent, Start, first_weights
from solvers.nets.recurrent_loop import train_recurrent_singly
from solvers.nets.unrolled import through_time, train_recurrent
from solvers.nets.updates import Optimiser

DEVICES: list[tuple[Library, str]] = [("numpy", "cpu"), ("torch", "cpu")]
DEVICES += [("torch", "cuda")] if torch.cuda.is_available() else []
CELLS: list[Cell] = ["tanh", "relu", "lstm", "gru"]
NETS = range(8)
RULES = [Optimiser("adam", 0.01), Optimiser("gd", 0.1, clip=0.1)]


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def points(net: Recurrent, own: bool = True, nets: range = NETS) -> tuple[Any, Any]:
    """Six steps of five sequences."""
    inputs = normals(1, "inputs", nets, (6, 5, net.inputs))
    targets = normals(1, "targets", nets, (6, 5, net.outputs))
    goal = targets if net.each else targets[0]
    if net.loss == "cross_entropy":
        goal = (goal > 0) * 1.0
    return inputs if own else inputs[..., 0], goal


def apart(one: list[Any], other: list[Any]) -> float:
    largest = max(abs(layer).max() for layer in one)
    return float(max(abs(a - b).max() for a, b in zip(one, other, strict=True)) / largest)


@pytest.mark.parametrize(("each", "both"), [(False, False), (False, True), (True, True)])
@pytest.mark.parametrize("cell", CELLS)
def test_nets_match_the_loop_for_twenty_updates(cell: Cell, each: bool, both: bool) -> None:
    outputs, loss = (1, "cross_entropy") if each != both else (2, "squares")
    net = Recurrent(2, 5, outputs, cell, loss, each, both)  # type: ignore[arg-type]
    nets = range(2) if each or both else NETS
    weights = first_weights(net, nets, forget=0.5)
    for number, rule in enumerate(RULES if nets == NETS else RULES[:1]):
        same = (net, weights, *points(net, bool(number), nets), rule, 20)
        expected = train_recurrent_singly(*same)
        for library, device in DEVICES:
            run = train_recurrent(*same, library=library, device=device)
            assert apart(expected, run.weights) < 1e-12, (library, device, rule.kind)


def test_the_gate_notices_a_missing_path_through_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    net = Recurrent(2, 5, 1, "lstm")
    same = (net, first_weights(net, NETS), *points(net), RULES[1], 20)
    expected = train_recurrent_singly(*same)
    right = cells.Lstm._back

    def cut(self: Any, t: int) -> Any:
        order, self.order = self.order, [t]  # as if each step were the last
        calls = right(self, t)
        self.order = order
        return calls

    monkeypatch.setattr(cells.Lstm, "_back", cut)
    assert apart(expected, train_recurrent(*same).weights) > 1e-4


def stepped(net: Recurrent, weights: list[Any], x: Any, h: Any, c: Any) -> tuple[Any, Any]:
    """One step from the formulas; autograd does the rest."""
    given, square, _ = weights
    z = x @ given[:-1] + given[-1]
    if net.cell == "gru":
        r, u, n = z.split(net.hidden, dim=1)
        hr, hu, hn = (h @ square).split(net.hidden, dim=1)
        r, u = torch.sigmoid(r + hr), torch.sigmoid(u + hu)
        h = (1 - u) * torch.tanh(n + r * hn) + u * h
        return h, h
    z = z + h @ square
    if net.cell == "lstm":
        i, f, o, g = z.split(net.hidden, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        c.retain_grad()
        return torch.sigmoid(o) * torch.tanh(c), c
    h = {"tanh": torch.tanh, "relu": torch.relu, "linear": torch.clone}[net.cell](z)
    return h, h


@pytest.mark.parametrize("cell", [*CELLS, "linear"])
def test_gradients_of_states_agree_with_autograd(cell: Cell) -> None:
    net = Recurrent(2, 4, 1, cell)
    weights, (inputs, targets) = first_weights(net, range(3)), points(net, nets=range(3))
    found = through_time(net, weights, inputs, targets)
    for index in range(3):
        one = [torch.tensor(layer[..., index], requires_grad=True) for layer in weights]
        x, y = torch.tensor(inputs[..., index]), torch.tensor(targets[..., index])
        h = c = torch.zeros(5, 4, dtype=torch.float64)
        seen = []
        for t in range(6):
            h, c = stepped(net, one, x[t], h, c)
            h.retain_grad()
            seen.append((h, c))
        ((h @ one[2][:-1] + one[2][-1] - y) ** 2).mean().backward()
        for t, states in enumerate(seen):
            for state, deltas in zip(states, found, strict=True):
                assert state.grad is not None
                wanted = state.grad.numpy()
                assert deltas[t, ..., index] == pytest.approx(wanted, rel=1e-10, abs=1e-15)


@pytest.mark.parametrize("cell", ["tanh", "lstm", "gru"])
def test_a_net_is_the_same_in_any_company(cell: Cell) -> None:
    net, nets = Recurrent(2, 4, 1, cell), range(40)

    def weights(some: range, chunk: int = 256) -> list[Any]:
        x, y = points(net, nets=some)
        start = first_weights(net, some, "orthogonal")
        return train_recurrent(net, start, x, y, RULES[0], 10, chunk=chunk).weights

    whole = weights(nets)
    for some, chunk in ((range(9), 256), (nets, 16), (range(20, 40), 7), (range(5, 6), 256)):
        part = [layer[..., some.start : some.stop] for layer in whole]
        assert apart(part, weights(some, chunk)) < (1e-12 if len(some) == 1 else 1e-300)


@pytest.mark.parametrize("start", ["normal", "orthogonal", "identity"])
def test_starts_have_the_radius_that_was_asked_for(start: Start) -> None:
    net = Recurrent(1, 6, 1, "gru")
    recurrent = first_weights(net, range(5), start, 0.7)[1]
    for gate in range(3):
        for index in range(5):
            square = torch.tensor(recurrent[:, gate * 6 : gate * 6 + 6, index])
            assert torch.linalg.eigvals(square).abs().max().item() == pytest.approx(0.7)
            if start != "normal":
                product = (square @ square.T).numpy()
                assert product == pytest.approx(0.49 * numpy.eye(6), abs=1e-12)


def test_what_is_held_out_is_measured_and_not_learnt() -> None:
    net = Recurrent(2, 4)
    weights, known = first_weights(net, NETS), points(net)
    other = (known[0] + 1.0, known[1])
    run = train_recurrent(net, weights, *known, RULES[0], 5, record=(0, 5), held_out=[other])
    alone = train_recurrent(net, weights, *known, RULES[0], 5)
    assert apart(alone.weights, run.weights) == 0
    gap = ((run.held_outputs[0] - other[1]) ** 2).mean(axis=(0, 1))
    assert run.held_losses[0][1] == pytest.approx(gap)


def test_impossible_nets_and_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Recurrent(1, 0)
    with pytest.raises(ValueError, match="cell must be one of"):
        Recurrent(1, 2, cell="elman")  # type: ignore[arg-type]
    net = Recurrent(2, 3)
    weights, (inputs, targets) = first_weights(net, NETS), points(net)
    with pytest.raises(ValueError, match="start must be one of"):
        first_weights(net, NETS, "sparse")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="inputs must be"):
        train_recurrent(net, weights, inputs[:, :, :1], targets, RULES[0], 1)
    with pytest.raises(ValueError, match="weights must have the shapes"):
        train_recurrent(net, weights[:2], inputs, targets, RULES[0], 1)
