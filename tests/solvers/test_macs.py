"""Operations of norms, embeddings and whole language models: worked through, torch's counter, published."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import language_models, macs, transformers
from solvers.mistakes import language_models as mistakes
from tests.agreement import routes_differ

calm = settings(max_examples=20, deadline=None)
small = st.integers(0, 5)


@pytest.mark.parametrize("norm", [*get_args(macs.Norm), "no norm"])
@pytest.mark.parametrize("counting", [*get_args(macs.Counting), "all"])
def test_norms_cost_what_is_counted(norm: Any, counting: Any) -> None:
    for rows, width in product((0, 1, 2, 5), (0, 1, 3)):
        setting = {"norm": norm, "rows": rows, "width": width, "counting": counting}
        assert not routes_differ(macs.norm_operations, macs.norm_operations_by_counting, **setting)


def test_a_layer_norm_by_hand() -> None:
    # 4 values: mean 3 + 1, differences 4, variance 4 + 3 + 1, epsilon and root 2, ÷ 4, × 4, + 4: 30
    assert macs.norm_operations("layer norm", 1, 4, "every operation") == 30
    # mean square 4 + 3 + 1, epsilon and root 2, ÷ 4, × 4
    assert macs.norm_operations("RMS norm", 1, 4, "every operation") == 18
    assert macs.norm_operations("batch norm", 4, 1, "every operation") == 30
    assert macs.norm_operations("batch norm, stored statistics", 4, 1, "per value") == 8


@calm
@given(
    words=small,
    width=small,
    length=small,
    one_hot=st.booleans(),
    flops_per_mac=st.integers(0, 3),
)
def test_an_embedding_multiplies_nothing(**setting: Any) -> None:
    assert not routes_differ(macs.embedding_macs, macs.embedding_macs_by_torch, **setting)
    assert macs.embedding_macs(30_522, 768, 128) == 0


@pytest.mark.parametrize("name", get_args(language_models.Model))
def test_models_cost_what_torch_counts(name: language_models.Model) -> None:
    small_ones = ("BERT-base", "GPT-2", "Mistral 7B")
    for outputs in get_args(language_models.Outputs)[: 3 if name in small_ones else 1]:
        solver, witness = language_models.macs, language_models.macs_by_torch
        assert not routes_differ(solver, witness, name=name, length=7, outputs=outputs)


def test_bad_lengths_are_refused_by_both_routes() -> None:
    for length, outputs in ((0, "none"), (513, "none"), (5, "first")):
        setting = {"name": "BERT-base", "length": length, "outputs": outputs}
        solver, witness = language_models.macs_per_word, language_models.macs_per_word_by_torch
        assert not routes_differ(solver, witness, **setting)
        with pytest.raises(ValueError, match=r"length must|outputs must"):
            solver(**setting)  # type: ignore[arg-type]


def test_published_costs() -> None:
    # Sun et al. 2020 (MobileBERT), table 4: BERT-base 22.5 B FLOPs at 128 words, all operations
    assert language_models.macs("BERT-base", 128, "none", 2) / 22.5e9 == pytest.approx(1, rel=0.01)
    # by hand: 12 layers of 12 · 768² weights and 2 · 128 · 768 for scores and mixing
    assert language_models.macs_per_word("BERT-base", 128, "none") == 12 * (12 * 768**2 + 256 * 768)
    assert language_models.macs_per_word("BERT-base", 512, "none") == 94_371_840
    # Kaplan et al. 2020, table 1: about as many MACs per word as weights, embedding left out
    weights = language_models.parameters("GPT-2 XL") - language_models.part("GPT-2 XL", "embedding")
    per_word = language_models.macs_per_word("GPT-2 XL", 1, "none")
    assert float(per_word / weights) == pytest.approx(1, rel=1e-3)


def test_parts_add_up() -> None:
    head = 50_257 * 768
    last = language_models.macs("GPT-2", 10, "last position")
    assert last - language_models.macs("GPT-2", 10, "none") == head
    assert language_models.macs("GPT-2", 10) - last == 9 * head
    block = transformers.block_macs(10, 4096, 32, 8, 2 * 14_336, True) + 10 * 4096 * 8
    assert language_models.macs("Mixtral 8x7B", 10, "none") == 32 * block


def test_mistakes_are_others() -> None:
    right = language_models.macs_per_word("BERT-base", 128, "none")
    wrong = [
        mistakes.all_parameters("BERT-base", 128, "none"),
        mistakes.flops_for_macs("BERT-base", 128, "none"),
        mistakes.scores_forgotten("BERT-base", 128, "none"),
    ]
    assert right not in wrong
    assert wrong == [109_482_240, 2 * right, Fraction(84_934_656)]
