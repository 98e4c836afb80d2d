"""Recurrent layers and cells against torch's real ones, autograd, and values worked by hand."""

from __future__ import annotations

from math import tanh
from random import Random

import pytest

from solvers import gru, lstm, recurrent_gradients
from solvers.mistakes import gru as gru_mistakes
from solvers.mistakes import lstm as lstm_mistakes
from solvers.mistakes import recurrent_gradients as mistakes
from tests.routes import REFUSED, Setting, agreed, differing, drawn, fitting, outcome

OVER_TIME = ["input_weight_gradient", "state_weight_gradient", "offset_gradient", "start_gradient"]


def sequence(random: Random) -> Setting:
    """One to five steps, either truncation, either function."""
    width, units, steps = random.randint(1, 3), random.randint(1, 3), random.randint(1, 5)
    return {
        "inputs": drawn(random, steps, width),
        "start": drawn(random, units),
        "input_weights": drawn(random, units, width, spread=1.0),
        "state_weights": drawn(random, units, units, spread=1.0),
        "offsets": drawn(random, units, spread=1.0),
        "upstream": drawn(random, steps, units),
        "window": random.randint(1, steps),
        "truncation": random.choice(["sliding", "chunks"]),
        "function": random.choice(["tanh", "linear"]),
    }


def cell(random: Random, blocks: int) -> Setting:
    width, units = random.randint(1, 3), random.randint(1, 3)
    return {
        "inputs": drawn(random, width),
        "hidden": drawn(random, units, spread=1.0),
        "cell": drawn(random, units),
        "input_weights": drawn(random, blocks * units, width),
        "state_weights": drawn(random, blocks * units, units),
        "offsets": drawn(random, blocks * units),
        "state_offsets": drawn(random, blocks * units),
        "hidden_slopes": drawn(random, units),
        "cell_slopes": drawn(random, units),
        "slopes": drawn(random, units),
    }


def lstm_cell(random: Random) -> Setting:
    by, order = random.choice(["inputs", "hidden", "cell"]), random.choice(["ifgo", "igfo", "ifog"])
    return {**cell(random, 4), "by": by, "order": order}


def gru_cell(random: Random) -> Setting:
    return {
        **cell(random, 3),
        "by": random.choice(["inputs", "hidden"]),
        "order": random.choice(["rzn", "zrn"]),
        "reset": random.choice(["before", "after"]),
        "update_keeps": random.random() < 0.5,
    }


def test_a_layer_and_its_gradients_over_time_are_torchs() -> None:
    assert agreed(recurrent_gradients, ["states", *OVER_TIME], sequence, 40) == 200


def test_lstm_cells_are_torchs() -> None:
    assert agreed(lstm, ["lstm_step", "lstm_gates", "lstm_gradient"], lstm_cell, 40) == 120


def test_gru_cells_are_torchs() -> None:
    assert agreed(gru, ["gru_step", "gru_gradient"], gru_cell, 60) == 120


LINEAR: Setting = {
    "inputs": [[1.0], [2.0], [3.0]],
    "start": [1.0],
    "input_weights": [[1.0]],
    "state_weights": [[0.5]],
    "offsets": [0.0],
    "upstream": [[0.0], [0.0], [1.0]],
    "function": "linear",
}


def test_a_linear_layer_worked_by_hand() -> None:
    # h = 1.5, 2.75, 4.375; the last loss sees its steps with 1, 1/2, 1/4
    states = {key: value for key, value in LINEAR.items() if key != "upstream"}
    assert recurrent_gradients.states(**states) == [[1.5], [2.75], [4.375]]
    assert recurrent_gradients.state_weight_gradient(**LINEAR, window=3) == [[2.75 + 0.75 + 0.25]]
    assert recurrent_gradients.state_weight_gradient(**LINEAR, window=2) == [[2.75 + 0.75]]
    assert recurrent_gradients.input_weight_gradient(**LINEAR, window=3) == [[3 + 1 + 0.25]]
    assert recurrent_gradients.start_gradient(**LINEAR, window=3) == [0.125]
    assert recurrent_gradients.start_gradient(**LINEAR, window=2) == [0.0]
    chunks = recurrent_gradients.state_weight_gradient(**LINEAR, window=2, truncation="chunks")
    assert chunks == [[2.75]]  # the third step begins a new piece


def test_an_lstm_with_open_gates_is_a_sum() -> None:
    weights: Setting = {
        "input_weights": [[0.0], [0.0], [1.0], [0.0]],
        "state_weights": [[0.0]] * 4,
        "offsets": [50.0, 50.0, 0.0, 50.0],
    }
    new, state = lstm.lstm_step([0.5], [0.3], [2.0], **weights)
    assert state == [pytest.approx(2.0 + tanh(0.5), rel=1e-15)]
    assert new == [pytest.approx(tanh(state[0]), rel=1e-15)]


