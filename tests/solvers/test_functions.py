"""Activation functions against torch, autograd, sympy and 40-digit arithmetic."""

from __future__ import annotations

from math import inf, isclose, pi, sqrt
from random import Random

import mpmath
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import curves, functions, traits, vector_functions
from solvers.formulas import FORMULAS, PARAMETERS
from solvers.mistakes import functions as mistakes

NAMES = list(FORMULAS)
EXTREMES = (0.0, -0.5, 0.5, 1, -1, 3, -3, 6, 20.5, -20.5, 1000, -1000, 1e30, -1e30)


def same(one, other, within=1e-9):
    if isinstance(one, list):
        return len(one) == len(other) and all(
            same(a, b, within) for a, b in zip(one, other, strict=True)
        )
    if "refused" in (one, other):
        return one == other
    return one == other or isclose(one, other, rel_tol=within, abs_tol=1e-3 * within)


def outcome(function, *args):
    try:
        return function(*args)
    except ValueError:
        return "refused"


def parameters(name, random):
    if name not in PARAMETERS:
        return None
    return random.choice([0.01, 0.25, 0.5, 1.0] + [1.7, 3.0] * (name != "heaviside"))


def draws(name, number):
    random = Random(name)
    points = [*EXTREMES, *(random.uniform(-8, 8) for _ in range(number))]
    return [(name, x, parameters(name, random)) for x in points]


@pytest.mark.parametrize("name", NAMES)
def test_values_and_slopes_are_those_of_torch(name):
    for draw in draws(name, 25):
        assert same(functions.value(*draw), functions.value_by_torch(*draw)), draw
        if name == "sine" and abs(draw[1]) > 1e6:
            continue  # where neighbouring floats are periods apart
        for side in ("both", "left", "right"):
            slopes = functions.derivative, functions.derivative_by_autograd
            assert same(*(outcome(f, *draw, side) for f in slopes)), (draw, side)


@pytest.mark.parametrize("name", NAMES)
def test_curvatures_and_slopes_in_the_parameter(name):
    for draw in draws(name, 2)[1:]:
        if abs(draw[1]) > 30:
            continue
        for side in ("both", "right") if draw[1] == 3 else ("both",):
            bends = functions.second_derivative, functions.second_derivative_by_sympy
            assert same(*(outcome(f, *draw, side) for f in bends)), (draw, side)
        learned = functions.parameter_derivative, functions.parameter_derivative_by_differences
        one, other = (outcome(f, *draw) for f in learned)
        assert same(one, other) or one == pytest.approx(other, rel=1e-6, abs=1e-9), draw


def precise(name, x):
    """The function as the papers write it, with 40 digits."""
    x, m = mpmath.mpf(x), mpmath
    sigmoid = 1 / (1 + m.exp(-x))
    return {
        "sigmoid": sigmoid,
        "log-sigmoid": m.log(sigmoid),
        "tanh": m.tanh(x),
        "gelu": x * m.ncdf(x),
        "silu": x * sigmoid,
        "mish": x * m.tanh(m.log(1 + m.exp(x))),
        "softplus": m.log(1 + m.exp(x)),
    }[name]


@pytest.mark.parametrize(
    "name", ["sigmoid", "log-sigmoid", "tanh", "gelu", "silu", "mish", "softplus"]
)
def test_tails_keep_their_digits(name):
    parameter = 1.0 if name == "softplus" else None
    with mpmath.workdps(60):
        for x in (-30, -12.5, -3, 0.25, 5, 17, 36):
            assert functions.value(name, x, parameter) == pytest.approx(
                float(precise(name, x)), rel=1e-12
            )
            slope = mpmath.diff(lambda t: precise(name, t), x)
            assert functions.derivative(name, x, parameter) == pytest.approx(float(slope), rel=1e-9)


def test_values_that_are_known_by_heart():
    assert functions.value("sigmoid", 0) == 0.5
    assert functions.derivative("sigmoid", 0) == 0.25
    assert functions.derivative("tanh", 0) == 1
    assert functions.value("leaky-relu", -3, 0.1) == pytest.approx(-0.3)
    assert functions.value("hard-sigmoid", 1, 0.2) == pytest.approx(0.7)
    assert functions.value("heaviside", 0, 0.5) == 0.5
    assert functions.value("relu6", 7) == 6
    assert functions.derivative("relu", 0, side="right") == 1
    # torch rounds this slope to float32, which is why the witness clamps
    x = torch.tensor(0.3, dtype=torch.float64)
    third = float(torch.nn.functional.hardsigmoid(x))
    assert functions.value("hard-sigmoid", 0.3, 1 / 6) == pytest.approx(third)


