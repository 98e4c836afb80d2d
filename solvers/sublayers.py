"""The two sub-layers of a transformer block at work on several positions: which of them mixes positions."""

from __future__ import annotations

from math import cos
from typing import Any, Literal

from .multi_head import multi_head
from .nested import Matrix, _product, _transposed
from .ranges import _count, _one_of

Sublayer = Literal["feed-forward", "self-attention"]
SAME = 1e-9
MOST = 64


def mixed_positions(positions: int, width: int, inner: int, sublayer: Sublayer) -> int:
    """Positions to which a sub-layer gives another output among the others than to them alone

    max(0, X W1 + b1) W2 + b2: none; softmax(Q Kᵀ/√d) V: all, if more than one

    [Vaswani et al. 2017, 3.2.1, 3.3]
    """
    _one_of(Sublayer, sublayer=sublayer)
    _check(positions, width, inner)
    rows = _entries(positions, width, 1)
    together = _output(rows, inner, sublayer)
    alone = [_output([row], inner, sublayer)[0] for row in rows]
    pairs = zip(together, alone, strict=True)
    return sum(max(abs(a - b) for a, b in zip(*each, strict=True)) > SAME for each in pairs)


def mixed_positions_by_torch(positions: int, width: int, inner: int, sublayer: Sublayer) -> int:
    """A whole torch.nn.TransformerEncoderLayer whose other sub-layer is silenced by an output map of 0."""
    import torch

    _check(positions, width, inner)
    layer = torch.nn.TransformerEncoderLayer(
        width, 1, inner, dropout=0.0, batch_first=True, dtype=torch.float64
    ).requires_grad_(False)
    for place, (name, values) in enumerate(layer.named_parameters()):
        if "norm" not in name:
            values.copy_(_pattern(values.shape, place))
    silent = layer.self_attn.out_proj if sublayer == "feed-forward" else layer.linear2
    torch.nn.init.zeros_(silent.weight)
    rows = _pattern(torch.Size((positions, width)), 1)
    together, alone = layer(rows[None])[0], layer(rows[:, None])[:, 0]
    return int(((together - alone).abs() > SAME).any(1).sum())


def _output(rows: Matrix, inner: int, sublayer: Sublayer) -> Matrix:
    width = len(rows[0])
    if sublayer == "self-attention":
        query, key, value, output = (_entries(width, width, phase) for phase in (2, 3, 4, 5))
        return multi_head(rows, query, key, value, output, heads=1)
    up, down = _entries(inner, width, 6), _entries(width, inner, 7)
    sums = _shifted(_product(rows, _transposed(up)), _entries(1, inner, 8)[0])
    hidden = [[max(z, 0.0) for z in row] for row in sums]
    return _shifted(_product(hidden, _transposed(down)), _entries(1, width, 9)[0])


def _shifted(rows: Matrix, bias: list[float]) -> Matrix:
    return [[z + b for z, b in zip(row, bias, strict=True)] for row in rows]


def _entries(rows: int, columns: int, phase: int) -> Matrix:
    """Numbers in [−1, 1] without a pattern that any two rows or matrices share."""
    return [[cos(phase + 2 * i * i + 3 * j + i * j) for j in range(columns)] for i in range(rows)]


def _pattern(shape: Any, phase: int) -> Any:
    """The same as a tensor, a vector as one row."""
    import torch

    table = _entries(shape[0] if len(shape) > 1 else 1, shape[-1], phase)
    return torch.tensor(table, dtype=torch.float64).reshape(shape)


def _check(positions: int, width: int, inner: int) -> None:
    _count(positions=positions, inner=inner)
    if width < 3:  # after a layer norm, two features can only be −1 and 1, or 1 and −1
        raise ValueError(f"width must be at least 3, found {width}")
    if max(positions, width, inner) > MOST:
        raise ValueError(f"sizes must be at most {MOST}, found {positions}, {width}, {inner}")
