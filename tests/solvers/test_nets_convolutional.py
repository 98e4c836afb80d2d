"""Batched convolutional nets against torch's own, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
import pytest
import torch

from solvers.nets import convolutional
from solvers.nets.arrays import Library
from solvers.nets.convolutional import (
    Convolutional,
    Padding,
    Pool,
    feature_maps,
    first_filters,
    train_convolutional,
)
from solvers.nets.convolutional_loop import make, train_convolutional_singly
from solvers.nets.random import normals
from solvers.nets.updates import Optimiser

DEVICES: list[tuple[Library, str]] = [("numpy", "cpu"), ("torch", "cpu")]
DEVICES += [("torch", "cuda")] if torch.cuda.is_available() else []
NETS = range(8)
POOLS: list[tuple[Padding, Pool, int | None]] = [
    ("valid", "none", None),
    ("valid", "average", 2),
    ("valid", "max", 3),
    ("zero", "average", None),
    ("cyclic", "max", None),
]


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def apart(one: list[Any], other: list[Any]) -> float:
    largest = max(abs(layer).max() for layer in one)
    return float(max(abs(a - b).max() for a, b in zip(one, other, strict=True)) / largest)


def case(net: Convolutional, own: bool, rule: Optimiser, nets: range = NETS) -> tuple[Any, ...]:
    """Weights that differ from position to position, and six lines of eight."""
    weights = first_filters(net, nets)
    if not net.sharing:
        weights[0] += 0.1 * normals(3, "apart", nets, weights[0].shape[:-1])
    inputs = normals(1, "inputs", nets, (6, net.length, net.channels))
    targets = normals(1, "targets", nets, (6, net.outputs))
    return net, weights, inputs if own else inputs[..., 0], targets, rule, 20


@pytest.mark.parametrize("sharing", [True, False])
@pytest.mark.parametrize(("padding", "pool", "window"), POOLS)
def test_nets_match_the_loop_for_twenty_updates(
    padding: Padding, pool: Pool, window: int | None, sharing: bool
) -> None:
    for own, activation, outputs, rule in (
        (True, "relu", 1, Optimiser("adam", 0.01)),
        (False, "tanh", 2, Optimiser("gd", 0.1)),
    ):
        net = Convolutional(
            8,
            2,
            3,
            3,
            outputs,
            padding,
            activation,
            pool,
            window,
            sharing=sharing,  # type: ignore[arg-type]
        )
        same = case(net, own, rule, NETS if own and sharing else range(2))
        expected = train_convolutional_singly(*same)
        for library, device in DEVICES:
            run = train_convolutional(*same, library=library, device=device)
            assert apart(expected, run.weights) < 1e-12, (library, device, activation)


def test_the_gate_notices_a_maximum_that_hands_back_to_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    net = Convolutional(8, pool="max", padding="cyclic")
    same = case(net, True, Optimiser("gd", 0.1))
    expected = train_convolutional_singly(*same)
    right = convolutional.Filtered._unpool
    monkeypatch.setattr(convolutional.Filtered, "_unpool", lambda self: [right(self)[-1]])
    assert apart(expected, train_convolutional(*same).weights) > 1e-3


def test_feature_maps_are_those_of_torch() -> None:
    net = Convolutional(8, 2, 3, padding="zero", pool="max", window=4)
    _, weights, inputs, *_ = case(net, True, Optimiser(), range(2))
    maps, pooled = feature_maps(net, weights, inputs)
    for index in range(2):
        module = make(net, [layer[..., index] for layer in weights])
        x = torch.tensor(inputs[..., index]).transpose(1, 2)
        wanted = torch.relu(module.filters[0](torch.nn.functional.pad(x, (1, 1))))
        assert maps[..., index] == pytest.approx(wanted.transpose(1, 2).detach().numpy())
        less = torch.nn.functional.max_pool1d(wanted, 4).transpose(1, 2)
        assert pooled[..., index] == pytest.approx(less.detach().numpy())


@pytest.mark.parametrize("sharing", [True, False])
def test_a_net_is_the_same_in_any_company(sharing: bool) -> None:
    net = Convolutional(8, pool="max", window=3, sharing=sharing)

    def weights(some: range, chunk: int = 256) -> list[Any]:
        same = case(net, True, Optimiser("adam", 0.01), some)
        return train_convolutional(*same, chunk=chunk).weights

    whole = weights(range(40))
    for some, chunk in ((range(9), 256), (range(40), 16), (range(20, 40), 7), (range(5, 6), 256)):
        part = [layer[..., some.start : some.stop] for layer in whole]
        assert apart(part, weights(some, chunk)) < (1e-12 if len(some) == 1 else 1e-300)


def test_without_sharing_all_positions_start_alike_and_part() -> None:
    net = Convolutional(8, sharing=False, pool="average")
    start = first_filters(net, NETS)
    assert (start[0] == start[0][:1]).all()
    inputs, targets = normals(1, "x", NETS, (6, 8, 1)), normals(1, "y", NETS, (6, 1))
    run = train_convolutional(net, start, inputs, targets, Optimiser("gd", 0.1), 5)
    assert numpy.ptp(run.weights[0], axis=0).max() > 1e-3


def test_impossible_nets_are_refused() -> None:
    for change, message in (
        ({"padding": "mirror"}, "padding must be one of"),
        ({"kernel": 4}, "kernel must be odd"),
        ({"pool": "max", "window": 4}, "window must divide 6"),
    ):
        with pytest.raises(ValueError, match=message):
            Convolutional(8, **change)  # type: ignore[arg-type]
