"""Attention and its gradients against torch's, and values worked by hand."""

from __future__ import annotations

from math import log
from random import Random

import pytest

from solvers import attention_gradients, multi_head
from solvers.mistakes import attention_gradients as mistakes
from solvers.mistakes import multi_head as multi_mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, fitting, outcome

ROUTES = [
    "weights",
    "attention",
    "score_gradient",
    "query_gradient",
    "key_gradient",
    "value_gradient",
]


def heads(random: Random) -> Setting:
    """One to four queries and keys; a causal mask at times where it does not fit."""
    count, width, out = (random.randint(1, 4) for _ in range(3))
    causal = random.random() < 0.5
    keys = count if causal and random.random() < 0.9 else random.randint(1, 4)
    return {
        "queries": drawn(random, count, width),
        "keys": drawn(random, keys, width),
        "values": drawn(random, keys, out),
        "upstream": drawn(random, count, out),
        "causal": causal,
    }


def block(random: Random) -> Setting:
    width, length = random.choice([2, 4, 6]), random.randint(1, 4)
    names = ("query_weights", "key_weights", "value_weights", "output_weights")
    return {
        **{name: drawn(random, width, width, spread=1.0) for name in names},
        "inputs": drawn(random, length, width),
        "upstream": drawn(random, length, width),
        "heads": random.choice([1, 2, 3]),
        "causal": random.random() < 0.5,
    }


def logits(random: Random) -> Setting:
    count = random.randint(1, 5)
    return {"logits": drawn(random, count, spread=4.0), "upstream": drawn(random, count)}


def test_attention_and_its_gradients_are_torchs() -> None:
    assert 125 < agreed(attention_gradients, ROUTES, heads, 25) < 150


def test_softmax_is_torchs() -> None:
    assert agreed(attention_gradients, ["softmax_jacobian", "softmax_gradient"], logits, 20) == 40


def test_multi_head_attention_is_torchs() -> None:
    names = ["multi_head", "multi_head_input_gradient"]
    assert 30 < agreed(multi_head, names, block, 25) < 50  # 3 heads do not divide 2 or 4


def test_one_query_worked_by_hand() -> None:
    # scores ln 3 and 0 after the division by √4, so the weights are 3/4 and 1/4
    queries, keys = [[2 * log(3), 0.0, 0.0, 0.0]], [[1.0, 0.0, 0.0, 0.0], [0.0, 5.0, 0.0, 0.0]]
    assert attention_gradients.weights(queries, keys) == [pytest.approx([0.75, 0.25])]
    assert attention_gradients.attention(queries, keys, [[4.0], [8.0]]) == [[pytest.approx(5.0)]]
    slopes = attention_gradients.score_gradient(queries, keys, [[4.0], [8.0]], [[1.0]])
    assert slopes == [pytest.approx([0.75 * (4 - 5), 0.25 * (8 - 5)])]
    by_query = attention_gradients.query_gradient(queries, keys, [[4.0], [8.0]], [[1.0]])
    assert by_query == [pytest.approx([-0.375, 1.875, 0.0, 0.0])]


def test_the_first_position_sees_itself_alone() -> None:
    rows = drawn(Random(1), 3, 2)
    assert attention_gradients.attention(rows, rows, rows, True)[0] == rows[0]
    assert attention_gradients.query_gradient(rows, rows, rows, rows, True)[0] == [0.0, 0.0]


def test_large_scores_do_not_overflow() -> None:
    setting: Setting = {"queries": [[900.0]], "keys": [[900.0], [-900.0]]}
    assert attention_gradients.weights(**setting) == [[1.0, 0.0]]
    assert not differing(attention_gradients, "weights", setting)


def test_softmax_jacobian_by_hand() -> None:
    jacobian = attention_gradients.softmax_jacobian([log(3), 0.0])
    for row, expected in zip(jacobian, [[3 / 16, -3 / 16], [-3 / 16, 3 / 16]], strict=True):
        assert row == pytest.approx(expected)


