"""Identities hold as claimed, both ways; every rival comes out different."""

from __future__ import annotations

from inspect import signature
from math import log

import pytest

from solvers import functions, identities, softmax_identities

# name: arguments with which the gap is 0, and rivals with which it is not
TRUE_AND_FALSE = {
    "tanh_as_sigmoid_gap": ((2, 2, -1), [(2, 1, -1), (1, 2, 0), (2, 2, 0)]),
    "reflection_gap": (("sigmoid", 1), [("sigmoid", 0), ("tanh", 1)]),
    "slope_rule_gap": (
        ("sigmoid", 0, 1, -1),
        [("sigmoid", 1, 0, -1), ("tanh", 0, 1, -1), ("sigmoid", 0, 1, 0)],
    ),
    "gated_difference_gap": (("gelu", 1), [("mish", 1), ("silu", 0.5), ("gelu", 2)]),
    "silu_slope_gap": ((True,), [(False,)]),
    "mish_gate_gap": ((2,), [(1,), (3,)]),
    "softplus_slope_gap": ((1,), [(2,), (-1,)]),
    "softplus_difference_gap": ((1,), [(0,), (2,)]),
    "relu_split_gap": ((-1, "x"), [(1, "x"), (-1, "|x|")]),
    "relu_scaling_gap": ((2.5,), [(-1,), (-0.5,)]),
    "elu_slope_gap": ((0.5, 0.5), [(0.5, 1), (2, 0)]),
    "huber_jump": ((2.0, 0.5), [(2.0, 1.0), (0.5, 0.0)]),
    "softmax_shift_gap": ((3, 1, True), [(3, 1, False), (2, 0.5, True)]),
    "softmax_jacobian_gap": ((3, True, -1), [(3, False, -1), (3, True, 1)]),
    "cross_entropy_gradient_gap": ((4, 1), [(4, 0), (3, -1)]),
    "two_class_gap": ((1,), [(2,), (-1,)]),
    "log_sum_exp_gradient_gap": ((3, False), [(3, True)]),
    "entropy_split_gap": ((3, 1), [(3, 0), (3, -1)]),
    "sigmoid_loss_slope_gap": (
        ("cross-entropy", False),
        [("cross-entropy", True), ("squared", False)],
    ),
}
ALSO_TRUE = [
    ("reflection_gap", ("tanh", 0)),
    ("slope_rule_gap", ("tanh", 1, 0, -1)),
    ("gated_difference_gap", ("silu", 1)),
    ("relu_split_gap", (1, "|x|")),
    ("relu_scaling_gap", (0,)),
    ("sigmoid_loss_slope_gap", ("squared", True)),
    ("softmax_jacobian_gap", (2, True, -1)),
]


def routes(name):
    module = identities if hasattr(identities, name) else softmax_identities
    route = "sympy" if name == "huber_jump" else "identity"
    return getattr(module, name), getattr(module, f"{name}_by_{route}")


@pytest.mark.parametrize("name", TRUE_AND_FALSE)
def test_the_identity_holds_and_each_rival_fails_by_both_routes(name):
    solver, proof = routes(name)
    right, rivals = TRUE_AND_FALSE[name]
    assert solver(*right) == proof(*right) == 0
    for rival in rivals:
        assert solver(*rival) > 1e-3
        assert solver(*rival) == pytest.approx(proof(*rival), rel=1e-9), rival


@pytest.mark.parametrize(("name", "args"), ALSO_TRUE)
def test_further_true_cases(name, args):
    assert [route(*args) for route in routes(name)] == [0, 0]


@pytest.mark.parametrize(
    ("function", "steepest"),
    [
        ("sigmoid", 0.25),
        ("tanh", 1.0),
        ("arctan", 1.0),
        ("gaussian", (2 / 2.718281828459045) ** 0.5),
    ],
)
def test_steepest_slopes_are_derived(function, steepest):
    assert identities.steepest_slope(function) == pytest.approx(steepest, rel=1e-12)
    assert identities.steepest_slope_by_identity(function) == pytest.approx(steepest, rel=1e-12)


@pytest.mark.parametrize("at", [-1.5, 0.25, 2.0])
@pytest.mark.parametrize("sharp", [True, False])
def test_swish_lies_between_half_the_input_and_relu(at, sharp):
    found = identities.swish_limit(at, sharp)
    assert found == pytest.approx(identities.swish_limit_by_sympy(at, sharp), abs=1e-11)
    assert found == pytest.approx(
        functions.value("relu", at) if sharp else at / 2, rel=1e-9, abs=1e-12
    )


def test_log_cosh_stays_ln_2_below():
    assert identities.log_cosh_offset() == pytest.approx(log(2), abs=1e-12)
    assert identities.log_cosh_offset_by_sympy() == pytest.approx(log(2), abs=1e-15)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_one_direction_of_the_logits_is_lost(classes):
    solver, proof = routes("softmax_jacobian_rank")
    assert solver(classes) == proof(classes) == classes - 1


@pytest.mark.parametrize("classes", [1, 2, 10])
def test_log_sum_exp_exceeds_the_maximum_by_at_most_ln_k(classes):
    found = softmax_identities.log_sum_exp_excess(classes, 2.5)
    assert found == pytest.approx(log(classes), abs=1e-12)
    exact = softmax_identities.log_sum_exp_excess_by_sympy(classes, 2.5)
    assert found == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("chance", [0.1, 0.3, 0.8])
def test_only_proper_losses_ask_for_the_chance_itself(chance):
    solver, proof = routes("best_probability")
    for loss in ("cross-entropy", "squared"):
        assert solver(loss, chance) == pytest.approx(chance, abs=1e-9)
        assert proof(loss, chance) == pytest.approx(chance, abs=1e-12)
    assert solver("absolute", chance) == proof("absolute", chance) == round(chance)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: softmax_identities.softmax_shift_gap(5, 1, True),
            "classes must be from 2 to 4.*5",
        ),
        (lambda: softmax_identities.log_sum_exp_excess(0, 1), "classes must be 1 or more, found 0"),
        (
            lambda: softmax_identities.best_probability("squared", 0.5),
            "chance must be .* found 0.5",
        ),
        (lambda: identities.huber_jump(0, 0.5), "threshold must be positive, found 0"),
        (lambda: identities.elu_slope_gap(0, 1), "parameter of elu must be .* found 0"),
    ],
)
def test_invalid_arguments_are_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_each_identity_has_a_second_route_of_the_same_signature():
    seen = 0
    for module in (identities, softmax_identities):
        for name, function in vars(module).items():
            solver, by, _ = name.partition("_by_")
            if by and function.__module__ == module.__name__:
                assert signature(getattr(module, solver)) == signature(function)
                seen += 1
    assert seen >= 20
