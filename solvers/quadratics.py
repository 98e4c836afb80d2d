"""Descent on quadratic losses ½ Σ h w²: limits of the rate, conditioning, speed, noise."""

from __future__ import annotations

from math import ceil, log, sqrt
from typing import Literal

from .ranges import _count, _finite, _inside, _numbers, _one_of, _positive, _same_length, _share

Method = Literal["plain", "heavy-ball", "averaged", "nesterov"]
MOST_ITERATIONS = 100_000


def stability_limit(curvature: float, method: Method = "plain", momentum: float = 0.0) -> float:
    """2/h; heavy ball 2 (1 + β)/h, averaged that over 1 − β, Nesterov 2 (1 + β)/((1 + 2β) h)

    The rates below it converge on the loss h w²/2   [Polyak 1964; LeCun et al. 1998, 5]
    """
    _numbers(curvature=curvature, momentum=momentum)
    _one_of(Method, method=method)
    beta = _momentum(method, momentum)
    _positive(curvature=curvature)
    widened = {"plain": 1.0, "heavy-ball": 1 + beta, "averaged": (1 + beta) / (1 - beta)}
    return 2 / curvature * widened.get(method, (1 + beta) / (1 + 2 * beta))


def stability_limit_by_numpy(
    curvature: float, method: Method = "plain", momentum: float = 0.0
) -> float:
    """Bisection over the rate: is the step's matrix contracting, by numpy's eigenvalues?"""
    import numpy as np

    beta = _momentum(method, momentum)
    _positive(curvature=curvature)
    low, high = 0.0, 4 / (curvature * (1 - beta))
    for _ in range(100):
        middle = (low + high) / 2
        sizes = np.abs(np.linalg.eigvals(_step_matrix(middle * curvature, method, beta)))
        low, high = (middle, high) if sizes.max() < 1 else (low, middle)
    return low


def contraction(
    curvature: float, rate: float, method: Method = "plain", momentum: float = 0.0
) -> float:
    """Largest |root| of z² − t z + d: the factor by which distances shrink per step in the long run

    t = 1 + β − η h and d = β; Nesterov t = (1 + β)(1 − η h), d = β (1 − η h)   [Polyak 1964]
    """
    _numbers(curvature=curvature, rate=rate, momentum=momentum)
    _one_of(Method, method=method)
    beta = _momentum(method, momentum)
    _positive(curvature=curvature, rate=rate)
    product = rate * curvature * (1 - beta if method == "averaged" else 1)
    trace, determinant = 1 + beta - product, beta
    if method == "nesterov":
        trace, determinant = (1 + beta) * (1 - product), beta * (1 - product)
    inner = trace**2 - 4 * determinant
    if inner <= 1e-14:
        return sqrt(determinant)
    return (abs(trace) + sqrt(inner)) / 2


def contraction_by_loop(
    curvature: float, rate: float, method: Method = "plain", momentum: float = 0.0
) -> float:
    """Bisection over the radius of a circle: does Jury's test find both eigenvalues inside?"""
    beta = _momentum(method, momentum)
    _positive(curvature=curvature, rate=rate)
    low, high = 0.0, 4 + rate * curvature / (1 - beta)
    (a, b), (c, d) = _step_matrix(rate * curvature, method, beta)
    for _ in range(200):
        radius = (low + high) / 2
        trace, determinant = (a + d) / radius, (a * d - b * c) / radius**2
        within = determinant < 1 and abs(trace) < 1 + determinant + 1e-15
        low, high = (low, radius) if within else (radius, high)
    return high


def aim(point: list[float], curvatures: list[float]) -> float:
    """Σ h w²/(‖h w‖ ‖w‖): cosine between the step −η ∇ and the way to the minimum of ½ Σ h w² at 0

    [Boyd & Vandenberghe 2004, 9.3.2]
    """
    _numbers(point=point, curvatures=curvatures)
    _aimed(point, curvatures)
    slopes = [h * w for h, w in zip(curvatures, point, strict=True)]
    along = sum(g * w for g, w in zip(slopes, point, strict=True))
    return along / sqrt(sum(g * g for g in slopes) * sum(w * w for w in point))


def aim_by_autograd(point: list[float], curvatures: list[float]) -> float:
    """The slope that torch finds for the loss, turned round, beside the way back to the minimum."""
    import torch

    _aimed(point, curvatures)
    w = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    loss = (torch.tensor(curvatures, dtype=torch.float64) * w**2).sum() / 2
    (slope,) = torch.autograd.grad(loss, w)
    return float(torch.nn.functional.cosine_similarity(-slope, -w.detach(), dim=0))


