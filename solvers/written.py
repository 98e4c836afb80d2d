"""Answers that are written rather than counted: einsum subscripts, dtypes, growth; witnesses try them out."""

from __future__ import annotations

from itertools import product
from typing import Any, Literal

from .ranges import _one_of

Product = Literal["batched matrices", "attention scores", "pairwise dot products", "outer products"]
Cost = Literal["self-attention", "recurrent layer", "dense layer", "embedding lookup"]

_SUBSCRIPTS: dict[Product, str] = {
    "batched matrices": "bij,bjk->bik",
    "attention scores": "bhqd,bhkd->bhqk",
    "pairwise dot products": "id,jd->ij",
    "outer products": "bi,bj->bij",
}
# The sizes of both operands, a letter of the alphabet each, and what a plain torch call makes of them.
_OPERANDS: dict[Product, tuple[str, str]] = {
    "batched matrices": ("bij", "bjk"),
    "attention scores": ("bhqd", "bhkd"),
    "pairwise dot products": ("id", "jd"),
    "outer products": ("bi", "bj"),
}


def subscripts(task: Product) -> str:
    """The einsum that sums over the one index that the result lacks   [Einstein 1916]"""
    _one_of(Product, task=task)
    return _SUBSCRIPTS[task]


def subscripts_by_enumeration(task: Product) -> str:
    """Of all results with the operands' indices, the one that matmul, or an outer product, really gives."""
    import torch

    left, right = _OPERANDS[task]
    sizes = {letter: size for size, letter in enumerate(sorted({*left, *right}), start=2)}
    generator = torch.Generator().manual_seed(3)
    one, two = (
        torch.randn([sizes[letter] for letter in each], dtype=torch.float64, generator=generator)
        for each in (left, right)
    )
    wanted = _plainly(task, one, two)
    letters = sorted({*left, *right})
    for count in range(1, len(letters) + 1):
        for result in product(letters, repeat=count):
            if len(set(result)) < count or [sizes[each] for each in result] != list(wanted.shape):
                continue
            rule = f"{left},{right}->{''.join(result)}"
            if torch.allclose(torch.einsum(rule, one, two), wanted):
                return rule
    raise ValueError(f"no subscripts give {task}")


def promoted(first: str, second: str) -> str:
    """The dtype of a sum: floats beat integers, the wider wins, float16 and bfloat16 meet in float32."""
    kinds = {"uint8": 0, "int32": 0, "int64": 0, "float16": 1, "bfloat16": 1, "float32": 1}
    for name in (first, second):
        if name not in kinds:
            raise ValueError(f"a dtype must be one of {', '.join(kinds)}, found {name!r}")
    if kinds[first] != kinds[second]:
        return first if kinds[first] else second
    order = list(kinds)
    if {first, second} == {"float16", "bfloat16"}:
        return "float32"
    return max(first, second, key=order.index)


def promoted_by_torch(first: str, second: str) -> str:
    """What adding two real tensors gives."""
    import torch

    pair = [getattr(torch, name, None) for name in (first, second)]
    if not all(isinstance(each, torch.dtype) for each in pair):
        raise ValueError(f"found {first!r} and {second!r}; expected names of dtypes")
    found = torch.zeros(1, dtype=pair[0]) + torch.zeros(1, dtype=pair[1])
    return str(found.dtype).removeprefix("torch.")


def cost(layer: Cost) -> str:
    """Multiplications for n tokens of width d   [Vaswani 2017, table 1]"""
    _one_of(Cost, layer=layer)
    classes: dict[Cost, str] = {
        "self-attention": "O(n^2 d + n d^2)",
        "recurrent layer": "O(n d^2)",
        "dense layer": "O(n d^2)",
        "embedding lookup": "O(n d)",
    }
    return classes[layer]


def cost_by_counting(layer: Cost) -> str:
    """Counts multiplications (copied values for the lookup) at several sizes, and fits a polynomial."""
    import sympy

    n, d = sympy.symbols("n d")
    monomials = [n**a * d**b for a in (0, 1, 2) for b in (0, 1, 2)]
    sizes = list(product((1, 2, 3), repeat=2))
    matrix = sympy.Matrix([[m.subs({n: a, d: b}) for m in monomials] for a, b in sizes])
    counted = sympy.Matrix([_counted(layer, a, b) for a, b in sizes])
    coefficients = matrix.LUsolve(counted)
    terms = [str(m) for m, factor in zip(monomials, coefficients, strict=True) if factor > 0]
    return f"O({' + '.join(terms)})".replace("**", "^")


def _plainly(task: Product, one: Any, two: Any) -> Any:
    """The same without subscripts."""
    if task == "outer products":
        return one[:, :, None] * two[:, None, :]
    return one @ (two if task == "batched matrices" else two.transpose(-1, -2))


def _counted(layer: Cost, tokens: int, width: int) -> int:
    """One at a time, as the loops of the definition run."""
    square = sum(1 for _ in range(tokens) for _ in range(width) for _ in range(width))
    if layer == "embedding lookup":
        return sum(1 for _ in range(tokens) for _ in range(width))
    if layer == "dense layer":
        return square
    if layer == "recurrent layer":
        return 2 * square  # W x and U h, for each token
    scores = sum(1 for _ in range(tokens) for _ in range(tokens) for _ in range(width))
    # Projections of Q, K, V and the output; QKᵀ and its product with V.
    return 4 * square + 2 * scores
