"""Threshold units, the perceptron rule, and counts for fully connected networks."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from operator import add, mul
from typing import Literal

Gate = Literal["AND", "OR", "NAND", "NOR", "XOR"]

_ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))


def weighted_sum(inputs: list[int], weights: list[int]) -> int:
    """Σ weight · input, without bias"""
    _same_length(inputs, weights)
    return sum(w * x for w, x in zip(weights, inputs, strict=True))


def weighted_sum_by_numpy(inputs: list[int], weights: list[int]) -> int:
    """The dot product of numpy."""
    import numpy as np

    _same_length(inputs, weights)
    return int(np.dot(weights, inputs))


def neuron_output(inputs: list[int], weights: list[int], slope: int) -> int:
    """slope · Σ weight · input: one neuron without bias, activation f(z) = slope · z"""
    return slope * weighted_sum(inputs, weights)


def neuron_output_by_torch(inputs: list[int], weights: list[int], slope: int) -> float:
    """A real Linear layer followed by a real elementwise product, in float64."""
    import torch

    _same_length(inputs, weights)
    layer = torch.nn.Linear(len(inputs), 1, bias=False, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([weights]))
        return float(torch.mul(layer(torch.tensor(inputs, dtype=torch.float64)), slope).item())


def connections(fan_in: int, fan_out: int, biases: bool = False) -> int:
    """fan_in · fan_out weights between two fully connected layers, + fan_out if biases count"""
    _positive(fan_in=fan_in, fan_out=fan_out)
    return fan_in * fan_out + (fan_out if biases else 0)


def connections_by_counting(fan_in: int, fan_out: int, biases: bool = False) -> int:
    """Every pair (sender, receiver) counted one at a time; a bias is one more sender."""
    _positive(fan_in=fan_in, fan_out=fan_out)
    senders = [*range(fan_in), "bias"] if biases else [*range(fan_in)]
    return sum(1 for _ in product(senders, range(fan_out)))


def parameters(widths: list[int], biases: bool = True) -> int:
    """Σ (fan_in + 1) · fan_out over fully connected layers; no + 1 without biases"""
    _widths(widths)
    return sum((a + biases) * b for a, b in pairwise(widths))


def parameters_by_torch(widths: list[int], biases: bool = True) -> int:
    """Real Linear layers on the meta device, their tensors' elements added up."""
    import torch

    _widths(widths)
    layers = [torch.nn.Linear(a, b, bias=biases, device="meta") for a, b in pairwise(widths)]
    return sum(p.numel() for p in torch.nn.Sequential(*layers).parameters())


def extra_parameters(widths: list[int], than: list[int]) -> int:
    """Parameters of a fully connected net, biases included, less those of the net `than`"""
    return parameters(widths) - parameters(than)


def extra_parameters_by_torch(widths: list[int], than: list[int]) -> int:
    """Both nets built from real Linear layers on the meta device, and their tensors counted."""
    return parameters_by_torch(widths) - parameters_by_torch(than)


def depth_of(widths: list[int], count_input: bool = False) -> int:
    """Layers that have weights, one fewer than the widths; one more if the input is counted"""
    _widths(widths)
    return len(widths) if count_input else len(widths) - 1


def depth_of_by_torch(widths: list[int], count_input: bool = False) -> int:
    """The Linear modules of a real network counted."""
    import torch

    _widths(widths)
    net = torch.nn.Sequential(*(torch.nn.Linear(a, b, device="meta") for a, b in pairwise(widths)))
    return sum(isinstance(layer, torch.nn.Linear) for layer in net) + int(count_input)


def links(widths: list[int]) -> int:
    """Weighted links of a fully connected feed-forward net: Σ fan_in · fan_out, no biases"""
    return parameters(widths, biases=False)


def links_by_counting(widths: list[int]) -> int:
    """Every pair of neurons tried: linked exactly if their layers are neighbours."""
    _widths(widths)
    layer_of = [depth for depth, width in enumerate(widths) for _ in range(width)]
    return sum(1 for a, b in product(layer_of, layer_of) if b - a == 1)


def update_on_mistake(
    weights: list[int], bias: int, inputs: list[int], target: int, rate: int = 1
) -> list[int]:
    """[w + rate (t − y) x ..., b + rate (t − y)], y = 1 if w·x + b > 0 else 0"""
    _same_length(inputs, weights)
    _in("target", target, (0, 1))
    total = sum(w * x for w, x in zip(weights, inputs, strict=True)) + bias
    if total == 0 or (total > 0) == (target == 1):
        raise ValueError(f"w·x + b must be on the wrong side of 0, found {total}")
    step = rate * (target - (total > 0))
    return [*(w + step * x for w, x in zip(weights, inputs, strict=True)), bias + step]


