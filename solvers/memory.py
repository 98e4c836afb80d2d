"""Bytes that training holds: weights, gradients, optimiser states, activations, checkpoints."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import chain, pairwise
from math import isqrt
from typing import Any, Literal

from .large_models import _bytes
from .ranges import _one_of
from .shapes import _least

Optimiser = Literal["SGD", "SGD with momentum", "Adagrad", "RMSprop", "Adam", "AdamW"]
Recipe = Literal["float32", "mixed precision"]

STATES = {"SGD": 0, "SGD with momentum": 1, "Adagrad": 1, "RMSprop": 1, "Adam": 2, "AdamW": 2}


def optimiser_bytes(parameters: int, optimiser: Optimiser, bytes_per_value: int = 4) -> int:
    """0 values per parameter for SGD, 1 for momentum, Adagrad and RMSprop, 2 for Adam and AdamW

    [Kingma & Ba 2015, alg. 1; torch.optim, states; step counters left out]
    """
    _one_of(Optimiser, optimiser=optimiser)
    _least(1, parameters=parameters)
    return parameters * STATES[optimiser] * _bytes(bytes_per_value)


def optimiser_bytes_by_torch(
    parameters: int, optimiser: Optimiser, bytes_per_value: int = 4
) -> int:
    """Bytes of the state tensors that a real optimiser holds after a step on the meta device."""
    import torch

    _least(1, parameters=parameters)
    kinds = {1: torch.float8_e4m3fn, 2: torch.float16, 4: torch.float32, 8: torch.float64}
    kind = kinds[_bytes(bytes_per_value)]
    weight = torch.empty(parameters, dtype=kind, device="meta", requires_grad=True)
    weight.grad = torch.empty_like(weight)
    stepper = _torch_optimiser(optimiser)([weight])
    if bytes_per_value > 1:
        stepper.step()
        states = [each for each in stepper.state[weight].values() if torch.is_tensor(each)]
        return sum(each.nbytes for each in states if each.dim())
    # torch has no arithmetic on 8-bit floats: as many tensors as for 32 bits, a quarter as large
    return optimiser_bytes_by_torch(parameters, optimiser, 4) // 4


def _torch_optimiser(name: Optimiser) -> Callable[[list[Any]], Any]:
    from functools import partial

    from torch import optim

    kinds: dict[str, Callable[..., Any]] = {
        "SGD": optim.SGD,
        "SGD with momentum": partial(optim.SGD, momentum=0.9),
        "Adagrad": optim.Adagrad,
        "RMSprop": optim.RMSprop,
        "Adam": optim.Adam,
        "AdamW": optim.AdamW,
    }
    return partial(kinds[name], lr=0.1)


def training_bytes(parameters: int, optimiser: Optimiser, recipe: Recipe = "float32") -> int:
    """Weights, gradients and states in 4 bytes each; mixed: 16-bit weights and gradients (2 + 2) and,
    in 4 bytes, a master copy and the states: with Adam 16 both ways

    [Micikevicius et al. 2018, sec. 3.1; Rajbhandari et al. 2020, sec. 3.1]
    """
    _one_of(Optimiser, optimiser=optimiser)
    _one_of(Recipe, recipe=recipe)
    _least(1, parameters=parameters)
    base = 4 + 4 if recipe == "float32" else 2 + 2 + 4
    return parameters * (base + 4 * STATES[optimiser])


def training_bytes_by_torch(
    parameters: int, optimiser: Optimiser, recipe: Recipe = "float32"
) -> int:
    """Tensors that a step leaves on the meta device; mixed: the 32-bit gradient is let go after it."""
    import torch

    _least(1, parameters=parameters)
    kind = torch.float32 if recipe == "float32" else torch.float16
    weight = torch.empty(parameters, dtype=kind, device="meta", requires_grad=True)
    weight.sum().backward()  # type: ignore[no-untyped-call]
    assert weight.grad is not None
    held = [weight, weight.grad]
    master = weight
    if recipe == "mixed precision":
        master = weight.detach().float().requires_grad_()
        master.grad = weight.grad.float()
        held.append(master)
    stepper = _torch_optimiser(optimiser)([master])
    stepper.step()
    held += [
        each for each in stepper.state[master].values() if torch.is_tensor(each) and each.dim()
    ]
    return sum(each.nbytes for each in held)


def sharded_bytes(parameters: int, devices: int, stage: Literal[0, 1, 2, 3] = 0) -> Fraction:
    """Per device, mixed precision with Adam: (2 + 2 + 12) P; stage 1 shards the 12, 2 a 2 more, 3 all

    [Rajbhandari et al. 2020 (ZeRO), fig. 1]
    """
    _check_sharding(parameters, devices, stage)
    sharded = (0, 12, 14, 16)[stage]
    return parameters * (16 - sharded + Fraction(sharded, devices))


def sharded_bytes_by_counting(
    parameters: int, devices: int, stage: Literal[0, 1, 2, 3] = 0
) -> Fraction:
    """Each byte of a parameter's 16 laid on its device, or on all: the mean over the devices."""
    _check_sharding(parameters, devices, stage)
    kinds = [("weight", 2, 3), ("gradient", 2, 2), ("master", 4, 1), ("mean", 4, 1), ("var", 4, 1)]
    total = 0
    for _name, size, sharded_from in kinds:
        for device in range(devices):
            # Of as many parameters as there are devices, each device keeps one where it is sharded.
            kept = [each for each in range(devices) if stage < sharded_from or each == device]
            total += size * len(kept)
    return Fraction(total * parameters, devices * devices)


