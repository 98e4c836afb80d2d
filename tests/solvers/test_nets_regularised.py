"""Decay, clipping, schedules, dropout, jitter and batch norm against modules of torch, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
import pytest
import torch

from solvers.nets import data, updates, wide
from solvers.nets.arrays import Library
from solvers.nets.initial import initial
from solvers.nets.loop import modules, train_singly
from solvers.nets.model import Net
from solvers.nets.noise import keys, mask, scrambled, shifts
from solvers.nets.schedules import Schedule, factors
from solvers.nets.train import stopping, train
from solvers.nets.updates import Optimiser

DEVICES: list[tuple[Library, str]] = [("numpy", "cpu"), ("torch", "cpu")]
DEVICES += [("torch", "cuda")] if torch.cuda.is_available() else []
PLAIN = Net((2, 8, 1))
CASES: dict[str, tuple[Net, Optimiser, dict[str, Any]]] = {
    "L2": (PLAIN, Optimiser("gd", 0.1, decay=0.1), {}),
    "L2 and momentum": (PLAIN, Optimiser("momentum", 0.1, decay=0.1), {"batch": 8}),
    "L2 in Adam": (PLAIN, Optimiser("adam", 0.01, decay=0.1), {}),
    "AdamW": (PLAIN, Optimiser("adam", 0.01, decay=0.1, decoupled=True), {}),
    "norm clipped": (Net((2, 8, 5, 1)), Optimiser("momentum", 0.1, clip=0.05), {}),
    "both clipped": (PLAIN, Optimiser("nesterov", 0.1, clip=0.03, clip_value=0.01, decay=0.1), {}),
    "cosine": (PLAIN, Optimiser("gd", 0.1, factors=factors("cosine", 20)), {}),
    "schedule and AdamW": (
        PLAIN,
        Optimiser("adam", 0.1, decay=0.1, decoupled=True, factors=factors("inverse", 15)),
        {},
    ),
    "dropout": (Net((2, 8, 6, 1), dropout=0.3), Optimiser("gd", 0.1), {"batch": 8}),
    "dropout in Adam": (Net((2, 8, 1), "sigmoid", dropout=0.5), Optimiser("adam", 0.01), {}),
    "norm": (Net((2, 8, 6, 1), norm=True), Optimiser("gd", 0.1), {"batch": 8}),
    "norm in Adam": (
        Net((2, 8, 3), "relu", loss="cross_entropy", norm=True, dropout=0.2),
        Optimiser("adam", 0.01, decay=0.1),
        {},
    ),
    "noisy norm": (
        Net((2, 8, 6, 1), norm=True, norm_noise=0.5),
        Optimiser("gd", 0.1),
        {"batch": 8},
    ),
    "jitter": (PLAIN, Optimiser("gd", 0.1), {"jitter": 0.3}),
    "jittered batches": (Net((2, 8, 1), "relu"), Optimiser("gd", 0.1), {"jitter": 0.3, "batch": 8}),
}


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Busy neighbours make two threads slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def given(case: str, nets: int = 8) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Arguments that both trainers take: nets on two moons, 20 steps."""
    net, rule, others = CASES[case]
    inputs, targets = data.moons(24)
    if net.sizes[-1] == 3:
        targets = numpy.concatenate([targets, (1 - targets) / 2, (1 - targets) / 2], axis=1)
    weights = initial(net.sizes, range(nets), seed=3)
    return (net, weights, inputs, targets, rule, 20), {"seed": 5, **others}


def apart(one: list[Any], other: list[Any]) -> float:
    """The largest difference, relative to the largest weight."""
    largest = max(abs(layer).max() for layer in one)
    gaps = [abs(a - b).max() for a, b in zip(one, other, strict=True)]
    return float(max(gaps) / largest)


@pytest.mark.parametrize("case", CASES)
def test_nets_match_the_loop_for_twenty_steps(case: str) -> None:
    same, others = given(case)
    expected = train_singly(*same, **others)
    for library, device in DEVICES:
        run = train(*same, **others, library=library, device=device)
        assert apart(expected, run.weights) < 1e-12, (library, device)


