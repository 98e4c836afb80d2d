"""Published convolutional nets, layer by layer as data: parameters, multiply-adds, depth.

The variants are exact. "LeNet-5, original" has the sparse C3 and trained subsampling of 1998, "all maps
connected" is what libraries call LeNet-5. "AlexNet, two GPUs" has the paper's groups, "torchvision" is
the one-column net of Krizhevsky 2014. VGG has biases, no batch norm. ResNets have stride 2 in the 3x3
layer of a bottleneck, as in torchvision; "He et al." in the first 1x1. MobileNet is v1 at width 1 with
batch norm. U-Net has one input channel, two classes, biases, and convolutions without padding.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, pairwise
from typing import Literal, NamedTuple, get_args

from .macs import _check_factor
from .ranges import _one_of
from .resampling import pooled_length
from .shapes import length

Net = Literal[
    "LeNet-5, original",
    "LeNet-5, all maps connected",
    "AlexNet, two GPUs",
    "AlexNet, torchvision",
    "VGG-11",
    "VGG-16",
    "VGG-19",
    "ResNet-18",
    "ResNet-34",
    "ResNet-50",
    "ResNet-50, He et al.",
    "ResNet-101",
    "ResNet-152",
    "MobileNet",
    "U-Net",
]
LeNetLayer = Literal["C1", "S2", "C3", "S4", "C5", "F6", "output", "all"]


class Layer(NamedTuple):
    """A layer with weights: `taps` per input and output channel, used at `side` x `side` places."""

    kind: Literal["convolution", "dense", "norm", "subsampling", "shortcut"]
    inputs: int
    outputs: int
    taps: int = 1
    side: int = 1
    bias: bool = True

    @property
    def weights(self) -> int:
        """Trained multipliers; norms and subsampling have one per map."""
        return self.outputs * self.inputs * self.taps

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + (self.outputs if self.bias else 0)


def parameters(name: Net) -> int:
    """Sum over the layers of outputs (inputs / groups k^2 + bias), and 2 per normalised channel

    [LeCun et al. 1998; Krizhevsky et al. 2012; Simonyan & Zisserman 2015; He et al. 2016;
    Howard et al. 2017; Ronneberger et al. 2015]
    """
    _one_of(Net, name=name)
    return sum(layer.parameters for layer in _layers(name))


def parameters_by_torch(name: Net) -> int:
    """Elements of the tensors of the real net, built on the meta device, through which an image passes."""
    from .real_nets import _net, _passed

    net = _net(name)
    _passed(net, name)
    return sum(values.numel() for values in net.parameters())


def macs(name: Net, flops_per_mac: int = 1) -> int:
    """Sum over convolutions and dense layers of weights times output places, for one image of the
    paper's size; norms, biases, pooling and LeNet's subsampling left out   [He & Sun 2015, eq. 1]"""
    _one_of(Net, name=name)
    _check_factor(flops_per_mac)
    kinds = ("convolution", "dense", "shortcut")
    used = [layer for layer in _layers(name) if layer.kind in kinds]
    return flops_per_mac * sum(layer.weights * layer.side**2 for layer in used)


def macs_by_torch(name: Net, flops_per_mac: int = 1) -> int:
    """torch's FLOP counter watches an image pass through the real net on the meta device."""
    from .macs import _flops
    from .real_nets import _net, _passed

    _check_factor(flops_per_mac)
    return _flops(lambda: _passed(_net(name), name)) // 2 * flops_per_mac


def depth(name: Net) -> int:
    """Convolutions and dense layers on the way; a ResNet's shortcut is not on it

    [Simonyan & Zisserman 2015, table 1; He et al. 2016, table 1]
    """
    _one_of(Net, name=name)
    _check_depth(name)
    return sum(layer.kind in ("convolution", "dense") for layer in _layers(name))


def depth_by_torch(name: Net) -> int:
    """Layers that hooks see at work in the real net, those named shortcut left out."""
    from .real_nets import _net, _passed, _steps

    _check_depth(name)
    net = _net(name)
    return _steps(net, lambda: _passed(net, name))


def dense_share(name: Net) -> Fraction:
    """Parameters of the dense layers as a part of all   [Simonyan & Zisserman 2015, table 2]"""
    _one_of(Net, name=name)
    dense = sum(layer.parameters for layer in _layers(name) if layer.kind == "dense")
    return Fraction(dense, parameters(name))


def dense_share_by_torch(name: Net) -> Fraction:
    """Elements of the real Linear layers, and of all."""
    from torch import nn

    from .real_nets import _net

    net = _net(name)
    linear = [layer for layer in net.modules() if isinstance(layer, nn.Linear)]
    dense = sum(values.numel() for layer in linear for values in layer.parameters())
    return Fraction(dense, sum(values.numel() for values in net.parameters()))


def lenet_connections(layer: LeNetLayer = "all") -> int:
    """places (inputs + 1) per unit of the original LeNet-5; each of 10 output units has 84

    [LeCun et al. 1998, sec. II.B]
    """
    _one_of(LeNetLayer, layer=layer)
    maps = [3] * 6 + [4] * 9 + [6]
    units = {
        "C1": 6 * 28**2 * (25 + 1),
        "S2": 6 * 14**2 * (4 + 1),
        "C3": 10**2 * sum(25 * seen + 1 for seen in maps),
        "S4": 16 * 5**2 * (4 + 1),
        "C5": 120 * (16 * 25 + 1),
        "F6": 84 * (120 + 1),
        "output": 10 * 84,
    }
    return sum(units.values()) if layer == "all" else units[layer]


