"""Sequences of words: edit distance, n-grams and BLEU, and searching for the likeliest sentence."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product


def edit_distance(first: str, second: str, substitution: int = 1) -> int:
    """Least cost of insertions (1), deletions (1) and substitutions   [Levenshtein 1966]"""
    _check_words(first, second, substitution)
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            changed = diagonal + (a != b) * substitution
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, changed)
    return row[-1]


def edit_distance_by_counting(first: str, second: str, substitution: int = 1) -> int:
    """Cost by cost, the pairs of prefixes that can be reached; equal letters are passed for nothing."""
    _check_words(first, second, substitution)
    end = (len(first), len(second))
    reached: list[set[tuple[int, int]]] = [set()]
    start = [(0, 0)]
    while True:
        seen = reached[-1]
        while start:
            i, j = start.pop()
            if (i, j) not in seen and i <= end[0] and j <= end[1]:
                seen.add((i, j))
                if (i, j) < end and first[i : i + 1] == second[j : j + 1] != "":
                    start.append((i + 1, j + 1))
        if end in seen:
            return len(reached) - 1
        start = [(i + 1, j) for i, j in seen] + [(i, j + 1) for i, j in seen]
        if len(reached) >= substitution:
            start += [(i + 1, j + 1) for i, j in reached[-substitution]]
        reached.append(set())


def ngram_precision(candidate: list[str], references: list[list[str]], size: int) -> Fraction:
    """Σ min(count, largest count in a reference)/Σ count of n-grams   [Papineni et al. 2002, 2.1]"""
    _check_texts(candidate, references, size)
    counts = Counter(_ngrams(candidate, size))
    known = [Counter(_ngrams(reference, size)) for reference in references]
    clipped = sum(min(n, max(table[gram] for table in known)) for gram, n in counts.items())
    return Fraction(clipped, counts.total())


def ngram_precision_by_counting(
    candidate: list[str], references: list[list[str]], size: int
) -> Fraction:
    """Each n-gram in turn struck off every reference; it counts if one of them still had it."""
    _check_texts(candidate, references, size)
    left = [_ngrams(reference, size) for reference in references]
    found = [False] * (len(candidate) - size + 1)
    for place, gram in enumerate(_ngrams(candidate, size)):
        for grams in left:
            if gram in grams:
                grams.remove(gram)
                found[place] = True
    return Fraction(sum(found), len(found))


def bleu(candidate: list[str], references: list[list[str]], longest: int = 4) -> float:
    """exp(min(0, 1 − r/c)) · (Π pₙ)^(1/N), r: reference length nearest to c, the shorter of a tie

    [Papineni et al. 2002, 2.3]; no smoothing, so 0 as soon as one pₙ is 0
    """
    _check_texts(candidate, references, longest)
    precisions = [ngram_precision(candidate, references, size) for size in range(1, longest + 1)]
    length = len(candidate)
    reference = min(map(len, references), key=lambda r: (abs(r - length), r))
    mean = math.pow(math.prod(precisions), 1 / longest)
    return math.exp(min(0.0, 1 - reference / length)) * mean


def bleu_by_loop(candidate: list[str], references: list[list[str]], longest: int = 4) -> float:
    """In logarithms, the n-grams struck off one by one, lengths tried outwards from the candidate's."""
    _check_texts(candidate, references, longest)
    score, lengths = 0.0, {len(reference) for reference in references}
    for size in range(1, longest + 1):
        precision = ngram_precision_by_counting(candidate, references, size)
        if not precision:
            return 0.0
        score += math.log(precision) / longest
    gap = 0
    while not {len(candidate) - gap, len(candidate) + gap} & lengths:
        gap += 1
    shorter_known = len(candidate) - gap in lengths
    return math.exp(score if shorter_known else score - gap / len(candidate))


def bigram_probability(words: list[str], first: str, second: str, smoothing: int = 0) -> Fraction:
    """(count(first second) + k)/(count(first as a start) + k V), V different words  [Jurafsky & Martin]"""
    _check_corpus(words, first, second, smoothing)
    pairs = list(pairwise(words))
    starts = sum(one == first for one, _ in pairs)
    whole = starts + smoothing * len(set(words))
    return Fraction(pairs.count((first, second)) + smoothing, whole)


def bigram_probability_by_counting(
    words: list[str], first: str, second: str, smoothing: int = 0
) -> Fraction:
    """All followers of the first word listed, each word of the vocabulary added k times."""
    _check_corpus(words, first, second, smoothing)
    followers = [words[i + 1] for i in range(len(words) - 1) if words[i] == first]
    followers += sorted(set(words)) * smoothing
    return Fraction(followers.count(second), len(followers))


