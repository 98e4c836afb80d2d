"""`python -m tests.agreement [SETTINGS] [SEED]`: random shapes, invalid ones included, against torch.

Each setting goes to a solver and to its witness, a real layer; both must give the same or both refuse.
Where an argument is out of range, a real layer on the CPU must refuse too, since the meta device
does not look at such arguments and the witness refuses them itself.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Callable
from math import isclose
from random import Random
from typing import Any

from solvers import layouts, resampling, shapes

Setting = dict[str, Any]
Kind = tuple[Callable[..., Any], Callable[..., Any], Callable[[Random], Setting]]

MODES = ("valid", "same", "full")


def outcome(function: Callable[..., Any], setting: Setting) -> Any:
    """What a function returns, or ValueError itself where it refuses."""
    try:
        return function(**setting)
    except ValueError:
        return ValueError


def routes_differ(solver: Callable[..., Any], witness: Callable[..., Any], **setting: Any) -> str:
    """Empty if both give the same (floats: to 1e-9) or both refuse; else what they gave."""
    value, expected = outcome(solver, setting), outcome(witness, setting)
    return "" if _same(value, expected) else f"{setting}: {value}, but {expected}"


def _same(value: Any, expected: Any) -> bool:
    if isinstance(value, list) and isinstance(expected, list):
        pairs = zip(value, expected, strict=False)
        return len(value) == len(expected) and all(_same(*pair) for pair in pairs)
    if isinstance(value, float) and isinstance(expected, float):
        return isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12)
    return bool(value == expected)


def _entries(random: Random, axes: int, low: int, high: int) -> list[int]:
    """One number per axis; once in a while a number out of range, or one number too many."""
    odd = random.random()
    count = axes + 1 if odd < 0.003 else axes
    return [random.randint(low - 1 if odd > 0.98 else low, high) for _ in range(count)]


def _channels(random: Random) -> Setting:
    groups = random.choice([1, 1, 1, 2, 2, 3, 4, 0 if random.random() < 0.05 else 2])
    fitting = random.random() < 0.9
    channels, filters = (max(groups, 1) * random.randint(1, 3) for _ in range(2))
    if not fitting:
        channels, filters = random.randint(0, 6), random.randint(0, 6)
    return {"channels": channels, "filters": filters, "groups": groups}


def _windows(random: Random, axes: int) -> Setting:
    return {
        "size": _entries(random, axes, 1, 14 if axes < 3 else 8),
        "kernel": _entries(random, axes, 1, 5),
        "stride": _entries(random, axes, 1, 4),
        "dilation": _entries(random, axes, 1, 3),
    }


def convolution_setting(random: Random) -> Setting:
    """One to three axes, grouped or depthwise, even and uneven padding."""
    axes = random.randint(1, 3)
    before = _entries(random, axes, 0, 4)
    after = before if random.random() < 0.5 else _entries(random, axes, 0, 4)
    pairs = [list(pair) for pair in zip(before, after, strict=False)]
    last = random.random() < 0.3
    return {
        **_windows(random, axes),
        **_channels(random),
        "padding": pairs,
        "channels_last": last,
    }


def mode_setting(random: Random) -> Setting:
    """The same by the name of a padding mode."""
    axes = random.randint(1, 3)
    mode = random.choice(MODES)
    return {**_windows(random, axes), **_channels(random), "mode": mode}


def transposed_setting(random: Random) -> Setting:
    """Output padding at times too large."""
    axes = random.randint(1, 3)
    extra = _entries(random, axes, 0, random.choice([0, 1, 3]))
    setting = {**_windows(random, axes), **_channels(random)}
    return {**setting, "padding": _entries(random, axes, 0, 3), "output_padding": extra}


def pooling_setting(random: Random) -> Setting:
    """Ceil mode half of the time; padding at times more than half the kernel."""
    axes = random.randint(1, 3)
    return {
        **_windows(random, axes),
        "channels": random.randint(1, 4),
        "padding": _entries(random, axes, 0, random.choice([0, 1, 3])),
        "ceil_mode": random.random() < 0.5,
    }


def im2col_setting(random: Random) -> Setting:
    """Two axes, now and then another number of them."""
    axes = random.choice([2] * 19 + [1])
    return {
        **_windows(random, axes),
        "channels": random.randint(0 if random.random() < 0.05 else 1, 4),
        "padding": _entries(random, axes, 0, 3),
        "patch_rows": random.random() < 0.5,
    }


def flattening_setting(random: Random) -> Setting:
    """Up to five axes, of size 0 at times; start and end at times out of range or out of order."""
    shape = [random.randint(0, 5) for _ in range(random.randint(0, 5))]
    return {"shape": shape, "start": random.randint(-6, 5), "end": random.randint(-6, 5)}


KINDS: dict[str, tuple[int, Kind]] = {
    "convolution": (
        8,
        (shapes.convolution, shapes.convolution_by_torch, convolution_setting),
    ),
    "mode": (
        3,
        (shapes.convolution_in_mode, shapes.convolution_in_mode_by_torch, mode_setting),
    ),
    "transposed": (
        4,
        (resampling.transposed, resampling.transposed_by_torch, transposed_setting),
    ),
    "pooling": (3, (resampling.pooled, resampling.pooled_by_torch, pooling_setting)),
    "im2col": (1, (layouts.im2col, layouts.im2col_by_torch, im2col_setting)),
    "flattening": (1, (layouts.flattened, layouts.flattened_by_torch, flattening_setting)),
}


def out_of_range(setting: Setting) -> bool:
    """A convolution with a kernel, stride or dilation below 1, or a padding below 0."""
    low = min(setting["kernel"] + setting["stride"] + setting["dilation"])
    return low < 1 or min(side for pair in setting["padding"] for side in pair) < 0


def cpu_refuses(setting: Setting) -> bool:
    """Whether a real layer on the CPU refuses an even convolution too."""
    import torch
    from torch import nn

    kind: Any = (nn.Conv1d, nn.Conv2d, nn.Conv3d)[len(setting["size"]) - 1]
    sizes = [setting[name] for name in ("kernel", "stride")]
    padding = [before for before, _ in setting["padding"]]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a kernel of size 0 has nothing to initialise
            layer = kind(1, 1, *sizes, padding, setting["dilation"])
            layer(torch.zeros(1, 1, *setting["size"]))
    except (RuntimeError, ValueError):
        return True
    return False


def disagreements(settings: int, seed: int) -> tuple[list[str], Counter[str]]:
    """Every setting on which a solver and torch differ, and how many were tried of each kind."""
    random, tried, found = Random(seed), Counter[str](), list[str]()
    names = [name for name, (weight, _) in KINDS.items() for _ in range(weight)]
    for _ in range(settings):
        name = random.choice(names)
        solver, witness, draw = KINDS[name][1]
        setting = draw(random)
        value, expected = outcome(solver, setting), outcome(witness, setting)
        tried[name] += 1
        tried["refused by both" if value is expected is ValueError else "answered"] += 1
        if value != expected:
            found.append(f"{name} {setting}: solver {value}, torch {expected}")
        axes = {len(each) for key, each in setting.items() if isinstance(each, list)}
        even = name == "convolution" and len(axes) == 1
        even = even and all(before == after for before, after in setting["padding"])
        if even and out_of_range(setting):
            tried["out of range, on the CPU"] += 1
            if not cpu_refuses(setting):
                found.append(f"{name} {setting}: solver {value}, accepted on the CPU")
    return found, tried


def main() -> int:
    """0 where there is no disagreement."""
    settings = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    found, tried = disagreements(settings, seed)
    for line in found[:20]:
        print(line)
    print(", ".join(f"{count} {name}" for name, count in tried.most_common()))
    print(f"{len(found)} disagreements in {settings} settings (seed {seed})")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
