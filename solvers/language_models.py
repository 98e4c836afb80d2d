"""Published transformers, part by part: parameters and MACs of BERT, the GPT-2 family, Llama, Mistral.

The variants are exact. BERT is uncased with 30,522 word pieces, with pooler and without a head for
masked words. GPT-2's output layer is its embedding table; the paper's figures (117M, 345M, 762M,
1542M) are too small, the repository's (124M, 355M, 774M, 1558M) right. Llama and Mistral have no
biases, RMS norm, rotary positions (no parameters), a gated feed-forward net, an output layer of its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, NamedTuple

from .large_models import expert_parameters
from .macs import _check_factor
from .ranges import _one_of
from .shapes import _least
from .transformers import (
    _attend,
    _feed,
    _numel,
    _torch_attention,
    _torch_feed_forward,
    attention_parameters,
    block_macs,
    feed_forward_parameters,
)

Model = Literal[
    "BERT-base",
    "BERT-large",
    "GPT-2",
    "GPT-2 medium",
    "GPT-2 large",
    "GPT-2 XL",
    "Llama 2 7B",
    "Llama 2 13B",
    "Llama 2 70B",
    "Llama 3 8B",
    "Mistral 7B",
    "Mixtral 8x7B",
]
Part = Literal["embedding", "attention", "feed-forward", "norms", "head"]
Outputs = Literal["all positions", "last position", "none"]


class Size(NamedTuple):
    """What the authors publish of a model."""

    family: Literal["BERT", "GPT-2", "Llama"]
    layers: int
    width: int
    heads: int
    key_value_heads: int
    inner: int
    words: int
    positions: int = 0
    experts: int = 0
    active: int = 0


# Devlin et al. 2019; Radford et al. 2019; Touvron et al. 2023; Dubey et al. 2024; Jiang et al. 2023, 2024
SIZES: dict[str, Size] = {
    "BERT-base": Size("BERT", 12, 768, 12, 12, 3072, 30_522, 512),
    "BERT-large": Size("BERT", 24, 1024, 16, 16, 4096, 30_522, 512),
    "GPT-2": Size("GPT-2", 12, 768, 12, 12, 3072, 50_257, 1024),
    "GPT-2 medium": Size("GPT-2", 24, 1024, 16, 16, 4096, 50_257, 1024),
    "GPT-2 large": Size("GPT-2", 36, 1280, 20, 20, 5120, 50_257, 1024),
    "GPT-2 XL": Size("GPT-2", 48, 1600, 25, 25, 6400, 50_257, 1024),
    "Llama 2 7B": Size("Llama", 32, 4096, 32, 32, 11_008, 32_000),
    "Llama 2 13B": Size("Llama", 40, 5120, 40, 40, 13_824, 32_000),
    "Llama 2 70B": Size("Llama", 80, 8192, 64, 8, 28_672, 32_000),
    "Llama 3 8B": Size("Llama", 32, 4096, 32, 8, 14_336, 128_256),
    "Mistral 7B": Size("Llama", 32, 4096, 32, 8, 14_336, 32_000),
    "Mixtral 8x7B": Size("Llama", 32, 4096, 32, 8, 14_336, 32_000, 0, 8, 2),
}


def parameters(name: Model) -> int:
    """embedding + layers (attention + feed-forward + norms) + last norm + head (BERT: pooler)

    [Devlin et al. 2019; Radford et al. 2019; Touvron et al. 2023; Jiang et al. 2023, 2024]
    """
    _one_of(Model, name=name)
    return sum(_parts(SIZES[name]).values())


def parameters_by_torch(name: Model) -> int:
    """Distinct tensors of the real model, built on the meta device, through which two words pass."""
    return _numel(_passed(SIZES[name]))


def part(name: Model, which: Part) -> int:
    """Parameters of one part; BERT's head is its pooler, GPT-2's the embedding again, so nothing"""
    _one_of(Model, name=name)
    _one_of(Part, which=which)
    return _parts(SIZES[name])[which]


def part_by_torch(name: Model, which: Part) -> int:
    """Distinct tensors of the real model, sorted by the names of the modules that hold them."""
    names = {"self_attn": "attention", "attention": "attention", "linear": "feed-forward"}
    found = 0
    for path, values in _passed(SIZES[name]).named_parameters():
        steps = path.split(".")
        kind = next((names[step.rstrip("12")] for step in steps if step.rstrip("12") in names), "")
        kind = kind or ("norms" if "norm" in path else steps[0])
        found += values.numel() if kind == which else 0
    return found


def active_parameters(name: Model) -> int:
    """Parameters that one token meets: all but the experts that the router does not choose

    [Jiang et al. 2024]
    """
    _one_of(Model, name=name)
    size = _with_experts(name)
    each = feed_forward_parameters(size.width, size.inner, True, False)
    return parameters(name) - size.layers * (size.experts - size.active) * each


def active_parameters_by_torch(name: Model) -> int:
    """Tensors of those real modules that hooks see at work for one token."""
    from torch import nn

    used: set[nn.Module] = set()
    _passed(_with_experts(name), words=1, used=used)
    return sum({id(v): v.numel() for layer in used for v in layer.parameters(False)}.values())


def macs(
    name: Model, length: int, outputs: Outputs = "all positions", flops_per_mac: int = 1
) -> int:
    """layers (4 n d² or less with shared heads + 2 n² d + 2 n d f, 3 with a gate) + n d V for the output
    layer: one text of n words, all n² pairs scored, embedding 0, norms, biases and softmax left out

    `outputs`: for how many positions the output layer is worked out. BERT's is its pooler on the first,
    d², unless none. Of experts the active ones count, and the router   [Kaplan et al. 2020, table 1;
    Devlin et al. 2019; Jiang et al. 2024]
    """
    _one_of(Model, name=name)
    size = SIZES[name]
    _check_macs(size, length, outputs)
    gated = size.family == "Llama"
    shape = (length, size.width, size.heads, size.key_value_heads)
    block = block_macs(*shape, size.inner * max(size.active, 1), gated)
    if size.experts:
        block += length * size.width * size.experts
    rows = {"all positions": length, "last position": 1, "none": 0}[outputs]
    head = rows * size.words * size.width
    if size.family == "BERT":
        head = size.width**2 if rows else 0
    _check_factor(flops_per_mac)
    return (size.layers * block + head) * flops_per_mac


def macs_by_torch(
    name: Model, length: int, outputs: Outputs = "all positions", flops_per_mac: int = 1
) -> int:
    """torch's FLOP counter watches as many words pass through the real model on the meta device; what
    it counts in the output layer is taken by the position."""
    from torch.utils.flop_counter import FlopCounterMode

    size = SIZES[name]
    _check_macs(size, length, outputs)
    _check_factor(flops_per_mac)
    with FlopCounterMode(display=False, depth=9) as counter:
        model = _passed(size, length)
    found = counter.get_flop_counts()
    whole = int(counter.get_total_flops())
    head = int(sum(found[f"{type(model).__name__}.head"].values()))
    if outputs == "none":
        whole -= head
    elif outputs == "last position" and size.family != "BERT":
        whole -= head - head // length
    return whole // 2 * flops_per_mac


def _check_macs(size: Size, length: int, outputs: Outputs) -> None:
    _least(1, length=length)
    if size.positions and length > size.positions:
        raise ValueError(f"length must be at most {size.positions}, found {length}")
    _one_of(Outputs, outputs=outputs)


def macs_per_word(name: Model, length: int, outputs: Outputs = "all positions") -> Fraction:
    """MACs of a text over its words: the blocks' matrices once, 2 n d per layer for scores and mixing"""
    _one_of(Model, name=name)
    return Fraction(macs(name, length, outputs), length)


