"""recurrent: published counts, hand-worked steps and real torch layers as oracles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import recurrent
from solvers.mistakes import recurrent as mistakes

SIZES = st.integers(1, 12)
GATES = st.floats(0.05, 0.95)
SMALL = st.integers(-3, 3)


def test_relu_state_worked_by_hand() -> None:
    step = ([1, 1], [1, 3], [[1, 2], [-2, 1]], [[1, -2], [2, 1]], [1, -1])
    assert recurrent.relu_state(*step) == [0, 3]


@given(st.lists(SMALL, min_size=2, max_size=2), st.lists(SMALL, min_size=3, max_size=3), st.data())
@settings(max_examples=20, deadline=None)
def test_relu_state_is_what_torch_computes(
    inputs: list[float], previous: list[float], data: st.DataObject
) -> None:
    rows = [data.draw(st.lists(SMALL, min_size=5, max_size=5)) for _ in range(3)]
    step = (inputs, previous, [row[:2] for row in rows], [row[2:] for row in rows], previous)
    assert recurrent.relu_state(*step) == recurrent.relu_state_by_torch(*step)


@pytest.mark.parametrize("solver", [recurrent.relu_state, recurrent.relu_state_by_torch])
def test_relu_state_refuses_matrices_that_do_not_fit(solver: object) -> None:
    with pytest.raises(ValueError, match="state_weights must be 1 rows of 1"):
        solver([1], [1], [[1]], [[1, 2]], [0])  # type: ignore[operator]


# torch.nn.LSTM(10, 20) and friends, as their state_dicts count; Keras' reset_after=False GRU.
@pytest.mark.parametrize(
    ("cell", "inputs", "hidden", "biases", "expected"),
    [("LSTM", 10, 20, 2, 2560), ("LSTM", 10, 20, 1, 2480), ("GRU", 10, 20, 2, 1920),
     ("RNN", 10, 20, 2, 640), ("LSTM", 1, 1, 1, 12), ("GRU", 1, 1, 0, 6)],
)  # fmt: skip
def test_parameter_count(cell: str, inputs: int, hidden: int, biases: int, expected: int) -> None:
    for count in (recurrent.parameter_count, recurrent.parameter_count_by_torch):
        assert count(cell, inputs, hidden, biases) == expected  # type: ignore[arg-type]


@given(st.sampled_from(["RNN", "LSTM", "GRU"]), SIZES, SIZES, st.integers(-1, 3))
@settings(max_examples=25, deadline=None)
def test_counts_agree_or_are_refused_together(
    cell: str, inputs: int, hidden: int, biases: int
) -> None:
    routes = (recurrent.parameter_count, recurrent.parameter_count_by_torch)
    if biases in (0, 1, 2):
        assert len({count(cell, inputs, hidden, biases) for count in routes}) == 1  # type: ignore[arg-type]
    else:
        for count in routes:
            with pytest.raises(ValueError, match="biases must be"):
                count(cell, inputs, hidden, biases)  # type: ignore[arg-type]


def test_a_longer_sequence_has_no_more_parameters() -> None:
    for count in (recurrent.rnn_parameters, recurrent.rnn_parameters_by_torch):
        assert count(3, 4, 5) == count(3, 4, 50) == 32
    assert mistakes.copied_per_step(3, 4, 10) == 320


@given(SIZES, SIZES, SIZES, SIZES, st.booleans(), st.booleans())
@settings(max_examples=20, deadline=None)
def test_output_shape_is_torchs(
    batch: int, length: int, features: int, hidden: int, both: bool, first: bool
) -> None:
    directions: recurrent.Directions = "both directions" if both else "one direction"
    sizes = (batch, length, features, hidden, directions, first)
    assert recurrent.output_shape(*sizes) == recurrent.output_shape_by_torch(*sizes)


@given(SMALL, SMALL, st.lists(SMALL, min_size=1, max_size=5), SMALL)
@settings(max_examples=40, deadline=None)
def test_gradient_of_the_shared_weight(
    weight: float, start: float, inputs: list[float], target: float
) -> None:
    case = (weight, start, inputs, target)
    states = recurrent.linear_states(weight, start, inputs)
    assert states == recurrent.linear_states_by_fractions(weight, start, inputs)
    assert recurrent.gradient_terms(*case) == recurrent.gradient_terms_by_autograd(*case)
    slope = recurrent.shared_weight_gradient(*case)
    assert slope == recurrent.shared_weight_gradient_by_autograd(*case)


def test_gradient_worked_as_a_polynomial() -> None:
    # h_2 = w² + w + 3, so dL/dw = (h_2 - 1)(2 w + 1) = 8 · 5 at w = 2
    assert recurrent.shared_weight_gradient(2, 1, [1, 3], 1) == 40
    assert mistakes.last_use_only(2, 1, [1, 3], 1) == 24
    with pytest.raises(ValueError, match="at least 1 entry"):
        recurrent.shared_weight_gradient(2, 1, [], 1)


@pytest.mark.parametrize(("weight", "lag"), [(0.5, 10), (1.1, 20), (-2, 3)])
def test_state_gradient(weight: float, lag: int) -> None:
    by_autograd = recurrent.state_gradient_by_autograd(weight, lag)
    assert recurrent.state_gradient(weight, lag) == pytest.approx(by_autograd, rel=1e-12)


@given(GATES, GATES, GATES, st.floats(-0.9, 0.9), st.floats(-2, 2))
@settings(max_examples=30, deadline=None)
def test_lstm_step_is_a_real_cells(
    forget: float, admit: float, show: float, candidate: float, cell: float
) -> None:
    state = recurrent.lstm_cell_state(forget, admit, candidate, cell)
    by_torch = recurrent.lstm_cell_state_by_torch(forget, admit, candidate, cell)
    assert state == pytest.approx(by_torch, abs=1e-12)
    hidden = recurrent.lstm_hidden(forget, admit, show, candidate, cell)
    by_torch = recurrent.lstm_hidden_by_torch(forget, admit, show, candidate, cell)
    assert hidden == pytest.approx(by_torch, abs=1e-12)


@pytest.mark.parametrize("solver", [recurrent.lstm_hidden, recurrent.lstm_hidden_by_torch])
def test_a_gate_outside_0_and_1_is_refused(solver: object) -> None:
    with pytest.raises(ValueError, match="a gate must be between 0 and 1"):
        solver(1.5, 0.5, 0.5, 0.1, 1)  # type: ignore[operator]


@given(st.floats(-20, 20))
@settings(max_examples=20, deadline=None)
def test_a_gate_is_never_shut_nor_fully_open(pre_activation: float) -> None:
    opening = recurrent.gate(pre_activation)
    assert 0 < opening < 1
    assert opening == pytest.approx(recurrent.gate_by_torch(pre_activation), rel=1e-12)


@given(GATES, st.integers(1, 30))
@settings(max_examples=15, deadline=None)
def test_cell_gradient_through_a_real_cell(forget: float, steps: int) -> None:
    by_autograd = recurrent.cell_gradient_by_autograd(forget, steps)
    assert recurrent.cell_gradient(forget, steps) == pytest.approx(by_autograd, rel=1e-9)


@pytest.mark.parametrize("solver", [recurrent.output_change, recurrent.output_change_by_torch])
def test_only_the_past_moves_a_one_way_net(solver: object) -> None:
    sequence = [0.5, -0.3, 0.8, 0.1]
    for changed in range(1, 5):
        for watched in range(1, 5):
            change = solver(sequence, changed, watched, False)  # type: ignore[operator]
            assert (change > 0) == (changed <= watched)
            assert solver(sequence, changed, watched, True) > 0  # type: ignore[operator]
    with pytest.raises(ValueError, match="watched must be a step from 1 to 4, found 5"):
        solver(sequence, 1, 5, False)  # type: ignore[operator]


def test_output_change_by_two_routes() -> None:
    case = ([0.5, -0.3, 0.8, 0.1], 4, 2, True)
    assert recurrent.output_change(*case) == pytest.approx(
        recurrent.output_change_by_torch(*case), rel=1e-12
    )
    # output 2 of the way back: tanh(-0.3 + 0.5 tanh(0.8 + 0.5 tanh x_4)), x_4 from 0.1 to 1.1
    back = [math.tanh(-0.3 + 0.5 * math.tanh(0.8 + 0.5 * math.tanh(x))) for x in (0.1, 1.1)]
    assert recurrent.output_change(*case) == pytest.approx(back[1] - back[0], rel=1e-12)
