"""Words: edits by rising cost, n-grams struck off, every sequence tried, torch's losses."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from solvers import embeddings, sequences
from solvers.mistakes import embeddings as wrong_embeddings
from solvers.mistakes import sequences as wrong_sequences
from tests.solvers.drawn import Draw, Solver, assert_differs, assert_routes_agree

# The likelier first word leads nowhere; its rival leads to a certain second one.
TRAP = [0.6, 0.4], [[0.55, 0.45], [0.0, 1.0]]


SHARES = [[36, 33, 31], [37, 34, 29], [61, 22, 17], [90, 7, 3], [97, 2, 1]]


def spelled(random: Random) -> dict[str, Any]:
    names = ("first", "second")
    words = {name: "".join(random.choices("abc", k=random.randint(0, 6))) for name in names}
    return {**words, "substitution": random.choice([1, 2])}


def text(random: Random, least: int = 3) -> list[str]:
    return random.choices("abc", k=random.randint(least, 8))


def texts(random: Random) -> dict[str, Any]:
    references = [text(random) for _ in range(random.randint(1, 2))]
    return {"candidate": text(random), "references": references, "size": random.randint(1, 3)}


def translated(random: Random) -> dict[str, Any]:
    drawn = texts(random)
    del drawn["size"]
    return {**drawn, "longest": 2}


def corpus(random: Random) -> dict[str, Any]:
    return {
        "words": text(random, 6),
        "first": random.choice("abc"),
        "second": random.choice("abc"),
        "smoothing": random.choice([0, 1, 2]),
    }


def model(random: Random) -> dict[str, Any]:
    drawn = [random.sample(random.choice(SHARES[: 2 * i + 2]), 3) for i in range(4)]
    rows = [[n / 100 for n in row] for row in drawn]
    return {"start": rows[0], "transitions": rows[1:], "length": random.randint(1, 5)}


def searched(random: Random) -> dict[str, Any]:
    return {**model(random), "width": random.randint(1, 4)}


def window(random: Random) -> dict[str, Any]:
    return {"length": random.randint(0, 12), "window": random.randint(1, 6)}


def counts(random: Random) -> dict[str, Any]:
    return {"counts": [random.randint(1, 100) for _ in range(4)]}


def scores(random: Random) -> dict[str, Any]:
    negatives = [random.randint(-8, 8) / 4 for _ in range(3)]
    return {"positive": random.randint(-8, 8) / 4, "negatives": negatives}


def documents(random: Random) -> dict[str, Any]:
    return {
        "documents": [random.choices("abcd", k=random.randint(1, 5)) for _ in range(4)],
        "term": random.choice("abcd"),
        "document": random.randint(0, 3),
        "base": random.choice([2.0, math.e, 10.0]),
        "smooth": random.random() < 0.5,
    }


def hashed(random: Random) -> dict[str, Any]:
    return {"keys": random.randint(1, 12), "buckets": random.randint(1, 20)}


ROUTES: list[tuple[Solver, Solver, Draw]] = [
    (sequences.edit_distance, sequences.edit_distance_by_counting, spelled),
    (sequences.ngram_precision, sequences.ngram_precision_by_counting, texts),
    (sequences.bleu, sequences.bleu_by_loop, translated),
    (sequences.bigram_probability, sequences.bigram_probability_by_counting, corpus),
    (sequences.beam_path, sequences.beam_path_by_numpy, searched),
    (sequences.likeliest_path, sequences.likeliest_path_by_loop, model),
    (embeddings.skipgram_pairs, embeddings.skipgram_pairs_by_counting, window),
    (embeddings.noise_probabilities, embeddings.noise_probabilities_by_torch, counts),
    (embeddings.negative_sampling_loss, embeddings.negative_sampling_loss_by_torch, scores),
    (embeddings.tf_idf, embeddings.tf_idf_by_numpy, documents),
    (embeddings.expected_shared_keys, embeddings.expected_shared_keys_by_loop, hashed),
    (embeddings.collision_chance, embeddings.collision_chance_by_loop, hashed),
]

MISTAKES: list[tuple[Solver, Solver, Draw]] = [
    (wrong_sequences.letters_that_differ, sequences.edit_distance, spelled),
    (wrong_sequences.other_substitution, sequences.edit_distance, spelled),
    (wrong_sequences.not_clipped, sequences.ngram_precision, texts),
    (wrong_sequences.recall_of_ngrams, sequences.ngram_precision, texts),
    (wrong_sequences.no_brevity_penalty, sequences.bleu, translated),
    (wrong_sequences.arithmetic_mean, sequences.bleu, translated),
    (wrong_sequences.joint_for_conditional, sequences.bigram_probability, corpus),
    (wrong_sequences.vocabulary_forgotten, sequences.bigram_probability, corpus),
    (wrong_sequences.greedy, sequences.beam_path, searched),
    (wrong_sequences.exhaustive, sequences.beam_path, searched),
    (wrong_sequences.chance_of_the_greedy_path, sequences.likeliest_path, model),
    (wrong_embeddings.ends_forgotten, embeddings.skipgram_pairs, window),
    (wrong_embeddings.one_side, embeddings.skipgram_pairs, window),
    (wrong_embeddings.raw_frequencies, embeddings.noise_probabilities, counts),
    (wrong_embeddings.power_after_sharing, embeddings.noise_probabilities, counts),
    (wrong_embeddings.sign_of_noise, embeddings.negative_sampling_loss, scores),
    (wrong_embeddings.softmax_loss, embeddings.negative_sampling_loss, scores),
    (wrong_embeddings.count_not_divided, embeddings.tf_idf, documents),
    (wrong_embeddings.inverse_without_logarithm, embeddings.tf_idf, documents),
    (wrong_embeddings.pairs_over_buckets, embeddings.expected_shared_keys, hashed),
    (wrong_embeddings.keys_over_buckets, embeddings.collision_chance, hashed),
    (wrong_embeddings.own_bucket_only, embeddings.collision_chance, hashed),
]


@pytest.mark.parametrize(("solver", "witness", "draw"), ROUTES)
def test_routes_agree(solver: Solver, witness: Solver, draw: Draw) -> None:
    assert_routes_agree(solver, witness, draw, 60)


@pytest.mark.parametrize(("mistake", "solver", "draw"), MISTAKES)
def test_mistakes_are_wrong(mistake: Solver, solver: Solver, draw: Draw) -> None:
    assert_differs(mistake, solver, draw, 80)


def test_kitten_and_sitting() -> None:
    assert sequences.edit_distance("kitten", "sitting") == 3
    assert sequences.edit_distance("intention", "execution") == 5
    assert sequences.edit_distance("intention", "execution", 2) == 8


def test_clipping_in_the_paper_on_bleu() -> None:
    """Seven times "the" against "The cat is on the mat" (Papineni et al. 2002): 2/7."""
    reference = ["the", "cat", "is", "on", "the", "mat"]
    assert sequences.ngram_precision(["the"] * 7, [reference], 1) == Fraction(2, 7)
    assert sequences.bleu(reference, [reference]) == pytest.approx(1)
    assert sequences.bleu(reference[:5], [reference]) == pytest.approx(math.exp(-1 / 5))


def test_greedy_search_falls_into_the_trap() -> None:
    start, transitions = TRAP
    assert sequences.beam_path(start, transitions, 2, 1) == [0, 0]
    assert sequences.beam_path(start, transitions, 2, 2) == [1, 1]
    assert sequences.likeliest_path(start, transitions, 2) == Fraction(2, 5)


def test_twenty_three_birthdays() -> None:
    assert (
        embeddings.collision_chance(22, 365) < Fraction(1, 2) < embeddings.collision_chance(23, 365)
    )
    assert embeddings.collision_chance(4, 3) == 1
    assert embeddings.expected_shared_keys(2, 4) == Fraction(1, 4)


@pytest.mark.parametrize(
    ("solver", "arguments", "said"),
    [
        (sequences.edit_distance, ("a", "b", 3), "substitution"),
        (sequences.edit_distance, ("a" * 31, "b"), "30 letters"),
        (sequences.ngram_precision, (["a"], [["a"]], 2), "n-grams"),
        (sequences.bleu, (["a"], [], 1), "references"),
        (sequences.bigram_probability, (["a", "b"], "b", "a"), "first must occur"),
        (sequences.bigram_probability, (["a", "b"], "a", "c"), "second must be"),
        (sequences.bigram_probability, (["a", "b"], "a", "b", -1), "smoothing"),
        (sequences.beam_path, ([0.5, 0.5], [[0.5, 0.5]] * 2, 1, 1), "tie"),
        (sequences.beam_path, ([0.5, 0.4], [[0.5, 0.5]] * 2, 1, 1), "sum 1"),
        (sequences.beam_path, ([1.0], [], 1, 1), "rows"),
        (sequences.beam_path, ([1.0], [[1.0]], 7, 1), "length"),
        (embeddings.skipgram_pairs, (3, 0), "window"),
        (embeddings.noise_probabilities, ([0],), "counts"),
        (embeddings.tf_idf, ([["a"]], "b", 0), "term"),
        (embeddings.tf_idf, ([["a"]], "a", 1), "document"),
        (embeddings.tf_idf, ([["a"]], "a", 0, 1.0), "base"),
        (embeddings.collision_chance, (0, 5), "keys"),
    ],
)
def test_bad_arguments_are_named(solver: Solver, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        solver(*arguments)