@pytest.mark.parametrize(
    ("name", "low", "high", "steepest"),
    [
        ("sigmoid", 0, 1, 0.25),
        ("tanh", -1, 1, 1),
        ("softsign", -1, 1, 1),
        ("arctan", -pi / 2, pi / 2, 1),
        ("relu", 0, inf, 1),
        ("relu6", 0, 6, 1),
        ("selu", -1.7580993408473766, inf, 1.7580993408473766),
        ("gelu", -0.16997120747990365, inf, 1.1289041451752),
        ("silu", -0.2784645427610738, inf, 1.0998393201288),
        ("mish", -0.30884341301725, inf, 1.0884),
        ("hard-swish", -0.375, inf, 1.5),
        ("gaussian", 0, 1, sqrt(2) * 2.718281828459045**-0.5),
        ("square", 0, inf, inf),
        ("sign", -1, 1, inf),
    ],
)
def test_ranges_and_steepest_slopes(name, low, high, steepest):
    assert curves.value_range(name) == pytest.approx([low, high], rel=1e-12)
    assert curves.lipschitz(name) == pytest.approx(steepest, rel=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_curves_have_two_routes(name):
    slow = name == "gelu-tanh"  # sympy takes a second for each limit
    for parameter in [None] if name not in PARAMETERS else [0.3, 0.9]:
        pairs = [
            (curves.value_range, curves.value_range_by_torch, 1e-9),
            (curves.slope_range, curves.slope_range_by_autograd, 1e-9),
            (curves.lipschitz, curves.lipschitz_by_differences, 1e-6),
            (curves.kinks, curves.kinks_by_sympy, 1e-9),
        ]
        if not slow:
            pairs.append((curves.limits, curves.limits_by_sympy, 1e-9))
        if name in ("elu", "softsign", "silu", "sine", "softplus"):
            pairs.append((curves.slope_limits, curves.slope_limits_by_sympy, 1e-9))
        for solver, witness, within in pairs:
            found = outcome(solver, name, parameter)
            assert same(found, outcome(witness, name, parameter), within), solver.__name__


@pytest.mark.parametrize("sharpness", [1e-6, 1e-3, 0.2, 50, 1e6])
def test_the_dip_of_swish_is_found_however_sharp(sharpness):
    low, high = curves.value_range("swish", sharpness)
    assert low * sharpness == pytest.approx(-0.2784645427610738)
    assert same([low, high], curves.value_range_by_torch("swish", sharpness))
    slopes = curves.slope_range("swish", sharpness)
    assert slopes == pytest.approx(curves.slope_range("silu"))
    assert same(slopes, curves.slope_range_by_autograd("swish", sharpness))


@pytest.mark.parametrize("name", ["relu", "selu", "gelu", "celu", "hard-swish", "mish"])
def test_moments_have_two_routes(name):
    parameter = 0.3 if name == "celu" else None
    for order, of in ((1, "value"), (2, "value"), (2, "slope"), (3, "slope")):
        args = name, order, of, parameter
        assert same(curves.moment(*args), curves.moment_by_quadrature(*args)), args


def test_moments_in_closed_form():
    assert curves.moment("relu", 1) == pytest.approx(1 / sqrt(2 * pi), abs=1e-12)
    assert curves.moment("relu", 2) == pytest.approx(0.5, abs=1e-12)  # He's factor 2
    assert curves.moment("leaky-relu", 2, parameter=0.1) == pytest.approx(1.01 / 2, abs=1e-12)
    assert curves.moment("selu", 1) == pytest.approx(0, abs=1e-7)  # SELU's fixed point
    assert curves.moment("selu", 2) == pytest.approx(1, abs=1e-7)
    assert curves.moment("sine", 2) == pytest.approx((1 - 2.718281828459045**-2) / 2, abs=1e-12)


@pytest.mark.parametrize(
    "trait",
    ["monotone", "bounded", "zero-centred", "differentiable", "saturating", "non-negative"],
)
def test_traits_have_two_routes(trait):
    found = traits.having(NAMES, trait)
    assert found == traits.having_by_torch(NAMES, trait)
    assert 0 < len(found) < len(NAMES)


def test_traits_that_are_often_asked_for():
    asked = ["sigmoid", "tanh", "relu", "elu", "gelu", "silu"]
    assert traits.having(asked, "monotone") == ["sigmoid", "tanh", "relu", "elu"]
    assert traits.having(asked, "zero-centred") == ["tanh"]
    assert traits.having(asked, "saturating") == ["sigmoid", "tanh"]
    assert traits.having(asked, "differentiable") == ["sigmoid", "tanh", "elu", "gelu", "silu"]


logits = st.lists(st.floats(-20, 20) | st.sampled_from([-1000.0, 1000.0]), min_size=1, max_size=4)


@given(logits, st.sampled_from([0.1, 0.5, 1.0, 2.0, 10.0]))
@settings(max_examples=60)
def test_vectors_agree_with_torch(z, temperature):
    v = vector_functions
    for name in ("log_sum_exp", "log_softmax", "log_softmax_jacobian", "softmin"):
        route = "autograd" if "jacobian" in name else "torch"
        assert same(getattr(v, name)(z), getattr(v, f"{name}_by_{route}")(z)), name
    assert same(v.tempered_softmax(z, temperature), v.tempered_softmax_by_torch(z, temperature))
    jacobian = v.tempered_softmax_jacobian(z, temperature)
    other = v.tempered_softmax_jacobian_by_autograd(z, temperature)
    assert same(jacobian, other)
    assert all(abs(sum(row)) < 1e-9 for row in jacobian)
    assert v.sparsemax(z) == pytest.approx(v.sparsemax_by_loop(z), abs=1e-9)
    assert sum(v.sparsemax(z)) == pytest.approx(1)
    assert v.hardmax(z) == v.hardmax_by_numpy(z)
    assert v.concatenated_relu(z) == v.concatenated_relu_by_torch(z)


@given(logits, st.sampled_from(["sigmoid", "relu", "gelu", "silu", "tanh", "identity"]))
@settings(max_examples=60)
def test_gates_and_maxout_agree_with_torch(z, gate):
    v = vector_functions
    other = [x / 3 - 1 for x in reversed(z)]
    args = z, other, gate
    assert same(v.gated_linear_unit(*args), v.gated_linear_unit_by_torch(*args))
    rows = [z, other, [0.5 for _ in z]]
    found = [f(z, rows, [0.1, -2.0, 30.0]) for f in (v.maxout, v.maxout_by_torch)]
    assert same(*found)


def test_sparsemax_is_sparse_and_softmax_of_low_temperature_is_hardmax():
    assert vector_functions.sparsemax([1.5, 1.0, -1.0]) == [0.75, 0.25, 0]
    assert vector_functions.tempered_softmax([1, 3, 2], 0.01) == pytest.approx([0, 1, 0])
    assert vector_functions.hardmax([1, 3, 3]) == [0, 1, 0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: functions.value("selo", 1), "function must be one of .* found selo"),
        (lambda: functions.value("relu", inf), "at must be from .* found inf"),
        (lambda: functions.value("relu", 1, 0.1), "parameter must be left out for relu, found 0.1"),
        (lambda: functions.value("elu", 1), "parameter of elu must be the depth.* found None"),
        (lambda: functions.value("elu", 1, 0), "above 0, found 0"),
        (lambda: functions.value("heaviside", 1, 2), "from 0 to 1, found 2"),
        (
            lambda: functions.derivative("relu", 0),
            "at must be where relu has derivative 1.*found 0",
        ),
        (lambda: functions.derivative("sign", 0), "at must be where sign .* found 0"),
        (lambda: functions.second_derivative("softsign", 0), "derivative 2.*found 0"),
        (lambda: functions.parameter_derivative("relu", 1), "function must be one of .*found relu"),
        (lambda: curves.limits("sine"), "function must be one that has limits, found sine"),
        (lambda: curves.moment("relu", 5), "order must be from 1 to 4, found 5"),
        (lambda: traits.having(["relo"], "bounded"), "options must be among .* found 'relo'"),
        (lambda: vector_functions.log_sum_exp([]), "values must be 1 or more .* found"),
        (
            lambda: vector_functions.tempered_softmax([1.0], 0),
            "temperature must be positive, found 0",
        ),
        (lambda: vector_functions.maxout([1], [[1, 2]], [0]), "weights must be rows of 1 numbers"),
        (lambda: vector_functions.maxout([1], [[1]], [0, 1]), "biases must be one per piece, 1"),
        (lambda: vector_functions.gated_linear_unit([1], []), "gates must be as many .* found 0"),
    ],
)
def test_invalid_arguments_are_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


