"""Output sizes, for the tests of the terminal."""


def output_size(size: int, kernel: int, stride: int = 1) -> int:
    """floor((size - kernel) / stride) + 1"""
    if kernel > size:
        raise ValueError(f"kernel must be at most the size {size}, found {kernel}")
    return (size - kernel) // stride + 1


def output_size_by_counting(size: int, kernel: int, stride: int = 1) -> int:
    """The starts from which the kernel stays inside, counted one by one."""
    return sum(1 for start in range(0, size, stride) if start + kernel <= size)


def broken(size: int) -> int:
    """Fails always."""
    raise RuntimeError(f"no {size}")


def torchless(size: int) -> int:
    """Needs a library that nobody has."""
    import no_such_library

    return int(no_such_library.size(size))
