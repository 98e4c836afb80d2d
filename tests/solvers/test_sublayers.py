"""Sub-layers of a transformer block: matrices, and a real encoder layer with one sub-layer silenced."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import torch

from solvers import sublayers
from tests.solvers.drawn import assert_routes_agree


def sizes(random: Random) -> dict[str, Any]:
    return {
        "positions": random.randint(0, 6),
        "width": random.randint(2, 5),
        "inner": random.randint(0, 8),
        "sublayer": random.choice(["feed-forward", "self-attention"]),
    }


def test_routes_agree() -> None:
    assert_routes_agree(sublayers.mixed_positions, sublayers.mixed_positions_by_torch, sizes)


@pytest.mark.parametrize("positions", [1, 2, 7])
def test_only_attention_mixes_and_only_where_there_are_others(positions: int) -> None:
    feeding = sublayers.mixed_positions(positions, 4, 16, "feed-forward")
    mixing = sublayers.mixed_positions(positions, 4, 16, "self-attention")
    assert (feeding, mixing) == (0, positions if positions > 1 else 0)


def test_both_sublayers_are_torchs() -> None:
    """What is compared together and alone is what torch's modules make of the same weights."""
    width, inner = 4, 6
    layer = torch.nn.TransformerEncoderLayer(width, 1, inner, dropout=0.0, dtype=torch.float64)
    layer.requires_grad_(False)
    query, key, value, output = (sublayers._pattern((width, width), at) for at in (2, 3, 4, 5))
    layer.self_attn.in_proj_weight.copy_(torch.cat([query, key, value]))
    layer.self_attn.in_proj_bias.zero_()
    layer.self_attn.out_proj.weight.copy_(output)
    layer.self_attn.out_proj.bias.zero_()
    layer.linear1.weight.copy_(sublayers._pattern((inner, width), 6))
    layer.linear2.weight.copy_(sublayers._pattern((width, inner), 7))
    layer.linear1.bias.copy_(sublayers._pattern((inner,), 8))
    layer.linear2.bias.copy_(sublayers._pattern((width,), 9))
    rows = sublayers._pattern((5, width), 1)
    feeding = layer.linear2(layer.activation(layer.linear1(rows)))
    mixing = layer.self_attn(rows, rows, rows)[0]
    for expected, name in ((feeding, "feed-forward"), (mixing, "self-attention")):
        found = sublayers._output(rows.tolist(), inner, name)  # type: ignore[arg-type]
        assert torch.allclose(torch.tensor(found, dtype=torch.float64), expected, atol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0, 4, 4, "feed-forward"), "positions"),
        ((2, 2, 4, "feed-forward"), "width"),
        ((2, 4, 0, "feed-forward"), "inner"),
        ((2, 4, 65, "feed-forward"), "sizes"),
    ],
)
def test_bad_arguments_are_named(arguments: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sublayers.mixed_positions(*arguments)
