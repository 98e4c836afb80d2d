"""Published convolutional nets as real torch modules on the meta device, for architectures' witnesses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SIZES = {"LeNet": (1, 32), "U": (1, 572)}

# LeCun et al. 1998, table I: the maps of S2 that each map of C3 sees.
C3 = [
    *((at, (at + 1) % 6, (at + 2) % 6) for at in range(6)),
    *(tuple((at + step) % 6 for step in range(4)) for at in range(6)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
]


def _net(name: str) -> Any:
    """The real net, on the meta device."""
    import torch

    family = name.replace(",", "-").split("-")[0].split(" ")[0]
    builders = {
        "LeNet": _lenet,
        "AlexNet": _alexnet,
        "VGG": _vgg,
        "ResNet": _resnet,
        "MobileNet": _mobilenet,
        "U": _unet,
    }
    with torch.device("meta"):
        return builders[family](name)


def _passed(net: Any, name: str) -> Any:
    """What the net makes of an image of the paper's size."""
    import torch

    channels, side = SIZES.get(name.split("-")[0], (3, 224))
    net.eval()
    return net(torch.empty(1, channels, side, side, device="meta"))


def _steps(net: Any, work: Callable[[], object]) -> int:
    """How many layers with weights are at work one after another."""
    from torch import nn

    seen: list[int] = []
    kinds = (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)
    for name, layer in net.named_modules():
        if isinstance(layer, kinds) and "shortcut" not in name:
            layer.register_forward_hook(lambda *_: seen.append(1))
    work()
    return len(seen)


def _lenet(name: str) -> Any:
    from torch import nn

    if name == "LeNet-5, all maps connected":
        return nn.Sequential(
            nn.Conv2d(1, 6, 5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.Tanh(),
            nn.Linear(120, 84),
            nn.Tanh(),
            nn.Linear(84, 10),
        )
    return nn.Sequential(
        nn.Conv2d(1, 6, 5),
        _subsampling(6),
        _sparse(),
        _subsampling(16),
        nn.Conv2d(16, 120, 5),
        nn.Flatten(),
        nn.Linear(120, 84),
    )


def _subsampling(maps: int) -> Any:
    """Mean of 2 x 2, times a trained coefficient of the map, plus a trained bias."""
    import torch
    from torch import nn

    class Subsampling(nn.Module):
        """S2 and S4."""

        def __init__(self) -> None:
            super().__init__()
            self.coefficient = nn.Parameter(torch.empty(maps, 1, 1))
            self.offset = nn.Parameter(torch.empty(maps, 1, 1))

        def forward(self, images: Any) -> Any:
            return nn.functional.avg_pool2d(images, 2) * self.coefficient + self.offset

    return Subsampling()


def _sparse() -> Any:
    import torch
    from torch import nn

    class Sparse(nn.Module):
        """C3: each map sees some maps of S2 only."""

        def __init__(self) -> None:
            super().__init__()
            self.maps = nn.ModuleList(nn.Conv2d(len(seen), 1, 5) for seen in C3)

        def forward(self, images: Any) -> Any:
            rows = zip(self.maps, C3, strict=True)
            return torch.cat([layer(images[:, list(seen)]) for layer, seen in rows], 1)

    return Sparse()


def _lenet_connections(layer: str) -> int:
    """Units of a layer of the original net, and the inputs and biases that each depends on."""
    import torch
    from torch import nn

    inputs: dict[str, tuple[int, ...]] = {
        "C1": (1, 32, 32),
        "S2": (6, 28, 28),
        "C3": (6, 14, 14),
        "S4": (16, 10, 10),
        "C5": (16, 5, 5),
        "F6": (120,),
    }
    if layer == "output":  # Euclidean distances to 84 fixed numbers, no bias
        return int(nn.Linear(84, 10, bias=False, device="meta").weight.numel())
    layers = {"C1": nn.Conv2d(1, 6, 5), "S2": _subsampling(6), "C3": _sparse()}
    layers |= {"S4": _subsampling(16), "C5": nn.Conv2d(16, 120, 5), "F6": nn.Linear(120, 84)}
    real = layers[layer].double()
    for values in real.parameters():
        nn.init.ones_(values)
    image = torch.zeros(1, *inputs[layer], dtype=torch.float64)
    with torch.no_grad():
        units = real(image).numel()
        # With weights of 1 (a mean's are 1/4), the outputs of an image of ones sum up all links.
        links = real(image + 1).sum() - real(image).sum()
    return int(units + round(links.item() * (4 if layer.startswith("S") else 1)))


def _alexnet(name: str) -> Any:
    from torch import nn

    split = 2 if name == "AlexNet, two GPUs" else 1
    maps = [96, 256, 384, 384, 256] if split == 2 else [64, 192, 384, 256, 256]
    features = nn.Sequential(
        nn.Conv2d(3, maps[0], 11, stride=4, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(maps[0], maps[1], 5, padding=2, groups=split),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(maps[1], maps[2], 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(maps[2], maps[3], 3, padding=1, groups=split),
        nn.ReLU(),
        nn.Conv2d(maps[3], maps[4], 3, padding=1, groups=split),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Flatten(),
    )
    return nn.Sequential(features, _classifier(256 * 6 * 6))


def _classifier(features: int) -> Any:
    from torch import nn

    return nn.Sequential(
        nn.Linear(features, 4096),
        nn.ReLU(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    )


def _vgg(name: str) -> Any:
    from torch import nn

    plans = {
        "VGG-11": "64 M 128 M 256 256 M 512 512 M 512 512 M",
        "VGG-16": "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M",
        "VGG-19": "64 64 M 128 128 M 256 256 256 256 M 512 512 512 512 M 512 512 512 512 M",
    }
    layers, channels = list[nn.Module](), 3
    for entry in plans[name].split():
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, int(entry), 3, padding=1), nn.ReLU()]
            channels = int(entry)
    return nn.Sequential(*layers, nn.Flatten(), _classifier(512 * 7 * 7))


def _unit(channels: int, filters: int, kernel: int, stride: int = 1, groups: int = 1) -> Any:
    """A "same" convolution without bias, batch norm and ReLU."""
    from torch import nn

    padding = kernel // 2
    layer = nn.Conv2d(channels, filters, kernel, stride, padding, groups=groups, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(filters), nn.ReLU())


def _block(channels: int, width: int, stride: int, deep: bool, early: bool) -> Any:
    from torch import nn

    outputs = 4 * width if deep else width

    class Block(nn.Module):
        """Two 3x3 layers, or 1x1, 3x3, 1x1, beside a shortcut."""

        def __init__(self) -> None:
            super().__init__()
            first, second = (stride, 1) if early else (1, stride)
            self.body = nn.Sequential(
                _unit(channels, width, 1, first),
                _unit(width, width, 3, second),
                _unit(width, outputs, 1),
            )
            if not deep:
                self.body = nn.Sequential(_unit(channels, width, 3, stride), _unit(width, width, 3))
            self.shortcut = nn.Identity()
            if stride > 1 or channels != outputs:
                self.shortcut = _unit(channels, outputs, 1, stride)[:2]

        def forward(self, images: Any) -> Any:
            return self.body(images) + self.shortcut(images)

    return Block()


def _resnet(name: str) -> Any:
    from torch import nn

    counts = {
        "18": [2, 2, 2, 2],
        "34": [3, 4, 6, 3],
        "50": [3, 4, 6, 3],
        "101": [3, 4, 23, 3],
        "152": [3, 8, 36, 3],
    }
    number, _, variant = name.removeprefix("ResNet-").partition(", ")
    deep = int(number) >= 50
    layers, channels = [_unit(3, 64, 7, 2), nn.MaxPool2d(3, 2, padding=1)], 64
    for count, width in zip(counts[number], [64, 128, 256, 512], strict=True):
        for block in range(count):
            stride = 2 if block == 0 and width > 64 else 1
            layers.append(_block(channels, width, stride, deep, variant == "He et al."))
            channels = 4 * width if deep else width
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000)]
    return nn.Sequential(*layers, *head)


