"""Feature scaling and batch normalisation."""

from __future__ import annotations

import math
from typing import Literal

from .ranges import _in_float64, _numbers, _one_of

Method = Literal["min-max", "mean", "z-score", "max-abs"]


def _mean(values: list[float]) -> float:
    if not values:
        raise ValueError("values must not be empty")
    return sum(values) / len(values)


def _variance(values: list[float], sample: bool) -> float:
    if len(values) < 1 + sample:
        raise ValueError(f"values must be at least {1 + sample}, found {len(values)}")
    centre = _mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - sample)


def _spread_out(values: list[float]) -> None:
    if len(values) < 2 or min(values) == max(values):
        raise ValueError(f"values must not all be equal, found {values}")


# Feature scaling


def scaled(values: list[float], method: Method, sample: bool = False) -> list[float]:
    """(x − shift)/width, z-score: (x − μ)/σ with σ by n or n − 1   [LeCun et al. 1998, 4.3]"""
    _numbers(values=values)
    _one_of(Method, method=method)
    _spread_out(values)
    with _in_float64():
        shifts = {"min-max": min(values), "max-abs": 0.0}
        widths = {
            "z-score": math.sqrt(_variance(values, sample)),
            "max-abs": max(map(abs, values)),
        }
        shift = shifts.get(method, _mean(values))
        width = widths.get(method, max(values) - min(values))
        return [(value - shift) / width for value in values]


def scaled_by_torch(values: list[float], method: Method, sample: bool = False) -> list[float]:
    """torch's normalize, layer_norm and interpolation between the ends, put together."""
    import numpy as np
    import torch

    _spread_out(values)
    x = torch.tensor(values, dtype=torch.float64)
    if method == "max-abs":
        y = torch.nn.functional.normalize(x, p=math.inf, dim=0)
    elif method == "z-score":
        y = torch.nn.functional.layer_norm(x, x.shape, eps=0.0)
        y = y * math.sqrt((len(values) - 1) / len(values)) if sample else y
    else:
        y = torch.tensor(np.interp(values, [min(values), max(values)], [0.0, 1.0]))
        y = y - y.mean() if method == "mean" else y
    return [float(value) for value in y]


def all_scalings(items: list[str], values: list[float]) -> dict[str, str]:
    """The values after each scaling (population σ), to 3 decimals."""
    return {item: _shown(scaled(values, _method(item))) for item in items}


def all_scalings_by_torch(items: list[str], values: list[float]) -> dict[str, str]:
    """The same scalings from torch's functions."""
    return {item: _shown(scaled_by_torch(values, _method(item))) for item in items}


def _method(item: str) -> Method:
    methods: tuple[Method, ...] = ("min-max", "mean", "z-score", "max-abs")
    for method in methods:
        if method == item:
            return method
    raise ValueError(f"an item must be one of {', '.join(methods)}, found {item}")


def _shown(values: list[float]) -> str:
    return "[" + ", ".join(f"{round(v, 3) + 0.0:g}".replace("-", "−") for v in values) + "]"


def min_max_to(value: float, low: float, high: float, new_low: float, new_high: float) -> float:
    """a + (x − min)(b − a)/(max − min): min-max scaling to [a, b]."""
    _numbers(value=value, low=low, high=high, new_low=new_low, new_high=new_high)
    if not low < high:
        raise ValueError(f"low must be below high, found {low} and {high}")
    return new_low + (value - low) * (new_high - new_low) / (high - low)


def min_max_to_by_numpy(
    value: float, low: float, high: float, new_low: float, new_high: float
) -> float:
    """The straight line through (min, a) and (max, b), solved for as a linear system."""
    import numpy as np

    if not low < high:
        raise ValueError(f"low must be below high, found {low} and {high}")
    slope, offset = np.linalg.solve([[low, 1.0], [high, 1.0]], [new_low, new_high])
    return float(slope * value + offset)


def smallest_scaled(values: list[float], method: Method) -> float:
    """The smallest value after scaling."""
    _numbers(values=values)
    _one_of(Method, method=method)
    return min(scaled(values, method))


def smallest_scaled_by_torch(values: list[float], method: Method) -> float:
    """The same from torch's functions."""
    return min(scaled_by_torch(values, method))


def ratio_kept(values: list[float], method: Method) -> float:
    """last/first after scaling over last/first before: 1 if scaling only multiplies."""
    _numbers(values=values)
    _one_of(Method, method=method)
    after = scaled(values, method)
    if 0 in (values[0], values[-1], after[0]):
        raise ValueError(f"the first value must not be or become 0, found {values}")
    return after[-1] / after[0] / (values[-1] / values[0])


def ratio_kept_by_torch(values: list[float], method: Method) -> float:
    """The same from torch's functions, as one product."""
    after = scaled_by_torch(values, method)
    if 0 in (values[0], values[-1], after[0]):
        raise ValueError(f"the first value must not be or become 0, found {values}")
    return (after[-1] * values[0]) / (after[0] * values[-1])


def hessian_condition(first: float, second: float) -> float:
    """(σ_max/σ_min)²: condition of the squared loss's Hessian, uncorrelated features."""
    _numbers(first=first, second=second)
    if not (first > 0 and second > 0):
        raise ValueError(f"standard deviations must be above 0, found {first} and {second}")
    with _in_float64():
        return (max(first, second) / min(first, second)) ** 2


