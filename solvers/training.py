"""Epochs, iterations, batches and what training holds in memory."""

from __future__ import annotations


def _at_least_one(**found: int) -> None:
    for name, value in found.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, found {value}")


def _checked(samples: int, batch_size: int) -> None:
    _at_least_one(samples=samples, batch_size=batch_size)
    if batch_size > samples:
        raise ValueError(f"batch_size must be at most the samples {samples}, found {batch_size}")


def iterations_per_epoch(samples: int, batch_size: int, drop_last: bool = False) -> int:
    """ceil(samples / batch_size), floor with drop_last   [torch.utils.data.DataLoader]"""
    _checked(samples, batch_size)
    return samples // batch_size if drop_last else -(-samples // batch_size)


def iterations_per_epoch_by_torch(samples: int, batch_size: int, drop_last: bool = False) -> int:
    """Batches that torch's sampler really yields in one pass."""
    from torch.utils.data import BatchSampler

    _checked(samples, batch_size)
    return sum(1 for _ in BatchSampler(range(samples), batch_size, drop_last))


def iterations(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """epochs ceil(samples / batch_size), floor with drop_last   [torch.utils.data.DataLoader]"""
    _at_least_one(epochs=epochs)
    return epochs * iterations_per_epoch(samples, batch_size, drop_last)


def iterations_by_loop(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """Updates counted while walking through the data set, epoch by epoch and batch by batch."""
    _checked(samples, batch_size)
    _at_least_one(epochs=epochs)
    updates = 0
    for _ in range(epochs):
        left = samples
        while left >= batch_size or (left and not drop_last):
            left -= min(left, batch_size)
            updates += 1
    return updates


def last_batch(samples: int, batch_size: int) -> int:
    """Samples in an epoch's last batch: samples - (ceil(samples / batch_size) - 1) batch_size"""
    return samples - (iterations_per_epoch(samples, batch_size) - 1) * batch_size


def last_batch_by_torch(samples: int, batch_size: int) -> int:
    """Length of the last piece of a real split tensor."""
    import torch

    _checked(samples, batch_size)
    return len(torch.split(torch.arange(samples), batch_size)[-1])


def iterations_for_batches(samples: int, batches: int, epochs: int) -> int:
    """batches epochs: one update per batch, however large the batches are"""
    _at_least_one(batches=batches, epochs=epochs)
    if batches > samples:
        raise ValueError(f"batches must be at most the samples {samples}, found {batches}")
    return batches * epochs


def iterations_for_batches_by_numpy(samples: int, batches: int, epochs: int) -> int:
    """The data set really split into batches, walked through once per epoch."""
    import numpy

    _at_least_one(batches=batches, epochs=epochs)
    if batches > samples:
        raise ValueError(f"batches must be at most the samples {samples}, found {batches}")
    parts = numpy.array_split(numpy.arange(samples), batches)
    return sum(1 for _ in range(epochs) for part in parts if part.size)


def surplus(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """iterations * batch_size - samples * epochs: 0 exactly where d e = i b"""
    return iterations(samples, batch_size, epochs, drop_last) * batch_size - samples * epochs


def surplus_by_torch(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """Empty places in torch's real batches, less the samples that no batch held."""
    from torch.utils.data import BatchSampler

    _checked(samples, batch_size)
    _at_least_one(epochs=epochs)
    sizes = [len(batch) for batch in BatchSampler(range(samples), batch_size, drop_last)]
    empty = sum(batch_size - size for size in sizes)
    return epochs * (empty - (samples - sum(sizes)))


def batch_sizes(samples: int) -> int:
    """Different ways to cut an epoch into batches of one size: sizes 1 to samples

    [Goodfellow et al. 2016, sec. 8.1.3]
    """
    _at_least_one(samples=samples)
    return samples


def batch_sizes_by_torch(samples: int) -> int:
    """Cuts that torch's sampler really makes, each sample once, all sizes tried to twice the set."""
    from torch.utils.data import BatchSampler

    _at_least_one(samples=samples)
    cuts = set()
    for size in range(1, 2 * samples + 1):
        batches = list(BatchSampler(range(samples), size, False))
        if [sample for batch in batches for sample in batch] == list(range(samples)):
            cuts.add(tuple(map(len, batches)))
    return len(cuts)


def optimizer_steps(
    samples: int, batch_size: int, accumulation: int, epochs: int, step_on_rest: bool = True
) -> int:
    """epochs ceil(ceil(samples / batch_size) / accumulation); floor without step_on_rest"""
    _at_least_one(accumulation=accumulation, epochs=epochs)
    batches = iterations_per_epoch(samples, batch_size)
    groups = -(-batches // accumulation) if step_on_rest else batches // accumulation
    return epochs * groups


def optimizer_steps_by_torch(
    samples: int, batch_size: int, accumulation: int, epochs: int, step_on_rest: bool = True
) -> int:
    """Times that a real optimiser steps in the usual accumulation loop."""
    import torch
    from torch.utils.data import BatchSampler

    _checked(samples, batch_size)
    _at_least_one(accumulation=accumulation, epochs=epochs)
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.0)
    steps: list[int] = []
    optimizer.register_step_post_hook(lambda *_: steps.append(1))
    batches = list(BatchSampler(range(samples), batch_size, False))
    for _ in range(epochs):
        for index in range(len(batches)):
            full = (index + 1) % accumulation == 0
            if full or (step_on_rest and index == len(batches) - 1):
                optimizer.step()
    return len(steps)


def adam_megabytes(millions: int) -> int:
    """16 bytes per parameter in float32 (weight, gradient, two moments), in 10^6 bytes

    [Kingma & Ba 2015, alg. 1]
    """
    _at_least_one(millions=millions)
    return millions * 4 * 4


def adam_megabytes_by_torch(millions: int) -> int:
    """Bytes of the tensors that a real Adam step leaves, for 1000 parameters, scaled."""
    import torch

    _at_least_one(millions=millions)
    weight = torch.zeros(1000, requires_grad=True)
    optimizer = torch.optim.Adam([weight])
    weight.sum().backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    assert weight.grad is not None
    moments = [optimizer.state[weight][name] for name in ("exp_avg", "exp_avg_sq")]
    held: int = sum(
        tensor.numel() * tensor.element_size() for tensor in (weight, weight.grad, *moments)
    )
    return millions * held // 1000
