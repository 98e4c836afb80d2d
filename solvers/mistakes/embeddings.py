"""Mistakes with words as vectors: everything here is wrong on purpose."""

from __future__ import annotations

import math
from fractions import Fraction

from .. import embeddings


def ends_forgotten(length: int, window: int) -> int:
    """Wrong on purpose: 2 w contexts for every word, the first and last too."""
    return 2 * window * length


def one_side(length: int, window: int) -> int:
    """Wrong on purpose: contexts on one side only."""
    return embeddings.skipgram_pairs(length, window) // 2


def raw_frequencies(counts: list[int], power: float = 0.75) -> list[float]:
    """Wrong on purpose: the words' own shares, power 1."""
    return embeddings.noise_probabilities(counts, 1)


def power_after_sharing(counts: list[int], power: float = 0.75) -> list[float]:
    """Wrong on purpose: shares to the power, not normalised again."""
    return [(n / sum(counts)) ** power for n in counts]


def sign_of_noise(positive: float, negatives: list[float]) -> float:
    """Wrong on purpose: noise words pulled near too, ln σ(s) for all."""
    return embeddings.negative_sampling_loss(positive, [-score for score in negatives])


def softmax_loss(positive: float, negatives: list[float]) -> float:
    """Wrong on purpose: cross-entropy of one softmax over the true word and the noise words."""
    return math.log(math.fsum(math.exp(s - positive) for s in [positive, *negatives]))


def count_not_divided(
    documents: list[list[str]], term: str, document: int, base: float = math.e, smooth: bool = False
) -> float:
    """Wrong on purpose: the raw count of the term."""
    share = embeddings.tf_idf(documents, term, document, base, smooth)
    return share * len(documents[document])


def inverse_without_logarithm(
    documents: list[list[str]], term: str, document: int, base: float = math.e, smooth: bool = False
) -> float:
    """Wrong on purpose: N/df without the logarithm."""
    row = documents[document]
    known = sum(term in each for each in documents)
    return row.count(term) / len(row) * len(documents) / known


def pairs_over_buckets(keys: int, buckets: int) -> Fraction:
    """Wrong on purpose: pairs of keys that share, not keys: n(n − 1)/(2 m)."""
    return Fraction(math.comb(keys, 2), buckets)


def keys_over_buckets(keys: int, buckets: int) -> Fraction:
    """Wrong on purpose: n/m."""
    return Fraction(keys, buckets)


def own_bucket_only(keys: int, buckets: int) -> Fraction:
    """Wrong on purpose: the chance that any other key meets one given key."""
    return 1 - Fraction(buckets - 1, buckets) ** (keys - 1)
