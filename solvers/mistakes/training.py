"""Mistakes with epochs, iterations and batches: everything here is wrong on purpose."""

from __future__ import annotations

from ..training import iterations_per_epoch


def one_epoch(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """Wrong on purpose: counts the iterations of one epoch."""
    return iterations_per_epoch(samples, batch_size, drop_last)


def epochs_as_iterations(
    samples: int, batch_size: int, epochs: int, drop_last: bool = False
) -> int:
    """Wrong on purpose: takes an epoch for one iteration."""
    return epochs


def samples_as_iterations(
    samples: int, batch_size: int, epochs: int, drop_last: bool = False
) -> int:
    """Wrong on purpose: counts an iteration per sample."""
    return samples * epochs


def rounded_at_the_end(samples: int, batch_size: int, epochs: int, drop_last: bool = False) -> int:
    """Wrong on purpose: lets batches run on across epochs, ceil(samples epochs / batch_size)."""
    return -(-samples * epochs // batch_size)


def empty_places(samples: int, batch_size: int) -> int:
    """Wrong on purpose: gives what the last batch lacks."""
    return -samples % batch_size


def full_batch(samples: int, batch_size: int) -> int:
    """Wrong on purpose: takes the last batch for a full one."""
    return batch_size


def batches_as_batch_size(samples: int, batches: int, epochs: int) -> int:
    """Wrong on purpose: takes the number of batches for the batch size."""
    return -(-samples // batches) * epochs


def one_pass(samples: int, batches: int, epochs: int) -> int:
    """Wrong on purpose: counts one epoch only."""
    return batches


def every_batch(
    samples: int, batch_size: int, accumulation: int, epochs: int, step_on_rest: bool = True
) -> int:
    """Wrong on purpose: steps after every batch."""
    return epochs * iterations_per_epoch(samples, batch_size)


def accumulated_across_epochs(
    samples: int, batch_size: int, accumulation: int, epochs: int, step_on_rest: bool = True
) -> int:
    """Wrong on purpose: lets groups run on across the end of an epoch."""
    return -(-epochs * iterations_per_epoch(samples, batch_size) // accumulation)


def multiplied(
    samples: int, batch_size: int, accumulation: int, epochs: int, step_on_rest: bool = True
) -> int:
    """Wrong on purpose: multiplies by the accumulation."""
    return epochs * iterations_per_epoch(samples, batch_size) * accumulation


def weights_only(millions: int) -> int:
    """Wrong on purpose: counts the weights alone."""
    return millions * 4


def forgot_moments(millions: int) -> int:
    """Wrong on purpose: counts weights and gradients, no optimiser state."""
    return millions * 8


def one_moment(millions: int) -> int:
    """Wrong on purpose: gives Adam one number per parameter, as momentum has."""
    return millions * 12
