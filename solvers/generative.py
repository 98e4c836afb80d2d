"""Autoencoders, Boltzmann machines and generative adversarial networks."""

from __future__ import annotations

import math
from itertools import combinations, pairwise, product
from typing import Literal

from .likelihoods import jensen_shannon, kullback_leibler
from .ranges import _in_float64, _numbers, _one_of

Machine = Literal["general Boltzmann machine", "restricted Boltzmann machine"]
SMALLEST = 1e-12  # below this a mean squared error is rounding


def links(machine: Machine, visible: int, hidden: int) -> int:
    """n (n - 1) / 2 with n = v + h, or v h if restricted   [Ackley et al. 1985; Smolensky 1986]"""
    _one_of(Machine, machine=machine)
    _check_positive(visible=visible, hidden=hidden)
    units = visible + hidden
    return visible * hidden if machine.startswith("restricted") else units * (units - 1) // 2


def links_by_counting(machine: Machine, visible: int, hidden: int) -> int:
    """The pairs of units, one at a time; if restricted, only those with one of either kind."""
    _check_positive(visible=visible, hidden=hidden)
    units = [("visible", i) for i in range(visible)] + [("hidden", i) for i in range(hidden)]
    between = machine == "restricted Boltzmann machine"
    return sum(1 for one, other in combinations(units, 2) if not between or one[0] != other[0])


