"""What is done to gradients and weights beside the step: clipping, penalties, norms held in bounds."""

from __future__ import annotations

from math import copysign, hypot, sqrt

from .ranges import _in_float64, _not_negative, _numbers, _positive, _share

Vector = list[float]
Matrix = list[list[float]]


def clip_by_global_norm(gradients: Matrix, limit: float, together: bool = True) -> Matrix:
    """g · min(1, c/|g|), |g| over all tensors together, or of each   [Pascanu et al. 2013, alg. 1]"""
    _numbers(gradients=gradients, limit=limit)
    _positive(limit=limit)
    whole = hypot(*(g for tensor in gradients for g in tensor))
    norms = [whole if together else hypot(*tensor) for tensor in gradients]
    return [
        [g * min(1.0, limit / norm) if norm else g for g in tensor]
        for tensor, norm in zip(gradients, norms, strict=True)
    ]


def clip_by_global_norm_by_torch(gradients: Matrix, limit: float, together: bool = True) -> Matrix:
    """torch's unit vectors of the joined or single tensors, stretched where they were too long."""
    import torch

    _positive(limit=limit)
    parts = [torch.tensor(tensor, dtype=torch.float64) for tensor in gradients]
    joined = [torch.cat(parts)] if together else parts
    held = [
        limit * torch.nn.functional.normalize(g, dim=0, eps=1e-300) if g.norm() > limit else g
        for g in joined
    ]
    split = torch.split(held[0], [len(p) for p in parts]) if together else held
    return [[float(g) for g in part] for part in split]


def penalised_gradient(
    gradient: Vector, weights: Vector, l1: float = 0.0, l2: float = 0.0, halved: bool = True
) -> Vector:
    """g + λ₁ sign(w) + λ₂ w; 2 λ₂ w if the penalty is λ₂ Σ w²   [Goodfellow 2016, 7.1]"""
    _numbers(gradient=gradient, weights=weights, l1=l1, l2=l2)
    _not_negative(l1=l1, l2=l2)
    slope = l2 if halved else 2 * l2
    signs = [copysign(1, w) if w else 0.0 for w in weights]
    return [g + l1 * s + slope * w for g, s, w in zip(gradient, signs, weights, strict=True)]


def penalised_gradient_by_autograd(
    gradient: Vector, weights: Vector, l1: float = 0.0, l2: float = 0.0, halved: bool = True
) -> Vector:
    """The slope of g·w + λ₁ |w|₁ + λ₂ |w|²/2 that torch finds."""
    import torch

    _not_negative(l1=l1, l2=l2)
    if len(gradient) != len(weights):
        raise ValueError(f"gradient must have {len(weights)} entries, found {len(gradient)}")
    w = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
    linear = torch.tensor(gradient, dtype=torch.float64) @ w
    loss = linear + l1 * w.abs().sum() + l2 * (w**2).sum() / (2 if halved else 1)
    return [float(g) for g in torch.autograd.grad(loss, w)[0]]


def max_norm(rows: Matrix, limit: float) -> Matrix:
    """w · min(1, c/|w|) for the incoming weights of each unit   [Srivastava et al. 2014, 5.1]"""
    _numbers(rows=rows, limit=limit)
    _positive(limit=limit)
    norms = [sqrt(sum(w * w for w in row)) for row in rows]
    return [
        [w * limit / norm if norm > limit else w for w in row]
        for row, norm in zip(rows, norms, strict=True)
    ]


def max_norm_by_loop(rows: Matrix, limit: float) -> Matrix:
    """The nearest point of the ball, by bisection over the multiplier that pulls towards 0."""
    _positive(limit=limit)
    found = []
    for row in rows:
        low, high = 0.0, 1.0
        if sum(w * w for w in row) <= limit**2:
            low = 1.0
        for _ in range(80):
            middle = (low + high) / 2
            fits = sum((middle * w) ** 2 for w in row) <= limit**2
            low, high = (middle, high) if fits else (low, middle)
        found.append([low * w for w in row])
    return found


def max_norm_by_torch(rows: Matrix, limit: float) -> Matrix:
    """torch.renorm of each row; it divides by |w| + 1e-7, which no longer counts for rows and a limit 2⁴⁰
    times as long."""
    import torch

    _positive(limit=limit)
    longer = [torch.tensor([row], dtype=torch.float64) * 2.0**40 for row in rows]
    return [
        [float(w) for w in torch.renorm(row, 2, 0, limit * 2.0**40)[0] / 2.0**40] for row in longer
    ]


def decay_equilibrium(rate: float, decay: float, slope: float, coupled: bool = True) -> float:
    """|w| with |w|⁴ = η² s²/(1 − (1 − η λ)²): where decay balances steps across w of length η s/|w|

    For weights whose scale the loss ignores (before a normalisation layer), gradients are
    perpendicular to w and as long as s/|w|; about (η/2λ)^¼ √s   [van Laarhoven 2017]
    """
    _numbers(rate=rate, decay=decay, slope=slope)
    _balanced(rate, decay, slope)
    with _in_float64():
        kept = 1 - (rate * decay if coupled else decay)
        return float(((rate * slope) ** 2 / (1 - kept**2)) ** 0.25)


def decay_equilibrium_by_loop(
    rate: float, decay: float, slope: float, coupled: bool = True
) -> float:
    """The two parts of a step, perpendicular to each other, run until the length stands still."""
    _balanced(rate, decay, slope)
    length, before = sqrt(slope), 0.0
    for _ in range(200_000):
        if abs(length - before) <= 1e-15 * length:
            return length
        shrunk = length - length * (rate * decay if coupled else decay)
        length, before = hypot(shrunk, rate * slope / length), length
    raise ValueError(f"rate times decay must be larger to settle, found {rate * decay}")


def restoring_weight(gradient: float, penalty: float, halved: bool = True) -> float:
    """−g/λ: where a constant gradient and the penalty λ/2 w² balance"""
    _numbers(gradient=gradient, penalty=penalty)
    _positive(penalty=penalty)
    return -gradient / (penalty if halved else 2 * penalty)


def restoring_weight_by_torch(gradient: float, penalty: float, halved: bool = True) -> float:
    """torch.optim.SGD with the penalty as its weight decay, rate chosen to settle quickly."""
    import torch

    _positive(penalty=penalty)
    decay = penalty if halved else 2 * penalty
    w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=0.5 / decay, weight_decay=decay)
    w.grad = torch.tensor(float(gradient), dtype=torch.float64)
    for _ in range(120):
        optimiser.step()
    return float(w.detach())


def _balanced(rate: float, decay: float, slope: float) -> None:
    _positive(rate=rate, decay=decay, slope=slope)
    _share(**{"rate times decay": rate * decay, "decay": decay})