def update_on_mistake_by_autograd(
    weights: list[int], bias: int, inputs: list[int], target: int, rate: int = 1
) -> list[float]:
    """A descent step on the perceptron criterion max(0, −s z), s = ±1, differentiated by autograd."""
    import torch

    _same_length(inputs, weights)
    _in("target", target, (0, 1))
    v = torch.tensor([*weights, bias], dtype=torch.float64, requires_grad=True)
    margin = (2 * target - 1) * (v @ torch.tensor([*inputs, 1], dtype=torch.float64))
    if margin.item() >= 0:
        raise ValueError(f"w·x + b must be on the wrong side of 0, found margin {margin.item()}")
    (slope,) = torch.autograd.grad(torch.relu(-margin), v)
    return [float(x) for x in (v - rate * slope).tolist()]


def weights_after_pass(gate: Gate, start: list[int], fires_at_zero: bool = False) -> list[int]:
    """[w1, w2, b] after one pass of the perceptron rule (rate 1) over the rows 00, 01, 10, 11"""
    if len(start) != 3:
        raise ValueError(f"start must be [w1, w2, b], found {len(start)} numbers")
    w1, w2, b = start
    for (x1, x2), target in zip(_ROWS, _truth(gate), strict=True):
        z = w1 * x1 + w2 * x2 + b
        error = target - int(z > 0 or (fires_at_zero and z == 0))
        w1, w2, b = w1 + error * x1, w2 + error * x2, b + error
    return [w1, w2, b]


def weights_after_pass_by_numpy(
    gate: Gate, start: list[int], fires_at_zero: bool = False
) -> list[float]:
    """Dual form: the start plus the sum of error · (x, 1), thresholds by np.heaviside."""
    import numpy as np

    if len(start) != 3:
        raise ValueError(f"start must be [w1, w2, b], found {len(start)} numbers")
    rows = np.column_stack([np.array(_ROWS, float), np.ones(4)])
    errors = np.zeros(4)
    for i, target in enumerate(_truth(gate)):
        z = rows[i] @ (np.array(start, float) + errors @ rows)
        errors[i] = target - np.heaviside(z, float(fires_at_zero))
    return [float(v) for v in np.array(start, float) + errors @ rows]


def threshold_net(units: list[list[int]]) -> list[int]:
    """Outputs for 00, 01, 10, 11; two hidden units and one output, [w1, w2, θ]; 1 if Σ ≥ θ"""
    _units(units)
    first, second, output = units
    return [_fires(output, _fires(first, a, b), _fires(second, a, b)) for a, b in _ROWS]


def threshold_net_by_numpy(units: list[list[int]]) -> list[float]:
    """Both layers as matrix products over all four rows at once, steps by np.heaviside."""
    import numpy as np

    _units(units)
    first, last = np.array(units[:2], float), np.array(units[2], float)
    signals = np.heaviside(np.array(_ROWS, float) @ first[:, :2].T - first[:, 2], 1)
    return [float(v) for v in np.heaviside(signals @ last[:2] - last[2], 1)]


def separable_functions(inputs: int) -> int:
    """Boolean functions that one threshold unit computes: 4, 14, 104   [OEIS A000609]"""
    _in("inputs", inputs, (1, 2, 3))
    rows = list(product((0, 1), repeat=inputs))
    found = set()
    for weights in product(range(-2, 3), repeat=inputs):
        sums = [sum(w * x for w, x in zip(weights, row, strict=True)) for row in rows]
        found |= {tuple(s >= theta for s in sums) for theta in range(-7, 8)}
    return len(found)


def separable_functions_by_counting(inputs: int) -> int:
    """Truth tables tried one by one: the perceptron rule ends, or passes Novikoff's bound."""
    _in("inputs", inputs, (1, 2, 3))
    rows = [(*row, 1) for row in product((0, 1), repeat=inputs)]
    tables = product((-1, 1), repeat=len(rows))
    return sum(1 for signs in tables if _rule_ends(rows, signs))


def tent_pieces(depth: int) -> int:
    """2^depth linear pieces on [0, 1] of the tent map composed depth times   [Telgarsky 2016]"""
    _depth(depth)
    return 1 << depth


