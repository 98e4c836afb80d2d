"""Embedding, dropout and residual gradients against autograd and values worked by hand."""

from __future__ import annotations

from random import Random

import pytest

from solvers import block_gradients
from solvers.mistakes import block_gradients as mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, outcome

EMBEDDED: Setting = {
    "tokens": [2, 0, 2],
    "vocabulary": 3,
    "upstream": [[1.0, 2.0], [3.0, 4.0], [10.0, 20.0]],
}


def embedding(random: Random) -> Setting:
    length, vocabulary = random.randint(1, 5), random.randint(2, 4)
    return {
        "tokens": [random.randrange(vocabulary) for _ in range(length)],
        "vocabulary": vocabulary - (random.random() < 0.1),
        "upstream": drawn(random, length, 2),
        "padding": random.choice([None, 0, 1]),
    }


def dropout(random: Random) -> Setting:
    count = random.randint(1, 5)
    return {
        "mask": [random.randint(0, 1) for _ in range(count)],
        "rate": random.choice([0.0, 0.1, 0.5, 1.0]),
        "upstream": drawn(random, count),
        "inverted": random.random() < 0.5,
    }


def block(random: Random) -> Setting:
    width, inner = random.randint(1, 3), random.randint(1, 3)
    return {
        "inputs": drawn(random, width),
        "inner": drawn(random, inner, width),
        "outer": drawn(random, width, inner),
        "upstream": drawn(random, width),
        "depth": random.randint(0, 20),
        "slope": drawn(random),
        "skip": random.random() < 0.5,
    }


def test_all_are_torchs() -> None:
    assert 30 <= agreed(block_gradients, ["embedding_gradient"], embedding, 40) < 40
    assert 20 <= agreed(block_gradients, ["dropout_gradient"], dropout, 40) < 40
    assert 70 < agreed(block_gradients, ["residual_gradient", "residual_chain"], block, 40) < 80


def test_by_hand() -> None:
    assert block_gradients.embedding_gradient(**EMBEDDED) == [[3, 4], [0, 0], [11, 22]]
    assert block_gradients.embedding_gradient(**EMBEDDED, padding=2)[2] == [0, 0]
    assert block_gradients.dropout_gradient([1, 0], 0.5, [3.0, 4.0]) == [6, 0]
    assert block_gradients.dropout_gradient([1, 0], 0.5, [3.0, 4.0], inverted=False) == [3, 0]
    # z = (1, −1): only the first unit lets its slope 2 · 3 through
    weights = ([[1.0], [-1.0]], [[2.0, 5.0]])
    assert block_gradients.residual_gradient([1.0], *weights, [3.0]) == [9.0]
    assert block_gradients.residual_chain(3, 0.5, True) == 3.375
    assert block_gradients.residual_chain(3, 0.5, False) == 0.125


@pytest.mark.parametrize(
    ("name", "setting", "told"),
    [
        (
            "embedding_gradient",
            {**EMBEDDED, "tokens": [3, 0, 0]},
            "tokens must be from 0 to 2, found",
        ),
        ("embedding_gradient", {**EMBEDDED, "tokens": [1]}, "tokens must have 3 entries, found 1"),
        (
            "embedding_gradient",
            {**EMBEDDED, "padding": -1},
            r"padding must be from 0 to 2, found \[-1\]",
        ),
        (
            "dropout_gradient",
            {"mask": [2], "rate": 0.5, "upstream": [1.0]},
            "mask must be of 0 and 1",
        ),
        (
            "dropout_gradient",
            {"mask": [1], "rate": 1.0, "upstream": [1.0]},
            "rate must be at least 0 and",
        ),
        (
            "dropout_gradient",
            {"mask": [1], "rate": 0.5, "upstream": []},
            "upstream must have 1 entries",
        ),
        ("residual_chain", {"depth": 0, "slope": 1.0, "skip": True}, "depth must be from 1 to 200"),
    ],
)
def test_bad_arguments_are_refused_by_all_routes(name: str, setting: Setting, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        getattr(block_gradients, name)(**setting)
    assert not differing(block_gradients, name, setting)


def test_a_residual_block_at_its_kink_is_refused() -> None:
    setting: Setting = {"inputs": [1.0, 1.0], "inner": [[1.0, -1.0]], "outer": [[1.0], [2.0]]}
    with pytest.raises(ValueError, match="pre-activations must not be 0 before relu"):
        block_gradients.residual_gradient(**setting, upstream=[1.0, 1.0])
    with pytest.raises(ValueError, match="outer must be 2 rows of 1"):
        block_gradients.residual_gradient(**{**setting, "outer": [[1.0]]}, upstream=[1.0, 1.0])


def test_mistakes_are_wrong() -> None:
    drop: Setting = {"mask": [1, 0, 1], "rate": 0.2, "upstream": [1.0, 2.0, -1.0]}
    block: Setting = {"inputs": [1.0], "inner": [[1.0]], "outer": [[2.0]], "upstream": [3.0]}
    chain: Setting = {"depth": 5, "slope": 0.5, "skip": True}
    cases = {
        "embedding_gradient": (
            {**EMBEDDED, "padding": 0},
            ["repeats_overwritten", "padding_learns"],
        ),
        "dropout_gradient": (drop, ["mask_forgotten", "scale_turned_round", "divided_by_the_rate"]),
        "residual_gradient": (block, ["skip_forgotten", "skip_only"]),
        "residual_chain": (chain, ["slopes_summed", "skip_as_a_constant"]),
    }
    for solver, (setting, names) in cases.items():
        key = outcome(getattr(block_gradients, solver), setting)
        for name in names:
            assert outcome(getattr(mistakes, name), setting) not in (key, REFUSED), name


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not differing(block_gradients, "embedding_gradient", EMBEDDED)
    broken = mistakes.repeats_overwritten
    monkeypatch.setattr(block_gradients, "embedding_gradient_by_autograd", broken)
    assert len(differing(block_gradients, "embedding_gradient", EMBEDDED)) == 1
