"""Parameters, sizes and memory of layers as formulas: added up by sympy, and fitted to real layers."""

from __future__ import annotations

from itertools import product
from typing import Any, Literal

from .fits import _fitted, _text
from .ranges import _one_of

Part = Literal["weight", "bias"]


def receptive_field() -> str:
    """r pixels after n convolutions k×k of stride 1: each output sees k neighbours, rᵢ₊₁ = rᵢ + k − 1"""
    import sympy

    n, k = sympy.symbols("n k")
    field = sympy.Function("field")
    return _text(sympy.rsolve(field(n + 1) - field(n) - (k - 1), field(n), {field(0): 1}))


def receptive_field_by_counting() -> str:
    """The inputs that one output depends on, traced back layer by layer as a set of places."""
    points, sizes = [], []
    for n, k in product((1, 2, 3, 4), (1, 3, 5)):
        seen = {0}
        for _ in range(n):
            seen = {place + offset for place in seen for offset in range(k)}
        points.append((n, k))
        sizes.append(len(seen))
    return _fitted("n k", "1 n k n*k n^2", points, sizes)


def same_padding() -> str:
    """p, both sides together, with size + p − d(k − 1) = size, at stride 1   [Dumoulin & Visin 2016]"""
    import sympy

    size, p, d, k = sympy.symbols("size p d k")
    span = d * (k - 1) + 1
    (padding,) = sympy.solve((size + p - span) + 1 - size, p)
    return _text(sympy.factor(padding))


def same_padding_by_torch() -> str:
    """How much longer the input of a real Conv1d must be than its output, tried from 0 upwards."""
    points, paddings = [], []
    for d, k in product((1, 2, 3), (1, 2, 3, 5)):
        found = next(p for p in range(20) if _length(32 + p, k, d) == 32)
        points.append((d, k))
        paddings.append(found)
    return _fitted("d k", "1 d k d*k", points, paddings)


def separable_share() -> str:
    """Weights of depthwise k×k and pointwise layers over those of a full k×k layer   [Howard et al. 2017]"""
    import sympy

    k, c, f = sympy.symbols("k c f", positive=True, integer=True)
    depthwise, pointwise = _sized(k, k, c), _sized(c, f)
    return _text(sympy.expand((depthwise + pointwise) / _sized(k, k, c, f)))


def separable_share_by_torch() -> str:
    """The numbers of weights of real layers, divided."""
    import torch

    points, shares = [], []
    for k, c, f in product((1, 3, 5), (2, 4), (2, 3, 8)):
        depthwise = torch.nn.Conv2d(c, c, k, groups=c, bias=False, device="meta")
        pointwise = torch.nn.Conv2d(c, f, 1, bias=False, device="meta")
        full = torch.nn.Conv2d(c, f, k, bias=False, device="meta")
        points.append((k, c, f))
        shares.append((_weights(depthwise) + _weights(pointwise)) / _weights(full))
    return _fitted("k c f", "1 1/k^2 1/c 1/f 1/k", points, shares)


def lstm_parameters(biases: int) -> str:
    """Four gates, each with h·d, h·h and `biases` times h   [Hochreiter & Schmidhuber 1997; Gers 2000]"""
    import sympy

    _check_biases(biases)
    d, h = sympy.symbols("d h", positive=True, integer=True)
    gate = _sized(h, d) + _sized(h, h) + biases * _sized(h)
    return _text(sympy.factor(sum(gate for _ in ("input", "forget", "cell", "output"))))


def lstm_parameters_by_torch(biases: int) -> str:
    """torch's own layer, which has two bias vectors; one of them, or both, left out of the count."""
    import torch

    _check_biases(biases)
    points, sizes = [], []
    for d, h in product((1, 3, 4), (1, 2, 5)):
        layer = torch.nn.LSTM(d, h, bias=biases > 0, device="meta")
        left_out = "bias_hh" if biases == 1 else "none"
        parameters = [p for name, p in layer.named_parameters() if left_out not in name]
        points.append((d, h))
        sizes.append(sum(p.numel() for p in parameters))
    return _fitted("d h", "1 d h d*h h^2", points, sizes)


def attention_parameters() -> str:
    """Projections of Q, K, V for h heads of width d/h, and of the output, with biases   [Vaswani 2017]"""
    import sympy

    d, h = sympy.symbols("d h", positive=True)
    width = d / h
    head = 3 * (d * width + width)
    return _text(sympy.factor(sympy.simplify(h * head + (h * width) * d + d)))


def attention_parameters_by_torch() -> str:
    """torch's own multi-head attention with several widths and numbers of heads."""
    import torch

    points, sizes = [], []
    for d, h in ((2, 1), (2, 2), (4, 1), (4, 4), (6, 2), (6, 3), (8, 4)):
        layer = torch.nn.MultiheadAttention(d, h, device="meta")
        points.append((d, h))
        sizes.append(_weights(layer))
    return _fitted("d h", "1 d h d^2 d*h", points, sizes)


def block_parameters() -> str:
    """Attention with biases, two linear layers d → 4d → d, two layer norms   [Vaswani 2017; Radford 2019]"""
    import sympy

    d = sympy.Symbol("d", positive=True, integer=True)
    attention = 4 * (_sized(d, d) + _sized(d))
    dense = _sized(d, 4 * d) + _sized(4 * d) + _sized(4 * d, d) + _sized(d)
    norms = 2 * (_sized(d) + _sized(d))
    return _text(sympy.expand(attention + dense + norms))


