"""The batched trainer against the plain loop of modules; on a GPU too, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import numpy
import pytest
import torch

from solvers.nets import data
from solvers.nets.arrays import Dtype, Library
from solvers.nets.initial import initial
from solvers.nets.loop import make, train_singly
from solvers.nets.model import Activation, Loss, Net, Output
from solvers.nets.probe import curvature, least_squares, snapshot
from solvers.nets.train import train
from solvers.nets.updates import Kind, Optimiser

DEVICES: list[tuple[Library, str]] = [("numpy", "cpu"), ("torch", "cpu")]
DEVICES += [("torch", "cuda")] if torch.cuda.is_available() else []
HEADS: list[tuple[Output, Loss, int]] = [
    ("linear", "squares", 1),
    ("sigmoid", "squares", 1),
    ("tanh", "squares", 2),
    ("linear", "cross_entropy", 1),
    ("linear", "cross_entropy", 3),
]
# One optimiser after the other; what float32 costs the others is a test of its own.
CLOSE: dict[tuple[Dtype, Kind], float] = {
    ("float64", "gd"): 1e-12,
    ("float64", "momentum"): 1e-12,
    ("float64", "nesterov"): 1e-12,
    ("float64", "adam"): 1e-12,
    ("float32", "gd"): 2e-7,
}
# In float32 a slope told by tanh z + 1, which has lost the last bit of tanh z, costs a rounding more.
ROUNDER: set[tuple[Activation, Dtype]] = {("raised_tanh", "float32")}
# A product may round its last bit by how wide the matrix is; on some processors torch's does.
SAME = 1e-10


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Busy neighbours make two threads slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def points(outputs: int) -> tuple[Any, Any]:
    """24 points of two moons, their targets spread over the outputs so that they add up to 1."""
    inputs, targets = data.moons(24)
    others = [(1 - targets) / (outputs - 1)] * (outputs - 1) if outputs > 1 else []
    return inputs, numpy.concatenate([targets, *others], axis=1)


def apart(one: list[Any], other: list[Any]) -> float:
    """The largest difference, relative to the largest weight."""
    largest = max(abs(layer).max() for layer in one)
    gaps = [abs(a - b).max() for a, b in zip(one, other, strict=True)]
    return float(max(gaps) / largest)


@pytest.mark.parametrize(("output", "loss", "outputs"), HEADS)
@pytest.mark.parametrize("activation", get_args(Activation))
def test_nets_match_the_loop_for_twenty_steps(
    activation: Activation, output: Output, loss: Loss, outputs: int
) -> None:
    count = 8 if (output, loss) == ("linear", "squares") else 2
    for number, (dtype, kind) in enumerate(CLOSE):
        sizes = (2, 5, 4, outputs) if number % 2 else (2, 8, outputs)
        net = Net(sizes, activation, output, loss)
        weights = initial(sizes, range(count), seed=3)
        rule = Optimiser(kind, 0.01 if kind == "adam" else numpy.linspace(0.02, 0.1, count))
        batch = 8 if kind == "nesterov" else None
        same = (net, weights, *points(outputs), rule, 20)
        expected = train_singly(*same, batch=batch, seed=5, dtype=dtype)
        for library, device in DEVICES:
            run = train(*same, batch=batch, seed=5, library=library, device=device, dtype=dtype)
            bound = CLOSE[dtype, kind] * (2 if (activation, dtype) in ROUNDER else 1)
            assert apart(expected, run.weights) < bound, (library, device, dtype, kind)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_float32_stays_within_a_few_roundings(kind: Kind) -> None:
    net = Net((2, 8, 1))
    weights = initial(net.sizes, range(8))
    rule = Optimiser(kind, 0.01)
    expected = train_singly(net, weights, *data.xor(), rule, 20, dtype="float32")
    for library, device in DEVICES:
        run = train(
            net, weights, *data.xor(), rule, 20, library=library, device=device, dtype="float32"
        )
        assert apart(expected, run.weights) < (1e-6 if kind == "adam" else 2e-7)


def test_the_gate_notices_a_wrong_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    from solvers.nets import wide

    monkeypatch.setattr(wide, "back_through", lambda *arguments: [])
    net, rule = Net((2, 8, 1)), Optimiser("gd", 0.1)
    same = (net, initial(net.sizes, range(8)), *data.xor(), rule, 20)
    assert apart(train_singly(*same), train(*same).weights) > 1e-3


def test_points_of_each_nets_own_match_the_loop() -> None:
    net = Net((3, 6, 1), loss="cross_entropy")
    same = (
        net,
        initial(net.sizes, range(8)),
        *data.random_labels(range(8), 10, 3),
        Optimiser("adam", 0.01),
        20,
    )
    for batch in (None, 4):
        expected = train_singly(*same, batch=batch)
        for library, device in DEVICES:
            run = train(*same, batch=batch, library=library, device=device)
            assert apart(expected, run.weights) < 1e-12


@pytest.mark.parametrize("batch", [None, 8])
@pytest.mark.parametrize(("library", "device"), DEVICES)
def test_a_net_is_the_same_in_any_company(library: Library, device: str, batch: int | None) -> None:
    net, rule = Net((2, 16, 8, 1)), Optimiser("momentum", 0.05)

    def weights(nets: range, chunk: int | None) -> list[Any]:
        return train(
            net,
            initial(net.sizes, nets),
            *data.moons(32),
            rule,
            20,
            batch=batch,
            first=nets.start,
            library=library,
            device=device,
            chunk=chunk,
        ).weights

    whole = weights(range(64), None)
    for nets, chunk in (
        (range(8), None),
        (range(64), 8),
        (range(64), 7),
        (range(5, 6), None),
        (range(5, 9), None),
    ):
        part = [layer[..., nets.start : nets.stop] for layer in whole]
        gap = apart(part, weights(nets, chunk))
        assert gap < SAME, (nets, chunk)
        others = [layer[..., nets.start + 8 : nets.stop + 8] for layer in whole]
        assert len(nets) == 64 or apart(part, others) > 0.01  # the comparison can fail


@pytest.mark.parametrize(("output", "loss", "outputs"), HEADS)
@pytest.mark.parametrize(("library", "device"), DEVICES)
def test_a_snapshot_agrees_with_autograd(
    library: Library, device: str, output: Output, loss: Loss, outputs: int
) -> None:
    net = Net((2, 6, outputs), "sigmoid", output, loss)
    weights, (inputs, targets) = initial(net.sizes, range(3)), points(outputs)
    seen = snapshot(net, weights, inputs, targets, library, device)
    for index in range(3):
        module = make(net, [layer[..., index] for layer in weights])
        out, goal = module(torch.tensor(inputs)), torch.tensor(targets)
        kinds: dict[bool, Any] = {
            True: torch.nn.functional.mse_loss,
            False: torch.nn.functional.cross_entropy
            if outputs > 1
            else torch.nn.functional.binary_cross_entropy_with_logits,
        }
        value = kinds[loss == "squares"](out, goal)
        value.backward()
        assert value.item() == pytest.approx(seen.loss[index], rel=1e-12)
        for layer, gradient in zip((module[0], module[2]), seen.gradients, strict=True):
            assert pytest.approx(gradient[:-1, :, index], abs=1e-14) == layer.weight.grad.numpy().T
            assert layer.bias.grad.numpy() == pytest.approx(gradient[-1, :, index], abs=1e-14)


def test_losses_and_steps_are_counted_in_updates() -> None:
    net, rule = Net((2, 8, 1)), Optimiser("gd", 0.3)
    weights = initial(net.sizes, range(6))
    run = train(net, weights, *data.xor(), rule, 400, target_loss=0.05, record=range(401))
    for index, count in enumerate(run.reached):
        losses = run.losses[:, index]
        assert losses[count] <= 0.05 < losses[:count].min()
    early = train(net, weights, *data.xor(), rule, 3).weights
    loss = snapshot(net, early, *data.xor()).loss
    assert run.losses[3] == pytest.approx(loss, rel=1e-12)


def test_a_run_that_blows_up_ends_without_a_warning_and_never_arrives() -> None:
    net = Net((2, 8, 1), "relu")
    weights = initial(net.sizes, range(4))
    run = train(net, weights, *data.xor(), Optimiser("gd", 50.0), 3000, target_loss=1e-3)
    assert (run.reached == -1).all()
    assert (abs(run.outputs) > 1e100).any()


def test_curvature_and_least_squares_agree_with_torch() -> None:
    inputs, targets = data.linear_regression(range(3), 16, 3)
    low, high = curvature(inputs)
    for net in range(3):
        x, y = torch.tensor(inputs[..., net]), torch.tensor(targets[:, 0, net])

        def loss(w: torch.Tensor, x: torch.Tensor = x, y: torch.Tensor = y) -> torch.Tensor:
            return ((x @ w[:3] + w[3] - y) ** 2).mean()

        at = torch.zeros(4, dtype=torch.float64, requires_grad=True)
        hessian = torch.autograd.functional.hessian(loss, at)
        values = torch.linalg.eigvalsh(hessian)
        assert [low[net], high[net]] == pytest.approx([float(values[0]), float(values[-1])])
        (slope,) = torch.autograd.grad(loss(at), at)
        best = loss(at - torch.linalg.solve(hessian, slope))  # Newton's one step
        assert least_squares(inputs, targets)[net] == pytest.approx(best.item())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sizes": (2,)}, "sizes must be"),
        ({"activation": "swish"}, "activation must be one of"),
        ({"output": "sigmoid", "loss": "cross_entropy"}, "takes logits"),
    ],
)
def test_impossible_nets_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Net(**{"sizes": (2, 3, 1), **change})


def test_shapes_that_do_not_fit_are_refused() -> None:
    net, rule = Net((2, 3, 1)), Optimiser()
    weights = initial(net.sizes, range(4))
    inputs, targets = data.xor()
    with pytest.raises(ValueError, match="inputs must be"):
        train(net, weights, inputs[:, :1], targets, rule, 1)
    with pytest.raises(ValueError, match="weights must have the shapes"):
        train(net, weights[:1], inputs, targets, rule, 1)
    with pytest.raises(ValueError, match="batch must be from 1 to 4"):
        train(net, weights, inputs, targets, rule, 1, batch=5)
    with pytest.raises(ValueError, match="kind must be one of"):
        Optimiser("sgd")  # type: ignore[arg-type]
