"""Isotonic regression: the non-decreasing sequence nearest to some values."""

from __future__ import annotations

from fractions import Fraction


def isotonic(values: list[int], weights: list[int]) -> list[Fraction]:
    """argmin Σ w (y − f)² over f₁ ≤ f₂ ≤ ...: adjacent violators pooled to their mean

    [Ayer et al. 1955]; no weights count as weights 1
    """
    weighted = _checked(values, weights)
    blocks: list[tuple[Fraction, int, int]] = []
    for value, weight in zip(values, weighted, strict=True):
        mean, mass, size = Fraction(value), weight, 1
        while blocks and blocks[-1][0] > mean:
            other, more, length = blocks.pop()
            mean = (mean * mass + other * more) / (mass + more)
            mass, size = mass + more, size + length
        blocks.append((mean, mass, size))
    return [mean for mean, _, size in blocks for _ in range(size)]


def isotonic_by_loop(values: list[int], weights: list[int]) -> list[Fraction]:
    """fᵢ = max over starts ≤ i of the min over ends ≥ i of the weighted mean  [Barlow et al. 1972]"""
    weighted = _checked(values, weights)
    places = range(len(values))

    def mean(start: int, end: int) -> Fraction:
        inside = range(start, end + 1)
        total = sum(values[k] * weighted[k] for k in inside)
        return Fraction(total, sum(weighted[k] for k in inside))

    return [max(min(mean(s, e) for e in places[i:]) for s in places[: i + 1]) for i in places]


def isotonic_error(values: list[int], weights: list[int]) -> Fraction:
    """Σ w (y − f)² of the best non-decreasing f"""
    weighted, fit = _checked(values, weights), isotonic(values, weights)
    rows = zip(weighted, values, fit, strict=True)
    return sum((w * (y - f) ** 2 for w, y, f in rows), Fraction(0))


def isotonic_error_by_loop(values: list[int], weights: list[int]) -> Fraction:
    """Values cut into stretches in every way; those whose means rise, at the smallest cost."""
    weighted = _checked(values, weights)
    size = len(values)
    best: Fraction | None = None
    for cuts in range(2 ** (size - 1)):
        ends = [i + 1 for i in range(size) if i == size - 1 or cuts >> i & 1]
        means, cost = [], Fraction(0)
        for start, end in zip([0, *ends], ends, strict=False):
            mass = sum(weighted[start:end])
            first = sum(w * y for w, y in zip(weighted[start:end], values[start:end], strict=True))
            square = sum(
                w * y * y for w, y in zip(weighted[start:end], values[start:end], strict=True)
            )
            means.append(Fraction(first, mass))
            cost += square - Fraction(first * first, mass)
        if means == sorted(means) and (best is None or cost < best):
            best = cost
    assert best is not None
    return best


def _checked(values: list[int], weights: list[int]) -> list[int]:
    weights = weights or [1] * len(values)
    if not 1 <= len(values) <= 12:
        raise ValueError(f"values must be 1 to 12 numbers, found {len(values)}")
    if len(weights) != len(values) or min(weights) < 1:
        raise ValueError(f"weights must be empty or {len(values)} numbers from 1, found {weights}")
    return weights
