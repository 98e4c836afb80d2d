"""Formulas on the neutral sets: nothing wrong is taken, nothing right refused but what is listed."""

from __future__ import annotations

import pytest

from tests.effort import at_most
from tests.neutral.formulas import accepts
from tests.neutral.scores import SLOWEST, Case, cases

# Right by a set's labels, refused by us, and why.
DISAGREEMENTS = {
    "expressions": {},
    "expressions_2": {},
    "expressions_3": {},
    "latex": {
        "latex-009": "σ'(z) is all of the answer; asked for a derivative, naming it is no answer",
    },
}
SIZES = {"expressions": 727, "expressions_2": 240, "expressions_3": 160, "latex": 638}


@pytest.fixture(scope="module", params=SIZES)
def named(request: pytest.FixtureRequest) -> tuple[str, list[Case]]:
    """A set's name and its cases."""
    return request.param, cases(request.param)


def test_the_set_is_judged_right_and_fast(named: tuple[str, list[Case]]) -> None:
    name, found = named
    assert len(found) == SIZES[name]
    taken, refused = [], []
    for case in found:
        with at_most(SLOWEST):
            is_accepted = accepts(case)
        if is_accepted and not case["right"]:
            taken.append(case["id"])
        if case["right"] and not is_accepted:
            refused.append(case["id"])
    assert taken == []
    assert refused == list(DISAGREEMENTS[name])


def test_every_key_is_its_own_answer(named: tuple[str, list[Case]]) -> None:
    keys = {(case["key"], case["kind"]): case for case in named[1]}
    refused = [key for (key, _), case in keys.items() if not accepts({**case, "answer": key})]
    assert refused == []


def test_a_wrong_label_would_be_seen(named: tuple[str, list[Case]]) -> None:
    sample = named[1][::20]
    assert all(accepts(case) == case["right"] for case in sample)
    assert {case["right"] for case in sample} == {True, False}