def condition_number(curvatures: list[float]) -> float:
    """κ = h_max/h_min   [Boyd & Vandenberghe 2004, 9.1.2]"""
    _numbers(curvatures=curvatures)
    _curved(curvatures)
    return max(curvatures) / min(curvatures)


def condition_number_by_numpy(curvatures: list[float]) -> float:
    """numpy's condition number of the diagonal Hessian."""
    import numpy as np

    _curved(curvatures)
    return float(np.linalg.cond(np.diag(curvatures)))


def best_rate(curvatures: list[float]) -> float:
    """2/(h_min + h_max): the fixed rate whose slowest direction is fastest   [LeCun et al. 1998, 5]"""
    _numbers(curvatures=curvatures)
    _curved(curvatures)
    return 2 / (min(curvatures) + max(curvatures))


def best_rate_by_loop(curvatures: list[float]) -> float:
    """Ternary search for the rate with the least of the largest |1 − η h|."""
    _curved(curvatures)
    low, high = 0.0, 2 / min(curvatures)
    for _ in range(300):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        worst = [max(abs(1 - rate * h) for h in curvatures) for rate in (left, right)]
        low, high = (low, right) if worst[0] < worst[1] else (left, high)
    return low


def best_contraction(curvatures: list[float], method: Literal["plain", "heavy-ball"]) -> float:
    """(κ − 1)/(κ + 1) plain, (√κ − 1)/(√κ + 1) heavy ball, at the best settings   [Polyak 1964]"""
    _numbers(curvatures=curvatures)
    _one_of(("plain", "heavy-ball"), method=method)
    _curved(curvatures)
    kappa = condition_number(curvatures)
    root = kappa if method == "plain" else sqrt(kappa)
    return (root - 1) / (root + 1)


def best_contraction_by_loop(
    curvatures: list[float], method: Literal["plain", "heavy-ball"]
) -> float:
    """Plain: at the rate searched for; heavy ball: √β of the least β that swings everywhere."""
    _curved(curvatures)
    if method == "plain":
        rate = best_rate_by_loop(curvatures)
        return max(abs(1 - rate * h) for h in curvatures)
    return sqrt(heavy_ball_momentum_by_loop(curvatures))


def heavy_ball_momentum(curvatures: list[float]) -> float:
    """((√κ − 1)/(√κ + 1))²: the momentum that converges fastest   [Polyak 1964]"""
    _numbers(curvatures=curvatures)
    _curved(curvatures)
    root = sqrt(max(curvatures) / min(curvatures))
    return ((root - 1) / (root + 1)) ** 2


def heavy_ball_momentum_by_loop(curvatures: list[float]) -> float:
    """Bisection: the least β for which one rate gives all curvatures complex roots, of size √β."""
    _curved(curvatures)
    low, high = 0.0, 1.0
    for _ in range(200):
        share = (low + high) / 2  # is √β, to keep its digits
        fastest, slowest = (1 + share) ** 2 / max(curvatures), (1 - share) ** 2 / min(curvatures)
        low, high = (low, share) if slowest <= fastest else (share, high)
    return high * high


def heavy_ball_rate(curvatures: list[float]) -> float:
    """4/(√h_min + √h_max)²: the rate that goes with the best momentum   [Polyak 1964]"""
    _numbers(curvatures=curvatures)
    _curved(curvatures)
    return 4 / (sqrt(min(curvatures)) + sqrt(max(curvatures))) ** 2


def heavy_ball_rate_by_loop(curvatures: list[float]) -> float:
    """With the momentum searched for: where the steepest direction's discriminant is 0."""
    _curved(curvatures)
    share = sqrt(heavy_ball_momentum_by_loop(curvatures))
    return (1 + 2 * share + share * share) / max(curvatures)


def iterations_to(tolerance: float, contraction: float) -> int:
    """⌈ln ε/ln ρ⌉: the first n with ρⁿ ≤ ε"""
    _inside(tolerance=tolerance, contraction=contraction)
    return ceil(log(tolerance) / log(contraction) - 1e-9)


def iterations_to_by_loop(tolerance: float, contraction: float) -> int:
    """The factor multiplied up until it is within the tolerance."""
    _inside(tolerance=tolerance, contraction=contraction)
    left, steps = 1.0, 0
    while left > tolerance * (1 + 1e-10):
        left, steps = left * contraction, steps + 1
        if steps > MOST_ITERATIONS:
            raise ValueError(f"contraction must be below 1 by more, found {contraction}")
    return steps


def iterations(
    curvatures: list[float], rate: float, tolerance: float, momentum: float = 0.0
) -> int:
    """Steps of v ← β v + g, w ← w − η v from all ones until every |w| stays within ε, counted by running"""
    _numbers(curvatures=curvatures, rate=rate, tolerance=tolerance, momentum=momentum)
    _run(curvatures, rate, tolerance, momentum)
    return max(_last_outside(h, rate, tolerance, momentum) for h in curvatures) + 1


