"""What guessing earns, counted over every answer that one could give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest

from quizkit import grading
from quizkit.grading.guessing import MOST_LISTED, arranged, chances_of, corrected, paid
from quizkit.model import Variant

Make = Callable[..., Variant]

ROUNDING = Fraction(1, 10**12)  # scores are floats


def mean(answers: Iterable[Any], variant: Variant) -> Fraction:
    """The mean score over answers that are equally likely."""
    scores = [Fraction(grading.grade(answer, variant).score) for answer in answers]
    return sum(scores, Fraction(0)) / len(scores)


def picks(slugs: list[str], size: int) -> list[tuple[str, ...]]:
    return list(combinations(slugs, size))


def multi(make: Make, options: int, right: int) -> tuple[list[str], Variant]:
    slugs = [f"option-{n}" for n in range(options)]
    return slugs, make("multi", tuple(slugs[:right]), options={slug: slug for slug in slugs})


@pytest.mark.parametrize("options", range(3, 9))
def test_no_blind_way_to_pick_letters_earns_more_than_a_twentieth(make: Make, options: int) -> None:
    """None, one, all, and any fixed number at random; the one answer that is right is in full, though."""
    for right in range(options + 1):
        slugs, variant = multi(make, options, right)
        for size in range(options + 1):
            answers = picks(slugs, size)
            full = Fraction(1, len(answers)) if size == right else Fraction(0)
            bound = max(full, Fraction(1, 20)) + ROUNDING
            assert mean(answers, variant) <= bound, (right, size)


@pytest.mark.parametrize("options", range(3, 9))
def test_letters_that_are_tossed_for_earn_no_more(make: Make, options: int) -> None:
    for right in range(1, options):
        slugs, variant = multi(make, options, right)
        answers = [chosen for size in range(options + 1) for chosen in picks(slugs, size)]
        assert mean(answers, variant) <= Fraction(1, 20) + Fraction(1, 2**options)


def test_one_slip_among_many_options_still_earns_something(make: Make) -> None:
    slugs, variant = multi(make, 8, 4)
    missed = grading.grade(tuple(slugs[:3]), variant)
    added = grading.grade(tuple(slugs[:5]), variant)
    assert (missed.verdict, missed.score) == ("partly", pytest.approx(0.7))
    assert (added.verdict, added.score) == ("partly", pytest.approx(0.7))
    assert grading.grade(tuple(slugs[:2]), variant).score == pytest.approx(0.05 / (6 / 28))
    assert grading.grade((slugs[0], slugs[5]), variant).score == 0


@pytest.mark.parametrize("options", range(3, 9))
def test_a_better_pick_of_as_many_letters_never_earns_less(make: Make, options: int) -> None:
    for right in range(options + 1):
        slugs, variant = multi(make, options, right)
        for size in range(options + 1):
            by_hits: dict[int, float] = {}
            for chosen in picks(slugs, size):
                hits = sum(slug in slugs[:right] for slug in chosen)
                by_hits[hits] = grading.grade(chosen, variant).score
            scores = [by_hits[hits] for hits in sorted(by_hits)]
            assert scores == sorted(scores)


def test_of_few_options_only_the_right_answer_earns(make: Make) -> None:
    for options in (3, 4):
        for right in range(options + 1):
            slugs, variant = multi(make, options, right)
            answers = [chosen for size in range(options + 1) for chosen in picks(slugs, size)]
            assert {grading.grade(chosen, variant).score for chosen in answers} == {0, 1}


def order(make: Make, items: int, pairs: Iterable[tuple[int, int]]) -> tuple[list[str], Variant]:
    slugs = [f"item-{n}" for n in range(items)]
    before = tuple((slugs[a], slugs[b]) for a, b in pairs)
    return slugs, make("order", before, options={slug: slug for slug in slugs})


@pytest.mark.parametrize(
    ("items", "pairs"),
    [
        *((n, tuple(combinations(range(n), 2))) for n in range(3, 7)),
        (4, ((0, 3), (1, 3), (2, 3))),
        (5, ((0, 1), (0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4))),
        (5, ((0, 1), (0, 2), (1, 2))),
        (6, ((0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5))),
    ],
)
def test_a_random_order_earns_at_most_a_tenth(
    make: Make, items: int, pairs: tuple[tuple[int, int], ...]
) -> None:
    slugs, variant = order(make, items, pairs)
    answers = list(permutations(slugs))
    full = Fraction(
        sum(grading.grade(each, variant).verdict == "right" for each in answers), len(answers)
    )
    assert mean(answers, variant) <= max(full, Fraction(1, 10)) + ROUNDING


def test_one_item_out_of_place_among_five_earns_about_half(make: Make) -> None:
    slugs, variant = order(make, 5, combinations(range(5), 2))
    swapped = grading.grade((slugs[1], slugs[0], *slugs[2:]), variant)
    # 4 of 5 in order; of the 120 orders 1, 41, 61, 16 and 1 have 1 to 5. [OEIS A047874]
    by_chance = (41 * 1 + 61 * 2 + 16 * 3 + 1 * 4) / 120 / 4
    assert swapped.verdict == "partly"
    assert swapped.score == pytest.approx((3 / 4 - by_chance) / (1 - by_chance))
    assert grading.grade((slugs[2], slugs[1], slugs[0], *slugs[3:]), variant).score == 0


def match(make: Make, lefts: int, more: int) -> Variant:
    options = {f"left-{n}": f"left {n}" for n in range(lefts)}
    rights = tuple(f"right {n}" for n in range(lefts + more))
    return make("match", tuple(range(lefts)), options=options, rights=rights)


@pytest.mark.parametrize("more", range(3))
@pytest.mark.parametrize("lefts", range(3, 6))
def test_a_random_match_earns_at_most_a_tenth(make: Make, lefts: int, more: int) -> None:
    variant = match(make, lefts, more)
    answers = list(permutations(range(lefts + more), lefts))
    assert mean(answers, variant) <= max(Fraction(1, len(answers)), Fraction(1, 10)) + ROUNDING


@pytest.mark.parametrize("more", range(3))
@pytest.mark.parametrize("lefts", range(3, 5))
def test_letters_given_more_than_once_earn_no_more(make: Make, lefts: int, more: int) -> None:
    variant = match(make, lefts, more)
    assert mean(product(range(lefts + more), repeat=lefts), variant) <= Fraction(1, 10) + ROUNDING
    for right in range(lefts + more):
        assert grading.grade((right,) * lefts, variant).score == 0


def test_two_of_four_pairs_earn_less_than_three_of_five(make: Make) -> None:
    two = grading.grade((0, 1, 3, 2), match(make, 4, 0))
    three = grading.grade((0, 1, 2, 4, 3), match(make, 5, 0))
    # A random match has one pair right: (2/4 − 1/4)/(3/4) = 1/3 is more than may be paid.
    assert two.score == pytest.approx((1 / 10 - 1 / 24) / (6 / 24))
    assert three.score == pytest.approx((3 / 5 - 1 / 5) / (1 - 1 / 5))


def test_shares_are_paid_from_the_best_down() -> None:
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    chances = {Fraction(1): tenth / 2, half: tenth, Fraction(1, 4): Fraction(1, 4)}
    assert paid(Fraction(1), chances, tenth) == 1
    assert paid(half, chances, tenth) == half  # 0.05 and 0.05 are spent
    assert paid(Fraction(1, 4), chances, tenth) == 0
    assert paid(Fraction(3, 4), chances, tenth) == Fraction(
        3, 4
    )  # no blind answer was seen to have it
    assert paid(half, {Fraction(1): half, half: half}, tenth) == 0


def test_the_mean_of_a_blind_answer_is_worth_nothing() -> None:
    chances = chances_of([Fraction(0), Fraction(1, 2), Fraction(1, 2), Fraction(1)])
    assert corrected(Fraction(1, 2), chances, Fraction(1)) == 0
    assert corrected(Fraction(1), chances, Fraction(1)) == 1


def test_many_arrangements_are_sampled_and_always_the_same() -> None:
    assert len(arranged(7, 7)) == MOST_LISTED
    assert len(arranged(9, 9)) < MOST_LISTED
    assert len(set(arranged(9, 9))) > 0.99 * len(arranged(9, 9))
    drawn = arranged(9, 4)
    assert drawn == arranged.__wrapped__(9, 4)
    assert all(len(set(each)) == 4 for each in drawn)
    counts = [sum(each[0] == item for each in drawn) for item in range(9)]
    assert min(counts) > len(drawn) / 9 / 2