def saved_activations(widths: list[int], batch: int, bytes_per_value: int = 4) -> int:
    """batch sum of all widths but the last: the inputs of the layers of a ReLU net, whose outputs
    ReLU's backward pass needs too   [Goodfellow et al. 2016, sec. 6.5.4]"""
    _check_widths(widths)
    _least(1, batch=batch)
    return batch * sum(widths[:-1]) * _bytes(bytes_per_value)


def saved_activations_by_torch(widths: list[int], batch: int, bytes_per_value: int = 4) -> int:
    """Distinct tensors that autograd really saves for the backward pass, the weights left out."""
    import torch
    from torch import nn

    _check_widths(widths)
    _least(1, batch=batch)
    kinds = {2: torch.float16, 4: torch.float32, 8: torch.float64}
    if _bytes(bytes_per_value) not in kinds:
        raise ValueError(f"bytes_per_value must be 2, 4 or 8, found {bytes_per_value}")
    kind = kinds[bytes_per_value]
    layers = [(nn.Linear(a, b, dtype=kind), nn.ReLU()) for a, b in pairwise(widths)]
    net = nn.Sequential(*list(chain.from_iterable(layers))[:-1])
    weights = {each.data_ptr() for each in net.parameters()}
    saved: dict[int, Any] = {}
    rows = torch.zeros(batch, widths[0], dtype=kind, requires_grad=True)
    with torch.autograd.graph.saved_tensors_hooks(
        lambda each: saved.setdefault(each.data_ptr(), each), lambda each: each
    ):
        _kept = net(rows)
    return sum(each.nbytes for pointer, each in saved.items() if pointer not in weights)


def block_activation_bytes(length: int, batch: int, width: int, heads: int) -> int:
    """s b d (34 + 5 a s / d): a transformer block, 16-bit, GELU, f = 4 d, dropout masks of 1 byte; the two
    numbers per row that a layer norm keeps are left out   [Korthikanti et al. 2022, sec. 4.1]"""
    _check_block(length, batch, width, heads)
    return length * batch * (34 * width + 5 * heads * length)


