"""How near two vectors are: angles with a margin, radial units, and losses on triplets."""

from __future__ import annotations

import math

from .ranges import _in_float64, _numbers

Vector = list[float]


def cosine(first: Vector, second: Vector) -> float:
    """x · y/(‖x‖ ‖y‖)"""
    _numbers(first=first, second=second)
    _check_vectors(first, second)
    with _in_float64():
        return _dot(first, second) / math.sqrt(_dot(first, first) * _dot(second, second))


def cosine_by_numpy(first: Vector, second: Vector) -> float:
    """1 − ½ ‖x̂ − ŷ‖² of the vectors brought to length 1."""
    import numpy as np

    _check_vectors(first, second)
    one, other = (np.array(v) / np.linalg.norm(v) for v in (first, second))
    return float(1 - np.sum((one - other) ** 2) / 2)


def arcface_logit(cosine: float, margin: float, scale: float) -> float:
    """s cos(θ + m) for the true class, θ = arccos of the cosine; θ + m ≤ π   [Deng et al. 2019]"""
    _numbers(cosine=cosine, margin=margin, scale=scale)
    _check_margin(cosine, margin, scale)
    return scale * math.cos(math.acos(cosine) + margin)


def arcface_logit_by_torch(cosine: float, margin: float, scale: float) -> float:
    """cos θ cos m − sin θ sin m, the real part of torch's turned unit number."""
    import torch

    _check_margin(cosine, margin, scale)
    direction = torch.complex(*torch.tensor([[cosine], [1 - cosine**2]], dtype=torch.float64))
    direction = torch.complex(direction.real, direction.imag.sqrt())
    turn = torch.polar(*torch.tensor([[1.0], [margin]], dtype=torch.float64))
    return float(scale * (direction * turn).real)


def cosface_logit(cosine: float, margin: float, scale: float) -> float:
    """s (cos θ − m) for the true class   [Wang et al. 2018]"""
    _numbers(cosine=cosine, margin=margin, scale=scale)
    _check_margin(cosine, margin, scale)
    return scale * (cosine - margin)


def cosface_logit_by_torch(cosine: float, margin: float, scale: float) -> float:
    """Two vectors at that angle: what torch's cosine_embedding_loss finds above the margin, less what its
    margin_ranking_loss finds missing to it."""
    import torch
    from torch.nn import functional as F

    _check_margin(cosine, margin, scale)
    weight, feature = torch.tensor(
        [[[3.0, 0.0]], [[5 * cosine, 5 * math.sqrt(1 - cosine**2)]]], dtype=torch.float64
    )
    angle = F.cosine_similarity(weight, feature)
    above = F.cosine_embedding_loss(weight, feature, torch.tensor([-1]), margin)
    missing = F.margin_ranking_loss(angle, 0 * angle, torch.ones_like(angle), margin)
    return float(scale * (above - missing))


def radial_unit(inputs: Vector, centre: Vector, width: float) -> float:
    """exp(−‖x − c‖²/(2σ²)): output of a Gaussian RBF unit   [Broomhead & Lowe 1988]"""
    _numbers(inputs=inputs, centre=centre, width=width)
    _check_radial(inputs, centre, width)
    with _in_float64():
        square = math.fsum((x - c) ** 2 for x, c in zip(inputs, centre, strict=True))
        return math.exp(-square / (2 * width**2))


def radial_unit_by_torch(inputs: Vector, centre: Vector, width: float) -> float:
    """One factor per dimension, each a Gaussian likelihood over its peak."""
    import torch

    _check_radial(inputs, centre, width)
    x, c = (torch.tensor(each, dtype=torch.float64) for each in (inputs, centre))
    loss = torch.nn.functional.gaussian_nll_loss(
        x, c, torch.full_like(x, width**2), reduction="sum", eps=1e-300
    )
    peak = torch.full_like(x, width).log().sum()
    return float((peak - loss).exp())


def triplet_loss(anchor: Vector, positive: Vector, negative: Vector, margin: float) -> float:
    """max(0, ‖a − p‖² − ‖a − n‖² + margin)   [FaceNet: Schroff et al. 2015, eq. 1-2]"""
    _numbers(anchor=anchor, positive=positive, negative=negative, margin=margin)
    _check_triplet(anchor, positive, negative, margin)
    near, far = (math.dist(anchor, other) ** 2 for other in (positive, negative))
    return max(0.0, near - far + margin)


def triplet_loss_by_torch(
    anchor: Vector, positive: Vector, negative: Vector, margin: float
) -> float:
    """torch's triplet loss with squared distances of its own mean-square loss."""
    import torch

    _check_triplet(anchor, positive, negative, margin)
    loss = torch.nn.functional.triplet_margin_with_distance_loss(
        *torch.tensor([[anchor], [positive], [negative]], dtype=torch.float64),
        distance_function=lambda a, b: ((a - b) ** 2).sum(-1),
        margin=margin,
    )
    return float(loss)


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def _check_vectors(first: Vector, second: Vector) -> None:
    if len(first) != len(second) or not any(first) or not any(second):
        raise ValueError("first and second must have as many entries, not all 0")


def _check_margin(cosine: float, margin: float, scale: float) -> None:
    if not -1 <= cosine <= 1 or scale <= 0:
        raise ValueError(f"cosine must be −1 to 1, scale above 0, found {cosine} and {scale}")
    if margin < 0 or math.acos(cosine) + margin > math.pi:
        raise ValueError(f"margin must be 0 or more and leave the angle below π, found {margin}")


def _check_radial(inputs: Vector, centre: Vector, width: float) -> None:
    if not inputs or len(centre) != len(inputs) or width <= 0:
        raise ValueError(f"centre must have {len(inputs)} entries and width be above 0: {width}")


def _check_triplet(anchor: Vector, positive: Vector, negative: Vector, margin: float) -> None:
    if not anchor or {len(positive), len(negative)} != {len(anchor)}:
        raise ValueError(f"positive and negative must have {len(anchor)} entries like the anchor")
    if margin <= 0:
        raise ValueError(f"margin must be above 0, found {margin}")