def _mobilenet(name: str) -> Any:
    from torch import nn

    layers, channels = [_unit(3, 32, 3, 2)], 32
    widths = [64, 128, 128, 256, 256, *[512] * 6, 1024, 1024]
    strides = [1, 2, 1, 2, 1, 2, *[1] * 5, 2, 1]
    for filters, stride in zip(widths, strides, strict=True):
        layers.append(_unit(channels, channels, 3, stride, channels))
        layers.append(_unit(channels, filters, 1))
        channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1024, 1000))


def _pair(channels: int, filters: int) -> Any:
    from torch import nn

    first, second = nn.Conv2d(channels, filters, 3), nn.Conv2d(filters, filters, 3)
    return nn.Sequential(first, nn.ReLU(), second, nn.ReLU())


def _unet(name: str) -> Any:
    import torch
    from torch import nn

    widths = [64, 128, 256, 512]

    class UNet(nn.Module):
        """Down, across the bottom, and up again beside cropped copies."""

        def __init__(self) -> None:
            super().__init__()
            ends = zip([1, *widths], widths, strict=False)
            self.down = nn.ModuleList(_pair(*each) for each in ends)
            self.bottom = _pair(512, 1024)
            self.up = nn.ModuleList(nn.ConvTranspose2d(2 * w, w, 2, stride=2) for w in widths)
            self.join = nn.ModuleList(_pair(2 * w, w) for w in widths)
            self.classify = nn.Conv2d(64, 2, 1)

        def forward(self, images: Any) -> Any:
            copies = []
            for layer in self.down:
                images = layer(images)
                copies.append(images)
                images = nn.functional.max_pool2d(images, 2)
            images = self.bottom(images)
            for up, join, copy in zip(self.up[::-1], self.join[::-1], copies[::-1], strict=True):
                images = up(images)
                cut = (copy.shape[-1] - images.shape[-1]) // 2
                images = join(torch.cat([copy[..., cut:-cut, cut:-cut], images], 1))
            return self.classify(images)

    return UNet()
