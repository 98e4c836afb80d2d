"""Region proposals: how alike two regions are, by which selective search merges them."""

from __future__ import annotations

from fractions import Fraction


def histogram_intersection(first: list[int], second: list[int]) -> Fraction:
    """Σ min(pᵢ, qᵢ) of the histograms brought to sum 1   [Uijlings et al. 2013, 3.2]"""
    _check_histograms(first, second)
    whole, other = sum(first), sum(second)
    return sum(
        (min(Fraction(a, whole), Fraction(b, other)) for a, b in zip(first, second, strict=True)),
        Fraction(0),
    )


def histogram_intersection_by_fractions(first: list[int], second: list[int]) -> Fraction:
    """1 − ½ Σ |pᵢ − qᵢ|, half the distance of the shares."""
    _check_histograms(first, second)
    pairs = zip(first, second, strict=True)
    apart = sum(abs(a * sum(second) - b * sum(first)) for a, b in pairs)
    return 1 - Fraction(apart, 2 * sum(first) * sum(second))


def size_similarity(first: int, second: int, image: int) -> Fraction:
    """1 − (size₁ + size₂)/size of the image, in pixels   [Uijlings et al. 2013, 3.2]"""
    _check_regions(first, second, image)
    return 1 - Fraction(first + second, image)


def size_similarity_by_counting(first: int, second: int, image: int) -> Fraction:
    """Pixels of a real row that are in neither region."""
    _check_regions(first, second, image)
    row = [1] * first + [2] * second + [0] * (image - first - second)
    return Fraction(row.count(0), len(row))


def fill_similarity(
    first: list[int], second: list[int], first_size: int, second_size: int, image: int
) -> Fraction:
    """1 − (|box around both| − size₁ − size₂)/size of the image   [Uijlings et al. 2013, 3.2]

    Boxes are [left, top, right, bottom] around the regions, edges as coordinates.
    """
    hull = _check_fill(first, second, first_size, second_size, image)
    area = (hull[2] - hull[0]) * (hull[3] - hull[1])
    return 1 - Fraction(area - first_size - second_size, image)


def fill_similarity_by_counting(
    first: list[int], second: list[int], first_size: int, second_size: int, image: int
) -> Fraction:
    """Unit squares of the box around both struck off, one for each pixel of the regions."""
    hull = _check_fill(first, second, first_size, second_size, image)
    squares = [(x, y) for x in range(hull[0], hull[2]) for y in range(hull[1], hull[3])]
    holes = len(squares) - len([*range(first_size), *range(second_size)])
    return Fraction(sum(1 for _ in range(image)) - holes, image)


def _check_histograms(first: list[int], second: list[int]) -> None:
    if len(first) != len(second) or not first or min([*first, *second]) < 0:
        raise ValueError("first and second must be as many counts of 0 or more")
    if not any(first) or not any(second):
        raise ValueError("first and second must each count something")


def _check_regions(first: int, second: int, image: int) -> None:
    if min(first, second) < 1 or first + second > image:
        raise ValueError(f"regions must be of 1 pixel at least and fit the image of {image}")


def _check_fill(
    first: list[int], second: list[int], first_size: int, second_size: int, image: int
) -> list[int]:
    for name, box, size in (("first", first, first_size), ("second", second, second_size)):
        if len(box) != 4 or not 1 <= size <= (box[2] - box[0]) * (box[3] - box[1]):
            raise ValueError(f"{name} must be a box around its {size} pixels, found {box}")
    low = [min(a, b) for a, b in zip(first[:2], second[:2], strict=True)]
    high = [max(a, b) for a, b in zip(first[2:], second[2:], strict=True)]
    area = (high[0] - low[0]) * (high[1] - low[1])
    if not first_size + second_size <= area <= image:
        raise ValueError(f"image must be at least the box around both, {area}, found {image}")
    return low + high
