"""Mistakes with published convolutional nets: everything here is wrong on purpose."""

from __future__ import annotations

from fractions import Fraction

from ..architectures import Net, _layers, parameters


def biases_forgotten(name: Net) -> int:
    """Wrong on purpose: counts weights only."""
    return sum(layer.weights for layer in _layers(name) if layer.kind != "norm")


def norms_forgotten(name: Net) -> int:
    """Wrong on purpose: forgets scale and shift of the norms."""
    return sum(layer.parameters for layer in _layers(name) if layer.kind != "norm")


def running_statistics_counted(name: Net) -> int:
    """Wrong on purpose: counts running means and variances, as Keras' total does."""
    norms = sum(layer.parameters for layer in _layers(name) if layer.kind == "norm")
    return parameters(name) + norms


def convolutions_only(name: Net) -> int:
    """Wrong on purpose: forgets the dense layers."""
    return sum(layer.parameters for layer in _layers(name) if layer.kind != "dense")


def flops_as_macs(name: Net, flops_per_mac: int = 1) -> int:
    """Wrong on purpose: counts FLOPs where MACs are asked, and MACs where FLOPs are."""
    from ..architectures import macs

    return macs(name, 3 - flops_per_mac)


def shortcuts_counted(name: Net) -> int:
    """Wrong on purpose: counts the layers on shortcuts."""
    kinds = ("convolution", "dense", "shortcut")
    return sum(layer.kind in kinds for layer in _layers(name))


def convolutions_counted(name: Net) -> int:
    """Wrong on purpose: counts the convolutions only."""
    return sum(layer.kind == "convolution" for layer in _layers(name))


def convolution_share(name: Net) -> Fraction:
    """Wrong on purpose: gives the share of all but the dense layers."""
    return Fraction(convolutions_only(name), parameters(name))