def tent_pieces_by_counting(depth: int) -> int:
    """Runs of equal slope counted on a dyadic grid, in exact fractions, through ReLU layers."""
    _depth(depth)
    cells = 2 ** (depth + 1)
    heights = [_tent_net(Fraction(i, cells), depth) for i in range(cells + 1)]
    slopes = [b - a for a, b in pairwise(heights)]
    return 1 + sum(1 for a, b in pairwise(slopes) if a != b)


def shallow_units(depth: int) -> int:
    """2^depth − 1 ReLU units in one hidden layer: one kink each, pieces = kinks + 1"""
    return tent_pieces(depth) - 1


def shallow_units_by_counting(depth: int) -> int:
    """Points of (0, 1) at which the slope changes, counted through real ReLU layers."""
    _depth(depth)
    step = Fraction(1, 2 ** (depth + 1))
    points = [i * step for i in range(1, 2 ** (depth + 1))]
    net = {x: _tent_net(x, depth) for x in (Fraction(0), *points, Fraction(1))}
    return sum(1 for x in points if net[x - step] + net[x + step] != 2 * net[x])


def collapse(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    """second · first: the one matrix that equals linear layer `first` followed by `second`"""
    _chain(first, second)
    columns = list(zip(*first, strict=True))
    return [[sum(a * b for a, b in zip(row, c, strict=True)) for c in columns] for row in second]


def collapse_by_torch(first: list[list[int]], second: list[list[int]]) -> list[list[float]]:
    """Unit vectors sent through two real Linear layers; their images are the columns."""
    import torch

    _chain(first, second)
    layers = []
    for matrix in (first, second):
        layer = torch.nn.Linear(len(matrix[0]), len(matrix), bias=False, dtype=torch.float64)
        layer.weight = torch.nn.Parameter(torch.tensor(matrix, dtype=torch.float64))
        layers.append(layer)
    net = torch.nn.Sequential(*layers)
    images: list[list[float]] = net(torch.eye(len(first[0]), dtype=torch.float64)).tolist()
    return [list(row) for row in zip(*images, strict=True)]


def _truth(gate: str) -> tuple[int, ...]:
    gates = {
        "AND": (0, 0, 0, 1),
        "OR": (0, 1, 1, 1),
        "NAND": (1, 1, 1, 0),
        "NOR": (1, 0, 0, 0),
        "XOR": (0, 1, 1, 0),
    }
    _in("gate", gate, tuple(gates))
    return gates[gate]


def _fires(unit: list[int], a: int, b: int) -> int:
    return int(unit[0] * a + unit[1] * b >= unit[2])


def _rule_ends(rows: list[tuple[int, ...]], signs: tuple[int, ...], limit: int = 900) -> bool:
    """Novikoff 1962: at most (R/γ)² updates; here R² ≤ 4 and γ² ≥ 0.25/54.25, so 868 < limit."""
    signed = [[s * x for x in row] for row, s in zip(rows, signs, strict=True)]
    weights = [0] * len(rows[0])
    for _ in range(limit):
        wrong = next((p for p in signed if sum(map(mul, weights, p)) <= 0), None)
        if wrong is None:
            return True
        weights = list(map(add, weights, wrong))
    return False


def _tent_net(x: Fraction, depth: int) -> Fraction:
    for _ in range(depth):
        x = 2 * max(x, Fraction(0)) - 4 * max(x - Fraction(1, 2), Fraction(0))
    return x


def _in(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {allowed}, found {value!r}")


def _positive(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _widths(widths: list[int]) -> None:
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(f"widths must be at least two sizes of at least 1, found {widths}")


def _depth(depth: int) -> None:
    if not 1 <= depth <= 12:
        raise ValueError(f"depth must be from 1 to 12, found {depth}")


def _same_length(inputs: list[int], weights: list[int]) -> None:
    if len(inputs) != len(weights) or not inputs:
        raise ValueError(f"weights must be {len(inputs)} (at least 1), found {len(weights)}")


def _units(units: list[list[int]]) -> None:
    if len(units) != 3 or any(len(unit) != 3 for unit in units):
        raise ValueError(f"units must be three rows [w1, w2, threshold], found {units}")


def _chain(first: list[list[int]], second: list[list[int]]) -> None:
    widths = {len(row) for row in first}, {len(row) for row in second}
    if len(widths[0]) != 1 or widths[1] != {len(first)}:
        raise ValueError(f"rows of second must have {len(first)} entries, found {second}")
