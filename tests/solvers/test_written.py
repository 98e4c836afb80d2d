"""Answers that are written, or estimated in the head, against what NumPy, counted loops and torch do."""

from __future__ import annotations

import re
from itertools import product
from math import isclose
from random import Random
from typing import get_args

import mpmath
import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from solvers import estimates, formulas_asked, recurrent, transformers, written
from solvers.mistakes import estimates as mistakes

# What each task is for one entry of its result, as sums written out.
ENTRIES = {
    "batched matrices": lambda a, b, at: sum(
        a[at[0], at[1], j] * b[at[0], j, at[2]] for j in range(a.shape[2])
    ),
    "attention scores": lambda a, b, at: sum(
        a[at[0], at[1], at[2], d] * b[at[0], at[1], at[3], d] for d in range(a.shape[3])
    ),
    "pairwise dot products": lambda a, b, at: sum(
        a[at[0], d] * b[at[1], d] for d in range(a.shape[1])
    ),
    "outer products": lambda a, b, at: a[at[0], at[1]] * b[at[0], at[2]],
}
SHAPES = {
    "batched matrices": ((2, 3, 4), (2, 4, 5)),
    "attention scores": ((2, 3, 4, 5), (2, 3, 6, 5)),
    "pairwise dot products": ((3, 4), (5, 4)),
    "outer products": ((2, 3), (2, 4)),
}
NAMES = {
    **{name: getattr(mpmath, name) for name in ("exp", "log", "tanh", "sqrt", "sign")},
    "sigmoid": lambda z: (1 + mpmath.tanh(z / 2)) / 2,
    "Abs": abs,
}


def value(text: str, **given):
    """The formula at one point, in thirty digits; for this bank's own texts only."""
    text = text.replace("|x|", "Abs(x)").replace("^", "**")
    return eval(text, NAMES, {name: mpmath.mpf(each) for name, each in given.items()})


def same(one, other) -> bool:
    return bool(abs(one - other) <= 1e-12 * (1 + abs(other)))


# --- Subscripts, dtypes, growth -------------------------------------------------------------------


@pytest.mark.parametrize("task", get_args(written.Product))
def test_numpy_makes_of_the_subscripts_what_the_task_is(task):
    random = np.random.default_rng(5)
    one, two = (random.integers(-9, 9, shape) for shape in SHAPES[task])
    for function in (written.subscripts, written.subscripts_by_enumeration):
        made = np.einsum(function(task), one, two)
        for at in np.ndindex(*made.shape):
            assert made[at] == ENTRIES[task](one, two, at)


def test_dtypes_are_those_of_numpy_where_it_has_them():
    """NumPy widens int32 + float16 where torch keeps float16: between kinds the two differ."""
    names = ["uint8", "int32", "int64", "float16", "float32"]
    kinds = {name: np.dtype(name).kind == "f" for name in names}
    for pair in product(names, repeat=2):
        found = written.promoted(*pair)
        assert found == written.promoted_by_torch(*pair) == written.promoted(*pair[::-1])
        if kinds[pair[0]] == kinds[pair[1]]:
            assert found == str(np.promote_types(*pair))
        else:
            assert found == next(name for name in pair if kinds[name])


def test_neither_half_type_holds_the_others_numbers_but_float32_does():
    assert written.promoted("float16", "bfloat16") == "float32"
    one = torch.tensor(1 + 2**-10, dtype=torch.float16)
    large = torch.tensor(2.0**100, dtype=torch.bfloat16)
    for number, other in ((one, torch.bfloat16), (large, torch.float16)):
        assert number.to(other).double() != number.double()
        assert number.to(torch.float32).double() == number.double()


@pytest.mark.parametrize("name", ["float8", "complex64", ""])
def test_an_unknown_dtype_is_refused(name):
    with pytest.raises(ValueError, match="dtype"):
        written.promoted(name, "int32")