def macs_per_word_by_torch(
    name: Model, length: int, outputs: Outputs = "all positions"
) -> Fraction:
    """What torch's FLOP counter sees in the real model, divided."""
    return Fraction(macs_by_torch(name, length, outputs), length)


def embedding_share(name: Model) -> Fraction:
    """Parameters of the embedding tables as a part of all: a third of GPT-2's, 2 % of Llama 2 7B's"""
    _one_of(Model, name=name)
    return Fraction(part(name, "embedding"), parameters(name))


def embedding_share_by_torch(name: Model) -> Fraction:
    """Elements of real tensors, divided."""
    return Fraction(part_by_torch(name, "embedding"), parameters_by_torch(name))


def _with_experts(name: Model) -> Size:
    if not SIZES[name].experts:
        raise ValueError(f"name must be a mixture of experts, found {name}")
    return SIZES[name]


def _parts(size: Size) -> dict[str, int]:
    """Parameters by part."""
    gated = size.family == "Llama"
    bias = not gated
    scale_and_shift = 1 + bias
    tables = (size.words + size.positions) * size.width
    norms = (2 * size.layers + 1) * scale_and_shift * size.width
    head = size.words * size.width if gated else 0
    if size.family == "BERT":  # two kinds of sentence; the last block's norm is the last one
        tables += 2 * size.width
        head = size.width * (size.width + 1)
    feeding = feed_forward_parameters(size.width, size.inner, gated, bias)
    if size.experts:
        feeding = expert_parameters(size.width, size.inner, size.experts, size.active)
    mixing = attention_parameters(size.width, size.heads, size.key_value_heads, bias, bias)
    return {
        "embedding": tables,
        "attention": size.layers * mixing,
        "feed-forward": size.layers * feeding,
        "norms": norms,
        "head": head,
    }


