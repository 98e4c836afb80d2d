"""A convolution layer of given weights, as nets use it (cross-correlation), and its gradients.

`image` is channels × height × width, `kernels` filters × channels × height × width, `offsets` one bias
per filter; zeros are padded on all sides. An output is
y[f, i, j] = b[f] + Σ k[f, c, u, v] · padded[c, i s + u, j s + v]. `padding` and `stride` are [rows, columns].
`upstream` is ∂L/∂y, of the output's shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .nested import Matrix, Vector, _autograd, _check_matrix, _check_rows, _check_vector, _tensor
from .ranges import _numbers

Planes = list[Matrix]
Kernels = list[Planes]


def convolved(
    image: Planes, kernels: Kernels, offsets: Vector, stride: list[int], padding: list[int]
) -> Planes:
    """Σ k · padded window + b, filters × rows × columns   [Goodfellow et al. 2016, eq. 9.6]"""
    _numbers(image=image, kernels=kernels, offsets=offsets)
    rows, columns = _output_sides(image, kernels, stride, padding)
    _check_vector("offsets", offsets, len(kernels))
    outputs = [[[b for _ in range(columns)] for _ in range(rows)] for b in offsets]
    for (f, i, j), (c, y, x), (u, v) in _uses(image, kernels, stride, padding):
        outputs[f][i][j] += kernels[f][c][u][v] * image[c][y][x]
    return outputs


def convolved_by_torch(
    image: Planes, kernels: Kernels, offsets: Vector, stride: list[int], padding: list[int]
) -> Planes:
    """torch's conv2d."""
    _output_sides(image, kernels, stride, padding)
    _check_vector("offsets", offsets, len(kernels))
    tensors = [_tensor(each) for each in (image, kernels, offsets)]
    values: Planes = _torch_convolution(tensors, stride, padding).tolist()
    return values