@pytest.mark.parametrize(
    ("case", "module", "name"),
    [
        ("L2", updates, "_added"),
        ("AdamW", updates, "_shrunk"),
        ("norm clipped", updates, "_clipped"),
    ],
)
def test_the_gate_notices_what_is_left_out(
    case: str, module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    same, others = given(case, 2)
    monkeypatch.setattr(module, name, lambda *arguments: [])
    assert apart(train_singly(*same, **others), train(*same, **others).weights) > 1e-4


def test_the_gate_notices_noise_that_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    same, others = given("noisy norm", 2)
    monkeypatch.setattr(wide.BatchNorm, "_moved", lambda *arguments: [])
    assert apart(train_singly(*same, **others), train(*same, **others).weights) > 1e-4


def test_the_gate_notices_a_norm_without_its_share_of_the_gradient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    same, others = given("norm", 2)
    monkeypatch.setattr(wide.BatchNorm, "backward", lambda *arguments: [])
    assert apart(train_singly(*same, **others), train(*same, **others).weights) > 1e-4


@pytest.mark.parametrize("case", ["dropout", "norm", "norm in Adam", "noisy norm", "jitter"])
def test_evaluation_is_that_of_modules_in_eval_mode(case: str) -> None:
    (net, weights, inputs, targets, rule, steps), others = given(case, 3)
    held = inputs[:6] + 0.5, targets[:6]
    run = train(
        net, weights, inputs, targets, rule, steps, **others, held_out=[held], record=(steps,)
    )
    loss_of = torch.nn.functional.mse_loss
    if net.loss == "cross_entropy":
        loss_of = torch.nn.functional.cross_entropy
    for index, module in enumerate(modules(net, weights, inputs, targets, rule, steps, **others)):
        module.eval()
        with torch.no_grad():
            out, new = (module(torch.tensor(points)) for points in (inputs, held[0]))
        losses = [loss_of(new, torch.tensor(held[1])), loss_of(out, torch.tensor(targets))]
        found = [run.held_losses[0][0, index], run.losses[0, index]]
        assert found == pytest.approx([loss.item() for loss in losses], rel=1e-12)
        if net.loss == "squares":  # the softmax head moves its logits by their maximum
            assert run.outputs[..., index] == pytest.approx(out.numpy(), rel=1e-11)
            assert run.held_outputs[0][..., index] == pytest.approx(new.numpy(), rel=1e-11)


@pytest.mark.parametrize(("library", "device"), DEVICES)
def test_a_net_is_the_same_in_any_company(library: Library, device: str) -> None:
    net = Net((2, 8, 6, 1), dropout=0.3, norm=True, norm_noise=0.2)
    rule = Optimiser("adam", 0.05, clip=0.1)

    def weights(nets: range, chunk: int | None) -> list[Any]:
        return train(
            net,
            initial(net.sizes, nets),
            *data.moons(16),
            rule,
            66,
            batch=8,
            jitter=0.2,
            first=nets.start,
            library=library,
            device=device,
            chunk=chunk,
        ).weights

    # Noise is drawn for 64 steps at once, so that 66 steps need two draws.
    whole = weights(range(24), None)
    for nets, chunk in ((range(8), None), (range(24), 10), (range(5, 9), None)):
        part = [layer[..., nets.start : nets.stop] for layer in whole]
        gap = apart(part, weights(nets, chunk))
        assert gap < 1e-10, (nets, chunk)


def test_a_decay_for_each_net_is_as_good_as_runs_apart() -> None:
    weights, decays = initial(PLAIN.sizes, range(3)), [0.0, 0.1, 0.5]
    together = train(PLAIN, weights, *data.xor(), Optimiser("gd", 0.1, decay=decays), 10).weights
    for index, decay in enumerate(decays):
        alone = train(PLAIN, weights, *data.xor(), Optimiser("gd", 0.1, decay=decay), 10).weights
        for one, other in zip(together, alone, strict=True):
            assert one[..., index] == pytest.approx(other[..., index], rel=1e-12, abs=1e-15)


def test_scrambled_words_are_those_of_the_reference_program() -> None:
    words = scrambled(numpy.zeros(1, dtype=numpy.uint64), 3)[:, 0]
    assert [hex(word) for word in words.tolist()] == [
        "0xe220a8397b1dcdaf",
        "0x6e789e6aa1b965f4",
        "0x6c45d188009454f",
    ]


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_masks_drop_the_share_they_promise_each_its_own(rate: float) -> None:
    key = keys(1, "mask 0", range(4), range(50))
    drawn = numpy.stack([mask(step, (10, 20), rate) for step in key])
    assert set(numpy.unique(drawn)) == {0.0, 1 / (1 - rate)}
    share = (drawn == 0).mean()
    assert abs(share - rate) < 4 * (rate * (1 - rate) / drawn.size) ** 0.5
    for axis in range(4):  # steps, points, units, nets
        assert not (numpy.diff(drawn, axis=axis) == 0).all()
    assert (keys(1, "mask 1", range(4), range(50)) != key).all()
    assert (mask(key[2, 30:40], (10, 20), rate) == drawn[2, ..., 30:40]).all()


def test_shifts_are_uniform_within_their_limit() -> None:
    drawn = shifts(keys(1, "jitter", range(1), range(200))[0], (10, 5), 0.5)
    assert abs(drawn).max() < 0.5
    assert abs(drawn.mean()) < 4 * 0.5 / (3 * drawn.size) ** 0.5
    assert drawn.std() == pytest.approx(0.5 / 3**0.5, rel=0.02)


@pytest.mark.parametrize("kind", ["linear", "rising", "step", "cosine", "warm_up"])
def test_schedules_are_those_of_torch(kind: Schedule) -> None:
    steps = 40
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], 1.0)
    known = torch.optim.lr_scheduler
    schedule: Any = {
        "linear": lambda: known.PolynomialLR(rule, steps, 1.0),
        "rising": lambda: known.LinearLR(rule, 1 / steps, 1.0, steps - 1),
        "step": lambda: known.MultiStepLR(rule, [steps // 2, 3 * steps // 4], 0.1),
        "cosine": lambda: known.CosineAnnealingLR(rule, steps),
        "warm_up": lambda: known.LinearLR(rule, 10 / steps, 1.0, steps // 10 - 1),
    }[kind]()
    rates = []
    for _ in range(steps):
        rates.append(schedule.get_last_lr()[0])
        rule.step()
        schedule.step()
    assert factors(kind, steps) == pytest.approx(rates, rel=1e-9, abs=1e-12)


def test_the_inverse_schedule_falls_as_one_over_the_steps() -> None:
    inverse = [1 / factor for factor in factors("inverse", 40)]
    assert inverse[0] == 1
    assert numpy.diff(inverse) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="kind must be one of"):
        factors("sawtooth", 4)  # type: ignore[arg-type]


@pytest.mark.parametrize("patience", [1, 2, 5])
def test_stopping_waits_for_as_many_looks_as_it_has_patience(patience: int) -> None:
    losses = numpy.random.default_rng(3).uniform(size=(12, 40))
    for net, found in enumerate(stopping(losses, patience).tolist()):
        best, waited = 0, 0
        for look in range(1, 12):
            if losses[look, net] < losses[best, net]:
                best, waited = look, 0
            else:
                waited += 1
            if waited == patience:
                break
        assert found == best


def test_what_makes_no_sense_is_refused() -> None:
    for change, message in (
        ({"clip": 0.0}, "clip must be above 0"),
        ({"clip_value": -1.0}, "clip_value must be above 0"),
    ):
        with pytest.raises(ValueError, match=message):
            Optimiser(**change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="dropout must be"):
        Net((2, 3, 1), dropout=1.0)
    with pytest.raises(ValueError, match="norm_noise must be 0, or with norm"):
        Net((2, 3, 1), norm_noise=0.5)
    net = Net((2, 3, 1), norm=True)
    with pytest.raises(ValueError, match="batch must be at least 2 with norm"):
        train(net, initial(net.sizes, range(2)), *data.xor(), Optimiser(), 1, batch=1)
    with pytest.raises(ValueError, match="Expected more than 1 value per channel"):
        list(modules(net, initial(net.sizes, range(1)), *data.xor(), Optimiser(), 1, batch=1))
    same = (PLAIN, initial(PLAIN.sizes, range(1)), *data.xor())
    with pytest.raises(ValueError, match="decouples the decay of Adam alone"):
        train_singly(*same, Optimiser("gd", decay=0.1, decoupled=True), 1)
