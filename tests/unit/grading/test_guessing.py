"""What guessing earns, counted over every answer that one could give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations, permutations
from math import factorial
from typing import Any

import pytest

from quizkit import grading
from quizkit.model import Variant

Make = Callable[..., Variant]


def expected(answers: Iterable[Any], variant: Variant) -> tuple[Fraction, Fraction]:
    """The mean score, and the mean of part credit alone, over answers that are equally likely."""
    scores = [Fraction(grading.grade(answer, variant).score) for answer in answers]
    part = [score for score in scores if score < 1]
    return sum(scores, Fraction(0)) / len(scores), sum(part, Fraction(0)) / len(scores)


def subsets(slugs: list[str]) -> list[tuple[str, ...]]:
    return [chosen for size in range(len(slugs) + 1) for chosen in combinations(slugs, size)]


@pytest.mark.parametrize("options", range(3, 9))
def test_letters_at_random_earn_little(make: Make, options: int) -> None:
    slugs = [f"option-{n}" for n in range(options)]
    for right in range(1, options):
        variant = make("multi", tuple(slugs[:right]), options={slug: slug for slug in slugs})
        mean, part = expected(subsets(slugs), variant)
        assert part < Fraction(1, 5)  # never more than a choice of five gives
        assert mean <= part + Fraction(1, 2**options)  # the rest is the one answer that is right


def test_half_a_point_is_the_least_that_is_given(make: Make) -> None:
    slugs = [f"option-{n}" for n in range(6)]
    variant = make("multi", tuple(slugs[:4]), options={slug: slug for slug in slugs})
    scores = {grading.grade(chosen, variant).score for chosen in subsets(slugs)}
    assert scores == {0.0, 0.5, 0.75, 1.0}


@pytest.mark.parametrize("lefts", range(3, 7))
def test_pairs_at_random_earn_little(make: Make, lefts: int) -> None:
    options = {f"left-{n}": f"left {n}" for n in range(lefts)}
    rights = tuple(f"right {n}" for n in range(lefts))
    variant = make("match", tuple(range(lefts)), options=options, rights=rights)
    mean, part = expected(permutations(range(lefts)), variant)
    assert part <= Fraction(1, 8)
    assert mean <= part + Fraction(1, factorial(lefts))
