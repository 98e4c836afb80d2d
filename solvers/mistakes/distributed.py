"""Mistakes with frozen layers and several devices: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..distributed import shard_mean


def without_biases(features: int, hidden: int, classes: int) -> int:
    """Wrong on purpose: forgets the biases."""
    return features * hidden + hidden * classes


def output_layer_only(features: int, hidden: int, classes: int) -> int:
    """Wrong on purpose: counts the output layer only."""
    return (hidden + 1) * classes


def skipped_hidden(features: int, hidden: int, classes: int) -> int:
    """Wrong on purpose: connects the features to the classes directly."""
    return (features + 1) * classes


def mean_of_means(shards: list[list[int]]) -> Fraction:
    """Wrong on purpose: averages the shard means, however many samples each has."""
    return sum((shard_mean(shard) for shard in shards), Fraction(0)) / len(shards)


def sum_of_means(shards: list[list[int]]) -> Fraction:
    """Wrong on purpose: adds the shard means."""
    return sum((shard_mean(shard) for shard in shards), Fraction(0))


def summed(shards: list[list[int]]) -> int:
    """Wrong on purpose: adds all gradients and does not divide."""
    return sum(sum(shard) for shard in shards)


def one_phase(devices: int, megabytes: int) -> Fraction:
    """Wrong on purpose: counts the adding-up phase only."""
    return Fraction((devices - 1) * megabytes, devices)


def to_everyone(devices: int, megabytes: int) -> int:
    """Wrong on purpose: sends the whole gradient to each other device."""
    return (devices - 1) * megabytes


def there_and_back(devices: int, megabytes: int) -> int:
    """Wrong on purpose: sends the whole gradient to a server, which sends one back."""
    return 2 * megabytes
