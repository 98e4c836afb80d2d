"""Mistakes with sequences: everything here is wrong on purpose."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

from .. import sequences


def letters_that_differ(first: str, second: str, substitution: int = 1) -> int:
    """Wrong on purpose: place by place, the rest added (Hamming), nothing shifted."""
    apart = sum(a != b for a, b in zip(first, second, strict=False))
    return apart * substitution + abs(len(first) - len(second))


def other_substitution(first: str, second: str, substitution: int = 1) -> int:
    """Wrong on purpose: the other cost of a substitution."""
    return sequences.edit_distance(first, second, 3 - substitution)


def not_clipped(candidate: list[str], references: list[list[str]], size: int) -> Fraction:
    """Wrong on purpose: every n-gram known to a reference counts, however often it is repeated."""
    grams = [candidate[i : i + size] for i in range(len(candidate) - size + 1)]
    known = [r[i : i + size] for r in references for i in range(len(r) - size + 1)]
    return Fraction(sum(gram in known for gram in grams), len(grams))


def recall_of_ngrams(candidate: list[str], references: list[list[str]], size: int) -> Fraction:
    """Wrong on purpose: divided by the first reference's n-grams, which is recall."""
    hits = sequences.ngram_precision(candidate, references, size) * (len(candidate) - size + 1)
    return hits / max(len(references[0]) - size + 1, 1)


def no_brevity_penalty(
    candidate: list[str], references: list[list[str]], longest: int = 4
) -> float:
    """Wrong on purpose: short candidates go unpunished."""
    sizes = range(1, longest + 1)
    product = math.prod(sequences.ngram_precision(candidate, references, n) for n in sizes)
    return math.pow(product, 1 / longest)


def arithmetic_mean(candidate: list[str], references: list[list[str]], longest: int = 4) -> float:
    """Wrong on purpose: the plain mean of the precisions."""
    sizes = range(1, longest + 1)
    total = sum(sequences.ngram_precision(candidate, references, n) for n in sizes)
    return float(total) / longest


def joint_for_conditional(
    words: list[str], first: str, second: str, smoothing: int = 0
) -> Fraction:
    """Wrong on purpose: divided by all pairs, not by those that start alike."""
    pairs = list(itertools.pairwise(words))
    return Fraction(pairs.count((first, second)) + smoothing, len(pairs) + smoothing)


def vocabulary_forgotten(words: list[str], first: str, second: str, smoothing: int = 0) -> Fraction:
    """Wrong on purpose: k added above only."""
    plain = sequences.bigram_probability(words, first, second)
    return plain + Fraction(smoothing, words[:-1].count(first))


def greedy(
    start: list[float], transitions: list[list[float]], length: int, width: int
) -> list[int]:
    """Wrong on purpose: one beginning only, whatever the width."""
    return sequences.beam_path(start, transitions, length, 1)


def exhaustive(
    start: list[float], transitions: list[list[float]], length: int, width: int
) -> list[int]:
    """Wrong on purpose: the likeliest sequence of all, which a narrow beam may lose."""
    return sequences.beam_path(start, transitions, length, len(start) ** length)


def chance_of_the_greedy_path(
    start: list[float], transitions: list[list[float]], length: int
) -> Fraction:
    """Wrong on purpose: the likeliest next word each time."""
    chance, row = Fraction(1), start
    for _ in range(length):
        best = max(row)
        chance, row = chance * Fraction(str(best)), transitions[row.index(best)]
    return chance
