"""The ten digits as small noisy pictures, drawn anew for every net: a data set that needs no download."""

from __future__ import annotations

from typing import Any

from .random import normals, uniforms

Array = Any

ROWS, COLUMNS = 7, 5
_ROOT = 7301
# Three columns by five rows, as on a pocket calculator.
_GLYPHS = (
    "### .#. ### ### #.# ### ### ### ### ###",
    "#.# ##. ..# ..# #.# #.. #.. ..# #.# #.#",
    "#.# .#. ### .## ### ### ### .#. ### ###",
    "#.# .#. #.. ..# ..# ..# #.# .#. #.# ..#",
    "### ### ### ### ..# ### ### .#. ### ###",
)


def digits(
    nets: range,
    stream: str,
    points: int,
    noise: float = 0.5,
    shift: int = 0,
    negatives: bool = False,
) -> tuple[Array, Array]:
    """Pictures of 7 × 5 pixels [points, 35, K], and as one of ten which digit each shows [points, 10, K]

    The digits in turn, ink 1 on paper −1, moved from the middle by up to `shift` pixels (0 or 1) each
    way, with normal noise of deviation `noise`. With `negatives` a coin first turns ink and paper round.
    """
    import numpy

    if shift not in (0, 1):
        raise ValueError(f"shift must be 0 or 1, found {shift}")
    which = numpy.arange(points) % 10
    coins = uniforms(_ROOT, f"{stream} coins", nets, (points, 3))
    down, right = (1 - shift + (coins[:, way] * (2 * shift + 1)).astype(int) for way in (0, 1))
    pictures = _placed()[which[:, None], down, right]
    if negatives:
        pictures = pictures * numpy.where(coins[:, 2] < 0.5, -1.0, 1.0)[..., None]
    spots = noise * normals(_ROOT, f"{stream} noise", nets, (points, ROWS * COLUMNS))
    targets = numpy.repeat(numpy.eye(10)[which][..., None], len(nets), axis=2)
    return pictures.transpose(0, 2, 1) + spots, targets


def accuracy(outputs: Array, targets: Array) -> Array:
    """For each net the share of points whose largest output is their class's; both [points, classes, K]"""
    return (outputs.argmax(axis=1) == targets.argmax(axis=1)).mean(axis=0)


def _placed() -> Array:
    """Every digit in each of its nine places [10, 3, 3, 35], ink 1 and paper −1."""
    import numpy

    marks = [[[mark == "#" for mark in glyph] for glyph in row.split()] for row in _GLYPHS]
    ink = numpy.where(numpy.array(marks), 1.0, -1.0).transpose(1, 0, 2)
    pages = numpy.full((10, 3, 3, ROWS, COLUMNS), -1.0)
    for down in range(3):
        for right in range(3):
            pages[:, down, right, down : down + 5, right : right + 3] = ink
    return pages.reshape(10, 3, 3, -1)