GOOD: Setting = {
    "queries": [[1.0, 0.5], [-0.3, 0.8]],
    "keys": [[0.4, -1.0], [1.2, 0.7]],
    "values": [[1.0], [-2.0]],
    "upstream": [[1.0], [0.5]],
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"queries": []}, "queries must be rows"),
        ({"keys": [[1.0], [2.0]]}, "keys must be as wide as queries, 2"),
        ({"values": [[1.0]]}, r"values must be one row per key \(2\), found 1"),
        ({"upstream": [[1.0]]}, "upstream must be 2 rows of 1"),
        (
            {"queries": [[1.0, 0.5]], "upstream": [[1.0]], "causal": True},
            "found 2 keys for 1 queries",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_all_routes(changed: Setting, told: str) -> None:
    setting = {**GOOD, **changed}
    with pytest.raises(ValueError, match=told):
        attention_gradients.query_gradient(**setting)
    for name in ROUTES[2:]:
        assert not differing(attention_gradients, name, setting)


def test_empty_logits_and_unfit_heads_are_refused() -> None:
    with pytest.raises(ValueError, match="logits must have at least 1 entry"):
        attention_gradients.softmax_gradient([], [])
    setting = fitting(multi_head.multi_head, {**block(Random(2)), "inputs": drawn(Random(1), 2, 4)})
    setting |= {name: drawn(Random(3), 4, 4) for name in setting if "weights" in name}
    with pytest.raises(ValueError, match="heads must divide the width 4, found 3"):
        multi_head.multi_head(**{**setting, "heads": 3})
    with pytest.raises(ValueError, match="key_weights must be 4 rows of 4"):
        multi_head.multi_head(**{**setting, "key_weights": [[1.0]]})


@pytest.mark.parametrize(
    ("solver", "names"),
    [
        ("weights", ["unscaled_weights", "divided_by_width", "softmax_over_queries"]),
        ("attention", ["unscaled", "mask_after_softmax", "mask_turned_round", "mask_forgotten"]),
        ("query_gradient", ["root_forgotten", "softmax_skipped", "softmax_diagonal"]),
        ("key_gradient", ["keys_for_queries"]),
        ("value_gradient", ["weights_not_transposed"]),
    ],
)
@pytest.mark.parametrize("causal", [False, True])
def test_mistakes_are_wrong(solver: str, names: list[str], causal: bool) -> None:
    setting = fitting(getattr(attention_gradients, solver), {**GOOD, "causal": causal})
    key = outcome(getattr(attention_gradients, solver), setting)
    for name in names:
        if causal or not name.startswith("mask"):
            assert outcome(getattr(mistakes, name), setting) not in (key, REFUSED), name


def test_mistakes_with_softmax_are_wrong() -> None:
    setting: Setting = {"logits": [0.3, -0.7, 1.1], "upstream": [1.0, 0.2, -0.5]}
    key = outcome(attention_gradients.softmax_jacobian, {"logits": setting["logits"]})
    for wrong in (mistakes.diagonal_only, mistakes.sign_of_the_rest):
        assert outcome(wrong, {"logits": setting["logits"]}) != key
    assert outcome(mistakes.elementwise_slope, setting) != outcome(
        attention_gradients.softmax_gradient, setting
    )


def test_mistakes_with_heads_are_wrong() -> None:
    setting = block(Random(0)) | {"heads": 2, "causal": False, "inputs": drawn(Random(1), 3, 4)}
    setting |= {name: drawn(Random(len(name)), 4, 4) for name in setting if "weights" in name}
    setting |= {"upstream": drawn(Random(2), 3, 4)}
    wrong = {
        "multi_head": [
            "one_wide_head",
            "root_of_the_full_width",
            "no_output_map",
            "weights_transposed",
        ],
        "multi_head_input_gradient": ["values_path_only", "other_head_count"],
    }
    for solver, names in wrong.items():
        given = fitting(getattr(multi_head, solver), setting)
        key = outcome(getattr(multi_head, solver), given)
        for name in names:
            assert outcome(getattr(multi_mistakes, name), given) not in (key, REFUSED), name


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not differing(attention_gradients, "query_gradient", GOOD)
    monkeypatch.setattr(attention_gradients, "query_gradient_by_autograd", mistakes.root_forgotten)
    assert len(differing(attention_gradients, "query_gradient", GOOD)) == 1