def beam_path(
    start: list[float], transitions: list[list[float]], length: int, width: int
) -> list[int]:
    """Words found by keeping the `width` likeliest beginnings at each step; 1 is greedy, ties refused

    `start`: chances of the first word; row of `transitions`: of the next after each word.
    """
    _check_model(start, transitions, length, width)
    beam: list[tuple[Fraction, list[int]]] = [(Fraction(1), [])]
    for _ in range(length):
        grown = [
            (chance * Fraction(str(p)), [*path, word])
            for chance, path in beam
            for word, p in enumerate(transitions[path[-1]] if path else start)
        ]
        grown.sort(reverse=True)
        if len(grown) > width and grown[width - 1][0] == grown[width][0]:
            raise ValueError("chances must not tie where the beam ends")
        beam = grown[:width]
    if len(beam) > 1 and beam[0][0] == beam[1][0]:
        raise ValueError("chances must not tie at the top")
    return beam[0][1]


def beam_path_by_numpy(
    start: list[float], transitions: list[list[float]], length: int, width: int
) -> list[int]:
    """In logarithms, whole tables at once, with pointers back to read off the path."""
    import numpy as np

    _check_model(start, transitions, length, width)
    with np.errstate(divide="ignore"):
        scores, table = np.log([start]), np.log(transitions)
    origins, kept = [], []
    for step in range(length):
        order = np.argsort(-scores, axis=None, kind="stable")
        flat = scores.ravel()[order].round(9)
        if len(flat) > width and flat[width - 1] == flat[width]:
            raise ValueError("chances must not tie where the beam ends")
        rows, words = np.unravel_index(order[:width], scores.shape)
        origins.append(rows)
        kept.append(words)
        if step == length - 1 and len(flat) > 1 and width > 1 and flat[0] == flat[1]:
            raise ValueError("chances must not tie at the top")
        scores = scores[rows, words][:, None] + table[words]
    path, place = [], 0
    for rows, words in zip(origins[::-1], kept[::-1], strict=True):
        path.append(int(words[place]))
        place = rows[place]
    return path[::-1]


def likeliest_path(start: list[float], transitions: list[list[float]], length: int) -> Fraction:
    """Chance of the likeliest sequence: best over the word before, step by step   [Viterbi 1967]"""
    _check_model(start, transitions, length, 1)
    best = [Fraction(str(p)) for p in start]
    for _ in range(length - 1):
        best = [
            max(p * Fraction(str(row[word])) for p, row in zip(best, transitions, strict=True))
            for word in range(len(start))
        ]
    return max(best)


def likeliest_path_by_loop(
    start: list[float], transitions: list[list[float]], length: int
) -> Fraction:
    """Every sequence of that length."""
    _check_model(start, transitions, length, 1)
    rows = [[Fraction(str(p)) for p in row] for row in transitions]
    return max(
        Fraction(str(start[path[0]])) * math.prod(rows[a][b] for a, b in pairwise(path))
        for path in product(range(len(start)), repeat=length)
    )


def _ngrams(words: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]


def _check_words(first: str, second: str, substitution: int) -> None:
    if len(first) > 30 or len(second) > 30:
        raise ValueError("first and second must have 30 letters at most")
    if not 1 <= substitution <= 2:
        raise ValueError(f"substitution must cost 1 or 2, found {substitution}")


def _check_texts(candidate: list[str], references: list[list[str]], size: int) -> None:
    if not references or not all(references):
        raise ValueError("references must be one at least, none empty")
    if not 1 <= size <= len(candidate):
        raise ValueError(f"n-grams must be of 1 to {len(candidate)} words, found {size}")


def _check_corpus(words: list[str], first: str, second: str, smoothing: int) -> None:
    if first not in words[:-1]:
        raise ValueError(f"first must occur before another word, found {first!r}")
    if second not in words:
        raise ValueError(f"second must be one of the words, found {second!r}")
    if smoothing < 0:
        raise ValueError(f"smoothing must be 0 or more, found {smoothing}")


def _check_model(
    start: list[float], transitions: list[list[float]], length: int, width: int
) -> None:
    if [len(row) for row in transitions] != [len(start)] * len(start):
        raise ValueError(f"transitions must be {len(start)} rows of {len(start)}")
    for row in [start, *transitions]:
        if not row or min(row) < 0 or sum(Fraction(str(p)) for p in row) != 1:
            raise ValueError(f"start and transitions must be chances of sum 1, found {row}")
    if not 1 <= length <= 6 or width < 1:
        raise ValueError(f"length must be 1 to 6, width from 1, found {length} and {width}")
