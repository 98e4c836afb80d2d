"""attention: torch's own attention and layers, published counts, hand-worked rows as oracles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import attention
from solvers.mistakes import attention as mistakes

ENTRIES = st.floats(-3, 3)
VECTOR = st.lists(ENTRIES, min_size=4, max_size=4)


@given(VECTOR, st.lists(VECTOR, min_size=3, max_size=3), st.lists(VECTOR, min_size=3, max_size=3))
@settings(max_examples=25, deadline=None)
def test_attention_is_torchs(
    query: list[float], keys: list[list[float]], values: list[list[float]]
) -> None:
    mixed = attention.attend(query, keys, values)
    assert mixed == pytest.approx(attention.attend_by_torch(query, keys, values), abs=1e-12)
    weights = attention.attention_weights(query, keys)
    by_torch = attention.attention_weights_by_torch(query, keys)
    assert weights == pytest.approx(by_torch, abs=1e-12)
    assert sum(weights) == pytest.approx(1)
    for column, entry in zip(zip(*values, strict=True), mixed, strict=True):
        assert min(column) - 1e-9 <= entry <= max(column) + 1e-9


def test_attention_worked_by_hand() -> None:
    # scores 3/2 and 1/2, so the first weight is sigmoid(1) = 0.731058579
    mixed = attention.attend([2, 0, 1, 1], [[1, 0, 1, 0], [0, 1, 0, 1]], [[4, 0], [0, 2]])
    assert mixed == pytest.approx([4 * 0.731058579, 2 * 0.268941421], abs=1e-8)


@pytest.mark.parametrize("solver", [attention.attend, attention.attend_by_torch])
def test_keys_of_another_width_are_refused(solver: object) -> None:
    with pytest.raises(ValueError, match="keys must have the query's size 2"):
        solver([1, 2], [[1, 2, 3]], [[1]])  # type: ignore[operator]


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.integers(0, 7))
@settings(max_examples=30, deadline=None)
def test_causal_rows_agree_or_are_refused_together(scores: list[float], position: int) -> None:
    routes = (attention.causal_weights, attention.causal_weights_by_torch)
    if 1 <= position <= len(scores):
        row, by_torch = (route(scores, position) for route in routes)
        assert row == pytest.approx(by_torch, abs=1e-12)
        assert sum(row) == pytest.approx(1)
        assert row[position:] == [0] * (len(scores) - position)
    else:
        for route in routes:
            with pytest.raises(ValueError, match="position must be"):
                route(scores, position)


# The sums of the tensors of torch.nn.MultiheadAttention and TransformerEncoderLayer(512, 8, 2048).
def test_published_counts() -> None:
    assert attention.multi_head_parameters(512, 8) == 1_050_624
    assert attention.encoder_layer_parameters(512, 8, 2048) == 3_152_384


@given(st.integers(1, 6), st.sampled_from([1, 2, 3]), st.integers(1, 40), st.booleans())
@settings(max_examples=20, deadline=None)
def test_counts_are_torchs(size: int, heads: int, inner: int, bias: bool) -> None:
    width = size * heads
    multi = attention.multi_head_parameters(width, heads, bias)
    assert multi == attention.multi_head_parameters_by_torch(width, heads, bias)
    layer = attention.encoder_layer_parameters(width, heads, inner, bias)
    assert layer == attention.encoder_layer_parameters_by_torch(width, heads, inner, bias)


@pytest.mark.parametrize(
    "solver", [attention.multi_head_parameters, attention.multi_head_parameters_by_torch]
)
def test_heads_must_divide_the_width(solver: object) -> None:
    with pytest.raises(ValueError, match="heads must divide the width 10, found 3"):
        solver(10, 3)  # type: ignore[operator]


@given(st.integers(1, 20), st.integers(1, 20))
@settings(max_examples=15, deadline=None)
def test_handed_over_is_a_real_grus(length: int, hidden: int) -> None:
    last = attention.handed_over(length, hidden, "its last state only")
    assert last == attention.handed_over_by_torch(length, hidden, "its last state only") == hidden
    every = attention.handed_over(length, hidden, "its states at all steps")
    assert every == attention.handed_over_by_torch(length, hidden, "its states at all steps")


TOKENS = [[1, 0, 2, 1], [0, 1, 1, -1], [2, 1, 0, 0.5]]


@pytest.mark.parametrize("order", [[2, 0, 1], [1, 0, 2], [2, 1, 0]])
def test_only_positions_break_equivariance(order: list[int]) -> None:
    assert attention.order_gap(TOKENS, order, False) < 1e-12
    assert attention.order_gap_by_torch(TOKENS, order, False) < 1e-12
    gap = attention.order_gap(TOKENS, order, True)
    assert gap > 0.1
    assert gap == pytest.approx(attention.order_gap_by_torch(TOKENS, order, True), rel=1e-9)


def test_order_must_rearrange_the_tokens() -> None:
    for route in (attention.order_gap, attention.order_gap_by_torch):
        with pytest.raises(ValueError, match=r"order must rearrange 0\.\.2"):
            route(TOKENS, [0, 1, 1], False)


def test_an_encoder_keeps_the_number_of_vectors() -> None:
    for length in (1, 5, 9):
        assert attention.encoder_vectors(length, 4) == length
        assert attention.encoder_vectors_by_torch(length, 4) == length
    with pytest.raises(ValueError, match="length must be at least 1"):
        attention.encoder_vectors(0, 4)


def test_mistakes_differ_from_the_truth() -> None:
    assert mistakes.one_width_per_head(512, 8) == 6_566_400
    assert mistakes.no_norms(512, 8, 2048) == 3_150_336
    assert sum(mistakes.masked_after([1, 2, 0, 3], 2)) < 1
