"""Counts for large models at work: KV cache, LoRA, mixture of experts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from .macs import _meta
from .ranges import _one_of
from .shapes import _least
from .transformers import (
    _feed,
    _numel,
    _split,
    _torch_attention,
    _torch_feed_forward,
    feed_forward_parameters,
)

Counted = Literal["total", "active"]


def generated_positions(prompt: int, tokens: int, cached: bool) -> int:
    """Positions computed for `tokens` new ones: prompt + tokens - 1 with a cache, else the sum of
    all lengths prompt .. prompt + tokens - 1   [Pope et al. 2023]"""
    _least(1, prompt=prompt, tokens=tokens)
    last = prompt + tokens - 1
    return last if cached else tokens * (prompt + last) // 2


def generated_positions_by_loop(prompt: int, tokens: int, cached: bool) -> int:
    """Token after token generated: what is not in the cache is computed."""
    _least(1, prompt=prompt, tokens=tokens)
    held, text, computed = 0, prompt, 0
    for _ in range(tokens):
        computed += text - held
        held, text = (text if cached else 0), text + 1
    return computed


def cache_bytes(
    layers: int,
    key_value_heads: int,
    head_width: int,
    length: int,
    batch: int = 1,
    bytes_per_value: int = 2,
) -> int:
    """2 layers kv-heads head-width length batch bytes_per_value: keys and values of all positions

    [Pope et al. 2023]
    """
    _least(1, layers=layers, key_value_heads=key_value_heads, head_width=head_width)
    _least(1, length=length, batch=batch)
    _bytes(bytes_per_value)
    return 2 * layers * key_value_heads * head_width * length * batch * bytes_per_value


def cache_bytes_by_torch(
    layers: int,
    key_value_heads: int,
    head_width: int,
    length: int,
    batch: int = 1,
    bytes_per_value: int = 2,
) -> int:
    """Real attention layers generate the last position after all others at once, on the meta device;
    the bytes of the storages that hold their keys and values then."""
    import torch

    _least(1, layers=layers, key_value_heads=key_value_heads, head_width=head_width)
    _least(1, length=length, batch=batch)
    kinds = {1: torch.int8, 2: torch.float16, 4: torch.float32, 8: torch.float64}
    kind = kinds[_bytes(bytes_per_value)]
    width = key_value_heads * head_width
    held = []
    for _ in range(layers):
        maps = _torch_attention(width, key_value_heads, key_value_heads, False, False)
        cache: list[Any] = []
        for rows in [length - 1] * (length > 1) + [1]:
            word = _meta(batch, rows, width)
            _, *new = _split(maps, word, key_value_heads, key_value_heads)
            old = cache or [each[:, :, :0] for each in new]
            cache = [torch.cat(pair, 2).to(kind) for pair in zip(old, new, strict=True)]
        held += cache
    return sum(each.untyped_storage().nbytes() for each in held)


def lora_parameters(inputs: int, outputs: int, rank: int, matrices: int = 1) -> int:
    """matrices rank (inputs + outputs) trained ones: A is rank x inputs, B outputs x rank

    [Hu et al. 2022, sec. 4.1]
    """
    _check_rank(inputs, outputs, rank)
    _least(1, matrices=matrices)
    return matrices * rank * (inputs + outputs)


def lora_parameters_by_torch(inputs: int, outputs: int, rank: int, matrices: int = 1) -> int:
    """Elements that ask for a gradient in real layers with frozen weights beside low-rank pairs."""
    from torch import nn

    _check_rank(inputs, outputs, rank)
    _least(1, matrices=matrices)
    trained = 0
    for _ in range(matrices):
        frozen = nn.Linear(inputs, outputs, device="meta").requires_grad_(False)
        first = nn.Linear(inputs, rank, bias=False, device="meta")
        second = nn.Linear(rank, outputs, bias=False, device="meta")
        row = _meta(1, inputs)
        frozen(row) + second(first(row))
        every = [each for layer in (frozen, first, second) for each in layer.parameters()]
        trained += sum(each.numel() for each in every if each.requires_grad)
    return trained


def lora_share(inputs: int, outputs: int, rank: int) -> Fraction:
    """rank (inputs + outputs) / (inputs outputs): trained ones per frozen weight   [Hu et al. 2022]"""
    return Fraction(lora_parameters(inputs, outputs, rank), inputs * outputs)


def lora_share_by_torch(inputs: int, outputs: int, rank: int) -> Fraction:
    """Elements of real layers, divided."""
    from torch import nn

    frozen = nn.Linear(max(inputs, 1), max(outputs, 1), bias=False, device="meta")
    return Fraction(lora_parameters_by_torch(inputs, outputs, rank), frozen.weight.numel())


def expert_parameters(
    width: int,
    inner: int,
    experts: int,
    active: int,
    gated: bool = True,
    counted: Counted = "total",
) -> int:
    """width experts of the router + experts (active ones) feed-forward nets without biases

    [Shazeer et al. 2017, sec. 2; Jiang et al. 2024]
    """
    _one_of(Counted, counted=counted)
    _check_experts(experts, active)
    each = feed_forward_parameters(width, inner, gated, False)
    return width * experts + (experts if counted == "total" else active) * each


def expert_parameters_by_torch(
    width: int,
    inner: int,
    experts: int,
    active: int,
    gated: bool = True,
    counted: Counted = "total",
) -> int:
    """Elements of the real layers that there are, or that hooks see at work for one token."""
    from torch import nn

    _least(1, width=width, inner=inner)
    _check_experts(experts, active)
    router = nn.Linear(width, experts, bias=False, device="meta")
    nets = [_torch_feed_forward(width, inner, gated, False) for _ in range(experts)]
    used: set[nn.Module] = {layer for net in nets for layer in net} if counted == "total" else set()
    for layer in (router, *(layer for net in nets for layer in net)):
        layer.register_forward_hook(lambda layer, _inputs, _output: used.add(layer))
    token = _meta(1, width)
    chosen = router(token).topk(active).indices.shape[-1]
    for net in nets[:chosen]:
        _feed(net, token)
    return _numel(*used)


def _check_rank(inputs: int, outputs: int, rank: int) -> None:
    _least(1, inputs=inputs, outputs=outputs, rank=rank)
    if rank > min(inputs, outputs):
        raise ValueError(f"rank must be at most {min(inputs, outputs)}, found {rank}")


def _check_experts(experts: int, active: int) -> None:
    _least(1, experts=experts, active=active)
    if active > experts:
        raise ValueError(f"active must be at most the experts {experts}, found {active}")


def _bytes(bytes_per_value: int) -> int:
    if bytes_per_value not in (1, 2, 4, 8):
        raise ValueError(f"bytes_per_value must be 1, 2, 4 or 8, found {bytes_per_value}")
    return bytes_per_value