def hessian_condition_by_autograd(first: float, second: float) -> float:
    """Eigenvalues of the Hessian that torch finds for the loss on four real examples."""
    import torch

    if not (first > 0 and second > 0):
        raise ValueError(f"standard deviations must be above 0, found {first} and {second}")
    x = torch.tensor([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=torch.float64)
    x = x * torch.tensor([first, second], dtype=torch.float64)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return ((x @ weights - 1.0) ** 2).mean()

    hessian = torch.func.jacrev(torch.func.jacrev(loss))(torch.zeros(2, dtype=torch.float64))
    curvatures = torch.linalg.eigvalsh(hessian)
    return float(curvatures[-1] / curvatures[0])


# Batch normalisation


def batch_norm_training(
    values: list[float], scale: float, shift: float, sample: bool = False
) -> list[float]:
    """γ (x − μ_B)/σ_B + β, σ_B² over the batch by n, ε → 0   [Ioffe & Szegedy 2015, algorithm 1]"""
    _numbers(values=values, scale=scale, shift=shift)
    _spread_out(values)
    centre, deviation = _mean(values), math.sqrt(_variance(values, sample))
    return [scale * (value - centre) / deviation + shift for value in values]


def batch_norm_training_by_torch(
    values: list[float], scale: float, shift: float, sample: bool = False
) -> list[float]:
    """A real BatchNorm1d in training; for the sample variance, in evaluation with torch's var."""
    import torch

    _spread_out(values)
    layer = torch.nn.BatchNorm1d(1, eps=1e-30, dtype=torch.float64)
    torch.nn.init.constant_(layer.weight, scale)
    torch.nn.init.constant_(layer.bias, shift)
    x = torch.tensor(values, dtype=torch.float64)[:, None]
    if sample:
        layer.eval()
        layer.running_mean, layer.running_var = x.mean(0), x.var(0)
    return [float(value) for value in layer(x)[:, 0].detach()]


def batch_norm_inference(
    value: float, running_mean: float, running_variance: float, scale: float, shift: float
) -> float:
    """γ (x − μ)/√σ² + β with the running statistics, ε → 0   [Ioffe & Szegedy 2015, algorithm 2]"""
    _numbers(
        value=value,
        running_mean=running_mean,
        running_variance=running_variance,
        scale=scale,
        shift=shift,
    )
    if not running_variance > 0:
        raise ValueError(f"running_variance must be above 0, found {running_variance}")
    return scale * (value - running_mean) / math.sqrt(running_variance) + shift


def batch_norm_inference_by_torch(
    value: float, running_mean: float, running_variance: float, scale: float, shift: float
) -> float:
    """A real BatchNorm1d in evaluation."""
    import torch

    if not running_variance > 0:
        raise ValueError(f"running_variance must be above 0, found {running_variance}")
    layer = torch.nn.BatchNorm1d(1, eps=1e-30, dtype=torch.float64).eval()
    torch.nn.init.constant_(layer.weight, scale)
    torch.nn.init.constant_(layer.bias, shift)
    layer.running_mean = torch.tensor([running_mean], dtype=torch.float64)
    layer.running_var = torch.tensor([running_variance], dtype=torch.float64)
    return float(layer(torch.tensor([[value]], dtype=torch.float64)).detach())


def running_mean(
    running: float, batch: list[float], momentum: float, weighs_new: bool = True
) -> float:
    """(1 − m) μ + m μ_B; m and 1 − m swapped where m weighs the old   [torch; Keras docs]"""
    _numbers(running=running, batch=batch, momentum=momentum)
    if not 0 <= momentum <= 1:
        raise ValueError(f"momentum must be in [0, 1], found {momentum}")
    share = momentum if weighs_new else 1 - momentum
    return (1 - share) * running + share * _mean(batch)


def running_mean_by_torch(
    running: float, batch: list[float], momentum: float, weighs_new: bool = True
) -> float:
    """The buffer of a real BatchNorm1d after one training batch."""
    import torch

    if not 0 <= momentum <= 1:
        raise ValueError(f"momentum must be in [0, 1], found {momentum}")
    share = momentum if weighs_new else 1 - momentum
    layer = torch.nn.BatchNorm1d(1, momentum=share, dtype=torch.float64)
    layer.running_mean = torch.tensor([running], dtype=torch.float64)
    layer(torch.tensor(batch, dtype=torch.float64)[:, None])
    return float(layer.running_mean)


def normalised_deviation(values: list[float], scale: float, shift: float) -> float:
    """The population standard deviation of a batch norm layer's outputs in training."""
    _numbers(values=values, scale=scale, shift=shift)
    return math.sqrt(_variance(batch_norm_training(values, scale, shift), sample=False))


def normalised_deviation_by_torch(values: list[float], scale: float, shift: float) -> float:
    """torch's std of a real BatchNorm1d's outputs."""
    import torch

    outputs = batch_norm_training_by_torch(values, scale, shift)
    return float(torch.tensor(outputs, dtype=torch.float64).std(correction=0))