def iterations_by_torch(
    curvatures: list[float], rate: float, tolerance: float, momentum: float = 0.0
) -> int:
    """torch.optim.SGD on the loss, until it has been within for 500 steps; the last one outside."""
    import torch

    _run(curvatures, rate, tolerance, momentum)
    w = torch.ones(len(curvatures), dtype=torch.float64, requires_grad=True)
    h = torch.tensor(curvatures, dtype=torch.float64)
    optimiser = torch.optim.SGD([w], lr=rate, momentum=momentum)
    outside = step = 0
    while step < outside + 500:
        w.grad = h * w.detach()
        optimiser.step()
        step += 1
        if float(w.detach().abs().max()) > tolerance * (1 + 1e-10):
            outside = step
        if step > MOST_ITERATIONS:
            raise ValueError(f"tolerance {tolerance} must be reached in {MOST_ITERATIONS} steps")
    return outside + 1


def stationary_variance(
    curvature: float, rate: float, noise: float, batch: int = 1, momentum: float = 0.0
) -> float:
    """η σ²/(b h) (1 + β)/((1 − β)(2 (1 + β) − η h)): variance of w under noisy gradients h w + ξ

    σ² is the variance of one example's ξ, drawn independently   [Mandt et al. 2017, at small η]
    """
    _numbers(curvature=curvature, rate=rate, noise=noise, momentum=momentum)
    _stationary(curvature, rate, noise, batch, momentum)
    spread = rate * noise / (batch * curvature)
    return spread * (1 + momentum) / ((1 - momentum) * (2 * (1 + momentum) - rate * curvature))


def stationary_variance_by_numpy(
    curvature: float, rate: float, noise: float, batch: int = 1, momentum: float = 0.0
) -> float:
    """The covariance of (w, v) that a step leaves as it is, solved for as a linear system."""
    import numpy as np

    _stationary(curvature, rate, noise, batch, momentum)
    step = np.array([[1 - rate * curvature, -rate * momentum], [curvature, momentum]])
    entered = np.array([-rate, 1.0])
    drive = np.outer(entered, entered) * noise / batch
    system = np.eye(4) - np.kron(step, step)
    return float(np.linalg.solve(system, drive.ravel())[0])


def _step_matrix(product: float, method: Method, beta: float) -> list[list[float]]:
    """(w, velocity) -> (w, velocity) of one step, curvature and rate multiplied into one."""
    if method == "plain":
        return [[1 - product, 0.0], [0.0, 0.0]]
    if method == "nesterov":
        return [[1 - product * (1 + beta), -(beta**2)], [product, beta]]
    gain = 1 - beta if method == "averaged" else 1.0
    return [[1 - gain * product, -beta], [gain * product, beta]]


def _last_outside(curvature: float, rate: float, tolerance: float, momentum: float) -> int:
    """The last step after which w is farther off than the tolerance."""
    weight, velocity, last, step = 1.0, 0.0, 0, 0
    while step < last + 500:
        velocity = momentum * velocity + curvature * weight
        weight -= rate * velocity
        step += 1
        if abs(weight) > tolerance * (1 + 1e-10):
            last = step
        if step > MOST_ITERATIONS:
            raise ValueError(f"tolerance {tolerance} must be reached in {MOST_ITERATIONS} steps")
    return last


def _run(curvatures: list[float], rate: float, tolerance: float, momentum: float) -> None:
    _curved(curvatures)
    _inside(tolerance=tolerance)
    _positive(rate=rate)
    limit = stability_limit(max(curvatures), "heavy-ball", momentum)
    if rate >= limit:
        raise ValueError(f"rate must be below the limit {_finite(limit):g}, found {rate}")


def _momentum(method: Method, momentum: float) -> float:
    _share(momentum=momentum)
    if method == "plain" and momentum:
        raise ValueError(f"momentum must be 0 for the plain method, found {momentum}")
    return momentum


def _curved(curvatures: list[float]) -> None:
    _count(**{"the number of curvatures": len(curvatures)})
    _positive(**{"the least curvature": min(curvatures)})


def _aimed(point: list[float], curvatures: list[float]) -> None:
    _same_length(point=point, curvatures=curvatures)
    _curved(curvatures)
    _positive(**{"the distance to the minimum": max(map(abs, point), default=0.0)})


def _stationary(curvature: float, rate: float, noise: float, batch: int, momentum: float) -> None:
    _positive(curvature=curvature, rate=rate, noise=noise)
    _count(batch=batch)
    limit = stability_limit(curvature, "heavy-ball", momentum)
    if rate >= limit:
        raise ValueError(f"rate must be below the limit {limit:g}, found {rate}")