def block_activation_bytes_by_torch(length: int, batch: int, width: int, heads: int) -> int:
    """Distinct storages that autograd saves in a real block on the meta device, without its weights and
    without mean and 1/√(σ² + ε) of the norms, which the paper leaves out."""
    import torch
    from torch.nn import functional as F

    from .saved import _saved

    _check_block(length, batch, width, heads)
    kind: Any = {"dtype": torch.float16, "device": "meta", "requires_grad": True}
    maps = {"qkv": (3, 1), "out": (1, 1), "first": (4, 1), "second": (1, 4)}
    weights = {k: torch.empty(a * width, b * width, **kind) for k, (a, b) in maps.items()}
    scales = [torch.empty(width, **kind) for _ in range(4)]
    own = [*weights.values(), *scales]

    def normed(rows: Any, scale: Any, shift: Any) -> Any:
        normal, *statistics = torch.native_layer_norm(rows, [width], scale, shift, 1e-5)
        own.extend(statistics)
        return normal

    def dropped(rows: Any) -> Any:
        return torch.native_dropout(rows, 0.1, True)[0]  # its mask is boolean, as on a GPU

    def by_heads(rows: Any) -> Any:
        return rows.reshape(length, batch * heads, width // heads).transpose(0, 1)

    def work() -> Any:
        rows = torch.empty(length, batch, width, **kind)
        taken = normed(rows, *scales[:2])
        query, key, value = (
            by_heads(F.linear(taken, each)) for each in weights["qkv"].chunk(3, dim=0)
        )
        scores = torch.bmm(query, key.transpose(1, 2)) * (width // heads) ** -0.5
        mixed = torch.bmm(dropped(scores.softmax(-1)), value)
        joined = mixed.transpose(0, 1).reshape(length, batch, width)
        rows = rows + dropped(F.linear(joined, weights["out"]))
        inner = F.gelu(F.linear(normed(rows, *scales[2:]), weights["first"]))
        return rows + dropped(F.linear(inner, weights["second"]))

    return _saved(work, own)


def checkpointed_peak(layers: int, segments: int) -> int:
    """segments + layers / segments activations: each segment's input is kept, and one segment's
    outputs are recomputed at a time; layers is a multiple of segments   [Chen et al. 2016, sec. 4]"""
    _check_segments(layers, segments)
    _check_even(layers, segments)
    return segments + layers // segments


def checkpointed_peak_by_loop(layers: int, segments: int) -> int:
    """Forward and backward pass played through, what is held counted after each layer."""
    _check_segments(layers, segments)
    _check_even(layers, segments)
    starts = range(0, layers, len(range(0, layers, segments)))
    held: set[tuple[str, int]] = {("input", at) for at in starts}
    peak = len(held)
    for start in reversed(starts):
        for at in range(start, start + starts.step):
            held.add(("output", at))
            peak = max(peak, len(held))
        held = {each for each in held if each[0] == "input" and each[1] < start}
    return peak


def best_peak(layers: int) -> int:
    """k + layers / k for the divisor k next below sqrt(layers): 2 sqrt(layers) for a square

    [Chen et al. 2016, sec. 4]
    """
    _least(1, layers=layers)
    below = next(each for each in range(isqrt(layers), 0, -1) if layers % each == 0)
    return below + layers // below


def best_peak_by_enumeration(layers: int) -> int:
    """Every number of equal segments tried, the passes played through."""
    _least(1, layers=layers)
    even = [each for each in range(1, layers + 1) if layers % each == 0]
    return min(checkpointed_peak_by_loop(layers, segments) for segments in even)


def forward_runs(layers: int, segments: int) -> int:
    """Layer evaluations of a training step: layers + layers - the last segment's, which is not redone
    (segments of floor(layers / segments), the rest in the last)   [torch.utils.checkpoint_sequential]"""
    _check_segments(layers, segments)
    return layers + (segments - 1) * (layers // segments)


def forward_runs_by_torch(layers: int, segments: int) -> int:
    """Calls of real layers in a real checkpointed forward and backward pass."""
    import torch
    from torch import nn
    from torch.utils.checkpoint import checkpoint_sequential, set_checkpoint_early_stop

    _check_segments(layers, segments)
    calls: list[int] = []
    net = nn.Sequential(*(nn.Linear(1, 1) for _ in range(layers)))
    for layer in net:
        layer.register_forward_hook(lambda *_: calls.append(1))
    row = torch.zeros(1, 1, requires_grad=True)
    with set_checkpoint_early_stop(False):  # else the last layer of a segment may be left out
        output: Any = checkpoint_sequential(net, segments, row, use_reentrant=False)  # type: ignore[no-untyped-call]
        output.sum().backward()
    return len(calls)


def matmul_intensity(rows: int, inner: int, columns: int, bytes_per_value: int = 2) -> Fraction:
    """2 m k n / (bytes (m k + k n + m n)) FLOPs per byte, each matrix moved once

    [Williams, Waterman & Patterson 2009]
    """
    _least(1, rows=rows, inner=inner, columns=columns)
    moved = rows * inner + inner * columns + rows * columns
    return Fraction(2 * rows * inner * columns, _bytes(bytes_per_value) * moved)


def matmul_intensity_by_torch(
    rows: int, inner: int, columns: int, bytes_per_value: int = 2
) -> Fraction:
    """torch's FLOP counter watches a real product on the meta device; the bytes of its tensors."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    _least(1, rows=rows, inner=inner, columns=columns)
    kinds = {1: torch.int8, 2: torch.float16, 4: torch.float32, 8: torch.float64}
    kind = kinds[_bytes(bytes_per_value)]
    left = torch.empty(rows, inner, dtype=kind, device="meta")
    right = torch.empty(inner, columns, dtype=kind, device="meta")
    with FlopCounterMode(display=False) as counter:
        product = left @ right
    return Fraction(counter.get_total_flops(), left.nbytes + right.nbytes + product.nbytes)


def _check_sharding(parameters: int, devices: int, stage: int) -> None:
    _least(1, parameters=parameters, devices=devices)
    if stage not in (0, 1, 2, 3):
        raise ValueError(f"stage must be 0, 1, 2 or 3, found {stage}")


def _check_widths(widths: list[int]) -> None:
    _least(1, widths=widths)
    if len(widths) < 2:
        raise ValueError(f"widths must be at least 2 numbers, found {widths}")


def _check_block(length: int, batch: int, width: int, heads: int) -> None:
    _least(1, length=length, batch=batch, width=width, heads=heads)
    if width % heads:
        raise ValueError(f"heads must divide the width {width}, found {heads}")


def _check_segments(layers: int, segments: int) -> None:
    _least(1, layers=layers, segments=segments)
    if segments > layers:
        raise ValueError(f"segments must be at most the layers {layers}, found {segments}")


def _check_even(layers: int, segments: int) -> None:
    if layers % segments:
        raise ValueError(f"segments must divide the layers {layers}, found {segments}")