def lenet_connections_by_torch(layer: LeNetLayer = "all") -> int:
    """Jacobian of real layers with all weights 1: entries that are not zero, and a bias for each unit."""
    from .real_nets import _lenet_connections

    names = get_args(LeNetLayer)[:-1] if layer == "all" else (layer,)
    return sum(_lenet_connections(each) for each in names)


def _check_depth(name: Net) -> None:
    if name == "LeNet-5, original":
        raise ValueError(f"name must not be {name}, whose paper counts subsampling layers too")


def _layers(name: Net) -> list[Layer]:
    family = name.replace(",", "-").split("-")[0].split(" ")[0]
    builders = {
        "LeNet": _lenet,
        "AlexNet": _alexnet,
        "VGG": _vgg,
        "ResNet": _resnet,
        "MobileNet": _mobilenet,
        "U": _unet,
    }
    return builders[family](name)


def _convolution(
    channels: int, filters: int, kernel: int, side: int, groups: int = 1, bias: bool = True
) -> Layer:
    return Layer("convolution", channels // groups, filters, kernel**2, side, bias)


def _normed(channels: int, filters: int, kernel: int, side: int, groups: int = 1) -> list[Layer]:
    """A convolution without bias, and batch norm."""
    convolution = _convolution(channels, filters, kernel, side, groups, False)
    return [convolution, Layer("norm", 1, filters, side=side)]


def _dense(widths: Iterable[int]) -> list[Layer]:
    return [Layer("dense", fan_in, fan_out) for fan_in, fan_out in pairwise(widths)]


def _lenet(name: Net) -> list[Layer]:
    first = _convolution(1, 6, 5, 28)
    if name == "LeNet-5, all maps connected":
        return [first, _convolution(6, 16, 5, 10), *_dense([400, 120, 84, 10])]
    return [
        first,
        Layer("subsampling", 1, 6, side=14),
        *(_convolution(maps, 1, 5, 10) for maps in [3] * 6 + [4] * 9 + [6]),
        Layer("subsampling", 1, 16, side=5),
        _convolution(16, 120, 5, 1),
        *_dense([120, 84]),
    ]


def _alexnet(name: Net) -> list[Layer]:
    split = name == "AlexNet, two GPUs"
    a, b, c, d, e = (96, 256, 384, 384, 256) if split else (64, 192, 384, 256, 256)
    first = length(227, 11, 4)
    second = pooled_length(first, 3, 2)
    third = pooled_length(second, 3, 2)
    last = pooled_length(third, 3, 2)
    return [
        _convolution(3, a, 11, first),
        _convolution(a, b, 5, second, 2 if split else 1),
        _convolution(b, c, 3, third),
        _convolution(c, d, 3, third, 2 if split else 1),
        _convolution(d, e, 3, third, 2 if split else 1),
        *_dense([e * last**2, 4096, 4096, 1000]),
    ]


def _vgg(name: Net) -> list[Layer]:
    depths = {"VGG-11": (1, 1, 2, 2, 2), "VGG-16": (2, 2, 3, 3, 3), "VGG-19": (2, 2, 4, 4, 4)}
    layers, channels, side = list[Layer](), 3, 224
    for count, filters in zip(depths[name], (64, 128, 256, 512, 512), strict=True):
        for _ in range(count):
            layers.append(_convolution(channels, filters, 3, side))
            channels = filters
        side //= 2
    return layers + _dense([channels * side**2, 4096, 4096, 1000])


def _resnet(name: Net) -> list[Layer]:
    number = int(name.removeprefix("ResNet-").removesuffix(", He et al."))
    deep = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
    counts = deep.get(number) or {18: (2, 2, 2, 2), 34: (3, 4, 6, 3)}[number]
    layers, channels, side = _normed(3, 64, 7, 112), 64, 56
    for stage, count in enumerate(counts):
        width = 64 * 2**stage
        for block in range(count):
            before = side
            side = side // 2 if stage and not block else side
            early = side if name.endswith("He et al.") else before
            inner = [(channels, width, 3, side), (width, width, 3, side)]
            if number in deep:
                inner = [(channels, width, 1, early), (width, width, 3, side)]
                inner.append((width, 4 * width, 1, side))
            layers += chain.from_iterable(_normed(*each) for each in inner)
            outputs = inner[-1][1]
            if outputs != channels:
                shortcut, norm = _normed(channels, outputs, 1, side)
                layers += [shortcut._replace(kind="shortcut"), norm]
            channels = outputs
    return layers + _dense([channels, 1000])


def _mobilenet(name: Net) -> list[Layer]:
    plan = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
    plan += [(512, 1)] * 5 + [(1024, 2), (1024, 1)]
    layers, channels, side = _normed(3, 32, 3, 112), 32, 112
    for filters, stride in plan:
        side //= stride
        layers += _normed(channels, channels, 3, side, channels)
        layers += _normed(channels, filters, 1, side)
        channels = filters
    return layers + _dense([channels, 1000])


def _unet(name: Net) -> list[Layer]:
    layers, channels, side = list[Layer](), 1, 572
    for filters in (64, 128, 256, 512, 1024):
        layers.append(_convolution(channels, filters, 3, side - 2))
        layers.append(_convolution(filters, filters, 3, side - 4))
        channels, side = filters, (side - 4) // 2
    side *= 2
    for filters in (512, 256, 128, 64):
        # An up-convolution uses its weights at each place of its input.
        layers.append(_convolution(channels, filters, 2, side))
        side = 2 * side
        layers.append(_convolution(2 * filters, filters, 3, side - 2))
        layers.append(_convolution(filters, filters, 3, side - 4))
        channels, side = filters, side - 4
    return [*layers, _convolution(channels, 2, 1, side)]