def image_gradient(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Planes:
    """∂L/∂image: each output's slope spread over its window with the kernel's weights, that is a
    transposed convolution   [Dumoulin & Visin 2016, ch. 4]"""
    _numbers(image=image, kernels=kernels, upstream=upstream)
    _check_loss(image, kernels, stride, padding, upstream)
    slopes = [[[0.0 for _ in row] for row in plane] for plane in image]
    for (f, i, j), (c, y, x), (u, v) in _uses(image, kernels, stride, padding):
        slopes[c][y][x] += upstream[f][i][j] * kernels[f][c][u][v]
    return slopes


def image_gradient_by_autograd(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Planes:
    """torch's backward pass through conv2d."""
    slopes: Planes = _torch_slopes(image, kernels, stride, padding, upstream, 0)
    return slopes


def kernel_gradient(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Kernels:
    """∂L/∂k[f, c, u, v] = Σ ∂L/∂y[f, i, j] padded[c, i s + u, j s + v]: a shared weight's uses added"""
    _numbers(image=image, kernels=kernels, upstream=upstream)
    _check_loss(image, kernels, stride, padding, upstream)
    slopes = [[[[0.0 for _ in row] for row in plane] for plane in kernel] for kernel in kernels]
    for (f, i, j), (c, y, x), (u, v) in _uses(image, kernels, stride, padding):
        slopes[f][c][u][v] += upstream[f][i][j] * image[c][y][x]
    return slopes


def kernel_gradient_by_autograd(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Kernels:
    """torch's backward pass through conv2d."""
    slopes: Kernels = _torch_slopes(image, kernels, stride, padding, upstream, 1)
    return slopes


def offset_gradient(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Vector:
    """∂L/∂b = Σ ∂L/∂y over all places of a filter"""
    _numbers(image=image, kernels=kernels, upstream=upstream)
    _check_loss(image, kernels, stride, padding, upstream)
    return [sum(map(sum, plane)) for plane in upstream]


def offset_gradient_by_autograd(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
) -> Vector:
    """torch's backward pass through conv2d."""
    slopes: Vector = _torch_slopes(image, kernels, stride, padding, upstream, 2)
    return slopes


def signal_gradient(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """∂L/∂x of a convolution along one axis: ∂L/∂x[p] = Σ_i ∂L/∂y[i] k[p + padding − i s]"""
    _numbers(signal=signal, kernel=kernel, upstream=upstream)
    image, kernels = _along_one_axis(signal, kernel)
    planes = [[upstream]]
    return image_gradient(image, kernels, [1, stride], [0, padding], planes)[0][0]


def signal_gradient_by_autograd(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """torch's backward pass through conv1d."""
    return _torch_signal_slopes(signal, kernel, stride, padding, upstream)[0]


def signal_kernel_gradient(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """∂L/∂k of a convolution along one axis: ∂L/∂k[u] = Σ_i ∂L/∂y[i] padded[i s + u]"""
    _numbers(signal=signal, kernel=kernel, upstream=upstream)
    image, kernels = _along_one_axis(signal, kernel)
    planes = [[upstream]]
    return kernel_gradient(image, kernels, [1, stride], [0, padding], planes)[0][0][0]


def signal_kernel_gradient_by_autograd(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> Vector:
    """torch's backward pass through conv1d."""
    return _torch_signal_slopes(signal, kernel, stride, padding, upstream)[1]


def _along_one_axis(signal: Vector, kernel: Vector) -> tuple[Planes, Kernels]:
    return [[signal]], [[[kernel]]]


def _uses(
    image: Planes, kernels: Kernels, stride: list[int], padding: list[int]
) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int]]]:
    """(output, pixel, weight) wherever a weight meets a pixel; in the padding there is none."""
    rows, columns = _output_sides(image, kernels, stride, padding)
    down = list(_meetings(rows, len(kernels[0][0]), stride[0], padding[0], len(image[0])))
    across = list(
        _meetings(columns, len(kernels[0][0][0]), stride[1], padding[1], len(image[0][0]))
    )
    for f in range(len(kernels)):
        for c in range(len(image)):
            for i, y, u in down:
                for j, x, v in across:
                    yield (f, i, j), (c, y, x), (u, v)


def _meetings(
    outputs: int, kernel: int, stride: int, padding: int, size: int
) -> Iterator[tuple[int, int, int]]:
    """(output, pixel, weight) along one axis."""
    for output in range(outputs):
        for weight in range(kernel):
            pixel = output * stride + weight - padding
            if 0 <= pixel < size:
                yield output, pixel, weight


def _torch_convolution(tensors: Any, stride: list[int], padding: list[int]) -> Any:
    from torch.nn import functional

    image, kernels, offsets = tensors
    return functional.conv2d(image[None], kernels, offsets, tuple(stride), tuple(padding))[0]


def _torch_slopes(
    image: Planes,
    kernels: Kernels,
    stride: list[int],
    padding: list[int],
    upstream: Planes,
    of: int,
) -> Any:
    _check_loss(image, kernels, stride, padding, upstream)
    given = (image, kernels, [0.0 for _ in kernels])
    leaves = [_tensor(each, slopes=True) for each in given]
    outputs = _torch_convolution(leaves, stride, padding)
    return _autograd((outputs * _tensor(upstream)).sum(), leaves[of])


def _torch_signal_slopes(
    signal: Vector, kernel: Vector, stride: int, padding: int, upstream: Vector
) -> list[Vector]:
    import torch
    from torch.nn import functional

    image, kernels = _along_one_axis(signal, kernel)
    _check_loss(image, kernels, [1, stride], [0, padding], [[upstream]])
    x, k = _tensor(signal, slopes=True), _tensor(kernel, slopes=True)
    outputs = functional.conv1d(x[None, None], k[None, None], None, stride, padding)[0, 0]
    slopes = torch.autograd.grad(outputs @ _tensor(upstream), (x, k))
    return [slope.tolist() for slope in slopes]


def _output_sides(
    image: Planes, kernels: Kernels, stride: list[int], padding: list[int]
) -> tuple[int, int]:
    """Rows and columns of the output, after a look at all shapes."""
    _check_planes("image", image)
    if not kernels:
        raise ValueError("kernels must be at least 1, found none")
    for kernel in kernels:
        _check_planes("kernels", kernel)
        shape = (len(kernel), len(kernel[0]), len(kernel[0][0]))
        if shape != (len(image), len(kernels[0][0]), len(kernels[0][0][0])):
            raise ValueError(
                f"kernels must have one shape and {len(image)} channels, found {kernels}"
            )
    sizes = (len(image[0]), len(image[0][0])), (len(kernels[0][0]), len(kernels[0][0][0]))
    _check_vector("stride", stride, 2)
    _check_vector("padding", padding, 2)
    rows, columns = (_side(*axis) for axis in zip(*sizes, stride, padding, strict=True))
    return rows, columns


def _side(size: int, kernel: int, stride: int, padding: int) -> int:
    if stride < 1:
        raise ValueError(f"stride must be at least 1, found {stride}")
    if padding < 0:
        raise ValueError(f"padding must be at least 0, found {padding}")
    if kernel > size + 2 * padding:
        raise ValueError(f"a kernel must be at most {size + 2 * padding}, found {kernel}")
    return (size + 2 * padding - kernel) // stride + 1


def _check_planes(name: str, planes: Planes) -> None:
    if not planes:
        raise ValueError(f"{name} must have at least 1 channel, found none")
    for plane in planes:
        _check_rows(name, plane)
        _check_matrix(name, plane, len(planes[0]), len(planes[0][0]))


def _check_loss(
    image: Planes, kernels: Kernels, stride: list[int], padding: list[int], upstream: Planes
) -> None:
    rows, columns = _output_sides(image, kernels, stride, padding)
    _check_vector("upstream", upstream, len(kernels))
    for plane in upstream:
        _check_matrix("upstream", plane, rows, columns)