def test_a_gru_with_a_closed_update_keeps_or_replaces() -> None:
    weights: Setting = {
        "input_weights": [[0.0], [0.0], [1.0]],
        "state_weights": [[0.0]] * 3,
        "offsets": [0.0, 50.0, 0.0],
        "state_offsets": [0.0] * 3,
        "reset": "after",
    }
    assert gru.gru_step([0.5], [0.3], **weights) == [pytest.approx(0.3)]
    replaced = gru.gru_step([0.5], [0.3], **weights, update_keeps=False)
    assert replaced == [pytest.approx(tanh(0.5))]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"inputs": []}, "inputs must be rows"),
        ({"start": []}, "start must have at least 1 entry"),
        ({"input_weights": [[1.0, 2.0]]}, "input_weights must be 1 rows of 1"),
        ({"state_weights": [[1.0], [2.0]]}, "state_weights must be 1 rows of 1"),
        ({"offsets": []}, "offsets must have 1 entries, found 0"),
        ({"upstream": [[1.0]]}, "upstream must be 3 rows of 1"),
        ({"window": 4}, "window must be from 1 to 3 steps, found 4"),
        ({"window": 0}, "window must be from 1 to 3 steps, found 0"),
    ],
)
def test_bad_sequences_are_refused_by_all_routes(changed: Setting, told: str) -> None:
    setting = {**LINEAR, "window": 2, **changed}
    with pytest.raises(ValueError, match=told):
        recurrent_gradients.state_weight_gradient(**setting)
    for name in OVER_TIME:
        assert not differing(recurrent_gradients, name, setting)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"inputs": []}, "inputs must have at least 1 entry"),
        ({"hidden": []}, "must have"),
        ({"cell": [1.0] * 7}, "cell must have"),
        ({"input_weights": [[1.0]]}, "input_weights must be"),
        ({"state_weights": [[1.0]]}, "state_weights must be"),
        ({"offsets": [1.0]}, "offsets must have"),
        ({"cell_slopes": []}, "cell_slopes must have"),
        ({"hidden_slopes": []}, "hidden_slopes must have"),
        ({"state_offsets": []}, "state_offsets must have"),
        ({"slopes": []}, "slopes must have"),
    ],
)
def test_bad_cells_are_refused_by_all_routes(changed: Setting, told: str) -> None:
    cases = ((lstm, "lstm_gradient", lstm_cell), (gru, "gru_gradient", gru_cell))
    refused = 0
    for module, name, draw in cases:
        solver = getattr(module, name)
        setting = fitting(solver, {**draw(Random(3)), **changed})
        if setting.keys() >= changed.keys():
            with pytest.raises(ValueError, match=told):
                solver(**setting)
            assert not differing(module, name, setting)
            refused += 1
    assert refused


def test_mistakes_over_time_are_wrong() -> None:
    setting = {**sequence(Random(5)), "inputs": drawn(Random(1), 4, 2), "window": 3}
    setting |= {"start": [0.2, -0.4], "input_weights": [[0.3, -0.6], [0.5, 0.2]]}
    setting |= {"state_weights": [[0.4, -0.7], [0.2, 0.6]], "offsets": [0.1, -0.2]}
    setting |= {"upstream": drawn(Random(2), 4, 2), "function": "tanh", "truncation": "sliding"}
    key = outcome(recurrent_gradients.state_weight_gradient, setting)
    for name in ("one_step_back", "last_loss_only", "no_slope", "own_state"):
        assert outcome(getattr(mistakes, name), setting) not in (key, REFUSED)
    for name in ("not_transposed", "bias_once"):
        linear = {**setting, "function": "linear"}
        key = outcome(recurrent_gradients.offset_gradient, linear)
        assert outcome(getattr(mistakes, name), linear) not in (key, REFUSED)


def test_mistakes_with_cells_are_wrong() -> None:
    setting = {**lstm_cell(Random(8)), "by": "cell"}
    wrong = {
        "lstm_step": ["forget_and_input_exchanged", "cell_not_squashed",
                      "forgets_by_the_forget_gate", "other_order"],
        "lstm_gradient": ["cell_path_only", "hidden_path_only"],
    }  # fmt: skip
    _all_wrong(lstm, lstm_mistakes, wrong, setting)
    wrong = {
        "gru_step": ["update_turned_round", "reset_elsewhere", "reset_and_update_exchanged"],
        "gru_gradient": ["kept_share_forgotten"],
    }
    _all_wrong(gru, gru_mistakes, wrong, {**gru_cell(Random(8)), "by": "hidden"})


def _all_wrong(module, mistaken, wrong, setting) -> None:  # type: ignore[no-untyped-def]
    for solver, names in wrong.items():
        given = fitting(getattr(module, solver), setting)
        key = outcome(getattr(module, solver), given)
        for name in names:
            assert outcome(getattr(mistaken, name), given) not in (key, REFUSED)


def test_a_broken_witness_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = {**LINEAR, "window": 3}
    assert not differing(recurrent_gradients, "state_weight_gradient", setting)
    broken = mistakes.one_step_back
    monkeypatch.setattr(recurrent_gradients, "state_weight_gradient_by_autograd", broken)
    assert len(differing(recurrent_gradients, "state_weight_gradient", setting)) == 1
