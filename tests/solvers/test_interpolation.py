"""Which perfect fit a rule finds: torch's optimisers, numpy's least norm, and the vector of signs."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from solvers import interpolation

ADAPTIVE = {"adam": 0.01, "rmsprop": 0.01, "adagrad": 0.1, "adamw": 0.01}
PLAIN = {"sgd": 0.1, "momentum": 0.05, "nesterov": 0.05}


@pytest.mark.parametrize(("rule", "rate"), [*ADAPTIVE.items(), *PLAIN.items()])
@pytest.mark.parametrize(("positives", "negatives", "shared"), [(3, 2, 2), (2, 1, 0), (2, 2, 2)])
def test_routes_agree(rule: Any, rate: float, positives: int, negatives: int, shared: int) -> None:
    setting = (rule, positives, negatives, shared, rate, 400)
    found = interpolation.excess_test_error(*setting)
    assert found == pytest.approx(interpolation.excess_test_error_by_torch(*setting))


def test_adaptive_rules_call_all_positive_and_descent_errs_on_none() -> None:
    for rule, rate in ADAPTIVE.items():
        assert interpolation.excess_test_error(rule, 6, 4, 2, rate) == pytest.approx(0.4)  # type: ignore[arg-type]
        assert interpolation.excess_test_error(rule, 6, 4, 0, rate) == 0  # type: ignore[arg-type]
    for rule, rate in PLAIN.items():
        assert interpolation.excess_test_error(rule, 6, 4, 2, rate) == 0  # type: ignore[arg-type]


def test_where_descent_errs_too_nothing_is_in_excess() -> None:
    """Twelve constant features and one negative example of seven: the least norm goes by the constants."""
    assert interpolation._test_error("sgd", 6, 1, 12, 0.1, 1000) == pytest.approx(1 / 7)
    assert interpolation.excess_test_error("sgd", 6, 1, 12, 0.1) == 0
    assert interpolation.excess_test_error("adam", 6, 1, 12, 0.01) == pytest.approx(0)


def test_the_examples_are_those_of_the_paper() -> None:
    found, free = interpolation._examples([1, -1, 1], 2, 3)
    places = [{3}, {4, 5, 6, 7, 8}, {9}]
    assert free == 10
    for example, label, own in zip(found, [1, -1, 1], places, strict=True):
        assert example == {0: label, 1: 1, 2: 1, **dict.fromkeys(own, 1)}


def test_the_two_fits_in_closed_form() -> None:
    """Descent from 0 ends at the least norm, adaptive rules at τ sign(Xᵀy)   [Wilson 2017, lemma 3.1]."""
    labels = numpy.array([1] * 6 + [-1] * 4)
    own = [numpy.ones((1, 1 if label > 0 else 5)) for label in labels]
    private = numpy.zeros((10, sum(block.shape[1] for block in own)))
    place = 0
    for row, block in enumerate(own):
        private[row, place : place + block.shape[1]] = 1
        place += block.shape[1]
    examples = numpy.column_stack([labels, numpy.ones((10, 2)), private])
    new = numpy.column_stack([labels, numpy.ones((10, 2)), 0 * private])
    least, signs = numpy.linalg.pinv(examples) @ labels, numpy.sign(examples.T @ labels) / 4
    assert examples @ least == pytest.approx(labels)
    assert examples @ signs == pytest.approx(labels)
    assert ((new @ least) * labels > 0).all()
    assert ((new @ signs) > 0).all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("adam", 0, 1, 2, 0.01), "positives"),
        (("adam", 1, 1, -1, 0.01), "shared"),
        (("adam", 1, 1, 2, 0.0), "rate"),
        (("adam", 7, 6, 2, 0.01), "at most 12"),
        (("adam", 6, 4, 2, 0.01, 2), "steps must suffice"),
    ],
)
def test_bad_arguments_are_named(arguments: Any, said: str) -> None:
    for solver in (interpolation.excess_test_error, interpolation.excess_test_error_by_torch):
        with pytest.raises(ValueError, match=said):
            solver(*arguments)