def block_parameters_by_torch() -> str:
    """torch's own encoder layer of several widths."""
    import torch

    widths = [(d,) for d in (1, 2, 3, 5, 8)]
    layers = [torch.nn.TransformerEncoderLayer(d, 1, 4 * d, device="meta") for (d,) in widths]
    return _fitted("d", "1 d d^2 d^3", widths, [_weights(layer) for layer in layers])


def cache_bytes() -> str:
    """Keys and values of l layers, g key heads of width d, n tokens, b bytes each   [Shazeer 2019]"""
    import sympy

    layers, g, d, n, b = sympy.symbols("l g d n b", positive=True, integer=True)
    keys = values = _sized(n, g, d)
    return _text(sympy.expand(layers * (keys + values) * b))


def cache_bytes_by_numpy() -> str:
    """The bytes of real arrays, one for the keys and one for the values of each layer."""
    import numpy as np

    points, sizes = [], []
    for layers, g, d, n, dtype in product((1, 3), (1, 2), (2, 4), (1, 5), ("float16", "float32")):
        caches = [np.zeros((2, n, g, d), dtype) for _ in range(layers)]
        points.append((layers, g, d, n, caches[0].itemsize))
        sizes.append(sum(cache.nbytes for cache in caches))
    terms = "l*g*d*n*b g*d*n*b l*g*d*b l*g*n*b d*n*b*l*g^2"
    return _fitted("l g d n b", terms, points, sizes)


def folded(part: Part) -> str:
    """g ((w x + b) − m)/√(v + e) + c as one linear unit: its coefficient of x, or what is left at x = 0"""
    import sympy

    _one_of(Part, part=part)
    w, x, b, m, g, c = sympy.symbols("w x b m g c")
    v, epsilon = sympy.symbols("v epsilon", positive=True)
    normalised = sympy.expand(g * (w * x + b - m) / sympy.sqrt(v + epsilon) + c)
    return _text(normalised.coeff(x, 1 if part == "weight" else 0))


def folded_by_torch(part: Part) -> str:
    """A real linear unit and batch norm in evaluation mode, looked at with the inputs 0 and 1."""
    from random import Random

    random = Random(7)
    points = [tuple(random.uniform(0.25, 2.0) for _ in range(7)) for _ in range(16)]
    seen = []
    for point in points:
        at_0, at_1 = _normalised(*point)
        seen.append(at_1 - at_0 if part == "weight" else at_0)
    terms = "c g g*w/sqrt(v+epsilon) g*b/sqrt(v+epsilon) g*m/sqrt(v+epsilon) g*b g*m"
    return _fitted("w b m v epsilon g c", terms, points, seen)


def rescaled() -> str:
    """The straight line that takes a to −1 and b to 1, at x"""
    import sympy

    x, a, b, slope, offset = sympy.symbols("x a b slope offset")
    found = sympy.solve([slope * a + offset + 1, slope * b + offset - 1], [slope, offset])
    above, below = sympy.fraction(sympy.together((slope * x + offset).subs(found)))
    return f"({_text(-above)})/({_text(-below)})"


def rescaled_by_numpy() -> str:
    """numpy's interpolation between both ends; times b − a it is a combination of a, b and x."""
    import numpy as np

    points, values = [], []
    for a, width, share in product((-1.0, 0.0, 2.0), (1.0, 4.0), (0.0, 0.25, 0.5, 1.0)):
        x = a + share * width
        points.append((x, a, a + width))
        values.append(float(np.interp(x, [a, a + width], [-1.0, 1.0])) * width)
    return f"({_fitted('x a b', '1 x a b', points, values)})/(b - a)"


def _sized(*sizes: Any) -> Any:
    """How many entries an array of these sizes has: 1, summed over every index."""
    import sympy

    indices = sympy.symbols(f"i0:{len(sizes)}")
    return sympy.summation(1, *((i, 1, size) for i, size in zip(indices, sizes, strict=True)))


def _weights(layer: Any) -> int:
    return sum(p.numel() for p in layer.parameters())


def _length(size: int, kernel: int, dilation: int) -> int:
    import torch

    layer = torch.nn.Conv1d(1, 1, kernel, dilation=dilation, device="meta")
    return int(layer(torch.empty(1, 1, size, device="meta")).shape[-1])


def _normalised(
    w: float, b: float, m: float, v: float, e: float, g: float, c: float
) -> tuple[float, float]:
    """What a unit with weight w and bias b, then a batch norm, puts out for 0 and 1."""
    import torch

    norm = torch.nn.BatchNorm1d(1, eps=e, dtype=torch.float64).eval()
    values = {"weight": g, "bias": c, "running_mean": m, "running_var": v}
    norm.load_state_dict({name: torch.tensor([each]) for name, each in values.items()}, False)
    low, high = norm(torch.tensor([[b], [w + b]], dtype=torch.float64)).flatten().tolist()
    return low, high


def _check_biases(biases: int) -> None:
    if biases not in (0, 1, 2):
        raise ValueError(f"biases must be 0, 1 or 2, found {biases}")
