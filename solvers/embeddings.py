"""Words as vectors: training pairs, noise words, term weights, and buckets shared by hashing."""

from __future__ import annotations

import math
from fractions import Fraction

from .ranges import _in_float64, _numbers


def skipgram_pairs(length: int, window: int) -> int:
    """2 w L − w (w + 1) pairs (centre, context), w = min(window, L − 1)   [Mikolov et al. 2013]"""
    _check_window(length, window)
    reach = min(window, length - 1)
    return 2 * reach * length - reach * (reach + 1)


def skipgram_pairs_by_counting(length: int, window: int) -> int:
    """Ordered pairs of places at most the window apart, walked through."""
    _check_window(length, window)
    places = range(length)
    return sum(0 < abs(centre - other) <= window for centre in places for other in places)


def noise_probabilities(counts: list[int], power: float = 0.75) -> list[float]:
    """cᵢ^¾/Σ c^¾: how often each word is drawn as a negative   [Mikolov et al. 2013b, 2.2]"""
    _numbers(power=power)
    _check_counts(counts)
    with _in_float64():
        weights = [n**power for n in counts]
        return [weight / math.fsum(weights) for weight in weights]


def noise_probabilities_by_torch(counts: list[int], power: float = 0.75) -> list[float]:
    """softmax(power · ln c)"""
    import torch

    _check_counts(counts)
    logits = power * torch.tensor(counts, dtype=torch.float64).log()
    return [float(p) for p in torch.softmax(logits, 0)]


def negative_sampling_loss(positive: float, negatives: list[float]) -> float:
    """−ln σ(s⁺) − Σ ln σ(−s⁻) of the scores   [Mikolov et al. 2013b, eq. 4]"""
    _numbers(positive=positive, negatives=negatives)
    return _softplus(-positive) + math.fsum(map(_softplus, negatives))


def negative_sampling_loss_by_torch(positive: float, negatives: list[float]) -> float:
    """torch's binary cross-entropy with logits: the true word is class 1, noise words class 0."""
    import torch

    scores = torch.tensor([positive, *negatives], dtype=torch.float64)
    labels = torch.zeros_like(scores)
    labels[0] = 1
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels, reduction="sum")
    return float(loss)


def tf_idf(
    documents: list[list[str]], term: str, document: int, base: float = math.e, smooth: bool = False
) -> float:
    """(count/length) · log(N/df); smooth: log((1 + N)/(1 + df)) + 1   [Salton & Buckley 1988]"""
    _numbers(base=base)
    frequency, known = _check_documents(documents, term, document, base)
    total = len(documents)
    ratio = (1 + total) / (1 + known) if smooth else total / known
    return frequency / len(documents[document]) * (math.log(ratio) / math.log(base) + smooth)


def tf_idf_by_numpy(
    documents: list[list[str]], term: str, document: int, base: float = math.e, smooth: bool = False
) -> float:
    """From the whole table of documents and words; smoothing is one more document with every word."""
    import numpy as np

    _check_documents(documents, term, document, base)
    words = sorted({word for row in documents for word in row})
    counts = np.array([[row.count(word) for word in words] for row in documents])
    shares = counts / counts.sum(1, keepdims=True)
    known = counts > 0
    if smooth:
        known = np.vstack([known, np.ones(len(words), bool)])
    weights = -np.log(known.mean(0)) / np.log(base) + smooth
    return float((shares * weights)[document, words.index(term)])


def expected_shared_keys(keys: int, buckets: int) -> Fraction:
    """n − m (1 − (1 − 1/m)ⁿ): keys that find their bucket already in use, on average"""
    _check_hash(keys, buckets)
    return keys - buckets * (1 - Fraction(buckets - 1, buckets) ** keys)


def expected_shared_keys_by_loop(keys: int, buckets: int) -> Fraction:
    """The distribution of the number of buckets in use, key by key."""
    _check_hash(keys, buckets)
    chances = [Fraction(1)] + [Fraction(0)] * keys
    for _ in range(keys):
        chances = [
            chances[used] * Fraction(used, buckets)
            + (chances[used - 1] * Fraction(buckets - used + 1, buckets) if used else 0)
            for used in range(keys + 1)
        ]
    return sum(((keys - used) * p for used, p in enumerate(chances)), Fraction(0))


def collision_chance(keys: int, buckets: int) -> Fraction:
    """1 − Π (m − i)/m: chance that any two of n keys share a bucket (the birthday problem)"""
    _check_hash(keys, buckets)
    return 1 - Fraction(math.perm(buckets, keys), buckets**keys)


def collision_chance_by_loop(keys: int, buckets: int) -> Fraction:
    """Keys one after the other; the chance that the first shared bucket comes now, added up."""
    _check_hash(keys, buckets)
    chance, none_yet = Fraction(0), Fraction(1)
    for used in range(keys):
        now = none_yet * Fraction(min(used, buckets), buckets)
        chance, none_yet = chance + now, none_yet - now
    return chance


def _softplus(x: float) -> float:
    return max(x, 0) + math.log1p(math.exp(-abs(x)))


def _check_window(length: int, window: int) -> None:
    if length < 1 or window < 1:
        raise ValueError(f"length and window must be at least 1, found {length} and {window}")


def _check_counts(counts: list[int]) -> None:
    if not counts or min(counts) < 1:
        raise ValueError(f"counts must be 1 or more, found {counts}")


def _check_documents(
    documents: list[list[str]], term: str, document: int, base: float
) -> tuple[int, int]:
    if not 0 <= document < len(documents) or not all(documents):
        raise ValueError(f"document must be one of {len(documents)}, none empty, found {document}")
    known = sum(term in row for row in documents)
    if not known:
        raise ValueError(f"term must occur in a document, found {term!r}")
    if base <= 1:
        raise ValueError(f"base must be above 1, found {base}")
    return documents[document].count(term), known


def _check_hash(keys: int, buckets: int) -> None:
    if not 1 <= keys <= 200 or buckets < 1:
        raise ValueError(f"keys must be 1 to 200, buckets from 1, found {keys} and {buckets}")