SILU = ("silu", 1.5)
WRONG = {
    "without_leak": (functions.value, ("leaky-relu", -2.0, 0.1)),
    "mirrored_exponent": (functions.value, ("sigmoid", 1.0)),
    "gate_only": (functions.value, SILU),
    "value_for_derivative": (functions.derivative, SILU),
    "slope_at_output": (functions.derivative, ("sigmoid", 1.0)),
    "output_rule_on_input": (functions.derivative, ("tanh", 0.5)),
    "step_slope": (functions.derivative, SILU),
    "no_product_rule": (functions.derivative, SILU),
    "slope_squared": (functions.second_derivative, ("tanh", 0.5)),
    "slope_on_whole_line": (functions.parameter_derivative, ("prelu", 2.0, 0.1)),
    "slope_in_input": (functions.parameter_derivative, ("prelu", -2.0, 0.1)),
    "no_dip": (curves.value_range, ("silu",)),
    "zero_to_one": (curves.value_range, ("tanh",)),
    "minus_one_to_one": (curves.value_range, ("sigmoid",)),
    "range_for_slopes": (curves.slope_range, ("sigmoid",)),
    "slope_at_zero": (curves.lipschitz, ("silu",)),
    "always_one": (curves.lipschitz, ("sigmoid",)),
    "odd_limits": (curves.limits, ("sigmoid",)),
    "function_of_mean": (curves.moment, ("relu", 1)),
    "power_of_mean": (curves.moment, ("relu", 2)),
    "softmax_twice": (vector_functions.tempered_softmax, ([1.0, 2.0],)),
    "temperature_multiplied": (vector_functions.tempered_softmax, ([1.0, 2.0], 2.0)),
    "tempered_afterwards": (vector_functions.tempered_softmax, ([1.0, 2.0], 2.0)),
    "unnormalised": (vector_functions.tempered_softmax, ([1.0, 2.0],)),
    "jacobian_without_temperature": (
        vector_functions.tempered_softmax_jacobian,
        ([1.0, 2.0], 2.0),
    ),
    "independent_logits": (vector_functions.tempered_softmax_jacobian, ([1.0, 2.0],)),
    "log_of_sum": (vector_functions.log_sum_exp, ([1.0, 2.0],)),
    "largest_only": (vector_functions.log_sum_exp, ([1.0, 2.0],)),
    "sum_not_subtracted": (vector_functions.log_softmax, ([1.0, 2.0],)),
    "no_delta": (vector_functions.log_softmax_jacobian, ([1.0, 2.0],)),
    "one_minus_softmax": (vector_functions.softmin, ([1.0, 2.0, 4.0],)),
    "clipped_softmax": (vector_functions.sparsemax, ([1.5, 1.0],)),
    "rectified_maxout": (vector_functions.maxout, ([1.0], [[-1.0], [-2.0]], [0.0, 0.0])),
    "biases_apart": (vector_functions.maxout, ([1.0], [[1.0], [2.0]], [3.0, 0.0])),
    "swapped_gate": (vector_functions.gated_linear_unit, ([1.0], [2.0])),
    "added_gate": (vector_functions.gated_linear_unit, ([1.0], [2.0])),
    "rectified_once": (vector_functions.concatenated_relu, ([1.0, -2.0],)),
}


@pytest.mark.parametrize("name", WRONG)
def test_mistakes_have_the_solvers_parameters_and_differ(name):
    from inspect import signature

    mistake, (solver, args) = getattr(mistakes, name), WRONG[name]
    assert [*signature(mistake).parameters] == [*signature(solver).parameters]
    assert "Wrong on purpose" in mistake.__doc__
    assert not same(mistake(*args), solver(*args), 1e-3)


def test_every_mistake_is_tried():
    public = [
        n for n, f in vars(mistakes).items() if getattr(f, "__module__", "") == mistakes.__name__
    ]
    assert sorted(public) == sorted(WRONG)