class Counted(float):
    """A number that counts the multiplications in which it takes part."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return Counted(float(self) * float(other))

    __rmul__ = __mul__

    def __add__(self, other):
        return Counted(float(self) + float(other))

    __radd__ = __add__


def matrix(rows: int, columns: int) -> list[list[Counted]]:
    return [[Counted(i - j) for j in range(columns)] for i in range(rows)]


def multiplied(left, right):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*right)] for row in left]  # noqa: B905


def attend(tokens: int, width: int) -> None:
    """Self-attention with its four projections; the softmax has no products of the kind counted."""
    x = matrix(tokens, width)
    queries, keys, values = (multiplied(x, matrix(width, width)) for _ in range(3))
    shares = multiplied(queries, list(zip(*keys)))  # noqa: B905
    multiplied(multiplied(shares, values), matrix(width, width))


def recur(tokens: int, width: int, blocks: int = 1) -> None:
    state = matrix(1, width)
    for row in matrix(tokens, width):
        for _ in range(blocks):
            multiplied([row], matrix(width, width))
            multiplied(state, matrix(width, width))


def counted(run, *sizes) -> int:
    Counted.times = 0
    run(*sizes)
    return Counted.times


@pytest.mark.parametrize(
    ("layer", "run"),
    [
        ("self-attention", attend),
        ("recurrent layer", recur),
        ("dense layer", lambda n, d: multiplied(matrix(n, d), matrix(d, d))),
    ],
)
def test_multiplications_of_real_runs_grow_as_written(layer, run):
    """Over ever longer and wider inputs the count stays between two multiples of the written growth."""
    for function in (written.cost, written.cost_by_counting):
        growth = re.sub(r"(?<=[nd2]) (?=[nd])", "*", function(layer)[2:-1])
        ratios = [
            counted(run, n, d) / float(value(growth, n=n, d=d))
            for n, d in ((2, 8), (4, 4), (16, 2), (24, 3), (3, 24))
        ]
        assert max(ratios) <= 2 * min(ratios)


def test_a_lookup_copies_its_width_for_each_token():
    table = torch.nn.Embedding(7, 5)
    for function in (written.cost, written.cost_by_counting):
        assert function("embedding lookup").replace("*", " ") in ("O(n d)", "O(d n)")
    assert [table(torch.zeros(n, dtype=torch.long)).numel() for n in (1, 2, 4)] == [5, 10, 20]


# --- Formulas ------------------------------------------------------------------------------------

DEFINED = {
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "tanh": mpmath.tanh,
    "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
    "silu": lambda x: x / (1 + mpmath.exp(-x)),
    "softsign": lambda x: x / (1 + abs(x)),
}
LOSSES = {
    "binary cross-entropy": lambda p, t: -t * mpmath.log(p) - (1 - t) * mpmath.log(1 - p),
    "half square": lambda p, t: (p - t) ** 2 / 2,
    "mean square": lambda p, t: (p - t) ** 2,
}


@pytest.mark.parametrize("name", get_args(formulas_asked.Function))
def test_slopes_are_difference_quotients(name):
    with mpmath.workdps(30):
        for text in (formulas_asked.slope(name), formulas_asked.slope_by_sympy(name)):
            for x in (-3.1, -0.7, -0.1, 0.2, 1.3, 4.0):
                assert same(value(text, x=x), mpmath.diff(DEFINED[name], x)), (text, x)


@pytest.mark.parametrize("name", get_args(formulas_asked.Loss))
def test_slopes_at_the_logit_are_difference_quotients(name):
    texts = (formulas_asked.slope_at_logit(name), formulas_asked.slope_at_logit_by_sympy(name))
    with mpmath.workdps(30):
        for text, z, t in product(texts, (-2.5, -0.3, 0.4, 1.9), (0.0, 0.25, 1.0)):
            p = DEFINED["sigmoid"](mpmath.mpf(z))
            wanted = mpmath.diff(lambda z: LOSSES[name](DEFINED["sigmoid"](z), t), z)  # noqa: B023
            assert same(value(text, p=p, t=t), wanted), (text, z, t)


@pytest.mark.parametrize("bias", [False, True])
def test_convolution_weights_are_those_of_a_torch_layer(bias):
    texts = (
        formulas_asked.convolution_weights(bias),
        formulas_asked.convolution_weights_by_counting(bias),
    )
    for text, f, k, c in product(texts, (1, 4, 7), (1, 3, 5), (1, 3, 8)):
        layer = torch.nn.Conv2d(c, f, k, bias=bias, device="meta")
        assert value(text, f=f, k=k, c=c) == sum(p.numel() for p in layer.parameters())


def test_divergence_from_the_standard_normal_is_torchs_and_an_integral():
    texts = (formulas_asked.normal_divergence(), formulas_asked.normal_divergence_by_sympy())
    standard = torch.distributions.Normal(0.0, 1.0)
    for text, m, s in product(texts, (-1.5, 0.0, 0.75), (0.5, 1.0, 2.0)):
        found = value(text, m=m, s=s)
        by_torch = torch.distributions.kl_divergence(torch.distributions.Normal(m, s), standard)
        assert isclose(found, float(by_torch), rel_tol=1e-5, abs_tol=1e-6)
        gap = mpmath.quad(
            lambda x: (
                mpmath.npdf(x, m, s)  # noqa: B023
                * (mpmath.log(mpmath.npdf(x, m, s)) - mpmath.log(mpmath.npdf(x)))  # noqa: B023
            ),
            [m - 12 * s, m, m + 12 * s],
        )
        assert isclose(found, float(gap), rel_tol=1e-8, abs_tol=1e-8)


def test_names_not_known_are_refused():
    for function in (formulas_asked.slope, formulas_asked.slope_at_logit, written.cost):
        with pytest.raises(ValueError, match="must be one of"):
            function("no such name")


# --- Estimates and ratios ------------------------------------------------------------------------


def test_training_operations_are_what_torch_counts():
    """Forward and backward through a layer in the middle of a net, whose input wants a gradient too."""
    tokens, weight = torch.ones(50, 30, requires_grad=True), torch.ones(30, 20, requires_grad=True)
    with FlopCounterMode(display=False) as counter:
        (tokens @ weight).sum().backward()
    each, rest = divmod(counter.get_total_flops(), weight.numel() * len(tokens))
    assert rest == 0
    for function in (estimates.training_operations, estimates.training_operations_by_counting):
        for billions, trillions in ((1, 1), (7, 2), (175, 3)):
            assert function(billions, trillions) == each * (billions * 10**9) * (trillions * 10**12)
    assert mistakes.forward_only(7, 2) * 3 == estimates.training_operations(7, 2)


@pytest.mark.parametrize("sizes", [(0, 1), (1, 0), (-1, 1)])
def test_nothing_to_train_is_refused(sizes):
    for function in (estimates.training_operations, estimates.training_operations_by_counting):
        with pytest.raises(ValueError, match="must be at least 1"):
            function(*sizes)


@pytest.mark.parametrize(("length", "width"), [(2, 8), (4, 4), (12, 4), (24, 2)])
def test_attention_against_lstm_by_counted_multiplications(length, width):
    """Both run on numbers that count: four projections, QKᵀ and its product with V, against four gates."""
    wanted = counted(attend, length, width) / counted(recur, length, width, 4)
    for heads in (1, 2):
        for function in (
            transformers.attention_against_lstm,
            transformers.attention_against_lstm_by_torch,
        ):
            assert isclose(function(length, width, heads), wanted, rel_tol=1e-12)


def test_attention_costs_as_much_as_an_lstm_where_the_length_is_twice_the_width():
    for width in (4, 16, 64):
        assert transformers.attention_against_lstm(2 * width, width, 2) == 1
        assert transformers.attention_against_lstm(2 * width + 1, width, 2) > 1


def test_parameters_against_by_the_cells_own_gates():
    """torch's cells for one step; each of their gates is a dense layer of one size."""
    gates = {"RNN": 1, "GRU": 3, "LSTM": 4}
    random = Random(6)
    for one, other in product(gates, repeat=2):
        inputs, hidden = random.randint(1, 30), random.randint(1, 30)
        counts = [
            sum(p.numel() for p in getattr(torch.nn, f"{cell}Cell")(inputs, hidden).parameters())
            for cell in (one, other)
        ]
        for biases in (0, 1, 2):
            given = (one, other, inputs, hidden, biases)
            for function in (recurrent.parameters_against, recurrent.parameters_against_by_torch):
                assert function(*given) == counts[0] / counts[1] == gates[one] / gates[other]