def energy(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """E(s) = -Σ_(i<j) w_ij s_i s_j - Σ_i b_i s_i, s_i in {0, 1}   [Ackley et al. 1985]"""
    _numbers(weights=weights, offsets=offsets)
    _check_machine(weights, offsets, state)
    pairs = combinations(range(len(state)), 2)
    coupled = sum(weights[i][j] * state[i] * state[j] for i, j in pairs)
    return -coupled - sum(b * s for b, s in zip(offsets, state, strict=True))


def energy_by_numpy(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """-½ sᵀ W s - bᵀ s, the quadratic form."""
    import numpy as np

    _check_machine(weights, offsets, state)
    s = np.array(state, dtype=float)
    return float(-s @ np.array(weights) @ s / 2 - np.array(offsets) @ s)


def state_probability(weights: list[list[float]], offsets: list[float], state: list[int]) -> float:
    """P(s) = e^-E(s) / Z, Z over all 2^n states, T = 1   [Goodfellow et al. 2016, eq. 20.1]"""
    _numbers(weights=weights, offsets=offsets)
    _check_machine(weights, offsets, state)
    with _in_float64():
        every = product((0, 1), repeat=len(state))
        partition = sum(math.exp(-energy(weights, offsets, list(other))) for other in every)
        return math.exp(-energy(weights, offsets, state)) / partition


def state_probability_by_numpy(
    weights: list[list[float]], offsets: list[float], state: list[int]
) -> float:
    """Long-run share of the state when a random unit is redrawn by σ(input): the fixed point of
    that Markov chain."""
    import numpy as np

    _check_machine(weights, offsets, state)
    units = len(state)
    states = np.array(list(product((0, 1), repeat=units)))
    inputs = states @ np.array(weights) + np.array(offsets)
    moves = np.zeros((len(states), len(states)))
    for row, unit in product(range(len(states)), range(units)):
        on = row | 1 << (units - 1 - unit)
        chance = 1 / (1 + np.exp(-inputs[row, unit]))
        moves[row, on] += chance / units
        moves[row, on ^ 1 << (units - 1 - unit)] += (1 - chance) / units
    balance = np.vstack([moves.T - np.eye(len(states)), np.ones(len(states))])
    shares = np.linalg.lstsq(balance, np.eye(len(states) + 1)[-1], rcond=None)[0]
    return float(shares[int("".join(map(str, state)), 2)])


def on_probability(net_input: float, temperature: float) -> float:
    """P(unit is 1) = σ(input / T); T = 0 is Hopfield's threshold   [Ackley et al. 1985]"""
    _numbers(net_input=net_input, temperature=temperature)
    _check_temperature(net_input, temperature)
    with _in_float64():
        if temperature == 0:
            return float(net_input > 0)
        return 1 / (1 + math.exp(-net_input / temperature))


def on_probability_by_torch(net_input: float, temperature: float) -> float:
    """softmax of the negative energies of the unit's two states, 0 and -input, over T (T > 0);
    at T = 0 all probability goes to the lower energy."""
    import torch

    _check_temperature(net_input, temperature)
    energies = torch.tensor([0.0, -net_input], dtype=torch.float64)
    if temperature == 0:
        return float(energies.argmin())
    return float((-energies / temperature).softmax(0)[1])


def discriminator(real: float, generated: float) -> float:
    """D*(x) = p(x) / (p(x) + q(x)), data p and generator q   [Goodfellow et al. 2014, prop. 1]"""
    _numbers(real=real, generated=generated)
    _check_densities(real, generated)
    return real / (real + generated)


def discriminator_by_autograd(real: float, generated: float) -> float:
    """Bisection for the zero of autograd's slope of p log D + q log(1 - D), which is concave."""
    import torch

    _check_densities(real, generated)
    low, high = 0.0, 1.0
    for _ in range(60):
        answer = torch.tensor((low + high) / 2, dtype=torch.float64, requires_grad=True)
        gain = real * answer.log() + generated * (1 - answer).log()
        (slope,) = torch.autograd.grad(gain, answer)
        low, high = (answer.item(), high) if slope > 0 else (low, answer.item())
    return (low + high) / 2


def gan_value(real: list[float], generated: list[float]) -> float:
    """max_D V = Σ p log D* + q log(1 - D*), natural log   [Goodfellow et al. 2014, eq. 4]"""
    _numbers(real=real, generated=generated)
    _check_distributions(real, generated)
    return sum(_gain(p, q) for p, q in zip(real, generated, strict=True))


def gan_value_by_numpy(real: list[float], generated: list[float]) -> float:
    """-log 4 + KL(p ‖ m) + KL(q ‖ m), m = (p + q)/2   [Goodfellow et al. 2014, eq. 5]"""
    import numpy as np

    _check_distributions(real, generated)
    middle = (np.array(real) + np.array(generated)) / 2
    parts = [np.array(side)[np.array(side) > 0] for side in (real, generated)]
    middles = [middle[np.array(side) > 0] for side in (real, generated)]
    gaps = [float(np.sum(a * np.log(a / m))) for a, m in zip(parts, middles, strict=True)]
    return -math.log(4) + sum(gaps)


def generator_excess(real: list[float], generated: list[float]) -> float:
    """max_D V + log 4 = 2 JSD(p, q): what the generator can still gain, in nats
    [Goodfellow et al. 2014, eq. 6]"""
    _numbers(real=real, generated=generated)
    return gan_value(real, generated) + math.log(4)


def generator_excess_by_numpy(real: list[float], generated: list[float]) -> float:
    """2 JSD from entropies: 2 H((p + q)/2) - H(p) - H(q)."""
    import numpy as np

    _check_distributions(real, generated)

    def entropy(shares: list[float]) -> float:
        kept = np.array([share for share in shares if share > 0])
        return float(-np.sum(kept * np.log(kept)))

    middle = [(p + q) / 2 for p, q in zip(real, generated, strict=True)]
    return 2 * entropy(middle) - entropy(real) - entropy(generated)


def excess_over(
    divergence: Literal["forward KL", "reverse KL", "twice JS"],
    real: list[float],
    generated: list[float],
) -> float:
    """(max_D V + log 4) / a divergence of the two, 1 for twice the Jensen-Shannon one
    [Goodfellow et al. 2014, eq. 6]"""
    _one_of(("forward KL", "reverse KL", "twice JS"), divergence=divergence)
    measured = {
        "forward KL": lambda: kullback_leibler(real, generated),
        "reverse KL": lambda: kullback_leibler(generated, real),
        "twice JS": lambda: 2 * jensen_shannon(real, generated),
    }
    return generator_excess(real, generated) / measured[divergence]()


def excess_over_by_numpy(
    divergence: Literal["forward KL", "reverse KL", "twice JS"],
    real: list[float],
    generated: list[float],
) -> float:
    """The best discriminator found by search, outcome by outcome; entropies and cross-entropies."""
    import numpy as np

    _check_distributions(real, generated)
    p, q = np.array(real), np.array(generated)
    answers = np.linspace(0, 1, 1_000_001)[1:-1, None]
    game = (p * np.log(answers) + q * np.log(1 - answers)).max(axis=0).sum()

    def cross(one: np.ndarray, other: np.ndarray) -> float:
        return float(-(one * np.log(other)).sum())

    middle = (p + q) / 2
    measured = {
        "forward KL": cross(p, q) - cross(p, p),
        "reverse KL": cross(q, p) - cross(q, q),
        "twice JS": 2 * cross(middle, middle) - cross(p, p) - cross(q, q),
    }
    return float(game + math.log(4)) / measured[divergence]


def autoencoder_parameters(sizes: list[int], tied: bool = False) -> int:
    """Σ 2 a b weights (a b if tied) + a + b biases over the layers a -> b of encoder and mirror
    [Goodfellow et al. 2016, 14]"""
    _check_layers(sizes)
    return sum((1 if tied else 2) * a * b + a + b for a, b in pairwise(sizes))


def autoencoder_parameters_by_torch(sizes: list[int], tied: bool = False) -> int:
    """Real Linear layers on the way in and back; tied ones share the weight tensor."""
    import torch

    _check_layers(sizes)
    way = list(pairwise(sizes))
    encoder = [torch.nn.Linear(a, b, device="meta") for a, b in way]
    decoder = [torch.nn.Linear(b, a, device="meta") for a, b in reversed(way)]
    tensors = [values for layer in encoder for values in layer.parameters()]
    for layer in decoder:
        tensors += [layer.bias] if tied else list(layer.parameters())
    return sum(values.numel() for values in tensors)


def decoder_weight_shape(
    sizes: list[int], layer: int, outputs_first: bool = True
) -> tuple[int, int]:
    """(out, in) of the decoder's weight number `layer` (from 1), the encoder mirrored"""
    _check_decoder_layer(sizes, layer)
    fan_in, fan_out = sizes[::-1][layer - 1 : layer + 1]
    return (fan_out, fan_in) if outputs_first else (fan_in, fan_out)


def decoder_weight_shape_by_torch(
    sizes: list[int], layer: int, outputs_first: bool = True
) -> tuple[int, ...]:
    """The weight of a real Linear layer that continues from the code."""
    import torch

    _check_decoder_layer(sizes, layer)
    code = torch.empty(1, sizes[-1], device="meta")
    for size in sizes[-2::-1][:layer]:
        linear = torch.nn.Linear(code.shape[1], size, device="meta")
        code = linear(code)
    return tuple((linear.weight if outputs_first else linear.weight.T).shape)


def tail_sum(eigenvalues: list[float], code: int) -> float:
    """Least mean squared error of a linear autoencoder: the covariance's eigenvalues but for the
    `code` largest   [Baldi & Hornik 1989]"""
    _numbers(eigenvalues=eigenvalues)
    _check_code(len(eigenvalues), code)
    if min(eigenvalues) < 0:
        raise ValueError(f"eigenvalues must not be negative, found {eigenvalues}")
    return sum(sorted(eigenvalues, reverse=True)[code:])


def tail_sum_by_numpy(eigenvalues: list[float], code: int) -> float:
    """Data with that covariance along tilted axes; the error of their best rank-`code` copy."""
    import numpy as np

    _check_code(len(eigenvalues), code)
    if min(eigenvalues) < 0:
        raise ValueError(f"eigenvalues must not be negative, found {eigenvalues}")
    size = len(eigenvalues)
    tilt = np.linalg.qr(np.vander(np.arange(1.0, size + 1), size))[0]
    half = np.sqrt(size * np.array(eigenvalues, dtype=float))[:, None] * tilt.T
    points = np.vstack([half, -half])  # mean 0, covariance Σ λ_i t_i t_iᵀ
    left, strengths, right = np.linalg.svd(points, full_matrices=False)
    copy = left[:, :code] * strengths[:code] @ right[:code]
    return float(np.mean(np.sum((points - copy) ** 2, axis=1)))


def copying_error(points: list[list[float]], code: int) -> float:
    """Least mean squared error of a linear autoencoder with biases on these points: the tail sum of
    their covariance   [Baldi & Hornik 1989]"""
    import numpy as np

    _numbers(points=points)
    _check_points(points, code)
    covariance = np.atleast_2d(np.cov(np.array(points, dtype=float).T, bias=True))
    error = float(np.linalg.eigvalsh(covariance)[: len(points[0]) - code].sum())
    return error if error > SMALLEST else 0.0


def copying_error_by_torch(points: list[list[float]], code: int) -> float:
    """Centred points minus their projection onto the `code` strongest singular directions."""
    import torch

    _check_points(points, code)
    centred = torch.tensor(points, dtype=torch.float64)
    centred = centred - centred.mean(0)
    directions = torch.linalg.svd(centred, full_matrices=True).Vh[:code]
    rest = centred - centred @ directions.T @ directions
    error = float((rest**2).sum(1).mean())
    return error if error > SMALLEST else 0.0


def copying_gain(points: list[list[float]], code: int) -> float:
    """By how much that least error falls with one unit more: the next eigenvalue of the covariance,
    0 where none is left   [Baldi & Hornik 1989]"""
    import numpy as np

    _numbers(points=points)
    _check_points(points, code)
    covariance = np.atleast_2d(np.cov(np.array(points, dtype=float).T, bias=True))
    strengths = [*np.linalg.eigvalsh(covariance)[::-1], 0.0]
    return float(strengths[code]) if strengths[code] > SMALLEST else 0.0


def copying_gain_by_torch(points: list[list[float]], code: int) -> float:
    """The squared error of two projections compared; a code as wide as the points copies them."""
    wider = copying_error_by_torch(points, code + 1) if code < len(points[0]) else 0.0
    return copying_error_by_torch(points, code) - wider


def _gain(p: float, q: float) -> float:
    terms = ((p, p / (p + q)), (q, q / (p + q))) if p + q else ()
    return sum(share * math.log(answer) for share, answer in terms if share)


def _check_positive(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, found {size}")


def _check_machine(weights: list[list[float]], offsets: list[float], state: list[int]) -> None:
    units = range(len(state))
    if len(offsets) != len(units) or [len(row) for row in weights] != [len(units)] * len(units):
        raise ValueError(f"weights and offsets must fit {len(units)} units, found {weights}")
    if any(weights[i][j] != weights[j][i] or weights[i][i] for i in units for j in units):
        raise ValueError(f"weights must be symmetric with a zero diagonal, found {weights}")
    if not units or set(state) - {0, 1}:
        raise ValueError(f"state must be zeros and ones, found {state}")


def _check_temperature(net_input: float, temperature: float) -> None:
    if temperature < 0 or net_input == 0:
        raise ValueError(f"temperature must not be negative nor input 0, found {temperature}")


def _check_densities(real: float, generated: float) -> None:
    if real <= 0 or generated <= 0:
        raise ValueError(f"real and generated must be above 0, found {real} and {generated}")


def _check_distributions(real: list[float], generated: list[float]) -> None:
    for name, shares in (("real", real), ("generated", generated)):
        if len(shares) != len(real) or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
            raise ValueError(f"{name} must be {len(real)} probabilities of sum 1, found {shares}")


def _check_layers(sizes: list[int]) -> None:
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be at least 2 positive numbers, found {sizes}")


def _check_decoder_layer(sizes: list[int], layer: int) -> None:
    _check_layers(sizes)
    if not 1 <= layer < len(sizes):
        raise ValueError(f"layer must be from 1 to {len(sizes) - 1}, found {layer}")


def _check_code(size: int, code: int) -> None:
    if not 1 <= code <= size:
        raise ValueError(f"code must be from 1 to the number of inputs {size}, found {code}")


def _check_points(points: list[list[float]], code: int) -> None:
    if not points or any(len(point) != len(points[0]) for point in points):
        raise ValueError(f"points must all have the same size, found {points}")
    _check_code(len(points[0]), code)
