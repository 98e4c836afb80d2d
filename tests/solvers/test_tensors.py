"""Tensors and graphs against torch and NumPy, and against hand-worked values."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import tensors

calm = settings(max_examples=40, deadline=None)


def outcome(function: Callable[..., Any], *given: Any) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(*given)
    except ValueError:
        return ValueError


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("5", ()),
        ("[4, 6, 8]", (3,)),
        ("[[1, 2, 3], [4, 5, 6], [5, 7, 9]]", (3, 3)),
        ("[[[1], [2]], [[3], [4]], [[5], [6]]]", (3, 2, 1)),
    ],
)
def test_shape_of_literals(literal: str, expected: tuple[int, ...]) -> None:
    assert tensors.shape(literal) == tensors.shape_by_torch(literal) == expected
    assert tensors.axes(literal) == tensors.axes_by_numpy(literal) == len(expected)


@pytest.mark.parametrize("literal", ["[[1, 2], [3]]", "[]", "[[1], 2]", "what"])
def test_what_is_no_tensor_is_refused(literal: str) -> None:
    for function in (tensors.shape, tensors.shape_by_torch, tensors.axes, tensors.axes_by_numpy):
        assert outcome(function, literal) is ValueError


@calm
@given(left=st.lists(st.integers(0, 3), max_size=4), right=st.lists(st.integers(0, 3), max_size=4))
def test_broadcasting_agrees_with_torch(left: list[int], right: list[int]) -> None:
    expected = outcome(tensors.broadcast_shape_by_torch, left, right)
    assert outcome(tensors.broadcast_shape, left, right) == expected


def test_broadcasting_as_in_the_numpy_guide() -> None:
    assert tensors.broadcast_shape([8, 1, 6, 1], [7, 1, 5]) == (8, 7, 6, 5)


@calm
@given(*[st.integers(-20, 20)] * 3)
def test_graph_agrees_with_autograd(a: int, b: int, c: int) -> None:
    assert tensors.graph_value(a, b, c) == tensors.graph_value_by_torch(a, b, c)
    assert tensors.graph_gradient(a, b, c) == tensors.graph_gradient_by_autograd(a, b, c)


def test_graph_of_the_articles() -> None:
    # f = ab - ac + b² - bc: df/da = b - c = 2, df/db = a + 2b - c = 16, df/dc = -a - b = -14
    assert tensors.graph_value(5, 9, 7) == 28
    assert tensors.graph_gradient(5, 9, 7) == [2, 16, -14]


def test_graph_orders_are_those_that_keep_every_dependency() -> None:
    items = ["sum", "difference", "product", "loss-slope", "sum-slope", "difference-slope"]
    chains = [
        ("sum", "product"),
        ("difference", "product"),
        ("product", "loss-slope"),
        ("loss-slope", "sum-slope"),
        ("loss-slope", "difference-slope"),
    ]
    expected = [
        list(order)
        for order in permutations(items)
        if all(order.index(one) < order.index(other) for one, other in chains)
    ]
    assert sorted(tensors.graph_orders(items)) == sorted(expected)
    assert sorted(tensors.graph_orders_by_enumeration(items)) == sorted(expected)


def test_unknown_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="pooling"):
        tensors.graph_orders(["sum", "pooling"])


@calm
@given(*[st.integers(0, 7)] * 3, st.integers(0, 2))
def test_matmul_agrees_with_a_walk(rows: int, inner: int, columns: int, operations: int) -> None:
    setting = (rows, inner, columns, operations)
    expected = outcome(tensors.products_in_matmul_by_loop, *setting)
    assert outcome(tensors.products_in_matmul, *setting) == expected


def test_matmul_agrees_with_torch_counter() -> None:
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        torch.empty(12, 30, device="meta") @ torch.empty(30, 7, device="meta")
    assert counter.get_total_flops() == tensors.products_in_matmul(12, 30, 7, operations=2)


@calm
@given(st.integers(-1, 101), st.integers(0, 50))
def test_amdahl_agrees_with_a_timed_job(percent: int, factor: int) -> None:
    expected = outcome(tensors.amdahl_speedup_by_loop, percent, factor)
    assert outcome(tensors.amdahl_speedup, percent, factor) == expected


def test_amdahl_by_hand() -> None:
    # 100 minutes: 20 stay, 80 become 10; 100 / 30
    assert float(tensors.amdahl_speedup(80, 8)) == pytest.approx(10 / 3)
