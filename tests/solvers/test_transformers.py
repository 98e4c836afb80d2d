"""Transformers' counts: real layers on the meta device, published figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import attention, large_models, transformers
from solvers.mistakes import large_models as large_mistakes
from solvers.mistakes import transformers as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=12, deadline=None)
small = st.integers(0, 6)
width = st.integers(0, 12)
heads = {"width": width, "heads": st.integers(0, 4), "key_value_heads": st.integers(0, 4)}


@calm
@given(**heads, bias=st.booleans(), output_bias=st.booleans())
def test_attention_has_the_parameters_of_real_layers(**setting: Any) -> None:
    solver, witness = transformers.attention_parameters, transformers.attention_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(width=width, inner=small, gated=st.booleans(), bias=st.booleans())
def test_feed_forward_has_the_parameters_of_real_layers(**setting: Any) -> None:
    solver = transformers.feed_forward_parameters
    witness = transformers.feed_forward_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(
    **heads,
    inner=small,
    gated=st.booleans(),
    bias=st.booleans(),
    norm=st.sampled_from(["layer norm", "RMS norm"]),
)
def test_blocks_have_the_parameters_of_real_layers(**setting: Any) -> None:
    solver, witness = transformers.block_parameters, transformers.block_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(**heads, length=small, causal=st.booleans(), flops_per_mac=st.integers(0, 2))
def test_attention_does_the_work_that_torch_counts(**setting: Any) -> None:
    solver, witness = transformers.attention_macs, transformers.attention_macs_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(**heads, length=small, inner=small, gated=st.booleans(), flops_per_mac=st.integers(0, 2))
def test_blocks_do_the_work_that_torch_counts(**setting: Any) -> None:
    assert not routes_differ(transformers.block_macs, transformers.block_macs_by_torch, **setting)


def test_torch_own_layers_have_as_many_parameters() -> None:
    assert transformers.attention_parameters(768, 12, 12) == (
        attention.multi_head_parameters_by_torch(768, 12)
    )
    block = transformers.block_parameters(768, 12, 12, 3072)
    assert block == attention.encoder_layer_parameters_by_torch(768, 12, 3072)
    assert block == 12 * 768**2 + 13 * 768 == 7_087_872  # a block of BERT-base or GPT-2


def test_published_blocks() -> None:
    # Touvron et al. 2023 (Llama 2): 7B has heads of its own, 70B eight shared ones
    assert transformers.attention_parameters(4096, 32, 32, False, False) == 67_108_864
    assert transformers.attention_parameters(8192, 64, 8, False, False) == 150_994_944
    assert mistakes.heads_not_shared(8192, 64, 8, False, False) == 268_435_456
    assert transformers.feed_forward_parameters(4096, 11_008, True, False) == 135_266_304


@calm
@given(prompt=small, tokens=small, cached=st.booleans())
def test_generated_positions_agree_with_a_walk(**setting: Any) -> None:
    solver, witness = large_models.generated_positions, large_models.generated_positions_by_loop
    assert not routes_differ(solver, witness, **setting)


@calm
@given(
    layers=small,
    key_value_heads=small,
    head_width=small,
    length=small,
    batch=small,
    bytes_per_value=st.integers(0, 5),
)
def test_caches_have_the_bytes_of_real_tensors(**setting: int) -> None:
    assert not routes_differ(large_models.cache_bytes, large_models.cache_bytes_by_torch, **setting)


@calm
@given(inputs=small, outputs=small, rank=small, matrices=small)
def test_adapters_have_the_parameters_of_real_layers(**setting: int) -> None:
    solver, witness = large_models.lora_parameters, large_models.lora_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)
    setting.pop("matrices")
    solver, witness = large_models.lora_share, large_models.lora_share_by_torch
    assert not routes_differ(solver, witness, **setting)


@calm
@given(
    width=small,
    inner=small,
    experts=small,
    active=small,
    gated=st.booleans(),
    counted=st.sampled_from(["total", "active"]),
)
def test_experts_have_the_parameters_of_real_layers(**setting: Any) -> None:
    solver, witness = large_models.expert_parameters, large_models.expert_parameters_by_torch
    assert not routes_differ(solver, witness, **setting)


def test_published_figures_of_large_models() -> None:
    # Hu et al. 2022, table 4: query and value maps of GPT-3's 96 layers, 4.7M at rank 1, 37.7M at 8
    assert large_models.lora_parameters(12_288, 12_288, 1, 2 * 96) == 4_718_592
    assert large_models.lora_parameters(12_288, 12_288, 8, 2 * 96) == 37_748_736
    # Llama 2 7B, 16-bit: half a MiB of cache per token, 2 GiB for 4,096
    assert large_models.cache_bytes(32, 32, 128, 1) == 2**19
    assert large_models.cache_bytes(32, 32, 128, 4096) == 2**31
    assert large_mistakes.keys_only(32, 32, 128, 4096) == 2**30
    # Jiang et al. 2024 (Mixtral): 8 experts of 3 x 4096 x 14336, 2 of them active
    assert large_models.expert_parameters(4096, 14_336, 8, 2) == 1_409_318_912
    assert large_models.expert_parameters(4096, 14_336, 8, 2, counted="active") == 352_354_304


def test_bad_heads_are_named() -> None:
    with pytest.raises(ValueError, match="heads must divide the width 10, found 4"):
        transformers.attention_parameters(10, 4, 4)
    with pytest.raises(ValueError, match="key_value_heads must divide the heads 4, found 3"):
        transformers.attention_parameters(8, 4, 3)