def _passed(size: Size, words: int = 2, used: set[Any] | None = None) -> Any:
    """The real model, after that many words; `used` gets the modules at work."""
    import torch

    with torch.device("meta"):
        model = _llama(size) if size.family == "Llama" else _older(size)
        if used is not None:
            for layer in model.modules():
                layer.register_forward_hook(lambda layer, _inputs, _output: used.add(layer))
        model(torch.zeros(1, words, dtype=torch.long))
    return model


def _older(size: Size) -> Any:
    """BERT and GPT-2 out of torch's own transformer layers, norms after or before."""
    import torch
    from torch import nn

    bert = size.family == "BERT"

    class Older(nn.Module):
        """Tables, blocks, and BERT's pooler or GPT-2's tied output."""

        def __init__(self) -> None:
            super().__init__()
            width = size.width
            rows = [size.words, size.positions, *([2] if bert else [])]
            self.embedding = nn.ModuleList(nn.Embedding(count, width) for count in rows)
            self.norm = nn.LayerNorm(width)
            self.blocks = nn.ModuleList(
                nn.TransformerEncoderLayer(
                    width, size.heads, size.inner, norm_first=not bert, batch_first=True
                )
                for _ in range(size.layers)
            )
            self.head = nn.Linear(width, width if bert else size.words, bias=bert)
            if not bert:
                self.head.register_parameter("weight", self.embedding[0].get_parameter("weight"))

        def forward(self, words: Any) -> Any:
            indices = [words, torch.arange(words.shape[1])[None], words * 0]
            rows = sum(table(at) for table, at in zip(self.embedding, indices, strict=False))
            rows = self.norm(rows) if bert else rows
            for block in self.blocks:
                rows = block(rows)
            return self.head(rows[:, 0] if bert else self.norm(rows))

    return Older().train()


def _llama(size: Size) -> Any:
    from torch import nn

    width, heads, shared = size.width, size.heads, size.key_value_heads

    class Block(nn.Module):
        """Attention and a gated feed-forward net, or several of them behind a router."""

        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.RMSNorm(width), nn.RMSNorm(width)
            self.attention = _torch_attention(width, heads, shared, False, False)
            count = max(size.experts, 1)
            nets = [_torch_feed_forward(width, size.inner, True, False) for _ in range(count)]
            self.linear1 = nn.ModuleList(nets)
            self.linear2 = nn.Linear(width, count, bias=False) if size.experts else None

        def forward(self, rows: Any) -> Any:
            rows = rows + _attend(self.attention, self.norm1(rows), heads, shared)
            normed, chosen = self.norm2(rows), 1
            if self.linear2 is not None:
                chosen = self.linear2(normed).topk(size.active).indices.shape[-1]
            return rows + sum(_feed(net, normed) for net in self.linear1[:chosen])

    class Llama(nn.Module):
        """Table, blocks, last norm, output layer."""

        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(size.words, width)
            self.blocks = nn.ModuleList(Block() for _ in range(size.layers))
            self.norm = nn.RMSNorm(width)
            self.head = nn.Linear(width, size.words, bias=False)

        def forward(self, words: Any) -> Any:
            rows = self.embedding(words)
            for block in self.blocks:
                rows = block(rows)
            return self.head(self.norm(rows))

    return Llama()
